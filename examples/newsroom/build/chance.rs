//! Draws that are the same on every machine: SplitMix64, seeded with a name.
//!
//! Every story and every page draws from a sequence of its own, so that a new source changes its own pages and hardly any
//! other.

#[path = "../../../benches/synthetic/split_mix.rs"]
mod split_mix;

/// Draws from a seed that is a name.
pub(crate) struct Chance(u64);

impl Chance {
    /// The sequence that belongs to a name. The name is hashed with FNV-1a.
    pub(crate) fn named(name: &str) -> Self {
        let hash = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Chance(hash)
    }

    /// A number below `n`; 0 where `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        split_mix::below(split_mix::next(&mut self.0), n as u64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True in so many of a hundred draws.
    pub(crate) fn hits(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of the values; `None` of none.
    pub(crate) fn pick<'a, T>(&mut self, values: &'a [T]) -> Option<&'a T> {
        values.get(self.below(values.len()))
    }

    /// The values in another order (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last + 1));
        }
    }
}
