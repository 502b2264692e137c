//! Where the records of each file lie, and what they are: taken down in the first reading for the second one.

use memchr::memmem;
use xxhash_rust::xxh3::xxh3_64;

use super::notes::NoteNames;
use crate::error::{Error, Result};
use crate::pipeline::Outcome;
use crate::read::{Extent, Record, RecordKind, as_json, warc_field};

/// The records of all files.
#[derive(Debug)]
pub(super) struct Layout {
    files: Vec<FileLayout>,
    /// For each article the file, and its place among the file's records.
    articles: Vec<(u32, u32)>,
    names: Option<NoteNames>,
}

/// The records of a file.
#[derive(Debug, Default)]
pub(super) struct FileLayout {
    pub(super) records: Vec<Placed>,
    /// For each record of a web archive, who it is.
    pub(super) ids: Vec<WarcIds>,
    /// For each record, where a note on it goes; only where notes are made.
    pub(super) note_places: Vec<u64>,
}

/// A record of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) extent: Extent,
    pub(super) line: u64,
    pub(super) is: Is,
}

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    /// This article.
    Article(u32),
    /// Something that stays: it cannot be read, or is no page.
    Other,
    /// The beginning of a record that the file breaks off.
    Cut,
}

/// Who a record of a web archive is, and of which record it is a part; hashes of the ids, 0 for none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WarcIds {
    pub(super) own: u64,
    pub(super) concurrent_to: u64,
    pub(super) refers_to: u64,
}

impl FileLayout {
    /// Its articles, in order.
    pub(super) fn articles(&self) -> impl Iterator<Item = u32> {
        self.records.iter().filter_map(|record| match record.is {
            Is::Article(position) => Some(position),
            Is::Other | Is::Cut => None,
        })
    }
}

impl Layout {
    pub(super) fn new(n_files: usize, names: Option<NoteNames>) -> Self {
        Layout { files: (0..n_files).map(|_| FileLayout::default()).collect(), articles: Vec::new(), names }
    }

    pub(super) fn file(&self, number: usize) -> &FileLayout {
        &self.files[number]
    }

    /// The file of an article, and the line on which it begins.
    pub(super) fn place(&self, position: u32) -> (usize, u64) {
        let (file, record) = self.articles[position as usize];
        (file as usize, self.files[file as usize].records[record as usize].line)
    }

    /// Takes down the next record.
    ///
    /// # Errors
    /// [`Error::Taken`] where it has a field of the name of a note.
    pub(super) fn push(&mut self, record: &Record<'_>, outcome: Outcome<'_>) -> Result<()> {
        let is = match outcome {
            Outcome::Article => Is::Article(self.articles.len() as u32),
            _ if record.is_cut => Is::Cut,
            Outcome::Rejected(_) | Outcome::NoPage => Is::Other,
        };
        let file = &mut self.files[record.file];
        if let Is::Article(_) = is {
            self.articles.push((record.file as u32, file.records.len() as u32));
        }
        file.records.push(Placed { extent: record.extent, line: record.line, is });
        let kind = record.kind;
        if kind == RecordKind::Warc {
            file.ids.push(warc_ids(record.bytes));
        }
        let Some(names) = &self.names else { return Ok(()) };
        file.note_places.push(note_place(record, kind));
        match taken(record, kind, names) {
            Some(name) if is != Is::Other => {
                Err(Error::Taken { path: record.path.to_path_buf(), line: record.line, name: name.to_owned() })
            }
            _ => Ok(()),
        }
    }
}

fn warc_ids(bytes: &[u8]) -> WarcIds {
    let id = |name| warc_field(bytes, name).map_or(0, |id| xxh3_64(id.as_bytes()));
    WarcIds { own: id("warc-record-id"), concurrent_to: id("warc-concurrent-to"), refers_to: id("warc-refers-to") }
}

/// Where a note on a record goes: before the brace that closes an object, after the last field of a row, below the first
/// line of a web archive's record.
fn note_place(record: &Record<'_>, kind: RecordKind) -> u64 {
    match kind {
        RecordKind::Json => record.extent.end.saturating_sub(1),
        RecordKind::Warc => {
            let line = memchr::memchr(b'\n', record.bytes).map_or(0, |at| at as u64 + 1);
            record.extent.start + line
        }
        RecordKind::Row | RecordKind::Page | RecordKind::Column => record.extent.end,
    }
}

/// The name of a note that a JSON object has as a field. A word that only looks like one in the text costs a parse.
fn taken<'n>(record: &Record<'_>, kind: RecordKind, names: &'n NoteNames) -> Option<&'n str> {
    if kind != RecordKind::Json {
        return None;
    }
    let quoted = |name: &str| memmem::find(record.bytes, format!("\"{name}\"").as_bytes()).is_some();
    if !names.all().iter().any(|name| quoted(name)) {
        return None;
    }
    let json = std::str::from_utf8(record.bytes).ok()?;
    let object: std::collections::HashMap<String, serde::de::IgnoredAny> =
        serde_json::from_str(json).or_else(|_| serde_json::from_str(&as_json(json).unwrap_or_default())).ok()?;
    names.all().into_iter().find(|name| object.contains_key(*name))
}
