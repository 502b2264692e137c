//! An article made ready for comparison, and the figures of a pair.

use std::cmp::Ordering;

use super::link::{
    EDITED_WORDS, LONG_RUN, Link, MAX_FACTS, MIN_NUMBERS, MIN_UNQUOTED, NEARLY_ALL, OPENING_WORDS, Parts, Passage, Span,
};
use super::shared::Shared;
use crate::shingle::{Token, shingles};

/// An article made ready for comparison: its shingles with their places, sorted.
///
/// Twenty bytes a word; about 20 µs for an article of 460 words.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Each shingle with the position of its first word, by hash, then by position.
    pub(super) places: Vec<(u64, u32)>,
    tokens: Vec<Token>,
    n_different: usize,
    pub(super) shingle_words: usize,
}

/// How much two articles overlap, as sets of shingles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// [`Link::containment`].
    pub containment: f64,
    /// [`Link::resemblance`].
    pub resemblance: f64,
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

    /// [`Link::containment`] and [`Link::resemblance`] alone, and the runs: for those who align the two, at half the cost.
    pub fn overlap_and_runs(&self, other: &Self) -> (Overlap, Vec<Passage>) {
        let shared = Shared::new(self, other);
        (self.overlap(other, &shared), shared.passages(1))
    }

    fn overlap(&self, other: &Self, shared: &Shared) -> Overlap {
        let union = self.n_different + other.n_different - shared.n_different;
        let smaller = self.n_different.min(other.n_different);
        Overlap { containment: share(shared.n_different, smaller), resemblance: share(shared.n_different, union) }
    }

    fn figures(&self, other: &Self, shared: &Shared) -> (Link, Vec<Passage>) {
        let overlap = self.overlap(other, shared);
        let (own, others) = (self.covered(&shared.in_a), other.covered(&shared.in_b));
        let runs = shared.passages(1);
        let ordered = Ordered::of(&runs);
        let longest = runs.iter().max_by_key(|run| (run.words, std::cmp::Reverse(run.start_a)));
        let link = Link {
            resemblance: overlap.resemblance,
            containment: overlap.containment,
            shared_shingles: shared.n_different as u32,
            longest_run: longest.map_or(0, |run| run.words),
            opening_run: runs.iter().filter(|p| p.opens()).map(|p| p.words).max().unwrap_or(0),
            one_passage: longest.is_some_and(|run| {
                f64::from(run.words) >= NEARLY_ALL * own.words * self.n_words() as f64
                    && f64::from(run.words) >= NEARLY_ALL * others.words * other.n_words() as f64
                    && run.start_a.min(run.start_b) > OPENING_WORDS
            }),
            same_outlet: false,
            ordered_passages: ordered.n_passages,
            ordered_reach: share(ordered.words_a as usize, self.n_words())
                .min(share(ordered.words_b as usize, other.n_words())),
            covered_a: own.words,
            covered_b: others.words,
            span_a: own.span,
            span_b: others.span,
            parts_a: own.parts,
            parts_b: others.parts,
            shared_unquoted: of_more_covered(&own, &others, |side| side.unquoted),
            shared_numbers: of_more_covered(&own, &others, |side| side.numbers),
            unshared_facts: of_more_covered(&own, &others, |side| side.unshared_facts),
        };
        (link, runs)
    }

    /// How much of what lies in the shingles at these places.
    fn covered(&self, starts: &[u32]) -> Covered {
        let mut opens = vec![false; self.n_words()];
        starts.iter().for_each(|&start| opens[start as usize] = true);
        let covered = self.mark(opens);
        let [mut numbers, mut facts, mut unquoted, mut words] = [Tally::default(); 4];
        for (token, &covered) in self.tokens.iter().zip(&covered) {
            words.add(covered);
            if token.is_number() {
                numbers.add(covered);
            }
            if token.is_fact() {
                facts.add(covered);
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
            unshared_facts: facts.unshared_over(&words),
            span: densest_stretch(&covered),
            parts: Parts::of(&covered),
        }
    }

    /// Share of this article's words that lie in a shingle of the other: [`Link::covered_a`] alone, at a third of the cost of
    /// the whole link. O(words of both).
    pub fn covered_by(&self, other: &Self) -> f64 {
        let mut opens = vec![false; self.n_words()];
        let mut theirs = other.places.iter().map(|&(shingle, _)| shingle).peekable();
        for &(shingle, at) in &self.places {
            while theirs.next_if(|&other| other < shingle).is_some() {}
            opens[at as usize] = theirs.peek() == Some(&shingle);
        }
        share(self.mark(opens).iter().filter(|covered| **covered).count(), self.n_words())
    }

    /// For each word whether it lies in one of the shingles that open at these words.
    fn mark(&self, mut opens: Vec<bool>) -> Vec<bool> {
        let mut left = 0;
        for word in &mut opens {
            left = if *word { self.shingle_words } else { left.saturating_sub(1) };
            *word = left > 0;
        }
        opens
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

/// The long runs that follow each other in both articles, those of the most words together: the passages that they make up,
/// and how far they reach.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Ordered {
    words: u32,
    n_passages: u32,
    /// Words from the start of the first to the end of the last, in each article.
    words_a: u32,
    words_b: u32,
}

/// Runs of a pair that are put in order, the longest: a text that repeats itself has any number.
const ORDERED_AT_MOST: usize = 64;

impl Ordered {
    /// O(runs), and the square of those that are put in order.
    fn of(runs: &[Passage]) -> Self {
        let mut long: Vec<Passage> = runs.iter().filter(|run| run.words >= LONG_RUN).copied().collect();
        if long.len() > ORDERED_AT_MOST {
            long.sort_unstable_by_key(|run| (std::cmp::Reverse(run.words), run.start_a, run.start_b));
            long.truncate(ORDERED_AT_MOST);
        }
        long.sort_unstable_by_key(|run| (run.start_a, run.start_b));
        // For each run the best chain that ends with it.
        let mut chains: Vec<Ordered> = Vec::with_capacity(long.len());
        for (at, run) in long.iter().enumerate() {
            let alone = Ordered { words: run.words, n_passages: 1, words_a: run.words, words_b: run.words };
            let longer = long[..at].iter().zip(&chains).filter_map(|(before, chain)| chain.followed_by(before, run));
            let best = longer.max().unwrap_or(alone);
            chains.push(best);
        }
        chains.into_iter().max().unwrap_or_default()
    }

    /// This chain, which ends with `last`, and one run more, if that comes after it in both articles.
    fn followed_by(&self, last: &Passage, run: &Passage) -> Option<Self> {
        let gap_a = run.start_a.checked_sub(last.start_a + last.words)?;
        let gap_b = run.start_b.checked_sub(last.start_b + last.words)?;
        Some(Ordered {
            words: self.words + run.words,
            n_passages: self.n_passages + u32::from(gap_a.min(gap_b) > EDITED_WORDS),
            words_a: self.words_a + gap_a + run.words,
            words_b: self.words_b + gap_b + run.words,
        })
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
    unshared_facts: Option<f64>,
    span: Span,
    parts: Parts,
}

/// Words of a kind, and how many of them are covered.
#[derive(Clone, Copy, Default)]
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

    /// How frequent these are among the words that are not covered, over how frequent among all; `None` where they are too
    /// frequent to say anything.
    fn unshared_over(&self, words: &Tally) -> Option<f64> {
        let frequency = share(self.all, words.all);
        let unshared = share(self.all - self.covered, words.all - words.covered);
        (frequency <= MAX_FACTS).then(|| if frequency == 0.0 { 0.0 } else { unshared / frequency })
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
