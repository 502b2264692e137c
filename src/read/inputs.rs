//! Inputs: files, folders and standard input, found first and then read one after the other.
//!
//! All files are found and opened once before the first is read, so that a missing or locked one is told at once and not
//! after an hour. Files that can be read only once (pipes) stay open from then on.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Result};
use crate::read::batch::{Batch, Head, Limits, Reader, Source};
use crate::read::format::{Ending, HEAD_BYTES, framer};

/// Inputs, opened: files, folders walked in order of their names, `-`.
#[derive(Debug)]
pub struct Inputs {
    files: std::vec::IntoIter<Found>,
    current: Option<Source>,
    n_bytes: Option<u64>,
    n_read: u64,
    pub(super) limits: Limits,
}

/// A file that was found.
#[derive(Debug)]
struct Found {
    path: Arc<Path>,
    ending: Option<Ending>,
    /// Open already, where it can be opened only once.
    reader: Option<Reader>,
    /// `None` where it is not known before the end.
    n_bytes: Option<u64>,
}

impl Inputs {
    /// Finds the files of the inputs, and checks that each can be read.
    ///
    /// A folder is walked to any depth, in the order of names. In it, files whose ending is not known are passed over,
    /// as are names that begin with a dot; links are followed, but no folder is walked twice.
    ///
    /// # Errors
    /// [`Error::Read`] where a file or folder is missing or cannot be read; [`Error::NothingToRead`] for a folder
    /// without a file of a known ending; [`Error::Format`] for a named file that is neither JSON nor text.
    pub fn open(inputs: &[PathBuf]) -> Result<Self> {
        let mut files = Vec::new();
        for input in inputs {
            find(input, &mut files)?;
        }
        let n_bytes = files.iter().map(|found| found.n_bytes).sum();
        Ok(Inputs { files: files.into_iter(), current: None, n_bytes, n_read: 0, limits: Limits::default() })
    }

    /// Reads records until they hold about `bytes`; `None` when all inputs are read.
    ///
    /// A batch has at least one record and at most about `bytes / 128`. Memory is about `bytes`, and up to
    /// [`MAX_RECORD_BYTES`](super::MAX_RECORD_BYTES) more for a long record.
    ///
    /// # Errors
    /// [`Error::Read`] where a file has gone or cannot be read on; [`Error::Format`] where standard input is neither
    /// JSON nor text.
    pub fn next_batch(&mut self, bytes: usize) -> Result<Option<Batch>> {
        let mut batch = Batch::default();
        let mut left = bytes.max(1);
        while left > 0 {
            let Some(mut source) = self.next_source()? else { break };
            let before = source.n_read();
            let chunk = source.fill(left).map_err(|e| read_error(source.path(), e))?;
            self.n_read += source.n_read() - before;
            left = left.saturating_sub(chunk.weight());
            if !chunk.is_empty() {
                batch.chunks.push(chunk);
            }
            if !source.is_done() {
                self.current = Some(source);
            }
        }
        Ok(Some(batch).filter(|batch| !batch.chunks.is_empty()))
    }

    /// Bytes of all files; `None` where standard input or a pipe is among them.
    pub fn n_bytes(&self) -> Option<u64> {
        self.n_bytes
    }

    /// Bytes read until now.
    pub fn n_bytes_read(&self) -> u64 {
        self.n_read
    }

    /// The file that is being read, else the next one.
    fn next_source(&mut self) -> Result<Option<Source>> {
        if let Some(source) = self.current.take() {
            return Ok(Some(source));
        }
        let Some(found) = self.files.next() else { return Ok(None) };
        let source = start(found, self.limits)?;
        self.n_read += source.n_read();
        Ok(Some(source))
    }
}

fn read_error(path: &Path, source: io::Error) -> Error {
    Error::Read { path: path.to_owned(), source }
}

/// Adds the files of one input.
fn find(input: &Path, files: &mut Vec<Found>) -> Result<()> {
    if input == Path::new("-") {
        let reader = Some(Reader::Stdin(io::stdin()));
        files.push(Found { path: Arc::from(input), ending: None, reader, n_bytes: None });
        return Ok(());
    }
    let metadata = fs::metadata(input).map_err(|e| read_error(input, e))?;
    if metadata.is_dir() {
        return walk(input, files);
    }
    files.push(open(input, &metadata)?);
    Ok(())
}

