//! The zones that pages state by name.
//!
//! A name counts only where it means one offset. North American names mean what RFC 5322, section 4.3, says. Names that
//! different countries use for different offsets (`IST` in India, Ireland and Israel; `BST` in Britain and Bangladesh)
//! are known as names, so that a date can be read around them, but state nothing.

use jiff::civil::{Date, DateTime, Weekday};

/// A zone as a page states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ZoneName {
    /// Seconds east of Greenwich.
    Fixed(i32),
    /// `ET` and its like, by the hours of their standard time: the date says whether it is summer.
    American(i32),
    /// Three hours; four from March 2011 to October 2014.
    Moscow,
    /// A name with more than one meaning.
    Ambiguous,
}

impl ZoneName {
    /// Seconds east of Greenwich at a local time; `None` where the name has more than one meaning.
    pub(super) fn offset_seconds(self, at: DateTime) -> Option<i32> {
        match self {
            ZoneName::Fixed(seconds) => Some(seconds),
            ZoneName::American(hours) => Some(3600 * (hours + i32::from(american_summer(at)?))),
            ZoneName::Moscow => {
                let permanent_summer = Date::constant(2011, 3, 27)..Date::constant(2014, 10, 26);
                Some(3600 * (3 + i32::from(permanent_summer.contains(&at.date()))))
            }
            ZoneName::Ambiguous => None,
        }
    }
}

/// Whether daylight saving time holds: the rule of the Energy Policy Act of 2005, and before it that of 1986.
fn american_summer(at: DateTime) -> Option<bool> {
    let sunday = |month, nth| {
        let first = Date::new(at.year(), month, 1).ok()?;
        Some(first.nth_weekday_of_month(nth, Weekday::Sunday).ok()?.at(2, 0, 0, 0))
    };
    let (begin, end) =
        if at.year() >= 2007 { (sunday(3, 2)?, sunday(11, 1)?) } else { (sunday(4, 1)?, sunday(10, -1)?) };
    Some((begin..end).contains(&at))
}

/// The zone with this name. Names count in capitals only: `est` and `et` are words.
pub(super) fn named(word: &str) -> Option<ZoneName> {
    use ZoneName::{Ambiguous, American, Fixed, Moscow};
    let hours = |hours: i32| Fixed(3600 * hours);
    Some(match word {
        "Z" | "z" | "GMT" | "gmt" | "UTC" | "utc" | "UT" | "WET" => Fixed(0),
        "EST" => hours(-5),
        "EDT" => hours(-4),
        "CST" => hours(-6),
        "CDT" => hours(-5),
        "MST" => hours(-7),
        "MDT" => hours(-6),
        "PST" => hours(-8),
        "PDT" => hours(-7),
        "AKST" => hours(-9),
        "AKDT" => hours(-8),
        "HST" => hours(-10),
        "ET" => American(-5),
        "CT" => American(-6),
        "MT" => American(-7),
        "PT" => American(-8),
        "WEST" | "CET" | "MEZ" | "WAT" => hours(1),
        "CEST" | "MESZ" | "EET" | "CAT" | "SAST" => hours(2),
        "EEST" | "EAT" => hours(3),
        "MSK" | "МСК" => Moscow,
        "PKT" => hours(5),
        "NPT" => Fixed(5 * 3600 + 45 * 60),
        "WIB" | "ICT" => hours(7),
        "WITA" | "SGT" | "HKT" | "MYT" | "PHT" | "AWST" => hours(8),
        "WIT" | "JST" | "KST" => hours(9),
        "AEST" => hours(10),
        "AEDT" => hours(11),
        "NZST" => hours(12),
        "NZDT" => hours(13),
        "IST" | "BST" | "AST" | "GST" | "SST" | "ECT" | "NST" | "BDST" | "BdST" => Ambiguous,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_follow_the_date() {
        let table = [
            ("ET", "2018-07-16T16:15", Some(-4)),
            ("ET", "2018-03-11T01:59", Some(-5)),
            ("ET", "2018-03-11T02:00", Some(-4)),
            ("PT", "2018-11-04T02:00", Some(-8)),
            ("ET", "2006-03-20T12:00", Some(-5)),
            ("CT", "2006-04-02T12:00", Some(-5)),
            ("EST", "2018-07-16T16:15", Some(-5)),
            ("MSK", "2013-01-01T00:00", Some(4)),
            ("МСК", "2025-01-01T00:00", Some(3)),
            ("IST", "2025-01-01T00:00", None),
        ];
        for (name, at, hours) in table {
            let zone = named(name).expect(name);
            assert_eq!(zone.offset_seconds(at.parse().unwrap()), hours.map(|h| 3600 * h), "{name} {at}");
        }
        assert_eq!(named("est"), None);
    }
}
