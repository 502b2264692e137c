//! Stories for people: a table of the stories of a run, or one story opened.
//!
//! Written with styles (ANSI escapes of ours, never of a page): who writes to something that wants none passes it
//! through a stripping stream. The same stories and the same [`View`] give the same bytes.

pub(super) mod cells;
mod changes;
mod opened;
pub(super) mod table;

use std::collections::HashSet;
use std::io::{self, Write};

use anstyle::Style;

use self::cells::{BOLD, DIM, Dates, UNKNOWN, agency_style, bar, counted, number};
use self::table::{Cell, Column, Table};
use super::totals::Totals;
use super::{all_settings, settings, with_copies};
use crate::params::Params;
use crate::story::{Stories, Story, StoryId};
pub use opened::opened;

/// How the stories are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Columns of the terminal.
    pub columns: usize,
    /// Stories that the table shows at most; `None` for all.
    pub top: Option<usize>,
    /// Copies that a story must have to be shown and counted.
    pub min_copies: usize,
    /// Whether to show all parameters, and the id and url of each copy.
    pub verbose: bool,
}

impl Default for View {
    fn default() -> Self {
        View { columns: 100, top: Some(30), min_copies: 2, verbose: false }
    }
}

/// Writes the table of stories, most outlets first, with what was read and found below it.
///
/// # Errors
/// What `out` returns.
pub fn overview(out: &mut dyn Write, stories: &Stories, view: &View) -> io::Result<()> {
    let found = with_copies(stories, view.min_copies);
    let n_found = found.clone().count();
    let shown: Vec<&Story> = found.clone().take(view.top.unwrap_or(usize::MAX)).collect();
    if n_found == 0 {
        let copies = counted(view.min_copies, "copy", "copies");
        writeln!(out, "No story with {copies} or more was found.\n")?;
    } else if !shown.is_empty() {
        table(stories, &shown).write(out, view.columns, 0)?;
        writeln!(out)?;
    }
    summary(out, stories, found)?;
    if shown.len() < n_found {
        let rest = counted(n_found - shown.len(), "more story", "more stories");
        write!(out, "{rest}: --all shows every one")?;
        match shown.len() {
            0 => writeln!(out, ".")?,
            n => writeln!(out, ", --top {} twice as many.", 2 * n)?,
        }
    }
    if let Some(story) = shown.first() {
        let id = &story.id[..short_id(stories, &shown)];
        let hint = format!("--story {id} opens one story. Times are UTC; kept is the median of the reprints.");
        aside(out, &hint, view.columns)?;
    }
    made_with(out, &stories.params, view)
}

fn table(stories: &Stories, shown: &[&Story]) -> Table {
    let dates = Dates::of(shown.iter().copied().filter_map(Story::first_seen));
    let id_len = short_id(stories, shown);
    let mut table = Table::new(vec![
        Column::words("Story", 16),
        Column::words("Agency", 12),
        Column::words("First seen", 12).dispensable(),
        Column::figures("Copies"),
        Column::figures("Outlets").dispensable(),
        Column::words("Kept", 11).dispensable(),
        Column::words("Headline", 120),
    ]);
    for story in shown {
        table.push(vec![
            Cell::new(&story.id[..id_len], DIM),
            agency(story),
            dates.show(story.first_seen()).into(),
            Cell::new(number(story.copies.len() as u64), BOLD),
            number(story.outlets as u64).into(),
            story.median_kept().map_or_else(|| UNKNOWN.to_owned(), bar).into(),
            headline(story.headline.as_deref(), Style::new()),
        ]);
    }
    table
}

fn agency(story: &Story) -> Cell {
    story
        .agency
        .as_ref()
        .map_or_else(|| Cell::new(UNKNOWN, DIM), |a| Cell::new(a.agency.agency().code, agency_style(a.agency)))
}

fn headline(headline: Option<&str>, style: Style) -> Cell {
    headline.map_or_else(|| Cell::new("(no headline)", DIM), |headline| Cell::new(headline, style))
}

/// Bytes of the ids of some stories after which they differ from all others: seven, or more where that is too few.
fn short_id(stories: &Stories, shown: &[&Story]) -> usize {
    let longest = stories.stories.iter().map(|story| story.id.len()).min().unwrap_or(0);
    let unique = |len: usize| {
        let starts: HashSet<&str> = shown.iter().filter_map(|story| story.id.get(..len)).collect();
        let is_shown = |id: &str| id.get(..len).is_some_and(|start| starts.contains(start));
        let of_several = stories.stories.iter().filter(|story| is_shown(&story.id)).count();
        let lone = stories.lone.iter().filter(|(_, id)| is_shown(StoryId::of([*id]).as_str())).count();
        starts.len() == shown.len() && of_several + lone == shown.len()
    };
    (7..longest).find(|&len| unique(len)).unwrap_or(longest)
}

/// Writes what was read and what was found.
fn summary<'a>(
    out: &mut dyn Write,
    stories: &Stories,
    found: impl Iterator<Item = &'a Story> + Clone,
) -> io::Result<()> {
    let totals = Totals::of(found);
    let counts = &stories.counts;
    let parts = [
        counted(counts.articles as usize, "article", "articles"),
        counted(totals.stories, "story", "stories"),
        counted(totals.copies, "copy", "copies"),
        counted(totals.agencies, "agency", "agencies"),
        counted(totals.outlets, "outlet", "outlets"),
        format!("{} uncredited", number(totals.uncredited as u64)),
        format!("{} skipped", number(counts.rejected)),
    ];
    writeln!(out, "{BOLD}{}{BOLD:#}", parts.join(" · "))
}

/// Writes with what program and parameters the report was made.
fn made_with(out: &mut dyn Write, params: &Params, view: &View) -> io::Result<()> {
    let settings = if view.verbose { all_settings(params) } else { settings(params) };
    aside(out, &settings, view.columns)
}

/// Writes a text of ours to be looked up, not read.
pub(super) fn aside(out: &mut dyn Write, text: &str, columns: usize) -> io::Result<()> {
    cells::wrap(text, columns).iter().try_for_each(|line| writeln!(out, "{DIM}{line}{DIM:#}"))
}

#[cfg(test)]
mod tests;
