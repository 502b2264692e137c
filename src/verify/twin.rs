//! The comparison as it is said, with sorted lists of places and word by word: what every figure is held against.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::link::{Link, MAX_FACTS, MIN_NUMBERS, MIN_UNQUOTED, NEARLY_ALL, OPENING_WORDS, Parts, Passage, Span};
use super::ordered::Ordered;
use super::prepared::MAX_PLACES;
use super::{Overlap, Prepared, Verdict, share};
use crate::params::Params;
use crate::shingle::{Token, shingles};

/// An article: each shingle with the position of its first word, by hash, then by position.
struct Twin {
    places: Vec<(u64, u32)>,
    tokens: Vec<Token>,
    n_different: usize,
    shingle_words: usize,
}

/// The shared shingles of two articles.
struct Places {
    in_a: Vec<u32>,
    in_b: Vec<u32>,
    /// The diagonal, then the place in the first, in one number that sorts by both.
    matches: Vec<u64>,
    n_different: usize,
    shingle_words: usize,
}

impl Places {
    fn new(a: &Twin, b: &Twin) -> Self {
        let mut shared = Places {
            in_a: Vec::new(),
            in_b: Vec::new(),
            matches: Vec::new(),
            n_different: 0,
            shingle_words: a.shingle_words.min(b.shingle_words),
        };
        let mut in_b = b.places.chunk_by(|x, y| x.0 == y.0).peekable();
        for same_a in a.places.chunk_by(|x, y| x.0 == y.0) {
            while in_b.next_if(|same_b| same_b[0].0 < same_a[0].0).is_some() {}
            if let Some(same_b) = in_b.next_if(|same_b| same_b[0].0 == same_a[0].0) {
                shared.push(same_a, same_b);
            }
        }
        shared
    }

    fn push(&mut self, same_a: &[(u64, u32)], same_b: &[(u64, u32)]) {
        self.n_different += 1;
        self.in_a.extend(same_a.iter().map(|&(_, at)| at));
        self.in_b.extend(same_b.iter().map(|&(_, at)| at));
        for &(_, a) in same_a.iter().take(MAX_PLACES) {
            self.matches.extend(same_b.iter().take(MAX_PLACES).map(|&(_, b)| diagonal(a, b) << 32 | u64::from(a)));
        }
    }

    /// Maximal runs: consecutive matches on one diagonal.
    fn passages(&self, min_words: u32) -> Vec<Passage> {
        let mut matches = self.matches.clone();
        matches.sort_unstable();
        matches
            .chunk_by(|x, y| x + 1 == *y)
            .map(|run| {
                let (diagonal, start_a) = (run[0] >> 32, run[0] as u32);
                let start_b = (diagonal + u64::from(start_a) - DIAGONALS) as u32;
                Passage { start_a, start_b, words: (run.len() + self.shingle_words - 1) as u32 }
            })
            .filter(|passage| passage.words >= min_words)
            .collect()
    }
}

/// Added to a diagonal, which may be negative.
const DIAGONALS: u64 = 1 << 31;

fn diagonal(a: u32, b: u32) -> u64 {
    DIAGONALS + u64::from(b) - u64::from(a)
}

impl Twin {
    /// Prepares a body. O(n log n) in its words.
    fn new(tokens: Vec<Token>, shingle_words: usize) -> Self {
        let mut places: Vec<(u64, u32)> = shingles(&tokens, shingle_words).zip(0..).collect();
        places.sort_unstable();
        let n_different = places.chunk_by(|x, y| x.0 == y.0).count();
        Twin { places, n_different, shingle_words: shingle_words.min(tokens.len()), tokens }
    }

    /// Number of words.
    fn n_words(&self) -> usize {
        self.tokens.len()
    }

    /// The link, and the maximal runs of words that both hold, overlapping ones too, in no order that says anything.
    fn link_and_runs(&self, other: &Self) -> (Link, Vec<Passage>) {
        self.figures(other, &Places::new(self, other))
    }

