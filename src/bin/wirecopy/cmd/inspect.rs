//! `wirecopy inspect`: how pages are read, and what was taken off them by which rule.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use wirecopy::article::{Article, Zone};
use wirecopy::clean::credit::{CreditKind, Dateline, Place, Role};
use wirecopy::clean::{Dropped, Page, Rule, clean};
use wirecopy::error::Error;
use wirecopy::furniture::Furniture;
use wirecopy::pipeline::{furniture_of, learn_furniture};
use wirecopy::read::{Fields, Inputs, Parsed, Reject};
use wirecopy::report::json::write_line;
use wirecopy::report::plain;
use wirecopy::shingle::tokenize;

use super::rules::explained;
use super::wrap::Paper;
use crate::args::{FieldArgs, TextOrJson};
use crate::print::{Exit, Ui};

const AFTER_LONG_HELP: &str = "\
Examples:
  wirecopy inspect page.txt                      one page, with what was dropped and by which rule
  wirecopy inspect --schema crawl/               what each file is, and where text, url and date come from
  wirecopy inspect pages.jsonl --format json     a JSON line a page: id, outlet, published, headline, byline,
                                                 dateline, credits, body, dropped

Exit codes:
  0  done
  2  wrong usage, or an input that cannot be read
  3  done, but records were skipped";

/// How pages are read: fields, body, dateline, credits, what was dropped and by which rule.
///
/// Each page is shown as `stories` sees it, every record of every input: with several pages of an outlet, what recurs on
/// them is taken off as that outlet's furniture; a page alone is read by itself. Records that cannot be read are named on
/// standard error. The inputs are read twice; standard input is held in memory.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER_LONG_HELP)]
pub(crate) struct Args {
    /// Files, folders, or `-` for standard input.
    #[arg(required = true, value_name = "PAGE")]
    pages: Vec<PathBuf>,
    /// Shows what each file is instead: its format, whose form its records have, and which fields are taken for what.
    ///
    /// The first thousand records of each file are looked at.
    #[arg(long)]
    schema: bool,
    /// Form of the output; json is one object a page, or a file.
    #[arg(long, value_enum, default_value = "text", value_name = "FORM")]
    format: TextOrJson,
    /// Stops at the first bad record.
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    fields: FieldArgs,
}

pub(crate) fn run(args: Args, ui: &Ui) -> anyhow::Result<Exit> {
    let fields: Fields = args.fields.into();
    if args.schema {
        return super::schema::run(&args.pages, &fields, args.format, ui);
    }
    let (held, furniture) = learn(&args.pages, &fields)?;
    if !furniture.is_empty() {
        let outlets = counted(furniture.n_outlets(), "outlet");
        ui.say(format_args!("wirecopy: these pages show the furniture of {outlets}"));
    }
    let mut show = Show { furniture, fields, strict: args.strict, format: args.format, n_shown: 0, n_skipped: 0 };
    let mut failed = None;
    // All pages are one result: whoever closes the pipe after ten of them has seen enough.
    ui.result(|out| match show.all(&args.pages, held, out, ui) {
        Err(Failure::Write(error)) => Err(error),
        Err(Failure::Read(error)) => {
            failed = Some(error);
            Ok(())
        }
        Ok(()) => Ok(()),
    })?;
    // Else an empty pipe would be answered by nothing at all.
    if failed.is_none() && show.n_shown + show.n_skipped == 0 {
        ui.say("wirecopy: the inputs hold no records");
    }
    match failed {
        Some(error) => Err(error.into()),
        None if show.n_skipped > 0 => Ok(Exit::Skipped),
        None => Ok(Exit::Done),
    }
}

/// A record, read or refused; `None` where it holds no page.
type Record = Result<Option<Parsed>, Reject>;

/// Learns the outlets' furniture from all pages. They are read a second time to be shown, but for standard input, which
/// can be read only once: its records are held.
fn learn(pages: &[PathBuf], fields: &Fields) -> Result<(Option<Vec<Record>>, Furniture), Error> {
    if !pages.iter().any(|path| path == Path::new("-")) {
        return Ok((None, learn_furniture(pages, fields)?));
    }
    let mut inputs = Inputs::open(pages)?;
    let mut held: Vec<Record> = Vec::new();
    while let Some(batch) = inputs.next_batch(BATCH_BYTES)? {
        held.extend(batch.records().map(|record| record.parse(fields)));
    }
    let articles = held.iter().flatten().flatten().map(|parsed| parsed.article.clone());
    let furniture = furniture_of(articles.collect())?;
    Ok((Some(held), furniture))
}