/// Opens a file that the user named or that was walked to.
fn open(path: &Path, metadata: &Metadata) -> Result<Found> {
    let file = File::open(path).map_err(|e| read_error(path, e))?;
    let ending = Ending::of(path);
    let mut found = Found { path: Arc::from(path), ending, reader: None, n_bytes: None };
    let mut reader = Reader::File(file);
    if metadata.is_file() {
        found.n_bytes = Some(metadata.len());
        if ending.is_none() {
            let head = head(path, &mut reader)?;
            framer(path, None, &head.bytes)?;
        }
    } else {
        found.reader = Some(reader);
    }
    Ok(found)
}

/// Adds the files of a folder.
fn walk(folder: &Path, files: &mut Vec<Found>) -> Result<()> {
    let n_before = files.len();
    let mut walked = HashSet::new();
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| is_wanted(entry, &mut walked)) {
        let entry = match entry {
            Ok(entry) => entry,
            // A link to a folder that it lies in: everything behind it is walked anyway.
            Err(e) if e.loop_ancestor().is_some() => continue,
            Err(e) => {
                let path = e.path().unwrap_or(folder).to_owned();
                if is_dangling_link(&path) && (is_hidden(&path) || Ending::of(&path).is_none()) {
                    continue;
                }
                return Err(read_error(&path, e.into()));
            }
        };
        if entry.file_type().is_file() && Ending::of(entry.path()).is_some() {
            let metadata = entry.metadata().map_err(|e| read_error(entry.path(), e.into()))?;
            files.push(open(entry.path(), &metadata)?);
        }
    }
    if files.len() == n_before {
        return Err(Error::NothingToRead { path: folder.to_owned() });
    }
    Ok(())
}

/// Leaves out hidden names, and folders that were walked before under another name.
fn is_wanted(entry: &DirEntry, walked: &mut HashSet<PathBuf>) -> bool {
    if entry.depth() > 0 && is_hidden(entry.path()) {
        return false;
    }
    if !entry.file_type().is_dir() {
        return true;
    }
    // Where the real name cannot be told, the walk itself says why.
    fs::canonicalize(entry.path()).map_or(true, |real| walked.insert(real))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn is_dangling_link(path: &Path) -> bool {
    path.is_symlink() && !path.exists()
}

/// Opens a file for reading and tells its format.
fn start(found: Found, limits: Limits) -> Result<Source> {
    let mut reader = match found.reader {
        Some(reader) => reader,
        None => Reader::File(File::open(&found.path).map_err(|e| read_error(&found.path, e))?),
    };
    let head = head(&found.path, &mut reader)?;
    let framer = framer(&found.path, found.ending, &head.bytes)?;
    Ok(Source::new(found.path, reader, framer, head, limits))
}

/// The first bytes of a file, without the byte order mark of UTF-8.
fn head(path: &Path, reader: &mut Reader) -> Result<Head> {
    let mut bytes = Vec::with_capacity(HEAD_BYTES + 1);
    let n_read = reader.append(&mut bytes, HEAD_BYTES).map_err(|e| read_error(path, e))? as u64;
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    Ok(Head { bytes, n_read })
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, Write};

    use super::*;
    use crate::read::Fields;

    /// The ids, or the reasons why not, of what comes from standard input.
    fn from_stdin(bytes: &[u8]) -> Result<Vec<String>> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        let mut files = Vec::new();
        find(Path::new("-"), &mut files)?;
        files[0].reader = Some(Reader::File(file));
        let mut inputs =
            Inputs { files: files.into_iter(), current: None, n_bytes: None, n_read: 0, limits: Limits::default() };
        let batch = inputs.next_batch(1 << 20)?;
        let outcomes = batch.iter().flat_map(Batch::records).map(|record| record.parse(&Fields::default()));
        Ok(outcomes.map(|outcome| outcome.map_or_else(|reject| reject.to_string(), |p| p.article.id)).collect())
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
        let error = from_stdin(b"\x1F\x8B\x08").unwrap_err();
        assert!(matches!(error, Error::Format { .. }), "{error}");
    }
}
