//! Datelines: where and when an article was written, and whose it is, before its first words.
//!
//! The shapes differ by house and country, but all have one mark near the start that ends the place: a bracket, a slash
//! or a dash. The text before it must be a place and a date, what the mark encloses must be agencies, and what follows
//! must look like a text's beginning. The mark is looked for only as long as the words before it could be a place.

use crate::agency::{self, Form};
use crate::article::Published;

use super::edges::leading;
use super::parties::{Party, credits, parties, role};
use super::people::is_person;
use super::place::{Separator, is_place_in_capitals, place_and_date, separator, starts_text, whole_date};
use super::{Credit, CreditKind, Dateline, DatelineMatch, script};

/// Bytes of a paragraph that are looked at.
const HEAD_BYTES: usize = 200;
/// Bytes before the mark that ends the place.
const MAX_PLACE_BYTES: usize = 120;
/// Bytes of a credit in brackets.
const MAX_CREDIT_BYTES: usize = 60;
/// Words in small letters that a place and its date have at most: "RIO DE JANEIRO, 19 de setembro de 2025 (AFP)".
const MAX_SMALL_WORDS: usize = 4;
/// Bytes of a day before the text.
const MAX_DAY_BYTES: usize = 9;

/// Agencies that put nothing but a space between their credit and the text.
const WITHOUT_DASH: &[&str] =
    &["pti", "uni", "ians", "nan", "cna_tw", "belga", "kna", "prensalatina", "europapress", "azertac", "bta"];

/// The dateline that a paragraph opens with.
pub(super) fn read(p: &str, published: Option<Published>) -> Option<DatelineMatch> {
    let head = Head { text: &p[..p.floor_char_boundary(HEAD_BYTES)], published };
    match head.text.chars().next()? {
        '(' | '[' | '【' => script::bracketed(head.text, published).or_else(|| head.credit_first()),
        '新' | '中' | '法' | '路' | '美' | '共' | '韩' | '韓' | '据' | '據' => {
            script::chinese(head.text, published)
        }
        'ب' if head.text.starts_with("به گزارش ") => script::persian(head.text),
        '/' => head.slashes(0),
        _ => head.dated().or_else(|| head.placed()).or_else(|| head.undashed()),
    }
}

/// The start of a paragraph.
struct Head<'a> {
    text: &'a str,
    published: Option<Published>,
}

