//! What the page's script is given of a story. Field names are those of the JSON report where it has the same.
//!
//! All text goes through [`plain`]: what would turn a line around, or is not seen, is left out; markup stays what it is, text.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::{Serialize, Serializer};

use super::view::{Credited, credited, outlet_name};
use super::{Bodies, HtmlLimits};
use crate::agency::AgencyId;
use crate::article::{ArticleId, Published};
use crate::changes::{Mark, Span, side_by_side};
use crate::clean::credit::Place;
use crate::error::Result;
use crate::params::Params;
use crate::report::{plain, rounded};
use crate::story::{Attribution, Copy, Evidence, EvidenceKind, Rival, Story};

/// A story.
#[derive(Serialize)]
pub(super) struct StoryData<'a> {
    story: &'a str,
    headline: Option<String>,
    agency: Option<AgencyData>,
    dateline: Option<String>,
    outlets: usize,
    /// Of all copies, those that are not listed too.
    uncredited: usize,
    /// Seconds since 1970 of the first and the last copy, and between them.
    published: Option<[i64; 2]>,
    longest_lag: Option<i64>,
    versions: Vec<VersionData>,
    weakest_link: Option<LinkData>,
    copies: Vec<CopyData<'a>>,
    /// Copies that are not listed.
    more_copies: usize,
    carried_by: Vec<CarrierData>,
}

#[derive(Serialize)]
struct AgencyData {
    code: &'static str,
    name: &'static str,
    confidence: f64,
    evidence: Vec<EvidenceData>,
    others: Vec<RivalData>,
}

/// Another agency that copies name.
#[derive(Serialize)]
struct RivalData {
    code: &'static str,
    probability: f64,
    evidence: Vec<EvidenceData>,
}

#[derive(Serialize)]
struct EvidenceData {
    kind: EvidenceKind,
    words: String,
    copies: usize,
    outlets: usize,
    /// Where the words stand on the page of the copy with this id.
    id: String,
    place: Option<Place>,
}

#[derive(Serialize)]
struct VersionData {
    copies: usize,
    words: u32,
}

#[derive(Serialize)]
struct LinkData {
    articles: [String; 2],
    containment: f64,
    longest_run: u32,
}

#[derive(Serialize)]
struct CopyData<'a> {
    id: String,
    outlet: String,
    url: Option<&'a str>,
    /// Seconds since 1970.
    published: Option<i64>,
    lag_seconds: Option<i64>,
    /// From 0.
    version: usize,
    relation: &'static str,
    kept: f64,
    added: f64,
    headline: Option<String>,
    headline_changed: Option<bool>,
    credit: Option<&'static str>,
    uncredited: bool,
    /// Whether it stands on the agency's own site.
    own_site: bool,
    /// The number of the copy that it is compared with; of one that is not listed, none.
    against: Option<usize>,
    beside: Option<&'a Beside>,
}

#[derive(Serialize)]
struct CarrierData {
    id: String,
    outlet: String,
    kept: f64,
}

impl<'a> StoryData<'a> {
    /// `beside` has what each of the first copies looks like beside the text that it is compared with.
    pub(super) fn new(story: &'a Story, beside: &'a [Option<Beside>], max_copies: usize) -> Self {
        let listed = listed(story, max_copies);
        let places: HashMap<ArticleId, usize> = listed.iter().zip(0..).map(|(copy, at)| (copy.article, at)).collect();
        let versions: HashMap<&str, usize> =
            story.versions.iter().map(|version| version.id.as_str()).zip(0..).collect();
        let agency = story.agency.as_ref().map(|attribution| attribution.agency);
        let beside = beside.iter().take(max_copies).chain(std::iter::repeat(&None));
        let copies = listed.iter().zip(beside).map(|(copy, beside)| CopyData {
            version: versions.get(copy.version.as_str()).copied().unwrap_or_default(),
            against: copy.against.and_then(|against| places.get(&against).copied()),
            beside: beside.as_ref(),
            ..CopyData::new(copy, agency)
        });
        let moments = || story.copies.iter().filter_map(|copy| copy.published.map(seconds));
        StoryData {
            story: &story.id,
            headline: story.headline.as_deref().map(owned),
            agency: story.agency.as_ref().map(AgencyData::new),
            dateline: story.dateline.as_ref().map(crate::report::words::dateline),
            outlets: story.outlets,
            uncredited: story.n_uncredited(),
            published: moments().min().zip(moments().max()).map(|(first, last)| [first, last]),
            longest_lag: story.copies.iter().filter_map(|copy| copy.lag_seconds).max(),
            versions: story.versions.iter().map(VersionData::new).collect(),
            weakest_link: story.weakest_link.as_ref().map(LinkData::new),
            copies: copies.collect(),
            more_copies: story.copies.len() - listed.len(),
            carried_by: story.carried_by.iter().take(max_copies).map(CarrierData::new).collect(),
        }
    }
}

/// The first copies, and after them the fullest ones of the versions: others are held against these.
fn listed(story: &Story, max_copies: usize) -> Vec<&Copy> {
    let (first, rest) = story.copies.split_at(story.copies.len().min(max_copies));
    let is_fullest = |copy: &&Copy| story.versions.iter().any(|version| version.fullest == copy.article);
    first.iter().chain(rest.iter().filter(is_fullest)).collect()
}

