//! Rows that were read together, and the article of each.

use std::borrow::Cow;
use std::sync::Arc;

use crate::read::fields::{FieldRole, Fields};
use crate::read::found::{Found, Keys};
use crate::read::parquet::LEAST_WEIGHT;
use crate::read::parquet::layout::{Column, Layout, Shape};
use crate::read::parquet::leaf::Cell;
use crate::read::value::Value;
use crate::read::{MAX_RECORD_BYTES, Parsed, text};

/// Names in a list that are joined, at most this many bytes of them.
const MOST_NAME_BYTES: usize = 64 << 10;

/// Rows that were read together.
#[derive(Debug)]
pub(in crate::read) struct RowBatch {
    layout: Arc<Layout>,
    /// By leaf, then row.
    pub(super) cells: Vec<Vec<Cell>>,
    /// By row.
    weights: Vec<usize>,
    total: usize,
}

impl RowBatch {
    pub(super) fn new(layout: Arc<Layout>) -> Self {
        let cells = layout.leaves.iter().map(|_| Vec::new()).collect();
        RowBatch { layout, cells, weights: Vec::new(), total: 0 }
    }

    /// The rows.
    pub(in crate::read) fn len(&self) -> usize {
        self.weights.len()
    }

    /// Bytes that a row counts for: its values that are looked for.
    pub(in crate::read) fn weight(&self, row: usize) -> usize {
        self.weights[row]
    }

    /// Bytes that all rows count for.
    pub(super) fn total(&self) -> usize {
        self.total
    }

    pub(super) fn clear(&mut self) {
        self.cells.iter_mut().for_each(Vec::clear);
        self.weights.clear();
        self.total = 0;
    }

    /// Weighs rows that were added, up to the row `end`.
    pub(super) fn weigh(&mut self, end: usize) {
        for row in self.weights.len()..end {
            let weight: usize = self.cells.iter().map(|cells| cells[row].weight()).sum();
            self.weights.push(weight.max(LEAST_WEIGHT));
            self.total += weight.max(LEAST_WEIGHT);
        }
    }

    /// The article of a row. `place` gives the id of a row that has none. O(bytes); copies what the article keeps.
    ///
    /// # Errors
    /// The reason why the row is no article, as for a record of another format.
    pub(in crate::read) fn parse(
        &self,
        row: usize,
        fields: &Fields,
        place: impl FnOnce() -> String,
    ) -> Result<Parsed, String> {
        let n_bytes = self.weights[row];
        if n_bytes > MAX_RECORD_BYTES {
            return Err(format!(
                "a record of {n_bytes} bytes; at most {MAX_RECORD_BYTES} are read ({} MiB)",
                MAX_RECORD_BYTES >> 20
            ));
        }
        let mut found = Found::new(fields);
        let mut has = [false; FieldRole::ALL.len()];
        for column in &self.layout.columns {
            let value = self.value(row, column)?;
            has[column.role as usize] |= is_something(&value);
            found.put(column.slot, value);
        }
        // A supplement counts where the row itself has nothing, whatever the names.
        for column in self.layout.supplements.iter().filter(|column| !has[column.role as usize]) {
            found.put(column.slot, self.value(row, column)?);
        }
        found.article(place).map_err(|why| why.explain(fields, || self.names()))
    }

    /// The names of all columns, whether they are looked for or not.
    pub(in crate::read) fn columns(&self) -> &[String] {
        &self.layout.names
    }

    fn names(&self) -> Keys {
        let mut keys = Keys::default();
        self.layout.names.iter().for_each(|name| keys.push(name));
        keys
    }

    fn value(&self, row: usize, column: &Column) -> Result<Value<'_>, String> {
        let cells = |leaves: &[usize]| leaves.iter().map(|leaf| &self.cells[*leaf][row]).collect::<Vec<_>>();
        let value = match &column.shape {
            Shape::Plain(leaf) => plain(&self.cells[*leaf][row]),
            Shape::Object(leaves) => object(&cells(leaves)),
            Shape::List(leaves) => list(&cells(leaves)),
        };
        value.map_err(|reason| {
            let mut name = Keys::default();
            name.push(&column.name);
            format!("column {name}: {reason}")
        })
    }
}

fn is_something(value: &Value<'_>) -> bool {
    match value {
        Value::Missing | Value::Object(None) => false,
        Value::Text(text) | Value::Markup(text) => !text.trim().is_empty(),
        Value::List(names) => !names.is_empty(),
        Value::Number(_) | Value::Flag | Value::Object(Some(_)) => true,
    }
}

fn plain(cell: &Cell) -> Result<Value<'_>, String> {
    Ok(match cell {
        Cell::Missing | Cell::List(_) => Value::Missing,
        Cell::Bytes(bytes) => Value::Text(Cow::Borrowed(text::utf8(bytes.data())?)),
        Cell::Written(text) => Value::Text(Cow::Borrowed(text)),
        Cell::Number(number) => Value::Number(number.clone()),
        Cell::Flag => Value::Flag,
    })
}

/// The first of the names that an object has.
fn name(cells: &[&Cell]) -> Result<Option<String>, String> {
    for cell in cells {
        if let Some(name) = plain(cell)?.plain() {
            return Ok(Some(name.to_owned()));
        }
    }
    Ok(None)
}

fn object<'a>(cells: &[&Cell]) -> Result<Value<'a>, String> {
    // Of an object that nothing can name, nothing is read: it counts as there.
    match name(cells)? {
        None if !cells.is_empty() => Ok(Value::Missing),
        name => Ok(Value::Object(name)),
    }
}

/// The names in a list; each element has a cell in each of the lists.
fn list<'a>(lists: &[&Cell]) -> Result<Value<'a>, String> {
    let elements: Vec<&[Cell]> =
        lists.iter().map(|list| if let Cell::List(elements) = list { elements.as_slice() } else { &[] }).collect();
    let mut names = String::new();
    for i in 0..elements.iter().map(|e| e.len()).max().unwrap_or(0) {
        let cells: Vec<&Cell> = elements.iter().filter_map(|e| e.get(i)).collect();
        if let Some(name) = name(&cells)? {
            names.push_str(if names.is_empty() { "" } else { ", " });
            names.push_str(&name);
        }
        if names.len() > MOST_NAME_BYTES {
            names.truncate(names.floor_char_boundary(MOST_NAME_BYTES));
            break;
        }
    }
    Ok(if lists.iter().all(|list| matches!(list, Cell::Missing)) { Value::Missing } else { Value::List(names) })
}
