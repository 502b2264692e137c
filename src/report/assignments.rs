//! Which article belongs to which story: a table of tab-separated values, one line for every article read.
//!
//! The form that `wirecopy eval` reads. Its header and columns are a promise to scripts, so that it holds no
//! parameters: it goes with a report that does. Nor is anything put before an id that a spreadsheet would run as a formula:
//! ids are there to be joined with those of other tables. It is [`csv`](super::csv) that is made for spreadsheets.

use std::borrow::Cow;
use std::io::{self, Write};

use super::is_unsafe;
use crate::story::{Copy, Relation, Stories, Story, story_id};

/// Writes the header `id story version relation` and one line an article, in the order of article numbers; an article
/// without copies is a story of its own. See [`escaped`] for how ids are written.
///
/// # Errors
/// What `out` returns. O(articles · log articles), 24 bytes of memory a copy.
pub fn write(out: &mut dyn Write, stories: &Stories) -> io::Result<()> {
    let mut copies: Vec<(&Story, &Copy)> =
        stories.stories.iter().flat_map(|story| story.copies.iter().map(move |copy| (story, copy))).collect();
    copies.sort_unstable_by_key(|(_, copy)| copy.article);
    out.write_all(b"id\tstory\tversion\trelation\n")?;
    let mut lone = stories.lone.iter().peekable();
    for (story, copy) in copies {
        while let Some((_, id)) = lone.next_if(|(article, _)| *article < copy.article) {
            write_lone(out, id)?;
        }
        writeln!(out, "{}\t{}\t{}\t{}", escaped(&copy.id), story.id, copy.version, copy.relation.name())?;
    }
    lone.try_for_each(|(_, id)| write_lone(out, id))
}

fn write_lone(out: &mut dyn Write, id: &str) -> io::Result<()> {
    writeln!(out, "{}\t{}\tv1\t{}", escaped(id), story_id([id]), Relation::Origin.name())
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
