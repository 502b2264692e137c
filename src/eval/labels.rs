//! Tables of labels: which story, and which version of it, each article belongs to.
//!
//! Tab-separated, with a header, one line an article. Nothing is quoted: a quotation mark is a character like any other,
//! as headlines and ids have them. So a line is split at its tabs and needs no reader of CSV.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// What a table says of one article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label {
    /// The article.
    pub id: String,
    /// Its story.
    pub story: String,
    /// Its version of the story; empty where the table has no such column.
    pub version: String,
    /// What kind of page it is; empty where the table has no such column.
    pub kind: String,
    /// How it was edited; empty where the table has no such column.
    pub edit: String,
    /// Whose text it is, an id of the table of agencies or `none`; empty where the table has no such column.
    pub agency: String,
}

/// A table of labels, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// The file.
    pub path: PathBuf,
    /// One label an article, no article twice.
    pub labels: Vec<Label>,
    /// Whether the table has a column `version`.
    pub has_versions: bool,
    /// Whether the table has a column `kind`.
    pub has_kinds: bool,
    /// Whether the table has a column `edit`.
    pub has_edits: bool,
    /// Whether the table has a column `agency`.
    pub has_agencies: bool,
}

impl Labels {
    /// Reads a table. Columns are found by their names: `id` and `story` must be there, `version`, `kind`, `edit`
    /// and `agency` may be, others are passed over. Empty lines are too. Ids are compared as they are written: escapes stay escapes.
    /// O(size of the file); what it says is held in memory.
    ///
    /// # Errors
    /// [`Error::Read`] where the file cannot be read. [`Error::Table`] for a header without `id` or `story` or with a
    /// column twice, and for a line that is too long or not UTF-8, has another number of fields than the header, has
    /// no id or story, or repeats an id.
    pub fn read(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        Labels::from_lines(path, BufReader::new(file))
    }

    fn from_lines(path: &Path, mut lines: impl BufRead) -> Result<Self> {
        let mut labels = Labels { path: path.to_owned(), ..Labels::default() };
        let mut columns: Option<Columns> = None;
        let mut seen = HashSet::new();
        let mut bytes = Vec::new();
        for number in 1.. {
            bytes.clear();
            let n = (&mut lines)
                .take(MAX_LINE_BYTES + 1)
                .read_until(b'\n', &mut bytes)
                .map_err(|source| Error::Read { path: path.to_owned(), source })?;
            if n == 0 {
                break;
            }
            let bad = |expected, found| Error::Table { path: path.to_owned(), line: number, expected, found };
            if n as u64 > MAX_LINE_BYTES {
                return Err(bad("lines of at most 1 MiB", "a longer one; is this a table?".to_owned()));
            }
            let line = std::str::from_utf8(&bytes).map_err(|e| bad("text in UTF-8", e.to_string()))?;
            let line = line.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}');
            if line.is_empty() {
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let Some(columns) = &columns else {
                columns = Some(labels.read_header(&fields).map_err(|(expected, found)| bad(expected, found))?);
                continue;
            };
            let label = columns.label(&fields).map_err(|(expected, found)| bad(expected, found))?;
            if !seen.insert(label.id.clone()) {
                return Err(bad("each id once", format!("{} a second time", shown(&label.id))));
            }
            labels.labels.push(label);
        }
        if columns.is_none() {
            return Err(Error::Table {
                path: path.to_owned(),
                line: 1,
                expected: HEADER,
                found: "an empty file".to_owned(),
            });
        }
        Ok(labels)
    }

    fn read_header(&mut self, names: &[&str]) -> std::result::Result<Columns, Misfit> {
        let columns = Columns::find(names)?;
        self.has_versions = columns.version.is_some();
        self.has_kinds = columns.kind.is_some();
        self.has_edits = columns.edit.is_some();
        self.has_agencies = columns.agency.is_some();
        Ok(columns)
    }
}

const HEADER: &str = "a header with the columns id and story, separated by tabs";

/// Bytes of the longest line that is read: a file that is no table may be one line of any length.
const MAX_LINE_BYTES: u64 = 1 << 20;

/// The start of a text, quoted and escaped for a message.
fn shown(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{:?}...", &text[..end]),
        None => format!("{text:?}"),
    }
}

