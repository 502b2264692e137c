//! Who meets whom in a list of articles that share a key.

use std::ops::Range;

use crate::params::Params;

/// How the members of a list meet.
pub(super) struct Meeting<'a> {
    pub(super) params: &'a Params,
    /// For each rank whether it is a hub's; nothing where there are none.
    is_hub: Vec<bool>,
}

/// In a list too long for all pairs: the members just before it in length that each is compared with.
const NEIGHBORS: usize = 2;
/// Hubs of such a list that meet all its members.
const MOST_HUBS: usize = 8;

impl<'a> Meeting<'a> {
    /// Of so many ranks, with hubs among them.
    pub(super) fn new(hubs: impl Iterator<Item = u32>, n_ranks: usize, params: &'a Params) -> Self {
        let mut is_hub = Vec::new();
        for rank in hubs {
            is_hub.resize(n_ranks, false);
            is_hub[rank as usize] = true;
        }
        Meeting { params, is_hub }
    }

    /// Passes on those longer members of a list that each member in some places meets, in one stretch or several; each once.
    ///
    /// O(1) a member, but for the hubs: each meets all.
    #[inline]
    pub(super) fn for_each(&self, list: &[u32], places: Range<usize>, mut meet: impl FnMut(u32, &[u32])) {
        let limit = self.params.all_pairs_limit;
        for at in places.start..places.end.min(limit) {
            meet(list[at], &list[..at]);
        }
        if places.end <= limit {
            return;
        }
        let hubs = self.hubs(list);
        for at in places.start.max(limit)..places.end {
            if hubs.contains(&at) {
                meet(list[at], &list[..at]);
                continue;
            }
            let n_longest = self.params.representatives.min(at);
            let neighbors = (at - NEIGHBORS).max(n_longest);
            meet(list[at], &list[..n_longest]);
            for &hub in hubs.iter().filter(|hub| (n_longest..neighbors).contains(*hub)) {
                meet(list[at], &list[hub..=hub]);
            }
            meet(list[at], &list[neighbors..at]);
        }
    }

    /// The places of the first few hubs of a list.
    fn hubs(&self, list: &[u32]) -> Vec<usize> {
        if self.is_hub.is_empty() {
            return Vec::new();
        }
        let hubs = list.iter().enumerate().filter(|(_, rank)| self.is_hub[**rank as usize]);
        hubs.map(|(place, _)| place).take(MOST_HUBS).collect()
    }
}
