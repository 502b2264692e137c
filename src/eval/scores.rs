//! How well two groupings of the same articles agree, from the sizes of their groups and of the overlaps alone: pairs
//! are counted, never listed, so a cluster of a million articles costs no more than a million clusters of one.
//!
//! All sums are of whole numbers until the last step: the order of articles cannot change a digit.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use serde::Serialize;

/// How well assigned groups agree with true ones; each figure but `ari` from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Scores {
    /// Of the pairs of articles that were grouped, the share that belong together; 1 where none was grouped.
    pub precision: f64,
    /// Of the pairs that belong together, the share that were grouped; 1 where none belong together.
    pub recall: f64,
    /// The harmonic mean of precision and recall.
    pub f1: f64,
    /// The adjusted Rand index: agreement over pairs, less what chance would give; 1 for equal groupings, about 0 for
    /// unrelated ones, below 0 for worse than chance.
    ///
    /// Hubert and Arabie, "Comparing partitions", Journal of Classification 2, 1985, equation 5.
    pub ari: f64,
    /// The mean, over articles, of the share of an article's assigned group that belongs with it.
    ///
    /// Bagga and Baldwin, "Entity-based cross-document coreferencing using the vector space model", 1998, section 4.
    pub b_cubed_precision: f64,
    /// The mean, over articles, of the share of an article's true group that was grouped with it.
    pub b_cubed_recall: f64,
    /// The harmonic mean of the two.
    pub b_cubed_f1: f64,
}

/// Two groupings of the same articles, laid over each other: the contingency table, without its empty cells.
#[derive(Debug, Default)]
pub(super) struct Contingency {
    n_articles: u64,
    cells: HashMap<(u32, u32), u64>,
    true_sizes: Vec<u64>,
    assigned_sizes: Vec<u64>,
}

impl Contingency {
    /// Lays the groupings over each other; each slice has the group of every article, numbered by [`number`].
    pub(super) fn new(truth: &[u32], assigned: &[u32]) -> Self {
        let mut table = Contingency::default();
        for (&t, &a) in truth.iter().zip(assigned) {
            table.n_articles += 1;
            *table.cells.entry((t, a)).or_default() += 1;
            count(&mut table.true_sizes, t);
            count(&mut table.assigned_sizes, a);
        }
        table
    }

    /// Each overlap of a true group with an assigned one that is not empty, in no order: the two groups and its size.
    pub(super) fn cells(&self) -> impl Iterator<Item = (u32, u32, u64)> + '_ {
        self.cells.iter().map(|(&(t, a), &n)| (t, a, n))
    }

    /// For an article of these groups: how many others belong with it, and how many of those were grouped with it.
    pub(super) fn partners(&self, truth: u32, assigned: u32) -> (u64, u64) {
        let together = self.cells.get(&(truth, assigned)).copied().unwrap_or(1);
        (self.true_sizes[truth as usize] - 1, together - 1)
    }

    /// The figures. O(groups + overlaps).
    pub(super) fn scores(&self) -> Scores {
        let together = n_pairs(self.cells.values());
        let (belong, grouped) = (n_pairs(&self.true_sizes), n_pairs(&self.assigned_sizes));
        let (precision, recall) = (share(together, grouped), share(together, belong));
        let b_cubed_precision = self.b_cubed(&self.assigned_sizes, |&(_, a)| a);
        let b_cubed_recall = self.b_cubed(&self.true_sizes, |&(t, _)| t);
        Scores {
            precision,
            recall,
            f1: harmonic_mean(precision, recall),
            ari: adjusted_rand(together, belong, grouped, pairs_of(self.n_articles)),
            b_cubed_precision,
            b_cubed_recall,
            b_cubed_f1: harmonic_mean(b_cubed_precision, b_cubed_recall),
        }
    }

    /// The mean over articles of overlap / size of the group: each of an overlap's n articles adds n / size. Squares
    /// are summed by size first, so that the sum of fractions has one order.
    fn b_cubed(&self, sizes: &[u64], group: impl Fn(&(u32, u32)) -> u32) -> f64 {
        let mut squares: BTreeMap<u64, u64> = BTreeMap::new();
        for (cell, n) in &self.cells {
            *squares.entry(sizes[group(cell) as usize]).or_default() += n * n;
        }
        let sum: f64 = squares.into_iter().map(|(size, squares)| squares as f64 / size as f64).sum();
        if self.n_articles == 0 { 1.0 } else { (sum / self.n_articles as f64).min(1.0) }
    }
}

/// Numbers keys from 0 in the order of their first appearance; equal keys get equal numbers.
pub(super) fn number<K: Eq + Hash>(keys: impl IntoIterator<Item = K>) -> Vec<u32> {
    let mut numbers = HashMap::new();
    keys.into_iter()
        .map(|key| {
            let next = numbers.len() as u32;
            *numbers.entry(key).or_insert(next)
        })
        .collect()
}

fn count(sizes: &mut Vec<u64>, group: u32) {
    if sizes.len() <= group as usize {
        sizes.resize(group as usize + 1, 0);
    }
    sizes[group as usize] += 1;
}

fn pairs_of(n: u64) -> u64 {
    n * n.saturating_sub(1) / 2
}

