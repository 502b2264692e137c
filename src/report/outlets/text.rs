//! Outlets for people: a table of them, of what they have of each agency, and of the pairs that share most.

mod agencies;

use std::io::{self, Write};

use super::Select;
use crate::outlets::{Ahead, Outlet, Outlets, PAIRED_OUTLETS, Pair};
use crate::report::text::aside;
use crate::report::text::cells::{BOLD, UNKNOWN, agency_style, behind, counted, fit, number, percent, wrap};
use crate::report::text::table::{Cell, Column, Table};
use crate::report::{all_settings, settings};

/// How the outlets are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Columns of the terminal.
    pub columns: usize,
    /// What is shown of them.
    pub select: Select,
    /// Whether to show all parameters.
    pub verbose: bool,
}

impl Default for View {
    fn default() -> Self {
        View { columns: 100, select: Select { top: Some(20), min_articles: 1 }, verbose: false }
    }
}

impl View {
    /// Columns that the name of an outlet has at most.
    fn name(&self) -> usize {
        (self.columns / 3).min(26)
    }

    /// The same where there are two in a line.
    fn name_of_pair(&self) -> usize {
        (self.columns * 2 / 9).min(30)
    }
}

/// Writes the tables, and below them what their columns mean.
///
/// # Errors
/// What `out` returns.
pub fn write(out: &mut dyn Write, found: &Outlets, view: &View) -> io::Result<()> {
    let shown: Vec<&Outlet> = view.select.outlets(found).map(|(_, outlet)| outlet).collect();
    if !shown.is_empty() {
        outlets(&shown, view).write(out, view.columns, 0)?;
        writeln!(out)?;
    }
    summary(out, found, view)?;
    let n_left_out = Select { top: None, ..view.select }.outlets(found).count() - shown.len();
    if n_left_out > 0 {
        more(out, &counted(n_left_out, "more outlet", "more outlets"), view)?;
    }
    agencies::write(out, found, &shown, view)?;
    pairs(out, found, view)?;
    pairs_outside_agencies(out, found, view)?;
    footnotes(out, found, !shown.is_empty(), view)
}

