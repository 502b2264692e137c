//! Files that other people's tools write are read right, come back as they were, and are read by those tools.
//!
//! Python writes them, with the articles that are in them beside them (`write.py`), and reads what comes out (`check.py`).
//! `.ci/run` sets up a Python with the packages of `requirements.txt`; where there is none the tests say so and pass, but
//! not where `CI` is set: there only `WIRECOPY_TEST_PYTHON=none` makes them.

#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

mod python;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use python::Python;
use serde::Deserialize;

/// Where the scripts are.
const SCRIPTS: &str = "tests/foreign";

/// A file, and what is in it.
#[derive(Debug, Deserialize)]
struct Expected {
    path: String,
    articles: Vec<Article>,
    round_trip: RoundTrip,
    /// The id of the article that is a copy of another one.
    dropped: Option<String>,
    #[serde(default)]
    fields: BTreeMap<String, String>,
    format: Option<String>,
    compression: Option<String>,
    schema: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Article {
    id: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    text: String,
}

/// How a file comes back where nothing is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RoundTrip {
    Bytes,
    Table,
}

/// The files of a family in a folder of their own.
struct Family {
    folder: tempfile::TempDir,
    files: Vec<Expected>,
    python: Python,
}

impl Family {
    /// `None` where there is no Python for it, which was said then.
    fn write(name: &str, modules: &[&str]) -> Option<Self> {
        let python = Python::with(modules)?;
        let folder = tempfile::tempdir().unwrap();
        python
            .run_in(SCRIPTS, "write.py", &[name, folder.path().to_str().unwrap()])
            .unwrap_or_else(|said| panic!("{name}: {said}"));
        let list = fs::read(folder.path().join("expected.json")).unwrap();
        let files: Vec<Expected> = serde_json::from_slice(&list).unwrap();
        assert!(!files.is_empty());
        Some(Family { folder, files, python })
    }

    /// Standard output of the program, run in the folder; it must end well.
    fn wirecopy(&self, args: &[&str]) -> String {
        let output =
            Command::new(env!("CARGO_BIN_EXE_wirecopy")).args(args).current_dir(&self.folder).output().unwrap();
        let (stdout, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{args:?}: {stderr}{stdout}");
        stdout
    }

    /// All at once: a Python takes longer to start than to read these files.
    fn check(&self, jobs: &[Vec<String>]) {
        assert!(!jobs.is_empty());
        let list = self.folder.path().join("jobs.json");
        fs::write(&list, serde_json::to_vec(jobs).unwrap()).unwrap();
        self.python.run_in(SCRIPTS, "check.py", &[list.to_str().unwrap()]).unwrap_or_else(|said| panic!("{said}"));
    }

    /// What `check.py` is to look at.
    fn job(&self, kind: &str, read: &str, written: &str) -> Vec<String> {
        let path = |name: &str| self.folder.path().join(name).to_str().unwrap().to_owned();
        vec![kind.to_owned(), path(read), path(written)]
    }

    fn all_is_read_right(&self) {
        for file in &self.files {
            let pages = self.wirecopy(&["inspect", "--format", "json", &file.path]);
            let pages: Vec<serde_json::Value> = pages.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            let n_expected = file.articles.len() + usize::from(file.dropped.is_some());
            assert_eq!(pages.len(), n_expected, "{}", file.path);
            for (page, article) in pages.iter().zip(&file.articles) {
                article.assert_is(page, &file.path);
            }
            file.assert_schema(&self.wirecopy(&["inspect", "--schema", "--format", "json", &file.path]));
        }
    }

    /// Each file by itself: the same articles are in several.
    fn all_comes_back(&self) {
        let mut tables = Vec::new();
        for file in self.files.iter().filter(|file| file.dropped.is_none()) {
            let said = self.wirecopy(&["dedup", &file.path, "-o", "out"]);
            assert!(said.contains("0 left out"), "{}: {said}", file.path);
            let written = file.written("out");
            let bytes = |name: &str| fs::read(self.folder.path().join(name)).unwrap();
            match file.round_trip {
                RoundTrip::Table => tables.push(self.job("same-table", &file.path, &written)),
                RoundTrip::Bytes => assert!(bytes(&file.path) == bytes(&written), "{}: other bytes", file.path),
            }
            fs::rename(self.folder.path().join(&written), self.folder.path().join(format!("{}.out", file.path)))
                .unwrap();
        }
        for job in &mut tables {
            job[2] = format!("{}.out", job[1]);
        }
        if !tables.is_empty() {
            self.check(&tables);
        }
    }

    /// `dedup` leaves out the one copy, or with `--annotate` none; `kind` is what `check.py` looks for then.
    fn copies_go(&self, kind: &str, args: &[&str], said: &str) {
        let mut jobs = Vec::new();
        for file in &self.files {
            let Some(dropped) = &file.dropped else { continue };
            let found = self.wirecopy(&[&["dedup", &file.path, "-o", kind], args].concat());
            assert!(found.contains(said), "{}: {found}", file.path);
            let mut job = self.job(kind, &file.path, &file.written(kind));
            job.push(dropped.clone());
            jobs.push(job);
        }
        self.check(&jobs);
    }
}

impl Expected {
    /// A file named by itself comes under its own name.
    fn written(&self, out: &str) -> String {
        let name = Path::new(&self.path).file_name().unwrap();
        format!("{out}/{}", name.to_str().unwrap())
    }

