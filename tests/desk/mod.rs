//! Invented articles in every format, a folder to put them in, and the program run there.

#![allow(dead_code, reason = "one set of tools serves several test targets")]

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A folder of its own.
pub(crate) struct Desk(tempfile::TempDir);

/// What a run printed, and its exit code.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Desk(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn dedup(&self, args: &[&str]) -> Ran {
        self.dedup_from(args, b"")
    }

    pub(crate) fn dedup_from(&self, args: &[&str], stdin: &[u8]) -> Ran {
        self.run(&[&["dedup"], args].concat(), stdin)
    }

    pub(crate) fn run(&self, args: &[&str], stdin: &[u8]) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
            .args(args)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(stdin).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// How a file is packed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Packing {
    pub(crate) ending: &'static str,
}

pub(crate) const PACKINGS: [Packing; 5] = [
    Packing { ending: "" },
    Packing { ending: ".gz" },
    Packing { ending: ".zst" },
    Packing { ending: ".bz2" },
    Packing { ending: ".xz" },
];

/// One member.
pub(crate) fn pack(bytes: &[u8], packing: Packing) -> Vec<u8> {
    match packing.ending {
        ".gz" => {
            let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        }
        ".zst" => zstd::encode_all(bytes, 1).unwrap(),
        ".bz2" => {
            let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        }
        ".xz" => {
            let options = lzma_rust2::XzOptions::with_preset(1);
            let mut out = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        }
        _ => bytes.to_vec(),
    }
}

/// All members.
pub(crate) fn unpack(bytes: &[u8], packing: Packing) -> Vec<u8> {
    let mut out = Vec::new();
    match packing.ending {
        ".gz" => flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut out).unwrap(),
        ".zst" => zstd::stream::read::Decoder::new(bytes).unwrap().read_to_end(&mut out).unwrap(),
        ".bz2" => bzip2::read::MultiBzDecoder::new(bytes).read_to_end(&mut out).unwrap(),
        ".xz" => lzma_rust2::XzReader::new(bytes, true).read_to_end(&mut out).unwrap(),
        _ => return bytes.to_vec(),
    };
    out
}

/// Bits that say nothing, the same in every run.
pub(crate) fn noise(n: u64) -> u64 {
    xxhash_rust::xxh3::xxh3_64(&n.to_le_bytes())
}

#[derive(Debug, Clone)]
pub(crate) struct Article {
    pub(crate) id: String,
    pub(crate) outlet: String,
    pub(crate) text: String,
    /// Of March 2026.
    pub(crate) day: u32,
}

const WORDS: [&str; 64] = [
    "harbor", "council", "ferry", "bridge", "teacher", "winter", "market", "signal", "island", "copper", "garden",
    "letter", "engine", "window", "orchard", "station", "pilot", "museum", "river", "ticket", "lantern", "factory",
    "village", "minister", "budget", "storm", "cellar", "violin", "quarry", "railway", "printer", "baker", "opened",
    "closed", "promised", "repaired", "counted", "followed", "crossed", "delayed", "measured", "painted", "carried",
    "ordered", "watched", "answered", "the", "a", "near", "under", "after", "before", "without", "between", "slowly",
    "early", "late", "seven", "thirty", "northern", "old", "narrow", "quiet", "public",
];

/// An article of its own: no two have words in a row in common.
pub(crate) fn article(n: usize, outlet: &str) -> Article {
    let word = |at: u64| WORDS[(noise(n as u64 * 1000 + at) % 64) as usize];
    let sentence = |s: u64| {
        let words: Vec<&str> = (0..14).map(|w| word(s * 14 + w)).collect();
        let mut text = words.join(" ");
        text[..1].make_ascii_uppercase();
        text + ", officials said on Monday."
    };
    let paragraphs: Vec<String> = (0..4).map(|p| format!("{} {}", sentence(p * 2), sentence(p * 2 + 1))).collect();
    Article { id: format!("n{n}"), outlet: outlet.to_owned(), text: paragraphs.join("\n"), day: 2 }
}

pub(crate) fn json_line(article: &Article) -> String {
    let Article { id, outlet, text, day } = article;
    serde_json::json!({ "id": id, "outlet": outlet, "text": text, "date": format!("2026-03-{day:02}T08:00:00Z") })
        .to_string()
}

pub(crate) fn csv_row(article: &Article, delimiter: char) -> String {
    let Article { id, text, day, .. } = article;
    format!("{id}{delimiter}\"{}\"{delimiter}2026-03-{day:02}", text.replace('"', "\"\""))
}

/// A page of HTML with the article, amid a menu.
pub(crate) fn page(article: &Article) -> String {
    let paragraphs: String = article.text.lines().map(|line| format!("<p>{line}</p>\n")).collect();
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Of {} and others</title>\n\
         <meta property=\"article:published_time\" content=\"2026-03-{:02}T08:00:00Z\"></head>\n\
         <body><nav><a href=\"/\">Home</a> <a href=\"/sport\">Sport</a></nav>\n<article><h1>Of {} and others</h1>\n\
         {paragraphs}</article>\n<footer>Imprint</footer></body></html>\n",
        article.id, article.day, article.id
    )
}

/// The records that a crawler writes of a page: request and response.
pub(crate) fn warc_response(article: &Article) -> Vec<String> {
    let url = format!("https://{}/{}", article.outlet, article.id);
    let page = page(article);
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let record = |kind: &str, own: &str, more: &str, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:{own}:{}>\r\n{more}WARC-Target-URI: {url}\r\n\
             WARC-Date: 2026-03-20T10:00:00Z\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            article.id,
            block.len()
        )
    };
    let concurrent = format!("WARC-Concurrent-To: <urn:response:{}>\r\n", article.id);
    vec![
        record("request", "request", &concurrent, &format!("GET /{} HTTP/1.1\r\n\r\n", article.id)),
        record("response", "response", "", &block),
    ]
}
