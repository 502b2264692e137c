//! An article made ready for comparison: the hashes of its shingles by place, and where each of them stands first.

use std::cell::OnceCell;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use super::bits::{Bits, each};
use super::kinds::Kinds;
use super::seen::Seen;
use crate::shingle::{Token, shingles};

/// Places of one shingle in one article that runs are looked for at: a text that repeats one shingle a thousand times would
/// otherwise cost a million matches.
pub(super) const MAX_PLACES: usize = 32;

/// An article made ready for comparison.
///
/// 14 to 16 bytes a word, 8 to 12 more once another article's shingles were looked up in it, 5 more where shingles recur in
/// it.
#[derive(Debug, Clone)]
pub struct Prepared {
    tokens: Vec<Token>,
    /// The hash of the shingle that opens at each word.
    hashes: Vec<u64>,
    seen: Seen,
    /// Made when it is asked for: half of the pairs are dismissed without.
    firsts: OnceCell<Firsts>,
    pub(super) repeats: Option<Box<Repeats>>,
    pub(super) n_different: usize,
    /// Made when it is asked for, as it is of those that share much alone.
    kinds: OnceCell<Kinds>,
    pub(super) shingle_words: usize,
}

/// Shingles that a set has room for at least: of those few that may recur hardly another one is then taken for one.
const LEAST_SEEN: usize = 256;

/// The place after the last of a shingle, or of a chain.
const NONE: u32 = u32::MAX;

impl Prepared {
    /// Prepares a body. O(words), and O(n log n) in the shingles that recur.
    pub fn new(tokens: Vec<Token>, shingle_words: usize) -> Self {
        let mut hashes = Vec::with_capacity(tokens.len());
        // Not collected: how many there are is not known to an iterator that carries a sum along.
        shingles(&tokens, shingle_words).for_each(|hash| hashes.push(hash));
        let mut seen = Seen::for_places(hashes.len());
        let repeats = Repeats::of(&hashes, &seen.add_all(&hashes)).map(Box::new);
        Prepared {
            shingle_words: shingle_words.min(tokens.len()),
            n_different: hashes.len() - repeats.as_ref().map_or(0, |repeats| repeats.again.count()),
            tokens,
            hashes,
            seen,
            firsts: OnceCell::new(),
            repeats,
            kinds: OnceCell::new(),
        }
    }

    /// Number of words.
    pub fn n_words(&self) -> usize {
        self.tokens.len()
    }

    /// Its words.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Words in its shingles: those of the parameters, or all of a shorter text.
    pub fn shingle_words(&self) -> usize {
        self.shingle_words
    }

    /// Whether it is the same words as another article, and none of its shingles recurs so often that runs pass over it: then
    /// the whole of it is one run of both. O(words).
    pub fn is_same_run(&self, other: &Self) -> bool {
        !self.hashes.is_empty() && self.passed_over().is_none() && self.hashes == other.hashes
    }

    /// The hash of the shingle that opens at each word.
    #[inline]
    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The shingles of it, as far as a bit for each tells.
    #[inline]
    pub(super) fn seen(&self) -> &Seen {
        &self.seen
    }

    /// Where a shingle stands first. Who asks has seen that it may be there.
    #[inline]
    pub(super) fn first(&self, hash: u64) -> Option<u32> {
        let again = self.repeats.as_ref().map(|repeats| &repeats.again);
        self.firsts.get_or_init(|| Firsts::of(&self.hashes, again)).get(hash, &self.hashes)
    }

    /// Which words are of what kind.
    #[inline]
    pub(super) fn kinds(&self) -> &Kinds {
        self.kinds.get_or_init(|| Kinds::of(&self.tokens))
    }

    /// The places that runs pass over; `None` where there are none.
    #[inline]
    pub(super) fn passed_over(&self) -> Option<&Bits> {
        self.repeats.as_ref().map(|repeats| &repeats.passed_over).filter(|set| !set.words().is_empty())
    }
}

/// Where each different shingle stands first: a table of chains, which takes in a place without a look at others.
#[derive(Debug, Clone)]
struct Firsts {
    /// For each of a power of two of slots the place that its chain begins with, or [`NONE`]. The highest bits of the hash
    /// say which slot.
    slots: Vec<u32>,
    shift: u32,
    /// For each place the next one of its chain, or [`NONE`].
    next: Vec<u32>,
}

