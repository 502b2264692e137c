//! Cases of all shapes, in `cases/`: function, text as a page has it, what it should find. The mark `¦` in a text stands
//! where a dateline ends or a tail starts; `-` means that nothing may be found.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::agency;
use crate::article::Zone;
use crate::clean::normalize::normalize;

/// The shapes; every agency; what sites put around their names; other scripts than Latin; words and pictures.
const CASES: [&str; 4] = [
    include_str!("cases/shapes.tsv"),
    include_str!("cases/agencies.tsv"),
    include_str!("cases/latin.tsv"),
    include_str!("cases/words.tsv"),
];
const SCRIPTS: &str = include_str!("cases/scripts.tsv");
/// 2025-09-20T12:00:00Z
const PUBLISHED: Published = Published { unix_seconds: 1_758_369_600, zone: Zone::Stated };

/// "bss> afp" for "(BSS/AFP)": a relay has the arrow, a copyright the sign.
fn shown(credits: &[Credit]) -> String {
    let one = |credit: &Credit| {
        let sign = if credit.kind == CreditKind::Copyright { "©" } else { "" };
        let arrow = if credit.role == Role::Relay { ">" } else { "" };
        format!("{sign}{}{arrow}", credit.agency.agency().id)
    };
    credits.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

fn cases() -> impl Iterator<Item = [&'static str; 3]> {
    let lines = CASES.iter().chain([&SCRIPTS]).flat_map(|cases| cases.lines());
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let [function, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}: not a case") };
        [function, text, expected]
    })
}

/// The texts of all cases.
pub(super) fn texts() -> impl Iterator<Item = String> {
    cases().map(|[_, text, _]| normalize(&text.replacen('¦', "", 1)).into_owned())
}

fn check(function: &str, marked: &str) -> String {
    let marked = &*normalize(marked);
    let (text, mark) = (marked.replacen('¦', "", 1), marked.find('¦'));
    let found = match function {
        "dateline" => dateline(&text, Some(PUBLISHED)).map(|found| {
            assert_eq!(Some(found.len), mark, "{marked}: the dateline ends at {:?}", &text[..found.len]);
            let (place, date) = found.dateline.map(|at| (at.place, at.date)).unwrap_or_default();
            joined(&[&place, &date.unwrap_or_default(), &shown(&found.credits)])
        }),
        "tail" => tail(&text).map(|found| {
            assert_eq!(Some(found.start), mark, "{marked}: the credit is {:?}", &text[found.start..]);
            shown(&found.credits)
        }),
        "byline" => byline(&text).map(|found| joined(&[&found.byline, &shown(&found.credits)])),
        "credit_line" => credit_line(&text).map(|credits| shown(&credits)),
        "named" => agency::named(&text).map(|id| id.agency().id.to_owned()),
        _ => panic!("{function}: no such function"),
    };
    found.unwrap_or_else(|| "-".to_owned())
}

