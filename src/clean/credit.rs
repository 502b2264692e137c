//! Datelines, bylines and credits: where a page says whose text it is.
//!
//! A credit is a claim in a place where claims stand: before the first words, alone on a line, after the last words. A
//! mention elsewhere ("told AFP") is none, and neither is a picture's ("Jo Berg/AFP"). So each shape is read from its
//! edges inwards, and whatever stands between must be an agency of the closed table, or a list of them, and nothing
//! else. That also makes refusal cheap: most lines are given up at their first or last word.

mod any;
mod byline;
mod dateline;
mod edges;
mod gate;
mod line;
mod parties;
mod people;
mod place;
mod script;
mod sentence;
mod tail;
#[cfg(test)]
mod tests;
mod words;

use serde::{Deserialize, Serialize};

pub(super) use gate::Looks;

use crate::agency::AgencyId;
use crate::article::Published;

/// Where and when an article was written: "MOSCOW, Sept 19, 2025".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Dateline {
    /// The place, as written.
    pub place: String,
    /// The date as `2025-09-19`; as `--09-19` where no year is stated and none can be inferred.
    pub date: Option<String>,
}

/// A page's claim that its text is an agency's.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Credit {
    /// The agency.
    pub agency: AgencyId,
    /// Whether it wrote the text or passed it on.
    pub role: Role,
    /// What form the claim has.
    pub kind: CreditKind,
    /// The claim's words.
    pub words: String,
    /// Where it stands.
    pub place: Place,
}

/// Where on its page a credit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(untagged)]
pub enum Place {
    /// In a field of the record.
    Field {
        /// Which: `byline`.
        field: &'static str,
    },
    /// In a line of its text.
    Line {
        /// From 1, as the page was scraped, counted at line feeds; 1 for what is read from a text alone.
        line: u32,
    },
}

impl Place {
    /// The record's field for the author.
    pub const AUTHOR: Place = Place::Field { field: "byline" };
}

/// What an agency did with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// It wrote the text.
    Origin,
    /// It passed another agency's text on: BSS in "(BSS/AFP)".
    Relay,
}

/// What form a credit has, strongest evidence first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CreditKind {
    /// The record's own field for the author: "Associated Press".
    Author,
    /// "By Marta Quill, Associated Press".
    Byline,
    /// "MOSCOW (AFP) -".
    Dateline,
    /// A line or the end of the text: "Source: Reuters", "(AFP)", "-- BERNAMA".
    Tail,
    /// The same, for an agency whose material was used: "(With inputs from ANI)", "AFP contributed to this report."
    Contribution,
    /// "Copyright 2026 The Associated Press".
    Copyright,
}

/// A dateline at the start of a body's first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatelineMatch {
    /// Its place and date; `None` for a credit that stands where a dateline does: "(Reuters) - ".
    pub dateline: Option<Dateline>,
    /// The agencies that it credits.
    pub credits: Vec<Credit>,
    /// Bytes of the line that it takes.
    pub len: usize,
}

/// A line that says who wrote the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BylineMatch {
    /// The names, without "By" and the agency.
    pub byline: String,
    /// The agencies that it credits.
    pub credits: Vec<Credit>,
}

/// A credit at the end of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TailMatch {
    /// The agencies that it credits.
    pub credits: Vec<Credit>,
    /// Where in the paragraph it starts, in bytes.
    pub start: usize,
}

/// What a line may be, by its edges: a cheap look before [`byline`], [`credit_line`] and [`tail`].
pub(super) fn look(line: &str) -> Looks {
    gate::look(line)
}

/// The dateline that a paragraph opens with, a credit in it or not: "MOSCOW, Sept 19, 2025 (BSS/AFP) - ", "(Reuters) - ",
/// "BRUSSELS — ". `published` gives the year of a date that states none.
///
/// Looks at the paragraph's first 200 bytes and gives most paragraphs up after a few words.
pub fn dateline(p: &str, published: Option<Published>) -> Option<DatelineMatch> {
    dateline::read(p, published)
}

/// A line that is a byline: "By Marta Quill, Associated Press", "AFP", "(Reporting by Marta Quill; Editing by Jo Berg)".
///
/// O(length of the line), and lines longer than a byline are not looked at.
pub fn byline(line: &str) -> Option<BylineMatch> {
    byline::read(line)
}

/// What the record's own field for the author says: "Associated Press", "Marta Quill, AP", "Marta Quill/AFP".
///
/// A field names authors and nothing else, so a code that is a word as well counts here. O(length of the text).
pub fn author(field: &str) -> Option<BylineMatch> {
    byline::author(field)
}

/// A line that credits agencies and does nothing else: "Source: Reuters", "(AFP)", "Copyright 2026 The Associated Press".
///
/// O(length of the line), and lines longer than a notice of rights are not looked at.
pub fn credit_line(line: &str) -> Option<Vec<Credit>> {
    line::read(line)
}

/// A credit at the end of a paragraph that is more than the credit: "... he said. (AFP)".
///
/// Looks at the paragraph's last 200 bytes.
pub fn tail(paragraph: &str) -> Option<TailMatch> {
    tail::read(paragraph)
}
