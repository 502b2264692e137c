//! Sets of words that are asked of every line of every page, nearly always in vain.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

/// A set of words in lower case, with a filter before it.
#[derive(Default)]
pub(crate) struct Words {
    words: HashSet<String, FixedHash>,
    filter: Filter,
}

impl Words {
    pub(super) fn insert(&mut self, word: &str) {
        self.filter.insert(word);
        self.words.insert(word.to_owned());
    }

    /// The words.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether a word in any case is one of the set.
    pub(super) fn contains(&self, word: &str) -> bool {
        word.len() <= self.filter.longest
            && self.filter.passes_in_any_case(word)
            && with_lower(word, |lower| self.contains_lower(lower))
    }

    /// Whether a word may be one of the set when it is in lower case: a cheap look before a costly one.
    pub(crate) fn may_contain(&self, word: &str) -> bool {
        // No small letter takes less than a third of its capital's bytes.
        word.len() <= 3 * self.filter.longest && self.filter.passes_in_any_case(word)
    }

    /// Whether a word in lower case is one of the set.
    pub(crate) fn contains_lower(&self, word: &str) -> bool {
        self.filter.passes(word) && self.words.contains(word)
    }
}

impl<'a> FromIterator<&'a str> for Words {
    fn from_iter<I: IntoIterator<Item = &'a str>>(words: I) -> Self {
        let mut set = Words::default();
        words.into_iter().for_each(|word| set.insert(word));
        set
    }
}

/// What words of a set look like from their ends, as a cheap look before a costly one.
pub(super) struct Filter {
    /// A bit for the first two bytes, the last one and the length of a word.
    seen: [u64; FILTER_BITS / 64],
    /// A bit for the first and the last character of a word that is not ASCII.
    ends: [u64; FILTER_BITS / 64],
    longest: usize,
}

/// Many times the words of a set, so that hardly any other passes.
const FILTER_BITS: usize = 1 << 14;

impl Default for Filter {
    fn default() -> Self {
        Self { seen: [0; FILTER_BITS / 64], ends: [0; FILTER_BITS / 64], longest: 0 }
    }
}

impl Filter {
    /// Takes a word in lower case.
    pub(super) fn insert(&mut self, word: &str) {
        let bit = Self::bit(word.as_bytes());
        self.seen[bit / 64] |= 1 << (bit % 64);
        if let Some(bit) = Self::bit_of_ends(word) {
            self.ends[bit / 64] |= 1 << (bit % 64);
        }
        self.longest = self.longest.max(word.len());
    }

    /// Whether a word may be one of the set when it is in lower case.
    pub(super) fn passes_in_any_case(&self, word: &str) -> bool {
        // Only ASCII keeps its bytes in lower case.
        if word.is_ascii() {
            return self.passes(word);
        }
        Self::bit_of_ends(word).is_none_or(|bit| self.ends[bit / 64] & (1 << (bit % 64)) != 0)
    }

    /// The bit of a word's first and last character, in any case; `None` where their small letters have to be looked up.
    fn bit_of_ends(word: &str) -> Option<usize> {
        let (first, last) = (small(word.chars().next()?)?, small(word.chars().next_back()?)?);
        Some(Self::spread(u64::from(u32::from(first)) << 32 | u64::from(u32::from(last))))
    }

    /// Whether a word in lower case, or in ASCII, may be one of the set.
    pub(super) fn passes(&self, word: &str) -> bool {
        let bit = Self::bit(word.as_bytes());
        word.len() <= self.longest && self.seen[bit / 64] & (1 << (bit % 64)) != 0
    }

    fn bit(word: &[u8]) -> usize {
        let byte = |at: Option<&u8>| u64::from(at.map_or(0, u8::to_ascii_lowercase));
        let ends = byte(word.first()) | byte(word.get(1)) << 8 | byte(word.last()) << 16;
        Self::spread(ends | (word.len() as u64) << 24)
    }

    /// The upper bits of a product depend on all bits of what was multiplied.
    fn spread(ends: u64) -> usize {
        (ends.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - FILTER_BITS.ilog2())) as usize
    }
}

/// Calls with the text in lower case, without an allocation where it is short: most asked for is.
pub(super) fn with_lower<T>(text: &str, call: impl FnOnce(&str) -> T) -> T {
    let mut buffer = [0; 96];
    match lower_in(&mut buffer, text) {
        Some(lower) => call(lower),
        None => call(&text.to_lowercase()),
    }
}

/// The text in lower case, written to a buffer; `None` where it does not fit, or has letters that have to be looked up.
fn lower_in<'a>(buffer: &'a mut [u8], text: &str) -> Option<&'a str> {
    let lower = buffer.get_mut(..text.len())?;
    lower.copy_from_slice(text.as_bytes());
    lower.make_ascii_lowercase();
    if !text.is_ascii() {
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
            small(c)?.encode_utf8(&mut lower[at..]);
        }
    }
    std::str::from_utf8(lower).ok()
}

/// The small letter of a character of most texts, which takes as many bytes; `None` of those that have to be looked up.
pub(crate) fn small(c: char) -> Option<char> {
    let moved = |by: u32| char::from_u32(c as u32 + by);
    match c {
        '\0'..='\x7f' => Some(c.to_ascii_lowercase()),
        '×' | 'ß'..='ÿ' | 'а'..='џ' | 'ऀ'..='෿' | '\u{2000}'..='\u{206f}' | '一'..='鿿' | '가'..='힣' => {
            Some(c)
        }
        'À'..='Þ' | 'А'..='Я' => moved(0x20),
        'Ѐ'..='Џ' => moved(0x50),
        _ => None,
    }
}

/// How words of this program are hashed. Fixed, since nobody else chooses what is in the sets: SipHash takes several times
/// as long.
pub(super) type FixedHash = BuildHasherDefault<WordHasher>;

/// The hash of the last bytes that were written: of a string there are no others.
#[derive(Default)]
pub(super) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= xxh3_64(bytes);
    }

    /// What ends a string.
    fn write_u8(&mut self, _end: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}
