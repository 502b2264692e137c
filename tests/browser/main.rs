//! The report in a real browser: Debian's Chromium, driven by Playwright, looks at it as a reader would.
//!
//! The scripts of this folder open what the program writes, in light, dark and phone width, and fail on whatever a page
//! says on its console. Screenshots stay in `target/screenshots`. `.ci/run` sets up Chromium and a Python with the packages
//! of `requirements.txt`; where there is none the tests say so and pass, but not where `CI` is set.

#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

#[path = "../foreign/python.rs"]
mod python;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use python::Python;
use serde_json::json;

/// A report in a folder of its own.
struct Report {
    folder: tempfile::TempDir,
    python: Python,
}

impl Report {
    /// Runs the program; `None` where there is no browser to look at what it wrote, which was said then.
    fn of(input: &Path) -> Option<Self> {
        let python = Python::with(&["playwright", "axe_playwright_python"])?;
        let report = Report { folder: tempfile::tempdir().unwrap(), python };
        let output = Command::new(env!("CARGO_BIN_EXE_wirecopy"))
            .args(["stories", "--quiet", "--format", "json", "-o", &report.path("stories.json")])
            .args(["--html", &report.path("report.html")])
            .arg(input)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Some(report)
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Lets a script look at the report.
    fn look(&self, script: &str, args: &[&str]) {
        let html = self.path("report.html");
        let args: Vec<&str> = [html.as_str()].into_iter().chain(args.iter().copied()).collect();
        self.python.run_in("tests/browser", script, &args).unwrap_or_else(|said| panic!("{script}: {said}"));
    }
}

/// Where the screenshots of a run stay.
fn screenshots() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    fs::create_dir_all(&folder).unwrap();
    folder.to_str().unwrap().to_owned()
}

#[test]
fn a_reader_finds_filters_opens_and_compares() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let Some(report) = Report::of(&corpus) else { return };
    report.look("report.py", &[&screenshots(), &report.path("stories.json")]);
}

const ATTACK: &str = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=2> \u{202e}evil\u{2066} \u{1b}[2J\u{9b}31m\u{7}";

#[test]
fn pages_that_attack_their_reader_do_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attack.jsonl");
    fs::write(&path, attacks()).unwrap();
    let Some(report) = Report::of(&path) else { return };
    report.look("hostile.py", &[&screenshots()]);
}

/// Three copies of a story, every field of which attacks, and one at outlets with odd names.
fn attacks() -> String {
    let huge = "W".repeat(5_000);
    let mut lines = String::new();
    for (number, own) in [(1, "The first outlet adds a line."), (2, "The second outlet adds another one."), (3, "")] {
        let text = [&paragraphs(0), ATTACK, &huge, own].join("\n");
        let record = json!({
            "id": format!("{number}{ATTACK}"), "outlet": format!("outlet{number}{ATTACK}"), "headline": format!("{ATTACK} {huge}"),
            "url": "javascript:window.hacked=3", "date": format!("2026-03-0{number}T10:00:00Z"), "text": text,
        });
        writeln!(lines, "{record}").unwrap();
    }
    for (number, outlet) in ["A+B News", "50%25 Post", "Who? Weekly & Co", "a=b#c"].into_iter().enumerate() {
        let record = json!({ "id": format!("named-{number}"), "outlet": outlet, "text": paragraphs(1) });
        writeln!(lines, "{record}").unwrap();
    }
    lines
}

/// Paragraphs that no other number has.
fn paragraphs(number: usize) -> String {
    let word = |place: usize| {
        let mut rest = (number * 100_003 + place).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        let mut word = String::new();
        for _ in 0..4 {
            word.push_str(["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "za"][rest % 10]);
            rest /= 10;
        }
        word
    };
    let sentence = |at: usize| (0..12).map(|place| word(at * 12 + place)).collect::<Vec<_>>().join(" ");
    (0..10)
        .map(|at| format!("The {} on Friday, {}.", sentence(2 * at), sentence(2 * at + 1)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Stories of the large report.
const STORIES: usize = 5_000;

#[test]
fn five_thousand_stories_open_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("large.jsonl");
    fs::write(&path, large()).unwrap();
    let Some(report) = Report::of(&path) else { return };
    report.look("large.py", &[&STORIES.to_string()]);
}

/// Stories of three copies each: whole, cut, and with a paragraph of its own.
fn large() -> String {
    let mut lines = String::new();
    for story in 0..STORIES {
        let text = paragraphs(story + 1);
        let cut: Vec<&str> = text.lines().take(6).collect();
        let own = format!("{text}\nReaders of outlet {} sent in {} letters about it.", story % 211, story % 17);
        for (number, text) in [text.as_str(), &cut.join("\n"), &own].into_iter().enumerate() {
            let record = json!({
                "id": format!("a{story:05}-{number}"), "outlet": format!("outlet{}.example", (story * 7 + number) % 400),
                "url": format!("https://outlet.example/2026/03/{story}-{number}"),
                "headline": text.lines().next().unwrap().get(..60).unwrap(),
                "date": 1_772_000_000 + story * 300 + number * 4_000, "text": format!("OSLO (AFP) - {text}"),
            });
            writeln!(lines, "{record}").unwrap();
        }
    }
    lines
}
