//! The shingles that two articles share, with their places in both, and the runs of words that they make up.

use std::ops::Range;

use super::bits::Bits;
use super::prepared::{MAX_PLACES, Prepared};
use super::{Passage, share};

/// The shared shingles of two articles. Kept by who compares many pairs, for its memory.
#[derive(Debug, Default)]
pub struct Shared {
    /// Every place of a shared shingle in each article.
    pub(super) in_a: Bits,
    pub(super) in_b: Bits,
    /// The first places of the article gone through whose shingle the other may have.
    may: Bits,
    /// The maximal runs of words that both hold, overlapping ones too, in no order that says anything.
    pub(super) runs: Vec<Passage>,
    /// The ranges of words of one article that lie in shared shingles.
    pub(super) ranges: Vec<Range<usize>>,
    pub(super) n_different: usize,
}

impl Shared {
    pub(super) fn of(a: &Prepared, b: &Prepared) -> Self {
        let mut shared = Shared::default();
        shared.find_least(a, b, 0);
        shared
    }

    /// Finds what two articles share; `false`, and nothing that could be used, where that is less than `least` of the smaller
    /// one's shingles. O(words of both), and of the smaller one only as far as it takes to know that it is less.
    pub(super) fn find(&mut self, a: &Prepared, b: &Prepared, least: f64) -> bool {
        self.find_least(a, b, least_number(least, a.n_different.min(b.n_different)))
    }

    fn find_least(&mut self, a: &Prepared, b: &Prepared, least: usize) -> bool {
        self.in_a.clear(a.n_words());
        self.in_b.clear(b.n_words());
        self.runs.clear();
        if a.n_different <= b.n_different {
            return Walk { walked: a, other: b, shared: self }.walk(least);
        }
        std::mem::swap(&mut self.in_a, &mut self.in_b);
        let found = Walk { walked: b, other: a, shared: self }.walk(least);
        std::mem::swap(&mut self.in_a, &mut self.in_b);
        self.runs.iter_mut().for_each(|run| (run.start_a, run.start_b) = (run.start_b, run.start_a));
        found
    }
}

/// The least number that is at least this share of `whole`; one more than `whole` where none of it is.
fn least_number(least: f64, whole: usize) -> usize {
    let mut number = ((least * whole as f64) as usize).min(whole);
    while number > 0 && share(number - 1, whole) >= least {
        number -= 1;
    }
    while number <= whole && share(number, whole) < least {
        number += 1;
    }
    number
}

/// Which places of an article's shingles are in another article at all: of those of the first article.
pub(super) fn places_in(article: &Prepared, other: &Prepared) -> Bits {
    let hashes = article.hashes();
    let mut places = Bits::none(article.n_words());
    let may: Bits = hashes.chunks(64).map(|hashes| other.seen().may_have(hashes)).collect();
    let mut from = 0;
    while let Some(at) = may.first::<true>(from..hashes.len()) {
        let n = other.first(hashes[at]).map_or(0, |first| n_alike(&hashes[at..], &other.hashes()[first as usize..]));
        places.add_all(at..at + n);
        from = at + n.max(1);
    }
    places
}

/// Number of leading hashes that are the same.
#[inline]
fn n_alike(x: &[u64], y: &[u64]) -> usize {
    const AT_ONCE: usize = 8;
    let is_alike =
        |(x, y): &(&[u64; AT_ONCE], &[u64; AT_ONCE])| (0..AT_ONCE).fold(0, |all, at| all | x[at] ^ y[at]) == 0;
    let blocks = x.as_chunks().0.iter().zip(y.as_chunks().0).take_while(is_alike).count();
    let from = blocks * AT_ONCE;
    from + x[from..].iter().zip(&y[from..]).take_while(|(x, y)| x == y).count()
}

/// Where all but one in so many of a stretch's shingles may be there, a pair is hardly one to be dismissed.
const MOST_BUT: usize = 4;

/// Going through one article and looking its shingles up in the other. A *match* is a place in each with one shingle.
///
/// Where a match is found, those that follow it on its diagonal are found by comparing the two articles' hashes in order,
/// without a look at the table. That finds every match of the places passed so, unless their shingle recurs in the other
/// article: these are looked up all the same, and each match is asked whether a run begins with it.
struct Walk<'a> {
    walked: &'a Prepared,
    other: &'a Prepared,
    shared: &'a mut Shared,
}

