//! Runs that go on where they were killed.
//!
//! Such a run has a folder of its own. What it would put into temporary files lies there under names, and every now and
//! then a *checkpoint* says how long each file is by then and how many records of the inputs are in them. A run that finds a
//! checkpoint of the same task cuts the files to those lengths, passes over those records without parsing them, and goes
//! on; so its result is that of a run that was never killed. What a power failure takes from files that the system had
//! not put on the disk yet is noticed by their lengths alone.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Options;
use crate::error::{Error, Result};
use crate::index::Builder;
use crate::read::{FieldsUsed, InputFile, Inputs};
use crate::spill::Spill;
use crate::story::Counts;

/// How far a run is: what its files hold by then, and what was counted.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    /// What the run is asked for, by name.
    task: BTreeMap<String, Value>,
    /// Bytes of each file.
    lengths: BTreeMap<String, u64>,
    /// Records of the inputs that the files hold.
    pub(crate) n_records: u64,
    pub(crate) counts: Counts,
    pub(crate) fields_used: FieldsUsed,
}

/// The folder of a run that may be resumed.
#[derive(Debug)]
pub(crate) struct Resumable {
    folder: PathBuf,
    task: BTreeMap<String, Value>,
    /// What became of each record: a byte each.
    pub(crate) outcomes: Spill,
}

const CHECKPOINT: &str = "checkpoint.json";
/// A checkpoint that is being written.
const BESIDE: &str = "checkpoint.new";
const OUTCOMES: &str = "outcomes";
/// Kept open and locked while a run works in the folder.
const LOCK: &str = "lock";

impl Resumable {
    /// Opens the folder, where the options name one, and takes up what lies there.
    ///
    /// # Errors
    /// [`Error::Resume`] where it is of another task, or in use; [`Error::Write`] and [`Error::Read`].
    pub(crate) fn open(
        options: &Options,
        inputs: &Inputs,
        builder: &mut Builder,
    ) -> Result<Option<(Self, Checkpoint)>> {
        let Some(folder) = &options.space.resume else { return Ok(None) };
        let task = task(options, inputs.files(), folder)?;
        let mut outcomes = options.space.named(OUTCOMES)?;
        let path = folder.join(CHECKPOINT);
        let checkpoint = match fs::read(&path) {
            Ok(bytes) => read_checkpoint(&bytes, &task, folder)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Checkpoint::default(),
            Err(source) => return Err(Error::Read { path, source }),
        };
        let length = |name: &str| checkpoint.lengths.get(name).copied().unwrap_or(0);
        outcomes.truncate(length(OUTCOMES))?;
        builder.reopen(&length)?;
        Ok(Some((Resumable { folder: folder.clone(), task, outcomes }, checkpoint)))
    }

    /// A file holds other records than those that were taken from it.
    pub(crate) fn is_of_others(&self, path: &Path) -> Error {
        let why = format!("{} holds other records than before; remove the folder to begin anew", path.display());
        Error::Resume { folder: self.folder.clone(), why }
    }

    /// Writes down how far the run is.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub(crate) fn save(
        &mut self,
        builder: &mut Builder,
        n_records: u64,
        counts: Counts,
        fields_used: &FieldsUsed,
    ) -> Result<()> {
        let mut lengths: BTreeMap<String, u64> = builder.save()?.into_iter().collect();
        self.outcomes.flush()?;
        lengths.insert(OUTCOMES.to_owned(), self.outcomes.len());
        let (task, fields_used) = (self.task.clone(), fields_used.clone());
        let checkpoint = Checkpoint { task, lengths, n_records, counts, fields_used };
        let path = self.folder.join(CHECKPOINT);
        write_whole(&self.folder, &path, &checkpoint).map_err(|source| Error::Write { path, source })
    }
}

/// Writes a checkpoint beside the one before, and then in its place, so that there is always a whole one. The name is always the
/// same: what a killed run leaves of it the next one writes over.
fn write_whole(folder: &Path, path: &Path, checkpoint: &Checkpoint) -> std::io::Result<()> {
    let beside = folder.join(BESIDE);
    fs::write(&beside, serde_json::to_vec(checkpoint)?)?;
    fs::rename(beside, path)
}

