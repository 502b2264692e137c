//! `wirecopy eval`: scores assignments against a truth.

use std::io::{self, Write};
use std::path::PathBuf;

use wirecopy::eval::agencies::{AgencyFigures, AgencyScores, read_report, score_agencies};
use wirecopy::eval::labels::Labels;
use wirecopy::eval::scores::Scores;
use wirecopy::eval::{Evaluation, MAX_MIXED, evaluate};
use wirecopy::report::json::write_line;
use wirecopy::report::plain;

use crate::args::TextOrJson;
use crate::print::{Exit, Ui};

const AFTER_LONG_HELP: &str = "\
Examples:
  wirecopy stories pages.jsonl --assignments found.tsv
  wirecopy eval truth.tsv found.tsv --false 10
  wirecopy stories pages.jsonl --min-copies 1 --assignments found.tsv --format json > stories.jsonl
  wirecopy eval truth.tsv found.tsv --stories stories.jsonl

Pairwise figures and the adjusted Rand index (Hubert and Arabie 1985) weigh a story by the square
of its size, B-cubed figures (Bagga and Baldwin 1998) weigh every article alike. Ids are compared as
they are written. Time and memory grow linearly with the articles.";

/// Scores assignments against a truth: precision, recall, F1, adjusted Rand index, B-cubed.
///
/// Both files are tables with a header, fields separated by tabs: id, story and, for figures by version, version; other
/// columns are allowed. Where the truth has a column kind, pages of the kinds copy, expanded, partial and original are
/// scored. For its columns kind and edit there is a recall for each of their values.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER_LONG_HELP)]
pub(crate) struct Args {
    /// The stories that there are.
    #[arg(value_name = "TRUTH")]
    truth: PathBuf,
    /// The stories that were found; an article that is not in it counts as alone.
    #[arg(value_name = "ASSIGNMENTS")]
    assignments: PathBuf,
    /// The stories as JSON lines: scores their agencies by the truth's column agency.
    ///
    /// A story of the truth has the agency of most of its articles; `none`, and what the table of agencies does not know,
    /// are none. It was given that of the story in the file which holds most of its articles; stories without copies are
    /// in a file that was written with `--min-copies 1`.
    #[arg(long, value_name = "FILE")]
    stories: Option<PathBuf>,
    /// Names the N pairs of stories that were falsely merged most often.
    #[arg(long = "false", value_name = "N", default_value_t = 0)]
    n_false: usize,
    /// Form of the output.
    #[arg(long, value_enum, default_value = "text", value_name = "FORM")]
    format: TextOrJson,
}

pub(crate) fn run(args: Args, ui: &Ui) -> anyhow::Result<Exit> {
    let truth = Labels::read(&args.truth)?;
    let assignments = Labels::read(&args.assignments)?;
    let mut found = evaluate(&truth, &assignments, args.n_false)?;
    if let Some(path) = &args.stories {
        found.agency = Some(score_agencies(&truth, &read_report(path)?)?);
    }
    if found.unassigned == found.scored {
        let (truth, assignments) = (args.truth.display().to_string(), args.assignments.display().to_string());
        ui.say(format_args!(
            "{}: has none of the articles of {}; do both name them by the same ids?",
            plain(&assignments),
            plain(&truth)
        ));
    }
    ui.result(|out| match args.format {
        TextOrJson::Text => write_text(out, &found),
        TextOrJson::Json => write_line(out, &found),
    })?;
    Ok(Exit::Done)
}

fn write_text(out: &mut dyn Write, found: &Evaluation) -> io::Result<()> {
    writeln!(out, "{} of {} articles of the truth scored", found.scored, found.in_truth)?;
    writeln!(out, "{} of them not assigned: each counts as alone", found.unassigned)?;
    writeln!(out, "{} assigned that the truth does not have: left out\n", found.unknown)?;

    writeln!(out, "{:<9} {:>26} {:>8} {:>27}", "", "------------- pairs", "", "------------ B-cubed")?;
    let (p, r, f) = ("precision", "recall", "F1");
    writeln!(out, "{:<9} {p:>9} {r:>8} {f:>7} {:>8} {p:>10} {r:>8} {f:>7}", "level", "ARI")?;
    write_scores(out, "story", &found.story)?;
    match &found.version {
        Some(version) => write_scores(out, "version", version)?,
        None => writeln!(out, "version   not scored: a table has no column version")?,
    }
    if let Some(agency) = &found.agency {
        write_agencies(out, agency)?;
    }
    write_recall(out, found)?;
    write_false_pairs(out, found)
}

fn write_scores(out: &mut dyn Write, level: &str, s: &Scores) -> io::Result<()> {
    write!(out, "{level:<9} {:>9.4} {:>8.4} {:>7.4} {:>8.4}", s.precision, s.recall, s.f1, s.ari)?;
    writeln!(out, " {:>10.4} {:>8.4} {:>7.4}", s.b_cubed_precision, s.b_cubed_recall, s.b_cubed_f1)
}

fn write_agencies(out: &mut dyn Write, s: &AgencyScores) -> io::Result<()> {
    let (p, r) = ("precision", "recall");
    writeln!(out, "\n{:<28} {:>9} {:>9} {:>8} {p:>9} {r:>8}", "agency of stories", "stories", "named", "right")?;
    write_figures(out, "that have one", &s.all)?;
    write_figures(out, "and two articles or more", &s.copied)?;
    writeln!(out, "{:<28} {:>9} {:>9}", "that have none", s.without, s.without_named)?;
    if s.not_in_report > 0 {
        let missing = "stories that have one are in no story of the file and count as not named;";
        writeln!(out, "  {} {missing}\n  `stories --format json --min-copies 1` writes them", s.not_in_report)?;
    }
    for wrong in &s.wrong {
        let found = wrong.found.as_deref().unwrap_or("none");
        writeln!(out, "  {}: {}, was given {}", plain(&wrong.story), plain(&wrong.agency), plain(found))?;
    }
    Ok(())
}

fn write_figures(out: &mut dyn Write, of: &str, s: &AgencyFigures) -> io::Result<()> {
    write!(out, "{of:<28} {:>9} {:>9} {:>8}", s.stories, s.named, s.right)?;
    writeln!(out, " {:>9.4} {:>8.4}", s.precision, s.recall)
}

fn write_recall(out: &mut dyn Write, found: &Evaluation) -> io::Result<()> {
    for groups in found.recall_by.chunk_by(|x, y| x.column == y.column) {
        let title = format!("story recall by {}", groups[0].column);
        writeln!(out, "\n{title:<28} {:>9} {:>9} {:>8}", "articles", "partners", "recall")?;
        for group in groups {
            let value = if group.value.is_empty() { "(empty)".into() } else { plain(&group.value) };
            let recall = group.recall.map_or("-".to_owned(), |recall| format!("{recall:.4}"));
            writeln!(out, "{value:<28} {:>9} {:>9} {recall:>8}", group.articles, group.partners)?;
        }
    }
    Ok(())
}

fn write_false_pairs(out: &mut dyn Write, found: &Evaluation) -> io::Result<()> {
    if found.false_pairs.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nfalsely merged stories, by pairs of articles")?;
    for pair in &found.false_pairs {
        let [x, y] = &pair.stories;
        writeln!(out, "{:>9}  {} + {}", pair.pairs, plain(x), plain(y))?;
    }
    match found.cut_for_false_pairs {
        0 => Ok(()),
        n => writeln!(
            out,
            "clusters with more than {MAX_MIXED} stories, of which the {MAX_MIXED} largest were looked at: {n}"
        ),
    }
}
