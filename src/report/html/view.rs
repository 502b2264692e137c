//! What the template is given: figures counted and written out, so that it only has to put them in their places.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::charts::{Share, TimeChart};
use super::chunks::CHUNK;
use super::data::is_web;
use super::language::Language;
use crate::agency::{self, AgencyId};
use crate::article::Published;
use crate::report::plain;
use crate::report::totals::Totals;
use crate::report::words::{at_outlets, counted, full_date, lag, number, percent};
use crate::story::{Copy, Stories, Story};

/// What is said of the run as a whole.
#[derive(Debug)]
pub(super) struct Head {
    /// The run in one sentence.
    pub(super) summary: String,
    pub(super) tiles: Vec<Tile>,
    pub(super) over_time: Option<TimeChart>,
    pub(super) agencies: Vec<AgencyRow>,
    /// The days of the first and of the last copy, as form fields have them.
    pub(super) days: Option<[String; 2]>,
    pub(super) settings: String,
}

/// A figure with what it counts.
#[derive(Debug)]
pub(super) struct Tile {
    pub(super) figure: String,
    pub(super) label: &'static str,
}

/// An agency in the overview.
#[derive(Debug)]
pub(super) struct AgencyRow {
    /// Empty for stories whose agency is unknown.
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) stories: String,
    pub(super) copies: String,
    pub(super) uncredited: String,
    /// Its copies, credited or not, against those of the agency with most.
    pub(super) share: Share,
}

/// A line of the list of stories.
#[derive(Debug)]
pub(super) struct StoryRow {
    pub(super) id: String,
    pub(super) headline: String,
    /// Code and name of the language; empty where it is not known.
    pub(super) language: Language,
    /// The agency's code; empty where it is unknown.
    pub(super) agency: &'static str,
    /// Seconds since 1970 of the first and the last copy; empty where none is dated.
    pub(super) first: String,
    pub(super) last: String,
    pub(super) first_seen: String,
    pub(super) copies: usize,
    pub(super) outlets: usize,
    pub(super) uncredited: usize,
    pub(super) kept: String,
    /// In percent, for the bar.
    pub(super) kept_width: u32,
}

/// A story and its copies for readers without scripts.
#[derive(Debug)]
pub(super) struct WithoutScripts {
    pub(super) id: String,
    pub(super) headline: String,
    pub(super) copies: Vec<PlainCopy>,
    /// What is not listed, in words; empty if all is.
    pub(super) more: String,
}

/// A copy in that list.
#[derive(Debug)]
pub(super) struct PlainCopy {
    pub(super) outlet: String,
    pub(super) url: Option<String>,
    pub(super) when: String,
    pub(super) what: String,
}

/// The name of an outlet, as the page has it everywhere.
pub(super) fn outlet_name(outlet: &str) -> String {
    shortened(outlet, MAX_OUTLET)
}

/// Characters of an outlet's name: a host has at most 253.
const MAX_OUTLET: usize = 253;

fn shortened(text: &str, max_chars: usize) -> String {
    let text = plain(text);
    let text = text.trim();
    match text.char_indices().nth(max_chars) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What becomes of an agency's copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credited {
    /// On the agency's own site.
    Own,
    /// The page credits the agency, or one that passed the text on.
    Yes,
    /// The page credits neither.
    No,
}

/// How a copy of an agency's story names its source.
pub(super) fn credited(copy: &Copy, agency: AgencyId) -> Credited {
    if agency::by_outlet(&copy.outlet) == Some(agency) {
        Credited::Own
    } else if copy.uncredited {
        Credited::No
    } else {
        Credited::Yes
    }
}

impl Head {
    pub(super) fn new(stories: &Stories, found: &[&Story], min_copies: usize, settings: String) -> Self {
        let totals = Totals::of(found.iter().copied());
        let tile = |n: usize, label| Tile { figure: number(n as u64), label };
        Head {
            summary: summary(stories.counts.articles, totals, min_copies),
            tiles: vec![
                tile(stories.counts.articles as usize, "articles read"),
                tile(totals.stories, if min_copies > 1 { "reprinted stories" } else { "stories" }),
                tile(totals.copies, "copies of them"),
                tile(totals.outlets, "outlets"),
                tile(totals.agencies, "agencies"),
                tile(totals.uncredited, "uncredited copies"),
            ],
            over_time: TimeChart::new(stories),
            agencies: agencies(found),
            days: days(found),
            settings,
        }
    }
}

/// The run in a sentence or two, for whoever reads nothing else.
fn summary(n_articles: u64, totals: Totals, min_copies: usize) -> String {
    let articles = counted(n_articles as usize, "article", "articles");
    if totals.stories == 0 {
        let copies = counted(min_copies, "copy", "copies");
        return format!("Among {articles} no story was found that has {copies} or more.");
    }
    let stories = counted(totals.stories, "story", "stories");
    let places = at_outlets(totals.outlets);
    let what = match min_copies {
        0 | 1 => format!("{articles} tell {stories}, {places}."),
        _ => format!("{} of {articles} are copies of {stories} that ran {places}.", number(totals.copies as u64)),
    };
    let agency = match totals.of_agency {
        0 => "No copy says that a news agency wrote one.".to_owned(),
        n => {
            let silent = counted(totals.uncredited, "copy does", "copies do");
            let known = counted(n, "story is", "stories are");
            format!("{known} by a known news agency; {silent} not say so.")
        }
    };
    format!("{what} {agency}")
}

