//! How dates and times are put together from tokens.
//!
//! Three numbers are year-month-day where the first has four digits. Else the year stands last, and if only one of the
//! others can be a month, that decides. `03/04/2025` could be both: with slashes it is read as in the United States, month
//! first; with dots and hyphens as in Europe and most of the world, day first.

use jiff::civil::{Date, Time};

use super::tokens::{Kind, Token};
use super::words::Word;
use super::zones::{ZoneName, named};

/// A day of the calendar, perhaps without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: Option<i16>,
    pub(super) month: i8,
    pub(super) day: i8,
}

impl Day {
    /// The date, if it has a year and exists.
    pub(super) fn date(self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day).ok()
    }

    /// The day, if it exists; 29 February does without a year.
    fn existing(year: Option<i16>, month: u32, day: u32) -> Option<Day> {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year.unwrap_or(2024), month, day).ok()?;
        Some(Day { year, month, day })
    }
}

/// A time of the day, and the zone that was stated with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) zone: Option<ZoneName>,
}

/// A place in the tokens of a text. What reads something moves it past that; what reads nothing leaves it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    /// A date, perhaps without a year where its month has a name.
    pub(super) fn day(&mut self) -> Option<Day> {
        self.attempt(Self::year_first)
            .or_else(|| self.attempt(Self::month_first))
            .or_else(|| self.attempt(Self::day_first))
            .or_else(|| self.attempt(Self::numbers))
            .or_else(|| self.attempt(Self::month_unit))
    }

    /// A time, with its part of the day and its zone.
    pub(super) fn clock(&mut self) -> Option<Clock> {
        self.attempt(Self::try_clock)
    }

    /// A year of four digits.
    pub(super) fn year(&mut self) -> Option<i16> {
        self.attempt(|c| match c.next()? {
            Kind::Number { value, n_digits: 4 } if (1600..2200).contains(&value) => i16::try_from(value).ok(),
            _ => None,
        })
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Option<Kind> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token.kind)
    }

    pub(super) fn peek(&self) -> Option<Kind> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    /// Whether the next token follows without a space.
    pub(super) fn adjacent(&self) -> bool {
        self.at > 0 && self.tokens.get(self.at).is_some_and(|token| token.start == self.tokens[self.at - 1].end)
    }

    pub(super) fn skip(&mut self, mark: char) -> bool {
        let found = self.peek() == Some(Kind::Mark(mark));
        self.at += usize::from(found);
        found
    }

    pub(super) fn skip_word(&mut self, word: Word) -> bool {
        let found = self.peek() == Some(Kind::Word(word));
        self.at += usize::from(found);
        found
    }

    /// The text of the token before the cursor.
    pub(super) fn last_text(&self) -> &'a str {
        self.at.checked_sub(1).map_or("", |last| &self.text[self.tokens[last].start..self.tokens[last].end])
    }

    /// A second cursor, to look ahead with.
    pub(super) fn ahead(&self) -> Self {
        *self
    }

    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let from = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = from;
        }
        found
    }

    /// A number of one or two digits.
    fn short_number(&mut self) -> Option<u32> {
        match self.next()? {
            Kind::Number { value, n_digits: 1 | 2 } => Some(value),
            _ => None,
        }
    }

    /// A number of two digits right after the token before.
    fn two_digits(&mut self) -> Option<u32> {
        if !self.adjacent() {
            return None;
        }
        match self.next()? {
            Kind::Number { value, n_digits: 2 } => Some(value),
            _ => None,
        }
    }

    fn month_name(&mut self) -> Option<u32> {
        match self.next()? {
            Kind::Word(Word::Month(month)) => u32::try_from(month).ok(),
            _ => None,
        }
    }

    /// `2025-09-19`, `2025年9月19日`, `2025 September 19`.
    fn year_first(&mut self) -> Option<Day> {
        let year = self.year()?;
        if self.skip_word(Word::Year) {
            return self.month_unit().and_then(|day| Day::existing(Some(year), day.month as u32, day.day as u32));
        }
        if let Some(month) = self.attempt(|c| {
            c.skip('-');
            c.month_name()
        }) {
            self.skip('-');
            let day = self.short_number()?;
            return Day::existing(Some(year), month, day);
        }
        let separator = self.separator()?;
        let month = self.short_number()?;
        if !self.skip(separator) {
            return None;
        }
        let day = self.short_number()?;
        Day::existing(Some(year), month, day)
    }

    /// `9月19日`, `9월 19일`.
    fn month_unit(&mut self) -> Option<Day> {
        let month = self.short_number()?;
        if !self.skip_word(Word::Month0) {
            return None;
        }
        let day = self.short_number()?;
        if self.skip_word(Word::Day) { Day::existing(None, month, day) } else { None }
    }

    /// `Sept. 19, 2025`, `September 19th`, `Sep-19-2025`.
    fn month_first(&mut self) -> Option<Day> {
        let month = self.month_name()?;
        let _ = self.skip('.') || self.skip('-') || self.skip('/');
        let day = self.short_number()?;
        self.ordinal();
        // "mar 19 sept": the first word is a Tuesday.
        if self.ahead().attempt(Self::rest_of_day_first).is_some() {
            return None;
        }
        self.with_year(month, day)
    }

    /// `19 Sep 2025`, `19. September`, `19 de septiembre de 2025`, `1er mars`, `19-Sep-2025`.
    fn day_first(&mut self) -> Option<Day> {
        let day = self.short_number()?;
        self.ordinal();
        let month = self.rest_of_day_first()?;
        self.with_year(month, day)
    }

    fn rest_of_day_first(&mut self) -> Option<u32> {
        let _ = self.skip('.') || self.skip('-') || self.skip('/');
        self.skip_word(Word::Filler);
        self.month_name()
    }

    /// The rest of a date with a named month: its year, if it has one.
    fn with_year(&mut self, month: u32, day: u32) -> Option<Day> {
        let from = self.at;
        let _ = self.skip('.') || self.skip('-') || self.skip('/');
        let _ = self.skip(',');
        self.skip_word(Word::Filler);
        let year = match self.year() {
            // `16 July 10:30`, `19 Sep 2130:`: no year.
            Some(year) if !(self.adjacent() && self.peek() == Some(Kind::Mark(':'))) => Some(year),
            _ => None,
        };
        if year.is_none() {
            self.at = from;
        }
        Day::existing(year, month, day)
    }

    /// `19.09.2025`, `9/19/2025`: see the top of this file.
    fn numbers(&mut self) -> Option<Day> {
        let first = self.short_number()?;
        let separator = self.separator()?;
        let second = self.short_number()?;
        if !self.skip(separator) {
            return None;
        }
        let year = self.year()?;
        let month_leads = first <= 12 && (second > 12 || separator == '/');
        let (month, day) = if month_leads { (first, second) } else { (second, first) };
        Day::existing(Some(year), month, day)
    }

    fn separator(&mut self) -> Option<char> {
        match self.next()? {
            Kind::Mark(mark @ ('-' | '.' | '/')) => Some(mark),
            _ => None,
        }
    }

    fn ordinal(&mut self) {
        let _ = self.attempt(|c| {
            c.skip('-');
            (c.adjacent() && c.skip_word(Word::Ordinal)).then_some(())
        });
    }

    fn try_clock(&mut self) -> Option<Clock> {
        let after_filler = self.at > 0 && self.tokens[self.at - 1].kind == Kind::Word(Word::Filler);
        let before = self.part_of_day();
        let hour = self.short_number()?;
        let (minute, second) = self.attempt(|c| c.minutes(after_filler)).unwrap_or((None, None));
        let part = before.or_else(|| self.part_of_day());
        if minute.is_none() && part.is_none() {
            return None;
        }
        let hour = match part {
            Some(part) => hour_of(part, hour)?,
            None => hour,
        };
        let part = |number: Option<u32>| i8::try_from(number.unwrap_or(0)).ok();
        // A leap second is read as the second before it, as jiff does.
        let time = Time::new(i8::try_from(hour).ok()?, part(minute)?, part(second)?.min(59), 0).ok()?;
        let _ = self.skip_word(Word::Filler) || self.skip_word(Word::Hour);
        Some(Clock { time, zone: self.zone() })
    }

    /// What follows an hour: `:39`, `:39:00.5`, `h39`, `h`, `時39分`, and `.39` where words around it say that it is a time.
    fn minutes(&mut self, after_filler: bool) -> Option<(Option<u32>, Option<u32>)> {
        if self.skip_word(Word::Hour) {
            let minute = self.attempt(Self::short_number).filter(|&minute| minute < 60);
            let _ = self.skip_word(Word::Minute);
            let second = self.attempt(|c| c.short_number().filter(|_| c.skip_word(Word::Second)));
            return Some((Some(minute.unwrap_or(0)), second));
        }
        if self.skip(':') {
            let minute = self.short_number()?;
            let second = self.attempt(|c| if c.skip(':') { c.two_digits() } else { None });
            if second.is_some() {
                // The fraction of a second.
                let _ = self.attempt(|c| {
                    let mark = c.skip('.') || c.skip(',');
                    (mark && c.adjacent() && matches!(c.next(), Some(Kind::Number { .. }))).then_some(())
                });
            }
            return Some((Some(minute), second));
        }
        if self.skip('.') {
            let minute = self.two_digits()?;
            let said = matches!(self.peek(), Some(Kind::Word(Word::Filler | Word::Am | Word::Pm)));
            let named = self.ahead().zone().is_some();
            return (after_filler || said || named).then_some((Some(minute), None));
        }
        None
    }

    /// `pm`, `p.m.`, `下午`.
    fn part_of_day(&mut self) -> Option<Word> {
        self.attempt(|c| match c.next()? {
            Kind::Word(word @ (Word::Am | Word::Pm | Word::Night)) => Some(word),
            Kind::Word(_) => {
                let part = match c.last_text() {
                    "a" | "A" => Word::Am,
                    "p" | "P" => Word::Pm,
                    _ => return None,
                };
                let dotted = c.skip('.') && c.next().is_some() && matches!(c.last_text(), "m" | "M");
                c.skip('.');
                dotted.then_some(part)
            }
            _ => None,
        })
    }

    /// `Z`, `EST`, `(IST)`, `GMT+5:30`, `+0530`, `+05:30`.
    fn zone(&mut self) -> Option<ZoneName> {
        self.attempt(|c| {
            c.skip(',');
            let bracket = c.skip('(');
            let name = c.zone_name();
            let universal = name == Some(ZoneName::Fixed(0));
            let offset = if name.is_none() || universal { c.attempt(Self::offset) } else { None };
            // Some write both: `+0530 IST`.
            if offset.is_some() && !universal {
                c.zone_name();
            }
            if bracket {
                c.skip(')');
            }
            offset.or(name)
        })
    }

    fn zone_name(&mut self) -> Option<ZoneName> {
        self.attempt(|c| {
            c.next()?;
            named(c.last_text())
        })
    }

    fn offset(&mut self) -> Option<ZoneName> {
        let sign = match self.next()? {
            Kind::Mark('+') => 1,
            Kind::Mark('-') => -1,
            _ => return None,
        };
        if !self.adjacent() {
            return None;
        }
        let (hours, minutes) = match self.next()? {
            Kind::Number { value, n_digits: 4 } => (value / 100, value % 100),
            Kind::Number { value, n_digits: 1 | 2 } => {
                (value, self.attempt(|c| if c.skip(':') { c.two_digits() } else { None }).unwrap_or(0))
            }
            _ => return None,
        };
        // Fourteen hours are the most that any country uses.
        let seconds = i32::try_from(60 * (60 * hours + minutes)).ok()?;
        (minutes < 60 && seconds <= 14 * 3600).then_some(ZoneName::Fixed(sign * seconds))
    }
}

/// The hour of 24 for an hour of a part of the day; `21:39 pm` occurs and is clear.
fn hour_of(part: Word, hour: u32) -> Option<u32> {
    match (part, hour) {
        (Word::Am, 12) => Some(0),
        (Word::Am, 0..12) => Some(hour),
        (Word::Pm, 1..12) | (Word::Night, 6..12) => Some(hour + 12),
        (Word::Pm, 12..24) | (Word::Night, 13..24) => Some(hour),
        (Word::Night, 12) => Some(0),
        (Word::Night, 0..6) => Some(hour),
        _ => None,
    }
}
