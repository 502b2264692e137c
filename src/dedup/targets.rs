//! Under which name each file is written.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, Result};
use crate::read::{Format, InputFile};

/// Checks the names before anything is read: none is given twice, and none is that of an input.
///
/// # Errors
/// [`Error::Target`].
pub(super) fn check(files: &[InputFile], out: &Path) -> Result<()> {
    targets(files, out).map(drop)
}

/// The path of each file in the folder `out`.
///
/// # Errors
/// [`Error::Target`].
pub(super) fn targets(files: &[InputFile], out: &Path) -> Result<Vec<PathBuf>> {
    let n_folders = count_folders(files);
    let mut taken: HashMap<PathBuf, &InputFile> = HashMap::new();
    let mut targets = Vec::new();
    for file in files {
        let target = out.join(below(file, n_folders > 1));
        let refuse = |why: String| Error::Target { path: target.clone(), why };
        if let Some(other) = taken.insert(target.clone(), file) {
            let (a, b) = (other.path.display(), file.path.display());
            return Err(refuse(format!("{a} and {b} would both be written there; give them in two runs")));
        }
        if let (Ok(there), Ok(input)) = (fs::canonicalize(&target), fs::canonicalize(&file.path))
            && there == input
        {
            return Err(refuse("it would replace the input; choose another folder".to_owned()));
        }
        targets.push(target);
    }
    refuse_within_inputs(files, out)?;
    Ok(targets)
}

/// What is written into a folder of the inputs would be read by the next run.
fn refuse_within_inputs(files: &[InputFile], out: &Path) -> Result<()> {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let existing =
        out.ancestors().map(|path| if path.as_os_str().is_empty() { Path::new(".") } else { path }).find_map(real);
    let mut folders: Vec<&Path> = files.iter().filter_map(|file| file.folder.as_deref()).collect();
    folders.dedup();
    for folder in folders {
        if let (Some(folder_real), Some(existing)) = (real(folder), &existing)
            && existing.starts_with(&folder_real)
        {
            let why = format!("it lies within the input {}; choose a folder outside of it", folder.display());
            return Err(Error::Target { path: out.to_owned(), why });
        }
    }
    Ok(())
}

fn count_folders(files: &[InputFile]) -> usize {
    let mut folders: Vec<&Path> = files.iter().filter_map(|file| file.folder.as_deref()).collect();
    folders.dedup();
    folders.len()
}

/// The path below the output folder.
fn below(file: &InputFile, under_its_folder: bool) -> PathBuf {
    let relative = match &file.folder {
        Some(folder) if under_its_folder => {
            let name = folder.components().rev().find_map(|part| match part {
                Component::Normal(name) => Some(name),
                _ => None,
            });
            name.map_or_else(|| file.relative.clone(), |name| Path::new(name).join(&file.relative))
        }
        _ => file.relative.clone(),
    };
    if file.path.as_os_str() == "-" { with_ending(relative, file) } else { relative }
}

/// Standard input has no name: its file gets the ending of its format.
fn with_ending(path: PathBuf, file: &InputFile) -> PathBuf {
    let Some((format, compression)) = file.form else { return path };
    let ending = match format {
        Format::JsonLines => ".jsonl",
        Format::Json => ".json",
        Format::Table { delimiter: b'\t' } => ".tsv",
        Format::Table { .. } => ".csv",
        Format::Warc => ".warc",
        Format::Parquet => ".parquet",
        Format::Html => ".html",
        Format::Text => ".txt",
    };
    let mut name = OsString::from(path);
    name.push(ending);
    name.push(compression.ending());
    name.into()
}
