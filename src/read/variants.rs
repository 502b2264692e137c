//! One of several: the body, headline or source that counts where a record lists some.
//!
//! ninjs 2 and 3 have `bodies` and `headlines`, lists of `{"role", "contentType", "value"}`, and sources as a list of
//! `{"name"}`; feeds that were parsed have their `content` in that form.

use std::borrow::Cow;

use serde::de::{IgnoredAny, MapAccess, SeqAccess};

use crate::read::object::{IfObject, ReadObject};
use crate::read::value::Value;

/// The preferred element of a list: plain text before markup, then the one in the role `main`, then the first.
pub(super) fn best<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Value<'de>, A::Error> {
    let mut best: Option<Variant<'de>> = None;
    while let Some(variant) = list.next_element_seed(IfObject(ReadVariant))? {
        if let Some(variant) = variant
            && best.as_ref().is_none_or(|best| variant.rank() < best.rank())
        {
            best = Some(variant);
        }
    }
    Ok(match best {
        Some(Variant { text, markup: true, .. }) => Value::Markup(text),
        Some(Variant { text, .. }) => Value::Text(text),
        None => Value::List(String::new()),
    })
}

/// One element of such a list.
struct Variant<'a> {
    text: Cow<'a, str>,
    main: bool,
    markup: bool,
}

impl Variant<'_> {
    fn rank(&self) -> (bool, bool) {
        (self.markup, !self.main)
    }
}

struct ReadVariant;

impl<'de> ReadObject<'de> for ReadVariant {
    type Output = Option<Variant<'de>>;

    fn read<A: MapAccess<'de>>(self, mut object: A) -> Result<Option<Variant<'de>>, A::Error> {
        let (mut text, mut main, mut markup) = (None, false, false);
        while let Some(key) = object.next_key::<Cow<'_, str>>()? {
            match &*key {
                "value" | "name" => text = object.next_value::<Value<'de>>()?.text().or(text),
                "role" | "rel" => main = object.next_value::<Value<'_>>()?.plain() == Some("main"),
                "contentType" | "contenttype" | "type" => {
                    markup = object.next_value::<Value<'_>>()?.plain().is_some_and(is_markup);
                }
                _ => {
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(text.map(|text| Variant { text, main, markup }))
    }
}

/// Whether a media type is one of markup: `text/html`, `application/xhtml+xml`.
fn is_markup(media_type: &str) -> bool {
    media_type.contains("html") || media_type.contains("xml")
}
