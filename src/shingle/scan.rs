//! The words of one paragraph, as they are found.

use super::bytes::{AFTER_WORD, PASSED, STOPS, ends_word, n_letters, plain_run};
use super::script::{Class, Unspaced, class, digit, fold, leans_back, leans_forward, unspaced};
use super::short::Short;
use super::{NAME, NUMBER, PARAGRAPH, QUOTED, Token, mix};

/// The words of one paragraph, as they are found.
pub(super) struct Scan<'a> {
    tokens: &'a mut Vec<Token>,
    /// Where each word ends, in bytes, for those who ask.
    ends: Option<&'a mut Vec<usize>>,
    /// The word so far, in the form that is compared.
    word: &'a mut Vec<u8>,
    /// The flags of the word so far; that it is quoted or opens the paragraph is known before it begins.
    flags: u32,
    /// Whether the next word may begin a sentence.
    after_stop: bool,
    /// The word so far, where it is of a script without spaces.
    open: Option<Open>,
}

/// A word of a script without spaces that may go on.
#[derive(Clone, Copy)]
struct Open {
    script: Unspaced,
    /// The character before, and a number made of those of its syllable.
    last: char,
    syllable: u64,
    n_syllables: usize,
    /// Where the character before ends, in bytes.
    end: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(
        tokens: &'a mut Vec<Token>,
        ends: Option<&'a mut Vec<usize>>,
        word: &'a mut Vec<u8>,
        quoted: bool,
    ) -> Self {
        let flags = if quoted { PARAGRAPH | QUOTED } else { PARAGRAPH };
        Scan { tokens, ends, word, flags, after_stop: true, open: None }
    }

