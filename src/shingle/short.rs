//! Words of up to 16 ASCII letters, found, made small and hashed eight letters at a time; words with letters of two bytes
//! among them too, if they are a little shorter.
//!
//! Half of all text is such words, and a loop over their letters costs more than all else that is done with them. What is
//! done here to whole registers is what `scan` does letter by letter and the hash does to bytes: tests hold the two equal.

use super::script::{Pair, Pairs, pairs};
use crate::swar::{each, first_eight};

/// A word in registers, in small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Short {
    /// The first eight letters, the first one lowest; zero behind the word.
    head: u64,
    /// Of a word of more than eight, the last eight.
    tail: u64,
    len: usize,
}

impl Short {
    /// The longest run of letters that a text starts with, if it has letters, and not too many.
    #[inline]
    pub(super) fn starting(text: &[u8]) -> Option<Self> {
        let head = first_eight(text);
        let len = n_letters(head);
        if len < 8 {
            let head = head & !(u64::MAX << (8 * len)) | each(0x20) & !(u64::MAX << (8 * len));
            return (len > 0).then_some(Short { head, tail: 0, len });
        }
        let more = first_eight(&text[8..]);
        let n_more = n_letters(more);
        if n_more == 8 && text.get(16).is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        let (head, more) = (head | each(0x20), more | each(0x20));
        let tail = (u128::from(more) << 64 | u128::from(head)) >> (8 * n_more);
        Some(Short { head, tail: tail as u64, len: 8 + n_more })
    }

    /// The word that a text starts with, if it has letters of ASCII and such of two bytes that are compared in a form of two
    /// bytes, fewer than 16 bytes in all, and ASCII behind it; and whether it starts with a capital.
    pub(super) fn mixed(text: &[u8]) -> Option<(Self, bool)> {
        let (first, second) = (first_eight(text), first_eight(text.get(8..).unwrap_or_default()));
        let n = n_letters_or_beyond(first);
        let len = if n < 8 { n } else { 8 + n_letters_or_beyond(second) };
        if len == 0 || len == 16 {
            return None;
        }
        let word = (u128::from(second) << 64 | u128::from(first)) & !(u128::MAX << (8 * len));
        let beyond = word & HIGH;
        // The second bit of those that are not ASCII says whether they start a character, the third one that it has more bytes.
        let starts = beyond & word << 1;
        if starts & word << 2 != 0 {
            return None;
        }
        let known = pairs();
        let first_pair = known.get(first);
        // What starts in the first seven bytes ends in the first eight; the rest is in the eight from there on.
        let mut all = Pair::KNOWN;
        let flips = u128::from(flips(known, first, starts as u64 & u64::MAX >> 8, &mut all))
            | u128::from(flips(known, (word >> 56) as u64, (starts >> 56) as u64, &mut all)) << 56;
        if !all.is_known() {
            return None;
        }
        // ASCII letters are made small; there is nothing else.
        let small = word ^ flips | (!beyond & HIGH & !(u128::MAX << (8 * len))) >> 2;
        let is_capital = if first & 0x80 == 0 { first & 0x20 == 0 } else { first_pair.is_capital() };
        let tail = if len > 8 { (small >> (8 * len - 64)) as u64 } else { 0 };
        Some((Short { head: small as u64, tail, len }, is_capital))
    }

    #[inline]
    pub(super) fn len(self) -> usize {
        self.len
    }

    /// XXH3 of the letters, 64 bits, as its description has it for inputs of up to 16 bytes
    /// (<https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>).
    #[inline]
    pub(super) fn hash(self) -> u64 {
        // Two, and one of them chosen without a branch: which it is cannot be foretold, and costs more than the other one.
        let (is_first, first, second) = match self.len < 8 {
            true => (self.len < 4, self.hash_to_3(), self.hash_to_8()),
            false => (self.len == 8, self.hash_to_8(), self.hash_to_16()),
        };
        let is_first = u64::from(is_first).wrapping_neg();
        first & is_first | second & !is_first
    }

    #[inline]
    fn hash_to_3(self) -> u64 {
        let letter = |at: usize| self.head >> (8 * at) & 0xff;
        let all = letter(0) << 16 | letter(self.len / 2) << 24 | letter(self.len - 1) | (self.len as u64) << 8;
        let mut hash = all ^ FLIP_3;
        hash = (hash ^ hash >> 33).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
        hash = (hash ^ hash >> 29).wrapping_mul(0x1656_67b1_9e37_79f9);
        hash ^ hash >> 32
    }

    #[inline]
    fn hash_to_8(self) -> u64 {
        let first = self.head as u32;
        let last = (self.head >> ((8 * self.len).wrapping_sub(32) & 63)) as u32;
        let mut hash = (u64::from(last) | u64::from(first) << 32) ^ FLIP_8;
        hash = (hash ^ hash.rotate_left(49) ^ hash.rotate_left(24)).wrapping_mul(0x9fb2_1c65_1e98_df25);
        hash = (hash ^ (hash >> 35).wrapping_add(self.len as u64)).wrapping_mul(0x9fb2_1c65_1e98_df25);
        hash ^ hash >> 28
    }

