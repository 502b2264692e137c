//! `wirecopy stories` as scripts use it: exit codes, where output goes, and that files are whole or not there.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const DISPATCH: &str = "The river authority said on Friday that the gates of the northern dam will stay open until the \
    water has fallen below the mark that engineers set after the flood of last spring, when two villages had to be \
    cleared within one night and a bridge was lost. Mayor Ilva Torn told reporters that crews had worked until dawn to \
    fill sand bags along the eastern bank, while volunteers from three towns carried food and blankets to the school \
    hall where families wait for news of their farms and animals.";
const ADDED: &str = "The town council meets on Monday to hear what the works will cost and who is to pay for them.";

const LEAD: &str = "Engineers began to close the northern gates on Saturday, two days sooner than anybody had dared to hope, as \
    rain gave way to sun over the hills.";

/// A folder for one test, with the program to run in it.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Desk(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, records: &[Value]) -> PathBuf {
        let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
        fs::write(self.path(name), lines).expect("a file is written");
        self.path(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wirecopy"));
        command
            .current_dir(self.0.path())
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .arg("stories")
            .args(args);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program starts")
    }

    /// The names of all files, hidden ones too.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("a name").file_name().into_string().expect("UTF-8")).collect();
        names.sort();
        names
    }
}

fn article(id: &str, outlet: &str, text: &str) -> Value {
    json!({"id": id, "outlet": outlet, "date": "2025-09-19T21:39:00Z", "title": "Dam gates stay open", "text": text})
}

/// Two copies of one dispatch.
fn two_copies() -> Vec<Value> {
    vec![article("a", "morgen.example", DISPATCH), article("b", "abend.example", &format!("{DISPATCH} {ADDED}"))]
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn exit_codes_are_kept() {
    let desk = Desk::new();
    desk.write("good.jsonl", &two_copies());
    fs::write(desk.path("bad.jsonl"), format!("{}\n{{broken\n", article("c", "o.example", DISPATCH))).unwrap();
    let cases: [(&[&str], i32, &str); 12] = [
        (&["good.jsonl"], 0, "fields: text from text (2)"),
        (&["good.jsonl", "--quiet"], 0, ""),
        (&["good.jsonl", "bad.jsonl"], 3, "skipped 1 of 4 records"),
        (&["good.jsonl", "bad.jsonl"], 3, "bad.jsonl:2: "),
        (&["bad.jsonl", "--strict"], 2, "bad.jsonl:2: "),
        (&["missing.jsonl"], 2, "missing.jsonl: cannot read"),
        (&[], 2, "<INPUT>"),
        (&["good.jsonl", "--scale", "0"], 2, "scale: expected 1 to 4096, found 0"),
        (&["good.jsonl", "--rows", "8"], 2, "--candidates lsh"),
        (&["good.jsonl", "--story", "nowhere"], 2, "nowhere"),
        (&["good.jsonl", "-o", "good.jsonl"], 2, "replace an input"),
        (&["good.jsonl", "-o", "no/folder"], 2, "no/folder: cannot write"),
    ];
    for (args, code, said) in cases {
        let output = desk.run(args);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {stderr}");
        assert!(stderr.contains(said) && stderr.is_empty() == said.is_empty(), "{args:?}: {stderr}");
    }
}

#[test]
fn a_report_does_not_depend_on_threads_or_on_the_order_of_the_input() {
    let desk = Desk::new();
    let mut records = two_copies();
    records.push(article("c", "third.example", DISPATCH));
    desk.write("forward.jsonl", &records);
    records.reverse();
    desk.write("backward.jsonl", &records);
    let report = |args: &[&str]| {
        let output = desk.run(&[args, &["--format", "json", "-q"]].concat());
        text(&output.stdout).to_owned()
    };
    let expected = report(&["forward.jsonl", "-j", "1"]);
    assert_eq!(expected.lines().count(), 1, "{expected}");
    assert_eq!(serde_json::from_str::<Value>(&expected).unwrap()["copies"].as_array().unwrap().len(), 3);
    assert_eq!(report(&["forward.jsonl", "-j", "3"]), expected);
    assert_eq!(report(&["backward.jsonl"]), expected);
}

#[test]
fn an_opened_story_says_what_changed_whatever_it_is_read_from() {
    let desk = Desk::new();
    let kept = &DISPATCH[DISPATCH.find("Mayor").unwrap()..];
    let update = format!("{LEAD}\n{kept}");
    let mut records = two_copies();
    records.extend([article("c", "third.example", &update), article("d", "fourth.example", &update)]);
    records.iter_mut().skip(2).for_each(|record| record["date"] = json!("2025-09-20T08:00:00Z"));
    desk.write("in.jsonl", &records);
    let args = ["--story", "c", "--format", "json", "-q"];
    let read = desk.run(&[&["in.jsonl"], &args[..]].concat());
    let value: Value = serde_json::from_str(text(&read.stdout)).unwrap();
    let changes = &value["versions"][1]["changes"];
    assert_eq!((&changes["against"], &changes["articles"]), (&json!("v1"), &json!(["b", "c"])), "{value}");
    let paragraphs = changes["paragraphs"].as_array().unwrap();
    assert!(paragraphs.contains(&json!({"kind": "added", "text": LEAD})), "{changes}");

    let mut piped = desk.command(&[&["-"], &args[..]].concat());
    let mut child = piped.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(desk.path("in.jsonl")).unwrap()).unwrap();
    assert_eq!(text(&child.wait_with_output().unwrap().stdout), text(&read.stdout));
    // A table of copies has no place for it.
    let csv = desk.run(&["in.jsonl", "--story", "c", "--format", "csv", "-q"]);
    assert_eq!(text(&csv.stdout).lines().count(), 5);
}

