//! What can be typed: the verbs, and the groups of flags that several verbs share.

mod run;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{ColorChoice, Parser, Subcommand, ValueEnum};
use wirecopy::params::{CandidateMethod, Params};
use wirecopy::pipeline;
use wirecopy::read::Fields;
use wirecopy::spill::DiskNeed;

use crate::cmd;
pub(crate) use run::RunArgs;
use run::say_need;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Green.on_default())
    .placeholder(AnsiColor::Cyan.on_default());

const AFTER_HELP: &str = "\
Exit codes:
  0  done
  1  nothing found (compare)
  2  wrong usage, or an input that cannot be read
  3  done, but records were skipped";

/// Finds which outlets reprinted which news agency's story, when, and how much of it.
#[derive(Debug, Parser)]
#[command(version, about, styles = STYLES, after_help = AFTER_HELP, help_expected = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) verb: Verb,
    /// When to use colors. `auto`: on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, default_value = "auto", value_name = "WHEN", help_heading = "Run")]
    pub(crate) color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Stories(Box<cmd::stories::Args>),
    Outlets(Box<cmd::outlets::Args>),
    Dedup(Box<cmd::dedup::Args>),
    Compare(Box<cmd::compare::Args>),
    Inspect(cmd::inspect::Args),
    Curve(cmd::curve::Args),
    Eval(cmd::eval::Args),
}

/// Forms of output of the verbs other than `stories`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// The names of a record's fields, where they are not to be found by themselves.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Fields of a JSON record (found under their common names otherwise)")]
pub(crate) struct FieldArgs {
    /// The page's text; else text, body, content, maintext, ...
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,
    /// The record's id; else id, uri, doc_id, ...; else the url.
    #[arg(long, value_name = "NAME")]
    id_field: Option<String>,
    /// Who published it; else outlet, source, site, domain, ...; else the url's domain.
    #[arg(long, value_name = "NAME")]
    outlet_field: Option<String>,
    /// Where; else url, link, ...
    #[arg(long, value_name = "NAME")]
    url_field: Option<String>,
    /// When; else published, date, date_publish, timestamp, ...
    #[arg(long, value_name = "NAME")]
    date_field: Option<String>,
    /// Its headline; else headline, title, ...
    #[arg(long, value_name = "NAME")]
    headline_field: Option<String>,
    /// Its author; else byline, author, authors, ...
    #[arg(long, value_name = "NAME")]
    byline_field: Option<String>,
}

impl From<FieldArgs> for Fields {
    fn from(args: FieldArgs) -> Self {
        Fields {
            text: args.text_field,
            id: args.id_field,
            outlet: args.outlet_field,
            url: args.url_field,
            published: args.date_field,
            headline: args.headline_field,
            byline: args.byline_field,
        }
    }
}

/// What the verbs that find stories ask for alike.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct FindArgs {
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    method: MethodArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

impl FindArgs {
    /// The same for the library, checked.
    pub(crate) fn options(&self) -> anyhow::Result<pipeline::Options> {
        Ok(pipeline::Options {
            params: self.method.params()?,
            fields: self.fields.clone().into(),
            limits: self.run.limits(),
            strict: self.run.strict,
            space: self.run.space(),
            on_need: (!self.run.quiet).then_some(say_need as fn(&DiskNeed)),
            ..pipeline::Options::default()
        })
    }
}

/// How candidate pairs are proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Candidates {
    /// By sampled shingles (scaled MinHash): finds trimmed copies too.
    Sampled,
    /// By bands of a MinHash signature: finds articles by resemblance only.
    Lsh,
}

/// Bands and rows of banded LSH, where none are given.
pub(crate) const DEFAULT_BANDS: usize = 14;
pub(crate) const DEFAULT_ROWS: usize = 8;