impl Walk<'_> {
    /// `false` as soon as so many different shingles cannot be found any more.
    fn walk(mut self, least: usize) -> bool {
        let hashes = self.walked.hashes();
        let Some(mut may_miss) = hashes.len().checked_sub(least) else { return false };
        if !self.may_reach(may_miss) {
            return false;
        }
        let (mut at, mut looked) = (0, (usize::MAX, 0));
        while at < hashes.len() {
            if looked.0 != at / 64 {
                looked = (at / 64, self.look(at / 64));
            }
            let n_missing =
                ((looked.1 >> (at % 64)).trailing_zeros() as usize).min(64 - at % 64).min(hashes.len() - at);
            let Some(left) = may_miss.checked_sub(n_missing) else { return false };
            (at, may_miss) = (at + n_missing, left);
            if at / 64 != looked.0 || at == hashes.len() {
                continue;
            }
            match self.other.first(hashes[at]) {
                Some(first) => at = self.follow(at, first as usize),
                None if may_miss == 0 => return false,
                None => (at, may_miss) = (at + 1, may_miss - 1),
            }
        }
        let again = self.walked.repeats.as_ref().map(|repeats| &repeats.again);
        self.shared.n_different = again.map_or_else(|| self.shared.in_a.count(), |a| self.shared.in_a.count_without(a));
        self.shared.n_different >= least
    }

    /// Which of 64 places have a shingle that the other article may have.
    #[inline]
    fn look(&self, block: usize) -> u64 {
        let known = self.shared.may.words().get(block).copied();
        known.unwrap_or_else(|| {
            let hashes = self.walked.hashes();
            self.other.seen().may_have(&hashes[64 * block..hashes.len().min(64 * block + 64)])
        })
    }

    /// Whether no more shingles than these are missing, as far as bits tell before there is a stretch of which most may be
    /// there: nearly all pairs that share too little are dismissed so, before the other article has a table.
    fn may_reach(&mut self, mut may_miss: usize) -> bool {
        self.shared.may.clear(0);
        for hashes in self.walked.hashes().chunks(64) {
            let may = self.other.seen().may_have(hashes);
            self.shared.may.push(may);
            let n = may.count_ones() as usize;
            if n >= hashes.len() - hashes.len() / MOST_BUT {
                return true;
            }
            match may_miss.checked_sub(hashes.len() - n) {
                Some(left) => may_miss = left,
                None => return false,
            }
        }
        true
    }

    /// Takes in the shared shingles from these places on as long as they are the same: the place after them.
    fn follow(&mut self, at: usize, first: usize) -> usize {
        if self.recurs(first) {
            self.push_all(at, first);
            return at + 1;
        }
        let n = n_alike(&self.walked.hashes()[at..], &self.other.hashes()[first..]);
        self.shared.in_a.add_all(at..at + n);
        self.shared.in_b.add_all(first..first + n);
        if self.walked.passed_over().is_some() || self.other.passed_over().is_some() {
            for i in 0..n {
                if !self.recurs(first + i) {
                    self.push_if_first(at + i, first + i);
                }
            }
        } else if !self.is_match_before(at, first) {
            self.push(at, first, n);
        }
        if let Some(repeats) = &self.other.repeats {
            let mut from = first;
            while let Some(again) = repeats.places.first::<true>(from..first + n) {
                let here = at + again - first;
                if let Some(first) = self.other.first(self.walked.hashes()[here]) {
                    self.push_all(here, first as usize);
                }
                from = again + 1;
            }
        }
        at + n
    }

    /// Whether the shingle at this place of the other article stands elsewhere in it too.
    #[inline]
    fn recurs(&self, there: usize) -> bool {
        self.other.repeats.as_ref().is_some_and(|repeats| repeats.places.has(there))
    }

    /// Takes in all matches of a shingle that recurs in the other article, where it is at `first` first.
    fn push_all(&mut self, at: usize, first: usize) {
        let other = self.other;
        let Some(repeats) = &other.repeats else { return };
        self.shared.in_a.add(at);
        if !self.walked.repeats.as_ref().is_some_and(|own| own.again.has(at)) {
            repeats.places_from(first as u32).for_each(|there| self.shared.in_b.add(there as usize));
        }
        if !self.walked.passed_over().is_some_and(|set| set.has(at)) {
            repeats.places_from(first as u32).take(MAX_PLACES).for_each(|there| self.push_if_first(at, there as usize));
        }
    }

    /// Takes in the run that begins with a match, if one does.
    fn push_if_first(&mut self, at: usize, there: usize) {
        if self.is_match(at, there) && !self.is_match_before(at, there) {
            let most = (self.walked.hashes().len() - at).min(self.other.hashes().len() - there);
            let n = (1..most).find(|i| !self.is_match(at + i, there + i)).unwrap_or(most);
            self.push(at, there, n);
        }
    }

    #[inline]
    fn is_match_before(&self, at: usize, there: usize) -> bool {
        at > 0 && there > 0 && self.is_match(at - 1, there - 1)
    }

    /// Whether these places have one shingle, and runs pass over neither.
    #[inline]
    fn is_match(&self, at: usize, there: usize) -> bool {
        let passes = |article: &Prepared, place| article.passed_over().is_some_and(|set| set.has(place));
        self.walked.hashes()[at] == self.other.hashes()[there] && !passes(self.walked, at) && !passes(self.other, there)
    }

    fn push(&mut self, at: usize, there: usize, n_shingles: usize) {
        let words = n_shingles + self.walked.shingle_words.min(self.other.shingle_words) - 1;
        self.shared.runs.push(Passage { start_a: at as u32, start_b: there as u32, words: words as u32 });
    }
}