#[test]
fn every_record_is_assigned_or_rejected() {
    let desk = Desk::new();
    let mut records = two_copies();
    records.push(article("alone", "o.example", "A short note about nothing that anybody else has printed today."));
    desk.write("in.jsonl", &records);
    fs::write(desk.path("bad.jsonl"), b"{\"text\": \"\xff\"}\n[1]\n").unwrap();
    let args =
        ["in.jsonl", "bad.jsonl", "--assignments", "a.tsv", "--rejects", "r.jsonl", "-o", "s.csv", "--format=csv"];
    let output = desk.run(&args);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(3), ""));

    let assignments = fs::read_to_string(desk.path("a.tsv")).unwrap();
    let lines: Vec<Vec<&str>> = assignments.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines[0], ["id", "story", "version", "relation"]);
    let [a, alone, b] = [&lines[1], &lines[2], &lines[3]];
    assert_eq!((lines.len(), a[0], alone[0], b[0]), (4, "a", "alone", "b"));
    assert!(a[1] == b[1] && a[1] != alone[1], "{assignments}");

    let rejects = fs::read_to_string(desk.path("r.jsonl")).unwrap();
    let rejects: Vec<Value> = rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        (rejects[0]["line"].as_u64(), &rejects[0]["record_hex"]),
        (Some(1), &json!("7b2274657874223a2022ff227d"))
    );
    assert_eq!((rejects[1]["path"].as_str(), rejects[1]["record"].as_str()), (Some("bad.jsonl"), Some("[1]")));
    assert_eq!(fs::read_to_string(desk.path("s.csv")).unwrap().lines().count(), 3);
    assert_eq!(desk.names(), ["a.tsv", "bad.jsonl", "in.jsonl", "r.jsonl", "s.csv"]);
}

#[test]
fn a_run_that_fails_leaves_the_old_files() {
    let desk = Desk::new();
    fs::write(desk.path("bad.jsonl"), "{broken\n").unwrap();
    fs::write(desk.path("old.json"), "old").unwrap();
    let output = desk.run(&["bad.jsonl", "--strict", "-o", "old.json", "--assignments", "new.tsv"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_to_string(desk.path("old.json")).unwrap(), "old");
    assert_eq!(desk.names(), ["bad.jsonl", "old.json"]);
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_no_file() {
    let desk = Desk::new();
    let mut child =
        desk.command(&["-", "-o", "out.json", "--rejects", "bad.jsonl"]).stdin(Stdio::piped()).spawn().unwrap();
    // It waits for standard input, its files open.
    let started = Instant::now();
    while desk.names().len() < 2 && started.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let names = desk.names();
    assert!(names.len() == 2 && names.iter().all(|name| name.starts_with(".wirecopy-")), "{names:?}");
    // The handler is set right after the first file was made.
    std::thread::sleep(Duration::from_millis(200));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(desk.names().is_empty(), "{:?}", desk.names());
}

#[test]
fn a_closed_pipe_is_silence() {
    let desk = Desk::new();
    let records: Vec<Value> =
        (0..3000).map(|n| article(&format!("{n:0200}"), "o.example", &format!("Note {n}."))).collect();
    desk.write("in.jsonl", &records);
    for format in ["json", "csv", "text"] {
        let args = ["in.jsonl", "-q", "--min-copies=1", "--all", "--format", format];
        let mut child = desk.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""), "{format}");
    }
}

