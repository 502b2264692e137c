//! How far a run is: counters that the run sets and that another thread reads, so that nothing waits for a display.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// How far a run is. A clone watches the same run.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    n_articles: Arc<AtomicU64>,
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
}

impl Progress {
    /// Articles read until now.
    pub fn n_articles(&self) -> u64 {
        self.n_articles.load(Ordering::Relaxed)
    }

    pub(crate) fn reach(&self, n_articles: u64) {
        self.n_articles.store(n_articles, Ordering::Relaxed);
    }

    /// What the run is doing.
    pub fn stage(&self) -> Stage {
        match self.stage.load(Ordering::Relaxed) {
            0 => Stage::Reading,
            1 => Stage::Comparing,
            _ => Stage::Assembling,
        }
    }

    pub(crate) fn enter(&self, stage: Stage) {
        self.stage.store(stage as u8, Ordering::Relaxed);
    }
}
