//! What no input may do: panic, hang, exhaust memory, or take another record with it.
//!
//! `costs.tsv` names more than a hundred hostile files, and what each costs. Small ones lie in `files`; those that would
//! fill the repository are written by `make` when they are needed. `costs` holds every one against its line.

#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]
#![allow(clippy::print_stdout, reason = "what every file cost is shown with --nocapture")]
#![allow(unreachable_pub, reason = "the modules of a test have no outside")]

mod child;
mod costs;
#[path = "../desk/mod.rs"]
mod desk;
mod folders;
mod make;

use std::fs;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use wirecopy::article::Article;
use wirecopy::params::Params;
use wirecopy::pipeline::stories_of;

const NOTE: &str = "The lighthouse keepers of Varn counted forty ships on Sunday night and one on Monday, a number that \
    the harbor master called the lowest since the winter of the great ice, when the bay was closed for seven weeks.";

/// What a run printed, and its exit code.
struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn stories(args: &[&str], input: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
        .args(["stories", "-"])
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = BufWriter::new(child.stdin.take().expect("a pipe"));
    input(&mut stdin).and_then(|()| stdin.flush()).expect("the program reads to the end");
    drop(stdin);
    let output = child.wait_with_output().expect("a run that ended");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text in UTF-8");
    Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Runs on these bytes and expects this exit code, and these words among the remarks.
#[track_caller]
fn expect(bytes: &[u8], code: i32, said: &[&str]) -> Ran {
    let ran = stories(&["--min-copies=1"], |stdin| stdin.write_all(bytes));
    assert_eq!(ran.code, Some(code), "{}", ran.stderr);
    for words in said {
        assert!(ran.stderr.contains(words), "{words:?} is not in: {}", ran.stderr);
    }
    ran
}

/// Bits that say nothing, the same in every run.
fn noise(n: u64) -> u64 {
    xxhash_rust::xxh3::xxh3_64(&n.to_le_bytes())
}

fn record(id: &str) -> String {
    format!("{{\"id\":\"{id}\",\"outlet\":\"varn.example\",\"text\":\"{NOTE}\"}}\n")
}

#[test]
fn an_empty_file_is_no_error_but_is_said() {
    for empty in ["", "\n\n\n", "\u{feff}", "\u{feff}\r\n  \r\n"] {
        expect(empty.as_bytes(), 0, &["the inputs hold no records"]);
    }
}

#[test]
fn a_binary_file_is_refused_by_its_first_bytes_or_line_by_line() {
    for (bytes, found) in [(&b"PK\x03\x04\x00\x00\x00\x00"[..], "a zip file"), (&[0; 100], "zero bytes")] {
        expect(bytes, 2, &["-: expected JSON, a table, WARC, Parquet, HTML or text in UTF-8, found a", found]);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let named = |name: &str| {
        let path = folder.path().join(name);
        let bytes: Vec<u8> = (0..200_000).map(|n| (noise(n) >> 56) as u8).collect();
        fs::write(&path, bytes).expect("a file is written");
        let output = Command::new(env!("CARGO_BIN_EXE_wirecopy")).arg("stories").arg(path).output().expect("a run");
        (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let (code, said) = named("noise.jsonl");
    assert!(code == Some(3) && said.contains("noise.jsonl:2: not UTF-8") && said.contains(" more"), "{said}");
    let (code, said) = named("noise.txt");
    assert!(code == Some(3) && said.contains("skipped 1 of 1 records"), "{said}");
}

#[test]
fn bytes_that_are_not_utf8_cost_their_record_alone() {
    let mut bytes = record("a").into_bytes();
    bytes.extend_from_slice(b"{\"id\":\"b\",\"text\":\"caf\xff\"}\n{\"id\":\"c\",\"text\":\"\\ud800 lone\"}\n");
    bytes.extend_from_slice(record("d").as_bytes());
    let ran = expect(&bytes, 3, &["-:2: not UTF-8: byte 22 (0xFF) does not belong there", "-:3: "]);
    assert!(ran.stderr.contains("skipped 2 of 4 records"), "{}", ran.stderr);
    assert!(ran.stdout.contains("varn.example") || ran.stdout.contains("2 copies"), "{}", ran.stdout);
}

#[test]
fn a_line_of_100_mb_is_refused_and_not_held() {
    let ran = stories(&["--min-copies=1"], |stdin| {
        stdin.write_all(record("before").as_bytes())?;
        stdin.write_all(b"{\"id\":\"huge\",\"text\":\"")?;
        (0..100_000).try_for_each(|_| stdin.write_all(&[b'x'; 1000]))?;
        stdin.write_all(b"\"}\n")?;
        stdin.write_all(record("after").as_bytes())
    });
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    assert!(ran.stderr.contains("-:2: ") && ran.stderr.contains("MiB"), "{}", ran.stderr);
    assert!(ran.stdout.contains("2 articles"), "{}", ran.stdout);
}

#[test]
fn records_without_what_is_needed_are_named_with_what_they_have() {
    let lines = "{\"id\":\"a\"}\n{\"text\":\"\"}\n{\"text\":\"  \\n \"}\n{\"text\":7}\n{\"text\":null}\n[]\n7\nnull\n\"x\"\n{}\n{\n";
    let ran = expect(lines.as_bytes(), 3, &["skipped 11 of 11 records", "-:1: no text", "`id`", "--text-field"]);
    assert!(ran.stdout.contains("0 articles"), "{}", ran.stdout);
}

#[test]
fn fields_of_odd_kinds_do_not_cost_the_article() {
    let line = format!(
        "{{\"id\":17,\"text\":\"{NOTE}\",\"url\":\"::no url::\",\"date\":\"the day before\",\"title\":[1],\"outlet\":{{}}}}\n"
    );
    let ran = stories(&["--min-copies=1"], |stdin| stdin.write_all(line.as_bytes()));
    assert!(ran.stdout.contains("1 articles") || ran.stdout.contains("1 article "), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn articles_with_one_id_are_all_kept() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path: PathBuf = folder.path().join("assignments.tsv");
    let lines = record("twin").repeat(3);
    let ran = stories(&["--assignments", path.to_str().expect("UTF-8")], |stdin| stdin.write_all(lines.as_bytes()));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("2 articles have the id of another"), "{}", ran.stderr);
    let table = fs::read_to_string(&path).expect("a table");
    let ids: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(ids, ["twin", "twin#2", "twin#3"]);
}

#[test]
fn a_million_copies_of_one_text_are_one_story() {
    let ran = stories(&["--format=csv", "--quiet"], |stdin| {
        (0..1_000_000).try_for_each(|n| stdin.write_all(record(&n.to_string()).as_bytes()))
    });
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(ran.stdout.lines().count(), 1_000_001);
    let story = |line: &str| line.split(',').next().map(str::to_owned);
    let first = ran.stdout.lines().nth(1).and_then(story);
    assert!(first.is_some() && ran.stdout.lines().skip(1).all(|line| story(line) == first));
}

#[test]
fn a_shingle_that_every_article_has_costs_no_quadratic_number_of_pairs() {
    const N: usize = 20_000;
    let articles = (0..N).map(|n| {
        let own: Vec<String> = (0..60).map(|at| format!("w{}", noise((n * 60 + at) as u64) % 1_000_000)).collect();
        let text = format!(
            "{}\nAll rights reserved by the publishers of this newspaper and their partners in the region.\n",
            own.join(" ")
        );
        Article { id: n.to_string(), text, ..Article::default() }
    });
    let found = stories_of(articles.collect(), &Params::default()).expect("room for tokens");
    assert_eq!(found.stories.len(), N, "strangers were merged");
    assert!(found.counts.candidates <= 20 * N as u64, "{} candidates", found.counts.candidates);
}

#[test]
fn a_text_of_one_word_repeated_and_one_of_lines_alone_are_read() {
    for text in ["la ".repeat(500_000), "x\\n".repeat(500_000), "(".repeat(1_000_000), "\u{301}".repeat(200_000)] {
        let line = format!("{{\"text\":\"{text}\"}}\n").repeat(2);
        let ran = stories(&["--quiet"], |stdin| stdin.write_all(line.as_bytes()));
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
}

#[test]
fn json_that_nests_without_end_is_refused() {
    let deep = format!("{{\"text\":{}\n", "[".repeat(1_000_000));
    expect(deep.as_bytes(), 3, &["skipped 1 of 1 records"]);
}