#[test]
fn every_case_gives_what_it_should() {
    let mut wrong = Vec::new();
    let (mut n_cases, mut n_traps) = (0, 0);
    for [function, text, expected] in cases() {
        n_cases += 1;
        n_traps += usize::from(expected == "-");
        let found = std::panic::catch_unwind(|| check(function, text)).unwrap_or_else(|_| "(see above)".to_owned());
        if found != expected {
            wrong.push(format!("{function} {text:?}: {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {n_cases} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(n_cases >= 1000 && 3 * n_traps >= n_cases, "{n_cases} cases, {n_traps} traps");
}

/// Pages write one credit in many ways: other spaces and brackets, and other dashes after a dateline.
#[test]
fn spaces_brackets_and_dashes_change_nothing() {
    let dashes = [" - ", " -- ", " – ", " — "];
    let credits = |found: &str| {
        let last = found.rsplit(" · ").next().unwrap_or_default().to_owned();
        last.split(' ').all(|sign| agency::by_id(sign.trim_matches(['©', '>'])).is_some()).then_some(last)
    };
    let mut n_forms = 0;
    for [function, text, expected] in cases() {
        let Some(expected) = credits(expected).filter(|_| function != "named") else { continue };
        let mut forms = vec![text.replace('(', "（").replace(')', "）"), text.replace(' ', "\u{a0}")];
        forms.push(text.replace(' ', "  "));
        if let Some(dash) = dashes.iter().find(|dash| text.contains(&format!("{dash}¦"))) {
            forms.extend(dashes.map(|other| text.replace(&format!("{dash}¦"), &format!("{other}¦"))));
        }
        for form in forms {
            n_forms += 1;
            assert_eq!(credits(&check(function, &form)).as_ref(), Some(&expected), "{function} {form:?}");
        }
    }
    assert!(n_forms > 1500, "{n_forms} forms");
}

#[test]
fn every_agency_is_credited_in_some_case() {
    let credited = cases().filter(|[function, ..]| *function != "named").flat_map(|[.., expected]| expected.split(' '));
    let credited: BTreeSet<&str> = credited.map(|sign| sign.trim_matches(['©', '>'])).collect();
    let missing: Vec<&str> = agency::all().map(|(_, agency)| agency.id).filter(|id| !credited.contains(id)).collect();
    assert!(missing.is_empty(), "no case credits {missing:?}");
}

#[test]
fn every_script_has_datelines_other_credits_and_traps() {
    let mut seen: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for [function, text, expected] in cases() {
        let Some(script) = script_of(text) else { continue };
        let place = if expected == "-" { 2 } else { usize::from(function != "dateline") };
        seen.entry(script).or_default()[place] += 1;
    }
    for (script, [datelines, credits, traps]) in &seen {
        // Agencies that write Hebrew are credited there without datelines.
        let needs = if *script == "Hebrew" { 0 } else { 1 };
        assert!(*datelines >= needs && *credits >= 3 && *traps >= 2, "{script}: {datelines}, {credits}, {traps}");
    }
    assert_eq!(seen.len(), 10, "{seen:?}");
}

/// Kana where there are any: Japanese has Han as well.
fn script_of(text: &str) -> Option<&'static str> {
    let mut all = text.chars().filter_map(script);
    let first = all.next()?;
    Some(if all.any(|other| other == "Kana") { "Kana" } else { first })
}

/// The script that a letter gives away.
fn script(c: char) -> Option<&'static str> {
    Some(match c {
        'Ͱ'..='Ͽ' => "Greek",
        'Ѐ'..='ӿ' => "Cyrillic",
        '\u{590}'..='\u{5ff}' => "Hebrew",
        '\u{600}'..='\u{6ff}' => "Arabic",
        '\u{900}'..='\u{97f}' => "Devanagari",
        '\u{980}'..='\u{9ff}' => "Bengali",
        '\u{e00}'..='\u{e7f}' => "Thai",
        '\u{3040}'..='\u{30ff}' => "Kana",
        '\u{4e00}'..='\u{9fff}' => "Han",
        '\u{ac00}'..='\u{d7a3}' => "Hangul",
        _ => return None,
    })
}

#[test]
fn an_unknown_moment_leaves_the_year_open() {
    let found = dateline("NEW DELHI, Nov 3 (PTI) The river Rivage rose again.", None).unwrap();
    assert_eq!(found.dateline.unwrap().date.as_deref(), Some("--11-03"));
}

#[test]
fn a_year_is_the_one_nearest_to_the_publication() {
    // 2026-01-02T12:00:00Z
    let published = Published { unix_seconds: 1_767_355_200, zone: Zone::Stated };
    let date = |text| dateline(text, Some(published)).unwrap().dateline.unwrap().date.unwrap();
    assert_eq!(date("OSLO, Dec 31 (Reuters) - The lake froze."), "2025-12-31");
    assert_eq!(date("OSLO, Jan 2 (Reuters) - The lake froze."), "2026-01-02");
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic_and_cut_between_characters(
        text in r"([\PC]{0,30}|[A-ZÉМ東] ?|\(|\)|\[|【|】|/|=| - | — |AFP|AP|新华社|共同|Reuters|By |Source: |© |, Sept 19|19日|电|기자|\. ){0,14}"
    ) {
        if let Some(found) = dateline(&text, Some(PUBLISHED)) {
            prop_assert!(text.is_char_boundary(found.len) && found.len > 0);
        }
        if let Some(found) = tail(&text) {
            prop_assert!(text.is_char_boundary(found.start) && found.start < text.len());
        }
        byline(&text);
        credit_line(&text);
        agency::named(&text);
        agency::by_outlet(&text);
    }
}
