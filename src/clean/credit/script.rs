//! Datelines of East Asia: "(서울=연합뉴스) 홍길동 기자 = ", "[東京 19日 ロイター] - ", "【ワシントン共同】", "新华社北京9月19日电".

use crate::agency::{self, AgencyId, Form};
use crate::article::Published;

use super::dateline::as_credits;
use super::parties::{Party, parties};
use super::place::{place_and_date, separator, whole_date};
use super::{Dateline, DatelineMatch, Role};

/// Bytes of such a bracket.
const MAX_BRACKET_BYTES: usize = 90;
/// Bytes of the reporters' names after it.
const MAX_REPORTER_BYTES: usize = 90;
/// Chinese agencies' names as their telegrams open with.
const CHINESE: &[&str] = &[
    "新华社",
    "新華社",
    "中新社",
    "中新网",
    "中央社",
    "法新社",
    "路透社",
    "路透",
    "美联社",
    "美聯社",
    "共同社",
    "韩联社",
    "韓聯社",
];
/// What Korean reporters are called after their names.
const KOREAN_REPORTERS: &[&str] = &["기자", "특파원", "통신원", "인턴"];

/// A dateline in a bracket that holds more than the agency.
pub(super) fn bracketed(text: &str, published: Option<Published>) -> Option<DatelineMatch> {
    let open = text.chars().next()?;
    let close = text.find(closing(open)).filter(|&at| at <= MAX_BRACKET_BYTES)?;
    let inner = text[open.len_utf8()..close].trim();
    let after = close + closing(open).len_utf8();
    if inner.ends_with(['電', '电']) || inner.ends_with("電報導") {
        let (dateline, credits) = telegram(inner, published)?;
        let len = separator(&text[after..]).map_or(0, |(_, len)| len);
        return Some(DatelineMatch { dateline, credits: as_credits(&credits, inner), len: after + len });
    }
    let words = &text[..after];
    let (place, agencies) = match inner.split_once('=') {
        Some((left, right)) => equated(left.trim(), right.trim())?,
        None if open == '(' => return None,
        None => last_name(inner)?,
    };
    let is_day = place.strip_suffix('日').is_some_and(|day| day.bytes().all(|b| b.is_ascii_digit()));
    let dateline = if place.is_empty() || is_day || whole_date(place, published).is_some() {
        None
    } else {
        Some(place_and_date(place, published)?)
    };
    let mut len = after + korean_reporters(&text[after..]);
    // Only the thick Japanese bracket is enough of a separator by itself.
    match separator(&text[len..]) {
        Some((_, more)) => len += more,
        None if open == '【' && len < text.len() => {}
        None => return None,
    }
    Some(DatelineMatch { dateline, credits: as_credits(&agencies, words), len })
}

/// "新华社北京9月19日电(记者王小明)".
pub(super) fn chinese(line: &str, published: Option<Published>) -> Option<DatelineMatch> {
    // "据新华社北京9月19日电" opens the telegram as papers print it; "据新华社报道" is a mention, and has no "电".
    let text = line.trim_start_matches(['据', '據']);
    if !CHINESE.iter().any(|name| text.starts_with(name)) {
        return None;
    }
    let (end, mark) = text.char_indices().find(|(_, c)| matches!(c, '电' | '電' | '。' | ',' | '、'))?;
    if !matches!(mark, '电' | '電') {
        return None;
    }
    let words = &text[..end + mark.len_utf8()];
    let (dateline, credits) = telegram(words, published)?;
    let mut len = words.len();
    if text[len..].starts_with('(') {
        len += text[len..].find(')').filter(|&bytes| bytes <= MAX_REPORTER_BYTES).map_or(0, |bytes| bytes + 1);
    }
    len += separator(&text[len..]).map_or(0, |(_, len)| len);
    Some(DatelineMatch { dateline, credits: as_credits(&credits, words), len: line.len() - text.len() + len })
}

