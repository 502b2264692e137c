//! The result of a run: stories, their versions and their copies. Values only; [`crate::pipeline`] makes them,
//! [`crate::report`] writes them.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::agency::AgencyId;
use crate::article::{ArticleId, Published};
use crate::clean::credit::{CreditKind, Dateline, Place};
use crate::params::Params;
use crate::verify::Link;

/// All that a run found.
#[derive(Debug)]
pub struct Stories {
    /// The parameters that decided it.
    pub params: Params,
    /// Every story of several copies; most outlets first, then most copies, then by id. Those of one copy too, unless the
    /// run was asked for [`lone`](Stories::lone) articles instead.
    pub stories: Vec<Story>,
    /// The articles without copies, each a story of its own, where no more than that was asked for.
    pub lone: LoneArticles,
    /// What was read and what was skipped.
    pub counts: Counts,
}

/// Articles without copies, ascending: their ids and twelve bytes each.
#[derive(Debug, Default)]
pub struct LoneArticles {
    articles: Vec<ArticleId>,
    ids: String,
    ends: Vec<u64>,
}

impl LoneArticles {
    /// Adds an article whose number is larger than those before.
    pub(crate) fn push(&mut self, article: ArticleId, id: &str) {
        self.articles.push(article);
        self.ids.push_str(id);
        self.ends.push(self.ids.len() as u64);
    }

    /// Each article's number and the record's id.
    pub fn iter(&self) -> impl Iterator<Item = (ArticleId, &str)> {
        self.of(0..self.articles.len())
    }

    /// Those with numbers in a range. O(log articles) to find the first.
    pub fn within(&self, numbers: Range<u32>) -> impl Iterator<Item = (ArticleId, &str)> {
        let at = |number: u32| self.articles.partition_point(|article| article.0 < number);
        self.of(at(numbers.start)..at(numbers.end))
    }

    /// The last article.
    pub fn last(&self) -> Option<ArticleId> {
        self.articles.last().copied()
    }

    fn of(&self, places: Range<usize>) -> impl Iterator<Item = (ArticleId, &str)> {
        let end_before = places.start.checked_sub(1).map_or(0, |before| self.ends[before]);
        let ends = &self.ends[places.clone()];
        let starts = std::iter::once(end_before).chain(ends.iter().copied()).map(|start| start as usize);
        let ids = starts.zip(ends).map(|(start, end)| &self.ids[start..*end as usize]);
        self.articles[places].iter().copied().zip(ids)
    }
}

/// The id of a story: `s` and twelve hexadecimal digits of the hash of its articles' ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StoryId([u8; 13]);

impl StoryId {
    /// That of a story of these articles.
    pub fn of<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hash = Xxh3::new();
        for id in ids {
            hash.update(id.as_bytes());
            hash.update(&[0]);
        }
        let (hash, mut digits) = (hash.digest(), [b's'; 13]);
        for (at, digit) in digits[1..].iter_mut().enumerate() {
            *digit = b"0123456789abcdef"[(hash >> (60 - 4 * at)) as usize & 15];
        }
        StoryId(digits)
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// How much a run read and compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Records found in the inputs.
    pub records: u64,
    /// Records skipped, each with a [`Reject`](crate::read::Reject).
    pub rejected: u64,
    /// Records of web archives that hold no page: requests, images, redirects. They are not among [`Counts::records`].
    pub without_page: u64,
    /// Articles clustered.
    pub articles: u64,
    /// Articles whose date stated no zone and was read as UTC.
    pub assumed_utc: u64,
    /// Articles with a date of a form that is not known; they count as undated.
    pub dates_unread: u64,
    /// Articles without a date of their own, which a web archive dates by when it fetched them.
    pub dated_by_crawl: u64,
    /// Articles whose id another article has too: `#2`, `#3`, ... was appended.
    pub repeated_ids: u64,
    /// Pairs proposed by the sketches.
    pub candidates: u64,
    /// Pairs that the full shingle sets confirmed.
    pub verified: u64,
}

/// A dispatch through all its versions, with every copy of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Derived from the ids of its members: `s` and twelve hexadecimal digits.
    pub id: String,
    /// The agency that wrote it, where a credit says so.
    pub agency: Option<Attribution>,
    /// The dateline that most of its copies carry.
    pub dateline: Option<Dateline>,
    /// The headline that most of its copies carry; the earliest copy's among equals.
    pub headline: Option<String>,
    /// Its versions, in order of time.
    pub versions: Vec<Version>,
    /// Number of different outlets; copies whose outlet is not known are at none.
    pub outlets: usize,
    /// The edge that holds it together most weakly; `None` for a story of one copy.
    pub weakest_link: Option<WeakestLink>,
    /// Its copies, the origin first, then in order of time.
    pub copies: Vec<Copy>,
    /// Pages that carry it among other stories, and belong to none.
    pub carried_by: Vec<Carrier>,
}

impl Story {
    /// When it was first seen.
    pub fn first_seen(&self) -> Option<Published> {
        self.versions.iter().filter_map(|version| version.first_seen).min()
    }

    /// What the copies other than the origin kept, at the median; `None` for a story without such. O(n log n).
    pub fn median_kept(&self) -> Option<f64> {
        let mut kept: Vec<f64> = self.copies.iter().skip(1).map(|copy| copy.kept).collect();
        kept.sort_unstable_by(f64::total_cmp);
        let upper = *kept.get(kept.len() / 2)?;
        let lower = kept[(kept.len() - 1) / 2];
        Some((lower + upper) / 2.0)
    }
}

