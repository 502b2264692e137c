//! A value that matters only if it is an object.
//!
//! What stands under `metadata` may be an object in one record and a string or `null` in the next: neither is wrong.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Something that is read from the members of an object.
pub(super) trait ReadObject<'de> {
    /// What comes of it; where there is no object, the default.
    type Output: Default;

    /// Reads the members.
    fn read<A: MapAccess<'de>>(self, object: A) -> Result<Self::Output, A::Error>;
}

/// Reads an object, and passes over any other value without recursion.
pub(super) struct IfObject<R>(pub(super) R);

impl<'de, R: ReadObject<'de>> DeserializeSeed<'de> for IfObject<R> {
    type Value = R::Output;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<R::Output, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, R: ReadObject<'de>> Visitor<'de> for IfObject<R> {
    type Value = R::Output;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<R::Output, A::Error> {
        self.0.read(object)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<R::Output, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(R::Output::default())
    }

    fn visit_str<E>(self, _text: &str) -> Result<R::Output, E> {
        Ok(R::Output::default())
    }

    fn visit_u64<E>(self, _number: u64) -> Result<R::Output, E> {
        Ok(R::Output::default())
    }

    fn visit_i64<E>(self, _number: i64) -> Result<R::Output, E> {
        Ok(R::Output::default())
    }

    fn visit_f64<E>(self, _number: f64) -> Result<R::Output, E> {
        Ok(R::Output::default())
    }

    fn visit_bool<E>(self, _flag: bool) -> Result<R::Output, E> {
        Ok(R::Output::default())
    }

    fn visit_unit<E>(self) -> Result<R::Output, E> {
        Ok(R::Output::default())
    }
}