fn n_pairs<'a>(sizes: impl IntoIterator<Item = &'a u64>) -> u64 {
    sizes.into_iter().map(|&n| pairs_of(n)).sum()
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn harmonic_mean(a: f64, b: f64) -> f64 {
    if a + b == 0.0 { 0.0 } else { 2.0 * a * b / (a + b) }
}

/// Hubert and Arabie's index: (index − expected) / (maximum − expected), all in pairs.
fn adjusted_rand(together: u64, belong: u64, grouped: u64, all: u64) -> f64 {
    let expected = if all == 0 { 0.0 } else { belong as f64 * grouped as f64 / all as f64 };
    let maximum = (belong + grouped) as f64 / 2.0;
    // Both groupings are all alone, or both all together.
    if maximum == expected { 1.0 } else { (together as f64 - expected) / (maximum - expected) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scores(truth: &[u32], assigned: &[u32]) -> Scores {
        Contingency::new(truth, assigned).scores()
    }

    fn check(truth: &[u32], assigned: &[u32], expected: [f64; 7]) {
        let s = scores(truth, assigned);
        let found = [s.precision, s.recall, s.f1, s.ari, s.b_cubed_precision, s.b_cubed_recall, s.b_cubed_f1];
        for (found, expected) in found.into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{truth:?} {assigned:?}\n{s:?}\n{expected}");
        }
    }

    #[test]
    fn worked_by_hand() {
        // True groups {0,1,2} {3,4} {5}; assigned {0,1} {2,3,4} {5}. Pairs: 4 belong, 4 grouped, 2 both, 15 in all.
        // ARI: (2 − 16/15) / (4 − 16/15) = 14/44. B-cubed precision: (2·1 + 1/3 + 2·2/3 + 1) / 6 = 14/18; recall:
        // (2·2/3 + 1/3 + 2·1 + 1) / 6 = 14/18.
        let b = 14.0 / 18.0;
        check(&[0, 0, 0, 1, 1, 2], &[0, 0, 1, 1, 1, 2], [0.5, 0.5, 0.5, 14.0 / 44.0, b, b, b]);
        // True {0,1,2,3}; assigned {0,1} {2,3}: nothing false, 2 of 6 pairs, B-cubed recall 1/2. All pairs belong, so
        // chance gives the same 2: ARI (2 − 2) / (4 − 2) = 0.
        check(&[0; 4], &[0, 0, 1, 1], [1.0, 1.0 / 3.0, 0.5, 0.0, 1.0, 0.5, 2.0 / 3.0]);
        // Worse than chance: true {0,1} {2,3}; assigned {0,2} {1,3}. (0 − 4/6) / (2 − 4/6) = −1/2.
        check(&[0, 0, 1, 1], &[0, 1, 0, 1], [0.0, 0.0, 0.0, -0.5, 0.5, 0.5, 0.5]);
    }

    #[test]
    fn extremes() {
        let truth = [0, 0, 1, 1, 1, 2];
        check(&truth, &truth, [1.0; 7]);
        // All alone: nothing false, nothing found; B-cubed recall 3 groups / 6 articles.
        check(&truth, &[0, 1, 2, 3, 4, 5], [1.0, 0.0, 0.0, 0.0, 1.0, 0.5, 2.0 / 3.0]);
        // All together: 4 of 15 pairs; B-cubed precision (4 + 9 + 1) / 36.
        let b = 14.0 / 36.0;
        check(&truth, &[0; 6], [4.0 / 15.0, 1.0, 8.0 / 19.0, 0.0, b, 1.0, 2.0 * b / (1.0 + b)]);
        check(&[0, 1, 2], &[0, 1, 2], [1.0; 7]);
        check(&[0], &[0], [1.0; 7]);
    }

    proptest! {
        #[test]
        fn neither_order_nor_numbering_matters(
            groups in proptest::collection::vec((0u32..8, 0u32..8), 1..60),
            seed in any::<u64>(),
        ) {
            let pick = |groups: &[(u32, u32)]| {
                let (t, a): (Vec<u32>, Vec<u32>) = groups.iter().copied().unzip();
                scores(&number(t), &number(a))
            };
            let straight = pick(&groups);
            let mut moved: Vec<(u64, (u32, u32))> = groups.iter().zip(1u64..)
                .map(|(&g, i)| (seed.wrapping_mul(i | 1).rotate_left((i % 63) as u32), g)).collect();
            moved.sort_by_key(|(place, _)| *place);
            let moved: Vec<(u32, u32)> = moved.into_iter().map(|(_, g)| g).collect();
            prop_assert_eq!(straight, pick(&moved));
            for share in [straight.precision, straight.recall, straight.f1, straight.b_cubed_precision,
                straight.b_cubed_recall, straight.b_cubed_f1] {
                prop_assert!((0.0..=1.0).contains(&share), "{:?}", straight);
            }
            prop_assert!(straight.ari <= 1.0, "{:?}", straight);
        }

        #[test]
        fn swapping_the_groupings_swaps_precision_and_recall(
            groups in proptest::collection::vec((0u32..6, 0u32..6), 1..40),
        ) {
            let (t, a): (Vec<u32>, Vec<u32>) = groups.into_iter().unzip();
            let (straight, swapped) = (scores(&number(t.clone()), &number(a.clone())), scores(&number(a), &number(t)));
            prop_assert_eq!(straight.precision, swapped.recall);
            prop_assert_eq!(straight.b_cubed_recall, swapped.b_cubed_precision);
            prop_assert_eq!(straight.ari, swapped.ari);
        }
    }
}
