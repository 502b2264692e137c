//! One file being read: its bytes decompressed, and framed into records.
//!
//! A record that the end of a batch cuts moves to the next one. Only a record that is too long to be held is looked
//! through without being kept.

use std::fs::Metadata;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::codec::{Broken, Decoder, Raw};
use crate::error::Error;
use crate::read::batch::{Chunk, Span, SpanForm};
use crate::read::files::InputFile;
use crate::read::frame::{Framer, Scan, WarcState, is_blank};
use crate::read::table::Columns;
use crate::read::{Extent, Limits};

/// A file that is being read.
#[derive(Debug)]
pub(super) struct Source {
    path: Arc<Path>,
    file: usize,
    decoder: Decoder,
    framer: Framer,
    limits: Limits,
    columns: Option<Arc<Columns>>,
    /// What the system said of the file when it was opened.
    opened: Option<Metadata>,
    /// Bytes that were read and belong to no record yet; the open record is at their start.
    ahead: Vec<u8>,
    /// Where the bytes ahead begin in the file, decompressed.
    offset: u64,
    /// Whether a record has begun, and how many bytes of `ahead` the framer is done with.
    is_open: bool,
    seen: usize,
    /// The line on which the bytes ahead begin (of WARC, the number of the record), and the records that began on it.
    line: u64,
    on_line: u32,
    n_read: u64,
    at_end: bool,
    is_done: bool,
    /// Why the file ended before its end.
    fault: Option<String>,
    is_broken: bool,
    /// Where the first byte after a byte order mark is.
    begins: u64,
}

/// The beginning of a file, which tells its format.
#[derive(Debug)]
pub(super) struct Head {
    /// The bytes, decompressed, without a byte order mark.
    pub(super) bytes: Vec<u8>,
    /// Bytes that stood before them.
    pub(super) offset: u64,
    /// Why there are no more.
    pub(super) fault: Option<String>,
}

impl Source {
    /// A file whose first bytes were already read.
    pub(super) fn new(
        path: Arc<Path>,
        file: usize,
        decoder: Decoder,
        framer: Framer,
        head: Head,
        limits: Limits,
    ) -> Self {
        let opened =
            decoder.raw().and_then(Raw::as_file).and_then(|file| file.metadata().ok()).filter(Metadata::is_file);
        let n_read = decoder.raw().map_or(0, Raw::n_read);
        let is_warc = matches!(framer, Framer::Warc(_));
        Source {
            path,
            file,
            framer,
            limits,
            columns: None,
            opened,
            ahead: head.bytes,
            offset: head.offset,
            is_open: false,
            seen: 0,
            line: u64::from(!is_warc),
            on_line: 0,
            n_read,
            at_end: head.fault.is_some(),
            is_done: false,
            fault: head.fault,
            is_broken: false,
            begins: head.offset,
            decoder,
        }
    }

    /// A file of which nothing is read but what it begins with, because that is none of what its name says.
    pub(super) fn refused(path: Arc<Path>, file: usize, decoder: Decoder, why: &Error, limits: Limits) -> Self {
        let why = match why {
            Error::Format { found, cure, .. } => format!("{found}; {cure}"),
            other => other.to_string(),
        };
        let head = Head { bytes: Vec::new(), offset: 0, fault: Some(why) };
        Source::new(path, file, decoder, Framer::Lines, head, limits)
    }

    pub(super) fn path(&self) -> &Arc<Path> {
        &self.path
    }

    /// Takes down what a second reading has to find.
    pub(super) fn note(&self, file: &mut InputFile) {
        file.digest = Some(self.decoder.digest());
        file.n_unpacked = self.decoder.n_out();
        file.is_broken = self.is_broken;
        file.names_end = match &self.framer {
            Framer::Table(table) => Some(self.begins + table.names_end()),
            _ => None,
        };
    }

    /// Whether all records were read.
    pub(super) fn is_done(&self) -> bool {
        self.is_done
    }

    /// Bytes read of the file, as it lies on disk.
    pub(super) fn n_read(&self) -> u64 {
        self.n_read
    }

