//! Stories as JSON: one line a story.
//!
//! Each line ends in the parameters that decided it. That costs about 330 bytes a story, and keeps every line whole in
//! itself: lines can be filtered, sorted, or put together with those of another run, and still say how they came about.
//! Compressed it costs next to nothing.
//!
//! Strings are the page's own, unshortened. Characters that could act on a terminal (see [`plain`](super::plain)) are
//! written as `\u` escapes, which any JSON reader turns back.

mod changes;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use self::changes::ChangesLine;
use super::{is_unsafe, rounded};
use crate::agency::AgencyId;
use crate::article::Published;
use crate::changes::Changes;
use crate::clean::credit::{Dateline, Place};
use crate::params::Params;
use crate::story::{Attribution, Carrier, Copy, Evidence, EvidenceKind, Rival, Story, Version, WeakestLink};

/// Writes one line a story. Times are RFC 3339, in UTC; shares have four decimals; what is not known is `null`.
///
/// # Errors
/// What `out` returns.
pub fn write<'a>(out: &mut dyn Write, stories: impl IntoIterator<Item = &'a Story>, params: &Params) -> io::Result<()> {
    stories.into_iter().try_for_each(|story| write_line(out, &StoryLine::new(story, params)))
}

/// The same for one story, with what changed from each of its versions to the next: the second against the first comes
/// first.
///
/// # Errors
/// What `out` returns.
pub fn write_opened(out: &mut dyn Write, story: &Story, changes: &[Changes], params: &Params) -> io::Result<()> {
    let mut line = StoryLine::new(story, params);
    let later = story.versions.windows(2).zip(line.versions.iter_mut().skip(1));
    for ((pair, version), changes) in later.zip(changes) {
        version.changes = Some(ChangesLine::new([&pair[0], &pair[1]], changes));
    }
    write_line(out, &line)
}

/// Writes a value as one line of JSON, characters that could act on a terminal escaped.
///
/// # Errors
/// What `out` returns, and a value that JSON cannot hold.
pub fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, TerminalSafe(CompactFormatter)))?;
    out.write_all(b"\n")
}

/// Compact JSON that escapes what [`is_unsafe`] names. JSON itself asks only for the first 32 characters.
struct TerminalSafe(CompactFormatter);

impl Formatter for TerminalSafe {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|&(_, c)| is_unsafe(c)) {
            self.0.write_string_fragment(out, &rest[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        self.0.write_string_fragment(out, rest)
    }
}

#[derive(Serialize)]
struct StoryLine<'a> {
    story: &'a str,
    agency: Option<AgencyLine<'a>>,
    dateline: Option<&'a Dateline>,
    headline: Option<&'a str>,
    versions: Vec<VersionLine<'a>>,
    outlets: usize,
    uncredited: usize,
    weakest_link: Option<WeakestLinkLine<'a>>,
    #[serde(serialize_with = "copies")]
    copies: &'a [Copy],
    #[serde(serialize_with = "carriers")]
    carried_by: &'a [Carrier],
    params: &'a Params,
}

#[derive(Serialize)]
struct AgencyLine<'a> {
    id: &'static str,
    name: &'static str,
    confidence: f64,
    evidence: Vec<EvidenceLine<'a>>,
    others: Vec<RivalLine<'a>>,
    none: f64,
}

#[derive(Serialize)]
struct RivalLine<'a> {
    id: &'static str,
    probability: f64,
    evidence: Vec<EvidenceLine<'a>>,
}

#[derive(Serialize)]
struct EvidenceLine<'a> {
    kind: EvidenceKind,
    words: &'a str,
    copies: usize,
    outlets: usize,
    id: &'a str,
    place: Option<Place>,
}

#[derive(Serialize)]
struct VersionLine<'a> {
    version: &'a str,
    copies: usize,
    first_seen: Option<String>,
    words: u32,
    /// Of a story that is opened, and of all its versions but the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<ChangesLine<'a>>,
}

#[derive(Serialize)]
struct WeakestLinkLine<'a> {
    articles: &'a [String; 2],
    containment: f64,
    resemblance: f64,
    shared_shingles: u32,
    longest_run: u32,
    shared_unquoted: Option<f64>,
    shared_numbers: Option<f64>,
}

