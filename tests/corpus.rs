//! The committed corpus is what its builder makes of its sources, and it holds what its README promises.

#[path = "../examples/newsroom/build/mod.rs"]
mod build;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn corpus_dir() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
}

fn committed(name: &str) -> String {
    let path = corpus_dir().join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The lines of the truth file: id, story, version, kind, agency, edit.
fn truth() -> Vec<[String; 6]> {
    let row = |line: &str| {
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        fields.try_into().unwrap_or_else(|fields| panic!("six fields expected: {fields:?}"))
    };
    committed("truth.tsv").lines().skip(1).map(row).collect()
}

fn pages_by(field: usize) -> BTreeMap<String, usize> {
    let mut pages = BTreeMap::new();
    for row in truth() {
        *pages.entry(row[field].clone()).or_default() += 1;
    }
    pages
}

#[test]
fn the_committed_corpus_is_what_the_builder_makes() {
    let built = build::build_from(corpus_dir()).unwrap();
    let on_disk: BTreeSet<_> = build::built_files(corpus_dir()).unwrap().into_iter().collect();
    assert_eq!(on_disk, built.files.iter().map(|(name, _)| corpus_dir().join(name)).collect());
    for (name, contents) in &built.files {
        // Not assert_eq: a difference would print a whole day of news.
        let same = committed(name) == *contents;
        assert!(
            same,
            "corpus/{name} differs from its sources: run `cargo run --example newsroom` and look at the diff"
        );
    }
    let readme = committed("README.md");
    assert!(readme.contains(&built.counts), "corpus/README.md should hold this table:\n\n{}", built.counts);
}

#[test]
fn every_article_has_one_line_of_truth() {
    let (mut ids, mut urls) = (BTreeSet::new(), BTreeSet::new());
    for path in build::built_files(corpus_dir()).unwrap().iter().filter(|path| path.extension().unwrap() == "jsonl") {
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = record.get("text").or_else(|| record.get("maintext")).and_then(|text| text.as_str());
            assert!(text.is_some_and(|text| text.lines().count() > 1), "{line}");
            let url = url::Url::parse(record["url"].as_str().unwrap()).unwrap();
            assert!(urls.insert(url), "{line}");
            assert!(ids.insert(record["id"].as_str().unwrap().to_owned()), "{line}");
        }
    }
    let rows = truth();
    assert_eq!(rows.len(), ids.len());
    assert_eq!(rows.iter().map(|row| row[0].clone()).collect::<BTreeSet<_>>(), ids);
}

#[test]
fn the_corpus_has_enough_of_everything() {
    let (stories, kinds, agencies) = (pages_by(1), pages_by(3), pages_by(4));
    assert!(stories.values().sum::<usize>() >= 300, "{stories:?}");
    assert!(stories.values().filter(|&&pages| pages > 1).count() >= 60, "{stories:?}");
    assert!(agencies.len() > 8, "{agencies:?}");
    for (kind, least) in
        [("copy", 200), ("expanded", 6), ("partial", 6), ("original", 30), ("roundup", 6), ("aggregator", 6)]
    {
        assert!(kinds.get(kind).is_some_and(|&pages| pages >= least), "{kind}: {kinds:?}");
    }
    let mut edits = BTreeMap::new();
    let mut copies = 0;
    for row in truth().iter().filter(|row| row[3] == "copy") {
        copies += 1;
        for edit in row[5].split('+') {
            *edits.entry(edit.to_owned()).or_insert(0) += 1;
        }
    }
    for edit in
        ["whole", "trimmed", "headline", "local", "local-middle", "style", "cut", "again", "own-site", "relayed"]
    {
        assert!(edits.get(edit).is_some_and(|&pages| pages >= 6), "{edit}: {edits:?}");
    }
    // About 15 % of the copies name no agency.
    let uncredited = edits["uncredited"] * 100 / copies;
    assert!((10..=20).contains(&uncredited), "{uncredited} % of the copies have no credit");
}
