//! A Parquet file again, without some of its rows or with columns more.
//!
//! All else stays: the schema with its annotations and metadata, the row groups, and how each column is compressed. What
//! Arrow makes of the storage's types beyond what these say (large strings, dictionaries, zones) is only noted in the
//! file's metadata, and is copied as it stands.

mod copy;
mod schema;
#[cfg(test)]
mod tests;
mod watched;

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, StringArray};
use parquet::errors::ParquetError;

use self::copy::{Copy, Source, encode_plain};
use self::watched::Watched;
use super::notes::Note;
use crate::read::caught;
use crate::read::parquet::{metadata, said};

/// What stops a file from being written again.
#[derive(Debug)]
pub(super) enum RewriteError {
    /// The result cannot be written.
    Write(io::Error),
    /// The input cannot be read; the reason, for a person.
    Input(String),
    /// The input has a column of this name already.
    Column(String),
}

/// Rows whose notes are made at once.
const NOTED_ROWS: u64 = 8192;

/// Copies a file, without the rows for which `keep` is false; it is asked once for each row, in order, from 0. The rows
/// that were written.
///
/// A row group that lost rows has fewer, and one that lost all is left out; one that lost none is taken over byte for
/// byte. O(bytes of the file), in the memory of one row group as it is written.
///
/// # Errors
/// [`RewriteError::Write`] and [`RewriteError::Input`]; `out` then holds no file.
pub(super) fn rewrite(
    input: File,
    out: impl Write + Send,
    mut keep: impl FnMut(u64) -> bool,
) -> Result<u64, RewriteError> {
    run(input, out, |source, out| {
        let mut copy = Copy::new(source, &[], out)?;
        let mut first = 0;
        for i in 0..source.metadata.num_row_groups() {
            let end = first + source.n_rows(i);
            let kept: BooleanArray = (first..end).map(|row| Some(keep(row))).collect();
            copy.filtered(i, &kept)?;
            first = end;
        }
        Ok(copy.finish()?)
    })
}

/// Copies a file with four columns more, of these names: story, version, relation, and whether the row is kept. They are
/// null where `of_row` gives nothing; it is asked once for each row, in order, from 0. The rows that were written.
///
/// The columns of the file are taken over byte for byte. O(bytes of the file).
///
/// # Errors
/// As for [`rewrite`]; [`RewriteError::Column`] where the file has a column of one of the names.
pub(super) fn annotate(
    input: File,
    out: impl Write + Send,
    names: [&str; 4],
    mut of_row: impl FnMut(u64) -> Option<Note>,
) -> Result<u64, RewriteError> {
    run(input, out, |source, out| {
        if let Some(name) = names.iter().find(|name| source.arrow.schema().column_with_name(name).is_some()) {
            return Err(Fault::Column((*name).to_owned()));
        }
        let added = schema::added(names);
        let mut copy = Copy::new(source, &added, out)?;
        let mut first = 0;
        for i in 0..source.metadata.num_row_groups() {
            let end = first + source.n_rows(i);
            copy.whole(i, |encoders| {
                (first..end).step_by(NOTED_ROWS as usize).try_for_each(|from| {
                    let rows = from..end.min(from + NOTED_ROWS);
                    let notes: Vec<Option<Note>> = rows.map(&mut of_row).collect();
                    encode_plain(encoders, &added, &columns(&notes))
                })
            })?;
            first = end;
        }
        Ok(copy.finish()?)
    })
}

fn columns(notes: &[Option<Note>]) -> [ArrayRef; 4] {
    let text = |of: fn(&Note) -> &str| -> ArrayRef {
        Arc::new(notes.iter().map(|note| note.as_ref().map(of)).collect::<StringArray>())
    };
    let keep: BooleanArray = notes.iter().map(|note| note.as_ref().map(|note| note.keep)).collect();
    [text(|note| &note.story), text(|note| &note.version), text(|note| note.relation), Arc::new(keep)]
}

/// What stops a copy, as seen from inside: whether writing or reading failed is only known to the watched writer.
enum Fault {
    Column(String),
    Other(String),
}

impl From<ParquetError> for Fault {
    fn from(error: ParquetError) -> Self {
        Fault::Other(said(&error))
    }
}

/// Runs a copy; its panics are errors of the input.
fn run<W: Write + Send>(
    input: File,
    out: W,
    copy: impl FnOnce(&Source, Watched<W>) -> Result<u64, Fault>,
) -> Result<u64, RewriteError> {
    let (out, failed) = Watched::new(out);
    let result = caught(|| {
        let metadata = metadata(&input)?;
        let source = Source::new(input, metadata).map_err(|e| said(&e))?;
        match copy(&source, out) {
            Err(Fault::Other(reason)) => Err(reason),
            Err(Fault::Column(name)) => Ok(Err(name)),
            Ok(n_rows) => Ok(Ok(n_rows)),
        }
    });
    if let Some(error) = failed.take() {
        return Err(RewriteError::Write(error));
    }
    match result {
        Ok(Ok(n_rows)) => Ok(n_rows),
        Ok(Err(name)) => Err(RewriteError::Column(name)),
        Err(reason) => Err(RewriteError::Input(reason)),
    }
}
