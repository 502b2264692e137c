//! Which words of an article are numbers, names and quotations.

use crate::shingle::Token;

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
    pub(super) fn of(tokens: &[Token]) -> Self {
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
