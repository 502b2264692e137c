//! Figures and times as people read them.

use jiff::civil::DateTime;

use super::plain;
use crate::article::Published;
use crate::clean::credit::Dateline;

/// What stands where nothing is known.
pub(in crate::report) const UNKNOWN: &str = "–";

/// `1,024`.
pub(in crate::report) fn number(n: u64) -> String {
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
pub(in crate::report) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n as u64), if n == 1 { one } else { many })
}

/// `at 3 outlets`; of copies whose outlets are not known, that.
pub(in crate::report) fn at_outlets(n: usize) -> String {
    match n {
        0 => "at outlets that are not known".to_owned(),
        n => format!("at {}", counted(n, "outlet", "outlets")),
    }
}

/// `92%`. Only the whole is 100%, only nothing is 0%.
pub(in crate::report) fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round();
    match rounded as i64 {
        100 if share < 1.0 => "99%".to_owned(),
        0 if share > 0.0 => "<1%".to_owned(),
        percent => format!("{percent}%"),
    }
}

/// `+2 h 05 min` after the first.
pub(in crate::report) fn lag(seconds: i64) -> String {
    let minutes = seconds / 60;
    match (minutes / 60 / 24, minutes / 60 % 24, minutes % 60) {
        (0, 0, 0) if seconds == 0 => "first".to_owned(),
        (0, 0, 0) => format!("+{seconds} s"),
        (0, 0, minutes) => format!("+{minutes} min"),
        (0, hours, minutes) => format!("+{hours} h {minutes:02} min"),
        (days, hours, _) => format!("+{} d {hours:02} h", number(days.unsigned_abs())),
    }
}

/// The same for a time that is no story's: nobody is first by it.
pub(in crate::report) fn behind(seconds: Option<i64>) -> String {
    match seconds {
        None => UNKNOWN.to_owned(),
        Some(0) => "+0 s".to_owned(),
        Some(seconds) => lag(seconds),
    }
}

/// How dates are shown: short, where the year goes without saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Dates {
    /// `19 Sep 21:39`.
    Short,
    /// `19 Sep 2025`.
    WithYear,
}

impl Dates {
    /// The form for dates that are shown together.
    pub(in crate::report) fn of(dates: impl Iterator<Item = Published>) -> Self {
        let mut years = dates.filter_map(utc).map(|at| at.year());
        let first = years.next();
        if years.all(|year| Some(year) == first) { Dates::Short } else { Dates::WithYear }
    }

    /// A moment in UTC.
    pub(in crate::report) fn show(self, at: Option<Published>) -> String {
        let form = match self {
            Dates::Short => "%e %b %H:%M",
            Dates::WithYear => "%e %b %Y",
        };
        at.and_then(utc).map_or_else(|| UNKNOWN.to_owned(), |at| at.strftime(form).to_string())
    }
}

/// `19 Sep 2025 21:39`.
pub(in crate::report) fn full_date(at: Published) -> String {
    utc(at).map_or_else(|| UNKNOWN.to_owned(), |at| at.strftime("%-d %b %Y %H:%M").to_string())
}

fn utc(at: Published) -> Option<DateTime> {
    jiff::Timestamp::from_second(at.unix_seconds).ok().map(|at| jiff::tz::Offset::UTC.to_datetime(at))
}

/// `MOSCOW, 19 Sep 2025`; the year is left out where none is known.
pub(in crate::report) fn dateline(dateline: &Dateline) -> String {
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
