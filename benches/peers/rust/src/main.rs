//! The Rust peers of wirecopy as programs: articles as JSON lines in, a table of which article is of which story out.

mod corpus;
mod gaoya;
mod shingle;
mod stories;
mod txtfp;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, ValueEnum};

/// As the documentation of txtfp advises; it is the faster one for both.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
struct Args {
    peer: Peer,
    /// Articles, one JSON object a line.
    articles: PathBuf,
    /// Where the table goes.
    stories: PathBuf,
    /// As the crate's README has it, instead of what serves this work best.
    #[arg(long)]
    default: bool,
    /// Words in a shingle.
    #[arg(long, default_value_t = 3)]
    words: usize,
    /// Bands of the 128 values; 128 must be a multiple of it.
    #[arg(long, default_value_t = 32)]
    bands: usize,
    /// Resemblance from which two articles are copies.
    #[arg(long, default_value_t = 0.5)]
    threshold: f64,
    #[arg(long, default_value_t = 1)]
    threads: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Peer {
    Txtfp,
    Gaoya,
}

fn main() -> Result<()> {
    let args = Args::parse();
    rayon::ThreadPoolBuilder::new().num_threads(args.threads).build_global()?;
    let (words, bands) = (args.words, args.bands);
    let found = match (args.peer, args.default) {
        (Peer::Txtfp, false) => corpus::cluster(&args.articles, txtfp::tuned(words, bands, args.threshold as f32)?)?,
        (Peer::Txtfp, true) => corpus::cluster(&args.articles, txtfp::default()?)?,
        (Peer::Gaoya, false) => corpus::cluster(&args.articles, gaoya::tuned(words, bands, args.threshold))?,
        (Peer::Gaoya, true) => corpus::cluster(&args.articles, gaoya::default())?,
    };
    found.write(&args.stories)
}
