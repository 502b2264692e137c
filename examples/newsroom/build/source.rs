//! A dispatch as its writer left it: `corpus/source/*.md`, a header of `key: value` lines and then the text.
//!
//! Paragraphs hold no dateline, byline or credit; each outlet puts those on in its own way.

use std::collections::BTreeMap;

use super::calendar::Moment;

/// One dispatch or article, in all its versions.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) story: String,
    /// An id of the table of agencies; `none` for an outlet's own article.
    pub(crate) agency: String,
    pub(crate) lang: String,
    pub(crate) kind: Kind,
    pub(crate) place: String,
    pub(crate) byline: Option<String>,
    /// What other outlets put over it.
    pub(crate) headlines: Vec<String>,
    /// Paragraphs that local editors add.
    pub(crate) local: Vec<String>,
    /// The domain that published it, for an outlet's own article.
    pub(crate) outlet: Option<String>,
    /// The series of a template.
    pub(crate) series: Option<String>,
    /// The dispatch of which it holds two paragraphs among its own.
    pub(crate) lifts: Option<String>,
    /// At least one, oldest first.
    pub(crate) versions: Vec<Version>,
}

/// How a source is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Moved by an agency, reprinted by outlets.
    Dispatch,
    /// Written and published by one outlet.
    Independent,
    /// One of a series with the same words and other numbers.
    Template,
}

/// One state of a dispatch, its full text.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub(crate) moved: Moment,
    pub(crate) headline: String,
    pub(crate) paragraphs: Vec<String>,
}

impl Source {
    /// Reads a source. The error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (header, body) = text.split_once("\n\n").ok_or("no blank line after the header")?;
        let mut fields: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for line in header.lines() {
            let (key, value) = line.split_once(':').ok_or_else(|| format!("header line without a colon: {line}"))?;
            fields.entry(key.trim()).or_default().push(value.trim());
        }
        let optional = |key: &str| fields.get(key).map(|values| values[0].to_owned()).filter(|value| !value.is_empty());
        let field = |key: &str| optional(key).ok_or_else(|| format!("no {key}: in the header"));
        let (agency, outlet) = (field("agency")?, optional("outlet"));
        let kind = match field("kind")?.as_str() {
            "template" => Kind::Template,
            "independent" => Kind::Independent,
            "quoting" if agency == "none" => Kind::Independent,
            "dispatch" | "followup" | "quoting" => Kind::Dispatch,
            other => return Err(format!("unknown kind: {other}")),
        };
        if kind == Kind::Independent && outlet.is_none() {
            return Err("an independent article needs an outlet:".to_owned());
        }
        let headlines = optional("headlines").unwrap_or_default();
        let moved = field("moved")?;
        let moved = Moment::parse(&moved).ok_or_else(|| format!("moved: {moved}, expected 2026-03-02T14:05:00Z"))?;
        Ok(Source {
            story: field("story")?,
            agency,
            lang: field("lang")?,
            kind,
            place: optional("place").unwrap_or_default(),
            byline: optional("byline"),
            headlines: headlines.split(" | ").filter(|h| !h.is_empty()).map(str::to_owned).collect(),
            local: fields.get("local").into_iter().flatten().map(|&paragraph| paragraph.to_owned()).collect(),
            outlet,
            series: optional("series"),
            lifts: optional("lifts"),
            versions: versions(moved, field("headline")?, body)?,
        })
    }

    pub(crate) fn first(&self) -> &Version {
        &self.versions[0]
    }
}

fn versions(moved: Moment, headline: String, body: &str) -> Result<Vec<Version>, String> {
    let mut versions = vec![Version { moved, headline, paragraphs: Vec::new() }];
    for block in body.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(heading) = block.strip_prefix("== ") {
            let [_, moved, headline] = heading.split(" | ").collect::<Vec<_>>()[..] else {
                return Err(format!("expected `== v2 | moment | headline`, found: {block}"));
            };
            let moved = Moment::parse(moved.trim()).ok_or_else(|| format!("not a moment: {moved}"))?;
            versions.push(Version { moved, headline: headline.trim().to_owned(), paragraphs: Vec::new() });
        } else if let Some(version) = versions.last_mut() {
            version.paragraphs.push(block.to_owned());
        }
    }
    match versions.iter().position(|version| version.paragraphs.is_empty()) {
        Some(empty) => Err(format!("version {} has no text", empty + 1)),
        None => Ok(versions),
    }
}
