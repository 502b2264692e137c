//! Floors under the quality of the whole path, with the defaults: on the invented newsroom, and where they are to hand on
//! real pages with labels.

#![allow(clippy::print_stdout, reason = "the figures, and what was skipped, are for whoever runs the tests")]

use std::fs;
use std::path::{Path, PathBuf};

use wirecopy::clean::credit::Role;
use wirecopy::eval::agencies::{AgencyFigures, AgencyScores, read_report, score_agencies};
use wirecopy::eval::evaluate;
use wirecopy::eval::labels::Labels;
use wirecopy::eval::scores::Scores;
use wirecopy::pipeline::{self, Options};
use wirecopy::report::{assignments, json};
use wirecopy::story::Stories;

fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name)
}

/// A file of the real pages, which are no part of this repository; `None`, and a word on it, where they are not here.
fn real_pages(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    if !path.exists() {
        println!("skipped: {} is not here", path.display());
    }
    path.exists().then_some(path)
}

fn stories(input: PathBuf) -> Stories {
    let run = pipeline::run(&[input], &Options::default(), &mut |reject, _| panic!("{}", reject.reason));
    run.expect("readable pages").stories
}

/// The scores of stories and of versions, by the very table that `--assignments` writes.
fn scores(stories: &Stories, truth: &Path) -> (Scores, Scores) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("assignments.tsv");
    let mut table = Vec::new();
    assignments::write(&mut table, stories).expect("memory");
    fs::write(&path, table).expect("a file is written");
    let read = |path: &Path| Labels::read(path).expect("a table");
    let evaluation = evaluate(&read(truth), &read(&path), 0).expect("articles to score");
    assert_eq!(evaluation.unassigned, 0);
    (evaluation.story, evaluation.version.expect("versions in both tables"))
}

/// The scores of the stories' agencies, by the very report that `--format json` writes.
fn agencies(stories: &Stories, truth: &Path) -> AgencyScores {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("stories.jsonl");
    let mut report = Vec::new();
    json::write(&mut report, &stories.stories, &stories.params).expect("memory");
    fs::write(&path, report).expect("a file is written");
    let report = read_report(&path).expect("stories");
    score_agencies(&Labels::read(truth).expect("a table"), &report).expect("agencies in the truth")
}

/// The promises on agencies: precision and recall over the stories that have one, and copies.
fn check_agencies(scores: &AgencyScores) {
    for (of, s) in [("all stories", scores.all), ("stories with copies", scores.copied)] {
        let AgencyFigures { stories, right, precision, recall, .. } = s;
        println!("agency precision {precision:.4}, recall {recall:.4} ({right} of {stories} right) over {of}");
    }
    println!("{} of {} stories without an agency were given one", scores.without_named, scores.without);
    assert!(scores.copied.precision >= 0.98 && scores.copied.recall >= 0.95, "{scores:#?}");
}

#[test]
fn the_invented_newsroom() {
    let truth = corpus("truth.tsv");
    let stories = stories(corpus(""));
    let (story, version) = scores(&stories, &truth);
    let agencies = agencies(&stories, &truth);
    println!("story F1 {:.4}, version F1 {:.4}", story.f1, version.f1);
    assert!(story.f1 >= 0.98 && story.precision >= 0.99, "{story:?}");
    assert!(story.b_cubed_f1 >= 0.99, "{story:?}");
    assert!(version.f1 >= 0.97, "{version:?}");
    assert!(agencies.all.stories >= 100 && agencies.all.precision >= 0.99 && agencies.all.recall >= 0.98);
    check_agencies(&agencies);
}

#[test]
fn real_wire_copy() {
    let (Some(articles), Some(gold)) = (real_pages("wire/articles.jsonl"), real_pages("wire/gold.tsv")) else { return };
    let stories = stories(articles);
    let (story, version) = scores(&stories, &gold);
    let agencies = agencies(&stories, &gold);
    println!("story F1 {:.4}, version F1 {:.4}", story.f1, version.f1);
    assert!(story.f1 >= 0.98, "{story:?}");
    assert!(story.b_cubed_f1 >= 0.985, "{story:?}");
    assert!(version.f1 >= 0.88, "{version:?}");
    check_agencies(&agencies);
    // Three of the 33 are single pages that credit nobody.
    assert!(agencies.all.precision >= 0.96 && agencies.all.recall >= 0.87, "{agencies:#?}");
}

#[test]
fn a_page_as_a_user_sent_it() {
    let Some(path) = real_pages("seed.txt") else { return };
    let stories = stories(path.clone());
    let copy = &stories.stories[0].copies[0];
    assert_eq!((stories.stories.len(), stories.stories[0].copies.len()), (1, 1));
    assert_eq!(copy.outlet, "BSS");
    assert_eq!(copy.published.map(|p| p.unix_seconds), Some(1_758_317_940), "2025-09-19 21:39, read as UTC");

    let text = fs::read_to_string(path).expect("a page");
    let article = wirecopy::article::Article { text, ..Default::default() };
    let page = wirecopy::clean::clean(&article);
    let headline = article.text.lines().next().expect("a first line");
    assert_eq!(page.headline.as_deref(), Some(headline));
    assert_eq!(page.body.len(), 7, "{:#?}", page.body);
    assert!(page.body[0].starts_with("Russian Foreign Minister") && page.body[6].ends_with("for the Kremlin."));
    let dateline = page.dateline.expect("a dateline");
    assert_eq!((dateline.place.as_str(), dateline.date.as_deref()), ("MOSCOW", Some("2025-09-19")));
    let credits: Vec<_> = page.credits.iter().map(|c| (c.agency.agency().id, c.role)).collect();
    assert_eq!(credits, [("bss", Role::Relay), ("afp", Role::Origin)]);
    let after = article.text.lines().map(str::trim).skip_while(|line| !line.ends_with("Most Viewed"));
    let viewed: Vec<&str> = after.skip(1).filter(|line| !line.is_empty()).collect();
    assert_eq!(viewed.len(), 11, "ten headlines and a number");
    for line in viewed {
        assert!(page.dropped.iter().any(|dropped| dropped.text.trim() == line), "kept: {line}");
    }
}
