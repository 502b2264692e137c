//! Parquet files: tables that are stored column by column, in groups of rows.
//!
//! Only the columns that are looked for are read, a few rows at a time. Texts are not copied before an article is made of
//! them: they share the pages that they were decompressed into, so a value that a file stores once is held once, however
//! many rows have it.
//!
//! The parquet crate decodes; what decides how much memory is used is decided here, because a damaged or hostile file may
//! claim anything: the footer is walked over first (`footer`, `thrift`), the pages are read and decompressed within
//! limits (`pages`, `header`, `codec`, `delta`), and a panic of the crate is an error ([`super::guard`]).

mod batch;
mod codec;
mod delta;
mod footer;
mod header;
mod kind;
mod layout;
mod leaf;
mod pages;
mod thrift;

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parquet::column::reader::get_column_reader;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};

pub(super) use crate::read::parquet::batch::RowBatch;
pub(crate) use crate::read::parquet::footer::read as metadata;
pub(crate) use crate::read::parquet::pages::check_group;

use crate::read::fields::Fields;
use crate::read::guard::caught;
use crate::read::parquet::layout::Layout;
use crate::read::parquet::leaf::LeafReader;
use crate::read::parquet::pages::{Pages, shares};

/// Rows of a batch, at most.
const MOST_ROWS: usize = 4096;

/// Rows that are read at once, before it is known how much they are.
const STEP: usize = 64;
/// The same where each value may be as long as its page.
const STEP_SHARED: usize = 4;

/// A file may give this much, and then no more than [`MOST_RATIO`] times as much as it has: a text that is stored once may
/// be that of a billion rows.
const FREE_BYTES: u64 = 1 << 30;
const MOST_RATIO: u64 = 1000;

/// What a row counts for at least.
const LEAST_WEIGHT: usize = 128;

/// An opened file.
#[derive(Debug)]
pub(super) struct Rows {
    file: Arc<File>,
    n_bytes: u64,
    metadata: Arc<ParquetMetaData>,
    layout: Arc<Layout>,
    /// The row group that is next, the one that is being read, and the rows before it.
    next_group: usize,
    group: Option<Group>,
    n_before: u64,
    /// Bytes of all rows that were given.
    given: u64,
    /// What came after the rows of the last batch.
    failed: Option<String>,
    is_over: bool,
}

/// A row group that is being read.
#[derive(Debug)]
struct Group {
    leaves: Vec<LeafReader>,
    n_rows: u64,
    n_read: u64,
    /// Rows to read at once: as many as came to a fair part of a batch.
    step: usize,
    most: usize,
    n_values: Arc<AtomicUsize>,
}

impl Rows {
    /// Opens a file: reads its footer, about a hundred bytes for each column of each row group.
    ///
    /// # Errors
    /// The reason why it cannot be read, for a person.
    pub(super) fn open(file: File, fields: &Fields) -> Result<Rows, String> {
        caught(|| {
            let metadata = footer::read(&file)?;
            let layout = Layout::of(metadata.file_metadata().schema_descr().root_schema(), fields);
            Ok(Rows {
                n_bytes: file.metadata().map_err(|e| e.to_string())?.len(),
                file: Arc::new(file),
                metadata: Arc::new(metadata),
                layout: Arc::new(layout),
                next_group: 0,
                group: None,
                n_before: 0,
                given: 0,
                failed: None,
                is_over: false,
            })
        })
    }

    /// The rows that the footer claims.
    pub(super) fn n_rows(&self) -> u64 {
        self.metadata.row_groups().iter().fold(0, |sum, group| sum.saturating_add(n_rows(group)))
    }

    /// The next rows: about `want_bytes` of values that are looked for, and no more than some thousands of rows. `None` at
    /// the end.
    ///
    /// # Errors
    /// The reason why the file cannot be read from here on. All rows before were given; there are none after.
    pub(super) fn next(&mut self, want_bytes: usize) -> Result<Option<RowBatch>, String> {
        let mut batch = RowBatch::new(self.layout.clone());
        while !self.is_over && batch.total() < want_bytes.max(1) && batch.len() < MOST_ROWS {
            match self.step(&mut batch, want_bytes) {
                Ok(true) => {}
                Ok(false) => self.is_over = true,
                Err(reason) => {
                    self.is_over = true;
                    self.failed = Some(reason);
                }
            }
        }
        if batch.len() > 0 {
            return Ok(Some(batch));
        }
        self.failed.take().map_or(Ok(None), Err)
    }

