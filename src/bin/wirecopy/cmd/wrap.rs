//! Text of pages in lines that fit a terminal.

use std::io::{self, Write};

use wirecopy::report::plain;

/// Somewhere to write, and the columns that a line may have there.
pub(super) struct Paper<'a> {
    pub(super) out: &'a mut dyn Write,
    columns: usize,
}

/// Columns that are read with ease: a wider terminal gets no longer lines.
const MAX_COLUMNS: usize = 100;

impl<'a> Paper<'a> {
    pub(super) fn new(out: &'a mut dyn Write, columns: usize) -> Self {
        Paper { out, columns: columns.min(MAX_COLUMNS) }
    }

    /// Writes a text of a page in lines that fit: `first` before the first, as many spaces before the others.
    pub(super) fn wrapped(&mut self, first: &str, text: &str) -> io::Result<()> {
        let text = plain(text);
        let rest = " ".repeat(first.chars().count());
        let options = textwrap::Options::new(self.columns).initial_indent(first).subsequent_indent(&rest);
        textwrap::wrap(&text, options).iter().try_for_each(|line| writeln!(self.out, "{line}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_nothing_acts_on_a_terminal() {
        let mut out = Vec::new();
        let text = format!("{} \u{1b}[31mred\u{202e} {}", "word ".repeat(40), "x".repeat(200));
        Paper::new(&mut out, 60).wrapped("A: ", &text).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.starts_with("A: word") && out.lines().skip(1).all(|line| line.starts_with("   ")), "{out}");
        assert!(out.lines().all(|line| line.chars().count() <= 60), "{out}");
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{out:?}");
        assert_eq!(out.matches('x').count(), 200);
    }
}
