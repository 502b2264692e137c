//! The footer: what a file holds, and where. Checked before the parquet crate reads it, and its places after.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};

use crate::read::parquet::thrift::{Cursor, Flaw, Kind};

/// What a file begins with, and ends with.
const MAGIC: &[u8] = b"PAR1";
/// What an encrypted one ends with.
const ENCRYPTED: &[u8] = b"PARE";

/// Bytes of the longest footer that is read: a column of a row group takes about a hundred.
const MOST_FOOTER_BYTES: u64 = 256 << 20;

/// Groups of columns inside groups, at most.
const DEEPEST_SCHEMA: usize = 64;

/// Reads what a file holds.
///
/// # Errors
/// The reason why it is no whole Parquet file.
pub(crate) fn read(file: &File) -> Result<ParquetMetaData, String> {
    let len = file.metadata().map_err(|e| e.to_string())?.len();
    let (start, footer) = footer_bytes(file, len).map_err(|e| e.to_string())??;
    check_footer(&footer).map_err(|flaw| match flaw {
        Flaw::Ends => "its Parquet footer is damaged: it claims more than it holds".to_owned(),
        Flaw::Nonsense => "its Parquet footer is damaged".to_owned(),
    })?;
    drop(footer);
    let metadata = ParquetMetaDataReader::new()
        .parse_and_finish(file)
        .map_err(|e| format!("its Parquet footer cannot be read: {}", super::said(&e)))?;
    check_places(&metadata, start)?;
    Ok(metadata)
}

/// Where the footer begins, and its bytes.
fn footer_bytes(mut file: &File, len: u64) -> std::io::Result<Result<(u64, Vec<u8>), String>> {
    let mut head = [0; 4];
    let mut tail = [0; 8];
    // The two marks and the footer's length.
    if len < 12 {
        return Ok(Err(no_footer()));
    }
    file.rewind()?;
    file.read_exact(&mut head)?;
    file.seek(SeekFrom::Start(len - 8))?;
    file.read_exact(&mut tail)?;
    let (size, mark) = tail.split_at(4);
    if mark == ENCRYPTED || head == ENCRYPTED {
        return Ok(Err("it is encrypted".to_owned()));
    }
    if mark != MAGIC {
        return Ok(Err(no_footer()));
    }
    if head != MAGIC {
        return Ok(Err("it does not begin as a Parquet file does: it is damaged".to_owned()));
    }
    let size = size.iter().rev().fold(0, |size, byte| size << 8 | u64::from(*byte));
    if size > len - 12 {
        let room = len - 12;
        return Ok(Err(format!("its Parquet footer claims {size} bytes, and the file has {room}: it is damaged")));
    }
    if size > MOST_FOOTER_BYTES {
        return Ok(Err(format!("its Parquet footer has {size} bytes; at most {MOST_FOOTER_BYTES} are read")));
    }
    let start = len - 8 - size;
    let mut footer = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.take(size).read_to_end(&mut footer)?;
    Ok(Ok((start, footer)))
}

fn no_footer() -> String {
    "the file has no Parquet footer: it may have been cut off".to_owned()
}

/// Walks over the footer: its lengths are true, and its schema is not too deep.
fn check_footer(footer: &[u8]) -> Result<(), Flaw> {
    let mut cursor = Cursor::new(footer);
    let mut id = 0;
    while let Some(field) = cursor.field(id)? {
        id = field.id;
        match (field.id, field.kind) {
            (2, Kind::List) => check_schema(&mut cursor)?,
            _ => cursor.skip(field.kind)?,
        }
    }
    Ok(())
}

/// The schema is a tree, written as a list: each element says how many of those after it are its children.
fn check_schema(cursor: &mut Cursor<'_>) -> Result<(), Flaw> {
    let list = cursor.list()?;
    if list.kind != Kind::Struct {
        return Err(Flaw::Nonsense);
    }
    // How many children each open group still lacks.
    let mut open: Vec<u32> = Vec::new();
    for _ in 0..list.len {
        let n_children = n_children(cursor)?;
        if let Some(lacking) = open.last_mut() {
            *lacking -= 1;
        }
        if n_children as usize > list.len || open.len() == DEEPEST_SCHEMA {
            return Err(Flaw::Nonsense);
        }
        open.push(n_children);
        while open.last() == Some(&0) {
            open.pop();
        }
    }
    if open.is_empty() { Ok(()) } else { Err(Flaw::Nonsense) }
}

/// Reads an element of the schema.
fn n_children(cursor: &mut Cursor<'_>) -> Result<u32, Flaw> {
    let mut n_children = 0;
    let mut id = 0;
    while let Some(field) = cursor.field(id)? {
        id = field.id;
        match field.id {
            5 => n_children = cursor.size(field)?,
            _ => cursor.skip(field.kind)?,
        }
    }
    Ok(n_children)
}

/// Whether the columns lie where a file's columns may: between its first mark and its footer.
fn check_places(metadata: &ParquetMetaData, end: u64) -> Result<(), String> {
    let n_columns = metadata.file_metadata().schema_descr().num_columns();
    for (i, group) in metadata.row_groups().iter().enumerate() {
        let is_whole = group.num_columns() == n_columns && group.num_rows() >= 0;
        let is_inside = group.columns().iter().all(|column| {
            let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
            let (start, len) = (u64::try_from(start).ok(), u64::try_from(column.compressed_size()).ok());
            let end_of_column = start.zip(len).and_then(|(start, len)| start.checked_add(len));
            start >= Some(MAGIC.len() as u64) && end_of_column.is_some_and(|e| e <= end)
        });
        if !is_whole || !(is_inside || group.num_rows() == 0) {
            return Err(format!("its Parquet footer is damaged: row group {} lies outside the file", i + 1));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(n_children: u8) -> Vec<u8> {
        // 4: name "a", 5: number of children (zigzag).
        vec![0x48, 1, b'a', 0x15, n_children * 2, 0]
    }

    fn schema(children: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0x29, 0xFC];
        let mut len = children.len();
        while len >= 0x80 {
            bytes.push(len as u8 | 0x80);
            len >>= 7;
        }
        bytes.push(len as u8);
        bytes.extend(children.iter().flat_map(|n| element(*n)));
        bytes.push(0);
        bytes
    }

    #[test]
    fn a_schema_is_one_tree_and_not_too_deep() {
        assert_eq!(check_footer(&schema(&[2, 0, 0])), Ok(()));
        assert_eq!(check_footer(&schema(&[2, 0, 1, 0])), Ok(()));
        for bad in [&[3, 0, 0][..], &[60, 0, 0]] {
            assert_eq!(check_footer(&schema(bad)), Err(Flaw::Nonsense), "{bad:?}");
        }
        let chain = |n: usize| [vec![1; n], vec![0]].concat();
        assert_eq!(check_footer(&schema(&chain(DEEPEST_SCHEMA - 1))), Ok(()));
        assert_eq!(check_footer(&schema(&chain(DEEPEST_SCHEMA))), Err(Flaw::Nonsense));
        assert_eq!(check_footer(&schema(&chain(100_000))), Err(Flaw::Nonsense));
    }
}
