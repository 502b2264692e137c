//! Every hostile file held against its line of `costs.tsv`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::child::{Run, run};
use crate::make;

/// What a file may cost.
#[derive(Debug, Clone)]
struct Cost {
    file: &'static str,
    /// Whether it lies in `files`; else `make` writes it.
    is_stored: bool,
    code: i32,
    /// Articles that come out of it all the same.
    articles: usize,
    skipped: usize,
    /// Articles among them that are copies of others in it, which `dedup` leaves out.
    copies: usize,
    seconds: f64,
    megabytes: f64,
    /// Words that are said.
    message: &'static str,
}

/// What it did cost.
#[derive(Debug, Default)]
struct Found {
    seconds: f64,
    megabytes: Option<f64>,
    row: String,
    faults: Vec<String>,
}

fn costs() -> Vec<Cost> {
    include_str!("costs.tsv").lines().skip(1).map(cost).collect()
}

fn cost(line: &'static str) -> Cost {
    let cells: Vec<&str> = line.split('\t').collect();
    let [file, how, code, articles, skipped, copies, seconds, megabytes, message] = cells[..] else {
        panic!("not nine cells: {line}");
    };
    let number = |cell: &str| cell.parse().unwrap_or_else(|_| panic!("{file}: {cell:?} is no number"));
    assert!(matches!(how, "stored" | "made"), "{file}: {how:?}");
    Cost {
        file,
        is_stored: how == "stored",
        code: number(code) as i32,
        articles: number(articles) as usize,
        skipped: number(skipped) as usize,
        copies: number(copies) as usize,
        seconds: number(seconds),
        megabytes: number(megabytes),
        message,
    }
}

fn stored(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/files").join(file)
}

