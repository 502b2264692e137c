//! Pages to bodies, by example.

use super::*;

fn page(text: &str) -> Page {
    clean(&Article { id: "page".to_owned(), text: text.to_owned(), ..Article::default() })
}

const FIRST: &str = "The harbor council of Port Ellery voted on Monday to close the old fish market for good.";
const SECOND: &str = "Traders said they had been told of the plan only a week before the vote was taken.";
const THIRD: &str = "A new hall is to open beside the ferry terminal before the end of next summer, the council said.";

/// The body of these paragraphs whatever stands around and between them, and the rule that takes each other line.
fn check(lines: &[(&str, Option<Rule>)]) {
    let text: Vec<&str> = lines.iter().map(|(line, _)| *line).collect();
    let page = page(&text.join("\n"));
    let kept: Vec<&str> = lines.iter().filter(|(_, rule)| rule.is_none()).map(|(line, _)| *line).collect();
    assert_eq!(page.body, kept, "{text:#?}\ndropped: {:#?}", page.dropped);
    let dropped: Vec<(&str, Rule)> = page.dropped.iter().map(|d| (d.text.as_str(), d.rule)).collect();
    for (line, rule) in lines {
        if let Some(rule) = rule {
            assert!(dropped.contains(&(line, *rule)), "{line:?} by {rule:?}; dropped: {dropped:#?}");
        }
    }
}

#[test]
fn menus_before_and_lists_after_an_article_go() {
    check(&[
        ("Fish market to close", Some(Rule::Headline)),
        ("Home", Some(Rule::SectionHeading)),
        ("World", Some(Rule::HeadLine)),
        ("Business", Some(Rule::HeadLine)),
        (FIRST, None),
        (SECOND, None),
        (THIRD, None),
        ("Most Viewed", Some(Rule::SectionHeading)),
        ("Ferry to run again", Some(Rule::LinkList)),
        ("Ten ways to cook herring", Some(Rule::LinkList)),
    ]);
}

#[test]
fn what_gives_itself_away_goes_from_the_midst_too() {
    check(&[
        ("Fish market to close", Some(Rule::Headline)),
        (FIRST, None),
        ("Advertisement", Some(Rule::SectionHeading)),
        ("Sign up for our newsletter", Some(Rule::Prompt)),
        ("Photo: Ida Brandt", Some(Rule::Caption)),
        (SECOND, None),
        ("\"We were told in a letter.\"", None),
        (THIRD, None),
    ]);
}

#[test]
fn a_line_shown_twice_is_kept_once() {
    check(&[("Fish market to close", Some(Rule::Headline)), (FIRST, None), (SECOND, None)]);
    let twice = page(&[FIRST, SECOND, FIRST, THIRD].join("\n"));
    assert_eq!(twice.body, [FIRST, SECOND, THIRD]);
    assert!(twice.dropped.contains(&Dropped { text: FIRST.to_owned(), rule: Rule::Repeated }));
}

#[test]
fn related_headlines_in_the_midst_go_and_the_article_goes_on() {
    check(&[
        ("Fish market to close", Some(Rule::Headline)),
        (FIRST, None),
        ("Related stories", Some(Rule::SectionHeading)),
        ("Ferry to run again", Some(Rule::LinkList)),
        ("Ten ways to cook herring", Some(Rule::LinkList)),
        (SECOND, None),
        (THIRD, None),
    ]);
}

#[test]
fn claims_of_rights_and_fragments_after_the_end_go() {
    check(&[
        ("Fish market to close", Some(Rule::Headline)),
        (FIRST, None),
        (SECOND, None),
        ("Copyright 2026 Port Ellery Ledger. All rights reserved.", Some(Rule::Copyright)),
        ("Contact the desk", Some(Rule::TailLine)),
    ]);
}

