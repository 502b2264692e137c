//! What machines do to a text: scanners misread it, scrapers leave its escapes.

use super::chance::Chance;

/// Groups of letters that scanners take for others.
const CONFUSED: [(&str, &str); 28] = [
    ("rn", "m"),
    ("m", "rn"),
    ("cl", "d"),
    ("l", "1"),
    ("i", "l"),
    ("e", "c"),
    ("h", "b"),
    ("o", "0"),
    ("li", "h"),
    ("vv", "w"),
    ("w", "vv"),
    ("S", "5"),
    ("f", "t"),
    ("u", "ii"),
    ("н", "п"),
    ("и", "н"),
    ("人", "入"),
    ("大", "太"),
    ("日", "曰"),
    ("市", "巾"),
    ("未", "末"),
    ("土", "士"),
    ("は", "ほ"),
    ("る", "ろ"),
    ("ン", "ソ"),
    ("ด", "ต"),
    ("ถ", "ภ"),
    ("ช", "ซ"),
];

/// The text with so many of a thousand letters misread, dropped or doubled.
pub(crate) fn misread(text: &str, per_mille: usize, chance: &mut Chance) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 50);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        if c.is_alphanumeric() && chance.below(1000) < per_mille {
            let confused: Vec<_> = CONFUSED.iter().filter(|(seen, _)| rest.starts_with(seen)).collect();
            match chance.below(3) {
                0 | 1 if !confused.is_empty() => {
                    let (seen, read) = **chance.pick(&confused);
                    length = seen.len();
                    out.push_str(read);
                }
                1 => out.extend([c, c]),
                _ => {}
            }
        } else {
            out.push(c);
        }
        rest = &rest[length..];
    }
    out
}

/// Letters from which what stands between two spaces is no word: such text is broken anywhere, at half the width, as its
/// characters are twice as wide.
const UNSPACED_WORD: usize = 40;

/// The text in lines of so many letters, words hyphenated where they end one.
pub(crate) fn broken_lines(text: &str, width: usize) -> String {
    let (mut out, mut column) = (String::with_capacity(text.len() + 64), 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        if length > UNSPACED_WORD {
            out.push(' ');
            for c in word.chars() {
                if column >= width / 2 {
                    out.push('\n');
                    column = 0;
                }
                out.push(c);
                column += 1;
            }
            continue;
        }
        if column > 0 && column + 1 + length > width {
            let room = width.saturating_sub(column + 2);
            if room >= 3 && length >= room + 3 && word.chars().all(char::is_alphabetic) {
                let at = word.char_indices().nth(room).map_or(word.len(), |(at, _)| at);
                out.push_str(&format!(" {}-\n{}", &word[..at], &word[at..]));
                column = length - room;
                continue;
            }
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

/// The text with HTML's escapes: those that every page needs, and in half of the pages those of all other letters too.
pub(crate) fn escaped(text: &str, all: bool) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 10);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '’' => out.push_str("&rsquo;"),
            '“' => out.push_str("&ldquo;"),
            '”' => out.push_str("&rdquo;"),
            '—' => out.push_str("&mdash;"),
            '\n' => out.push_str("\n&nbsp;"),
            c if all && !c.is_ascii() => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
