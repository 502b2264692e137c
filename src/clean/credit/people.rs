//! Names of people, as bylines have them.

use crate::agency;

/// "Jo Berg in Oslo", "Jo Berg of the Rivage Post": the name.
pub(super) fn without_place(text: &str) -> &str {
    [" in ", " of ", " for ", " at "]
        .iter()
        .filter_map(|word| text.split(word).next())
        .min_by_key(|name| name.len())
        .unwrap_or(text)
}

/// "Marta Quill", "Jo Berg and Al Fin".
pub(super) fn are_people(text: &str) -> bool {
    let mut text = text;
    loop {
        let and = [" and ", " AND ", " und ", " et ", " y ", " & "]
            .iter()
            .filter_map(|and| text.find(and).map(|at| (at, and.len())))
            .min();
        let Some((at, len)) = and else { return is_person(text) };
        if !is_person(&text[..at]) {
            return false;
        }
        text = &text[at + len..];
    }
}

/// A person's name: few words, each with a capital where the script has them, and no agency's.
pub(super) fn is_person(text: &str) -> bool {
    let text = text.trim();
    const PARTICLES: &[&str] =
        &["de", "la", "del", "da", "dos", "di", "van", "von", "der", "den", "ter", "al", "bin", "el", "ibn", "zu", "e"];
    let words: Vec<&str> = text.split(' ').collect();
    (2..=60).contains(&text.len())
        && words.len() <= 4
        && text.chars().all(|c| c.is_alphabetic() || is_mark(c) || matches!(c, ' ' | '.' | '-' | '\''))
        && starts_with_capital(words[0])
        && words.iter().all(|word| starts_with_capital(word) || PARTICLES.contains(word))
        && !matches!(words[0], "By" | "BY" | "The" | "Photo" | "Photos" | "Image" | "Video" | "Credit" | "Source")
        && agency::find(text).is_none()
}

/// A capital, or a letter of a script without them.
pub(super) fn starts_with_capital(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

/// A vowel sign or the like, as Indic and Arabic names have.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}' | '\u{64b}'..='\u{65f}' | '\u{200c}' | '\u{200d}')
}

/// Words that are no initials: "Jo B. Berg" has two.
pub(super) fn n_long_words(text: &str) -> usize {
    text.split(' ').filter(|word| !word.ends_with('.')).count()
}
