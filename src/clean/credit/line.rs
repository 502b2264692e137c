//! Lines that credit agencies and do nothing else: "(AFP)", "-- BERNAMA", "Source: Reuters", "Copyright 2026 The
//! Associated Press. All rights reserved."

use std::sync::LazyLock;

use crate::agency::{self, Form, Words};

use super::edges::{Edge, last_word, leading, may_lead};
use super::parties::{Party, credits, is_contribution, opened, parties, phrase, role, strip_prefix};
use super::place::whole_date;
use super::sentence::sentence;
use super::words::{LABELS, is_closing};
use super::{Credit, CreditKind};

/// Bytes of a line that credits; a notice of rights may have more.
pub(super) const MAX_BYTES: usize = 160;
/// Bytes of a notice of rights.
pub(super) const MAX_NOTICE_BYTES: usize = 600;
/// Bytes of a list of agencies and initials alone on a line.
const MAX_LIST_BYTES: usize = 60;
/// Bytes of a label before a colon.
const MAX_LABEL_BYTES: usize = 36;

/// What follows the source on its line.
const AFTER_SOURCE: &[&str] = &[" | ", " Editor", " Updated", " Published", " Date", " 20", " 编辑", " 责任编辑"];

/// Sentences that agencies put below their texts, by how they begin.
pub(super) const NOTICES: &[(&str, &str)] = &[
    ("Our Standards: The Thomson Reuters Trust Principles", "reuters"),
    ("View source version on businesswire.com", "businesswire"),
    ("View original content", "prnewswire"),
    ("Original-Content von:", "ots"),
    ("BERNAMA provides up-to-date", "bernama"),
    ("AGERPRES/(", "agerpres"),
    ("(END) Dow Jones Newswires", "dowjones"),
    ("The-CNN-Wire", "cnn"),
    ("The CNN Wire", "cnn"),
    ("(c) dpa", "dpa"),
    ("(ADVERTORIAL DISCLAIMER:", "newsvoir"),
];

/// What the other notices begin with, in small letters; those in brackets aside.
pub(super) const NOTICE_HEADS: &[&str] = &["this", "mate", "info", "from", "про ", "dpa:", "dpa-infocom, dpa:"];

/// What says that rights are claimed. Longer ones first where one starts with another.
pub(super) const CLAIMS: &[&str] =
    &["©", "(c)", "저작권자(c)", "저작권자 (c)", "copyright", "tm ", "℗", "all contents", "all content", "content"];
/// The same as Italy's agencies have it.
pub(super) const CLAIM_OF_ITALY: &str = "RIPRODUZIONE RISERVATA";

/// Agencies that sign with initials, and the space before them.
pub(super) const SIGNERS: &[&str] = &["PTI ", "UNI "];

/// What stands before the agency in sentences that say where a text is from.
const LEADS: &[&str] = &[
    "this report by ",
    "this story by ",
    "this article is republished from ",
    "this article was republished from ",
    "this article was originally published by ",
    "this article was originally published on ",
    "this report is auto-generated from ",
    "this story is auto-generated from ",
    "this report was prepared by ",
    "this report was produced by ",
    "this material is copyrighted by ",
    "material from ",
    "information from ",
    "information from: ",
    "from ",
    "про це повідомляє ",
];

/// The credits of a line.
pub(super) fn read(line: &str) -> Option<Vec<Credit>> {
    let line = line.trim();
    let first = line.chars().next()?;
    if line.len() > MAX_NOTICE_BYTES {
        return None;
    }
    if let Some(all) = copyright(line) {
        return Some(credits(&all, CreditKind::Copyright, line));
    }
    let all = notice(line).or_else(|| if line.len() <= MAX_BYTES { short(line, first) } else { sentence(line) })?;
    let kind = if is_contribution(line) { CreditKind::Contribution } else { CreditKind::Tail };
    Some(credits(&all, kind, line))
}

fn short(line: &str, first: char) -> Option<Vec<Party>> {
    let all = match first {
        '(' | '[' | '【' => bracketed(line),
        '-' | '—' | '–' | '―' | '=' | '/' | '.' | '_' | '*' | '|' | '•' => marked(line, first),
        _ => labeled(line).or_else(|| plain(line)).or_else(|| sentence(line)),
    };
    all.filter(|_| !is_picture(line))
}

/// "(AFP)", "(With inputs from ANI)", "[Source: Reuters]".
pub(super) fn bracketed(line: &str) -> Option<Vec<Party>> {
    let inner = line.trim_end_matches(['.', ' ', '。']).strip_suffix([')', ']', '】'])?;
    let inner = inner.strip_prefix(['(', '[', '【'])?.trim();
    // "(NAN)(www.nannews.ng)"
    if let Some((name, site)) = inner.split_once(")(") {
        return parties(name, Form::Bracketed)
            .filter(|all| all.len() == 1 && agency::by_outlet(site) == Some(all[0].0));
    }
    if inner.contains(['(', ')', '[', ']']) || is_picture(inner) {
        return None;
    }
    phrase(inner, Form::Bracketed)
        .or_else(|| labeled(inner))
        .or_else(|| marked(inner, inner.chars().next()?))
        .or_else(|| copyright(inner))
        .or_else(|| dated(inner))
}

