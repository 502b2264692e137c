//! Bylines: who wrote an article, and for which agency.
//!
//! A line without "By" is a byline only where a person's name and an agency fill it, or an agency alone. A picture's
//! credit looks almost the same ("Jo Berg/AP", "Jo Berg AP"): so a slash between name and agency is none, and without
//! any mark between them the agency's name must be written out.

use crate::agency::{self, Form};
use crate::date::leading_date;

use super::any::AnyOf;
use super::edges::{Edge, last_word, leading, may_lead, trailing};
use super::parties::{Party, credits, parties, phrase, role, strip_prefix};
use super::people::{are_people, is_person, n_long_words, starts_with_capital, without_place};
use super::place::is_place;
use super::words::{BEATS, BY, NEWSROOM, NEWSROOM_OF, REPORTING, STAFF, is_kind};
use super::{BylineMatch, Credit, CreditKind, Place};

/// Bytes of a byline; longer lines are not looked at.
pub(super) const MAX_BYTES: usize = 160;
/// Bytes of a line of reporters and editors.
const MAX_REPORTING_BYTES: usize = 400;
/// Words in what an agency's people are called.
const MAX_STAFF_WORDS: usize = 5;
/// Marks between a name, an agency, a place and a date.
const MARKS: &[&str] = &[", ", " | ", " - ", " – ", " — ", " • ", " · ", " / ", "; "];
/// Words between a newsroom's or a person's name and the agency whose material they used.
const WITH: &[&str] = &[
    " avec l'", " avec ", " mit ", " with ", " con ", " com ", " met ", " med ", " et ", " und ", " y ", " and ",
    " e ", " og ", " och ",
];
/// What stands between a person's name and an agency's.
const JOINS: &[&str] = &[
    " for", " of", " in", " with", " and", ",", " avec", " et", " mit", " und", " für", " con", " y", " com", " e",
    " met", " en",
];
/// What stands between an agency and a place.
const AT: &[&str] = &[" in ", " à ", " en ", " aus "];
/// What follows a byline on its line.
const AFTER: &[&str] = &[" Published ", " Updated ", " Posted ", " Last updated ", " @"];

/// What stands between an agency and a date.
const DATED: &[&str] = &["Updated: ", "Updated ", "Last Updated: ", "Published: ", "Published ", "Posted: "];

/// Reads a line as a byline.
pub(super) fn read(line: &str) -> Option<BylineMatch> {
    let line = line.trim().trim_end_matches([' ', '•', '·', '|']);
    if line.is_empty() || line.len() > MAX_REPORTING_BYTES {
        return None;
    }
    if let Some(found) = reporting(line) {
        return Some(found);
    }
    if line.len() > MAX_BYTES {
        return None;
    }
    let east_asian = || has_east_asian(line).then(|| korean(line).or_else(|| han(line))).flatten();
    opened(line).or_else(east_asian).or_else(|| unopened(line))
}

/// Whether a text has Han or Hangul, which start with one of these bytes: most lines have neither.
fn has_east_asian(text: &str) -> bool {
    !text.is_ascii() && text.bytes().fold(false, |any, b| any | matches!(b, 0xe4..=0xed))
}

/// Reads the record's field for the author.
pub(super) fn author(field: &str) -> Option<BylineMatch> {
    let field = field.trim();
    if field.is_empty() || field.len() > MAX_BYTES {
        return None;
    }
    let of = |byline: &str, all: &[Party]| {
        let mut found = matched(field, byline, all);
        found.credits.iter_mut().for_each(|credit| {
            credit.kind = CreditKind::Author;
            credit.place = Place::AUTHOR;
        });
        found
    };
    if let Some(all) = parties(field, Form::Word).or_else(|| staffed(field)) {
        return Some(of("", &all));
    }
    if let Some(found) = read(field).filter(|found| !found.credits.is_empty()) {
        let all: Vec<Party> = found.credits.iter().map(|credit| (credit.agency, credit.role)).collect();
        return Some(of(&found.byline, &all));
    }
    // "Marta Quill, AP; Jo Berg", "Marta Quill/AFP": the first part that names an agency.
    let part = field.split([',', ';', '|', '/', '(', ')']).find_map(|part| agency::find(part.trim()))?;
    (part.form <= Form::Code).then(|| of(field, &[(part.id, role(part.id, true))]))
}

