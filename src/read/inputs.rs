//! Inputs: files, folders and standard input, found first and then read one after the other.
//!
//! All files are found and opened once before the first is read, so that a missing or locked one is told at once and not
//! after an hour. Files that can be read only once (pipes) stay open from then on.

use std::path::{Path, PathBuf};

use crate::codec::{Broken, Compression, Decoder};
use crate::error::{Error, Result};
use crate::read::batch::{Batch, Chunk};
use crate::read::files::{InputFile, find, read_error};
use crate::read::format::{Format, HEAD_BYTES, format, is_no_table_of_texts};
#[cfg(feature = "parquet")]
use crate::read::rows::RowSource;
use crate::read::source::{Head, Source};
use crate::read::{FieldRole, Fields, Limits};

/// Inputs, opened: files, folders walked in order of their names, patterns, `-`.
#[derive(Debug)]
pub struct Inputs {
    files: Vec<InputFile>,
    /// How many of the files were begun.
    n_begun: usize,
    current: Option<Current>,
    /// Memory of a batch that is done with, for the next one.
    spare: Vec<u8>,
    n_bytes: Option<u64>,
    n_read: u64,
    pub(super) limits: Limits,
    /// The names that the user gave to fields: they say which columns are read, and which table is one of texts.
    fields: Fields,
}

/// How many times as large texts become that are unpacked: two and a half where speed mattered most, three and a half where size
/// did.
const USUAL_RATIO: f64 = 2.5;

/// Bytes of a buffer that is kept for the next batch: more than batches usually have.
const MAX_SPARE_BYTES: usize = 32 << 20;

impl Inputs {
    /// Finds the files of the inputs, and checks that each can be read.
    ///
    /// A folder is walked to any depth, in the order of names. In it, files whose ending is not known are passed over,
    /// as are names that begin with a dot; links are followed, but no folder is walked twice. A path that does not exist
    /// and has `*`, `?` or `[` is a pattern.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where a file or folder is missing or cannot be read;
    /// [`Error::NothingToRead`](crate::error::Error::NothingToRead) for a folder without a file of a known ending;
    /// [`Error::Format`](crate::error::Error::Format) for a named file whose format is not read.
    pub fn open(inputs: &[PathBuf]) -> Result<Self> {
        Inputs::open_within(inputs, Limits::default())
    }

    /// The same, with limits of one's own.
    ///
    /// # Errors
    /// The same.
    pub fn open_within(inputs: &[PathBuf], limits: Limits) -> Result<Self> {
        Inputs::find(inputs, limits, false)
    }

    /// The same, to be read twice: what comes through pipes is kept in the temporary folder.
    ///
    /// # Errors
    /// The same, and [`Error::Write`](crate::error::Error::Write) for the temporary folder.
    pub fn open_kept(inputs: &[PathBuf], limits: Limits) -> Result<Self> {
        Inputs::find(inputs, limits, true)
    }

    fn find(inputs: &[PathBuf], limits: Limits, keep: bool) -> Result<Self> {
        let mut files = Vec::new();
        for input in inputs {
            let n_before = files.len();
            find(input, keep, &mut files)?;
            for file in files[n_before..].iter_mut().filter(|file| file.ending.is_none() && file.reader.is_none()) {
                let (_, head) = begin(file, limits)?;
                format(&file.path, None, &head.bytes)?;
            }
        }
        let n_bytes = files.iter().map(|file| file.n_bytes).sum();
        Ok(Inputs::of_files(files, n_bytes, limits))
    }

    fn of_files(files: Vec<InputFile>, n_bytes: Option<u64>, limits: Limits) -> Self {
        let (spare, fields) = (Vec::new(), Fields::default());
        Inputs { files, n_begun: 0, current: None, spare, n_bytes, n_read: 0, limits, fields }
    }

    /// Says which names the user gave to fields: of columns only those are read that are looked for.
    #[must_use]
    pub fn with_fields(mut self, fields: &Fields) -> Self {
        self.fields = fields.clone();
        self
    }

    /// Whether the first file is anything but a table without a column of text.
    pub(super) fn begins_with_texts(&mut self) -> Result<bool> {
        let Some(file) = self.files.first_mut() else { return Ok(true) };
        let (_, head) = begin(file, self.limits)?;
        let found = format(&file.path, file.ending, &head.bytes)?;
        Ok(!is_no_table_of_texts(found, &head.bytes, self.fields.named(FieldRole::Text)))
    }

    /// Files of folders that were passed over: tables without a column of text are something else.
    pub fn passed_over(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().filter(|file| file.is_passed_over).map(|file| &*file.path)
    }

