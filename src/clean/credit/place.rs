//! What stands around a dateline's credit: the place and date before it, the dash after it.

use jiff::civil::Date;

use crate::agency;
use crate::article::Published;
use crate::date::leading_date;

use super::Dateline;
use super::words::is_kind;

/// Words that a place has at most, its region and country among them.
const MAX_PLACE_WORDS: usize = 7;
/// Words that a date has at most: "19 de septiembre de 2025".
const MAX_DATE_WORDS: usize = 6;

/// Words in small letters that belong to places.
const PARTICLES: &[&str] = &[
    "de", "del", "della", "dell'", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "les", "el", "al", "am",
    "an", "der", "den", "im", "in", "bei", "ob", "of", "the", "and", "on", "upon", "sur", "sous", "près", "near",
    "aan", "van", "op", "и", "на", "в", "у", "el-", "i", "y", "e", "og", "och",
];

/// Words that no place starts with, and other lines do.
const NOT_FIRST: &[&str] = &[
    "By",
    "BY",
    "On",
    "In",
    "At",
    "The",
    "A",
    "An",
    "Photo",
    "Source",
    "Von",
    "Par",
    "Ein",
    "Eine",
    "Der",
    "Die",
    "Das",
    "Un",
    "Une",
    "Una",
    "사진",
    "자료사진",
    "그래픽",
    "영상",
    "写真",
    "動画",
    "图",
    "圖",
];

/// Words in capitals that places are not made of: with them a headline or a label is in capitals.
const NOT_PLACES: &[&str] = &[
    "IS",
    "ARE",
    "WAS",
    "WERE",
    "THIS",
    "THAT",
    "WITH",
    "FROM",
    "FOR",
    "HOW",
    "WHY",
    "WHAT",
    "WHO",
    "WHEN",
    "NOT",
    "NEW",
    "NEWS",
    "UPDATE",
    "FILE",
    "INC",
    "CORP",
    "LTD",
    "PLC",
    "DEAR",
    "UPDATED",
    "UPDATES",
    "BREAKING",
    "EXCLUSIVE",
    "WATCH",
    "LIVE",
    "VIDEO",
    "PHOTO",
    "PHOTOS",
    "OPINION",
    "ANALYSIS",
    "EDITORIAL",
    "COMMENT",
    "CORRECTION",
    "REVIEW",
    "INTERVIEW",
    "FEATURE",
    "SPECIAL",
    "REPORT",
    "SPONSORED",
    "READ",
    "MORE",
    "ALSO",
    "NOTE",
    "WARNING",
    "ALERT",
    "URGENT",
    "DEVELOPING",
    "STORY",
    "PODCAST",
    "QUIZ",
    "POLL",
    "NATO",
    "FIFA",
    "UEFA",
    "NASA",
    "UNESCO",
    "UNICEF",
    "OPEC",
    "ASEAN",
    "COVID",
    "BRICS",
    "SUMMARY",
    "OVERVIEW",
    "BACKGROUND",
    "INTRODUCTION",
    "CONCLUSION",
    "ABSTRACT",
    "METHODS",
    "RESULTS",
    "QUESTION",
    "ANSWER",
    "FACT",
    "FACTS",
    "TOP",
    "BEST",
    "EILMELDUNG",
    "KOMMENTAR",
    "MEINUNG",
    "АНОНС",
    "ВИДЕО",
    "ФОТО",
    "СРОЧНО",
    "ОБНОВЛЕНО",
    "URGENTE",
    "ÚLTIMA",
    "HORA",
];

/// Reads "MOSCOW, Sept 19, 2025", "Madrid, 19 sep", "19 сентября, Минск", "東京 19日".
pub(super) fn place_and_date(text: &str, published: Option<Published>) -> Option<Dateline> {
    let text = text.trim_end_matches([',', ' ', '-', '—', '–', '_']).trim();
    // "الكويت - 19 - 9": day and month as figures.
    let text = text.split_once(" - ").filter(|(_, date)| is_figures(date)).map_or(text, |(place, _)| place);
    if !text.chars().any(char::is_numeric) {
        return is_place(text).then(|| Dateline { place: text.to_owned(), date: None });
    }
    if let Some((date, len)) = leading_date(text) {
        let place = text[len..].trim_start_matches([',', '.', ' ', '-', '—', '–']);
        return is_place(place).then(|| Dateline { place: place.to_owned(), date: Some(with_year(date, published)) });
    }
    let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
    for &start in &starts[starts.len().saturating_sub(MAX_DATE_WORDS)..] {
        let Some(date) = whole_date(&text[start..], published) else { continue };
        let place = without_preposition(text[..start].trim_end_matches([',', '.', ' ']));
        return is_place(place).then(|| Dateline { place: place.to_owned(), date: Some(date) });
    }
    day_of_month(text, published).or_else(|| unread_date(text))
}

fn is_figures(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'/'))
}

/// "Praha 19. září": a date in a language whose months are not known takes nothing from the place before it.
fn unread_date(text: &str) -> Option<Dateline> {
    let (place, date) = text.split_at(text.find(char::is_numeric)?);
    let has_month = date.chars().any(char::is_alphabetic) && date.split(' ').count() <= MAX_DATE_WORDS;
    let place = place.trim_end_matches([',', '.', ' ']);
    (has_month && is_place(place)).then(|| Dateline { place: place.to_owned(), date: None })
}

