//! The smaller verbs through the real binary: what they print, and how they end.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

const LOCKS: &str = "The harbor board of Port Ellery voted on Tuesday to close the eastern locks for the whole winter, the \
    first such closure since the great storm of 1987. Engineers found cracks in two of the five gates last month. \
    Repairs will cost 14 million crowns and should end in April, said Ode Brandt, who chairs the board.";
const BEES: &str = "Beekeepers in the northern valleys report the mildest spring in memory. Hives that used to wake in late \
    March were busy before the end of February, and the first honey went on sale in Lund on Sunday.";

/// What a run printed, and its exit code.
struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(args: &[&str]) -> Ran {
    let output = Command::cargo_bin("wirecopy").expect("a built binary").args(args).output().expect("a run that ended");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text in UTF-8");
    Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// A folder of pages: a copy and its dispatch, a stranger, a file of many records, one of them bad.
struct Pages(tempfile::TempDir);

impl Pages {
    fn new() -> Self {
        let pages = Pages(tempfile::tempdir().expect("a temporary folder"));
        pages.write("dispatch.txt", LOCKS);
        pages
            .write("copy.txt", &format!("{LOCKS}\nThe ferry will run as usual, the mayor told reporters in the town."));
        pages.write("bees.txt", BEES);
        let record = |id: &str, text: &str| serde_json::json!({"id": id, "text": text, "outlet": "ellery.example"});
        let lines = format!("{}\n{{bad\n{}\n", record("locks", LOCKS), record("bees\u{9b}2J", BEES));
        pages.write("many.jsonl", &lines);
        pages
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).expect("a written page");
        path
    }

    fn path(&self, name: &str) -> String {
        Path::new(self.0.path()).join(name).display().to_string()
    }
}

#[test]
fn compare_ends_by_its_verdict() {
    let pages = Pages::new();
    let cases = [
        ("dispatch.txt", "copy.txt", Some(0), "COPIES of one dispatch"),
        ("dispatch.txt", "bees.txt", Some(1), "NO MATCH: they share too small a part"),
        ("many.jsonl#locks", "dispatch.txt", Some(0), "B: the same"),
        ("many.jsonl", "dispatch.txt", Some(2), "many.jsonl:2: not JSON"),
        ("many.jsonl#gone", "dispatch.txt", Some(2), "has no record of id \"gone\""),
        ("gone.txt", "dispatch.txt", Some(2), "gone.txt: cannot read"),
    ];
    for (a, b, code, expected) in cases {
        let ran = run(&["compare", &pages.path(a), &pages.path(b)]);
        assert_eq!(ran.code, code, "{a} {b}\n{}\n{}", ran.stdout, ran.stderr);
        assert!(ran.stdout.contains(expected) || ran.stderr.contains(expected), "{}\n{}", ran.stdout, ran.stderr);
    }
}

#[test]
fn compare_asks_which_of_several_records() {
    let pages = Pages::new();
    let twice = format!("{0}\n{0}\n", serde_json::json!({"id": "p", "text": LOCKS}));
    let file = pages.write("twice.jsonl", &twice).display().to_string();
    let dispatch = pages.path("dispatch.txt");
    let ran = run(&["compare", &file, &dispatch]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.stderr.contains("more than one record; name one of them") && ran.stderr.contains("twice.jsonl#p"),
        "{}",
        ran.stderr
    );
    let ran = run(&["compare", &format!("{file}#p"), &dispatch]);
    assert!(ran.code == Some(2) && ran.stderr.contains("more than one record of id"), "{}", ran.stderr);
}

#[test]
fn compare_judges_by_the_parameters_given() {
    let pages = Pages::new();
    let (a, b) = (pages.path("dispatch.txt"), pages.path("copy.txt"));
    let ran =
        run(&["compare", &a, &b, "--min-run-words=500", "--format=json", "--candidates=lsh", "--bands=3", "--rows=2"]);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(ran.code, Some(1));
    assert_eq!(found["verdict"], "short-runs");
    assert_eq!((&found["lsh"]["bands"], &found["params"]["min_run_words"]), (&3.into(), &500.into()));
    assert_eq!(found["link"]["containment"], 1.0);
    assert_eq!(found["passages"][0]["text_a"], LOCKS.trim_end_matches('.'));
}

#[test]
fn inspect_shows_every_record_and_names_the_bad_one() {
    let pages = Pages::new();
    let file = pages.path("many.jsonl");
    let ran = run(&["inspect", &file, &pages.path("copy.txt"), "--format", "json"]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.stderr.contains("many.jsonl:2: not JSON"), "{}", ran.stderr);
    let found: Vec<Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&str> = found.iter().map(|page| page["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["locks", "bees\u{9b}2J", &pages.path("copy.txt")]);
    assert!(!ran.stdout.contains('\u{9b}'), "{:?}", ran.stdout);
    assert_eq!(found[0]["body"], serde_json::json!([LOCKS]));
    let strict = run(&["inspect", &file, "--strict"]);
    assert!(strict.code == Some(2) && strict.stderr.contains("many.jsonl:2"), "{}", strict.stderr);
}

#[test]
fn inspect_finds_fields_by_the_names_given() {
    let pages = Pages::new();
    let file = pages.write("odd.jsonl", &serde_json::json!({"key": "k-1", "story": LOCKS}).to_string());
    let ran = run(&["inspect", &file.display().to_string(), "--id-field=key", "--text-field=story"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.starts_with("id         k-1\n") && ran.stdout.contains("id from \"key\""), "{}", ran.stdout);
}

#[test]
fn eval_scores_and_says_where_a_table_is_wrong() {
    let pages = Pages::new();
    let truth = pages.write("truth.tsv", "id\tstory\na\tx\nb\tx\nc\ty\n").display().to_string();
    let found = pages.write("found.tsv", "story\tid\trelation\n1\ta\torigin\n1\tb\tedited\n1\tc\tedited\n");
    let ran = run(&["eval", &truth, &found.display().to_string(), "--false=1"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    // One of three pairs is true; B-cubed precision (2/3 + 2/3 + 1/3) / 3.
    let line = ran.stdout.lines().find(|line| line.starts_with("story ")).unwrap();
    let figures: Vec<&str> = line.split_whitespace().skip(1).collect();
    assert_eq!(figures, ["0.3333", "1.0000", "0.5000", "0.0000", "0.5556", "1.0000", "0.7143"]);
    assert!(ran.stdout.contains("2  x + y"), "{}", ran.stdout);
    let bad = pages.write("bad.tsv", "id\tstory\na\tx\nb\n").display().to_string();
    let ran = run(&["eval", &truth, &bad]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("bad.tsv:3: expected as many fields as the header has, found 1"), "{}", ran.stderr);
}

#[test]
fn eval_wonders_when_no_id_is_known() {
    let pages = Pages::new();
    let truth = pages.write("truth.tsv", "id\tstory\na\tx\n").display().to_string();
    let other = pages.write("other.tsv", "id\tstory\nq\tx\n").display().to_string();
    let ran = run(&["eval", &truth, &other, "--format=json"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.stderr.contains("do both name them by the same ids?"), "{}", ran.stderr);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&found["unknown"], &found["unassigned"]), (&1.into(), &1.into()));
}

#[test]
fn curve_refuses_what_no_signature_has() {
    let ran = run(&["curve", "--bands=14", "--rows=65"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("parameter rows: expected 1 to 64, found 65"), "{}", ran.stderr);
    let ran = run(&["curve", "--bands=1", "--rows=1"]);
    assert!(ran.stdout.contains("\n       0.50       0.5000  ####################\n"), "{}", ran.stdout);
}
