//! Whose form a record has, by the names of its fields.
//!
//! This only names the form, for a reader who wants to know how a file was understood: what is taken is decided by the
//! names of fields alone ([`FieldRole::known_names`]), the same whatever the form is called.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::read::fields::FieldRole;
use crate::read::names::{self, Known};
use crate::read::{Form, Record, lax, text};

/// Whose form a record has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Schema {
    /// The crawler news-please.
    NewsPlease,
    /// trafilatura, which takes articles out of pages.
    Trafilatura,
    /// newspaper3k and newspaper4k, which do too.
    Newspaper,
    /// IPTC ninjs 1: `body_text`, `versioncreated`.
    Ninjs1,
    /// IPTC ninjs 2: `bodies`, `versioncreated`.
    Ninjs2,
    /// IPTC ninjs 3: `bodies`, `versionCreated`.
    Ninjs3,
    /// The content API of The Guardian.
    Guardian,
    /// The search results and archives of The New York Times.
    NewYorkTimes,
    /// News API (newsapi.org). Its texts are cut.
    NewsApi,
    /// Event Registry (newsapi.ai).
    EventRegistry,
    /// The document lists of GDELT. They have no texts.
    Gdelt,
    /// The data set `cc_news` of Hugging Face.
    CcNews,
    /// The larger set made of the same crawl, with `plain_text`.
    CcNewsPlainText,
    /// RealNews, the training data of Grover.
    RealNews,
    /// C4 and mC4.
    C4,
    /// CCNet and RedPajama.
    CcNet,
    /// Dolma.
    Dolma,
    /// datatrove, as FineWeb has its columns or with `metadata`.
    Datatrove,
    /// The Pile, or another set of texts with `meta`.
    Pile,
    /// The input of passim.
    Passim,
    /// Articles as schema.org has them in pages.
    SchemaOrg,
    /// Items of a feed, RSS or as a parser gives them.
    Feed,
    /// No known form, but a text under a known name.
    CommonNames,
    /// No text under a known name.
    Unknown,
}

/// The form of a record with these names of fields. Of several that fit, the more particular one. O(names).
pub fn recognize(keys: &[&str]) -> Schema {
    let has = |name: &&str| keys.contains(name);
    if let Some(sign) =
        SIGNS.iter().find(|sign| sign.all.iter().all(has) && (sign.any.is_empty() || sign.any.iter().any(has)))
    {
        return sign.schema;
    }
    let is_text = |key: &&str| matches!(names::known(key), Some(Known::Field { role: FieldRole::Text, .. }));
    if keys.iter().any(is_text) { Schema::CommonNames } else { Schema::Unknown }
}

impl Record<'_> {
    /// Whose form the record has; `None` of a page, and of what is no JSON object. O(bytes): parses it a second time.
    pub fn schema(&self) -> Option<Schema> {
        let of = |names: &mut dyn Iterator<Item = &str>| Some(recognize(&names.collect::<Vec<_>>()));
        match self.form {
            Form::Json => {
                let json = text::utf8(self.bytes).ok()?;
                let as_json;
                let AllKeys(keys) = match serde_json::from_str(json) {
                    Ok(keys) => keys,
                    Err(_) => {
                        as_json = lax::as_json(json)?;
                        serde_json::from_str(&as_json).ok()?
                    }
                };
                of(&mut keys.iter().map(|key| &**key))
            }
            Form::Row(columns) => of(&mut columns.names().iter().map(String::as_str)),
            #[cfg(feature = "parquet")]
            Form::Columns(rows, _) => of(&mut rows.columns().iter().map(String::as_str)),
            _ => None,
        }
    }
}

/// The names of all fields of an object.
struct AllKeys<'a>(Vec<Cow<'a, str>>);

impl<'de> Deserialize<'de> for AllKeys<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeysVisitor;
        impl<'de> Visitor<'de> for KeysVisitor {
            type Value = AllKeys<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<AllKeys<'de>, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, _)) = object.next_entry::<Cow<'de, str>, IgnoredAny>()? {
                    keys.push(key);
                }
                Ok(AllKeys(keys))
            }
        }
        deserializer.deserialize_map(KeysVisitor)
    }
}