/// One state of a story's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// `v1`, `v2`, ... in order of time.
    pub id: String,
    /// Copies that carry it.
    pub copies: usize,
    /// When it was first seen.
    pub first_seen: Option<Published>,
    /// Words of its longest copy that is not an expansion.
    pub words: u32,
    /// The number in this run of the copy with its fullest text: the one that the others are compared with.
    pub fullest: ArticleId,
    /// The record's id of that copy.
    pub fullest_id: String,
}

/// The edge without which a story would fall apart at its weakest point.
#[derive(Debug, Clone, PartialEq)]
pub struct WeakestLink {
    /// The ids of the two articles.
    pub articles: [String; 2],
    /// What they share.
    pub link: Link,
}

/// Whose text a story is.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// The agency.
    pub agency: AgencyId,
    /// The probability that it wrote the text, 0 to 1; how it is reckoned is said at [`attribute`](crate::attribute).
    pub confidence: f64,
    /// What speaks for it, strongest first.
    pub evidence: Vec<Evidence>,
    /// The other agencies that copies name, those that only passed the text on too, the most probable first.
    pub others: Vec<Rival>,
    /// The probability that none of these agencies wrote it, 0 to 1.
    pub none: f64,
}

/// Another agency that copies of a story name.
#[derive(Debug, Clone, PartialEq)]
pub struct Rival {
    /// The agency.
    pub agency: AgencyId,
    /// The probability that it wrote the text, 0 to 1.
    pub probability: f64,
    /// What speaks for it, strongest first.
    pub evidence: Vec<Evidence>,
}

/// A form of credit, and how many copies carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What form the credit has.
    pub kind: EvidenceKind,
    /// The credit's words in the first copy that has it; the outlet for an own site.
    pub words: String,
    /// The id of that copy.
    pub id: String,
    /// Where on that copy's page the words stand; `None` for an own site.
    pub place: Option<Place>,
    /// Copies that carry a credit of this kind to this agency.
    pub copies: usize,
    /// Outlets of these copies; copies whose outlet is not known are at none.
    pub outlets: usize,
}

/// What speaks for an agency, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// The record's own field for the author.
    Author,
    /// A byline.
    Byline,
    /// A dateline.
    Dateline,
    /// The page is the agency's own, and names no other.
    OwnSite,
    /// A line or the end of the text.
    Tail,
    /// The agency's material was used.
    Contribution,
    /// A notice of rights.
    Copyright,
    /// The agency passed the text on.
    Relay,
}

impl From<CreditKind> for EvidenceKind {
    fn from(kind: CreditKind) -> Self {
        match kind {
            CreditKind::Author => EvidenceKind::Author,
            CreditKind::Byline => EvidenceKind::Byline,
            CreditKind::Dateline => EvidenceKind::Dateline,
            CreditKind::Tail => EvidenceKind::Tail,
            CreditKind::Contribution => EvidenceKind::Contribution,
            CreditKind::Copyright => EvidenceKind::Copyright,
        }
    }
}

/// One page that carries a story.
#[derive(Debug, Clone, PartialEq)]
pub struct Copy {
    /// Its number in this run.
    pub article: ArticleId,
    /// The number of the copy with whose text it is compared; `None` for the origin.
    pub against: Option<ArticleId>,
    /// The record's id.
    pub id: String,
    /// The outlet.
    pub outlet: String,
    /// The url.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Seconds after the story was first seen.
    pub lag_seconds: Option<i64>,
    /// The version that it carries.
    pub version: String,
    /// How it relates to the dispatch.
    pub relation: Relation,
    /// Share of the dispatch's words that it kept, 0 to 1.
    pub kept: f64,
    /// Share of its words that are not the dispatch's, 0 to 1.
    pub added: f64,
    /// Shared shingles over those of the smaller text.
    pub containment: f64,
    /// Shared shingles over those of both texts together.
    pub resemblance: f64,
    /// The headline.
    pub headline: Option<String>,
    /// Whether its headline differs from the origin's; `None` where either has none.
    pub headline_changed: Option<bool>,
    /// The agency that the page credits as origin, if any.
    pub credit: Option<AgencyId>,
    /// Whether the story has an agency and this page does not say so: it names neither the agency nor one that passed
    /// the story on, and is not the agency's own.
    pub uncredited: bool,
}

impl Story {
    /// Copies that do not say whose text they carry; 0 for a story without an agency. O(copies).
    pub fn n_uncredited(&self) -> usize {
        self.copies.iter().filter(|copy| copy.uncredited).count()
    }
}

/// How a copy relates to the dispatch that it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The copy that the others are compared with: the fullest of the first version.
    Origin,
    /// The same words.
    Identical,
    /// Cut, nothing added.
    Trimmed,
    /// Words changed here and there.
    Edited,
    /// All or most of it, and a good deal more.
    Expanded,
    /// A smaller part of it.
    Partial,
}

impl Relation {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Origin => "origin",
            Relation::Identical => "identical",
            Relation::Trimmed => "trimmed",
            Relation::Edited => "edited",
            Relation::Expanded => "expanded",
            Relation::Partial => "partial",
        }
    }
}

/// A page that carries a story among others.
#[derive(Debug, Clone, PartialEq)]
pub struct Carrier {
    /// The record's id.
    pub id: String,
    /// The outlet.
    pub outlet: String,
    /// Share of the story's dispatch that the page holds, 0 to 1.
    pub kept: f64,
}
