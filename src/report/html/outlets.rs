//! The page of the outlets: each with what it has of the agencies, and the pairs that have most in common.

use super::charts::Share;
use super::view::outlet_name;
use crate::outlets::{Ahead, Outlet, Outlets, Pair};
use crate::report::words::{UNKNOWN, behind, counted, lag, number, percent};

/// Outlets that are listed, outlets and agencies of the table of both, pairs, and outlets in the overview.
const LISTED: usize = 500;
const CROSSED: (usize, usize) = (30, 12);
const PAIRS: usize = 50;
const OVERVIEW: usize = 10;

/// What the template is given of the outlets.
#[derive(Debug)]
pub(super) struct OutletsView {
    pub(super) rows: Vec<OutletRow>,
    /// The outlets with most agency copies, for the overview; only those that have any.
    pub(super) top: Vec<OutletRow>,
    /// What is not listed; empty if all is.
    pub(super) more: String,
    pub(super) crossed: Crossed,
    pub(super) pairs: Vec<PairRow>,
    pub(super) pairs_outside_agencies: Vec<PairRow>,
}

/// An outlet. Each figure is beside what it is sorted by.
#[derive(Debug, Clone)]
pub(super) struct OutletRow {
    pub(super) name: String,
    /// The agency whose own site it is; empty if none.
    pub(super) agency: &'static str,
    pub(super) articles: u64,
    /// Its articles: credited copies and own dispatches, uncredited copies, others.
    pub(super) share: Share,
    pub(super) of_agencies: Figure,
    pub(super) credited: Figure,
    pub(super) uncredited: u64,
    pub(super) lag: Figure,
    pub(super) first: u64,
    pub(super) kept: Figure,
    pub(super) original: Figure,
}

/// A figure as it is shown, and as it is sorted: what is not known comes last.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub(super) shown: String,
    pub(super) value: String,
}

/// Outlets by agencies.
#[derive(Debug)]
pub(super) struct Crossed {
    pub(super) agencies: Vec<&'static str>,
    pub(super) rows: Vec<CrossedRow>,
}

/// An outlet in that table.
#[derive(Debug)]
pub(super) struct CrossedRow {
    pub(super) name: String,
    pub(super) cells: Vec<CrossedCell>,
}

/// Copies that an outlet has of an agency.
#[derive(Debug)]
pub(super) struct CrossedCell {
    /// Empty where there are none.
    pub(super) copies: String,
    /// 0 to 5: how dark it is.
    pub(super) heat: usize,
    /// In words.
    pub(super) label: String,
}

/// Two outlets.
#[derive(Debug)]
pub(super) struct PairRow {
    pub(super) names: [String; 2],
    pub(super) stories: String,
    pub(super) of_agencies: String,
    pub(super) overlap: String,
    /// Who was ahead, how often, and by how much; empty where nobody was.
    pub(super) ahead: String,
}

impl OutletsView {
    pub(super) fn new(found: &Outlets) -> Self {
        let rows: Vec<OutletRow> = found.outlets.iter().take(LISTED).map(OutletRow::new).collect();
        let more = found.outlets.len() - rows.len();
        let with_copies = found.outlets.iter().filter(|outlet| outlet.agency.is_none() && outlet.copies.copies > 0);
        OutletsView {
            top: with_copies.take(OVERVIEW).map(OutletRow::new).collect(),
            rows,
            more: if more > 0 { counted(more, "more outlet", "more outlets") } else { String::new() },
            crossed: Crossed::new(found),
            pairs: found.pairs.iter().take(PAIRS).map(|pair| PairRow::new(pair, found, false)).collect(),
            pairs_outside_agencies: found
                .pairs_outside_agencies()
                .into_iter()
                .take(PAIRS)
                .map(|pair| PairRow::new(pair, found, true))
                .collect(),
        }
    }
}

impl OutletRow {
    fn new(outlet: &Outlet) -> Self {
        let uncredited = outlet.copies.uncredited();
        let credited = outlet.copies.copies - uncredited + outlet.own_dispatches;
        let others = outlet.articles.saturating_sub(credited + uncredited);
        let parts = [credited, uncredited, others].map(|n| n as usize);
        OutletRow {
            name: outlet_name(&outlet.name),
            agency: outlet.agency.map_or("", |agency| agency.agency().code),
            articles: outlet.articles,
            share: Share::new(outlet.articles as usize, &parts),
            of_agencies: Figure::share(Some(outlet.share_agency())),
            credited: Figure::share(outlet.copies.share_credited()),
            uncredited,
            lag: Figure {
                shown: behind(outlet.median_lag_seconds),
                value: outlet.median_lag_seconds.map_or_else(String::new, |seconds| seconds.to_string()),
            },
            first: outlet.first,
            kept: Figure::share(outlet.mean_kept),
            original: Figure::share(outlet.originality),
        }
    }
}

impl Figure {
    fn share(share: Option<f64>) -> Self {
        Figure {
            shown: share.map_or_else(|| UNKNOWN.to_owned(), percent),
            value: share.map_or_else(String::new, |share| format!("{share:.4}")),
        }
    }
}

impl Crossed {
    fn new(found: &Outlets) -> Self {
        let agencies: Vec<_> = found.agencies.iter().map(|used| used.agency).take(CROSSED.1).collect();
        let outlets = found.outlets.iter().filter(|outlet| outlet.copies.copies > 0).take(CROSSED.0);
        let copies = |outlet: &Outlet, agency| {
            outlet
                .agencies
                .iter()
                .find(|of| of.agency == agency)
                .map_or((0, 0), |of| (of.copies.copies, of.copies.uncredited()))
        };
        let most =
            found.outlets.iter().flat_map(|outlet| &outlet.agencies).map(|of| of.copies.copies).max().unwrap_or(1);
        let row = |outlet: &Outlet| CrossedRow {
            name: outlet_name(&outlet.name),
            cells: agencies.iter().map(|&agency| CrossedCell::new(copies(outlet, agency), most)).collect(),
        };
        Crossed {
            rows: outlets.map(row).collect(),
            agencies: agencies.iter().map(|agency| agency.agency().code).collect(),
        }
    }
}

impl CrossedCell {
    fn new((copies, uncredited): (u64, u64), most: u64) -> Self {
        CrossedCell {
            copies: if copies > 0 { number(copies) } else { String::new() },
            heat: (5.0 * copies as f64 / most.max(1) as f64).ceil() as usize,
            label: format!("{}, {} uncredited", counted(copies as usize, "copy", "copies"), number(uncredited)),
        }
    }
}

impl PairRow {
    /// Of all stories that two outlets have in common, or of those outside the agencies.
    fn new(pair: &Pair, found: &Outlets, outside_agencies: bool) -> Self {
        let names = pair.outlets.map(|at| outlet_name(&found.outlets[at].name));
        let ahead = if outside_agencies { ahead(&names, &pair.of_others.ahead) } else { String::new() };
        PairRow {
            stories: number(if outside_agencies { pair.of_others.stories } else { pair.stories() }),
            of_agencies: number(pair.of_agencies.stories),
            overlap: percent(pair.jaccard),
            ahead,
            names,
        }
    }
}

fn ahead(names: &[String; 2], ahead: &[Ahead; 2]) -> String {
    let said = names.iter().zip(ahead).filter(|(_, ahead)| ahead.stories > 0).map(|(name, ahead)| {
        let by = ahead
            .median_lag_seconds
            .map_or_else(String::new, |seconds| format!(", by {}", lag(seconds).trim_start_matches('+')));
        format!("{name} first in {}{by}", number(ahead.stories))
    });
    said.collect::<Vec<_>>().join("; ")
}
