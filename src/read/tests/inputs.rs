//! Finding files, and telling their formats.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::read::{Fields, Inputs};

const RECORD: &[u8] = br#"{"text": "Ferry."}"#;

/// A folder with these files; names that end in `/` are folders.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(if name.ends_with('/') { &path } else { path.parent().unwrap() }).unwrap();
        if !name.ends_with('/') {
            fs::write(path, bytes).unwrap();
        }
    }
    folder
}

/// The ids of all records, or the reasons why there is none, without the folder's path.
fn ids(base: &Path, inputs: &[PathBuf]) -> Result<Vec<String>> {
    let mut inputs = Inputs::open(inputs)?;
    let mut ids = Vec::new();
    while let Some(batch) = inputs.next_batch(1 << 16)? {
        ids.extend(batch.records().map(|record| match record.parse(&Fields::default()) {
            Ok(parsed) => parsed.unwrap().article.id,
            Err(reject) => reject.to_string(),
        }));
    }
    let base = format!("{}/", base.display());
    Ok(ids.into_iter().map(|id| id.replace(&base, "")).collect())
}

fn ids_in(folder: &tempfile::TempDir, names: &[&str]) -> Result<Vec<String>> {
    let paths: Vec<PathBuf> = names.iter().map(|name| folder.path().join(name)).collect();
    ids(folder.path(), &paths)
}

#[test]
fn folders_are_walked_by_name_and_only_known_endings_are_read() {
    let folder = folder(&[
        ("b.txt", b"Page."),
        ("a/2.jsonl", RECORD),
        ("a/10.NDJSON", RECORD),
        ("a/deep/er/x.json", b"[{\"text\": \"Ferry.\"}]"),
        ("c.jsonl/in.txt", b"In a folder that looks like a file."),
        ("empty/", b""),
        ("none.jsonl", b""),
        (".hidden.jsonl", RECORD),
        (".git/x.jsonl", RECORD),
        ("notes.md", b"Not read."),
        ("a/image.png", b"\x89PNG"),
        ("a/.#2.jsonl", RECORD),
        ("noending", RECORD),
    ]);
    let expected = ["a/10.NDJSON:1", "a/2.jsonl:1", "a/deep/er/x.json:1", "b.txt", "c.jsonl/in.txt"];
    assert_eq!(ids(folder.path(), &[folder.path().to_owned()]).unwrap(), expected);
    // What is named comes in the order of names on the command line, hidden or not.
    let named = ids_in(&folder, &["b.txt", ".hidden.jsonl", "a"]).unwrap();
    assert_eq!(named, ["b.txt", ".hidden.jsonl:1", "a/10.NDJSON:1", "a/2.jsonl:1", "a/deep/er/x.json:1"]);
}

