//! The figures of a pair.

use std::cmp::Ordering;
use std::ops::Range;

use super::bits::{Bits, each};
use super::kinds::{FACTS, NUMBERS, QUOTED};
use super::link::{Link, MAX_FACTS, MIN_NUMBERS, MIN_UNQUOTED, NEARLY_ALL, OPENING_WORDS, Parts, Passage, Span};
use super::ordered::Ordered;
use super::prepared::Prepared;
use super::share;
use super::shared::{Shared, places_in};
use crate::params::Params;

/// How much two articles overlap, as sets of shingles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// [`Link::containment`].
    pub containment: f64,
    /// [`Link::resemblance`].
    pub resemblance: f64,
}

impl Prepared {
    /// What this article and another share. O(words of both).
    pub fn link(&self, other: &Self) -> Link {
        self.figures(other, &mut Shared::of(self, other))
    }

    /// The same, or `None` where the smaller article shares too little by the thresholds of `params`: most pairs that the
    /// sketches propose in vain are dismissed so, before anything else is counted and mostly before the smaller article was
    /// gone through. `shared` is memory for the next pair.
    pub fn link_above(&self, other: &Self, params: &Params, shared: &mut Shared) -> Option<Link> {
        let least = params.min_containment.min(params.min_update_containment);
        let link = shared.find(self, other, least).then(|| self.link_of_runs(other, shared));
        link.filter(|link| link.is_enough(params)).map(|link| self.with_words(link, other, shared))
    }

    /// The link, and the maximal runs of words that both hold, overlapping ones too, in no order that says anything.
    pub fn link_and_runs(&self, other: &Self) -> (Link, Vec<Passage>) {
        let mut shared = Shared::of(self, other);
        (self.figures(other, &mut shared), shared.runs)
    }

    /// [`Link::containment`] and [`Link::resemblance`] alone, and the runs: for those who align the two, at half the cost.
    pub fn overlap_and_runs(&self, other: &Self) -> (Overlap, Vec<Passage>) {
        let shared = Shared::of(self, other);
        (self.overlap(other, shared.n_different), shared.runs)
    }

    /// How much two articles overlap that have so many different shingles in common.
    fn overlap(&self, other: &Self, n_shared: usize) -> Overlap {
        let union = self.n_different + other.n_different - n_shared;
        let smaller = self.n_different.min(other.n_different);
        Overlap { containment: share(n_shared, smaller), resemblance: share(n_shared, union) }
    }

    fn figures(&self, other: &Self, shared: &mut Shared) -> Link {
        self.with_words(self.link_of_runs(other, shared), other, shared)
    }

    /// The link with what is said of the words that are covered.
    fn with_words(&self, link: Link, other: &Self, shared: &mut Shared) -> Link {
        let own = self.covered(&mut shared.in_a, &mut shared.ranges);
        let others = other.covered(&mut shared.in_b, &mut shared.ranges);
        Link {
            one_passage: longest(&shared.runs).is_some_and(|run| {
                f64::from(run.words) >= NEARLY_ALL * own.words * self.n_words() as f64
                    && f64::from(run.words) >= NEARLY_ALL * others.words * other.n_words() as f64
                    && run.start_a.min(run.start_b) > OPENING_WORDS
            }),
            covered_a: own.words,
            covered_b: others.words,
            span_a: own.span,
            span_b: others.span,
            parts_a: own.parts,
            parts_b: others.parts,
            shared_unquoted: of_more_covered(&own, &others, |side| side.unquoted),
            shared_numbers: of_more_covered(&own, &others, |side| side.numbers),
            unshared_facts: of_more_covered(&own, &others, |side| side.unshared_facts),
            ..link
        }
    }

    /// What the runs of a pair say of it. All words are taken for covered, and of what kind they are is not said.
    fn link_of_runs(&self, other: &Self, shared: &Shared) -> Link {
        let runs = &shared.runs;
        let overlap = self.overlap(other, shared.n_different);
        let ordered = Ordered::of(runs);
        Link {
            resemblance: overlap.resemblance,
            containment: overlap.containment,
            shared_shingles: shared.n_different as u32,
            longest_run: longest(runs).map_or(0, |run| run.words),
            opening_run: runs.iter().filter(|p| p.opens()).map(|p| p.words).max().unwrap_or(0),
            ordered_passages: ordered.n_passages,
            ordered_reach: share(ordered.words_a as usize, self.n_words())
                .min(share(ordered.words_b as usize, other.n_words())),
            one_passage: false,
            same_outlet: false,
            covered_a: 1.0,
            covered_b: 1.0,
            span_a: Span { start: 0.0, end: 1.0 },
            span_b: Span { start: 0.0, end: 1.0 },
            parts_a: Parts::default(),
            parts_b: Parts::default(),
            shared_unquoted: None,
            shared_numbers: None,
            unshared_facts: None,
        }
    }

