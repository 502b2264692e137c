//! Charts as numbers: where in an SVG each bar stands. The template draws them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::Offset;

use super::view::{Credited, credited};
use crate::report::words::{counted, number};
use crate::story::{Stories, Story};

/// What a bar stacks: articles that credit their agency or are its own, that do not, and all others.
const STACK: usize = 3;

/// A bar of one line that stacks shares, in percent of the longest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Share {
    pub(super) parts: Vec<SharePart>,
}

/// A part of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SharePart {
    /// The part's number in the stack: its color.
    pub(super) layer: usize,
    pub(super) x: String,
    pub(super) width: String,
}

impl Share {
    /// `most` is what fills the whole line.
    pub(super) fn new(most: usize, parts: &[usize]) -> Self {
        let percent = |n: usize| 100.0 * n as f64 / most.max(1) as f64;
        let mut x = 0.0;
        let mut placed = Vec::new();
        for (layer, &n) in parts.iter().enumerate().filter(|(_, n)| **n > 0) {
            let width = percent(n);
            placed.push(SharePart { layer, x: format!("{x:.2}"), width: format!("{width:.2}") });
            x += width;
        }
        Share { parts: placed }
    }
}

/// Articles over time. Stretches without an article are left out: a run often has a few days of several years.
#[derive(Debug)]
pub(super) struct TimeChart {
    pub(super) bars: Vec<Bar>,
    pub(super) ticks: Vec<Tick>,
    /// Where time was left out, in percent of the width.
    pub(super) breaks: Vec<String>,
    /// Articles that the highest bar stands for.
    pub(super) most: String,
    /// What a bar stands for: `day`.
    pub(super) per: &'static str,
    /// The chart in one sentence.
    pub(super) summary: String,
    /// What it does not show; empty if that is nothing.
    pub(super) note: String,
}

/// One bar.
#[derive(Debug)]
pub(super) struct Bar {
    pub(super) label: String,
    /// In percent of the width.
    pub(super) x: String,
    pub(super) width: String,
    pub(super) rects: Vec<Rect>,
}

/// A part of a bar, in units of [`HEIGHT`].
#[derive(Debug)]
pub(super) struct Rect {
    pub(super) layer: usize,
    pub(super) y: String,
    pub(super) height: String,
}

/// A date below the bars.
#[derive(Debug)]
pub(super) struct Tick {
    pub(super) x: String,
    pub(super) label: String,
}

/// Height of the highest bar, in pixels.
const HEIGHT: f64 = 150.0;
/// Room above it.
const ABOVE: f64 = 16.0;
/// Bars, and breaks between them, at most: they must be seen.
const MAX_COLUMNS: usize = 80;
/// Empty bars in a row that are left out.
const GAP: i64 = 4;
/// Dates below the bars at most.
const MAX_TICKS: usize = 6;
/// Seconds of a bar, what that is called, and how the dates below are written.
const STEPS: &[(i64, &str, &str)] = &[
    (3_600, "hour", "%-d %b %H:%M"),
    (3 * 3_600, "three hours", "%-d %b %H:%M"),
    (6 * 3_600, "six hours", "%-d %b %H:%M"),
    (86_400, "day", "%-d %b %Y"),
    (7 * 86_400, "week", "%-d %b %Y"),
    (28 * 86_400, "four weeks", "%b %Y"),
    (364 * 86_400, "year", "%Y"),
    (20 * 364 * 86_400, "twenty years", "%Y"),
];

/// How they are written where they are of several years.
const STEPS_OF_YEARS: &str = "%-d %b %Y";

/// Articles of a stretch of time, by layer.
type Count = [usize; STACK];

/// A place from left to right.
#[derive(Debug, Clone, Copy)]
enum Column {
    /// So many steps after 1970.
    Bar(i64, Count),
    Break,
}

impl TimeChart {
    /// The articles of a run by when they were published; `None` where none is dated. O(articles).
    pub(super) fn new(stories: &Stories) -> Option<Self> {
        let moments: Vec<(i64, usize)> = stories.stories.iter().flat_map(moments).collect();
        let last = STEPS.last()?;
        let (step, per, form, columns) = STEPS
            .iter()
            .map(|&(step, per, form)| (step, per, form, columns(&moments, step)))
            .find(|(step, .., columns)| columns.len() <= MAX_COLUMNS || *step == last.0)?;
        let total = |count: &Count| count.iter().sum::<usize>();
        let bars = || {
            columns.iter().filter_map(|column| match column {
                Column::Bar(at, count) => Some((*at, count)),
                Column::Break => None,
            })
        };
        let (highest, most) =
            bars().map(|(at, count)| (at, total(count))).max_by_key(|&(at, n)| (n, std::cmp::Reverse(at)))?;
        let (first, end) = (bars().next()?.0, bars().next_back()?.0);
        let year = |at: i64| show(at * step, "%Y");
        let form = if year(first) == year(end) { form } else { STEPS_OF_YEARS };
        let moment = |at: i64| show(at * step, form);
        let undated = stories.counts.articles as usize - moments.len().min(stories.counts.articles as usize);
        Some(TimeChart {
            bars: placed(&columns, most, &moment),
            ticks: ticks(&columns, &moment),
            breaks: (0..columns.len())
                .filter(|&at| matches!(columns[at], Column::Break))
                .map(|at| across(at as f64 + 0.5, columns.len()))
                .collect(),
            most: number(most as u64),
            per,
            summary: format!(
                "Articles per {per} from {} to {}; most, {}, from {}.",
                moment(first),
                moment(end),
                number(most as u64),
                moment(highest)
            ),
            note: if undated > 0 {
                counted(undated, "article has no date", "articles have no date")
            } else {
                String::new()
            },
        })
    }
}

