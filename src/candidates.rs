//! Candidate pairs: which articles are worth comparing word by word.
//!
//! Both methods file each article under a handful of 32-bit keys, and propose the pairs that share enough of them. For
//! `sampled` a key is a sampled shingle (scaled MinHash), so that a text cut to a third still meets the whole one; for
//! `lsh` it is one band of a signature (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4).
//!
//! The number of pairs grows linearly with the corpus. The members of a key that few share are paired all with all;
//! where many share it, each is paired with the longest members (every key of a story has the same ones, so shared keys
//! still add up) and with its neighbors in length (consecutive versions of a story have similar lengths). Keys that
//! meet by accident of their 32 bits only propose a pair that [`crate::verify`] then refuses. Of articles with the very
//! same words, the commonest copies of all, one stands for the others.
//!
//! In three steps, none of which holds more than its share of the memory: keys go to files by their upper bits as articles
//! come (`postings`); each file is sorted, and what is left of it are the lists of articles that share a key (`lists`);
//! and for one stretch of articles after the other, the lists are read through for whom each meets in them (`meet`).

mod lists;
mod meet;
mod partners;
mod postings;
#[cfg(test)]
mod tests;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::article::ArticleId;
use crate::error::Result;
use crate::minhash::{Signature, is_sampled};
use crate::params::{CandidateMethod, Params};
use crate::spill::Space;
use lists::Lists;
use partners::Meeting;
pub(crate) use postings::{GROUPED, MAX_ARTICLES};
pub use postings::{Group, Postings};

/// Two different articles, the smaller number first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The smaller number.
    pub a: ArticleId,
    /// The larger number.
    pub b: ArticleId,
}

impl Pair {
    /// The pair of two articles, in either order.
    pub fn new(x: ArticleId, y: ArticleId) -> Self {
        Pair { a: x.min(y), b: x.max(y) }
    }
}

/// Appends the keys that an article with these shingles is filed under; repeated ones may recur.
///
/// O(shingles) for `sampled`; O(shingles · bands · rows) for `lsh`.
pub fn push_keys(shingles: &[u64], params: &Params, keys: &mut Vec<u32>) {
    match params.candidates {
        // The bits above are zero in every sampled hash: they say nothing.
        CandidateMethod::Sampled => {
            keys.extend(shingles.iter().filter(|&&h| is_sampled(h, params.scale)).map(|&h| h as u32));
        }
        CandidateMethod::Lsh { .. } if shingles.is_empty() => {}
        CandidateMethod::Lsh { bands, rows } => {
            let signature = Signature::new(shingles, bands * rows);
            keys.extend(signature.minima().chunks_exact(rows).zip(0u64..).map(|(band, number)| band_key(band, number)));
        }
    }
}

/// The key of one band: a hash of its number and its minima.
fn band_key(band: &[u64], number: u64) -> u32 {
    let mut bytes = Vec::with_capacity(8 + 8 * band.len());
    bytes.extend(number.to_le_bytes());
    band.iter().for_each(|minimum| bytes.extend(minimum.to_le_bytes()));
    xxh3_64(&bytes) as u32
}

/// Whether two articles that share so many keys, of so many of the one with fewer, are worth comparing.
pub fn share_enough(n_shared: usize, smaller: usize, params: &Params) -> bool {
    let (shared, share) = match params.candidates {
        CandidateMethod::Sampled => (params.min_shared_samples, params.min_sampled_share),
        CandidateMethod::Lsh { .. } => (1, 0.0),
    };
    // A text with a single key can share no two; one without keys shares nothing.
    n_shared >= shared.min(smaller).max(1) && n_shared as f64 >= (smaller as f64 * share).ceil()
}

/// Who is filed, and how long they are.
#[derive(Debug, Clone, Copy)]
pub struct Filed<'a> {
    /// Words of each article.
    pub n_words: &'a [u32],
    /// The number under which the keys of each article were pushed.
    pub positions: &'a [u32],
    /// For each article the first with the same words, which is the only one of them whose keys count.
    pub twin_of: &'a [ArticleId],
    /// Articles that are compared with all who share enough keys with them, however many share each; of those that are in
    /// one list the first few.
    pub hubs: &'a [ArticleId],
}

/// The pairs that share enough keys, ascending; articles with the same words are paired with the first of them.
///
/// O(k log k) for k keys, in parallel; at most so many bytes of `memory` for its buffers, twelve bytes an article, and eight
/// a pair. The result does not depend on the number of threads, nor on the memory.
///
/// # Errors
/// [`Error::Write`](crate::error::Error::Write) or [`Error::Read`](crate::error::Error::Read) where a temporary file
/// cannot be written or read.
pub fn candidates(
    postings: Postings,
    filed: Filed<'_>,
    params: &Params,
    space: &Space,
    memory: u64,
) -> Result<Vec<Pair>> {
    let by_length = by_length(filed.n_words);
    let is_first = |article: ArticleId| filed.twin_of[article.index()] == article;
    let mut rank_of = vec![lists::NOT_FILED; by_length.len()];
    for (&article, rank) in by_length.iter().zip(0..).filter(|(article, _)| is_first(**article)) {
        rank_of[filed.positions[article.index()] as usize] = rank;
    }
    let hubs = filed.hubs.iter().map(|hub| rank_of[filed.positions[hub.index()] as usize]);
    let meeting = Meeting::new(hubs.filter(|rank| *rank != lists::NOT_FILED), by_length.len(), params);
    let lists = Lists::new(postings, &rank_of, &meeting, space)?;
    drop(rank_of);
    let met = meet::pairs(&lists, &meeting, memory)?;
    let mut pairs: Vec<Pair> = Vec::with_capacity(met.iter().map(Vec::len).sum::<usize>());
    for (x, y) in met.into_iter().flatten() {
        pairs.push(Pair::new(by_length[x as usize], by_length[y as usize]));
    }
    let twins = filed.twin_of.iter().zip((0..).map(ArticleId)).filter(|(first, article)| *first != article);
    pairs.extend(twins.map(|(&first, article)| Pair::new(first, article)));
    pairs.par_sort_unstable();
    Ok(pairs)
}

/// The articles, longest first, then by number.
fn by_length(n_words: &[u32]) -> Vec<ArticleId> {
    let mut articles: Vec<ArticleId> = (0..n_words.len() as u32).map(ArticleId).collect();
    articles.par_sort_unstable_by_key(|&article| (std::cmp::Reverse(n_words[article.index()]), article));
    articles
}

/// The probability that banded LSH proposes a pair of this resemblance: 1 − (1 − sʳ)ᵇ.
///
/// Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4.2.
pub fn candidate_probability(resemblance: f64, bands: usize, rows: usize) -> f64 {
    1.0 - (1.0 - resemblance.powf(rows as f64)).powf(bands as f64)
}

/// The resemblance around which the curve of [`candidate_probability`] rises: (1/b)^(1/r).
///
/// Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4.2.
pub fn candidate_threshold(bands: usize, rows: usize) -> f64 {
    (1.0 / bands as f64).powf(1.0 / rows as f64)
}
