//! A command from its start to its end: wall time, processor time and the peak of memory.

use std::ffi::OsString;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::install;

/// What a run cost.
#[derive(Deserialize)]
pub(crate) struct Figures {
    /// Seconds that passed.
    pub(crate) wall: f64,
    /// Seconds of all processors, in the program and in the system for it.
    pub(crate) cpu: f64,
    /// Bytes; of several processes the largest one's.
    pub(crate) peak: u64,
    /// Why there is no result, if there is none.
    failure: Option<String>,
}

/// Runs a command through `launch.py`: what the system accounted to a child is behind `unsafe` in Rust, and Python is
/// needed by the peers as it is.
pub(crate) fn run(command: &[OsString], limit: Duration) -> Result<Figures> {
    let done = Command::new("python3")
        .arg(install::folder().join("python").join("launch.py"))
        .arg(limit.as_secs().to_string())
        .args(command)
        .stderr(Stdio::inherit())
        .output()
        .context("python3")?;
    let figures: Figures = serde_json::from_slice(&done.stdout).context("launch.py said nothing to be read")?;
    match figures.failure {
        Some(reason) => bail!("{reason}"),
        None => Ok(figures),
    }
}
