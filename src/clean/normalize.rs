//! One form for the same text: NFKC, plain spaces and quotes, no invisible characters, no entities.
//!
//! Nearly all of a text stays as it is: so what does is found eight bytes or one character at a time, and copied in one
//! go if anything else on its line changes. Quotes, and the few other things that houses write differently, are
//! replaced one by one. NFKC of everything costs a hundred times more (`unicode-normalization` decomposes and composes each
//! character): only runs that are not ASCII and have something else in them go through it, each together with the
//! character before it, which a combining mark may compose with.

mod change;
mod plain;

use std::borrow::Cow;

use unicode_normalization::char::{canonical_combining_class, compose};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use change::{Change, Changes, is_invisible, is_whole, straight};
use plain::n_plain;

/// Normalizes one line: entities decoded, NFKC, curly quotes straight, every white space one plain space, invisible
/// and control characters gone, ends trimmed.
///
/// Borrows where nothing changes. O(length of the line).
pub fn normalize(line: &str) -> Cow<'_, str> {
    let mut out = String::new();
    match normalize_to(line, &mut out) {
        Some(line) => Cow::Borrowed(line),
        None => Cow::Owned(out),
    }
}

/// The same for whoever has many lines: where nothing changes the line is returned, trimmed; else its new form is appended.
pub(super) fn normalize_to<'a>(line: &'a str, out: &mut String) -> Option<&'a str> {
    match decode_entities(line) {
        Cow::Borrowed(line) => normalize_decoded(line, out),
        Cow::Owned(line) => {
            if let Some(line) = normalize_decoded(&line, out) {
                out.push_str(line);
            }
            None
        }
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

/// Whether a text may have entities: most have none, and none of their lines has to be asked.
pub(super) fn may_be_encoded(text: &str) -> bool {
    memchr::memchr(b'&', text.as_bytes()).is_some()
}

/// What [`normalize_to`] does to a line without entities.
pub(super) fn normalize_decoded<'a>(line: &'a str, out: &mut String) -> Option<&'a str> {
    let line = trimmed(line);
    let mut new = NewLine { base: out.len(), out };
    let bytes = line.as_bytes();
    // What stays as it is from `from` on is copied once something else comes.
    let (mut from, mut at) = (0, 0);
    loop {
        at += n_plain(&bytes[at..], new.ends_in_space(&bytes[from..at]));
        let Some(&b) = bytes.get(at) else { break };
        if b.is_ascii() {
            new.push_str(&line[from..at]);
            new.push_folded(std::iter::once(char::from(b)));
            (at, from) = (at + 1, at + 1);
            continue;
        }
        let (end, change) = staying(line, from, at);
        at = end;
        let len = match change {
            Change::None => continue,
            Change::Unknown => {
                // A run is changed as a whole: what of it was found to stay may be composed.
                at -= bytes[from..at].iter().rev().take_while(|b| !b.is_ascii()).count();
                n_beyond_ascii(&bytes[at..])
            }
            _ => len_of_char(bytes[at]),
        };
        new.push_str(&line[from..at]);
        new.push(change, &line[at..at + len]);
        at += len;
        from = at;
    }
    if from == 0 {
        return Some(line);
    }
    new.push_str(&line[from..]);
    new.trim_end();
    None
}

