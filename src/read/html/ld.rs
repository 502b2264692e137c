//! What a page says of its article as JSON-LD, in the words of schema.org.
//!
//! Sites write it in many shapes: one object, a list, a `@graph`, the article within a page's `mainEntity`. Objects are
//! looked through from the outside in, so that the article comes before those that it mentions.

use std::collections::VecDeque;

use serde_json::{Map, Value};

/// Longer scripts are data, not a description; some live blogs have half a megabyte.
const MAX_BYTES: usize = 2 << 20;

/// Objects that are looked through; a page has some dozens.
const MAX_OBJECTS: usize = 20_000;

/// What is said of one article.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Said {
    pub(super) headline: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) published: Option<String>,
    /// Another date: when it was created, or last changed.
    pub(super) dated: Option<String>,
    pub(super) url: Option<String>,
    pub(super) publisher: Option<String>,
    /// The whole text, where a page has it for search engines and shows it by script.
    pub(super) text: Option<String>,
}

/// The articles that a script describes, the outermost first. Broken JSON, and JSON nested deeper than 128, has none.
pub(super) fn articles(script: &str) -> Vec<Said> {
    if script.len() > MAX_BYTES {
        return Vec::new();
    }
    let Ok(value) = serde_json::from_str::<Value>(bare(script)) else { return Vec::new() };
    let mut found = Vec::new();
    let mut queue = VecDeque::from([&value]);
    let mut n_objects = 0;
    while let Some(value) = queue.pop_front() {
        match value {
            Value::Array(values) => queue.extend(values),
            Value::Object(object) if n_objects < MAX_OBJECTS => {
                n_objects += 1;
                if is_article(object) {
                    found.push(said(object));
                } else {
                    queue.extend(object.iter().filter(|(key, _)| !leads_elsewhere(key)).map(|(_, value)| value));
                }
            }
            _ => {}
        }
    }
    found
}

/// The JSON without what old templates wrap scripts in.
fn bare(script: &str) -> &str {
    let mut bare = script.trim();
    for open in ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["] {
        bare = bare.strip_prefix(open).unwrap_or(bare).trim_start();
    }
    for close in ["-->", "//]]>", "/*]]>*/", "]]>", ";"] {
        bare = bare.strip_suffix(close).unwrap_or(bare).trim_end();
    }
    bare
}

/// Whether an object is of a type that is an article. `@type` may be a list, and an address: `http://schema.org/Article`.
fn is_article(object: &Map<String, Value>) -> bool {
    let is = |name: &str| {
        let name = name.rsplit(['/', '#', ':']).next().unwrap_or(name);
        name.ends_with("Article") || name.ends_with("BlogPosting") || matches!(name, "Report" | "SocialMediaPosting")
    };
    match object.get("@type") {
        Some(Value::String(name)) => is(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// Members that hold other articles than that of the page.
fn leads_elsewhere(key: &str) -> bool {
    matches!(
        key,
        "itemListElement"
            | "hasPart"
            | "isPartOf"
            | "mentions"
            | "citation"
            | "isBasedOn"
            | "relatedLink"
            | "comment"
            | "significantLink"
            | "blogPost"
    )
}

fn said(object: &Map<String, Value>) -> Said {
    let text = |key: &str| object.get(key).and_then(text_of);
    Said {
        headline: text("headline").or_else(|| text("name")),
        byline: object.get("author").or_else(|| object.get("creator")).and_then(names),
        published: text("datePublished"),
        dated: ["dateCreated", "uploadDate", "dateModified"].into_iter().find_map(text),
        url: text("url").or_else(|| text("mainEntityOfPage")).or_else(|| text("@id")),
        publisher: object.get("publisher").or_else(|| object.get("sourceOrganization")).and_then(names),
        text: text("articleBody"),
    }
}

/// A text: as it is, of an object its name or address, of a list that of the first.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim(),
        Value::Number(number) => return Some(number.to_string()),
        Value::Array(values) => return values.first().filter(|first| !first.is_array()).and_then(text_of),
        Value::Object(object) => ["name", "@value", "@id", "url"].iter().find_map(|key| object.get(*key)?.as_str())?,
        Value::Null | Value::Bool(_) => return None,
    };
    (!text.is_empty()).then(|| text.to_owned())
}

/// Names of persons or organizations: a string, an object with a name, or a list of these.
fn names(value: &Value) -> Option<String> {
    let name = |value: &Value| {
        let name = match value {
            Value::String(name) => name.as_str(),
            Value::Object(object) => match object.get("name")? {
                Value::Array(names) => names.first()?.as_str()?,
                name => name.as_str()?,
            },
            _ => return None,
        };
        Some(name.trim().to_owned()).filter(|name| !name.is_empty() && !name.contains("://"))
    };
    let names: Vec<String> = match value {
        Value::Array(values) => values.iter().filter_map(name).collect(),
        one => name(one).into_iter().collect(),
    };
    (!names.is_empty()).then(|| names.join(", "))
}