#[test]
fn every_file_has_a_line_and_every_line_a_file() {
    let listed: BTreeSet<String> = costs().iter().filter(|c| c.is_stored).map(|c| c.file.to_owned()).collect();
    let there: BTreeSet<String> =
        fs::read_dir(stored("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(listed, there);
    let made: BTreeSet<&str> = costs().iter().filter(|c| !c.is_stored).map(|c| c.file).collect();
    assert_eq!(made, make::names().collect());
    assert_eq!(costs().len(), listed.len() + made.len(), "a file has two lines");
    assert!(costs().len() >= 50);
}

#[test]
fn no_file_costs_more_than_its_line_says() {
    let costs: Vec<Cost> = costs().into_iter().filter(is_read).collect();
    let next = AtomicUsize::new(0);
    let found = Mutex::new(vec![]);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(cost) = costs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    found.lock().unwrap().push(spend(cost));
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap();
    assert_eq!(found.len(), costs.len());
    found.sort_by(|a, b| a.row.cmp(&b.row));
    println!("file\tcode\tarticles\tskipped\tcopies\tseconds\tMB\tmessage");
    found.iter().for_each(|found| println!("{}", found.row));
    if found.iter().all(|found| found.megabytes.is_none()) {
        println!("skipped: this system does not say how much memory a process takes");
    }
    let faults: Vec<&str> = found.iter().flat_map(|found| &found.faults).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Whether this build reads files of the format.
fn is_read(cost: &Cost) -> bool {
    let is_read = cfg!(feature = "parquet") || !cost.file.ends_with(".parquet");
    if !is_read {
        println!("skipped: {} (built without Parquet)", cost.file);
    }
    is_read
}

/// Runs `stories` and `dedup` on a file, and both again on what `dedup` wrote.
fn spend(cost: &Cost) -> Found {
    let desk = tempfile::tempdir().unwrap();
    let folder = desk.path();
    let path = folder.join(cost.file);
    match cost.is_stored {
        true => drop(fs::copy(stored(cost.file), &path).unwrap()),
        false => make::write(cost.file, &path),
    }
    let mut found = Found::default();
    if let Err(fault) = judge(cost, folder, &mut found) {
        found.faults.push(format!("{}: {fault}", cost.file));
    }
    if found.row.is_empty() {
        found.row = format!("{}\tnot ended", cost.file);
    }
    found
}

fn judge(cost: &Cost, folder: &Path, found: &mut Found) -> Result<(), String> {
    let (told, ids) = stories(cost, folder, found)?;
    let (said, skipped) = (first_words(&told.stderr), skipped(&told.stderr));
    let deduped = watched(cost, folder, &["dedup", cost.file, "-o", "out"], found)?;
    let copies = if told.code == Some(2) { 0 } else { left_out(&deduped.stdout)? };
    found.row = format!(
        "{}\t{}\t{}\t{skipped}\t{copies}\t{:.2}\t{:.0}\t{said}",
        cost.file,
        told.code.unwrap_or(-1),
        ids.len(),
        found.seconds,
        found.megabytes.unwrap_or(0.0),
    );
    expect("the exit code", told.code, Some(cost.code))?;
    expect("the exit code of dedup", deduped.code, Some(cost.code))?;
    for run in [&told, &deduped] {
        if !run.stderr.contains(cost.message) {
            return Err(format!("{:?} is not in: {}", cost.message, run.stderr));
        }
    }
    expect("articles", ids.len(), cost.articles)?;
    expect("records that were skipped", skipped, cost.skipped)?;
    expect("copies", copies, cost.copies)?;
    if found.megabytes.is_some_and(|n| n > cost.megabytes) {
        return Err(format!("it took {:.0} MB", found.megabytes.unwrap_or(0.0)));
    }
    if cost.code == 2 { Ok(()) } else { judge_output(cost, folder, &ids, found) }
}

/// What `dedup` wrote has every article but the copies, and nothing more is taken out of it.
fn judge_output(cost: &Cost, folder: &Path, ids: &BTreeSet<String>, found: &mut Found) -> Result<(), String> {
    let out = folder.join("out");
    let (_, left) = stories(cost, &out, found)?;
    let gone: Vec<&String> = ids.difference(&left).collect();
    let are_copies = gone.iter().all(|id| id.ends_with("copy"));
    if gone.len() != cost.copies || !are_copies || !left.is_subset(ids) {
        return Err(format!("dedup was given {ids:?} and wrote {left:?}"));
    }
    let again = watched(cost, &out, &["dedup", cost.file, "-o", "again"], found)?;
    expect("copies in what dedup wrote", left_out(&again.stdout)?, 0)?;
    let read = |folder: &Path| fs::read(folder.join(cost.file)).map_err(|error| error.to_string());
    match read(&out)? == read(&out.join("again"))? {
        true => Ok(()),
        false => Err("a second dedup changed what the first had written".to_owned()),
    }
}

/// Runs `stories`; the ids of the articles that it found.
fn stories(cost: &Cost, folder: &Path, found: &mut Found) -> Result<(Run, BTreeSet<String>), String> {
    let table = folder.join("ids.table");
    let args = ["stories", cost.file, "--min-copies=1", "--format=json", "--assignments", "ids.table"];
    let run = watched(cost, folder, &args, found)?;
    let ids = fs::read_to_string(&table).unwrap_or_default();
    let ids = ids.lines().skip(1).filter_map(|line| line.split('\t').next()).map(str::to_owned).collect();
    Ok((run, ids))
}

/// Runs the program: it ends in time, by itself, and prints nothing that steers a terminal.
fn watched(cost: &Cost, folder: &Path, args: &[&str], found: &mut Found) -> Result<Run, String> {
    let run = run(folder, args, cost.seconds)?;
    found.seconds = found.seconds.max(run.seconds);
    found.megabytes = found.megabytes.into_iter().chain(run.megabytes).reduce(f64::max);
    if !matches!(run.code, Some(0 | 2 | 3)) || run.stderr.contains("panicked") {
        return Err(format!("`{}` ended with {:?}: {}", args.join(" "), run.code, run.stderr));
    }
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if let Some(printed) = [&run.stdout, &run.stderr].into_iter().find(|printed| printed.contains(steers)) {
        return Err(format!("`{}` printed control characters: {printed:?}", args.join(" ")));
    }
    Ok(run)
}

fn expect<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found:?}, not {expected:?}")) }
}

/// `wirecopy: skipped 2 of 6 records`
fn skipped(stderr: &str) -> usize {
    let rest = stderr.split_once("skipped ").map_or("", |(_, rest)| rest);
    rest.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// `1 left out`
fn left_out(stdout: &str) -> Result<usize, String> {
    let number = stdout.split_once(" left out").and_then(|(before, _)| before.rsplit(' ').next());
    number.and_then(|n| n.parse().ok()).ok_or_else(|| format!("dedup does not say what it left out: {stdout}"))
}

/// The first complaint, for the table.
fn first_words(stderr: &str) -> String {
    let complaint = stderr.lines().find(|line| line.starts_with("  ") || line.contains("error: "));
    let line = complaint.or(stderr.lines().last()).unwrap_or_default();
    line.chars().take(200).collect()
}
