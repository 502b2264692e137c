//! The words of articles, read back from the temporary file.

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::Result;
use crate::shingle::Token;
use crate::spill::Spill;

/// Where the words of an article are in the temporary file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) start: u64,
    pub(super) n_words: u32,
}

/// The words of the articles of a run by their places in the input, for who outlives its [`Index`](super::Index).
#[derive(Debug)]
pub struct Words {
    pub(super) tokens: Arc<Spill>,
    pub(super) places: Vec<Place>,
    pub(super) unstripped: HashMap<u32, Place>,
}

impl Words {
    /// The words of an article's body.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where the temporary file cannot be read.
    pub fn own(&self, position: u32) -> Result<Vec<Token>> {
        let place = self.places[position as usize];
        read_tokens(&self.tokens, place.start, place.n_words)
    }

    /// The same, with the furniture of its outlet.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where the temporary file cannot be read.
    pub fn unstripped(&self, position: u32) -> Result<Vec<Token>> {
        match self.unstripped.get(&position) {
            Some(place) => read_tokens(&self.tokens, place.start, place.n_words),
            None => self.own(position),
        }
    }

    /// Words of an article's body.
    pub fn n_words(&self, position: u32) -> u32 {
        self.places[position as usize].n_words
    }
}

pub(super) fn read_tokens(file: &Spill, start: u64, n_words: u32) -> Result<Vec<Token>> {
    let mut stored = vec![0; n_words as usize];
    file.read_numbers(start, &mut stored)?;
    // Where they lie: the same memory becomes that of the tokens.
    Ok(stored.into_iter().map(|bits| Token::from_bits(u32::from_le(bits))).collect())
}