#[test]
fn nothing_of_a_page_acts_on_the_terminal() {
    let desk = Desk::new();
    let hostile = "\u{1b}[2J\u{9b}31m\u{202e}=x\u{2066}\u{7}\r\n\u{7f}";
    let mut records = two_copies();
    for (record, n) in records.iter_mut().zip(0..) {
        for field in ["id", "outlet", "title", "url"] {
            record[field] = json!(format!("{hostile}{field}{n}"));
        }
    }
    desk.write("in.jsonl", &records);
    let mut bad = fs::File::create(desk.path("bad\u{1b}[2J.jsonl")).unwrap();
    writeln!(bad, "{}", json!({ hostile: 1 })).unwrap();
    let unsafe_char =
        |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    let views: [&[&str]; 4] = [&["--format=text"], &["--format=json"], &["--format=csv"], &["--verbose", "--story=s"]];
    for view in views {
        let output = desk.run(&[&["in.jsonl", "bad\u{1b}[2J.jsonl", "--color=never"], view].concat());
        for shown in [text(&output.stdout), text(&output.stderr)] {
            assert!(!shown.contains(unsafe_char), "{view:?}: {shown:?}");
        }
        assert_eq!(output.status.code(), Some(3), "{view:?}: {output:?}");
        assert!(text(&output.stderr).contains("skipped 1 of 3"), "{view:?}: {output:?}");
    }
}

#[test]
fn colors_are_where_they_are_wanted() {
    let desk = Desk::new();
    desk.write("in.jsonl", &two_copies());
    let colored = |args: &[&str], variable: &str| {
        let output = desk.command(&[&["in.jsonl", "-q"], args].concat()).env(variable, "1").output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(colored(&["--color=always"], "NO_COLOR"));
    assert!(!colored(&["--color=never"], "CLICOLOR_FORCE"));
    assert!(!colored(&[], "NO_COLOR"));
    assert!(colored(&[], "CLICOLOR_FORCE"));
    assert!(!colored(&[], "UNRELATED"));
}

#[test]
fn a_story_opens_by_its_start_and_by_an_article() {
    let desk = Desk::new();
    desk.write("in.jsonl", &two_copies());
    let opened = |id: &str| text(&desk.run(&["in.jsonl", "-q", "--story", id]).stdout).to_owned();
    let by_article = opened("b");
    let id = by_article.lines().find_map(|line| line.strip_prefix("Story     ")).unwrap();
    assert_eq!(opened(&id[..7]), by_article);
    assert!(by_article.contains("abend.example") && by_article.contains("unknown"), "{by_article}");
}

#[test]
fn results_of_a_folder_are_not_written_over_its_inputs() {
    let desk = Desk::new();
    fs::create_dir(desk.path("pages")).unwrap();
    desk.write("pages/in.jsonl", &two_copies());
    desk.write("pages/other.jsonl", &[article("c", "o.example", DISPATCH)]);
    let before = fs::read(desk.path("pages/other.jsonl")).unwrap();
    let output = desk.run(&["pages", "--assignments", "pages/other.jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read(desk.path("pages/other.jsonl")).unwrap(), before);
    let output = desk.run(&["pages", "--assignments", "pages/assignments.tsv"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(Path::new(&desk.path("pages/assignments.tsv")).exists());
}

#[test]
fn copies_without_an_outlet_are_at_none() {
    let text = "OSLO (AP) - The harbor council voted on Monday to close the old fish market for good, the mayor said.\n\
        Traders said they had been told of the plan only a week before the vote was taken, and asked for more time.\n\
        A new hall is to open beside the ferry terminal before the end of next summer, the council said in a letter.";
    let of = |outlets: [Option<&str>; 3]| {
        let article = |(at, outlet): (usize, &Option<&str>)| wirecopy::article::Article {
            id: format!("a{at}"),
            outlet: outlet.map(str::to_owned),
            text: text.to_owned(),
            ..Default::default()
        };
        let articles = outlets.iter().enumerate().map(article).collect();
        let found = wirecopy::pipeline::stories_of(articles, &Default::default()).unwrap();
        assert_eq!(found.stories.len(), 1);
        found.stories[0].outlets
    };
    assert_eq!(of([Some("a.example"), None, Some("b.example")]), 2);
    assert_eq!(of([None, None, None]), 0);
}
