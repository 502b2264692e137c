//! WARC records (ISO 28500): a head that says how long the block is, the block, and two line breaks.

use memchr::{memchr, memmem};

use super::Scan;

/// Divides a WARC file into records.
#[derive(Debug, Default)]
pub(in crate::read) struct Warc {
    place: Place,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Place {
    #[default]
    Head,
    /// So many bytes of the block are to come.
    Block(u64),
    /// The line breaks after it; so many were seen.
    Breaks(usize),
    /// Bytes that are no record, until a line that begins one.
    Stray,
}

/// What the record is that a framer is in, or has just left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum State {
    /// A record, whole.
    Whole,
    /// A record whose end was not seen.
    Open,
    /// No record.
    Stray,
}

/// Bytes of the longest head.
const MAX_HEAD: usize = 64 << 10;
const BREAKS: &[u8] = b"\r\n\r\n";
/// What every record begins with.
pub(in crate::read) const MAGIC: &[u8] = b"WARC/";

impl Warc {
    /// What the record was whose end was found, or what it is at the end of the file; the next one begins anew.
    pub(in crate::read) fn take_state(&mut self) -> State {
        match std::mem::take(&mut self.place) {
            Place::Breaks(_) | Place::Block(0) => State::Whole,
            Place::Stray => State::Stray,
            Place::Head | Place::Block(_) => State::Open,
        }
    }

    /// Where the next record begins in one that claims more bytes than it has, and so took from those behind it: no
    /// line break follows its end, nor a record. `next` is what follows it.
    pub(super) fn overrun(&mut self, record: &[u8], next: &[u8]) -> Option<usize> {
        let is_torn = match self.place {
            Place::Block(left) => left > 0,
            Place::Breaks(0) => {
                let next = next.trim_ascii_start();
                !MAGIC.starts_with(&next[..next.len().min(MAGIC.len())])
            }
            _ => false,
        };
        let at = is_torn.then(|| next_head(record)).flatten()?;
        self.place = Place::Breaks(0);
        Some(at)
    }

    pub(super) fn end(&mut self, bytes: &[u8]) -> Scan {
        let mut at = 0;
        loop {
            let rest = &bytes[at..];
            match self.place {
                Place::Head => match head(rest) {
                    Head::More => return Scan::More(at),
                    Head::None => self.place = Place::Stray,
                    Head::Block { head, block } => {
                        at += head;
                        self.place = Place::Block(block);
                    }
                },
                Place::Block(left) => {
                    let n = left.min(rest.len() as u64);
                    at += n as usize;
                    self.place = if n == left { Place::Breaks(0) } else { Place::Block(left - n) };
                    if n < left {
                        return Scan::More(at);
                    }
                }
                Place::Breaks(seen) => {
                    let n = rest.iter().zip(&BREAKS[seen..]).take_while(|(byte, asked)| byte == asked).count();
                    at += n;
                    self.place = Place::Breaks(seen + n);
                    return if n == rest.len() && seen + n < BREAKS.len() { Scan::More(at) } else { Scan::End(at) };
                }
                Place::Stray => return stray_end(rest, at),
            }
        }
    }
}

/// Where within a record a line begins another: `WARC/1.0`, and nothing else in it.
fn next_head(record: &[u8]) -> Option<usize> {
    memmem::find_iter(record, MAGIC).skip(1).find(|at| {
        let line = &record[*at..];
        let line = &line[..memchr(b'\n', line).unwrap_or(0)];
        record[at - 1] == b'\n' && matches!(line.trim_ascii_end(), [b'W', .., b'1', b'.', b'0' | b'1'])
    })
}

/// Where stray bytes end: before a line that begins a record.
fn stray_end(rest: &[u8], start: usize) -> Scan {
    let mut at = 0;
    while let Some(n) = memchr(b'\n', &rest[at..]) {
        at += n + 1;
        let line = &rest[at..];
        if line.starts_with(MAGIC) {
            return Scan::End(start + at);
        }
        if line.len() < MAGIC.len() && MAGIC.starts_with(line) {
            return Scan::More(start + at - 1);
        }
    }
    Scan::More(start + rest.len())
}