#[test]
fn a_folder_without_anything_to_read_is_an_error() {
    let folder = folder(&[("empty/", b""), ("md/a.md", b"x"), ("hidden/.a.txt", b"x"), ("ok/a.txt", b"x")]);
    for name in ["empty", "md", "hidden"] {
        match ids_in(&folder, &["ok", name]) {
            Err(Error::NothingToRead { path }) => assert!(path.ends_with(name)),
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn what_is_missing_is_told_when_inputs_are_opened() {
    let folder = folder(&[("a.jsonl", RECORD)]);
    let missing = folder.path().join("gone.jsonl");
    match Inputs::open(&[folder.path().join("a.jsonl"), missing.clone()]) {
        Err(Error::Read { path, source }) => {
            assert_eq!(path, missing);
            assert_eq!(source.kind(), std::io::ErrorKind::NotFound);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_that_vanishes_is_told_by_name() {
    let folder = folder(&[("a.jsonl", RECORD), ("b.jsonl", RECORD)]);
    let mut inputs = Inputs::open(&[folder.path().to_owned()]).unwrap();
    fs::remove_file(folder.path().join("b.jsonl")).unwrap();
    match inputs.next_batch(1 << 20) {
        Err(Error::Read { path, .. }) => assert!(path.ends_with("b.jsonl")),
        other => panic!("{other:?}"),
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_no_folder_is_walked_twice() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("in/a.txt", b"A."), ("in/sub/b.txt", b"B."), ("out/c.txt", b"C."), ("z.jsonl", RECORD)]);
    let base = folder.path();
    symlink(base.join("in"), base.join("in/sub/loop")).unwrap();
    symlink(base.join("in/sub"), base.join("in/again")).unwrap();
    symlink(base.join("out"), base.join("in/out")).unwrap();
    symlink(base.join("z.jsonl"), base.join("in/linked.jsonl")).unwrap();
    symlink(base.join("nowhere"), base.join("in/lock")).unwrap();
    symlink("self.txt", base.join("in/self")).unwrap();
    assert_eq!(ids_in(&folder, &["in"]).unwrap(), ["in/a.txt", "in/again/b.txt", "in/linked.jsonl:1", "in/out/c.txt"]);

    symlink(base.join("nowhere"), base.join("in/dangling.txt")).unwrap();
    match ids_in(&folder, &["in"]) {
        Err(Error::Read { path, .. }) => assert!(path.ends_with("in/dangling.txt")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_named_file_is_told_by_its_first_bytes() {
    let folder = folder(&[
        ("lines.data", b"\n {\"text\": \"A.\"}\n{\"text\": \"B.\"}"),
        ("array", b"[ {\"text\": \"A.\"},\n{\"text\": \"B.\"}]"),
        ("pretty.out", b"{\n\"text\": \"A.\"\n}"),
        ("page.md", b"[Photo] A ferry.\n{x}"),
        ("empty.log", b""),
    ]);
    let expected = ["lines.data:2", "lines.data:3", "array:1", "array:2", "pretty.out:1", "page.md"];
    assert_eq!(ids_in(&folder, &["lines.data", "array", "pretty.out", "page.md", "empty.log"]).unwrap(), expected);
}

#[test]
fn a_named_file_that_is_binary_is_refused() {
    let cases: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "found a zip file; unpack it and name the files in it"),
        (b"%PDF-1.7", "found a PDF file; take its text out first"),
        (b"filedesc://a.arc 0.0.0.0", "found an ARC file; convert it: warcio recompress FILE.arc.gz FILE.warc.gz"),
        (b"ab\0c", "found a binary file (it has zero bytes); name a file of text, JSON, WARC or Parquet"),
        (b"\xFF\xFEF\0", "found text in UTF-16; convert it: iconv -f UTF-16 -t UTF-8"),
    ];
    for (bytes, expected) in cases {
        let folder = folder(&[("pages.bin", bytes)]);
        let error = ids_in(&folder, &["pages.bin"]).unwrap_err().to_string();
        let message = format!("pages.bin: expected JSON, a table, WARC, Parquet, HTML or text in UTF-8, {expected}");
        assert!(error.ends_with(&message), "{error}");
    }
}

#[test]
fn a_table_that_would_be_no_rows_is_refused() {
    for (bytes, expected) in [
        (
            &b"id,text\ra,A.\rb,B.\r"[..],
            "a table whose lines end in carriage returns alone; convert it: tr '\\r' '\\n'",
        ),
        (b"\xFF\xFEi\0d\0,\0", "text in UTF-16; convert it: iconv -f UTF-16 -t UTF-8"),
    ] {
        let folder = folder(&[("a.csv", bytes)]);
        let error = ids_in(&folder, &["a.csv"]).unwrap_err().to_string();
        assert!(error.ends_with(expected), "{error}");
    }
    let folder = folder(&[("a.csv", b"id,text\r\na,A.\r\n"), ("names.csv", b"id,text\r")]);
    assert_eq!(ids_in(&folder, &["a.csv", "names.csv"]).unwrap(), ["a"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_once_and_has_no_length() {
    use std::os::fd::AsRawFd;
    let (pipe, mut writer) = std::io::pipe().unwrap();
    writer.write_all(b"{\"text\": \"A.\"}\n{\"text\": \"B.\"}\n").unwrap();
    drop(writer);
    let path = PathBuf::from(format!("/dev/fd/{}", pipe.as_raw_fd()));
    let inputs = Inputs::open(std::slice::from_ref(&path)).unwrap();
    assert_eq!(inputs.n_bytes(), None);
    drop(inputs);

    let (pipe, mut writer) = std::io::pipe().unwrap();
    writer.write_all(b"{\"text\": \"A.\"}\n{\"text\": \"B.\"}\n").unwrap();
    drop(writer);
    let path = PathBuf::from(format!("/dev/fd/{}", pipe.as_raw_fd()));
    let expected = [format!("{}:1", path.display()), format!("{}:2", path.display())];
    assert_eq!(ids(Path::new("/nowhere"), &[path]).unwrap(), expected);
}

#[test]
fn bytes_are_counted_for_a_progress_bar() {
    let folder = folder(&[("a.txt", b"\xEF\xBB\xBFPage."), ("b.jsonl", b"{}\n\n{}\n")]);
    let mut inputs = Inputs::open(&[folder.path().to_owned()]).unwrap();
    assert_eq!((inputs.n_bytes(), inputs.n_bytes_read()), (Some(15), 0));
    while inputs.next_batch(1).unwrap().is_some() {}
    assert_eq!(inputs.n_bytes_read(), 15);
}

#[cfg(unix)]
#[test]
fn a_locked_file_is_told_when_inputs_are_opened() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.jsonl", RECORD)]);
    let path = folder.path().join("a.jsonl");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    // The superuser may read it all the same; then there is nothing to see here.
    if File::open(&path).is_ok() {
        return;
    }
    assert!(matches!(Inputs::open(&[folder.path().to_owned()]), Err(Error::Read { .. })));
}
