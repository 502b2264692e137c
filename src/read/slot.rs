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

/// The slot of a name; `None` for names that nobody looks for.
pub(super) fn slot(key: &str, fields: &Fields) -> Option<Slot> {
    if let Some(Known::Field { role, rank }) = names::known(key) {
        return Some(Slot { role, within: None, rank });
    }
    let role = FieldRole::ALL.into_iter().find(|role| fields.named(*role) == Some(key))?;
    Some(Slot { role, within: None, rank: GIVEN })
}

/// The object that a name stands for, if its members count.
pub(super) fn container(key: &str) -> Option<Container> {
    match names::known(key)? {
        Known::Container(at) => Some(Container(at)),
        Known::Field { .. } => None,
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

    /// Whether both are of one name, be it in the record or in an object of it.
    pub(super) fn is_named_as(self, other: Slot) -> bool {
        (self.role, self.rank) == (other.role, other.rank)
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
        let name = match self.known_name() {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(fields.named(self.role).unwrap_or_default().to_owned()),
        };
        match self.within {
            Some(container) => Cow::Owned(format!("{}.{name}", CONTAINERS[usize::from(container.0)])),
            None => name,
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
