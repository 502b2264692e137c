//! Output files: written beside where they belong and renamed when they are whole, so that an interrupt, an error or a
//! full disk leaves either the old file or the new one, never half of it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

use crate::error::{Error, Result};

/// A file that is being written.
#[derive(Debug)]
pub struct OutFile {
    named: PathBuf,
    sink: Sink,
}

#[derive(Debug)]
enum Sink {
    /// A file, not yet under its own name.
    Beside { file: BufWriter<NamedTempFile>, target: PathBuf, pending: Pending },
    /// A pipe or a device: what is written is written.
    Direct(BufWriter<File>),
}

impl OutFile {
    /// Opens a file for writing; nothing is seen of it before [`OutFile::finish`].
    ///
    /// # Errors
    /// [`Error::Write`], as all of this type's.
    pub fn create(path: &Path) -> Result<Self> {
        let sink = open(path).map_err(|source| Error::Write { path: path.to_owned(), source })?;
        Ok(OutFile { named: path.to_owned(), sink })
    }

    /// Puts the whole file under its name.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn finish(self) -> Result<()> {
        finish(self.sink).map_err(|source| Error::Write { path: self.named, source })
    }

    /// The name that it will have.
    pub fn path(&self) -> &Path {
        &self.named
    }
}

impl Write for OutFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sink {
            Sink::Beside { file, .. } => file.write(bytes),
            Sink::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.sink {
            Sink::Beside { file, .. } => file.flush(),
            Sink::Direct(file) => file.flush(),
        }
    }
}

fn open(path: &Path) -> io::Result<Sink> {
    // A link is followed: the file that it points to is replaced, not the link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let existing = fs::metadata(&target).ok();
    if existing.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return Ok(Sink::Direct(BufWriter::new(File::options().write(true).open(&target)?)));
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Asked first: of a folder that is not there, the error below would keep no more than "entity not found".
    fs::metadata(folder)?;
    let mut all_pending = pending();
    let mut builder = tempfile::Builder::new();
    builder.prefix(".wirecopy-").suffix(".tmp");
    with_permissions(&mut builder, existing.as_ref());
    // What went wrong is said of the file that was named, not of the temporary one beside it.
    let file = builder.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
    all_pending.push(file.path().to_owned());
    let pending = Pending(file.path().to_owned());
    drop(all_pending);
    Ok(Sink::Beside { file: BufWriter::new(file), target, pending })
}

fn finish(sink: Sink) -> io::Result<()> {
    match sink {
        Sink::Direct(mut file) => file.flush(),
        Sink::Beside { file, target, pending } => {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            file.persist(target)?;
            drop(pending);
            Ok(())
        }
    }
}

/// A temporary file is its owner's alone; a result has the rights of the file that it replaces, else those of any new
/// file.
#[cfg(unix)]
fn with_permissions(builder: &mut tempfile::Builder<'_, '_>, existing: Option<&fs::Metadata>) {
    use std::os::unix::fs::PermissionsExt;
    let permissions = existing.map_or_else(|| fs::Permissions::from_mode(0o666), fs::Metadata::permissions);
    builder.permissions(permissions);
}

#[cfg(not(unix))]
fn with_permissions(_builder: &mut tempfile::Builder<'_, '_>, _existing: Option<&fs::Metadata>) {}

/// Temporary files that would be left behind if the process ended now.
static PENDING: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn pending() -> MutexGuard<'static, Vec<PathBuf>> {
    // The list is whole even where a thread that held it panicked.
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A temporary file on the list, for as long as this lives.
#[derive(Debug)]
struct Pending(PathBuf);

impl Drop for Pending {
    fn drop(&mut self) {
        pending().retain(|path| *path != self.0);
    }
}

/// Removes the temporary files of all that is being written: destructors do not run where a process ends itself. The list
/// stays locked, so that nothing new is begun.
pub fn remove_pending() {
    let pending = pending();
    pending.iter().for_each(|path| drop(fs::remove_file(path)));
    std::mem::forget(pending);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in a folder.
    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("result.json");
        fs::write(&path, "old").unwrap();
        let mut file = OutFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["result.json"]);
    }

    #[test]
    fn a_file_that_is_not_finished_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = OutFile::create(&folder.path().join("result.json")).unwrap();
        file.write_all(b"half").unwrap();
        assert!(names(folder.path())[0].starts_with('.'));
        drop(file);
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn a_missing_folder_is_told_in_the_words_of_the_system() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone").join("result.json");
        let system = fs::metadata(path.parent().unwrap()).unwrap_err().to_string();
        let error = OutFile::create(&path).err().unwrap().to_string();
        assert_eq!(error, format!("{}: cannot write: {system}", path.display()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_rights_stay_rights() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let mut file = OutFile::create(&link).unwrap();
        file.write_all(b"new").unwrap();
        file.finish().unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_stays_a_device() {
        let path = Path::new("/dev/null");
        let mut file = OutFile::create(path).unwrap();
        file.write_all(b"gone").unwrap();
        file.finish().unwrap();
        assert!(!fs::metadata(path).unwrap().is_file());
    }
}
