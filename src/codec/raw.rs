//! The bytes of a file as they lie on disk, counted while they are read.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, Read, Stdin};

/// A file or standard input being read, with a count of what was read.
pub struct Raw {
    from: From,
    /// What was taken in and not handed on: from `at` to `end`. Behind it is memory to read into.
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    n_read: u64,
    failed: bool,
    /// What was handed on since it was asked for.
    kept: Option<Vec<u8>>,
}

enum From {
    File(File),
    Stdin(Stdin),
}

/// Bytes that are read at once: whole pages, many to a call.
const BUFFER_BYTES: usize = 128 << 10;
/// Bytes from which they are read to where they are asked for.
const DIRECT_BYTES: usize = 16 << 10;

impl Raw {
    /// Reads a file from where it stands.
    pub fn file(file: File) -> Self {
        Raw::new(From::File(file))
    }

    /// Reads standard input.
    pub fn stdin() -> Self {
        Raw::new(From::Stdin(io::stdin()))
    }

    fn new(from: From) -> Self {
        Raw { from, buffer: Vec::new(), at: 0, end: 0, n_read: 0, failed: false, kept: None }
    }

    /// Bytes that were taken in, some of them ahead.
    pub fn n_read(&self) -> u64 {
        self.n_read
    }

    /// Bytes that were handed on.
    pub fn position(&self) -> u64 {
        self.n_read - (self.end - self.at) as u64
    }

    /// Keeps what is handed on from now on.
    pub(super) fn keep(&mut self) {
        self.kept = Some(Vec::new());
    }

    /// What was handed on since then; no more is kept.
    pub(super) fn take_kept(&mut self) -> Vec<u8> {
        self.kept.take().unwrap_or_default()
    }

    /// Whether reading itself failed, and not what was made of the bytes.
    pub fn failed(&self) -> bool {
        self.failed
    }

    /// The file, where it is one.
    pub fn as_file(&self) -> Option<&File> {
        match &self.from {
            From::File(file) => Some(file),
            From::Stdin(_) => None,
        }
    }

    /// The bytes that come next, at least `n` of them, without handing them on; fewer where the file ends.
    ///
    /// # Errors
    /// What the system says.
    pub fn peek(&mut self, n: usize) -> io::Result<&[u8]> {
        self.buffer.copy_within(self.at..self.end, 0);
        (self.at, self.end) = (0, self.end - self.at);
        // A pipe that is written by the byte must be told from an end.
        while self.end < n {
            if self.take_in()? == 0 {
                break;
            }
        }
        Ok(&self.buffer[..self.end])
    }

    /// Appends to the buffer; the number of bytes, 0 at the end.
    fn take_in(&mut self) -> io::Result<usize> {
        if self.buffer.len() < self.end + BUFFER_BYTES {
            self.buffer.resize(self.end + BUFFER_BYTES, 0);
        }
        let read = self.from.read(&mut self.buffer[self.end..]);
        self.end += read.as_ref().unwrap_or(&0);
        self.note(read)
    }

    /// Takes note of a reading.
    fn note(&mut self, read: io::Result<usize>) -> io::Result<usize> {
        self.failed |= read.is_err();
        self.n_read += *read.as_ref().unwrap_or(&0) as u64;
        read
    }
}

impl From {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = match self {
                From::File(file) => file.read(buffer),
                From::Stdin(stdin) => stdin.read(buffer),
            };
            match read {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }
}

impl BufRead for Raw {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            (self.at, self.end) = (0, 0);
            self.take_in()?;
        }
        Ok(&self.buffer[self.at..self.end])
    }

    fn consume(&mut self, n: usize) {
        let end = (self.at + n).min(self.end);
        if let Some(kept) = &mut self.kept {
            kept.extend_from_slice(&self.buffer[self.at..end]);
        }
        self.at = end;
    }
}

impl Read for Raw {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Whoever takes many bytes has them without a copy more.
        if self.at == self.end && buffer.len() >= DIRECT_BYTES && self.kept.is_none() {
            let read = self.from.read(buffer);
            return self.note(read);
        }
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raw").field("n_read", &self.n_read).finish_non_exhaustive()
    }
}
