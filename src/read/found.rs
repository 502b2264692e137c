//! What was found of a record, in whatever format, to an article.
//!
//! Each format puts the values that it finds under names that are looked for into slots; which of them count is decided
//! here, the same for all.

use crate::article::{Article, Published};
use crate::read::fields::{FieldRole, Fields, FieldsUsed};
pub(super) use crate::read::no_text::{Flaw, Keys, NoText};
pub(super) use crate::read::slot::{Slot, slot};
use crate::read::value::Value;
use crate::read::{Parsed, html, outlet};

/// Authors, as one string, a list of them, or an object with a name.
fn byline(value: &Value<'_>) -> Option<String> {
    match value {
        Value::List(names) if !names.is_empty() => Some(names.clone()),
        _ => value.name().map(str::to_owned),
    }
}

/// A headline, as a string or an object with a name.
fn headline(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Markup(html) => html::fragment(html).ok().filter(|text| !text.is_empty()),
        _ => value.name().map(str::to_owned),
    }
}

/// The fields of a record that were looked for.
#[derive(Debug)]
pub(super) struct Found<'a> {
    /// By slot. A record has only a few of all that are looked for.
    values: Vec<(Slot, Value<'a>)>,
    fields: &'a Fields,
    used: FieldsUsed,
}

impl<'a> Found<'a> {
    /// Nothing found yet.
    pub(super) fn new(fields: &'a Fields) -> Self {
        Found { values: Vec::with_capacity(USUAL_FIELDS), fields, used: FieldsUsed::default() }
    }

    /// Keeps the value of a slot; of several, the last that is there.
    pub(super) fn put(&mut self, slot: Slot, value: Value<'a>) {
        match self.values.binary_search_by(|(other, _)| other.cmp(&slot)) {
            Ok(_) if matches!(value, Value::Missing) => {}
            Ok(i) => self.values[i].1 = value,
            Err(i) => self.values.insert(i, (slot, value)),
        }
    }

    /// The article that was found, or why there is none. `place` gives the id of a record that has none.
    pub(super) fn article(mut self, place: impl FnOnce() -> String) -> Result<Parsed, NoText> {
        let text = self.text()?;
        let (url_slot, url) = self.url().unzip();
        let (published, date_unread) = self.published();
        let article = Article {
            id: self.id(url.as_deref()).unwrap_or_else(place),
            outlet: self.outlet(url.as_deref(), url_slot),
            published,
            crawled: None,
            headline: self.pick(FieldRole::Headline, |_, value| headline(value)).map(|(_, headline)| headline),
            byline: self.pick(FieldRole::Byline, |_, value| byline(value)).map(|(_, byline)| byline),
            text: self.take_text(text),
            url,
        };
        Ok(Parsed { article, fields_used: self.used, date_unread })
    }

    /// The values that a field may have, the preferred one first.
    fn candidates(&self, role: FieldRole) -> impl Iterator<Item = (usize, Slot, &Value<'a>)> {
        let given = self.fields.named(role).map(|name| slot(name, self.fields));
        let values = self.values.iter().enumerate().map(|(i, (slot, value))| (i, *slot, value));
        values.filter(move |(_, slot, _)| match given {
            Some(given) => given.is_some_and(|given| given.means(*slot)),
            None => slot.role() == role,
        })
    }

