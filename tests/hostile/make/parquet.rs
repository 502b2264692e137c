//! Parquet files that were damaged, or say of themselves what is not so.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use super::{Make, after, before};
use crate::desk::{Article, article};

pub(super) const MADE: &[(&str, Make)] = &[
    ("whole.parquet", |out| out.write_all(&whole())),
    ("cut.parquet", |out| out.write_all(&whole()[..whole().len() * 2 / 3])),
    ("footer-cut.parquet", |out| out.write_all(&[&whole()[..whole().len() - 20], b"PAR1"].concat())),
    ("footer-length-wrong.parquet", |out| {
        let mut bytes = whole();
        let at = bytes.len() - 8;
        bytes[at] ^= 0x21;
        out.write_all(&bytes)
    }),
    ("footer-flipped.parquet", |out| {
        let bytes = whole();
        let at = bytes.len() - 300;
        out.write_all(&flipped(bytes, at))
    }),
    ("first-page-flipped.parquet", |out| out.write_all(&flipped(whole(), 6))),
    ("text-flipped.parquet", |out| {
        let bytes = whole();
        let at = find(&bytes, b"on Monday");
        out.write_all(&flipped(bytes, at))
    }),
    ("page-of-2-gib.parquet", |out| out.write_all(&page_that_claims(0x7FFF_FFFF))),
    ("page-of-less-than-nothing.parquet", |out| out.write_all(&page_that_claims(-1))),
    ("junk-behind.parquet", |out| out.write_all(&[&whole()[..], b"junk"].concat())),
    ("second-group-flipped.parquet", |out| {
        // Copies are among the rows before the damage, and rows cannot be taken out of a damaged file.
        let [a, b] = before();
        let [copy, c] = after();
        let bytes = table(rows(&[a, b, copy, c]), false, 3);
        let at = find(&bytes, b"n3") - 12;
        out.write_all(&flipped(bytes, at))
    }),
    ("one-text-of-3000-rows.parquet", |out| {
        // It is stored once: 20 KB of file are 40 MB of text.
        let text = article(1, "varn.example").text.repeat(20);
        let texts = StringArray::from_iter_values(std::iter::repeat_n(text.as_str(), 3000));
        let ids = StringArray::from_iter_values((0..3000).map(|n| format!("{n}copy")));
        out.write_all(&table(vec![("id", Arc::new(ids)), ("text", Arc::new(texts))], true, 3000))
    }),
];

/// Four good rows, the texts as they are.
fn whole() -> Vec<u8> {
    let [a, b] = before();
    let [copy, c] = after();
    table(rows(&[a, b, copy, c]), false, 4)
}

fn rows(articles: &[Article]) -> Vec<(&'static str, ArrayRef)> {
    let strings =
        |of: fn(&Article) -> String| -> ArrayRef { Arc::new(StringArray::from_iter_values(articles.iter().map(of))) };
    vec![
        ("id", strings(|a| a.id.clone())),
        ("text", strings(|a| a.text.clone())),
        ("date", strings(|a| format!("2026-03-{:02}T08:00:00Z", a.day))),
    ]
}

fn table(columns: Vec<(&str, ArrayRef)>, has_dictionary: bool, rows_of_a_group: usize) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_max_row_group_row_count(Some(rows_of_a_group))
        .set_dictionary_enabled(has_dictionary)
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn flipped(mut bytes: Vec<u8>, at: usize) -> Vec<u8> {
    bytes[at] ^= 0x55;
    bytes
}

fn find(bytes: &[u8], needle: &[u8]) -> usize {
    bytes.windows(needle.len()).position(|window| window == needle).unwrap()
}

/// The first page says that it unpacks to so many bytes.
fn page_that_claims(n_bytes: i32) -> Vec<u8> {
    let mut bytes = whole();
    // Its head begins behind the mark with its kind in two bytes; the size follows, as a number of variable length.
    let size = 4 + 3;
    let old = bytes[size..].iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
    let mut left = ((n_bytes << 1) ^ (n_bytes >> 31)) as u32;
    let mut claimed = Vec::new();
    while left >= 0x80 {
        claimed.push(left as u8 | 0x80);
        left >>= 7;
    }
    claimed.push(left as u8);
    bytes.splice(size..size + old, claimed);
    bytes
}