#[test]
fn what_would_leave_no_body_stays() {
    for lines in [
        vec!["Harriers 3", "Rovers 1", "Wanderers 0", "Albion 2"],
        vec!["just some words without an end"],
        vec!["Advertisement"],
        vec!["Sign up for our newsletter"],
    ] {
        let page = page(&lines.join("\n"));
        assert!(!page.body.is_empty() || page.headline.is_some(), "{lines:?}: {page:?}");
    }
}

#[test]
fn other_languages_have_chrome_too() {
    let cases = [
        (
            "Der Rat der Hafenstadt hat am Montag beschlossen, den alten Fischmarkt endgültig zu schließen.",
            "Meistgelesen",
        ),
        (
            "Le conseil du port a voté lundi la fermeture définitive du vieux marché aux poissons de la ville.",
            "À lire aussi",
        ),
        (
            "El consejo del puerto votó el lunes el cierre definitivo de la antigua lonja de pescado de la villa.",
            "Lo más leído",
        ),
        (
            "Il consiglio del porto ha votato lunedì la chiusura definitiva del vecchio mercato del pesce cittadino.",
            "Leggi anche",
        ),
        (
            "Совет портового города в понедельник проголосовал за окончательное закрытие старого рыбного рынка на набережной.",
            "Читайте также",
        ),
        ("বন্দর নগরীর পরিষদ সোমবার পুরোনো মাছের বাজারটি স্থায়ীভাবে বন্ধ করার পক্ষে ভোট দিয়েছে বলে জানানো হয়েছে।", "সর্বাধিক পঠিত"),
    ];
    for (sentence, heading) in cases {
        let page = page(&format!("{sentence}\n{heading}\nX Y\nY Z"));
        assert_eq!(page.body, [sentence], "{page:#?}");
        assert_eq!(page.dropped[0], Dropped { text: heading.to_owned(), rule: Rule::SectionHeading });
    }
}

#[test]
fn every_line_is_kept_or_dropped_by_a_rule() {
    let lines = ["Home", FIRST, "Related stories", "A", "B", SECOND, "Photo: X", THIRD, "Most read", "C", "1"];
    let page = page(&lines.join("\n"));
    for line in lines {
        let kept = page.body.iter().any(|p| p == line);
        let dropped = page.dropped.iter().any(|d| d.text == line);
        assert!(kept ^ dropped, "{line}: {page:#?}");
    }
}

#[test]
fn any_text_gives_a_page() {
    for text in
        ["", " \n \n", "\0", "\u{feff}", "a", "\u{202e}\n\u{200b}", &"x".repeat(1 << 20), &"a\n".repeat(1 << 16)]
    {
        page(text);
    }
}

#[test]
fn a_headline_is_found_below_a_menu() {
    let page = |head: &str| {
        let text = format!(
            "{head}\nThe last keepers of the Gull Rock lighthouse handed their keys to the coast guard on Monday."
        );
        clean(&Article { text, ..Article::default() }).headline
    };
    assert_eq!(
        page("Home\nWorld\nKeepers end century of watches\nMore than a lamp").as_deref(),
        Some("Keepers end century of watches")
    );
    assert_eq!(page("Home\nKeepers leave").as_deref(), Some("Keepers leave"));
    assert_eq!(page(""), None);
}

