//! One form for the same text: NFKC, plain spaces and quotes, no invisible characters, no entities.
//!
//! NFKC of everything costs ten times more than the words themselves (`unicode-normalization` decomposes and composes
//! each character), and nearly all text is ASCII: so only the runs that are not ASCII go through it, each together
//! with the ASCII character before it, which a combining mark may compose with.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Normalizes one line: entities decoded, NFKC, curly quotes straight, every white space one plain space, invisible
/// and control characters gone, ends trimmed.
///
/// Borrows where nothing changes. O(length of the line).
pub fn normalize(line: &str) -> Cow<'_, str> {
    let decoded = decode_entities(line);
    match decoded {
        Cow::Borrowed(line) => normalize_decoded(line),
        Cow::Owned(line) => Cow::Owned(normalize_decoded(&line).into_owned()),
    }
}

/// Decodes HTML entities that a scraper left in: once, and once more where that yields an entity again (`&amp;nbsp;`).
fn decode_entities(line: &str) -> Cow<'_, str> {
    if !looks_encoded(line) {
        return Cow::Borrowed(line);
    }
    let once = html_escape::decode_html_entities(line);
    if !looks_encoded(&once) {
        return once;
    }
    Cow::Owned(html_escape::decode_html_entities(&once).into_owned())
}

fn looks_encoded(line: &str) -> bool {
    memchr::memchr(b'&', line.as_bytes()).is_some_and(|at| line.as_bytes()[at..].contains(&b';'))
}

fn normalize_decoded(line: &str) -> Cow<'_, str> {
    let line = line.trim_matches(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c));
    if is_plain(line.as_bytes()) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        push_folded(&mut out, rest[..ascii].chars());
        rest = &rest[ascii..];
        let run = rest.bytes().position(|b| b.is_ascii()).unwrap_or(rest.len());
        push_run(&mut out, &rest[..run]);
        rest = &rest[run..];
    }
    out.truncate(out.trim_end().len());
    Cow::Owned(out)
}

/// ASCII without control characters and double spaces: nothing to do.
fn is_plain(line: &[u8]) -> bool {
    let mut before = b'x';
    line.iter().all(|&b| {
        let fine = (b' '..=b'~').contains(&b) && !(b == b' ' && before == b' ');
        before = b;
        fine
    })
}

/// Appends a run of characters that are not ASCII, composed with the character before it where it starts with a mark.
fn push_run(out: &mut String, run: &str) {
    match is_nfkc_quick(run.chars()) {
        IsNormalized::Yes => push_folded(out, run.chars()),
        IsNormalized::No | IsNormalized::Maybe => {
            let before = out.pop();
            push_folded(out, before.into_iter().chain(run.chars()).nfkc());
        }
    }
}

/// Appends characters, folding spaces and quotes and leaving out what cannot be seen.
fn push_folded(out: &mut String, chars: impl Iterator<Item = char>) {
    for c in chars {
        match c {
            ' '..='~' if c != ' ' => out.push(c),
            '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{02bc}' => out.push('\''),
            '\u{201c}'..='\u{201f}' | '\u{2033}' => out.push('"'),
            _ if c.is_whitespace() || c.is_control() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            _ if is_invisible(c) => {}
            _ => out.push(c),
        }
    }
}

/// Characters that change nothing a reader sees: soft hyphen, zero-width space and no-break space, word joiner,
/// direction marks, variation selectors. The joiners U+200C and U+200D stay: Persian and Indic words need them.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffc}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(
            normalize("  Nothing to do here, 12 times.  "),
            Cow::Borrowed("Nothing to do here, 12 times.")
        ));
    }

    #[test]
    fn each_disguise_is_taken_off() {
        let cases = [
            ("a\u{a0}b", "a b"),
            ("co\u{ad}operate", "cooperate"),
            ("zero\u{200b}width", "zerowidth"),
            ("\u{201c}quoted\u{201d} and it\u{2019}s", "\"quoted\" and it's"),
            ("Fish &amp; chips&nbsp;now", "Fish & chips now"),
            ("twice &amp;quot;encoded&amp;quot;", "twice \"encoded\""),
            ("AT&T and R&D; fine", "AT&T and R&D; fine"),
            ("wait\u{2026} what", "wait... what"),
            ("\u{fb01}ve \u{ff21}\u{ff26}\u{ff30}", "five AFP"),
            ("cafe\u{301} a\u{300}", "caf\u{e9} \u{e0}"),
            ("tab\there  two", "tab here two"),
            ("nul\0here", "nul here"),
            ("\u{202e}evil\u{202c}", "evil"),
            ("\u{a0}\u{a0}", ""),
        ];
        for (given, expected) in cases {
            assert_eq!(normalize(given), expected, "{given:?}");
        }
    }

    #[test]
    fn runs_give_what_the_whole_gives() {
        for text in ["e\u{301}e\u{301}x", "x\u{327}\u{301}", "\u{1100}\u{1161}\u{11a8}", "ａ\u{301}", "\u{9a1}\u{9bc}"]
        {
            let whole: String = text.nfkc().collect();
            assert_eq!(normalize(text), whole, "{text:?}");
        }
    }
}
