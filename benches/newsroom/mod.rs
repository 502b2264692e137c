//! The adversarial newsroom of `examples/adversary` as files, and the scores of a table of assignments.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wirecopy::eval::labels::Labels;
use wirecopy::eval::{Evaluation, evaluate};

#[path = "../../examples/adversary/make/mod.rs"]
#[allow(dead_code, reason = "each target takes what it needs")]
mod make;

/// Articles as JSON lines and the table of their labels.
pub(crate) struct Files {
    pub(crate) articles: PathBuf,
    pub(crate) truth: PathBuf,
}

/// Writes `n` articles and their labels into a folder.
pub(crate) fn write(n: usize, seed: u64, folder: &Path) -> Result<Files> {
    let files = Files { articles: folder.join("adversarial.jsonl"), truth: folder.join("adversarial.tsv") };
    let newsroom = make::Newsroom::new(n, seed).map_err(anyhow::Error::msg)?;
    let (mut articles, mut table) = (create(&files.articles)?, create(&files.truth)?);
    newsroom.write(&mut articles, &mut table)?;
    articles.flush()?;
    table.flush()?;
    Ok(files)
}

pub(crate) fn create(path: &Path) -> Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 20, File::create(path).with_context(|| path.display().to_string())?))
}

/// Scores the bytes of a table of assignments, in the very form that a user's file has. Every article must be in both.
pub(crate) fn score(assignments: &[u8], truth: &Path) -> Result<Evaluation> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(assignments)?;
    let evaluation = evaluate(&Labels::read(truth)?, &Labels::read(file.path())?, 0)?;
    assert_eq!((evaluation.unassigned, evaluation.unknown), (0, 0), "each article is in the truth and has a story");
    Ok(evaluation)
}
