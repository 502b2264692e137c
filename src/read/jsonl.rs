//! One JSON object to an article.
//!
//! Only the fields that are looked for are kept while the object is parsed, borrowed where they have no escapes; the rest
//! is passed over, however deep it is. What a record has is therefore only known again, for the message, when a record
//! without text is parsed a second time.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::read::fields::Fields;
use crate::read::found::{Found, Keys, Slot, slot};
use crate::read::object::{IfObject, ReadObject};
use crate::read::slot::{Container, container, slot_within};
use crate::read::{Parsed, Record, lax, text, value};

/// The article of a record, or the reason why there is none.
///
/// O(bytes); allocates only what the article keeps, and a copy of strings that have escapes.
pub(super) fn parse(record: &Record<'_>, fields: &Fields) -> Result<Parsed, String> {
    // Files that were put one behind the other have the mark of each.
    let json = text::utf8(record.bytes)?.trim_start_matches('\u{feff}');
    if !json.starts_with('{') {
        return Err(not_an_object(json));
    }
    let error = match read(json, fields) {
        Ok(found) => return article(record, found, json, fields),
        Err(error) => not_json(&error),
    };
    let Some(json) = lax::as_json(json) else { return Err(error) };
    // Whatever else is wrong with it, it is no JSON: what was written is told, not what was made of it.
    let found = read(&json, fields).map_err(|_| error.clone())?;
    article(record, found, &json, fields).map_err(|_| error)
}

fn article(record: &Record<'_>, found: Found<'_>, json: &str, fields: &Fields) -> Result<Parsed, String> {
    found
        .article(|| record.place())
        .map_err(|why| why.explain(fields, || serde_json::from_str(json).unwrap_or_default()))
}

fn read<'a>(json: &'a str, fields: &'a Fields) -> Result<Found<'a>, serde_json::Error> {
    let mut found = Found::new(fields);
    let mut parser = serde_json::Deserializer::from_str(json);
    IfObject(Fill { found: &mut found, fields, within: None }).deserialize(&mut parser)?;
    parser.end()?;
    Ok(found)
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

/// Parses an object into slots: the record, or an object in it whose members count too.
struct Fill<'s, 'a> {
    found: &'s mut Found<'a>,
    fields: &'a Fields,
    within: Option<Container>,
}

impl<'a> ReadObject<'a> for Fill<'_, 'a> {
    type Output = ();

    fn read<A: MapAccess<'a>>(self, mut object: A) -> Result<(), A::Error> {
        let Fill { found, fields, within } = self;
        while let Some(key) = object.next_key_seed(ReadKey { fields, within })? {
            match key {
                Key::Slot(slot) => found.put(slot, object.next_value_seed(value::of_role(slot.role()))?),
                Key::Container(inner) => {
                    let inner = Fill { found: &mut *found, fields, within: Some(inner) };
                    object.next_value_seed(IfObject(inner))?;
                }
                Key::Other => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// What stands under a key.
enum Key {
    Slot(Slot),
    /// An object whose members count. There is none within another.
    Container(Container),
    Other,
}

/// Reads a key, keeps what stands under it.
struct ReadKey<'a> {
    fields: &'a Fields,
    within: Option<Container>,
}

impl<'a> DeserializeSeed<'a> for ReadKey<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for ReadKey<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Key, E> {
        let slot = match self.within {
            None => slot(key, self.fields),
            Some(object) => slot_within(object, key, self.fields),
        };
        Ok(match slot {
            Some(slot) => Key::Slot(slot),
            None if self.within.is_some() => Key::Other,
            None => container(key).map_or(Key::Other, Key::Container),
        })
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
                    keys.push(&key);
                }
                Ok(keys)
            }
        }
        deserializer.deserialize_map(KeysVisitor)
    }
}
