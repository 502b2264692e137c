//! JSON values one after the other, or in an array, over as many lines as they like.

use memchr::{memchr, memchr2};

use super::is_blank;

/// Divides a stream of JSON values; the elements of an array on the outermost level are values as well.
#[derive(Debug, Default)]
pub(in crate::read) struct Values {
    pub(super) in_array: bool,
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
    pub(in crate::read) fn goes_over_lines(bytes: &[u8]) -> bool {
        let Some(line_end) = memchr(b'\n', bytes) else { return false };
        let mut first = Values::default();
        first.end(&bytes[..line_end]).is_none() && first.place == Place::Nested
    }

    pub(super) fn gap(&mut self, bytes: &[u8]) -> usize {
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

    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
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
