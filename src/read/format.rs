//! Which format a file has: what it begins with says so, and where that may be several, its ending.

use std::path::Path;

use memchr::memchr;

use crate::codec::Compression;
use crate::error::{Error, Result};
use crate::read::fields::FieldRole;
use crate::read::frame::{Framer, MAGIC as WARC, Table, Values, Warc, is_blank};
use crate::read::table::cells;
use crate::read::text::is_utf16;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// JSON values, over several lines or in an array.
    Json,
    /// Rows below a row of names.
    Table {
        /// What stands between two fields: `,`, `;`, `|` or a tab.
        delimiter: u8,
    },
    /// WARC records (ISO 28500), WET among them.
    Warc,
    /// Rows in columns.
    Parquet,
    /// One page of HTML.
    Html,
    /// One page of text.
    Text,
}

impl Format {
    /// Its name, for a reader.
    pub fn name(self) -> &'static str {
        match self {
            Format::JsonLines => "JSON lines",
            Format::Json => "JSON",
            Format::Table { delimiter: b'\t' } => "tab-separated values",
            Format::Table { delimiter: b';' } => "semicolon-separated values",
            Format::Table { delimiter: b'|' } => "bar-separated values",
            Format::Table { .. } => "comma-separated values",
            Format::Warc => "WARC",
            Format::Parquet => "Parquet",
            Format::Html => "a page of HTML",
            Format::Text => "a page of text",
        }
    }

    /// How a file of the format is divided into records; `None` for Parquet, which is no stream.
    pub(super) fn framer(self) -> Option<Framer> {
        Some(match self {
            Format::JsonLines => Framer::Lines,
            Format::Json => Framer::Values(Values::default()),
            Format::Table { delimiter } => Framer::Table(Table::new(delimiter)),
            Format::Warc => Framer::Warc(Warc::default()),
            Format::Html => Framer::Html,
            Format::Text => Framer::Page,
            Format::Parquet => return None,
        })
    }
}

/// What the ending of a file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// One object a line.
    Lines,
    /// One object a line, one object, or an array of objects.
    Json,
    Text,
    Html,
    Comma,
    Tab,
    Warc,
    Parquet,
    /// No more than that it is compressed.
    Packed,
}

const ENDINGS: [(&str, Ending); 14] = [
    ("jsonl", Ending::Lines),
    ("ndjson", Ending::Lines),
    ("json", Ending::Json),
    ("txt", Ending::Text),
    ("html", Ending::Html),
    ("htm", Ending::Html),
    ("xhtml", Ending::Html),
    ("csv", Ending::Comma),
    ("tsv", Ending::Tab),
    ("tab", Ending::Tab),
    ("warc", Ending::Warc),
    ("wet", Ending::Warc),
    ("parquet", Ending::Parquet),
    ("pq", Ending::Parquet),
];

impl Ending {
    /// The ending of a path, in either case, below that of its compression; `None` if it is none of these.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let (path, is_packed) = Compression::strip(path);
        let Some(ending) = path.extension() else { return is_packed.then_some(Ending::Packed) };
        let ending = ending.to_str()?;
        let known = ENDINGS.iter().find(|(name, _)| ending.eq_ignore_ascii_case(name)).map(|(_, ending)| *ending);
        // The dots of `part-00000.c000.gz` and `2026.03.02.gz` are no endings.
        let says_nothing = is_packed && ending.bytes().any(|b| b.is_ascii_digit());
        known.or(says_nothing.then_some(Ending::Packed))
    }
}

/// Bytes that are looked at to tell the format of a file.
pub(super) const HEAD_BYTES: usize = 8 << 10;

/// The format of a file with this ending that begins with these bytes, decompressed.
///
/// # Errors
/// [`Error::Format`] where neither tells of a format that is read.
pub(super) fn format(path: &Path, ending: Option<Ending>, head: &[u8]) -> Result<Format> {
    let head_of_text = &head[head.iter().position(|b| !is_blank(*b)).unwrap_or(head.len())..];
    if head.starts_with(WARC) {
        return Ok(Format::Warc);
    }
    if head.starts_with(PARQUET) && cfg!(feature = "parquet") {
        return Ok(Format::Parquet);
    }
    match ending {
        Some(Ending::Lines) => Ok(Format::JsonLines),
        Some(Ending::Json) => Ok(json(head_of_text)),
        Some(Ending::Html) => Ok(Format::Html),
        Some(Ending::Text) if is_markup(head_of_text) => Ok(Format::Html),
        Some(Ending::Text) => Ok(Format::Text),
        Some(Ending::Comma | Ending::Tab) if is_utf16(head) => refuse_binary(path, head).map(|()| Format::Text),
        Some(Ending::Comma | Ending::Tab) if is_of_old_macs(head) => {
            refuse(path, "a table whose lines end in carriage returns alone", r"convert it: tr '\r' '\n'")
        }
        Some(Ending::Comma) => Ok(Format::Table { delimiter: delimiter(head_of_text) }),
        Some(Ending::Tab) => Ok(Format::Table { delimiter: b'\t' }),
        Some(Ending::Warc) if head.is_empty() => Ok(Format::Warc),
        Some(Ending::Warc) => refuse(path, "a file that does not begin with WARC/", "name a WARC file, or rename it"),
        Some(Ending::Parquet) => {
            refuse_binary(path, head)?;
            refuse(path, "a file that does not begin with PAR1", "it is no Parquet file, or damaged")
        }
        None | Some(Ending::Packed) => {
            refuse_binary(path, head)?;
            Ok(by_content(head_of_text))
        }
    }
}