impl Schema {
    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Schema::NewsPlease => "news-please",
            Schema::Trafilatura => "trafilatura",
            Schema::Newspaper => "newspaper3k",
            Schema::Ninjs1 => "ninjs 1",
            Schema::Ninjs2 => "ninjs 2",
            Schema::Ninjs3 => "ninjs 3",
            Schema::Guardian => "The Guardian",
            Schema::NewYorkTimes => "The New York Times",
            Schema::NewsApi => "News API",
            Schema::EventRegistry => "Event Registry",
            Schema::Gdelt => "GDELT",
            Schema::CcNews => "Hugging Face cc_news",
            Schema::CcNewsPlainText => "CC-News with plain_text",
            Schema::RealNews => "RealNews",
            Schema::C4 => "C4",
            Schema::CcNet => "CCNet",
            Schema::Dolma => "Dolma",
            Schema::Datatrove => "datatrove",
            Schema::Pile => "The Pile",
            Schema::Passim => "passim",
            Schema::SchemaOrg => "schema.org",
            Schema::Feed => "feed",
            Schema::CommonNames => "common names",
            Schema::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What a form is recognized by: all of some names, and one of others where there are any.
struct Sign {
    schema: Schema,
    all: &'static [&'static str],
    any: &'static [&'static str],
}

const fn sign(schema: Schema, all: &'static [&'static str], any: &'static [&'static str]) -> Sign {
    Sign { schema, all, any }
}

/// The more particular ones first. They are names that a form always has and that hardly another has together.
static SIGNS: [Sign; 23] = [
    sign(Schema::NewsPlease, &["maintext", "date_publish"], &[]),
    sign(Schema::Trafilatura, &["source-hostname"], &["text", "raw_text"]),
    sign(Schema::Guardian, &["webTitle", "webUrl"], &[]),
    sign(Schema::NewYorkTimes, &["web_url", "pub_date"], &[]),
    sign(
        Schema::Ninjs3,
        &["uri"],
        &["versionCreated", "firstCreated", "contentCreated", "infoSources", "copyrightHolder"],
    ),
    sign(Schema::Ninjs2, &["uri"], &["bodies", "headlines"]),
    sign(
        Schema::Ninjs1,
        &["uri"],
        &["versioncreated", "firstcreated", "body_text", "body_html", "body_xhtml", "body_main", "body_nitf"],
    ),
    sign(Schema::Ninjs1, &["versioncreated", "headline"], &[]),
    sign(Schema::EventRegistry, &["uri"], &["dateTimePub", "isDuplicate"]),
    sign(Schema::NewsApi, &["publishedAt", "source"], &["urlToImage", "content"]),
    sign(Schema::Gdelt, &["seendate", "url"], &[]),
    sign(Schema::CcNewsPlainText, &["plain_text"], &["requested_url", "published_date", "sitename"]),
    sign(Schema::CcNet, &["raw_content"], &["url", "digest", "doc_id", "meta"]),
    sign(Schema::RealNews, &["text", "publish_date", "domain"], &["warc_date", "inst_index", "split", "status"]),
    sign(Schema::Newspaper, &["text", "publish_date", "authors"], &[]),
    sign(Schema::CcNews, &["text", "domain", "image_url"], &[]),
    sign(Schema::Passim, &["id", "series", "text"], &[]),
    sign(Schema::Dolma, &["id", "text", "source"], &["added", "created"]),
    sign(Schema::Datatrove, &["text", "id"], &["dump", "file_path", "metadata"]),
    sign(Schema::C4, &["text", "timestamp", "url"], &[]),
    sign(Schema::SchemaOrg, &["articleBody"], &[]),
    sign(Schema::Feed, &["link"], &["pubDate", "content:encoded", "published_parsed"]),
    sign(Schema::Pile, &["text", "meta"], &[]),
];