    #[inline]
    fn hash_to_16(self) -> u64 {
        let (first, last) = (self.head ^ FLIP_16.0, self.tail ^ FLIP_16.1);
        let product = u128::from(first) * u128::from(last);
        let folded = product as u64 ^ (product >> 64) as u64;
        let mut hash = (self.len as u64).wrapping_add(first.swap_bytes()).wrapping_add(last).wrapping_add(folded);
        hash = (hash ^ hash >> 37).wrapping_mul(0x1656_6791_9e37_79f9);
        hash ^ hash >> 32
    }
}

/// What the hash takes of its secret for inputs of up to 3, 8 and 16 bytes, two places combined each.
const FLIP_3: u64 = 0x396c_feb8 ^ 0xbe4b_a423;
/// See [`FLIP_3`].
const FLIP_8: u64 = 0x1cad_21f7_2c81_017c ^ 0xdb97_9083_e96d_d4de;
/// See [`FLIP_3`].
const FLIP_16: (u64, u64) =
    (0x1f67_b3b7_a4a4_4072 ^ 0x78e5_c0cc_4ee6_79cb, 0x2172_ffcc_7dd0_5a82 ^ 0x8e24_43f7_7446_08b8);

/// How many of eight bytes are ASCII letters before the first one that is none.
#[inline]
fn n_letters(bytes: u64) -> usize {
    // Each byte in seven bits, so that what is added to one does not reach the next.
    let small = (bytes | each(0x20)) & each(0x7f);
    let from_a = small + each(0x80 - b'a' as u64);
    let beyond_z = small + each(0x7f - b'z' as u64);
    let others = !(from_a & !beyond_z & !bytes) & each(0x80);
    others.trailing_zeros() as usize / 8
}

/// The bits by which the letters of two bytes that start among these bytes differ from those that they are compared as;
/// `all` stays known only if all of them are.
#[inline]
fn flips(known: &Pairs, bytes: u64, mut starts: u64, all: &mut Pair) -> u64 {
    let mut flips = 0;
    while starts != 0 {
        let at = starts.trailing_zeros() & 0x38;
        let pair = known.get(bytes >> at);
        flips |= u64::from(pair.flips()) << at;
        *all = all.and(pair);
        starts &= starts - 1;
    }
    flips
}

/// How many of eight bytes are ASCII letters or no ASCII before the first one that is something else.
#[inline]
fn n_letters_or_beyond(bytes: u64) -> usize {
    let small = (bytes | each(0x20)) & each(0x7f);
    let from_a = small + each(0x80 - b'a' as u64);
    let beyond_z = small + each(0x7f - b'z' as u64);
    let others = !(from_a & !beyond_z | bytes) & each(0x80);
    others.trailing_zeros() as usize / 8
}

/// The highest bit of each of sixteen bytes.
const HIGH: u128 = (each(0x80) as u128) << 64 | each(0x80) as u128;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use xxhash_rust::xxh3::xxh3_64;

    use super::*;

    #[test]
    fn every_byte_is_told_from_a_letter() {
        for b in 0..=u8::MAX {
            for at in 0..20 {
                let mut text = [b'x'; 20];
                text[at] = b;
                let n = text.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(text.len());
                let found = Short::starting(&text).map(Short::len);
                assert_eq!(found, (1..=16).contains(&n).then_some(n), "{b} at {at}");
            }
        }
    }

    proptest! {
        #[test]
        fn letters_of_two_bytes_are_folded_as_one_by_one(text in "([a-zA-Zéßıİ֑אÄǅжЖΐσ\u{301}٣ა]|[\u{80}-\u{7ff}]){0,9}[ -~é]{0,12}") {
            use crate::shingle::script::fold;
            let word: String = text.chars().take_while(|c| c.is_ascii_alphabetic() || !c.is_ascii()).collect();
            if let Some((short, is_capital)) = Short::mixed(text.as_bytes()) {
                let mut folded = String::new();
                word.chars().for_each(|c| fold(c, |c| folded.push(c)));
                prop_assert_eq!((short.len(), short.hash()), (word.len(), xxh3_64(folded.as_bytes())));
                prop_assert_eq!(is_capital, word.starts_with(char::is_uppercase));
            }
        }

        #[test]
        fn registers_give_what_bytes_give(text in "[a-zA-Z]{0,20}[ -~é]{0,12}") {
            let n = text.bytes().position(|b| !b.is_ascii_alphabetic()).unwrap_or(text.len());
            let hash = Short::starting(text.as_bytes()).map(Short::hash);
            let expected = xxh3_64(text[..n].to_ascii_lowercase().as_bytes());
            prop_assert_eq!(hash, (1..=16).contains(&n).then_some(expected));
        }
    }
}
