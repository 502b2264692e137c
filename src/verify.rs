//! Exact comparison of two articles: the sketch proposes, the full shingle sets decide. No figure here is an estimate.

pub mod pairs;
mod shared;

use std::cmp::Ordering;

use serde::Serialize;

use crate::params::Params;
use crate::shingle::{Token, shingles};
use shared::Shared;

/// What two articles share, from their full shingle sets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Link {
    /// Shared shingles over those of both together, 0 to 1.
    pub resemblance: f64,
    /// Shared shingles over those of the smaller, 0 to 1.
    pub containment: f64,
    /// Number of different shingles that both hold.
    pub shared_shingles: u32,
    /// Longest run of words that both hold, in words.
    pub longest_run: u32,
    /// Words of the longest run that stands at the start of both articles, give or take [`OPENING_WORDS`]; 0 where none
    /// does.
    pub opening_run: u32,
    /// Whether nearly all that is shared is one run of words, and it opens neither article.
    pub one_passage: bool,
    /// Share of the first article's words that lie in a shared shingle, 0 to 1.
    pub covered_a: f64,
    /// Share of the second article's words that lie in a shared shingle, 0 to 1.
    pub covered_b: f64,
    /// Where in the first article the shared words lie.
    pub span_a: Span,
    /// Where in the second article the shared words lie.
    pub span_b: Span,
    /// Of the words outside quotation marks, in the article of which more is shared, the share that lies in a shared
    /// shingle; `None` where it has less than [`MIN_UNQUOTED`].
    pub shared_unquoted: Option<f64>,
    /// Of the numbers (words with a digit), in the article of which more is shared, the share that lies in a shared
    /// shingle, over the same share of all words, at most 1; `None` where it has less than [`MIN_NUMBERS`].
    pub shared_numbers: Option<f64>,
}

/// A stretch of an article, as shares of its length: where the shared words lie most densely.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Span {
    /// Where it starts, 0 to 1.
    pub start: f64,
    /// Where it ends, 0 to 1.
    pub end: f64,
}

/// Share of a text within which its opening lies: chrome and a teaser may stand before it.
pub const OPENING: f64 = 0.15;
/// Words that may stand before a shared opening: the remains of a dateline, a caption.
pub const OPENING_WORDS: u32 = 12;
/// Share of the smaller text's words that an update keeps below the same opening.
pub const KEPT_BELOW_OPENING: f64 = 0.5;
/// Share of the shared words that one run has if it is all that is shared: stock phrases make up the rest.
const NEARLY_ALL: f64 = 0.75;
/// Numbers that a text must have before they can speak against a pair: fewer differ by an edit or a date.
pub const MIN_NUMBERS: usize = 6;
/// Words outside quotation marks that a text must have before they can: an interview has hardly any.
pub const MIN_UNQUOTED: usize = 20;

/// Why two articles are or are not copies of one dispatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// They carry one dispatch.
    Copies,
    /// They share too small a part of the smaller text.
    LowContainment,
    /// They share a small part of the larger text, and the smaller is not nearly whole in it.
    SmallPart,
    /// They share too few shingles in all.
    FewShingles,
    /// They share no run long enough.
    ShortRuns,
    /// They share one passage from within both, and it is too small a part of the smaller text.
    OnePassage,
    /// They share quoted speech and little else.
    Quotation,
    /// They share words and not numbers, as two weather reports do.
    OtherNumbers,
}

impl Link {
    /// Share of the larger article's words that are shared.
    pub fn larger_share(&self) -> f64 {
        self.covered_a.min(self.covered_b)
    }

    /// Whether the shared words are the opening of the larger article, as those of a copy that was cut from the bottom
    /// are.
    pub fn opens_larger(&self) -> bool {
        let larger = if self.covered_a < self.covered_b { self.span_a } else { self.span_b };
        larger.start <= OPENING && larger.end <= self.larger_share() + OPENING
    }

    /// Whether the two open with the same words and half of the smaller one's are in the larger: an update that was written
    /// anew below its lead keeps few shingles, and no two writers begin alike.
    pub fn opens_alike(&self, params: &Params) -> bool {
        self.opening_run >= params.min_run_words
            && self.containment >= params.min_opening_share
            && self.covered_a.max(self.covered_b) >= KEPT_BELOW_OPENING
    }

    /// Whether the shared words are the opening of the larger article, and enough of it.
    pub(crate) fn is_opening(&self, params: &Params) -> bool {
        (self.opens_larger() || self.opens_alike(params)) && self.larger_share() >= params.min_opening_share
    }