/// When each copy was published, and in which layer of a bar it counts.
fn moments(story: &Story) -> impl Iterator<Item = (i64, usize)> + '_ {
    let agency = story.agency.as_ref().filter(|_| story.copies.len() > 1).map(|attribution| attribution.agency);
    let layer = move |copy| match agency.map(|agency| credited(copy, agency)) {
        Some(Credited::Own | Credited::Yes) => 0,
        Some(Credited::No) => 1,
        None => 2,
    };
    story.copies.iter().filter_map(move |copy| copy.published.map(|at| (at.unix_seconds, layer(copy))))
}

fn columns(moments: &[(i64, usize)], step: i64) -> Vec<Column> {
    let mut counts: BTreeMap<i64, Count> = BTreeMap::new();
    for (at, layer) in moments {
        counts.entry(at.div_euclid(step)).or_default()[*layer] += 1;
    }
    let mut columns = Vec::new();
    let mut next: Option<i64> = None;
    for (at, count) in counts {
        match next.map(|next| at - next) {
            Some(empty) if empty >= GAP => columns.push(Column::Break),
            Some(empty) => columns.extend((0..empty).map(|later| Column::Bar(at - empty + later, Count::default()))),
            None => {}
        }
        columns.push(Column::Bar(at, count));
        next = Some(at + 1);
    }
    columns
}

/// A place among so many columns, in percent.
fn across(at: f64, n_columns: usize) -> String {
    format!("{:.2}", 100.0 * at / n_columns.max(1) as f64)
}

fn placed(columns: &[Column], most: usize, moment: &dyn Fn(i64) -> String) -> Vec<Bar> {
    let mut bars = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        let Column::Bar(at, count) = column else { continue };
        if count.iter().all(|n| *n == 0) {
            continue;
        }
        let articles = counted(count.iter().sum(), "article", "articles");
        bars.push(Bar {
            label: format!(
                "{}: {articles}, {} credited to an agency, {} of an agency and uncredited",
                moment(*at),
                count[0],
                count[1]
            ),
            x: across(place as f64 + 0.06, columns.len()),
            width: across(0.88, columns.len()),
            rects: stacked(count, most),
        });
    }
    bars
}

fn stacked(count: &Count, most: usize) -> Vec<Rect> {
    let mut y = ABOVE + HEIGHT;
    let mut rects = Vec::new();
    for (layer, &n) in count.iter().enumerate().filter(|(_, n)| **n > 0) {
        let height = HEIGHT * n as f64 / most.max(1) as f64;
        y -= height;
        rects.push(Rect { layer, y: format!("{y:.1}"), height: format!("{height:.1}") });
    }
    rects
}

/// A handful of dates: where each stretch begins, and evenly within the long ones.
fn ticks(columns: &[Column], moment: &dyn Fn(i64) -> String) -> Vec<Tick> {
    let apart = columns.len().div_ceil(MAX_TICKS).max(1);
    let mut ticks = Vec::new();
    let mut free = 0;
    for (place, column) in columns.iter().enumerate() {
        let Column::Bar(at, _) = column else { continue };
        // The last one needs room for its words.
        if place >= free && 100 * place <= 84 * columns.len() {
            ticks.push(Tick { x: across(place as f64, columns.len()), label: moment(*at) });
            free = place + apart;
        }
    }
    ticks
}

fn show(seconds: i64, form: &str) -> String {
    let at = Timestamp::from_second(seconds);
    at.map_or_else(|_| String::new(), |at| Offset::UTC.to_datetime(at).strftime(form).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_stretches_are_left_out_and_short_gaps_kept() {
        let at = |hours: i64| (hours * 3_600, 0);
        let shown = |moments: &[(i64, usize)], step| {
            let one = |column: &Column| match column {
                Column::Bar(at, count) => format!("{at}:{}", count.iter().sum::<usize>()),
                Column::Break => "…".to_owned(),
            };
            columns(moments, step).iter().map(one).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(&[at(1), at(1), at(3), at(100)], 3_600), "1:2 2:0 3:1 … 100:1");
        assert_eq!(shown(&[at(-1), at(0)], 3_600), "-1:1 0:1");
        assert_eq!(shown(&[], 3_600), "");
        // A page that is dated 1970 costs one bar and one break.
        assert_eq!(shown(&[at(0), at(500_000), at(500_001)], 86_400), "0:1 … 20833:2");
    }

    #[test]
    fn shares_stand_one_after_the_other() {
        let share = Share::new(200, &[100, 0, 50]);
        let parts: Vec<_> = share.parts.iter().map(|p| (p.layer, p.x.as_str(), p.width.as_str())).collect();
        assert_eq!(parts, [(0, "0.00", "50.00"), (2, "50.00", "25.00")]);
    }
}
