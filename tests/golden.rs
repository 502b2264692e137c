//! Floors under the quality of the whole path, with the defaults: on the invented newsroom, and where they are to hand on
//! real pages with labels.

#![allow(clippy::print_stdout, reason = "the figures, and what was skipped, are for whoever runs the tests")]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use wirecopy::agency;
use wirecopy::clean::credit::Role;
use wirecopy::eval::evaluate;
use wirecopy::eval::labels::Labels;
use wirecopy::eval::scores::Scores;
use wirecopy::pipeline::{self, Options};
use wirecopy::report::assignments;
use wirecopy::story::{Stories, Story};

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

/// The columns `id`, `story` and `agency` of a truth.
fn agencies(truth: &Path) -> Vec<[String; 3]> {
    let table = fs::read_to_string(truth).expect("a truth");
    let column = |name: &str| table.lines().next().and_then(|header| header.split('\t').position(|n| n == name));
    let columns = ["id", "story", "agency"].map(|name| column(name).expect("a column of this name"));
    table
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            columns.map(|at| fields[at].to_owned())
        })
        .collect()
}

/// How many stories of the truth with two copies or more have an agency, and in how many of them the story that holds
/// their copies was given that one.
fn agencies_right(stories: &Stories, truth: &Path) -> (usize, usize) {
    let found: HashMap<&str, &Story> = stories
        .stories
        .iter()
        .flat_map(|story| story.copies.iter().map(move |copy| (copy.id.as_str(), story)))
        .collect();
    let mut pages: HashMap<String, Vec<[String; 3]>> = HashMap::new();
    agencies(truth).into_iter().for_each(|row| pages.entry(row[1].clone()).or_default().push(row));
    // Copies in another cluster than most are a matter of clustering, not of attribution.
    let right = |rows: &[[String; 3]]| {
        let mut held: HashMap<&str, usize> = HashMap::new();
        rows.iter().for_each(|row| *held.entry(found[row[0].as_str()].id.as_str()).or_default() += 1);
        let most = held.into_iter().max_by_key(|&(id, n)| (n, id)).map(|(id, _)| id);
        let story = rows.iter().map(|row| found[row[0].as_str()]).find(|story| Some(story.id.as_str()) == most);
        let agency = story.and_then(|story| story.agency.as_ref());
        agency.map(|attribution| attribution.agency) == agency::by_id(&rows[0][2])
    };
    let judged = pages.values().filter(|rows| rows.len() > 1 && agency::by_id(&rows[0][2]).is_some());
    judged.fold((0, 0), |(all, n), rows| (all + 1, n + usize::from(right(rows))))
}

#[test]
fn the_invented_newsroom() {
    let truth = corpus("truth.tsv");
    let stories = stories(corpus(""));
    let (story, version) = scores(&stories, &truth);
    let (all, right) = agencies_right(&stories, &truth);
    println!("story F1 {:.4}, version F1 {:.4}, agency right in {right} of {all} stories", story.f1, version.f1);
    assert!(story.f1 >= 0.98 && story.precision >= 0.99, "{story:?}");
    assert!(story.b_cubed_f1 >= 0.99, "{story:?}");
    assert!(version.f1 >= 0.97, "{version:?}");
    assert!(all >= 60 && right * 100 >= all * 95, "agency right in {right} of {all} stories");
}

#[test]
fn real_wire_copy() {
    let (Some(articles), Some(gold)) = (real_pages("wire/articles.jsonl"), real_pages("wire/gold.tsv")) else { return };
    let stories = stories(articles);
    let (story, version) = scores(&stories, &gold);
    let (all, right) = agencies_right(&stories, &gold);
    println!("story F1 {:.4}, version F1 {:.4}, agency right in {right} of {all} stories", story.f1, version.f1);
    assert!(story.f1 >= 0.98, "{story:?}");
    assert!(story.b_cubed_f1 >= 0.985, "{story:?}");
    assert!(version.f1 >= 0.88, "{version:?}");
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
