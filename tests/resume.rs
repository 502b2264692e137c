//! A run that is killed, at whatever moment, and started again gives what an unbroken one gives.

#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]
#![allow(clippy::print_stdout, reason = "how often a run was killed belongs to what was tested")]

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

#[path = "../benches/synthetic/mod.rs"]
#[allow(dead_code, reason = "each target takes what it needs")]
mod synthetic;

use synthetic::Chance;
use wirecopy::pipeline::{self, Options};
use wirecopy::spill::Space;

const KILLS: usize = 50;
const N_ARTICLES: usize = 12_000;

/// A folder with a corpus, some of whose lines are no articles.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        let mut out = BufWriter::new(File::create(desk.path("articles.jsonl")).unwrap());
        synthetic::write_jsonl(N_ARTICLES / 2, 5, &mut out).unwrap();
        writeln!(out, "{{\"id\": \"no text\"}}\nno JSON").unwrap();
        synthetic::write_jsonl(N_ARTICLES / 2, 6, &mut out).unwrap();
        writeln!(out, "[]").unwrap();
        out.flush().unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn start(&self, name: &str, more: &[&Path]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
        command.args(["stories", "--quiet", "--format=json"]).arg(self.path("articles.jsonl"));
        for (flag, kind) in [("-o", "json"), ("--assignments", "tsv"), ("--rejects", "rejects")] {
            command.arg(flag).arg(self.path(&format!("{name}.{kind}")));
        }
        command.args(more).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// What a run wrote.
    fn written(&self, name: &str) -> [Vec<u8>; 3] {
        ["json", "tsv", "rejects"].map(|kind| fs::read(self.path(&format!("{name}.{kind}"))).unwrap())
    }
}

/// Waits so long, then kills; whether the run had ended by itself.
fn ended(child: &mut Child, after: Duration) -> bool {
    let started = Instant::now();
    while started.elapsed() < after {
        if let Some(status) = child.try_wait().unwrap() {
            assert_eq!(status.code(), Some(3), "records were skipped, and nothing else went wrong");
            return true;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    // It may have ended in the meantime: then it counts as one that did.
    child.wait().unwrap().code() == Some(3)
}

#[test]
fn a_run_that_is_killed_again_and_again_gives_what_an_unbroken_one_gives() {
    let desk = Desk::new();
    let started = Instant::now();
    assert_eq!(desk.start("unbroken", &[]).wait().unwrap().code(), Some(3));
    let whole = started.elapsed();
    let expected = desk.written("unbroken");
    let state = desk.path("state");
    let (mut n_kills, mut n_resumed, mut n_done) = (0, 0, 0);
    let mut chance = Chance::new(1);
    while n_kills < KILLS || n_done == 0 {
        let after = whole.mul_f64(chance.below(1200) as f64 / 1000.0);
        n_resumed += usize::from(state.join("checkpoint.json").exists());
        let mut run = desk.start("killed", &[Path::new("--resume"), &state]);
        if !ended(&mut run, after) {
            n_kills += 1;
            continue;
        }
        n_done += 1;
        assert!(desk.written("killed") == expected, "after {n_kills} kills the result is another one");
        assert!(!state.exists(), "what a run that is done was resumed from is removed");
    }
    assert!(n_resumed >= KILLS / 4, "{n_resumed} of {n_kills} runs found a checkpoint");
    println!("{n_kills} kills, {n_resumed} times resumed, {n_done} times done");
}

#[test]
fn only_the_same_task_is_resumed() {
    let desk = Desk::new();
    let state = desk.path("state");
    let resume = [Path::new("--resume"), &state];
    let mut first = desk.start("first", &resume);
    while !state.join("checkpoint.json").exists() {
        assert_eq!(first.try_wait().unwrap(), None, "the run ended before its first checkpoint");
        std::thread::sleep(Duration::from_millis(2));
    }
    first.kill().unwrap();
    first.wait().unwrap();

    let refused = |run: Child, why: &str| {
        let output = run.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(why) && said.contains("remove the folder"), "{said}");
    };
    let other = [resume[0], resume[1], Path::new("--scale=8")];
    refused(desk.start("other", &other), "it is of a run with other method");
    let mut articles = File::options().append(true).open(desk.path("articles.jsonl")).unwrap();
    writeln!(articles, "{{\"text\": \"one more\"}}").unwrap();
    refused(desk.start("other", &resume), "it is of a run with other inputs");
    let full = desk.folder.path().to_owned();
    refused(desk.start("other", &[resume[0], &full]), "not empty");
}

#[test]
fn what_a_run_is_resumed_from_stays_until_its_results_are_written() {
    let desk = Desk::new();
    let state = desk.path("state");
    let resume = [Path::new("--resume"), &state];
    // The stories are found, and then one is asked for that is none of them.
    let no_story = [&resume[..], &[Path::new("--story"), Path::new("no-such-story")]].concat();
    let failed = desk.start("failed", &no_story).wait_with_output().unwrap();
    assert_eq!(failed.status.code(), Some(2), "{}", String::from_utf8_lossy(&failed.stderr));
    assert!(state.join("checkpoint.json").exists(), "{}", String::from_utf8_lossy(&failed.stderr));

    let input = [desk.path("articles.jsonl")];
    let space = Space { resume: Some(desk.path("another")), ..Space::default() };
    let options = Options { space, ..Options::default() };
    let mut run = pipeline::run(&input, &options, &mut |_, _| Ok(())).unwrap();
    assert!(desk.path("another/checkpoint.json").exists());
    run.forget().unwrap();
    run.forget().unwrap();
    assert!(!desk.path("another").exists());
}
