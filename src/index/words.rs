//! The words of articles, read back from the temporary file.

use crate::error::Result;
use crate::shingle::Token;
use crate::spill::Spill;

/// Where the words of an article are in the temporary file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) start: u64,
    pub(super) n_words: u32,
}

pub(super) fn read_tokens(file: &Spill, start: u64, n_words: u32) -> Result<Vec<Token>> {
    let mut stored = vec![0; n_words as usize];
    file.read_numbers(start, &mut stored)?;
    // Where they lie: the same memory becomes that of the tokens.
    Ok(stored.into_iter().map(|bits| Token::from_bits(u32::from_le(bits))).collect())
}