fn by_content(head: &[u8]) -> Format {
    // Nothing is no page: an empty pipe holds no records.
    if head.is_empty() || head.starts_with(b"{") || is_array_of_objects(head) {
        json(head)
    } else if is_markup(head) {
        Format::Html
    } else {
        table(head).map_or(Format::Text, |delimiter| Format::Table { delimiter })
    }
}

fn json(head: &[u8]) -> Format {
    if head.starts_with(b"[") || Values::goes_over_lines(head) { Format::Json } else { Format::JsonLines }
}

/// A page of text may begin with a bracket as well, but hardly with two of this kind.
fn is_array_of_objects(head: &[u8]) -> bool {
    let mut tokens = head.iter().filter(|b| !is_blank(**b));
    tokens.next() == Some(&b'[') && tokens.next() == Some(&b'{')
}

/// Whether a file begins as pages of HTML do.
fn is_markup(head: &[u8]) -> bool {
    let starts = |with: &str| head.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()));
    ["<!doctype html", "<html", "<head", "<body", "<!--", "<?xml", "<meta", "<title"].iter().any(|with| starts(with))
}

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// What stands between the names in the first row: what stands there most often.
fn delimiter(head: &[u8]) -> u8 {
    let row = first_row(head);
    let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, row).count();
    // The first of equals: a comma where there is nothing at all.
    DELIMITERS.iter().rev().copied().max_by_key(count).unwrap_or(b',')
}

/// The delimiter, if the first row is one of names, and one of them is that of a text.
fn table(head: &[u8]) -> Option<u8> {
    let row = first_row(head);
    let delimiter = delimiter(row);
    let names = cells(row, delimiter);
    let is_text =
        |name: &Vec<u8>| FieldRole::Text.known_names().iter().any(|known| known.as_bytes() == name.trim_ascii());
    (names.len() > 1 && names.iter().any(is_text)).then_some(delimiter)
}

/// Whether it is a table of which no column is a text, by its known names or by the one that was given.
pub(super) fn is_no_table_of_texts(format: Format, head: &[u8], given: Option<&str>) -> bool {
    let Format::Table { delimiter } = format else { return false };
    let head = &head[head.iter().position(|b| !is_blank(*b)).unwrap_or(head.len())..];
    let is_text = |name: &Vec<u8>| match given {
        Some(given) => name.trim_ascii() == given.as_bytes(),
        None => FieldRole::Text.known_names().iter().any(|known| known.as_bytes() == name.trim_ascii()),
    };
    // Of names that go on behind the head not all are known.
    memchr(b'\n', head).is_some() && !cells(first_row(head), delimiter).iter().any(is_text)
}

/// Whether carriage returns alone end the lines: it would all be one row, of names.
fn is_of_old_macs(head: &[u8]) -> bool {
    // The last byte may be the first half of a line break.
    let whole = &head[..head.len().saturating_sub(1)];
    memchr(b'\n', head).is_none() && memchr(b'\r', whole).is_some()
}

fn first_row(head: &[u8]) -> &[u8] {
    let row = &head[..memchr(b'\n', head).unwrap_or(head.len())];
    row.strip_suffix(b"\r").unwrap_or(row)
}

const PARQUET: &[u8] = b"PAR1";

/// What files begin with that are not read, by name, and what to do with them.
const BINARY: [(&[u8], &str, &str); 8] = [
    (&[0x1F, 0x8B], "a gzip file inside a compressed one", "unpack it once"),
    (&[0x28, 0xB5, 0x2F, 0xFD], "a zstd file inside a compressed one", "unpack it once"),
    (b"PK\x03\x04", "a zip file", "unpack it and name the files in it"),
    (PARQUET, "a Parquet file", "this program was built without Parquet; build it with --features parquet"),
    (b"PARE", "an encrypted Parquet file", "decrypt it first"),
    (b"ORC", "an ORC file", "write it as Parquet or JSON lines first"),
    (b"%PDF", "a PDF file", "take its text out first"),
    (b"filedesc://", "an ARC file", "convert it: warcio recompress FILE.arc.gz FILE.warc.gz"),
];

fn refuse_binary(path: &Path, head: &[u8]) -> Result<()> {
    if is_utf16(head) {
        return refuse(path, "text in UTF-16", "convert it: iconv -f UTF-16 -t UTF-8").map(drop);
    }
    if let Some((_, found, cure)) = BINARY.iter().find(|(magic, _, _)| head.starts_with(magic)) {
        return refuse(path, found, cure).map(drop);
    }
    match memchr(0, head) {
        Some(_) => {
            refuse(path, "a binary file (it has zero bytes)", "name a file of text, JSON, WARC or Parquet").map(drop)
        }
        None => Ok(()),
    }
}

fn refuse(path: &Path, found: &'static str, cure: &'static str) -> Result<Format> {
    Err(Error::Format { path: path.to_owned(), found, cure })
}
