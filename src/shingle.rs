//! Words, tokens and shingles: from an article's body to the numbers that everything later compares.
//!
//! A *token* is one word as 32 bits: 28 of its hash and four flags, so that a body can be kept in four bytes a word
//! and compared, shingled and aligned again without its text. Two given words that differ share a token's hash once in
//! 2·10⁸; it would take a run of such accidents to turn strangers into copies.
//!
//! Shingling: Broder, "On the resemblance and containment of documents", 1997, section 2.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
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
        Token((xxh3_64(word) >> 32) as u32 & !FLAGS | flags)
    }

    /// The word's hash: equal words, and hardly any others, have equal ones.
    pub fn word(self) -> u32 {
        self.0 & !FLAGS
    }

    /// Whether the word has a digit.
    pub fn is_number(self) -> bool {
        self.0 & NUMBER != 0
    }

    /// Whether the word is a number, or a name as far as its first letter tells: a capital that no sentence begins with. In
    /// scripts without capitals numbers only.
    pub fn is_fact(self) -> bool {
        self.0 & (NUMBER | NAME) != 0
    }

    /// Whether the word stands in quotation marks.
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
    pub fn to_bits(self) -> u32 {
        self.0
    }

    /// The token of four bytes from a spill.
    pub fn from_bits(bits: u32) -> Self {
        Token(bits)
    }
}

/// The tokens of a body, appended to `tokens`.
///
/// A word is a run of letters, marks and digits; apostrophes within it are passed over ("don't" is `dont`), and points
/// and commas between digits belong to the number ("1,500.5"). Case is folded. In scripts written without spaces (Han,
/// Kana, Thai, Lao, Khmer, Burmese) every character is a word. About 10 ns a character where the text is ASCII.
pub fn tokenize<S: AsRef<str>>(paragraphs: &[S], tokens: &mut Vec<Token>) {
    let mut word = Vec::with_capacity(64);
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
        let start = from + paragraph[from..end].find(|c| stands_alone(c) || belongs_to_word(c)).unwrap_or(0);
        from = end;
        start..end
    });
    from_to.collect()
}

/// The words of one paragraph, as they are found.
struct Scan<'a> {
    tokens: &'a mut Vec<Token>,
    /// Where each word ends, in bytes, for those who ask.
    ends: Option<&'a mut Vec<usize>>,
    /// The word so far, in lower case.
    word: &'a mut Vec<u8>,
    /// The flags of the word so far; that it is quoted or opens the paragraph is known before it begins.
    flags: u32,
    /// Whether the next word may begin a sentence.
    after_stop: bool,
}

impl<'a> Scan<'a> {
    fn new(tokens: &'a mut Vec<Token>, ends: Option<&'a mut Vec<usize>>, word: &'a mut Vec<u8>, quoted: bool) -> Self {
        let flags = if quoted { PARAGRAPH | QUOTED } else { PARAGRAPH };
        Scan { tokens, ends, word, flags, after_stop: true }
    }

