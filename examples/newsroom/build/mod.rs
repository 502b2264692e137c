//! Makes the corpus of the invented newsroom from its sources. The same sources give the same bytes.
//!
//! `source` and `outlet` read, `plan` decides who runs what (`series` and `digest` for the pages that are no copies), `edit`
//! and `credit` change the text, `page` puts it among the furniture of its site. No clock and no other randomness than
//! `chance`, which is seeded with names.

mod agencies;
mod calendar;
mod chance;
mod credit;
mod digest;
mod edit;
mod outlet;
mod page;
mod plan;
mod series;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chance::Chance;
use plan::{Desk, Planned};
use source::Source;

/// The corpus, built.
pub(crate) struct Corpus {
    /// Names and contents of the files.
    pub(crate) files: Vec<(String, String)>,
    /// How many pages of each kind there are: the table of `corpus/README.md`.
    pub(crate) counts: String,
}

/// Builds the corpus from the sources in a folder. The error names the file and what is wrong with it.
pub(crate) fn build_from(dir: &Path) -> Result<Corpus, String> {
    let read = |path: &Path| std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()));
    let mut sources = Vec::new();
    for path in files(&dir.join("source"), |name| name.ends_with(".md"))? {
        sources.push(Source::parse(&read(&path)?).map_err(|e| format!("{}: {e}", path.display()))?);
    }
    let table = dir.join("outlets.md");
    let outlets = outlet::parse_all(&read(&table)?).map_err(|e| format!("{}: {e}", table.display()))?;
    let desk = Desk { sources: &sources, outlets: &outlets };
    let mut pages = desk.pages()?;
    pages.extend(digest::pages(&desk));
    pages.sort_by(|a, b| (a.published, &a.story, &a.outlet.domain).cmp(&(b.published, &b.story, &b.outlet.domain)));
    publish(&pages)
}

/// The files of an earlier build.
pub(crate) fn built_files(dir: &Path) -> Result<Vec<PathBuf>, String> {
    files(dir, |name| (name.starts_with("articles-") && name.ends_with(".jsonl")) || name == "truth.tsv")
}

fn files(dir: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| format!("{}: {e}", dir.display()))?.path();
        if path.file_name().and_then(|name| name.to_str()).is_some_and(&wanted) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Renders the pages in the order of their publication, one file a day, and the truth beside them.
fn publish(pages: &[Planned]) -> Result<Corpus, String> {
    let mut days: BTreeMap<String, String> = BTreeMap::new();
    let mut truth = String::from("id\tstory\tversion\tkind\tagency\tedit\n");
    let mut at_outlet: BTreeMap<&str, usize> = BTreeMap::new();
    let mut urls = BTreeSet::new();
    let mut counts = Counts::default();
    for page in pages {
        let number = at_outlet.entry(page.outlet.domain.as_str()).or_default();
        *number += 1;
        let id = format!("{}-{number:02}", page.outlet.domain.trim_end_matches(".example"));
        days.entry(page.published.iso_day()).or_default().push_str(&record(&id, page, pages, &mut urls)?);
        let Planned { story, version, kind, agency, edit, .. } = page;
        truth.push_str(&format!("{id}\t{story}\tv{}\t{kind}\t{agency}\t{edit}\n", version + 1));
        counts.add(page);
    }
    let mut files: Vec<(String, String)> =
        days.into_iter().map(|(day, lines)| (format!("articles-{day}.jsonl"), lines)).collect();
    files.push(("truth.tsv".to_owned(), truth));
    Ok(Corpus { counts: counts.table(at_outlet.len(), files.len() - 1), files })
}

