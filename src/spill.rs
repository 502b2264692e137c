//! What a run keeps on disk: temporary files, and how much memory it may hold beside them.
//!
//! A temporary file has no name: the system takes it back when the run ends, however it ends. Only a run that may be
//! resumed names its files, in a folder of its own.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Where a run keeps what it does not hold in memory, and how much it may hold.
#[derive(Debug, Clone, Default)]
pub struct Space {
    /// The folder of temporary files; the system's where none is given.
    pub temp_dir: Option<PathBuf>,
    /// Bytes of memory that the run may hold; see [`Space::buffers`].
    pub memory: Option<u64>,
    /// The folder of a run that may be resumed.
    pub resume: Option<PathBuf>,
}

/// Bytes that buffers take where no limit is given.
const DEFAULT_BUFFERS: u64 = 1 << 30;
/// Bytes that buffers take at least: with less, a run would read its lists over and over.
const LEAST_BUFFERS: u64 = 32 << 20;
/// Bytes of memory that the program takes whatever it works on: code, tables, batches of records.
const BASE: u64 = 192 << 20;

impl Space {
    /// The folder of temporary files.
    pub fn folder(&self) -> PathBuf {
        self.temp_dir.clone().unwrap_or_else(std::env::temp_dir)
    }

    /// A temporary file without a name.
    ///
    /// # Errors
    /// [`Error::Write`] where none can be made.
    pub fn file(&self) -> Result<Spill> {
        let path = self.folder();
        let file = tempfile::tempfile_in(&path).map_err(|source| Error::Write { path: path.clone(), source })?;
        Ok(Spill::new(file, path))
    }

    /// The file of this name in the folder of a run that may be resumed, as long as it is; a temporary file where the
    /// run may not.
    ///
    /// # Errors
    /// [`Error::Write`] where it cannot be made.
    pub fn named(&self, name: &str) -> Result<Spill> {
        let Some(folder) = &self.resume else { return self.file() };
        let path = folder.join(name);
        let write_error = |source| Error::Write { path: path.clone(), source };
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(write_error)?;
        let flushed = file.metadata().map_err(write_error)?.len();
        Ok(Spill { flushed, ..Spill::new(file, path) })
    }

    /// Bytes that stages may take for their buffers, beside so many bytes that stay.
    pub fn buffers(&self, kept: u64) -> u64 {
        self.memory.map_or(DEFAULT_BUFFERS, |memory| memory.saturating_sub(BASE + kept)).max(LEAST_BUFFERS)
    }

    /// Whether so many bytes that stay, with the least buffers, are within the limit.
    ///
    /// # Errors
    /// [`Error::Memory`].
    pub fn check(&self, kept: u64) -> Result<()> {
        let needed = BASE + kept + LEAST_BUFFERS;
        match self.memory {
            Some(limit) if limit < needed => Err(Error::Memory { limit, needed }),
            _ => Ok(()),
        }
    }
}

/// Disk that a run needs for its temporary files, and what there is of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskNeed {
    /// The folder of the temporary files.
    pub folder: PathBuf,
    /// Bytes that the run needs, about.
    pub needed: u64,
    /// Bytes that are free.
    pub free: u64,
}

/// Temporary bytes for each byte of an input: words take two thirds of one in English, the postings and the lists that are made
/// of them a third, all else a tenth; in scripts whose letters take several bytes it is less. With texts kept, one more.
const DISK_A_BYTE: f64 = 1.1;

impl Space {
    /// What inputs of so many bytes, unpacked, still need of the disk.
    ///
    /// # Errors
    /// [`Error::Disk`] where less is free; [`Error::Read`] where the system does not say.
    pub fn disk_need(&self, n_bytes: u64, keep_texts: bool) -> Result<DiskNeed> {
        let folder = self.resume.clone().unwrap_or_else(|| self.folder());
        let a_byte = if keep_texts { DISK_A_BYTE + 1.0 } else { DISK_A_BYTE };
        let needed = (a_byte * n_bytes as f64) as u64;
        // A run that goes on has a part of it already.
        let needed = needed.saturating_sub(self.resume.as_deref().map_or(0, n_bytes_in));
        let free = fs4::available_space(&folder).map_err(|source| Error::Read { path: folder.clone(), source })?;
        if free < needed { Err(Error::Disk { folder, needed, free }) } else { Ok(DiskNeed { folder, needed, free }) }
    }
}

