//! Small newsrooms whose figures can be worked out by hand.

use super::*;
use crate::article::{ArticleId, Published, Zone};
use crate::story::{Attribution, Carrier, Copy, LoneArticles, Relation, Story, Version};

/// A copy: its outlet, its lag where it is dated, and what it credits.
fn copy(number: u32, outlet: &str, lag: Option<i64>, credit: &str) -> Copy {
    Copy {
        article: ArticleId(number),
        against: None,
        id: format!("a-{number}"),
        outlet: outlet.to_owned(),
        url: None,
        published: lag.map(|lag| Published { unix_seconds: 1_758_317_940 + lag, zone: Zone::Stated }),
        lag_seconds: lag,
        version: "v1".to_owned(),
        relation: Relation::Trimmed,
        kept: 0.5,
        added: 0.25,
        containment: 1.0,
        resemblance: 0.5,
        headline: None,
        headline_changed: None,
        credit: agency::by_id(credit),
        uncredited: agency::by_id(credit).is_none(),
    }
}

/// A story of an agency, or of none; its first copy is the origin.
fn story(agency: &str, mut copies: Vec<Copy>) -> Story {
    copies[0] = Copy { relation: Relation::Origin, kept: 1.0, added: 0.0, ..copies[0].clone() };
    Story {
        id: format!("s{}", copies[0].id),
        agency: agency::by_id(agency).map(|agency| Attribution {
            agency,
            confidence: 0.9,
            evidence: Vec::new(),
            others: Vec::new(),
            none: 0.1,
        }),
        dateline: None,
        headline: None,
        versions: vec![Version {
            id: "v1".to_owned(),
            copies: copies.len(),
            first_seen: None,
            words: 100,
            fullest: copies[0].article,
            fullest_id: copies[0].id.clone(),
        }],
        outlets: copies.len(),
        weakest_link: None,
        copies,
        carried_by: Vec::new(),
    }
}

fn run(stories: Vec<Story>) -> Outlets {
    let articles = stories.iter().map(|story| story.copies.len() as u64).sum();
    let counts = Counts { records: articles, articles, ..Counts::default() };
    outlets(&Stories { params: Params::default(), stories, counts, lone: LoneArticles::default() })
}

fn outlet<'a>(found: &'a Outlets, name: &str) -> &'a Outlet {
    found.outlets.iter().find(|outlet| outlet.name == name).unwrap_or_else(|| panic!("{name}: no such outlet"))
}

fn pair<'a>(found: &'a Outlets, names: [&str; 2]) -> Option<&'a Pair> {
    found.pairs.iter().find(|pair| {
        let of_pair = pair.outlets.map(|at| found.outlets[at].name.as_str());
        of_pair == names || of_pair == [names[1], names[0]]
    })
}

/// AP's dispatch on its own site and at two papers, one of which credits nobody; a story of the Post's own that the Echo
/// has an hour later; what each has alone; a lone page that credits AFP.
fn newsroom() -> Outlets {
    run(vec![
        story(
            "ap",
            vec![
                copy(0, "apnews.com", Some(0), "ap"),
                copy(1, "post", Some(600), "ap"),
                copy(2, "echo", Some(1_000), ""),
            ],
        ),
        story("", vec![copy(3, "post", Some(0), ""), copy(4, "echo", Some(3_600), "")]),
        story("", vec![copy(5, "post", Some(0), "")]),
        story("afp", vec![copy(6, "echo", None, "afp")]),
        story("", vec![copy(7, "", Some(0), "")]),
    ])
}

#[test]
fn figures_of_an_outlet() {
    let found = newsroom();
    let post = outlet(&found, "post");
    assert_eq!((post.articles, post.stories, post.shared_stories, post.shared_articles), (3, 3, 2, 2));
    assert_eq!(post.copies, Credits { copies: 1, credited: 1, credited_other: 0 });
    assert_eq!((post.first, post.median_lag_seconds), (1, Some(600)));
    assert_eq!((post.mean_kept, post.mean_added), (Some(0.5), Some(0.25)));
    // A quarter of AP's is its own; the two others are all its own.
    assert_eq!(post.originality, Some((0.25 + 1.0 + 1.0) / 3.0));
    let echo = outlet(&found, "echo");
    assert_eq!(echo.copies, Credits { copies: 2, credited: 1, credited_other: 0 });
    assert_eq!((echo.copies.uncredited(), echo.copies.share_credited()), (1, Some(0.5)));
    assert_eq!(echo.share_agency(), 2.0 / 3.0);
    // Between 1,000 and 3,600.
    assert_eq!((echo.first, echo.median_lag_seconds), (0, Some(2_300)));
    // AFP's whole page is AFP's.
    assert_eq!(echo.originality, Some((0.25 + 0.25 + 0.0) / 3.0));
    assert_eq!((found.without_outlet, found.shared_stories, found.counts.articles), (1, 2, 8));
}

