//! What single bytes say of words: where one surely ends, and which marks behind it may be passed over.

use super::script::{Class, classes};

/// Whether a word surely ends before this byte, the next one of the text.
#[inline]
pub(super) fn ends_word(next: Option<&u8>) -> bool {
    next.is_none_or(|b| ENDS_WORD[usize::from(*b)])
}

const ENDS_WORD: [bool; 256] = {
    let mut ends = [false; 256];
    let mut b = 0u8;
    while b < 0x80 {
        ends[b as usize] = !b.is_ascii_alphanumeric() && b != b'\'';
        b += 1;
    }
    ends
};

/// The bit of a mark that is passed over behind a word.
pub(super) const PASSED: u8 = 1;
/// The bit of a mark that may end a sentence as well.
pub(super) const STOPS: u8 = 2;

/// What marks of ASCII are behind a word. Quotation marks are more than that.
pub(super) const AFTER_WORD: [u8; 256] = {
    let mut marks = [0; 256];
    let mut b = 0u8;
    while b < 0x80 {
        if !b.is_ascii_alphanumeric() && b != b'\'' && b != b'"' {
            marks[b as usize] = PASSED;
        }
        if matches!(b, b'.' | b'!' | b'?' | b':') {
            marks[b as usize] |= STOPS;
        }
        b += 1;
    }
    marks
};

pub(super) fn n_letters(text: &[u8]) -> usize {
    text.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(text.len())
}

/// The length of what a text starts with that is compared as it stands: of letters beyond ASCII only those of alphabets, and
/// none that may stand before a mark of Hebrew.
pub(super) fn plain_run(text: &[u8], goes_on: bool) -> usize {
    let classes = classes();
    let mut at = 0;
    while let Some(&b) = text.get(at) {
        let tail = |n: usize| text.get(at + n).map_or(0, |b| u32::from(b & 0x3f));
        let (code, len) = match b {
            b'a'..=b'z' => {
                at += 1;
                continue;
            }
            0xc2..=0xdf => (u32::from(b & 0x1f) << 6 | tail(1), 2),
            0xe0..=0xef => (u32::from(b & 0x0f) << 12 | tail(1) << 6 | tail(2), 3),
            _ => break,
        };
        match classes.get(code as usize) {
            Some(Class::Plain) if !HEBREW.contains(&code) => {}
            Some(Class::Mark) if (at > 0 || goes_on) && code != DOT_ABOVE => {}
            None if HANGUL.contains(&code) => {}
            _ => break,
        }
        at += len;
    }
    at
}

/// The letters of Hebrew.
const HEBREW: std::ops::RangeInclusive<u32> = 'א' as u32..='ת' as u32;
/// The syllables of Korean.
const HANGUL: std::ops::RangeInclusive<u32> = '가' as u32..='힣' as u32;
/// The mark that small letters made of İ keep in other languages.
const DOT_ABOVE: u32 = 0x307;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::shingle::{tokenize, word_ranges};

    proptest! {
        /// What is passed over behind a word says the same as when it is read byte by byte, as behind what is no word.
        #[test]
        fn marks_behind_words_say_what_they_say_elsewhere(word in "[A-Za-zéЖ]{1,9}", marks in r#"[ -/:-@'"]{0,3}"#) {
            let text = |between: &str| format!("One {word}{between}{marks}Name");
            let (mut joined, mut apart) = (Vec::new(), Vec::new());
            tokenize(&[text("")], &mut joined);
            // A mark that changes nothing, and is not passed over with what is behind it.
            tokenize(&[text("\u{2013}")], &mut apart);
            if !marks.is_empty() && !marks.starts_with('\'') {
                prop_assert_eq!(&joined, &apart);
            }
            prop_assert_eq!(word_ranges(&text("")).len(), joined.len());
        }
    }
}
