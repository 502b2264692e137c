//! A temporary file without a name, which the system removes when the run ends, however it ends.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};

use crate::error::{Error, Result};

/// What is written to it stays until it is dropped; what was written is read back at any place.
#[derive(Debug)]
pub(super) struct Spill {
    out: BufWriter<File>,
    written: u64,
}

impl Spill {
    pub(super) fn new() -> Result<Self> {
        let file = tempfile::tempfile().map_err(write_error)?;
        Ok(Spill { out: BufWriter::with_capacity(1 << 20, file), written: 0 })
    }

    /// Appends bytes: where they start.
    pub(super) fn append(&mut self, bytes: &[u8]) -> Result<u64> {
        self.out.write_all(bytes).map_err(write_error)?;
        let start = self.written;
        self.written += bytes.len() as u64;
        Ok(start)
    }

    /// Makes what was appended so far readable.
    pub(super) fn flush(&mut self) -> Result<()> {
        self.out.flush().map_err(write_error)
    }

    /// Goes back to the end: reading moves the place of writing on some systems.
    pub(super) fn resume(&mut self) -> Result<()> {
        self.out.seek(SeekFrom::Start(self.written)).map_err(write_error)?;
        Ok(())
    }

    /// The file, for reading.
    pub(super) fn file(&self) -> &File {
        self.out.get_ref()
    }

    /// The file, with all that was appended.
    pub(super) fn into_file(self) -> Result<File> {
        self.out.into_inner().map_err(|e| write_error(e.into_error()))
    }
}

/// So many bytes from a place of a spilled file.
pub(super) fn read_at(file: &File, start: u64, n_bytes: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; n_bytes];
    read_exact_at(file, &mut bytes, start).map_err(read_error)?;
    Ok(bytes)
}

pub(super) fn read_error(source: io::Error) -> Error {
    Error::Read { path: std::env::temp_dir(), source }
}

pub(super) fn write_error(source: io::Error) -> Error {
    Error::Write { path: std::env::temp_dir(), source }
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let n = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[n..];
        at += n as u64;
    }
    Ok(())
}
