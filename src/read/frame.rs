//! Where records begin and end in a file.
//!
//! A framer is fed the bytes of a file piece by piece and looks at each once, so a record may be cut anywhere, and cost
//! is linear however long it is. It does not judge: bytes that are no JSON are framed too, and their parser says what is
//! wrong with them. Lines recover at the next line break. A value over several lines has nothing to recover at: where
//! its quotes are damaged, it takes with it what follows, up to where its brackets close.

use memchr::{memchr, memchr2};

/// How a file is divided into records.
#[derive(Debug)]
pub(super) enum Framer {
    /// Every line that is not blank is a record.
    Lines,
    /// JSON values one after the other, or in an array; they may go over several lines.
    Values(Values),
    /// The whole file is one record.
    Page,
}

impl Framer {
    /// Bytes at the start of `bytes` that lie before the next record.
    pub(super) fn gap(&mut self, bytes: &[u8]) -> usize {
        match self {
            Framer::Lines => bytes.iter().position(|b| !is_blank(*b)).unwrap_or(bytes.len()),
            Framer::Values(values) => values.gap(bytes),
            Framer::Page => 0,
        }
    }

    /// Where the record ends that goes on at the start of `bytes`; `None` if it goes on after them.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        match self {
            Framer::Lines => memchr(b'\n', bytes),
            Framer::Values(values) => values.end(bytes),
            Framer::Page => None,
        }
    }

    /// Whether an array was opened and not closed.
    pub(super) fn is_in_array(&self) -> bool {
        matches!(self, Framer::Values(values) if values.in_array)
    }
}

/// What JSON calls white space.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Divides a stream of JSON values; the elements of an array on the outermost level are values as well.
#[derive(Debug, Default)]
pub(super) struct Values {
    in_array: bool,
    place: Place,
    /// Brackets open in the record; their kinds are left to the parser.
    depth: u64,
}

/// Where in a record the bytes go on.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Place {
    #[default]
    Start,
    Nested,
    Quoted,
    Escaped,
    /// A number or a word.
    Bare,
}

impl Values {
    /// Whether a file that begins like this is a value over several lines, not one a line.
    ///
    /// The line break must lie between two tokens: inside a string it only shows that the first line is cut off.
    pub(super) fn goes_over_lines(bytes: &[u8]) -> bool {
        let Some(line_end) = memchr(b'\n', bytes) else { return false };
        let mut first = Values::default();
        first.end(&bytes[..line_end]).is_none() && first.place == Place::Nested
    }

    fn gap(&mut self, bytes: &[u8]) -> usize {
        bytes
            .iter()
            .position(|&byte| {
                match byte {
                    b'[' if !self.in_array => self.in_array = true,
                    b']' if self.in_array => self.in_array = false,
                    b',' if self.in_array => {}
                    byte => return !is_blank(byte),
                }
                false
            })
            .unwrap_or(bytes.len())
    }

    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            at += match self.place {
                Place::Start => {
                    self.begin(rest[0]);
                    1
                }
                Place::Nested => 1 + rest.iter().position(|&b| self.nested(b))?,
                Place::Quoted => {
                    let n = memchr2(b'"', b'\\', rest)?;
                    self.place = match rest[n] {
                        b'\\' => Place::Escaped,
                        _ if self.depth == 0 => Place::Start,
                        _ => Place::Nested,
                    };
                    n + 1
                }
                Place::Escaped => {
                    self.place = Place::Quoted;
                    1
                }
                Place::Bare => {
                    let n = rest.iter().position(|&b| is_blank(b) || b == b',' || b == b']')?;
                    self.place = Place::Start;
                    n
                }
            };
            if self.place == Place::Start {
                return Some(at);
            }
        }
        None
    }

    fn begin(&mut self, byte: u8) {
        self.place = match byte {
            b'{' | b'[' => Place::Nested,
            b'"' => Place::Quoted,
            _ => Place::Bare,
        };
        self.depth = u64::from(self.place == Place::Nested);
    }

    /// Takes a byte between brackets; whether another place begins after it.
    fn nested(&mut self, byte: u8) -> bool {
        match byte {
            b'"' => self.place = Place::Quoted,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth -= 1;
                if self.depth == 0 {
                    self.place = Place::Start;
                }
            }
            _ => {}
        }
        self.place != Place::Nested
    }
}