    /// Reads about `want` bytes of records: at least one, if there is one left. `buffer` is memory for them.
    pub(super) fn fill(&mut self, want: usize, mut buffer: Vec<u8>) -> io::Result<Chunk> {
        let ahead = std::mem::take(&mut self.ahead);
        if buffer.capacity() < ahead.len() {
            buffer = ahead;
        } else {
            buffer.clear();
            buffer.extend_from_slice(&ahead);
        }
        let mut chunk = Chunk::new(self.path.clone(), self.file, buffer, self.limits.record, self.framer.kind());
        let mut start = 0;
        loop {
            start = self.frame(&mut chunk, start, want);
            if chunk.weight >= want {
                break;
            }
            if self.at_end {
                if let Some(n) = self.overrun(&chunk.bytes[start..]) {
                    self.push(&mut chunk, start, start + n);
                    start += n;
                    self.seen = start;
                    continue;
                }
                self.finish(&mut chunk, start);
                return Ok(chunk);
            }
            if self.is_open && chunk.bytes.len() - start > self.limits.record {
                self.pass_over(&mut chunk, start)?;
                return Ok(chunk);
            }
            if chunk.spans.is_empty() {
                // Blank lines without end, or a cut record behind them.
                chunk.bytes.drain(..start);
                self.offset += start as u64;
                self.seen -= start;
                start = 0;
            } else if chunk.bytes.len() >= want {
                break;
            }
            let step = want.saturating_sub(chunk.bytes.len()).max(self.limits.step);
            self.read(&mut chunk.bytes, step)?;
        }
        self.ahead = chunk.bytes.split_off(start);
        self.offset += start as u64;
        self.seen -= start;
        Ok(chunk)
    }

    /// Frames the records that end in the bytes, up to the weight that is wanted; the start of what is left.
    fn frame(&mut self, chunk: &mut Chunk, mut start: usize, want: usize) -> usize {
        loop {
            if !self.is_open {
                let gap = self.framer.gap(&chunk.bytes[start..]);
                self.pass_lines(&chunk.bytes[start..start + gap]);
                start += gap;
                self.seen = start;
                if start == chunk.bytes.len() || chunk.weight >= want {
                    return start;
                }
                self.is_open = true;
            }
            match self.framer.end(&chunk.bytes[self.seen..]) {
                Scan::More(done) => {
                    self.seen += done;
                    return start;
                }
                Scan::End(length) => {
                    let end = self.seen + length;
                    let overrun = self.framer.overrun(&chunk.bytes[start..end], &chunk.bytes[end..]);
                    let end = overrun.map_or(end, |n| start + n);
                    self.push(chunk, start, end);
                    start = end;
                    self.seen = end;
                }
            }
        }
    }

    /// Where the record that is open at the end of the file ran over others.
    fn overrun(&mut self, record: &[u8]) -> Option<usize> {
        // What ends the file within a record, if it is known, is why the record is not whole.
        if self.is_open && self.fault.is_none() { self.framer.overrun(record, b"") } else { None }
    }

    /// Closes the open record.
    fn push(&mut self, chunk: &mut Chunk, start: usize, end: usize) {
        let record = &chunk.bytes[start..end];
        let (form, is_cut) = self.form(record.len() as u64);
        let length = match form {
            SpanForm::Json => record.iter().rposition(|b| !is_blank(*b)).map_or(0, |last| last + 1),
            SpanForm::Row => record.strip_suffix(b"\r").unwrap_or(record).len(),
            SpanForm::TooLong { .. } => self.limits.kept.min(record.len()),
            _ => record.len(),
        };
        let begins = self.offset + start as u64;
        let ends = if matches!(form, SpanForm::Json | SpanForm::Row) && !is_cut { length } else { record.len() };
        let extent = Extent { start: begins, end: begins + ends as u64 };
        self.push_span(chunk, start..start + length, extent, form);
        if let Some(span) = chunk.spans.last_mut() {
            span.is_cut = is_cut;
        }
        self.pass_lines(&chunk.bytes[start..end]);
    }

    /// What the record is that was just framed, and whether its end is missing.
    fn form(&mut self, n_bytes: u64) -> (SpanForm, bool) {
        let state = match &mut self.framer {
            Framer::Warc(warc) => warc.take_state(),
            _ => WarcState::Whole,
        };
        let form = match &self.framer {
            _ if state == WarcState::Stray => SpanForm::Stray,
            _ if n_bytes > self.limits.record as u64 => SpanForm::TooLong { n_bytes },
            Framer::Page => SpanForm::Page,
            Framer::Html => SpanForm::Html,
            Framer::Warc(_) => SpanForm::Warc,
            Framer::Table(_) => SpanForm::Row,
            Framer::Lines | Framer::Values(_) => SpanForm::Json,
        };
        (form, self.is_done && (self.fault.is_some() || state == WarcState::Open))
    }

