//! Attribution by example: what pages claim, and what follows.

use proptest::prelude::*;

use super::*;
use crate::clean::credit::{CreditKind, Place};

fn id(name: &str) -> AgencyId {
    agency::by_id(name).unwrap()
}

/// "afp dateline", "bss dateline relay".
fn credit(text: &str) -> Credit {
    let mut words = text.split(' ');
    let agency = id(words.next().unwrap());
    let kind = match words.next().unwrap() {
        "author" => CreditKind::Author,
        "byline" => CreditKind::Byline,
        "dateline" => CreditKind::Dateline,
        "tail" => CreditKind::Tail,
        "contribution" => CreditKind::Contribution,
        "copyright" => CreditKind::Copyright,
        other => panic!("{other}"),
    };
    let role = if words.next() == Some("relay") { Role::Relay } else { Role::Origin };
    Credit { agency, role, kind, words: text.to_owned(), place: Place::Line { line: 2 } }
}

/// A page: its outlet, and its credits with a comma between.
fn page(outlet: &str, credits: &str) -> (String, Vec<Credit>) {
    (outlet.to_owned(), credits.split(", ").filter(|text| !text.is_empty()).map(credit).collect())
}

fn attributed(pages: &[(String, Vec<Credit>)]) -> Option<Attribution> {
    attribute(pages.iter().map(|(outlet, credits)| Claim { id: "page", outlet, credits }))
}

/// The agency of a story with these pages and its probability in per cent, `-` where it is unknown.
fn check(pages: &[(&str, &str)], expected: &str) {
    let made: Vec<_> = pages.iter().map(|(outlet, credits)| page(outlet, credits)).collect();
    let found = attributed(&made).map_or("-".to_owned(), |found| {
        let sum = found.confidence + found.none + found.others.iter().map(|rival| rival.probability).sum::<f64>();
        assert!((sum - 1.0).abs() < 1e-9, "{found:?}");
        format!("{} {:.0}", found.agency.agency().id, 100.0 * found.confidence)
    });
    assert_eq!(found, expected, "{pages:?}");
}

#[test]
fn one_claim_is_worth_how_often_its_kind_is_right() {
    for (credits, expected) in [
        ("ap author", "ap 95"),
        ("ap byline", "ap 93"),
        ("ap dateline", "ap 92"),
        ("ap tail", "ap 85"),
        ("ap contribution", "ap 65"),
        ("ap copyright", "ap 60"),
        ("ap copyright, ap dateline", "ap 92"),
        ("ap dateline, ap dateline", "ap 92"),
        ("", "-"),
    ] {
        check(&[("post.example", credits)], expected);
    }
    check(&[("apnews.com", "")], "ap 90");
    check(&[("apnews.com", "ap byline")], "ap 93");
}

#[test]
fn outlets_are_witnesses_and_copies_of_one_outlet_are_not() {
    check(&[("a.example", "ap tail"), ("b.example", "ap tail")], "ap 97");
    check(&[("a.example", "ap tail"); 1000], "ap 85");
    check(&[("", "ap tail"); 1000], "ap 85");
    let outlets: Vec<String> = (0..1000).map(|i| format!("{i}.example")).collect();
    let pages: Vec<(&str, &str)> = outlets.iter().map(|outlet| (outlet.as_str(), "ap dateline")).collect();
    check(&pages, "ap 100");
    let made: Vec<_> = pages.iter().map(|(outlet, credits)| page(outlet, credits)).collect();
    assert!(attributed(&made).unwrap().confidence <= 1.0 - DOUBT);
    // A thousand copies of one outlet do not outvote two others.
    let mut pages = vec![("a.example", "reuters dateline"); 1000];
    pages.extend([("b.example", "ap dateline"), ("c.example", "ap dateline")]);
    check(&pages, "ap 91");
}

#[test]
fn silence_says_nothing() {
    let pages = [("a.example", "ap dateline"), ("b.example", ""), ("c.example", ""), ("a.example", "")];
    check(&pages, "ap 92");
    check(&[("a.example", ""), ("b.example", "")], "-");
}

#[test]
fn who_is_named_first_wrote_most_of_it() {
    check(&[("a.example", "reuters byline, ap byline")], "reuters 60");
    check(&[("a.example", "reuters byline"), ("b.example", "ap byline")], "ap 48");
    check(&[("a.example", "ap dateline, ani contribution")], "ap 80");
}

#[test]
fn who_passes_a_text_on_did_not_write_it() {
    check(&[("a.example", "bss dateline relay, afp dateline")], "afp 89");
    check(&[("bssnews.net", "bss dateline relay, afp dateline")], "afp 89");
    // The field names the relay, and the dateline says what it did.
    check(&[("a.example", "bss author, bss dateline relay, afp dateline")], "afp 89");
    check(&[("a.example", "bss dateline relay, afp dateline"), ("b.example", "bss dateline")], "afp 94");
    check(&[("a.example", "bss dateline relay, afp dateline"), ("b.example", "afp tail")], "afp 98");
    // Only ever as a relay: too little to name it.
    check(&[("a.example", "bss dateline relay")], "-");
}