enum Head {
    More,
    /// There is none.
    None,
    Block {
        head: usize,
        block: u64,
    },
}

/// Reads a head as far as its framing goes.
fn head(bytes: &[u8]) -> Head {
    let start = &bytes[..bytes.len().min(MAGIC.len())];
    if !MAGIC.starts_with(start) {
        return Head::None;
    }
    let within = &bytes[..bytes.len().min(MAX_HEAD)];
    let Some(head) = head_length(within) else {
        return if bytes.len() < MAX_HEAD { Head::More } else { Head::None };
    };
    let length = field(&bytes[..head], "content-length").and_then(|value| value.parse().ok());
    length.map_or(Head::None, |block| Head::Block { head, block })
}

/// Bytes of a head, its empty line included. A writer that leaves out carriage returns is understood.
pub(in crate::read) fn head_length(bytes: &[u8]) -> Option<usize> {
    let strict = memmem::find(bytes, BREAKS).map(|at| at + BREAKS.len());
    let lax = memmem::find(&bytes[..strict.unwrap_or(bytes.len())], b"\n\n").map(|at| at + 2);
    lax.or(strict)
}

/// The value of a field of a head, by its name in lower case.
pub(crate) fn field<'a>(head: &'a [u8], name: &str) -> Option<&'a str> {
    head.split(|byte| *byte == b'\n').skip(1).find_map(|line| {
        let (key, value) = line.split_at_checked(memchr(b':', line)?)?;
        let is_it = key.trim_ascii().eq_ignore_ascii_case(name.as_bytes());
        is_it.then(|| std::str::from_utf8(value[1..].trim_ascii()).ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_what_lies_between_are_found_however_they_are_cut() {
        let record = |text: &str| format!("WARC/1.0\r\nContent-Length: {}\r\n\r\n{text}\r\n\r\n", text.len());
        let lies = record("\r\n\r\nWARC/1.0\r\nnot one").replace("th: 22", "th: 9");
        let pieces = [record("one"), record(""), lies[..lies.len() - 17].to_owned()];
        let stray = lies[lies.len() - 17..].to_owned() + "\nWARC\n";
        let text = pieces.concat() + &stray + &record("two") + "WARC/1.0\r\nContent-Length: 9\r\n\r\ncut";
        let _ = stray;
        for step in [1, 2, 5, 17, 1000] {
            let found = split(text.as_bytes(), step);
            let whole = found.iter().filter(|(state, _)| *state == State::Whole).count();
            assert_eq!(whole, 4, "{step}: {found:?}");
            assert_eq!(found.iter().map(|(_, piece)| piece.as_str()).collect::<String>(), text);
            assert_eq!(found.last().unwrap().0, State::Open);
            assert!(
                found.iter().any(|(state, piece)| *state == State::Stray && piece.ends_with("WARC\n")),
                "{found:?}"
            );
        }
    }

    fn split(text: &[u8], step: usize) -> Vec<(State, String)> {
        let mut warc = Warc::default();
        let mut found = Vec::new();
        let (mut start, mut seen, mut shown) = (0, 0, 0);
        while shown < text.len() {
            shown = (shown + step).min(text.len());
            while seen < shown {
                match warc.end(&text[seen..shown]) {
                    Scan::End(n) => {
                        seen += n;
                        found.push((warc.take_state(), String::from_utf8(text[start..seen].to_vec()).unwrap()));
                        start = seen;
                    }
                    Scan::More(n) => {
                        seen += n;
                        break;
                    }
                }
            }
        }
        if start < text.len() {
            found.push((warc.take_state(), String::from_utf8(text[start..].to_vec()).unwrap()));
        }
        found
    }
}
