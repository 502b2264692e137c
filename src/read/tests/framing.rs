//! Bytes to records: none lost, none doubled, whatever the bytes and the size of the batches.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use crate::codec::Expansion;
use crate::read::{Fields, Inputs, Limits};

/// A record as it came out of the batches.
#[derive(Debug, Clone, PartialEq)]
struct Out {
    line: u64,
    bytes: Vec<u8>,
    /// The id or the reason.
    outcome: Result<String, String>,
}

/// Small limits, so that small files reach them.
const TINY: Limits = Limits { record: 60, kept: 10, step: 1, expansion: FREE };
const FREE: Expansion = Expansion { ratio: u64::MAX, bytes: u64::MAX };

fn read_with(path: &Path, bytes: usize, limits: Limits) -> Vec<Out> {
    let mut inputs = Inputs::open(&[path.to_owned()]).unwrap();
    inputs.limits = limits;
    let mut found = Vec::new();
    while let Some(batch) = inputs.next_batch(bytes).unwrap() {
        assert!(batch.records().next().is_some(), "an empty batch");
        for record in batch.records() {
            let outcome = match record.parse(&Fields::default()) {
                Ok(None) => Ok(String::new()),
                Ok(Some(parsed)) => Ok(parsed.article.id.rsplit('/').next().unwrap_or_default().to_owned()),
                Err(reject) => Err(reject.reason),
            };
            found.push(Out { line: record.line, bytes: record.bytes.to_owned(), outcome });
        }
    }
    assert_eq!(inputs.n_bytes(), Some(inputs.n_bytes_read()), "all bytes are read, and each once");
    found
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

/// Checks the records of a file: `line|bytes`.
#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    let folder = Folder::new();
    let path = folder.file(name, bytes);
    for (size, limits) in [(1, TINY), (7, TINY), (1 << 20, TINY), (1, Limits { step: 5, ..TINY })] {
        let found: Vec<String> = read_with(&path, size, limits)
            .iter()
            .map(|out| format!("{}|{}", out.line, String::from_utf8_lossy(&out.bytes)))
            .collect();
        assert_eq!(found, expected, "batches of {size} bytes");
    }
}

#[test]
fn lines_are_records() {
    check("a.jsonl", b"", &[]);
    check("a.jsonl", b"\n \r\n\t\n", &[]);
    check("a.jsonl", b"{\"a\"}\n{\"b\"}\n", &["1|{\"a\"}", "2|{\"b\"}"]);
    check("a.ndjson", b"\r\n\n  {1} \r\n\n\n{2}", &["3|{1}", "6|{2}"]);
    check("a.jsonl", b"\xEF\xBB\xBF{1}\n[{2},\n{3}]\n", &["1|{1}", "2|[{2},", "3|{3}]"]);
    check("A.JSONL", b"{1}\n", &["1|{1}"]);
}

#[test]
fn a_long_line_is_cut_and_the_next_has_its_right_number() {
    let long = "x".repeat(300);
    let just = "y".repeat(60);
    let bytes = format!("{{1}}\n{long}\n{just}\n{just}!\n{{5}}\n{long}");
    let kept = "yyyyyyyyyy";
    let expected = ["1|{1}", "2|xxxxxxxxxx", &format!("3|{just}"), &format!("4|{kept}"), "5|{5}", "6|xxxxxxxxxx"];
    check("a.jsonl", bytes.as_bytes(), &expected);

    let folder = Folder::new();
    let path = folder.file("a.jsonl", bytes.as_bytes());
    for size in [1, 100, 1 << 20] {
        let found = read_with(&path, size, TINY);
        let lengths: Vec<String> =
            found.iter().filter_map(|out| Some(out.outcome.as_ref().err()?.split(';').next()?.to_owned())).collect();
        assert_eq!(lengths[1], "a record of 300 bytes", "{size}");
        assert_eq!(lengths[3], "a record of 61 bytes", "{size}");
        assert_eq!(lengths[5], "a record of 300 bytes", "{size}");
    }
}

#[test]
fn json_files_hold_lines_or_arrays_or_one_object() {
    check("a.json", b"", &[]);
    check("a.json", b"{1}\n{2}\n", &["1|{1}", "2|{2}"]);
    check("a.json", b"{\"a\": 1, \"b\nc\"}\n{2}", &["1|{\"a\": 1, \"b", "2|c\"}", "3|{2}"]);
    check("a.json", b"\n{\n \"a\": \"}\\\"{\"\n}\n{\n}", &["2|{\n \"a\": \"}\\\"{\"\n}", "5|{\n}"]);
    check("a.json", b"[]", &[]);
    check("a.json", b"[{1}, {2},{3}]", &["1|{1}", "1|{2}", "1|{3}"]);
    check("a.json", b"[\n  {1},\n  {\n[2]\n},\n  {3}\n]\n", &["2|{1}", "3|{\n[2]\n}", "6|{3}"]);
    check("a.json", b"[1, \"a]\\\\\", [2, [3]], null]\n", &["1|1", "1|\"a]\\\\\"", "1|[2, [3]]", "1|null"]);
    check("a.json", b"[{1}]\n{2}\n[{3}] junk", &["1|{1}", "2|{2}", "3|{3}", "3|junk"]);
    check("a.json", b"[{1}]]", &["1|{1}", "1|]"]);
    check("a.json", b"[{1},\n{\"a", &["1|{1}", "2|{\"a"]);
    check("a.json", b"[{1},\n{2},\n", &["1|{1}", "2|{2}", "3|"]);
    let long = format!("[{{1}},\n{{\n\"{}\n\"}},\n{{4}}]", "x".repeat(200));
    check("a.json", long.as_bytes(), &["1|{1}", "2|{\n\"xxxxxxx", "5|{4}"]);
}

