//! `wirecopy inspect --schema`: what files are: format, compression, whose form their records have, and which fields are
//! taken for what.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use wirecopy::clean::clean;
use wirecopy::codec::Compression;
use wirecopy::error::Error;
use wirecopy::read::{Fields, FieldsUsed, InputFile, Inputs, Parsed, Reject};
use wirecopy::report::json::write_line;

use super::wrap::Paper;
use crate::args::TextOrJson;
use crate::print::{Exit, Ui};

/// Records of each file that are looked at.
const MAX_RECORDS: u64 = 1000;

/// Bytes of records that are read at once.
const BATCH_BYTES: usize = 256 << 10;

/// Shows what each file is.
pub(crate) fn run(inputs: &[PathBuf], fields: &Fields, format: TextOrJson, ui: &Ui) -> anyhow::Result<Exit> {
    let mut seen = Vec::new();
    for path in files(inputs)? {
        seen.push(Seen::read(&path, fields)?);
    }
    ui.result(|out| match format {
        TextOrJson::Json => seen.iter().try_for_each(|file| write_line(out, &file.line())),
        TextOrJson::Text => seen.iter().enumerate().try_for_each(|(n, file)| {
            if n > 0 {
                writeln!(out)?;
            }
            file.write(&mut Paper::new(out, ui.columns()))
        }),
    })?;
    Ok(if seen.iter().any(|file| file.n_rejected > 0) { Exit::Skipped } else { Exit::Done })
}

/// The files of the inputs; folders are walked.
fn files(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for input in inputs {
        // Standard input can be opened but once.
        if input == Path::new("-") {
            files.push(input.clone());
        } else {
            let opened = Inputs::open(std::slice::from_ref(input))?;
            files.extend(opened.files().iter().map(|file| file.path.to_path_buf()));
        }
    }
    Ok(files)
}

/// What was seen of a file.
#[derive(Default)]
struct Seen {
    path: String,
    format: String,
    compression: String,
    is_packed: bool,
    n_articles: u64,
    n_rejected: u64,
    n_without_page: u64,
    is_all: bool,
    schemas: BTreeMap<&'static str, u64>,
    used: FieldsUsed,
    first: Option<Parsed>,
    first_reject: Option<Reject>,
}

impl Seen {
    fn read(path: &Path, fields: &Fields) -> Result<Self, Error> {
        let mut inputs = Inputs::open(std::slice::from_ref(&path.to_owned()))?.with_fields(fields);
        let mut seen = Seen { path: path.display().to_string(), is_all: true, ..Seen::default() };
        while let Some(batch) = inputs.next_batch(BATCH_BYTES)? {
            if seen.n_records() >= MAX_RECORDS {
                seen.is_all = false;
                break;
            }
            for record in batch.records() {
                if let Some(schema) = record.schema() {
                    *seen.schemas.entry(schema.name()).or_default() += 1;
                }
                seen.take(record.parse(fields));
            }
        }
        if let Some((format, compression)) = inputs.files().first().and_then(|file: &InputFile| file.form) {
            seen.format = format.name().to_owned();
            seen.compression = compression.name().to_owned();
            seen.is_packed = compression != Compression::None;
        }
        Ok(seen)
    }

    fn take(&mut self, record: Result<Option<Parsed>, Reject>) {
        match record {
            Ok(Some(parsed)) => {
                self.n_articles += 1;
                self.used.merge(&parsed.fields_used);
                self.first.get_or_insert(parsed);
            }
            Ok(None) => self.n_without_page += 1,
            Err(reject) => {
                self.n_rejected += 1;
                self.first_reject.get_or_insert(reject);
            }
        }
    }

    fn n_records(&self) -> u64 {
        self.n_articles + self.n_rejected + self.n_without_page
    }

    fn line(&self) -> Line<'_> {
        Line {
            path: &self.path,
            format: &self.format,
            compression: &self.compression,
            is_all: self.is_all,
            records: self.n_records(),
            articles: self.n_articles,
            rejected: self.n_rejected,
            without_page: self.n_without_page,
            schemas: &self.schemas,
            fields: self.fields().map(|(role, from, records)| Field { role, from, records }).collect(),
            reject: self.first_reject.as_ref().map(ToString::to_string),
        }
    }

    /// What each field of an article was taken from, and how often.
    fn fields(&self) -> impl Iterator<Item = (String, String, u64)> {
        self.used.by_role().into_iter().map(|found| (found.role.to_string(), found.name.to_string(), found.n_records))
    }

    fn write(&self, paper: &mut Paper<'_>) -> io::Result<()> {
        let mut field = |name: &str, value: &str| paper.wrapped(&format!("{name:<11}"), value);
        field("file", &self.path)?;
        field(
            "format",
            &if self.is_packed { format!("{}, {}", self.format, self.compression) } else { self.format.clone() },
        )?;
        let of = if self.is_all { "of" } else { "of the first" };
        let (n_articles, n_rejected) = (self.n_articles, self.n_rejected);
        let without = match self.n_without_page {
            0 => String::new(),
            n => format!(", {n} without a page"),
        };
        let records = self.n_records();
        let are = format!("{n_articles} {of} {records} are articles, {n_rejected} cannot be read{without}");
        field("records", &are)?;
        for (schema, n) in &self.schemas {
            field("schema", &format!("{schema} ({n})"))?;
        }
        for (role, from, n) in self.fields() {
            field(&role, &format!("from {from} ({n})"))?;
        }
        if let Some(reject) = &self.first_reject {
            field("first bad", &reject.to_string())?;
        }
        let Some(first) = &self.first else { return Ok(()) };
        field("first", &describe(first))
    }
}

/// The first article in a line.
fn describe(first: &Parsed) -> String {
    let page = clean(&first.article);
    let published = page.published.map_or("undated".to_owned(), |published| published.to_rfc3339());
    let outlet = if page.outlet.is_empty() { "outlet not known" } else { &page.outlet };
    let words: usize = page.body.iter().map(|paragraph| paragraph.split_whitespace().count()).sum();
    let headline = page.headline.as_deref().unwrap_or("no headline");
    format!("{outlet}, {published}, {words} words: {headline}")
}

/// A file as a line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    format: &'a str,
    compression: &'a str,
    is_all: bool,
    records: u64,
    articles: u64,
    rejected: u64,
    without_page: u64,
    schemas: &'a BTreeMap<&'static str, u64>,
    fields: Vec<Field>,
    reject: Option<String>,
}

#[derive(Serialize)]
struct Field {
    role: String,
    from: String,
    records: u64,
}
