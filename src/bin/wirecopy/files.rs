//! Output files: written beside where they belong and renamed when they are whole, so that an interrupt, an error or a
//! full disk leaves either the old file or the new one, never half of it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use anstream::StripStream;
use tempfile::NamedTempFile;
use wirecopy::error::{Error, Result};

/// A file that is being written.
pub(crate) struct OutFile {
    named: PathBuf,
    sink: Sink,
}

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
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let sink = open(path).map_err(|source| Error::Write { path: path.to_owned(), source })?;
        Ok(OutFile { named: path.to_owned(), sink })
    }

    /// Writes to the file, without styles.
    pub(crate) fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        let done = match &mut self.sink {
            Sink::Beside { file, .. } => write(&mut StripStream::new(file as &mut dyn Write)),
            Sink::Direct(file) => write(&mut StripStream::new(file as &mut dyn Write)),
        };
        done.map_err(|source| Error::Write { path: self.named.clone(), source })
    }

    /// Puts the whole file under its name.
    pub(crate) fn finish(self) -> Result<()> {
        finish(self.sink).map_err(|source| Error::Write { path: self.named, source })
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
    remove_on_interrupt();
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
struct Pending(PathBuf);

impl Drop for Pending {
    fn drop(&mut self) {
        pending().retain(|path| *path != self.0);
    }
}

/// The exit code of a process that SIGINT ended, as shells report it.
const INTERRUPTED: i32 = 130;

/// Destructors do not run on an interrupt: from now on it removes what is pending, then ends the process.
fn remove_on_interrupt() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Where no handler can be set, an interrupt leaves a hidden temporary file, and still no half-written result.
        let _ = ctrlc::set_handler(|| {
            let pending = pending();
            pending.iter().for_each(|path| drop(fs::remove_file(path)));
            std::process::exit(INTERRUPTED);
        });
    });
}

/// Refuses outputs that would replace an input, or each other.
pub(crate) fn check_outputs(outputs: &[&Path], inputs: &[PathBuf]) -> anyhow::Result<()> {
    let real = |path: &Path| fs::canonicalize(path).ok().filter(|real| real.is_file());
    for (at, output) in outputs.iter().enumerate() {
        if outputs[..at].contains(output) {
            anyhow::bail!("{}: two outputs would go to this file; give each its own", output.display());
        }
        // A file that does not exist yet is no input.
        let Some(output_file) = real(output) else { continue };
        for input in inputs {
            let Ok(input_real) = fs::canonicalize(input) else { continue };
            let walked =
                input_real.is_dir() && output_file.starts_with(&input_real) && wirecopy::read::is_input(&output_file);
            if output_file == input_real || walked {
                anyhow::bail!(
                    "{}: this output would replace an input (of {}); choose another name",
                    output.display(),
                    input.display()
                );
            }
        }
    }
    Ok(())
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
        file.write(|out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["result.json"]);
    }

    #[test]
    fn a_file_that_is_not_finished_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = OutFile::create(&folder.path().join("result.json")).unwrap();
        file.write(|out| out.write_all(b"half")).unwrap();
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

    #[test]
    fn styles_do_not_reach_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("result.txt");
        let mut file = OutFile::create(&path).unwrap();
        file.write(|out| write!(out, "\u{1b}[1mbold\u{1b}[0m")).unwrap();
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"bold");
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
        file.write(|out| out.write_all(b"new")).unwrap();
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
        file.write(|out| out.write_all(b"gone")).unwrap();
        file.finish().unwrap();
        assert!(!fs::metadata(path).unwrap().is_file());
    }

    #[test]
    fn inputs_are_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let [input, other, table] = ["in.jsonl", "other.jsonl", "table.tsv"].map(|name| folder.path().join(name));
        for path in [&input, &other, &table] {
            fs::write(path, "").unwrap();
        }
        let new = folder.path().join("new.jsonl");
        let detour = folder.path().join(".").join("in.jsonl");
        let whole = folder.path().to_owned();
        let cases: [(&[&Path], &PathBuf, bool); 7] = [
            (&[&input], &input, false),
            (&[&detour], &input, false),
            (&[&other], &input, true),
            (&[&new], &whole, true),
            (&[&other], &whole, false),
            (&[&table], &whole, true),
            (&[&new, &new], &input, false),
        ];
        for (outputs, input, allowed) in cases {
            let checked = check_outputs(outputs, std::slice::from_ref(input));
            assert_eq!(checked.is_ok(), allowed, "{outputs:?} {input:?} {checked:?}");
        }
    }
}
