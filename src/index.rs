//! The state of a run: what is kept of each article once its text is gone.
//!
//! In memory: its id, the numbers of its outlet and of its words, its date, and where the rest is, about 80 bytes and the
//! id an article. On disk, in temporary files ([`crate::spill`]): the words of its body, four bytes each; its headline,
//! url, dateline and credits; the keys it is filed under, eight bytes each; and until furniture is known, what may be
//! furniture. A corpus of 3 KB an article so takes about 5 KB of disk an article, and a tenth of a KB of memory. Who wants
//! to show words has the texts kept too ([`Texts`]).

mod builder;
mod canonical;
mod ids;
mod packed;
mod saved;
mod stored;
#[cfg(test)]
mod tests;
mod texts;
mod units;
mod words;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::article::{ArticleId, Published};
use crate::candidates::{Filed, Pair, Postings, candidates};
use crate::clean::credit::{Credit, Dateline};
use crate::error::Result;
use crate::params::Params;
use crate::shingle::Token;
use crate::spill::{Space, Spill};
pub use builder::Builder;
use ids::{Ids, Names};
pub use packed::{PACKED, Packed};
pub use texts::Texts;
use words::{Place, read_tokens};

/// What is known of an article besides its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// What is known of it besides its words.
    pub entry: Entry,
    /// The words of its body.
    pub tokens: Vec<Token>,
    /// The keys it is filed under.
    pub keys: Vec<u32>,
    /// What of its body may be furniture: its [`units`](crate::furniture::units).
    pub units: Vec<u64>,
    /// The paragraphs of its body, for a [`Builder::keeping_texts`]; empty for others.
    pub body: Vec<String>,
}

/// All articles of a run, in canonical order: by id, then by content, so that nothing depends on the order of the input.
#[derive(Debug)]
pub struct Index {
    /// Words of each body.
    pub n_words: Vec<u32>,
    /// For each article the first with the same tokens: itself, mostly. Only first ones are filed under keys.
    pub twin_of: Vec<ArticleId>,
    /// The texts of the articles, where they were kept.
    pub texts: Option<Texts>,
    /// For each article its place in the input, from 0.
    pub positions: Vec<u32>,
    /// The articles whose id was changed because another has it too, ascending, with the ids that they got.
    renamed: Vec<(ArticleId, String)>,
    published: Vec<Option<Published>>,
    /// By place in the input.
    outlets: Vec<u32>,
    outlet_names: Names,
    ids: Ids,
    /// Where the entries and the words of the articles are, by place in the input.
    entries: Spill,
    entry_ends: Vec<u64>,
    tokens: Spill,
    starts: Vec<u64>,
    /// The articles that furniture was taken off, by their place in the input, and where their words are with it.
    unstripped: HashMap<u32, Place>,
    /// The keys of the articles, until they are used up.
    postings: Option<Postings>,
    space: Space,
}

impl Index {
    fn position(&self, article: ArticleId) -> usize {
        self.positions[article.index()] as usize
    }

    /// The tokens of an article's body.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where the temporary file cannot be read.
    pub fn tokens(&self, article: ArticleId) -> Result<Vec<Token>> {
        read_tokens(&self.tokens, self.starts[self.position(article)], self.n_words[article.index()])
    }

    /// The same, with the furniture of its outlet.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where the temporary file cannot be read.
    pub fn unstripped_tokens(&self, article: ArticleId) -> Result<Vec<Token>> {
        match self.unstripped.get(&self.positions[article.index()]) {
            Some(place) => read_tokens(&self.tokens, place.start, place.n_words),
            None => self.tokens(article),
        }
    }

    /// What is known of an article.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where the temporary file cannot be read.
    pub fn entry(&self, article: ArticleId) -> Result<Entry> {
        let entry = stored::read(&self.entries, &self.entry_ends, self.position(article))?;
        Ok(Entry {
            id: self.id(article).to_owned(),
            outlet: self.outlet(article).to_owned(),
            published: self.published(article),
            ..entry
        })
    }