#[test]
fn credits_say_where_they_stand() {
    let text =
        format!("Fish market to close\n\nPORT ELLERY (AFP) - {FIRST}\r\n{SECOND}\n{THIRD}\n\n(With inputs from ANI)");
    let article = Article { byline: Some("Marta Quill/AP".to_owned()), text, ..Article::default() };
    let page = clean(&article);
    let found: Vec<_> = page.credits.iter().map(|c| (c.agency.agency().id, c.kind, c.place)).collect();
    let line = |line| Place::Line { line };
    let expected = [
        ("ap", CreditKind::Author, Place::AUTHOR),
        ("afp", CreditKind::Dateline, line(3)),
        ("ani", CreditKind::Contribution, line(7)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_field_for_the_author_names_agencies_and_people() {
    for (field, agency, byline) in [
        ("Associated Press", "ap", ""),
        ("AP", "ap", ""),
        ("PA", "pa", ""),
        ("AFP, Reuters", "afp reuters", ""),
        ("Marta Quill, Associated Press", "ap", "Marta Quill"),
        ("By Marta Quill, AP", "ap", "Marta Quill"),
        ("Marta Quill/AFP", "afp", "Marta Quill/AFP"),
        ("Marta Quill, AP; Jo Berg", "ap", "Marta Quill, AP; Jo Berg"),
        ("রয়টার্স", "reuters", ""),
        ("연합뉴스", "yonhap", ""),
    ] {
        let found = credit::author(&normalize(field)).unwrap_or_else(|| panic!("{field}: nobody"));
        let agencies: Vec<_> = found.credits.iter().map(|c| c.agency.agency().id).collect();
        assert_eq!((agencies.join(" ").as_str(), found.byline.as_str()), (agency, byline), "{field}");
    }
    for field in ["Marta Quill", "Rivage Post", "Press Officer", "map", "", "told AFP"] {
        assert_eq!(credit::author(field).filter(|found| !found.credits.is_empty()), None, "{field}");
    }
}

#[test]
fn an_agency_below_the_label_of_a_viewer_is_the_pictures() {
    for (above, expected) in [("Modal Trigger", 0), ("Bild vergrößern", 0), ("Enlarge this image", 0), ("Harbor", 1)]
    {
        let page = page(&format!("Fish market to close\n{above}\nReuters\n{FIRST}\n{SECOND}\n{THIRD}"));
        assert_eq!(page.credits.len(), expected, "{above}: {:?}", page.credits);
        assert_eq!(page.body, [FIRST, SECOND, THIRD]);
    }
}

mod known_lines {
    use std::thread;

    use proptest::prelude::*;

    use super::*;

    /// Lines that say different things where they stand, and of outlets that they are the own of.
    const LINES: [&str; 16] = [
        "Associated Press",
        "By Marta Quill, Associated Press",
        "By Marta Quill",
        "(AFP)",
        "Source: Reuters",
        "He said so. (dpa)",
        "MOSCOW (AFP) - The harbor is closed to all ships.",
        "Home",
        "Most Viewed",
        "Sign up for our newsletter",
        "Photo: Ida Brandt",
        "Ferry to run again",
        "Published 19 Sep 2025, 21:39",
        "The hall is to open soon.",
        FIRST,
        SECOND,
    ];

    #[test]
    fn what_is_an_outlets_own_credits_elsewhere() {
        let lines = [14, 15, 1];
        assert_eq!(LINES[lines[2]], "By Marta Quill, Associated Press");
        let n_credits = |outlet| clean(&article(&lines, Some(outlet))).credits.len();
        let own = agency::by_id("ap").map_or("", |id| id.agency().name);
        assert_eq!([own, "Ellery Post", own].map(n_credits), [0, 1, 0]);
    }

    fn article(lines: &[usize], outlet: Option<&str>) -> Article {
        let text: Vec<&str> = lines.iter().map(|&line| LINES[line]).collect();
        Article { text: text.join("\n"), outlet: outlet.map(str::to_owned), ..Article::default() }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// A thread that has read other pages reads each as one that has read none, and whether it keeps what it drops or not.
        #[test]
        fn what_was_read_before_changes_no_page(
            pages in proptest::collection::vec(
                (proptest::collection::vec(0..LINES.len(), 1..9), proptest::option::of("AP|Associated Press|Ellery Post")), 1..6)
        ) {
            for (lines, outlet) in &pages {
                let article = article(lines, outlet.as_deref());
                let fresh = thread::scope(|scope| scope.spawn(|| clean(&article)).join().unwrap());
                prop_assert_eq!(&clean(&article), &fresh);
                let body = clean_for(&article, |page, body| {
                    assert_eq!((&page.credits, &page.byline, &page.outlet), (&fresh.credits, &fresh.byline, &fresh.outlet));
                    body.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>()
                });
                prop_assert_eq!(body, fresh.body);
            }
        }
    }
}