    /// Judges the link by the thresholds of `params`.
    ///
    /// Texts too short to reach a threshold in number (`min_shared_shingles`, `min_run_words`) must be the same words.
    pub fn verdict(&self, params: &Params) -> Verdict {
        if self.containment < params.min_containment && !self.opens_alike(params) {
            Verdict::LowContainment
        } else if self.larger_share() < params.min_larger_share
            && self.containment < params.min_part_containment
            && !self.is_opening(params)
        {
            Verdict::SmallPart
        } else if self.resemblance == 1.0 {
            Verdict::Copies
        } else if self.shared_shingles < params.min_shared_shingles {
            Verdict::FewShingles
        } else if self.longest_run < params.min_run_words {
            Verdict::ShortRuns
        } else if self.one_passage && self.containment < params.min_passage_containment {
            Verdict::OnePassage
        } else if self.shared_unquoted.is_some_and(|share| share < params.min_shared_unquoted) {
            Verdict::Quotation
        } else if self.shared_numbers.is_some_and(|share| share < params.min_shared_numbers) {
            Verdict::OtherNumbers
        } else {
            Verdict::Copies
        }
    }
}

/// An article made ready for comparison: its shingles with their places, sorted.
///
/// Twenty bytes a word; about 20 µs for an article of 460 words.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Each shingle with the position of its first word, by hash, then by position.
    places: Vec<(u64, u32)>,
    tokens: Vec<Token>,
    n_different: usize,
    shingle_words: usize,
}

impl Prepared {
    /// Prepares a body. O(n log n) in its words.
    pub fn new(tokens: Vec<Token>, shingle_words: usize) -> Self {
        let mut places: Vec<(u64, u32)> = shingles(&tokens, shingle_words).zip(0..).collect();
        places.sort_unstable();
        let n_different = places.chunk_by(|x, y| x.0 == y.0).count();
        Prepared { places, n_different, shingle_words: shingle_words.min(tokens.len()), tokens }
    }

    /// Number of words.
    pub fn n_words(&self) -> usize {
        self.tokens.len()
    }

    /// Its words.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Words in its shingles: those of the parameters, or all of a shorter text.
    pub fn shingle_words(&self) -> usize {
        self.shingle_words
    }

    /// What this article and another share. O(words of both).
    pub fn link(&self, other: &Self) -> Link {
        self.link_and_runs(other).0
    }

    /// The same, or `None` where less than `least` of the smaller article's shingles are shared: most pairs that the
    /// sketches propose in vain are dismissed so, before anything else is counted.
    pub fn link_above(&self, other: &Self, least: f64) -> Option<Link> {
        let shared = Shared::new(self, other);
        let smaller = self.n_different.min(other.n_different);
        (share(shared.n_different, smaller) >= least).then(|| self.figures(other, &shared).0)
    }

    /// The link, and the maximal runs of words that both hold, overlapping ones too, in no order that says anything.
    pub fn link_and_runs(&self, other: &Self) -> (Link, Vec<Passage>) {
        self.figures(other, &Shared::new(self, other))
    }

    fn figures(&self, other: &Self, shared: &Shared) -> (Link, Vec<Passage>) {
        let union = self.n_different + other.n_different - shared.n_different;
        let smaller = self.n_different.min(other.n_different);
        let (own, others) = (self.covered(&shared.in_a), other.covered(&shared.in_b));
        let runs = shared.passages(1);
        let longest = runs.iter().max_by_key(|run| (run.words, std::cmp::Reverse(run.start_a)));
        let link = Link {
            resemblance: share(shared.n_different, union),
            containment: share(shared.n_different, smaller),
            shared_shingles: shared.n_different as u32,
            longest_run: longest.map_or(0, |run| run.words),
            opening_run: runs.iter().filter(|p| p.opens()).map(|p| p.words).max().unwrap_or(0),
            one_passage: longest.is_some_and(|run| {
                f64::from(run.words) >= NEARLY_ALL * own.words * self.n_words() as f64
                    && f64::from(run.words) >= NEARLY_ALL * others.words * other.n_words() as f64
                    && run.start_a.min(run.start_b) > OPENING_WORDS
            }),
            covered_a: own.words,
            covered_b: others.words,
            span_a: own.span,
            span_b: others.span,
            shared_unquoted: of_more_covered(&own, &others, |side| side.unquoted),
            shared_numbers: of_more_covered(&own, &others, |side| side.numbers),
        };
        (link, runs)
    }

