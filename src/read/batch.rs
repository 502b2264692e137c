//! Batches of records, and the file that they are read from.
//!
//! A batch holds the bytes of each file in one piece, as they were read; its records are ranges of them. A record that
//! the end of a batch cuts moves to the next one. Only a record that is too long to be held is looked through without
//! being kept.

use std::fs::File;
use std::io::{self, Read, Stdin};
use std::path::Path;
use std::sync::Arc;

use crate::read::frame::{Framer, is_blank};
use crate::read::{Form, Record};

/// Records that were read together.
#[derive(Debug, Default)]
pub struct Batch {
    pub(super) chunks: Vec<Chunk>,
}

impl Batch {
    /// The records, in the order of the input.
    pub fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.chunks.iter().flat_map(|chunk| {
            chunk.spans.iter().map(|span| Record {
                path: &chunk.path,
                line: span.line,
                bytes: &chunk.bytes[span.start..span.end],
                nth_on_line: span.nth_on_line,
                form: span.form,
            })
        })
    }
}

/// Records of one file.
#[derive(Debug)]
pub(super) struct Chunk {
    path: Arc<Path>,
    bytes: Vec<u8>,
    spans: Vec<Span>,
    /// What the records count for in a batch.
    weight: usize,
}

impl Chunk {
    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    pub(super) fn weight(&self) -> usize {
        self.weight
    }
}

/// A record's place in its chunk.
#[derive(Debug)]
struct Span {
    start: usize,
    end: usize,
    line: u64,
    nth_on_line: u32,
    form: Form,
}

/// What bounds the memory of reading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Bytes of the longest record that is read.
    pub(super) record: usize,
    /// Bytes that are kept of a longer one.
    pub(super) kept: usize,
    /// Least bytes that are read at once.
    pub(super) step: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { record: super::MAX_RECORD_BYTES, kept: super::KEPT_BYTES, step: 64 << 10 }
    }
}

/// What a record counts for at least: a parsed record takes memory, however short its line is.
const LEAST_WEIGHT: usize = 128;

/// Where bytes come from.
#[derive(Debug)]
pub(super) enum Reader {
    File(File),
    Stdin(Stdin),
}

impl Reader {
    /// Appends `n` bytes, or those that are left; their number.
    pub(super) fn append(&mut self, bytes: &mut Vec<u8>, n: usize) -> io::Result<usize> {
        match self {
            Reader::File(file) => file.take(n as u64).read_to_end(bytes),
            Reader::Stdin(stdin) => stdin.lock().take(n as u64).read_to_end(bytes),
        }
    }
}

/// A file that is being read.
#[derive(Debug)]
pub(super) struct Source {
    path: Arc<Path>,
    reader: Reader,
    framer: Framer,
    limits: Limits,
    /// Bytes that were read and belong to no record yet; the open record is at their start.
    ahead: Vec<u8>,
    /// Whether a record has begun, and how many bytes of `ahead` the framer has seen.
    is_open: bool,
    seen: usize,
    /// The line on which the bytes ahead begin, and the records that began on it.
    line: u64,
    on_line: u32,
    n_read: u64,
    at_end: bool,
    is_done: bool,
}

impl Source {
    /// A file whose first bytes were already read.
    pub(super) fn new(path: Arc<Path>, reader: Reader, framer: Framer, head: Head, limits: Limits) -> Self {
        Source {
            path,
            reader,
            framer,
            limits,
            ahead: head.bytes,
            is_open: false,
            seen: 0,
            line: 1,
            on_line: 0,
            n_read: head.n_read,
            at_end: false,
            is_done: false,
        }
    }

    pub(super) fn path(&self) -> &Arc<Path> {
        &self.path
    }

    /// Whether all records were read.
    pub(super) fn is_done(&self) -> bool {
        self.is_done
    }

    /// Bytes read of the file.
    pub(super) fn n_read(&self) -> u64 {
        self.n_read
    }

