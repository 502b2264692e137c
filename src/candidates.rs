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

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::article::ArticleId;
use crate::minhash::{Signature, is_sampled};
use crate::params::{CandidateMethod, Params};

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

/// The keys of all articles of a run.
#[derive(Debug, Default)]
pub struct Keys {
    /// Key in the upper half, article in the lower. Eight bytes a key: at the default scale about 900 an article of
    /// 460 words.
    postings: Vec<u64>,
}

impl Keys {
    /// Room for so many keys: growing by doubling would hold three times as much for a moment.
    pub fn with_capacity(n_keys: usize) -> Self {
        Keys { postings: Vec::with_capacity(n_keys) }
    }

    /// Files an article under a key.
    pub fn push(&mut self, key: u32, article: ArticleId) {
        self.postings.push(u64::from(key) << 32 | u64::from(article.0));
    }

    /// The pairs that share enough keys, ascending.
    ///
    /// `n_words` has the length of each article; `twin_of` for each the first article with the same words, which is the
    /// only one of them that is filed: the others are paired with it. O(k log k) for k keys, in parallel; the result does
    /// not depend on the number of threads.
    pub fn candidates(self, n_words: &[u32], twin_of: &[ArticleId], params: &Params) -> Vec<Pair> {
        let by_length = by_length(n_words);
        let filed = Filed::new(self.postings, &by_length);
        let least = match params.candidates {
            CandidateMethod::Sampled => Least { shared: params.min_shared_samples, share: params.min_sampled_share },
            CandidateMethod::Lsh { .. } => Least { shared: 1, share: 0.0 },
        };
        let mut pairs: Vec<Pair> = (0..by_length.len() as u32)
            .into_par_iter()
            .fold(Partners::default, |mut partners, rank| {
                partners.gather(&filed, rank, params, least);
                partners
            })
            .flat_map_iter(|partners| partners.pairs)
            .map(|(x, y)| Pair::new(by_length[x as usize], by_length[y as usize]))
            .collect();
        let twins = twin_of.iter().zip((0..).map(ArticleId)).filter(|(first, article)| *first != article);
        pairs.extend(twins.map(|(&first, article)| Pair::new(first, article)));
        pairs.par_sort_unstable();
        pairs
    }
}

/// The articles, longest first, then by number.
fn by_length(n_words: &[u32]) -> Vec<ArticleId> {
    let mut articles: Vec<ArticleId> = (0..n_words.len() as u32).map(ArticleId).collect();
    articles.par_sort_unstable_by_key(|&article| (std::cmp::Reverse(n_words[article.index()]), article));
    articles
}

/// What a pair must share to be a candidate.
#[derive(Clone, Copy)]
struct Least {
    shared: usize,
    share: f64,
}

