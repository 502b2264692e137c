//! What is said beside the result: how the records were read, and what was skipped.

use std::path::Path;

use wirecopy::pipeline::Run;
use wirecopy::read::{FieldRole, FieldsUsed, Reject};
use wirecopy::report::plain;

/// Skipped records that are named; the rest are counted.
const MAX_NAMED: usize = 5;

/// Records that were skipped: the first few, and how many.
#[derive(Debug, Default)]
pub(crate) struct Rejects {
    first: Vec<Reject>,
    n: u64,
}

impl Rejects {
    /// Takes note of one.
    pub(crate) fn note(&mut self, reject: &Reject) {
        self.n += 1;
        if self.first.len() < MAX_NAMED {
            self.first.push(reject.clone());
        }
    }
}

/// The remarks on a run, one a line. `kept_in` is the file of skipped records, where there is one.
pub(crate) fn remarks(run: &Run, rejects: &Rejects, kept_in: Option<&Path>) -> Vec<String> {
    let counts = &run.stories.counts;
    let mut lines = Vec::new();
    let mut say = |remark: String| lines.push(format!("wirecopy: {remark}"));
    let fields = fields(&run.fields_used);
    if !fields.is_empty() {
        say(format!("fields: {fields}"));
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
    match counts.repeated_ids {
        0 => {}
        1 => say("1 article has the id of another; #2 was appended to it".to_owned()),
        n => say(format!("{n} articles have the id of another; #2, #3, ... was appended to them")),
    }
    if rejects.n > 0 {
        let kept = kept_in.map_or_else(
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
