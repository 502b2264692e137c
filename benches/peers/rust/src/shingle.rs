//! Runs of words as slices of the text, so that none of them is copied.

use std::str::Chars;

/// Writes the words in lower case with one space between them, so that a run of words is a slice.
pub fn normalize(text: &str, normal: &mut String) {
    normal.clear();
    normal.reserve(text.len());
    let mut chars = text.chars();
    let mut parted = false;
    loop {
        let ascii = ascii_word(chars.as_str());
        if !ascii.is_empty() {
            part(&mut parted, normal);
            let start = normal.len();
            normal.push_str(ascii);
            normal[start..].make_ascii_lowercase();
            chars = skip(&chars, ascii.len());
        }
        match chars.next() {
            Some(space) if space.is_whitespace() => parted = true,
            Some(letter) => {
                part(&mut parted, normal);
                normal.extend(letter.to_lowercase());
            }
            None => return,
        }
    }
}

/// What the text begins with that is neither white space nor beyond ASCII.
fn ascii_word(text: &str) -> &str {
    let ends = |byte: &u8| !byte.is_ascii() || *byte <= b' ';
    &text[..text.as_bytes().iter().position(ends).unwrap_or(text.len())]
}

fn skip<'a>(chars: &Chars<'a>, bytes: usize) -> Chars<'a> {
    chars.as_str()[bytes..].chars()
}

fn part(parted: &mut bool, normal: &mut String) {
    if std::mem::take(parted) && !normal.is_empty() {
        normal.push(' ');
    }
}

/// Every run of so many words of a normalized text; the whole text where it is shorter.
pub fn shingles(normal: &str, words: usize) -> impl Iterator<Item = &str> {
    let spaces = || memchr::memchr_iter(b' ', normal.as_bytes());
    let starts = std::iter::once(0).chain(spaces().map(|space| space + 1));
    let last = spaces().count().saturating_sub(words - 1);
    let mut ends = spaces().skip(words - 1);
    let n = if normal.is_empty() { 0 } else { last + 1 };
    starts.take(n).map(move |start| &normal[start..ends.next().unwrap_or(normal.len())])
}
