use super::*;

const LOCKS: &str = "The harbor board of Port Ellery voted on Tuesday to close the eastern locks for the whole winter, \
    the first such closure since the great storm of 1987. Engineers found cracks in two of the five gates last month. \
    \"We would rather lose a season than a ship,\" said Ode Brandt, who chairs the board. Repairs will cost 14 million \
    crowns and should end in April.";
const OWN: &str = "Shopkeepers along the quay said they feared for their trade. The mayor promised to meet them this \
    week and to ask the province for help with lost rents.";
const BEES: &str = "Beekeepers in the northern valleys report the mildest spring in memory. Hives that used to wake in \
    late March were busy before the end of February, and the first honey of the year went on sale in Lund on Sunday.";

fn article(id: &str, paragraphs: &[&str]) -> Article {
    Article {
        id: id.to_owned(),
        outlet: Some(format!("{id}.example")),
        text: paragraphs.join("\n"),
        ..Article::default()
    }
}

fn compared(a: &[&str], b: &[&str]) -> Comparison {
    let banding = Banding { bands: 14, rows: 8 };
    compare(&article("a", a), &article("b", b), &Params::default(), banding)
}

#[test]
fn an_expanded_copy() {
    let found = compared(&[LOCKS], &[LOCKS, OWN]);
    assert_eq!(found.verdict, Verdict::Copies);
    assert_eq!((found.kept, found.link.containment), (1.0, 1.0));
    assert!(found.added > 0.2 && found.added < 0.4, "{}", found.added);
    assert_eq!((found.a.id.as_str(), found.b.outlet.as_deref()), ("a", Some("b.example")));
    assert!(found.b.words > found.a.words && found.b.shingles > found.a.shingles);
    assert!(found.sampled.proposed && found.sampled.shared == found.sampled.of_smaller);
    let [passage] = &found.passages[..] else { panic!("{:?}", found.passages) };
    assert_eq!((passage.passage.start_a, passage.passage.start_b), (0, 0));
    assert_eq!(passage.text_a, LOCKS.trim_end_matches('.'));
    assert_eq!(passage.text_b, passage.text_a);
}

#[test]
fn a_passage_is_shown_as_each_side_writes_it() {
    let shouted =
        "In other news, THE HARBOR BOARD OF PORT ELLERY VOTED ON TUESDAY -- to close the eastern locks, or so it says.";
    let found = compared(&[LOCKS], &[shouted]);
    let [passage] = &found.passages[..] else { panic!("{:?}", found.passages) };
    assert_eq!(passage.text_a, "The harbor board of Port Ellery voted on Tuesday to close the eastern locks");
    assert_eq!(passage.text_b, "THE HARBOR BOARD OF PORT ELLERY VOTED ON TUESDAY -- to close the eastern locks");
    assert_eq!(passage.passage.words, 14);
}

#[test]
fn strangers_share_nothing_and_are_not_proposed() {
    let found = compared(&[LOCKS], &[BEES]);
    assert_eq!(found.verdict, Verdict::LowContainment);
    assert!(!found.sampled.proposed && !found.lsh.proposed);
    assert_eq!((found.sampled.shared, found.lsh.agreeing), (0, 0));
    assert_eq!((found.kept, found.added), (0.0, 1.0));
    assert!(found.passages.is_empty());
}

#[test]
fn identical_texts_agree_in_every_band() {
    let found = compared(&[LOCKS, OWN], &[LOCKS, OWN]);
    assert!(found.lsh.proposed);
    assert_eq!((found.lsh.agreeing, found.lsh.probability), (14, 1.0));
    assert_eq!((found.estimates.signature_resemblance.estimate, found.link.resemblance), (Some(1.0), 1.0));
}

#[test]
fn estimates_stand_beside_exact_values_with_their_bounds() {
    let found = compared(&[LOCKS, OWN], &[LOCKS, BEES]);
    let Estimates { scaled_resemblance, scaled_containment, signature_resemblance } = found.estimates;
    assert_eq!(scaled_resemblance.exact, found.link.resemblance);
    assert_eq!(scaled_containment.exact, found.link.containment);
    assert!(found.link.resemblance > 0.2 && found.link.resemblance < found.link.containment);
    for estimate in [scaled_resemblance, scaled_containment, signature_resemblance] {
        let (value, bound) = (estimate.estimate.unwrap(), estimate.bound.unwrap());
        assert!(bound > 0.0 && bound < 0.5, "{estimate:?}");
        // Three bounds: hashes are fixed, so this holds always or never, and a wrong formula is further off.
        assert!((value - estimate.exact).abs() <= 3.0 * bound, "{estimate:?}");
    }
    assert_eq!(signature_resemblance.n, PERMUTATIONS);
}

#[test]
fn empty_pages_are_compared_without_figures() {
    for (a, b) in [("", ""), (LOCKS, ""), ("", LOCKS)] {
        let found = compared(&[a], &[b]);
        assert_eq!(found.verdict, Verdict::LowContainment, "{a:?} {b:?}");
        assert_eq!(found.estimates.signature_resemblance.estimate, None);
        assert!(!found.sampled.proposed && !found.lsh.proposed && found.passages.is_empty());
        assert!((0.0..=1.0).contains(&found.added));
    }
}
