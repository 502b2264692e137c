//! The values of one leaf, row by row.

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};

use crate::read::parquet::kind::{Kind, date, decimal, moment, unscaled, uuid};
use crate::read::parquet::layout::Leaf;

/// One value, as far as it can be decided without its row. Bytes are shared with the page that they are in.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    Missing,
    /// Text, if it is UTF-8.
    Bytes(ByteArray),
    /// A date or a moment, written out.
    Written(String),
    Number(String),
    Flag,
    /// The elements of a list, null ones too.
    List(Vec<Cell>),
}

impl Cell {
    /// Bytes that it counts for.
    pub(super) fn weight(&self) -> usize {
        match self {
            Cell::Missing | Cell::Flag => 0,
            Cell::Bytes(bytes) => bytes.len(),
            Cell::Written(text) | Cell::Number(text) => text.len(),
            Cell::List(elements) => elements.iter().map(|e| e.weight() + std::mem::size_of::<Cell>()).sum(),
        }
    }
}

/// A leaf of the row group that is being read.
pub(super) struct LeafReader {
    reader: ColumnReader,
    max_def: i16,
    element_level: i16,
    kind: Kind,
}

impl std::fmt::Debug for LeafReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LeafReader").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl LeafReader {
    pub(super) fn new(leaf: &Leaf, reader: ColumnReader, max_def: i16) -> Self {
        LeafReader { reader, max_def, element_level: leaf.element_level, kind: leaf.kind }
    }

    /// Appends the values of the next `n` rows.
    pub(super) fn read(&mut self, n: usize, into: &mut Vec<Cell>) -> Result<(), String> {
        let end = into.len() + n;
        self.read_cells(n, into)?;
        // Levels that contradict each other may tell of fewer rows, or of more.
        if into.len() == end { Ok(()) } else { Err("its levels do not tell its rows apart".to_owned()) }
    }

    fn read_cells(&mut self, n: usize, into: &mut Vec<Cell>) -> Result<(), String> {
        let kind = self.kind;
        let rows = Rows { n, max_def: self.max_def, element_level: self.element_level };
        match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => rows.read(reader, into, |_| Cell::Flag),
            ColumnReader::Int32ColumnReader(reader) => rows.read(reader, into, |v| match kind {
                Kind::Unsigned => Cell::Number((v as u32).to_string()),
                _ => of_int(kind, v.into()),
            }),
            ColumnReader::Int64ColumnReader(reader) => rows.read(reader, into, |v| of_int(kind, v)),
            ColumnReader::Int96ColumnReader(reader) => rows.read(reader, into, |v| of_int(kind, v.to_nanos())),
            ColumnReader::FloatColumnReader(reader) => rows.read(reader, into, |v| of_float(v.is_nan(), &v)),
            ColumnReader::DoubleColumnReader(reader) => rows.read(reader, into, |v| of_float(v.is_nan(), &v)),
            ColumnReader::ByteArrayColumnReader(reader) => rows.read(reader, into, |v| of_bytes(kind, v)),
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                rows.read(reader, into, |v| of_bytes(kind, v.into()))
            }
        }
    }
}

/// What is asked of a reader.
struct Rows {
    n: usize,
    max_def: i16,
    element_level: i16,
}

impl Rows {
    fn read<T: DataType>(
        &self,
        reader: &mut ColumnReaderImpl<T>,
        into: &mut Vec<Cell>,
        cell: impl Fn(T::T) -> Cell,
    ) -> Result<(), String> {
        let (mut defs, mut reps, mut values) = (Vec::new(), Vec::new(), Vec::new());
        let read = reader.read_records(self.n, Some(&mut defs), Some(&mut reps), &mut values);
        let (n_rows, _, n_levels) = read.map_err(|e| super::said(&e))?;
        if n_rows < self.n {
            return Err(format!("it ends {} rows before the footer says", self.n - n_rows));
        }
        if self.max_def == 0 {
            into.extend(values.into_iter().map(cell));
            return Ok(());
        }
        let mut values = values.into_iter();
        for (i, def) in defs.iter().enumerate().take(n_levels) {
            let value = if *def == self.max_def { values.next().map_or(Cell::Missing, &cell) } else { Cell::Missing };
            if self.element_level == 0 {
                into.push(value);
            } else {
                push_element(into, reps.get(i) == Some(&0), (*def >= self.element_level).then_some(value));
            }
        }
        Ok(())
    }
}

/// Adds an element to the list of the last row, or of a new one; lists that are empty or null have none.
fn push_element(into: &mut Vec<Cell>, is_new_row: bool, element: Option<Cell>) {
    if is_new_row {
        into.push(element.map_or(Cell::Missing, |element| Cell::List(vec![element])));
    } else if let (Some(Cell::List(elements)), Some(element)) = (into.last_mut(), element) {
        elements.push(element);
    }
}

fn of_int(kind: Kind, value: i64) -> Cell {
    let written = match kind {
        Kind::Unused => return Cell::Missing,
        Kind::Unsigned => return Cell::Number((value as u64).to_string()),
        Kind::Decimal { scale } => return Cell::Number(decimal(value.into(), scale)),
        Kind::Date => date(value),
        Kind::Moment { per_second, is_utc } => moment(value, per_second, is_utc),
        _ => None,
    };
    written.map_or_else(|| Cell::Number(value.to_string()), Cell::Written)
}

/// What is no number stands for a missing one in tables that know no nulls.
fn of_float(is_nan: bool, value: &impl ToString) -> Cell {
    if is_nan { Cell::Missing } else { Cell::Number(value.to_string()) }
}

fn of_bytes(kind: Kind, bytes: ByteArray) -> Cell {
    match kind {
        Kind::Decimal { scale } => {
            unscaled(bytes.data()).map_or(Cell::Missing, |number| Cell::Number(decimal(number, scale)))
        }
        Kind::Uuid => uuid(bytes.data()).map_or(Cell::Missing, Cell::Written),
        Kind::Unused => Cell::Missing,
        _ => Cell::Bytes(bytes),
    }
}
