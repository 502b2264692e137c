//! The shingles that two articles share, with their places in both, and the runs of words that they make up.

use super::{Passage, Prepared};

/// The shared shingles of two articles.
pub(super) struct Shared {
    /// Every place of a shared shingle in each article.
    pub(super) in_a: Vec<u32>,
    pub(super) in_b: Vec<u32>,
    /// Places of a shared shingle in both, for runs: the diagonal (how much further on it stands in the second), then the
    /// place in the first, in one number that sorts by both.
    matches: Vec<u64>,
    pub(super) n_different: usize,
    shingle_words: usize,
}

/// Places of one shingle in one article that runs are looked for at: a text that repeats one shingle a thousand times would
/// otherwise cost a million matches.
const MAX_PLACES: usize = 32;

impl Shared {
    pub(super) fn new(a: &Prepared, b: &Prepared) -> Self {
        // What two copies share: growing three lists would take longer than finding what is in them.
        let most = a.places.len().min(b.places.len());
        let mut shared = Shared {
            in_a: Vec::with_capacity(most),
            in_b: Vec::with_capacity(most),
            matches: Vec::with_capacity(most),
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
    pub(super) fn passages(&self, min_words: u32) -> Vec<Passage> {
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
