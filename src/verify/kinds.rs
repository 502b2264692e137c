//! Which words of an article are numbers, names and quotations.

use crate::shingle::Token;

/// Words of what kind the words of an article are.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinds {
    /// Which are [`NUMBERS`], one bit a word, then which are [`FACTS`], and which are [`QUOTED`].
    words: Vec<u64>,
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
    pub(super) fn of(tokens: &[Token]) -> Self {
        let n = tokens.len().div_ceil(64);
        let mut kinds = Kinds { words: vec![0; 3 * n], all: [0; 3] };
        for (some, at) in tokens.chunks(64).zip(0..) {
            let mut bits = [0; 3];
            for token in some.iter().rev() {
                bits[NUMBERS] = bits[NUMBERS] << 1 | u64::from(token.is_number());
                bits[FACTS] = bits[FACTS] << 1 | u64::from(token.is_fact());
                bits[QUOTED] = bits[QUOTED] << 1 | u64::from(token.is_quoted());
            }
            kinds.all.iter_mut().zip(bits).for_each(|(all, bits)| *all += bits.count_ones() as usize);
            bits.iter().zip(0..).for_each(|(&bits, kind)| kinds.words[kind * n + at] = bits);
        }
        kinds
    }

    /// Which words are of a kind, 64 in a number.
    pub(super) fn of_kind(&self, kind: usize) -> &[u64] {
        let n = self.words.len() / 3;
        &self.words[kind * n..(kind + 1) * n]
    }
}