#[test]
fn an_agencys_site_speaks_for_it_unless_it_names_another() {
    check(&[("apnews.com", "reuters dateline")], "reuters 92");
    check(&[("apnews.com", ""), ("a.example", "ap dateline")], "ap 99");
    check(&[("uk.reuters.com", "")], "reuters 90");
}

#[test]
fn services_of_companies_write_nothing() {
    check(&[("prnewswire.com", "prnewswire dateline relay")], "-");
    check(&[("a.example", "prnewswire dateline relay"), ("b.example", "ap byline")], "ap 93");
    check(&[("businesswire.com", "")], "-");
}

#[test]
fn evidence_is_listed_strongest_first_with_its_place() {
    let pages = [
        page("a.example", "bss dateline relay, afp dateline, afp copyright"),
        page("b.example", "afp dateline, afp dateline"),
        page("b.example", "afp byline"),
        page("afp.com", ""),
    ];
    let found = attributed(&pages).unwrap();
    let shown: Vec<_> = found.evidence.iter().map(|e| (e.kind, e.words.as_str(), e.copies, e.outlets)).collect();
    let expected = [
        (EvidenceKind::Byline, "afp byline", 1, 1),
        (EvidenceKind::Dateline, "afp dateline", 2, 2),
        (EvidenceKind::OwnSite, "afp.com", 1, 1),
        (EvidenceKind::Copyright, "afp copyright", 1, 1),
    ];
    assert_eq!(shown, expected);
    assert_eq!(found.evidence[0].place, Some(Place::Line { line: 2 }));
    assert_eq!(found.evidence[2].place, None);
    let [rival] = &found.others[..] else { panic!("{found:?}") };
    assert_eq!((rival.agency, rival.evidence[0].kind), (id("bss"), EvidenceKind::Relay));
}

#[test]
fn copies_that_say_nothing_of_the_agency_are_uncredited() {
    let pages = [page("a.example", "bss dateline relay, afp dateline")];
    let story = attributed(&pages).unwrap();
    for (outlet, credits, expected) in [
        ("b.example", "", true),
        ("b.example", "afp tail", false),
        ("b.example", "bss byline", false),
        ("b.example", "reuters byline", true),
        ("afp.com", "", false),
        ("bssnews.net", "", true),
    ] {
        let (outlet, credits) = page(outlet, credits);
        let claim = Claim { id: "page", outlet: &outlet, credits: &credits };
        assert_eq!(is_uncredited(&claim, &story), expected, "{outlet} {credits:?}");
    }
}

#[test]
fn a_page_credits_the_origin_of_its_strongest_credit() {
    let of = |credits: &str| credited(&page("", credits).1, None).map(|id| id.agency().id);
    assert_eq!(of("ap tail, reuters dateline"), Some("reuters"));
    assert_eq!(of("bss author, bss dateline relay, afp dateline"), Some("afp"));
    assert_eq!(of("prnewswire dateline relay"), None);
    assert_eq!(of(""), None);
    // The site of one that passes texts on bears its name everywhere; what wrote the story is named once.
    let of_story = |credits: &str| credited(&page("", credits).1, agency::by_id("afp")).map(|id| id.agency().id);
    assert_eq!(of_story("bss author, afp dateline"), Some("afp"));
    assert_eq!(of_story("bss author, afp dateline relay"), Some("bss"));
    assert_eq!(of_story("reuters byline"), Some("reuters"));
}

proptest! {
    #[test]
    fn probabilities_are_some_and_no_order_of_pages_matters(
        picks in proptest::collection::vec((0usize..5, 0usize..4, 0usize..6, any::<bool>()), 0..12),
    ) {
        let agencies = ["ap", "afp", "bss", "reuters"];
        let kinds = ["author", "byline", "dateline", "tail", "contribution", "copyright"];
        let made: Vec<_> = picks.iter().map(|&(outlet, agency, kind, relay)| {
            let role = if relay { " relay" } else { "" };
            page(&format!("o{outlet}.example"), &format!("{} {}{role}", agencies[agency], kinds[kind]))
        }).collect();
        let turned: Vec<_> = made.iter().rev().cloned().collect();
        match (attributed(&made), attributed(&turned)) {
            (None, None) => {}
            (Some(a), Some(b)) => {
                prop_assert!((a.confidence - b.confidence).abs() < 1e-9);
                prop_assert!(a.confidence > a.none && a.confidence <= 1.0 - DOUBT + 1e-12);
                prop_assert!(a.others.iter().all(|rival| rival.probability <= a.confidence + 1e-9));
            }
            (a, b) => {
                // Only where two answers are equally likely may rounding decide.
                let close = a.or(b).is_some_and(|found| (found.confidence - found.none).abs() < 1e-9);
                prop_assert!(close);
            }
        }
    }
}

#[test]
fn an_outlet_that_is_not_known_is_none() {
    let found = attributed(&[page("", "ap byline"), page("", "ap byline"), page("a.example", "ap byline")]).unwrap();
    assert_eq!((found.evidence[0].copies, found.evidence[0].outlets), (3, 1));
    let found = attributed(&[page("", "ap byline")]).unwrap();
    assert_eq!((found.evidence[0].copies, found.evidence[0].outlets), (1, 0));
}
