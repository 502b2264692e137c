//! The table in Markdown, a line as soon as it is measured.

use std::fmt::Write;
use std::fs;

use anyhow::Result;
pub(crate) use wirecopy::eval::scores::Scores;

use crate::entries::Entry;
use crate::measure::Figures;

/// What machine, what input, and the head of the table.
pub(crate) fn head(bytes: u64) -> String {
    let gigabytes = field("/proc/meminfo", "MemTotal").and_then(|kb| kb.strip_suffix(" kB")?.parse::<u64>().ok());
    let memory = gigabytes.map_or_else(|| "unknown memory".to_owned(), |kb| format!("{} GB of memory", kb / 1_000_000));
    let cpu = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{} MB of JSON lines; {cpu}, {cores} cores, {memory}. × is against the first line.\n\n\
         | program | setting | threads | wall s | × | CPU s | × | peak MB | × | precision | recall | F1 |\n\
         | --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n",
        bytes / 1_000_000
    )
}

/// A field of a file of the system's, such as `name : value`.
fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim_start().strip_prefix(':')?.trim().to_owned())
}

/// A line; where there is no result, the reason.
pub(crate) fn row(entry: &Entry, outcome: &Result<(Figures, Scores)>, first: Option<&Figures>) -> String {
    let mut row = format!("| {} | {} | {} |", entry.name, entry.setting, entry.threads);
    // Writing to a string cannot fail.
    let _ = match outcome {
        Ok((figures, scores)) => {
            let first = first.unwrap_or(figures);
            let (wall, cpu) = (figures.wall / first.wall, figures.cpu / first.cpu);
            let memory = figures.peak as f64 / first.peak as f64;
            write!(
                row,
                " {:.1} | {wall:.2} | {:.1} | {cpu:.2} | {} | {memory:.2} | {:.4} | {:.4} | {:.4} |",
                figures.wall,
                figures.cpu,
                figures.peak / 1_000_000,
                scores.precision,
                scores.recall,
                scores.f1
            )
        }
        Err(reason) => write!(row, " {} | | | | | | | | |", format!("{reason:#}").replace('|', "/")),
    };
    row
}