/// Bytes of the files in a folder, as far as the system tells.
fn n_bytes_in(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum()
}

/// A file that is appended to, and read back at any place.
#[derive(Debug)]
pub struct Spill {
    file: File,
    path: PathBuf,
    /// What was appended and is not in the file yet.
    buffer: Vec<u8>,
    flushed: u64,
}

/// Bytes that are written at once.
const BUFFER: usize = 256 << 10;

impl Spill {
    fn new(file: File, path: PathBuf) -> Self {
        Spill { file, path, buffer: Vec::new(), flushed: 0 }
    }

    /// Bytes appended so far.
    pub fn len(&self) -> u64 {
        self.flushed + self.buffer.len() as u64
    }

    /// Whether nothing was appended.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends bytes: where they start.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn append(&mut self, bytes: &[u8]) -> Result<u64> {
        let start = self.len();
        if self.buffer.len() + bytes.len() > BUFFER {
            self.flush()?;
        }
        if bytes.len() > BUFFER {
            self.write(bytes)?;
        } else {
            self.buffer.extend_from_slice(bytes);
        }
        Ok(start)
    }

    /// Appends numbers as they lie in memory: where they start.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn append_numbers(&mut self, numbers: &[u32]) -> Result<u64> {
        self.append(bytemuck::cast_slice(numbers))
    }

    /// Makes what was appended so far readable.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn flush(&mut self) -> Result<()> {
        let buffer = std::mem::take(&mut self.buffer);
        self.write(&buffer)?;
        self.buffer = buffer;
        self.buffer.clear();
        Ok(())
    }

    /// Forgets all beyond a place.
    ///
    /// # Errors
    /// [`Error::Write`]; [`Error::Read`] where the file is shorter than that.
    pub fn truncate(&mut self, len: u64) -> Result<()> {
        self.flush()?;
        if self.flushed < len {
            return Err(self.read_error(io::ErrorKind::UnexpectedEof.into()));
        }
        self.file.set_len(len).map_err(|source| self.write_error(source))?;
        self.flushed = len;
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        write_all_at(&self.file, bytes, self.flushed).map_err(|source| self.write_error(source))?;
        self.flushed += bytes.len() as u64;
        Ok(())
    }

    /// Reads bytes from a place on into a buffer, whose length says how many.
    ///
    /// # Errors
    /// [`Error::Read`], also where they were not flushed.
    pub fn read(&self, start: u64, bytes: &mut [u8]) -> Result<()> {
        read_exact_at(&self.file, bytes, start).map_err(|source| self.read_error(source))
    }

    /// The same for numbers, of which each takes four bytes.
    ///
    /// # Errors
    /// [`Error::Read`].
    pub fn read_numbers(&self, start: u64, numbers: &mut [u32]) -> Result<()> {
        self.read(start, bytemuck::cast_slice_mut(numbers))
    }

    /// So many bytes from a place on.
    ///
    /// # Errors
    /// [`Error::Read`].
    pub fn bytes(&self, start: u64, n_bytes: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; n_bytes];
        self.read(start, &mut bytes)?;
        Ok(bytes)
    }

    /// Has the system read the file into its cache from beginning to end, for those who read it here and there afterwards: on a
    /// disk that costs a twentieth of the time. Returns at once, and does nothing where memory would not hold it, or where the
    /// system cannot be asked.
    pub fn read_ahead(&self) {
        #[cfg(target_os = "linux")]
        linux::read_ahead(&self.file, self.flushed);
    }

    /// All that was flushed.
    ///
    /// # Errors
    /// [`Error::Read`].
    pub fn all(&self) -> Result<Vec<u8>> {
        self.bytes(0, self.flushed as usize)
    }

    /// Reading failed so.
    pub fn read_error(&self, source: io::Error) -> Error {
        Error::Read { path: self.path.clone(), source }
    }

    /// Writing failed so.
    pub fn write_error(&self, source: io::Error) -> Error {
        Error::Write { path: self.path.clone(), source }
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::{self, File};
    use std::num::NonZero;

    use rustix::fs::{Advice, fadvise};
    use rustix::system::sysinfo;

    /// Bytes that are asked for at once: of more, some disks would pass over the rest.
    const AT_ONCE: u64 = 128 << 10;

    /// See [`super::Spill::read_ahead`].
    pub(super) fn read_ahead(file: &File, len: u64) {
        // The rest is for the run and for what else is in the cache.
        if len > memory() / 4 * 3 {
            return;
        }
        let Ok(file) = file.try_clone() else { return };
        std::thread::spawn(move || {
            let mut starts = (0..len).step_by(AT_ONCE as usize);
            // It is advice: whoever reads has the bytes without it too.
            starts.try_for_each(|start| fadvise(&file, start, NonZero::new(AT_ONCE), Advice::WillNeed))
        });
    }

    /// Bytes that a container is limited to, the cache of files with them, as it sees that itself: of either version of control
    /// groups.
    const LIMITS: [&str; 2] = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];

    /// Bytes of memory that the machine has, or the container.
    fn memory() -> u64 {
        let system = sysinfo();
        let of_machine = system.totalram as u64 * u64::from(system.mem_unit);
        let limits = LIMITS.iter().filter_map(|path| fs::read_to_string(path).ok()?.trim().parse().ok());
        limits.fold(of_machine, u64::min)
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(unix)]
fn write_all_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
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

