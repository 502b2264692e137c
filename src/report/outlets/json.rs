//! Outlets as JSON lines. `kind` says what a line is: one `corpus`, then `outlet`s, `agency`s and `pair`s.

use std::io::{self, Write};

use serde::Serialize;

use super::Select;
use crate::outlets::{Ahead, Credits, Outlet, Outlets, Pair, Shared};
use crate::params::Params;
use crate::report::json::write_line;
use crate::report::{PROGRAM, rounded};

/// Writes one line for the run, with its parameters, then one an outlet, one an agency and one a pair. Lags are in seconds,
/// shares have four decimals; what is not known is `null`.
///
/// # Errors
/// What `out` returns.
pub fn write(out: &mut dyn Write, found: &Outlets, select: Select) -> io::Result<()> {
    write_line(out, &Line::corpus(found))?;
    select.outlets(found).try_for_each(|(_, outlet)| write_line(out, &Line::outlet(outlet)))?;
    for used in select.agencies(found) {
        let line = Line::Agency {
            agency: used.agency.agency().id,
            name: used.agency.agency().name,
            stories: used.stories,
            outlets: used.outlets,
            copies: CreditsPart::new(used.copies),
            own_dispatches: used.own_dispatches,
        };
        write_line(out, &line)?;
    }
    select.pairs(found).try_for_each(|pair| write_line(out, &Line::pair(pair, found)))
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Line<'a> {
    Corpus {
        articles: u64,
        skipped: u64,
        without_outlet: u64,
        outlets: usize,
        shared_stories: u64,
        pairs: u64,
        capped_stories: u64,
        made_with: &'static str,
        params: &'a Params,
    },
    Outlet {
        outlet: &'a str,
        own_site_of: Option<&'static str>,
        articles: u64,
        stories: u64,
        shared_stories: u64,
        shared_articles: u64,
        roundups: u64,
        own_dispatches: u64,
        #[serde(flatten)]
        copies: CreditsPart,
        share_agency: f64,
        share_credited: Option<f64>,
        first: u64,
        median_lag_seconds: Option<i64>,
        mean_kept: Option<f64>,
        mean_added: Option<f64>,
        originality: Option<f64>,
        unpaired: u64,
        agencies: Vec<OfAgencyPart>,
    },
    Agency {
        agency: &'static str,
        name: &'static str,
        stories: u64,
        outlets: u64,
        #[serde(flatten)]
        copies: CreditsPart,
        own_dispatches: u64,
    },
    Pair {
        outlets: [&'a str; 2],
        stories: u64,
        jaccard: f64,
        of_agencies: SharedPart,
        of_others: SharedPart,
    },
}

#[derive(Serialize)]
struct OfAgencyPart {
    agency: &'static str,
    #[serde(flatten)]
    copies: CreditsPart,
}

#[derive(Serialize)]
struct CreditsPart {
    agency_copies: u64,
    credited: u64,
    credited_other: u64,
    uncredited: u64,
}

/// Both lists are in the order of the pair's outlets.
#[derive(Serialize)]
struct SharedPart {
    stories: u64,
    ahead: [u64; 2],
    ahead_median_seconds: [Option<i64>; 2],
}

impl CreditsPart {
    fn new(copies: Credits) -> Self {
        let Credits { copies: agency_copies, credited, credited_other } = copies;
        CreditsPart { agency_copies, credited, credited_other, uncredited: copies.uncredited() }
    }
}

impl SharedPart {
    fn new(shared: Shared) -> Self {
        SharedPart {
            stories: shared.stories,
            ahead: shared.ahead.map(|ahead: Ahead| ahead.stories),
            ahead_median_seconds: shared.ahead.map(|ahead| ahead.median_lag_seconds),
        }
    }
}

impl<'a> Line<'a> {
    fn corpus(found: &'a Outlets) -> Self {
        Line::Corpus {
            articles: found.counts.articles,
            skipped: found.counts.rejected,
            without_outlet: found.without_outlet,
            outlets: found.outlets.len(),
            shared_stories: found.shared_stories,
            pairs: found.n_pairs,
            capped_stories: found.capped_stories,
            made_with: PROGRAM,
            params: &found.params,
        }
    }

    fn outlet(outlet: &'a Outlet) -> Self {
        let agencies = outlet.agencies.iter().map(|of_agency| OfAgencyPart {
            agency: of_agency.agency.agency().id,
            copies: CreditsPart::new(of_agency.copies),
        });
        Line::Outlet {
            outlet: &outlet.name,
            own_site_of: outlet.agency.map(|agency| agency.agency().id),
            articles: outlet.articles,
            stories: outlet.stories,
            shared_stories: outlet.shared_stories,
            shared_articles: outlet.shared_articles,
            roundups: outlet.roundups,
            own_dispatches: outlet.own_dispatches,
            copies: CreditsPart::new(outlet.copies),
            share_agency: rounded(outlet.share_agency()),
            share_credited: outlet.copies.share_credited().map(rounded),
            first: outlet.first,
            median_lag_seconds: outlet.median_lag_seconds,
            mean_kept: outlet.mean_kept.map(rounded),
            mean_added: outlet.mean_added.map(rounded),
            originality: outlet.originality.map(rounded),
            unpaired: outlet.unpaired,
            agencies: agencies.collect(),
        }
    }

    fn pair(pair: &Pair, found: &'a Outlets) -> Self {
        Line::Pair {
            outlets: pair.outlets.map(|at| found.outlets[at].name.as_str()),
            stories: pair.stories(),
            jaccard: rounded(pair.jaccard),
            of_agencies: SharedPart::new(pair.of_agencies),
            of_others: SharedPart::new(pair.of_others),
        }
    }
}
