//! What was found of a record, in whatever format, to an article.
//!
//! Each format puts the values that it finds under names that are looked for into slots; which of them count is decided
//! here, the same for all.

use std::borrow::Cow;
use std::fmt;

use crate::article::{Article, Published};
use crate::read::fields::{FieldRole, Fields, FieldsUsed};
use crate::read::value::Value;
use crate::read::{Parsed, outlet};

/// Authors, as one string, a list of them, or an object with a name.
fn byline(value: &Value<'_>) -> Option<String> {
    match value {
        Value::List(names) if !names.is_empty() => Some(names.clone()),
        _ => value.name().map(str::to_owned),
    }
}

/// Names of one role side by side, and last the one that the user gave.
const WIDTH: usize = 7;
const GIVEN: usize = WIDTH - 1;
const N_SLOTS: usize = WIDTH * FieldRole::ALL.len();

/// Where the value under a name is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot(usize);

/// The slot of a name; `None` for names that nobody looks for.
pub(super) fn slot(key: &str, fields: &Fields) -> Option<Slot> {
    slot_number(key, fields).map(Slot)
}

fn slot_number(key: &str, fields: &Fields) -> Option<usize> {
    FieldRole::ALL
        .iter()
        .find_map(|role| Some(*role as usize * WIDTH + role.known_names().iter().position(|name| *name == key)?))
        .or_else(|| {
            let role = FieldRole::ALL.iter().find(|role| fields.named(**role) == Some(key))?;
            Some(*role as usize * WIDTH + GIVEN)
        })
}

/// The fields of a record that were looked for.
#[derive(Debug)]
pub(super) struct Found<'a> {
    slots: [Value<'a>; N_SLOTS],
    fields: &'a Fields,
    used: FieldsUsed,
}

impl<'a> Found<'a> {
    /// Nothing found yet.
    pub(super) fn new(fields: &'a Fields) -> Self {
        Found { slots: [const { Value::Missing }; N_SLOTS], fields, used: FieldsUsed::default() }
    }

    /// Keeps the value of a slot; of several, the last.
    pub(super) fn put(&mut self, slot: Slot, value: Value<'a>) {
        self.slots[slot.0] = value;
    }

    /// The article that was found, or why there is none. `place` gives the id of a record that has none.
    pub(super) fn article(mut self, place: impl FnOnce() -> String) -> Result<Parsed, NoText> {
        let text_slot = self.text_slot()?;
        let url = self.url();
        let (published, date_unread) = self.published();
        let article = Article {
            id: self.id(url.as_deref()).unwrap_or_else(place),
            outlet: self.outlet(url.as_deref()),
            published,
            crawled: None,
            headline: self.pick(FieldRole::Headline, |value| value.plain().map(str::to_owned)),
            byline: self.pick(FieldRole::Byline, byline),
            text: self.take_text(text_slot),
            url,
        };
        Ok(Parsed { article, fields_used: self.used, date_unread })
    }

    /// The slots in which a field may be, the preferred one first, with their names.
    fn slots_of(&self, role: FieldRole) -> impl Iterator<Item = (usize, Cow<'static, str>)> + use<'a> {
        let fields = self.fields;
        let named = fields.named(role);
        let given = named.and_then(|name| Some((slot_number(name, fields)?, Cow::Owned(name.to_owned()))));
        let known = if named.is_none() { role.known_names() } else { &[] };
        let known = known.iter().enumerate().map(move |(i, name)| (role as usize * WIDTH + i, Cow::Borrowed(*name)));
        given.into_iter().chain(known)
    }

    /// What the first usable value of a field gives.
    fn pick<T>(&mut self, role: FieldRole, usable: impl Fn(&Value<'a>) -> Option<T>) -> Option<T> {
        let (value, name) = self.slots_of(role).find_map(|(i, name)| Some((usable(&self.slots[i])?, name)))?;
        self.used.count(role, name);
        Some(value)
    }

    fn url(&mut self) -> Option<String> {
        self.pick(FieldRole::Url, |value| match value {
            Value::Text(_) => value.plain().map(str::to_owned),
            _ => None,
        })
    }

    /// The id; where the record has none, its url.
    fn id(&mut self, url: Option<&str>) -> Option<String> {
        if let Some(id) = self.pick(FieldRole::Id, |value| value.plain().map(str::to_owned)) {
            return Some(id);
        }
        self.count_url_as(FieldRole::Id);
        url.map(str::to_owned)
    }

    /// The outlet; where the record has none, that of its url.
    fn outlet(&mut self, url: Option<&str>) -> Option<String> {
        if let Some(outlet) = self.pick(FieldRole::Outlet, |value| value.name().map(outlet::of_field)) {
            return Some(outlet);
        }
        let outlet = outlet::of_url(url?)?;
        self.count_url_as(FieldRole::Outlet);
        Some(outlet)
    }

    fn count_url_as(&mut self, role: FieldRole) {
        if let Some(used) = self.used.name(FieldRole::Url) {
            self.used.count(role, used);
        }
    }

    /// The first date that can be read, and whether none of those that are there can be.
    fn published(&mut self) -> (Option<Published>, bool) {
        let published = self.pick(FieldRole::Published, |value| crate::date::parse(value.plain()?));
        let is_date = |value: &Value<'_>| match value {
            Value::Missing | Value::Flag => false,
            Value::Text(_) => value.plain().is_some(),
            Value::Number(_) | Value::List(_) | Value::Object(_) => true,
        };
        let unread = published.is_none() && self.slots_of(FieldRole::Published).any(|(i, _)| is_date(&self.slots[i]));
        (published, unread)
    }

    /// The slot of the first text that has words.
    fn text_slot(&mut self) -> Result<usize, NoText> {
        let mut why = NoText::NoField;
        for (i, name) in self.slots_of(FieldRole::Text) {
            match &self.slots[i] {
                Value::Text(text) if !text.trim().is_empty() => {
                    self.used.count(FieldRole::Text, name);
                    return Ok(i);
                }
                Value::Missing => {}
                _ if !matches!(why, NoText::NoField) => {}
                Value::Text(_) => why = NoText::Empty { name },
                other => why = NoText::NotAString { name, kind: other.kind() },
            }
        }
        Err(why)
    }

    /// The text, moved out: it may be megabytes.
    fn take_text(&mut self, slot: usize) -> String {
        match std::mem::take(&mut self.slots[slot]) {
            Value::Text(text) => text.into_owned(),
            _ => String::new(),
        }
    }
}

/// Why a record has no text.
#[derive(Debug)]
pub(super) enum NoText {
    NoField,
    Empty { name: Cow<'static, str> },
    NotAString { name: Cow<'static, str>, kind: &'static str },
}

impl NoText {
    /// The reason, for a reader; `keys` gives the names that the record has, and is asked where they matter.
    pub(super) fn explain(self, fields: &Fields, keys: impl FnOnce() -> Keys) -> String {
        match self {
            NoText::Empty { name } => format!("the text (field {}) is empty", quoted(&name)),
            NoText::NotAString { name, kind } => {
                format!("the text (field {}) should be a string, but is {kind}", quoted(&name))
            }
            NoText::NoField => {
                let looked_for = match fields.named(FieldRole::Text) {
                    Some(name) => quoted(name),
                    None => FieldRole::Text.known_names().iter().map(|n| quoted(n)).collect::<Vec<_>>().join(", "),
                };
                format!("no text: looked for {looked_for}; the record has {}; name the field with --text-field", keys())
            }
        }
    }
}

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
