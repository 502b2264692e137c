//! One value of a record, reduced to what an article can use.
//!
//! A record may hold anything under a name that is looked for. Strings are borrowed from the line where they have no
//! escapes; of objects and lists only names are kept, to a depth of two; all else is passed over without recursion.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::read::fields::FieldRole;
use crate::read::variants;

/// One value of a record.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Value<'a> {
    /// Not there, or `null`.
    #[default]
    Missing,
    Text(Cow<'a, str>),
    /// A number in decimal. One beyond 64 bits has the digits of the nearest double.
    Number(String),
    Flag,
    /// HTML or XML, by what the record says of it.
    Markup(Cow<'a, str>),
    /// The names in a list, as `A, B`.
    List(String),
    /// The name of an object, as news services write sources: `{"id": null, "name": "The Example Gazette"}`.
    Object(Option<String>),
}

impl<'a> Value<'a> {
    /// A string with something in it, moved out.
    pub(super) fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Value::Text(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// A string with something in it, or a number.
    pub(super) fn plain(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text.trim()).filter(|t| !t.is_empty()),
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// As [`Value::plain`], or the name that an object has.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Value::Object(name) => name.as_deref(),
            _ => self.plain(),
        }
    }

    /// What the value is, for a reader.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Missing => "nothing",
            Value::Text(_) | Value::Markup(_) => "a string",
            Value::Number(_) => "a number",
            Value::Flag => "true or false",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
        }
    }
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        AtDepth { depth: 0, one_of: false }.deserialize(deserializer)
    }
}

/// The members of an object that can name it, the preferred one first. `main` and `original` are those of a headline
/// and a byline in the search results of The New York Times.
pub(super) const NAMING: [&str; 6] = ["name", "original", "main", "id", "uri", "title"];

/// A list of objects has its names at depth two.
const DEEPEST: u8 = 2;

/// Reads the value of a field. A list is a choice where a field has one value, and names where it has several.
pub(super) fn of_role(role: FieldRole) -> AtDepth {
    AtDepth { depth: 0, one_of: matches!(role, FieldRole::Text | FieldRole::Headline | FieldRole::Outlet) }
}

/// A value inside this many lists and objects.
#[derive(Clone, Copy)]
pub(super) struct AtDepth {
    depth: u8,
    one_of: bool,
}

impl AtDepth {
    fn deeper(self) -> Self {
        AtDepth { depth: self.depth + 1, one_of: false }
    }
}

impl<'de> DeserializeSeed<'de> for AtDepth {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AtDepth {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'de>, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value<'de>, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_bool<E>(self, _flag: bool) -> Result<Value<'de>, E> {
        Ok(Value::Flag)
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Missing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value<'de>, A::Error> {
        if self.one_of {
            return variants::best(list);
        }
        let mut names = String::new();
        if self.depth == DEEPEST {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Value::List(names));
        }
        while let Some(element) = list.next_element_seed(self.deeper())? {
            if let Some(name) = element.name() {
                names.push_str(if names.is_empty() { "" } else { ", " });
                names.push_str(name);
            }
        }
        Ok(Value::List(names))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value<'de>, A::Error> {
        let mut names = [const { None }; NAMING.len()];
        while let Some(NamingKey(rank)) = object.next_key()? {
            match rank {
                Some(rank) if self.depth < DEEPEST => {
                    let member = object.next_value_seed(self.deeper())?;
                    names[rank] = member.plain().map(str::to_owned);
                }
                _ => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Value::Object(names.into_iter().flatten().next()))
    }
}

/// The place of a key among [`NAMING`].
struct NamingKey(Option<usize>);

impl<'de> Deserialize<'de> for NamingKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = NamingKey;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E>(self, key: &str) -> Result<NamingKey, E> {
                Ok(NamingKey(NAMING.iter().position(|name| *name == key)))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_reduced_to_names() {
        let list = |names: &str| Value::List(names.to_owned());
        let object = |name: Option<&str>| Value::Object(name.map(str::to_owned));
        let number = |digits: &str| Value::Number(digits.to_owned());
        let cases = [
            ("null", Value::Missing),
            (r#""a""#, Value::Text("a".into())),
            ("17", number("17")),
            ("-17", number("-17")),
            ("1758317940.5", number("1758317940.5")),
            ("18446744073709551615", number("18446744073709551615")),
            ("true", Value::Flag),
            (r#"["Ines Ottoway", null, "", " Paul Mbeki ", 3, [["x"]], true]"#, list("Ines Ottoway, Paul Mbeki, 3")),
            (r#"[{"name": "Ines Ottoway"}, {"x": 1}, {"id": 7}]"#, list("Ines Ottoway, 7")),
            (r#"{"id": "gz", "name": "Gazette"}"#, object(Some("Gazette"))),
            (r#"{"id": null, "name": "", "uri": "gazette.example", "title": "G"}"#, object(Some("gazette.example"))),
            (r#"{"title": "G", "name": {"name": "x"}}"#, object(Some("G"))),
            (r#"{"name": "a", "name": "b"}"#, object(Some("b"))),
            (r#"{"main": "Ferry", "kicker": "Isles"}"#, object(Some("Ferry"))),
            (r#"{"rank": 1}"#, object(None)),
        ];
        for (json, value) in cases {
            assert_eq!(serde_json::from_str::<Value<'_>>(json).unwrap(), value, "{json}");
        }
    }

    #[test]
    fn of_a_list_of_variants_the_plain_and_the_main_one_counts() {
        let text = |text: &'static str| Value::Text(text.into());
        let cases = [
            (r#"[{"value": "a"}, {"value": "b"}]"#, text("a")),
            (r#"[{"role": "sub", "value": "a"}, {"value": "b", "role": "main"}]"#, text("b")),
            (r#"[{"role": "main", "contenttype": "text/html", "value": "<p>a"}, {"value": "b"}]"#, text("b")),
            (r#"[{"contentType": "application/xhtml+xml", "value": "<p>a"}]"#, Value::Markup("<p>a".into())),
            (r#"[null, "x", 1, [2], {"value": ""}, {"value": {"x": 1}}, {"name": "c", "rel": "x"}]"#, text("c")),
            (r#"["a", {"rank": 1}]"#, Value::List(String::new())),
            (r#""a""#, text("a")),
        ];
        for (json, value) in cases {
            let mut parser = serde_json::Deserializer::from_str(json);
            assert_eq!(of_role(FieldRole::Text).deserialize(&mut parser).unwrap(), value, "{json}");
        }
    }

    #[test]
    fn deep_values_do_not_recurse() {
        for (open, inner, close) in [("[", "", "]"), (r#"{"name":"#, "1", "}")] {
            let json = format!("{}{inner}{}", open.repeat(100_000), close.repeat(100_000));
            let value: Value<'_> = serde_json::from_str(&json).unwrap();
            assert!(matches!(value, Value::List(_) | Value::Object(None)), "{value:?}");
        }
    }
}
