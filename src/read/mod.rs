//! Inputs to articles: files are found, their bytes framed into records, and each record parsed.
//!
//! The three are apart so that one core can read the next batch while all others parse this one: reading only looks for
//! the ends of records, at about the speed of memory, and parsing needs nothing but the record.
//!
//! | input | records |
//! | --- | --- |
//! | JSON lines (`.jsonl`, `.ndjson`) | one object a line |
//! | JSON (`.json`) | one object a line, the elements of one array, or one object; over several lines too |
//! | tables (`.csv`, `.tsv`, `.tab`) | the rows below a row of names |
//! | WARC (`.warc`, `.wet`) | responses that brought a page, and converted texts; others are passed over |
//! | Parquet (`.parquet`, `.pq`) | the rows |
//! | HTML (`.html`, `.htm`, `.xhtml`), text (`.txt`) | the whole file is one page |
//! | another ending, if the file is named | told by what it begins with; binary files are refused |
//! | a folder | its files with these endings, walked in the order of names |
//! | `-` | standard input, as a file with another ending |
//!
//! All but Parquet may be compressed with gzip, zstd, bzip2 or xz, in as many members as they like, with the ending of
//! that (`.gz`, `.zst`, `.bz2`, `.xz`) or without. Text is UTF-8, but for HTML and WARC, which say what they are; a byte
//! order mark is passed over, and lines may end in `\r\n`. Blank lines and empty files hold no record. Everything else is
//! a record: it becomes an article or a [`Reject`], or it holds no page, never nothing.

mod batch;
mod fields;
mod files;
mod format;
mod found;
mod frame;
mod guard;
mod html;
mod http;
mod inputs;
mod jsonl;
mod lax;
mod names;
mod no_text;
mod object;
mod outlet;
mod page;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;
#[cfg(feature = "parquet")]
mod rows;
mod schema;
mod slot;
mod source;
mod table;
mod text;
mod value;
mod variants;
mod warc;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

pub use crate::read::batch::Batch;
pub use crate::read::fields::{FieldRole, FieldUse, Fields, FieldsUsed};
pub use crate::read::files::InputFile;
pub use crate::read::format::Format;
pub(crate) use crate::read::frame::field as warc_field;
#[cfg(feature = "parquet")]
pub(crate) use crate::read::guard::caught;
pub use crate::read::guard::is_catching;
pub use crate::read::html::html_text;
pub use crate::read::inputs::Inputs;
pub(crate) use crate::read::lax::as_json;
pub use crate::read::schema::{Schema, recognize};

use crate::article::Article;
use crate::codec::Expansion;
#[cfg(feature = "parquet")]
use crate::read::parquet::RowBatch;
use crate::read::table::Columns;

/// Bytes of the longest record that is read, where nothing else is said: 16 MiB, a hundred times the longest pages that
/// newspapers publish.
///
/// A longer one is passed over without being held, and becomes a [`Reject`]; what follows it is read.
pub const MAX_RECORD_BYTES: usize = 16 << 20;

/// Bytes that a [`Record`] keeps of one that is too long, so that a file of rejects still shows what it was: 64 KiB.
pub const KEPT_BYTES: usize = 64 << 10;

/// What bounds the memory and the time of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the longest record that is read.
    pub record: usize,
    /// Bytes that are kept of a longer one.
    pub(crate) kept: usize,
    /// Least bytes that are read at once.
    pub(crate) step: usize,
    /// What a compressed file may become.
    pub expansion: Expansion,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { record: MAX_RECORD_BYTES, kept: KEPT_BYTES, step: 64 << 10, expansion: Expansion::default() }
    }
}

/// Whether a walk through a folder would take this file for an input. Of a table that is there, its beginning is read:
/// one without a column of text is none.
pub fn is_input(path: &Path) -> bool {
    match format::Ending::of(path) {
        None => false,
        Some(format::Ending::Comma | format::Ending::Tab) => {
            Inputs::open(&[path.to_owned()]).map_or(true, |mut inputs| inputs.begins_with_texts().unwrap_or(true))
        }
        Some(_) => true,
    }
}

/// A record that was skipped, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The file; `-` for standard input.
    pub path: Arc<Path>,
    /// The line, from 1. Of a record over several lines, the first.
    pub line: u64,
    /// Why it was skipped. Names from the record in it are short and free of control characters.
    pub reason: String,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path.display(), self.line, self.reason)
    }
}