impl AgencyData {
    fn new(attribution: &Attribution) -> Self {
        let agency = attribution.agency.agency();
        let rival = |rival: &Rival| RivalData {
            code: rival.agency.agency().code,
            probability: rounded(rival.probability),
            evidence: rival.evidence.iter().map(EvidenceData::new).collect(),
        };
        AgencyData {
            code: agency.code,
            name: agency.name,
            confidence: rounded(attribution.confidence),
            evidence: attribution.evidence.iter().map(EvidenceData::new).collect(),
            others: attribution.others.iter().take(MAX_RIVALS).map(rival).collect(),
        }
    }
}

/// Other agencies that are listed: a story has one or two that passed it on, rarely more.
const MAX_RIVALS: usize = 6;

impl EvidenceData {
    fn new(evidence: &Evidence) -> Self {
        EvidenceData {
            kind: evidence.kind,
            words: owned(&evidence.words),
            copies: evidence.copies,
            outlets: evidence.outlets,
            id: owned(&evidence.id),
            place: evidence.place,
        }
    }
}

impl VersionData {
    fn new(version: &crate::story::Version) -> Self {
        VersionData { copies: version.copies, words: version.words }
    }
}

impl LinkData {
    fn new(weakest: &crate::story::WeakestLink) -> Self {
        LinkData {
            articles: weakest.articles.each_ref().map(|id| owned(id)),
            containment: rounded(weakest.link.containment),
            longest_run: weakest.link.longest_run,
        }
    }
}

impl<'a> CopyData<'a> {
    fn new(copy: &'a Copy, agency: Option<AgencyId>) -> Self {
        CopyData {
            id: owned(&copy.id),
            outlet: outlet_name(&copy.outlet),
            url: copy.url.as_deref().filter(|url| is_web(url)),
            published: copy.published.map(seconds),
            lag_seconds: copy.lag_seconds,
            version: 0,
            relation: copy.relation.name(),
            kept: rounded(copy.kept),
            added: rounded(copy.added),
            headline: copy.headline.as_deref().map(owned),
            headline_changed: copy.headline_changed,
            credit: copy.credit.map(|agency| agency.agency().code),
            uncredited: copy.uncredited,
            own_site: agency.is_some_and(|agency| credited(copy, agency) == Credited::Own),
            against: None,
            beside: None,
        }
    }
}

impl CarrierData {
    fn new(carrier: &crate::story::Carrier) -> Self {
        CarrierData { id: owned(&carrier.id), outlet: outlet_name(&carrier.outlet), kept: rounded(carrier.kept) }
    }
}

/// A copy beside the text that it is compared with: rows of paragraphs of that text and of the copy.
#[derive(Debug)]
pub(super) struct Beside(Vec<[Vec<Vec<Span>>; 2]>);

/// The first copies of a story beside the texts that they are compared with; the origin is its own. `None` for a copy
/// with too long a text.
///
/// # Errors
/// What `body` returns.
pub(super) fn beside(
    story: &Story,
    params: &Params,
    body: &Bodies<'_>,
    limits: &HtmlLimits,
) -> Result<Vec<Option<Beside>>> {
    let short = |text: &[String]| text.iter().map(String::len).sum::<usize>() <= limits.text_bytes;
    // Copies of one version are compared with one text.
    let mut texts: HashMap<ArticleId, Vec<String>> = HashMap::new();
    let mut beside = Vec::new();
    for copy in story.copies.iter().take(limits.beside) {
        let own = body(copy.article)?;
        let Some(against) = copy.against else {
            beside.push(short(&own).then(|| Beside::alone(&own)));
            continue;
        };
        let text = match texts.entry(against) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(body(against)?),
        };
        beside.push((short(text) && short(&own)).then(|| Beside::new(text, &own, params)));
    }
    Ok(beside)
}

impl Beside {
    /// A text that is compared with none.
    fn alone(text: &[String]) -> Self {
        let kept = |paragraph: &String| vec![vec![Span { mark: Mark::Kept, text: paragraph.clone() }]];
        Beside(text.iter().map(|paragraph| [kept(paragraph), kept(paragraph)]).collect())
    }

    fn new(text: &[String], copy: &[String], params: &Params) -> Self {
        let columns = side_by_side(text, copy, params);
        Beside(columns.rows.into_iter().map(|row| [row.before, row.after]).collect())
    }
}

/// Rows of two columns of paragraphs of spans: a kept span is its text, any other a list of its mark and its text.
impl Serialize for Beside {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|columns| {
            columns
                .each_ref()
                .map(|paragraphs| paragraphs.iter().map(|spans| spans.iter().map(SpanData::new).collect()).collect())
                as [Vec<Vec<SpanData>>; 2]
        }))
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum SpanData {
    Kept(String),
    Marked(char, String),
}

impl SpanData {
    fn new(span: &Span) -> Self {
        let text = owned(&span.text);
        match span.mark {
            Mark::Kept => SpanData::Kept(text),
            Mark::Moved => SpanData::Marked('m', text),
            Mark::Changed => SpanData::Marked('c', text),
            Mark::Single => SpanData::Marked('s', text),
        }
    }
}

fn owned(text: &str) -> String {
    plain(text).into_owned()
}

fn seconds(at: Published) -> i64 {
    at.unix_seconds
}

/// Whether an address is one of the web: others (`javascript:`) are no links.
pub(super) fn is_web(url: &str) -> bool {
    let starts = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (starts("https://") || starts("http://")) && url.len() <= MAX_URL_BYTES && plain(url) == url
}

/// Bytes of an address that is a link: longer ones are no pages of an outlet, and a list of them fills a file.
const MAX_URL_BYTES: usize = 2_000;
