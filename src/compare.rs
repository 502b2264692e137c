//! Two articles held against each other: why they are copies of one dispatch or are not, figure by figure.
//!
//! Nothing is decided here. The link and its verdict are those of [`crate::verify`], the candidates those of
//! [`crate::candidates`], run on these two articles alone; this module lays beside them what a reader needs to follow
//! the decision: the threshold of each figure, what the sketches had estimated, and the shared words as text.

pub mod checks;
mod words;

use serde::Serialize;

use crate::align::Alignment;
use crate::article::Article;
use crate::candidates::{candidate_probability, push_keys, share_enough};
use crate::clean::{Page, clean};
use crate::minhash::{ScaledSketch, Signature, n_common};
use crate::params::{CandidateMethod, Params};
use crate::shingle::{shingles, tokenize};
use crate::verify::{Link, Passage, Prepared, Verdict};
use checks::{Check, checks};
use words::Words;

/// Words that a shared passage must have to be shown: shorter ones are names and phrases that any two articles share.
pub const MIN_PASSAGE_WORDS: u32 = 8;

/// Permutations of the signatures that are compared: with 128 the error of 95 in 100 estimates is below 0.09.
pub const PERMUTATIONS: usize = 128;

/// Why two articles are copies, or are not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The first article.
    pub a: Side,
    /// The second.
    pub b: Side,
    /// Whether they are copies, and if not, what speaks against it.
    pub verdict: Verdict,
    /// What they share, from their full shingle sets.
    pub link: Link,
    /// Each figure that decides, with its threshold, in the order in which they are looked at.
    pub checks: Vec<Check>,
    /// Share of the first article's words that the second kept, 0 to 1: as if the first were the dispatch.
    pub kept: f64,
    /// Share of the second article's words that are not the first's, 0 to 1.
    pub added: f64,
    /// What sketches estimate, beside the exact values.
    pub estimates: Estimates,
    /// Whether scaled MinHash proposes the pair.
    pub sampled: SampledCandidate,
    /// Whether banded LSH proposes the pair.
    pub lsh: LshCandidate,
    /// The runs of words that both hold, in the order of the first article.
    pub passages: Vec<SharedPassage>,
}

/// One of two articles that are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The record's id.
    pub id: String,
    /// Who published it; `None` where nothing says.
    pub outlet: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// Words of its body.
    pub words: usize,
    /// Different shingles of its body.
    pub shingles: usize,
}

/// What sketches of both articles estimate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Estimates {
    /// Resemblance by scaled MinHash.
    pub scaled_resemblance: Estimate,
    /// Containment of the smaller article in the larger by scaled MinHash.
    pub scaled_containment: Estimate,
    /// Resemblance by signatures of [`PERMUTATIONS`] permutations.
    pub signature_resemblance: Estimate,
}

/// An estimate beside the value that it estimates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The exact value.
    pub exact: f64,
    /// What the sketches say; `None` where they are empty.
    pub estimate: Option<f64>,
    /// How far from the exact value 95 of 100 estimates of this size lie at most: 1.96·√(x(1−x)/n), the normal
    /// approximation of a binomial count. `None` where the sketches are empty.
    pub bound: Option<f64>,
    /// Hashes that the estimate rests on.
    pub n: usize,
}

/// Whether scaled MinHash proposes a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SampledCandidate {
    /// Whether it does.
    pub proposed: bool,
    /// Keys (sampled shingles) that both articles have.
    pub shared: usize,
    /// Keys of the article with fewer.
    pub of_smaller: usize,
}

/// Whether banded LSH proposes a pair.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LshCandidate {
    /// Whether it does.
    pub proposed: bool,
    /// The bands of a signature.
    pub bands: usize,
    /// Signature values a band.
    pub rows: usize,
    /// Bands that agree.
    pub agreeing: usize,
    /// The probability that a pair of this resemblance is proposed.
    pub probability: f64,
}

/// A run of words that both articles hold, as each of them writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedPassage {
    /// Where it stands.
    #[serde(flatten)]
    pub passage: Passage,
    /// The words as the first article has them; paragraphs are apart by a line break.
    pub text_a: String,
    /// As the second has them.
    pub text_b: String,
}

/// Bands and rows of the signatures that [`compare`] tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Banding {
    /// Number of bands, 1 to 256.
    pub bands: usize,
    /// Signature values a band, 1 to 64.
    pub rows: usize,
}

