//! `wirecopy compare`: why two articles are copies of one dispatch, or are not.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use serde::Serialize;
use wirecopy::article::Article;
use wirecopy::compare::checks::{Check, Figure, Outcome};
use wirecopy::compare::{Banding, Comparison, Estimate, MIN_PASSAGE_WORDS, PERMUTATIONS, Side, compare};
use wirecopy::params::{CandidateMethod, Params};
use wirecopy::read::{Fields, Inputs};
use wirecopy::report::json::write_line;
use wirecopy::report::{plain, settings};
use wirecopy::verify::{Link, MAX_UNSHARED_FACTS, MIN_NUMBERS, REWORKED_PASSAGES, REWORKED_REACH, Verdict};

use super::wrap::Paper;
use crate::args::{DEFAULT_BANDS, DEFAULT_ROWS, FieldArgs, MethodArgs, TextOrJson};
use crate::print::{Exit, Ui};

const AFTER_LONG_HELP: &str = "\
Examples:
  wirecopy compare page.txt other.txt
  wirecopy compare pages.jsonl#p-17 pages.jsonl#p-99     two records of one file, by their ids
  wirecopy compare page.txt other.txt --candidates lsh --bands 20 --rows 5

Exit codes:
  0  copies of one dispatch
  1  no match
  2  wrong usage, or an input that cannot be read";

/// Why two articles do or don't match: figures, estimates and the shared passages.
///
/// A and B are files with one page each, or FILE#ID for the record of that id in a file of many. Each page is read by
/// itself: furniture of an outlet, which `stories` learns from its other pages, stays in.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER_LONG_HELP)]
pub(crate) struct Args {
    /// A file with one page, FILE#ID, or `-` for standard input.
    #[arg(value_name = "A")]
    a: PathBuf,
    /// The other page, named in the same way.
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "text", value_name = "FORM")]
    format: TextOrJson,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    method: MethodArgs,
}

pub(crate) fn run(args: Args, ui: &Ui) -> anyhow::Result<Exit> {
    let params = args.method.params()?;
    let banding = match params.candidates {
        CandidateMethod::Lsh { bands, rows } => Banding { bands, rows },
        CandidateMethod::Sampled => Banding { bands: DEFAULT_BANDS, rows: DEFAULT_ROWS },
    };
    let (a, b) = (Named::new(&args.a), Named::new(&args.b));
    ensure!(a.file != Path::new("-") || b.file != Path::new("-"), "only one of the two can be standard input");
    let fields = args.fields.into();
    let found = compare(&a.read(&fields, ui)?, &b.read(&fields, ui)?, &params, banding);
    ui.result(|out| match args.format {
        TextOrJson::Text => write_text(&mut Paper::new(out, ui.columns()), &found, &params),
        TextOrJson::Json => write_line(out, &ComparisonLine { comparison: &found, params: &params }),
    })?;
    Ok(if found.verdict == Verdict::Copies { Exit::Done } else { Exit::NothingFound })
}

#[derive(Serialize)]
struct ComparisonLine<'a> {
    #[serde(flatten)]
    comparison: &'a Comparison,
    params: &'a Params,
}

/// An article as the command line names it.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    file: PathBuf,
    id: Option<String>,
}

/// Bytes of records that are read at once.
const BATCH_BYTES: usize = 1 << 20;

impl Named {
    /// A file that exists is named whole; else what follows the first `#` after an existing one is an id.
    fn new(given: &Path) -> Self {
        let is_there = |file: &str| file == "-" || Path::new(file).exists();
        let whole = Named { file: given.to_owned(), id: None };
        let Some(text) = given.to_str().filter(|text| !is_there(text)) else { return whole };
        text.match_indices('#')
            .map(|(at, _)| (&text[..at], &text[at + 1..]))
            .find(|(file, _)| is_there(file))
            .map_or(whole, |(file, id)| Named { file: file.into(), id: Some(id.to_owned()) })
    }

    fn read(&self, fields: &Fields, ui: &Ui) -> anyhow::Result<Article> {
        let file = self.file.display();
        let mut inputs = Inputs::open(std::slice::from_ref(&self.file))?;
        let mut found: Option<Article> = None;
        while let Some(batch) = inputs.next_batch(BATCH_BYTES)? {
            for record in batch.records() {
                let article = match (record.parse(fields), &self.id) {
                    (Ok(Some(parsed)), _) => parsed.article,
                    (Ok(None), _) => continue,
                    (Err(reject), None) => bail!("{reject}"),
                    // A bad record beside the one that is wanted does not matter, but it may be the one.
                    (Err(reject), Some(_)) => {
                        ui.say(plain(&reject.to_string()));
                        continue;
                    }
                };
                match (&self.id, found) {
                    (None, Some(first)) => {
                        bail!("{file}: has more than one record; name one of them, as in \"{file}#{}\"", first.id)
                    }
                    (Some(id), Some(_)) if article.id == *id => bail!("{file}: has more than one record of id {id:?}"),
                    (Some(id), earlier) => found = if article.id == *id { Some(article) } else { earlier },
                    (None, None) => found = Some(article),
                }
            }
        }
        match &self.id {
            None => found.with_context(|| format!("{file}: has no record")),
            Some(id) => found.with_context(|| format!("{file}: has no record of id {id:?}")),
        }
    }
}

