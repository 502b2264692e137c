//! One story, opened: whose it is and why, its versions, every copy, and the pages that carry it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::cells::{
    BOLD, DIM, Dates, UNKNOWN, agency_style, at_outlets, bar, counted, dateline, fit, full_date, lag, number, percent,
    wrap,
};
use super::changes::changes_of_versions;
use super::table::{Cell, Column, Table};
use super::{View, aside, made_with};
use crate::agency;
use crate::changes::Changes;
use crate::clean::credit::Place;
use crate::clean::same_words;
use crate::params::Params;
use crate::story::{Attribution, Copy, Evidence, EvidenceKind, Relation, Story, WeakestLink};

/// What the columns of figures are, for whoever opens a story for the first time.
const GLOSSARY: &str = "Times are UTC. Kept: share of the dispatch that is in the copy. Added: share of the copy that is \
    not the dispatch's.";

/// Columns before the text of the head.
const LABEL: usize = 10;

/// Writes one story with everything that is known of it. `changes` are those from each of its versions to the next, the
/// second against the first at the beginning; none are shown where none are given.
///
/// # Errors
/// What `out` returns.
pub fn opened(out: &mut dyn Write, story: &Story, changes: &[Changes], params: &Params, view: &View) -> io::Result<()> {
    head(out, story, view)?;
    let dates = Dates::of(story.copies.iter().filter_map(|copy| copy.published));
    if story.versions.len() > 1 {
        writeln!(out)?;
        versions(story, dates).write(out, view.columns, 0)?;
        changes_of_versions(out, &story.versions, changes, view.columns)?;
    }
    writeln!(out)?;
    copies(story, dates, view).write(out, view.columns, 0)?;
    if !story.carried_by.is_empty() {
        let pages = counted(story.carried_by.len(), "page", "pages");
        writeln!(out, "\nCarried among other stories by {pages}:\n")?;
        carriers(story).write(out, view.columns, 0)?;
    }
    writeln!(out)?;
    aside(out, GLOSSARY, view.columns)?;
    made_with(out, params, view)
}

fn head(out: &mut dyn Write, story: &Story, view: &View) -> io::Result<()> {
    // Two lines of headline are enough, however long a page makes it.
    let headline = fit(story.headline.as_deref().unwrap_or("(no headline)"), 2 * view.columns);
    for line in wrap(&headline, view.columns) {
        writeln!(out, "{BOLD}{line}{BOLD:#}")?;
    }
    writeln!(out)?;
    let mut fact = |label: &str, text: &str| fact(out, label, text, view.columns);
    fact("Story", &story.id)?;
    match &story.agency {
        None => fact("Agency", "unknown: no copy says enough")?,
        Some(attribution) => {
            agency(&mut fact, attribution)?;
            if story.n_uncredited() > 0 {
                fact("No credit", &uncredited(story))?;
            }
        }
    }
    if let Some(line) = &story.dateline {
        fact("Dateline", &fit(&dateline(line), 2 * view.columns))?;
    }
    fact("Spread", &spread(story))?;
    match &story.weakest_link {
        None => fact("Link", "none: there is one copy"),
        Some(link) => fact("Link", &weakest(link)),
    }
}

/// Writes a labeled text, wrapped beside its label.
fn fact(out: &mut dyn Write, label: &str, text: &str, columns: usize) -> io::Result<()> {
    for (line, at) in wrap(text, columns.saturating_sub(LABEL).max(LABEL)).iter().zip(0..) {
        let label = if at == 0 { label } else { "" };
        writeln!(out, "{DIM}{label:<LABEL$}{DIM:#}{line}")?;
    }
    Ok(())
}

fn agency(fact: &mut dyn FnMut(&str, &str) -> io::Result<()>, attribution: &Attribution) -> io::Result<()> {
    let agency = attribution.agency.agency();
    let style = agency_style(attribution.agency);
    let name = if agency.name == agency.code { String::new() } else { format!(" ({})", agency.name) };
    let confidence = percent(attribution.confidence);
    fact("Agency", &format!("{style}{}{style:#}{name}, confidence {confidence}", agency.code))?;
    for evidence in &attribution.evidence {
        fact("", &of_evidence(evidence))?;
    }
    for rival in attribution.others.iter().take(MAX_RIVALS) {
        let style = agency_style(rival.agency);
        let (code, probability) = (rival.agency.agency().code, percent(rival.probability));
        let why = rival.evidence.first().map_or_else(String::new, |evidence| format!(": {}", of_evidence(evidence)));
        fact("", &format!("{style}{code}{style:#} {probability}{why}"))?;
    }
    Ok(())
}

/// Other agencies that are shown: a story has one or two that passed it on, rarely more.
const MAX_RIVALS: usize = 4;

/// "dateline in 4 copies at 3 outlets: “(AP)”, line 2 of p-17".
fn of_evidence(evidence: &Evidence) -> String {
    let copies = counted(evidence.copies, "copy", "copies");
    let outlets = at_outlets(evidence.outlets);
    let place = match evidence.place {
        None => String::new(),
        Some(Place::Field { field }) => format!(", field {field} of {}", fit(&evidence.id, 40)),
        Some(Place::Line { line }) => format!(", line {line} of {}", fit(&evidence.id, 40)),
    };
    format!("{} in {copies} {outlets}: “{}”{place}", kind(evidence.kind), fit(&evidence.words, 48))
}

