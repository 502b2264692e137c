//! A table without borders: columns as wide as what they hold, the last one as wide as there is room for.
//!
//! By hand rather than with a crate: cells are styled, rows have notes below them, and on a narrow terminal whole
//! columns step back instead of every cell being broken into lines.

use std::io::{self, Write};

use anstyle::Style;

use super::cells::{DIM, fit, width};

/// A column.
pub(in crate::report) struct Column {
    title: &'static str,
    right: bool,
    max: usize,
    dispensable: bool,
}

impl Column {
    /// A column of words, at most so wide.
    pub(in crate::report) fn words(title: &'static str, max: usize) -> Self {
        Column { title, right: false, max, dispensable: false }
    }

    /// A column of figures.
    pub(in crate::report) fn figures(title: &'static str) -> Self {
        Column { title, right: true, max: 16, dispensable: false }
    }

    /// This column, left out where the terminal is too narrow for all.
    pub(in crate::report) fn dispensable(self) -> Self {
        Column { dispensable: true, ..self }
    }
}

/// A cell: its text and how it looks. The text is made safe and cut when it is written.
pub(in crate::report) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    pub(in crate::report) fn new(text: impl Into<String>, style: Style) -> Self {
        Cell { text: text.into(), style }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Cell::new(text, Style::new())
    }
}

/// A row, and lines that stand below it over the whole width.
struct Row {
    cells: Vec<Cell>,
    notes: Vec<Cell>,
}

/// A table, filled row by row.
pub(in crate::report) struct Table {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

/// Spaces between columns.
const GAP: usize = 2;
/// Columns of the terminal that the last column needs, before dispensable ones are left out for it.
const MIN_LAST: usize = 24;
/// Columns of the terminal that the last column keeps, come what may.
const LEAST_LAST: usize = 8;

impl Table {
    pub(in crate::report) fn new(columns: Vec<Column>) -> Self {
        Table { columns, rows: Vec::new() }
    }

    /// Adds a row: one cell a column.
    pub(in crate::report) fn push(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.rows.push(Row { cells, notes: Vec::new() });
    }

    /// Adds a line below the last row.
    pub(in crate::report) fn note(&mut self, note: Cell) {
        if let Some(row) = self.rows.last_mut() {
            row.notes.push(note);
        }
    }

    /// Writes the table into so many columns of a terminal, each line indented.
    pub(in crate::report) fn write(&self, out: &mut dyn Write, columns: usize, indent: usize) -> io::Result<()> {
        let columns = columns.saturating_sub(indent);
        let widths = self.widths(columns);
        let margin = " ".repeat(indent);
        let titles: Vec<Cell> = self.columns.iter().map(|column| Cell::new(column.title, DIM)).collect();
        self.write_cells(out, &margin, &titles, &widths)?;
        let shown: Vec<usize> = widths.iter().copied().flatten().collect();
        let total = shown.iter().sum::<usize>() + GAP * shown.len().saturating_sub(1);
        writeln!(out, "{margin}{DIM}{}{DIM:#}", "─".repeat(total))?;
        for row in &self.rows {
            self.write_cells(out, &margin, &row.cells, &widths)?;
            for Cell { text, style } in &row.notes {
                writeln!(out, "{margin}  {style}{}{style:#}", fit(text, columns.saturating_sub(2)))?;
            }
        }
        Ok(())
    }

    /// The width of each column; `None` where it is left out.
    fn widths(&self, columns: usize) -> Vec<Option<usize>> {
        let mut widths: Vec<Option<usize>> = (0..self.columns.len()).map(|at| Some(self.wanted(at))).collect();
        let Some((last, fixed)) = widths.split_last_mut() else { return widths };
        let wanted = last.unwrap_or(0);
        let taken = |fixed: &[Option<usize>]| fixed.iter().flatten().map(|width| width + GAP).sum::<usize>();
        for at in (0..fixed.len()).rev().filter(|&at| self.columns[at].dispensable) {
            if taken(fixed) + wanted.min(MIN_LAST) > columns {
                fixed[at] = None;
            }
        }
        *last = Some(wanted.min(columns.saturating_sub(taken(fixed)).max(LEAST_LAST)));
        widths
    }

    /// The width that a column's cells ask for.
    fn wanted(&self, at: usize) -> usize {
        let Column { title, max, .. } = self.columns[at];
        self.rows.iter().map(|row| width(&fit(&row.cells[at].text, max))).max().unwrap_or(0).max(width(title))
    }

    fn write_cells(
        &self,
        out: &mut dyn Write,
        margin: &str,
        cells: &[Cell],
        widths: &[Option<usize>],
    ) -> io::Result<()> {
        out.write_all(margin.as_bytes())?;
        let n_columns = self.columns.len();
        for (at, (Cell { text, style }, column)) in cells.iter().zip(&self.columns).enumerate() {
            let Some(wide) = widths[at] else { continue };
            let text = fit(text, wide);
            let padding = " ".repeat(wide.saturating_sub(width(&text)));
            let (before, after) = if column.right { (padding.as_str(), "") } else { ("", padding.as_str()) };
            if at + 1 == n_columns {
                write!(out, "{before}{style}{text}{style:#}")?;
            } else {
                write!(out, "{before}{style}{text}{style:#}{after}{:GAP$}", "")?;
            }
        }
        writeln!(out)
    }
}
