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

/// Bits of a posting that say which article of its group it is: as many as the file says of its key.
const ARTICLE_BITS: u32 = PARTITION_BITS;
/// Articles of a group.
pub(crate) const GROUPED: usize = 1 << ARTICLE_BITS;

/// The keys of some articles, by the files that they go to, so that whoever fills these only appends.
#[derive(Debug, Default)]
pub struct Group {
    /// The lower bits of a key, and the article's place in the group.
    postings: Vec<u32>,
    /// Where those of each file end.
    ends: Vec<usize>,
}

impl Group {
    /// Groups the keys of articles, of which there are 64 at most. O(keys).
    pub fn new<'a>(articles: impl Iterator<Item = &'a [u32]> + Clone) -> Self {
        let keyed = || (0u32..).zip(articles.clone()).flat_map(|(at, keys)| keys.iter().map(move |&key| (key, at)));
        let mut ends = vec![0; N_PARTITIONS];
        keyed().for_each(|(key, _)| ends[partition(key)] += 1);
        let mut n = 0;
        for end in &mut ends {
            // Where the next one goes, which is the end once all are there.
            n += std::mem::replace(end, n);
        }
        let mut postings = vec![0; n];
        keyed().for_each(|(key, at)| {
            let next = &mut ends[partition(key)];
            postings[*next] = key << ARTICLE_BITS | at;
            *next += 1;
        });
        Group { postings, ends }
    }

    /// The postings of each file.
    fn parts(&self) -> impl Iterator<Item = &[u32]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| &self.postings[std::mem::replace(&mut start, end)..end])
    }
}

fn partition(key: u32) -> usize {
    (key >> (32 - PARTITION_BITS)) as usize
}

/// The keys of all articles of a run, by the articles' places in the input: four bytes of disk a key, at the default scale
/// about 350 to 400 an article of 460 words.
///
/// A file is a row of blocks, one for each group that has keys of it: the number of the group's first article, how many
/// postings there are, and these, each in four bytes.
#[derive(Debug)]
pub struct Postings {
    partitions: Vec<Spill>,
    /// The articles whose keys were stated again, a bit for each.
    restated: Vec<u64>,
    /// The numbers of one block.
    block: Vec<u32>,
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
        Ok(Postings { partitions: partitions.collect::<Result<_>>()?, restated: Vec::new(), block: Vec::new() })
    }

    /// Files the articles of a group, the first of which has this position and the others those after it.
    ///
    /// # Errors
    /// [`Error::Write`](crate::error::Error::Write) where a file cannot be written.
    pub fn push(&mut self, group: &Group, first: u32) -> Result<()> {
        for (file, own) in self.partitions.iter_mut().zip(group.parts()).filter(|(_, own)| !own.is_empty()) {
            self.block.clear();
            self.block.extend([first, own.len() as u32]);
            self.block.extend_from_slice(own);
            file.append_numbers(&self.block)?;
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
        self.push(&Group::new(std::iter::once(keys)), position | RESTATED)
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
        let upper = (partition as u32) << (32 - PARTITION_BITS);
        let mut buffer = vec![0; READ_AT_ONCE.min(file.len() as usize) / 4];
        let mut at = 0;
        let mut block = Block::Before;
        while at < file.len() {
            let n = READ_AT_ONCE.min((file.len() - at) as usize);
            let read = &mut buffer[..n / 4];
            file.read_numbers(at, read)?;
            at += n as u64;
            let mut values = &*read;
            while let Some((&value, after)) = values.split_first() {
                (block, values) = match block {
                    Block::Before => (Block::Of { first: value }, after),
                    Block::Of { first } => (Block::Within { first, left: value as usize }, after),
                    Block::Within { first, left } => {
                        let (own, after) = values.split_at(left.min(values.len()));
                        for posting in own {
                            let position = (first & !RESTATED) + (posting & (GROUPED as u32 - 1));
                            if first & RESTATED != 0 || !self.is_restated(position) {
                                take(Posting { key: upper | posting >> ARTICLE_BITS, position });
                            }
                        }
                        match left - own.len() {
                            0 => (Block::Before, after),
                            left => (Block::Within { first, left }, after),
                        }
                    }
                };
            }
        }
        Ok(())
    }

    /// How many postings one file has at most.
    pub(super) fn len(&self, partition: usize) -> usize {
        (self.partitions[partition].len() / 4) as usize
    }

    fn is_restated(&self, position: u32) -> bool {
        self.restated.get(position as usize / 64).is_some_and(|word| word & 1 << (position % 64) != 0)
    }
}

/// Where in a block a reader is; what is read at once may end anywhere in it.
#[derive(Clone, Copy)]
enum Block {
    Before,
    /// Its first article is known.
    Of {
        first: u32,
    },
    /// And how many postings are left, one at least.
    Within {
        first: u32,
        left: usize,
    },
}

/// Bytes that are read at once, a multiple of those of a posting.
const READ_AT_ONCE: usize = 1 << 20;
