//! The adversarial newsroom, small: it is the same everywhere, its labels are whole, and quality does not fall below what
//! was reached. The table for any size is `cargo run --release --example adversary -- --score`.

#![allow(clippy::print_stdout, reason = "the table is for whoever runs the tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use wirecopy::pipeline::{self, Options};
use wirecopy::report::assignments;
use xxhash_rust::xxh3::xxh3_64;

#[path = "../examples/adversary/make/mod.rs"]
mod make;
#[path = "../examples/adversary/table.rs"]
#[allow(dead_code, reason = "each target takes what it needs")]
mod table;

use make::edit::EDITS;
use make::plan::NEGATIVES;
use make::{Newsroom, Truth};
use table::{ENOUGH_WORDS, Quality};

const ARTICLES: usize = 3_000;
const SEED: u64 = 1;

/// The articles and the table of labels, as bytes, and the labels.
fn newsroom() -> &'static (Vec<u8>, Vec<u8>, Vec<Truth>) {
    static MADE: OnceLock<(Vec<u8>, Vec<u8>, Vec<Truth>)> = OnceLock::new();
    MADE.get_or_init(|| {
        let (mut articles, mut table) = (Vec::new(), Vec::new());
        let newsroom = Newsroom::new(ARTICLES, SEED).expect("grammars that can be read");
        let truths = newsroom.write(&mut articles, &mut table).expect("memory");
        (articles, table, truths)
    })
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let (articles, table, _) = newsroom();
    let found = (xxh3_64(articles), xxh3_64(table));
    // Whoever changes a grammar or an edit changes these, and looks at the table again.
    assert_eq!(found, (0x4931_8aeb_72e6_b0b4, 0x31d7_1c38_40a0_667f), "{found:#x?}");
}

#[test]
fn every_article_is_labelled_and_every_kind_is_there() {
    let (articles, table, truths) = newsroom();
    assert_eq!(truths.len(), ARTICLES);
    let lines = |bytes: &[u8]| bytes.split(|&b| b == b'\n').filter(|line| !line.is_empty()).count();
    assert_eq!((lines(articles), lines(table)), (ARTICLES, ARTICLES + 1));
    let found: BTreeSet<&str> = truths.iter().map(|truth| truth.edit).collect();
    let edits = EDITS.iter().map(|(_, edit)| *edit);
    let expected: BTreeSet<&str> = edits.chain(NEGATIVES.iter().map(|n| n.1)).chain(["single"]).collect();
    assert_eq!(found, expected);
    let copied = truths.iter().filter(|truth| EDITS.iter().any(|(_, edit)| *edit == truth.edit)).count();
    assert!((copied as f64 / ARTICLES as f64 - 0.35).abs() < 0.01, "{copied} copies");
}

#[test]
fn articles_are_as_long_as_news() {
    let (articles, _, truths) = newsroom();
    let bytes = articles.len() / ARTICLES;
    assert!((2_400..3_600).contains(&bytes), "{bytes} bytes an article");
    let whole: Vec<usize> = truths.iter().filter(|truth| truth.edit == "whole").map(|truth| truth.kept).collect();
    assert!(whole.iter().all(|words| (100..=900).contains(words)), "{whole:?}");
    let long = truths.iter().filter(|truth| truth.edit == "single" && truth.kept >= ENOUGH_WORDS).count();
    assert!(long * 100 >= 98 * truths.iter().filter(|truth| truth.edit == "single").count());
}

fn quality(folder: &Path, (articles, table, truths): &(Vec<u8>, Vec<u8>, Vec<Truth>)) -> Quality {
    let path = |name: &str| folder.join(name);
    fs::write(path("articles.jsonl"), articles).expect("a file is written");
    fs::write(path("truth.tsv"), table).expect("a file is written");
    let run =
        pipeline::run(&[path("articles.jsonl")], &Options::default(), &mut |reject, _| panic!("{}", reject.reason));
    let mut found = Vec::new();
    assignments::write(&mut found, &run.expect("readable articles").stories).expect("memory");
    fs::write(path("assignments.tsv"), found).expect("a file is written");
    Quality::new(truths, &path("truth.tsv"), &path("assignments.tsv")).expect("two tables")
}

/// Kinds of edit that are not found yet as well as the rest, and the share of them that is.
const HARD_EDITS: [(&str, usize); 1] = [("updated", 92)];
/// Kinds of page that are still merged falsely, and at most how many of a hundred.
const HARD_PAGES: [(&str, usize); 1] = [("furniture", 15)];

/// Floors and ceilings a little below and above what is reached: each is to be moved as the engine gets better.
#[test]
fn quality_does_not_fall() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let quality = quality(folder.path(), newsroom());
    println!("{quality}");
    for (_, edit) in EDITS {
        let floor = HARD_EDITS.iter().find(|(hard, _)| *hard == edit).map_or(98, |(_, floor)| *floor);
        let row = &quality.rows[edit];
        assert!(row.at_home * 100 >= floor * row.n_long, "{edit}: {} of {}", row.at_home, row.n_long);
    }
    for (_, page, kind, _) in NEGATIVES.iter().filter(|negative| matches!(negative.2, "original" | "partial")) {
        let ceiling = HARD_PAGES.iter().find(|(hard, _)| hard == page).map_or(4, |(_, ceiling)| *ceiling);
        let row = &quality.rows[page];
        assert!(row.merged * 100 <= ceiling * row.n, "{page} ({kind}): {} of {}", row.merged, row.n);
    }
    let story = quality.evaluation.story;
    assert!(story.precision >= 0.99 && story.recall >= 0.99, "{story:?}");
    assert!(story.b_cubed_f1 >= 0.99, "{story:?}");
}

/// The kind of page that is still merged falsely in scripts without spaces, and at most how many of a hundred.
const HARD_UNSPACED_PAGES: [(&str, usize); 1] = [("furniture", 6)];

/// The same in Chinese, Japanese and Thai, of which words are cut by a hash.
#[test]
fn quality_does_not_fall_without_spaces() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut articles, mut table) = (Vec::new(), Vec::new());
    let newsroom = Newsroom::unspaced(ARTICLES, SEED).expect("grammars that can be read");
    let truths = newsroom.write(&mut articles, &mut table).expect("memory");
    let quality = quality(folder.path(), &(articles, table, truths));
    println!("{quality}");
    for (_, edit) in EDITS {
        let floor = if matches!(edit, "updated" | "several") { 92 } else { 98 };
        let row = &quality.rows[edit];
        assert!(row.at_home * 100 >= floor * row.n_long, "{edit}: {} of {}", row.at_home, row.n_long);
    }
    for (_, page, kind, _) in NEGATIVES.iter().filter(|negative| matches!(negative.2, "original" | "partial")) {
        let ceiling = HARD_UNSPACED_PAGES.iter().find(|(hard, _)| hard == page).map_or(5, |(_, ceiling)| *ceiling);
        let row = &quality.rows[page];
        assert!(row.merged * 100 <= ceiling * row.n, "{page} ({kind}): {} of {}", row.merged, row.n);
    }
    let story = quality.evaluation.story;
    assert!(story.precision >= 0.98 && story.recall >= 0.985, "{story:?}");
    assert!(story.b_cubed_f1 >= 0.985, "{story:?}");
}