/// One record, not yet parsed.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The file; `-` for standard input.
    pub path: &'a Arc<Path>,
    /// The file's place among [`Inputs::files`].
    pub file: usize,
    /// The line on which it begins, from 1; in WARC and Parquet the number of the record.
    pub line: u64,
    /// The bytes as read; of a record longer than [`Limits::record`] the first [`KEPT_BYTES`]; of a row in columns none.
    pub bytes: &'a [u8],
    /// Where it lies in its file.
    pub extent: Extent,
    /// Whether the file breaks off within it.
    pub is_cut: bool,
    /// What kind of record its file holds.
    pub kind: RecordKind,
    /// Which of the records that begin on its line it is, from 1.
    nth_on_line: u32,
    form: Form<'a>,
}

/// What kind of record a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// JSON values.
    Json,
    /// Rows of a table.
    Row,
    /// Records of a web archive.
    Warc,
    /// One page.
    Page,
    /// Rows in columns.
    Column,
}

/// Where a record lies in its file, decompressed: bytes from `start` up to `end`. Of a row in columns, its number and the
/// next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// The first byte.
    pub start: u64,
    /// The first one after it.
    pub end: u64,
}

/// How the bytes of a record are to be read.
#[derive(Debug, Clone, Copy)]
enum Form<'a> {
    Json,
    Page,
    Html,
    Row(&'a Columns),
    #[cfg(feature = "parquet")]
    Columns(&'a RowBatch, usize),
    Warc,
    /// Bytes between two WARC records.
    Stray,
    /// Passed over: so many bytes are not held.
    TooLong {
        n_bytes: u64,
        limit: usize,
    },
    /// No record, but the end of a file within an array: without this, a file that was cut between two elements would
    /// pass for whole.
    Unclosed,
    /// No record, but the reason why the rest of the file was not read.
    Fault(&'a str),
}

/// A record, parsed.
#[derive(Debug)]
pub struct Parsed {
    /// The article.
    pub article: Article,
    /// The fields that it was made from.
    pub fields_used: FieldsUsed,
    /// Whether a date was there that no known form fits.
    pub date_unread: bool,
}

impl Record<'_> {
    /// Parses the record; `None` where it holds no page, as the requests and images of a web archive.
    ///
    /// Of the names of a field the first counts under which there is something usable; `null` and empty strings count
    /// as missing. A record without an id goes by its url, else by its file and line. O(bytes).
    ///
    /// # Errors
    /// The [`Reject`] says what is wrong with the record: it is no JSON object, has no text, is not UTF-8, is too long.
    pub fn parse(&self, fields: &Fields) -> Result<Option<Parsed>, Reject> {
        // JSON says itself whether it is whole; of all else nobody can tell.
        if self.is_cut && !matches!(self.form, Form::Json) {
            return Ok(None);
        }
        let parsed = match self.form {
            Form::Json => jsonl::parse(self, fields).map(Some),
            Form::Page => text::parse(self).map(Some),
            Form::Html => page::parse(self.bytes, None, || self.place()).map(Some),
            Form::Row(columns) => table::parse(self, columns, fields).map(Some),
            #[cfg(feature = "parquet")]
            Form::Columns(rows, row) => rows.parse(row, fields, || self.place()).map(Some),
            Form::Warc => warc::parse(self),
            Form::Stray => Err("no WARC record begins here; the one before may be damaged".to_owned()),
            Form::TooLong { .. } if self.bytes.starts_with(frame::MAGIC) && !warc::may_hold_a_page(self.bytes) => {
                Ok(None)
            }
            Form::TooLong { n_bytes, limit } => Err(format!(
                "a record of {n_bytes} bytes; at most {limit} are read ({} MiB); --max-record allows more",
                limit >> 20
            )),
            Form::Unclosed => Err("the file ends within its array: it may have been cut off".to_owned()),
            Form::Fault(reason) => Err(format!("{reason}; what came before was read")),
        };
        match parsed {
            // What broke the file off is told by itself.
            Err(_) if self.is_cut => Ok(None),
            parsed => parsed.map_err(|reason| Reject { path: self.path.clone(), line: self.line, reason }),
        }
    }

    /// Where the record stands, as an id: `file:line`, and `#2`, `#3` for more records on the line.
    fn place(&self) -> String {
        let (path, line) = (self.path.display(), self.line);
        if let Form::Page | Form::Html = self.form {
            return path.to_string();
        }
        match self.nth_on_line {
            0 | 1 => format!("{path}:{line}"),
            n => format!("{path}:{line}#{n}"),
        }
    }
}

#[cfg(test)]
mod tests;
