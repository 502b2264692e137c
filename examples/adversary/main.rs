//! An adversarial newsroom: a corpus of any size with the right answers beside it, made from a seed.
//!
//! `cargo run --release --example adversary -- --articles 100000 --seed 1 -o DIR` writes `articles.jsonl` and `truth.tsv`;
//! with `--score` it also finds the stories in them and prints how well, by kind of edit and by kind of page that is no copy.
//! The same seed gives the same bytes on every machine.

#![allow(clippy::print_stdout, reason = "a table is what it is run for")]

mod make;
mod table;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Parser;
use wirecopy::pipeline::{self, Options};
use wirecopy::report::assignments;

use make::Newsroom;
use make::Truth;

/// Makes a corpus of dispatches, of edited copies of them, and of pages that look like copies and are none.
#[derive(Parser)]
#[command(name = "adversary")]
struct Args {
    /// How many articles.
    #[arg(long, default_value_t = 20_000)]
    articles: usize,
    /// What decides every byte, with the number of articles.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// In Chinese, Japanese and Thai, instead of seven languages that put spaces between words.
    #[arg(long)]
    unspaced: bool,
    /// Where to write articles.jsonl and truth.tsv; without it they are scored and thrown away.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Find the stories and print the table of quality.
    #[arg(long)]
    score: bool,
    /// For each kind, name so many articles that went wrong.
    #[arg(long, default_value_t = 0, value_name = "N")]
    examples: usize,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            // Nothing is left to tell where even stderr is closed.
            let _ = writeln!(io::stderr(), "adversary: {reason:#}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<()> {
    let temporary = tempfile::tempdir()?;
    let folder = args.output.as_deref().unwrap_or(temporary.path());
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let started = Instant::now();
    let truths = write(args, folder)?;
    let seconds = started.elapsed().as_secs_f64();
    println!("{} articles made in {seconds:.1} s, {:.0} a second", truths.len(), truths.len() as f64 / seconds);
    if args.score || args.output.is_none() {
        score(args, folder, &truths)?;
    }
    Ok(())
}

fn write(args: &Args, folder: &Path) -> Result<Vec<Truth>> {
    let make = if args.unspaced { Newsroom::unspaced } else { Newsroom::new };
    let newsroom = make(args.articles, args.seed).map_err(anyhow::Error::msg)?;
    let create = |name: &str| -> Result<BufWriter<File>> {
        let path = folder.join(name);
        Ok(BufWriter::with_capacity(1 << 20, File::create(&path).with_context(|| path.display().to_string())?))
    };
    let (mut articles, mut table) = (create("articles.jsonl")?, create("truth.tsv")?);
    let truths = newsroom.write(&mut articles, &mut table)?;
    articles.flush()?;
    table.flush()?;
    Ok(truths)
}

fn score(args: &Args, folder: &Path, truths: &[Truth]) -> Result<()> {
    let started = Instant::now();
    let run = pipeline::run(&[folder.join("articles.jsonl")], &Options::default(), &mut |_, _| Ok(()))?;
    let seconds = started.elapsed().as_secs_f64();
    let mut found = Vec::new();
    assignments::write(&mut found, &run.stories)?;
    let path = folder.join("assignments.tsv");
    fs::write(&path, found).with_context(|| path.display().to_string())?;
    let quality = table::Quality::new(truths, &folder.join("truth.tsv"), &path)?;
    let counts = run.stories.counts;
    println!(
        "{} articles clustered in {seconds:.1} s: {} pairs proposed, {} confirmed\n",
        counts.articles, counts.candidates, counts.verified
    );
    print!("{quality}");
    quality.examples(args.examples).for_each(|line| println!("{line}"));
    Ok(())
}