fn kind(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Author => "author field",
        EvidenceKind::Byline => "byline",
        EvidenceKind::Dateline => "dateline",
        EvidenceKind::OwnSite => "own site",
        EvidenceKind::Tail => "credit line",
        EvidenceKind::Contribution => "contribution",
        EvidenceKind::Copyright => "copyright notice",
        EvidenceKind::Relay => "relay",
    }
}

fn uncredited(story: &Story) -> String {
    let copies = counted(story.copies.len(), "copy", "copies");
    format!("in {} of {copies}", number(story.n_uncredited() as u64))
}

fn spread(story: &Story) -> String {
    let copies = counted(story.copies.len(), "copy", "copies");
    let outlets = at_outlets(story.outlets);
    let last = story.copies.iter().filter_map(|copy| copy.published).max();
    match story.first_seen().zip(last) {
        None => format!("{copies} {outlets}, undated"),
        Some((first, last)) if first == last => format!("{copies} {outlets}, {}", full_date(first)),
        Some((first, last)) => format!("{copies} {outlets}, {} to {}", full_date(first), full_date(last)),
    }
}

fn weakest(weakest: &WeakestLink) -> String {
    let [a, b] = weakest.articles.each_ref().map(|id| fit(id, 60));
    let link = &weakest.link;
    format!(
        "weakest: {a} and {b} share {} ({} of the smaller text, {} of both together), longest run {}",
        counted(link.shared_shingles as usize, "shingle", "shingles"),
        percent(link.containment),
        percent(link.resemblance),
        counted(link.longest_run as usize, "word", "words"),
    )
}

fn versions(story: &Story, dates: Dates) -> Table {
    let mut table = Table::new(vec![
        Column::words("Version", 8),
        Column::words("First seen", 12),
        Column::figures("Copies"),
        Column::figures("Words"),
    ]);
    for version in &story.versions {
        table.push(vec![
            version.id.as_str().into(),
            dates.show(version.first_seen).into(),
            Cell::new(number(version.copies as u64), BOLD),
            number(u64::from(version.words)).into(),
        ]);
    }
    table
}

fn copies(story: &Story, dates: Dates, view: &View) -> Table {
    let mut table = Table::new(vec![
        Column::words("Published", 12),
        Column::figures("Lag").dispensable(),
        Column::words("Outlet", 22),
        Column::words("Ver.", 4).dispensable(),
        Column::words("Relation", 9),
        Column::words("Kept", 11).dispensable(),
        Column::figures("Added").dispensable(),
        Column::words("Credit", 12),
    ]);
    for copy in &story.copies {
        table.push(row(copy, dates));
        let headline = copy.headline.as_deref().unwrap_or_default();
        // The page's own headline is news only where it is not the one at the head.
        if !headline.is_empty() && !same_words(headline, story.headline.as_deref().unwrap_or_default()) {
            table.note(Cell::new(format!("↳ {headline}"), Style::new().italic()));
        }
        if view.verbose {
            let url = copy.url.as_deref().filter(|&url| url != copy.id).unwrap_or_default();
            table.note(Cell::new(format!("{} {url}", copy.id), DIM));
        }
    }
    table
}

fn row(copy: &Copy, dates: Dates) -> Vec<Cell> {
    vec![
        dates.show(copy.published).into(),
        Cell::new(copy.lag_seconds.map_or_else(|| UNKNOWN.to_owned(), lag), DIM),
        outlet(&copy.outlet),
        copy.version.as_str().into(),
        Cell::new(copy.relation.name(), relation_style(copy.relation)),
        bar(copy.kept).into(),
        percent(copy.added).into(),
        credit(copy),
    ]
}

/// Whom a copy credits, and that it credits nobody where it should.
fn credit(copy: &Copy) -> Cell {
    match copy.credit {
        _ if copy.uncredited => Cell::new("uncredited", BOLD),
        Some(agency) => Cell::new(agency.agency().code, agency_style(agency)),
        None if agency::by_outlet(&copy.outlet).is_some() => Cell::new("own site", DIM),
        None => Cell::new(UNKNOWN, DIM),
    }
}

fn relation_style(relation: Relation) -> Style {
    match relation {
        Relation::Origin => BOLD,
        Relation::Identical => AnsiColor::Green.on_default(),
        Relation::Trimmed => AnsiColor::Cyan.on_default(),
        Relation::Edited => AnsiColor::Yellow.on_default(),
        Relation::Expanded => AnsiColor::Magenta.on_default(),
        Relation::Partial => AnsiColor::Blue.on_default(),
    }
}

fn outlet(outlet: &str) -> Cell {
    if outlet.is_empty() { Cell::new("(unknown outlet)", DIM) } else { outlet.into() }
}

fn carriers(story: &Story) -> Table {
    let mut table =
        Table::new(vec![Column::words("Outlet", 24), Column::words("Kept", 11), Column::words("Page", 120)]);
    for carrier in &story.carried_by {
        table.push(vec![outlet(&carrier.outlet), bar(carrier.kept).into(), Cell::new(carrier.id.as_str(), DIM)]);
    }
    table
}
