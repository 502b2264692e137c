//! The pages of one column of one row group.
//!
//! The headers are read here and not by the parquet crate, because what they claim must be weighed before memory is
//! reserved for it: a page of a kilobyte may claim two gigabytes, and zeros that are compressed may even have them.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};

use crate::read::parquet::header::{Header, PageKind, encoding};
use crate::read::parquet::thrift::Flaw;
use crate::read::parquet::{codec, delta};

/// Bytes of the largest page that is read: some writers put a thousand rows into one, whatever their texts.
const MOST_PAGE_BYTES: usize = 1 << 30;

/// A page of more bytes than this must not be [`MOST_RATIO`] times as large as what it was compressed into. Pages full of
/// the same line come to about a hundred.
const FREE_PAGE_BYTES: usize = 64 << 20;
const MOST_RATIO: usize = 250;

/// Bytes of the largest page whose values are built from the ones before, each perhaps as long as the page.
const MOST_SHARED_BYTES: usize = 64 << 20;

/// Values of a repeated column that are decoded for one step of reading, at most.
pub(super) const MOST_VALUES: usize = 4 << 20;

/// Bytes of a header that are read first, and at most: statistics of a page may hold two of its values.
const HEADER_BYTES: u64 = 512;
const MOST_HEADER_BYTES: u64 = 16 << 20;

/// A column's pages, read one after the other.
#[derive(Debug)]
pub(super) struct Pages {
    file: Arc<File>,
    codec: Compression,
    at: u64,
    end: u64,
    /// Whether each value has levels that say how often it repeats, and how much of it is defined.
    is_repeated: bool,
    has_def_levels: bool,
    /// Whether the footer said that values may be built from those before.
    may_share: bool,
    /// Values that were given since the reader of records last began a step; it sets this to 0.
    n_values: Arc<AtomicUsize>,
}

impl Pages {
    /// The pages of a column whose place was checked.
    pub(super) fn new(file: Arc<File>, column: &ColumnChunkMetaData, n_values: Arc<AtomicUsize>) -> Self {
        let (at, len) = column.byte_range();
        Pages {
            file,
            codec: column.compression(),
            at,
            end: at + len,
            is_repeated: column.column_descr().max_rep_level() > 0,
            has_def_levels: column.column_descr().max_def_level() > 0,
            may_share: shares(column),
            n_values,
        }
    }

    fn next_page(&mut self) -> std::result::Result<Option<Page>, String> {
        while self.at < self.end {
            let header = self.header()?;
            let packed = self.read(header.packed_size as u64)?;
            if packed.len() < header.packed_size {
                return Err("a page goes beyond the end of its column".to_owned());
            }
            self.at += packed.len() as u64;
            if let Some(page) = self.page(&header, packed)? {
                return Ok(Some(page));
            }
        }
        Ok(None)
    }

    /// Reads the next header, and weighs what it claims.
    fn header(&mut self) -> std::result::Result<Header, String> {
        let mut window = HEADER_BYTES;
        loop {
            let bytes = self.read(window)?;
            match Header::read(&bytes) {
                Ok(header) => {
                    self.at += header.len as u64;
                    return self.weigh(&header).map(|()| header);
                }
                Err(Flaw::Ends) if bytes.len() as u64 == window && window < MOST_HEADER_BYTES => window *= 8,
                Err(_) => return Err("a page has no readable header".to_owned()),
            }
        }
    }

    fn weigh(&self, header: &Header) -> std::result::Result<(), String> {
        let (size, packed) = (header.size, header.packed_size);
        if packed as u64 > self.end - self.at {
            return Err("a page goes beyond the end of its column".to_owned());
        }
        if size > MOST_PAGE_BYTES {
            return Err(format!("a page claims {size} bytes; at most {MOST_PAGE_BYTES} are read"));
        }
        if size > FREE_PAGE_BYTES && size / MOST_RATIO > packed {
            return Err(format!(
                "a page of {packed} bytes claims to hold {size}: more than {MOST_RATIO} times as many"
            ));
        }
        Ok(())
    }

