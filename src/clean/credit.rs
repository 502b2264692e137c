//! Datelines, bylines and credits: where a page says whose text it is. (contract; being written)

use serde::Serialize;

use crate::agency::AgencyId;

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
    /// Where on the page the claim stands.
    pub kind: CreditKind,
    /// The claim's words.
    pub words: String,
}

/// What an agency did with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// It wrote the text.
    Origin,
    /// It passed another agency's text on: BSS in "(BSS/AFP)".
    Relay,
}

/// Where a credit stands, strongest evidence first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CreditKind {
    /// "By Marta Quill, Associated Press".
    Byline,
    /// "MOSCOW (AFP) -".
    Dateline,
    /// A line or the end of the text: "Source: Reuters", "(With inputs from ANI)", "-- BERNAMA".
    Tail,
    /// "Copyright 2026 The Associated Press".
    Copyright,
}
