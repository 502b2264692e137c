//! wirecopy and its peers on the same articles, one after the other in one session: what each costs, and how right it is.
//!
//! `cargo bench --bench peers -- --articles 100000 --seed 1` makes the newsroom of `examples/adversary`, installs the peers at
//! the versions pinned beside this file, runs them and prints a table in Markdown. It needs Python with `venv`, and the
//! package registries for what is not yet there. `--corpus DIR` takes articles.jsonl and truth.tsv of that example instead.
//!
//! Every peer is run as its makers would wish: compiled with link-time optimization, through its batch calls, with the
//! fastest parser of its language, and with its candidates checked only where they can still join anything. *tuned* is the
//! best sensible setting for this work without looking at the answers (runs of 3 words, 128 values, 32 bands of 4,
//! resemblance 0.5), *fitted* the threshold that the answers of this very corpus favour, *default* the peer's own
//! documentation. CPU time and memory are what the system accounted to the process and those that it waited for.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]
#![allow(clippy::print_stderr, reason = "installing takes minutes, and whoever waits should know")]

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Parser;

mod entries;
mod install;
mod measure;
#[path = "../newsroom/mod.rs"]
mod newsroom;
mod table;

use entries::{Entry, Peer};
use measure::Figures;

#[derive(Parser)]
struct Args {
    /// How many articles.
    #[arg(long, default_value_t = 100_000)]
    articles: usize,
    /// What decides every byte of them, with their number.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A folder with articles.jsonl and truth.tsv to take instead.
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Whom to run beside wirecopy. text-dedup is left out unless it is named: it installs a gigabyte.
    #[arg(long, value_delimiter = ',', default_values = ["txtfp", "gaoya", "rensa", "datasketch"])]
    peers: Vec<Peer>,
    /// When a run is ended and said to have taken too long.
    #[arg(long, value_name = "SECONDS", default_value_t = 1800)]
    time_limit: u64,
    /// Cargo passes it.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peers");
    std::fs::create_dir_all(&cache).with_context(|| cache.display().to_string())?;
    let folder = tempfile::tempdir_in(&cache)?;
    let files = corpus(&args, folder.path())?;
    // All find the articles in the cache of the system, the first one too.
    let bytes = io::copy(&mut File::open(&files.articles)?, &mut io::sink())?;

    let entries = entries::all(&args.peers, &cache);
    print!("{}", table::head(bytes));
    let mut measured_against = None;
    for entry in &entries {
        let outcome = run(entry, &files, folder.path(), Duration::from_secs(args.time_limit));
        println!("{}", table::row(entry, &outcome, measured_against.as_ref()));
        if measured_against.is_none() {
            measured_against = outcome.ok().map(|(figures, _)| figures);
        }
    }
    Ok(())
}

fn corpus(args: &Args, folder: &Path) -> Result<newsroom::Files> {
    match &args.corpus {
        Some(made) => Ok(newsroom::Files { articles: made.join("articles.jsonl"), truth: made.join("truth.tsv") }),
        None => newsroom::write(args.articles, args.seed, folder),
    }
}

/// One run and its scores, or why there are none.
fn run(entry: &Entry, files: &newsroom::Files, folder: &Path, limit: Duration) -> Result<(Figures, table::Scores)> {
    let stories = folder.join("stories.tsv");
    let command = entry.command.as_ref().map_err(|reason| anyhow::anyhow!("{reason}"))?;
    let figures = measure::run(&command(&files.articles, &stories), limit)?;
    let evaluation = newsroom::score(&std::fs::read(&stories)?, &files.truth)?;
    Ok((figures, evaluation.story))
}