#[cfg(windows)]
fn write_all_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let n = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        bytes = &bytes[n..];
        at += n as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_appended_comes_back_whatever_its_length() {
        let mut spill = Space::default().file().unwrap();
        let long = vec![7; 2 * BUFFER + 1];
        let starts: Vec<u64> =
            [&b"ab"[..], &long, b"", b"cd"].iter().map(|bytes| spill.append(bytes).unwrap()).collect();
        spill.flush().unwrap();
        // Advice to the system changes nothing, whether it has taken it yet or not.
        spill.read_ahead();
        assert_eq!(spill.bytes(starts[0], 2).unwrap(), b"ab");
        assert_eq!(spill.bytes(starts[1], long.len()).unwrap(), long);
        assert_eq!(spill.bytes(starts[3], 2).unwrap(), b"cd");
        assert_eq!(spill.all().unwrap().len() as u64, spill.len());
    }

    #[test]
    fn a_run_that_goes_on_needs_what_it_does_not_have() {
        let folder = tempfile::tempdir().unwrap();
        let space = Space { resume: Some(folder.path().to_owned()), ..Space::default() };
        let before = space.disk_need(1000, false).unwrap().needed;
        let mut spill = space.named("tokens").unwrap();
        spill.append(&[0; 300]).unwrap();
        spill.flush().unwrap();
        assert_eq!(space.disk_need(1000, false).unwrap().needed, before - 300);
        assert!(matches!(space.disk_need(u64::MAX, false), Err(Error::Disk { .. })));
    }

    #[test]
    fn what_is_beyond_the_end_is_an_error_and_so_is_too_little_memory() {
        let mut spill = Space::default().file().unwrap();
        spill.append(b"abc").unwrap();
        spill.truncate(2).unwrap();
        assert!(spill.bytes(1, 2).is_err());
        assert!(spill.truncate(3).is_err());
        let space = Space { memory: Some(1 << 30), ..Space::default() };
        assert!(space.check(100 << 20).is_ok());
        assert!(space.check(1 << 30).is_err());
    }
}
