//! Assignments against a truth: how well the stories that were found are the stories that there are.
//!
//! Everything is counted in a contingency table (true group by assigned group), in time and memory linear in the
//! articles; no pairs are listed, for one bad cluster has billions. Pairwise figures weigh a story by the square of its
//! size, B-cubed figures each article alike: a method that fails on a few large stories shows in the first, one that
//! fails on many small ones in the second, and neither replaces the other.

pub mod agencies;
pub mod labels;
pub mod scores;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::error::{Error, Result};
use agencies::AgencyScores;
use labels::{Label, Labels};
use scores::{Contingency, Scores, number};

/// The kinds of pages that are scored where a truth names kinds. Roundups, aggregators, videos and junk have no one
/// story to be right or wrong about; the stories that such a page pulls into one cluster are ordinary false pairs.
pub const SCORED_KINDS: [&str; 4] = ["copy", "expanded", "partial", "original"];

/// How well assignments agree with a truth.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// Articles that were scored.
    pub scored: usize,
    /// Articles of the truth, those of kinds that are not scored too.
    pub in_truth: usize,
    /// Scored articles that the assignments do not have; each counts as alone.
    pub unassigned: usize,
    /// Articles of the assignments that the truth does not have; they are left out.
    pub unknown: usize,
    /// Two articles belong together when they have one story.
    pub story: Scores,
    /// Two articles belong together when they have one story and one version of it; `None` where the truth or the
    /// assignments have no versions.
    pub version: Option<Scores>,
    /// Whether the stories were given their agencies; `None` until a report is scored too.
    pub agency: Option<AgencyScores>,
    /// The recall of parts of the truth, by story.
    pub recall_by: Vec<GroupRecall>,
    /// The pairs of stories that were most often merged falsely, most frequent first.
    pub false_pairs: Vec<FalsePair>,
    /// Assigned groups of more than [`MAX_MIXED`] stories, of which only the largest were looked at for `false_pairs`.
    pub cut_for_false_pairs: usize,
}

/// The recall of the scored articles that have one value in one column of the truth.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupRecall {
    /// The column: `kind` or `edit`.
    pub column: &'static str,
    /// The value.
    pub value: String,
    /// Articles that have it.
    pub articles: usize,
    /// How many others belong with each, summed.
    pub partners: u64,
    /// The share of those that were grouped with it, 0 to 1; `None` where none of the articles has a partner.
    pub recall: Option<f64>,
}

/// Two stories in one assigned group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FalsePair {
    /// The two stories of the truth, in alphabetical order.
    pub stories: [String; 2],
    /// Pairs of articles, one of each story, that were grouped.
    pub pairs: u64,
}

/// Compares assignments with a truth; `n_false` false pairs of stories are named.
///
/// O(n) time and memory for n articles, but for sorting the groups by name; false pairs cost up to [`MAX_MIXED`] steps
/// an article, and none where `n_false` is 0. The order of neither table changes the result.
///
/// # Errors
/// [`Error::Table`] where the truth has no article to score.
pub fn evaluate(truth: &Labels, assignments: &Labels, n_false: usize) -> Result<Evaluation> {
    let scored: Vec<&Label> = truth.labels.iter().filter(|label| is_scored(truth, label)).collect();
    if scored.is_empty() {
        let path = truth.path.clone();
        let found = format!("none among {}", truth.labels.len());
        return Err(Error::Table {
            path,
            line: 1,
            expected: "articles to score below the header (of the kinds copy, expanded, partial or original where there is a column kind)",
            found,
        });
    }
    let assigned: HashMap<&str, &Label> = assignments.labels.iter().map(|label| (label.id.as_str(), label)).collect();
    let known: HashSet<&str> = truth.labels.iter().map(|label| label.id.as_str()).collect();
    let level = |with_version: bool| Grouped {
        truth: number(scored.iter().map(|label| group(label, with_version))),
        assigned: number(scored.iter().map(|label| match assigned.get(label.id.as_str()) {
            Some(assigned) => group(assigned, with_version),
            None => Group::Alone(&label.id),
        })),
    };
    let stories = level(false);
    let table = Contingency::new(&stories.truth, &stories.assigned);
    let mut recall_by = Vec::new();
    if truth.has_kinds {
        recall_by.extend(recall_by_group("kind", |label| &label.kind, &scored, &stories, &table));
    }
    if truth.has_edits {
        recall_by.extend(recall_by_group("edit", |label| &label.edit, &scored, &stories, &table));
    }
    let has_versions = truth.has_versions && assignments.has_versions;
    let mixed = if n_false == 0 { Mixed::default() } else { false_pairs(&scored, &stories, &table, n_false) };
    Ok(Evaluation {
        scored: scored.len(),
        in_truth: truth.labels.len(),
        unassigned: scored.iter().filter(|label| !assigned.contains_key(label.id.as_str())).count(),
        unknown: assignments.labels.iter().filter(|label| !known.contains(label.id.as_str())).count(),
        story: table.scores(),
        version: has_versions.then(|| level(true)).map(|g| Contingency::new(&g.truth, &g.assigned).scores()),
        agency: None,
        recall_by,
        false_pairs: mixed.pairs,
        cut_for_false_pairs: mixed.n_cut,
    })
}

