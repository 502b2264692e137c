//! Sentences that say who worked on a text: "Jo Berg is an Associated Press writer.", "AFP contributed to this report."
//!
//! They stand below the text and look like its last words, so whoever is said to have worked on it must be named as a
//! credit names people and agencies: "Her husband is a Reuters reporter" is the article's own.

use crate::agency::Form;

use super::byline::staffed;
use super::edges::{last_word, leading, trailing};
use super::parties::{Party, parties, role};
use super::people::{is_person, n_long_words, starts_with_capital};
use super::words::{BEATS, CONTRIBUTED, STAFF};

/// Words in small letters that stand among the names of those who worked on a text.
const AMONG_NAMES: &[&str] = &[
    "in",
    "of",
    "and",
    "from",
    "at",
    "for",
    "with",
    "reporting",
    "journalist",
    "journalists",
    "photographer",
    "producer",
    "de",
    "en",
    "y",
    "a",
    "an",
    "the",
];

/// What a sentence opens with that names nobody in full.
const NO_NAMES: &[&str] = &[
    "He", "She", "They", "We", "I", "It", "Her", "His", "Their", "My", "Our", "Both", "All", "Some", "Mr", "Mr.",
    "Mrs", "Mrs.", "Ms", "Ms.", "In", "On", "At", "For", "When", "If",
];

/// What a text is called by those who say who worked on it.
pub(super) const WORKS: &[&str] = &["report", "story", "article", "reporting", "reportaje", "despacho"];
/// What those are called who worked on it.
pub(super) const CALLINGS: &[&str] = &["writer", "writers", "reporter", "reporters", "correspondent", "correspondents"];

/// A sentence on who worked on the text, by its last word.
pub(super) fn sentence(line: &str) -> Option<Vec<Party>> {
    let word = last_word(line.trim_end_matches(['.', ')', ' ', '_', '*']));
    if is_work(word) {
        contributed(line)
    } else if is_calling(word) {
        introduced(line)
    } else {
        None
    }
}

/// Whether a sentence with this last word may say who worked on a text.
pub(super) fn may_end_with(word: &str) -> bool {
    word.len() >= 5 && (is_work(word) || is_calling(word))
}

fn is_work(word: &str) -> bool {
    WORKS.contains(&word)
}

fn is_calling(word: &str) -> bool {
    CALLINGS.contains(&word)
}

/// "Associated Press writer Jo Berg in Oslo contributed to this report."
fn contributed(line: &str) -> Option<Vec<Party>> {
    let line = line.trim_matches(['.', '(', ')', ' ', '_', '-', '—', '*']);
    let before = CONTRIBUTED.iter().find_map(|words| line.strip_suffix(words))?;
    let before = [" also", " have", " has"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    let first = leading(before).filter(|edge| names_go_on(edge.rest));
    let one = first.or_else(|| trailing(before).filter(|edge| edge.rest.split_whitespace().all(is_among_names)));
    let one = one.filter(|edge| edge.found.form <= Form::Code);
    one.map(|edge| vec![(edge.found.id, role(edge.found.id, true))]).or_else(|| parties(before, Form::Code))
}

/// Whether what follows an agency is of its people: "Reuters sources who fled contributed to this report" is not.
fn names_go_on(rest: &str) -> bool {
    rest.trim_start_matches("'s").split_whitespace().next().is_none_or(is_among_names)
}

fn is_among_names(word: &str) -> bool {
    let word = word.trim_matches([',', ';', '\'']);
    word.is_empty()
        || starts_with_capital(word)
        || [AMONG_NAMES, STAFF, BEATS].iter().any(|words| words.contains(&word))
}

/// "Jo Berg is an Associated Press writer."
fn introduced(line: &str) -> Option<Vec<Party>> {
    let line = line.trim_end_matches('.');
    let (who, rest) = [" is an ", " is a ", " are "].iter().find_map(|is| line.split_once(is))?;
    are_named(who).then(|| staffed(rest.strip_prefix("the ").unwrap_or(rest)))?
}

/// "Jo Berg", "Jo Berg, Al Fin and Marta Quill": each by first and last name. A comma without an "and" parts no names: "In
/// Oslo, Jo Berg".
fn are_named(who: &str) -> bool {
    let is_named = |name: &str| {
        let first = name.split(' ').next().unwrap_or_default();
        is_person(name) && n_long_words(name) >= 2 && !NO_NAMES.contains(&first)
    };
    match who.rsplit_once(" and ") {
        None => is_named(who),
        Some((before, last)) => before.split(", ").all(|name| is_named(name.trim_end_matches(','))) && is_named(last),
    }
}