    /// How much of what lies in the shingles at these places.
    fn covered(&self, starts: &[u32]) -> Covered {
        let mut covered = vec![false; self.n_words()];
        for &start in starts {
            covered[start as usize..start as usize + self.shingle_words].fill(true);
        }
        let (mut numbers, mut unquoted, mut words) = (Tally::default(), Tally::default(), Tally::default());
        for (token, &covered) in self.tokens.iter().zip(&covered) {
            words.add(covered);
            if token.is_number() {
                numbers.add(covered);
            }
            if !token.is_quoted() {
                unquoted.add(covered);
            }
        }
        let words_share = words.share();
        Covered {
            words: words_share,
            unquoted: (unquoted.all >= MIN_UNQUOTED).then(|| unquoted.share()),
            numbers: (numbers.all >= MIN_NUMBERS && words.covered > 0)
                .then(|| (numbers.share() / words_share).min(1.0)),
            span: densest_stretch(&covered),
        }
    }

    /// The runs of at least `min_words` words that both hold, in the order of this article; each word of this article
    /// lies in the longest run that starts at or before it. O(words of both).
    pub fn passages(&self, other: &Self, min_words: u32) -> Vec<Passage> {
        let mut passages = Shared::new(self, other).passages(min_words);
        passages.sort_unstable_by_key(|p| (p.start_a, std::cmp::Reverse(p.words), p.start_b));
        let mut end = 0;
        passages.retain(|p| {
            let new = p.start_a + p.words > end;
            end = end.max(p.start_a + p.words);
            new
        });
        passages
    }
}

/// A run of words that two articles share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Position of its first word in the first article.
    pub start_a: u32,
    /// Position of its first word in the second article.
    pub start_b: u32,
    /// Its length.
    pub words: u32,
}

impl Passage {
    fn opens(&self) -> bool {
        self.start_a.max(self.start_b) <= OPENING_WORDS
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What of one article lies in shared shingles.
struct Covered {
    words: f64,
    unquoted: Option<f64>,
    numbers: Option<f64>,
    span: Span,
}

/// Words of a kind, and how many of them are covered.
#[derive(Default)]
struct Tally {
    covered: usize,
    all: usize,
}

impl Tally {
    fn add(&mut self, covered: bool) {
        self.covered += usize::from(covered);
        self.all += 1;
    }

    fn share(&self) -> f64 {
        share(self.covered, self.all)
    }
}

/// The figure of the article of which more is shared; of both alike, the lower.
fn of_more_covered(a: &Covered, b: &Covered, figure: impl Fn(&Covered) -> Option<f64>) -> Option<f64> {
    match a.words.total_cmp(&b.words) {
        Ordering::Greater => figure(a),
        Ordering::Less => figure(b),
        Ordering::Equal => match (figure(a), figure(b)) {
            (Some(of_a), Some(of_b)) => Some(of_a.min(of_b)),
            (of_a, of_b) => of_a.or(of_b),
        },
    }
}

/// The densest stretch of covered words: that for which covered words less half of the others are most. A stock phrase
/// elsewhere is no part of what two articles share; the paragraphs that an update put between the old ones are within it.
fn densest_stretch(covered: &[bool]) -> Span {
    let (mut best, mut best_from, mut best_to) = (0, 0, 0);
    let (mut sum, mut from) = (0, 0);
    for (at, covered) in covered.iter().enumerate() {
        if sum <= 0 {
            (sum, from) = (0, at);
        }
        sum += if *covered { 2 } else { -1 };
        if sum > best {
            (best, best_from, best_to) = (sum, from, at + 1);
        }
    }
    Span { start: share(best_from, covered.len()), end: share(best_to, covered.len()) }
}

#[cfg(test)]
impl Link {
    /// A link of two whole copies, for tests to change what they are about.
    pub(crate) fn of_copies() -> Self {
        let whole = Span { start: 0.0, end: 1.0 };
        Link {
            resemblance: 0.5,
            containment: 0.9,
            shared_shingles: 100,
            longest_run: 50,
            opening_run: 0,
            one_passage: false,
            covered_a: 0.9,
            covered_b: 0.9,
            span_a: whole,
            span_b: whole,
            shared_unquoted: None,
            shared_numbers: None,
        }
    }
}

#[cfg(test)]
mod tests;