/// The parameters that decide a result. What they are and why they are so is said in `params.rs`.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Method (written into every report)")]
pub(crate) struct MethodArgs {
    /// Words in a shingle.
    #[arg(long, value_name = "N", default_value_t = Params::default().shingle_words)]
    shingle_words: usize,
    /// One shingle in N goes into the sketch.
    #[arg(long, value_name = "N", default_value_t = Params::default().scale)]
    scale: u64,
    /// How pairs are proposed for comparison.
    #[arg(long, value_enum, default_value = "sampled", value_name = "METHOD")]
    candidates: Candidates,
    /// Bands of the signature, with --candidates lsh [default: 14]
    #[arg(long, value_name = "N")]
    bands: Option<usize>,
    /// Values in each band, with --candidates lsh [default: 8]
    #[arg(long, value_name = "N")]
    rows: Option<usize>,
    /// Share of the smaller text's shingles that two copies have in common.
    #[arg(long, value_name = "SHARE", default_value_t = Params::default().min_containment)]
    min_containment: f64,
    /// Enough instead, where they share what an update leaves of the version before.
    #[arg(long, value_name = "SHARE", default_value_t = Params::default().min_update_containment)]
    min_update_containment: f64,
    /// What they have in common where it is a small part of the larger text.
    #[arg(long, value_name = "SHARE", default_value_t = Params::default().min_part_containment)]
    min_part_containment: f64,
    /// Share of the larger text below which it is a small part.
    #[arg(long, value_name = "SHARE", default_value_t = Params::default().min_larger_share)]
    min_larger_share: f64,
    /// The same, where it is the larger text's opening.
    #[arg(long, value_name = "SHARE", default_value_t = Params::default().min_opening_share)]
    min_opening_share: f64,
    /// Words in a row that two copies have in common.
    #[arg(long, value_name = "N", default_value_t = Params::default().min_run_words)]
    min_run_words: u32,
    /// Shingles that two copies have in common.
    #[arg(long, value_name = "N", default_value_t = Params::default().min_shared_shingles)]
    min_shared_shingles: u32,
    /// Share of the smaller text's shingles in common where all that is shared is one passage from within both.
    #[arg(long, value_name = "SHARE", default_value_t = Params::default().min_passage_containment)]
    min_passage_containment: f64,
    /// Share of the words outside quotation marks that two copies have in common.
    #[arg(long, value_name = "SHARE", default_value_t = Params::default().min_shared_unquoted)]
    min_shared_unquoted: f64,
    /// How much of the numbers two copies have in common, against how much of the words.
    #[arg(long, value_name = "SHARE", default_value_t = Params::default().min_shared_numbers)]
    min_shared_numbers: f64,
    /// Share of a copy's inner words that are a version's too, from which it carries that version.
    #[arg(long, value_name = "SHARE", default_value_t = Params::default().min_version_share)]
    min_version_share: f64,
    /// Sampled shingles that two articles share to be compared.
    #[arg(long, value_name = "N", hide_short_help = true, default_value_t = Params::default().min_shared_samples)]
    min_shared_samples: usize,
    /// Share of the smaller article's sampled shingles that they share too.
    #[arg(long, value_name = "SHARE", hide_short_help = true, default_value_t = Params::default().min_sampled_share)]
    min_sampled_share: f64,
    /// Articles with one shingle that are compared all with all.
    #[arg(long, value_name = "N", hide_short_help = true, default_value_t = Params::default().all_pairs_limit)]
    all_pairs_limit: usize,
    /// Where there are more: the longest ones that each is compared with.
    #[arg(long, value_name = "N", hide_short_help = true, default_value_t = Params::default().representatives)]
    representatives: usize,
}