fn read_checkpoint(bytes: &[u8], task: &BTreeMap<String, Value>, folder: &Path) -> Result<Checkpoint> {
    let resume_error = |why: String| Error::Resume { folder: folder.to_owned(), why };
    let checkpoint: Checkpoint = serde_json::from_slice(bytes).map_err(|e| {
        resume_error(format!("{CHECKPOINT} is no checkpoint of this version: {e}; remove the folder to begin anew"))
    })?;
    match task.iter().find(|(name, value)| checkpoint.task.get(*name) != Some(value)) {
        Some((name, _)) => {
            Err(resume_error(format!("it is of a run with other {name}; remove the folder to begin anew")))
        }
        None => Ok(checkpoint),
    }
}

/// What decides the contents of the files.
fn task(options: &Options, files: &[InputFile], folder: &Path) -> Result<BTreeMap<String, Value>> {
    let why = |why: String| Error::Resume { folder: folder.to_owned(), why };
    let inputs: Vec<Value> = files
        .iter()
        .map(|file| {
            let Some((len, modified)) = file.n_bytes().zip(file.modified) else {
                return Err(why(format!(
                    "{} cannot be read a second time; name files, or leave --resume out",
                    file.path.display()
                )));
            };
            let modified = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
            Ok(json!([file.path.display().to_string(), len, modified.as_nanos().to_string()]))
        })
        .collect::<Result<_>>()?;
    let task = [
        ("version of wirecopy", json!(env!("CARGO_PKG_VERSION"))),
        ("inputs", Value::Array(inputs)),
        ("method", json!(options.params)),
        ("fields", json!(format!("{:?}", options.fields))),
        ("limits", json!(format!("{:?}", options.limits))),
        ("reports (some need the texts)", json!(options.keep_texts)),
    ];
    Ok(task.map(|(name, value)| (name.to_owned(), value)).into())
}

/// How often, and how long apart, a lock is tried.
const LOCK_TRIES: u32 = 30;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// Holds the folder of a run that may be resumed, so that no other run works in it.
#[derive(Debug)]
pub(crate) struct Held {
    folder: PathBuf,
    _lock: File,
}

impl Held {
    /// Makes and holds the folder, where there is one.
    ///
    /// # Errors
    /// [`Error::Write`]; [`Error::Resume`] where another run holds it, or where it is full of other things.
    pub(crate) fn take(folder: Option<&Path>) -> Result<Option<Self>> {
        let Some(folder) = folder else { return Ok(None) };
        fs::create_dir_all(folder).map_err(|source| Error::Write { path: folder.to_owned(), source })?;
        let why = |why: &str| Error::Resume { folder: folder.to_owned(), why: why.to_owned() };
        let is_empty =
            fs::read_dir(folder).map_err(|source| Error::Read { path: folder.to_owned(), source })?.next().is_none();
        let path = folder.join(LOCK);
        if !is_empty && !path.exists() {
            return Err(why(
                "it is no folder of such a run, and not empty; name another: wirecopy will not remove the folder's files",
            ));
        }
        let lock = File::create(&path).map_err(|source| Error::Write { path, source })?;
        // A run that was killed a moment ago may still be on its way out.
        let mut tries = 0;
        while lock.try_lock().is_err() {
            tries += 1;
            if tries > LOCK_TRIES {
                return Err(why("another run works in it; wait for it, or name another folder"));
            }
            std::thread::sleep(BETWEEN_TRIES);
        }
        Ok(Some(Held { folder: folder.to_owned(), _lock: lock }))
    }

    /// Removes the files of a run that is done, and the folder if nothing else is in it.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub(crate) fn remove(self) -> Result<()> {
        let write_error = |path: &Path| {
            let path = path.to_owned();
            move |source| Error::Write { path, source }
        };
        // The checkpoint first: what is left of a removal that was interrupted is then begun anew. The lock last.
        let names = Builder::file_names().chain([BESIDE, OUTCOMES, LOCK].map(str::to_owned));
        for name in std::iter::once(CHECKPOINT.to_owned()).chain(names) {
            let path = self.folder.join(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(write_error(&path)(error)),
                _ => {}
            }
        }
        // Somebody else's files stay.
        let _ = fs::remove_dir(&self.folder);
        Ok(())
    }
}
