//! How much memory a run may hold changes nothing but where things are kept.

#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

#[path = "../benches/newsroom/mod.rs"]
#[allow(dead_code, reason = "each target takes what it needs")]
mod newsroom;

/// Runs `stories` and gives its report and its assignments.
fn stories(folder: &Path, flags: &[&str]) -> (Vec<u8>, Vec<u8>) {
    let assignments = folder.join("assignments.tsv");
    let output = run(folder, &[flags, &["--assignments", assignments.to_str().unwrap()]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.stdout, fs::read(assignments).unwrap())
}

fn run(folder: &Path, flags: &[&str]) -> Output {
    let input = folder.join("adversarial.jsonl");
    let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
    command.args(["stories", "--format=json"]).arg(input).args(flags).output().unwrap()
}

#[test]
fn results_are_the_same_with_little_memory_and_with_much() {
    let folder = tempfile::tempdir().unwrap();
    newsroom::write(6000, 3, folder.path()).unwrap();
    let (report, assignments) = stories(folder.path(), &["--memory=8GiB"]);
    // As little as is taken: the lists are then read once for every few articles.
    assert!((report.clone(), assignments.clone()) == stories(folder.path(), &["--memory=230MiB"]));
    assert!((report, assignments) == stories(folder.path(), &["-j1"]));
}

#[test]
fn temporary_files_are_where_they_were_asked_for_and_nothing_is_left_of_them() {
    let folder = tempfile::tempdir().unwrap();
    newsroom::write(1000, 3, folder.path()).unwrap();
    let temporary = folder.path().join("temporary");
    let flag = format!("--temp-dir={}", temporary.display());
    let refused = run(folder.path(), &[&flag]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("no folder of this name"));
    fs::create_dir(&temporary).unwrap();
    assert!(run(folder.path(), &[&flag]).status.success());
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
}

#[test]
fn too_little_memory_is_said_before_it_is_exceeded() {
    let folder = tempfile::tempdir().unwrap();
    newsroom::write(1000, 3, folder.path()).unwrap();
    let refused = run(folder.path(), &["--memory=10MiB"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("--memory 10.0 MiB: expected at least"), "{said}");
}