    fn assert_schema(&self, line: &str) {
        let seen: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(seen["rejected"], 0, "{}: {seen}", self.path);
        for (key, value) in [("format", &self.format), ("compression", &self.compression)] {
            if let Some(value) = value {
                assert_eq!(seen[key], value.as_str(), "{}: {seen}", self.path);
            }
        }
        if let Some(schema) = &self.schema {
            assert!(seen["schemas"].get(schema).is_some(), "{}: no {schema} in {seen}", self.path);
        }
        let found: HashSet<(&str, &str)> = seen["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| (field["role"].as_str().unwrap(), field["from"].as_str().unwrap()))
            .collect();
        for (role, from) in &self.fields {
            assert!(
                found.contains(&(role.as_str(), from.as_str())),
                "{}: {role} is not from {from}: {seen}",
                self.path
            );
        }
    }
}

impl Article {
    fn assert_is(&self, page: &serde_json::Value, path: &str) {
        let at = format!("{path}, {}", page["id"]);
        let body: Vec<&str> = page["body"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
        assert_eq!(words(&body.join(" ")), words(&self.text), "{at}: dropped {}", page["dropped"]);
        if let Some(id) = &self.id {
            assert_eq!(page["id"].as_str(), Some(id.as_str()), "{at}");
        }
        assert_eq!(page["outlet"].as_str(), self.outlet.as_deref(), "{at}");
        assert_eq!(page["published"].as_str(), self.published.as_deref(), "{at}");
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[test]
fn web_archives_of_warcio() {
    let Some(family) = Family::write("archives", &["warcio"]) else { return };
    family.all_is_read_right();
    family.all_comes_back();
    family.copies_go("archive", &[], "1 left out");
}

#[test]
fn columns_of_pyarrow_and_pandas() {
    let Some(family) = Family::write("columns", &["pyarrow", "pandas"]) else { return };
    family.all_is_read_right();
    family.all_comes_back();
    family.copies_go("filtered-table", &[], "1 left out");
    family.copies_go("annotated-table", &["--annotate"], "1 ");
}

#[test]
fn tables_and_json_of_python() {
    let Some(family) = Family::write("lines", &["pandas", "zstandard"]) else { return };
    family.all_is_read_right();
    family.all_comes_back();
}

#[test]
fn what_scrapers_say_of_pages() {
    let Some(family) = Family::write("scrapers", &["trafilatura"]) else { return };
    family.all_is_read_right();
    family.all_comes_back();
}

#[test]
fn graphs_for_networkx() {
    let Some(python) = Python::with(&["networkx"]) else { return };
    let family = Family { folder: tempfile::tempdir().unwrap(), files: Vec::new(), python };
    let corpus = format!("{}/corpus", env!("CARGO_MANIFEST_DIR"));
    let jobs: Vec<Vec<String>> = ["outlets.gexf", "outlets.graphml"]
        .iter()
        .map(|graph| {
            family.wirecopy(&["outlets", &corpus, "--format", "json", "-o", "outlets.json", "--graph", graph]);
            family.job("graph", "outlets.json", graph)
        })
        .collect();
    family.check(&jobs);
}
