//! Filters of what texts start and end with: a few bytes, or two characters, hashed, without a look at any word.

use crate::agency::small;
use crate::swar::{each, first_eight};

/// A filter of what texts start with, in small letters: by the longest of some lengths that it has.
pub(super) struct Starts(Seen, Pairs);

/// The same for what they end with.
pub(super) struct Ends(Seen, Pairs);

impl Default for Starts {
    fn default() -> Self {
        Starts(Seen::default(), Pairs(Seen::default()))
    }
}

impl Default for Ends {
    fn default() -> Self {
        Ends(Seen::default(), Pairs(Seen::default()))
    }
}

impl Starts {
    /// Takes what texts start with.
    pub(super) fn insert(&mut self, start: &str) {
        self.0.insert(first_eight(start.as_bytes()), start.len());
        self.1.insert(start.chars());
    }

    /// Whether a text may start with one of these in any case, those letters aside that are not ASCII.
    pub(super) fn may_start(&self, text: &str) -> bool {
        self.0.has(first_eight(text.as_bytes()))
    }

    /// The same for words of any letters.
    pub(super) fn may_start_with_word(&self, text: &str) -> bool {
        let head = first_eight(text.as_bytes());
        if head & NOT_ASCII == 0 { self.0.has(head) } else { self.1.has(text.chars()) }
    }
}

impl Ends {
    /// Takes what texts end with.
    pub(super) fn insert(&mut self, end: &str) {
        self.0.insert(tail(end), end.len());
        self.1.insert(end.chars().rev());
    }

    /// Whether a text may end with one of these in any case, or in a sign of capitals and digits.
    pub(super) fn may_end(&self, text: &str) -> bool {
        let tail = tail(text);
        let last = tail as u8;
        if last.is_ascii_uppercase() | last.is_ascii_digit() {
            return true;
        }
        if tail & NOT_ASCII == 0 { self.0.has(tail) } else { self.1.has(text.chars().rev()) }
    }
}

/// A bit for each of what texts have at an edge.
struct Seen([u64; BITS / 64]);

/// Bytes at an edge that are looked at.
const LENGTHS: [usize; 6] = [1, 2, 3, 4, 6, 8];
/// Many times the edges there are.
const BITS: usize = 1 << 15;

impl Seen {
    /// Takes the eight bytes nearest to an edge, the nearest one lowest, of which there are `len`.
    fn insert(&mut self, edge: u64, len: usize) {
        if let Some(&len) = LENGTHS.iter().rev().find(|&&known| known <= len) {
            let bit = Self::bit(in_small(edge), len);
            self.0[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// Whether any that was taken in may be here, in any case.
    fn has(&self, edge: u64) -> bool {
        let small = in_small(edge);
        let any = LENGTHS.iter().fold(0, |any, &len| {
            let bit = Self::bit(small, len);
            any | self.0[bit / 64] >> (bit % 64)
        });
        any & 1 != 0
    }

    fn bit(edge: u64, len: usize) -> usize {
        let known = edge << (64 - 8 * len);
        (known.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS.ilog2())) as usize
    }
}

impl Default for Seen {
    fn default() -> Self {
        Seen([0; BITS / 64])
    }
}

/// A bit for each of the pairs of characters at an edge: for texts that are not ASCII, which small letters may shorten.
struct Pairs(Seen);

impl Pairs {
    /// Takes the characters from an edge on: the first two, or the only one.
    fn insert(&mut self, mut chars: impl Iterator<Item = char>) {
        let code = |c: Option<char>| c.map_or(0, |c| u64::from(u32::from(c)));
        let pair = code(chars.next()) << 32 | code(chars.next());
        let bit = Seen::bit(pair, 8);
        self.0.0[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether any that was taken in may be here, in any case.
    fn has(&self, mut chars: impl Iterator<Item = char>) -> bool {
        // Those whose small letters have to be looked up may be any.
        let mut code = || chars.next().map_or(Some(0), |c| small(c).map(|c| u64::from(u32::from(c))));
        let (Some(first), Some(second)) = (code(), code()) else { return true };
        let has = |pair: u64| {
            let bit = Seen::bit(pair, 8);
            self.0.0[bit / 64] >> (bit % 64) & 1 != 0
        };
        has(first << 32 | second) || has(first << 32)
    }
}

/// The bit of each byte that only those have that are not ASCII.
const NOT_ASCII: u64 = each(0x80);
/// The bit of each byte that small letters have and capitals do not.
const SMALL: u64 = each(0x20);

/// The bytes at an edge in small letters, as far as they are ASCII.
fn in_small(edge: u64) -> u64 {
    // Nothing else that stands at edges is mistaken for another by this bit.
    match edge & NOT_ASCII {
        0 => edge | SMALL,
        beyond => (edge | SMALL) & ((1 << (beyond.trailing_zeros() & !7)) - 1),
    }
}

/// The last eight bytes of a text, the last one lowest; zeros where it starts after.
fn tail(text: &str) -> u64 {
    match text.as_bytes().last_chunk() {
        Some(tail) => u64::from_be_bytes(*tail),
        None => text.bytes().fold(0, |tail, b| tail << 8 | u64::from(b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_known_in_any_case() {
        let (mut starts, mut ends) = (Starts::default(), Ends::default());
        for word in ["tt", "afp", "dpa", "press", "associated", "média", "a", "élan", "тасс", "ب", "新华社"] {
            starts.insert(word);
            ends.insert(word);
        }
        for word in
            ["TT", "tt", "Afp", "Press", "ASSOCIATED", "Média", "MÉDIA", "A", "ÉLAN", "Тасс", "ТАСС", "ب", "新华社"]
        {
            for end in ["", " x", ", x", "/x", ") and so on"] {
                assert!(starts.may_start_with_word(&format!("{word}{end}")), "{word}{end}");
            }
            for start in ["", "x ", "x/", "and so on ("] {
                assert!(ends.may_end(&format!("{start}{word}")), "{start}{word}");
            }
        }
        assert!(!starts.may_start_with_word("The harbor council") && !ends.may_end("the fish market for good"));
        assert!(!starts.may_start_with_word("Рынок закрыт") && !ends.may_end("Рынок закрыт"));
        assert!(ends.may_end("NSD RC") && !ends.may_end("nsd rc"));
    }
}
