//! Inputs to articles: one file per format, one iterator of records. (contract; being written)

use std::path::PathBuf;
use std::sync::Arc;

/// A record that was skipped, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The file; `-` for standard input.
    pub path: Arc<PathBuf>,
    /// The line, from 1.
    pub line: u64,
    /// Why it was skipped.
    pub reason: String,
}

impl std::fmt::Display for Reject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.path.display(), self.line, self.reason)
    }
}
