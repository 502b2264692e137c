//! The keys of the articles, in files by the keys' upper bits.

use crate::error::Result;
use crate::spill::{Space, Spill};

/// Upper bits of a key that say which file it goes to.
pub(super) const PARTITION_BITS: u32 = 6;
/// Number of files.
pub(super) const N_PARTITIONS: usize = 1 << PARTITION_BITS;
/// Set in the number of an article whose keys were stated again.
const RESTATED: u32 = 1 << 31;
/// Articles that can be filed: one bit of their number is in use.
pub(crate) const MAX_ARTICLES: u32 = RESTATED - 1;

/// The keys of all articles of a run, by the articles' places in the input: eight bytes of disk a key, at the default scale
/// about 700 an article of 460 words.
#[derive(Debug)]
pub struct Postings {
    partitions: Vec<Spill>,
    /// The articles whose keys were stated again, a bit for each.
    restated: Vec<u64>,
}

/// An article under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) key: u32,
    pub(super) position: u32,
}

impl Postings {
    /// No keys, in temporary files of their own.
    ///
    /// # Errors
    /// [`Error::Write`](crate::error::Error::Write) where no file can be made.
    pub fn new(space: &Space) -> Result<Self> {
        let partitions = Postings::file_names().map(|name| space.named(&name));
        Ok(Postings { partitions: partitions.collect::<Result<_>>()?, restated: Vec::new() })
    }

    /// Files an article under keys.
    ///
    /// # Errors
    /// [`Error::Write`](crate::error::Error::Write) where a file cannot be written.
    pub fn push(&mut self, keys: &[u32], position: u32) -> Result<()> {
        for &key in keys {
            let posting = u64::from(key) << 32 | u64::from(position);
            self.partitions[(key >> (32 - PARTITION_BITS)) as usize].append(&posting.to_le_bytes())?;
        }
        Ok(())
    }

    /// Files an article under other keys than before.
    ///
    /// # Errors
    /// [`Error::Write`](crate::error::Error::Write) where a file cannot be written.
    pub fn restate(&mut self, keys: &[u32], position: u32) -> Result<()> {
        let word = position as usize / 64;
        if self.restated.len() <= word {
            self.restated.resize(word + 1, 0);
        }
        self.restated[word] |= 1 << (position % 64);
        self.push(keys, position | RESTATED)
    }

    /// The names of the files, for a run that may be resumed.
    pub(crate) fn file_names() -> impl Iterator<Item = String> {
        (0..N_PARTITIONS).map(|number| format!("postings-{number:02}"))
    }

    /// The files, in the order of their names.
    pub(crate) fn files(&mut self) -> impl Iterator<Item = &mut Spill> {
        self.partitions.iter_mut()
    }

    /// Makes all that was pushed readable.
    ///
    /// # Errors
    /// [`Error::Write`](crate::error::Error::Write).
    pub(super) fn flush(&mut self) -> Result<()> {
        self.partitions.iter_mut().try_for_each(Spill::flush)
    }

    /// Reads the postings of one file that count.
    pub(super) fn read(&self, partition: usize, mut take: impl FnMut(Posting)) -> Result<()> {
        let file = &self.partitions[partition];
        let mut buffer = vec![0; READ_AT_ONCE.min(file.len() as usize)];
        let mut at = 0;
        while at < file.len() {
            let n = READ_AT_ONCE.min((file.len() - at) as usize);
            file.read(at, &mut buffer[..n])?;
            at += n as u64;
            let (postings, _) = buffer[..n].as_chunks::<8>();
            for posting in postings.iter().map(|bytes| u64::from_le_bytes(*bytes)) {
                let (key, position) = ((posting >> 32) as u32, posting as u32);
                let own = position & !RESTATED;
                if position != own || !self.is_restated(own) {
                    take(Posting { key, position: own });
                }
            }
        }
        Ok(())
    }

    /// How many postings one file has at most.
    pub(super) fn len(&self, partition: usize) -> usize {
        (self.partitions[partition].len() / 8) as usize
    }

    fn is_restated(&self, position: u32) -> bool {
        self.restated.get(position as usize / 64).is_some_and(|word| word & 1 << (position % 64) != 0)
    }
}

/// Bytes that are read at once, a multiple of those of a posting.
const READ_AT_ONCE: usize = 1 << 20;