    /// How much of what lies in the shingles at these places, which become the places of all their words.
    fn covered(&self, places: &mut Bits, ranges: &mut Vec<Range<usize>>) -> Covered {
        places.widen(self.shingle_words);
        ranges.clear();
        ranges.extend(places.ranges(self.n_words()));
        let kinds = self.kinds();
        let words = Tally { covered: places.count(), all: self.n_words() };
        let tally = |kind: usize| Tally { covered: places.count_in(kinds.of_kind(kind)), all: kinds.all[kind] };
        let (numbers, facts, quoted) = (tally(NUMBERS), tally(FACTS), tally(QUOTED));
        let unquoted = Tally { covered: words.covered - quoted.covered, all: words.all - quoted.all };
        Covered {
            words: words.share(),
            unquoted: (unquoted.all >= MIN_UNQUOTED).then(|| unquoted.share()),
            numbers: (numbers.all >= MIN_NUMBERS && words.covered > 0)
                .then(|| (numbers.share() / words.share()).min(1.0)),
            unshared_facts: facts.unshared_over(&words),
            span: densest_stretch(ranges.iter().cloned(), words.all),
            parts: Parts::of_ranges(ranges.iter().cloned(), words.all),
        }
    }

    /// Share of this article's words that lie in a shingle of the other: [`Link::covered_a`] alone, at a third of the cost of
    /// the whole link. O(words of both).
    pub fn covered_by(&self, other: &Self) -> f64 {
        let mut places = places_in(self, other);
        places.widen(self.shingle_words);
        share(places.count(), self.n_words())
    }

    /// Whether [`Prepared::covered_by`] is `least` at least. O(words of both), and of this article mostly only as far as it
    /// takes to know that too many words are in no shingle of the other.
    pub fn is_covered_by(&self, other: &Self, least: f64) -> bool {
        // The word after those that may be covered, and how many of those before it cannot be.
        let (mut end, mut n_missing) = (0, 0);
        for (hashes, from) in self.hashes().chunks(64).zip((0..).step_by(64)) {
            each(other.seen().may_have(hashes), |bit| {
                n_missing += (from + bit).saturating_sub(end);
                end = from + bit + self.shingle_words;
            });
            let n_missing = n_missing + (from + hashes.len()).saturating_sub(end);
            if share(self.n_words() - n_missing, self.n_words()) < least {
                return false;
            }
        }
        self.covered_by(other) >= least
    }

    /// The runs of at least `min_words` words that both hold, in the order of this article; each word of this article
    /// lies in the longest run that starts at or before it. O(words of both), and O(n log n) in the runs.
    pub fn passages(&self, other: &Self, min_words: u32) -> Vec<Passage> {
        let mut passages = Shared::of(self, other).runs;
        passages.retain(|passage| passage.words >= min_words);
        passages.sort_unstable_by_key(|p| (p.start_a, std::cmp::Reverse(p.words), p.start_b));
        let mut end = 0;
        passages.retain(|p| {
            let new = p.start_a + p.words > end;
            end = end.max(p.start_a + p.words);
            new
        });
        passages
    }
}

/// The run of the most words; of those alike, the first in the first article.
fn longest(runs: &[Passage]) -> Option<&Passage> {
    runs.iter().max_by_key(|run| (run.words, std::cmp::Reverse(run.start_a), run.start_b))
}

/// What of one article lies in shared shingles.
struct Covered {
    words: f64,
    unquoted: Option<f64>,
    numbers: Option<f64>,
    unshared_facts: Option<f64>,
    span: Span,
    parts: Parts,
}

/// Words of a kind, and how many of them are covered.
#[derive(Clone, Copy)]
struct Tally {
    covered: usize,
    all: usize,
}

impl Tally {
    fn share(&self) -> f64 {
        share(self.covered, self.all)
    }

    /// How frequent these are among the words that are not covered, over how frequent among all; `None` where they are too
    /// frequent to say anything.
    fn unshared_over(&self, words: &Tally) -> Option<f64> {
        let frequency = share(self.all, words.all);
        let unshared = share(self.all - self.covered, words.all - words.covered);
        (frequency <= MAX_FACTS).then(|| if frequency == 0.0 { 0.0 } else { unshared / frequency })
    }
}

/// The figure of the article of which more is shared; of both alike, the lower.
fn of_more_covered(a: &Covered, b: &Covered, figure: impl Fn(&Covered) -> Option<f64>) -> Option<f64> {
    match a.words.total_cmp(&b.words) {
        Ordering::Greater => figure(a),
        Ordering::Less => figure(b),
        Ordering::Equal => match (figure(a), figure(b)) {
            (Some(of_a), Some(of_b)) => Some(of_a.min(of_b)),
            (of_a, of_b) => of_a.or(of_b),
        },
    }
}

/// The densest stretch of the words in these ranges, of `n`: that for which they less half of the others are most. A stock
/// phrase elsewhere is no part of what two articles share; the paragraphs that an update put between the old ones are within
/// it. O(ranges).
pub(super) fn densest_stretch(ranges: impl Iterator<Item = Range<usize>>, n: usize) -> Span {
    let (mut best, mut best_from, mut best_to) = (0, 0, 0);
    // What the stretch to here counts, twice over, and where it begins: anew where it counts nothing.
    let (mut sum, mut from, mut end) = (0i64, 0, 0);
    for range in ranges {
        sum -= (range.start - end) as i64;
        if sum <= 0 {
            (sum, from) = (0, range.start);
        }
        sum += 2 * range.len() as i64;
        end = range.end;
        if sum > best {
            (best, best_from, best_to) = (sum, from, end);
        }
    }
    Span { start: share(best_from, n), end: share(best_to, n) }
}
