//! Which format a file has: its ending says so, else its first bytes.

use std::path::Path;

use memchr::memchr;

use crate::error::{Error, Result};
use crate::read::frame::{Framer, Values, is_blank};
use crate::read::text::is_utf16;

/// What the ending of a file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// `.jsonl`, `.ndjson`: one object a line.
    Lines,
    /// `.json`: one object a line, one object, or an array of objects.
    Json,
    /// `.txt`: one page.
    Text,
}

impl Ending {
    /// The ending of a path, in either case; `None` if it is none of these.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        let known =
            [("jsonl", Ending::Lines), ("ndjson", Ending::Lines), ("json", Ending::Json), ("txt", Ending::Text)];
        known.iter().find(|(name, _)| ending.eq_ignore_ascii_case(name)).map(|(_, ending)| *ending)
    }
}

/// Bytes that are looked at to tell the format of a file.
pub(super) const HEAD_BYTES: usize = 8 << 10;

/// How to divide a file with this ending and these first bytes.
///
/// # Errors
/// [`Error::Format`] where neither tells of JSON or text.
pub(super) fn framer(path: &Path, ending: Option<Ending>, head: &[u8]) -> Result<Framer> {
    let first = head.iter().position(|b| !is_blank(*b)).unwrap_or(head.len());
    let head_of_json = &head[first..];
    match ending {
        Some(Ending::Lines) => Ok(Framer::Lines),
        Some(Ending::Text) => Ok(Framer::Page),
        Some(Ending::Json) => Ok(json_framer(head_of_json)),
        None => {
            refuse_binary(path, head)?;
            // Nothing is no page: an empty pipe holds no records.
            let is_json =
                head_of_json.is_empty() || head_of_json.starts_with(b"{") || is_array_of_objects(head_of_json);
            Ok(if is_json { json_framer(head_of_json) } else { Framer::Page })
        }
    }
}

fn json_framer(head: &[u8]) -> Framer {
    if head.starts_with(b"[") || Values::goes_over_lines(head) {
        Framer::Values(Values::default())
    } else {
        Framer::Lines
    }
}

/// A page of text may begin with a bracket as well, but hardly with two of this kind.
fn is_array_of_objects(head: &[u8]) -> bool {
    let mut tokens = head.iter().filter(|b| !is_blank(**b));
    tokens.next() == Some(&b'[') && tokens.next() == Some(&b'{')
}

/// What binary files begin with, by name, and what to do with them.
const BINARY: [(&[u8], &str, &str); 5] = [
    (&[0x1F, 0x8B], "a gzip file", "unpack it and give it as `-`: zcat FILE | wirecopy ... -"),
    (&[0x28, 0xB5, 0x2F, 0xFD], "a zstd file", "unpack it and give it as `-`: zstdcat FILE | wirecopy ... -"),
    (b"PK\x03\x04", "a zip file", "unpack it and name the files in it"),
    (b"PAR1", "a Parquet file", "write it as JSON lines first"),
    (b"%PDF", "a PDF file", "take its text out first"),
];

fn refuse_binary(path: &Path, head: &[u8]) -> Result<()> {
    let refuse = |found, cure| Err(Error::Format { path: path.to_owned(), found, cure });
    if is_utf16(head) {
        return refuse("text in UTF-16", "convert it: iconv -f UTF-16 -t UTF-8");
    }
    if let Some((_, found, cure)) = BINARY.iter().find(|(magic, _, _)| head.starts_with(magic)) {
        return refuse(found, cure);
    }
    match memchr(0, head) {
        Some(_) => refuse("a binary file (it has zero bytes)", "name a file of text or JSON lines"),
        None => Ok(()),
    }
}
