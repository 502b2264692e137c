//! Figures, times and lengths of text as people read them.

use anstyle::{AnsiColor, Style};
use jiff::civil::DateTime;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::super::plain;
use crate::agency::AgencyId;
use crate::article::Published;
use crate::clean::credit::Dateline;
use crate::story::Story;

/// What stands where nothing is known.
pub(super) const UNKNOWN: &str = "–";

/// Columns of a terminal that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.graphemes(true).map(|grapheme| grapheme.width()).sum()
}

/// Characters of one grapheme that are shown: real ones have a handful, hostile ones a million marks.
const MAX_GRAPHEME: usize = 16;

/// A page's text, safe to show and cut to so many columns; an ellipsis says that it was cut.
pub(super) fn fit(text: &str, columns: usize) -> String {
    let text = plain(text);
    let mut fitted = String::new();
    let (mut used, mut end_before_ellipsis) = (0, 0);
    for grapheme in text.trim_end().graphemes(true) {
        let wide = grapheme.width();
        if used + wide > columns {
            fitted.truncate(end_before_ellipsis);
            fitted.push_str(if columns == 0 { "" } else { "…" });
            return fitted;
        }
        used += wide;
        fitted.extend(grapheme.chars().take(MAX_GRAPHEME));
        if used < columns {
            end_before_ellipsis = fitted.len();
        }
    }
    fitted
}

/// A text in lines of at most so many columns, broken at spaces; within a word where it is wider than a line.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = width(word);
        match lines.last_mut() {
            Some(line) if used + 1 + wide <= columns => {
                line.push(' ');
                line.push_str(word);
                used += 1 + wide;
            }
            _ => used = push_word(&mut lines, word, wide, columns),
        }
    }
    lines
}

/// Begins a line with a word, and another wherever it is full; columns of the last one that are used.
fn push_word(lines: &mut Vec<String>, word: &str, wide: usize, columns: usize) -> usize {
    if wide <= columns {
        lines.push(word.to_owned());
        return wide;
    }
    let (mut line, mut used) = (String::new(), 0);
    for grapheme in word.graphemes(true) {
        if used > 0 && used + grapheme.width() > columns {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        line.push_str(grapheme);
        used += grapheme.width();
    }
    lines.push(line);
    used
}

/// `1,024`.
pub(super) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 story`, `1,024 stories`.
pub(super) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n as u64), if n == 1 { one } else { many })
}

/// `92%`. Only the whole is 100%, only nothing is 0%.
pub(super) fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round();
    match rounded as i64 {
        100 if share < 1.0 => "99%".to_owned(),
        0 if share > 0.0 => "<1%".to_owned(),
        percent => format!("{percent}%"),
    }
}

/// Columns of a [`bar`].
const BAR: usize = 6;

/// `━━━━──  67%`: told apart without color too.
pub(super) fn bar(share: f64) -> String {
    let filled = ((share * BAR as f64).round() as usize).min(BAR);
    format!("{}{} {:>4}", "━".repeat(filled), "─".repeat(BAR - filled), percent(share))
}

/// `+2 h 05 min` after the first.
pub(super) fn lag(seconds: i64) -> String {
    let minutes = seconds / 60;
    match (minutes / 60 / 24, minutes / 60 % 24, minutes % 60) {
        (0, 0, 0) if seconds == 0 => "first".to_owned(),
        (0, 0, 0) => format!("+{seconds} s"),
        (0, 0, minutes) => format!("+{minutes} min"),
        (0, hours, minutes) => format!("+{hours} h {minutes:02} min"),
        (days, hours, _) => format!("+{} d {hours:02} h", number(days.unsigned_abs())),
    }
}

/// How dates are shown: short, where the year goes without saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dates {
    /// `19 Sep 21:39`.
    Short,
    /// `19 Sep 2025`.
    WithYear,
}

impl Dates {
    /// The form for dates that are shown together.
    pub(super) fn of(dates: impl Iterator<Item = Published>) -> Self {
        let mut years = dates.filter_map(utc).map(|at| at.year());
        let first = years.next();
        if years.all(|year| Some(year) == first) { Dates::Short } else { Dates::WithYear }
    }

    /// A moment in UTC.
    pub(super) fn show(self, at: Option<Published>) -> String {
        let form = match self {
            Dates::Short => "%e %b %H:%M",
            Dates::WithYear => "%e %b %Y",
        };
        at.and_then(utc).map_or_else(|| UNKNOWN.to_owned(), |at| at.strftime(form).to_string())
    }
}

/// `19 Sep 2025 21:39`.
pub(super) fn full_date(at: Published) -> String {
    utc(at).map_or_else(|| UNKNOWN.to_owned(), |at| at.strftime("%-d %b %Y %H:%M").to_string())
}

fn utc(at: Published) -> Option<DateTime> {
    jiff::Timestamp::from_second(at.unix_seconds).ok().map(|at| jiff::tz::Offset::UTC.to_datetime(at))
}

/// `MOSCOW, 19 Sep 2025`; the year is left out where none is known.
pub(super) fn dateline(dateline: &Dateline) -> String {
    let place = plain(&dateline.place);
    let Some(date) = dateline.date.as_deref() else { return place.into_owned() };
    let date = match date.strip_prefix("--") {
        // Any leap year will do to read a day without one.
        Some(day) => read_date(&format!("2024-{day}"), "%-d %b"),
        None => read_date(date, "%-d %b %Y"),
    }
    .unwrap_or_else(|| plain(date).into_owned());
    format!("{place}, {date}")
}

fn read_date(date: &str, form: &str) -> Option<String> {
    date.parse::<jiff::civil::Date>().ok().map(|date| date.strftime(form).to_string())
}

/// When a story was first seen.
pub(super) fn first_seen(story: &Story) -> Option<Published> {
    story.versions.iter().filter_map(|version| version.first_seen).min()
}

/// An agency's color: always the same one, and mostly another than its neighbor's.
pub(super) fn agency_style(agency: AgencyId) -> Style {
    const COLORS: [AnsiColor; 6] = [
        AnsiColor::Cyan,
        AnsiColor::Yellow,
        AnsiColor::Green,
        AnsiColor::Magenta,
        AnsiColor::Blue,
        AnsiColor::BrightRed,
    ];
    COLORS[usize::from(agency.0) % COLORS.len()].on_default().bold()
}

/// For what is there to be looked up, not read.
pub(super) const DIM: Style = Style::new().dimmed();
/// For what is read first.
pub(super) const BOLD: Style = Style::new().bold();
