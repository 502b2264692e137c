//! What the front end costs, from a line of JSON to a fingerprint: each stage by itself and all of it, on one core, on pages as
//! the adversarial newsroom prints them, half of them in English. Each stage asserts what it produced.
//!
//! `cargo bench --bench front`, or with a number of articles: `cargo bench --bench front -- 20000`

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

#[allow(dead_code, reason = "each target takes what it needs")]
mod newsroom;

use std::time::{Duration, Instant};

use anyhow::Result;
use wirecopy::article::Article;
use wirecopy::clean::clean_for;
use wirecopy::furniture::units;
use wirecopy::minhash::push_sampled;
use wirecopy::params::Params;
use wirecopy::pipeline::fingerprint;
use wirecopy::read::{Batch, Fields, Inputs};
use wirecopy::shingle::{Token, shingles, tokenize};

const SEED: u64 = 5;
/// How often each stage runs; the fastest time counts.
const ROUNDS: usize = 5;

fn main() -> Result<()> {
    // Cargo passes flags of its own, such as --bench.
    let n = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(5_000);
    let folder = tempfile::tempdir()?;
    let batches = read(&newsroom::write(n, SEED, folder.path())?.articles)?;
    let articles: Vec<Article> = parsed(&batches).collect();
    assert_eq!(articles.len(), n, "every line is an article");
    let mut bodies: Vec<Vec<String>> = Vec::new();
    articles.iter().for_each(|a| clean_for(a, |_, body| bodies.push(body.iter().map(|&p| p.to_owned()).collect())));
    let tokens: Vec<Vec<Token>> = bodies.iter().map(|body| tokens(body)).collect();
    let n_words: usize = tokens.iter().map(Vec::len).sum();
    let params = Params::default();

    let line_bytes = batches.iter().flat_map(Batch::records).map(|record| record.bytes.len()).sum();
    let text_bytes = articles.iter().map(|article| article.text.len()).sum();
    let body_bytes = bodies.iter().flatten().map(String::len).sum();
    let row = |stage, bytes, time: Duration| {
        let (ns, rate) = (time.as_nanos() / n as u128, bytes as f64 / 1e6 / time.as_secs_f64());
        println!("{stage:>10}  {ns:>7} ns an article  {rate:>6.0} MB/s");
    };
    let bytes_of = |articles: &mut dyn Iterator<Item = Article>| articles.map(|a| a.text.len()).sum::<usize>();
    row("parse", line_bytes, fastest(text_bytes, || bytes_of(&mut parsed(&batches))));
    let paragraphs = bodies.iter().map(Vec::len).sum();
    row("clean", text_bytes, fastest(paragraphs, || articles.iter().map(|a| clean_for(a, |_, body| body.len())).sum()));
    row("tokenize", body_bytes, fastest(n_words, || bodies.iter().map(|body| self::tokens(body).len()).sum()));
    let n_units = tokens.iter().map(|tokens| units(tokens).len()).sum();
    assert!((50 * n..400 * n).contains(&n_units), "{n_units} units");
    row("units", body_bytes, fastest(n_units, || tokens.iter().map(|tokens| units(tokens).len()).sum()));
    let n_keys = tokens.iter().map(|tokens| keys(tokens, &params)).sum();
    assert!((n_words / 5..n_words / 3).contains(&n_keys), "{n_keys} keys of {n_words} words");
    row("keys", body_bytes, fastest(n_keys, || tokens.iter().map(|tokens| keys(tokens, &params)).sum()));
    let all = || parsed(&batches).map(|article| fingerprint(article, &params).tokens.len()).sum();
    row("all", line_bytes, fastest(n_words, all));
    Ok(())
}

fn read(path: &std::path::Path) -> Result<Vec<Batch>> {
    let mut inputs = Inputs::open(&[path.to_owned()])?;
    Ok(std::iter::from_fn(|| inputs.next_batch(8 << 20).transpose()).collect::<wirecopy::error::Result<_>>()?)
}

fn parsed(batches: &[Batch]) -> impl Iterator<Item = Article> {
    let records = batches.iter().flat_map(Batch::records);
    records.filter_map(|record| Some(record.parse(&Fields::default()).ok()??.article))
}

fn tokens(body: &[String]) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(body, &mut tokens);
    tokens
}

fn keys(tokens: &[Token], params: &Params) -> usize {
    let mut keys = Vec::new();
    push_sampled(shingles(tokens, params.shingle_words), params.scale, &mut keys);
    keys.len()
}

/// The shortest time that a stage took to produce what it must.
fn fastest(expected: usize, stage: impl Fn() -> usize) -> Duration {
    let rounds = (0..ROUNDS).map(|_| {
        let started = Instant::now();
        assert_eq!(stage(), expected);
        started.elapsed()
    });
    rounds.min().unwrap_or_default()
}
