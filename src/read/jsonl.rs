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
use crate::read::{Parsed, Record, text};

/// The article of a record, or the reason why there is none.
///
/// O(bytes); allocates only what the article keeps, and a copy of strings that have escapes.
pub(super) fn parse(record: &Record<'_>, fields: &Fields) -> Result<Parsed, String> {
    let json = text::utf8(record.bytes)?;
    if !json.starts_with('{') {
        return Err(not_an_object(json));
    }
    let found = read(json, fields).map_err(|e| not_json(&e))?;
    found
        .article(|| record.place())
        .map_err(|why| why.explain(fields, || serde_json::from_str(json).unwrap_or_default()))
}

fn read<'a>(json: &'a str, fields: &'a Fields) -> Result<Found<'a>, serde_json::Error> {
    let mut found = Found::new(fields);
    let mut parser = serde_json::Deserializer::from_str(json);
    Fill { found: &mut found, fields }.deserialize(&mut parser)?;
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

/// Parses an object into slots.
struct Fill<'s, 'a> {
    found: &'s mut Found<'a>,
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
                Some(slot) => self.found.put(slot, object.next_value()?),
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
    type Value = Option<Slot>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Option<Slot>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for SlotOfKey<'_> {
    type Value = Option<Slot>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Option<Slot>, E> {
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
                    keys.push(&key);
                }
                Ok(keys)
            }
        }
        deserializer.deserialize_map(KeysVisitor)
    }
}
