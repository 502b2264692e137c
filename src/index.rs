//! The state of a run: what is kept of each article once its text is gone.
//!
//! In memory: who published it, when, under which headline, with which credits, and the keys it is filed under. On disk:
//! the tokens of its body, four bytes a word, in a temporary file without a name that the system removes when the run
//! ends, however it ends. A corpus of 3 KB an article so takes about 1.5 KB of memory and 1.8 KB of disk an article, and
//! as much disk again where furniture is taken off. Who wants to show words has the texts kept too ([`Texts`]).

mod canonical;
mod lists;
mod spill;
mod texts;
mod words;

use std::collections::HashMap;
use std::fs::File;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::article::{ArticleId, Published};
use crate::candidates::Keys;
use crate::clean::credit::{Credit, Dateline};
use crate::error::{Error, Result};
use crate::furniture::{self, Furniture};
use crate::shingle::Token;
use canonical::{tell_apart, twins};
use lists::Lists;
use spill::Spill;
pub use texts::Texts;
use texts::TextsBuilder;
pub use words::Words;
use words::{Place, read_tokens};

/// What is kept of an article in memory.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// The record's id.
    pub id: String,
    /// Who published it; empty where nothing says.
    pub outlet: String,
    /// Where.
    pub url: Option<String>,
    /// When.
    pub published: Option<Published>,
    /// Its headline.
    pub headline: Option<String>,
    /// Its dateline.
    pub dateline: Option<Dateline>,
    /// Whom it credits.
    pub credits: Vec<Credit>,
}

/// An article, fingerprinted: what a run keeps of it.
#[derive(Debug)]
pub struct Fingerprint {
    /// What stays in memory.
    pub entry: Entry,
    /// The words of its body.
    pub tokens: Vec<Token>,
    /// The keys it is filed under.
    pub keys: Vec<u32>,
    /// What of its body may be furniture: its [`units`](furniture::units).
    pub units: Vec<u64>,
    /// The paragraphs of its body, for a [`Builder::keeping_texts`]; empty for others.
    pub body: Vec<String>,
}

/// All articles of a run, in canonical order: by id, then by content, so that nothing depends on the order of the input.
#[derive(Debug)]
pub struct Index {
    /// One entry an article.
    pub entries: Vec<Entry>,
    /// Words of each body.
    pub n_words: Vec<u32>,
    /// For each article the first with the same tokens: itself, mostly. Only first ones are filed under keys.
    pub twin_of: Vec<ArticleId>,
    /// The keys of the articles, for [`Keys::candidates`].
    pub keys: Keys,
    /// The texts of the articles, where they were kept.
    pub texts: Option<Texts>,
    /// For each article its place in the input, from 0.
    pub positions: Vec<u32>,
    /// The articles whose id was changed because another has it too, with the id that they had.
    pub renamed: Vec<(ArticleId, String)>,
    /// The articles that furniture was taken off, by their place in the input, and where their words are with it.
    unstripped: HashMap<u32, Place>,
    tokens: Arc<File>,
    starts: Vec<u64>,
}

impl Index {
    /// The tokens of an article's body.
    ///
    /// # Errors
    /// [`Error::Read`] where the temporary file cannot be read.
    pub fn tokens(&self, article: ArticleId) -> Result<Vec<Token>> {
        read_tokens(&self.tokens, self.starts[article.index()], self.n_words[article.index()])
    }

    /// Whether one outlet published both articles, as far as their outlets are known.
    pub fn have_one_outlet(&self, a: ArticleId, b: ArticleId) -> bool {
        let [a, b] = [a, b].map(|article| self.entries[article.index()].outlet.as_str());
        a == b && !a.is_empty()
    }

