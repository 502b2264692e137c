//! An index being filled.

use std::collections::HashMap;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::canonical::{order, tell_apart, twins};
use super::ids::{Ids, Names};
use super::packed::{Row, stored_tokens};
use super::saved::Rows;
use super::texts::TextsBuilder;
use super::units::Units;
use super::words::{Place, read_tokens};
use super::{BYTES_AN_ARTICLE, Index, PACKED, Packed, stored};
use crate::article::Published;
use crate::candidates::{MAX_ARTICLES, Postings};
use crate::error::{Error, Result};
use crate::furniture::{self, Furniture, PageUnits};
use crate::shingle::Token;
use crate::spill::{Space, Spill};

/// An index being filled, in the order of the input.
#[derive(Debug)]
pub struct Builder {
    ids: Ids,
    outlets: Vec<u32>,
    outlet_names: Names,
    published: Vec<Option<Published>>,
    n_words: Vec<u32>,
    contents: Vec<u64>,
    starts: Vec<u64>,
    tokens: Spill,
    entry_ends: Vec<u64>,
    entries: Spill,
    postings: Postings,
    units: Units,
    texts: Option<TextsBuilder>,
    unstripped: HashMap<u32, Place>,
    /// What a run that is resumed fills the vectors above from.
    rows: Option<Rows>,
    space: Space,
}

const TOKENS: &str = "tokens";
const ENTRIES: &str = "entries";

impl Builder {
    /// An empty index, what it does not hold in memory in temporary files.
    ///
    /// # Errors
    /// [`Error::Write`] where no temporary file can be made.
    pub fn new(space: &Space) -> Result<Self> {
        Ok(Builder {
            ids: Ids::default(),
            outlets: Vec::new(),
            outlet_names: Names::default(),
            published: Vec::new(),
            n_words: Vec::new(),
            contents: Vec::new(),
            starts: Vec::new(),
            tokens: space.named(TOKENS)?,
            entry_ends: Vec::new(),
            entries: space.named(ENTRIES)?,
            postings: Postings::new(space)?,
            units: Units::new(space)?,
            texts: None,
            unstripped: HashMap::new(),
            rows: Rows::new(space)?,
            space: space.clone(),
        })
    }

    /// The same, with the texts in another temporary file.
    ///
    /// # Errors
    /// [`Error::Write`] where no temporary file can be made.
    pub fn keeping_texts(space: &Space) -> Result<Self> {
        Ok(Builder { texts: Some(TextsBuilder::new(space)?), ..Builder::new(space)? })
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.n_words.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.n_words.is_empty()
    }

    /// Adds articles.
    ///
    /// # Errors
    /// [`Error::Write`] where a temporary file cannot be written; [`Error::TooManyArticles`]; [`Error::Memory`].
    pub fn append(&mut self, packed: &Packed) -> Result<()> {
        if self.len() + packed.rows.len() > MAX_ARTICLES as usize {
            return Err(Error::TooManyArticles);
        }
        self.tokens.append_numbers(&packed.tokens)?;
        self.entries.append(&packed.entries)?;
        for (group, first) in packed.keys.iter().zip((self.len() as u32..).step_by(PACKED)) {
            self.postings.push(group, first)?;
        }
        let mut units = packed.units.as_slice();
        for (row, body) in packed.rows.iter().zip(&packed.bodies) {
            let position = self.len() as u32;
            let (own, rest) = units.split_at(row.n_units as usize);
            let outlet = self.outlet_names.number(&row.outlet);
            self.units.push(outlet, position, own)?;
            units = rest;
            if let Some(texts) = &mut self.texts {
                texts.push(&row.outlet, body)?;
            }
            if let Some(rows) = &mut self.rows {
                rows.push(row)?;
            }
            self.push_row(row, outlet);
        }
        self.space.check(self.n_bytes())
    }

    fn push_row(&mut self, row: &Row, outlet: u32) {
        let start = self.starts.last().zip(self.n_words.last()).map_or(0, |(start, n)| start + 4 * u64::from(*n));
        self.starts.push(start);
        self.entry_ends.push(self.entry_ends.last().unwrap_or(&0) + u64::from(row.n_entry_bytes));
        self.ids.push(&row.id);
        self.outlets.push(outlet);
        self.published.push(row.published);
        self.n_words.push(row.n_words);
        self.contents.push(row.content);
    }

