//! Which words of one text are which words of another: the alignment behind *kept* and *added*.
//!
//! Sets of shingles undercount: each word that an editor changes costs its whole neighborhood. Here shared runs are laid
//! out as tiles, longest first, each word used once, so a moved paragraph is found where it stands now (greedy string
//! tiling: Wise, "String similarity via greedy string tiling and running Karp-Rabin matching", 1993). The few words between
//! two tiles that follow each other in both texts are matched by their longest common subsequence.

use crate::shingle::Token;
use crate::verify::{Passage, Prepared};

/// The words that two texts share, one to one.
#[derive(Debug, Clone)]
pub struct Alignment {
    /// For each word of the first text, whether it has its like in the second.
    pub in_a: Vec<bool>,
    /// For each word of the second text, whether it has its like in the first.
    pub in_b: Vec<bool>,
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

    /// Aligns two texts of which the shared runs are known, from [`Prepared::overlap_and_runs`]. O(n log n) in the words that
    /// they share, and at most 64 steps for each word between tiles.
    pub fn of_runs(a: &Prepared, b: &Prepared, mut runs: Vec<Passage>) -> Self {
        let mut alignment = Alignment {
            in_a: vec![false; a.n_words()],
            in_b: vec![false; b.n_words()],
            tiles: Vec::new(),
            between: Vec::new(),
        };
        runs.sort_unstable_by_key(|run| (std::cmp::Reverse(run.words), run.start_a, run.start_b));
        let least = a.shingle_words().min(b.shingle_words()) as u32;
        runs.into_iter().for_each(|run| alignment.lay(run, least));
        alignment.tiles.sort_unstable_by_key(|tile| tile.start_a);
        alignment.fill_gaps(a.tokens(), b.tokens());
        alignment
    }

    /// For each word of the second text the word of the first that is its like.
    pub fn origins(&self) -> Vec<Option<u32>> {
        let mut origins = vec![None; self.in_b.len()];
        for tile in &self.tiles {
            (0..tile.words).for_each(|at| origins[(tile.start_b + at) as usize] = Some(tile.start_a + at));
        }
        self.between.iter().for_each(|&(a, b)| origins[b as usize] = Some(a));
        origins
    }

    /// Share of the first text's words that the second has, 0 to 1; 0 of an empty text.
    pub fn share_of_a(&self) -> f64 {
        share(&self.in_a)
    }

    /// Share of the second text's words that the first has, 0 to 1; 0 of an empty text.
    pub fn share_of_b(&self) -> f64 {
        share(&self.in_b)
    }

    /// Share of the second text's words that the first has, of those between the first and the last that it has: what an
    /// outlet put before or after a dispatch is no other version of it. Words before the first shared one count where the
    /// first text opens in another way as well: its opening was rewritten. 0 where nothing is shared.
    pub fn inner_share_of_b(&self) -> f64 {
        let before = |matched: &[bool]| matched.iter().take_while(|m| !**m).count();
        let after = self.in_b.iter().rev().take_while(|m| !**m).count();
        let rewritten = before(&self.in_a) > MAX_UNSHARED_START;
        let start = if rewritten { 0 } else { before(&self.in_b) };
        self.in_b.get(start..self.in_b.len() - after).map_or(0.0, share)
    }

    /// Lays the parts of a run that are free in both texts.
    fn lay(&mut self, run: Passage, least: u32) {
        let mut start = None;
        for at in 0..=run.words {
            let (a, b) = ((run.start_a + at) as usize, (run.start_b + at) as usize);
            let free = at < run.words && !self.in_a[a] && !self.in_b[b];
            match (start, free) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    self.place(
                        Passage { start_a: run.start_a + from, start_b: run.start_b + from, words: at - from },
                        least,
                    );
                    start = None;
                }
                _ => {}
            }
        }
    }

    fn place(&mut self, tile: Passage, least: u32) {
        if tile.words >= least {
            self.in_a[tile.start_a as usize..(tile.start_a + tile.words) as usize].fill(true);
            self.in_b[tile.start_b as usize..(tile.start_b + tile.words) as usize].fill(true);
            self.tiles.push(tile);
        }
    }

    /// Matches the words between tiles that follow each other in both texts, and those before the first and after the
    /// last.
    fn fill_gaps(&mut self, a: &[Token], b: &[Token]) {
        let (mut from_a, mut from_b) = (0, 0);
        let mut gaps = Vec::new();
        for tile in &self.tiles {
            let (start_a, start_b) = (tile.start_a as usize, tile.start_b as usize);
            if start_b >= from_b {
                gaps.push((from_a..start_a, from_b..start_b));
            }
            (from_a, from_b) = (start_a + tile.words as usize, start_b + tile.words as usize);
        }
        gaps.push((from_a..a.len(), from_b..b.len()));
        for (gap_a, gap_b) in gaps {
            let (n_a, n_b) = (gap_a.len(), gap_b.len());
            // A tile that was laid elsewhere may stand in the gap: its words are taken.
            if n_a == 0
                || n_b == 0
                || n_a > MAX_GAP
                || n_b > MAX_GAP
                || n_a == 1 && n_b == 1
                || self.in_b[gap_b.clone()].contains(&true)
            {
                continue;
            }
            let pairs = common_subsequence(&a[gap_a.clone()], &b[gap_b.clone()]);
            // Two unrelated sentences have "the" and "of" in common.
            if 2 * pairs.len() >= n_a.min(n_b) {
                for (x, y) in pairs {
                    self.in_a[gap_a.start + x] = true;
                    self.in_b[gap_b.start + y] = true;
                    self.between.push(((gap_a.start + x) as u32, (gap_b.start + y) as u32));
                }
            }
        }
    }
}

fn share(matched: &[bool]) -> f64 {
    if matched.is_empty() { 0.0 } else { matched.iter().filter(|m| **m).count() as f64 / matched.len() as f64 }
}

/// The places of a longest common subsequence in both. O(|a| · |b|).
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

#[cfg(test)]
mod tests {
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

    fn marks(matched: &[bool]) -> String {
        matched.iter().map(|m| if *m { '=' } else { '.' }).collect()
    }

    #[test]
    fn a_changed_word_costs_itself_alone() {
        let alignment =
            align("the harbour was closed on monday for the winter", "the harbor was closed on tuesday for the winter");
        assert_eq!(marks(&alignment.in_a), "=.===.===");
        assert_eq!(marks(&alignment.in_b), "=.===.===");
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
        assert_eq!(marks(&alignment.in_b), "=====......");
    }

    #[test]
    fn words_between_are_matched_in_order_and_strangers_are_not() {
        let alignment = align("a b c mr trump said on friday d e f", "a b c trump said friday d e f");
        assert_eq!(marks(&alignment.in_a), "===.==.====");
        assert_eq!(marks(&alignment.in_b), "=========");
        let strangers = align("a b c p the q r s d e f", "a b c w x the y z d e f");
        assert_eq!(marks(&strangers.in_a), "===.....===");
    }

    #[test]
    fn nothing_aligns_with_nothing() {
        for (a, b) in [("", ""), ("a b c", ""), ("a b c", "d e f")] {
            assert_eq!(align(a, b).share_of_b(), 0.0);
        }
        assert_eq!(align("a b", "a b").share_of_a(), 1.0);
    }
}
