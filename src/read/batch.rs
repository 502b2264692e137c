//! Batches of records: the bytes of each file in one piece, as they were read; the records are ranges of them.

use std::path::Path;
use std::sync::Arc;

#[cfg(feature = "parquet")]
use crate::read::parquet::RowBatch;
use crate::read::table::Columns;
use crate::read::{Extent, Form, Record, RecordKind};

/// Records that were read together.
#[derive(Debug, Default)]
pub struct Batch {
    pub(super) chunks: Vec<Chunk>,
}

impl Batch {
    /// The records, in the order of the input.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.chunks.iter().flat_map(|chunk| chunk.spans.iter().map(|span| chunk.record(span)))
    }
}

/// Records of one file.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) path: Arc<Path>,
    /// The file's place among the inputs.
    pub(super) file: usize,
    pub(super) bytes: Vec<u8>,
    pub(super) spans: Vec<Span>,
    /// What the records count for in a batch.
    pub(super) weight: usize,
    /// The columns, where the records are rows of a table.
    pub(super) columns: Option<Arc<Columns>>,
    /// Why there are no more records, where a span says so.
    pub(super) fault: Option<String>,
    /// Bytes of the longest record.
    pub(super) limit: usize,
    pub(super) kind: RecordKind,
    /// The values, where the records are rows in columns.
    #[cfg(feature = "parquet")]
    pub(super) rows: Option<RowBatch>,
}

impl Chunk {
    pub(super) fn new(path: Arc<Path>, file: usize, bytes: Vec<u8>, limit: usize, kind: RecordKind) -> Self {
        Chunk {
            path,
            file,
            bytes,
            spans: Vec::new(),
            weight: 0,
            columns: None,
            fault: None,
            limit,
            kind,
            #[cfg(feature = "parquet")]
            rows: None,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    pub(super) fn push(&mut self, span: Span) {
        self.weight += (span.end - span.start).max(LEAST_WEIGHT);
        self.spans.push(span);
    }

    fn record(&self, span: &Span) -> Record<'_> {
        Record {
            path: &self.path,
            file: self.file,
            line: span.line,
            bytes: &self.bytes[span.start..span.end],
            extent: span.extent,
            is_cut: span.is_cut,
            kind: self.kind,
            nth_on_line: span.nth_on_line,
            form: match span.form {
                SpanForm::Json => Form::Json,
                SpanForm::Page => Form::Page,
                SpanForm::Html => Form::Html,
                SpanForm::Warc => Form::Warc,
                SpanForm::Stray => Form::Stray,
                SpanForm::Row => self.columns.as_deref().map_or(Form::Page, Form::Row),
                #[cfg(feature = "parquet")]
                SpanForm::Column { row } => match &self.rows {
                    Some(rows) => Form::Columns(rows, row as usize),
                    None => Form::Page,
                },
                SpanForm::TooLong { n_bytes } => Form::TooLong { n_bytes, limit: self.limit },
                SpanForm::Unclosed => Form::Unclosed,
                SpanForm::Fault => Form::Fault(self.fault.as_deref().unwrap_or_default()),
            },
        }
    }
}

/// A record's place in its chunk.
#[derive(Debug)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) extent: Extent,
    pub(super) line: u64,
    pub(super) nth_on_line: u32,
    pub(super) is_cut: bool,
    pub(super) form: SpanForm,
}

/// The [`Form`] of a record, before it borrows from its chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SpanForm {
    Json,
    Page,
    Html,
    Row,
    #[cfg(feature = "parquet")]
    Column {
        row: u32,
    },
    Warc,
    Stray,
    TooLong {
        n_bytes: u64,
    },
    Unclosed,
    Fault,
}

/// What a record counts for at least: a parsed record takes memory, however short its line is.
const LEAST_WEIGHT: usize = 128;
