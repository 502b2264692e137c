//! Dates as the web writes them.
//!
//! Fields of records are nearly always ISO 8601, RFC 2822 or epoch seconds: those forms come first, and jiff reads them.
//! What people write (`9:39 PM EDT, Fri September 19, 2025`, `১৯ সেপ্টেম্বর ২০২৫, ২১:৩৯`) no library reads in all our
//! languages, so `grammar` does, over the `tokens` of a short text. `line` says whether a line of a page
//! is such a date and hardly anything else.
//!
//! `03/04/2025` is read month first and `03.04.2025` and `03-04-2025` day first, unless one of the numbers is above 12.
//! Two-digit years are read in RFC 2822 only. Years before 1600 and from 2200 on are refused: they are misreadings.

mod grammar;
mod line;
#[cfg(test)]
mod tests;
mod tokens;
mod words;
mod zones;

use jiff::civil::{DateTime, Time};
use jiff::fmt::{rfc2822, temporal::Pieces};
use jiff::tz::Offset;

use self::grammar::Cursor;
use self::line::Besides;
use self::tokens::{Kind, Token, digit, tokens};
use self::words::Word;
use crate::article::{Published, Zone};

/// Reads a moment from a field: RFC 3339, RFC 2822, `19 Sep 2025, 21:39`, epoch seconds or milliseconds, ...
///
/// A date without a time is read as its midnight. `None` for what is no date, for dates that do not exist and for
/// texts that say something else besides. Costs well under a microsecond for the forms of machines.
pub fn parse(text: &str) -> Option<Published> {
    let text = text.trim();
    // The longest form that occurs is that of JavaScript, with the zone written out.
    if text.len() > 160 {
        return None;
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        if let Some(moment) = epoch(text).or_else(|| compact(text)).or_else(|| iso(text)) {
            return Some(moment);
        }
    } else if let Some(moment) = mail(text) {
        return Some(moment);
    }
    line::read(text, Besides::Nothing)
}

/// Reads a line that says when its page was published and hardly anything else: `Published On: 19 Sep 2025, 21:39`.
///
/// Besides the date and words such as `published` it may have three words: `Posted by Dana Ruiz on July 16, 2018`. Where
/// no such word says what the date is, others must stand apart from it (`Dana Ruiz | July 16, 2018`), because `Born
/// July 16, 1950` is no date of publication. Lines of more than 120 characters and lines without a year cost next to
/// nothing.
pub fn published_line(line: &str) -> Option<Published> {
    if line.len() > 4 * MAX_LINE_CHARS || !has_year(line) || line.chars().nth(MAX_LINE_CHARS).is_some() {
        return None;
    }
    line::read(line, Besides::FewWords)
}

/// Longer lines are prose.
const MAX_LINE_CHARS: usize = 120;

/// Reads a date without a time at the start of a text: `Sept 19, 2025`, `19 Sep`, `১৯ সেপ্টেম্বর, ২০২৫`.
/// The date as `2025-09-19`, or `--09-19` without a year, and the bytes that it takes.
///
/// Two numbers are no date here: its month needs a name, or a year of four digits must stand with it. Looks at no more
/// than the first 128 bytes.
pub fn leading_date(text: &str) -> Option<(String, usize)> {
    let head = &text[..text.floor_char_boundary(HEAD_BYTES)];
    // Nearly every text that is asked about starts with something else.
    let starts_date = |kind| matches!(kind, Kind::Number { .. } | Kind::Word(Word::Weekday | Word::Month(_)));
    if !tokens(head).next().is_some_and(|first| starts_date(first.kind)) {
        return None;
    }
    let tokens: Vec<Token> =
        tokens(head).take(HEAD_TOKENS).filter(|t| t.end < head.len() || head.len() == text.len()).collect();
    let mut cursor = Cursor { text: head, tokens: &tokens, at: 0 };
    while cursor.skip_word(Word::Weekday) {
        let _ = cursor.skip(',') || cursor.skip('.');
    }
    let from = cursor.at;
    let day = cursor.day().or_else(|| {
        // The Tuesday of "mar 19 sett".
        cursor.at = from + usize::from(cursor.peek() == Some(Kind::Word(Word::Month(3))));
        cursor.day()
    })?;
    if goes_on(&cursor) {
        return None;
    }
    // The dot of "19 Sept."; that of a whole word ends a sentence.
    let abbreviated = matches!(cursor.tokens[cursor.at - 1].kind, Kind::Word(Word::Month(_)))
        && cursor.last_text().chars().count() <= 4;
    if abbreviated && cursor.adjacent() {
        cursor.skip('.');
    }
    let date = match day.year {
        Some(year) => format!("{year:04}-{:02}-{:02}", day.month, day.day),
        None => format!("--{:02}-{:02}", day.month, day.day),
    };
    Some((date, cursor.tokens[cursor.at - 1].end))
}