/// A line without what cannot be seen at its ends: most have nothing there.
fn trimmed(line: &str) -> &str {
    let is_seen = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
    if is_seen(line.as_bytes().first()) && is_seen(line.as_bytes().last()) {
        return line;
    }
    line.trim_matches(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// The bytes of the run of characters that are not ASCII that a text starts with.
fn n_beyond_ascii(text: &[u8]) -> usize {
    text.iter().position(u8::is_ascii).unwrap_or(text.len())
}

/// Where a stretch of runs of characters that are not ASCII, with single spaces between, ends: of a line from `at` on, and as
/// far as all of it stays as it is. Also what becomes of the character there, if it is not ASCII. What of the line was
/// written anew ends at `from`.
fn staying(line: &str, from: usize, mut at: usize) -> (usize, Change) {
    let changes = Changes::get();
    let text = line.as_bytes();
    let mut after_mark = false;
    while let Some(&b) = text.get(at) {
        let tail = |n: usize| text.get(at + n).map_or(0, |b| u32::from(b & 0x3f));
        let (code, len) = match b {
            b' ' if text.get(at + 1).is_some_and(|next| !next.is_ascii()) => {
                (at, after_mark) = (at + 1, false);
                continue;
            }
            0..0x80 => break,
            0x80..0xe0 => (u32::from(b & 0x1f) << 6 | tail(1), 2),
            0xe0..0xf0 => (u32::from(b & 0x0f) << 12 | tail(1) << 6 | tail(2), 3),
            _ => (u32::from(b & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4),
        };
        let change = changes.of(code);
        match change {
            Change::None => after_mark = false,
            Change::Mark if !after_mark => after_mark = true,
            Change::Joint if !after_mark && stands_alone(&line[from..at], code) => after_mark = is_mark(code),
            Change::Mark | Change::Joint => return (at, Change::Unknown),
            _ => return (at, change),
        }
        at += len;
    }
    (at, Change::None)
}

/// Whether a character that composes with some does not with the one that it stands behind, nor with a part of it.
fn stands_alone(before: &str, code: u32) -> bool {
    match (before.chars().next_back(), char::from_u32(code)) {
        (Some(before), Some(c)) => compose(before, c).is_none() && is_whole(before),
        _ => false,
    }
}

fn is_mark(code: u32) -> bool {
    char::from_u32(code).is_none_or(|c| canonical_combining_class(c) != 0)
}

/// The bytes of a character that starts with this one.
fn len_of_char(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

/// A line as it is written anew, behind others.
struct NewLine<'a> {
    out: &'a mut String,
    base: usize,
}

impl NewLine<'_> {
    /// Whether the line with this behind it is one that no space is appended to.
    fn ends_in_space(&self, more: &[u8]) -> bool {
        match more.last() {
            Some(b) => *b == b' ',
            None => self.out.len() == self.base || self.out.ends_with(' '),
        }
    }

    /// Appends what stays as it is.
    fn push_str(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn push_space(&mut self) {
        if !self.ends_in_space(&[]) {
            self.out.push(' ');
        }
    }

    /// Appends what becomes of a character, or of a run that has to be looked at as a whole.
    fn push(&mut self, change: Change, text: &str) {
        match change {
            Change::Apostrophe => self.out.push('\''),
            Change::Quotation => self.out.push('"'),
            Change::Dots => self.out.push_str("..."),
            Change::Space => self.push_space(),
            Change::None | Change::Mark | Change::Joint => self.out.push_str(text),
            Change::Unknown => self.push_unknown(text),
        }
    }

    /// Appends a run of characters that are not ASCII: composed with the character before it where it starts with a mark.
    fn push_unknown(&mut self, run: &str) {
        match is_nfkc_quick(run.chars()) {
            IsNormalized::Yes => self.push_folded(run.chars()),
            IsNormalized::No | IsNormalized::Maybe => {
                let before = if self.out.len() > self.base { self.out.pop() } else { None };
                self.push_folded(before.into_iter().chain(run.chars()).nfkc());
            }
        }
    }

    /// Appends characters, folding spaces and quotes and leaving out what cannot be seen.
    fn push_folded(&mut self, chars: impl Iterator<Item = char>) {
        for c in chars {
            match c {
                ' '..='~' if c != ' ' => self.out.push(c),
                _ if c.is_whitespace() || c.is_control() => self.push_space(),
                _ if is_invisible(c) => {}
                _ => match straight(c) {
                    Some(Change::Apostrophe) => self.out.push('\''),
                    Some(_) => self.out.push('"'),
                    None => self.out.push(c),
                },
            }
        }
    }

    fn trim_end(&mut self) {
        let len = self.out[self.base..].trim_end().len();
        self.out.truncate(self.base + len);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
        for text in [
            "e\u{301}e\u{301}x",
            "x\u{327}\u{301}",
            "\u{e9}\u{327}",
            "\u{1138b}\u{113c7}",
            "\u{1100}\u{1161}\u{11a8}",
            "ａ\u{301}",
            "\u{9a1}\u{9bc}",
        ] {
            let whole: String = text.nfkc().collect();
            assert_eq!(normalize(text), whole, "{text:?}");
        }
    }

    /// The same without any table and any copying.
    fn plainly(line: &str) -> String {
        let is_blank = |c: char| c.is_whitespace() || c.is_control();
        let mut out = String::new();
        for c in line.trim_matches(|c| is_blank(c) || is_invisible(c)).nfkc() {
            match c {
                '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{02bc}' => out.push('\''),
                '\u{201c}'..='\u{201f}' => out.push('"'),
                _ if is_blank(c) && (out.ends_with(' ') || out.is_empty()) => {}
                _ if is_blank(c) => out.push(' '),
                _ if is_invisible(c) => {}
                _ => out.push(c),
            }
        }
        out.trim_end().to_owned()
    }

    #[test]
    fn each_character_becomes_what_it_does_by_itself() {
        for c in (0..=0x1_ffff).filter_map(char::from_u32) {
            // In the midst of words, alone between spaces, and behind one of its kind.
            let text = format!("word{c}word {c} w{c}{c} {c}\u{93c}x");
            assert_eq!(normalize(&text), plainly(&text), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_gives_what_the_long_way_gives(
            text in "([a-z ]{0,24}|[ -~\u{a0}\u{2019}\u{201d}…«»–éж]{0,24}|[\u{900}-\u{9ff}]{0,4}|[еéがカ각ᄀ ]?[\u{300}-\u{303}\u{327}\u{3099}\u{1160}-\u{1163}\u{11a8}’“…\u{a0}]{1,3}|[中文字ж]{0,20}|\\PC{0,3}|[\\x00-\\x7f]{0,3}){0,8}",
        ) {
            prop_assume!(!looks_encoded(&text));
            prop_assert_eq!(normalize(&text), plainly(&text));
        }
    }
}
