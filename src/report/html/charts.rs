//! Charts as numbers: where in an SVG each bar stands. The template draws them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::Offset;

use super::view::{Credited, credited};
use crate::report::words::counted;
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
    /// What the highest bar stands for: `35 articles per day`.
    pub(super) most: String,
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
    /// Whether its words end at the tick: at the right edge there is no room behind it.
    pub(super) ends: bool,
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
/// Columns between two dates at least, of a hundred.
const TICK_ROOM: usize = 15;

/// How long a bar is.
#[derive(Debug, Clone, Copy)]
struct Step {
    seconds: i64,
    /// What that is called.
    name: &'static str,
    /// How its dates are written, where all are of one year and where they are not.
    forms: [&'static str; 2],
}

const fn step(seconds: i64, name: &'static str, forms: [&'static str; 2]) -> Step {
    Step { seconds, name, forms }
}

const DAY: i64 = 86_400;
const YEAR: i64 = 31_556_952;
const OF_HOURS: [&str; 2] = ["%-d %b %H:%M", "%-d %b %Y %H:%M"];
const OF_DAYS: [&str; 2] = ["%-d %b", "%-d %b %Y"];
const OF_MONTHS: [&str; 2] = ["%b %Y", "%b %Y"];
const OF_YEARS: [&str; 2] = ["%Y", "%Y"];

const STEPS: &[Step] = &[
    step(3_600, "hour", OF_HOURS),
    step(3 * 3_600, "three hours", OF_HOURS),
    step(6 * 3_600, "six hours", OF_HOURS),
    step(DAY, "day", OF_DAYS),
    step(7 * DAY, "week", OF_DAYS),
    step(28 * DAY, "four weeks", OF_MONTHS),
    step(YEAR, "year", OF_YEARS),
    step(2 * YEAR, "two years", OF_YEARS),
    step(5 * YEAR, "five years", OF_YEARS),
    step(20 * YEAR, "twenty years", OF_YEARS),
];

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
    /// The articles of a run by when they were published; `None` where none is dated. O(articles log articles).
    pub(super) fn new(stories: &Stories) -> Option<Self> {
        let mut moments: Vec<(i64, usize)> = stories.stories.iter().flat_map(moments).collect();
        moments.sort_unstable();
        let (first, last) = (moments.first()?.0, moments.last()?.0);
        let undated = (stories.counts.articles as usize).saturating_sub(moments.len());
        let (step, columns) = chosen(&moments)?;
        let form = step.forms[usize::from(show(first, "%Y") != show(last, "%Y"))];
        let moment = |at: i64| show(at * step.seconds, form);
        let most = columns.iter().map(Column::total).max().unwrap_or(0);
        let per = format!("{} per {}", counted(most, "article", "articles"), step.name);
        let days = [first, last].map(|at| show(at, "%-d %b %Y"));
        let undated = counted(undated, "article has no date", "articles have no date");
        Some(TimeChart {
            bars: placed(&columns, most, &moment),
            ticks: ticks(&columns, &moment),
            breaks: breaks(&columns),
            summary: format!("Articles from {} to {}, at most {per}.", days[0], days[1]),
            most: per,
            note: if undated.starts_with("0 ") { String::new() } else { undated },
        })
    }
}

/// The shortest step with which all that is there can be seen.
fn chosen(moments: &[(i64, usize)]) -> Option<(Step, Vec<Column>)> {
    let longest = STEPS.last()?.seconds;
    let steps = STEPS.iter().map(|step| (*step, columns(moments, step.seconds)));
    { steps }.find(|(step, columns)| columns.len() <= MAX_COLUMNS || step.seconds == longest)
}

impl Column {
    fn total(&self) -> usize {
        match self {
            Column::Bar(_, count) => count.iter().sum(),
            Column::Break => 0,
        }
    }
}

fn breaks(columns: &[Column]) -> Vec<String> {
    let places = (0..columns.len()).filter(|&at| matches!(columns[at], Column::Break));
    places.map(|at| across(at as f64 + 0.5, columns.len())).collect()
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

/// A handful of dates: where stretches begin, as far as there is room, and then evenly between.
fn ticks(columns: &[Column], moment: &dyn Fn(i64) -> String) -> Vec<Tick> {
    let room = (TICK_ROOM * columns.len()).div_ceil(100).max(1);
    let begins = |at: usize| at == 0 || matches!(columns[at - 1], Column::Break);
    let mut places: Vec<usize> = Vec::new();
    for wanted in [true, false] {
        for at in (0..columns.len()).filter(|&at| begins(at) == wanted && matches!(columns[at], Column::Bar(..))) {
            if places.iter().all(|place| place.abs_diff(at) >= room) {
                places.push(at);
            }
        }
    }
    places.sort_unstable();
    let tick = |at: usize| {
        let Column::Bar(step, _) = columns[at] else { return None };
        let ends = at + room > columns.len();
        let x = across(if ends { at as f64 + 1.0 } else { at as f64 }, columns.len());
        Some(Tick { x, ends, label: moment(step) })
    };
    places.into_iter().filter_map(tick).collect()
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
    fn the_step_is_the_shortest_with_which_all_can_be_seen() {
        let years = |n: i64| (0..n).map(|year| (year * YEAR, 0)).collect::<Vec<_>>();
        let hours = |n: i64| (0..n).map(|hour| (hour * 3_600, 0)).collect::<Vec<_>>();
        let name = |moments: &[(i64, usize)]| chosen(moments).map(|(step, _)| step.name);
        assert_eq!(name(&hours(3)), Some("hour"));
        assert_eq!(name(&hours(100)), Some("three hours"));
        assert_eq!(name(&hours(24 * 60)), Some("day"));
        assert_eq!(name(&years(30)), Some("hour"), "a bar and a break for each");
        assert_eq!(name(&years(60)), Some("year"));
        assert_eq!(name(&years(100)), Some("two years"));
        assert_eq!(name(&years(5_000)), Some("twenty years"));
    }

    #[test]
    fn dates_have_room_and_every_stretch_has_one_where_it_can() {
        let at = |hours: i64| (hours * 3_600, 0);
        let columns = columns(&[at(0), at(1), at(2), at(100), at(101), at(300)], 3_600);
        let ticks = ticks(&columns, &|at| at.to_string());
        let shown: Vec<_> = ticks.iter().map(|tick| (tick.label.as_str(), tick.ends)).collect();
        assert_eq!(shown, [("0", false), ("2", false), ("100", false), ("300", true)]);
    }

    #[test]
    fn shares_stand_one_after_the_other() {
        let share = Share::new(200, &[100, 0, 50]);
        let parts: Vec<_> = share.parts.iter().map(|p| (p.layer, p.x.as_str(), p.width.as_str())).collect();
        assert_eq!(parts, [(0, "0.00", "50.00"), (2, "50.00", "25.00")]);
    }
}
