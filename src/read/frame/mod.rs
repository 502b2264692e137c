//! Where records begin and end in a file.
//!
//! A framer is fed the bytes of a file piece by piece and looks at each once, so a record may be cut anywhere, and cost
//! is linear however long it is. It does not judge: bytes that are no JSON are framed too, and their parser says what is
//! wrong with them. Lines recover at the next line break, WARC at the next line that begins a record. A value over several
//! lines has nothing to recover at: where its quotes are damaged, it takes with it what follows, up to where its brackets
//! close; so does a field of a table whose quote is not closed.

mod table;
mod values;
mod warc;

use memchr::memchr;

use crate::read::RecordKind;

pub(super) use table::Table;
pub(super) use values::Values;
pub(crate) use warc::field;
pub(super) use warc::{MAGIC, State as WarcState, Warc, head_length};

/// How a file is divided into records.
#[derive(Debug)]
pub(super) enum Framer {
    /// Every line that is not blank is a record.
    Lines,
    /// JSON values one after the other, or in an array; they may go over several lines.
    Values(Values),
    /// The rows of a table below the names of its columns.
    Table(Table),
    /// WARC records.
    Warc(Warc),
    /// The whole file is one page of text.
    Page,
    /// The whole file is one page of HTML.
    Html,
}

/// What a framer found in bytes that go on a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scan {
    /// The record ends after so many of them.
    End(usize),
    /// It goes on. So many of them are done with; the others are to be shown again, with what follows them.
    More(usize),
}

impl Framer {
    /// Bytes at the start of `bytes` that lie before the next record.
    pub(super) fn gap(&mut self, bytes: &[u8]) -> usize {
        match self {
            Framer::Lines | Framer::Warc(_) => skip_blanks(bytes),
            Framer::Values(values) => values.gap(bytes),
            Framer::Table(table) => table.gap(bytes),
            Framer::Page | Framer::Html => 0,
        }
    }

    /// Where the record ends that goes on at the start of `bytes`.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Scan {
        let end = match self {
            Framer::Lines => memchr(b'\n', bytes),
            Framer::Values(values) => values.end(bytes),
            Framer::Table(table) => table.end(bytes),
            Framer::Warc(warc) => return warc.end(bytes),
            Framer::Page | Framer::Html => None,
        };
        end.map_or(Scan::More(bytes.len()), Scan::End)
    }

    /// Where a record that it has just come to the end of should have ended, if that is earlier.
    pub(super) fn overrun(&mut self, record: &[u8], next: &[u8]) -> Option<usize> {
        match self {
            Framer::Warc(warc) => warc.overrun(record, next),
            _ => None,
        }
    }

    /// What kind of record it divides a file into.
    pub(super) fn kind(&self) -> RecordKind {
        match self {
            Framer::Lines | Framer::Values(_) => RecordKind::Json,
            Framer::Table(_) => RecordKind::Row,
            Framer::Warc(_) => RecordKind::Warc,
            Framer::Page | Framer::Html => RecordKind::Page,
        }
    }

    /// Whether an array was opened and not closed.
    pub(super) fn is_in_array(&self) -> bool {
        matches!(self, Framer::Values(values) if values.in_array)
    }
}

/// What JSON calls white space.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn skip_blanks(bytes: &[u8]) -> usize {
    bytes.iter().position(|b| !is_blank(*b)).unwrap_or(bytes.len())
}
