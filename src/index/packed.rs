//! Articles on their way into an index, packed by the thread that read them, so that whoever fills the index only appends.

use xxhash_rust::xxh3::xxh3_64;

use super::{Fingerprint, stored};
use crate::article::Published;
use crate::candidates::{GROUPED, Group};
use crate::shingle::Token;

/// Articles that are best packed together.
pub const PACKED: usize = GROUPED;

/// Bytes of the words and of the entry of most articles, and their units: seldom more.
const USUAL_TOKEN_BYTES: usize = 2 << 10;
/// See [`USUAL_TOKEN_BYTES`].
const USUAL_ENTRY_BYTES: usize = 256;
/// See [`USUAL_TOKEN_BYTES`].
const USUAL_UNITS: usize = 32;

/// Some articles, in the order of the input.
#[derive(Debug, Default)]
pub struct Packed {
    pub(super) rows: Vec<Row>,
    /// The words of all, the entries of all, and so on, one article behind the other.
    pub(super) tokens: Vec<u8>,
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
        let mut packed = Packed::with_room_for(articles.size_hint().1.unwrap_or_default());
        let (mut keys, mut ends) = (Vec::new(), Vec::new());
        for article in articles {
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
    /// None yet, with room for so many of the usual length: to grow step by step is to copy all of them once more.
    fn with_room_for(n_articles: usize) -> Self {
        let n = n_articles.min(PACKED);
        Packed {
            rows: Vec::with_capacity(n),
            tokens: Vec::with_capacity(n * USUAL_TOKEN_BYTES),
            entries: Vec::with_capacity(n * USUAL_ENTRY_BYTES),
            units: Vec::with_capacity(n * USUAL_UNITS),
            ..Packed::default()
        }
    }

    /// Adds an article, but for its keys.
    fn push(&mut self, article: Fingerprint) {
        let Fingerprint { entry, tokens, units, body, .. } = article;
        let from = self.tokens.len();
        push_tokens(&tokens, &mut self.tokens);
        let entry_from = self.entries.len();
        stored::encode(&entry, &mut self.entries);
        self.rows.push(Row {
            content: xxh3_64(&self.tokens[from..]),
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

/// Appends tokens as they lie in the temporary file: four bytes each.
pub(super) fn push_tokens(tokens: &[Token], bytes: &mut Vec<u8>) {
    let from = bytes.len();
    bytes.resize(from + 4 * tokens.len(), 0);
    let (places, _) = bytes[from..].as_chunks_mut::<4>();
    places.iter_mut().zip(tokens).for_each(|(place, token)| *place = token.to_bits().to_le_bytes());
}
