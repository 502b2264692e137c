//! One Parquet file being read: batches of rows.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use crate::read::batch::{Chunk, Span, SpanForm};
use crate::read::parquet::Rows;
use crate::read::{Extent, Fields, Limits, RecordKind};

/// Bytes of values that are decoded at once.
const DECODED_AT_ONCE: usize = 16 << 20;

/// A Parquet file that is being read.
#[derive(Debug)]
pub(super) struct RowSource {
    path: Arc<Path>,
    file: usize,
    /// The rows, or why there are none.
    rows: Result<Rows, String>,
    limits: Limits,
    n_given: u64,
    n_bytes: u64,
    is_done: bool,
    is_broken: bool,
}

impl RowSource {
    pub(super) fn new(path: Arc<Path>, number: usize, file: File, fields: &Fields, limits: Limits) -> Self {
        let n_bytes = file.metadata().map_or(0, |metadata| metadata.len());
        let rows = Rows::open(file, fields);
        RowSource { path, file: number, rows, limits, n_given: 0, n_bytes, is_done: false, is_broken: false }
    }

    pub(super) fn is_done(&self) -> bool {
        self.is_done
    }

    pub(super) fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Bytes read of the file, as far as they can be told: rows are read column by column.
    pub(super) fn n_read(&self) -> u64 {
        match &self.rows {
            Ok(rows) if !self.is_done => {
                (self.n_bytes as f64 * self.n_given as f64 / rows.n_rows().max(1) as f64) as u64
            }
            _ => self.n_bytes,
        }
    }

    /// The next rows; none at the end.
    pub(super) fn fill(&mut self, want: usize) -> Chunk {
        let mut chunk = Chunk::new(self.path.clone(), self.file, Vec::new(), self.limits.record, RecordKind::Column);
        let next = match &mut self.rows {
            Ok(rows) => rows.next(want.min(DECODED_AT_ONCE)),
            Err(reason) => Err(std::mem::take(reason)),
        };
        match next {
            Ok(Some(batch)) => {
                for row in 0..batch.len() {
                    let weight = batch.weight(row);
                    self.push(&mut chunk, SpanForm::Column { row: row as u32 }, weight);
                }
                chunk.rows = Some(batch);
            }
            Ok(None) => self.is_done = true,
            Err(reason) => {
                self.is_done = true;
                self.is_broken = true;
                chunk.fault = Some(reason);
                self.push(&mut chunk, SpanForm::Fault, 0);
            }
        }
        chunk
    }

    fn push(&mut self, chunk: &mut Chunk, form: SpanForm, weight: usize) {
        let extent = Extent { start: self.n_given, end: self.n_given + u64::from(form != SpanForm::Fault) };
        self.n_given = extent.end;
        let line = extent.start + 1;
        chunk.push(Span { start: 0, end: 0, extent, line, nth_on_line: 1, is_cut: false, form });
        chunk.weight += weight;
    }
}