/// Why not all pages were shown.
enum Failure {
    Read(Error),
    Write(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Read(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Write(error)
    }
}

/// Pages being shown.
struct Show {
    furniture: Furniture,
    fields: Fields,
    strict: bool,
    format: TextOrJson,
    n_shown: u64,
    n_skipped: u64,
}

/// Bytes of records that are read at once; pages are shown as they are read.
const BATCH_BYTES: usize = 1 << 20;

impl Show {
    fn all(
        &mut self,
        pages: &[PathBuf],
        held: Option<Vec<Record>>,
        out: &mut dyn Write,
        ui: &Ui,
    ) -> Result<(), Failure> {
        if let Some(held) = held {
            return held.into_iter().try_for_each(|record| self.record(record, out, ui));
        }
        let mut inputs = Inputs::open(pages)?;
        while let Some(batch) = inputs.next_batch(BATCH_BYTES)? {
            batch.records().try_for_each(|record| self.record(record.parse(&self.fields), out, ui))?;
        }
        Ok(())
    }

    fn record(&mut self, record: Record, out: &mut dyn Write, ui: &Ui) -> Result<(), Failure> {
        match record {
            Ok(Some(parsed)) => self.page(&parsed, out, ui.columns())?,
            Ok(None) => {}
            Err(reject) if self.strict => return Err(Error::Rejected(reject).into()),
            Err(reject) => {
                self.n_skipped += 1;
                ui.say(plain(&reject.to_string()));
            }
        }
        Ok(())
    }

    fn page(&mut self, parsed: &Parsed, out: &mut dyn Write, columns: usize) -> io::Result<()> {
        let mut page = clean(&parsed.article);
        self.furniture.strip_page(&mut page);
        self.n_shown += 1;
        if self.format == TextOrJson::Json {
            return write_line(out, &PageLine::new(&parsed.article, &page));
        }
        if self.n_shown > 1 {
            writeln!(out, "\n{}\n", "=".repeat(60))?;
        }
        write_text(&mut Paper::new(out, columns), parsed, &page)
    }
}

/// A page as a line of JSON: the promised fields, in this order.
#[derive(Serialize)]
struct PageLine<'a> {
    id: &'a str,
    outlet: Option<&'a str>,
    published: Option<String>,
    headline: Option<&'a str>,
    byline: Option<&'a str>,
    dateline: Option<&'a Dateline>,
    credits: Vec<CreditLine<'a>>,
    body: &'a [String],
    dropped: &'a [Dropped],
}

#[derive(Serialize)]
struct CreditLine<'a> {
    agency: &'static str,
    role: Role,
    kind: CreditKind,
    words: &'a str,
    place: Place,
}

impl<'a> PageLine<'a> {
    fn new(article: &'a Article, page: &'a Page) -> Self {
        let credits = page.credits.iter().map(|credit| CreditLine {
            agency: credit.agency.agency().id,
            role: credit.role,
            kind: credit.kind,
            words: &credit.words,
            place: credit.place,
        });
        PageLine {
            id: &article.id,
            outlet: Some(page.outlet.as_str()).filter(|outlet| !outlet.is_empty()),
            published: page.published.map(|published| published.to_rfc3339()),
            headline: page.headline.as_deref(),
            byline: page.byline.as_deref(),
            dateline: page.dateline.as_ref(),
            credits: credits.collect(),
            body: &page.body,
            dropped: &page.dropped,
        }
    }
}

fn write_text(paper: &mut Paper<'_>, parsed: &Parsed, page: &Page) -> io::Result<()> {
    let mut field = |name: &str, value: &str| paper.wrapped(&format!("{name:<11}"), value);
    field("id", &parsed.article.id)?;
    field("outlet", if page.outlet.is_empty() { "not known" } else { &page.outlet })?;
    field("published", &published(page, parsed.date_unread))?;
    field("headline", page.headline.as_deref().unwrap_or("none"))?;
    field("byline", page.byline.as_deref().unwrap_or("none"))?;
    field("dateline", &page.dateline.as_ref().map_or("none".to_owned(), dateline))?;
    if page.credits.is_empty() {
        field("credit", "none")?;
    }
    for credit in &page.credits {
        let did = match credit.role {
            Role::Origin => "wrote the text",
            Role::Relay => "passed it on",
        };
        let name = credit.agency.agency().name;
        let (kind, place) = (credit_kind(credit.kind), place(credit.place));
        field("credit", &format!("{name} {did}: {kind} \"{}\", {place}", credit.words))?;
    }
    let uses: Vec<String> =
        parsed.fields_used.by_role().iter().map(|found| format!("{} from \"{}\"", found.role, found.name)).collect();
    if !uses.is_empty() {
        field("fields", &uses.join(", "))?;
    }
    write_body(paper, &page.body)?;
    write_dropped(paper, &page.dropped)
}

