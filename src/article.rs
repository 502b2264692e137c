//! One scraped page, as it was read: the value that every input format yields.

use serde::Serialize;

/// A dense number for an article of a run: its place in the canonical order (by id, then by content).
///
/// At most 2³² − 1 articles fit into one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ArticleId(pub u32);

impl ArticleId {
    /// The number as an index into a slice with one element an article.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One scraped page, before cleaning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article {
    /// The record's own id; where it has none, its url, else `file:line`.
    pub id: String,
    /// Who published it, as a field of the record or the registrable domain of its url says.
    /// `None` where neither does: cleaning may still find it on the page.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// When it was fetched, as a web archive says. It counts where neither a field nor the page says when it was
    /// published: a page is mostly fetched soon after.
    pub crawled: Option<Published>,
    /// The title field. On scraped pages it is often chrome.
    pub headline: Option<String>,
    /// The author field.
    pub byline: Option<String>,
    /// The page's text, lines as scraped.
    pub text: String,
}

/// A moment of publication, in seconds, and whether the page said in which zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub unix_seconds: i64,
    /// How the moment's zone is known.
    pub zone: Zone,
}

/// How the zone of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// The page stated an offset or a zone, or the moment was counted in epoch seconds.
    Stated,
    /// Nothing was stated: read as UTC.
    AssumedUtc,
}

impl Published {
    /// The moment in RFC 3339, in UTC: `2025-09-19T21:39:00Z`.
    pub fn to_rfc3339(self) -> String {
        // A moment outside jiff's years -9999 to 9999 never passes the readers.
        jiff::Timestamp::from_second(self.unix_seconds)
            .map_or_else(|_| self.unix_seconds.to_string(), |at| at.to_string())
    }
}
