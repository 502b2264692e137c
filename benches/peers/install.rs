//! Installing the peers by their own package managers, at the versions that are pinned here, once.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) const MANIFEST: &str = include_str!("rust/Cargo.toml");
pub(crate) const REQUIREMENTS: &str = include_str!("python/requirements.txt");
pub(crate) const TEXT_DEDUP: &str = include_str!("python/requirements-text-dedup.txt");

/// Where this bench is.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches").join("peers")
}

/// The program that wraps the crates; building it again costs nothing.
pub(crate) fn crates(cache: &Path) -> Result<PathBuf, String> {
    eprintln!("peers: building the crates");
    let target = cache.join("rust");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--release", "--locked", "--manifest-path"]).arg(folder().join("rust").join("Cargo.toml"));
    succeed(build.arg("--target-dir").arg(&target))?;
    Ok(target.join("release").join("wirecopy-peers"))
}

/// A Python with the packages of a list, made anew where the list is another than last time.
pub(crate) fn python(cache: &Path, name: &str, requirements: &str) -> Result<PathBuf, String> {
    let made = cache.join(name);
    let (python, made_of) = (made.join("bin").join("python"), made.join("requirements.txt"));
    if fs::read_to_string(&made_of).is_ok_and(|before| before == requirements) {
        return Ok(python);
    }
    eprintln!("peers: installing the Python packages of {name}");
    succeed(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&made))?;
    // The list is written beside its name first: only one that was installed whole counts.
    let wanted = made.join("wanted.txt");
    fs::write(&wanted, requirements).map_err(|reason| reason.to_string())?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    succeed(Command::new(&python).args(install).arg(&wanted))?;
    fs::rename(&wanted, &made_of).map_err(|reason| reason.to_string())?;
    Ok(python)
}

/// Runs a command; where it fails, the last that it said.
fn succeed(command: &mut Command) -> Result<(), String> {
    let program = Path::new(command.get_program()).file_name().unwrap_or(OsStr::new("?")).display().to_string();
    let done = command.output().map_err(|reason| format!("{program}: {reason}"))?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("failed without a word");
    Err(format!("{program}: {}", last.trim()))
}
