//! One JSON object to an article.
//!
//! Only the fields that are looked for are kept while the object is parsed, borrowed where they have no escapes; the rest
//! is passed over, however deep it is. What a record has is therefore only known again, for the message, when a record
//! without text is parsed a second time.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::article::{Article, Published};
use crate::read::fields::{FieldRole, Fields, FieldsUsed};
use crate::read::value::Value;
use crate::read::{Parsed, Record, outlet, text};

/// The article of a record, or the reason why there is none.
///
/// O(bytes); allocates only what the article keeps, and a copy of strings that have escapes.
pub(super) fn parse(record: &Record<'_>, fields: &Fields) -> Result<Parsed, String> {
    let json = text::utf8(record.bytes)?;
    if !json.starts_with('{') {
        return Err(not_an_object(json));
    }
    let mut found = Found::read(json, fields).map_err(|e| not_json(&e))?;
    let text_slot = found.text_slot().map_err(|why| why.explain(json, fields))?;
    let url = found.url();
    let (published, date_unread) = found.published();
    let article = Article {
        id: found.id(url.as_deref()).unwrap_or_else(|| record.place()),
        outlet: found.outlet(url.as_deref()),
        published,
        headline: found.pick(FieldRole::Headline, |value| value.plain().map(str::to_owned)),
        byline: found.pick(FieldRole::Byline, byline),
        text: found.take_text(text_slot),
        url,
    };
    Ok(Parsed { article, fields_used: found.used, date_unread })
}

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

/// Where the value under a name is kept; `None` for names that nobody looks for.
fn slot(key: &str, fields: &Fields) -> Option<usize> {
    FieldRole::ALL
        .iter()
        .find_map(|role| Some(*role as usize * WIDTH + role.known_names().iter().position(|name| *name == key)?))
        .or_else(|| {
            let role = FieldRole::ALL.iter().find(|role| fields.named(**role) == Some(key))?;
            Some(*role as usize * WIDTH + GIVEN)
        })
}

/// The fields of a record that were looked for.
struct Found<'a> {
    slots: [Value<'a>; N_SLOTS],
    fields: &'a Fields,
    used: FieldsUsed,
}

impl<'a> Found<'a> {
    fn read(json: &'a str, fields: &'a Fields) -> Result<Self, serde_json::Error> {
        let mut slots = [const { Value::Missing }; N_SLOTS];
        let mut parser = serde_json::Deserializer::from_str(json);
        Fill { slots: &mut slots, fields }.deserialize(&mut parser)?;
        parser.end()?;
        Ok(Found { slots, fields, used: FieldsUsed::default() })
    }

    /// The slots in which a field may be, the preferred one first, with their names.
    fn slots_of(&self, role: FieldRole) -> impl Iterator<Item = (usize, Cow<'static, str>)> + use<'a> {
        let fields = self.fields;
        let named = fields.named(role);
        let given = named.and_then(|name| Some((slot(name, fields)?, Cow::Owned(name.to_owned()))));
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
enum NoText {
    NoField,
    Empty { name: Cow<'static, str> },
    NotAString { name: Cow<'static, str>, kind: &'static str },
}

impl NoText {
    fn explain(self, json: &str, fields: &Fields) -> String {
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
                let Keys { first, n_more } = serde_json::from_str(json).unwrap_or_default();
                let has = match (first.join(", "), n_more) {
                    (first, 0) if first.is_empty() => "no fields".to_owned(),
                    (first, 0) => first,
                    (first, n_more) => format!("{first} and {n_more} more"),
                };
                format!("no text: looked for {looked_for}; the record has {has}; name the field with --text-field")
            }
        }
    }
}

/// The names of a record's fields, quoted for a message.
#[derive(Default)]
struct Keys {
    first: Vec<String>,
    n_more: usize,
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

fn not_json(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let at = format!(" at line {} column {}", error.line(), error.column());
    let what = message.strip_suffix(&at).unwrap_or(&message);
    match error.line() {
        0 | 1 => format!("not JSON: {what} at column {}", error.column()),
        line => format!("not JSON: {what} at column {} of its line {line}", error.column()),
    }
}

fn not_an_object(json: &str) -> String {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(json) {
        return not_json(&error);
    }
    let kind = match json.as_bytes()[0] {
        b'[' => {
            return "a JSON array, not an object; a file that is one array of objects is read if it is named .json"
                .to_owned();
        }
        b'"' => "a string",
        b't' | b'f' => "true or false",
        b'n' => "null",
        _ => "a number",
    };
    format!("not a JSON object, but {kind}")
}

/// Parses an object into slots.
struct Fill<'s, 'a> {
    slots: &'s mut [Value<'a>; N_SLOTS],
    fields: &'a Fields,
}

impl<'a> DeserializeSeed<'a> for Fill<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Fill<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut object: A) -> Result<(), A::Error> {
        while let Some(slot) = object.next_key_seed(SlotOfKey(self.fields))? {
            match slot {
                Some(slot) => self.slots[slot] = object.next_value()?,
                None => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Reads a key, keeps its slot.
struct SlotOfKey<'a>(&'a Fields);

impl<'a> DeserializeSeed<'a> for SlotOfKey<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for SlotOfKey<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Option<usize>, E> {
        Ok(slot(key, self.0))
    }
}

impl<'a> Deserialize<'a> for Keys {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeysVisitor;
        impl<'a> Visitor<'a> for KeysVisitor {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'a>>(self, mut object: A) -> Result<Keys, A::Error> {
                let mut keys = Keys::default();
                while let Some((key, _)) = object.next_entry::<Cow<'_, str>, IgnoredAny>()? {
                    if keys.first.len() < SHOWN_KEYS {
                        keys.first.push(quoted(&key));
                    } else {
                        keys.n_more += 1;
                    }
                }
                Ok(keys)
            }
        }
        deserializer.deserialize_map(KeysVisitor)
    }
}
