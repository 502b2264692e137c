//! Sketches: small samples of an article's shingles that estimate what two articles share.
//!
//! Two schemes. *Scaled MinHash* keeps every shingle hash below 2⁶⁴/s: its size grows with the text, and it estimates
//! containment as well as resemblance, whatever the lengths. A *signature* keeps the minimum of the hashes under n
//! permutations: its size is fixed, and banded LSH can be built on it, but it estimates resemblance alone.

use crate::shingle::mix;

/// A sample of a set of shingles: the hashes below 2⁶⁴/scale, each once, in ascending order.
///
/// FracMinHash: Irber et al., "Lightweight compositional analysis of metagenomes with FracMinHash", 2022, section 2.1;
/// Hera, Pierce-Ward and Koslicki, "Deriving confidence intervals for mutation rates across a wide range of
/// evolutionary distances using FracMinHash", 2023, section 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaledSketch {
    hashes: Vec<u64>,
    scale: u64,
}

impl ScaledSketch {
    /// The sketch of a text's shingles, sampling one in `scale`. O(n log n) in the number sampled.
    pub fn new(shingles: impl IntoIterator<Item = u64>, scale: u64) -> Self {
        let mut hashes: Vec<u64> = shingles.into_iter().filter(|&hash| is_sampled(hash, scale)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        ScaledSketch { hashes, scale }
    }

    /// The sampled hashes, ascending.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// Estimates |A∩B| / |A∪B|; `None` where both sketches are empty, or their scales differ.
    ///
    /// The shared hashes over all hashes: a ratio of binomial counts, for n sampled shingles of the union within
    /// ±1.96·√(J(1−J)/n) in 95 of 100 texts. O(size of the sketches).
    pub fn resemblance(&self, other: &Self) -> Option<f64> {
        let shared = self.n_shared(other)?;
        let union = self.hashes.len() + other.hashes.len() - shared;
        (union > 0).then(|| shared as f64 / union as f64)
    }

    /// Estimates |A∩B| / |A|, the share of this text that is in the other; `None` where this sketch is empty, or the
    /// scales differ.
    ///
    /// Divided by the probability 1 − (1 − 1/s)ⁿ that a set of n shingles is sampled at all, which removes the bias
    /// (Hera et al. 2023, theorem 1); n is itself estimated as s times the sketch's size. O(size of the sketches).
    pub fn containment_in(&self, other: &Self) -> Option<f64> {
        let shared = self.n_shared(other)?;
        let own = self.hashes.len();
        let n_shingles = (own as u64).saturating_mul(self.scale) as f64;
        let sampled_at_all = if self.scale == 1 { 1.0 } else { 1.0 - (1.0 - 1.0 / self.scale as f64).powf(n_shingles) };
        (own > 0).then(|| (shared as f64 / own as f64 / sampled_at_all).min(1.0))
    }

    fn n_shared(&self, other: &Self) -> Option<usize> {
        (self.scale == other.scale).then(|| n_common(&self.hashes, &other.hashes))
    }
}

/// Whether a shingle is in the sample of one in `scale`.
pub fn is_sampled(hash: u64, scale: u64) -> bool {
    hash <= u64::MAX / scale
}

/// Appends the lower halves of the sampled hashes, in order: the bits above are zero in every one of them.
///
/// Written first and counted after, since whether a hash is sampled cannot be predicted.
pub fn push_sampled(hashes: impl Iterator<Item = u64>, scale: u64, keys: &mut Vec<u32>) {
    let mut block = [0; 64];
    let mut n = 0;
    hashes.for_each(|hash| {
        block[n % 64] = hash as u32;
        n += usize::from(is_sampled(hash, scale));
        if n == block.len() {
            keys.extend_from_slice(&block);
            n = 0;
        }
    });
    keys.extend_from_slice(&block[..n]);
}

/// Number of elements that two ascending lists without repetition share. O(length of both).
pub fn n_common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        n += usize::from(a[i] == b[j]);
        let (a_step, b_step) = (usize::from(a[i] <= b[j]), usize::from(b[j] <= a[i]));
        i += a_step;
        j += b_step;
    }
    n
}

/// The minima of a set of shingles under a number of permutations.
///
/// Broder, Charikar, Frieze and Mitzenmacher, "Min-wise independent permutations", 1998, section 1.2. A permutation
/// here is an odd multiplier and a mix of 64 bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    minima: Vec<u64>,
}