fn write_text(paper: &mut Paper<'_>, found: &Comparison, params: &Params) -> io::Result<()> {
    write_side(paper, "A  ", &found.a, params)?;
    write_side(paper, "B  ", &found.b, params)?;
    let out = &mut *paper.out;
    writeln!(out, "\n{}\n", verdict(found))?;
    writeln!(out, "{:<52} {:>8} {:>9}", "figure", "found", "at least")?;
    found.checks.iter().try_for_each(|check| write_check(out, check))?;
    write_signs(out, &found.link, params)?;
    let resemblance = found.link.resemblance;
    writeln!(
        out,
        "{:<52} {resemblance:>8.4} {:>9}  1 makes them the same text",
        "resemblance: shared shingles of both", "-"
    )?;
    let (a, b) = (percent(found.link.covered_a), percent(found.link.covered_b));
    writeln!(out, "\nB kept {a} of A's words and added {} of its own.", percent(found.added))?;
    writeln!(out, "A has {b} of B's words.")?;
    write_estimates(out, found, params)?;
    write_candidates(out, found, params)?;
    write_passages(paper, found)?;
    writeln!(paper.out, "\n{}", settings(params))
}

fn write_side(paper: &mut Paper<'_>, name: &str, side: &Side, params: &Params) -> io::Result<()> {
    let outlet = side.outlet.as_deref().unwrap_or("outlet not known");
    let headline = side.headline.as_deref().unwrap_or("no headline");
    paper.wrapped(name, &format!("{}, {outlet}: {headline}", side.id))?;
    writeln!(
        paper.out,
        "   {} words, {} different shingles of {} words",
        side.words, side.shingles, params.shingle_words
    )
}

fn verdict(found: &Comparison) -> &'static str {
    match found.verdict {
        Verdict::Copies => "COPIES of one dispatch.",
        Verdict::LowContainment if found.a.words.min(found.b.words) == 0 => {
            "NO MATCH: one of them has no body; `wirecopy inspect` shows why."
        }
        Verdict::LowContainment => "NO MATCH: they share too small a part of the smaller text.",
        Verdict::SmallPart => {
            "NO MATCH: they share a small part of the larger text, and the smaller is not nearly whole in it."
        }
        Verdict::FewShingles => "NO MATCH: they share too few shingles in all.",
        Verdict::ShortRuns => "NO MATCH: they share no run of words that is long enough.",
        Verdict::OnePassage => {
            "NO MATCH: they share one passage from within both, and little else of the smaller text."
        }
        Verdict::Quotation => "NO MATCH: they share quoted speech, and little of the words around it.",
        Verdict::OtherNumbers => "NO MATCH: they share words and not numbers, as two weather reports do.",
    }
}

fn write_check(out: &mut dyn Write, check: &Check) -> io::Result<()> {
    let (name, decimals) = match check.figure {
        Figure::Containment => ("containment: shared shingles of the smaller text", 4),
        Figure::LargerShare => ("share of the larger text's words that are shared", 4),
        Figure::PartContainment => ("containment, where that share is small", 4),
        Figure::SharedShingles => ("shared shingles", 0),
        Figure::LongestRun => ("longest shared run, in words", 0),
        Figure::PassageContainment => ("containment, where one passage is all they share", 4),
        Figure::SharedUnquoted => ("share of the words outside quotation marks", 4),
        Figure::SharedNumbers => ("share of the numbers, against that of the words", 4),
    };
    let found = check.found.map_or("-".to_owned(), |found| format!("{found:.decimals$}"));
    let outcome = match (check.outcome, check.figure) {
        (Outcome::Met, _) => "reached".to_owned(),
        (Outcome::Missed, _) => "MISSED".to_owned(),
        (Outcome::NotNeeded, Figure::Containment) => "not needed: they share what an update leaves".to_owned(),
        (Outcome::NotNeeded, Figure::LargerShare) => {
            "not needed: the smaller is nearly whole, or it is the opening, or what an update leaves".to_owned()
        }
        (Outcome::NotNeeded, Figure::PartContainment) => {
            "not needed: the share is not small, or it is the opening, or what an update leaves".to_owned()
        }
        (Outcome::NotNeeded, Figure::PassageContainment) => {
            "not asked: they share more than that, or an opening".to_owned()
        }
        (Outcome::NotNeeded, Figure::SharedNumbers) if check.found.is_none() => {
            format!("not asked: fewer than {MIN_NUMBERS} numbers")
        }
        (Outcome::NotNeeded, Figure::SharedNumbers) => {
            "not needed: the same text, or what differs are not the blanks of a template".to_owned()
        }
        (Outcome::NotNeeded, _) => "not needed: the same text".to_owned(),
    };
    writeln!(out, "{name:<52} {found:>8} {:>9}  {outcome}", check.at_least)
}

