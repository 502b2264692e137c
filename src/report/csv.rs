//! Stories as CSV: one line a copy, for spreadsheets.
//!
//! A spreadsheet runs a cell that starts like a formula; such a cell gets an apostrophe before it, which spreadsheets
//! read as "this is text" (OWASP, "CSV Injection"). The last column says how the table was made: the program, its
//! version, and the parameters that were changed.

use std::io::{self, Write};

use super::{plain, rounded, settings};
use crate::params::Params;
use crate::story::{Copy, Story};

/// The columns, in order.
pub const HEADER: [&str; 21] = [
    "story",
    "agency",
    "confidence",
    "place",
    "date",
    "version",
    "id",
    "outlet",
    "url",
    "published",
    "lag_seconds",
    "relation",
    "kept",
    "added",
    "containment",
    "resemblance",
    "headline",
    "headline_changed",
    "credit",
    "uncredited",
    "made_with",
];

/// Writes a header and one line a copy, stories and copies in their order. `agency`, `place` and `date` are the
/// story's, `credit` is the page's own. What is not known is an empty cell; times are RFC 3339, in UTC.
///
/// # Errors
/// What `out` returns.
pub fn write<'a>(out: &mut dyn Write, stories: impl IntoIterator<Item = &'a Story>, params: &Params) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADER).map_err(unwrapped)?;
    let made_with = settings(params);
    for story in stories {
        for copy in &story.copies {
            table.write_record(row(story, copy, &made_with)).map_err(unwrapped)?;
        }
    }
    table.flush()
}

/// The error that the writer below returned: a closed pipe must be known as one.
pub(super) fn unwrapped(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn row(story: &Story, copy: &Copy, made_with: &str) -> [String; HEADER.len()] {
    let agency = story.agency.as_ref();
    let dateline = story.dateline.as_ref();
    [
        cell(&story.id),
        agency.map_or_else(String::new, |a| cell(a.agency.agency().id)),
        agency.map_or_else(String::new, |a| rounded(a.confidence).to_string()),
        dateline.map_or_else(String::new, |d| cell(&d.place)),
        dateline.and_then(|d| d.date.as_deref()).map_or_else(String::new, cell),
        cell(&copy.version),
        cell(&copy.id),
        cell(&copy.outlet),
        copy.url.as_deref().map_or_else(String::new, cell),
        // A year before Christ starts with a minus.
        copy.published.map_or_else(String::new, |published| cell(&published.to_rfc3339())),
        copy.lag_seconds.map_or_else(String::new, |lag| lag.to_string()),
        copy.relation.name().to_owned(),
        rounded(copy.kept).to_string(),
        rounded(copy.added).to_string(),
        rounded(copy.containment).to_string(),
        rounded(copy.resemblance).to_string(),
        copy.headline.as_deref().map_or_else(String::new, cell),
        copy.headline_changed.map_or_else(String::new, |changed| changed.to_string()),
        copy.credit.map_or_else(String::new, |agency| cell(agency.agency().id)),
        copy.uncredited.to_string(),
        made_with.to_owned(),
    ]
}

/// A text as a cell that no spreadsheet runs. Figures of ours need none of it: a number with a sign is a number.
pub(super) fn cell(text: &str) -> String {
    let text = plain(text);
    // Spaces before a formula are skipped by some spreadsheets, and full-width signs are signs to those of East Asia.
    let starts_formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if starts_formula { format!("'{text}") } else { text.into_owned() }
}
