//! The shingles of an article as a set of bits: most that are looked for in it are not there, and a bit says so.

use super::bits::Bits;

/// A set of shingles, which may have others by chance: about one in thirty. A bit for each, which the lowest bits of its hash
/// say.
#[derive(Debug, Clone)]
pub(super) struct Seen(Vec<u64>);

impl Seen {
    /// The empty set, with room for so many: 16 to 32 bits for each.
    pub(super) fn for_places(n: usize) -> Self {
        Seen(vec![0; (n / 4).max(1).next_power_of_two()])
    }

    /// Adds a shingle.
    #[inline]
    pub(super) fn add(&mut self, hash: u64) {
        let word = self.word(hash);
        self.0[word] |= 1 << (hash & 63);
    }

    /// Adds the shingles of an article: the places of those that may stand before in it.
    pub(super) fn add_all(&mut self, hashes: &[u64]) -> Bits {
        let again = hashes.chunks(64).map(|hashes| {
            bits(hashes, |hash| {
                let word = self.word(hash);
                let before = self.0[word];
                self.0[word] = before | 1 << (hash & 63);
                before >> (hash & 63) & 1
            })
        });
        again.collect()
    }

    /// Which of up to 64 shingles may be in it, the first the lowest bit.
    #[inline]
    pub(super) fn may_have(&self, hashes: &[u64]) -> u64 {
        bits(hashes, |hash| self.0[self.word(hash)] >> (hash & 63) & 1)
    }

    #[inline]
    fn word(&self, hash: u64) -> usize {
        (hash >> 6) as usize & (self.0.len() - 1)
    }
}

/// A number of a bit for each of up to 64 shingles, the first the lowest. Eight at a time: numbers are shifted twice as fast by
/// what is known beforehand.
#[inline]
fn bits(hashes: &[u64], mut bit: impl FnMut(u64) -> u64) -> u64 {
    let (eights, rest) = hashes.as_chunks::<8>();
    let mut all = 0;
    for (eight, from) in eights.iter().zip((0..).step_by(8)) {
        all |= eight.iter().enumerate().fold(0, |all, (at, &hash)| all | bit(hash) << at) << from;
    }
    rest.iter().zip(8 * eights.len()..).fold(all, |all, (&hash, at)| all | bit(hash) << at)
}