    fn overlap(&self, other: &Self, shared: &Places) -> Overlap {
        let union = self.n_different + other.n_different - shared.n_different;
        let smaller = self.n_different.min(other.n_different);
        Overlap { containment: share(shared.n_different, smaller), resemblance: share(shared.n_different, union) }
    }

    fn figures(&self, other: &Self, shared: &Places) -> (Link, Vec<Passage>) {
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
    fn covered_by(&self, other: &Self) -> f64 {
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
    fn passages(&self, other: &Self, min_words: u32) -> Vec<Passage> {
        let mut passages = Places::new(self, other).passages(min_words);
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

/// Texts that share words, repeat themselves, and have words of every kind.
fn text() -> impl Strategy<Value = Vec<(u32, u32)>> {
    let word = |n: u32| (0..n, 0u32..16);
    let piece = prop_oneof![
        4 => (0u32..40, 1usize..60).prop_map(|(from, n)| (0..n as u32).map(|at| (1000 + 7 * from + at, at % 9)).collect()),
        2 => prop::collection::vec(word(4), 0..20),
        2 => prop::collection::vec(word(100_000), 0..40),
        1 => (0u32..3, 1usize..120).prop_map(|(word, n)| vec![(word, 0); n]),
        1 => (1u32..4, 1usize..90).prop_map(|(period, n)| (0..n as u32).map(|at| (at % period, 1)).collect()),
    ];
    prop::collection::vec(piece, 0..9).prop_map(|pieces: Vec<Vec<(u32, u32)>>| pieces.concat())
}

fn tokens(text: &[(u32, u32)]) -> Vec<Token> {
    text.iter().map(|&(word, flags)| Token::from_bits(word.wrapping_mul(0x9e37_79b1) << 4 | flags)).collect()
}

fn sorted(mut runs: Vec<Passage>) -> Vec<Passage> {
    runs.sort_unstable_by_key(|run| (run.start_a, run.start_b));
    runs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_figure_is_that_of_the_sorted_lists(a in text(), b in text(), width in 1usize..6, least in 0.0..1.1f64) {
        let (x, y) = (Twin::new(tokens(&a), width), Twin::new(tokens(&b), width));
        let (a, b) = (Prepared::new(tokens(&a), width), Prepared::new(tokens(&b), width));
        let (expected, expected_runs) = x.link_and_runs(&y);
        let (link, runs) = a.link_and_runs(&b);
        prop_assert_eq!(link, expected);
        prop_assert_eq!(sorted(runs), sorted(expected_runs));
        for least in [least, expected.containment] {
            let above = (expected.containment >= least).then_some(expected);
            let params = Params { min_containment: least, min_update_containment: least, ..Params::default() };
            prop_assert_eq!(a.link_above(&b, &params, &mut Default::default()), above);
        }
        let params = Params { min_containment: 0.9, min_update_containment: least, ..Params::default() };
        match a.link_above(&b, &params, &mut Default::default()) {
            Some(link) => prop_assert_eq!(link, expected),
            None => prop_assert_eq!(expected.verdict(&params), Verdict::LowContainment),
        }
        prop_assert_eq!(a.overlap_and_runs(&b).0, x.overlap(&y, &Places::new(&x, &y)));
        let covered = x.covered_by(&y);
        prop_assert_eq!(a.covered_by(&b), covered);
        prop_assert!(a.is_covered_by(&b, covered));
        prop_assert_eq!(a.is_covered_by(&b, least), covered >= least);
        prop_assert_eq!(a.passages(&b, 3), x.passages(&y, 3));
        prop_assert_eq!(a.is_same_run(&a), a.link_and_runs(&a).1.iter().any(|run| run.words as usize == a.n_words()));
    }

    #[test]
    fn stretches_and_parts_are_those_of_single_words(covered in prop::collection::vec(prop::bool::weighted(0.7), 0..300)) {
        let n = covered.len();
        let mut set = super::bits::Bits::none(n);
        (0..n).filter(|&at| covered[at]).for_each(|at| set.add(at));
        prop_assert_eq!(super::figures::densest_stretch(set.ranges(n), n), densest_stretch(&covered));
        prop_assert_eq!(Parts::of_ranges(set.ranges(n), n), Parts::of(&covered));
    }
}
