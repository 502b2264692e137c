//! The places in which the values of a record are kept, one for each name that is looked for.

use std::borrow::Cow;

use crate::read::fields::{FieldRole, Fields};
use crate::read::names::{self, CONTAINERS, Known};

/// Where the value under a name is kept. In order, the slots of a role stand together, the preferred one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    role: FieldRole,
    within: Option<Container>,
    rank: u8,
}

/// The rank of the name that the user gave.
const GIVEN: u8 = u8::MAX;

/// An object whose members count as fields of the record: the place of its name among [`CONTAINERS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Container(u8);

/// The slot of a name; `None` for names that nobody looks for. `metadata.url` is the `url` in `metadata`, as tables that
/// were made of records write it.
pub(super) fn slot(key: &str, fields: &Fields) -> Option<Slot> {
    known(key).or_else(|| known_within(key)).or_else(|| given(fields, |name| name == key))
}

/// The slot of a name in an object of the record; the user may write it with the object's name or without.
pub(super) fn slot_within(object: Container, key: &str, fields: &Fields) -> Option<Slot> {
    let is_given = |name: &str| {
        let key_only = name.strip_prefix(object.name()).and_then(|rest| rest.strip_prefix('.')).unwrap_or(name);
        key_only == key
    };
    known(key).or_else(|| given(fields, is_given)).map(|slot| slot.within(object))
}

fn known(key: &str) -> Option<Slot> {
    match names::known(key)? {
        Known::Field { role, rank } => Some(Slot { role, within: None, rank }),
        Known::Container(_) => None,
    }
}

fn known_within(key: &str) -> Option<Slot> {
    let (object, key) = key.split_once('.')?;
    Some(known(key)?.within(container(object)?))
}

fn given(fields: &Fields, is_given: impl Fn(&str) -> bool) -> Option<Slot> {
    let role = FieldRole::ALL.into_iter().find(|role| fields.named(*role).is_some_and(&is_given))?;
    Some(Slot { role, within: None, rank: GIVEN })
}

/// The object that a name stands for, if its members count.
pub(super) fn container(key: &str) -> Option<Container> {
    match names::known(key)? {
        Known::Container(at) => Some(Container(at)),
        Known::Field { .. } => None,
    }
}

impl Container {
    fn name(self) -> &'static str {
        CONTAINERS[usize::from(self.0)]
    }
}

impl Slot {
    /// What the field is to the article.
    pub(super) fn role(self) -> FieldRole {
        self.role
    }

    /// The slot of the same name within an object of the record.
    pub(super) fn within(self, container: Container) -> Self {
        Slot { within: Some(container), ..self }
    }

    /// Whether the name that the user gave, with this slot, means `other`: with an object's name only what is in there.
    pub(super) fn means(self, other: Slot) -> bool {
        (self.role, self.rank) == (other.role, other.rank) && (self.within.is_none() || self.within == other.within)
    }

    /// Whether it stands in an object of the record.
    pub(super) fn is_nested(self) -> bool {
        self.within.is_some()
    }

    fn known_name(self) -> Option<&'static str> {
        self.role.known_names().get(usize::from(self.rank)).copied()
    }

    /// The name, as it may be shown.
    pub(super) fn name(self, fields: &Fields) -> Cow<'static, str> {
        match (self.known_name(), self.within) {
            (Some(name), None) => Cow::Borrowed(name),
            (Some(name), Some(object)) => Cow::Owned(format!("{}.{name}", object.name())),
            (None, _) => Cow::Owned(fields.named(self.role).unwrap_or_default().to_owned()),
        }
    }

    /// Whether it is a `source`, which names an outlet, an address or a collection.
    pub(super) fn is_source(self) -> bool {
        self.known_name() == Some("source")
    }

    /// Whether what stands under the name is HTML or XML even where it does not look like it.
    pub(super) fn is_markup(self) -> bool {
        let names = ["body_html", "body_xhtml", "body_richtext", "body_nitf", "content_html", "content:encoded"];
        self.known_name().is_some_and(|name| names.contains(&name))
    }
}
