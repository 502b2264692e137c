//! `wirecopy stories`: the main job.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use wirecopy::assemble::Lone;
use wirecopy::changes::Changes;
use wirecopy::error::{self, Error};
use wirecopy::index::Texts;
use wirecopy::outfile::OutFile;
use wirecopy::outlets::outlets;
use wirecopy::pipeline::{Options, Run, changes_of};
use wirecopy::report::html::{HtmlLimits, LeftOut, Page};
use wirecopy::report::{self, NotFound, plain, text::View};
use wirecopy::story::{Stories, Story};

use crate::args::FindArgs;
use crate::files::{create_all, finish_all, to_file, write_plain};
use crate::print::{Exit, Ui};
use crate::search::Search;

const AFTER_LONG_HELP: &str = "\
Examples:
  wirecopy stories pages.jsonl                     a table of the stories
  wirecopy stories pages.jsonl --story s3fa91c     one of them, with every copy and change
  wirecopy stories pages/ --format json -o stories.json
  wirecopy stories pages/ --html report.html       a report to be read in a browser
  wirecopy stories pages/ --assignments a.tsv      which article is of which story
  zcat pages.jsonl.gz | wirecopy stories - --rejects bad.json

Exit codes:
  0  done
  2  wrong usage, or an input that cannot be read; nothing was written
  3  done, but records were skipped

Cost: time and memory grow linearly with the articles. An article takes some
100 bytes of memory and a copy 600 more, beside 512 MiB or so for buffers;
and as many bytes of the temporary folder as it has, twice as many with --story
and --html, which the system takes back when the run ends. --story, --html and
--min-copies 1 hold every article as a copy.";

/// Clusters articles into stories, says whose they are, and reports every copy.
///
/// INPUT is a file, a folder or `-`: .jsonl and .ndjson (one object a line), .json, .txt (one page). A story is an
/// agency's dispatch through all its versions, with every copy of it. The result goes to standard output, all else
/// to standard error; it does not depend on the order of the input or on the number of threads.
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
    /// Opens one story, with what changed between its versions.
    ///
    /// ID is a story's id or the start of one, or the id of an article in it. The texts of all articles are kept in the
    /// temporary folder until the run ends, but for csv, which has no changes.
    #[arg(long, value_name = "ID", conflicts_with_all = ["top", "all", "min_copies"])]
    story: Option<String>,
    /// Reports at most N stories [default: 30 for text, else all]
    #[arg(long, value_name = "N", conflicts_with = "all")]
    top: Option<usize>,
    /// Reports all stories.
    #[arg(long)]
    all: bool,
    /// Reports stories with at least N copies.
    #[arg(long, value_name = "N", default_value_t = View::default().min_copies)]
    min_copies: usize,
    /// Writes the report to a file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Writes the stories as one page for a browser, which needs no network.
    ///
    /// Overview, list with search and filters, and for each story its timeline, versions, copies, and each copy beside its
    /// origin. Stories with fewer copies than --min-copies are left out, --top and --story do not bound it; beyond 5,000 stories or 19.5 MB it says what
    /// it leaves out. The texts of all articles are kept in the temporary folder until the run ends.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Writes which article is of which story, as a table.
    ///
    /// Tab-separated, with a header: id, story, version, relation. One line for every article read; an article
    /// without copies is a story of its own. In ids, tab, line breaks and backslash are written \t, \n, \r and \\,
    /// other control characters \u{1b}.
    #[arg(long, value_name = "FILE")]
    assignments: Option<PathBuf>,
    /// Writes the records that were skipped, with the reasons.
    ///
    /// One JSON object a line: path, line, reason, and the record as read; record_hex instead where it is not UTF-8.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Shows all parameters, and ids and urls of copies, in a text report.
    #[arg(short, long)]
    verbose: bool,
}

impl OutputArgs {
    /// What is to be known of articles without copies: --story may open one, and the page counts the outlets of all.
    fn lone(&self) -> Lone {
        let all_are_shown = self.min_copies < 2 || self.story.is_some() || self.html.is_some();
        if all_are_shown { Lone::Stories } else { Lone::Articles }
    }
}

/// Forms of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table, for people.
    Text,
    /// One JSON line a story, for programs.
    Json,
    /// One line a copy, for spreadsheets.
    Csv,
}

pub(crate) fn run(args: Args, ui: &Ui) -> anyhow::Result<Exit> {
    let options = Options {
        keep_texts: args.output.html.is_some() || args.output.story.is_some() && args.output.format != Format::Csv,
        lone: args.output.lone(),
        ..args.find.options()?
    };
    let mut outputs = Outputs::open(&args.output, &args.inputs)?;
    let mut search = Search::run(&args.inputs, &options, &args.find.run, &mut outputs.rejects)?;
    let found = &search.run;
    let story = args.output.story.as_deref().map(|wanted| wanted_story(&found.stories, wanted)).transpose()?;
    let opened = story.map(|story| Opened::new(story, found)).transpose()?;
    outputs.finish(found, opened.as_ref(), &args, ui)?;
    let exit = search.end(&args.find.run, args.output.rejects.as_deref(), ui)?;
    // The system takes all memory back at once; here it would be given back copy by copy.
    std::mem::forget(search);
    Ok(exit)
}