/// What a dateline's date fits into with room to spare.
const HEAD_BYTES: usize = 128;
const HEAD_TOKENS: usize = 16;

/// Whether what looks like a date is the start of something else: `May 5.6`, `May 5-year`, `May 10:30`, `May 5%`.
fn goes_on(cursor: &Cursor) -> bool {
    if !cursor.adjacent() || !matches!(cursor.tokens[cursor.at - 1].kind, Kind::Number { .. }) {
        return false;
    }
    let after = Cursor { at: cursor.at + 1, ..*cursor };
    match cursor.peek() {
        Some(Kind::Mark(':' | '.' | ',')) => after.adjacent() && matches!(after.peek(), Some(Kind::Number { .. })),
        Some(Kind::Mark('-')) => after.adjacent() && matches!(after.peek(), Some(Kind::Word(_))),
        Some(Kind::Mark(mark)) => mark == '%',
        _ => false,
    }
}

/// Seconds since 1970, or milliseconds, microseconds or nanoseconds: the number of digits says which, for moments
/// from 1973 on. A fraction is dropped.
fn epoch(text: &str) -> Option<Published> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let per_second = match whole.len() {
        9 | 10 => 1,
        13 => 1_000,
        15 | 16 => 1_000_000,
        18 | 19 => 1_000_000_000,
        _ => return None,
    };
    in_years(whole.parse::<i64>().ok()? / per_second, Zone::Stated)
}

/// `20250919213900` and `202509192139`.
fn compact(text: &str) -> Option<Published> {
    if !matches!(text.len(), 12 | 14) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    iso(&format!("{}T{}", &text[..8], &text[8..]))
}

/// ISO 8601 and RFC 3339, with its relatives.
fn iso(text: &str) -> Option<Published> {
    let pieces = Pieces::parse(text).ok()?;
    let time = pieces.time().unwrap_or(Time::midnight());
    let local = DateTime::from_parts(pieces.date(), Time::new(time.hour(), time.minute(), time.second(), 0).ok()?);
    match pieces.to_numeric_offset() {
        Some(offset) => published(local, Zone::Stated, offset.seconds()),
        None => published(local, Zone::AssumedUtc, 0),
    }
}

/// RFC 2822. Names of zones other than `GMT` are left to [`zones`]: jiff reads those it does not know as UTC.
fn mail(text: &str) -> Option<Published> {
    let bytes = text.as_bytes();
    let numeric =
        bytes.len() > 5 && matches!(bytes[bytes.len() - 5], b'+' | b'-') && bytes[bytes.len() - 1].is_ascii_digit();
    if !numeric && !text.ends_with("GMT") {
        return None;
    }
    // Whether the weekday fits says nothing about the date beside it.
    let parser = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    in_years(parser.parse_timestamp(text).ok()?.as_second(), Zone::Stated)
}

/// The moment of a local time this many seconds ahead of UTC.
fn published(local: DateTime, zone: Zone, offset_seconds: i32) -> Option<Published> {
    let moment = Offset::from_seconds(offset_seconds).ok()?.to_timestamp(local).ok()?;
    in_years(moment.as_second(), zone)
}

/// The moment, if it lies in the years 1600 to 2199 of UTC.
fn in_years(unix_seconds: i64, zone: Zone) -> Option<Published> {
    (-11_676_096_000..7_258_118_400).contains(&unix_seconds).then_some(Published { unix_seconds, zone })
}

/// Whether four digits stand in a row.
fn has_year(text: &str) -> bool {
    // The first bytes of digits, of any script: most lines have none.
    let may_be_digit = |b: u8| matches!(b, b'0'..=b'9' | 0xd9 | 0xdb | 0xdf | 0xe0 | 0xe1 | 0xef);
    if !text.bytes().fold(false, |any, b| any | may_be_digit(b)) {
        return false;
    }
    let mut run = 0;
    text.chars().any(|c| {
        run = if digit(c).is_some() { run + 1 } else { 0 };
        run == 4
    })
}
