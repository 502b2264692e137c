//! Rows of comma- and tab-separated tables (RFC 4180): a line each, but for line breaks between quotes.

use memchr::{memchr, memchr2};

use super::is_blank;

/// Divides a table into rows. The first row names the columns, and is no record.
#[derive(Debug)]
pub(in crate::read) struct Table {
    delimiter: u8,
    place: Place,
    names: Names,
    /// Bytes up to the end of the row of names.
    names_end: u64,
}

/// The row of names.
#[derive(Debug)]
enum Names {
    /// Its bytes until now.
    Open(Vec<u8>),
    Read(Vec<u8>),
}

/// Where in a row the bytes go on.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    /// At the start of a field: only there a quote opens.
    Start,
    Bare,
    Quoted,
    /// After a quote between quotes: the end of the field, or a quote that is doubled.
    Quote,
}

/// Bytes of the longest row of names.
const MAX_NAMES: usize = 1 << 20;

impl Table {
    pub(in crate::read) fn new(delimiter: u8) -> Self {
        Table { delimiter, place: Place::Start, names: Names::Open(Vec::new()), names_end: 0 }
    }

    /// The row of names, once it was read.
    pub(in crate::read) fn names(&self) -> &[u8] {
        match &self.names {
            Names::Open(_) => &[],
            Names::Read(row) => row,
        }
    }

    /// Where that row ends, in bytes from the first that was shown; its line break is not of it.
    pub(in crate::read) fn names_end(&self) -> u64 {
        self.names_end
    }

    pub(in crate::read) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    pub(super) fn gap(&mut self, bytes: &[u8]) -> usize {
        let start = self.pass_names(bytes);
        start + bytes[start..].iter().position(|b| !matches!(b, b'\r' | b'\n')).unwrap_or(bytes.len() - start)
    }

    /// Bytes that belong to the row of names.
    fn pass_names(&mut self, bytes: &[u8]) -> usize {
        let Names::Open(row) = &mut self.names else { return 0 };
        let mut row = std::mem::take(row);
        // A tab is no blank where it is the delimiter: then the first name is empty, as pandas names an index.
        let is_name = |b: &u8| !is_blank(*b) || *b == self.delimiter;
        let blank = if row.is_empty() { bytes.iter().position(is_name).unwrap_or(bytes.len()) } else { 0 };
        let end = self.end(&bytes[blank..]).map(|end| blank + end);
        row.extend_from_slice(&bytes[blank..end.unwrap_or(bytes.len())]);
        self.names_end += end.unwrap_or(bytes.len()) as u64;
        if end.is_none() && row.len() <= MAX_NAMES {
            self.names = Names::Open(row);
            return bytes.len();
        }
        while row.last().is_some_and(|b| is_blank(*b) && *b != self.delimiter) {
            row.pop();
            self.names_end -= 1;
        }
        self.names = Names::Read(row);
        end.unwrap_or(bytes.len())
    }

    /// The line break that ends the row.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            match self.place {
                Place::Quoted => {
                    at += memchr(b'"', rest)? + 1;
                    self.place = Place::Quote;
                }
                Place::Start if rest[0] == b'"' => {
                    at += 1;
                    self.place = Place::Quoted;
                }
                Place::Quote if rest[0] == b'"' => {
                    at += 1;
                    self.place = Place::Quoted;
                }
                Place::Start | Place::Bare | Place::Quote => {
                    let Some(n) = memchr2(self.delimiter, b'\n', rest) else {
                        self.place = Place::Bare;
                        return None;
                    };
                    self.place = Place::Start;
                    at += n;
                    if rest[n] == b'\n' {
                        return Some(at);
                    }
                    at += 1;
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_at_line_breaks_outside_quotes_however_they_are_cut() {
        let rows = ["a,\"b\nc\",d", "\"x \"\"y\"\"\n,\",z", "it's 5\" long,1", "\"q\"r,\"\"", ",,"];
        let text = format!("id,text,date\r\n{}\n", rows.join("\n"));
        for step in [1, 2, 3, 7, 100] {
            let mut table = Table::new(b',');
            let mut found = Vec::new();
            let mut row = Vec::new();
            let mut open = false;
            for piece in text.as_bytes().chunks(step) {
                let mut at = 0;
                while at < piece.len() {
                    if !open {
                        at += table.gap(&piece[at..]);
                        open = at < piece.len();
                        continue;
                    }
                    let end = table.end(&piece[at..]);
                    row.extend_from_slice(&piece[at..at + end.unwrap_or(piece.len() - at)]);
                    at += end.unwrap_or(piece.len() - at);
                    if end.is_some() {
                        found.push(String::from_utf8(std::mem::take(&mut row)).unwrap());
                        open = false;
                    }
                }
            }
            assert_eq!(found, rows, "pieces of {step}");
            assert_eq!(table.names(), b"id,text,date");
        }
    }

    #[test]
    fn a_name_that_is_empty_is_a_name_in_a_row_of_tabs_too() {
        let mut table = Table::new(b'\t');
        table.gap(b"\n \n\tid\ttext\t\r\n");
        assert_eq!(table.names(), b"\tid\ttext\t");
    }
}
