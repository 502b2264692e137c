//! Why a record has no text, for a reader.

use std::borrow::Cow;
use std::fmt;

use crate::read::fields::{FieldRole, Fields};

/// Why a record has no text.
#[derive(Debug)]
pub(super) enum NoText {
    /// Nothing stands under any name that is looked for.
    NoField,
    /// What stands under a name is no text.
    Flawed { name: Cow<'static, str>, flaw: Flaw },
}

/// What keeps a value from being a text.
#[derive(Debug)]
pub(super) enum Flaw {
    Empty,
    NotAString {
        kind: &'static str,
    },
    /// Markup that cannot be read, and why.
    Unreadable(String),
}

impl NoText {
    /// The reason, for a reader; `keys` gives the names that the record has, and is asked where they matter.
    pub(super) fn explain(self, fields: &Fields, keys: impl FnOnce() -> Keys) -> String {
        match self {
            NoText::Flawed { name, flaw } => {
                let name = quoted(&name);
                match flaw {
                    Flaw::Empty => format!("the text (field {name}) is empty"),
                    Flaw::NotAString { kind } => format!("the text (field {name}) should be a string, but is {kind}"),
                    Flaw::Unreadable(why) => format!("the text (field {name}) cannot be read: {why}"),
                }
            }
            NoText::NoField => {
                let looked_for = fields.named(FieldRole::Text).map_or_else(looked_for, quoted);
                format!("no text: looked for {looked_for}; the record has {}; name the field with --text-field", keys())
            }
        }
    }
}

/// The names that a text is looked for under: the first few.
fn looked_for() -> String {
    let names = FieldRole::Text.known_names();
    let first: Vec<String> = names.iter().take(SHOWN_NAMES).map(|name| quoted(name)).collect();
    format!("{} and {} other names", first.join(", "), names.len() - first.len())
}

/// Names that are looked for that a message shows.
const SHOWN_NAMES: usize = 7;

/// The names of a record's fields, quoted for a message: the first few, and how many there are besides.
#[derive(Debug, Default)]
pub(super) struct Keys {
    first: Vec<String>,
    n_more: usize,
}

impl Keys {
    /// Adds a name.
    pub(super) fn push(&mut self, name: &str) {
        if self.first.len() < SHOWN_KEYS {
            self.first.push(quoted(name));
        } else {
            self.n_more += 1;
        }
    }
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first.join(", "), self.n_more) {
            (first, 0) if first.is_empty() => f.write_str("no fields"),
            (first, 0) => f.write_str(&first),
            (first, n_more) => write!(f, "{first} and {n_more} more"),
        }
    }
}

/// Names of fields that a message shows.
const SHOWN_KEYS: usize = 10;

/// Characters of a name that a message shows.
const SHOWN_CHARS: usize = 40;

/// A name from a record, as it may be shown: short, without control characters.
fn quoted(name: &str) -> String {
    let shown: String = name.chars().take(SHOWN_CHARS).flat_map(char::escape_debug).collect();
    format!("`{shown}{}`", if name.chars().nth(SHOWN_CHARS).is_some() { "..." } else { "" })
}
