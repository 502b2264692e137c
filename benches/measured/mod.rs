//! A run of `wirecopy`, with the time that passed and the peak of its memory.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// What a run took.
pub(crate) struct Measured {
    pub(crate) seconds: f64,
    /// Its peak of resident memory; 0 where the system does not tell it.
    pub(crate) peak_bytes: u64,
}

impl Measured {
    /// Runs `stories` with these flags, its report beside the table.
    pub(crate) fn stories(input: &Path, assignments: &Path, flags: &[String]) -> io::Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
        command.args(["stories", "--quiet", "--top=1", "--output"]).arg(assignments.with_extension("report"));
        Measured::run(command.arg("--assignments").args([assignments, input]).args(flags))
    }

    /// Runs a command of the program to its end.
    pub(crate) fn run(command: &mut Command) -> io::Result<Self> {
        let started = Instant::now();
        let (success, peak) = watch(&mut command.spawn()?)?;
        assert!(success, "wirecopy failed");
        Ok(Measured { seconds: started.elapsed().as_secs_f64(), peak_bytes: 1024 * peak.unwrap_or(0) })
    }
}

/// Waits for the run; its peak of resident memory in KiB, where the system tells it.
fn watch(child: &mut Child) -> io::Result<(bool, Option<u64>)> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    loop {
        if let Some(kb) = fs::read_to_string(&status).ok().as_deref().and_then(high_water_mark) {
            peak = peak.max(Some(kb));
        }
        if let Some(ended) = child.try_wait()? {
            return Ok((ended.success(), peak));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn high_water_mark(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