/// "به گزارش خبرگزاری ایسنا، ": how reports of Iran's agencies begin, and the pages that carry them.
pub(super) fn persian(text: &str) -> Option<DatelineMatch> {
    let rest = text.strip_prefix("به گزارش ")?;
    let name = ["خبرگزاری ", "خبرنگار ", "گروه "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let end = name.find(['،', ',', ':', ';']).filter(|&end| end <= MAX_BRACKET_BYTES)?;
    let agencies = parties(&name[..end], Form::Bracketed)?;
    let after = name[end..].trim_start_matches(['،', ',', ':', ';', ' ']);
    let words = text[..text.len() - name.len() + end].trim();
    Some(DatelineMatch { dateline: None, credits: as_credits(&agencies, words), len: text.len() - after.len() })
}

/// "中央社記者王小明台北19日電": agency, reporter, place, date, "telegram".
fn telegram(text: &str, published: Option<Published>) -> Option<(Option<Dateline>, Vec<Party>)> {
    let name = CHINESE.iter().find(|name| text.starts_with(**name))?;
    let id = agency::find(name)?.id;
    let rest = text[name.len()..].trim_end_matches(['电', '電', '专', '專', '综', '綜', '合', '外', '報', '導']).trim();
    // A Chinese name has three characters mostly; nothing else tells where the reporter ends and the place begins.
    let rest = match rest.strip_prefix("記者").or_else(|| rest.strip_prefix("记者")) {
        Some(named) => &named[named.char_indices().nth(3)?.0..],
        None => rest,
    };
    let date_at = rest.find(|c: char| c.is_ascii_digit())?;
    if !rest.ends_with('日') {
        return None;
    }
    let (place, date) = rest.split_at(date_at);
    let credits = vec![(id, Role::Origin)];
    if place.is_empty() {
        return Some((None, credits));
    }
    if place.chars().count() > 8 {
        return None;
    }
    let dateline = match whole_date(date, published) {
        Some(date) => Dateline { place: place.to_owned(), date: Some(date) },
        None => place_and_date(rest, published)?,
    };
    Some((Some(dateline), credits))
}

/// "서울=연합뉴스", "워싱턴 AFP=연합뉴스", "AFP=時事": the agency after the sign passes on what one before it wrote.
fn equated<'a>(left: &'a str, right: &str) -> Option<(&'a str, Vec<Party>)> {
    let (_, relay) = last_id(right).filter(|(before, _)| before.is_empty())?;
    match last_id(left) {
        Some((place, origin)) => Some((place, vec![(origin, Role::Origin), (relay, Role::Relay)])),
        None => Some((left, vec![(relay, Role::Origin)])),
    }
}

/// "東京 19日 ロイター", "ワシントン共同": the place and the agencies.
fn last_name(inner: &str) -> Option<(&str, Vec<Party>)> {
    if let Some(all) = parties(inner, Form::Bracketed) {
        return Some(("", all));
    }
    let (place, id) = last_id(inner)?;
    // "パリAFP時事": the second passes on what the first wrote.
    match last_id(place) {
        Some((place, origin)) if !place.is_empty() => Some((place, vec![(origin, Role::Origin), (id, Role::Relay)])),
        _ => Some((place, vec![(id, Role::Origin)])),
    }
}

/// The agency that a text ends with, after a space, or right after another script's or language's letters.
fn last_id(text: &str) -> Option<(&str, AgencyId)> {
    text.char_indices().find_map(|(at, _)| {
        let before = &text[..at];
        // Latin words are not cut: "Amap" does not end with MAP.
        let glued = before.ends_with(|c: char| c.is_ascii_alphanumeric())
            && text[at..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if glued {
            return None;
        }
        agency::find(&text[at..]).map(|found| (before.trim_end(), found.id))
    })
}

/// The bytes of " 홍길동 기자".
fn korean_reporters(text: &str) -> usize {
    let head = &text[..text.floor_char_boundary(MAX_REPORTER_BYTES)];
    let Some(at) = head.find(" = ").or_else(|| head.find("= ")) else { return 0 };
    if KOREAN_REPORTERS.iter().any(|word| head[..at].ends_with(word)) { at } else { 0 }
}

fn closing(open: char) -> char {
    match open {
        '[' => ']',
        '【' => '】',
        _ => ')',
    }
}
