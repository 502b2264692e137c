//! One row of a comma- or tab-separated table to an article.

use csv_core::{ReadRecordResult, ReaderBuilder, Terminator};

use crate::read::fields::Fields;
use crate::read::found::{Found, Keys, slot};
use crate::read::text::utf8;
use crate::read::value::Value;
use crate::read::{Parsed, Record};

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Columns {
    names: Vec<String>,
    delimiter: u8,
}

impl Columns {
    /// Reads the row of names. Bytes that are not UTF-8 are replaced: such a name is not looked for.
    pub(super) fn read(row: &[u8], delimiter: u8) -> Self {
        let names = cells(row, delimiter);
        Columns { names: names.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect(), delimiter }
    }

    /// The names, in order.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }
}

/// The article of a row, or the reason why there is none. O(bytes of the row), and a copy of them.
pub(super) fn parse(record: &Record<'_>, columns: &Columns, fields: &Fields) -> Result<Parsed, String> {
    let (text, ends) = split(utf8(record.bytes)?.as_bytes(), columns.delimiter);
    // A row may be delimiters and nothing else: it is counted before each field takes memory of its own.
    let (n_cells, n_names) = (ends.len(), columns.names.len());
    if n_cells != n_names {
        return Err(format!(
            "a row of {n_cells} fields below a header of {n_names}; a quote may be missing, or a field with a line \
             break or a delimiter in it is not quoted"
        ));
    }
    let mut found = Found::new(fields);
    for (name, cell) in columns.names.iter().zip(apart(&text, &ends)) {
        if let Some(slot) = slot(name, fields) {
            let text = String::from_utf8(cell).map_err(|_| "not UTF-8")?;
            let value = if text.is_empty() { Value::Missing } else { Value::Text(text.into()) };
            found.put(slot, value);
        }
    }
    found.article(|| record.place()).map_err(|why| {
        why.explain(fields, || {
            let mut keys = Keys::default();
            columns.names.iter().for_each(|name| keys.push(name));
            keys
        })
    })
}

/// The fields of a row, without their quotes.
pub(super) fn cells(row: &[u8], delimiter: u8) -> Vec<Vec<u8>> {
    let (text, ends) = split(row, delimiter);
    apart(&text, &ends)
}

/// The fields of a row one after the other, and where each ends.
fn split(row: &[u8], delimiter: u8) -> (Vec<u8>, Vec<usize>) {
    // Where a row ends was decided when it was framed; a carriage return in it is no end.
    let mut reader = ReaderBuilder::new().delimiter(delimiter).terminator(Terminator::Any(b'\n')).build();
    let mut text = vec![0; row.len() + 1];
    let mut ends = vec![0; memchr::memchr_iter(delimiter, row).count() + 2];
    let (mut n_text, mut n_ends, mut at) = (0, 0, 0);
    loop {
        let (result, n_in, n_out, n) = reader.read_record(&row[at..], &mut text[n_text..], &mut ends[n_ends..]);
        at += n_in;
        n_text += n_out;
        n_ends += n;
        if matches!(result, ReadRecordResult::Record | ReadRecordResult::End) {
            break;
        }
    }
    ends.truncate(n_ends);
    (text, ends)
}

fn apart(text: &[u8], ends: &[usize]) -> Vec<Vec<u8>> {
    let mut start = 0;
    let cell = |&end: &usize| {
        let cell = text.get(start..end).unwrap_or_default().to_vec();
        start = end;
        cell
    };
    ends.iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_taken_apart() {
        let cases: [(&str, u8, &[&str]); 8] = [
            ("a,b,c", b',', &["a", "b", "c"]),
            ("\"a\nb\",\"say \"\"x\"\"\",", b',', &["a\nb", "say \"x\"", ""]),
            ("a\tb, c\t", b'\t', &["a", "b, c", ""]),
            ("5\" long,it's", b',', &["5\" long", "it's"]),
            ("a\rb,c", b',', &["a\rb", "c"]),
            (",,", b',', &["", "", ""]),
            ("\"open, x", b',', &["open, x"]),
            ("é;ü", b';', &["é", "ü"]),
        ];
        for (row, delimiter, expected) in cases {
            let cells = cells(row.as_bytes(), delimiter);
            let found: Vec<&str> = cells.iter().map(|cell| std::str::from_utf8(cell).unwrap()).collect();
            assert_eq!(found, expected, "{row:?}");
        }
    }
}
