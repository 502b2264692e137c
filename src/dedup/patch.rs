//! What is cut out of a file and put into it, as bytes of the file decompressed.
//!
//! Between two records stands what belongs to neither: a line break, a comma, blank lines. A record goes with what stands
//! before it; but if no record before it stays, with what stands after it, so that the bracket of an array and the header
//! of a table stay.

use std::collections::HashSet;
use std::io::{self, Write};

use super::choose::Chosen;
use super::layout::{FileLayout, Is};
use super::notes::{Note, NoteNames};
use crate::read::Format;

/// A place where the file is changed: so many bytes are cut there, and others put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) at: u64,
    pub(super) cut: u64,
    pub(super) insert: String,
}

/// The cuts that leave out what was not kept.
pub(super) fn cuts(layout: &FileLayout, chosen: &Chosen, format: Format) -> Vec<Edit> {
    let goes = going(layout, chosen);
    cut_records(layout, format, |record| goes[record])
}

/// Which records of a file are left out: copies, what a web archive has of their transfer, and what the file breaks off.
fn going(layout: &FileLayout, chosen: &Chosen) -> Vec<bool> {
    let mut goes: Vec<bool> = layout
        .records
        .iter()
        .map(|record| match record.is {
            Is::Article(position) => chosen.kept_for(position).is_some(),
            Is::Cut => true,
            Is::Other => false,
        })
        .collect();
    let mut gone: HashSet<u64> = HashSet::new();
    for (ids, _) in layout.ids.iter().zip(&goes).filter(|(_, goes)| **goes) {
        gone.extend([ids.own, ids.concurrent_to]);
    }
    gone.remove(&0);
    for ((record, ids), goes) in layout.records.iter().zip(&layout.ids).zip(&mut goes) {
        let belongs = [ids.own, ids.concurrent_to, ids.refers_to].iter().any(|id| gone.contains(id));
        *goes |= record.is == Is::Other && belongs;
    }
    goes
}

fn cut_records(layout: &FileLayout, format: Format, goes: impl Fn(usize) -> bool) -> Vec<Edit> {
    let records = &layout.records;
    let mut edits: Vec<Edit> = Vec::new();
    let mut cut = |start: u64, end: u64| match edits.last_mut() {
        Some(last) if last.at + last.cut == start => last.cut = end - last.at,
        _ if end > start => edits.push(Edit { at: start, cut: end - start, insert: String::new() }),
        _ => {}
    };
    let n_leading = (0..records.len()).take_while(|record| goes(*record)).count();
    if let (Some(first), true) = (records.first(), n_leading > 0) {
        let end = match records.get(n_leading) {
            Some(stays) => stays.extent.start,
            // A file of lines of which none stays has no line break either.
            None if format == Format::JsonLines => u64::MAX,
            None => records[n_leading - 1].extent.end,
        };
        cut(first.extent.start, end);
    }
    for record in (n_leading.max(1)..records.len()).filter(|record| goes(*record)) {
        // The line break before what the file breaks off ends the line before it.
        let is_last_line = records[record].is == Is::Cut && format != Format::Json;
        let before = if is_last_line { records[record].extent.start } else { records[record - 1].extent.end };
        cut(before, records[record].extent.end);
    }
    edits
}

/// The notes on all records, and the cuts that leave out what the file breaks off. `names_end` is the end of a table's
/// row of names.
pub(super) fn annotations(
    layout: &FileLayout,
    chosen: &Chosen,
    format: Format,
    names_end: Option<u64>,
    names: &NoteNames,
) -> Vec<Edit> {
    let mut edits = cut_records(layout, format, |record| layout.records[record].is == Is::Cut);
    let mut put = |at: u64, insert: String| edits.push(Edit { at, cut: 0, insert });
    if let (Format::Table { delimiter }, Some(at)) = (format, names_end) {
        let delimiter = char::from(delimiter);
        put(at, names.all().iter().flat_map(|name| [delimiter.to_string(), (*name).to_owned()]).collect());
    }
    for (record, &at) in layout.records.iter().zip(&layout.note_places) {
        let note = match record.is {
            Is::Article(position) => Some(Note::of(position, chosen)),
            Is::Other if record.extent.start < record.extent.end => None,
            Is::Other | Is::Cut => continue,
        };
        put(at, Note::text(note.as_ref(), format, names));
    }
    edits.retain(|edit| edit.cut > 0 || !edit.insert.is_empty());
    edits.sort_by_key(|edit| edit.at);
    edits
}

/// Edits being made on bytes that go by.
#[derive(Debug)]
pub(super) struct Editor<'e> {
    edits: &'e [Edit],
    /// Bytes that went by.
    at: u64,
    /// Up to where bytes are cut.
    cut_to: u64,
}

impl<'e> Editor<'e> {
    pub(super) fn new(edits: &'e [Edit]) -> Self {
        Editor { edits, at: 0, cut_to: 0 }
    }

    /// Whether nothing is changed in the next `n` bytes.
    pub(super) fn leaves(&self, n: u64) -> bool {
        self.cut_to <= self.at && self.edits.first().is_none_or(|edit| edit.at >= self.at + n)
    }

    /// Passes over bytes that were written without it.
    pub(super) fn skip(&mut self, n: u64) {
        self.at += n;
    }

    /// Writes what is left of the next bytes, and what is put between them.
    pub(super) fn write(&mut self, mut bytes: &[u8], out: &mut dyn Write) -> io::Result<()> {
        while !bytes.is_empty() {
            if let Some(edit) = self.edits.first().filter(|edit| edit.at <= self.at) {
                out.write_all(edit.insert.as_bytes())?;
                self.cut_to = self.cut_to.max(edit.at.saturating_add(edit.cut));
                self.edits = &self.edits[1..];
                continue;
            }
            let next = self.edits.first().map_or(u64::MAX, |edit| edit.at);
            let n = (next - self.at).min(bytes.len() as u64);
            let n_cut = self.cut_to.saturating_sub(self.at).min(n);
            out.write_all(&bytes[n_cut as usize..n as usize])?;
            bytes = &bytes[n as usize..];
            self.at += n;
        }
        Ok(())
    }

    /// Writes what is put behind the last byte.
    pub(super) fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        self.edits.iter().try_for_each(|edit| out.write_all(edit.insert.as_bytes()))
    }
}
