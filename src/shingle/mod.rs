//! Words, tokens and shingles: from an article's body to the numbers that everything later compares.
//!
//! A *token* is one word as 32 bits: 28 of its hash and four flags, so that a body can be kept in four bytes a word
//! and compared, shingled and aligned again without its text. Two given words that differ share a token's hash once in
//! 2·10⁸; it would take a run of such accidents to turn strangers into copies.
//!
//! Shingling: Broder, "On the resemblance and containment of documents", 1997, section 2.

mod bytes;
mod scan;
mod script;
mod short;

use std::ops::Range;

use scan::Scan;
use script::{Class, class};
use short::Short;
use xxhash_rust::xxh3::xxh3_64;

/// One word of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(u32);

const NUMBER: u32 = 1;
const QUOTED: u32 = 2;
const PARAGRAPH: u32 = 4;
const NAME: u32 = 8;
const FLAGS: u32 = NUMBER | QUOTED | PARAGRAPH | NAME;

impl Token {
    fn new(word: &[u8], flags: u32) -> Self {
        Token::of_hash(xxh3_64(word), flags)
    }

    /// The same for a word in registers: most words of Latin script.
    #[inline]
    fn short(word: Short, flags: u32) -> Self {
        Token::of_hash(word.hash(), flags)
    }

    #[inline]
    fn of_hash(hash: u64, flags: u32) -> Self {
        Token((hash >> 32) as u32 & !FLAGS | flags)
    }

    /// The word's hash: equal words, and hardly any others, have equal ones.
    #[inline]
    pub fn word(self) -> u32 {
        self.0 & !FLAGS
    }

    /// What the word adds to a polynomial: never nothing.
    #[inline]
    fn term(self) -> u64 {
        u64::from(self.word()) + 1
    }

    /// Whether the word has a digit, of any script.
    #[inline]
    pub fn is_number(self) -> bool {
        self.0 & NUMBER != 0
    }

    /// Whether the word is a number, or a name as far as its first letter tells: a capital that no sentence begins with. In
    /// scripts without capitals numbers only.
    #[inline]
    pub fn is_fact(self) -> bool {
        self.0 & (NUMBER | NAME) != 0
    }

    /// Whether the word stands in quotation marks.
    #[inline]
    pub fn is_quoted(self) -> bool {
        self.0 & QUOTED != 0
    }

    /// Whether the word is the first of its paragraph.
    pub fn opens_paragraph(self) -> bool {
        self.0 & PARAGRAPH != 0
    }

    /// The same word, as the first of its paragraph or not.
    pub(crate) fn opening(self, opens_paragraph: bool) -> Self {
        Token(if opens_paragraph { self.0 | PARAGRAPH } else { self.0 & !PARAGRAPH })
    }

    /// The four bytes that a spill holds.
    #[inline]
    pub fn to_bits(self) -> u32 {
        self.0
    }

    /// The token of four bytes from a spill.
    #[inline]
    pub fn from_bits(bits: u32) -> Self {
        Token(bits)
    }
}

/// The tokens of a body, appended to `tokens`.
///
/// A word is a run of letters, marks and digits; apostrophes within it are passed over ("don't" is `dont`), and points
/// and commas between digits belong to the number ("1,500.5"). Case is folded, and so is what outlets write differently in
/// one dispatch: ß and ss, accents of Greek, vowel marks and forms of Arabic letters, digits of any script.
///
/// In scripts written without spaces (Han, Kana, Thai, Lao, Khmer, Burmese) a word is a few syllables, cut where a hash of
/// the syllable before and the character after says so: see `scan`. Single spaces within such text change nothing.
///
/// About 1 ns a character where the text is ASCII, 2 to 17 where it is not.
pub fn tokenize<S: AsRef<str>>(paragraphs: &[S], tokens: &mut Vec<Token>) {
    let mut word = Vec::with_capacity(64);
    // So many words at least a text of Latin script has; others have fewer, of more bytes.
    tokens.reserve(paragraphs.iter().map(|paragraph| paragraph.as_ref().len()).sum::<usize>() / 7);
    let mut quoted = false;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let goes_on = quoted && goes_on_quoted(&paragraphs[at..]);
        quoted = Scan::new(tokens, None, &mut word, goes_on).paragraph(paragraph.as_ref());
    }
}

