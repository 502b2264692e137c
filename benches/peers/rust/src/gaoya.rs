//! gaoya: MinHash by multiply and add, and a banded index whose bands are filled in parallel.

use std::cell::RefCell;
use std::hash::BuildHasher;

use ahash::RandomState;
use gaoya::minhash::{HashSetContainer, IdContainer, MinHashIndex, MinHasher, MinHasher32, SmallVecContainer};
use gaoya::text::whitespace_split;

use crate::corpus::Peer;
use crate::shingle::{normalize, shingles};

const VALUES: usize = 128;

pub struct Gaoya<B: BuildHasher, C: IdContainer<u32>> {
    hasher: MinHasher32<B>,
    index: MinHashIndex<u32, u32, C>,
    /// Words in a shingle; none: words as the crate's README parts them.
    words: Option<usize>,
}

/// Another hash than its FNV, which goes by single bytes, and lists of ids without sets.
pub fn tuned(words: usize, bands: usize, threshold: f64) -> Gaoya<RandomState, SmallVecContainer<u32, 2>> {
    Gaoya {
        hasher: MinHasher32::new_with_hasher(VALUES, RandomState::with_seeds(1, 2, 3, 4)),
        index: MinHashIndex::new_index(bands, VALUES / bands, threshold),
        words: Some(words),
    }
}

/// As its README has it: single words, 42 bands of 3.
pub fn default() -> Gaoya<impl BuildHasher + Send + Sync, HashSetContainer<u32>> {
    Gaoya { hasher: MinHasher32::new(42 * 3), index: MinHashIndex::new(42, 3, 0.5), words: None }
}

thread_local! {
    static NORMAL: RefCell<String> = const { RefCell::new(String::new()) };
}

impl<B: BuildHasher + Sync, C: IdContainer<u32>> Peer for Gaoya<B, C> {
    type Sketch = Vec<u32>;

    fn sketch(&self, text: &str) -> Vec<u32> {
        let Some(words) = self.words else {
            return self.hasher.create_signature(whitespace_split(&text.to_lowercase()));
        };
        NORMAL.with_borrow_mut(|normal| {
            normalize(text, normal);
            self.hasher.create_signature(shingles(normal, words))
        })
    }

    fn file(&mut self, first: u32, sketches: Vec<Vec<u32>>) {
        self.index.par_bulk_insert_pairs((first..).zip(sketches).collect());
    }

    fn alike(&self, article: u32) -> Vec<u32> {
        self.index.query_by_id(&article).into_iter().copied().collect()
    }
}