fn wanted_story<'a>(stories: &'a Stories, wanted: &str) -> anyhow::Result<&'a Story> {
    report::find(stories, wanted).map_err(|error| match error {
        NotFound::Nowhere => anyhow::anyhow!(
            "no story and no article has the id {}; the table of `wirecopy stories` and --assignments show the ids",
            plain(wanted)
        ),
        NotFound::Several { first, n } => {
            let rest = if n > first.len() { ", ..." } else { "" };
            anyhow::anyhow!("{n} stories have ids that start with {}: {}{rest}", plain(wanted), first.join(", "))
        }
    })
}

/// One story, and what changed between its versions.
struct Opened<'a> {
    story: &'a Story,
    changes: Vec<Changes>,
}

impl<'a> Opened<'a> {
    fn new(story: &'a Story, found: &Run) -> error::Result<Self> {
        let changes = found.texts.as_ref().map(|texts| changes_of(story, texts, &found.stories.params));
        Ok(Opened { story, changes: changes.transpose()?.unwrap_or_default() })
    }
}

/// The files that a run writes.
struct Outputs {
    report: Option<OutFile>,
    html: Option<OutFile>,
    assignments: Option<OutFile>,
    rejects: Option<OutFile>,
}

impl Outputs {
    fn open(args: &OutputArgs, inputs: &[PathBuf]) -> anyhow::Result<Self> {
        if args.html.as_deref() == Some(Path::new("-")) {
            anyhow::bail!("--html: `-` is no file; give the page a name, as report.html");
        }
        let report = to_file(args.output.as_deref());
        let paths = [report, args.html.as_deref(), args.assignments.as_deref(), args.rejects.as_deref()];
        let [report, html, assignments, rejects] = create_all(paths, inputs)?;
        Ok(Outputs { report, html, assignments, rejects })
    }

    /// Writes all, and only then puts each file under its name.
    fn finish(mut self, found: &Run, opened: Option<&Opened<'_>>, args: &Args, ui: &Ui) -> anyhow::Result<()> {
        let quiet = args.find.run.quiet;
        let args = &args.output;
        let stories = &found.stories;
        if let Some(file) = &mut self.assignments {
            let path = file.path().to_owned();
            report::assignments::write(file, stories).map_err(|source| Error::Write { path, source })?;
        }
        if let Some((file, texts)) = self.html.as_mut().zip(found.texts.as_ref()) {
            let left_out = write_page(file, stories, texts, args.min_copies)?;
            let path = file.path().display().to_string();
            left_out.sentences().iter().filter(|_| !quiet).for_each(|said| {
                ui.say(format_args!("wirecopy: {}: {said}", plain(&path)));
            });
        }
        match &mut self.report {
            Some(file) => write_plain(file, |out| write_report(out, stories, opened, args, View::default().columns))?,
            None => ui.result(|out| write_report(out, stories, opened, args, ui.columns()))?,
        }
        Ok(finish_all([self.assignments, self.rejects, self.html, self.report])?)
    }
}

/// Writes the page for a browser; what it leaves out.
fn write_page(file: &mut OutFile, stories: &Stories, texts: &Texts, min_copies: usize) -> error::Result<LeftOut> {
    let body = |article| texts.body(article);
    let page = Page::new(stories, &outlets(stories), min_copies, &body, &HtmlLimits::default())?;
    let path = file.path().to_owned();
    page.write(file).map_err(|source| Error::Write { path, source })?;
    Ok(page.left_out)
}

fn write_report(
    out: &mut dyn Write,
    stories: &Stories,
    opened: Option<&Opened<'_>>,
    args: &OutputArgs,
    columns: usize,
) -> io::Result<()> {
    let params = &stories.params;
    let top = if args.all { None } else { args.top };
    let chosen = || {
        let found = report::with_copies(stories, args.min_copies).take(top.unwrap_or(usize::MAX));
        opened.map(|opened| opened.story).into_iter().chain(found.filter(|_| opened.is_none()))
    };
    match args.format {
        Format::Json if let Some(Opened { story, changes }) = opened => {
            report::json::write_opened(out, story, changes, params)
        }
        Format::Json => report::json::write(out, chosen(), params),
        Format::Csv => report::csv::write(out, chosen(), params),
        Format::Text => {
            let default = View::default();
            let top = if args.all { None } else { args.top.or(default.top) };
            let view = View { columns, top, min_copies: args.min_copies, verbose: args.verbose };
            match opened {
                Some(Opened { story, changes }) => report::text::opened(out, story, changes, params, &view),
                None => report::text::overview(out, stories, &view),
            }
        }
    }
}
