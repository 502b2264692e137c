//! Which article belongs to which story: a table of tab-separated values, one line for every article read.
//!
//! The form that `wirecopy eval` reads. Its header and columns are a promise to scripts, so that it holds no
//! parameters: it goes with a report that does. Nor is anything put before an id that a spreadsheet would run as a formula:
//! ids are there to be joined with those of other tables. It is [`csv`](super::csv) that is made for spreadsheets.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

use super::is_unsafe;
use crate::story::{Copy, Relation, Stories, Story, StoryId};

/// Writes the header `id story version relation` and one line an article, in the order of article numbers; an article
/// without copies is a story of its own. See [`escaped`] for how ids are written.
///
/// # Errors
/// What `out` returns. O(articles · log articles), in parallel; 24 bytes of memory a copy.
pub fn write(out: &mut dyn Write, stories: &Stories) -> io::Result<()> {
    let mut copies: Vec<(&Story, &Copy)> =
        stories.stories.iter().flat_map(|story| story.copies.iter().map(move |copy| (story, copy))).collect();
    copies.par_sort_unstable_by_key(|(_, copy)| copy.article);
    out.write_all(b"id\tstory\tversion\trelation\n")?;
    let last_copy = copies.last().map(|(_, copy)| copy.article);
    let last = stories.lone.last().max(last_copy).map_or(0, |last| last.0);
    let starts: Vec<u32> = (0..=last).step_by(AT_ONCE as usize).collect();
    for some in starts.chunks(STRETCHES) {
        let stretch = |&start: &u32| lines(&copies, stories, start..start.saturating_add(AT_ONCE));
        let stretches: Vec<Result<String, fmt::Error>> = some.par_iter().map(stretch).collect();
        for lines in stretches {
            out.write_all(lines.map_err(io::Error::other)?.as_bytes())?;
        }
    }
    Ok(())
}

/// Articles whose lines one thread writes in turn, and how many times as many are held at once.
const AT_ONCE: u32 = 8192;
/// See [`AT_ONCE`].
const STRETCHES: usize = 32;

/// The lines of the articles with numbers in a range. The copies are all there are, in the order of their numbers.
fn lines(copies: &[(&Story, &Copy)], stories: &Stories, numbers: Range<u32>) -> Result<String, fmt::Error> {
    let at = |number: u32| copies.partition_point(|(_, copy)| copy.article.0 < number);
    let mut lines = String::new();
    let mut lone = stories.lone.within(numbers.clone()).peekable();
    for (story, copy) in &copies[at(numbers.start)..at(numbers.end)] {
        while let Some((_, id)) = lone.next_if(|(article, _)| *article < copy.article) {
            push_lone(&mut lines, id)?;
        }
        writeln!(lines, "{}\t{}\t{}\t{}", escaped(&copy.id), story.id, copy.version, copy.relation.name())?;
    }
    lone.try_for_each(|(_, id)| push_lone(&mut lines, id))?;
    Ok(lines)
}

fn push_lone(lines: &mut String, id: &str) -> fmt::Result {
    writeln!(lines, "{}\t{}\tv1\t{}", escaped(id), StoryId::of([id]).as_str(), Relation::Origin.name())
}

/// An id so that a line stays a line and no id becomes another: `\t`, `\n`, `\r` and `\\` for tab, line breaks and
/// backslash, and `\u{1b}` for any other character that could act on a terminal. Borrowed where nothing had to change.
pub fn escaped(id: &str) -> Cow<'_, str> {
    if !id.contains(|c| c == '\\' || is_unsafe(c)) {
        return Cow::Borrowed(id);
    }
    let mut escaped = String::with_capacity(id.len() + 8);
    for c in id.chars() {
        match c {
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\\' => escaped.push_str("\\\\"),
            _ if is_unsafe(c) => escaped.extend(c.escape_unicode()),
            _ => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}
