//! The texts of a run's articles, for those who show words: kept only where [`Builder::keeping_texts`] asks for it, in a
//! temporary file of their own.
//!
//! [`Builder::keeping_texts`]: super::Builder::keeping_texts

use std::ops::Range;

use crate::article::ArticleId;
use crate::clean::Page;
use crate::error::Result;
use crate::furniture::Furniture;
use crate::spill::{Space, Spill};

/// The bodies of all articles of a run, on disk: about as many bytes as the articles have, and 16 of memory for each.
#[derive(Debug)]
pub struct Texts {
    file: Spill,
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
        let bytes = self.file.bytes(place.start, (place.end - place.start) as usize)?;
        let (outlet, body) = serde_json::from_slice(&bytes).map_err(|e| self.file.read_error(e.into()))?;
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
    pub(super) const NAME: &'static str = "texts";

    pub(super) fn file(&mut self) -> &mut Spill {
        &mut self.spill
    }

    /// Takes up what the file holds.
    pub(super) fn reopen(&mut self) -> Result<()> {
        let mut at = 0;
        while at < self.spill.len() {
            let mut length = [0; 8];
            self.spill.read(at, &mut length)?;
            let start = at + 8;
            at = start.saturating_add(u64::from_le_bytes(length));
            self.places.push(start..at);
        }
        Ok(())
    }

    pub(super) fn new(space: &Space) -> Result<Self> {
        Ok(TextsBuilder {
            spill: space.named(TextsBuilder::NAME)?,
            places: Vec::new(),
            furniture: Furniture::default(),
        })
    }

    /// Writes a body, with the outlet whose furniture may be in it: as JSON, since pages hold any character.
    pub(super) fn push(&mut self, outlet: &str, body: &[String]) -> Result<()> {
        let bytes = serde_json::to_vec(&(outlet, body)).map_err(|e| self.spill.write_error(e.into()))?;
        self.spill.append(&(bytes.len() as u64).to_le_bytes())?;
        let start = self.spill.append(&bytes)?;
        self.places.push(start..start + bytes.len() as u64);
        Ok(())
    }

    /// What is to be taken off the texts when they are read: most never are.
    pub(super) fn take_off(&mut self, furniture: &Furniture) {
        self.furniture = furniture.clone();
    }

    /// The texts in the order of the index.
    pub(super) fn finish(mut self, order: &[u32]) -> Result<Texts> {
        let places = order.iter().map(|&i| self.places[i as usize].clone()).collect();
        self.spill.flush()?;
        Ok(Texts { file: self.spill, places, furniture: self.furniture })
    }
}
