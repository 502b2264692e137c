//! Everything that can fail: reading, parameters, and writing. Each message says where, what was expected, what was
//! found, and what to do. Shingling, sketching, verifying, clustering and attributing cannot fail.

use std::path::PathBuf;

/// What stops a run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An input could not be opened or read.
    #[error("{}: cannot read: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A folder held nothing that can be read.
    #[error("{}: no file found in this folder that has an ending of those that are read (.jsonl, .json, .csv, .tsv, .parquet, .warc, .html, .txt, with .gz, .zst, .bz2 or .xz after it); name the files, or a folder that holds such", path.display())]
    NothingToRead {
        /// The folder.
        path: PathBuf,
    },
    /// A file of a format that is not read.
    #[error("{}: expected JSON, a table, WARC, Parquet, HTML or text in UTF-8, found {found}; {cure}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What it is.
        found: &'static str,
        /// What to do.
        cure: &'static str,
    },
    /// With `--strict`, the first bad record stops the run.
    #[error("{0}")]
    Rejected(crate::read::Reject),
    /// A parameter outside its range.
    #[error("parameter {field}: expected {expected}, found {found}")]
    Param {
        /// The parameter's name in [`Params`](crate::params::Params).
        field: &'static str,
        /// The range that it must lie in.
        expected: &'static str,
        /// The value that was given.
        found: String,
    },
    /// A table of labels (`eval`) that does not have the form it needs.
    #[error("{}:{line}: expected {expected}, found {found}", path.display())]
    Table {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What the line should have held.
        expected: &'static str,
        /// What it holds.
        found: String,
    },
    /// A result or a temporary file could not be written.
    #[error("{}: cannot write: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A name under which a file of the output cannot be written.
    #[error("{}: cannot be written: {why}", path.display())]
    Target {
        /// The name.
        path: PathBuf,
        /// Why not, and what to do.
        why: String,
    },
    /// An input that was another when it was read again.
    #[error("{}: the file changed between the two readings; it was not written, run again when nothing writes to it", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A record that has a field of the name that a note would get.
    #[error("{}:{line}: the record has a field {name} already; choose other names with --annotate-prefix", path.display())]
    Taken {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// The name.
        name: String,
    },
    /// Too little room for temporary files.
    #[error("{}: expected about {} of free disk for temporary files, found {}; name a folder with more by --temp-dir, or split the input", folder.display(), size(*needed), size(*free))]
    Disk {
        /// The folder of the temporary files.
        folder: PathBuf,
        /// Bytes that the run needs, about.
        needed: u64,
        /// Bytes that are free.
        free: u64,
    },
    /// A folder that a run cannot be resumed from.
    #[error("--resume {}: {why}", folder.display())]
    Resume {
        /// The folder.
        folder: PathBuf,
        /// Why not, and what to do.
        why: String,
    },
    /// A limit of memory that does not do.
    #[error("--memory {}: expected at least {} for so many articles; give more, or split the input", size(*limit), size(*needed))]
    Memory {
        /// The limit in bytes.
        limit: u64,
        /// The bytes that the articles read so far need.
        needed: u64,
    },
    /// More articles than a run can number.
    #[error("more than {} articles in one run; split the input", i32::MAX - 1)]
    TooManyArticles,
}

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Bytes, for a reader.
fn size(bytes: u64) -> bytesize::Display {
    bytesize::ByteSize(bytes).display()
}
