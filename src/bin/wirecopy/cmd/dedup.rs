//! `wirecopy dedup`: a corpus without its copies.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use bytesize::ByteSize;
use clap::ValueEnum;
use jiff::{Span, SpanRelativeTo, Unit};
use serde::Serialize;
use wirecopy::dedup::{self, Deduped, NoteNames, write_removed};
use wirecopy::outfile::OutFile;
use wirecopy::report::json::write_line;
use wirecopy::report::plain;

use crate::args::{FindArgs, TextOrJson};
use crate::files::{create_all, write_plain};
use crate::print::{Exit, Ui};
use crate::progress::ProgressLine;
use crate::rejects::{Rejects, write_reject};
use crate::remarks::{Read, remarks};

const AFTER_LONG_HELP: &str = "\
Examples:
  wirecopy dedup pages.jsonl.gz -o clean           clean/pages.jsonl.gz, one copy of each dispatch
  wirecopy dedup crawl/ -o clean --removed gone.tsv
  wirecopy dedup 'crawl/*.warc.gz' -o clean --level identical
  wirecopy dedup news.parquet -o clean --keep agency --prefer example.com
  wirecopy dedup pages/ -o clean --within 1d       copies of the same day only
  wirecopy dedup pages/ -o noted --annotate        all records, with what was found of them

Exit codes:
  0  done
  2  wrong usage, an input that cannot be read or an output that cannot be written
  3  done, but records could not be read; they are in the output as they were

Cost: the inputs are read twice, and what stays is compared again until nothing more goes.
Memory is that of `stories`, and about 100 bytes a record; records themselves are never held.";

/// Copies a corpus and leaves out the copies: of each dispatch one record is kept.
///
/// What is kept is written byte for byte as it was read, into the same files with the same compression below DIR; rows
/// of Parquet with the same schema and row groups. What cannot be read is kept too. Running it on its own output
/// removes nothing.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER_LONG_HELP)]
pub(crate) struct Args {
    /// Files, folders, patterns, or `-` for standard input.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    find: FindArgs,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Output")]
struct OutputArgs {
    /// The folder to write to; it is made where it is not there.
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// What counts as a copy.
    #[arg(long, value_enum, default_value = "story", value_name = "LEVEL")]
    level: Level,
    /// Which copy is kept, of those that carry no other story.
    #[arg(long, value_enum, default_value = "earliest", value_name = "WHICH")]
    keep: Keep,
    /// Outlets whose copies are kept before others, the most preferred first.
    #[arg(long, value_name = "OUTLET", value_delimiter = ',')]
    prefer: Vec<String>,
    /// How far from the kept record a copy may be published, as 1d or 36h; others stay, and so do undated ones.
    #[arg(long, value_name = "TIME", value_parser = seconds)]
    within: Option<i64>,
    /// Leaves nothing out, and adds story, version, relation and keep to every record.
    ///
    /// To objects and tables as fields, to records of web archives as Wirecopy-story and so on; pages of HTML and text
    /// get a file beside them, with .wirecopy at the end of its name.
    #[arg(long)]
    annotate: bool,
    /// What the names of added fields begin with.
    #[arg(long, value_name = "PREFIX", requires = "annotate", default_value = "")]
    annotate_prefix: String,
    /// Lists what was left out: for which kept record, and with which figures.
    ///
    /// Tab-separated, with a header. Words are those of the bodies; share_in_kept is the share of the removed record's
    /// words that the kept one has too, share_of_kept the share of the kept one's words that it had.
    #[arg(long, value_name = "FILE")]
    removed: Option<PathBuf>,
    /// Writes the records that could not be read, with the reasons.
    ///
    /// One JSON object a line: path, line, reason, and the record as read; record_hex instead where it is not UTF-8.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Form of the summary.
    #[arg(long, value_enum, default_value = "text", value_name = "FORM")]
    format: TextOrJson,
}

/// What counts as a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// Any copy of the same dispatch, in whatever version.
    Story,
    /// A copy of the same version.
    Version,
    /// A copy with the same words.
    Identical,
}

/// Which copy is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Keep {
    /// The one that was published first.
    Earliest,
    /// The one with the most words.
    Longest,
    /// That of the agency's own site, else one that credits it, else the earliest.
    Agency,
    /// The first of the input.
    First,
}

/// Seconds of a length of time such as `1d`; days are of 24 hours.
fn seconds(text: &str) -> Result<i64, String> {
    let span: Span = text.parse().map_err(|_| "expected a length of time, as 1d, 36h or \"2 days\"".to_owned())?;
    let total = span.total((Unit::Second, SpanRelativeTo::days_are_24_hours()));
    let seconds = total.map_err(|_| "expected days or less: months and years are not of one length".to_owned())?;
    if seconds < 0.0 { Err("expected a length of time that is not negative".to_owned()) } else { Ok(seconds as i64) }
}