/// "(Reporting by Jo Berg in Oslo; Editing by Al Fin)": Reuters' own ending where both are named.
pub(super) fn reporting(line: &str) -> Option<BylineMatch> {
    if !matches!(line.as_bytes().first()?, b'(' | b'R' | b'r' | b'W' | b'w' | b'A' | b'a') {
        return None;
    }
    let inner = line.trim_start_matches('(').trim_end_matches(['.', ')', ' ']);
    let names = REPORTING.iter().find_map(|opener| strip_prefix(inner, opener))?;
    let lower = inner.to_ascii_lowercase();
    let edited = lower.contains("editing by ");
    let end = names.find([';', '(']).unwrap_or(names.len());
    let names = [" Editing by", " Writing by", ", additional reporting", ", writing by"]
        .iter()
        .filter_map(|next| names[..end].split(next).next())
        .min_by_key(|names| names.len())?
        .trim_end_matches([',', '.', ' ']);
    if edited {
        let reuters = agency::named("Reuters")?;
        return Some(BylineMatch {
            byline: without_place(names).to_owned(),
            credits: credits(&[(reuters, role(reuters, true))], CreditKind::Tail, line),
        });
    }
    if line.len() > MAX_BYTES {
        return None;
    }
    if let Some(all) = parties(names, Form::Bracketed) {
        return Some(BylineMatch { byline: String::new(), credits: credits(&all, CreditKind::Tail, line) });
    }
    let names = without_place(names);
    are_people(names).then(|| BylineMatch { byline: names.to_owned(), credits: Vec::new() })
}

/// "By Marta Quill, Associated Press", "Von Jo Berg, dpa", "Par AFP".
fn opened(line: &str) -> Option<BylineMatch> {
    let first = line.as_bytes()[0].to_ascii_lowercase();
    if !matches!(first, b'b' | b'v' | b'p' | b'd' | b'a' | b'o' | b'r' | b'w' | 0xd0) {
        return None;
    }
    // In small letters, as the words are; those of Cyrillic start with one byte in any case.
    let mut words = BY.iter().filter(|(word, _)| word.as_bytes()[0] == first);
    let (rest, names_suffice) = words.find_map(|(word, names_suffice)| {
        let rest = strip_prefix(line, word)?;
        let rest = match rest.strip_prefix(" :").or_else(|| rest.strip_prefix(':')) {
            Some(rest) => rest.trim_start(),
            None => rest.strip_prefix(' ')?,
        };
        Some((rest, *names_suffice))
    })?;
    if let Some(found) = newsroom(line) {
        return Some(found);
    }
    static ANY_AFTER: AnyOf = AnyOf::new(AFTER);
    let end = || AFTER.iter().filter_map(|after| rest.find(after)).min();
    let rest = ANY_AFTER.is_in(rest).then(end).flatten().map_or(rest, |end| &rest[..end]);
    let rest = rest.trim_end_matches([' ', '•', '|', '·', ',', '-']);
    if rest.ends_with('.') && rest.split(' ').count() > 4 {
        return None;
    }
    if rest.starts_with("Staff and ") || rest.starts_with("Staff ") {
        return (rest.len() <= 40).then(|| matched(line, rest, &[]));
    }
    let (byline, all) = people_and_agencies(rest)?;
    (names_suffice || !all.is_empty()).then(|| matched(line, byline, &all))
}

/// The people and the agencies of what follows "By".
fn people_and_agencies(text: &str) -> Option<(&str, Vec<Party>)> {
    if let Some(all) = parties(text, Form::Word).or_else(|| staffed(text)) {
        return Some(("", all));
    }
    let (first, rest) = split_at_mark(text);
    if let Some(all) = parties(first, Form::Word).or_else(|| staffed(first)) {
        return Some(("", all));
    }
    // "JILL COLVIN Associated Press", "Jo Berg for The Associated Press"
    if let Some(Edge { found, rest: people, .. }) = trailing(first) {
        let people = people.trim_end();
        let people = JOINS.iter().find_map(|word| people.strip_suffix(word)).unwrap_or(people);
        if found.form <= Form::Code && are_people(people) {
            return Some((people, vec![(found.id, role(found.id, true))]));
        }
    }
    let people = people_at_start(text, first)?;
    let mut all = Vec::new();
    // "Jo Berg, PA" is signed for the agency, "Jo Berg, Rivage, PA" names a state.
    let mut form = Form::Word;
    let mut rest = if people.len() > first.len() { split_at_mark(&text[people.len()..]).1 } else { rest };
    while !rest.is_empty() && all.is_empty() {
        let (segment, more) = split_at_mark(rest);
        let segment = segment.strip_prefix("and ").unwrap_or(segment);
        all = phrase(segment, form).or_else(|| staffed(segment)).unwrap_or_default();
        form = Form::Code;
        rest = more;
    }
    Some((without_place(people), all))
}

/// The people whom a list starts with. "Jo Berg, Al Fin and Ona Tal" are three; in "Jo Berg, Rivage Post" the second is none.
fn people_at_start<'a>(text: &'a str, first: &'a str) -> Option<&'a str> {
    let last_and = [" and ", " und ", " et ", " y ", " & "]
        .iter()
        .filter_map(|and| text.rfind(and).map(|at| at + and.len()))
        .max();
    if let Some(start) = last_and.filter(|&start| start > first.len()) {
        let (last, _) = split_at_mark(&text[start..]);
        let all = &text[..start + last.len()];
        if all.split(", ").all(are_people) {
            return Some(all);
        }
    }
    are_people(without_place(first)).then_some(first)
}