/// "APA, 19 Sept 2025".
fn dated(inner: &str) -> Option<Vec<Party>> {
    let (names, date) = inner.split_once(", ")?;
    parties(names, Form::Bracketed).filter(|_| whole_date(date, None).is_some())
}

/// "-- BERNAMA", "/ritzau/AFP", "==Kyodo", "— with files from The Canadian Press".
fn marked(line: &str, first: char) -> Option<Vec<Party>> {
    const MARKS: &[char] = &['-', '—', '–', '―', '=', '/', '.', '_', '*', '|', '•', ' '];
    if !MARKS.contains(&first) {
        return None;
    }
    let inner = line.trim_matches(MARKS);
    // One short mark also opens an item of a list: "- APP".
    // "/ AP" is the rest of a picture's "Jo Berg / AP".
    if line.starts_with("/ ") && !line.ends_with('/') {
        return labeled(inner);
    }
    let form = match first {
        '*' | '|' | '•' => Form::Code,
        '-' if line.starts_with("- ") => Form::Code,
        '/' if line.ends_with(['/', '.']) && line.trim_end_matches('.').ends_with('/') => Form::Bracketed,
        _ => Form::Word,
    };
    phrase(inner, form).or_else(|| labeled(inner))
}

/// "Source: Reuters", "Quelle : dpa".
pub(super) fn labeled(line: &str) -> Option<Vec<Party>> {
    let (label, names) = label(line)?;
    if !may_label(label) || !LABELS.contains(&label.trim().to_lowercase().as_str()) {
        return None;
    }
    let names = names.trim();
    let names = AFTER_SOURCE.iter().filter_map(|after| names.split(after).next()).min_by_key(|names| names.len())?;
    let names = names.trim_matches(['(', ')', '/', '-', '.', ' ']);
    parties(names, Form::Bracketed)
}

/// A cheap look at what stands before a colon.
pub(super) fn may_label(text: &str) -> bool {
    static WORDS: LazyLock<Words> = LazyLock::new(|| LABELS.iter().copied().collect());
    WORDS.may_contain(text.trim())
}

/// What may be a label, and what follows its colon.
pub(super) fn label(line: &str) -> Option<(&str, &str)> {
    let head = &line.as_bytes()[..line.len().min(MAX_LABEL_BYTES)];
    let colon = memchr::memchr2(b':', b'|', head)?;
    Some((&line[..colon], &line[colon + 1..]))
}

/// "With inputs from ANI", "BSS/AFP/SR/2139", "TT-AFP", "PTI NSD RC".
fn plain(line: &str) -> Option<Vec<Party>> {
    let line = line.trim_end_matches(['.', '।', '。']);
    if let Some(all) = address(line) {
        return Some(all);
    }
    let word = last_word(line);
    let ends = agency::may_end_with(word) || is_closing(word);
    if let Some(all) = ends.then(|| opened(line)).flatten() {
        return Some(all);
    }
    let has_joint = || line.as_bytes().iter().any(|b| matches!(b, b'/' | b'-' | 0xe2));
    let lists = line.len() <= MAX_LIST_BYTES && has_joint() && (ends || may_lead(line));
    if lists && !line.contains(", ") && agency::find(line).is_none() {
        return parties(line, Form::Word);
    }
    initials(line)
}

/// "PTI NSD RC": agencies of India sign with the initials of who wrote and read a text.
pub(super) fn initials(line: &str) -> Option<Vec<Party>> {
    let (name, rest) = line.split_at_checked(4).filter(|(name, _)| SIGNERS.contains(name))?;
    let signs = |word: &str| (2..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    if rest.len() > 32 || !rest.split(' ').all(signs) {
        return None;
    }
    let id = agency::find(name.trim_end())?.id;
    Some(vec![(id, role(id, true))])
}

/// "hong@agency.example", "홍길동 기자 hong@agency.example": an address at the agency's own site, as Korean agencies end.
pub(super) fn address(line: &str) -> Option<Vec<Party>> {
    memchr::memchr(b'@', line.as_bytes())?;
    let (before, address) = line.rsplit_once(' ').unwrap_or(("", line));
    let (who, site) = address.split_once('@')?;
    let is_signed = before.is_empty() || (before.chars().all(is_hangul_or_space) && before.len() <= MAX_SIGNED_BYTES);
    if who.is_empty() || !is_signed || !site.contains('.') {
        return None;
    }
    let id = agency::by_outlet(site)?;
    Some(vec![(id, role(id, true))])
}

/// Bytes of the names before an address.
const MAX_SIGNED_BYTES: usize = 60;

fn is_hangul_or_space(c: char) -> bool {
    matches!(c, ' ' | '=') || is_hangul(c)
}

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣')
}

