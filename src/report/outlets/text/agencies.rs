//! The table of outlets against agencies.

use std::io::{self, Write};

use anstyle::Style;

use super::{View, heading, name};
use crate::outlets::{AgencyUse, Outlet, Outlets};
use crate::report::text::cells::{DIM, agency_style, number, width};
use crate::report::text::table::{Cell, Column, Table};

/// Agencies with a column of their own at most: more are not read.
const MAX_NAMED: usize = 8;
/// Columns of the terminal between two of the table.
const GAP: usize = 2;
const OTHERS: &str = "Others";

/// Writes what outlets have of the agencies: of as many of these as there is room for, and of the others together.
pub(super) fn write(out: &mut dyn Write, found: &Outlets, shown: &[&Outlet], view: &View) -> io::Result<()> {
    let used: Vec<&AgencyUse> = found.agencies.iter().filter(|used| used.copies.copies > 0).collect();
    let rows: Vec<&Outlet> = shown.iter().copied().filter(|outlet| outlet.copies.copies > 0).collect();
    if used.is_empty() || rows.is_empty() {
        return Ok(());
    }
    let (named, others) = used.split_at(n_named(&used, view));
    let mut columns = vec![Column::words("Outlet", view.name())];
    columns.extend(named.iter().map(|used| Column::figures(used.agency.agency().code)));
    columns.extend((!others.is_empty()).then(|| Column::figures(OTHERS)));
    let mut table = Table::new(columns);
    for outlet in rows {
        let mut cells = vec![name(outlet, view)];
        cells.extend(named.iter().map(|used| cell(outlet, &[used], agency_style(used.agency))));
        cells.extend((!others.is_empty()).then(|| cell(outlet, others, Style::new())));
        table.push(cells);
    }
    heading(out, "Copies of each agency's stories (those uncredited)", view)?;
    table.write(out, view.columns, 0)
}

/// How many agencies there is room for. An agency's copies at all outlets take as much as at any one.
fn n_named(used: &[&AgencyUse], view: &View) -> usize {
    let wide = |used: &AgencyUse| {
        let copies = figure(used.copies.copies, used.copies.uncredited());
        width(&copies).max(width(used.agency.agency().code)) + GAP
    };
    let all = used.iter().fold((0, 0), |(n, bare), used| (n + used.copies.copies, bare + used.copies.uncredited()));
    let others = GAP + width(&figure(all.0, all.1)).max(OTHERS.len());
    let mut room = view.columns.saturating_sub(view.name() + others);
    let fitting = used.iter().take(MAX_NAMED).take_while(|used| {
        let wide = wide(used);
        let fits = wide <= room;
        room = room.saturating_sub(wide);
        fits
    });
    fitting.count().max(1)
}

/// An outlet's copies of some agencies together.
fn cell(outlet: &Outlet, of: &[&AgencyUse], style: Style) -> Cell {
    let copies = outlet.agencies.iter().filter(|own| of.iter().any(|used| used.agency == own.agency));
    let sum = copies.fold((0, 0), |(n, bare), own| (n + own.copies.copies, bare + own.copies.uncredited()));
    match sum {
        (0, _) => Cell::new("·", DIM),
        (n, bare) => Cell::new(figure(n, bare), style),
    }
}

/// `34 (5)`: copies, and those of them without a credit.
fn figure(n: u64, bare: u64) -> String {
    if bare == 0 { number(n) } else { format!("{} ({})", number(n), number(bare)) }
}