    /// What the first usable value of a field gives, and its slot.
    fn pick<T>(&mut self, role: FieldRole, usable: impl Fn(Slot, &Value<'a>) -> Option<T>) -> Option<(Slot, T)> {
        let (slot, value) = self.candidates(role).find_map(|(_, slot, value)| Some((slot, usable(slot, value)?)))?;
        self.used.count(role, slot.name(self.fields));
        Some((slot, value))
    }

    /// The url; where the record has none, a source that is an address.
    fn url(&mut self) -> Option<(Slot, String)> {
        let own = self.pick(FieldRole::Url, |_, value| match value {
            Value::Text(_) => value.plain().map(str::to_owned),
            _ => None,
        });
        if own.is_some() || self.fields.named(FieldRole::Url).is_some() {
            return own;
        }
        let is_address = |text: &&str| text.starts_with("http://") || text.starts_with("https://");
        let (slot, url) = self
            .candidates(FieldRole::Outlet)
            .filter(|(_, slot, _)| slot.is_source())
            .find_map(|(_, slot, value)| Some((slot, value.plain().filter(is_address)?.to_owned())))?;
        self.used.count(FieldRole::Url, slot.name(self.fields));
        Some((slot, url))
    }

    /// The id; where the record has none, its url.
    fn id(&mut self, url: Option<&str>) -> Option<String> {
        if let Some((_, id)) = self.pick(FieldRole::Id, |_, value| value.plain().map(str::to_owned)) {
            return Some(id);
        }
        self.count_url_as(FieldRole::Id);
        url.map(str::to_owned)
    }

    /// The outlet; where the record has none, that of its url.
    fn outlet(&mut self, url: Option<&str>, url_slot: Option<Slot>) -> Option<String> {
        let of_url = url.and_then(outlet::of_url);
        let is_asked_for = self.fields.named(FieldRole::Outlet).is_some();
        let is_collection = |slot: Slot| {
            slot.is_source() && of_url.is_some() && url_slot.is_some_and(|url| url == slot || url.is_nested())
        };
        let named = self.pick(FieldRole::Outlet, |slot, value| {
            let is_outlet = is_asked_for || !is_collection(slot);
            value.name().filter(|_| is_outlet).map(outlet::of_field)
        });
        if let Some((_, outlet)) = named {
            return Some(outlet);
        }
        if of_url.is_some() {
            self.count_url_as(FieldRole::Outlet);
        }
        of_url
    }

    fn count_url_as(&mut self, role: FieldRole) {
        if let Some(used) = self.used.name(FieldRole::Url) {
            self.used.count(role, used);
        }
    }

    /// The first date that can be read, and whether none of those that are there can be.
    fn published(&mut self) -> (Option<Published>, bool) {
        let published = self.pick(FieldRole::Published, |_, value| crate::date::parse(value.plain()?));
        let is_date = |value: &Value<'_>| match value {
            Value::Missing | Value::Flag => false,
            Value::Text(_) => value.plain().is_some_and(|text| !NO_DATES.contains(&text)),
            Value::Markup(_) | Value::Number(_) | Value::List(_) | Value::Object(_) => true,
        };
        let unread = published.is_none() && self.candidates(FieldRole::Published).any(|(_, _, value)| is_date(value));
        (published.map(|(_, published)| published), unread)
    }

    /// The first text that has words.
    fn text(&mut self) -> Result<Text, NoText> {
        let mut why = NoText::NoField;
        let mut found = None;
        for (i, slot, value) in self.candidates(FieldRole::Text) {
            match text(i, slot, value) {
                Ok(Some(text)) => {
                    found = Some((slot, text));
                    break;
                }
                Ok(None) => {}
                Err(_) if !matches!(why, NoText::NoField) => {}
                Err(flaw) => why = NoText::Flawed { name: slot.name(self.fields), flaw },
            }
        }
        let (slot, text) = found.ok_or(why)?;
        self.used.count(FieldRole::Text, slot.name(self.fields));
        Ok(text)
    }

    /// The text, moved out: it may be megabytes. The last to be taken, since a headline may be of the same field.
    fn take_text(&mut self, text: Text) -> String {
        match text {
            Text::Read(text) => text,
            Text::At(i) => match std::mem::take(&mut self.values[i].1) {
                Value::Text(text) => text.into_owned(),
                _ => String::new(),
            },
        }
    }
}

/// Fields that a record has of all that are looked for, or a few more.
const USUAL_FIELDS: usize = 12;

/// What Python, as in news-please, and pandas write where there is no date.
const NO_DATES: [&str; 3] = ["None", "NaT", "nan"];

/// A text that was found.
enum Text {
    /// Among the values, as it is.
    At(usize),
    /// Out of markup.
    Read(String),
}

/// The text of a value; `None` of one that is missing.
fn text(i: usize, slot: Slot, value: &Value<'_>) -> Result<Option<Text>, Flaw> {
    let (text, is_markup) = match value {
        Value::Missing => return Ok(None),
        Value::Text(text) => (text, slot.is_markup() || looks_like_markup(text)),
        Value::Markup(text) => (text, true),
        other => return Err(Flaw::NotAString { kind: other.kind() }),
    };
    let text = if is_markup { Text::Read(html::fragment(text).map_err(Flaw::Unreadable)?) } else { Text::At(i) };
    let is_empty = match &text {
        Text::Read(text) => text.trim().is_empty(),
        Text::At(_) => value.plain().is_none(),
    };
    if is_empty { Err(Flaw::Empty) } else { Ok(Some(text)) }
}

/// Whether a text is markup although its name does not say so: it opens with a tag and closes some.
fn looks_like_markup(text: &str) -> bool {
    let text = text.trim_start();
    let opens =
        text.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!'));
    opens
        && ["</p>", "</P>", "</div>", "</span>", "</section>", "</article>", "</body>"].iter().any(|t| text.contains(t))
}