/// What a line should have held, and what it holds.
type Misfit = (&'static str, String);

/// Where in a line each column stands.
struct Columns {
    n_columns: usize,
    id: usize,
    story: usize,
    version: Option<usize>,
    kind: Option<usize>,
    edit: Option<usize>,
    agency: Option<usize>,
}

impl Columns {
    fn find(names: &[&str]) -> std::result::Result<Self, Misfit> {
        let mut seen = HashSet::new();
        if let Some(twice) = names.iter().find(|name| !seen.insert(**name)) {
            return Err(("each column once", format!("{} twice", shown(twice))));
        }
        let place = |wanted: &str| names.iter().position(|name| *name == wanted);
        let missing = || (HEADER, shown(&names.join(", ")));
        Ok(Columns {
            n_columns: names.len(),
            id: place("id").ok_or_else(missing)?,
            story: place("story").ok_or_else(missing)?,
            version: place("version"),
            kind: place("kind"),
            edit: place("edit"),
            agency: place("agency"),
        })
    }

    fn label(&self, fields: &[&str]) -> std::result::Result<Label, Misfit> {
        if fields.len() != self.n_columns {
            let found = format!("{} where the header has {}", fields.len(), self.n_columns);
            return Err(("as many fields as the header has", found));
        }
        let optional = |column: Option<usize>| column.map(|at| fields[at].to_owned()).unwrap_or_default();
        let label = Label {
            id: fields[self.id].to_owned(),
            story: fields[self.story].to_owned(),
            version: optional(self.version),
            kind: optional(self.kind),
            edit: optional(self.edit),
            agency: optional(self.agency),
        };
        if label.id.is_empty() || label.story.is_empty() {
            return Err(("an id and a story", "an empty field".to_owned()));
        }
        Ok(label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &[u8]) -> Result<Labels> {
        Labels::from_lines(Path::new("labels.tsv"), table)
    }

    #[test]
    fn columns_are_found_by_name() {
        let labels = read(b"\xef\xbb\xbfnote\tstory\tid\tversion\r\n\"x\tflood\tp1\tv2\r\n\r\n\tfire\tp2\t").unwrap();
        let expected = [
            Label { id: "p1".into(), story: "flood".into(), version: "v2".into(), ..Label::default() },
            Label { id: "p2".into(), story: "fire".into(), ..Label::default() },
        ];
        assert_eq!(labels.labels, expected);
        assert!(labels.has_versions && !labels.has_kinds && !labels.has_edits);
    }

    #[test]
    fn errors_say_where_and_what() {
        let cases: [(&[u8], &str); 9] = [
            (
                b"",
                "labels.tsv:1: expected a header with the columns id and story, separated by tabs, found an empty file",
            ),
            (
                b"id\tcluster\np\t1\n",
                r#":1: expected a header with the columns id and story, separated by tabs, found "id, cluster""#,
            ),
            (b"id,story\np,1\n", r#"found "id,story""#),
            (b"id\tstory\tstory\n", r#":1: expected each column once, found "story" twice"#),
            (b"id\tstory\np\ts\n\np\tt\n", r#":4: expected each id once, found "p" a second time"#),
            (b"id\tstory\np\n", ":2: expected as many fields as the header has, found 1 where the header has 2"),
            (b"id\tstory\np\ts\tv1\n", ":2: expected as many fields as the header has, found 3 where the header has 2"),
            (b"id\tstory\np\t\n", ":2: expected an id and a story, found an empty field"),
            (b"id\tstory\np\t\xff\n", ":2: expected text in UTF-8, found invalid utf-8"),
        ];
        for (table, expected) in cases {
            let message = read(table).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}\n{expected}");
        }
    }

    #[test]
    fn what_is_no_table_is_shown_in_short() {
        let wide = format!("{}\n", "column\t".repeat(1000));
        let long = "x".repeat(2 << 20);
        let names: String = (0..500).map(|i| format!("name{i}\t")).collect();
        for (table, expected) in [
            (wide, ":1: expected each column once, found \"column\" twice"),
            (long, ":1: expected lines of at most 1 MiB, found a longer one"),
            (names, "found \"name0, name1, name2"),
        ] {
            let message = read(table.as_bytes()).unwrap_err().to_string();
            assert!(message.contains(expected) && message.len() < 250, "{message}");
        }
    }

    #[test]
    fn a_missing_file_is_named() {
        let message = Labels::read(Path::new("no-such-labels.tsv")).unwrap_err().to_string();
        assert!(message.contains("no-such-labels.tsv: cannot read"), "{message}");
    }
}