/// What tells an update, and a template, from two strangers: figures that make up for others.
fn write_signs(out: &mut dyn Write, link: &Link, params: &Params) -> io::Result<()> {
    let mut sign =
        |name: &str, found: &str, asked: &str, says: &str| writeln!(out, "{name:<52} {found:>8} {asked:>9}  {says}");
    let opens = if link.opens_alike(params) { "as an update does" } else { "no sign of an update" };
    sign(
        "longest run that opens both, in words",
        &link.opening_run.to_string(),
        &params.min_run_words.to_string(),
        opens,
    )?;
    let lies = if link.is_reworked(params) { "as an update leaves them" } else { "no sign of an update" };
    sign(
        "passages in one order in both",
        &link.ordered_passages.to_string(),
        &REWORKED_PASSAGES.to_string(),
        &format!("{lies}: they reach over {} of it, asked is {}", percent(link.ordered_reach), percent(REWORKED_REACH)),
    )?;
    let times = link.unshared_facts.map_or("-".to_owned(), |times| format!("{times:.2}"));
    let blanks = match link.unshared_facts {
        None => "not told: too many capitals",
        Some(times) if times <= MAX_UNSHARED_FACTS => "no sign of a template",
        Some(_) => "as the blanks of a template",
    };
    sign("numbers and names where they differ, times as many", &times, &format!("<= {MAX_UNSHARED_FACTS}"), blanks)
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn write_estimates(out: &mut dyn Write, found: &Comparison, params: &Params) -> io::Result<()> {
    writeln!(out, "\n{:<52} {:>8} {:>9}  95 of 100 lie within", "sketch", "exact", "estimate")?;
    let estimates = &found.estimates;
    let signature = format!("resemblance, signature of {PERMUTATIONS} permutations");
    for (name, estimate) in [
        (format!("resemblance, scaled MinHash, one in {}", params.scale), estimates.scaled_resemblance),
        (format!("containment, scaled MinHash, one in {}", params.scale), estimates.scaled_containment),
        (signature, estimates.signature_resemblance),
    ] {
        let Estimate { exact, estimate, bound, n } = estimate;
        match (estimate, bound) {
            (Some(estimate), Some(bound)) => {
                writeln!(out, "{name:<52} {exact:>8.4} {estimate:>9.4}  ±{bound:.4} ({n} hashes)")?;
            }
            _ => writeln!(out, "{name:<52} {exact:>8.4} {:>9}  nothing was sampled", "-")?,
        }
    }
    Ok(())
}

fn write_candidates(out: &mut dyn Write, found: &Comparison, params: &Params) -> io::Result<()> {
    let yes_no = |proposed| if proposed { "proposed" } else { "NOT PROPOSED" };
    let (sampled, lsh) = (found.sampled, found.lsh);
    let (least, share) = (params.min_shared_samples, percent(params.min_sampled_share));
    writeln!(out, "\nAs candidates, these two alone:")?;
    writeln!(
        out,
        "  sampled   {}: they share {} of {} sampled shingles; asked are {least} and {share}",
        yes_no(sampled.proposed),
        sampled.shared,
        sampled.of_smaller
    )?;
    writeln!(
        out,
        "  lsh       {}: {} of {} bands of {} rows agree; at this resemblance one does with probability {:.4}",
        yes_no(lsh.proposed),
        lsh.agreeing,
        lsh.bands,
        lsh.rows,
        lsh.probability
    )
}

fn write_passages(paper: &mut Paper<'_>, found: &Comparison) -> io::Result<()> {
    writeln!(paper.out, "\nShared passages of at least {MIN_PASSAGE_WORDS} words: {}", found.passages.len())?;
    for shared in &found.passages {
        let passage = shared.passage;
        let (in_a, in_b) = (passage.start_a + 1, passage.start_b + 1);
        writeln!(paper.out, "\n  {} words, from word {in_a} of A and word {in_b} of B", passage.words)?;
        let on_one_line = |text: &str| text.replace('\n', " ¶ ");
        paper.wrapped("  A: ", &on_one_line(&shared.text_a))?;
        if shared.text_b == shared.text_a {
            writeln!(paper.out, "  B: the same")?;
        } else {
            paper.wrapped("  B: ", &on_one_line(&shared.text_b))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_named_by_file_and_id() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("pages.jsonl"), "").unwrap();
        std::fs::write(path("odd#name.txt"), "").unwrap();
        let cases = [
            ("pages.jsonl", "pages.jsonl", None),
            ("pages.jsonl#p-7", "pages.jsonl", Some("p-7")),
            ("pages.jsonl#p-7#2", "pages.jsonl", Some("p-7#2")),
            ("odd#name.txt", "odd#name.txt", None),
            ("odd#name.txt#p", "odd#name.txt", Some("p")),
            ("gone.jsonl#p", "gone.jsonl#p", None),
        ];
        for (given, file, id) in cases {
            let expected = Named { file: path(file), id: id.map(str::to_owned) };
            assert_eq!(Named::new(&path(given)), expected, "{given}");
        }
        assert_eq!(Named::new(Path::new("-#p")), Named { file: "-".into(), id: Some("p".to_owned()) });
    }
}
