//! Chance from a seed: whole numbers only, so that every machine draws the same.

#[path = "../../../benches/synthetic/split_mix.rs"]
mod split_mix;

/// Draws from a seed.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Chance(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        split_mix::next(&mut self.0)
    }

    /// A number below `n`, and 0 where `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        split_mix::below(self.next(), n as u64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// A rank below `n`, the r-th with a probability that falls about as 1/r: as names of places and outlets recur.
    pub(crate) fn rank(&mut self, n: usize) -> usize {
        let octave = self.below(n.max(1).ilog2() as usize + 1) + 1;
        self.below(n.min(1 << octave))
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// A seed made of two: what is drawn for one thing never depends on how much was drawn for another.
pub(crate) fn mix(seed: u64, with: u64) -> u64 {
    split_mix::finish(seed ^ with.wrapping_add(1).wrapping_mul(0xd6e8_feb8_6659_fd93))
}
