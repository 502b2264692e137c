//! An article made ready for comparison: the hashes of its shingles by place, and where each of them stands first.

use super::bits::Bits;
use crate::shingle::{Token, shingles};

/// Places of one shingle in one article that runs are looked for at: a text that repeats one shingle a thousand times would
/// otherwise cost a million matches.
pub(super) const MAX_PLACES: usize = 32;

/// An article made ready for comparison.
///
/// 19 to 25 bytes a word, 4 to 5 more where shingles recur in it; about 4 µs for an article of 380 words.
#[derive(Debug, Clone)]
pub struct Prepared {
    tokens: Vec<Token>,
    /// The hash of the shingle that opens at each word.
    hashes: Vec<u64>,
    firsts: Firsts,
    pub(super) repeats: Option<Box<Repeats>>,
    pub(super) n_different: usize,
    pub(super) kinds: Kinds,
    pub(super) shingle_words: usize,
}

/// The place after the last of a shingle, and in a table a slot without a place.
const NONE: u32 = u32::MAX;

impl Prepared {
    /// Prepares a body. O(words).
    pub fn new(tokens: Vec<Token>, shingle_words: usize) -> Self {
        let hashes: Vec<u64> = shingles(&tokens, shingle_words).collect();
        let mut firsts = Firsts::for_places(hashes.len());
        let mut repeats = None;
        let mut n_different = hashes.len();
        // From the end, so that the first place is the one that stays, and each repetition leads to the next.
        for (at, &hash) in hashes.iter().enumerate().rev() {
            if let Some(next) = firsts.put(at as u32, hash, &hashes) {
                n_different -= 1;
                repeats.get_or_insert_with(|| Box::new(Repeats::new(hashes.len()))).put(at as u32, next);
            }
        }
        if let Some(repeats) = &mut repeats {
            repeats.pass_over_many();
        }
        let kinds = Kinds::of(&tokens);
        Prepared { shingle_words: shingle_words.min(tokens.len()), tokens, hashes, firsts, repeats, n_different, kinds }
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

    /// Where a shingle stands first.
    #[inline]
    pub(super) fn first(&self, hash: u64) -> Option<u32> {
        if self.firsts.may_have(hash) { self.firsts.get(hash, &self.hashes) } else { None }
    }

    /// The places that runs pass over; `None` where there are none.
    #[inline]
    pub(super) fn passed_over(&self) -> Option<&Bits> {
        self.repeats.as_ref().map(|repeats| &repeats.passed_over).filter(|set| !set.words().is_empty())
    }
}

/// Where each different shingle stands first: a table with linear probing, and before it a set of a bit or two for each
/// shingle, since most that are looked for are in no table and a bit says so sooner.
#[derive(Debug, Clone)]
struct Firsts {
    /// Places, or [`NONE`]; a power of two of them, at least a quarter free. The highest bits of the hash say where to begin.
    slots: Vec<u32>,
    shift: u32,
    /// A power of two of numbers. The lowest bits of the hash say which bit.
    seen: Vec<u64>,
}

impl Firsts {
    fn for_places(n: usize) -> Self {
        let n_slots = (n + n / 3 + 1).next_power_of_two().max(2);
        let n_seen = (n / 8).max(1).next_power_of_two();
        Firsts { slots: vec![NONE; n_slots], shift: 64 - n_slots.trailing_zeros(), seen: vec![0; n_seen] }
    }

    /// Puts a place of a shingle where another one may be, which it gives back.
    #[inline]
    fn put(&mut self, at: u32, hash: u64, hashes: &[u64]) -> Option<u32> {
        let n_seen = self.seen.len();
        self.seen[(hash >> 6) as usize & (n_seen - 1)] |= 1 << (hash & 63);
        let mut slot = (hash >> self.shift) as usize;
        loop {
            let before = self.slots[slot];
            if before == NONE {
                self.slots[slot] = at;
                return None;
            }
            if hashes[before as usize] == hash {
                self.slots[slot] = at;
                return Some(before);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    #[inline]
    fn may_have(&self, hash: u64) -> bool {
        self.seen[(hash >> 6) as usize & (self.seen.len() - 1)] >> (hash & 63) & 1 != 0
    }

    #[inline]
    fn get(&self, hash: u64, hashes: &[u64]) -> Option<u32> {
        let mut slot = (hash >> self.shift) as usize;
        loop {
            let at = self.slots[slot];
            if at == NONE {
                return None;
            }
            if hashes[at as usize] == hash {
                return Some(at);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
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
    fn new(n: usize) -> Self {
        Repeats { next: vec![NONE; n], places: Bits::none(n), again: Bits::none(n), passed_over: Bits::default() }
    }

    fn put(&mut self, at: u32, next: u32) {
        self.next[at as usize] = next;
        self.places.add(at as usize);
        self.places.add(next as usize);
        self.again.add(next as usize);
    }

    /// Finds the places that runs pass over. O(places).
    fn pass_over_many(&mut self) {
        let mut many = Vec::new();
        for first in (0..self.next.len()).filter(|&at| self.next[at] != NONE && !self.again.has(at)) {
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

/// Words of what kind the words of an article are.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinds {
    /// For 64 words each, which are of [`NUMBERS`], [`FACTS`] and [`QUOTED`].
    pub(super) words: Vec<[u64; 3]>,
    /// How many there are of each.
    pub(super) all: [usize; 3],
}

/// Words with a digit.
pub(super) const NUMBERS: usize = 0;
/// Numbers and names.
pub(super) const FACTS: usize = 1;
/// Words in quotation marks.
pub(super) const QUOTED: usize = 2;

impl Kinds {
    fn of(tokens: &[Token]) -> Self {
        let mut kinds = Kinds { words: Vec::with_capacity(tokens.len().div_ceil(64)), all: [0; 3] };
        for some in tokens.chunks(64) {
            let mut bits = [0; 3];
            for token in some.iter().rev() {
                bits[NUMBERS] = bits[NUMBERS] << 1 | u64::from(token.is_number());
                bits[FACTS] = bits[FACTS] << 1 | u64::from(token.is_fact());
                bits[QUOTED] = bits[QUOTED] << 1 | u64::from(token.is_quoted());
            }
            kinds.all.iter_mut().zip(bits).for_each(|(all, bits)| *all += bits.count_ones() as usize);
            kinds.words.push(bits);
        }
        kinds
    }
}