/// A line without "By".
fn unopened(line: &str) -> Option<BylineMatch> {
    let ends = agency::may_end_with(last_word(line.trim_end_matches(['.', ')', ','])));
    let starts = may_lead(line);
    if !ends && !starts {
        return None;
    }
    if line.starts_with(['(', '-', '/', '[', '—', '–', '=']) {
        return None;
    }
    if let Some(all) = alone(line) {
        return Some(matched(line, "", &all));
    }
    if let Some(found) = syndicated(line) {
        return Some(found);
    }
    let ended = || newsroom(line).or_else(|| used(line)).or_else(|| signed(line));
    ends.then(ended).flatten().or_else(|| starts.then(|| signed_first(line)).flatten())
}

/// "Associated Press", "Reuters Staff", "Agence France-Presse (AFP)".
fn alone(line: &str) -> Option<Vec<Party>> {
    // Lists with slashes are credits, and read as such.
    if line.contains('/') && agency::find(line).is_none() {
        return None;
    }
    let line = line.trim_end_matches(',');
    parties(line, Form::Code)
        .or_else(|| staffed(line))
        .or_else(|| {
            // "Reuters and Associated Press in Oslo"
            static ANY_AT: AnyOf = AnyOf::new(AT);
            let at = || AT.iter().find_map(|at| line.split_once(at));
            let (names, place) = ANY_AT.is_in(line).then(at)??;
            parties(names, Form::Code).filter(|_| is_place(place) && place.split(' ').count() <= 3)
        })
        .or_else(|| {
            let (name, code) = line.strip_suffix(')')?.split_once(" (")?;
            let found =
                agency::find(name).filter(|found| agency::find(code).is_some_and(|code| code.id == found.id))?;
            Some(vec![(found.id, role(found.id, true))])
        })
}

/// "De nuestra redacción / EFE".
fn newsroom(line: &str) -> Option<BylineMatch> {
    let Edge { found, rest, .. } = trailing(line)?;
    let newsroom = rest.trim_end().strip_suffix(['/', '|', '-', '–', ','])?.to_lowercase();
    let fits = found.form <= Form::Code && newsroom.len() <= 60 && NEWSROOM.iter().any(|word| newsroom.contains(word));
    fits.then(|| matched(line, "", &[(found.id, role(found.id, true))]))
}

/// "Marta Quill Rivage Post (TNS)", as Tribune's papers sign. Others' codes in brackets are a picture's: "Jo Berg (AP)".
fn syndicated(line: &str) -> Option<BylineMatch> {
    let people = line.strip_suffix("(TNS)")?.trim_end();
    let id = agency::by_id("tns").filter(|_| people.split(' ').all(|word| is_person(word) || word == "of"))?;
    Some(matched(line, people, &[(id, role(id, true))]))
}

/// "Le Rivage avec AFP", "Jo Berg mit dpa".
fn used(line: &str) -> Option<BylineMatch> {
    static ANY_WITH: AnyOf = AnyOf::new(WITH);
    if !ANY_WITH.is_in(line) {
        return None;
    }
    let (at, with) = WITH.iter().find_map(|with| line.find(with).map(|at| (at, with)))?;
    let names = &line[at + with.len()..];
    let all = parties(names, Form::Code).or_else(|| staffed(names))?;
    let left = line[..at].trim_end_matches([',', ' ']);
    let is_newsroom = NEWSROOM.iter().any(|word| left.to_lowercase().contains(word));
    if !is_newsroom && !are_people(left) {
        return None;
    }
    Some(matched(line, if is_newsroom { "" } else { left }, &all))
}

/// "Marta Quill, The Canadian Press", "Marta Quill | AP", "JO BERG and AL FIN Associated Press".
fn signed(line: &str) -> Option<BylineMatch> {
    let Edge { found, name, rest } = trailing(line)?;
    let rest = rest.trim_end();
    let people = rest.trim_end_matches([',', '|', '-', '–', '—', '•', '·', ' ']);
    let fits = match rest[people.len()..].trim() {
        "" => name.contains(' ') && found.form == Form::Name,
        // Aggregators put the source after a headline in this way.
        "-" | "–" if is_arabic(people) => return placed_in_arabic(line, people, found),
        "-" | "–" => found.form <= Form::Code && n_long_words(people) == 2,
        _ => found.form <= Form::Code,
    };
    let named = fits && people.contains(' ') && people.split(", ").all(are_people) && !is_kind(last_word(people));
    named.then(|| matched(line, people, &[(found.id, role(found.id, true))]))
}

