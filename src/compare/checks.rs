//! The rules of [`Link::verdict`], one line a figure: what was found, what is asked, and whether it was asked here.

use serde::Serialize;

use crate::params::Params;
use crate::verify::Link;

/// A figure that decides whether two articles are copies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Check {
    /// The figure.
    pub figure: Figure,
    /// What was found; `None` where the articles have too little to tell.
    pub found: Option<f64>,
    /// What it must at least be: the parameter of this figure.
    pub at_least: f64,
    /// What came of it.
    pub outcome: Outcome,
}

/// What is looked at, in the order in which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// Shared shingles over those of the smaller article, against `min_containment`.
    Containment,
    /// The smaller of the two shares of words that are shared, against `min_larger_share`.
    LargerShare,
    /// Containment again, against `min_part_containment`: asked of what is a small part of the larger article.
    PartContainment,
    /// Shared shingles, against `min_shared_shingles`.
    SharedShingles,
    /// The longest shared run in words, against `min_run_words`.
    LongestRun,
    /// Containment again, against `min_passage_containment`: asked where one passage from within both is all they share.
    PassageContainment,
    /// Share of the words outside quotation marks that are shared, against `min_shared_unquoted`.
    SharedUnquoted,
    /// How much of the numbers is shared, against how much of the words, against `min_shared_numbers`.
    SharedNumbers,
}

impl Figure {
    /// The name of its threshold in [`Params`].
    pub fn param(self) -> &'static str {
        match self {
            Figure::Containment => "min_containment",
            Figure::LargerShare => "min_larger_share",
            Figure::PartContainment => "min_part_containment",
            Figure::SharedShingles => "min_shared_shingles",
            Figure::LongestRun => "min_run_words",
            Figure::PassageContainment => "min_passage_containment",
            Figure::SharedUnquoted => "min_shared_unquoted",
            Figure::SharedNumbers => "min_shared_numbers",
        }
    }
}

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The figure reaches its threshold.
    Met,
    /// It does not, and this alone keeps the two apart.
    Missed,
    /// It does not or cannot be told, and it does not matter: another figure makes up for it.
    NotNeeded,
}

/// Every check of a link, in order. The two are copies when none is missed.
pub(super) fn checks(link: &Link, params: &Params) -> Vec<Check> {
    // Texts of the same shingles are the same text, however short.
    let same = link.resemblance == 1.0;
    let larger_share = link.larger_share();
    let opening = link.is_opening(params);
    let whole = link.containment >= params.min_part_containment || opening || link.is_reworked(params);
    let part = larger_share < params.min_larger_share;
    let (shingles, run) = (Some(f64::from(link.shared_shingles)), Some(f64::from(link.longest_run)));
    let passage = link.one_passage.then_some(link.containment);
    vec![
        check(Figure::Containment, Some(link.containment), params.min_containment, link.is_update(params)),
        check(Figure::LargerShare, Some(larger_share), params.min_larger_share, whole),
        check(
            Figure::PartContainment,
            Some(link.containment),
            params.min_part_containment,
            !part || opening || link.is_reworked(params),
        ),
        check(Figure::SharedShingles, shingles, f64::from(params.min_shared_shingles), same),
        check(Figure::LongestRun, run, f64::from(params.min_run_words), same),
        check(Figure::PassageContainment, passage, link.least_passage(params), same || !link.one_passage),
        check(Figure::SharedUnquoted, link.shared_unquoted, params.min_shared_unquoted, same),
        check(
            Figure::SharedNumbers,
            link.shared_numbers,
            link.least_numbers(params),
            same || link.may_change_numbers(params),
        ),
    ]
}

fn check(figure: Figure, found: Option<f64>, at_least: f64, made_up_for: bool) -> Check {
    let outcome = match found {
        Some(found) if found >= at_least => Outcome::Met,
        Some(_) if !made_up_for => Outcome::Missed,
        _ => Outcome::NotNeeded,
    };
    Check { figure, found, at_least, outcome }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::verify::{Span, Verdict};

    const WHOLE: Span = Span { start: 0.0, end: 1.0 };
    const OPENING: Span = Span { start: 0.05, end: 0.4 };

    fn any_link() -> impl Strategy<Value = Link> {
        let share = || prop_oneof![Just(0.0), Just(1.0), 0.0..=1.0f64];
        let figures = (share(), share(), 0u32..60, 0u32..40, share(), share());
        let span = prop_oneof![Just(WHOLE), Just(OPENING)];
        let order = (0u32..6, share(), proptest::option::of(0.0..3.0f64));
        let parts =
            (proptest::option::of(share()), proptest::option::of(share()), span, 0u32..40, any::<bool>(), order);
        (figures, parts).prop_map(
            |((resemblance, containment, shared_shingles, longest_run, covered_a, covered_b), parts)| Link {
                resemblance,
                containment,
                shared_shingles,
                longest_run,
                opening_run: parts.3.min(longest_run),
                one_passage: parts.4,
                same_outlet: parts.3 % 2 == 0,
                ordered_passages: parts.5.0,
                ordered_reach: parts.5.1,
                covered_a,
                covered_b,
                span_a: parts.2,
                span_b: parts.2,
                shared_unquoted: parts.0,
                shared_numbers: parts.1,
                unshared_facts: parts.5.2,
                ..Link::of_copies()
            },
        )
    }

    proptest! {
        #[test]
        fn the_checks_say_what_the_verdict_says(link in any_link()) {
            let params = Params::default();
            let missed = checks(&link, &params).into_iter().find(|c| c.outcome == Outcome::Missed).map(|c| c.figure);
            let expected = match link.verdict(&params) {
                Verdict::Copies => None,
                Verdict::LowContainment => Some(Figure::Containment),
                Verdict::SmallPart => Some(Figure::LargerShare),
                Verdict::FewShingles => Some(Figure::SharedShingles),
                Verdict::ShortRuns => Some(Figure::LongestRun),
                Verdict::OnePassage => Some(Figure::PassageContainment),
                Verdict::Quotation => Some(Figure::SharedUnquoted),
                Verdict::OtherNumbers => Some(Figure::SharedNumbers),
            };
            prop_assert_eq!(missed, expected, "{:?}", link);
        }
    }

    #[test]
    fn each_threshold_is_the_one_of_its_parameter() {
        let params = serde_json::to_value(Params::default()).unwrap();
        let link = Link::of_copies();
        for check in checks(&link, &Params::default()) {
            assert_eq!(params[check.figure.param()].as_f64(), Some(check.at_least), "{check:?}");
        }
    }
}
