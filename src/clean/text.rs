//! A page's text as lines of one form.

use std::borrow::Cow;

use super::normalize::{may_be_encoded, normalize_decoded, normalize_to};
use super::unwrap;

/// A page's text, and its lines in one form: what changes in normalizing stands together in one string.
pub(super) struct Text<'a> {
    changed: String,
    /// Where in the text each line starts, and what became of it.
    lines: Vec<(usize, Normal<'a>)>,
}

/// A line that is normalized.
enum Normal<'a> {
    Same(&'a str),
    /// Where it stands among those that changed.
    Changed(std::ops::Range<usize>),
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut changed = String::new();
        let may_be_encoded = may_be_encoded(text);
        let mut normal = |line| {
            let from = changed.len();
            let normalize = if may_be_encoded { normalize_to } else { normalize_decoded };
            let same = normalize(line, &mut changed);
            same.map_or_else(|| Normal::Changed(from..changed.len()), Normal::Same)
        };
        let lines = match unwrap::lines(text) {
            unwrap::Lines::AsTheyAre(lines) => {
                lines.into_iter().map(|line| (unwrap::start(text, line), normal(line))).collect()
            }
            unwrap::Lines::Joined(lines) => joined(lines, &mut changed),
        };
        Text { changed, lines }
    }

    /// The lines with something in them, and where each starts.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.lines.iter().map(|(start, line)| match line {
            Normal::Same(line) => (*start, *line),
            Normal::Changed(range) => (*start, &self.changed[range.clone()]),
        });
        lines.filter(|(_, line)| !line.is_empty())
    }
}

/// Lines that were put together, normalized.
fn joined<'a>(lines: Vec<(usize, Cow<'a, str>)>, changed: &mut String) -> Vec<(usize, Normal<'a>)> {
    let mut normal = |line| {
        let from = changed.len();
        let same = match line {
            Cow::Borrowed(line) => normalize_to(line, changed),
            Cow::Owned(line) => {
                if let Some(line) = normalize_to(&line, changed) {
                    changed.push_str(line);
                }
                None
            }
        };
        same.map_or_else(|| Normal::Changed(from..changed.len()), Normal::Same)
    };
    lines.into_iter().map(|(start, line)| (start, normal(line))).collect()
}
