//! Which words of one text are which words of another: the alignment behind *kept* and *added*.
//!
//! Sets of shingles undercount: each word that an editor changes costs its whole neighborhood. Here shared runs are laid
//! out as tiles, longest first, each word used once, so a moved paragraph is found where it stands now (greedy string
//! tiling: Wise, "String similarity via greedy string tiling and running Karp-Rabin matching", 1993). The few words between
//! two tiles that follow each other in both texts are matched by their longest common subsequence.

use std::ops::Range;

use crate::shingle::Token;
use crate::verify::{Bits, Passage, Prepared};

/// The words that two texts share, one to one.
#[derive(Debug, Clone)]
pub struct Alignment {
    /// The words of each text that have their like in the other.
    in_a: Bits,
    in_b: Bits,
    /// The words of each text.
    n_a: usize,
    n_b: usize,
    /// The shared runs, in the order of the first text.
    pub tiles: Vec<Passage>,
    /// The words between tiles that are the same: the place of each in the first text and in the second.
    pub between: Vec<(u32, u32)>,
}

/// Words between two tiles that are compared word by word, at most, in each text: an editor's change is shorter.
const MAX_GAP: usize = 64;

/// Words at the start of a text that may be no other's although it opens like it: the remains of a dateline.
const MAX_UNSHARED_START: usize = 10;

impl Alignment {
    /// Aligns two texts.
    pub fn new(a: &Prepared, b: &Prepared) -> Self {
        Self::of_runs(a, b, a.overlap_and_runs(b).1)
    }

    /// Aligns two texts of which the shared runs are known, from [`Prepared::overlap_and_runs`]. O(n log n) in the runs that
    /// they share, and at most 64 steps for each word between tiles.
    pub fn of_runs(a: &Prepared, b: &Prepared, mut runs: Vec<Passage>) -> Self {
        let mut alignment = Alignment {
            in_a: Bits::none(a.n_words()),
            in_b: Bits::none(b.n_words()),
            n_a: a.n_words(),
            n_b: b.n_words(),
            tiles: Vec::with_capacity(runs.len()),
            between: Vec::new(),
        };
        runs.sort_unstable_by_key(|run| (std::cmp::Reverse(run.words), run.start_a, run.start_b));
        let least = a.shingle_words().min(b.shingle_words());
        runs.into_iter().for_each(|run| alignment.lay(run, least));
        alignment.tiles.sort_unstable_by_key(|tile| tile.start_a);
        alignment.fill_gaps(a.tokens(), b.tokens());
        alignment
    }

    /// Number of words of the first text that the second does not have.
    pub fn unmatched_in_a(&self) -> usize {
        self.n_a - self.in_a.count()
    }

    /// Number of words of the second text that the first does not have.
    pub fn unmatched_in_b(&self) -> usize {
        self.n_b - self.in_b.count()
    }

    /// For each word of the second text the word of the first that is its like.
    pub fn origins(&self) -> Vec<Option<u32>> {
        let mut origins = vec![None; self.n_b];
        for tile in &self.tiles {
            (0..tile.words).for_each(|at| origins[(tile.start_b + at) as usize] = Some(tile.start_a + at));
        }
        self.between.iter().for_each(|&(a, b)| origins[b as usize] = Some(a));
        origins
    }

    /// Share of the first text's words that the second has, 0 to 1; 0 of an empty text.
    pub fn share_of_a(&self) -> f64 {
        share(self.in_a.count(), self.n_a)
    }

    /// Share of the second text's words that the first has, 0 to 1; 0 of an empty text.
    pub fn share_of_b(&self) -> f64 {
        share(self.in_b.count(), self.n_b)
    }

    /// Share of the second text's words that the first has, of those between the first and the last that it has: what an
    /// outlet put before or after a dispatch is no other version of it. Words before the first shared one count where the
    /// first text opens in another way as well: its opening was rewritten. 0 where nothing is shared.
    pub fn inner_share_of_b(&self) -> f64 {
        let before = |matched: &Bits, n| matched.first::<true>(0..n).unwrap_or(n);
        let rewritten = before(&self.in_a, self.n_a) > MAX_UNSHARED_START;
        let start = if rewritten { 0 } else { before(&self.in_b, self.n_b) };
        // Nothing shared stands before the start, or after the end.
        self.in_b.last().map_or(0.0, |last| share(self.in_b.count(), last + 1 - start))
    }

    /// Lays the parts of a run that are free in both texts.
    fn lay(&mut self, run: Passage, least: usize) {
        let (a, b, n) = (run.start_a as usize, run.start_b as usize, run.words as usize);
        let mut at = 0;
        while let Some(from) = self.next_free(a, b, at..n) {
            let to = self.in_a.first::<true>(a + from..a + n).map_or(n, |taken| taken - a);
            let to = self.in_b.first::<true>(b + from..b + to).map_or(to, |taken| taken - b);
            if to - from >= least {
                self.in_a.add_all(a + from..a + to);
                self.in_b.add_all(b + from..b + to);
                let [start_a, start_b, words] = [a + from, b + from, to - from].map(|n| n as u32);
                self.tiles.push(Passage { start_a, start_b, words });
            }
            at = to;
        }
    }

