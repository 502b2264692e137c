//! Who is run, at which setting, by which command.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use clap::ValueEnum;

use crate::install;

/// Who can be run beside wirecopy.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Peer {
    Txtfp,
    Gaoya,
    Rensa,
    Datasketch,
    TextDedup,
}

/// A line of the table before it is measured.
pub(crate) struct Entry {
    /// With the version.
    pub(crate) name: String,
    pub(crate) setting: &'static str,
    pub(crate) threads: String,
    pub(crate) command: Result<Command, String>,
}

/// The command, given the file of articles and the table to write.
pub(crate) type Command = Box<dyn Fn(&Path, &Path) -> Vec<OsString>>;

/// Installs whoever is asked for; one that cannot be installed has the reason in the place of its command.
pub(crate) fn all(peers: &[Peer], cache: &Path) -> Vec<Entry> {
    let crates = || install::crates(cache);
    let python = || install::python(cache, "python", install::REQUIREMENTS);
    let text_dedup = || install::python(cache, "python-text-dedup", install::TEXT_DEDUP);
    let cores = cores();
    let mut entries = vec![wirecopy(cores), wirecopy(1)];
    for peer in peers {
        entries.extend(match peer {
            Peer::Txtfp => in_rust("txtfp", &["--threshold=0.4"], &crates()),
            Peer::Gaoya => in_rust("gaoya", &["--threshold=0.45"], &crates()),
            // It sketches a batch on all cores by itself; the rest of it is on one.
            Peer::Rensa => in_python("rensa", "rensa_peer.py", install::REQUIREMENTS, &cores.to_string(), &python()),
            Peer::Datasketch => in_python("datasketch", "datasketch_peer.py", install::REQUIREMENTS, "1", &python()),
            Peer::TextDedup => {
                let threads = cores.to_string();
                in_python("text-dedup", "text_dedup_peer.py", install::TEXT_DEDUP, &threads, &text_dedup())
            }
        });
    }
    entries
}

fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

fn wirecopy(threads: usize) -> Entry {
    let command = move |articles: &Path, stories: &Path| {
        let mut command = words(env!("CARGO_BIN_EXE_wirecopy"), &["stories", "--quiet", "--top=1", "--output"]);
        command.push(stories.with_extension("txt").into());
        command.extend([format!("--jobs={threads}").into(), "--assignments".into(), stories.into(), articles.into()]);
        command
    };
    Entry {
        name: concat!("wirecopy ", env!("CARGO_PKG_VERSION")).to_owned(),
        setting: "default",
        threads: threads.to_string(),
        command: Ok(Box::new(command)),
    }
}

/// A crate: tuned on all cores and on one, then at the threshold that suits the answers, then as its README has it.
fn in_rust(name: &'static str, fitted: &'static [&'static str], program: &Result<PathBuf, String>) -> Vec<Entry> {
    let entry = |setting, threads: usize, flags: &'static [&'static str]| Entry {
        name: format!("{name} {}", version(install::MANIFEST, name)),
        setting,
        threads: threads.to_string(),
        command: program.clone().map(|program| -> Command {
            Box::new(move |articles, stories| {
                let mut command = words(&program, &[name]);
                command.extend([articles.into(), stories.into(), format!("--threads={threads}").into()]);
                command.extend(flags.iter().map(Into::into));
                command
            })
        }),
    };
    let cores = cores();
    vec![
        entry("tuned", cores, &[]),
        entry("tuned", 1, &[]),
        entry("fitted", cores, fitted),
        entry("default", cores, &["--default"]),
    ]
}

fn in_python(
    name: &'static str,
    program: &'static str,
    pinned: &str,
    threads: &str,
    python: &Result<PathBuf, String>,
) -> Vec<Entry> {
    let program = install::folder().join("python").join(program);
    let entry = |setting, flags: &'static [&'static str]| Entry {
        name: format!("{name} {}", version(pinned, name)),
        setting,
        threads: threads.to_owned(),
        command: python.clone().map(|python| -> Command {
            let program = program.clone();
            Box::new(move |articles, stories| {
                // Nothing is to be written beside the sources.
                let mut command = words(&python, &["-B"]);
                command.extend([program.clone().into(), articles.into(), stories.into()]);
                command.extend(flags.iter().map(Into::into));
                command
            })
        }),
    };
    vec![entry("tuned", &[]), entry("default", &["--default"])]
}

fn words(program: impl Into<OsString>, rest: &[&str]) -> Vec<OsString> {
    std::iter::once(program.into()).chain(rest.iter().map(Into::into)).collect()
}

/// The version that a manifest or a list of requirements pins for a package: what is in the table is what was run.
fn version(pinned: &str, name: &str) -> String {
    let line = pinned.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    let start = line.find(|c: char| c.is_ascii_digit()).unwrap_or(line.len());
    line[start..].chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect()
}