impl Firsts {
    /// Puts every place but those whose shingle stands before them.
    fn of(hashes: &[u64], again: Option<&Bits>) -> Self {
        let n_slots = hashes.len().next_power_of_two().max(2);
        let mut slots = vec![NONE; n_slots];
        let shift = 64 - n_slots.trailing_zeros();
        let put = |(at, &hash): (usize, &u64)| match again {
            Some(again) if again.has(at) => NONE,
            _ => std::mem::replace(&mut slots[(hash >> shift) as usize], at as u32),
        };
        let next = hashes.iter().enumerate().map(put).collect();
        Firsts { slots, shift, next }
    }

    #[inline]
    fn get(&self, hash: u64, hashes: &[u64]) -> Option<u32> {
        let mut at = self.slots[(hash >> self.shift) as usize];
        while at != NONE && hashes[at as usize] != hash {
            at = self.next[at as usize];
        }
        Some(at).filter(|&at| at != NONE)
    }
}

/// The shingles of an article that recur in it.
#[derive(Debug, Clone)]
pub(super) struct Repeats {
    /// For each place the next one of its shingle, or [`NONE`].
    next: Vec<u32>,
    /// The places whose shingle has others.
    pub(super) places: Bits,
    /// Those of them that are not the first of their shingle.
    pub(super) again: Bits,
    /// Those that are not among the first [`MAX_PLACES`] of their shingle; for no places where there are none.
    passed_over: Bits,
}

impl Repeats {
    /// The repeats among the shingles of these hashes, where there are any. Those that recur are among the shingles of
    /// `doubtful` places: so all but a few places are passed over by a bit.
    fn of(hashes: &[u64], doubtful: &Bits) -> Option<Self> {
        let n_doubtful = doubtful.count();
        if n_doubtful == 0 {
            return None;
        }
        let mut few = Seen::for_places(n_doubtful.max(LEAST_SEEN));
        doubtful.ranges(hashes.len()).flatten().for_each(|at| few.add(hashes[at]));
        let mut places = Vec::with_capacity(2 * n_doubtful + 16);
        for (some, from) in hashes.chunks(64).zip((0..).step_by(64)) {
            each(few.may_have(some), |bit| places.push(from + bit));
        }
        let mut latest = Latest::for_places(places.len());
        let mut repeats: Option<Repeats> = None;
        for at in places {
            if let Some(before) = latest.replace(at as u32, hashes) {
                repeats.get_or_insert_with(|| Repeats::none(hashes.len())).put(before, at as u32);
            }
        }
        if let Some(repeats) = &mut repeats {
            repeats.pass_over_many();
        }
        repeats
    }

    fn none(n: usize) -> Self {
        Repeats { next: vec![NONE; n], places: Bits::none(n), again: Bits::none(n), passed_over: Bits::default() }
    }

    /// A place, and the next one of its shingle.
    fn put(&mut self, at: u32, next: u32) {
        self.next[at as usize] = next;
        self.places.add(at as usize);
        self.places.add(next as usize);
        self.again.add(next as usize);
    }

    /// Finds the places that runs pass over. O(places).
    fn pass_over_many(&mut self) {
        if self.again.count() < MAX_PLACES {
            return;
        }
        let mut many = Vec::new();
        for first in self.places.ranges(self.next.len()).flatten().filter(|&at| !self.again.has(at)) {
            many.extend(self.places_from(first as u32).skip(MAX_PLACES));
        }
        if !many.is_empty() {
            self.passed_over = Bits::none(self.next.len());
            many.into_iter().for_each(|at| self.passed_over.add(at as usize));
        }
    }

    /// A place and all later ones of its shingle.
    pub(super) fn places_from(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(at), |&at| Some(self.next[at as usize]).filter(|&next| next != NONE))
    }
}

/// Where each of a few shingles stood last: a table with linear probing, at places that no text can foresee.
struct Latest {
    slots: Vec<u32>,
    spread: RandomState,
}

impl Latest {
    fn for_places(n: usize) -> Self {
        Latest { slots: vec![NONE; (2 * n).next_power_of_two()], spread: RandomState::default() }
    }

    /// Puts a place after those before it: the one before of its shingle.
    fn replace(&mut self, at: u32, hashes: &[u64]) -> Option<u32> {
        let hash = hashes[at as usize];
        let mut slot = self.spread.hash_one(hash) as usize & (self.slots.len() - 1);
        while self.slots[slot] != NONE && hashes[self.slots[slot] as usize] != hash {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        Some(std::mem::replace(&mut self.slots[slot], at)).filter(|&before| before != NONE)
    }
}
