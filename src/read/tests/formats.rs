//! Files of every format and compression: which records are in them, and where they lie.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::article::Article;
use crate::codec::{Compression, Encoder};
use crate::read::{Fields, Format, Inputs, Reject};

const COMPRESSIONS: [(Compression, &str); 5] = [
    (Compression::None, ""),
    (Compression::Gzip, ".gz"),
    (Compression::Zstd, ".zst"),
    (Compression::Bzip2, ".bz2"),
    (Compression::Xz, ".xz"),
];

fn packed(bytes: &[u8], compression: Compression) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new(), compression).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// What is in a file: articles, reasons, and how many records hold no page.
#[derive(Debug, Default)]
struct Contents {
    articles: Vec<Article>,
    rejects: Vec<Reject>,
    n_without_page: usize,
    form: Option<(Format, Compression)>,
}

impl Contents {
    fn reasons(&self) -> Vec<&str> {
        self.rejects.iter().map(|reject| reject.reason.as_str()).collect()
    }
}

/// Reads a file of this name, and checks that each record lies where it says.
fn read(name: &str, bytes: &[u8], plain: &[u8]) -> Contents {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let mut contents = Contents::default();
    let mut inputs = Inputs::open(std::slice::from_ref(&path)).unwrap();
    while let Some(batch) = inputs.next_batch(100).unwrap() {
        for record in batch.records() {
            let at = record.extent.start as usize..record.extent.end as usize;
            assert_eq!(plain.get(at.clone()), Some(record.bytes), "{name} {at:?}");
            match record.parse(&Fields::default()) {
                Ok(Some(parsed)) => contents.articles.push(parsed.article),
                Ok(None) => contents.n_without_page += 1,
                Err(reject) => contents.rejects.push(reject),
            }
        }
    }
    contents.form = inputs.files()[0].form;
    contents
}

