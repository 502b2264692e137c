//! What order the shared passages of two articles stand in.

use super::Passage;
use super::link::{EDITED_WORDS, LONG_RUN};

/// The long runs that follow each other in both articles, those of the most words together: the passages that they make up,
/// and how far they reach.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ordered {
    words: u32,
    pub(super) n_passages: u32,
    /// Words from the start of the first to the end of the last, in each article.
    pub(super) words_a: u32,
    pub(super) words_b: u32,
}

/// Runs of a pair that are put in order, the longest: a text that repeats itself has any number.
const ORDERED_AT_MOST: usize = 64;

impl Ordered {
    /// O(runs), and the square of those that are put in order.
    pub(super) fn of(runs: &[Passage]) -> Self {
        let alone = |run: &Passage| Ordered { words: run.words, n_passages: 1, words_a: run.words, words_b: run.words };
        if let [run] = runs {
            return if run.words >= LONG_RUN { alone(run) } else { Ordered::default() };
        }
        let mut long: Vec<Passage> = runs.iter().filter(|run| run.words >= LONG_RUN).copied().collect();
        if long.len() > ORDERED_AT_MOST {
            long.sort_unstable_by_key(|run| (std::cmp::Reverse(run.words), run.start_a, run.start_b));
            long.truncate(ORDERED_AT_MOST);
        }
        long.sort_unstable_by_key(|run| (run.start_a, run.start_b));
        // For each run the best chain that ends with it.
        let mut chains: Vec<Ordered> = Vec::with_capacity(long.len());
        for (at, run) in long.iter().enumerate() {
            let longer = long[..at].iter().zip(&chains).filter_map(|(before, chain)| chain.followed_by(before, run));
            let best = longer.max().unwrap_or_else(|| alone(run));
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