    /// Takes the words; whether a quotation is left open at the end.
    fn paragraph(&mut self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let b = bytes[at];
            match b {
                b'a'..=b'z' => self.word.push(b),
                b'A'..=b'Z' => {
                    self.capital();
                    self.word.push(b | 0x20);
                }
                b'0'..=b'9' => self.digit(b),
                b'\'' if !self.word.is_empty() => {}
                b'.' | b',' if self.flags & NUMBER != 0 && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                    self.word.push(b)
                }
                128.. => {
                    at += self.beyond_ascii(&text[at..], at);
                    continue;
                }
                _ => {
                    self.end_word(at);
                    match b {
                        b'"' => self.flags ^= QUOTED,
                        b'.' | b'!' | b'?' | b':' => self.after_stop = true,
                        _ => {}
                    }
                }
            }
            at += 1;
        }
        self.end_word(at);
        self.flags & QUOTED != 0
    }

    fn digit(&mut self, b: u8) {
        self.flags |= NUMBER;
        self.word.push(b);
    }

    /// Takes note of a capital before it is put to the word.
    fn capital(&mut self) {
        if self.word.is_empty() && !self.after_stop {
            self.flags |= NAME;
        }
    }

    /// Takes one character that is not ASCII and stands at `at`; its length in bytes.
    fn beyond_ascii(&mut self, rest: &str, at: usize) -> usize {
        let Some(c) = rest.chars().next() else { return 1 };
        if stands_alone(c) {
            self.end_word(at);
            self.push(c);
            self.end_word(at + c.len_utf8());
        } else if belongs_to_word(c) {
            if c.is_numeric() {
                self.flags |= NUMBER;
            } else if c.is_uppercase() {
                self.capital();
            }
            c.to_lowercase().for_each(|c| self.push(c));
        } else {
            self.end_word(at);
            match c {
                '«' | '„' | '「' | '『' | '《' => self.flags |= QUOTED,
                '»' | '」' | '』' | '》' => self.flags &= !QUOTED,
                '…' => self.after_stop = true,
                _ => {}
            }
        }
        c.len_utf8()
    }

    fn push(&mut self, c: char) {
        self.word.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// Ends the word, if one was begun, before the byte `at`.
    fn end_word(&mut self, at: usize) {
        if !self.word.is_empty() {
            if let Some(ends) = &mut self.ends {
                ends.push(at);
            }
            self.tokens.push(Token::new(self.word, self.flags));
            self.word.clear();
            self.flags &= QUOTED;
            self.after_stop = false;
        }
    }
}

/// Whether a character is part of a word: a letter, digit or mark, or a joiner, which Persian and Indic words need.
fn belongs_to_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a character is a word of its own: scripts that do not put spaces between words.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
        && !matches!(c, '\u{e50}'..='\u{e59}' | '\u{ed0}'..='\u{ed9}' | '\u{1040}'..='\u{1049}' | '\u{17e0}'..='\u{17e9}' | '\u{30fb}')
}

/// The shingles of a body: for each place the hash of `shingle_words` consecutive words, in order of the text.
///
/// A body of fewer words has one shingle, of all of them, which also hashes their number: short texts are equal only
/// when they are the same. An empty body has none. O(words).
pub fn shingles(tokens: &[Token], shingle_words: usize) -> impl Iterator<Item = u64> + '_ {
    let width = shingle_words.min(tokens.len()).max(1);
    tokens.windows(width).map(shingle)
}

/// The hash of one shingle: a polynomial of its words' hashes over 2⁶⁴, mixed so that every bit depends on every word.
fn shingle(words: &[Token]) -> u64 {
    let polynomial = words.iter().fold(words.len() as u64, |sum, token| {
        sum.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(u64::from(token.word()) + 1)
    });
    mix(polynomial)
}

