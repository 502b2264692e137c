//! Worst cases: corpora that cost more than their size where a method compares all with all, each at two sizes, with the time
//! and the memory that an article takes.
//!
//! `cargo bench --bench worst` makes each at 25,000 and 100,000 articles; `-- 250000 1000000` at these sizes, `-- story` only
//! the cases whose name begins so. `stories` and `dedup` run on each. What a case should find is asserted, of `dedup` mostly that
//! one record of each story stays, and that an article of the larger corpus takes at most twice the time of one of the smaller.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

#[path = "measured/mod.rs"]
mod measured;
#[path = "synthetic/mod.rs"]
#[allow(dead_code, reason = "each target takes what it needs")]
mod synthetic;

use measured::Measured;
use synthetic::{Chance, Language};

/// A corpus that is hard on somebody.
struct Case {
    name: &'static str,
    /// Articles of it for each of the sizes that are asked for: large ones are fewer.
    one_in: usize,
    write: fn(usize, &Language, &mut dyn Write) -> io::Result<()>,
    /// Stories that so many articles come to.
    stories: fn(usize) -> usize,
    /// Records that stay, where they are not as many.
    kept: Option<usize>,
}

const CASES: [Case; 7] = [
    Case { name: "one text", one_in: 1, write: one_text, stories: |_| 1, kept: None },
    Case { name: "boilerplate shared by all", one_in: 1, write: boilerplate, stories: |n| n, kept: None },
    Case { name: "one outlet", one_in: 1, write: one_outlet, stories: |n| n, kept: None },
    Case { name: "story of edited copies", one_in: 1, write: story, stories: |_| 1, kept: None },
    Case { name: "articles of 10 MB", one_in: 5000, write: large, stories: |n| n, kept: None },
    Case {
        name: "each extends the one before",
        one_in: 50,
        write: extending,
        stories: |n| n.div_ceil(CHAIN),
        kept: None,
    },
    // Of those that share a key with many, each meets six: what stays meets the others only once these are gone.
    Case { name: "one opening, else strangers", one_in: 1, write: opening, stories: |n| n - 6, kept: Some(1) },
];

/// Most times as much as an article may take in a corpus of four times the size.
const MAX_GROWTH: f64 = 2.0;

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let mut sizes: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![25_000, 100_000];
    }
    let names: Vec<&String> = args.iter().filter(|arg| arg.parse::<usize>().is_err()).collect();
    let language = Language::new(7);
    println!(
        "{:<28} {:<7} {:>9} {:>9} {:>8} {:>11} {:>8}",
        "case", "verb", "articles", "bytes", "time", "an article", "peak"
    );
    for case in CASES.iter().filter(|case| names.is_empty() || names.iter().any(|name| case.name.starts_with(*name))) {
        let times: Vec<[f64; 2]> = sizes.iter().map(|size| run(case, *size, &language)).collect::<io::Result<_>>()?;
        if let [first, .., last] = times[..] {
            for (verb, first, last) in [("stories", first[0], last[0]), ("dedup", first[1], last[1])] {
                let growth = last / first;
                assert!(growth <= MAX_GROWTH, "{}, {verb}: an article takes {growth:.1} times as long", case.name);
            }
        }
    }
    Ok(())
}

/// Seconds that an article takes, in `stories` and in `dedup`.
fn run(case: &Case, size: usize, language: &Language) -> io::Result<[f64; 2]> {
    let n = (size / case.one_in).max(2);
    let folder = tempfile::tempdir()?;
    let (input, assignments) = (folder.path().join("articles.jsonl"), folder.path().join("assignments.tsv"));
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&input)?);
    (case.write)(n, language, &mut out)?;
    out.flush()?;
    drop(out);
    let n_bytes = fs::metadata(&input)?.len();
    let print = |verb: &str, measured: &Measured| {
        println!(
            "{:<28} {verb:<7} {n:>9} {:>6} MB {:>6.2} s {:>8.1} µs {:>5} MB",
            case.name,
            n_bytes / 1_000_000,
            measured.seconds,
            1e6 * measured.seconds / n as f64,
            measured.peak_bytes / 1_000_000,
        );
        measured.seconds / n as f64
    };
    let stories = print("stories", &Measured::stories(&input, &assignments, &[])?);
    assert_eq!(n_stories(&assignments)?, (case.stories)(n), "stories of {}", case.name);
    let kept = folder.path().join("kept");
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command.args(["dedup", "--quiet", "--keep=first", "--output"]).args([&kept, &input]).stdout(Stdio::null());
    let dedup = print("dedup", &Measured::run(&mut command)?);
    let n_kept = case.kept.unwrap_or_else(|| (case.stories)(n));
    assert_eq!(n_lines(&kept.join("articles.jsonl"))?, n_kept, "records kept of {}", case.name);
    Ok([stories, dedup])
}

