//! Folders whose files are not what they should be, or not where.

use std::fs;
use std::path::Path;

use crate::child::{Run, run};
#[cfg(feature = "parquet")]
use crate::desk::{Packing, pack};
use crate::desk::{article, json_line};

/// A folder of two good files, before and behind whatever a test adds.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for (name, n) in [("a.jsonl", 1), ("z.jsonl", 2)] {
        let line = json_line(&article(n, "varn.example")) + "\n";
        fs::write(folder.path().join("in").join(name), line).unwrap();
    }
    folder
}

/// Runs both verbs on it, and expects the code and so many articles of both; what `stories` said.
#[track_caller]
fn expect(folder: &Path, code: i32, n_articles: usize) -> Run {
    let both = [
        run(folder, &["stories", "in", "--min-copies=1", "--format=csv"], 20.0).unwrap(),
        run(folder, &["dedup", "in", "-o", "out"], 20.0).unwrap(),
    ];
    for run in &both {
        assert_eq!(run.code, Some(code), "{}", run.stderr);
        let steers = |c: char| c.is_control() && c != '\n';
        assert!(!run.stderr.contains(steers) && !run.stderr.contains("panicked"), "{:?}", run.stderr);
    }
    let [told, deduped] = both;
    assert_eq!(told.stdout.lines().count(), n_articles + 1, "{}", told.stdout);
    assert!(deduped.stdout.contains(&format!("0 left out, {n_articles} articles kept")), "{}", deduped.stdout);
    told
}

#[test]
fn empty_files_of_every_ending_are_no_error() {
    let folder = folder();
    let endings = "jsonl ndjson json txt html htm xhtml csv tsv tab warc wet jsonl.gz csv.zst warc.bz2 txt.xz";
    for ending in endings.split(' ') {
        fs::write(folder.path().join(format!("in/empty.{ending}")), "").unwrap();
    }
    expect(folder.path(), 0, 2);
}

#[test]
fn files_that_are_not_what_their_names_say_take_no_others_with_them() {
    let folder = folder();
    let wrong = ["b.warc", "b.parquet", "c.pq", "c.wet", "2026.01.02.gz"];
    for name in wrong {
        fs::write(folder.path().join("in").join(name), b"\x00 no such file").unwrap();
    }
    #[cfg(feature = "parquet")]
    fs::write(folder.path().join("in/d.parquet.gz"), pack(b"PAR1....PAR1", Packing { ending: ".gz" })).unwrap();
    let n_wrong = wrong.len() + usize::from(cfg!(feature = "parquet"));
    let told = expect(folder.path(), 3, 2);
    let skipped = format!("skipped {n_wrong} of {} records", n_wrong + 2);
    assert!(told.stderr.contains(&skipped), "{}", told.stderr);
    assert!(told.stderr.contains("in/b.warc:1: a file that does not begin with WARC/"), "{}", told.stderr);
    for name in wrong {
        let written = fs::read(folder.path().join("out").join(name)).unwrap();
        assert_eq!(written, b"\x00 no such file", "{name}");
    }
}

#[test]
fn a_folder_named_as_a_file_is_walked() {
    let folder = folder();
    fs::create_dir(folder.path().join("in/folder.jsonl")).unwrap();
    fs::write(folder.path().join("in/folder.jsonl/b.jsonl"), json_line(&article(3, "varn.example"))).unwrap();
    expect(folder.path(), 0, 3);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn links_that_lead_back_are_walked_once() {
        let folder = folder();
        let inner = folder.path().join("in");
        symlink(&inner, inner.join("again")).unwrap();
        symlink(".", inner.join("here")).unwrap();
        symlink("self.jsonl.d", inner.join("self.jsonl.d")).unwrap();
        expect(folder.path(), 0, 2);
    }

    #[test]
    fn a_link_to_nothing_is_named() {
        let folder = folder();
        symlink("gone", folder.path().join("in/link.jsonl")).unwrap();
        let run = run(folder.path(), &["stories", "in"], 20.0).unwrap();
        assert!(run.code == Some(2) && run.stderr.contains("in/link.jsonl"), "{}", run.stderr);
    }

    #[test]
    fn a_file_that_may_not_be_read_is_named_before_any_is() {
        let folder = folder();
        let locked = folder.path().join("in/locked.jsonl");
        fs::write(&locked, "").unwrap();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o0)).unwrap();
        if fs::File::open(&locked).is_ok() {
            println!("skipped: this user may read everything");
            return;
        }
        let run = run(folder.path(), &["stories", "in"], 20.0).unwrap();
        assert!(run.code == Some(2) && run.stderr.contains("in/locked.jsonl"), "{}", run.stderr);
    }

    #[test]
    fn a_name_steers_no_terminal() {
        let folder = folder();
        let name = "in/\u{1b}]0;gone\u{7}\u{1b}[2J\nfolded\u{202e}.jsonl";
        fs::write(folder.path().join(name), "no JSON\n").unwrap();
        let told = expect(folder.path(), 3, 2);
        assert!(told.stderr.contains("in/]0;gone[2J folded"), "{:?}", told.stderr);
    }
}
