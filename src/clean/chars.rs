//! What characters are, for whoever asks of every character of every page.

use std::char::ToLowercase;
use std::str::Chars;

use crate::agency::small;
use crate::swar::each;

/// Whether a character is a letter or a digit, as [`char::is_alphanumeric`] says: that searches a table for every letter
/// that is not ASCII, and here are those of most texts.
pub(super) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ˁ' | 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' | 'א'..='ת' | 'ء'..='ي' => true,
        'ऄ'..='ऻ' | 'ঋ'..='ঌ' | 'ক'..='ন' | '一'..='鿿' | '가'..='힣' => true,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Appends a text in small letters, as [`str::to_lowercase`] has them.
pub(super) fn push_lower(text: &str, out: &mut String) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
    } else if text.contains('Σ') {
        // What its small letter is depends on where it stands.
        out.push_str(&text.to_lowercase());
    } else {
        text.chars().for_each(|c| match small(c) {
            Some(small) => out.push(small),
            None => out.extend(c.to_lowercase()),
        });
    }
}

/// Whether two lines are the same but for case, punctuation and spaces. Looks no further than where they differ.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    if a == b {
        return a.contains(is_alphanumeric);
    }
    let (mut a, mut b) = (Letters::new(a), Letters::new(b));
    let Some(first) = a.next() else { return false };
    b.next() == Some(first) && a.all(|c| b.next() == Some(c)) && b.next().is_none()
}

/// The letters and digits of a text, in small letters.
struct Letters<'a> {
    chars: Chars<'a>,
    /// What is left of a letter that has several small ones.
    more: Option<ToLowercase>,
}

impl<'a> Letters<'a> {
    fn new(text: &'a str) -> Self {
        Letters { chars: text.chars(), more: None }
    }
}

impl Iterator for Letters<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            if let Some(c) = self.more.as_mut().and_then(Iterator::next) {
                return Some(c);
            }
            let c = self.chars.next()?;
            if is_alphanumeric(c) {
                match small(c) {
                    Some(small) => return Some(small),
                    None => self.more = Some(c.to_lowercase()),
                }
            }
        }
    }
}

/// How many words of a text, cut at spaces, have a letter or a digit. Every line of every page comes through here.
pub(super) fn n_spaced_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut n, mut at) = (usize::from(is_word(text, 0)), 0);
    while let Some(block) = bytes[at..].first_chunk() {
        n += n_words_behind_spaces(block).unwrap_or_else(|| n_words_from(text, at));
        at += BLOCK;
    }
    // Behind a line there is nothing, as behind two spaces.
    let mut block = [b' '; BLOCK + 2];
    block[..bytes.len() - at].copy_from_slice(&bytes[at..]);
    n + n_words_behind_spaces(&block).unwrap_or_else(|| n_words_from(text, at))
}

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// How many words with a letter or a digit begin behind the spaces of a block, of which the two bytes behind it are known;
/// `None` where the first bytes of a word do not say.
fn n_words_behind_spaces(block: &[u8; BLOCK + 2]) -> Option<usize> {
    // Without a branch, so that many bytes are compared at once.
    let (n, all_told) = (0..BLOCK).fold((0u8, true), |(n, all_told), i| {
        let (first, second) = (block[i + 1], block[i + 2]);
        let is_behind = block[i] == b' ';
        let starts = starts_word(first, second);
        (n + u8::from(is_behind & starts), all_told & (!is_behind | starts | (first == b' ')))
    });
    all_told.then_some(usize::from(n))
}

/// Whether two bytes say that a word has a letter or a digit which they are the first of: those of ASCII, and of Latin and
/// Cyrillic beyond it, where the signs of multiplication and division stand among the letters.
#[inline]
fn starts_word(first: u8, second: u8) -> bool {
    let is_sign = (second == 0x97) | (second == 0xb7);
    first.is_ascii_alphanumeric() | matches!(first, 0xc4 | 0xc5 | 0xd0 | 0xd1) | ((first == 0xc3) & !is_sign)
}

/// The same for the spaces of the block at `at`, whatever the words begin with.
fn n_words_from(text: &str, at: usize) -> usize {
    let block = &text.as_bytes()[at..];
    let mut spaces = spaces(&block[..block.len().min(BLOCK)]);
    let mut n = 0;
    while spaces != 0 {
        n += usize::from(is_word(text, at + spaces.trailing_zeros() as usize + 1));
        spaces &= spaces - 1;
    }
    n
}

/// Whether the word that starts at `at` has a letter or a digit: mostly its first bytes say so.
fn is_word(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at..) {
        Some([first, second, ..]) if starts_word(*first, *second) => true,
        Some([_, ..]) => has_letter(&text[at..]),
        _ => false,
    }
}

/// The same for a word that starts otherwise.
#[inline(never)]
fn has_letter(text: &str) -> bool {
    text.chars().take_while(|c| *c != ' ').any(is_alphanumeric)
}

/// Where the spaces among up to 64 bytes are: a bit for each.
fn spaces(block: &[u8]) -> u64 {
    let (words, rest) = block.as_chunks::<8>();
    let spaces = words.iter().enumerate().fold(0, |spaces, (at, word)| {
        let from_space = u64::from_le_bytes(*word) ^ each(0x20);
        let others = ((from_space & each(0x7f)) + each(0x7f)) | from_space;
        // The highest bits of all bytes, gathered in the highest byte.
        let gathered = (!others & each(0x80)).wrapping_mul(0x0002_0408_1020_4081) >> 56;
        spaces | gathered << (8 * at)
    });
    let bits = rest.iter().enumerate().map(|(at, b)| u64::from(*b == b' ') << (8 * words.len() + at));
    spaces | bits.fold(0, |all, bit| all | bit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_short_way_says_what_the_long_way_says() {
        for c in (0..=0x3_ffff).filter_map(char::from_u32) {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            let mut lower = String::new();
            push_lower(&format!("É{c}"), &mut lower);
            assert_eq!(lower, format!("É{c}").to_lowercase());
        }
    }

    proptest! {
        #[test]
        fn words_are_counted_as_when_cut(text in "[ a-zA-Z0-9.,'@/:-]{0,140}|[ a.é–ж]{0,100}|\\PC{0,40}") {
            let n = text.split(' ').filter(|word| word.contains(char::is_alphanumeric)).count();
            prop_assert_eq!(n_spaced_words(&text), n);
        }

        #[test]
        fn words_are_the_same_as_when_written_out(a in "[aAbBß. İi]{0,4}", b in "[aAbBß. İi]{0,4}") {
            let words = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
            prop_assert_eq!(same_words(&a, &b), !words(&a).is_empty() && words(&a) == words(&b));
        }
    }
}
