//! A Python with the modules that a test needs.

use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A Python that has them.
pub(crate) struct Python(PathBuf);

impl Python {
    /// Looks where `WIRECOPY_TEST_PYTHON` says, else where `.ci/run` sets one up, else for the system's. `None` where none
    /// has the modules; that is told, past the harness, which keeps what a passing test prints to itself.
    ///
    /// # Panics
    /// Where a Python was asked for, or `CI` is set: there a test that does not run must not pass.
    pub(crate) fn with(modules: &[&str]) -> Option<Python> {
        let named = env::var_os("WIRECOPY_TEST_PYTHON").filter(|name| !name.is_empty());
        if named.as_deref().is_some_and(|name| name == "none") {
            return skipped("WIRECOPY_TEST_PYTHON=none");
        }
        let is_required = named.is_some() || env::var_os("CI").is_some_and(|value| !value.is_empty());
        let candidates = match named {
            Some(path) => vec![PathBuf::from(path)],
            None => vec![
                Path::new(env!("CARGO_MANIFEST_DIR")).join("target/test-python/bin/python"),
                PathBuf::from("python3"),
            ],
        };
        let imports = format!("import {}", modules.join(", "));
        if let Some(found) = candidates.iter().find(|path| has(path, &imports)) {
            return Some(Python(found.clone()));
        }
        let reason = format!("no Python that has {}: looked for {candidates:?}", modules.join(", "));
        assert!(!is_required, "{reason}");
        skipped(&reason)
    }

    /// Runs a script of a folder of this repository.
    ///
    /// # Errors
    /// What it said, where it fails.
    pub(crate) fn run_in(&self, folder: &str, script: &str, args: &[&str]) -> Result<(), String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        // Without -B it would leave compiled files among the sources.
        let output = Command::new(&self.0)
            .args(["-B", "-X", "utf8"])
            .arg(folder.join(script))
            .args(args)
            .output()
            .map_err(|error| error.to_string())?;
        let said = || [output.stdout.as_slice(), &output.stderr].concat();
        if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&said()).into_owned()) }
    }
}

fn has(python: &Path, imports: &str) -> bool {
    Command::new(python).args(["-c", imports]).output().is_ok_and(|output| output.status.success())
}

fn skipped(reason: &str) -> Option<Python> {
    let _ = writeln!(std::io::stderr(), "skipped: {reason}");
    None
}