/// Paragraphs of one quotation at most: a mark that was forgotten must not put the rest of a page into quotes.
const QUOTED_PARAGRAPHS: usize = 12;

/// Whether a quotation that was left open goes on in these paragraphs: the next mark in them closes one. A speech of several
/// paragraphs may have its marks at the beginning of the first and at the end of the last.
fn goes_on_quoted<S: AsRef<str>>(paragraphs: &[S]) -> bool {
    let closes = |text: &str| {
        let at = text.find(['"', '«', '„', '「', '『', '《', '»', '」', '』', '》'])?;
        let straight = text[..at].ends_with(|c: char| !c.is_whitespace());
        Some(text[at..].starts_with(['»', '」', '』', '》']) || text[at..].starts_with('"') && straight)
    };
    paragraphs.iter().take(QUOTED_PARAGRAPHS).find_map(|paragraph| closes(paragraph.as_ref())).unwrap_or(false)
}

/// Where the words of a paragraph stand, in bytes: one range for each token of [`tokenize`], in its order.
///
/// Tokens keep no text; whoever shows words to a reader scans the paragraph again. O(length).
pub fn word_ranges(paragraph: &str) -> Vec<Range<usize>> {
    let (mut tokens, mut ends, mut word) = (Vec::new(), Vec::new(), Vec::new());
    Scan::new(&mut tokens, Some(&mut ends), &mut word, false).paragraph(paragraph);
    let mut from = 0;
    let from_to = ends.into_iter().map(|end| {
        // What stands between two words belongs to none.
        let start = from + paragraph[from..end].find(begins_word).unwrap_or(0);
        from = end;
        start..end
    });
    from_to.collect()
}

/// Whether a character may be the first of a word.
fn begins_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && !matches!(class(c), Class::Ignored | Class::Other)
}

/// The shingles of a body: for each place the hash of `shingle_words` consecutive words, in order of the text.
///
/// A body of fewer words has one shingle, of all of them, which also hashes their number: short texts are equal only
/// when they are the same. An empty body has none. O(words).
#[inline]
pub fn shingles(tokens: &[Token], shingle_words: usize) -> impl Iterator<Item = u64> + '_ {
    let width = shingle_words.min(tokens.len()).max(1);
    // Mixed so that every bit depends on every word.
    polynomials(tokens, width, width as u64).map(mix)
}

/// For each place of a text the polynomial over 2⁶⁴ of `width` words' hashes, with a seed before them.
///
/// Each is made from the one before: the word that is left is subtracted, the next one is added (Karp and Rabin, "Efficient
/// randomized pattern-matching algorithms", 1987). Two multiplications a place, whatever the width.
#[inline]
pub(crate) fn polynomials(tokens: &[Token], width: usize, seed: u64) -> impl Iterator<Item = u64> + '_ {
    let first = tokens.get(..width).map(|words| words.iter().fold(0, add_word));
    let leaving = BASE.wrapping_pow(width as u32);
    let seed = seed.wrapping_mul(leaving);
    let steps = tokens.iter().zip(tokens.get(width..).unwrap_or_default());
    let rest = steps.scan(first.unwrap_or_default(), move |sum, (left, next)| {
        *sum = add_word(*sum, next).wrapping_sub(leaving.wrapping_mul(left.term()));
        Some(*sum)
    });
    first.into_iter().chain(rest).map(move |sum| sum.wrapping_add(seed))
}

/// The polynomial of all words of a text, with a seed before them: the only one of [`polynomials`] of that width.
pub(crate) fn polynomial(words: &[Token], seed: u64) -> u64 {
    words.iter().fold(seed, add_word)
}

#[inline]
fn add_word(sum: u64, word: &Token) -> u64 {
    sum.wrapping_mul(BASE).wrapping_add(word.term())
}

/// The number at which the polynomials are taken.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// A bijection of 64 bits that spreads every input bit over all output bits (the finalizer of MurmurHash3, variant 13:
/// Stafford, "Better bit mixing", 2011).
#[inline]
pub(crate) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests;