/// "Reuters, Washington", "Associated Press in Oslo", "Associated Press July 16, 2018", "AFP — By JO BERG".
fn signed_first(line: &str) -> Option<BylineMatch> {
    let Edge { found, rest, .. } = leading(line).filter(|edge| edge.found.form <= Form::Code)?;
    let all = [(found.id, role(found.id, true))];
    let (mark, rest) = MARKS.iter().chain(&[" in ", " "]).find_map(|mark| Some((*mark, rest.strip_prefix(mark)?)))?;
    // "AFP / Jo Berg" is a picture's.
    if mark == " / " {
        return None;
    }
    let again = agency::find(rest).is_some_and(|again| again.id == found.id);
    let rest = DATED.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    if let Some(opened) = opened(rest) {
        return Some(matched(line, &opened.byline, &all));
    }
    let weekday = rest.split_once(", ").filter(|(day, _)| day.ends_with("day")).map_or(rest, |(_, date)| date);
    let dated = leading_date(weekday).is_some_and(|(_, len)| weekday.len() - len <= 30);
    let is_mark_for_place = !matches!(mark, " " | " - " | " – " | "; ");
    let placed = is_mark_for_place && rest.split(' ').count() <= 3 && !rest.contains(',') && is_place(rest);
    (dated || placed || again).then(|| matched(line, "", &all))
}

/// "القاهرة - رويترز", "هسبريس - و.م.ع": a place or a site, and the agency. More words are a headline's.
fn placed_in_arabic(line: &str, place: &str, found: agency::Found) -> Option<BylineMatch> {
    let fits = found.form <= Form::Code && place.split(' ').count() <= 2;
    let byline = if place.contains(' ') { place } else { "" };
    fits.then(|| matched(line, byline, &[(found.id, role(found.id, true))]))
}

fn is_arabic(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' ' | '\u{600}'..='\u{6ff}'))
}

/// "新华社记者 王小明", "中央社記者王小明": a name of two to four characters, and nothing after it.
fn han(line: &str) -> Option<BylineMatch> {
    let (agency, name) = line.split_once("记者").or_else(|| line.split_once("記者"))?;
    let found = agency::find(agency.trim()).filter(|found| found.form <= Form::Code)?;
    let name = name.trim();
    let fits = (2..=4).contains(&name.chars().count()) && name.chars().all(|c| matches!(c, '一'..='鿿'));
    fits.then(|| matched(line, name, &[(found.id, role(found.id, true))]))
}

/// "홍길동 기자", "연합뉴스 홍길동 기자", "홍길동 기자, 연합뉴스".
fn korean(line: &str) -> Option<BylineMatch> {
    if let Some((name, agency)) = line.split_once(" 기자, ").or_else(|| line.split_once(" 기자 | ")) {
        let all = parties(agency, Form::Code)?;
        return (!name.contains(' ')).then(|| matched(line, name, &all));
    }
    let name = line.strip_suffix(" 기자").or_else(|| line.strip_suffix(" 특파원"))?;
    if let Some((agency, name)) = name.split_once(' ') {
        let all = parties(agency, Form::Code)?;
        return (!name.contains(' ')).then(|| matched(line, name, &all));
    }
    (name.chars().count() <= 12 && !name.contains(' ') && name.chars().all(char::is_alphabetic))
        .then(|| BylineMatch { byline: name.to_owned(), credits: Vec::new() })
}

/// "AP Sports Writer", "Reuters Staff", "Redacción EFE".
pub(super) fn staffed(text: &str) -> Option<Vec<Party>> {
    let is_staff = |words: &str| {
        let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
        words.len() <= MAX_STAFF_WORDS
            && words.last().is_some_and(|last| STAFF.contains(&last.to_lowercase().as_str()))
            && words.iter().all(|word| starts_with_capital(word) || BEATS.contains(word) || STAFF.contains(word))
    };
    let found = match leading(text) {
        Some(edge) if is_staff(edge.rest) => edge.found,
        _ => {
            let edge = trailing(text)?;
            NEWSROOM_OF.contains(&edge.rest.trim()).then_some(edge.found)?
        }
    };
    (found.form <= Form::Word).then(|| vec![(found.id, role(found.id, true))])
}

fn matched(line: &str, byline: &str, all: &[Party]) -> BylineMatch {
    let credits: Vec<Credit> = credits(all, CreditKind::Byline, line);
    BylineMatch { byline: byline.trim().to_owned(), credits }
}

/// Splits at the first mark between a name and what follows.
fn split_at_mark(text: &str) -> (&str, &str) {
    let first = MARKS.iter().filter_map(|mark| text.find(mark).map(|at| (at, mark.len()))).min();
    first.map_or((text, ""), |(at, len)| (&text[..at], &text[at + len..]))
}
