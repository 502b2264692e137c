//! Agencies at the edges of a line: the longest name that it starts or ends with.

use crate::agency::{
    self, Found, MAX_NAME_WORDS, leading_letters, longest_name, may_end_with, may_go_on_with, may_start_with,
};

use super::words::JOINTS;

/// A name of an agency at the edge of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge<'a> {
    /// Whose, and what has to speak for it.
    pub(super) found: Found,
    /// The name as written.
    pub(super) name: &'a str,
    /// The text without it.
    pub(super) rest: &'a str,
}

/// The longest name of an agency that a text starts with: "Reuters" of "Reuters, Washington".
pub(super) fn leading(text: &str) -> Option<Edge<'_>> {
    if !may_lead(text) {
        return None;
    }
    let (mut ends, mut n) = ([0; 2 * MAX_NAME_WORDS + 1], 0);
    let breaks = text.char_indices().take_while(|(at, _)| *at <= longest_name()).filter(|(_, c)| !c.is_alphanumeric());
    for (at, _) in breaks.take(2 * MAX_NAME_WORDS) {
        (ends[n], n) = (at, n + 1);
    }
    ends[n] = text.len();
    ends[..=n].iter().rev().find_map(|&end| {
        let name = text[..end].trim_end();
        agency::find(name).map(|found| Edge { found, name, rest: &text[name.len()..] })
    })
}

/// A cheap look at the first word, or at the one after "The".
pub(super) fn may_lead(text: &str) -> bool {
    let whole = text;
    let text = match text.as_bytes().first_chunk::<4>() {
        Some(the) if the.eq_ignore_ascii_case(b"the ") => &text[4..],
        _ => text,
    };
    let bytes = text.as_bytes();
    let is_end = |b: &u8| matches!(b, b' ' | b',' | b'.' | b';' | b':' | b'/' | b'|' | b')');
    let plain = bytes.iter().position(is_end).unwrap_or(bytes.len());
    if may_start_with(&text[..plain]) {
        return may_go_on(&text[plain..]) || agency::find(&whole[..whole.len() - text.len() + plain]).is_some();
    }
    // "dpa/lby", "ANSA-": the word up to the space, with the marks in it.
    if bytes.get(plain).is_none_or(|b| *b == b' ') {
        return false;
    }
    let word = memchr::memchr(b' ', bytes).unwrap_or(bytes.len());
    may_start_with(text[..word].trim_end_matches([',', '.', ':']))
}

/// Whether what follows the first word of a name may be of the name too, or of a list: "La Presse", but not "La vie".
fn may_go_on(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix(' ') else { return !rest.is_empty() };
    let second = leading_letters(rest);
    let is_cut = second.is_empty() || rest.as_bytes().get(second.len()).is_some_and(|b| !b.is_ascii());
    is_cut || may_go_on_with(second) || JOINTS.iter().any(|joint| joint.trim() == second)
}

/// The longest name of an agency that a text ends with: "Associated Press" of "JO BERG Associated Press".
///
/// Pages that set the agency in a box of its own lose the space when they are scraped ("Jo BergAssociated Press"): a name
/// of several words may also start right after a small letter.
pub(super) fn trailing(text: &str) -> Option<Edge<'_>> {
    let text = text.trim_end_matches(['.', ' ']);
    if !may_end_with(last_word(text)) {
        return None;
    }
    let edge = |start: usize| {
        let name = &text[start..];
        agency::find(name).map(|found| Edge { found, name, rest: &text[..start] })
    };
    let breaks = text.char_indices().rev().filter(|&(_, c)| is_break(c));
    let starts: Vec<usize> = breaks.take(MAX_NAME_WORDS).map(|(at, c)| at + c.len_utf8()).collect();
    if let Some(found) = starts.iter().copied().chain((text.len() <= 64).then_some(0)).rev().find_map(edge) {
        return Some(found);
    }
    let from = *starts.get(1)?;
    let word_end = starts[0];
    let small_then_capital =
        |at: &usize| text[..*at].ends_with(char::is_lowercase) && text[*at..].starts_with(char::is_uppercase);
    (from + 1..word_end).filter(|&at| text.is_char_boundary(at)).filter(small_then_capital).find_map(edge)
}

fn is_break(c: char) -> bool {
    matches!(c, ' ' | '/' | '-' | '|' | ',' | '(')
}

/// The last word of a line, where a cheap look tells whether an agency can stand there.
pub(super) fn last_word(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut end = bytes.len();
    // Without decoding: two dashes and the ideographic full stop are known by their last bytes.
    while let Some(at) = bytes[..end].iter().rposition(|b| MAY_BREAK[usize::from(*b)]) {
        let is_break = match bytes[at] {
            0x93 | 0x94 => bytes[..at].ends_with(&[0xe2, 0x80]),
            0x82 => bytes[..at].ends_with(&[0xe3, 0x80]),
            _ => true,
        };
        if is_break {
            return &text[at + 1..];
        }
        end = at;
    }
    text
}

/// The bytes that what parts words in a line may end with.
const MAY_BREAK: [bool; 256] = {
    let marks = b" /-(|=:'\x93\x94\x82";
    let mut may_break = [false; 256];
    let mut at = 0;
    while at < marks.len() {
        may_break[marks[at] as usize] = true;
        at += 1;
    }
    may_break
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_last_word_is_found_without_decoding(text in "[a /(|=:'–—。é中\u{2013}–”さ-]{0,12}") {
            let is_break = |c: char| matches!(c, ' ' | '/' | '-' | '–' | '—' | '(' | '|' | '=' | ':' | '\'' | '。');
            prop_assert_eq!(last_word(&text), text.rsplit(is_break).next().unwrap_or(&text));
        }
    }
}
