//! A file that is being written from another, row group by row group.
//!
//! What a row group keeps whole is not decoded: its bytes go over as they are, and with them encodings, statistics and the
//! order of dictionaries. Only a group that loses rows is encoded anew.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, RecordBatch};
use arrow_schema::{FieldRef, Schema};
use arrow_select::filter::filter_record_batch;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::arrow::arrow_writer::{ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};

use super::schema;
use crate::read::parquet::check_group;

/// Bytes that are decoded at once, as far as the footer says how much rows are.
const BATCH_BYTES: u64 = 8 << 20;
/// Rows that are decoded at once, at most; and bytes that they may come to if each has the largest value of a dictionary.
const BATCH_ROWS: u64 = 1024;
const WORST_BYTES: usize = 512 << 20;

/// The file that is copied.
pub(super) struct Source {
    file: File,
    pub(super) metadata: Arc<ParquetMetaData>,
    pub(super) arrow: ArrowReaderMetadata,
}

impl Source {
    /// A file whose footer was read.
    pub(super) fn new(file: File, metadata: ParquetMetaData) -> Result<Source> {
        let metadata = Arc::new(metadata);
        // The storage's own types: what was noted of Arrow's is copied as it stands.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let arrow = ArrowReaderMetadata::try_new(metadata.clone(), options)?;
        Ok(Source { file, metadata, arrow })
    }

    fn group(&self, i: usize) -> &RowGroupMetaData {
        self.metadata.row_group(i)
    }

    /// Rows of a row group.
    pub(super) fn n_rows(&self, i: usize) -> u64 {
        u64::try_from(self.group(i).num_rows()).unwrap_or(0)
    }
}

/// The file that is written.
pub(super) struct Copy<'a, W: Write + Send> {
    source: &'a Source,
    schema: Arc<Schema>,
    n_added: usize,
    /// Whether the storage's schema is the same, so that bytes of the source can be taken over.
    is_same: bool,
    writer: SerializedFileWriter<W>,
    encoders: ArrowRowGroupWriterFactory,
}

impl<'a, W: Write + Send> Copy<'a, W> {
    /// Begins a file with the columns of the source, and some more.
    pub(super) fn new(source: &'a Source, added: &[FieldRef], out: W) -> Result<Self> {
        let fields: Vec<FieldRef> = source.arrow.schema().fields().iter().chain(added).cloned().collect();
        let schema = Arc::new(Schema::new(fields));
        let is_same = !added.is_empty() || !schema::has_old_types(&source.metadata);
        let root = schema::parquet_schema(&source.metadata, &schema, added, is_same)?;
        let properties = Arc::new(schema::properties(&source.metadata, added));
        let writer = SerializedFileWriter::new(out, root, properties)?;
        let encoders = ArrowRowGroupWriterFactory::new(&writer, schema.clone());
        Ok(Copy { source, schema, n_added: added.len(), is_same, writer, encoders })
    }

    /// Adds the rows of a row group that are kept.
    pub(super) fn filtered(&mut self, i: usize, kept: &BooleanArray) -> Result<()> {
        match kept.true_count() {
            0 => Ok(()),
            all if all == kept.len() && self.is_same => self.whole(i, |_| Ok(())),
            _ => self.encoded(i, kept),
        }
    }

    /// Adds a row group whose columns are taken over as they are. `add` fills those that are added.
    pub(super) fn whole(&mut self, i: usize, add: impl FnOnce(&mut [ArrowColumnWriter]) -> Result<()>) -> Result<()> {
        let group = self.source.group(i);
        let mut encoders = self.encoders.create_column_writers(self.writer.flushed_row_groups().len())?;
        let mut added = encoders.split_off(encoders.len() - self.n_added);
        add(&mut added)?;
        let mut out = self.writer.next_row_group()?;
        for column in group.columns() {
            let column = ColumnCloseResult {
                bytes_written: u64::try_from(column.compressed_size())?,
                rows_written: u64::try_from(group.num_rows())?,
                metadata: column.clone(),
                bloom_filter: None,
                column_index: None,
                offset_index: None,
            };
            out.append_column(&self.source.file, column)?;
        }
        close(added, out)
    }

    /// Adds a row group that loses some rows.
    fn encoded(&mut self, i: usize, kept: &BooleanArray) -> Result<()> {
        let mut encoders = self.encoders.create_column_writers(self.writer.flushed_row_groups().len())?;
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(
            self.source.file.try_clone()?,
            self.source.arrow.clone(),
        );
        let group = self.source.group(i);
        let dictionary = check_group(self.source.file.try_clone()?, group).map_err(ParquetError::General)?;
        let rows = batch_rows(group, dictionary);
        let mut n_read = 0;
        for batch in reader.with_row_groups(vec![i]).with_batch_size(rows).build()? {
            let batch = batch?;
            if n_read + batch.num_rows() > kept.len() {
                return Err(ParquetError::General("a row group has more rows than its footer claims".to_owned()));
            }
            let kept = kept.slice(n_read, batch.num_rows());
            n_read += batch.num_rows();
            encode(&mut encoders, &self.schema, &filter_record_batch(&batch, &kept)?)?;
        }
        if n_read < kept.len() {
            return Err(ParquetError::General("a row group has fewer rows than its footer claims".to_owned()));
        }
        close(encoders, self.writer.next_row_group()?)
    }

    /// Writes the footer. The rows of the file.
    pub(super) fn finish(self) -> Result<u64> {
        let metadata = self.writer.close()?;
        Ok(metadata.row_groups().iter().map(|group| u64::try_from(group.num_rows()).unwrap_or(0)).sum())
    }
}

/// Encodes rows; each column has as many encoders as leaves.
fn encode(encoders: &mut [ArrowColumnWriter], schema: &Schema, batch: &RecordBatch) -> Result<()> {
    let mut encoders = encoders.iter_mut();
    for (field, column) in schema.fields().iter().zip(batch.columns()) {
        for (leaf, encoder) in compute_leaves(field, column)?.iter().zip(encoders.by_ref()) {
            encoder.write(leaf)?;
        }
    }
    Ok(())
}

/// Encodes columns that have no members.
pub(super) fn encode_plain(
    encoders: &mut [ArrowColumnWriter],
    fields: &[FieldRef],
    columns: &[ArrayRef],
) -> Result<()> {
    for ((encoder, field), column) in encoders.iter_mut().zip(fields).zip(columns) {
        compute_leaves(field, column)?.iter().try_for_each(|leaf| encoder.write(leaf))?;
    }
    Ok(())
}

fn close<W: Write + Send>(encoders: Vec<ArrowColumnWriter>, mut out: SerializedRowGroupWriter<'_, W>) -> Result<()> {
    for encoder in encoders {
        encoder.close()?.append_to_row_group(&mut out)?;
    }
    out.close()?;
    Ok(())
}

/// Rows of a group to decode at once; no value of a dictionary has more bytes than `dictionary`.
fn batch_rows(group: &RowGroupMetaData, dictionary: usize) -> usize {
    let n_bytes = u64::try_from(group.total_byte_size()).unwrap_or(0);
    let row_bytes = n_bytes / u64::try_from(group.num_rows()).unwrap_or(0).max(1);
    (BATCH_BYTES / row_bytes.max(1)).clamp(1, BATCH_ROWS).min((WORST_BYTES / dictionary.max(1)) as u64).max(1) as usize
}