    /// The first place within a run, from `a` and `b` on, that is free in both texts.
    fn next_free(&self, a: usize, b: usize, mut within: Range<usize>) -> Option<usize> {
        loop {
            let in_a = self.in_a.first::<false>(a + within.start..a + within.end)? - a;
            within.start = self.in_b.first::<false>(b + in_a..b + within.end)? - b;
            if within.start == in_a {
                return Some(in_a);
            }
        }
    }

    /// Matches the words between tiles that follow each other in both texts, and those before the first and after the
    /// last.
    fn fill_gaps(&mut self, a: &[Token], b: &[Token]) {
        let (mut from_a, mut from_b) = (0, 0);
        for at in 0..self.tiles.len() {
            let tile = self.tiles[at];
            let (start_a, start_b) = (tile.start_a as usize, tile.start_b as usize);
            if start_b >= from_b {
                self.fill_gap(a, b, from_a..start_a, from_b..start_b);
            }
            (from_a, from_b) = (start_a + tile.words as usize, start_b + tile.words as usize);
        }
        self.fill_gap(a, b, from_a..a.len(), from_b..b.len());
    }

    fn fill_gap(&mut self, a: &[Token], b: &[Token], in_a: Range<usize>, in_b: Range<usize>) {
        let (n_a, n_b) = (in_a.len(), in_b.len());
        // A tile that was laid elsewhere may stand in the gap: its words are taken.
        if n_a == 0
            || n_b == 0
            || n_a > MAX_GAP
            || n_b > MAX_GAP
            || n_a == 1 && n_b == 1
            || self.in_b.first::<true>(in_b.clone()).is_some()
        {
            return;
        }
        let common = Common::new(&a[in_a.clone()], &b[in_b.clone()]);
        // Two unrelated sentences have "the" and "of" in common.
        if 2 * common.longest(0, 0) as usize >= n_a.min(n_b) {
            for (x, y) in common.places() {
                let (x, y) = (in_a.start + x, in_b.start + y);
                self.in_a.add(x);
                self.in_b.add(y);
                self.between.push((x as u32, y as u32));
            }
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The longest common subsequence of two texts of at most [`MAX_GAP`] words.
///
/// The table of what the ends of both have in common, a row in a number: from one end of the second text to the next longer
/// one it grows by one or not at all, and one addition makes a row of the next (Hyyrö, "Bit-parallel LCS-length computation
/// revisited", 2004).
struct Common<'a> {
    a: &'a [Token],
    b: &'a [Token],
    /// For the end of the first text from each word on: the bits that are not set are where it grows, from the last word of
    /// the second text.
    rows: [u64; MAX_GAP + 1],
}

impl<'a> Common<'a> {
    /// O(|a| · |b|), a comparison of two numbers each.
    fn new(a: &'a [Token], b: &'a [Token]) -> Self {
        let mut rows = [u64::MAX; MAX_GAP + 1];
        for (at, word) in a.iter().enumerate().rev() {
            let same = b.iter().fold(0, |same, other| same << 1 | u64::from(word.word() == other.word()));
            let row = rows[at + 1];
            rows[at] = row.wrapping_add(row & same) | row & !same;
        }
        Common { a, b, rows }
    }

    /// How many words the ends from these words on have in common.
    fn longest(&self, x: usize, y: usize) -> u32 {
        (self.b.len() - y).checked_sub(1).map_or(0, |last| (!self.rows[x] & u64::MAX >> (63 - last)).count_ones())
    }

    /// The places of the common words in both. O(|a| + |b|).
    fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        let (mut x, mut y) = (0, 0);
        std::iter::from_fn(move || {
            while x < self.a.len() && y < self.b.len() {
                if self.a[x].word() == self.b[y].word() {
                    (x, y) = (x + 1, y + 1);
                    return Some((x - 1, y - 1));
                }
                if self.longest(x + 1, y) >= self.longest(x, y + 1) {
                    x += 1;
                } else {
                    y += 1;
                }
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::shingle::tokenize;

    fn align(a: &str, b: &str) -> Alignment {
        let prepared = |text: &str| {
            let mut tokens = Vec::new();
            tokenize(&[text], &mut tokens);
            Prepared::new(tokens, 3)
        };
        Alignment::new(&prepared(a), &prepared(b))
    }

    fn marks(matched: &Bits, n: usize) -> String {
        (0..n).map(|at| if matched.has(at) { '=' } else { '.' }).collect()
    }

    #[test]
    fn a_changed_word_costs_itself_alone() {
        let alignment =
            align("the harbour was closed on monday for the winter", "the harbor was closed on tuesday for the winter");
        assert_eq!(marks(&alignment.in_a, alignment.n_a), "=.===.===");
        assert_eq!(marks(&alignment.in_b, alignment.n_b), "=.===.===");
    }

    #[test]
    fn a_moved_paragraph_is_found() {
        let alignment = align("a b c d e f g h i j", "f g h i j a b c d e");
        assert_eq!((alignment.share_of_a(), alignment.share_of_b()), (1.0, 1.0));
        assert_eq!(alignment.tiles.len(), 2);
    }

    #[test]
    fn a_word_is_matched_once() {
        let alignment = align("a b c d e", "a b c d e x a b c d e");
        assert_eq!((alignment.share_of_a(), alignment.tiles.len()), (1.0, 1));
        assert_eq!(marks(&alignment.in_b, alignment.n_b), "=====......");
    }

    #[test]
    fn words_between_are_matched_in_order_and_strangers_are_not() {
        let alignment = align("a b c mr trump said on friday d e f", "a b c trump said friday d e f");
        assert_eq!(marks(&alignment.in_a, alignment.n_a), "===.==.====");
        assert_eq!(marks(&alignment.in_b, alignment.n_b), "=========");
        let strangers = align("a b c p the q r s d e f", "a b c w x the y z d e f");
        assert_eq!(marks(&strangers.in_a, strangers.n_a), "===.....===");
    }

    #[test]
    fn nothing_aligns_with_nothing() {
        for (a, b) in [("", ""), ("a b c", ""), ("a b c", "d e f")] {
            assert_eq!(align(a, b).share_of_b(), 0.0);
        }
        assert_eq!(align("a b", "a b").share_of_a(), 1.0);
    }

    /// The places of a longest common subsequence in both, by the whole table.
    fn common_subsequence(a: &[Token], b: &[Token]) -> Vec<(usize, usize)> {
        let width = b.len() + 1;
        let mut longest = vec![0u8; (a.len() + 1) * width];
        for x in (0..a.len()).rev() {
            for y in (0..b.len()).rev() {
                longest[x * width + y] = if a[x].word() == b[y].word() {
                    longest[(x + 1) * width + y + 1] + 1
                } else {
                    longest[(x + 1) * width + y].max(longest[x * width + y + 1])
                };
            }
        }
        let (mut x, mut y) = (0, 0);
        let mut pairs = Vec::with_capacity(longest[0] as usize);
        while x < a.len() && y < b.len() {
            if a[x].word() == b[y].word() {
                pairs.push((x, y));
                (x, y) = (x + 1, y + 1);
            } else if longest[(x + 1) * width + y] >= longest[x * width + y + 1] {
                x += 1;
            } else {
                y += 1;
            }
        }
        pairs
    }

    proptest! {
        #[test]
        fn common_words_are_those_of_the_whole_table(
            a in prop::collection::vec(0u32..6, 0..=MAX_GAP),
            b in prop::collection::vec(0u32..6, 0..=MAX_GAP),
        ) {
            let tokens = |words: &[u32]| words.iter().map(|word| Token::from_bits(word << 4)).collect::<Vec<_>>();
            let (a, b) = (tokens(&a), tokens(&b));
            let (common, expected) = (Common::new(&a, &b), common_subsequence(&a, &b));
            prop_assert_eq!(common.longest(0, 0) as usize, expected.len());
            prop_assert_eq!(common.places().collect::<Vec<_>>(), expected);
        }

        #[test]
        fn words_are_laid_as_one_by_one(
            runs in prop::collection::vec((0u32..200, 0u32..200, 1u32..90), 0..12),
            least in 1usize..6,
        ) {
            let mut alignment = align("", "");
            (alignment.in_a, alignment.in_b) = (Bits::none(300), Bits::none(300));
            let (mut in_a, mut in_b, mut tiles) = ([false; 300], [false; 300], Vec::new());
            for (start_a, start_b, words) in runs {
                let run = Passage { start_a, start_b, words };
                alignment.lay(run, least);
                lay(&mut in_a, &mut in_b, run, least as u32, &mut tiles);
            }
            prop_assert_eq!(alignment.tiles, tiles);
            prop_assert!((0..300).all(|at| (alignment.in_a.has(at), alignment.in_b.has(at)) == (in_a[at], in_b[at])));
        }
    }

    /// Lays the parts of a run that are free in both texts, word by word.
    fn lay(in_a: &mut [bool], in_b: &mut [bool], run: Passage, least: u32, tiles: &mut Vec<Passage>) {
        let mut start = None;
        for at in 0..=run.words {
            let (a, b) = ((run.start_a + at) as usize, (run.start_b + at) as usize);
            let free = at < run.words && !in_a[a] && !in_b[b];
            match (start, free) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    let tile = Passage { start_a: run.start_a + from, start_b: run.start_b + from, words: at - from };
                    if tile.words >= least {
                        in_a[tile.start_a as usize..a].fill(true);
                        in_b[tile.start_b as usize..b].fill(true);
                        tiles.push(tile);
                    }
                    start = None;
                }
                _ => {}
            }
        }
    }
}
