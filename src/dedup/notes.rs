//! What was found of a record, written into it.

use serde_json::Value;

use super::choose::Chosen;
use crate::read::Format;

/// The names under which notes are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteNames {
    names: [String; 4],
}

impl NoteNames {
    /// `story`, `version`, `relation` and `keep`, each with a prefix.
    pub fn with_prefix(prefix: &str) -> Self {
        NoteNames { names: ["story", "version", "relation", "keep"].map(|name| format!("{prefix}{name}")) }
    }

    /// The names, in this order.
    pub fn all(&self) -> [&str; 4] {
        [&self.names[0], &self.names[1], &self.names[2], &self.names[3]]
    }
}

/// What was found of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) story: String,
    pub(super) version: String,
    pub(super) relation: &'static str,
    pub(super) keep: bool,
}

impl Note {
    pub(super) fn of(position: u32, chosen: &Chosen) -> Self {
        let found = chosen.found(position);
        Note {
            story: found.story.as_str().to_owned(),
            version: found.version(),
            relation: found.relation.name(),
            keep: chosen.kept_for(position).is_none(),
        }
    }

    /// The note as its format has it; a record without one gets as many fields, empty.
    pub(super) fn text(note: Option<&Self>, format: Format, names: &NoteNames) -> String {
        let values = note
            .map(|note| [note.story.as_str(), &note.version, note.relation, if note.keep { "true" } else { "false" }]);
        match (format, values) {
            (Format::JsonLines | Format::Json, Some(values)) => {
                let [story, version, relation, keep] = names.all().map(|name| Value::from(name).to_string());
                format!(
                    ",{story}:\"{}\",{version}:\"{}\",{relation}:\"{}\",{keep}:{}",
                    values[0], values[1], values[2], values[3]
                )
            }
            (Format::Table { delimiter }, values) => {
                let delimiter = char::from(delimiter);
                values
                    .unwrap_or([""; 4])
                    .iter()
                    .flat_map(|value| [delimiter.to_string(), (*value).to_owned()])
                    .collect()
            }
            (Format::Warc, Some(values)) => names
                .all()
                .iter()
                .zip(values)
                .map(|(name, value)| format!("{}: {value}\r\n", warc_name(name)))
                .collect(),
            _ => String::new(),
        }
    }

    /// The note as an object, for files that have no place for it.
    pub(super) fn to_json(&self, names: &NoteNames) -> Value {
        let values: [Value; 4] =
            [self.story.as_str().into(), self.version.as_str().into(), self.relation.into(), self.keep.into()];
        names.all().into_iter().map(str::to_owned).zip(values).collect::<serde_json::Map<_, _>>().into()
    }
}

/// The name of a note as a field of a web archive's record.
fn warc_name(name: &str) -> String {
    format!("Wirecopy-{name}")
}