pub(crate) fn run(args: Args, ui: &Ui) -> anyhow::Result<Exit> {
    let output = args.output;
    let options = dedup::Options {
        run: args.find.options()?,
        level: match output.level {
            Level::Story => dedup::Level::Story,
            Level::Version => dedup::Level::Version,
            Level::Identical => dedup::Level::Identical,
        },
        keep: match output.keep {
            Keep::Earliest => dedup::Keep::Earliest,
            Keep::Longest => dedup::Keep::Longest,
            Keep::Agency => dedup::Keep::Agency,
            Keep::First => dedup::Keep::First,
        },
        prefer: output.prefer.clone(),
        within_seconds: output.within,
        annotate: output.annotate.then(|| NoteNames::with_prefix(&output.annotate_prefix)),
    };
    let paths = [output.removed.as_deref(), output.rejects.as_deref()];
    let [removed, mut rejected] = create_all(paths, &args.inputs)?;
    args.find.run.prepare()?;
    let mut rejects = Rejects::default();
    let done = {
        let _line = ProgressLine::show(&options.run.progress, !args.find.run.quiet);
        dedup::dedup(&args.inputs, &output.output, &options, &mut |reject, bytes| {
            rejects.note(reject);
            rejected.as_mut().map_or(Ok(()), |file| write_reject(file, reject, bytes))
        })?
    };
    if let Some(file) = removed {
        list_removed(file, &done, &options)?;
    }
    rejected.map_or(Ok(()), OutFile::finish)?;
    ui.result(|out| summary(out, &done, &output))?;
    if !args.find.run.quiet {
        let read = Read {
            counts: &done.counts,
            fields_used: &done.fields_used,
            passed_over: &done.passed_over,
            rejects: &rejects,
            kept_in: output.rejects.as_deref(),
        };
        remarks(&read).iter().for_each(|remark| ui.say(remark));
    }
    Ok(if done.counts.rejected > 0 { Exit::Skipped } else { Exit::Done })
}

fn list_removed(mut file: OutFile, done: &Deduped, options: &dedup::Options) -> anyhow::Result<()> {
    let removed = done.removed(options)?;
    write_plain(&mut file, |out| write_removed(out, &removed, done.files()))?;
    file.finish().context("the corpus itself is written")
}

/// The summary, for programs.
#[derive(Serialize)]
struct Summary {
    records: u64,
    skipped: u64,
    without_page: u64,
    articles: u64,
    stories: u64,
    removed: u64,
    kept: u64,
    undated: u64,
    files: u64,
    bytes_before: u64,
    bytes_after: u64,
}

fn summary(out: &mut dyn Write, done: &Deduped, args: &OutputArgs) -> io::Result<()> {
    let counts = &done.counts;
    let [before, after] = done.bytes;
    if args.format == TextOrJson::Json {
        return write_line(
            out,
            &Summary {
                records: counts.records,
                skipped: counts.rejected,
                without_page: counts.without_page,
                articles: counts.articles,
                stories: done.n_stories,
                removed: done.n_removed,
                kept: counts.articles - done.n_removed,
                undated: done.n_undated,
                files: done.n_files,
                bytes_before: before,
                bytes_after: after,
            },
        );
    }
    let share = if before == 0 { 100.0 } else { 100.0 * after as f64 / before as f64 };
    writeln!(out, "records   {} read, {} skipped", counts.records, counts.rejected)?;
    writeln!(out, "stories   {}", done.n_stories)?;
    if args.annotate {
        writeln!(out, "copies    {} of {} articles, noted and left in", done.n_removed, counts.articles)?;
    } else {
        writeln!(out, "copies    {} left out, {} articles kept", done.n_removed, counts.articles - done.n_removed)?;
    }
    if done.n_undated > 0 {
        writeln!(out, "undated   {} kept although they are copies: --within needs dates", done.n_undated)?;
    }
    writeln!(out, "bytes     {} before, {} after ({share:.0} %)", ByteSize(before), ByteSize(after))?;
    let files = if done.n_files == 1 { "file" } else { "files" };
    writeln!(out, "written   {} {files} in {}", done.n_files, plain(&shown(&args.output)))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_seconds() {
        for (text, expected) in
            [("1d", Some(86_400)), ("36h", Some(129_600)), ("2 days", Some(172_800)), ("0s", Some(0))]
        {
            assert_eq!(seconds(text).ok(), expected, "{text}");
        }
        for text in ["", "1", "-1d", "1 month", "soon"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