fn agencies(found: &[&Story]) -> Vec<AgencyRow> {
    #[derive(Default)]
    struct Count {
        stories: usize,
        copies: usize,
        uncredited: usize,
    }
    let mut counts: BTreeMap<Option<AgencyId>, Count> = BTreeMap::new();
    for story in found {
        let agency = story.agency.as_ref().map(|attribution| attribution.agency);
        let count = counts.entry(agency).or_default();
        count.stories += 1;
        count.copies += story.copies.len();
        count.uncredited += story.n_uncredited();
    }
    let most = counts.values().map(|count| count.copies).max().unwrap_or(1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(agency, count)| (agency.is_none(), std::cmp::Reverse(count.copies)));
    let row = |(agency, count): (Option<AgencyId>, Count)| AgencyRow {
        code: agency.map_or("", |agency| agency.agency().code),
        name: agency.map_or("no agency known", |agency| agency.agency().name),
        stories: number(count.stories as u64),
        copies: number(count.copies as u64),
        uncredited: agency.map_or_else(|| "–".to_owned(), |_| number(count.uncredited as u64)),
        share: Share::new(
            most,
            &[
                if agency.is_some() { count.copies - count.uncredited } else { 0 },
                count.uncredited,
                if agency.is_some() { 0 } else { count.copies },
            ],
        ),
    };
    counts.into_iter().map(row).collect()
}

fn days(found: &[&Story]) -> Option<[String; 2]> {
    let moments = || found.iter().flat_map(|story| &story.copies).filter_map(|copy| copy.published);
    let day = |at: Published| at.to_rfc3339().get(..10).map(str::to_owned);
    Some([day(moments().min()?)?, day(moments().max()?)?])
}

impl StoryRow {
    pub(super) fn new(story: &Story, language: Option<Language>) -> Self {
        let moments = || story.copies.iter().filter_map(|copy| copy.published.map(|at| at.unix_seconds));
        let shown = |moment: Option<i64>| moment.map_or_else(String::new, |at| at.to_string());
        let kept = story.median_kept();
        StoryRow {
            id: story.id.clone(),
            headline: headline(story),
            language: language.unwrap_or(Language { code: "", name: "" }),
            agency: story.agency.as_ref().map_or("", |attribution| attribution.agency.agency().code),
            first: shown(moments().min()),
            last: shown(moments().max()),
            first_seen: story.first_seen().map_or_else(|| "undated".to_owned(), full_date),
            copies: story.copies.len(),
            outlets: story.outlets,
            uncredited: story.n_uncredited(),
            kept: kept.map_or_else(|| "–".to_owned(), percent),
            kept_width: kept.map_or(0, |kept| (kept * 100.0).round() as u32),
        }
    }
}

fn headline(story: &Story) -> String {
    let headline = shortened(story.headline.as_deref().unwrap_or_default(), MAX_HEADLINE);
    if headline.is_empty() { "(no headline)".to_owned() } else { headline }
}

/// Characters of a headline in the list: real ones have fewer.
const MAX_HEADLINE: usize = 300;

impl WithoutScripts {
    pub(super) fn new(story: &Story, max_copies: usize) -> Self {
        let more = story.copies.len().saturating_sub(max_copies);
        WithoutScripts {
            id: story.id.clone(),
            headline: headline(story),
            copies: story.copies.iter().take(max_copies).map(|copy| PlainCopy::new(copy, story)).collect(),
            more: if more > 0 { counted(more, "more copy", "more copies") } else { String::new() },
        }
    }
}

impl PlainCopy {
    fn new(copy: &Copy, story: &Story) -> Self {
        let when = match (copy.published, copy.lag_seconds) {
            (Some(at), Some(after)) => format!("{}, {}", full_date(at), lag(after)),
            _ => "undated".to_owned(),
        };
        let credit = match story.agency.as_ref().map(|attribution| credited(copy, attribution.agency)) {
            Some(Credited::No) => ", uncredited".to_owned(),
            _ => copy.credit.map_or_else(String::new, |agency| format!(", credits {}", agency.agency().code)),
        };
        PlainCopy {
            outlet: if copy.outlet.is_empty() { "outlet not known".to_owned() } else { outlet_name(&copy.outlet) },
            url: copy.url.as_deref().filter(|url| is_web(url)).map(str::to_owned),
            when,
            what: format!(
                "{}, kept {}, added {}{credit}",
                copy.relation.name(),
                percent(copy.kept),
                percent(copy.added)
            ),
        }
    }
}

/// Which outlets have which stories, for the filter; and how many stories a chunk has.
#[derive(Debug, Serialize)]
pub(super) struct OutletIndex {
    chunk_size: usize,
    outlets: Vec<String>,
    /// For each story of the list the numbers of its outlets.
    stories: Vec<Vec<u32>>,
}

impl OutletIndex {
    pub(super) fn new<'a>(stories: &[&'a Story]) -> Self {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut outlets = Vec::new();
        let of_story = |story: &&'a Story| {
            let mut own = Vec::new();
            for copy in story.copies.iter().filter(|copy| !copy.outlet.is_empty()) {
                let number = *numbers.entry(&copy.outlet).or_insert_with(|| {
                    outlets.push(outlet_name(&copy.outlet));
                    outlets.len() as u32 - 1
                });
                own.push(number);
            }
            own.sort_unstable();
            own.dedup();
            own
        };
        let stories = stories.iter().map(of_story).collect();
        OutletIndex { chunk_size: CHUNK, outlets, stories }
    }
}
