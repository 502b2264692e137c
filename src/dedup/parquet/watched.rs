//! A writer that keeps its error.
//!
//! The parquet crate gives errors of reading and of writing alike, with what the system said turned into text; but a full
//! disk is no fault of the input.

use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// A writer that is watched.
pub(super) struct Watched<W> {
    inner: W,
    failed: Failed,
}

/// What went wrong with a writer.
#[derive(Clone, Default)]
pub(super) struct Failed(Arc<Mutex<Option<io::Error>>>);

impl Failed {
    /// The first error, once.
    pub(super) fn take(&self) -> Option<io::Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn keep(&self, error: io::Error) -> io::Error {
        let kind = error.kind();
        if kind != ErrorKind::Interrupted {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
        kind.into()
    }
}

impl<W: Write> Watched<W> {
    pub(super) fn new(inner: W) -> (Self, Failed) {
        let failed = Failed::default();
        (Watched { inner, failed: failed.clone() }, failed)
    }
}

impl<W: Write> Write for Watched<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes).map_err(|e| self.failed.keep(e))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush().map_err(|e| self.failed.keep(e))
    }
}