    /// Up to `n` bytes from here on, no further than the column goes.
    fn read(&self, n: u64) -> std::result::Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let mut file = &*self.file;
        file.seek(SeekFrom::Start(self.at))
            .and_then(|_| file.take(n.min(self.end - self.at)).read_to_end(&mut bytes))
            .map_err(|e| e.to_string())?;
        Ok(bytes)
    }

    /// The page; `None` for kinds that hold no values.
    fn page(&self, header: &Header, packed: Vec<u8>) -> std::result::Result<Option<Page>, String> {
        if header.kind == PageKind::Other {
            return Ok(None);
        }
        let damaged = || "a page has a damaged header".to_owned();
        let levels = header.def_bytes.checked_add(header.rep_bytes).ok_or_else(damaged)?;
        if levels > header.size.min(packed.len()) {
            return Err(damaged());
        }
        let buf = self.unpack(header, packed, levels)?;
        let page = match header.kind {
            PageKind::Dictionary => dictionary(header, buf),
            PageKind::DataV2 => data_v2(header, buf),
            PageKind::Data | PageKind::Other => data(header, buf),
        };
        let page = page.ok_or_else(damaged)?;
        if page.is_data_page() {
            self.weigh_values(header, &page)?;
        }
        Ok(Some(page))
    }

    /// Levels come first and are not compressed in the second kind of data page.
    fn unpack(&self, header: &Header, packed: Vec<u8>, levels: usize) -> std::result::Result<Bytes, String> {
        if self.codec == Compression::UNCOMPRESSED || !header.is_compressed {
            return Ok(packed.into());
        }
        let (levels, packed) = packed.split_at(levels);
        let size = header.size - levels.len();
        // Where all values are null, there may be nothing to decompress.
        let values = if size == 0 { Vec::new() } else { codec::decompress(self.codec, packed, size)? };
        Ok(if levels.is_empty() { values.into() } else { [levels, &values].concat().into() })
    }

    /// Whether the values of a page can be decoded in as much memory as their number lets expect.
    fn weigh_values(&self, header: &Header, page: &Page) -> std::result::Result<(), String> {
        let encoding = page.encoding();
        if encoding == Encoding::DELTA_BYTE_ARRAY && (!self.may_share || header.size > MOST_SHARED_BYTES) {
            return Err(format!("a page has {} bytes of values that share their beginnings: too many", header.size));
        }
        let n_values = header.n_values as usize;
        let values = self.values(header, page.buffer()).unwrap_or_default();
        if !delta::is_plausible(encoding, values, n_values) {
            return Err("a page claims more values than it has".to_owned());
        }
        let n_since = self.n_values.fetch_add(n_values, Ordering::Relaxed).saturating_add(n_values);
        if self.is_repeated && n_since > MOST_VALUES {
            return Err(format!("a page has lists of more than {MOST_VALUES} values"));
        }
        Ok(())
    }

    /// What comes after the levels, each of which begins with its length where the header does not have it.
    fn values<'a>(&self, header: &Header, page: &'a [u8]) -> Option<&'a [u8]> {
        if header.kind == PageKind::DataV2 {
            return page.get(header.def_bytes + header.rep_bytes..);
        }
        let mut rest = page;
        for has_levels in [self.is_repeated, self.has_def_levels] {
            if has_levels {
                let (len, levels) = rest.split_first_chunk::<4>()?;
                rest = levels.get(u32::from_le_bytes(*len) as usize..)?;
            }
        }
        Some(rest)
    }
}

/// Reads all pages of a row group, within the limits of this module; the bytes of its largest dictionary.
///
/// For those who then let the parquet crate decode the group by itself. O(bytes of the group, decompressed).
///
/// # Errors
/// The reason why a page cannot be read, or must not.
pub(crate) fn check_group(file: File, group: &RowGroupMetaData) -> std::result::Result<usize, String> {
    let file = Arc::new(file);
    let mut largest = 0;
    for column in group.columns() {
        let n_values = Arc::new(AtomicUsize::new(0));
        let mut pages = Pages::new(file.clone(), column, n_values.clone());
        while let Some(page) = pages.next_page()? {
            n_values.store(0, Ordering::Relaxed);
            if page.is_dictionary_page() {
                largest = largest.max(page.buffer().len());
            }
        }
    }
    Ok(largest)
}

fn dictionary(header: &Header, buf: Bytes) -> Option<Page> {
    // Each value takes four bytes at least, or one where all have the same length.
    let num_values = Some(header.n_values).filter(|n| *n as usize <= buf.len())?;
    Some(Page::DictionaryPage { buf, num_values, encoding: encoding(header.encoding)?, is_sorted: false })
}

fn data(header: &Header, buf: Bytes) -> Option<Page> {
    Some(Page::DataPage {
        buf,
        num_values: header.n_values,
        encoding: encoding(header.encoding)?,
        def_level_encoding: encoding(header.def_encoding)?,
        rep_level_encoding: encoding(header.rep_encoding)?,
        statistics: None,
    })
}

fn data_v2(header: &Header, buf: Bytes) -> Option<Page> {
    Some(Page::DataPageV2 {
        buf,
        num_values: header.n_values,
        encoding: encoding(header.encoding)?,
        num_nulls: header.n_nulls,
        num_rows: header.n_rows,
        def_levels_byte_len: u32::try_from(header.def_bytes).ok()?,
        rep_levels_byte_len: u32::try_from(header.rep_bytes).ok()?,
        is_compressed: header.is_compressed,
        statistics: None,
    })
}

/// Whether the footer says that values of a column may be built from the ones before.
pub(super) fn shares(column: &ColumnChunkMetaData) -> bool {
    column.encodings().any(|encoding| encoding == Encoding::DELTA_BYTE_ARRAY)
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Result<Page>> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        self.next_page().map_err(ParquetError::General)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        Err(ParquetError::NYI("pages are read in their order".to_owned()))
    }

    fn skip_next_page(&mut self) -> Result<()> {
        Err(ParquetError::NYI("pages are read in their order".to_owned()))
    }

    /// Only at the end is it sure that no page goes on with the last record; elsewhere the next page's levels tell.
    fn at_record_boundary(&mut self) -> Result<bool> {
        Ok(self.at >= self.end)
    }
}
