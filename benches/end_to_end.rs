//! The whole job, as a user runs it: articles of about 3 KB in JSONL through `wirecopy stories --assignments`, with the
//! time that passed, the peak of memory and how right the result is.
//!
//! `cargo bench --bench end_to_end -- 10000 100000` runs those numbers of articles; without any, 100,000.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

#[path = "measured/mod.rs"]
mod measured;
#[path = "synthetic/mod.rs"]
#[allow(dead_code, reason = "each target takes what it needs")]
mod synthetic;

use measured::Measured;

const SEED: u64 = 3;

fn main() -> io::Result<()> {
    // Cargo passes flags of its own, such as --bench.
    let mut sizes: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    if sizes.is_empty() {
        sizes.push(100_000);
    }
    println!(
        "{:>10}  {:>8}  {:>7}  {:>12}  {:>9}  {:>7}  {:>9}  {:>7}",
        "articles", "JSONL", "time", "a second", "peak", "stories", "precision", "recall"
    );
    sizes.into_iter().try_for_each(measure)
}

fn measure(n_articles: usize) -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let (input, assignments) = (folder.path().join("articles.jsonl"), folder.path().join("assignments.tsv"));
    let mut out = BufWriter::new(File::create(&input)?);
    let truth = synthetic::write_jsonl(n_articles, SEED, &mut out)?;
    out.flush()?;
    drop(out);

    let Measured { seconds, peak_bytes } = Measured::stories(&input, &assignments, &[])?;
    let found = assigned(&assignments)?;
    assert_eq!(found.len(), n_articles, "every article is assigned");
    let scores = Pairs::count(&truth, &found);
    println!(
        "{n_articles:>10}  {:>5} MB  {seconds:>5.2} s  {:>12.0}  {:>9}  {:>7}  {:>9.4}  {:>7.4}",
        fs::metadata(&input)?.len() / 1_000_000,
        n_articles as f64 / seconds,
        format!("{} MB", peak_bytes / 1_000_000),
        scores.n_stories,
        scores.precision(),
        scores.recall()
    );
    assert!(scores.precision() > 0.999 && scores.recall() > 0.99, "the result is wrong");
    Ok(())
}

/// The story of each article, in the order of their ids, which is that of the input.
fn assigned(path: &Path) -> io::Result<Vec<String>> {
    let table = fs::read_to_string(path)?;
    Ok(table.lines().skip(1).filter_map(|line| line.split('\t').nth(1)).map(str::to_owned).collect())
}

/// Pairs of articles that belong together, that were put together, and both.
struct Pairs {
    truth: u64,
    found: u64,
    both: u64,
    n_stories: usize,
}

impl Pairs {
    fn count(truth: &[u64], found: &[String]) -> Self {
        let pairs = |sizes: &mut dyn Iterator<Item = u64>| sizes.map(|n| n * (n - 1) / 2).sum();
        let (mut by_truth, mut by_found, mut by_both) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (story, assigned) in truth.iter().zip(found) {
            *by_truth.entry(story).or_insert(0) += 1;
            *by_found.entry(assigned).or_insert(0) += 1;
            *by_both.entry((story, assigned)).or_insert(0) += 1;
        }
        Pairs {
            truth: pairs(&mut by_truth.into_values()),
            n_stories: by_found.len(),
            found: pairs(&mut by_found.into_values()),
            both: pairs(&mut by_both.into_values()),
        }
    }

    fn precision(&self) -> f64 {
        self.both as f64 / self.found.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.both as f64 / self.truth.max(1) as f64
    }
}