/// One record. Two crawlers filled the corpus, each with names of its own for the fields: they took turns by the day.
fn record(id: &str, planned: &Planned, all: &[Planned], urls: &mut BTreeSet<String>) -> Result<String, String> {
    let mut chance = Chance::named(id);
    let page = page::Page {
        outlet: planned.outlet,
        headline: planned.headline.clone(),
        paragraphs: planned.paragraphs.clone(),
        credit: planned.credit.clone(),
        place: planned.place.clone(),
        published: planned.published,
        others: others(planned, all),
    };
    let mut scraped = page::scrape(&page, &mut chance);
    if !urls.insert(scraped.url.clone()) {
        // A second run under the same headline was found by another link.
        scraped.url.push_str("?ref=latest");
        urls.insert(scraped.url.clone());
    }
    let outlet = planned.outlet;
    let date = planned.published.field(&outlet.date);
    let date = date.ok_or_else(|| format!("{}: no such form of a date: {}", outlet.domain, outlet.date))?;
    let even = planned.published.day_number() % 2 == 0;
    let names = if even {
        ["text", "title", "date", "outlet"]
    } else {
        ["maintext", "headline", "date_publish", "source_domain"]
    };
    let quoted = |text: &str| serde_json::to_string(text).map_err(|e| format!("{id}: {e}"));
    let mut fields = vec![("id", quoted(id)?), ("url", quoted(&scraped.url)?)];
    if outlet.names_outlet {
        fields.push((names[3], quoted(&outlet.domain)?));
    }
    fields.extend([(names[2], date), (names[1], quoted(&scraped.title)?), (names[0], quoted(&scraped.text)?)]);
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    Ok(format!("{{{}}}\n", fields.join(",")))
}

/// Headlines for lists of links: what else was published in the language on these days, each once.
fn others(page: &Planned, all: &[Planned]) -> Vec<page::Other> {
    let near = |days: i64| {
        all.iter().filter(move |other| {
            other.outlet.lang == page.outlet.lang
                && other.story != page.story
                && (other.published.day_number() - page.published.day_number()).abs() <= days
                && !matches!(other.kind, "roundup" | "aggregator")
        })
    };
    // A quiet day's list reaches further back.
    let days = [1, 3].into_iter().find(|&days| near(days).count() > 40).unwrap_or(30);
    let mut stories: BTreeMap<&str, &Planned> = BTreeMap::new();
    for other in near(days) {
        stories.entry(&other.story).or_insert(other);
    }
    let mut linked: Vec<&Planned> = stories.into_values().collect();
    if linked.len() < 12 {
        // Where little is published, a list also holds the same news under another headline.
        linked.extend(near(days));
    }
    let mut seen = BTreeSet::new();
    linked.retain(|other| seen.insert(&other.headline));
    let link = |other: &Planned| page::Other { headline: other.headline.clone(), lead: page::lead(&other.paragraphs) };
    linked.into_iter().map(link).collect()
}

#[derive(Default)]
struct Counts(BTreeMap<(&'static str, String), usize>);

impl Counts {
    fn add(&mut self, page: &Planned) {
        let mut count = |what, name: &str| *self.0.entry((what, name.to_owned())).or_default() += 1;
        count("kind", page.kind);
        count("language", &page.outlet.lang);
        count("agency", &page.agency);
        for part in page.edit.split('+') {
            count("edit", part);
        }
        count("story", &page.story);
    }

    fn table(&self, outlets: usize, files: usize) -> String {
        let stories = self.0.iter().filter(|((what, _), _)| *what == "story");
        let shared = stories.clone().filter(|(_, pages)| **pages > 1).count();
        let pages: usize = stories.clone().map(|(_, pages)| pages).sum();
        let mut table = format!(
            "{pages} pages of {outlets} outlets in {files} files; {} stories, {shared} of them on more than one page.\n\n",
            stories.count()
        );
        table.push_str("| by | pages |\n| --- | --- |\n");
        for what in ["kind", "language", "agency", "edit"] {
            let mut of_kind: Vec<_> = self.0.iter().filter(|((kind, _), _)| *kind == what).collect();
            of_kind.sort_by_key(|&((_, name), pages)| (std::cmp::Reverse(pages), name));
            let cells: Vec<String> = of_kind.iter().map(|((_, name), pages)| format!("{name} {pages}")).collect();
            table.push_str(&format!("| {what} | {} |\n", cells.join(", ")));
        }
        table
    }
}
