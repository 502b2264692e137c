//! Chance from a seed: whole numbers only, so that every machine draws the same.

/// SplitMix64 (Steele, Lea and Flood 2014): small, seeded, the same everywhere.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Chance(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        finish(self.0)
    }

    /// A number below `n`, and 0 where `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
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
    finish(seed ^ with.wrapping_add(1).wrapping_mul(0xd6e8_feb8_6659_fd93))
}

fn finish(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
