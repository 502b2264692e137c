//! Figures counted by hand, and what each threshold says.

use super::*;
use crate::params::Params;
use crate::shingle::tokenize;

fn prepared(text: &str) -> Prepared {
    let mut tokens = Vec::new();
    tokenize(&[text], &mut tokens);
    Prepared::new(tokens, 3)
}

fn link(a: &str, b: &str) -> Link {
    prepared(a).link(&prepared(b))
}

#[test]
fn figures_are_those_counted_by_hand() {
    // a b c d e f has the shingles abc bcd cde def; a b c d x has abc bcd cdx: two of five in all.
    let link = link("a b c d e f", "a b c d x");
    assert_eq!((link.shared_shingles, link.longest_run), (2, 4));
    assert_eq!((link.resemblance, link.containment), (2.0 / 5.0, 2.0 / 3.0));
    assert_eq!((link.covered_a, link.covered_b), (4.0 / 6.0, 4.0 / 5.0));
    assert_eq!((link.shared_numbers, link.shared_unquoted), (None, None));
}

#[test]
fn links_read_the_same_from_both_sides() {
    let texts = ["a b c d e f g", "x a b c d y e f g", "a a a a a a", "a b", "", "p q r s t"];
    for a in texts {
        for b in texts {
            let (one, other) = (link(a, b), link(b, a));
            assert_eq!((one.covered_a, one.covered_b), (other.covered_b, other.covered_a), "{a:?} {b:?}");
            assert_eq!((one.resemblance, one.longest_run), (other.resemblance, other.longest_run), "{a:?} {b:?}");
        }
    }
}

#[test]
fn short_texts_are_copies_only_when_they_are_the_same() {
    let params = Params::default();
    assert_eq!(link("Fire out", "fire, out!").verdict(&params), Verdict::Copies);
    assert_eq!(link("Fire out", "Fire in").verdict(&params), Verdict::LowContainment);
    assert_eq!(link("", "").verdict(&params), Verdict::LowContainment);
    assert_eq!(link("a b c d e", "a b c d e f").verdict(&params), Verdict::FewShingles);
}