    fn push_span(&mut self, chunk: &mut Chunk, at: Range<usize>, extent: Extent, form: SpanForm) {
        self.on_line += 1;
        match &self.framer {
            Framer::Warc(_) => {
                self.line += 1;
                self.on_line = 1;
            }
            Framer::Table(table) if self.columns.is_none() => {
                self.columns = Some(Arc::new(Columns::read(table.names(), table.delimiter())));
            }
            _ => {}
        }
        chunk.columns.clone_from(&self.columns);
        let (line, nth_on_line) = (self.line, self.on_line);
        chunk.push(Span { start: at.start, end: at.end, extent, line, nth_on_line, is_cut: false, form });
        self.is_open = false;
    }

    fn pass_lines(&mut self, bytes: &[u8]) {
        if matches!(self.framer, Framer::Warc(_)) {
            return;
        }
        let n_lines = memchr::memchr_iter(b'\n', bytes).count() as u64;
        if n_lines > 0 {
            self.line += n_lines;
            self.on_line = 0;
        }
    }

    /// Closes the last record of the file, and says what is wrong with its end.
    fn finish(&mut self, chunk: &mut Chunk, start: usize) {
        self.is_done = true;
        if self.fault.is_none() && self.has_changed() {
            self.fault = Some("the file changed while it was read; run again when nothing writes to it".to_owned());
        }
        let end = chunk.bytes.len();
        let was_open = self.is_open;
        if was_open {
            self.push(chunk, start, end);
            let is_cut = chunk.spans.last().is_some_and(|span| span.is_cut);
            if is_cut && self.fault.is_none() {
                self.fault = Some("the file ends within a record: it was cut off".to_owned());
            }
        }
        let at = self.offset + end as u64;
        let nothing = Extent { start: at, end: at };
        if !was_open && self.fault.is_none() && self.framer.is_in_array() {
            self.push_span(chunk, end..end, nothing, SpanForm::Unclosed);
        }
        if let Some(fault) = self.fault.take() {
            self.is_broken = true;
            chunk.fault = Some(fault);
            self.push_span(chunk, end..end, nothing, SpanForm::Fault);
        }
    }

    /// Whether the file is another than the one that was opened.
    fn has_changed(&self) -> bool {
        let now = self.decoder.raw().and_then(Raw::as_file).and_then(|file| file.metadata().ok());
        match (&self.opened, now) {
            (Some(then), Some(now)) => then.len() != now.len() || then.modified().ok() != now.modified().ok(),
            _ => false,
        }
    }

    /// Reads to the end of an open record that is too long to be held, and keeps its beginning.
    fn pass_over(&mut self, chunk: &mut Chunk, start: usize) -> io::Result<()> {
        let begins = self.offset + start as u64;
        let mut rest = chunk.bytes.split_off(self.seen);
        let mut n_bytes = (self.seen - start) as u64;
        let kept = chunk.bytes.len().min(start + self.limits.kept);
        self.push_span(chunk, start..kept, Extent { start: begins, end: begins }, SpanForm::TooLong { n_bytes });
        self.pass_lines(&chunk.bytes[start..]);
        chunk.bytes.truncate(kept);
        loop {
            let (done, has_ended) = match self.framer.end(&rest) {
                Scan::End(done) => (done, true),
                Scan::More(_) if self.at_end => (rest.len(), true),
                Scan::More(done) => (done, false),
            };
            self.pass_lines(&rest[..done]);
            n_bytes += done as u64;
            rest.drain(..done);
            if has_ended {
                break;
            }
            self.read(&mut rest, self.limits.step)?;
        }
        if let Framer::Warc(warc) = &mut self.framer {
            warc.take_state();
        }
        self.offset = begins + n_bytes;
        self.ahead = rest;
        self.seen = 0;
        if let Some(span) = chunk.spans.last_mut() {
            span.form = SpanForm::TooLong { n_bytes };
            span.extent.end = self.offset;
        }
        Ok(())
    }

    fn read(&mut self, bytes: &mut Vec<u8>, n: usize) -> io::Result<usize> {
        let start = bytes.len();
        match self.decoder.append(bytes, n) {
            Ok(n_read) => self.at_end = n_read < n,
            Err(Broken::Read(error)) => return Err(error),
            Err(Broken::Damaged(reason)) => {
                self.fault = Some(reason);
                self.at_end = true;
            }
        }
        self.n_read = self.decoder.raw().map_or(self.n_read, Raw::n_read);
        Ok(bytes.len() - start)
    }
}