    /// Reads records until they hold about `bytes`; `None` when all inputs are read.
    ///
    /// A batch has at least one record and at most about `bytes / 128`. Memory is about `bytes`, and up to
    /// [`Limits::record`] more for a long record.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where a file has gone or cannot be read on;
    /// [`Error::Format`](crate::error::Error::Format) where the format of a file that was named is not read. One in a
    /// folder is a record that cannot be read, and takes no other files with it.
    pub fn next_batch(&mut self, bytes: usize) -> Result<Option<Batch>> {
        let mut batch = Batch::default();
        let mut left = bytes.max(1);
        while left > 0 {
            let Some(mut source) = self.next_source()? else { break };
            let before = source.n_read();
            let chunk = source.fill(left, std::mem::take(&mut self.spare))?;
            self.n_read += source.n_read() - before;
            left = left.saturating_sub(chunk.weight);
            if !chunk.is_empty() {
                batch.chunks.push(chunk);
            }
            if source.is_done() {
                source.note(&mut self.files[self.n_begun - 1]);
            } else {
                self.current = Some(source);
            }
        }
        Ok(Some(batch).filter(|batch| !batch.chunks.is_empty()))
    }

    /// Takes a batch back that is done with: the next one is read into its memory, which costs as much to get anew as
    /// reading does.
    pub fn recycle(&mut self, batch: Batch) {
        let buffers = batch.chunks.into_iter().map(|chunk| chunk.bytes).chain([std::mem::take(&mut self.spare)]);
        // A record of a hundred megabytes is not remembered for the rest of the run.
        let usual = buffers.filter(|buffer| buffer.capacity() <= MAX_SPARE_BYTES);
        self.spare = usual.max_by_key(Vec::capacity).unwrap_or_default();
    }

    /// The files, in the order in which they are read.
    pub fn files(&self) -> &[InputFile] {
        &self.files
    }

    /// The files, for who is done with their records.
    pub fn into_files(self) -> Vec<InputFile> {
        self.files
    }

    /// Bytes of all files; `None` where standard input or a pipe is among them.
    pub fn n_bytes(&self) -> Option<u64> {
        self.n_bytes
    }

    /// Bytes of all files once they are unpacked, about; `None` where standard input or a pipe is among them.
    pub fn n_bytes_unpacked(&self) -> Option<u64> {
        let unpacked = |file: &InputFile| {
            let times = if file.is_packed() { USUAL_RATIO } else { 1.0 };
            Some(file.n_bytes? as f64 * times)
        };
        self.files.iter().map(unpacked).sum::<Option<f64>>().map(|n_bytes| n_bytes as u64)
    }

    /// Bytes read until now.
    pub fn n_bytes_read(&self) -> u64 {
        self.n_read
    }

    /// The file that is being read, else the next one.
    fn next_source(&mut self) -> Result<Option<Current>> {
        if let Some(source) = self.current.take() {
            return Ok(Some(source));
        }
        while let Some(file) = self.files.get_mut(self.n_begun) {
            self.n_begun += 1;
            let (decoder, head) = begin(file, self.limits)?;
            let found = format(&file.path, file.ending, &head.bytes)
                .and_then(|found| check_packing(&file.path, found, decoder.compression()));
            let found = match found {
                Err(error) if file.folder.is_some() => {
                    let source = Source::refused(file.path.clone(), self.n_begun - 1, decoder, &error, self.limits);
                    self.n_read += source.n_read();
                    return Ok(Some(Current::Bytes(Box::new(source))));
                }
                found => found?,
            };
            if file.folder.is_some() && is_no_table_of_texts(found, &head.bytes, self.fields.named(FieldRole::Text)) {
                file.is_passed_over = true;
                self.n_read += file.n_bytes.unwrap_or(0);
                continue;
            }
            file.form = Some((found, decoder.compression()));
            let number = self.n_begun - 1;
            let source = match found.framer() {
                Some(framer) => {
                    let path = file.path.clone();
                    Current::Bytes(Box::new(Source::new(path, number, decoder, framer, head, self.limits)))
                }
                None => rows(file, number, decoder, &head, &self.fields, self.limits)?,
            };
            self.n_read += source.n_read();
            return Ok(Some(source));
        }
        Ok(None)
    }
}

/// The file that is being read.
#[derive(Debug)]
enum Current {
    Bytes(Box<Source>),
    #[cfg(feature = "parquet")]
    Rows(Box<RowSource>),
}

impl Current {
    fn fill(&mut self, want: usize, buffer: Vec<u8>) -> Result<Chunk> {
        match self {
            Current::Bytes(source) => source.fill(want, buffer).map_err(|e| read_error(source.path(), e)),
            #[cfg(feature = "parquet")]
            Current::Rows(rows) => Ok(rows.fill(want)),
        }
    }