impl MethodArgs {
    /// The parameters, checked.
    pub(crate) fn params(&self) -> anyhow::Result<Params> {
        let params = Params {
            shingle_words: self.shingle_words,
            scale: self.scale,
            candidates: self.candidates()?,
            min_shared_samples: self.min_shared_samples,
            min_sampled_share: self.min_sampled_share,
            all_pairs_limit: self.all_pairs_limit,
            representatives: self.representatives,
            min_containment: self.min_containment,
            min_update_containment: self.min_update_containment,
            min_part_containment: self.min_part_containment,
            min_larger_share: self.min_larger_share,
            min_opening_share: self.min_opening_share,
            min_run_words: self.min_run_words,
            min_shared_shingles: self.min_shared_shingles,
            min_passage_containment: self.min_passage_containment,
            min_shared_unquoted: self.min_shared_unquoted,
            min_shared_numbers: self.min_shared_numbers,
            min_version_share: self.min_version_share,
        };
        params.validate()?;
        Ok(params)
    }

    fn candidates(&self) -> anyhow::Result<CandidateMethod> {
        match (self.candidates, self.bands, self.rows) {
            (Candidates::Sampled, None, None) => Ok(CandidateMethod::Sampled),
            (Candidates::Sampled, ..) => {
                anyhow::bail!("--bands and --rows belong to --candidates lsh; add it, or leave them out")
            }
            (Candidates::Lsh, bands, rows) => {
                Ok(CandidateMethod::Lsh { bands: bands.unwrap_or(DEFAULT_BANDS), rows: rows.unwrap_or(DEFAULT_ROWS) })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    #[derive(Debug, Parser)]
    struct Method {
        #[command(flatten)]
        method: MethodArgs,
    }

    fn params(flags: &[&str]) -> anyhow::Result<Params> {
        Method::try_parse_from(["test"].iter().chain(flags)).unwrap().method.params()
    }

    #[test]
    fn the_command_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn without_flags_the_parameters_are_the_defaults() {
        assert_eq!(params(&[]).unwrap(), Params::default());
    }

    #[test]
    fn every_parameter_has_its_flag() {
        let flags = [
            "--shingle-words=5",
            "--scale=8",
            "--candidates=lsh",
            "--bands=20",
            "--rows=5",
            "--min-shared-samples=3",
            "--min-sampled-share=0.2",
            "--all-pairs-limit=32",
            "--representatives=5",
            "--min-containment=0.5",
            "--min-update-containment=0.3",
            "--min-part-containment=0.85",
            "--min-larger-share=0.3",
            "--min-opening-share=0.2",
            "--min-run-words=13",
            "--min-shared-shingles=21",
            "--min-passage-containment=0.6",
            "--min-shared-unquoted=0.2",
            "--min-shared-numbers=0.6",
            "--min-version-share=0.95",
        ];
        let expected = Params {
            shingle_words: 5,
            scale: 8,
            candidates: CandidateMethod::Lsh { bands: 20, rows: 5 },
            min_shared_samples: 3,
            min_sampled_share: 0.2,
            all_pairs_limit: 32,
            representatives: 5,
            min_containment: 0.5,
            min_update_containment: 0.3,
            min_part_containment: 0.85,
            min_larger_share: 0.3,
            min_opening_share: 0.2,
            min_run_words: 13,
            min_shared_shingles: 21,
            min_passage_containment: 0.6,
            min_shared_unquoted: 0.2,
            min_shared_numbers: 0.6,
            min_version_share: 0.95,
        };
        assert_eq!(params(&flags).unwrap(), expected);
    }

    #[test]
    fn bands_and_rows_need_lsh() {
        let lsh = params(&["--candidates=lsh"]).unwrap();
        assert_eq!(lsh.candidates, CandidateMethod::Lsh { bands: 14, rows: 8 });
        assert!(params(&["--bands=20"]).is_err());
        assert!(params(&["--rows=5"]).is_err());
    }

    #[test]
    fn a_parameter_outside_its_range_is_refused_by_name() {
        let error = params(&["--min-containment=1.5"]).unwrap_err().to_string();
        assert!(error.contains("min_containment") && error.contains("1.5"), "{error}");
    }
}