#[test]
fn an_array_that_is_not_closed_is_told() {
    let folder = Folder::new();
    let found = read_with(&folder.file("a.json", b"[{\"text\": \"A.\"},\n"), 1, TINY);
    assert_eq!(found[0].outcome, Ok("a.json:1".to_owned()));
    assert_eq!(found[1].outcome, Err("the file ends within its array: it may have been cut off".to_owned()));
}

#[test]
fn records_on_one_line_have_different_ids() {
    let folder = Folder::new();
    let bytes = b"[{\"text\": \"A.\"}, {\"text\": \"B.\"},\n{\"text\": \"C.\"}]";
    let ids: Vec<_> =
        read_with(&folder.file("a.json", bytes), 1, TINY).into_iter().map(|out| out.outcome.unwrap()).collect();
    assert_eq!(ids, ["a.json:1", "a.json:1#2", "a.json:2"]);
}

#[test]
fn a_text_file_is_one_page() {
    check("a.txt", b"", &[]);
    check("a.txt", b"\xEF\xBB\xBFFerry.\n\n{1}\r\n ", &["1|Ferry.\n\n{1}\r\n "]);
    check("a.TXT", b" \n", &["1| \n"]);
    check("a.txt", "x\n".repeat(100).as_bytes(), &["1|x\nx\nx\nx\nx\n"]);
}

#[test]
fn blank_lines_without_end_are_not_held() {
    let folder = Folder::new();
    let mut bytes = vec![b'\n'; 3 << 20];
    bytes.extend(b"{1}");
    let found = read_with(&folder.file("a.jsonl", &bytes), 1 << 10, Limits::default());
    assert_eq!(found.iter().map(|out| out.line).collect::<Vec<_>>(), [(3 << 20) + 1]);
}

#[test]
fn batches_of_short_records_are_bounded() {
    let folder = Folder::new();
    let path = folder.file("a.jsonl", "1\n".repeat(10_000).as_bytes());
    let mut inputs = Inputs::open(&[path]).unwrap();
    let mut n_records = 0;
    while let Some(batch) = inputs.next_batch(12_800).unwrap() {
        assert!(batch.records().count() <= 100);
        n_records += batch.records().count();
    }
    assert_eq!(n_records, 10_000);
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|b| b" \t\r".contains(b))
}

/// Bytes that look like JSON often enough to get somewhere.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => Just(b"\n".to_vec()),
        1 => Just(br#"{"text": "Ferry."}"#.to_vec()),
        2 => proptest::sample::select(br#"{}[]",:\ 1nx"#.to_vec()).prop_map(|b| vec![b]),
        1 => proptest::collection::vec(any::<u8>(), 0..5),
        1 => Just(vec![b'z'; 70]),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_line_that_is_not_blank_is_one_record(bytes in bytes()) {
        let folder = Folder::new();
        let found = read_with(&folder.file("a.jsonl", &bytes), 16, TINY);
        let without_mark = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let lines = without_mark.split(|b| *b == b'\n').zip(1u64..).filter(|(line, _)| !is_blank(line));
        let expected: Vec<u64> = lines.map(|(_, number)| number).collect();
        prop_assert_eq!(found.iter().map(|out| out.line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_size_of_batches_changes_nothing(bytes in bytes(), size in 1usize..400, step in 1usize..50) {
        let folder = Folder::new();
        for name in ["a.jsonl", "a.json", "a.txt"] {
            let path = folder.file(name, &bytes);
            let whole = read_with(&path, 1 << 20, Limits { step: 1 << 20, ..TINY });
            prop_assert_eq!(read_with(&path, size, Limits { step, ..TINY }), whole, "{}", name);
        }
    }

    #[test]
    fn no_byte_of_a_json_file_is_lost(bytes in bytes()) {
        let folder = Folder::new();
        let no_limit = Limits { record: 1 << 20, ..TINY };
        let found = read_with(&folder.file("a.json", &bytes), 64, no_limit);
        let kept: Vec<u8> = found.iter().flat_map(|out| out.bytes.clone()).filter(|b| b.is_ascii_alphanumeric()).collect();
        let given: Vec<u8> = bytes.iter().copied().filter(u8::is_ascii_alphanumeric).collect();
        prop_assert_eq!(kept, given);
    }
}
