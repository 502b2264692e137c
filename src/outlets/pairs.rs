//! Pairs of outlets that have stories in common, and which of the two had them first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::visits::{Visit, Visits};
use super::{Ahead, MAX_PAIRS, Names, Outlet, PAIRED_OUTLETS, Pair, Shared, median};
use crate::story::{Stories, Story};

/// What pairing the outlets came to.
pub(super) struct Paired {
    /// The outlets, with [`Outlet::unpaired`].
    pub(super) outlets: Vec<Outlet>,
    pub(super) pairs: Vec<Pair>,
    pub(super) n_pairs: u64,
    pub(super) capped_stories: u64,
}

/// Two outlets that both have a story: 20 bytes, as there may be many.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Meeting {
    /// Their places, ascending.
    outlets: [u32; 2],
    is_of_agency: bool,
    /// Seconds from the first one's copy to the second one's; negative where the second was earlier. Beyond 68 years as
    /// 68 years: dates of scraped pages are off by more than that.
    lag: Option<i32>,
}

/// Pairs the outlets of each story; `place` has the place in `outlets` of each outlet's number.
pub(super) fn pairs(stories: &Stories, names: &Names<'_>, mut outlets: Vec<Outlet>, place: &[u32]) -> Paired {
    let rank = ranks(&outlets);
    let mut meetings = Vec::new();
    let mut capped_stories = 0;
    for story in &stories.stories {
        let mut visits = visitors(story, names, place);
        if visits.len() > PAIRED_OUTLETS {
            capped_stories += 1;
            visits.sort_unstable_by_key(|visit| rank[visit.outlet as usize]);
            for left_out in visits.drain(PAIRED_OUTLETS..) {
                outlets[left_out.outlet as usize].unpaired += 1;
            }
        }
        meet(&mut visits, story.agency.is_some(), &mut meetings);
    }
    meetings.par_sort_unstable();
    let (pairs, n_pairs) = most(&meetings, &outlets);
    Paired { outlets, pairs, n_pairs, capped_stories }
}

/// For each outlet how many have more stories; of those with equally many the first ones count as having more.
fn ranks(outlets: &[Outlet]) -> Vec<usize> {
    let mut by_stories: Vec<usize> = (0..outlets.len()).collect();
    by_stories.sort_by_key(|&at| Reverse(outlets[at].stories));
    let mut rank = vec![0; outlets.len()];
    for (n_before, at) in by_stories.into_iter().enumerate() {
        rank[at] = n_before;
    }
    rank
}

/// The outlets of a story by their places, without the sites of the agency that wrote it.
fn visitors(story: &Story, names: &Names<'_>, place: &[u32]) -> Vec<Visit> {
    let agency = story.agency.as_ref().map(|attribution| attribution.agency);
    let is_source = |outlet: u32| agency.is_some() && names.agencies[outlet as usize] == agency;
    let visits = Visits::of(story, names).visits.into_iter().filter(|visit| !is_source(visit.outlet));
    visits.map(|visit| Visit { outlet: place[visit.outlet as usize], ..visit }).collect()
}

fn meet(visits: &mut [Visit], is_of_agency: bool, meetings: &mut Vec<Meeting>) {
    visits.sort_unstable_by_key(|visit| visit.outlet);
    for (at, one) in visits.iter().enumerate() {
        meetings.extend(visits[at + 1..].iter().map(|other| {
            Meeting {
                outlets: [one.outlet, other.outlet],
                is_of_agency,
                lag: one
                    .lag
                    .zip(other.lag)
                    .map(|(one, other)| other.saturating_sub(one).clamp(i32::MIN.into(), i32::MAX.into()) as i32),
            }
        }));
    }
}

/// The pairs with the most stories in common, and how many pairs there are. The meetings are in order.
fn most(meetings: &[Meeting], outlets: &[Outlet]) -> (Vec<Pair>, u64) {
    let (mut by_all, mut by_others) = (BinaryHeap::new(), BinaryHeap::new());
    let (mut n_pairs, mut start) = (0, 0);
    for of_pair in meetings.chunk_by(|x, y| x.outlets == y.outlets) {
        let (n, n_of_others) = (of_pair.len(), of_pair.iter().filter(|meeting| !meeting.is_of_agency).count());
        keep(&mut by_all, Met { by: [n, n_of_others], start: Reverse(start), n });
        if n_of_others > 0 {
            keep(&mut by_others, Met { by: [n_of_others, n], start: Reverse(start), n });
        }
        n_pairs += 1;
        start += n;
    }
    let mut kept: Vec<Met> = by_all.into_iter().chain(by_others).map(|Reverse(met)| met).collect();
    kept.sort_unstable_by_key(|met| met.start);
    kept.dedup_by_key(|met| met.start);
    let pair_of = |met: &Met| pair(&meetings[met.start.0..met.start.0 + met.n], outlets);
    let mut pairs: Vec<Pair> = kept.iter().map(pair_of).collect();
    pairs.sort_by_key(|pair| (Reverse((pair.stories(), pair.of_others.stories)), pair.outlets));
    (pairs, n_pairs)
}

/// A pair's meetings: where they begin, how many there are, and what they are chosen by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Met {
    by: [usize; 2],
    start: Reverse<usize>,
    n: usize,
}

/// Keeps the largest. The smallest of them is on top, to be dropped next.
fn keep(kept: &mut BinaryHeap<Reverse<Met>>, met: Met) {
    kept.push(Reverse(met));
    if kept.len() > MAX_PAIRS {
        kept.pop();
    }
}

/// The pair that met so often: once at least.
fn pair(meetings: &[Meeting], outlets: &[Outlet]) -> Pair {
    let both = meetings[0].outlets.map(|outlet| outlet as usize);
    let (of_others, of_agencies) = meetings.split_at(meetings.partition_point(|meeting| !meeting.is_of_agency));
    let in_either = both.iter().map(|&at| outlets[at].stories).sum::<u64>() - meetings.len() as u64;
    Pair {
        outlets: both,
        of_agencies: shared(of_agencies),
        of_others: shared(of_others),
        jaccard: meetings.len() as f64 / in_either as f64,
    }
}

fn shared(meetings: &[Meeting]) -> Shared {
    let lags = || meetings.iter().filter_map(|meeting| meeting.lag).map(i64::from);
    let ahead = |lags: Vec<i64>| {
        let mut lags = lags;
        Ahead { stories: lags.len() as u64, median_lag_seconds: median(&mut lags) }
    };
    Shared {
        stories: meetings.len() as u64,
        ahead: [
            ahead(lags().filter(|lag| *lag > 0).collect()),
            ahead(lags().filter(|lag| *lag < 0).map(|lag| -lag).collect()),
        ],
    }
}