    /// Bytes of memory that the index will take, about.
    fn n_bytes(&self) -> u64 {
        BYTES_AN_ARTICLE * self.len() as u64 + self.ids.n_bytes() + self.outlet_names.n_bytes()
    }

    /// The names of the files that an index which may be resumed has.
    pub(crate) fn file_names() -> impl Iterator<Item = String> {
        let names = [TOKENS, ENTRIES, Rows::NAME, TextsBuilder::NAME].map(str::to_owned);
        names.into_iter().chain(Postings::file_names()).chain(Units::file_names())
    }

    /// The files, by name.
    fn files(&mut self) -> impl Iterator<Item = (String, &mut Spill)> {
        let own = [(TOKENS.to_owned(), &mut self.tokens), (ENTRIES.to_owned(), &mut self.entries)];
        let rows = self.rows.as_mut().map(|rows| (Rows::NAME.to_owned(), rows.file()));
        let texts = self.texts.as_mut().map(|texts| (TextsBuilder::NAME.to_owned(), texts.file()));
        let postings = Postings::file_names().zip(self.postings.files());
        let units = Units::file_names().zip(self.units.files());
        own.into_iter().chain(rows).chain(texts).chain(postings).chain(units)
    }

    /// Hands all that was added over to the system: the name and length of each file.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub(crate) fn save(&mut self) -> Result<Vec<(String, u64)>> {
        self.files()
            .map(|(name, file)| {
                file.flush()?;
                Ok((name, file.len()))
            })
            .collect()
    }

    /// Takes up what was saved, when each file had this length.
    ///
    /// # Errors
    /// [`Error::Write`] or [`Error::Read`], also where a file has become shorter.
    pub(crate) fn reopen(&mut self, length: &impl Fn(&str) -> u64) -> Result<()> {
        for (name, file) in self.files() {
            file.truncate(length(&name))?;
        }
        let Some(rows) = self.rows.take() else { return Ok(()) };
        rows.read(|row| {
            let outlet = self.outlet_names.number(&row.outlet);
            self.push_row(&row, outlet);
            Ok(())
        })?;
        self.rows = Some(rows);
        self.texts.as_mut().map_or(Ok(()), TextsBuilder::reopen)
    }

    /// Learns the furniture of the outlets from the articles added so far.
    ///
    /// # Errors
    /// [`Error::Write`] or [`Error::Read`] where a temporary file cannot be written or read.
    pub fn learn_furniture(&mut self) -> Result<Furniture> {
        self.tokens.flush()?;
        self.units.flush()?;
        furniture::learn(self)
    }

    /// Takes furniture off the articles; `keys_of` gives the keys of the words that are left.
    ///
    /// # Errors
    /// [`Error::Write`] or [`Error::Read`] where a temporary file cannot be written or read.
    pub fn strip(&mut self, furniture: &Furniture, keys_of: impl Fn(&[Token]) -> Vec<u32> + Sync) -> Result<()> {
        if furniture.is_empty() {
            return Ok(());
        }
        if let Some(texts) = &mut self.texts {
            texts.take_off(furniture);
        }
        for some in self.concerned(furniture)?.chunks(STRIPPED_AT_ONCE) {
            let stripped: Vec<Option<(Vec<Token>, Vec<u32>)>> = some
                .par_iter()
                .map(|&position| {
                    let tokens = furniture::Pages::tokens(self, position as usize)?;
                    let left = furniture.strip(furniture::Pages::outlet(self, position as usize), &tokens);
                    Ok(left.map(|left| {
                        let keys = keys_of(&left);
                        (left, keys)
                    }))
                })
                .collect::<Result<_>>()?;
            for (&position, (tokens, keys)) in some.iter().zip(stripped).filter_map(|(at, s)| Some((at, s?))) {
                self.replace(position, &tokens, &keys)?;
            }
            self.tokens.flush()?;
        }
        Ok(())
    }

    /// The articles that may have furniture, ascending.
    fn concerned(&mut self, furniture: &Furniture) -> Result<Vec<u32>> {
        self.tokens.flush()?;
        self.units.flush()?;
        let of_group = |group| {
            let units = self.units.read(group)?;
            let outlet = |page: u32| furniture::Pages::outlet(self, page as usize);
            let concerned = units.iter().filter(|(page, units)| furniture.concerns(outlet(*page), units));
            Ok(concerned.map(|(page, _)| page).collect())
        };
        let groups: Vec<Vec<u32>> =
            (0..self.units.n_groups()).into_par_iter().with_max_len(1).map(of_group).collect::<Result<_>>()?;
        let mut concerned: Vec<u32> = groups.into_iter().flatten().collect();
        concerned.sort_unstable();
        Ok(concerned)
    }

    /// Puts other words in the place of an article's.
    fn replace(&mut self, position: u32, tokens: &[Token], keys: &[u32]) -> Result<()> {
        let at = position as usize;
        self.unstripped.insert(position, Place { start: self.starts[at], n_words: self.n_words[at] });
        let stored: Vec<u32> = stored_tokens(tokens).collect();
        self.starts[at] = self.tokens.append_numbers(&stored)?;
        self.contents[at] = xxh3_64(bytemuck::cast_slice(&stored));
        self.n_words[at] = tokens.len() as u32;
        self.postings.restate(keys, position)
    }

    /// The index, its articles in canonical order. Of articles with one id, all but the first get `#2`, `#3`, ...
    /// appended; their number is returned too.
    ///
    /// # Errors
    /// [`Error::Write`] or [`Error::Read`] where a temporary file cannot be written or read.
    pub fn finish(mut self) -> Result<(Index, u64)> {
        self.tokens.flush()?;
        self.entries.flush()?;
        let positions = order(&self)?;
        let twin_of = twins(&positions, &self.contents, &self.n_words);
        let renamed = tell_apart(&positions, &self.ids);
        let n_repeated = renamed.len() as u64;
        let index = Index {
            n_words: in_order(&positions, &self.n_words),
            published: in_order(&positions, &self.published),
            twin_of,
            texts: self.texts.map(|texts| texts.finish(&positions)).transpose()?,
            renamed,
            outlets: self.outlets,
            outlet_names: self.outlet_names,
            ids: self.ids,
            entries: self.entries,
            entry_ends: self.entry_ends,
            tokens: self.tokens,
            starts: self.starts,
            unstripped: self.unstripped,
            postings: Some(self.postings),
            space: self.space,
            positions,
        };
        Ok((index, n_repeated))
    }

    pub(super) fn id(&self, position: u32) -> &str {
        self.ids.get(position as usize)
    }

    /// What articles with one id are put in order by.
    pub(super) fn identity(&self, position: u32) -> (u64, &str, Option<Published>) {
        let at = position as usize;
        (self.contents[at], self.outlet_names.get(self.outlets[at]), self.published[at])
    }

    /// Where an article was published, from the temporary file.
    pub(super) fn url(&self, position: u32) -> Result<Option<String>> {
        Ok(stored::read(&self.entries, &self.entry_ends, position as usize)?.url)
    }
}

fn in_order<T: Copy>(positions: &[u32], values: &[T]) -> Vec<T> {
    positions.iter().map(|&position| values[position as usize]).collect()
}

/// Articles whose words are read and stripped at once: enough for all cores, little enough to hold.
const STRIPPED_AT_ONCE: usize = 4096;

impl furniture::Pages for Builder {
    fn n_groups(&self) -> usize {
        self.units.n_groups()
    }

    fn group(&self, group: usize) -> Result<PageUnits> {
        self.units.read(group)
    }

    fn outlet(&self, page: usize) -> &str {
        self.outlet_names.get(self.outlets[page])
    }

    fn content(&self, page: usize) -> u64 {
        self.contents[page]
    }

    fn tokens(&self, page: usize) -> Result<Vec<Token>> {
        read_tokens(&self.tokens, self.starts[page], self.n_words[page])
    }
}