fn published(page: &Page, date_unread: bool) -> String {
    match page.published {
        Some(published) if published.zone == Zone::AssumedUtc => {
            format!("{} (no zone stated: taken as UTC)", published.to_rfc3339())
        }
        Some(published) => published.to_rfc3339(),
        None if date_unread => "not known: the record has a date, in no form that is known".to_owned(),
        None => "not known".to_owned(),
    }
}

fn dateline(dateline: &Dateline) -> String {
    match &dateline.date {
        Some(date) => format!("{}, {date}", dateline.place),
        None => dateline.place.clone(),
    }
}

fn place(place: Place) -> String {
    match place {
        Place::Field { field } => format!("field {field}"),
        Place::Line { line } => format!("line {line}"),
    }
}

fn credit_kind(kind: CreditKind) -> &'static str {
    match kind {
        CreditKind::Author => "author",
        CreditKind::Contribution => "contribution",
        CreditKind::Byline => "byline",
        CreditKind::Dateline => "dateline",
        CreditKind::Tail => "credit line",
        CreditKind::Copyright => "copyright",
    }
}

fn write_body(paper: &mut Paper<'_>, body: &[String]) -> io::Result<()> {
    let mut tokens = Vec::new();
    tokenize(body, &mut tokens);
    writeln!(paper.out, "\nBODY: {}, {}", counted(body.len(), "paragraph"), counted(tokens.len(), "word"))?;
    body.iter().try_for_each(|paragraph| {
        writeln!(paper.out)?;
        paper.wrapped("  ", paragraph)
    })
}

fn counted(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

/// What was dropped, rule by rule; under each rule in the order of the page.
fn write_dropped(paper: &mut Paper<'_>, dropped: &[Dropped]) -> io::Result<()> {
    writeln!(paper.out, "\nDROPPED: {}", counted(dropped.len(), "piece"))?;
    let mut by_rule: BTreeMap<Rule, Vec<&str>> = BTreeMap::new();
    for piece in dropped {
        by_rule.entry(piece.rule).or_default().push(&piece.text);
    }
    for (rule, texts) in by_rule {
        let (name, why) = explained(rule);
        writeln!(paper.out)?;
        paper.wrapped("  ", &format!("{name}: {why}"))?;
        for text in texts {
            paper.wrapped("    - ", text)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use wirecopy::read::FieldsUsed;

    use super::*;

    fn parsed() -> Parsed {
        let article = Article {
            id: "page-1\u{1b}[2J".to_owned(),
            headline: Some("Locks close for the winter".to_owned()),
            text: "Locks close for the winter\nThe harbor board voted on Tuesday to close the eastern locks for the \
                whole winter, its chair said.\nMost Viewed\nTen bakeries to try\nTide tables"
                .to_owned(),
            ..Article::default()
        };
        Parsed { article, fields_used: FieldsUsed::default(), date_unread: true }
    }

    #[test]
    fn json_has_the_promised_keys_in_their_order() {
        let parsed = parsed();
        let mut out = Vec::new();
        write_line(&mut out, &PageLine::new(&parsed.article, &clean(&parsed.article))).unwrap();
        let line = String::from_utf8(out).unwrap();
        let start = r#"{"id":"page-1\u001b[2J","outlet":null,"published":null,"headline":"Locks close for the winter","byline":null,"dateline":null,"credits":[],"body":["The harbor"#;
        assert!(line.starts_with(start), "{line}");
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value.as_object().unwrap().len(), 9);
        assert_eq!(value["dropped"][0]["rule"], "headline");
    }

    #[test]
    fn text_says_what_was_dropped_and_why_and_leaves_the_terminal_alone() {
        let parsed = parsed();
        let mut out = Vec::new();
        write_text(&mut Paper::new(&mut out, 80), &parsed, &clean(&parsed.article)).unwrap();
        let text = String::from_utf8(out).unwrap();
        for expected in
            ["in no form that is known", "BODY: 1 paragraph, 18 words", "headline: The line", "- Tide tables"]
        {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
        assert!(!text.contains('\u{1b}'), "{text:?}");
    }
}