    /// Adds some rows to a batch; false at the end of the file.
    fn step(&mut self, batch: &mut RowBatch, want_bytes: usize) -> Result<bool, String> {
        let Some(mut group) = self.open_group()? else {
            return Ok(false);
        };
        let left = usize::try_from(group.n_rows - group.n_read).unwrap_or(usize::MAX);
        let n = group.step.min(left).min(MOST_ROWS - batch.len());
        let before = batch.total();
        if let Err(reason) = group.read(n, batch) {
            if n == 1 {
                let (row, n_rows) = (self.n_before + group.n_read + 1, self.n_rows());
                return Err(format!("row {row} of {n_rows}, and those after it, cannot be read: {reason}"));
            }
            // The rows before the damage are whole: they are read again, one by one.
            self.group = Some(self.reopen(&group)?);
            return Ok(true);
        }
        group.n_read += n as u64;
        group.adapt((batch.total() - before) / n, want_bytes);
        self.given += (batch.total() - before) as u64;
        self.group = Some(group);
        self.check_ratio()?;
        Ok(true)
    }

    /// The group that has rows left; `None` if there is none.
    fn open_group(&mut self) -> Result<Option<Group>, String> {
        if let Some(group) = self.group.take() {
            if group.n_read < group.n_rows {
                return Ok(Some(group));
            }
            self.n_before += group.n_rows;
            self.next_group += 1;
        }
        while let Some(group) = self.metadata.row_groups().get(self.next_group) {
            if group.num_rows() > 0 {
                return caught(|| self.start(group)).map(Some);
            }
            self.next_group += 1;
        }
        Ok(None)
    }

    fn start(&self, group: &RowGroupMetaData) -> Result<Group, String> {
        let n_values = Arc::new(AtomicUsize::new(0));
        let leaf = |leaf: &layout::Leaf| {
            let column = group.column(leaf.index);
            let pages = Pages::new(self.file.clone(), column, n_values.clone());
            let descr = self.metadata.file_metadata().schema_descr().column(leaf.index);
            let max_def = descr.max_def_level();
            LeafReader::new(leaf, get_column_reader(descr, Box::new(pages)), max_def)
        };
        let leaves = self.layout.leaves.iter().map(leaf).collect();
        let is_shared = self.layout.leaves.iter().any(|leaf| shares(group.column(leaf.index)));
        let most = if is_shared { STEP_SHARED } else { STEP };
        Ok(Group { leaves, n_rows: n_rows(group), n_read: 0, step: STEP_SHARED, most, n_values })
    }

    /// The group from its beginning, moved on to where another stopped, and to be read row by row from there.
    fn reopen(&self, at: &Group) -> Result<Group, String> {
        let mut group = caught(|| self.start(self.metadata.row_group(self.next_group)))?;
        let mut passed = RowBatch::new(self.layout.clone());
        while group.n_read < at.n_read {
            let n = (at.n_read - group.n_read).min(group.most as u64);
            group.read(n as usize, &mut passed)?;
            group.n_read += n;
            passed.clear();
        }
        (group.step, group.most) = (1, 1);
        Ok(group)
    }

    fn check_ratio(&self) -> Result<(), String> {
        if self.given > FREE_BYTES && self.given / MOST_RATIO > self.n_bytes {
            let (given, n_bytes) = (self.given, self.n_bytes);
            return Err(format!(
                "its {n_bytes} bytes have given {given} so far, more than {MOST_RATIO} times as many: it is not read further"
            ));
        }
        Ok(())
    }
}

impl Group {
    /// Adds the next `n` rows to a batch, or none of them.
    fn read(&mut self, n: usize, batch: &mut RowBatch) -> Result<(), String> {
        let before = batch.len();
        self.n_values.store(0, Ordering::Relaxed);
        let leaves = &mut self.leaves;
        let cells = &mut batch.cells;
        let read = caught(|| leaves.iter_mut().zip(cells).try_for_each(|(leaf, cells)| leaf.read(n, cells)));
        match read {
            Ok(()) => {
                batch.weigh(before + n);
                Ok(())
            }
            Err(reason) => {
                batch.cells.iter_mut().for_each(|cells| cells.truncate(before));
                Err(reason)
            }
        }
    }

    /// Makes steps of what rows of this weight come to, so that no step goes far beyond a batch.
    fn adapt(&mut self, row_weight: usize, want_bytes: usize) {
        let fitting = want_bytes / 8 / row_weight.max(1);
        self.step = fitting.clamp(1, (self.step * 4).min(self.most));
    }
}

fn n_rows(group: &RowGroupMetaData) -> u64 {
    u64::try_from(group.num_rows()).unwrap_or(0)
}

/// What the parquet crate says, without the name that it gives itself.
pub(crate) fn said(error: &ParquetError) -> String {
    let text = error.to_string();
    let text = text.strip_prefix("Parquet error: ").unwrap_or(&text);
    text.chars().take(200).flat_map(char::escape_debug).collect()
}

#[cfg(test)]
mod tests;
