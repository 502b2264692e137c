//! Whom each article meets in the lists, and how often.

use std::ops::Range;

use rayon::prelude::*;

use super::lists::Lists;
use super::partners::Meeting;
use super::share_enough;
use crate::error::Result;

/// The pairs that share enough keys, as ranks, in some order: each once, from its shorter side.
///
/// The lists are read once for each stretch of articles whose meetings fit into a thread's part of the memory.
pub(super) fn pairs(lists: &Lists, meeting: &Meeting<'_>, memory: u64) -> Result<Vec<Vec<(u32, u32)>>> {
    let n_threads = rayon::current_num_threads() as u64;
    let most = (memory / n_threads / size_of::<u32>() as u64).min(u64::from(u32::MAX)) as usize;
    let most = most.min(even_share(lists, n_threads));
    stretches(&lists.n_met, most)
        .into_par_iter()
        .with_max_len(1)
        .map(|ranks| of_stretch(lists, ranks, meeting))
        .collect()
}

/// Meetings in a stretch, if all threads are to have some.
fn even_share(lists: &Lists, n_threads: u64) -> usize {
    let all: u64 = lists.n_met.iter().map(|&n| u64::from(n)).sum();
    (all / (n_threads * STRETCHES_A_THREAD) + 1) as usize
}

/// Enough that no thread waits long for another to end, few enough that the lists are not read for nothing.
const STRETCHES_A_THREAD: u64 = 2;

/// Ranks in stretches with at most so many meetings, or one rank each.
fn stretches(n_met: &[u32], most: usize) -> Vec<Range<u32>> {
    let mut stretches = Vec::new();
    let (mut from, mut n) = (0u32, 0usize);
    for (rank, &met) in (0..).zip(n_met) {
        if n + met as usize > most && rank > from {
            stretches.push(from..rank);
            (from, n) = (rank, 0);
        }
        n += met as usize;
    }
    stretches.push(from..n_met.len() as u32);
    stretches
}

fn of_stretch(lists: &Lists, ranks: Range<u32>, meeting: &Meeting<'_>) -> Result<Vec<(u32, u32)>> {
    let mut met = Meetings::of(lists, ranks.clone(), meeting)?;
    let mut pairs = Vec::new();
    let mut tally = Tally::default();
    for rank in ranks {
        for &(other, n_shared) in tally.count(met.next_own()) {
            let smaller = lists.n_keys[rank as usize].min(lists.n_keys[other as usize]);
            if share_enough(n_shared as usize, smaller as usize, meeting.params) {
                pairs.push((other, rank));
            }
        }
    }
    Ok(pairs)
}

/// Counts how often each number is in a list: a table with linear probing, in memory that is kept for the next list.
#[derive(Default)]
struct Tally {
    /// For each slot the place in `counts` and one more; 0 where there is none.
    slots: Vec<u32>,
    counts: Vec<(u32, u32)>,
}

impl Tally {
    /// The different numbers of a list, in the order of the list, and how often each is there. O(length).
    fn count(&mut self, list: &[u32]) -> &[(u32, u32)] {
        let n_slots = (2 * list.len()).next_power_of_two();
        self.slots.clear();
        self.slots.resize(n_slots, 0);
        self.counts.clear();
        for &number in list {
            // The upper bits of a product depend on all of a number's (Knuth, "The Art of Computer Programming", section 6.4).
            let mut slot = (u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & (n_slots - 1);
            loop {
                match self.slots[slot] {
                    0 => {
                        self.counts.push((number, 1));
                        self.slots[slot] = self.counts.len() as u32;
                        break;
                    }
                    at => {
                        let (own, n) = &mut self.counts[at as usize - 1];
                        if *own == number {
                            *n += 1;
                            break;
                        }
                    }
                }
                slot = (slot + 1) & (n_slots - 1);
            }
        }
        &self.counts
    }
}

/// For each rank of a stretch the longer articles that it meets, once for each list.
struct Meetings {
    met: Vec<u32>,
    ends: std::vec::IntoIter<usize>,
    at: usize,
}

impl Meetings {
    fn of(lists: &Lists, ranks: Range<u32>, meeting: &Meeting<'_>) -> Result<Self> {
        let n_met = &lists.n_met[ranks.start as usize..ranks.end as usize];
        let mut next = Vec::with_capacity(n_met.len());
        let mut n = 0;
        for &own in n_met {
            next.push(n);
            n += own as usize;
        }
        let mut met = vec![0; n];
        lists.for_each(|list| {
            let from = list.partition_point(|&rank| rank < ranks.start);
            let to = from + list[from..].partition_point(|&rank| rank < ranks.end);
            meeting.for_each(list, from..to, |rank, partners| {
                let next = &mut next[(rank - ranks.start) as usize];
                met[*next..*next + partners.len()].copy_from_slice(partners);
                *next += partners.len();
            });
        })?;
        // What was the place of the next one is the end now.
        Ok(Meetings { met, ends: next.into_iter(), at: 0 })
    }

    /// Those of the next rank.
    fn next_own(&mut self) -> &[u32] {
        let start = self.at;
        self.at = self.ends.next().unwrap_or(start);
        &self.met[start..self.at]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_are_counted_as_one_by_one(lists in prop::collection::vec(prop::collection::vec(0u32..40, 0..60), 1..4)) {
            let mut tally = Tally::default();
            for list in lists {
                let mut counts = BTreeMap::new();
                list.iter().for_each(|number| *counts.entry(*number).or_insert(0) += 1);
                let mut found = tally.count(&list).to_vec();
                found.sort_unstable();
                prop_assert_eq!(found, counts.into_iter().collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn no_stretch_has_more_meetings_than_it_may_but_for_a_single_article() {
        assert_eq!(stretches(&[3, 3, 3, 9, 1, 0], 6), [0..2, 2..3, 3..4, 4..6]);
    }
}
