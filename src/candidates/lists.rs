//! The lists of articles that share a key, in files. Articles go by their rank in length here, so that the members of a
//! list stand longest first.

use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use super::partners::Meeting;
use super::postings::{N_PARTITIONS, PARTITION_BITS, Postings};
use crate::error::Result;
use crate::spill::{Space, Spill};

/// The rank of an article whose keys do not count.
pub(super) const NOT_FILED: u32 = u32::MAX;
/// Set in the first member of each list.
const FIRST: u32 = 1 << 31;

/// The lists of the keys that several articles share, and what can be said of each article before they are read.
pub(super) struct Lists {
    files: Vec<Spill>,
    /// Different keys of each rank, those it shares with nobody too.
    pub(super) n_keys: Vec<u32>,
    /// How many members each rank meets in all lists.
    pub(super) n_met: Vec<u32>,
}

impl Lists {
    /// Sorts one file of postings after the other, as many at once as there are threads. `rank_of` has the rank of each
    /// place in the input.
    pub(super) fn new(mut postings: Postings, rank_of: &[u32], meeting: &Meeting<'_>, space: &Space) -> Result<Self> {
        postings.flush()?;
        let zeros = || rank_of.iter().map(|_| AtomicU32::new(0)).collect::<Vec<_>>();
        let (n_keys, n_met) = (zeros(), zeros());
        let file = |partition| {
            let mut file = space.file()?;
            let mut members = members(&postings, partition, rank_of, &n_keys)?;
            file.append_numbers(&members)?;
            unflagged_lists(&mut members, &mut |list| {
                meeting.for_each(list, 1..list.len(), |rank, partners| {
                    n_met[rank as usize].fetch_add(partners.len() as u32, Ordering::Relaxed);
                });
            });
            file.flush()?;
            Ok(file)
        };
        let files = (0..N_PARTITIONS).into_par_iter().with_max_len(1).map(file).collect::<Result<_>>()?;
        let plain = |counts: Vec<AtomicU32>| counts.into_iter().map(AtomicU32::into_inner).collect();
        Ok(Lists { files, n_keys: plain(n_keys), n_met: plain(n_met) })
    }

    /// Reads every list: its members, longest first.
    pub(super) fn for_each(&self, mut take: impl FnMut(&[u32])) -> Result<()> {
        let mut members: Vec<u32> = Vec::new();
        for file in &self.files {
            let mut at = 0;
            while at < file.len() {
                let n = READ_AT_ONCE.min((file.len() - at) as usize);
                let n_before = members.len();
                members.resize(n_before + n / 4, 0);
                file.read_numbers(at, &mut members[n_before..])?;
                at += n as u64;
                // The last list may go on in what is read next.
                let whole = if at == file.len() {
                    members.len()
                } else {
                    members.iter().rposition(|member| member & FIRST != 0).unwrap_or(0)
                };
                unflagged_lists(&mut members[..whole], &mut take);
                members.drain(..whole);
            }
        }
        Ok(())
    }
}

/// Bytes that are read at once, a multiple of those of a member.
const READ_AT_ONCE: usize = 1 << 20;

/// The members of the lists of one file of postings, list after list.
fn members(postings: &Postings, partition: usize, rank_of: &[u32], n_keys: &[AtomicU32]) -> Result<Vec<u32>> {
    let mut filed = sorted(postings, partition, rank_of)?;
    filed.dedup();
    let mut members = Vec::with_capacity(filed.len());
    for list in filed.chunk_by(|x, y| x >> 32 == y >> 32) {
        for &filed in list {
            n_keys[filed as u32 as usize].fetch_add(1, Ordering::Relaxed);
        }
        if list.len() > 1 {
            members.push(list[0] as u32 | FIRST);
            members.extend(list[1..].iter().map(|&filed| filed as u32));
        }
    }
    Ok(members)
}

/// The postings of one file that count, ascending, each with the rank of its article below its key.
///
/// The file is read twice, so that each posting is put among those that begin like it at once, and only these few, which stay
/// in the cache, have to be sorted.
fn sorted(postings: &Postings, partition: usize, rank_of: &[u32]) -> Result<Vec<u64>> {
    let bits = (postings.len(partition) / USUAL_BUCKET).next_power_of_two().trailing_zeros().min(MAX_BUCKET_BITS);
    let bucket = |key: u32| (key << PARTITION_BITS).checked_shr(32 - bits).unwrap_or(0) as usize;
    let mut ends = vec![0; 1 << bits];
    postings.read(partition, |posting| {
        ends[bucket(posting.key)] += usize::from(rank_of[posting.position as usize] != NOT_FILED);
    })?;
    let mut n = 0;
    for end in &mut ends {
        // Where the next one goes, which is the end once all are there.
        n += std::mem::replace(end, n);
    }
    let mut filed = vec![0; n];
    postings.read(partition, |posting| {
        let rank = rank_of[posting.position as usize];
        if rank != NOT_FILED {
            let next = &mut ends[bucket(posting.key)];
            filed[*next] = u64::from(posting.key) << 32 | u64::from(rank);
            *next += 1;
        }
    })?;
    let mut start = 0;
    for end in ends {
        filed[start..end].sort_unstable();
        start = end;
    }
    Ok(filed)
}

/// Postings that are sorted together, about.
const USUAL_BUCKET: usize = 256;
/// More buckets are no longer all in the cache.
const MAX_BUCKET_BITS: u32 = 14;

/// Passes on list after list, without the flags of their first members.
fn unflagged_lists(members: &mut [u32], take: &mut impl FnMut(&[u32])) {
    for list in members.chunk_by_mut(|_, next| next & FIRST == 0) {
        list[0] &= !FIRST;
        take(list);
    }
}