fn n_lines(path: &Path) -> io::Result<usize> {
    Ok(BufReader::new(File::open(path)?).lines().count())
}

fn n_stories(assignments: &Path) -> io::Result<usize> {
    let table = fs::read_to_string(assignments)?;
    let stories: HashSet<&str> = table.lines().skip(1).filter_map(|line| line.split('\t').nth(1)).collect();
    Ok(stories.len())
}

/// One line; texts are made of letters, digits and full stops.
fn write(out: &mut dyn Write, number: usize, outlet: usize, paragraphs: &[String]) -> io::Result<()> {
    let text = paragraphs.join("\\n");
    writeln!(out, r#"{{"id":"a{number:08}","outlet":"outlet{outlet}.example","text":"{text}"}}"#)
}

/// A text that no other seed gives.
fn text(language: &Language, seed: usize) -> Vec<String> {
    language.dispatch(&mut Chance::new(0x5eed + seed as u64))
}

fn one_text(n: usize, language: &Language, out: &mut dyn Write) -> io::Result<()> {
    let text = text(language, 0);
    (0..n).try_for_each(|number| write(out, number, number % 2000, &text))
}

fn boilerplate(n: usize, language: &Language, out: &mut dyn Write) -> io::Result<()> {
    let shared = text(language, 0).swap_remove(1);
    (0..n).try_for_each(|number| {
        let mut own = text(language, 1 + number);
        own.insert(1 + number % 8, shared.clone());
        write(out, number, number % 2000, &own)
    })
}

fn one_outlet(n: usize, language: &Language, out: &mut dyn Write) -> io::Result<()> {
    (0..n).try_for_each(|number| write(out, number, 0, &text(language, number)))
}

/// Each copy is cut somewhere and has a paragraph of its own.
fn story(n: usize, language: &Language, out: &mut dyn Write) -> io::Result<()> {
    let whole = text(language, 0);
    (0..n).try_for_each(|number| {
        let mut own = whole[..8 + number % (whole.len() - 7)].to_vec();
        own.insert(1 + number % 7, text(language, 1 + number).swap_remove(2));
        write(out, number, number % 2000, &own)
    })
}

fn large(n: usize, language: &Language, out: &mut dyn Write) -> io::Result<()> {
    const BYTES: usize = 10_000_000;
    (0..n).try_for_each(|number| {
        let (mut own, mut n_bytes) = (Vec::new(), 0);
        let mut seed = number * 10_000;
        while n_bytes < BYTES {
            let more = text(language, seed);
            n_bytes += more.iter().map(|paragraph| paragraph.len() + 2).sum::<usize>();
            own.extend(more);
            seed += 1;
        }
        write(out, number, number, &own)
    })
}

/// Articles in a row each of which has a paragraph more than the one before.
const CHAIN: usize = 500;

fn extending(n: usize, language: &Language, out: &mut dyn Write) -> io::Result<()> {
    let mut own = Vec::new();
    for number in 0..n {
        if number % CHAIN == 0 {
            own = text(language, number);
        }
        own.push(text(language, 1_000_000 + number).swap_remove(2));
        write(out, number, number % 2000, &own)?;
    }
    Ok(())
}

/// The first is short; all others begin as it does, and share no more with each other than that.
fn opening(n: usize, language: &Language, out: &mut dyn Write) -> io::Result<()> {
    let words = |seed: usize, from: usize, n: usize| {
        let text = text(language, seed).join(" ");
        text.split(' ').skip(from).take(n).collect::<Vec<_>>().join(" ")
    };
    let shared = words(0, 0, 40);
    write(out, 0, 0, &[format!("{shared} {}.", words(0, 40, 30))])?;
    (1..n).try_for_each(|number| {
        let own = words(number, 0, 80 + number % 20);
        write(out, number, number % 2000, &[format!("{shared} {own}.")])
    })
}