impl Signature {
    /// The signature of a text's shingles under `n_permutations`. A text without shingles has minima of `u64::MAX`.
    /// O(shingles · permutations).
    pub fn new(shingles: &[u64], n_permutations: usize) -> Self {
        let minima = (0..n_permutations as u64)
            .map(|i| {
                let multiplier = mix(i + 1) | 1;
                shingles.iter().map(|&hash| mix(hash.wrapping_mul(multiplier))).min().unwrap_or(u64::MAX)
            })
            .collect();
        Signature { minima }
    }

    /// The minima, one a permutation.
    pub fn minima(&self) -> &[u64] {
        &self.minima
    }

    /// Estimates |A∩B| / |A∪B|: the share of permutations whose minima agree; `None` where the lengths differ or are 0.
    ///
    /// Unbiased; its standard error is √(J(1−J)/n) for n permutations (Broder 1997, section 3).
    pub fn resemblance(&self, other: &Self) -> Option<f64> {
        let n = self.minima.len();
        let agree = self.minima.iter().zip(&other.minima).filter(|(a, b)| a == b).count();
        (n > 0 && n == other.minima.len()).then(|| agree as f64 / n as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shingles of two texts of which `shared` are in both: mixed counters are as good as hashes.
    fn sets(only_a: u64, shared: u64, only_b: u64) -> (Vec<u64>, Vec<u64>) {
        let hashes = |from: u64, n: u64| (from..from + n).map(|i| mix(i + 1));
        let a = hashes(0, only_a + shared).collect();
        let b = hashes(only_a, shared + only_b).collect();
        (a, b)
    }

    #[test]
    fn sampled_hashes_are_pushed_as_when_filtered() {
        for (n, scale) in [(0, 4), (63, 1), (64, 1), (65, 1), (1000, 1), (1000, 4), (1000, 4096)] {
            let hashes = || (0..n).map(|i| mix(i + 1));
            let mut keys = vec![7];
            push_sampled(hashes(), scale, &mut keys);
            let sampled = hashes().filter(|&hash| is_sampled(hash, scale)).map(|hash| hash as u32);
            assert_eq!(keys, std::iter::once(7).chain(sampled).collect::<Vec<_>>(), "{n} {scale}");
        }
    }

    #[test]
    fn a_scale_of_one_is_exact() {
        let (a, b) = sets(30, 50, 20);
        let (a, b) = (ScaledSketch::new(a, 1), ScaledSketch::new(b, 1));
        assert_eq!(a.resemblance(&b), Some(0.5));
        assert_eq!(a.containment_in(&b), Some(50.0 / 80.0));
        assert_eq!(b.containment_in(&a), Some(50.0 / 70.0));
    }

    #[test]
    fn nothing_is_claimed_of_nothing() {
        let (empty, some) = (ScaledSketch::new([], 4), ScaledSketch::new([1, 2, 3], 4));
        assert_eq!(empty.resemblance(&empty), None);
        assert_eq!(empty.containment_in(&some), None);
        assert_eq!(some.containment_in(&empty), Some(0.0));
        assert_eq!(some.resemblance(&ScaledSketch::new([1], 8)), None);
        assert_eq!(Signature::new(&[], 0).resemblance(&Signature::new(&[], 0)), None);
        assert_eq!(Signature::new(&[1], 4).resemblance(&Signature::new(&[1], 5)), None);
    }

    #[test]
    fn signatures_and_samples_are_fixed() {
        // A change of these makes every published sketch unreadable.
        assert_eq!(Signature::new(&[mix(1), mix(2), mix(3)], 2).minima(), STORED_MINIMA);
        let (a, _) = sets(8, 0, 0);
        assert_eq!(ScaledSketch::new(a, 4).hashes(), STORED_SAMPLE);
    }

    const STORED_MINIMA: [u64; 2] = [2_697_028_861_272_180_022, 594_741_030_399_474_894];
    const STORED_SAMPLE: [u64; 2] = [1_346_066_267_577_507_604, 2_185_194_620_014_831_856];

    #[test]
    fn common_elements_are_counted_once() {
        assert_eq!(n_common(&[1, 3, 5, 7], &[0, 3, 4, 7, 9]), 2);
        assert_eq!(n_common(&[], &[1]), 0);
    }
}
