//! Articles on their way into an index, packed by the thread that read them, so that whoever fills the index only appends.

use xxhash_rust::xxh3::xxh3_64;

use super::{Fingerprint, stored};
use crate::article::Published;
use crate::candidates::{GROUPED, Group};
use crate::shingle::Token;

/// Articles that are best packed together.
pub const PACKED: usize = GROUPED;

/// Words of most articles, and their units: seldom more.
const USUAL_WORDS: usize = 512;
/// See [`USUAL_WORDS`].
const USUAL_UNITS: usize = 192;

/// Some articles, in the order of the input.
#[derive(Debug, Default)]
pub struct Packed {
    pub(super) rows: Vec<Row>,
    /// The words of all as they lie in the temporary file, the entries of all, and so on, one article behind the other.
    pub(super) tokens: Vec<u32>,
    pub(super) entries: Vec<u8>,
    /// For every [`PACKED`] articles one.
    pub(super) keys: Vec<Group>,
    pub(super) units: Vec<u64>,
    /// The paragraphs of each body, where they are kept.
    pub(super) bodies: Vec<Vec<String>>,
}

/// One of them: what stays in memory, and how much of the rest is its own.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) outlet: String,
    pub(super) published: Option<Published>,
    /// The hash of its words.
    pub(super) content: u64,
    pub(super) n_words: u32,
    pub(super) n_entry_bytes: u32,
    pub(super) n_units: u32,
}

impl FromIterator<Fingerprint> for Packed {
    fn from_iter<I: IntoIterator<Item = Fingerprint>>(articles: I) -> Self {
        let articles = articles.into_iter();
        let most = articles.size_hint().1.unwrap_or_default().min(PACKED);
        let mut packed = Packed::default();
        let (mut keys, mut ends) = (Vec::new(), Vec::new());
        for article in articles {
            if packed.rows.is_empty() {
                packed.make_room(most, &article);
            }
            keys.extend_from_slice(&article.keys);
            ends.push(keys.len());
            packed.push(article);
        }
        let mut start = 0;
        for ends in ends.chunks(GROUPED) {
            let starts = std::iter::once(start).chain(ends.iter().copied());
            packed.keys.push(Group::new(starts.zip(ends).map(|(start, &end)| &keys[start..end])));
            start = ends[ends.len() - 1];
        }
        packed
    }
}

impl From<Fingerprint> for Packed {
    fn from(article: Fingerprint) -> Self {
        std::iter::once(article).collect()
    }
}

impl Packed {
    /// Makes room for so many articles that are as long as the first, or of the usual length: to grow step by step is to copy
    /// all of them once more. Records that hold no article, and very short ones, come by the thousand.
    fn make_room(&mut self, n: usize, first: &Fingerprint) {
        self.rows.reserve_exact(n);
        self.tokens.reserve_exact(n * first.tokens.len().min(USUAL_WORDS));
        self.units.reserve_exact(n * first.units.len().min(USUAL_UNITS));
    }

    /// Adds an article, but for its keys.
    fn push(&mut self, article: Fingerprint) {
        let Fingerprint { entry, tokens, units, body, .. } = article;
        let from = self.tokens.len();
        self.tokens.extend(stored_tokens(&tokens));
        let entry_from = self.entries.len();
        stored::encode(&entry, &mut self.entries);
        self.rows.push(Row {
            content: xxh3_64(bytemuck::cast_slice(&self.tokens[from..])),
            n_words: tokens.len() as u32,
            n_entry_bytes: (self.entries.len() - entry_from) as u32,
            n_units: units.len() as u32,
            id: entry.id,
            outlet: entry.outlet,
            published: entry.published,
        });
        self.units.extend_from_slice(&units);
        self.bodies.push(body);
    }
}

/// Tokens as they lie in the temporary file: four bytes each, the lowest first.
pub(super) fn stored_tokens(tokens: &[Token]) -> impl Iterator<Item = u32> + '_ {
    tokens.iter().map(|token| token.to_bits().to_le())
}