    fn is_done(&self) -> bool {
        match self {
            Current::Bytes(source) => source.is_done(),
            #[cfg(feature = "parquet")]
            Current::Rows(rows) => rows.is_done(),
        }
    }

    fn n_read(&self) -> u64 {
        match self {
            Current::Bytes(source) => source.n_read(),
            #[cfg(feature = "parquet")]
            Current::Rows(rows) => rows.n_read(),
        }
    }

    /// Takes down what a second reading has to find.
    fn note(&self, file: &mut InputFile) {
        match self {
            Current::Bytes(source) => source.note(file),
            #[cfg(feature = "parquet")]
            Current::Rows(rows) => file.is_broken = rows.is_broken(),
        }
    }
}

/// Parquet is no stream: its end is looked at first.
fn check_packing(path: &Path, format: Format, compression: Compression) -> Result<Format> {
    if format == Format::Parquet && compression != Compression::None {
        let (found, cure) = ("a Parquet file inside a compressed one", "unpack it; Parquet compresses by itself");
        return Err(Error::Format { path: path.to_owned(), found, cure });
    }
    Ok(format)
}

/// Opens a Parquet file, whose end is read first: one that comes through a pipe is kept in a temporary file.
#[cfg(feature = "parquet")]
fn rows(
    file: &mut InputFile,
    number: usize,
    mut decoder: Decoder,
    head: &Head,
    fields: &Fields,
    limits: Limits,
) -> Result<Current> {
    if file.n_bytes.is_none() {
        file.keep_rest(&head.bytes, &mut decoder)?;
    }
    let opened = file.reopen()?;
    Ok(Current::Rows(Box::new(RowSource::new(file.path.clone(), number, opened, fields, limits))))
}

/// Without the feature the format is refused before.
#[cfg(not(feature = "parquet"))]
fn rows(file: &mut InputFile, _: usize, _: Decoder, _: &Head, _: &Fields, _: Limits) -> Result<Current> {
    let (found, cure) = ("a Parquet file", "build the program with --features parquet");
    Err(Error::Format { path: file.path.to_path_buf(), found, cure })
}

/// The first bytes of a file, without the byte order mark of UTF-8.
fn begin(file: &mut InputFile, limits: Limits) -> Result<(Decoder, Head)> {
    let raw = file.take_reader()?;
    let mut decoder = Decoder::new(raw, limits.expansion).map_err(|e| read_error(&file.path, e))?;
    let mut head = Head { bytes: Vec::with_capacity(HEAD_BYTES + 1), offset: 0, fault: None };
    match decoder.append(&mut head.bytes, HEAD_BYTES) {
        Ok(_) => {}
        Err(Broken::Read(error)) => return Err(read_error(&file.path, error)),
        Err(Broken::Damaged(reason)) => head.fault = Some(reason),
    }
    if head.bytes.starts_with(b"\xEF\xBB\xBF") {
        head.bytes.drain(..3);
        head.offset = 3;
    }
    Ok((decoder, head))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Raw;
    use std::io::{Seek, Write};

    /// The ids, or the reasons why not, of what comes from standard input.
    fn from_stdin(bytes: &[u8]) -> Result<Vec<String>> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        let mut files = Vec::new();
        find(Path::new("-"), false, &mut files)?;
        files[0].reader = Some(Raw::file(file));
        let limits = Limits::default();
        let mut inputs = Inputs::of_files(files, None, limits);
        let batch = inputs.next_batch(1 << 20)?;
        let outcomes = batch.iter().flat_map(Batch::records).map(|record| record.parse(&Fields::default()));
        Ok(outcomes
            .map(|outcome| outcome.map_or_else(|reject| reject.to_string(), |p| p.unwrap().article.id))
            .collect())
    }

    #[test]
    fn standard_input_is_lines_an_array_or_a_page() {
        let cases: &[(&[u8], &[&str])] = &[
            (b"\n{\"text\": \"A.\"}\n\n{\"text\": \"\"}\n", &["-:2", "-:4: the text (field `text`) is empty"]),
            (b"\xEF\xBB\xBF{\"text\": \"A.\"}", &["-:1"]),
            (b"[{\"text\": \"A.\"},\n{\"text\": \"B.\"}]", &["-:1", "-:2"]),
            (b"PORT ELLERY (AP) -- A ferry.\n\n{x}\n", &["-"]),
            (b"", &[]),
        ];
        for (bytes, expected) in cases {
            assert_eq!(from_stdin(bytes).unwrap(), *expected, "{}", String::from_utf8_lossy(bytes));
        }
        let error = from_stdin(b"PK\x03\x04\x00").unwrap_err();
        assert!(matches!(error, Error::Format { .. }), "{error}");
    }
}
