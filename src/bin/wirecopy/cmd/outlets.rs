//! `wirecopy outlets`: who reprints whom.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use wirecopy::outlets::{Outlets, outlets};
use wirecopy::report::outlets::text::View;
use wirecopy::report::outlets::{Select, csv, graph, json, text};

use crate::args::FindArgs;
use crate::files::{create_all, finish_all, to_file, write_plain};
use crate::print::{Exit, Ui};
use crate::search::Search;

const AFTER_LONG_HELP: &str = "\
Examples:
  wirecopy outlets pages.jsonl                     tables of outlets, agencies and pairs
  wirecopy outlets pages/ --format csv -o outlets.csv
  wirecopy outlets pages/ --format csv --table pairs
  wirecopy outlets pages/ --graph outlets.gexf     a graph for Gephi

What the figures are:
  agency copy   an article of a story that an agency wrote; on the agency's own site it is
                the source, and no copy
  credited      of these, those that credit that agency; credited_other: only one that
                passed it on; uncredited: neither
  shared        of stories that two outlets or more have
  first         shared stories that the outlet had before all others
  median lag    seconds behind the first, in the other shared stories
  kept, added   means of what copies have of their dispatch, and beside it
  originality   mean share of an article that is its outlet's own: all of it where nobody else
                has the story and no agency wrote it, or where the outlet had it first; of other
                copies what they added. Pages that carry several stories are left out.
  unpaired      shared stories that no pair of the outlet has: of a story of more than 64
                outlets only the 64 with the most stories are paired

Exit codes:
  0  done
  2  wrong usage, or an input that cannot be read; nothing was written
  3  done, but records were skipped

Cost: that of `stories`, and at most 700 bytes an article more.";

/// Who reprints whom: what each outlet has of each agency, and what outlets have in common.
///
/// INPUT is what `stories` reads. The result goes to standard output, all else to standard error; it does not depend on
/// the order of the input or on the number of threads.
#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER_LONG_HELP)]
pub(crate) struct Args {
    /// Files, folders, or `-` for standard input.
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
    /// Form of the report.
    #[arg(long, value_enum, default_value = "text", value_name = "FORM")]
    format: Format,
    /// The table that csv has [default: outlets]
    #[arg(long, value_enum, value_name = "TABLE")]
    table: Option<Table>,
    /// Reports at most N outlets, agencies and pairs [default: 20 for text, else all]
    #[arg(long, value_name = "N", conflicts_with = "all")]
    top: Option<usize>,
    /// Reports all of them.
    #[arg(long)]
    all: bool,
    /// Reports outlets with at least N articles, and pairs of them.
    #[arg(long, value_name = "N", default_value_t = View::default().select.min_articles)]
    min_articles: u64,
    /// Writes the report to a file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Writes a graph of agencies and outlets: FILE ends in .gexf or .graphml.
    ///
    /// An edge leads from an agency to an outlet and weighs as much as the outlet has copies of its stories; one from an
    /// outlet to another weighs as many stories without an agency as it had before the other. --top does not cut it.
    #[arg(long, value_name = "FILE")]
    graph: Option<PathBuf>,
    /// Writes the records that were skipped, with the reasons.
    ///
    /// One JSON object a line: path, line, reason, and the record as read; record_hex instead where it is not UTF-8.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Shows all parameters in a text report.
    #[arg(short, long)]
    verbose: bool,
}

/// Forms of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables, for people.
    Text,
    /// JSON lines, for programs: one for the run, then one an outlet, an agency and a pair.
    Json,
    /// One table, for spreadsheets.
    Csv,
}

/// The tables that csv may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Table {
    /// One line an outlet.
    Outlets,
    /// One line for each agency that an outlet has copies of.
    Agencies,
    /// One line for each pair of outlets.
    Pairs,
}

pub(crate) fn run(args: Args, ui: &Ui) -> anyhow::Result<Exit> {
    let Args { inputs, output, find } = args;
    if output.table.is_some() && output.format != Format::Csv {
        anyhow::bail!("--table belongs to --format csv; add it, or leave it out");
    }
    let form = output.graph.as_deref().map(|path| {
        let unknown = || anyhow::anyhow!("{}: --graph writes .gexf or .graphml; choose one", path.display());
        graph::Form::of(path).ok_or_else(unknown)
    });
    let form = form.transpose()?;
    let options = find.options()?;
    let paths = [to_file(output.output.as_deref()), output.graph.as_deref(), output.rejects.as_deref()];
    let [mut report, mut graph, mut rejects] = create_all(paths, &inputs)?;
    let mut search = Search::run(&inputs, &options, &find.run, &mut rejects)?;
    let found = outlets(&search.run.stories);
    if let Some((file, form)) = graph.as_mut().zip(form) {
        let select = Select { top: None, min_articles: output.min_articles };
        write_plain(file, |out| graph::write(out, &found, select, form))?;
    }
    match &mut report {
        Some(file) => write_plain(file, |out| write_report(out, &found, &output, View::default().columns))?,
        None => ui.result(|out| write_report(out, &found, &output, ui.columns()))?,
    }
    finish_all([graph, rejects, report])?;
    search.end(&find.run, output.rejects.as_deref(), ui)
}

fn write_report(out: &mut dyn Write, found: &Outlets, args: &OutputArgs, columns: usize) -> io::Result<()> {
    let top = if args.all { None } else { args.top };
    let select = Select { top, min_articles: args.min_articles };
    match args.format {
        Format::Json => json::write(out, found, select),
        Format::Csv => csv::write(out, found, select, csv_table(args.table)),
        Format::Text => {
            let top = if args.all { None } else { args.top.or(View::default().select.top) };
            let view = View { columns, select: Select { top, ..select }, verbose: args.verbose };
            text::write(out, found, &view)
        }
    }
}

fn csv_table(table: Option<Table>) -> csv::Table {
    match table {
        None | Some(Table::Outlets) => csv::Table::Outlets,
        Some(Table::Agencies) => csv::Table::Agencies,
        Some(Table::Pairs) => csv::Table::Pairs,
    }
}