fn is_scored(truth: &Labels, label: &Label) -> bool {
    !truth.has_kinds || SCORED_KINDS.contains(&label.kind.as_str())
}

/// What a group of a table is known by.
#[derive(PartialEq, Eq, Hash)]
enum Group<'a> {
    Story(&'a str),
    Version(&'a str, &'a str),
    /// The group of an article that was not assigned: itself.
    Alone(&'a str),
}

fn group(label: &Label, with_version: bool) -> Group<'_> {
    if with_version { Group::Version(&label.story, &label.version) } else { Group::Story(&label.story) }
}

/// The true and the assigned group of each scored article.
struct Grouped {
    truth: Vec<u32>,
    assigned: Vec<u32>,
}

fn recall_by_group(
    column: &'static str,
    value: impl Fn(&Label) -> &str,
    scored: &[&Label],
    grouped: &Grouped,
    table: &Contingency,
) -> Vec<GroupRecall> {
    let mut groups: BTreeMap<&str, (usize, u64, u64)> = BTreeMap::new();
    for ((label, &t), &a) in scored.iter().zip(&grouped.truth).zip(&grouped.assigned) {
        let (partners, found) = table.partners(t, a);
        let sums = groups.entry(value(label)).or_default();
        *sums = (sums.0 + 1, sums.1 + partners, sums.2 + found);
    }
    groups
        .into_iter()
        .map(|(value, (articles, partners, found))| GroupRecall {
            column,
            value: value.to_owned(),
            articles,
            partners,
            recall: (partners > 0).then(|| found as f64 / partners as f64),
        })
        .collect()
}

/// Stories of one assigned group that are looked at for false pairs, the largest first. All pairs of a thousand stories
/// would be half a million, nearly all of them of two articles: nobody looks at those.
pub const MAX_MIXED: usize = 100;

#[derive(Default)]
struct Mixed {
    pairs: Vec<FalsePair>,
    n_cut: usize,
}

