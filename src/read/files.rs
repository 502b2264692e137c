//! The files of the inputs: found, named, and opened for the first time.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
#[cfg(feature = "parquet")]
use std::io::Write;
use std::io::{self, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use crate::codec::Raw;
#[cfg(feature = "parquet")]
use crate::codec::{Broken, Decoder};
use crate::error::{Error, Result};
use crate::read::format::{Ending, Format};

/// A file of the inputs, and what was seen of it.
#[derive(Debug)]
pub struct InputFile {
    /// Its path; `-` for standard input.
    pub path: Arc<Path>,
    /// The path below the folder that was walked, or its name if it was named itself.
    pub relative: PathBuf,
    /// The folder that was walked to it.
    pub folder: Option<PathBuf>,
    /// Its format and compression, once it was opened for reading.
    pub form: Option<(Format, crate::codec::Compression)>,
    /// The hash of its bytes, decompressed, once it was read; of Parquet, of its length and its time of change.
    pub digest: Option<u64>,
    /// Bytes that were read of it, decompressed.
    pub(crate) n_unpacked: u64,
    /// Whether it was not read to its end.
    pub(crate) is_broken: bool,
    /// Of a table, where its row of names ends.
    pub(crate) names_end: Option<u64>,
    /// When it was changed last, before it was read.
    pub(crate) modified: Option<SystemTime>,
    /// What came through a pipe, where it was kept to be read again.
    pub(crate) spooled: Option<File>,
    /// Whether it is a table without a column of text, in a folder.
    pub(crate) is_passed_over: bool,
    pub(super) ending: Option<Ending>,
    /// Open already, where it can be opened only once.
    pub(super) reader: Option<Raw>,
    /// Bytes on disk; `None` where they are not known before the end.
    pub(super) n_bytes: Option<u64>,
}

impl InputFile {
    /// Bytes on disk; `None` where they are not known before the end.
    pub fn n_bytes(&self) -> Option<u64> {
        self.n_bytes
    }

    /// Whether its name says that it is compressed.
    pub(super) fn is_packed(&self) -> bool {
        crate::codec::Compression::strip(&self.path).1 || self.ending == Some(Ending::Parquet)
    }

    /// Opens the file, or takes what is open already.
    pub(super) fn take_reader(&mut self) -> Result<Raw> {
        match self.reader.take() {
            Some(reader) => Ok(reader),
            None => self.reopen().map(Raw::file),
        }
    }

    /// Keeps what comes through a pipe, of which the head was read, so that it can be read from any place.
    #[cfg(feature = "parquet")]
    pub(super) fn keep_rest(&mut self, head: &[u8], decoder: &mut Decoder) -> Result<()> {
        let write_error = |source| Error::Write { path: std::env::temp_dir(), source };
        let mut file = tempfile::tempfile().map_err(write_error)?;
        let mut bytes = head.to_vec();
        while !bytes.is_empty() {
            file.write_all(&bytes).map_err(write_error)?;
            bytes.clear();
            decoder.append(&mut bytes, KEPT_AT_ONCE).map_err(|broken| match broken {
                Broken::Read(source) => read_error(&self.path, source),
                Broken::Damaged(reason) => read_error(&self.path, io::Error::other(reason)),
            })?;
        }
        self.spooled = Some(file);
        Ok(())
    }

    /// Opens the file once more, from its start.
    ///
    /// # Errors
    /// [`Error::Read`].
    pub(crate) fn reopen(&self) -> Result<File> {
        let opened = match &self.spooled {
            Some(file) => file.try_clone().and_then(|mut file| file.rewind().map(|()| file)),
            None => File::open(&self.path),
        };
        opened.map_err(|e| read_error(&self.path, e))
    }
}

#[cfg(feature = "parquet")]
const KEPT_AT_ONCE: usize = 1 << 20;

pub(super) fn read_error(path: &Path, source: io::Error) -> Error {
    Error::Read { path: path.to_owned(), source }
}

/// Finds the files of an input.
pub(super) fn find(input: &Path, spool: bool, files: &mut Vec<InputFile>) -> Result<()> {
    if input == Path::new("-") {
        let mut found = file(input, None, Path::new("stdin"));
        found.reader = Some(Raw::stdin());
        if spool {
            keep(&mut found)?;
        }
        files.push(found);
        return Ok(());
    }
    match fs::metadata(input) {
        Ok(metadata) if metadata.is_dir() => walk(input, spool, files),
        Ok(metadata) => {
            let name = input.file_name().map_or_else(|| input.to_owned(), PathBuf::from);
            files.push(open(file(input, None, &name), &metadata, spool)?);
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && is_pattern(input) => match_all(input, spool, files),
        Err(error) => Err(read_error(input, error)),
    }
}

fn file(path: &Path, folder: Option<&Path>, relative: &Path) -> InputFile {
    InputFile {
        path: Arc::from(path),
        relative: relative.to_owned(),
        folder: folder.map(Path::to_owned),
        form: None,
        digest: None,
        n_unpacked: 0,
        is_broken: false,
        names_end: None,
        modified: None,
        spooled: None,
        is_passed_over: false,
        ending: Ending::of(path),
        reader: None,
        n_bytes: None,
    }
}

fn is_pattern(input: &Path) -> bool {
    input.to_str().is_some_and(|text| text.contains(['*', '?', '[']))
}

/// Finds what a pattern matches, in the order of names: for shells that leave that to the program.
fn match_all(input: &Path, spool: bool, files: &mut Vec<InputFile>) -> Result<()> {
    let not_found = |why: &str| read_error(input, io::Error::new(io::ErrorKind::NotFound, why.to_owned()));
    let pattern = input.to_str().unwrap_or_default();
    let matched = glob::glob(pattern).map_err(|e| not_found(&format!("no file of this name, and no pattern: {e}")))?;
    let n_before = files.len();
    for path in matched {
        let path = path.map_err(|e| read_error(e.path(), io::Error::from(e.error().kind())))?;
        find(&path, spool, files)?;
    }
    if files.len() == n_before {
        return Err(not_found("no file of this name, and none that this pattern matches"));
    }
    Ok(())
}

/// Opens a file that the user named or that was walked to: it is closed again if it can be opened a second time.
fn open(mut found: InputFile, metadata: &Metadata, spool: bool) -> Result<InputFile> {
    let reader = File::open(&found.path).map_err(|e| read_error(&found.path, e))?;
    if metadata.is_file() {
        found.n_bytes = Some(metadata.len());
        found.modified = metadata.modified().ok();
    } else {
        found.reader = Some(Raw::file(reader));
        if spool {
            keep(&mut found)?;
        }
    }
    Ok(found)
}

/// Copies what comes through a pipe to a temporary file, so that it can be read twice.
fn keep(found: &mut InputFile) -> Result<()> {
    let Some(mut reader) = found.reader.take() else { return Ok(()) };
    let write_error = |source| Error::Write { path: std::env::temp_dir(), source };
    let mut file = tempfile::tempfile().map_err(write_error)?;
    let copied = io::copy(&mut reader, &mut file);
    let n_bytes = match copied {
        Err(error) if reader.failed() => return Err(read_error(&found.path, error)),
        copied => copied.map_err(write_error)?,
    };
    file.rewind().map_err(write_error)?;
    found.n_bytes = Some(n_bytes);
    found.spooled = Some(file);
    Ok(())
}

/// Finds the files of a folder.
fn walk(folder: &Path, spool: bool, files: &mut Vec<InputFile>) -> Result<()> {
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
            let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_owned();
            files.push(open(file(entry.path(), Some(folder), &relative), &metadata, spool)?);
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