#[test]
fn an_agencys_own_site_is_the_source_and_no_reprinter() {
    let found = newsroom();
    let site = outlet(&found, "apnews.com");
    assert_eq!(site.agency, agency::by_id("ap"));
    assert_eq!((site.own_dispatches, site.copies.copies, site.originality), (1, 0, Some(1.0)));
    assert_eq!((site.first, site.shared_stories), (1, 1));
    assert!(pair(&found, ["apnews.com", "post"]).is_none());
    // Of another agency's it is a reprinter like any other.
    let relays = run(vec![story("afp", vec![copy(0, "post", Some(0), "afp"), copy(1, "apnews.com", Some(9), "afp")])]);
    assert_eq!(outlet(&relays, "apnews.com").copies, Credits { copies: 1, credited: 1, credited_other: 0 });
    assert_eq!(pair(&relays, ["apnews.com", "post"]).map(Pair::stories), Some(1));
}

#[test]
fn figures_of_an_agency() {
    let found = newsroom();
    let codes: Vec<_> = found.agencies.iter().map(|used| used.agency.agency().id).collect();
    assert_eq!(codes, ["ap", "afp"]);
    let ap = found.agencies[0];
    assert_eq!((ap.stories, ap.outlets, ap.own_dispatches), (1, 2, 1));
    assert_eq!((ap.copies.copies, ap.copies.credited, ap.copies.uncredited()), (2, 1, 1));
    let other = run(vec![story("ap", vec![copy(0, "post", None, "afp"), copy(1, "echo", None, "ap")])]);
    assert_eq!(outlet(&other, "post").copies, Credits { copies: 1, credited: 0, credited_other: 1 });
}

#[test]
fn figures_of_a_pair() {
    let found = newsroom();
    let post_echo = pair(&found, ["post", "echo"]).unwrap();
    let [first, second] = post_echo.outlets.map(|at| found.outlets[at].name.as_str());
    assert_eq!([first, second], ["echo", "post"], "most agency copies first");
    assert_eq!((post_echo.of_agencies.stories, post_echo.of_others.stories), (1, 1));
    let ahead = |stories, median_lag_seconds| Ahead { stories, median_lag_seconds };
    assert_eq!(post_echo.of_agencies.ahead, [ahead(0, None), ahead(1, Some(400))]);
    assert_eq!(post_echo.of_others.ahead, [ahead(0, None), ahead(1, Some(3_600))]);
    // Three stories each, two of them the same.
    assert_eq!(post_echo.jaccard, 0.5);
    assert_eq!(found.n_pairs, 1);
}

