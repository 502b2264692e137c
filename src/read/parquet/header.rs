//! The header that each page has before its bytes.

use parquet::basic::Encoding;

use crate::read::parquet::thrift::{Cursor, Field, Flaw, Kind};

/// What a page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum PageKind {
    #[default]
    Data,
    DataV2,
    Dictionary,
    /// An index, or something that the format does not know yet.
    Other,
}

/// What the header of a page claims.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Bytes of the header itself.
    pub(super) len: usize,
    pub(super) kind: PageKind,
    /// Bytes of the page, and of what it was compressed into.
    pub(super) size: usize,
    pub(super) packed_size: usize,
    pub(super) n_values: u32,
    pub(super) encoding: u32,
    pub(super) def_encoding: u32,
    pub(super) rep_encoding: u32,
    pub(super) n_nulls: u32,
    pub(super) n_rows: u32,
    /// Bytes of the levels, where the header says so.
    pub(super) def_bytes: usize,
    pub(super) rep_bytes: usize,
    pub(super) is_compressed: bool,
}

impl Header {
    /// Reads the header that the bytes begin with.
    pub(super) fn read(bytes: &[u8]) -> Result<Header, Flaw> {
        let mut header = Header { is_compressed: true, ..Header::default() };
        let mut cursor = Cursor::new(bytes);
        let mut id = 0;
        while let Some(field) = cursor.field(id)? {
            id = field.id;
            match (field.id, field.kind) {
                (1, _) => header.kind = page_kind(cursor.size(field)?),
                (2, _) => header.size = cursor.size(field)? as usize,
                (3, _) => header.packed_size = cursor.size(field)? as usize,
                (5, Kind::Struct) => header.details(&mut cursor, Header::detail_of_v1)?,
                (7, Kind::Struct) => header.details(&mut cursor, Header::detail_of_dictionary)?,
                (8, Kind::Struct) => header.details(&mut cursor, Header::detail_of_v2)?,
                (_, kind) => cursor.skip(kind)?,
            }
        }
        header.len = cursor.at();
        Ok(header)
    }

    fn details(
        &mut self,
        cursor: &mut Cursor<'_>,
        detail: fn(&mut Header, &mut Cursor<'_>, Field) -> Result<(), Flaw>,
    ) -> Result<(), Flaw> {
        let mut id = 0;
        while let Some(field) = cursor.field(id)? {
            id = field.id;
            detail(self, cursor, field)?;
        }
        Ok(())
    }

    fn detail_of_v1(&mut self, cursor: &mut Cursor<'_>, field: Field) -> Result<(), Flaw> {
        match field.id {
            1 => self.n_values = cursor.size(field)?,
            2 => self.encoding = cursor.size(field)?,
            3 => self.def_encoding = cursor.size(field)?,
            4 => self.rep_encoding = cursor.size(field)?,
            _ => cursor.skip(field.kind)?,
        }
        Ok(())
    }

    fn detail_of_dictionary(&mut self, cursor: &mut Cursor<'_>, field: Field) -> Result<(), Flaw> {
        match field.id {
            1 => self.n_values = cursor.size(field)?,
            2 => self.encoding = cursor.size(field)?,
            _ => cursor.skip(field.kind)?,
        }
        Ok(())
    }

    fn detail_of_v2(&mut self, cursor: &mut Cursor<'_>, field: Field) -> Result<(), Flaw> {
        match field.id {
            1 => self.n_values = cursor.size(field)?,
            2 => self.n_nulls = cursor.size(field)?,
            3 => self.n_rows = cursor.size(field)?,
            4 => self.encoding = cursor.size(field)?,
            5 => self.def_bytes = cursor.size(field)? as usize,
            6 => self.rep_bytes = cursor.size(field)? as usize,
            7 => self.is_compressed = field.kind != Kind::False,
            _ => cursor.skip(field.kind)?,
        }
        Ok(())
    }
}

fn page_kind(code: u32) -> PageKind {
    match code {
        0 => PageKind::Data,
        2 => PageKind::Dictionary,
        3 => PageKind::DataV2,
        _ => PageKind::Other,
    }
}

/// The encoding of a number in the format.
pub(super) fn encoding(code: u32) -> Option<Encoding> {
    Some(match code {
        0 => Encoding::PLAIN,
        2 => Encoding::PLAIN_DICTIONARY,
        3 => Encoding::RLE,
        #[expect(deprecated, reason = "old files have levels in it")]
        4 => Encoding::BIT_PACKED,
        5 => Encoding::DELTA_BINARY_PACKED,
        6 => Encoding::DELTA_LENGTH_BYTE_ARRAY,
        7 => Encoding::DELTA_BYTE_ARRAY,
        8 => Encoding::RLE_DICTIONARY,
        9 => Encoding::BYTE_STREAM_SPLIT,
        _ => return None,
    })
}
