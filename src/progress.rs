//! How far a run is: counters that the run sets and that another thread reads, so that nothing waits for a display.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// How far a run is. A clone watches the same run.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    n_articles: Arc<AtomicU64>,
    n_bytes: Arc<AtomicU64>,
    n_expected: Arc<AtomicU64>,
    stage: Arc<AtomicU8>,
}

/// What a run is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading and fingerprinting articles.
    Reading,
    /// Comparing them.
    Comparing,
    /// Putting stories together.
    Assembling,
    /// Comparing those that are left once more.
    ComparingLeft,
    /// Writing the records that are kept.
    Writing,
}

impl Progress {
    /// Articles read until now.
    pub fn n_articles(&self) -> u64 {
        self.n_articles.load(Ordering::Relaxed)
    }

    /// Bytes read, or written, until now.
    pub fn n_bytes(&self) -> u64 {
        self.n_bytes.load(Ordering::Relaxed)
    }

    /// Bytes that will be read, or written; `None` where that is not known.
    pub fn n_expected(&self) -> Option<u64> {
        Some(self.n_expected.load(Ordering::Relaxed)).filter(|n| *n > 0)
    }

    pub(crate) fn reach(&self, n_articles: u64, n_bytes: u64) {
        self.n_articles.store(n_articles, Ordering::Relaxed);
        self.n_bytes.store(n_bytes, Ordering::Relaxed);
    }

    pub(crate) fn pass(&self, n_bytes: u64) {
        self.n_bytes.fetch_add(n_bytes, Ordering::Relaxed);
    }

    pub(crate) fn expect(&self, n_bytes: Option<u64>) {
        self.n_bytes.store(0, Ordering::Relaxed);
        self.n_expected.store(n_bytes.unwrap_or(0), Ordering::Relaxed);
    }

    /// What the run is doing.
    pub fn stage(&self) -> Stage {
        match self.stage.load(Ordering::Relaxed) {
            0 => Stage::Reading,
            1 => Stage::Comparing,
            2 => Stage::Assembling,
            3 => Stage::ComparingLeft,
            _ => Stage::Writing,
        }
    }

    pub(crate) fn enter(&self, stage: Stage) {
        self.stage.store(stage as u8, Ordering::Relaxed);
    }
}