/// Every key's members, and every article's keys. Articles go by their rank in length here, so that the members of a
/// key stand longest first.
struct Filed {
    /// The rank of each member, key after key; keys with one member are left out.
    members: Vec<u32>,
    /// For each rank the range of its entries in `places`.
    starts: Vec<usize>,
    /// Where in `members` an article stands, with the start of that key's members.
    places: Vec<Place>,
    /// Different keys of each rank, those it shares with nobody too.
    n_keys: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
struct Place {
    list: u32,
    position: u32,
}

impl Filed {
    fn new(mut postings: Vec<u64>, by_length: &[ArticleId]) -> Self {
        let mut rank = vec![0; by_length.len()];
        by_length.iter().zip(0u32..).for_each(|(article, r)| rank[article.index()] = r);
        postings.par_iter_mut().for_each(|p| *p = *p & !0xffff_ffff | u64::from(rank[*p as u32 as usize]));
        postings.par_sort_unstable();
        postings.dedup();

        let mut n_keys = vec![0; by_length.len()];
        postings.iter().for_each(|&p| n_keys[p as u32 as usize] += 1);
        let mut members = Vec::new();
        let mut lists = Vec::new();
        for list in postings.chunk_by(|x, y| x >> 32 == y >> 32).filter(|list| list.len() > 1) {
            lists.push(members.len() as u32);
            members.extend(list.iter().map(|&p| p as u32));
        }
        lists.push(members.len() as u32);
        drop(postings);
        let (starts, places) = places(&members, &lists, by_length.len());
        Filed { members, starts, places, n_keys }
    }
}

/// Inverts `members`: for each rank, where it stands (a counting sort).
fn places(members: &[u32], lists: &[u32], n_articles: usize) -> (Vec<usize>, Vec<Place>) {
    let mut starts = vec![0; n_articles + 1];
    members.iter().for_each(|&rank| starts[rank as usize + 1] += 1);
    (1..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
    let mut next = starts.clone();
    let mut places = vec![Place::default(); members.len()];
    for list in lists.windows(2) {
        for position in list[0]..list[1] {
            let rank = members[position as usize] as usize;
            places[next[rank]] = Place { list: list[0], position };
            next[rank] += 1;
        }
    }
    (starts, places)
}

/// The candidate pairs that one thread gathers, as ranks, and its scratch space.
#[derive(Default)]
struct Partners {
    pairs: Vec<(u32, u32)>,
    met: Vec<u32>,
}

impl Partners {
    /// Adds the pairs of one article with longer ones: each pair is found once, from its shorter side.
    fn gather(&mut self, filed: &Filed, rank: u32, params: &Params, least: Least) {
        self.met.clear();
        for place in &filed.places[filed.starts[rank as usize]..filed.starts[rank as usize + 1]] {
            let longer = &filed.members[place.list as usize..place.position as usize];
            if longer.len() < params.all_pairs_limit {
                self.met.extend_from_slice(longer);
            } else {
                self.met.extend_from_slice(&longer[..params.representatives]);
                self.met.extend_from_slice(&longer[(longer.len() - NEIGHBORS).max(params.representatives)..]);
            }
        }
        self.met.sort_unstable();
        for same in self.met.chunk_by(|x, y| x == y) {
            let smaller = filed.n_keys[rank as usize].min(filed.n_keys[same[0] as usize]);
            // A text with a single key can share no two.
            let enough = (f64::from(smaller) * least.share).ceil().max(least.shared.min(smaller as usize) as f64);
            if same.len() as f64 >= enough {
                self.pairs.push((same[0], rank));
            }
        }
    }
}

/// In a list too long for all pairs: the members just before it in length that each is compared with.
const NEIGHBORS: usize = 2;

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

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(articles: &[&[u32]], params: &Params) -> Vec<(u32, u32)> {
        let mut keys = Keys::default();
        for (own, article) in articles.iter().zip((0..).map(ArticleId)) {
            own.iter().for_each(|&key| keys.push(key, article));
        }
        let n_words: Vec<u32> = articles.iter().map(|own| own.len() as u32).collect();
        let twin_of: Vec<ArticleId> = (0..n_words.len() as u32).map(ArticleId).collect();
        keys.candidates(&n_words, &twin_of, params).into_iter().map(|pair| (pair.a.0, pair.b.0)).collect()
    }

    #[test]
    fn two_shared_samples_make_a_candidate_and_one_does_not() {
        let params = Params::default();
        assert_eq!(candidates(&[&[1, 2, 3], &[2, 3, 4], &[3, 5, 6], &[7]], &params), [(0, 1)]);
    }

    #[test]
    fn repeated_keys_count_once() {
        assert!(candidates(&[&[1, 1, 1, 2], &[1, 1, 3]], &Params::default()).is_empty());
    }

    #[test]
    fn a_text_with_a_single_sample_needs_only_that() {
        assert_eq!(candidates(&[&[1], &[1, 2, 3]], &Params::default()), [(0, 1)]);
    }

    #[test]
    fn a_small_share_of_a_long_text_is_no_candidate() {
        let long: Vec<u32> = (0..100).collect();
        let other: Vec<u32> = (92..192).collect();
        assert!(candidates(&[&long, &other], &Params::default()).is_empty());
        let other: Vec<u32> = (88..188).collect();
        assert_eq!(candidates(&[&long, &other], &Params::default()), [(0, 1)]);
    }

    #[test]
    fn pairs_grow_with_the_copies_and_not_with_their_square() {
        let n_copies = 2000;
        let copies: Vec<Vec<u32>> = (0..n_copies).map(|i| (0..20 + i % 7).collect()).collect();
        let copies: Vec<&[u32]> = copies.iter().map(Vec::as_slice).collect();
        let params = Params::default();
        let pairs = candidates(&copies, &params);
        let most = n_copies as usize * (params.representatives + NEIGHBORS + params.all_pairs_limit);
        assert!((n_copies as usize..=most).contains(&pairs.len()), "{} pairs", pairs.len());
    }

    #[test]
    fn twins_are_paired_with_the_one_that_is_filed() {
        let mut keys = Keys::default();
        [1, 2].iter().for_each(|&key| keys.push(key, ArticleId(0)));
        let twin_of = [ArticleId(0), ArticleId(0), ArticleId(2)];
        assert_eq!(keys.candidates(&[9, 9, 5], &twin_of, &Params::default()), [Pair::new(ArticleId(0), ArticleId(1))]);
    }

    #[test]
    fn banded_lsh_files_equal_texts_alike_and_needs_one_band() {
        let params = Params { candidates: CandidateMethod::Lsh { bands: 14, rows: 8 }, ..Params::default() };
        let shingles: Vec<u64> = (0..200).map(crate::shingle::mix).collect();
        let (mut one, mut other, mut none) = (Vec::new(), Vec::new(), Vec::new());
        push_keys(&shingles, &params, &mut one);
        push_keys(&shingles, &params, &mut other);
        push_keys(&[], &params, &mut none);
        assert_eq!(one.len(), 14);
        assert_eq!(one, other);
        assert!(none.is_empty());
        assert_eq!(candidates(&[&one, &one[..1]], &params), [(0, 1)]);
    }

    #[test]
    fn the_curve_is_that_of_the_book() {
        // Mining of Massive Datasets, section 3.4.2: 20 bands of 5 rows.
        let expected =
            [(0.2, 0.006), (0.3, 0.047), (0.4, 0.186), (0.5, 0.470), (0.6, 0.802), (0.7, 0.975), (0.8, 0.9996)];
        for (resemblance, probability) in expected {
            assert!((candidate_probability(resemblance, 20, 5) - probability).abs() < 6e-4, "{resemblance}");
        }
        assert!((candidate_threshold(16, 4) - 0.5).abs() < 1e-12);
    }
}