#[derive(Serialize)]
struct CopyLine<'a> {
    id: &'a str,
    outlet: Option<&'a str>,
    url: Option<&'a str>,
    published: Option<String>,
    lag_seconds: Option<i64>,
    version: &'a str,
    relation: &'static str,
    kept: f64,
    added: f64,
    containment: f64,
    resemblance: f64,
    headline_changed: Option<bool>,
    credit: Option<&'static str>,
    uncredited: bool,
}

#[derive(Serialize)]
struct CarrierLine<'a> {
    id: &'a str,
    outlet: Option<&'a str>,
    kept: f64,
}

impl<'a> StoryLine<'a> {
    fn new(story: &'a Story, params: &'a Params) -> Self {
        StoryLine {
            story: &story.id,
            agency: story.agency.as_ref().map(AgencyLine::new),
            dateline: story.dateline.as_ref(),
            headline: story.headline.as_deref(),
            versions: story.versions.iter().map(VersionLine::new).collect(),
            outlets: story.outlets,
            uncredited: story.n_uncredited(),
            weakest_link: story.weakest_link.as_ref().map(WeakestLinkLine::new),
            copies: &story.copies,
            carried_by: &story.carried_by,
            params,
        }
    }
}

impl<'a> AgencyLine<'a> {
    fn new(attribution: &'a Attribution) -> Self {
        let agency = attribution.agency.agency();
        AgencyLine {
            id: agency.id,
            name: agency.name,
            confidence: rounded(attribution.confidence),
            evidence: attribution.evidence.iter().map(EvidenceLine::new).collect(),
            others: attribution.others.iter().map(RivalLine::new).collect(),
            none: rounded(attribution.none),
        }
    }
}

impl<'a> RivalLine<'a> {
    fn new(rival: &'a Rival) -> Self {
        RivalLine {
            id: agency_id(rival.agency),
            probability: rounded(rival.probability),
            evidence: rival.evidence.iter().map(EvidenceLine::new).collect(),
        }
    }
}

impl<'a> EvidenceLine<'a> {
    fn new(evidence: &'a Evidence) -> Self {
        EvidenceLine {
            kind: evidence.kind,
            words: &evidence.words,
            copies: evidence.copies,
            outlets: evidence.outlets,
            id: &evidence.id,
            place: evidence.place,
        }
    }
}

impl<'a> VersionLine<'a> {
    fn new(version: &'a Version) -> Self {
        VersionLine {
            version: &version.id,
            copies: version.copies,
            first_seen: version.first_seen.map(Published::to_rfc3339),
            words: version.words,
            changes: None,
        }
    }
}

impl<'a> WeakestLinkLine<'a> {
    fn new(weakest: &'a WeakestLink) -> Self {
        WeakestLinkLine {
            articles: &weakest.articles,
            containment: rounded(weakest.link.containment),
            resemblance: rounded(weakest.link.resemblance),
            shared_shingles: weakest.link.shared_shingles,
            longest_run: weakest.link.longest_run,
            shared_unquoted: weakest.link.shared_unquoted.map(rounded),
            shared_numbers: weakest.link.shared_numbers.map(rounded),
        }
    }
}

impl<'a> CopyLine<'a> {
    fn new(copy: &'a Copy) -> Self {
        CopyLine {
            id: &copy.id,
            outlet: stated(&copy.outlet),
            url: copy.url.as_deref(),
            published: copy.published.map(Published::to_rfc3339),
            lag_seconds: copy.lag_seconds,
            version: &copy.version,
            relation: copy.relation.name(),
            kept: rounded(copy.kept),
            added: rounded(copy.added),
            containment: rounded(copy.containment),
            resemblance: rounded(copy.resemblance),
            headline_changed: copy.headline_changed,
            credit: copy.credit.map(agency_id),
            uncredited: copy.uncredited,
        }
    }
}

/// Copies one after the other: a story may have a million.
fn copies<S: serde::Serializer>(copies: &&[Copy], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(copies.iter().map(CopyLine::new))
}

fn carriers<S: serde::Serializer>(carriers: &&[Carrier], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(carriers.iter().map(|carrier| CarrierLine {
        id: &carrier.id,
        outlet: stated(&carrier.outlet),
        kept: rounded(carrier.kept),
    }))
}

fn agency_id(agency: AgencyId) -> &'static str {
    agency.agency().id
}

/// An outlet, where one is known.
fn stated(outlet: &str) -> Option<&str> {
    Some(outlet).filter(|outlet| !outlet.is_empty())
}