impl Head<'_> {
    /// "Sept. 19--WASHINGTON -- ", "Sept. 19--A farmer": the feed of the Tribune News Service sets the day before the texts of
    /// the papers that it passes on, with two hyphens and no space.
    fn dated(&self) -> Option<DatelineMatch> {
        let head = &self.text.as_bytes()[..self.text.len().min(MAX_DAY_BYTES + 2)];
        let len = head.windows(2).position(|pair| pair == b"--")?;
        let (day, rest) = (&self.text[..len], &self.text[len + 2..]);
        whole_date(day, self.published).filter(|_| rest.starts_with(|c: char| c.is_uppercase()))?;
        let id = agency::by_id("tns")?;
        let placed = Head { text: rest, published: self.published }.placed();
        let found = placed.unwrap_or(DatelineMatch { dateline: None, credits: Vec::new(), len: 0 });
        if !found.credits.is_empty() {
            return None;
        }
        let credits = as_credits(&[(id, role(id, true))], &self.text[..len + 2]);
        Some(DatelineMatch { dateline: found.dateline, credits, len: len + 2 + found.len })
    }

    /// A dateline that starts with its place: finds the mark that ends it.
    fn placed(&self) -> Option<DatelineMatch> {
        let bytes = self.text.as_bytes();
        let mut n_small = 0;
        let mut at = 1;
        let end = bytes.len().min(MAX_PLACE_BYTES);
        while at < end {
            at += bytes[at..end].iter().position(|b| MARKS[usize::from(*b)]).unwrap_or(end - at);
            if at == end {
                return None;
            }
            match bytes[at] {
                b' ' if bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase) => {
                    n_small += 1;
                    if n_small > MAX_SMALL_WORDS {
                        return None;
                    }
                }
                b'?' | b'!' | b'"' | b';' => return None,
                b'(' => match self.round(at) {
                    Mark::Dateline(found) => return Some(found),
                    Mark::Place(end) => at = end,
                    Mark::None => return None,
                },
                b':' => return self.colon(at),
                b'[' => at += self.text[at..].find(']')?,
                b'/' => {
                    if let Some(found) = self.slashes(at) {
                        return Some(found);
                    }
                }
                b'-' | b'_' | 0xe2 => {
                    if let Some(len) = dash(&self.text[at..], &self.text[..at]) {
                        let len = len + day_and_month(&self.text[at + len..]);
                        if self.text[at + len..].starts_with('(') {
                            at += len;
                            continue;
                        }
                        return self.dashed(at, len);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// "MOSCOW, Sept 19, 2025 (BSS/AFP) - ", with the bracket at `at`.
    fn round(&self, at: usize) -> Mark {
        let Some(close) = self.text[at..].find(')').filter(|&len| len <= MAX_CREDIT_BYTES) else { return Mark::None };
        let (inner, end) = (&self.text[at + 1..at + close], at + close + 1);
        let words = &self.text[at..end];
        let Some(agencies) = parties(inner, Form::Bracketed).or_else(|| reported(inner)) else {
            return match self.foreign(at, inner, end) {
                Some(found) => Mark::Dateline(found),
                // "Panaji (Goa) [India], Nov 3 (ANI): "
                None if self.text[end..].starts_with([',', ' ']) => Mark::Place(close + at),
                None => Mark::None,
            };
        };
        self.credited(at, &agencies, words, end).map_or(Mark::None, Mark::Dateline)
    }

    /// A dateline whose place ends at `place_end` and whose credit ends at `end`.
    fn credited(&self, place_end: usize, agencies: &[Party], words: &str, end: usize) -> Option<DatelineMatch> {
        let before = self.text[..place_end].trim_end();
        let (kind, len) = separator(&self.text[end..])?;
        let rest = &self.text[end + len..];
        // "Sept 19 (Reuters) - "
        if kind == Separator::Dash && starts_text(rest) && whole_date(before, self.published).is_some() {
            return Some(DatelineMatch { dateline: None, credits: as_credits(agencies, words), len: end + len });
        }
        let dateline = place_and_date(before, self.published)?;
        let in_capitals = is_place_in_capitals(&dateline.place);
        let plain = dateline.place.split(' ').count() <= 3;
        let sure = match kind {
            Separator::Dash => in_capitals || starts_text(rest),
            Separator::Stop => starts_text(rest) && (plain || dateline.date.is_some()),
            Separator::Space => {
                let usual = || WITHOUT_DASH.contains(&agencies[0].0.agency().id);
                starts_text(rest) && (in_capitals || dateline.date.is_some() || (plain && usual()))
            }
        };
        if !sure {
            return None;
        }
        let len = end + len + reporter(rest);
        Some(DatelineMatch { dateline: Some(dateline), credits: as_credits(agencies, words), len })
    }

    /// "RIVAGE, SEPT 19: ": a place in capitals and a date, and nobody.
    fn colon(&self, at: usize) -> Option<DatelineMatch> {
        let rest = self.text[at + 1..].strip_prefix(' ').filter(|rest| starts_text(rest))?;
        let dateline = place_and_date(&self.text[..at], self.published)?;
        let sure = dateline.date.is_some() && is_place_in_capitals(&dateline.place);
        let len = self.text.len() - rest.len();
        sure.then(|| DatelineMatch { dateline: Some(dateline), credits: Vec::new(), len })
    }

    /// "SPRINGFIELD (KMIZ) — ": a place, and somebody whom the table does not know.
    fn foreign(&self, at: usize, inner: &str, end: usize) -> Option<DatelineMatch> {
        let fits = |c: char| c.is_alphabetic() || matches!(c, ' ' | '/' | '.');
        if inner.chars().count() < 3 || !inner.chars().all(fits) || inner.chars().all(char::is_lowercase) {
            return None;
        }
        let (Separator::Dash, len) = separator(&self.text[end..])? else { return None };
        let dateline = place_and_date(&self.text[..at], self.published)?;
        let sure = is_place_in_capitals(&dateline.place) && starts_text(&self.text[end + len..]);
        sure.then(|| DatelineMatch { dateline: Some(dateline), credits: Vec::new(), len: end + len })
    }

    /// "МОСКВА, 19 сентября. /ТАСС/. ", "RIVAGE / ACCESSWIRE / Sept 19, 2025 / ", with the first slash at `at`.
    fn slashes(&self, at: usize) -> Option<DatelineMatch> {
        let close = self.text[at + 1..].find('/').filter(|&len| len <= MAX_CREDIT_BYTES)?;
        let end = at + close + 2;
        let words = &self.text[at..end];
        let inner = words.trim_matches(['/', ' ']);
        let inner = inner.strip_prefix("Корр. ").or_else(|| inner.strip_prefix("корр. ")).unwrap_or(inner);
        let agencies = parties(inner, Form::Bracketed).or_else(|| reported(inner))?;
        let before = &self.text[..at];
        if before.is_empty() {
            let (Separator::Dash, len) = separator(&self.text[end..])? else { return None };
            return Some(DatelineMatch { dateline: None, credits: as_credits(&agencies, words), len: end + len });
        }
        let mut dateline = place_and_date(before, self.published)?;
        let mut end = end;
        if dateline.date.is_none() {
            // The date may stand after the credit, and a slash after the date.
            let after = &self.text[end..];
            if let Some((len, date)) =
                after.find('/').and_then(|len| Some((len, whole_date(after[..len].trim(), self.published)?)))
            {
                dateline.date = Some(date);
                end += len + 1;
            }
        }
        let (_, len) = separator(&self.text[end..])?;
        let credits = as_credits(&agencies, words);
        starts_text(&self.text[end + len..]).then(|| DatelineMatch {
            dateline: Some(dateline),
            credits,
            len: end + len,
        })
    }

    /// A dash before any bracket: the agency stands on one side of it, or there is none.
    fn dashed(&self, at: usize, len: usize) -> Option<DatelineMatch> {
        let (before, after) = (self.text[..at].trim_end(), &self.text[at + len..]);
        if let Some(found) = self.agency_after_dash(before, at + len) {
            return Some(found);
        }
        if !starts_text(after) {
            return None;
        }
        let end = at + len;
        // "Reuters - ", "EFE.- "
        let name = before.trim_end_matches('.');
        if let Some(agencies) = parties(name, Form::Code) {
            // "AFP - Agence France-Presse was sold": about the agency.
            if leading(after).is_some_and(|edge| agencies.iter().any(|party| party.0 == edge.found.id)) {
                return None;
            }
            return Some(DatelineMatch { dateline: None, credits: as_credits(&agencies, name), len: end });
        }
        // "Tehran, IRNA – ", "Москва. 19 сентября. INTERFAX.RU - "
        let last = split_last(before).and_then(|(place, name)| Some((place, name, parties(name, Form::Word)?)));
        if let Some((place, name, agencies)) = last {
            let dateline = place_and_date(place, self.published)?;
            // "HARRISBURG, PA - " is a place in a state.
            let sure = dateline.date.is_some() || parties(name, Form::Code).is_some();
            let found = DatelineMatch { dateline: Some(dateline), credits: as_credits(&agencies, name), len: end };
            return sure.then_some(found);
        }
        let dateline = place_and_date(before, self.published)?;
        let long = !self.text[at..].starts_with(['-', '_']) || self.text[at..].starts_with("--");
        let sure = is_place_in_capitals(&dateline.place) || (long && dateline.date.is_some());
        // "RIVAGE, SCOTLAND - JULY 10, 2018: A man walks": a picture's.
        let caption = after.split_once(':').is_some_and(|(date, _)| whole_date(date, None).is_some());
        (sure && !caption).then(|| DatelineMatch { dateline: Some(dateline), credits: Vec::new(), len: end })
    }

    /// "МОСКВА, 19 сен - РИА Новости. ", "LONDON – AP – ": `before` the dash is the place, the agency starts at `start`.
    fn agency_after_dash(&self, before: &str, start: usize) -> Option<DatelineMatch> {
        let after = &self.text[start..];
        let name_len = after.find([',', '.', '-', '–', '—', ':']).filter(|&len| len <= MAX_CREDIT_BYTES)?;
        let name = after[..name_len].trim();
        let found = agency::find(name).filter(|found| found.form <= Form::Word)?;
        let mut dateline = place_and_date(before, self.published)?;
        let mut rest = &after[name_len..];
        // "- РИА Новости, Иван Петров. "
        if let Some(reporter) = rest.strip_prefix(", ") {
            rest = &reporter[reporter.find('.').filter(|&len| len <= MAX_CREDIT_BYTES)?..];
        }
        let (kind, len) = separator(rest)?;
        // Without a date a full stop may end any sentence, a colon after a plain name hardly.
        let plain = rest.starts_with(':') && found.form <= Form::Code && !dateline.place.contains(' ');
        if kind == Separator::Space || (kind == Separator::Stop && dateline.date.is_none() && !plain) {
            return None;
        }
        rest = &rest[len..];
        if !starts_text(rest) {
            return None;
        }
        dateline.place = dateline.place.trim().to_owned();
        let credits = as_credits(&[(found.id, role(found.id, true))], name);
        Some(DatelineMatch { dateline: Some(dateline), credits, len: self.text.len() - rest.len() })
    }

    /// "Baku, September 19, AZERTAC The council": nothing but a space after the credit, so there has to be a date.
    fn undashed(&self) -> Option<DatelineMatch> {
        let head = &self.text[..self.text.floor_char_boundary(MAX_CREDIT_BYTES)];
        if !head.bytes().fold(false, |any, b| any | b.is_ascii_digit()) {
            return None;
        }
        memchr::memchr_iter(b',', head.as_bytes()).take(3).find_map(|at| {
            let after = self.text[at + 1..].strip_prefix(' ')?;
            let edge = leading(after).filter(|edge| WITHOUT_DASH.contains(&edge.found.id.agency().id))?;
            let text = edge.rest.strip_prefix(' ').filter(|text| starts_text(text))?;
            let dateline = place_and_date(&head[..at], self.published).filter(|found| found.date.is_some())?;
            let credits = as_credits(&[(edge.found.id, role(edge.found.id, true))], edge.name);
            Some(DatelineMatch { dateline: Some(dateline), credits, len: self.text.len() - text.len() })
        })
    }

    /// "(Reuters) - ", "(ANSA) - ROMA, 19 SET - ": the credit comes first, the place after it or not at all.
    fn credit_first(&self) -> Option<DatelineMatch> {
        let close = self.text.find([')', ']']).filter(|&len| len <= MAX_CREDIT_BYTES)?;
        let words = &self.text[..=close];
        let agencies = parties(words.strip_prefix(['(', '['])?.strip_suffix([')', ']'])?, Form::Bracketed)?;
        let (kind, len) = separator(&self.text[close + 1..])?;
        if kind == Separator::Space {
            return None;
        }
        let start = close + 1 + len;
        let (dateline, len) = self.place_between_dashes(start).unwrap_or((None, 0));
        let end = start + len;
        starts_text(&self.text[end..]).then(|| DatelineMatch {
            dateline,
            credits: as_credits(&agencies, words),
            len: end,
        })
    }

    /// "ROMA, 19 SET - ", "19 SET - ROMA - " after "(ANSA) - ".
    fn place_between_dashes(&self, start: usize) -> Option<(Option<Dateline>, usize)> {
        let text = &self.text[start..];
        let cut = spaced_dash(text)?;
        let (_, len) = separator(&text[cut..])?;
        let first = &text[..cut];
        if let Some(date) = whole_date(first, self.published) {
            let rest = &text[cut + len..];
            let next = spaced_dash(rest)?;
            let place = place_and_date(&rest[..next], self.published)?.place;
            let (_, more) = separator(&rest[next..])?;
            return Some((Some(Dateline { place, date: Some(date) }), cut + len + next + more));
        }
        let dateline = place_and_date(first, self.published)?;
        let sure = dateline.date.is_some() || is_place_in_capitals(&dateline.place);
        sure.then_some((Some(dateline), cut + len))
    }
}

/// The bytes at which a line may turn out to open with a dateline or not, as the search for its place meets them.
const MARKS: [bool; 256] = {
    let marks = b" ?!\"(:;[/-_\xe2";
    let mut is_mark = [false; 256];
    let mut at = 0;
    while at < marks.len() {
        is_mark[marks[at] as usize] = true;
        at += 1;
    }
    is_mark
};

/// What a bracket after a place turns out to be.
enum Mark {
    Dateline(DatelineMatch),
    /// A part of the place: "(Goa)"; where it closes.
    Place(usize),
    None,
}

pub(super) fn as_credits(agencies: &[Party], words: &str) -> Vec<Credit> {
    credits(agencies, CreditKind::Dateline, words.trim())
}

/// The bytes of a dash that separates, with the spaces around it: long, or between spaces, or after a full stop.
fn dash(text: &str, before: &str) -> Option<usize> {
    let run = text.find(|c: char| !matches!(c, '-' | '—' | '–' | '―' | '_')).filter(|&len| len > 0)?;
    let long = run > 1;
    let spaced = text[run..].starts_with(' ');
    if !(long || (spaced && before.ends_with([' ', '.', ')', ']']))) || (!spaced && text.starts_with('–')) {
        return None;
    }
    Some(run + usize::from(spaced))
}

/// Where the first dash between spaces stands, near the start of a text.
fn spaced_dash(text: &str) -> Option<usize> {
    let first = [" - ", " – ", " — ", " -- "].iter().filter_map(|dash| text.find(dash)).min();
    first.filter(|&len| len <= MAX_CREDIT_BYTES)
}

/// The bytes of "19 - 9 " after a place and a dash, as Kuwait's agency writes day and month.
fn day_and_month(text: &str) -> usize {
    let len = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ' ' | '-' | '/')).unwrap_or(0);
    if text[len..].starts_with('(') && text[..len].bytes().any(|b| b.is_ascii_digit()) { len } else { 0 }
}

/// "Иван Реков - БЕЛТА", "Иван Реков на БТА": the reporter along with the agency.
fn reported(inner: &str) -> Option<Vec<Party>> {
    let (reporter, name) = inner.split_once(" - ").or_else(|| inner.split_once(" на "))?;
    let found = agency::find(name).filter(|found| found.form <= Form::Code && is_person(reporter))?;
    Some(vec![(found.id, role(found.id, true))])
}

/// Splits at the last comma or full stop that a space follows.
fn split_last(text: &str) -> Option<(&str, &str)> {
    let at = text.rmatch_indices([',', '.', '-']).find(|(at, _)| text[at + 1..].starts_with(' ')).map(|(at, _)| at)?;
    Some((&text[..at], &text[at + 2..]))
}

/// The bytes of a reporter's name in capitals and the dash after it, as Anadolu has it: "ANKARA (AA) - MARTA QUILL - ".
fn reporter(text: &str) -> usize {
    let Some(len) = spaced_dash(text) else { return 0 };
    let name = &text[..len];
    let is_name = name.contains(' ') && name.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | ',' | '.' | '-'));
    let dash = separator(&text[len..]).map_or(0, |(_, dash)| dash);
    if is_name && starts_text(&text[len + dash..]) { len + dash } else { 0 }
}
