//! Credits at the ends of paragraphs: "... he said. (AFP)", "... he said. — Reuters", "... he said. /ritzau/".
//!
//! A paragraph that is cut off in the middle ends with a mention as often as with a credit, so the sentence before must
//! have ended. Only in brackets a credit may also stand inside the last sentence, unless the words before are the
//! agency's own name or kind: "the news agency Bernama (Bernama)".

use crate::agency::{self, Form};

use super::byline::reporting;
use super::edges::{last_word, trailing};
use super::line::{address, bracketed, initials, is_picture, labeled};
use super::parties::{Party, credits, is_contribution, parties, phrase};
use super::words::{is_closing, is_kind};
use super::{CreditKind, TailMatch};

/// Bytes of a paragraph's end that are looked at.
const TAIL_BYTES: usize = 200;
/// Bytes of a credit after a sentence.
const MAX_BYTES: usize = 60;

/// The credit that a paragraph ends with.
pub(super) fn read(paragraph: &str) -> Option<TailMatch> {
    let text = paragraph.trim_end();
    let from = text.floor_char_boundary(text.len().saturating_sub(TAIL_BYTES));
    let tail = &text[from..];
    // Without decoding: this is asked of every paragraph, nearly always in vain.
    let end = tail.bytes().rposition(|b| !matches!(b, b'.' | b'/' | b' ' | b'-' | b'='))? + 1;
    let (all, start) = if tail[..end].ends_with([')', ']', '】']) {
        in_brackets(tail)?
    } else {
        let word = last_word(&tail[..end]);
        if !agency::may_end_with(word)
            && !is_sign(word)
            && (word.is_ascii() || !is_closing(word.trim_end_matches('।')))
            && !word.contains('@')
        {
            return None;
        }
        after_sentence(tail)?
    };
    let start = from + start;
    // A paragraph that is nothing but its credit is a line, and read as one.
    if text[..start].trim().is_empty() {
        return None;
    }
    let words = text[start..].trim();
    let kind = if is_contribution(words) { CreditKind::Contribution } else { CreditKind::Tail };
    Some(TailMatch { credits: credits(&all, kind, words), start })
}

/// "... he said. (With PTI inputs)", "... he said (ANSA)."
fn in_brackets(tail: &str) -> Option<(Vec<Party>, usize)> {
    let start = tail.rfind(['(', '[', '【'])?;
    let (before, bracket) = (tail[..start].trim_end(), &tail[start..]);
    if let Some(found) = reporting(bracket).filter(|found| !found.credits.is_empty()) {
        return Some((found.credits.iter().map(|credit| (credit.agency, credit.role)).collect(), start));
    }
    let all = bracketed(bracket)?;
    let before = before.trim_end_matches(['-', '—', '–', ' ']);
    let in_prose = before.len() >= PROSE_BYTES || before.contains(". ");
    (ends_sentence(before) || (in_prose && !introduces(before))).then_some((all, start))
}

/// Bytes from which an unfinished sentence before a credit is no caption's.
const PROSE_BYTES: usize = 140;

/// "... he said. — Reuters", "... he said. /ritzau/", "... he said. PTI NSD RC".
fn after_sentence(tail: &str) -> Option<(Vec<Party>, usize)> {
    let start = last_start(tail)?;
    let rest = tail[start..].trim_start_matches(['"', '\'', '»']);
    let marked = rest.trim();
    if marked.len() > MAX_BYTES || is_picture(marked) {
        return None;
    }
    let inner = marked.trim_matches(MARKS);
    let slashed = marked.starts_with('/') && marked.trim_end_matches('.').ends_with('/');
    let form = match marked.len() > inner.len() && !marked.starts_with(inner) {
        true if slashed => Form::Bracketed,
        true => Form::Word,
        false => Form::Code,
    };
    let inner = inner.trim_end_matches('।');
    let all = phrase(inner, form)
        .or_else(|| initials(inner))
        .or_else(|| parties(marked, form))
        .or_else(|| labeled(inner))
        .or_else(|| address(inner))?;
    Some((all, tail.len() - rest.len() + rest.len() - rest.trim_start().len()))
}

/// Where what follows the last sentence starts, unless that is too much for a credit.
fn last_start(tail: &str) -> Option<usize> {
    for (at, c) in tail.char_indices().rev() {
        let start = at + c.len_utf8();
        if is_stop(c) && goes_on(&tail[start..]) && !tail[start..].trim_matches(MARKS).is_empty() {
            return Some(start);
        }
        // All before goes on with this.
        if tail.len() - at > MAX_BYTES && !matches!(c, '"' | '\'' | '»') && !c.is_whitespace() {
            return None;
        }
    }
    None
}

/// What may stand around a credit after a sentence.
const MARKS: &[char] = &['-', '—', '–', '―', '=', '/', '.', '_', '*', ' '];

/// "BSS/AFP/SR/2139", "PTI NSD RC".
pub(super) fn is_sign(word: &str) -> bool {
    (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Whether what follows a stop is another sentence's, or a credit's, and not the rest of "e.g." or "3.5".
fn goes_on(after: &str) -> bool {
    after.trim_start_matches(['"', '\'', '»', ')']).starts_with([' ', '-', '—', '–', '/', '='])
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '。' | '।' | '؟' | '۔')
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '»', ' ', '」', '』']).ends_with(is_stop)
}

/// Whether the words before a bracket make it a short form of their own: "the French news agency (AFP)".
fn introduces(before: &str) -> bool {
    const TOWARDS: &[&str] = &["by", "to", "from", "via", "of", "with", "and", "or"];
    let word = last_word(before);
    trailing(before).is_some() || is_kind(word) || TOWARDS.contains(&word)
}