fn warc(kind: &str, url: &str, block: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-02T10:00:00Z\r\n\
         Content-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

const FERRY: &str = "https://varn.example/ferry";

#[test]
fn every_format_is_read_in_every_compression() {
    let object = r#"{"id": "a", "text": "A ferry.", "date": "2026-03-02"}"#;
    let cases: [(&str, String, Format); 7] = [
        ("a.jsonl", format!("{object}\r\n\n{object}\n"), Format::JsonLines),
        ("a.json", format!("[\n{object},\n{object}\n]\n"), Format::Json),
        (
            "a.csv",
            "id,text,date\na,\"A\nferry.\",2026-03-02\n\na,x,2026-03-02\r\n".to_owned(),
            Format::Table { delimiter: b',' },
        ),
        (
            "a.tsv",
            "text\tid\tdate\nA ferry.\ta\t2026-03-02\nx\ta\t2026-03-02".to_owned(),
            Format::Table { delimiter: b'\t' },
        ),
        (
            "a.csv",
            "id;text;date\na;A ferry, late.;2026-03-02\na;b;2026-03-02\n".to_owned(),
            Format::Table { delimiter: b';' },
        ),
        (
            "a.warc.wet",
            warc("warcinfo", "", "x") + &warc("conversion", FERRY, "A ferry.") + &warc("conversion", FERRY, "B"),
            Format::Warc,
        ),
        (
            "a.out",
            "\u{feff}id\ttext\tdate\na\tA ferry.\t2026-03-02\na\tB\t2026-03-02".to_owned(),
            Format::Table { delimiter: b'\t' },
        ),
    ];
    for (name, plain, format) in cases {
        for (compression, ending) in COMPRESSIONS {
            let bytes = packed(plain.as_bytes(), compression);
            let found = read(&format!("{name}{ending}"), &bytes, plain.as_bytes());
            assert_eq!(found.articles.len(), 2, "{name}{ending} {found:?}");
            assert_eq!(found.reasons(), [""; 0]);
            assert_eq!(found.form, Some((format, compression)));
            let article = &found.articles[0];
            assert!(article.text.starts_with('A'), "{article:?}");
            assert_eq!(article.published.or(article.crawled).unwrap().to_rfc3339()[..10], *"2026-03-02");
        }
    }
}

#[test]
fn a_web_archive_gives_its_pages_with_url_and_date() {
    let http = |head: &str, body: &str| format!("HTTP/1.1 {head}\r\n\r\n{body}");
    let page = "<!DOCTYPE html><html><head><title>Ferry late</title></head><body><article><h1>Ferry late</h1><p>The ferry \
        to the islands was late on Monday, and again on Tuesday, its operator said in the evening.</p><p>Passengers \
        waited on the quay for two hours in the rain, and some of them went home.</p></article></body></html>";
    let chunked = format!("{:x}\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n", 40, &page[..40], page.len() - 40, &page[40..]);
    let plain = [
        warc("warcinfo", "", "software: none"),
        warc("request", FERRY, "GET /ferry HTTP/1.1\r\n\r\n"),
        warc("response", FERRY, &http("200 OK\r\nContent-Type: text/html; charset=utf-8", page)),
        warc(
            "response",
            "<https://varn.example/b>",
            &http("200\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html", &chunked),
        ),
        warc("response", FERRY, &http("404 Not Found\r\nContent-Type: text/html", page)),
        warc("response", FERRY, &http("200 OK\r\nContent-Type: image/png", "....")),
        warc("response", "dns:varn.example", "20260302 varn.example 10.0.0.1"),
        warc("response", FERRY, "no response"),
        warc("metadata", FERRY, "fetchTimeMs: 12"),
        warc("resource", FERRY, "bytes"),
    ]
    .concat();
    let members: Vec<u8> =
        plain.split_inclusive("\r\n\r\nWARC").flat_map(|p| packed(p.as_bytes(), Compression::Gzip)).collect();
    for (name, bytes) in [("a.warc", plain.clone().into_bytes()), ("a.warc.gz", members)] {
        let found = read(name, &bytes, plain.as_bytes());
        assert_eq!(found.reasons(), ["its block is no HTTP response"], "{name}");
        assert_eq!(found.rejects[0].line, 8);
        assert_eq!((found.articles.len(), found.n_without_page), (2, 7));
        let [a, b] = &found.articles[..] else { panic!() };
        assert_eq!((a.id.as_str(), a.url.as_deref(), a.outlet.as_deref()), (FERRY, Some(FERRY), Some("varn.example")));
        assert_eq!(b.id, "https://varn.example/b");
        assert_eq!(a.crawled.unwrap().to_rfc3339(), "2026-03-02T10:00:00Z");
        assert!(a.text.contains("Passengers") && a.text == b.text, "{a:?} {b:?}");
    }
}

#[test]
fn what_is_before_a_break_is_read_and_the_break_is_told() {
    let lines: String =
        (0..40_000).map(|n| format!("{{\"id\": \"{n}\", \"text\": \"Ferry {}.\"}}\n", n * 7919)).collect();
    for (compression, ending) in &COMPRESSIONS[1..] {
        let bytes = packed(lines.as_bytes(), *compression);
        let found = read(&format!("a.jsonl{ending}"), &bytes[..bytes.len() * 4 / 5], lines.as_bytes());
        assert_eq!(
            found.reasons(),
            ["the file ends within its compressed data: it was cut off; what came before was read"]
        );
        let n = found.articles.len();
        assert!((100..40_000).contains(&n), "{compression:?} {n}");
        assert!(found.articles.iter().enumerate().all(|(n, article)| article.id == n.to_string()));
    }
    let records = [warc("conversion", FERRY, "A ferry."), warc("conversion", FERRY, "Another ferry.")].concat();
    let found = read("a.wet", &records.as_bytes()[..records.len() - 9], records.as_bytes());
    assert_eq!(found.articles.len(), 1);
    assert_eq!(found.reasons(), ["the file ends within a record: it was cut off; what came before was read"]);
}

#[test]
fn bytes_between_web_archive_records_cost_no_record() {
    let lies = warc("conversion", FERRY, "A ferry.").replace("Length: 8", "Length: 3");
    let plain = [warc("conversion", FERRY, "One."), lies, warc("conversion", FERRY, "Two.")].concat();
    let found = read("a.warc", plain.as_bytes(), plain.as_bytes());
    assert_eq!(found.articles.iter().map(|a| a.text.as_str()).collect::<Vec<_>>(), ["One.", "A f", "Two."]);
    assert_eq!(found.reasons(), ["no WARC record begins here; the one before may be damaged"]);
}

#[test]
fn rows_that_do_not_fit_their_header_are_told() {
    let plain = "id,text\na,A ferry.\nb\nc,C,d\nd,\"\"\ne,E";
    let found = read("a.csv", plain.as_bytes(), plain.as_bytes());
    assert_eq!(found.articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["a", "e"]);
    assert_eq!(found.rejects.iter().map(|r| r.line).collect::<Vec<_>>(), [3, 4, 5]);
    assert!(found.reasons()[0].starts_with("a row of 1 fields below a header of 2"), "{found:?}");
    let found = read("b.csv", b"id,words\na,A ferry.\n", b"id,words\na,A ferry.\n");
    assert!(found.reasons()[0].contains("the record has `id`, `words`"), "{found:?}");
}

#[test]
fn a_file_that_changes_while_it_is_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let line = "{\"text\": \"A ferry.\"}\n";
    fs::write(&path, line.repeat(100_000)).unwrap();
    let mut inputs = Inputs::open(std::slice::from_ref(&path)).unwrap();
    assert!(inputs.next_batch(1000).unwrap().is_some());
    fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(line.as_bytes()).unwrap();
    let mut reasons = Vec::new();
    while let Some(batch) = inputs.next_batch(1 << 20).unwrap() {
        reasons.extend(batch.records().filter_map(|record| record.parse(&Fields::default()).err()));
    }
    assert_eq!(reasons.len(), 1);
    assert!(reasons[0].reason.starts_with("the file changed while it was read"), "{}", reasons[0]);
}

#[test]
fn endings_say_which_files_of_a_folder_are_read() {
    for (name, is_input) in [
        ("a.jsonl.gz", true),
        ("CC-NEWS-20260302.warc.gz", true),
        ("a.warc.wet.gz", true),
        ("part-00000.gz", true),
        ("part-00000.c000.zst", true),
        ("a.parquet", true),
        ("a.tar.gz", false),
        ("a.png", false),
        ("_SUCCESS", false),
        ("A.HTM", true),
    ] {
        assert_eq!(crate::read::is_input(Path::new(name)), is_input, "{name}");
    }
}