/// Says what was left out, and how to see it.
fn more(out: &mut dyn Write, rest: &str, view: &View) -> io::Result<()> {
    let lines = wrap(&format!("{rest}: --all shows every one."), view.columns);
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn outlets(shown: &[&Outlet], view: &View) -> Table {
    let mut table = Table::new(vec![
        Column::words("Outlet", view.name()),
        Column::figures("Articles"),
        Column::figures("Agency"),
        Column::figures("Credited").dispensable(),
        Column::figures("Uncredited").dispensable(),
        Column::figures("First").dispensable(),
        Column::figures("Lag").dispensable(),
        Column::figures("Kept").dispensable(),
        Column::figures("Added").dispensable(),
        Column::figures("Own"),
    ]);
    for outlet in shown {
        let share = |share: Option<f64>| Cell::from(share.map_or_else(|| UNKNOWN.to_owned(), percent));
        let first = format!("{} of {}", number(outlet.first), number(outlet.shared_stories));
        table.push(vec![
            name(outlet, view),
            number(outlet.articles).into(),
            percent(outlet.share_agency()).into(),
            share(outlet.copies.share_credited()),
            number(outlet.copies.uncredited()).into(),
            if outlet.shared_stories == 0 { UNKNOWN.into() } else { first.into() },
            behind(outlet.median_lag_seconds).into(),
            share(outlet.mean_kept),
            share(outlet.mean_added),
            share(outlet.originality),
        ]);
    }
    table
}

/// An outlet's name; an agency's own site has the agency's code and color.
fn name(outlet: &Outlet, view: &View) -> Cell {
    let Some(agency) = outlet.agency else { return Cell::new(outlet.name.as_str(), BOLD) };
    let code = format!(" ({})", agency.agency().code);
    let room = view.name().saturating_sub(code.len());
    Cell::new(fit(&outlet.name, room) + &code, agency_style(agency))
}

fn summary(out: &mut dyn Write, found: &Outlets, view: &View) -> io::Result<()> {
    let mut parts = vec![
        counted(found.counts.articles as usize, "article", "articles"),
        counted(found.outlets.len(), "outlet", "outlets"),
        counted(found.agencies.len(), "agency", "agencies"),
        counted(found.shared_stories as usize, "shared story", "shared stories"),
    ];
    if found.without_outlet > 0 {
        parts.push(format!("{} without an outlet", number(found.without_outlet)));
    }
    parts.push(format!("{} skipped", number(found.counts.rejected)));
    bold(out, &parts.join(" · "), view)
}

/// Writes a line of ours that is read first.
fn bold(out: &mut dyn Write, text: &str, view: &View) -> io::Result<()> {
    wrap(text, view.columns).iter().try_for_each(|line| writeln!(out, "{BOLD}{line}{BOLD:#}"))
}

/// Writes what a table is of, with a line free before and after.
fn heading(out: &mut dyn Write, text: &str, view: &View) -> io::Result<()> {
    writeln!(out)?;
    bold(out, text, view)?;
    writeln!(out)
}

fn pairs(out: &mut dyn Write, found: &Outlets, view: &View) -> io::Result<()> {
    let shown: Vec<&Pair> = view.select.pairs(found).collect();
    if shown.is_empty() {
        return Ok(());
    }
    let mut table = Table::new(vec![
        Column::words("Outlet", view.name_of_pair()),
        Column::words("And", view.name_of_pair()),
        Column::figures("Stories"),
        Column::figures("Agencies'").dispensable(),
        Column::figures("Overlap"),
    ]);
    for pair in &shown {
        let [a, b] = names(pair, found);
        table.push(vec![
            a,
            b,
            Cell::new(number(pair.stories()), BOLD),
            number(pair.of_agencies.stories).into(),
            percent(pair.jaccard).into(),
        ]);
    }
    heading(out, "Outlets with the most stories in common", view)?;
    table.write(out, view.columns, 0)?;
    let n_left_out = Select { top: None, ..view.select }.pairs(found).count() - shown.len();
    if n_left_out > 0 {
        writeln!(out)?;
        more(out, &counted(n_left_out, "more pair", "more pairs"), view)?;
    }
    Ok(())
}

fn pairs_outside_agencies(out: &mut dyn Write, found: &Outlets, view: &View) -> io::Result<()> {
    let shown: Vec<&Pair> = view.select.pairs_outside_agencies(found).collect();
    if shown.is_empty() {
        return Ok(());
    }
    let mut table = Table::new(vec![
        Column::words("Outlet", view.name_of_pair()),
        Column::words("And", view.name_of_pair()),
        Column::figures("Stories"),
        Column::figures("Ahead").dispensable(),
        Column::figures("By"),
    ]);
    for pair in &shown {
        let [a, b] = names(pair, found);
        let [ahead_a, ahead_b] = pair.of_others.ahead;
        // The one that was ahead more often comes first.
        let (both, ahead) =
            if ahead_b.stories > ahead_a.stories { ([b, a], [ahead_b, ahead_a]) } else { ([a, b], [ahead_a, ahead_b]) };
        let ([one, other], (ahead, by)) = (both, leads(ahead));
        table.push(vec![one, other, Cell::new(number(pair.of_others.stories), BOLD), ahead.into(), by.into()]);
    }
    heading(out, "Outlets with the most stories in common that no agency wrote", view)?;
    table.write(out, view.columns, 0)
}

fn names(pair: &Pair, found: &Outlets) -> [Cell; 2] {
    pair.outlets.map(|at| Cell::from(found.outlets[at].name.as_str()))
}

/// How often each of two was ahead, and by how much the first.
fn leads([one, other]: [Ahead; 2]) -> (String, String) {
    if one.stories + other.stories == 0 {
        return (UNKNOWN.to_owned(), UNKNOWN.to_owned());
    }
    (format!("{} : {}", number(one.stories), number(other.stories)), behind(one.median_lag_seconds))
}

/// What the columns of the first table mean.
const OF_OUTLETS: &str = "Agency: share of the outlet's articles that are agencies' stories; an agency's own site, marked by \
    its code, is the source of its own. Credited: share of these that credit that agency. Uncredited: those that name \
    neither the agency nor one that passed it on; the rest name that one alone. First: stories that it had before all others, of those that others have too. Lag: median time \
    behind the first, in the rest. Kept: mean share of a dispatch that its copies have. Added: mean share of its copies that \
    is not the dispatch. Own (originality): mean share of an article that is the outlet's own: all of it where nobody else \
    has the story and no agency wrote it, or where the outlet had it first; else what it added. Pages that carry several \
    stories are left out.";
/// And those of the pairs.
const OF_PAIRS: &str = "Agencies': those of the stories in common that agencies wrote. Overlap: stories in common over all \
    stories of either.";
/// And those of the pairs outside the agencies.
const OF_AHEAD: &str = "Ahead: how many of the stories each of the two had before the other. By: median time by which the \
    first of the two was ahead.";

fn footnotes(out: &mut dyn Write, found: &Outlets, has_outlets: bool, view: &View) -> io::Result<()> {
    writeln!(out)?;
    let has_pairs = view.select.pairs(found).next().is_some();
    let has_others = view.select.pairs_outside_agencies(found).next().is_some();
    for (note, applies) in [(OF_OUTLETS, has_outlets), (OF_PAIRS, has_pairs), (OF_AHEAD, has_others)] {
        if applies {
            aside(out, note, view.columns)?;
        }
    }
    if has_pairs && found.capped_stories > 0 {
        let stories = counted(found.capped_stories as usize, "story has", "stories have");
        let capped =
            format!("{stories} more than {PAIRED_OUTLETS} outlets: of these the {PAIRED_OUTLETS} largest are paired.");
        aside(out, &capped, view.columns)?;
    }
    if found.n_pairs > found.pairs.len() as u64 {
        let all = counted(found.n_pairs as usize, "pair", "pairs");
        let held = format!("Of {all} those with the most stories in common are here.");
        aside(out, &held, view.columns)?;
    }
    let settings = if view.verbose { all_settings(&found.params) } else { settings(&found.params) };
    aside(out, &settings, view.columns)
}
