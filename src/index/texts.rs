//! The texts of a run's articles, for those who show words: kept only where [`Builder::keeping_texts`] asks for it, in a
//! temporary file of their own.
//!
//! [`Builder::keeping_texts`]: super::Builder::keeping_texts

use std::fs::File;
use std::ops::Range;

use super::spill::{Spill, read_at, read_error, write_error};
use crate::article::ArticleId;
use crate::clean::Page;
use crate::error::Result;
use crate::furniture::Furniture;

/// The bodies of all articles of a run, on disk: about as many bytes as the articles have, and 16 of memory for each.
#[derive(Debug)]
pub struct Texts {
    file: File,
    places: Vec<Range<u64>>,
    furniture: Furniture,
}

impl Texts {
    /// The paragraphs of an article's body, without its outlet's furniture: their words are the article's tokens.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where the temporary file cannot be read.
    pub fn body(&self, article: ArticleId) -> Result<Vec<String>> {
        let place = &self.places[article.index()];
        let bytes = read_at(&self.file, place.start, (place.end - place.start) as usize)?;
        let (outlet, body) = serde_json::from_slice(&bytes).map_err(|e| read_error(e.into()))?;
        let mut page = Page { outlet, body, ..Page::default() };
        self.furniture.strip_page(&mut page);
        Ok(page.body)
    }
}

/// Texts being written, in the order of the input.
#[derive(Debug)]
pub(super) struct TextsBuilder {
    spill: Spill,
    places: Vec<Range<u64>>,
    furniture: Furniture,
}

impl TextsBuilder {
    pub(super) fn new() -> Result<Self> {
        Ok(TextsBuilder { spill: Spill::new()?, places: Vec::new(), furniture: Furniture::default() })
    }

    /// Writes a body, with the outlet whose furniture may be in it: as JSON, since pages hold any character.
    pub(super) fn push(&mut self, outlet: &str, body: &[String]) -> Result<()> {
        let bytes = serde_json::to_vec(&(outlet, body)).map_err(|e| write_error(e.into()))?;
        let start = self.spill.append(&bytes)?;
        self.places.push(start..start + bytes.len() as u64);
        Ok(())
    }

    /// What is to be taken off the texts when they are read: most never are.
    pub(super) fn take_off(&mut self, furniture: &Furniture) {
        self.furniture = furniture.clone();
    }

    /// The texts in the order of the index.
    pub(super) fn finish(self, order: &[u32]) -> Result<Texts> {
        let places = order.iter().map(|&i| self.places[i as usize].clone()).collect();
        Ok(Texts { file: self.spill.into_file()?, places, furniture: self.furniture })
    }
}
