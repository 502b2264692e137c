//! A deduplicated corpus: of each dispatch one record is kept, byte for byte as it was read, in the file it came in.
//!
//! The inputs are read twice. The first reading is that of [`crate::pipeline`], and takes down where each record lies
//! (`layout`); then one record of each story is chosen (`choose`), and the second reading copies each file without the
//! others (`patch`, `shard`). So memory holds sketches and places, never records; and a file that is not the same the
//! second time is told, not written.

mod choose;
mod layout;
mod notes;
#[cfg(feature = "parquet")]
mod parquet;
mod patch;
mod removed;
mod round;
mod shard;
mod targets;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::error::Result;
use crate::pipeline::{self, Held, Outcome, read_all};
use crate::progress::Stage;
use crate::read::{FieldsUsed, Format, InputFile, Inputs, Reject};
use crate::story::Counts;
use choose::{Chosen, choose};
use layout::Layout;
pub use notes::NoteNames;
pub use removed::{Removed, write_removed};

/// What counts as a copy of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// Any copy of the same dispatch, in whatever version.
    #[default]
    Story,
    /// A copy of the same version of it.
    Version,
    /// A copy with the same words.
    Identical,
}

/// Which of the copies is kept. A page that carries other stories too comes after all that do not, whatever else is asked: what
/// goes for it would go with it, once it is taken for a copy of one of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// The one that was published first; undated ones come last, and of equals the longest is kept.
    #[default]
    Earliest,
    /// The one with the most words.
    Longest,
    /// That on the agency's own site, else one that credits the agency, else the earliest.
    Agency,
    /// The first of the input.
    First,
}

/// What a deduplication is asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What finds the stories.
    pub run: pipeline::Options,
    /// What counts as a copy.
    pub level: Level,
    /// Which copy is kept.
    pub keep: Keep,
    /// Outlets whose copies are kept before all others, the most preferred first.
    pub prefer: Vec<String>,
    /// Seconds that a copy may lie before or after the record that it goes for; others are kept, and so are undated ones.
    pub within_seconds: Option<i64>,
    /// Write all records with what was found of them, under these names, and leave none out.
    pub annotate: Option<NoteNames>,
}

/// What was done.
#[derive(Debug)]
pub struct Deduped {
    /// What was read.
    pub counts: Counts,
    /// Under which names the fields of records were found.
    pub fields_used: FieldsUsed,
    /// Files of folders that were passed over, because they are tables without a text: they are not written.
    pub passed_over: Vec<PathBuf>,
    /// Stories found.
    pub n_stories: u64,
    /// Articles that were left out; with [`Options::annotate`], that would have been.
    pub n_removed: u64,
    /// Articles that stay although they are copies, because one of the two dates that
    /// [`Options::within_seconds`] needs is missing.
    pub n_undated: u64,
    /// Files written.
    pub n_files: u64,
    /// Bytes of the inputs and of what was written, as they lie on disk.
    pub bytes: [u64; 2],
    files: Vec<String>,
    chosen: Chosen,
    layout: Layout,
}

/// Reads the inputs, and writes them into the folder `out` without the copies. `on_reject` is told of each record that
/// cannot be read, with its bytes; such a record stays where it is: nobody knows it to be a copy.
///
/// A file named by itself comes under its own name, those of a folder under their paths below it; where several folders
/// are given, below the folder's name. Each appears whole or not at all. O(bytes), twice; memory as
/// [`pipeline::run`], and about 100 bytes more a record.
///
/// # Errors
/// Those of [`pipeline::run`]; [`Error::Write`](crate::error::Error::Write) for what cannot be written, as where the disk
/// is full; [`Error::Target`](crate::error::Error::Target) where two files would have one name or an input would be
/// replaced; [`Error::Changed`](crate::error::Error::Changed) for a file that is another when it is read again;
/// [`Error::Taken`](crate::error::Error::Taken) where a record has a field of the name of a note.
pub fn dedup(
    inputs: &[PathBuf],
    out: &Path,
    options: &Options,
    on_reject: &mut (dyn FnMut(&Reject, &[u8]) -> Result<()> + Send),
) -> Result<Deduped> {
    options.run.params.validate()?;
    let held = Held::take(options.run.space.resume.as_deref())?;
    let mut inputs = Inputs::open_kept(inputs, options.run.limits)?.with_fields(&options.run.fields);
    targets::check(inputs.files(), out)?;
    let mut layout = Layout::new(inputs.files().len(), options.annotate.clone());
    let (builder, fields_used, mut counts) = read_all(&mut inputs, &options.run, &mut |record, outcome| {
        layout.push(record, outcome)?;
        match outcome {
            Outcome::Rejected(reject) => on_reject(reject, record.bytes),
            Outcome::Article | Outcome::NoPage => Ok(()),
        }
    })?;
    let passed_over = inputs.passed_over().map(PathBuf::from).collect();
    let files = inputs.into_files();
    let mut chosen = choose(builder, options, &mut counts)?;
    keep_what_cannot_go(&files, &layout, &mut chosen);
    let progress = &options.run.progress;
    progress.enter(Stage::Writing);
    // What was passed over is no part of the corpus.
    let n_bytes = files.iter().filter(|file| !file.is_passed_over).filter_map(InputFile::n_bytes).sum();
    progress.expect(Some(n_bytes));
    let targets = targets::targets(&files, out)?;
    let written: Vec<Option<u64>> = files
        .par_iter()
        .zip(&targets)
        .enumerate()
        .map(|(number, (file, target))| shard::write(file, target, layout.file(number), &chosen, options))
        .collect::<Result<_>>()?;
    held.map_or(Ok(()), Held::remove)?;
    Ok(Deduped {
        n_stories: chosen.n_stories,
        n_removed: chosen.n_removed(),
        n_undated: chosen.n_undated,
        n_files: written.iter().flatten().count() as u64,
        bytes: [n_bytes, written.iter().flatten().sum()],
        files: files.iter().map(|file| file.path.display().to_string()).collect(),
        passed_over,
        counts,
        fields_used,
        chosen,
        layout,
    })
}

/// Rows cannot be taken out of a damaged file of columns: it is written as it is, and nothing else is said of it.
fn keep_what_cannot_go(files: &[InputFile], layout: &Layout, chosen: &mut Chosen) {
    let is_stuck = |file: &InputFile| file.is_broken && matches!(file.form, Some((Format::Parquet, _)));
    for (number, _) in files.iter().enumerate().filter(|(_, file)| is_stuck(file)) {
        layout.file(number).articles().for_each(|position| chosen.keep(position));
    }
}

impl Deduped {
    /// The names of the inputs.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// The articles that were left out, in the order of the input, with the records that they were left out for and the
    /// exact figures of the two. O(words of both) each, and as many read back.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where words cannot be read back.
    pub fn removed(&self, options: &Options) -> Result<Vec<Removed>> {
        removed::removed(&self.chosen, &self.layout, &options.run.params)
    }
}