fn false_pairs(scored: &[&Label], grouped: &Grouped, table: &Contingency, n_false: usize) -> Mixed {
    let mut names: HashMap<u32, &str> = HashMap::new();
    for (label, &story) in scored.iter().zip(&grouped.truth) {
        names.entry(story).or_insert(&label.story);
    }
    let mut by_group: HashMap<u32, Vec<(u64, &str)>> = HashMap::new();
    for (story, group, n) in table.cells() {
        by_group.entry(group).or_default().push((n, names[&story]));
    }
    let mut n_cut = 0;
    let mut sums: HashMap<[&str; 2], u64> = HashMap::new();
    for mut stories in by_group.into_values() {
        stories.sort_unstable_by_key(|&(n, name)| (std::cmp::Reverse(n), name));
        n_cut += usize::from(stories.len() > MAX_MIXED);
        stories.truncate(MAX_MIXED);
        for (at, &(n, x)) in stories.iter().enumerate() {
            for &(m, y) in &stories[at + 1..] {
                *sums.entry([x.min(y), x.max(y)]).or_default() += n * m;
            }
        }
    }
    let mut pairs: Vec<([&str; 2], u64)> = sums.into_iter().collect();
    pairs.sort_unstable_by_key(|&(stories, n)| (std::cmp::Reverse(n), stories));
    pairs.truncate(n_false);
    let pairs = pairs.into_iter().map(|(stories, pairs)| FalsePair { stories: stories.map(str::to_owned), pairs });
    Mixed { pairs: pairs.collect(), n_cut }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A table of lines "id story version kind edit"; `-` for an empty field.
    fn table(lines: &str, has_versions: bool, has_kinds: bool, has_edits: bool) -> Labels {
        let labels = lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
            let mut fields = line.split(' ').map(|field| if field == "-" { String::new() } else { field.to_owned() });
            let mut next = || fields.next().unwrap_or_default();
            Label { id: next(), story: next(), version: next(), kind: next(), edit: next(), ..Label::default() }
        });
        let labels = labels.collect();
        Labels { path: "truth.tsv".into(), labels, has_versions, has_kinds, has_edits, has_agencies: false }
    }

    fn newsroom() -> (Labels, Labels) {
        let truth = "
            a1 flood v1 original none
            a2 flood v1 copy cut
            a3 flood v2 copy cut
            a4 flood v2 expanded local
            b1 fire v1 original none
            b2 fire v1 partial cut
            c1 vote v1 original none
            r1 brief v1 roundup none";
        let assigned = "
            a1 s1 1
            a2 s1 1
            a3 s1 1
            b1 s1 2
            b2 s2 1
            r1 s2 1
            zz s2 1";
        (table(truth, true, true, true), table(assigned, true, false, false))
    }

    #[test]
    fn a_small_newsroom_worked_by_hand() {
        let (truth, assigned) = newsroom();
        let found = evaluate(&truth, &assigned, 5).unwrap();
        assert_eq!((found.scored, found.in_truth, found.unassigned, found.unknown), (7, 8, 2, 1));
        // Story level. True sizes 4, 2, 1: 7 pairs. Assigned {a1 a2 a3 b1} {b2} {a4} {c1}: 6 pairs, 3 of them true.
        let story = found.story;
        let close = |x: f64, y: f64| (x - y).abs() < 1e-12;
        assert!(close(story.precision, 3.0 / 6.0) && close(story.recall, 3.0 / 7.0), "{story:?}");
        assert!(close(story.ari, (3.0 - 2.0) / (6.5 - 2.0)), "{story:?}");
        assert!(close(story.b_cubed_precision, (3.0 * 0.75 + 0.25 + 3.0) / 7.0), "{story:?}");
        assert!(close(story.b_cubed_recall, (3.0 * 0.75 + 0.25 + 0.5 + 0.5 + 1.0) / 7.0), "{story:?}");
        // Version level. True {a1 a2} {a3 a4} {b1 b2} {c1}; assigned {a1 a2 a3} {b1} {b2} {a4} {c1}.
        let version = found.version.unwrap();
        assert!(close(version.precision, 1.0 / 3.0) && close(version.recall, 1.0 / 3.0), "{version:?}");
    }

    #[test]
    fn recall_by_kind_and_edit() {
        let (truth, assigned) = newsroom();
        let found = evaluate(&truth, &assigned, 0).unwrap();
        let row = |column, value: &str, articles, partners, recall| GroupRecall {
            column,
            value: value.to_owned(),
            articles,
            partners,
            recall,
        };
        let expected = [
            row("kind", "copy", 2, 6, Some(4.0 / 6.0)),
            row("kind", "expanded", 1, 3, Some(0.0)),
            row("kind", "original", 3, 4, Some(2.0 / 4.0)),
            row("kind", "partial", 1, 1, Some(0.0)),
            row("edit", "cut", 3, 7, Some(4.0 / 7.0)),
            row("edit", "local", 1, 3, Some(0.0)),
            row("edit", "none", 3, 4, Some(2.0 / 4.0)),
        ];
        assert_eq!(found.recall_by, expected);
        assert!(found.false_pairs.is_empty());
        let alone = evaluate(&table("c1 vote - original", false, true, false), &assigned, 0).unwrap();
        assert_eq!(alone.recall_by, [row("kind", "original", 1, 0, None)]);
    }

    #[test]
    fn the_most_frequent_false_pairs() {
        let truth = table("a1 a\na2 a\nb1 b\nb2 b\nc1 c\nd1 d", false, false, false);
        let assigned = table("a1 x\nb1 x\nc1 x\na2 y\nb2 y\nd1 z", false, false, false);
        let pair = |x: &str, y: &str, pairs| FalsePair { stories: [x.to_owned(), y.to_owned()], pairs };
        let found = evaluate(&truth, &assigned, 2).unwrap();
        assert_eq!(found.false_pairs, [pair("a", "b", 2), pair("a", "c", 1)]);
        assert_eq!(evaluate(&truth, &assigned, 9).unwrap().false_pairs.len(), 3);
    }

    #[test]
    fn a_group_of_very_many_stories_is_cut_and_says_so() {
        let line = |i: usize| format!("p{i} s{}\n", i.max(1));
        let truth = table(&(0..5000).map(line).collect::<String>(), false, false, false);
        let together = table(&(0..5000).map(|i| format!("p{i} all\n")).collect::<String>(), false, false, false);
        let found = evaluate(&truth, &together, 1).unwrap();
        assert_eq!(found.cut_for_false_pairs, 1);
        // s1 has two pages, all others one.
        assert_eq!(found.false_pairs[0].stories[0], "s1");
        assert_eq!(found.false_pairs[0].pairs, 2);
    }

    #[test]
    fn versions_need_both_tables() {
        let (mut truth, assigned) = newsroom();
        assert!(evaluate(&truth, &assigned, 0).unwrap().version.is_some());
        truth.has_versions = false;
        assert!(evaluate(&truth, &assigned, 0).unwrap().version.is_none());
    }

    #[test]
    fn a_truth_without_articles_to_score_is_an_error() {
        let (_, assigned) = newsroom();
        for truth in [table("", false, false, false), table("r1 brief v1 roundup", true, true, false)] {
            let message = evaluate(&truth, &assigned, 0).unwrap_err().to_string();
            assert!(message.starts_with("truth.tsv:1: expected articles to score"), "{message}");
        }
    }

    proptest! {
        #[test]
        fn the_order_of_lines_changes_nothing(
            rows in proptest::collection::vec((0u8..6, 0u8..3, 0u8..6, 0u8..3, any::<bool>()), 1..50),
            turn in any::<proptest::sample::Index>(),
        ) {
            let mut truth = table("", true, true, true);
            let mut assigned = table("", true, false, false);
            for (i, (story, version, group, state, known)) in rows.into_iter().enumerate() {
                let (id, kind, edit) = (format!("p{i}"), "copy".to_owned(), format!("e{version}"));
                let (version, state) = (format!("v{version}"), format!("v{state}"));
                if known {
                    let story = format!("g{group}");
                    assigned.labels.push(Label { id: id.clone(), story, version: state, ..Label::default() });
                }
                truth.labels.push(Label { id, story: format!("s{story}"), version, kind, edit, ..Label::default() });
            }
            let straight = evaluate(&truth, &assigned, 10).unwrap();
            let n_rows = truth.labels.len();
            truth.labels.rotate_left(turn.index(n_rows));
            assigned.labels.reverse();
            prop_assert_eq!(straight, evaluate(&truth, &assigned, 10).unwrap());
        }
    }
}
