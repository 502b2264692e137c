//! What of each article may be furniture, in files by outlet, so that the pages of one outlet are read together.

use crate::error::Result;
use crate::furniture::{PageUnits, UNIT_BITS};
use crate::spill::{Space, Spill};

/// Number of files. Each outlet's pages are in one of them.
const N_GROUPS: u32 = 64;

/// Bytes of a unit, which is no longer than that.
const UNIT_BYTES: usize = UNIT_BITS as usize / 8;

fn unit(bytes: &[u8; UNIT_BYTES]) -> u64 {
    let mut all = [0; 8];
    all[..UNIT_BYTES].copy_from_slice(bytes);
    u64::from_le_bytes(all)
}

/// The [`units`](crate::furniture::units) of all articles: five bytes of disk each, some 200 an article.
#[derive(Debug)]
pub(super) struct Units {
    groups: Vec<Spill>,
    /// The bytes of one article's.
    bytes: Vec<u8>,
}

impl Units {
    pub(super) fn new(space: &Space) -> Result<Self> {
        let groups = Units::file_names().map(|name| space.named(&name));
        Ok(Units { groups: groups.collect::<Result<_>>()?, bytes: Vec::new() })
    }

    pub(super) fn push(&mut self, outlet: u32, position: u32, units: &[u64]) -> Result<()> {
        let head = u64::from(position) << 32 | units.len() as u64;
        self.bytes.clear();
        self.bytes.extend_from_slice(&head.to_le_bytes());
        for unit in units {
            self.bytes.extend_from_slice(&unit.to_le_bytes()[..UNIT_BYTES]);
        }
        self.groups[(outlet % N_GROUPS) as usize].append(&self.bytes)?;
        Ok(())
    }

    pub(super) fn flush(&mut self) -> Result<()> {
        self.groups.iter_mut().try_for_each(Spill::flush)
    }

    pub(super) fn file_names() -> impl Iterator<Item = String> {
        (0..N_GROUPS).map(|number| format!("units-{number:02}"))
    }

    /// The files, in the order of their names.
    pub(super) fn files(&mut self) -> impl Iterator<Item = &mut Spill> {
        self.groups.iter_mut()
    }

    pub(super) fn n_groups(&self) -> usize {
        self.groups.len()
    }

    /// The pages of one file.
    pub(super) fn read(&self, group: usize) -> Result<PageUnits> {
        let bytes = self.groups[group].all()?;
        let mut rest = bytes.as_slice();
        let mut read = PageUnits::with_room_for(bytes.len() / UNIT_BYTES);
        while let Some((head, after)) = rest.split_first_chunk::<8>() {
            let head = u64::from_le_bytes(*head);
            let (own, after) = after.split_at(UNIT_BYTES * head as u32 as usize);
            read.push((head >> 32) as u32, own.as_chunks::<UNIT_BYTES>().0.iter().map(unit));
            rest = after;
        }
        Ok(read)
    }
}