    /// The id of an article, different from all others.
    pub fn id(&self, article: ArticleId) -> &str {
        match self.renamed.binary_search_by_key(&article, |(article, _)| *article) {
            Ok(at) => &self.renamed[at].1,
            Err(_) => self.own_id(article),
        }
    }

    /// The id that the record has, be it another's too.
    pub fn own_id(&self, article: ArticleId) -> &str {
        self.ids.get(self.position(article))
    }

    /// The article at each place in the input. Four bytes an article.
    pub fn articles(&self) -> Vec<ArticleId> {
        let mut articles = vec![ArticleId(0); self.len()];
        for (&position, article) in self.positions.iter().zip((0..).map(ArticleId)) {
            articles[position as usize] = article;
        }
        articles
    }

    /// Who published an article; empty where nothing says.
    pub fn outlet(&self, article: ArticleId) -> &str {
        self.outlet_names.get(self.outlets[self.position(article)])
    }

    /// When an article was published.
    pub fn published(&self, article: ArticleId) -> Option<Published> {
        self.published[article.index()]
    }

    /// Whether one outlet published both articles, as far as their outlets are known.
    pub fn have_one_outlet(&self, a: ArticleId, b: ArticleId) -> bool {
        let [a, b] = [a, b].map(|article| self.outlets[self.position(article)]);
        a == b && !self.outlet_names.get(a).is_empty()
    }

    /// Reads the headline of every article that has one: what was taken of each stretch of articles, in the order of the
    /// input. In parallel.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where the temporary file cannot be read.
    pub fn headlines<T: Default + Send>(&self, take: impl Fn(&mut T, ArticleId, &str) + Sync) -> Result<Vec<T>> {
        let article_at = self.articles();
        let stretches = article_at.par_chunks(ENTRIES_AT_ONCE).zip(self.entry_ends.par_chunks(ENTRIES_AT_ONCE));
        let taken = stretches.enumerate().map(|(number, (articles, ends))| {
            let start = number
                .checked_sub(1)
                .map_or(0, |before| self.entry_ends[before * ENTRIES_AT_ONCE + ENTRIES_AT_ONCE - 1]);
            let bytes = self.entries.bytes(start, (ends[ends.len() - 1] - start) as usize)?;
            let (mut taken, mut from) = (T::default(), 0);
            for (&article, &end) in articles.iter().zip(ends) {
                let to = (end - start) as usize;
                let headline = stored::headline(&bytes[from..to]);
                let headline = headline.map_err(|e| self.entries.read_error(std::io::Error::other(e)))?;
                headline.into_iter().for_each(|headline| take(&mut taken, article, headline));
                from = to;
            }
            Ok(taken)
        });
        taken.collect()
    }

    /// The pairs of articles that are worth comparing, ascending. The keys are used up. `hubs` are compared with all who
    /// share enough with them: see [`Filed::hubs`].
    ///
    /// # Errors
    /// Those of [`candidates`].
    pub fn candidates(&mut self, hubs: &[ArticleId], params: &Params) -> Result<Vec<Pair>> {
        let Some(postings) = self.postings.take() else { return Ok(Vec::new()) };
        let filed = Filed { n_words: &self.n_words, positions: &self.positions, twin_of: &self.twin_of, hubs };
        // What the pairs take afterwards is not known yet. Half as much would have the lists read twice as often.
        candidates(postings, filed, params, &self.space, self.space.buffers(self.n_bytes()) / 5 * 3)
    }

    /// Has the words and the entries in the cache of files, as far as memory holds them, before they are read here and there.
    pub fn read_ahead(&self) {
        self.tokens.read_ahead();
        self.entries.read_ahead();
    }

    /// Bytes of memory that it takes, about.
    pub fn n_bytes(&self) -> u64 {
        BYTES_AN_ARTICLE * self.len() as u64 + self.ids.n_bytes() + self.outlet_names.n_bytes()
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.positions.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.positions.is_empty()
    }
}

/// Entries that are read at once.
const ENTRIES_AT_ONCE: usize = 4096;
/// Bytes of memory that an article takes besides its id: in the vectors of an index, and in those that the stages after it
/// make of as many numbers.
const BYTES_AN_ARTICLE: u64 = 110;
