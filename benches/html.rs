//! How much of an article is found on its page, and of what else: real pages with the bodies that people marked.
//!
//! The pages are those of the article extraction benchmark of Scrapinghub (181 news pages of 2019, MIT), which are no part
//! of this repository: `git clone https://github.com/scrapinghub/article-extraction-benchmark` and give the folder as
//! `WIRECOPY_HTML_DATA`. Without that they are looked for in `../shared/data/html`. A folder holds `html/*.html.gz` and
//! `ground-truth.json`.
//!
//! The figures are those of its `evaluate.py`: the tokens of a text are its runs of letters, digits and underscores, and
//! the shingles of two texts, four tokens each and counted as often as they occur, are compared page by page. Precision is
//! the share of the found shingles that are in the truth, recall that of the truth's that were found; both are averaged
//! over the pages that have any, and F1 is made of the averages. A page that is refused has no shingles: it costs recall.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

/// dom_smoothie 0.19 as it is has .951; what we do around it must not cost more than that.
const FLOOR: f64 = 0.94;

/// A page is read so often; the fastest time counts.
const ROUNDS: usize = 5;

/// Tokens of a shingle.
const SHINGLE_LEN: usize = 4;

#[derive(Deserialize)]
struct Truth {
    #[serde(rename = "articleBody", default)]
    body: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = folder() else { return Ok(()) };
    let truths: BTreeMap<String, Truth> = serde_json::from_slice(&fs::read(folder.join("ground-truth.json"))?)?;
    let (mut scores, mut refused, mut times) = (Scores::default(), Vec::new(), Vec::new());
    for (name, truth) in &truths {
        let mut page = Vec::new();
        MultiGzDecoder::new(File::open(folder.join("html").join(format!("{name}.html.gz")))?).read_to_end(&mut page)?;
        let (found, time) = read(&page);
        times.push(time);
        let found = found.unwrap_or_else(|reason| {
            refused.push(format!("{name}: {reason}"));
            String::new()
        });
        scores.add(&truth.body, &found);
    }
    println!(
        "{:>5}  {:>9}  {:>6}  {:>6}  {:>10}  {:>8}  {:>7}",
        "pages", "precision", "recall", "F1", "ms a page", "slowest", "refused"
    );
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "{:>5}  {:>9.4}  {:>6.4}  {:>6.4}  {:>10.2}  {:>8.2}  {:>7}",
        truths.len(),
        scores.precision(),
        scores.recall(),
        scores.f1(),
        ms(times.iter().sum::<Duration>()) / times.len().max(1) as f64,
        ms(times.iter().max().copied().unwrap_or_default()),
        refused.len()
    );
    refused.iter().for_each(|page| println!("refused: {page}"));
    assert!(scores.f1() >= FLOOR, "F1 is {:.4}; the floor is {FLOOR}", scores.f1());
    Ok(())
}

/// Where the pages are; `None`, and a word on where to get them, if they are not here.
fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/html");
    let folder = std::env::var_os("WIRECOPY_HTML_DATA").map_or_else(beside, PathBuf::from);
    if !folder.join("ground-truth.json").exists() {
        println!("skipped: no ground-truth.json in {}; get the pages from", folder.display());
        println!(
            "https://github.com/scrapinghub/article-extraction-benchmark and set WIRECOPY_HTML_DATA to their folder"
        );
        return None;
    }
    Some(folder)
}

/// The text of a page, and how long it took to find it.
fn read(page: &[u8]) -> (Result<String, String>, Duration) {
    let mut fastest = Duration::MAX;
    let mut found = Err("not read".to_owned());
    for _ in 0..ROUNDS {
        let started = Instant::now();
        found = wirecopy::read::html_text(page);
        fastest = fastest.min(started.elapsed());
    }
    (found, fastest)
}

/// Precision and recall, page by page.
#[derive(Default)]
struct Scores {
    precisions: Vec<f64>,
    recalls: Vec<f64>,
}

impl Scores {
    fn add(&mut self, truth: &str, found: &str) {
        let (truth, found) = (shingles(truth), shingles(found));
        let (n_truth, n_found) = (truth.values().sum::<usize>() as f64, found.values().sum::<usize>() as f64);
        let n_both = truth.iter().map(|(shingle, n)| n.min(found.get(shingle).unwrap_or(&0))).sum::<usize>() as f64;
        if n_found > 0.0 {
            self.precisions.push(n_both / n_found);
        }
        if n_truth > 0.0 {
            self.recalls.push(n_both / n_truth);
        }
    }

    fn precision(&self) -> f64 {
        mean(&self.precisions)
    }

    fn recall(&self) -> f64 {
        mean(&self.recalls)
    }

    fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        2.0 * precision * recall / (precision + recall)
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The shingles of a text and how often each occurs; of a text with fewer tokens, all of them as one.
fn shingles(text: &str) -> HashMap<Vec<&str>, usize> {
    let tokens: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|token| !token.is_empty()).collect();
    let mut counts = HashMap::new();
    let len = SHINGLE_LEN.min(tokens.len()).max(1);
    for shingle in tokens.windows(len) {
        *counts.entry(shingle.to_vec()).or_insert(0) += 1;
    }
    counts
}
