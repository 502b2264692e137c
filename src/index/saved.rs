//! The figures of an index being filled, as a run that may be resumed writes them down.

use serde::{Deserialize, Serialize};

use super::packed::Row;
use crate::article::{Published, Zone};
use crate::error::Result;
use crate::spill::{Space, Spill};

/// A [`Row`] on disk, after its length in bytes.
#[derive(Debug, Serialize, Deserialize)]
struct SavedRow<'a> {
    id: &'a str,
    outlet: &'a str,
    /// Seconds, and whether a zone was stated.
    published: Option<(i64, bool)>,
    content: u64,
    n_words: u32,
    n_entry_bytes: u32,
}

/// The rows of all articles in the order of the input, where they are kept.
#[derive(Debug)]
pub(super) struct Rows {
    file: Spill,
}

impl Rows {
    pub(super) const NAME: &'static str = "rows";

    /// `None` for a run that is not resumed.
    pub(super) fn new(space: &Space) -> Result<Option<Self>> {
        space.resume.is_some().then(|| Ok(Rows { file: space.named(Rows::NAME)? })).transpose()
    }

    pub(super) fn file(&mut self) -> &mut Spill {
        &mut self.file
    }

    pub(super) fn push(&mut self, row: &Row) -> Result<()> {
        let saved = SavedRow {
            id: &row.id,
            outlet: &row.outlet,
            published: row.published.map(|p| (p.unix_seconds, p.zone == Zone::Stated)),
            content: row.content,
            n_words: row.n_words,
            n_entry_bytes: row.n_entry_bytes,
        };
        let bytes = postcard::to_allocvec(&saved).map_err(|e| self.file.write_error(std::io::Error::other(e)))?;
        self.file.append(&(bytes.len() as u64).to_le_bytes())?;
        self.file.append(&bytes)?;
        Ok(())
    }

    /// Reads all rows back.
    pub(super) fn read(&self, mut take: impl FnMut(Row) -> Result<()>) -> Result<()> {
        let mut at = 0;
        while at < self.file.len() {
            let mut length = [0; 8];
            self.file.read(at, &mut length)?;
            let length = u64::from_le_bytes(length);
            if length > self.file.len() - at {
                return Err(self.file.read_error(std::io::ErrorKind::InvalidData.into()));
            }
            let bytes = self.file.bytes(at + 8, length as usize)?;
            let row: SavedRow<'_> =
                postcard::from_bytes(&bytes).map_err(|e| self.file.read_error(std::io::Error::other(e)))?;
            let zone = |stated| if stated { Zone::Stated } else { Zone::AssumedUtc };
            take(Row {
                id: row.id.to_owned(),
                outlet: row.outlet.to_owned(),
                published: row.published.map(|(at, stated)| Published { unix_seconds: at, zone: zone(stated) }),
                content: row.content,
                n_words: row.n_words,
                n_entry_bytes: row.n_entry_bytes,
                n_units: 0,
            })?;
            at += 8 + length;
        }
        Ok(())
    }
}
