//! Outlets, agencies by outlet, or pairs as CSV, for spreadsheets: see [`crate::report::csv`] on cells that would run.

use std::io::{self, Write};

use super::Select;
use crate::outlets::{Ahead, Credits, Outlet, Outlets, Pair};
use crate::report::csv::{cell, unwrapped};
use crate::report::{rounded, settings};

/// Which table is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Table {
    /// One line an outlet.
    #[default]
    Outlets,
    /// One line for each agency that an outlet has copies of.
    Agencies,
    /// One line for each pair of outlets.
    Pairs,
}

/// The columns of [`Table::Outlets`], in order.
pub const OUTLETS: [&str; 22] = [
    "outlet",
    "own_site_of",
    "articles",
    "stories",
    "shared_stories",
    "shared_articles",
    "roundups",
    "own_dispatches",
    "agency_copies",
    "credited",
    "credited_other",
    "uncredited",
    "share_agency",
    "share_credited",
    "first",
    "median_lag_seconds",
    "mean_kept",
    "mean_added",
    "originality",
    "agencies",
    "unpaired",
    "made_with",
];

/// The columns of [`Table::Agencies`], in order.
pub const AGENCIES: [&str; 8] =
    ["outlet", "agency", "agency_name", "copies", "credited", "credited_other", "uncredited", "made_with"];

/// The columns of [`Table::Pairs`], in order.
pub const PAIRS: [&str; 15] = [
    "outlet_a",
    "outlet_b",
    "stories",
    "jaccard",
    "agency_stories",
    "agency_a_ahead",
    "agency_a_ahead_median_seconds",
    "agency_b_ahead",
    "agency_b_ahead_median_seconds",
    "other_stories",
    "other_a_ahead",
    "other_a_ahead_median_seconds",
    "other_b_ahead",
    "other_b_ahead_median_seconds",
    "made_with",
];

/// Writes a header and the lines of one table. What is not known is an empty cell.
///
/// # Errors
/// What `out` returns.
pub fn write(out: &mut dyn Write, found: &Outlets, select: Select, table: Table) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    let made_with = settings(&found.params);
    let mut line = |cells: &[String]| writer.write_record(cells).map_err(unwrapped);
    match table {
        Table::Outlets => {
            line(&OUTLETS.map(str::to_owned))?;
            select.outlets(found).try_for_each(|(_, outlet)| line(&outlet_cells(outlet, &made_with)))?;
        }
        Table::Agencies => {
            line(&AGENCIES.map(str::to_owned))?;
            for (_, outlet) in select.outlets(found) {
                agency_cells(outlet, &made_with).try_for_each(|cells| line(&cells))?;
            }
        }
        Table::Pairs => {
            line(&PAIRS.map(str::to_owned))?;
            select.pairs(found).try_for_each(|pair| line(&pair_cells(pair, found, &made_with)))?;
        }
    }
    writer.flush()
}

fn outlet_cells(outlet: &Outlet, made_with: &str) -> [String; OUTLETS.len()] {
    let n = |n: u64| n.to_string();
    let [copies, credited, credited_other, uncredited] = credits(outlet.copies);
    [
        cell(&outlet.name),
        outlet.agency.map_or_else(String::new, |agency| cell(agency.agency().id)),
        n(outlet.articles),
        n(outlet.stories),
        n(outlet.shared_stories),
        n(outlet.shared_articles),
        n(outlet.roundups),
        n(outlet.own_dispatches),
        copies,
        credited,
        credited_other,
        uncredited,
        share(Some(outlet.share_agency())),
        share(outlet.copies.share_credited()),
        n(outlet.first),
        outlet.median_lag_seconds.map_or_else(String::new, |lag| lag.to_string()),
        share(outlet.mean_kept),
        share(outlet.mean_added),
        share(outlet.originality),
        n(outlet.agencies.len() as u64),
        n(outlet.unpaired),
        made_with.to_owned(),
    ]
}

fn agency_cells(outlet: &Outlet, made_with: &str) -> impl Iterator<Item = [String; AGENCIES.len()]> {
    outlet.agencies.iter().map(move |of_agency| {
        let agency = of_agency.agency.agency();
        let [copies, credited, credited_other, uncredited] = credits(of_agency.copies);
        let (id, name) = (cell(agency.id), cell(agency.name));
        [cell(&outlet.name), id, name, copies, credited, credited_other, uncredited, made_with.to_owned()]
    })
}

fn pair_cells(pair: &Pair, found: &Outlets, made_with: &str) -> [String; PAIRS.len()] {
    let [a, b] = pair.outlets.map(|at| cell(&found.outlets[at].name));
    let ahead = |ahead: Ahead| {
        [ahead.stories.to_string(), ahead.median_lag_seconds.map_or_else(String::new, |lag| lag.to_string())]
    };
    let [[agency_a, agency_a_lag], [agency_b, agency_b_lag]] = pair.of_agencies.ahead.map(ahead);
    let [[other_a, other_a_lag], [other_b, other_b_lag]] = pair.of_others.ahead.map(ahead);
    [
        a,
        b,
        pair.stories().to_string(),
        share(Some(pair.jaccard)),
        pair.of_agencies.stories.to_string(),
        agency_a,
        agency_a_lag,
        agency_b,
        agency_b_lag,
        pair.of_others.stories.to_string(),
        other_a,
        other_a_lag,
        other_b,
        other_b_lag,
        made_with.to_owned(),
    ]
}

fn credits(copies: Credits) -> [String; 4] {
    [copies.copies, copies.credited, copies.credited_other, copies.uncredited()].map(|n| n.to_string())
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(String::new, |share| rounded(share).to_string())
}