/// Sentences that say where a text is from.
fn notice(line: &str) -> Option<Vec<Party>> {
    // What the notices and sentences below start with; most lines start otherwise.
    let head = line.as_bytes().first_chunk::<4>()?.map(|b| b.to_ascii_lowercase());
    let leads = matches!(&head, b"this" | b"mate" | b"info" | b"from" | b"(thi" | b"(fro") || line.starts_with("Про ");
    if !leads
        && !matches!(
            &head,
            b"(adv"
                | b"our "
                | b"view"
                | b"orig"
                | b"bern"
                | b"ager"
                | b"(end"
                | b"the-"
                | b"the "
                | b"dpa:"
                | b"dpa-"
                | b"(c) "
        )
    {
        return None;
    }
    if let Some((_, id)) = NOTICES.iter().find(|(start, _)| line.starts_with(start)) {
        let id = agency::by_id(id)?;
        return Some(vec![(id, role(id, true))]);
    }
    // dpa's number of a text: day, service, number, version.
    if let Some(number) = line.strip_prefix("dpa:").or_else(|| line.strip_prefix("dpa-infocom, dpa:")) {
        let fits = number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/')) && number.len() >= 10;
        let id = agency::by_id("dpa").filter(|_| fits)?;
        return Some(vec![(id, role(id, true))]);
    }
    if !leads {
        return None;
    }
    let inner = line.trim_start_matches('(');
    if let Some((_, partner)) = inner.split_once(" in partnership with ") {
        let edge = leading(partner).filter(|edge| edge.found.form <= Form::Word)?;
        return Some(vec![(edge.found.id, role(edge.found.id, true))]);
    }
    let rest = LEADS.iter().find_map(|lead| strip_prefix(inner, lead))?;
    let Edge { found, rest, .. } = leading(rest).filter(|edge| edge.found.form <= Form::Word)?;
    let rest = rest.trim_start_matches(['.', ',']);
    let goes_on = [" was first published", " under a ", " news service", " service", " newswire", " feed"]
        .iter()
        .any(|words| rest.starts_with(words));
    (rest.trim_matches([')', ' ', '.']).is_empty() || goes_on).then(|| vec![(found.id, role(found.id, true))])
}

/// "Copyright 2026 The Associated Press. All rights reserved.", "© Agence France-Presse".
fn copyright(line: &str) -> Option<Vec<Party>> {
    // 0xec starts "저작권자".
    if !matches!(line.as_bytes().first()?, b'(' | b'<' | b'c' | b'C' | b'R' | b'a' | b'A' | 0xc2 | 0xe2 | 0xec) {
        return None;
    }
    let line = line.strip_prefix('<').unwrap_or(line);
    let inner = line.strip_prefix('(').filter(|_| strip_prefix(line, "(c)").is_none()).unwrap_or(line);
    let mut rest = inner.strip_prefix(CLAIM_OF_ITALY).unwrap_or(inner);
    let mut claims = rest.len() < inner.len();
    // A circled c is a plain one once it is normalized.
    if let Some(after) = strip_prefix(rest, "c").filter(|after| after.trim_start().starts_with(is_hangul)) {
        rest = after;
        claims = true;
    }
    loop {
        rest = rest.trim_start_matches([' ', ',', '-', '–', ':', '|', '&']);
        let symbol = CLAIMS.iter().find_map(|mark| strip_prefix(rest, mark));
        if let Some(after) = symbol {
            rest = after;
            claims = true;
        } else if claims && rest.starts_with(|c: char| c.is_ascii_digit()) {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        } else if let Some(after) = claims.then(|| strip_prefix(rest, "by ")).flatten() {
            rest = after;
        } else {
            break;
        }
    }
    if !claims {
        return None;
    }
    let Edge { found, rest, .. } = leading(rest).filter(|edge| edge.found.form <= Form::Word)?;
    let goes_on = rest.strip_prefix(' ').is_some_and(|next| {
        next.starts_with(char::is_uppercase)
            && !["All", "ALL", "Rights", "Reserved", "Inc", "LLC", "GmbH"].iter().any(|word| next.starts_with(word))
    });
    let is_pictures = rest.trim_start().starts_with('/');
    let ends = rest.is_empty()
        || (!is_pictures && rest.starts_with(['.', ',', '|', ';', ')', ' ']) && !goes_on && !is_picture(rest));
    ends.then(|| vec![(found.id, role(found.id, true))])
}

/// Whether a line speaks of a picture or a video: whose it is says nothing about the text.
pub(super) fn is_picture(line: &str) -> bool {
    const WORDS: &[&str] = &["photo", "foto", "image", "picture", "video", "getty", "file", "pool", "bild", "снимк"];
    let lower = line.to_lowercase();
    lower
        .split(|c: char| !c.is_alphabetic())
        .any(|word| WORDS.iter().any(|w| word.starts_with(w)) && !word.starts_with("files"))
}