    /// The words, by the articles' places in the input. 12 bytes an article.
    pub fn words(&mut self) -> Words {
        let mut places = vec![Place { start: 0, n_words: 0 }; self.len()];
        for (article, &position) in self.positions.iter().enumerate() {
            places[position as usize] = Place { start: self.starts[article], n_words: self.n_words[article] };
        }
        Words { tokens: Arc::clone(&self.tokens), places, unstripped: std::mem::take(&mut self.unstripped) }
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// An index being filled, in the order of the input.
#[derive(Debug)]
pub struct Builder {
    entries: Vec<Entry>,
    n_words: Vec<u32>,
    contents: Vec<u64>,
    keys: Lists<u32>,
    units: Lists<u64>,
    starts: Vec<u64>,
    tokens: Spill,
    texts: Option<TextsBuilder>,
    unstripped: HashMap<u32, Place>,
}

impl Builder {
    /// An empty index, its tokens in a temporary file of the system's temporary folder.
    ///
    /// # Errors
    /// [`Error::Write`] where no temporary file can be made.
    pub fn new() -> Result<Self> {
        Ok(Builder {
            entries: Vec::new(),
            n_words: Vec::new(),
            contents: Vec::new(),
            keys: Lists::default(),
            units: Lists::default(),
            starts: Vec::new(),
            tokens: Spill::new()?,
            texts: None,
            unstripped: HashMap::new(),
        })
    }

    /// The same, with the texts in a second temporary file.
    ///
    /// # Errors
    /// [`Error::Write`] where no temporary file can be made.
    pub fn keeping_texts() -> Result<Self> {
        Ok(Builder { texts: Some(TextsBuilder::new()?), ..Builder::new()? })
    }

    /// Adds an article.
    ///
    /// # Errors
    /// [`Error::Write`] where the temporary file cannot be written; [`Error::TooManyArticles`].
    pub fn push(&mut self, article: Fingerprint) -> Result<()> {
        // Positions in the lists of keys are 32 bits wide.
        if self.entries.len() + 1 >= u32::MAX as usize
            || self.keys.values.len() + article.keys.len() >= u32::MAX as usize
        {
            return Err(Error::TooManyArticles);
        }
        let (start, content) = self.spill(&article.tokens)?;
        if let Some(texts) = &mut self.texts {
            texts.push(&article.entry.outlet, &article.body)?;
        }
        self.starts.push(start);
        self.contents.push(content);
        self.n_words.push(article.tokens.len() as u32);
        self.keys.push(&article.keys);
        self.units.push(&article.units);
        self.entries.push(article.entry);
        Ok(())
    }

    /// Appends tokens to the temporary file: where they start, and the hash of them.
    fn spill(&mut self, tokens: &[Token]) -> Result<(u64, u64)> {
        let bytes: Vec<u8> = tokens.iter().flat_map(|t| t.to_bits().to_le_bytes()).collect();
        Ok((self.tokens.append(&bytes)?, xxh3_64(&bytes)))
    }

    /// Learns the furniture of the outlets from the articles added so far.
    ///
    /// # Errors
    /// [`Error::Write`] or [`Error::Read`] where the temporary file cannot be written or read.
    pub fn learn_furniture(&mut self) -> Result<Furniture> {
        self.tokens.flush()?;
        furniture::learn(self)
    }

    /// Takes furniture off the articles; `keys_of` gives the keys of the words that are left. The units are used up.
    ///
    /// # Errors
    /// [`Error::Write`] or [`Error::Read`] where the temporary file cannot be written or read.
    pub fn strip(&mut self, furniture: &Furniture, keys_of: impl Fn(&[Token]) -> Vec<u32> + Sync) -> Result<()> {
        self.tokens.flush()?;
        let concerned: Vec<usize> = (0..self.entries.len())
            .into_par_iter()
            .filter(|&i| furniture.concerns(&self.entries[i].outlet, self.units.get(i)))
            .collect();
        self.units = Lists::default();
        if let Some(texts) = &mut self.texts {
            texts.take_off(furniture);
        }
        for some in concerned.chunks(STRIPPED_AT_ONCE) {
            let stripped: Vec<Option<(Vec<Token>, Vec<u32>)>> = some
                .par_iter()
                .map(|&i| {
                    let tokens = read_tokens(self.tokens.file(), self.starts[i], self.n_words[i])?;
                    let left = furniture.strip(&self.entries[i].outlet, &tokens);
                    Ok(left.map(|left| {
                        let keys = keys_of(&left);
                        (left, keys)
                    }))
                })
                .collect::<Result<_>>()?;
            self.tokens.resume()?;
            for (&i, (tokens, keys)) in some.iter().zip(stripped).filter_map(|(i, s)| Some((i, s?))) {
                self.unstripped.insert(i as u32, Place { start: self.starts[i], n_words: self.n_words[i] });
                (self.starts[i], self.contents[i]) = self.spill(&tokens)?;
                self.n_words[i] = tokens.len() as u32;
                self.keys.replace(i, &keys);
            }
            self.tokens.flush()?;
        }
        Ok(())
    }

    /// The index, its articles in canonical order. Of articles with one id, all but the first get `#2`, `#3`, ...
    /// appended; their number is returned too.
    ///
    /// # Errors
    /// [`Error::Write`] where the temporary file cannot be written.
    pub fn finish(mut self) -> Result<(Index, u64)> {
        self.units = Lists::default();
        let tokens = self.tokens.into_file()?;
        let mut order: Vec<u32> = (0..self.entries.len() as u32).collect();
        order.sort_by_key(|&i| {
            let entry = &self.entries[i as usize];
            (entry.id.as_str(), self.contents[i as usize], entry.outlet.as_str(), entry.published, entry.url.as_deref())
        });
        let twin_of = twins(&order, &self.contents, &self.n_words);
        let mut keys = Keys::with_capacity(self.keys.values.len());
        for (&i, article) in order.iter().zip((0..).map(ArticleId)) {
            if twin_of[article.index()] != article {
                continue;
            }
            self.keys.get(i as usize).iter().for_each(|&key| keys.push(key, article));
        }
        let mut entries: Vec<Entry> = order.iter().map(|&i| std::mem::take(&mut self.entries[i as usize])).collect();
        let renamed = tell_apart(&mut entries);
        let n_repeated = renamed.len() as u64;
        let index = Index {
            n_words: order.iter().map(|&i| self.n_words[i as usize]).collect(),
            starts: order.iter().map(|&i| self.starts[i as usize]).collect(),
            entries,
            twin_of,
            keys,
            texts: self.texts.map(|texts| texts.finish(&order)).transpose()?,
            tokens: Arc::new(tokens),
            unstripped: self.unstripped,
            renamed,
            positions: order,
        };
        Ok((index, n_repeated))
    }
}

/// Articles whose words are read and stripped at once: enough for all cores, little enough to hold.
const STRIPPED_AT_ONCE: usize = 4096;

impl furniture::Pages for Builder {
    fn n_pages(&self) -> usize {
        self.entries.len()
    }

    fn outlet(&self, page: usize) -> &str {
        &self.entries[page].outlet
    }

    fn units(&self, page: usize) -> &[u64] {
        self.units.get(page)
    }

    fn content(&self, page: usize) -> u64 {
        self.contents[page]
    }

    fn tokens(&self, page: usize) -> Result<Vec<Token>> {
        read_tokens(self.tokens.file(), self.starts[page], self.n_words[page])
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::furniture::units;
    use crate::shingle::tokenize;

    fn article(id: &str, text: &str) -> Fingerprint {
        let mut tokens = Vec::new();
        tokenize(&[text], &mut tokens);
        let keys = tokens.iter().map(|t| t.word()).collect();
        let units = units(&tokens);
        let body = vec![text.to_owned()];
        Fingerprint { entry: Entry { id: id.to_owned(), ..Entry::default() }, tokens, keys, units, body }
    }

    fn index(articles: Vec<Fingerprint>) -> (Index, u64) {
        let mut builder = Builder::keeping_texts().unwrap();
        articles.into_iter().for_each(|a| builder.push(a).unwrap());
        builder.finish().unwrap()
    }

    #[test]
    fn tokens_come_back_in_the_order_of_ids() {
        let (index, _) = index(vec![article("b", "two words"), article("a", "one"), article("c", "")]);
        let ids: Vec<&str> = index.entries.iter().map(|e| e.id.as_str()).collect();
        assert_eq!(ids, ["a", "b", "c"]);
        assert_eq!(index.n_words, [1, 2, 0]);
        assert_eq!(index.tokens(ArticleId(1)).unwrap(), article("", "two words").tokens);
        assert_eq!(index.tokens(ArticleId(2)).unwrap(), []);
        let texts = index.texts.unwrap();
        assert_eq!([0, 1, 2].map(|i| texts.body(ArticleId(i)).unwrap()), ["one", "two words", ""].map(|t| vec![t]));
    }

    #[test]
    fn repeated_ids_are_told_apart_whatever_the_order() {
        let texts = ["same", "other", "third"];
        let named = |order: [usize; 3]| {
            let (index, n) = index(order.iter().map(|&i| article("x", texts[i])).collect());
            assert_eq!(n, 2);
            let entries = index.entries.iter().zip((0..).map(ArticleId));
            entries.map(|(e, a)| (e.id.clone(), index.tokens(a).unwrap())).collect::<Vec<_>>()
        };
        assert_eq!(named([0, 1, 2]), named([2, 0, 1]));
        let ids: Vec<String> = named([0, 1, 2]).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["x", "x#2", "x#3"]);
    }

    #[test]
    fn a_new_id_is_nobody_elses() {
        let (index, _) = index(vec![article("x", "a"), article("x", "b"), article("x#2", "c")]);
        let ids: HashSet<&str> = index.entries.iter().map(|e| e.id.as_str()).collect();
        assert_eq!(ids, HashSet::from(["x", "x#2", "x#3"]));
    }

    #[test]
    fn twins_have_the_same_words_and_empty_articles_have_none() {
        let (index, _) = index(vec![article("a", "s t"), article("b", "s t"), article("c", ""), article("d", "")]);
        assert_eq!(index.twin_of.iter().map(|a| a.0).collect::<Vec<_>>(), [0, 0, 2, 3]);
    }
}