#[test]
fn each_threshold_speaks() {
    let params = Params::default();
    let copies = Link {
        covered_b: 0.6,
        span_b: Span { start: 0.0, end: 0.6 },
        shared_unquoted: Some(0.9),
        shared_numbers: Some(0.9),
        ..Link::of_copies()
    };
    let opening = Span { start: 0.02, end: 0.3 };
    let update = Link { ordered_passages: 3, ordered_reach: 0.6, unshared_facts: Some(1.0), ..copies };
    let cases = [
        (copies, Verdict::Copies),
        (Link { containment: 0.34, ..copies }, Verdict::LowContainment),
        (Link { containment: 0.7, covered_b: 0.3, ..copies }, Verdict::SmallPart),
        (Link { containment: 0.85, covered_b: 0.3, ..copies }, Verdict::Copies),
        (Link { containment: 0.7, covered_b: 0.3, span_b: opening, ..copies }, Verdict::Copies),
        (Link { containment: 0.7, covered_b: 0.2, span_b: opening, ..copies }, Verdict::SmallPart),
        (Link { shared_shingles: 19, ..copies }, Verdict::FewShingles),
        (Link { longest_run: 11, ..copies }, Verdict::ShortRuns),
        (Link { shared_unquoted: Some(0.1), ..copies }, Verdict::Quotation),
        (Link { shared_unquoted: None, ..copies }, Verdict::Copies),
        (Link { shared_numbers: Some(0.4), ..copies }, Verdict::OtherNumbers),
        (Link { shared_numbers: None, ..copies }, Verdict::Copies),
        // One passage is a speech, and on pages of one outlet its footer.
        (Link { one_passage: true, containment: 0.45, ..copies }, Verdict::OnePassage),
        (Link { one_passage: true, containment: 0.75, ..copies }, Verdict::Copies),
        (Link { one_passage: true, same_outlet: true, containment: 0.75, ..copies }, Verdict::OnePassage),
        (Link { one_passage: true, same_outlet: true, containment: 0.85, ..copies }, Verdict::Copies),
        // Short runs ask for more of the numbers.
        (Link { shared_numbers: Some(0.69), longest_run: 23, ..copies }, Verdict::OtherNumbers),
        (Link { shared_numbers: Some(0.6), longest_run: 24, ..copies }, Verdict::Copies),
        // An update has passages in one order, and new numbers in new sentences.
        (Link { containment: 0.26, ..update }, Verdict::Copies),
        (Link { containment: 0.24, ..update }, Verdict::LowContainment),
        (Link { containment: 0.26, ordered_passages: 2, ..update }, Verdict::LowContainment),
        (Link { containment: 0.26, ordered_reach: 0.4, ..update }, Verdict::LowContainment),
        (Link { containment: 0.4, covered_a: 0.3, ..update }, Verdict::Copies),
        (Link { shared_numbers: Some(0.1), ..update }, Verdict::Copies),
        (Link { shared_numbers: Some(0.1), unshared_facts: Some(2.0), ..update }, Verdict::OtherNumbers),
        (Link { shared_numbers: Some(0.1), unshared_facts: None, ..update }, Verdict::OtherNumbers),
        // A scanned text has no long run, and errors that spare no kind of word.
        (Link { shared_numbers: Some(0.4), longest_run: 14, unshared_facts: Some(1.2), ..copies }, Verdict::Copies),
        (
            Link { shared_numbers: Some(0.3), longest_run: 14, unshared_facts: Some(1.2), ..copies },
            Verdict::OtherNumbers,
        ),
    ];
    for (link, verdict) in cases {
        assert_eq!(link.verdict(&params), verdict, "{link:?}");
    }
}

#[test]
fn numbers_count_where_they_stand() {
    let report = |n: [u32; 6]| {
        let n = n.map(|n| n.to_string());
        format!(
            "Highs of {} degrees along the coast and {} inland, winds of {} knots, rising to {} at night, \
             with a chance of {} in a hundred for rain, {} for snow.",
            n[0], n[1], n[2], n[3], n[4], n[5]
        )
    };
    let numbers = |a, b| link(&report(a), &report(b)).shared_numbers;
    assert_eq!(numbers([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]), Some(1.0));
    assert_eq!(numbers([1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1]), Some(0.0));
    assert_eq!(link("1 2 3 4 5", "1 2 3 4 5").shared_numbers, None);
}

#[test]
fn passages_in_one_order_are_what_an_update_leaves() {
    let words = |from: u32, to: u32| (from..to).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let before = words(0, 200);
    let kept = [words(20, 50), words(80, 110), words(150, 180)];
    let new = [words(1000, 1030), words(1100, 1130)];
    let order = |pieces: [&str; 5]| {
        let link = link(&before, &pieces.join(" "));
        (link.ordered_passages, (link.ordered_reach * 100.0).round() as u32)
    };
    assert_eq!(order([&kept[0], &new[0], &kept[1], &new[1], &kept[2]]), (3, 80));
    // Put in another order, two of them still follow each other.
    assert_eq!(order([&kept[2], &new[0], &kept[0], &new[1], &kept[1]]).0, 2);
    // One passage that an outlet put lines between is one passage.
    assert_eq!(order([&words(20, 50), "x y", &words(50, 80), "z", &words(80, 110)]).0, 1);
}

#[test]
fn a_text_that_repeats_itself_is_put_in_order_in_no_time() {
    let paragraph = (0..40).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let one = vec![paragraph.as_str(); 500].join(" x ");
    assert!(link(&one, &vec![paragraph.as_str(); 500].join(" y z ")).ordered_passages <= 64);
}

