//! Inputs to articles: files are found, their bytes framed into records, and each record parsed.
//!
//! The three are apart so that one core can read the next batch while all others parse this one: reading only looks for
//! the ends of records, at about the speed of memory, and parsing needs nothing but the record.
//!
//! | input | records |
//! | --- | --- |
//! | `.jsonl`, `.ndjson` | one object a line |
//! | `.json` | one object a line, the elements of one array, or one object; over several lines too |
//! | `.txt` | the whole file is one page |
//! | another ending, if the file is named | as `.json` if it begins with `{` or `[{`, else one page; binary files are refused |
//! | a folder | its files with these endings, walked in the order of names |
//! | `-` | standard input, as a file with another ending |
//!
//! Text is UTF-8; a byte order mark is passed over, and lines may end in `\r\n`. Blank lines and empty files hold no
//! record. Everything else is a record: it becomes an article or a [`Reject`], never nothing.

mod batch;
mod fields;
mod format;
mod found;
mod frame;
mod inputs;
mod jsonl;
mod outlet;
mod text;
mod value;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

pub use crate::read::batch::Batch;
pub use crate::read::fields::{FieldRole, FieldUse, Fields, FieldsUsed};
pub use crate::read::inputs::Inputs;

use crate::article::Article;

/// Bytes of the longest record that is read: 16 MiB, a hundred times the longest pages that newspapers publish.
///
/// A longer one is passed over without being held, and becomes a [`Reject`]; what follows it is read.
pub const MAX_RECORD_BYTES: usize = 16 << 20;

/// Bytes that a [`Record`] keeps of one that is too long, so that a file of rejects still shows what it was: 64 KiB.
pub const KEPT_BYTES: usize = 64 << 10;

/// Whether a walk through a folder would take a file with this name for an input.
pub fn is_input(path: &Path) -> bool {
    format::Ending::of(path).is_some()
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
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The bytes as read; of a record longer than [`MAX_RECORD_BYTES`] the first [`KEPT_BYTES`].
    pub bytes: &'a [u8],
    /// Which of the records that begin on its line it is, from 1.
    nth_on_line: u32,
    form: Form,
}

/// How the bytes of a record are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Page,
    /// Passed over: so many bytes are not held.
    TooLong {
        n_bytes: u64,
    },
    /// No record, but the end of a file within an array: without this, a file that was cut between two elements would
    /// pass for whole.
    Unclosed,
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
    /// Parses the record.
    ///
    /// Of the names of a field the first counts under which there is something usable; `null` and empty strings count
    /// as missing. A record without an id goes by its url, else by its file and line. O(bytes).
    ///
    /// # Errors
    /// The [`Reject`] says what is wrong with the record: it is no JSON object, has no text, is not UTF-8, is too long.
    pub fn parse(&self, fields: &Fields) -> Result<Parsed, Reject> {
        let parsed = match self.form {
            Form::Json => jsonl::parse(self, fields),
            Form::Page => text::parse(self),
            Form::TooLong { n_bytes } => Err(format!(
                "a record of {n_bytes} bytes; at most {MAX_RECORD_BYTES} are read ({} MiB)",
                MAX_RECORD_BYTES >> 20
            )),
            Form::Unclosed => Err("the file ends within its array: it may have been cut off".to_owned()),
        };
        parsed.map_err(|reason| Reject { path: self.path.clone(), line: self.line, reason })
    }

    /// Where the record stands, as an id: `file:line`, and `#2`, `#3` for more records on the line.
    fn place(&self) -> String {
        let (path, line) = (self.path.display(), self.line);
        match self.nth_on_line {
            0 | 1 => format!("{path}:{line}"),
            n => format!("{path}:{line}#{n}"),
        }
    }
}

#[cfg(test)]
mod tests;