/// A bijection of 64 bits that spreads every input bit over all output bits (the finalizer of MurmurHash3, variant 13:
/// Stafford, "Better bit mixing", 2011).
pub(crate) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        tokenize(&[text], &mut tokens);
        tokens
    }

    fn words(text: &str) -> Vec<u32> {
        tokens(text).into_iter().map(Token::word).collect()
    }

    #[test]
    fn same_words_whatever_their_dress() {
        let cases = [
            ("Don't PANIC, said Zoë!", "dont panic said zoë"),
            ("twenty-one (21) ships", "twenty one 21 ships"),
            ("It cost $1,500.50.", "it cost 1,500.50"),
            ("ÉCOLE", "école"),
            ("МОСКВА", "москва"),
        ];
        for (a, b) in cases {
            assert_eq!(words(a), words(b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn words_of_many_scripts() {
        let cases = [
            ("one two three", 3),
            ("বাংলাদেশ সংবাদ সংস্থা", 3),
            ("संयुक्त राष्ट्र", 2),
            ("新华社北京电", 6),
            ("ニュース", 4),
            ("ข่าว", 4),
            ("서울 연합뉴스", 2),
            ("", 0),
            ("... -- !", 0),
        ];
        for (text, n_words) in cases {
            assert_eq!(tokens(text).len(), n_words, "{text:?}");
        }
    }

    #[test]
    fn flags() {
        let flagged = tokens("He said \"all 12 boats\" sank in 2026");
        assert_eq!(flagged.iter().filter(|t| t.is_number()).count(), 2);
        assert_eq!(flagged.iter().filter(|t| t.is_quoted()).count(), 3);
        let starts: Vec<_> = flagged.iter().map(|t| t.opens_paragraph()).collect();
        assert_eq!(starts.iter().filter(|&&s| s).count(), 1);
        assert!(starts[0]);
    }

    #[test]
    fn a_quotation_goes_on_over_paragraphs_until_it_is_closed() {
        let quoted = |paragraphs: &[&str]| {
            let mut tokens = Vec::new();
            tokenize(paragraphs, &mut tokens);
            tokens.iter().map(|t| if t.is_quoted() { '#' } else { '.' }).collect::<String>()
        };
        assert_eq!(quoted(&["He said: \"We meet", "and part", "as friends.\" All left."]), "..######..");
        assert_eq!(quoted(&["«Wir gehen", "heim», sagte er"]), "###..");
        // Marks at the beginning of each paragraph, and one that was forgotten.
        assert_eq!(quoted(&["\"We meet", "\"and part.\" All left."]), "####..");
        assert_eq!(quoted(&["\"We meet", "and part.", "He said \"no\" twice."]), "##....#.");
        assert_eq!(quoted(&["\"We meet", "and part."]), "##..");
    }

    #[test]
    fn facts_are_numbers_and_names() {
        let facts = |text: &str| tokens(text).iter().map(|t| if t.is_fact() { '#' } else { '.' }).collect::<String>();
        assert_eq!(facts("The mayor of Port Ellery has 12 boats. They lie at Skell Point"), "...##.#....##");
        assert_eq!(facts("Der Ätna: Asche fiel auf Catania"), ".#...#");
        assert_eq!(facts("১২ জন নিহত"), "#..");
    }

    #[test]
    fn ranges_hold_the_words_of_the_tokens() {
        let cases = [
            ("Don't PANIC, (said) Zoë!", vec!["Don't", "PANIC", "said", "Zoë"]),
            ("'twas $1,500.50. Fine", vec!["twas", "1,500.50", "Fine"]),
            ("x新华，社y ข่าว", vec!["x", "新", "华", "社", "y", "ข", "่", "า", "ว"]),
            ("— «बहु» ...", vec!["बहु"]),
            (" .,' ", vec![]),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = word_ranges(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn ranges_agree_with_tokenize(text in "([a-zA-Z0-9 .,'\"é\u{301}\u{200d}«»新カก่။৭-]|\\PC){0,60}") {
            let whole = words(&text);
            let ranges = word_ranges(&text);
            proptest::prop_assert_eq!(ranges.len(), whole.len());
            for (range, word) in ranges.into_iter().zip(whole) {
                // A word alone is the same token; a number keeps the points that it had among digits.
                proptest::prop_assert_eq!(words(&text[range]), vec![word]);
            }
        }
    }

    #[test]
    fn short_texts_are_whole_and_differ() {
        let one = |text: &str| shingles(&tokens(text), 5).collect::<Vec<_>>();
        assert_eq!(one("Fire put out").len(), 1);
        assert_ne!(one("Fire put out"), one("Fire put"));
        assert_ne!(one("Fire put out"), one("Flood put out"));
        assert_eq!(one("Fire put out"), one("fire, put out."));
        assert!(one("").is_empty());
    }

    #[test]
    fn hashes_are_fixed() {
        // A change of any of these makes every stored index and every published sketch unreadable.
        assert_eq!(words("wire copy"), STORED_WORDS);
        assert_eq!(shingles(&tokens("the wire moved a copy"), 3).collect::<Vec<_>>(), STORED_SHINGLES);
    }

    const STORED_WORDS: [u32; 2] = [3_463_419_888, 1_734_899_216];
    const STORED_SHINGLES: [u64; 3] =
        [6_056_623_861_541_640_045, 4_704_098_129_335_892_622, 14_020_870_413_356_333_263];
}