#[test]
fn blanks_of_a_template_are_numbers_and_names() {
    let form = |name: &str, age: &str, town: &str, church: &str, day: &str| {
        format!(
            "The family of {name} is sad to say that after a long illness, at {age}, the kind neighbor and baker from {town} \
             has left this world, and a service will be held at {church} at ten in the morning of {day}, with coffee to follow."
        )
    };
    let one = form("Ada Quist", "71", "Skell Point", "Saint Brendan", "12 May");
    let other = form("Ivo Mandl", "83", "Port Ellery", "Saint Olaf", "3 June");
    let template = link(&one, &other).unshared_facts;
    assert!(template.is_some_and(|times| times > MAX_UNSHARED_FACTS), "{template:?}");
    let scanned = one.replace("family", "farnily").replace("illness", "il1ness").replace("service", "servioe");
    let scanned = link(&one, &scanned).unshared_facts;
    assert!(scanned.is_some_and(|times| times < MAX_UNSHARED_FACTS), "{scanned:?}");
}

#[test]
fn quoted_words_are_told_from_the_writers_own() {
    let speech = "\"we will rebuild every house on the quay before the first snow falls again\"";
    let one =
        "The mayor of the town said late on Monday, after a long night of talks with all the families there, that";
    let other =
        "Answering a question from a small boy in the third row, old Jonas Hale grew angry and shouted at length:";
    let shared = link(&format!("{one} {speech}"), &format!("{other} {speech}"));
    assert!(shared.containment > 0.35 && shared.shared_unquoted == Some(0.0), "{shared:?}");
    assert_eq!(link(speech, speech).shared_unquoted, None);
}

#[test]
fn spans_say_where_the_shared_words_lie() {
    let words = |from: u32, to: u32| (from..to).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let link = link(&words(0, 100), &format!("{} {}", words(60, 100), words(200, 260)));
    assert_eq!((link.span_a, link.span_b), (Span { start: 0.6, end: 1.0 }, Span { start: 0.0, end: 0.4 }));
}

#[test]
fn a_span_leaves_out_stock_phrases_and_takes_in_what_stands_between() {
    let words = |from: u32, to: u32| (from..to).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    // Words 0 to 5 stand far from the rest; 20 words stand between 40 shared ones and 40 more.
    let text = [words(0, 5), words(1000, 1050), words(50, 90), words(2000, 2020), words(110, 150)].join(" ");
    let span = link(&text, &words(0, 150)).span_a;
    assert!((span.start - 55.0 / 155.0).abs() < 1e-9 && span.end == 1.0, "{span:?}");
}

#[test]
fn passages_are_maximal_and_in_order() {
    let (a, b) = (prepared("m n a b c d e z f g h i"), prepared("f g h i q a b c d e"));
    let passages: Vec<_> = a.passages(&b, 3).into_iter().map(|p| (p.start_a, p.start_b, p.words)).collect();
    assert_eq!(passages, [(2, 5, 5), (8, 0, 4)]);
    assert_eq!(a.passages(&b, 5).len(), 1);
}

#[test]
fn a_shingle_that_recurs_a_thousand_times_costs_little() {
    let text = "la ".repeat(20_000);
    let link = link(&text, &text);
    assert_eq!((link.resemblance, link.covered_a, link.covered_b), (1.0, 1.0, 1.0));
}

#[test]
fn one_passage_within_both_is_told_from_a_shared_opening() {
    let words = |from: u32, to: u32| (from..to).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let speech = words(0, 60);
    let within = |before: u32| format!("{} {speech} {}", words(before, before + 50), words(before + 100, before + 150));
    assert!(link(&within(1000), &within(2000)).one_passage);
    assert!(!link(&within(1000), &format!("{speech} {}", words(3000, 3090))).one_passage);
    let twice = format!("{} {} {}", words(1000, 1050), speech, words(1100, 1150));
    assert!(!link(&twice, &format!("{} {} {}", words(1010, 1040), speech, words(2000, 2090))).one_passage);
}
