//! What is said beside the result: how the records were read, and what was skipped.

use std::path::{Path, PathBuf};

use wirecopy::read::{FieldRole, FieldsUsed};
use wirecopy::report::plain;
use wirecopy::story::Counts;

use crate::rejects::Rejects;

/// What a run says of its inputs.
pub(crate) struct Read<'a> {
    pub(crate) counts: &'a Counts,
    pub(crate) fields_used: &'a FieldsUsed,
    pub(crate) passed_over: &'a [PathBuf],
    pub(crate) rejects: &'a Rejects,
    /// The file of skipped records, where there is one.
    pub(crate) kept_in: Option<&'a Path>,
}

/// The remarks on a run, one a line.
pub(crate) fn remarks(read: &Read<'_>) -> Vec<String> {
    let Read { counts, rejects, .. } = *read;
    let mut lines = Vec::new();
    let mut say = |remark: String| lines.push(format!("wirecopy: {remark}"));
    let fields = fields(read.fields_used);
    if !fields.is_empty() {
        say(format!("fields: {fields}"));
    }
    if let [first, rest @ ..] = read.passed_over {
        let first = plain(&first.display().to_string()).into_owned();
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        say(format!("passed over {first}{more}: a table without a column of text; name it to have it read"));
    }
    if counts.records == 0 {
        say("the inputs hold no records".to_owned());
    }
    match counts.assumed_utc {
        0 => {}
        1 => say("1 date states no zone and was read as UTC".to_owned()),
        n => say(format!("{n} dates state no zone and were read as UTC")),
    }
    match counts.dates_unread {
        0 => {}
        1 => say("1 date has a form that is not known; its article counts as undated".to_owned()),
        n => say(format!("{n} dates have a form that is not known; their articles count as undated")),
    }
    match counts.dated_by_crawl {
        0 => {}
        1 => say("1 page does not say when it was published; its date is that of its crawl".to_owned()),
        n => say(format!("{n} pages do not say when they were published; their dates are those of the crawl")),
    }
    match counts.without_page {
        0 => {}
        1 => say("1 record holds no page and was passed over".to_owned()),
        n => say(format!("{n} records hold no page (requests, redirects, images) and were passed over")),
    }
    match counts.repeated_ids {
        0 => {}
        1 => say("1 article has the id of another; #2 was appended to it".to_owned()),
        n => say(format!("{n} articles have the id of another; #2, #3, ... was appended to them")),
    }
    if rejects.n > 0 {
        let kept = read.kept_in.map_or_else(
            || "; --rejects FILE keeps them".to_owned(),
            |path| format!("; kept in {}", plain(&path.display().to_string())),
        );
        say(format!("skipped {} of {} records{kept}", rejects.n, counts.records));
        lines.extend(rejects.first.iter().map(|reject| format!("  {}", plain(&reject.to_string()))));
        let rest = rejects.n - rejects.first.len() as u64;
        if rest > 0 {
            lines.push(format!("  and {rest} more"));
        }
    }
    lines
}

/// `text from body (12 records), content (3); id from uri (15)`.
fn fields(used: &FieldsUsed) -> String {
    let mut parts: Vec<(FieldRole, String)> = Vec::new();
    for found in used.by_role() {
        let name = format!("{} ({})", plain(&found.name), found.n_records);
        match parts.last_mut() {
            Some((role, names)) if *role == found.role => names.push_str(&format!(", {name}")),
            _ => parts.push((found.role, name)),
        }
    }
    parts.into_iter().map(|(role, names)| format!("{role} from {names}")).collect::<Vec<_>>().join("; ")
}