    /// Takes the words; whether a quotation is left open at the end.
    pub(super) fn paragraph(&mut self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let b = bytes[at];
            match b {
                b'a'..=b'z' | b'A'..=b'Z' => {
                    at += self.letters(&bytes[at..], at);
                    continue;
                }
                b'0'..=b'9' => self.digit(b),
                b'\'' if !self.word.is_empty() => {}
                b'.' | b',' if self.flags & NUMBER != 0 && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                    self.word.push(b)
                }
                0xc3..=0xd1 if self.word.is_empty() && self.open.is_none() => {
                    at += match self.mixed(&bytes[at..], at).unwrap_or_else(|| self.plain(&bytes[at..], at)) {
                        0 => self.beyond_ascii(&text[at..], at),
                        n => n,
                    };
                    continue;
                }
                128.. => {
                    at += match self.plain(&bytes[at..], at) {
                        0 => self.beyond_ascii(&text[at..], at),
                        n => n,
                    };
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

    /// Takes the ASCII letters that the rest of the text, at `at`, begins with; the bytes that are done with.
    #[inline]
    fn letters(&mut self, rest: &[u8], at: usize) -> usize {
        // Without a branch, which would be mistaken for every name.
        let is_name = rest[0].is_ascii_uppercase() & self.word.is_empty() & !self.after_stop;
        self.flags |= NAME * u32::from(is_name);
        let short = Short::starting(rest);
        let n = short.map_or_else(|| n_letters(rest), Short::len);
        match short {
            // Most words are done with here, without a loop over their letters.
            Some(short) if self.word.is_empty() && ends_word(rest.get(n)) => {
                self.push_token(Token::short(short, self.flags), at + n);
                return n + self.after_word(&rest[n..]);
            }
            _ => {
                if let Some(n) = self.mixed(rest, at) {
                    return n;
                }
                let start = self.word.len();
                self.word.extend_from_slice(&rest[..n]);
                self.word[start..].make_ascii_lowercase();
            }
        }
        n
    }

    /// Takes the word with letters beyond ASCII that the rest of the text, at `at`, starts with, if it is one that is done with
    /// in registers and nothing is open; the bytes that are done with.
    fn mixed(&mut self, rest: &[u8], at: usize) -> Option<usize> {
        if !self.word.is_empty() || self.open.is_some() {
            return None;
        }
        let (short, is_capital) = Short::mixed(rest)?;
        let n = short.len();
        if !ends_word(rest.get(n)) {
            return None;
        }
        self.flags |= NAME * u32::from(is_capital & !self.after_stop);
        self.push_token(Token::short(short, self.flags), at + n);
        Some(n + self.after_word(&rest[n..]))
    }

    /// Takes up to two marks behind a word that has just ended before the rest of the text: mostly they are a space, or one
    /// and a mark before it, and change nothing but whether a sentence ends. How many bytes it took.
    #[inline]
    fn after_word(&mut self, rest: &[u8]) -> usize {
        let Some(&[mark, next]) = rest.first_chunk() else { return 0 };
        let (mark, next) = (AFTER_WORD[usize::from(mark)], AFTER_WORD[usize::from(next)]);
        // Without a branch, which would be mistaken at every comma.
        let next = next & (mark & PASSED).wrapping_neg();
        self.after_stop |= (mark | next) & STOPS != 0;
        usize::from(mark & PASSED) + usize::from(next & PASSED)
    }

    /// Takes what of the rest of the text, at `at`, is compared as it stands: letters beyond ASCII that are plain, with small
    /// ASCII letters and marks between them. Its length; nothing where something is open that may go on.
    fn plain(&mut self, rest: &[u8], at: usize) -> usize {
        if self.open.is_some() {
            return 0;
        }
        let n = plain_run(rest, !self.word.is_empty());
        if self.word.is_empty() && n > 0 && ends_word(rest.get(n)) {
            self.push_token(Token::new(&rest[..n], self.flags), at + n);
            return n + self.after_word(&rest[n..]);
        }
        self.word.extend_from_slice(&rest[..n]);
        n
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

    /// Takes one character that is not ASCII and stands at `at`, and what hangs together with it; its length in bytes.
    fn beyond_ascii(&mut self, rest: &str, at: usize) -> usize {
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return 1 };
        let rest = chars.as_str();
        let mut length = c.len_utf8();
        match class(c) {
            Class::Unspaced(script) => {
                let leans = self.open.is_some() && leans_back(c, rest.chars().next());
                return length + self.without_spaces(c, script, leans, rest, at);
            }
            Class::Mark => return length + self.mark(c, rest, at),
            Class::Plain => {
                self.close_unspaced();
                push(self.word, c);
                length += hebrew_abbreviation(c, rest);
            }
            Class::Letter => {
                self.close_unspaced();
                if c.is_numeric() {
                    self.flags |= NUMBER;
                } else if c.is_uppercase() {
                    self.capital();
                }
                fold(c, |c| push(self.word, c));
            }
            Class::Digit(value) => {
                self.close_unspaced();
                self.digit(value);
                length += self.separator(rest);
            }
            // What comes next may be ASCII, which knows of no open word.
            Class::Ignored if rest.as_bytes().first().is_some_and(u8::is_ascii) => self.close_unspaced(),
            Class::Ignored => {}
            Class::Other => length += self.between_words(c, rest, at),
        }
        length
    }

    /// Takes what is no part of a word; how many bytes more it took.
    fn between_words(&mut self, c: char, rest: &str, at: usize) -> usize {
        match c {
            // The mark of abbreviated Hebrew, and of sounds that Hebrew does not have.
            '׳' if !self.word.is_empty() && self.open.is_none() => return 0,
            '٫' | '٬' if self.flags & NUMBER != 0 && starts_with_digit(rest) => {
                self.word.push(if c == '٫' { b'.' } else { b',' });
                return 0;
            }
            _ => {}
        }
        self.close_unspaced();
        self.end_word(at);
        match c {
            '«' | '„' | '「' | '『' | '《' => self.flags |= QUOTED,
            '»' | '」' | '』' | '》' => self.flags &= !QUOTED,
            '…' | '。' | '¿' | '¡' | '؟' | '۔' | '।' | '॥' | '։' | '။' | '។' => self.after_stop = true,
            _ => {}
        }
        0
    }

    /// A point or comma between digits of another script than ASCII, in front of the rest; its length.
    fn separator(&mut self, rest: &str) -> usize {
        match rest.as_bytes().first() {
            Some(b @ (b'.' | b',')) if rest[1..].starts_with(|c| digit(c).is_some()) => {
                self.word.push(*b);
                1
            }
            _ => 0,
        }
    }

    /// Takes a mark: it belongs to whatever is before it, if anything is.
    fn mark(&mut self, c: char, rest: &str, at: usize) -> usize {
        if let Some(open) = self.open {
            return self.without_spaces(c, open.script, true, rest, at);
        }
        if self.word.is_empty()
            && let Some(script) = unspaced(c)
        {
            return self.without_spaces(c, script, false, rest, at);
        }
        // Small letters made of İ by the rules of other languages keep its dot.
        if c != '\u{307}' || !self.word.ends_with(b"i") {
            push(self.word, c);
        }
        0
    }

    /// Takes a character of a script without spaces, which may lean on what is before it; how many bytes of spaces after it
    /// belong to the text.
    fn without_spaces(&mut self, c: char, script: Unspaced, leans: bool, rest: &str, at: usize) -> usize {
        let mut open = match self.open {
            Some(open) if leans || leans_forward(open.last) => Open { syllable: joined(open.syllable, c), ..open },
            Some(open) if !parts(&open, c, script) => {
                Open { script, syllable: c.into(), n_syllables: open.n_syllables + 1, ..open }
            }
            _ => {
                self.close_unspaced();
                self.end_word(at);
                Open { script, last: c, syllable: c.into(), n_syllables: 1, end: at }
            }
        };
        self.push_unspaced(c);
        (open.last, open.end) = (c, at + c.len_utf8());
        self.open = Some(open);
        if rest.as_bytes().first().is_some_and(|next| !next.is_ascii()) {
            return 0;
        }
        // Scrapers leave the spaces of line breaks, and houses differ in where they put some.
        let after = rest.strip_prefix(' ').and_then(|rest| rest.chars().next());
        if after.is_some_and(|c| matches!(class(c), Class::Unspaced(_))) {
            return 1;
        }
        self.close_unspaced();
        0
    }

    fn push_unspaced(&mut self, c: char) {
        // The tone mark of Thai is typed before or after the ring of the vowel am.
        let swapped = matches!(c, '\u{e48}'..='\u{e4b}') && self.word.ends_with("\u{e4d}".as_bytes());
        if swapped {
            self.word.truncate(self.word.len() - 3);
        }
        push(self.word, c);
        if swapped {
            push(self.word, '\u{e4d}');
        }
    }

    /// Ends the word if it is of a script without spaces.
    fn close_unspaced(&mut self) {
        if let Some(open) = self.open.take() {
            self.end_word(open.end);
        }
    }

    /// Ends the word, if one was begun, before the byte `at`.
    fn end_word(&mut self, at: usize) {
        if !self.word.is_empty() {
            self.push_token(Token::new(self.word, self.flags), at);
            self.word.clear();
        }
    }

    /// Takes a word that ends before the byte `at`.
    #[inline]
    fn push_token(&mut self, token: Token, at: usize) {
        if let Some(ends) = &mut self.ends {
            ends.push(at);
        }
        self.tokens.push(token);
        self.flags &= QUOTED;
        self.after_stop = false;
    }
}

fn push(word: &mut Vec<u8>, c: char) {
    word.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

fn starts_with_digit(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_ascii_digit() || digit(c).is_some())
}

/// The length of the mark that stands before the last letter of an abbreviated Hebrew word, which is no quotation mark.
fn hebrew_abbreviation(c: char, rest: &str) -> usize {
    let is_hebrew = |c: char| ('א'..='ת').contains(&c);
    if !is_hebrew(c) {
        return 0;
    }
    let mut chars = rest.chars();
    match chars.next() {
        Some(mark @ ('"' | '״')) if chars.next().is_some_and(is_hebrew) => mark.len_utf8(),
        _ => 0,
    }
}

fn joined(syllable: u64, c: char) -> u64 {
    syllable.wrapping_mul(0x1_0001).wrapping_add(u64::from(c))
}

/// Whether a word ends between what is open and the character after it, which begins a syllable.
///
/// Content-defined chunking (Muthitacharoen, Chen and Mazières, "A low-bandwidth network file system", 2001) with a window of
/// one syllable and one character: the same characters are cut alike wherever they stand, and an edit moves no cut but those
/// beside it. A dictionary cuts at words; but two texts need the same cuts, not the right ones, and those of a dictionary
/// depend on more of what stands around.
fn parts(open: &Open, c: char, script: Unspaced) -> bool {
    let (share, most) = match (open.script, script) {
        (Unspaced::Han, Unspaced::Han | Unspaced::Hiragana) | (Unspaced::Hiragana, Unspaced::Hiragana) => HAN,
        (Unspaced::Syllabic, Unspaced::Syllabic) => SYLLABIC,
        // Words of other languages, between other scripts.
        (Unspaced::Katakana, Unspaced::Katakana) => (0, KATAKANA),
        _ => return true,
    };
    open.n_syllables >= most || mix(joined(open.syllable, c)) % 100 < share
}

/// Of a hundred places between two syllables those at which a word ends, and the most syllables of a word: so that a word has
/// 2.3 characters of Chinese and 2.8 syllables of Thai in the mean, and says about as much as an English one. Words half as
/// long made strangers alike that tell of like events; longer ones lose more of a text by every edit.
const HAN: (u64, usize) = (40, 5);
/// See [`HAN`].
const SYLLABIC: (u64, usize) = (33, 6);
/// The most characters of a word in Katakana.
const KATAKANA: usize = 12;