/// Compares two articles. `banding` is what banded LSH is tried with.
///
/// In a corpus, candidates can also be missed because very many other articles share their keys; two articles alone
/// never are. O(words of both · permutations).
pub fn compare(a: &Article, b: &Article, params: &Params, banding: Banding) -> Comparison {
    let (a, b) = (Body::new(a, params), Body::new(b, params));
    let (link, runs) = a.prepared.link_and_runs(&b.prepared);
    let same_outlet = a.page.outlet == b.page.outlet && !a.page.outlet.is_empty();
    let link = Link { same_outlet, ..link };
    let alignment = Alignment::of_runs(&a.prepared, &b.prepared, runs);
    let passages = a.prepared.passages(&b.prepared, MIN_PASSAGE_WORDS);
    let (words_a, words_b) = (Words::new(&a.page.body), Words::new(&b.page.body));
    Comparison {
        verdict: link.verdict(params),
        checks: checks(&link, params),
        kept: alignment.share_of_a(),
        added: if b.prepared.n_words() == 0 { 0.0 } else { 1.0 - alignment.share_of_b() },
        estimates: estimates(&a, &b, &link, params),
        sampled: sampled(&a, &b, params),
        lsh: lsh(&a, &b, params, banding, link.resemblance),
        passages: passages
            .into_iter()
            .map(|passage| SharedPassage {
                passage,
                text_a: words_a.text(passage.start_a, passage.words),
                text_b: words_b.text(passage.start_b, passage.words),
            })
            .collect(),
        link,
        a: a.side(),
        b: b.side(),
    }
}

/// An article, read and shingled.
struct Body {
    id: String,
    page: Page,
    /// In order of the text.
    shingles: Vec<u64>,
    n_different: usize,
    prepared: Prepared,
}

impl Body {
    fn new(article: &Article, params: &Params) -> Self {
        let page = clean(article);
        let mut tokens = Vec::new();
        tokenize(&page.body, &mut tokens);
        let shingles: Vec<u64> = shingles(&tokens, params.shingle_words).collect();
        let n_different = sorted(&shingles).len();
        let prepared = Prepared::new(tokens, params.shingle_words);
        Body { id: article.id.clone(), page, shingles, n_different, prepared }
    }

    fn keys(&self, params: &Params) -> Vec<u32> {
        let mut keys = Vec::new();
        push_keys(&self.shingles, params, &mut keys);
        keys
    }

    fn side(self) -> Side {
        Side {
            id: self.id,
            outlet: Some(self.page.outlet).filter(|outlet| !outlet.is_empty()),
            headline: self.page.headline,
            words: self.prepared.n_words(),
            shingles: self.n_different,
        }
    }
}

fn estimates(a: &Body, b: &Body, link: &Link, params: &Params) -> Estimates {
    let sketch = |body: &Body| ScaledSketch::new(body.shingles.iter().copied(), params.scale);
    let (smaller, larger) = if a.n_different <= b.n_different { (a, b) } else { (b, a) };
    let (small, large) = (sketch(smaller), sketch(larger));
    let n_union = small.hashes().len() + large.hashes().len() - n_common(small.hashes(), large.hashes());
    // A signature of an empty text says nothing, and two of them would agree.
    let full = !a.shingles.is_empty() && !b.shingles.is_empty();
    let (x, y) = (Signature::new(&a.shingles, PERMUTATIONS), Signature::new(&b.shingles, PERMUTATIONS));
    Estimates {
        scaled_resemblance: Estimate::new(link.resemblance, small.resemblance(&large), n_union),
        scaled_containment: Estimate::new(link.containment, small.containment_in(&large), small.hashes().len()),
        signature_resemblance: Estimate::new(link.resemblance, x.resemblance(&y).filter(|_| full), PERMUTATIONS),
    }
}

impl Estimate {
    fn new(exact: f64, estimate: Option<f64>, n: usize) -> Self {
        let bound = estimate.map(|_| 1.96 * (exact * (1.0 - exact) / n.max(1) as f64).sqrt());
        Estimate { exact, estimate, bound, n }
    }
}

fn sampled(a: &Body, b: &Body, params: &Params) -> SampledCandidate {
    let params = Params { candidates: CandidateMethod::Sampled, ..params.clone() };
    let (keys_a, keys_b) = (a.keys(&params), b.keys(&params));
    let (of_a, of_b) = (different(&keys_a), different(&keys_b));
    SampledCandidate {
        proposed: proposed([&keys_a, &keys_b], &params),
        shared: n_common(&of_a, &of_b),
        of_smaller: of_a.len().min(of_b.len()),
    }
}

fn lsh(a: &Body, b: &Body, params: &Params, banding: Banding, resemblance: f64) -> LshCandidate {
    let Banding { bands, rows } = banding;
    let params = Params { candidates: CandidateMethod::Lsh { bands, rows }, ..params.clone() };
    let (keys_a, keys_b) = (a.keys(&params), b.keys(&params));
    LshCandidate {
        proposed: proposed([&keys_a, &keys_b], &params),
        bands,
        rows,
        agreeing: n_common(&different(&keys_a), &different(&keys_b)),
        probability: candidate_probability(resemblance, bands, rows),
    }
}

/// Whether the two articles alone would be candidates.
fn proposed(keys_of: [&[u32]; 2], params: &Params) -> bool {
    let [a, b] = keys_of.map(different);
    share_enough(n_common(&a, &b), a.len().min(b.len()), params)
}

fn different(keys: &[u32]) -> Vec<u64> {
    sorted(&keys.iter().map(|&key| u64::from(key)).collect::<Vec<_>>())
}

/// Each value once, ascending.
fn sorted(values: &[u64]) -> Vec<u64> {
    let mut values = values.to_vec();
    values.sort_unstable();
    values.dedup();
    values
}

#[cfg(test)]
mod tests;