/// A text that is a date and nothing else.
pub(super) fn whole_date(text: &str, published: Option<Published>) -> Option<String> {
    let (date, len) = leading_date(text)?;
    text[len..].trim_matches([',', '.', ' ']).is_empty().then(|| with_year(date, published))
}

/// "Paris, 12", "東京 19日": the day of a month that the reader of the day knew.
fn day_of_month(text: &str, published: Option<Published>) -> Option<Dateline> {
    let rest = text.strip_suffix('日').unwrap_or(text.trim_end_matches('.'));
    let place = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let day: i8 = rest[place.len()..].parse().ok().filter(|day| (1..=31).contains(day))?;
    let marked = text.ends_with('日') || place.ends_with(", ");
    let place = place.trim_end_matches([',', '.', ' ']);
    (marked && is_place(place))
        .then(|| Dateline { place: place.to_owned(), date: near(published, |month| at_day(month, day)) })
}

/// A date without a year, `--09-19`, in the year that brings it nearest to the publication.
fn with_year(date: String, published: Option<Published>) -> String {
    let Some((month, day)) = date.strip_prefix("--").and_then(|rest| rest.split_once('-')) else { return date };
    let (Ok(month), Ok(day)) = (month.parse::<i8>(), day.parse::<i8>()) else { return date };
    near(published, |at| (at.month() == month).then(|| at_day(at, day)).flatten()).unwrap_or(date)
}

/// The date that `date_in` makes of one of the months around the publication, the one nearest to it.
fn near(published: Option<Published>, date_in: impl Fn(Date) -> Option<Date>) -> Option<String> {
    let published = jiff::Timestamp::from_second(published?.unix_seconds).ok()?;
    let published = jiff::tz::Offset::UTC.to_datetime(published).date();
    let months = (-12..=12).filter_map(|n| published.first_of_month().checked_add(jiff::Span::new().months(n)).ok());
    let dates = months.filter_map(date_in);
    dates.min_by_key(|date| date.duration_since(published).abs()).map(|date| date.to_string())
}

fn at_day(month: Date, day: i8) -> Option<Date> {
    Date::new(month.year(), month.month(), day).ok()
}

/// Whether a text can be the name of a place: few words, each with a capital where the script has them, and no agency's.
pub(super) fn is_place(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '/']).filter(|word| !word.is_empty()).collect();
    let bare = |word: &&str| word.trim_start_matches(['(', '[', '\'']).chars().next().is_some_and(is_name_start);
    (2..=80).contains(&text.len())
        && words.len() <= MAX_PLACE_WORDS
        && words.first().is_some_and(bare)
        && words.iter().all(|word| bare(word) || PARTICLES.contains(word))
        && !text.contains(['?', '!', '"', ';', ':', '@', '|', '=', '。', '!', '?'])
        && agency::find(text).is_none()
        && !NOT_FIRST.contains(&words[0])
        && !is_kind(words[words.len() - 1])
}

/// Whether a text is a place in capitals, as datelines without an agency have it: "BRUSSELS", "ROCHESTER, Minn.".
pub(super) fn is_place_in_capitals(text: &str) -> bool {
    let name = text.split(',').next().unwrap_or(text);
    let letters = name.chars().filter(|c| c.is_alphabetic());
    name.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '\'' | '/'))
        && letters.clone().count() >= 4
        && name.split(' ').count() <= 4
        && is_place(text)
        && name.split([' ', '-']).skip(usize::from(name.starts_with("NEW "))).all(|word| !NOT_PLACES.contains(&word))
}

/// A capital, or a letter of a script without them.
fn is_name_start(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase()
}

/// "أبوظبي في": the word before the date is no part of the place.
fn without_preposition(place: &str) -> &str {
    let before = [" في", " den", " am", " le", " el", " il", " on"].iter().find_map(|word| place.strip_suffix(word));
    before.unwrap_or(place).trim_end_matches([',', ' '])
}

/// What stands between a dateline and the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Separator {
    /// Nothing but a space: "(PTI) The".
    Space,
    /// A colon or a full stop: "(ANI): ", "(epd). ".
    Stop,
    /// A dash, an underscore, an equals sign, with or without stops: " - ", ".- ", "_ ".
    Dash,
}

/// The separator that a text starts with and its bytes, the space after it included; `None` where the text goes on
/// without one, or ends.
pub(super) fn separator(text: &str) -> Option<(Separator, usize)> {
    let run = text.find(|c: char| !is_separator(c)).unwrap_or(text.len());
    let marks = &text[..run];
    let kind = if marks.contains(['-', '—', '–', '―', '_', '=', 'ー']) {
        Separator::Dash
    } else if marks.contains(['.', ':']) {
        Separator::Stop
    } else if marks.contains(' ') {
        Separator::Space
    } else {
        return None;
    };
    (run < text.len()).then_some((kind, run))
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '.' | ',' | ':' | '-' | '—' | '–' | '―' | '_' | '=' | 'ー' | '।' | '/')
}

/// Whether a text starts as an article does after its dateline: with a capital, a digit, a quotation, or in a script
/// without capitals.
pub(super) fn starts_text(text: &str) -> bool {
    text.chars().next().is_some_and(|c| !c.is_lowercase() && !matches!(c, ')' | ']' | '/' | '|' | '*'))
        && !text.starts_with("By ")
}