    /// Reads about `want` bytes of records: at least one, if there is one left.
    pub(super) fn fill(&mut self, want: usize) -> io::Result<Chunk> {
        let bytes = std::mem::take(&mut self.ahead);
        let mut chunk = Chunk { path: self.path.clone(), bytes, spans: Vec::new(), weight: 0 };
        let mut start = 0;
        loop {
            start = self.frame(&mut chunk, start, want);
            if chunk.weight >= want {
                break;
            }
            if self.at_end {
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
                self.seen -= start;
                start = 0;
            } else if chunk.bytes.len() >= want {
                break;
            }
            let step = want.saturating_sub(chunk.bytes.len()).max(self.limits.step);
            self.read(&mut chunk.bytes, step)?;
        }
        self.ahead = chunk.bytes.split_off(start);
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
            let Some(length) = self.framer.end(&chunk.bytes[self.seen..]) else {
                self.seen = chunk.bytes.len();
                return start;
            };
            let end = self.seen + length;
            self.push(chunk, start, end);
            start = end;
            self.seen = end;
        }
    }

    /// Closes the open record.
    fn push(&mut self, chunk: &mut Chunk, start: usize, end: usize) {
        let record = &chunk.bytes[start..end];
        let n_bytes = record.len();
        let (length, form) = if n_bytes > self.limits.record {
            (self.limits.kept, Form::TooLong { n_bytes: n_bytes as u64 })
        } else if matches!(self.framer, Framer::Page) {
            (n_bytes, Form::Page)
        } else {
            (record.iter().rposition(|b| !is_blank(*b)).map_or(0, |last| last + 1), Form::Json)
        };
        self.push_span(chunk, start, start + length, form);
        self.pass_lines(&chunk.bytes[start..end]);
    }

    fn push_span(&mut self, chunk: &mut Chunk, start: usize, end: usize, form: Form) {
        self.on_line += 1;
        chunk.spans.push(Span { start, end, line: self.line, nth_on_line: self.on_line, form });
        chunk.weight += (end - start).max(LEAST_WEIGHT);
        self.is_open = false;
    }

    fn pass_lines(&mut self, bytes: &[u8]) {
        let n_lines = memchr::memchr_iter(b'\n', bytes).count() as u64;
        if n_lines > 0 {
            self.line += n_lines;
            self.on_line = 0;
        }
    }

    /// Closes the last record of the file.
    fn finish(&mut self, chunk: &mut Chunk, start: usize) {
        self.is_done = true;
        let end = chunk.bytes.len();
        if self.is_open {
            self.push(chunk, start, end);
        } else if self.framer.is_in_array() {
            self.push_span(chunk, end, end, Form::Unclosed);
        }
    }

    /// Reads to the end of an open record that is too long to be held, and keeps its beginning.
    fn pass_over(&mut self, chunk: &mut Chunk, start: usize) -> io::Result<()> {
        let mut n_bytes = (chunk.bytes.len() - start) as u64;
        let kept = start + self.limits.kept;
        self.push_span(chunk, start, kept, Form::TooLong { n_bytes });
        self.pass_lines(&chunk.bytes[start..]);
        chunk.bytes.truncate(kept);
        let mut rest = Vec::new();
        loop {
            rest.clear();
            if self.read(&mut rest, self.limits.step)? == 0 {
                self.is_done = true;
                break;
            }
            let end = self.framer.end(&rest);
            let length = end.unwrap_or(rest.len());
            self.pass_lines(&rest[..length]);
            n_bytes += length as u64;
            if end.is_some() {
                self.ahead = rest.split_off(length);
                break;
            }
        }
        self.seen = 0;
        if let Some(span) = chunk.spans.last_mut() {
            span.form = Form::TooLong { n_bytes };
        }
        Ok(())
    }

    fn read(&mut self, bytes: &mut Vec<u8>, n: usize) -> io::Result<usize> {
        let n_read = self.reader.append(bytes, n)?;
        self.n_read += n_read as u64;
        self.at_end = n_read < n;
        Ok(n_read)
    }
}

/// The beginning of a file, which tells its format.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) bytes: Vec<u8>,
    pub(super) n_read: u64,
}
