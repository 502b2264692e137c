//! A short text as numbers, words and marks: what the grammar of dates reads.
//!
//! Digits of any script count, and letters and digits part: `21h39` is three tokens. Chinese, Japanese and Korean write
//! the words of a date without spaces, so that a unit right after a number is a token by itself.

use unicode_normalization::char::is_combining_mark;

use super::words::{Word, meaning};

/// A piece of a text, with its place in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number that is too long for 32 bits has the largest value.
    Number {
        value: u32,
        n_digits: usize,
    },
    Word(Word),
    /// One character that is no letter, digit or space.
    Mark(char),
}

/// The tokens of a text, from its start, lazily. Linear in the bytes that are read.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut start = 0;
    let mut after_number = false;
    std::iter::from_fn(move || {
        start += text[start..].find(|c: char| !is_space(c)).unwrap_or(text.len() - start);
        let rest = &text[start..];
        let first = rest.chars().next()?;
        let (kind, length) = if digit(first).is_some() {
            number(rest)
        } else if is_letter(first) {
            word(rest, after_number && text[..start].chars().next_back().is_some_and(|c| digit(c).is_some()))
        } else {
            (Kind::Mark(plain(first)), first.len_utf8())
        };
        after_number = matches!(kind, Kind::Number { .. });
        let token = Token { kind, start, end: start + length };
        start = token.end;
        Some(token)
    })
}

fn number(text: &str) -> (Kind, usize) {
    let digits = text.char_indices().map_while(|(at, c)| Some((at + c.len_utf8(), digit(c)?)));
    let (value, n_digits, length) = digits.fold((0u32, 0, 0), |(value, n_digits, _), (end, digit)| {
        (value.saturating_mul(10).saturating_add(digit), n_digits + 1, end)
    });
    (Kind::Number { value, n_digits }, length)
}

fn word(text: &str, after_number: bool) -> (Kind, usize) {
    let first_length = text.chars().next().map_or(0, char::len_utf8);
    let unit = meaning(&text[..first_length]);
    let is_unit = matches!(unit, Word::Year | Word::Month0 | Word::Day | Word::Hour | Word::Minute | Word::Second);
    if after_number && is_unit && first_length > 2 {
        return (Kind::Word(unit), first_length);
    }
    let length = text.find(|c: char| !is_letter(c)).unwrap_or(text.len());
    (Kind::Word(meaning(&text[..length])), length)
}

/// Whether a character belongs to a word. Vowel signs do: Bengali and Hindi words are full of them.
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphabetic()
    } else {
        (c.is_alphabetic() || is_combining_mark(c)) && digit(c).is_none()
    }
}

/// Spaces, and the invisible characters that pages put around numbers and directions.
fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Fullwidth and Arabic marks as the plain ones.
fn plain(mark: char) -> char {
    match mark {
        '：' => ':',
        '，' | '、' | '،' => ',',
        '．' => '.',
        '／' => '/',
        '－' | '‐' | '‑' | '−' => '-',
        '（' => '(',
        '）' => ')',
        '＋' => '+',
        mark => mark,
    }
}

/// The value of a decimal digit of any living script.
pub(super) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    // Unicode gives every script its ten digits in a row.
    ZEROS.iter().map(|&zero| (c as u32).wrapping_sub(zero as u32)).find(|&value| value < 10)
}

/// Arabic (two kinds), N'Ko, Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada, Malayalam, Sinhala,
/// Thai, Lao, Tibetan, Burmese, Khmer, Mongolian, fullwidth.
const ZEROS: [char; 20] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{17e0}', '\u{1810}', '\u{ff10}',
];
