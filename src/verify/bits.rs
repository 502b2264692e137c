//! Sets of places in an article, one bit a word: marked by ranges and counted 64 at a time.

use std::ops::Range;

/// A set of places, all below the number that it was made for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// The empty set, for places below `n`.
    pub(crate) fn none(n: usize) -> Self {
        Bits(vec![0; n.div_ceil(64)])
    }

    /// Makes it the empty set for places below `n`, in the memory that it has.
    #[inline]
    pub(crate) fn clear(&mut self, n: usize) {
        self.0.clear();
        self.0.resize(n.div_ceil(64), 0);
    }

    /// Adds 64 places after those that it is for.
    #[inline]
    pub(super) fn push(&mut self, word: u64) {
        self.0.push(word);
    }

    /// Its places, 64 in a number, the first the lowest bit.
    #[inline]
    pub(crate) fn words(&self) -> &[u64] {
        &self.0
    }

    /// Whether a place is in it; `false` of a set for no places.
    #[inline]
    pub(crate) fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 != 0)
    }

    /// Adds a place.
    #[inline]
    pub(crate) fn add(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    /// Adds all places of a range. O(places / 64).
    #[inline]
    pub(crate) fn add_all(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let (first, last) = (range.start / 64, (range.end - 1) / 64);
        let (from, to) = (u64::MAX << (range.start % 64), u64::MAX >> (63 - (range.end - 1) % 64));
        if first == last {
            self.0[first] |= from & to;
        } else {
            self.0[first] |= from;
            self.0[first + 1..last].fill(u64::MAX);
            self.0[last] |= to;
        }
    }

    /// The first place of a range that is in it, or, of `IN = false`, that is not. O(places / 64).
    #[inline]
    pub(crate) fn first<const IN: bool>(&self, range: Range<usize>) -> Option<usize> {
        if range.is_empty() {
            return None;
        }
        let wanted = |word: usize| if IN { self.0[word] } else { !self.0[word] };
        let last = (range.end - 1) / 64;
        let mut word = range.start / 64;
        let mut bits = wanted(word) & u64::MAX << (range.start % 64);
        while bits == 0 {
            if word == last {
                return None;
            }
            word += 1;
            bits = wanted(word);
        }
        Some(word * 64 + bits.trailing_zeros() as usize).filter(|&at| at < range.end)
    }

    /// The last place that is in it.
    pub(crate) fn last(&self) -> Option<usize> {
        let word = self.0.iter().rposition(|word| *word != 0)?;
        Some(word * 64 + 63 - self.0[word].leading_zeros() as usize)
    }

    /// Number of places in it.
    #[inline]
    pub(crate) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Number of its places that are not in another set, which is for as many or for none.
    pub(crate) fn count_without(&self, other: &Bits) -> usize {
        self.count() - self.count_in(&other.0)
    }

    /// Number of its places that are in another set too, given as 64 places in a number.
    #[inline]
    pub(super) fn count_in(&self, other: &[u64]) -> usize {
        self.0.iter().zip(other).map(|(own, other)| u64::from((own & other).count_ones())).sum::<u64>() as usize
    }

    /// Adds the places up to `width - 1` after each of its own: of the first words of shingles it makes all their words.
    /// O(places / 64 · log `width`).
    #[inline]
    pub(crate) fn widen(&mut self, width: usize) {
        let mut have = 1;
        while have < width {
            let shift = have.min(width - have);
            self.add_shifted(shift);
            have += shift;
        }
    }

    /// Adds, for each of its places, the one that is `shift` further on.
    fn add_shifted(&mut self, shift: usize) {
        let (words, bits) = (shift / 64, shift % 64);
        // From the end, so that what is read was not written yet.
        for word in (words..self.0.len()).rev() {
            let from = word - words;
            let carried = if bits > 0 && from > 0 { self.0[from - 1] >> (64 - bits) } else { 0 };
            self.0[word] |= self.0[from] << bits | carried;
        }
    }

    /// The longest ranges of places below `n` that are all in it, in order. O(n / 64 + ranges).
    #[inline]
    pub(crate) fn ranges(&self, n: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = self.first::<true>(from..n)?;
            let end = self.first::<false>(start..n).unwrap_or(n);
            from = end;
            Some(start..end)
        })
    }
}

/// The set of these numbers, each of 64 places.
impl FromIterator<u64> for Bits {
    fn from_iter<I: IntoIterator<Item = u64>>(words: I) -> Self {
        Bits(words.into_iter().collect())
    }
}

/// Calls for each bit of a number that is set, the lowest first.
#[inline]
pub(super) fn each(mut bits: u64, mut call: impl FnMut(usize)) {
    while bits != 0 {
        call(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bits(places: &[bool]) -> Bits {
        let mut bits = Bits::none(places.len());
        (0..places.len()).filter(|&at| places[at]).for_each(|at| bits.add(at));
        bits
    }

    proptest! {
        #[test]
        fn sets_are_those_of_single_places(
            places in prop::collection::vec(prop::bool::weighted(0.6), 0..300),
            from in 0usize..300,
            to in 0usize..300,
            width in 1usize..140,
        ) {
            let n = places.len();
            let (from, to) = (from.min(n), to.min(n));
            let set = bits(&places);
            prop_assert_eq!(set.count(), places.iter().filter(|p| **p).count());
            prop_assert_eq!(set.last(), places.iter().rposition(|p| *p));
            let within = places.get(from..to).unwrap_or_default();
            prop_assert_eq!(set.first::<true>(from..to), within.iter().position(|p| *p).map(|at| from + at));
            prop_assert_eq!(set.first::<false>(from..to), within.iter().position(|p| !*p).map(|at| from + at));
            let from_ranges: Vec<bool> = (0..n).map(|at| set.ranges(n).any(|range| range.contains(&at))).collect();
            prop_assert_eq!(&from_ranges, &places);
            prop_assert!(set.ranges(n).zip(set.ranges(n).skip(1)).all(|(x, y)| x.end < y.start));
            let mut added = set.clone();
            added.add_all(from..to);
            prop_assert!((0..n).all(|at| added.has(at) == (places[at] || (from..to).contains(&at))));
            prop_assert_eq!(added.count_without(&set), added.count() - set.count());
            let mut wide = set.clone();
            wide.widen(width);
            prop_assert!((0..n).all(|at| wide.has(at) == places[at.saturating_sub(width - 1)..=at].contains(&true)));
        }
    }
}
