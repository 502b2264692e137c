//! Files of records, of which one is out of all proportion.

use std::io::{Read, Result, Write};

use super::{Make, after, before, repeat};
use crate::desk::{self, csv_row, json_line, warc_response};

pub(super) const MADE: &[(&str, Make)] = &[
    ("line-of-100-mb.jsonl", |out| {
        lines(out, |out| {
            out.write_all(b"{\"id\":\"huge\",\"text\":\"")?;
            repeat(out, &[b'x'; 1000], 100_000)?;
            out.write_all(b"\"}\n")
        })
    }),
    ("blanks-of-100-mb.jsonl", |out| lines(out, |out| repeat(out, b" \t \r\n   \n", 12_500_000))),
    ("bad-lines-500000.jsonl", |out| lines(out, |out| repeat(out, b"{\"text\":\n", 500_000))),
    ("key-of-1-mb.jsonl", |out| {
        lines(out, |out| {
            out.write_all(b"{\"")?;
            repeat(out, b"\\u001b", 170_000)?;
            out.write_all(b"\":1}\n")
        })
    }),
    ("keys-1000000.jsonl", |out| {
        lines(out, |out| {
            out.write_all(b"{\"k\":0")?;
            (0..1_000_000).try_for_each(|n| write!(out, ",\"k{n}\":0"))?;
            out.write_all(b"}\n")
        })
    }),
    ("nested-1000000.jsonl", |out| {
        lines(out, |out| {
            repeat(out, b"{\"text\":[", 1_000_000)?;
            out.write_all(b"\n")
        })
    }),
    ("nested-1000000.json", |out| {
        let [a, b] = before().map(|article| json_line(&article));
        write!(out, "[\n{a},\n{b},\n")?;
        repeat(out, b"[", 1_000_000)?;
        repeat(out, b"]", 1_000_000)?;
        let [c, d] = after().map(|article| json_line(&article));
        write!(out, ",\n{c},\n{d}]\n")
    }),
    ("metadata-nested-100000.jsonl", |out| {
        lines(out, |out| {
            repeat(out, b"{\"metadata\":", 100_000)?;
            out.write_all(b"{\"text\":\"x\"}")?;
            repeat(out, b"}", 100_000)?;
            out.write_all(b"\n")
        })
    }),
    ("names-of-2-mb.csv", |out| {
        out.write_all(b"id,text,date,")?;
        repeat(out, b"name ", 400_000)?;
        out.write_all(b"\n")?;
        before().iter().chain(&after()).try_for_each(|article| writeln!(out, "{},x", csv_row(article, ',')))
    }),
    ("columns-100000.csv", |out| {
        out.write_all(b"id,text,date")?;
        (0..100_000).try_for_each(|n| write!(out, ",c{n}"))?;
        let rest = ",".repeat(100_000);
        before().iter().chain(&after()).try_for_each(|article| write!(out, "\n{}{rest}", csv_row(article, ',')))
    }),
    ("delimiters-16-mb.csv", |out| {
        table(out, |out| {
            repeat(out, b",", 16_000_000)?;
            out.write_all(b"\n")
        })
    }),
    ("quote-not-closed-100-mb.csv", |out| {
        out.write_all(b"id,text,date\n")?;
        before().iter().try_for_each(|article| writeln!(out, "{}", csv_row(article, ',')))?;
        out.write_all(b"open,\"")?;
        repeat(out, b"a row, that is none\n", 5_000_000)
    }),
    ("head-of-100-mb.warc", |out| {
        archive(out, |out| {
            out.write_all(b"WARC/1.0\r\nWARC-Type: response\r\n")?;
            repeat(out, b"X-More: and more and more\r\n", 3_700_000)?;
            out.write_all(b"Content-Length: 0\r\n\r\n\r\n\r\n")
        })
    }),
    ("http-head-of-500000-lines.warc", |out| {
        let fields = "Set-Cookie: a=b; Path=/\r\n".repeat(500_000);
        archive(out, |out| response(out, &fields, desk::page(&desk::article(7, "olm.example")).as_bytes()))
    }),
    ("gzip-bomb-within.warc", |out| within(out, "gzip", ".gz")),
    ("zstd-bomb-within.warc", |out| within(out, "zstd", ".zst")),
    ("video-of-100-mb.warc", |out| {
        archive(out, |out| {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n";
            let n = head.len() + 100_000_000;
            write!(out, "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {n}\r\n\r\n{head}")?;
            repeat(out, &[0x55; 1000], 100_000)?;
            out.write_all(b"\r\n\r\n")
        })
    }),
    ("page-of-40-mb.warc", |out| {
        let body = "<p>The ferry was late again.</p>\n".repeat(1_250_000);
        archive(out, |out| response(out, "", body.as_bytes()))
    }),
    ("stray-bytes-of-40-mb.warc", |out| archive(out, |out| repeat(out, b"no record here\n", 2_700_000))),
    ("records-of-nothing-100000.warc", |out| {
        archive(out, |out| repeat(out, b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n", 100_000))
    }),
];

pub(super) const PACKED: &[(&str, Make)] = &[
    ("bomb.jsonl.gz", |out| out.write_all(&bomb(".gz"))),
    ("bomb.jsonl.zst", |out| out.write_all(&bomb(".zst"))),
    ("bomb.jsonl.bz2", |out| out.write_all(&bomb(".bz2"))),
    ("bomb.jsonl.xz", |out| out.write_all(&bomb(".xz"))),
    ("bomb-in-a-bomb.jsonl.gz", |out| out.write_all(&desk::pack(&bomb(".gz"), packing(".gz")))),
    ("name-of-8-mb.jsonl.gz", |out| {
        // A flag of gzip: the name of the file follows the head, up to a zero byte.
        let packed = desk::pack(four_lines().as_bytes(), packing(".gz"));
        out.write_all(&packed[..3])?;
        out.write_all(&[8])?;
        out.write_all(&packed[4..10])?;
        repeat(out, b"a long name ", 700_000)?;
        out.write_all(b"\0")?;
        out.write_all(&packed[10..])
    }),
    ("extra-field-of-64-kib.jsonl.gz", |out| {
        let packed = desk::pack(four_lines().as_bytes(), packing(".gz"));
        out.write_all(&packed[..3])?;
        out.write_all(&[4])?;
        out.write_all(&packed[4..10])?;
        out.write_all(&[0xFF; 2])?;
        out.write_all(&[0x1F; 0xFFFF])?;
        out.write_all(&packed[10..])
    }),
    ("members-of-nothing-50000.jsonl.gz", |out| {
        repeat(out, &desk::pack(b"", packing(".gz")), 50_000)?;
        out.write_all(&desk::pack(four_lines().as_bytes(), packing(".gz")))
    }),
    ("frames-of-a-byte-20000.jsonl.zst", |out| {
        repeat(out, &desk::pack(b"\n", packing(".zst")), 20_000)?;
        out.write_all(&desk::pack(four_lines().as_bytes(), packing(".zst")))
    }),
];

fn lines(out: &mut dyn Write, hostile: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    before().iter().try_for_each(|article| writeln!(out, "{}", json_line(article)))?;
    hostile(out)?;
    after().iter().try_for_each(|article| writeln!(out, "{}", json_line(article)))
}

fn table(out: &mut dyn Write, hostile: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    out.write_all(b"id,text,date\n")?;
    before().iter().try_for_each(|article| writeln!(out, "{}", csv_row(article, ',')))?;
    hostile(out)?;
    after().iter().try_for_each(|article| writeln!(out, "{}", csv_row(article, ',')))
}

fn archive(out: &mut dyn Write, hostile: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    before().iter().flat_map(warc_response).try_for_each(|record| out.write_all(record.as_bytes()))?;
    hostile(out)?;
    after().iter().flat_map(warc_response).try_for_each(|record| out.write_all(record.as_bytes()))
}

/// A record of a page with these fields in its HTTP head.
fn response(out: &mut dyn Write, fields: &str, body: &[u8]) -> Result<()> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{fields}\r\n");
    let n = head.len() + body.len();
    let uri = "https://olm.example/hostile";
    write!(out, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nContent-Length: {n}\r\n\r\n{head}")?;
    out.write_all(body)?;
    out.write_all(b"\r\n\r\n")
}

/// A page that unpacks to 80 MB, packed as its transfer says.
fn within(out: &mut dyn Write, encoding: &str, ending: &str) -> Result<()> {
    archive(out, |out| response(out, &format!("Content-Encoding: {encoding}\r\n"), &bomb(ending)))
}

fn packing(ending: &'static str) -> desk::Packing {
    desk::Packing { ending }
}

fn four_lines() -> String {
    before().iter().chain(&after()).map(|article| json_line(article) + "\n").collect()
}

/// Two good lines and 80 MB of blanks, which pack to next to nothing.
fn bomb(ending: &str) -> Vec<u8> {
    let good: String = before().iter().map(|article| json_line(article) + "\n").collect();
    let mut bytes = good.as_bytes().chain(std::io::repeat(b'\n').take(80_000_000));
    let mut out = Vec::new();
    match ending {
        ".gz" => {
            let mut packer = flate2::write::GzEncoder::new(&mut out, flate2::Compression::best());
            std::io::copy(&mut bytes, &mut packer).unwrap();
            packer.finish().unwrap();
        }
        ".zst" => zstd::stream::copy_encode(bytes, &mut out, 1).unwrap(),
        ".bz2" => {
            let mut packer = bzip2::write::BzEncoder::new(&mut out, bzip2::Compression::best());
            std::io::copy(&mut bytes, &mut packer).unwrap();
            packer.finish().unwrap();
        }
        _ => {
            let options = lzma_rust2::XzOptions::with_preset(0);
            let mut packer = lzma_rust2::XzWriter::new(&mut out, options).unwrap();
            std::io::copy(&mut bytes, &mut packer).unwrap();
            packer.finish().unwrap();
        }
    }
    out
}
