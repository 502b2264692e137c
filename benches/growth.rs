//! How time and memory grow: the adversarial newsroom at several sizes, with what an article takes at each.
//!
//! `cargo bench --bench growth` runs 10,000 and 100,000 articles, `-- 10000 100000 1000000 10000000` those; `-- 10000000
//! --memory=4G` hands the flag on. Ten million take 12 GB of disk packed and 35 GB of temporary files.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::fs;

use anyhow::Result;
#[path = "measured/mod.rs"]
mod measured;
#[path = "newsroom/mod.rs"]
#[allow(dead_code, reason = "each target takes what it needs")]
mod newsroom;

use measured::Measured;

fn main() -> Result<()> {
    // Cargo passes flags of its own, such as --bench.
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let mut sizes: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000];
    }
    let flags: Vec<String> = args.into_iter().filter(|arg| arg.starts_with('-')).collect();
    println!("| articles | JSONL | time | an article | peak | an article | story F1 |");
    println!("| --: | --: | --: | --: | --: | --: | --: |");
    sizes.into_iter().try_for_each(|n| measure(n, &flags))
}

fn measure(n: usize, flags: &[String]) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let files = newsroom::write(n, 1, folder.path())?;
    let assignments = folder.path().join("assignments.tsv");
    let Measured { seconds, peak_bytes } = Measured::stories(&files.articles, &assignments, flags)?;
    let evaluation = newsroom::score(&fs::read(&assignments)?, &files.truth)?;
    let f1 = evaluation.story.f1;
    println!(
        "| {n} | {} MB | {seconds:.1} s | {:.1} µs | {} MB | {} B | {f1:.4} |",
        fs::metadata(&files.articles)?.len() / 1_000_000,
        1e6 * seconds / n as f64,
        peak_bytes / 1_000_000,
        peak_bytes / n as u64,
    );
    assert!(f1 > 0.98, "the result is wrong");
    Ok(())
}