#[test]
fn who_was_first_is_known_only_where_all_others_were_later() {
    type Dated = (&'static str, Option<i64>);
    let cases: [(&[Dated], Option<&str>); 7] = [
        (&[("a", Some(0)), ("b", Some(1))], Some("a")),
        (&[("a", Some(0)), ("b", Some(0)), ("c", Some(5))], None),
        (&[("a", Some(0)), ("b", None)], None),
        (&[("a", Some(0)), ("a", Some(9)), ("b", Some(3))], Some("a")),
        (&[("a", None), ("a", Some(0)), ("b", Some(3))], Some("a")),
        (&[("", Some(0)), ("a", Some(5)), ("b", Some(9))], None),
        (&[("", Some(7)), ("a", Some(0)), ("b", None)], Some("a")),
    ];
    for (copies, expected) in cases {
        let copies = copies.iter().zip(0..).map(|((outlet, lag), n)| copy(n, outlet, *lag, "")).collect();
        let found = run(vec![story("", copies)]);
        let first: Vec<&str> = found.outlets.iter().filter(|o| o.first > 0).map(|o| o.name.as_str()).collect();
        assert_eq!(first, expected.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn what_is_an_outlets_own() {
    // Nobody is known to be first: it is the origin's.
    let undated = run(vec![story("", vec![copy(0, "a", None, ""), copy(1, "b", None, "")])]);
    assert_eq!(outlet(&undated, "a").originality, Some(1.0));
    assert_eq!(outlet(&undated, "b").originality, Some(0.25));
    // Several times at one outlet is not shared.
    let twice = run(vec![story("", vec![copy(0, "a", Some(0), ""), copy(1, "a", Some(5), "")])]);
    assert_eq!((outlet(&twice, "a").originality, outlet(&twice, "a").shared_articles), (Some(1.0), 0));
    // What a later version has more is the agency's, what another copy has more is the outlet's.
    let mut updated =
        story("ap", vec![copy(0, "a", Some(0), ""), copy(1, "b", Some(5), ""), copy(2, "c", Some(6), "")]);
    let later = Version { id: "v2".to_owned(), fullest: ArticleId(1), ..updated.versions[0].clone() };
    updated.versions.push(later);
    let updated = run(vec![updated]);
    assert_eq!(outlet(&updated, "b").originality, Some(0.0));
    assert_eq!(outlet(&updated, "c").originality, Some(0.25));
}

#[test]
fn a_roundup_is_nobodys_own() {
    let mut carried = story("", vec![copy(0, "a", Some(0), "")]);
    carried.carried_by = vec![Carrier { id: "a-1".to_owned(), outlet: "b".to_owned(), kept: 0.8 }];
    let found = run(vec![carried, story("", vec![copy(1, "b", Some(5), "")])]);
    let roundups = outlet(&found, "b");
    assert_eq!((roundups.articles, roundups.roundups, roundups.originality), (1, 1, None));
}

#[test]
fn of_a_story_that_everybody_has_the_largest_outlets_are_paired() {
    let n = PAIRED_OUTLETS as u32 + 6;
    let name = |number: u32| format!("outlet-{number:03}");
    let everywhere =
        story("ap", (0..n).map(|number| copy(number, &name(number), Some(i64::from(number)), "ap")).collect());
    // The last two have more stories than all others.
    let both = story("", vec![copy(n, &name(n - 2), Some(0), ""), copy(n + 1, &name(n - 1), Some(5), "")]);
    let found = run(vec![everywhere, both]);
    assert_eq!((found.capped_stories, found.n_pairs), (1, 64 * 63 / 2));
    assert_eq!(found.outlets.iter().map(|outlet| outlet.unpaired).sum::<u64>(), 6);
    let largest = pair(&found, [&name(n - 2), &name(n - 1)]).unwrap();
    assert_eq!((largest.stories(), found.pairs[0]), (2, *largest));
    assert!([n - 2, n - 1].iter().all(|&number| outlet(&found, &name(number)).unpaired == 0));
}

#[test]
fn a_story_with_a_hundred_thousand_copies_makes_no_more_pairs_than_a_small_one() {
    let copies = (0..100_000).map(|n| copy(n, &format!("outlet-{}", n % 10_000), Some(i64::from(n)), "")).collect();
    let found = run(vec![story("", copies)]);
    assert_eq!((found.outlets.len(), found.pairs.len(), found.n_pairs), (10_000, 2_016, 2_016));
    assert_eq!(found.outlets.iter().filter(|outlet| outlet.unpaired == 1).count(), 10_000 - PAIRED_OUTLETS);
    assert_eq!((outlet(&found, "outlet-0").articles, outlet(&found, "outlet-0").first), (10, 1));
}

#[test]
fn the_pairs_that_are_kept_have_most_in_common_or_most_outside_agencies() {
    let (mut stories, mut number) = (Vec::new(), 0);
    let mut story_of = |agency: &str, outlets: std::ops::Range<u32>| {
        let copies = outlets.map(|outlet| {
            number += 1;
            copy(number, &format!("o{outlet:04}"), Some(i64::from(outlet)), "")
        });
        stories.push(story(agency, copies.collect()));
    };
    // 26 stories of 2,016 pairs each are more than are kept; of agencies, but for one pair.
    (0..26).for_each(|block| story_of("ap", block * 64..(block + 1) * 64));
    story_of("", 1_900..1_902);
    story_of("ap", 1_800..1_802);
    story_of("ap", 1_800..1_802);
    let found = run(stories);
    assert_eq!((found.n_pairs, found.pairs.len()), (26 * 2_016 + 2, MAX_PAIRS));
    assert_eq!(found.pairs[0].stories(), 2);
    assert_eq!((found.pairs[1].stories(), found.pairs[1].of_others.stories), (1, 1));
    assert!(found.pairs[2..].windows(2).all(|pairs| pairs[0].outlets < pairs[1].outlets));
    assert_eq!(found.pairs_outside_agencies(), [&found.pairs[1]]);
}

#[test]
fn medians() {
    let cases: [(&[i64], Option<i64>); 5] = [
        (&[], None),
        (&[7], Some(7)),
        (&[9, 1, 4], Some(4)),
        (&[4, 1], Some(2)),
        (&[i64::MIN, i64::MAX, i64::MAX, i64::MAX], Some(i64::MAX)),
    ];
    for (values, expected) in cases {
        assert_eq!(median(&mut values.to_vec()), expected);
    }
}

#[test]
fn nothing_is_said_of_nothing() {
    let found = run(Vec::new());
    assert!(found.outlets.is_empty() && found.agencies.is_empty() && found.pairs.is_empty());
}

#[test]
fn what_an_unknown_outlet_had_first_is_nobodys_own() {
    let copies = vec![copy(1, "", Some(0), ""), copy(2, "post", Some(3_600), ""), copy(3, "echo", Some(7_200), "")];
    let found = run(vec![story("", copies)]);
    assert_eq!(outlet(&found, "post").originality, Some(0.25), "what it added");
    assert_eq!(outlet(&found, "echo").originality, Some(0.25));
}
