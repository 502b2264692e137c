//! How well stories were found, by kind of edit and by kind of page that is no copy.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::Path;

use wirecopy::eval::labels::Labels;
use wirecopy::eval::{Evaluation, SCORED_KINDS, evaluate};

use crate::make::Truth;
use crate::make::edit::EDITS;
use crate::make::plan::NEGATIVES;

/// Words of a dispatch below which a copy is too short for its recall to be promised.
pub(crate) const ENOUGH_WORDS: usize = 80;

/// The articles of one kind of edit, or of page that is no copy.
#[derive(Default, Clone)]
pub(crate) struct Row {
    /// Articles.
    pub(crate) n: usize,
    /// Of those, how many keep [`ENOUGH_WORDS`].
    pub(crate) n_long: usize,
    /// Share of the articles that belong with one and were grouped with it, over all pairs.
    pub(crate) recall: f64,
    /// The same, of the articles that keep enough words.
    pub(crate) recall_long: f64,
    /// Of the articles that keep enough, how many are where most of their story is.
    pub(crate) at_home: usize,
    /// Articles that were grouped with a scored article of another story.
    pub(crate) merged: usize,
    /// Pages of no one story that were grouped with two others.
    pub(crate) bridging: usize,
    /// The kinds of those articles that these were falsely grouped with.
    with: BTreeMap<&'static str, usize>,
    /// Articles that went wrong: an id, what is wrong, and another id.
    wrong: Vec<String>,
}

pub(crate) struct Quality {
    pub(crate) evaluation: Evaluation,
    pub(crate) rows: BTreeMap<&'static str, Row>,
}

impl Quality {
    /// Holds assignments against the truth.
    pub(crate) fn new(truths: &[Truth], truth: &Path, assignments: &Path) -> wirecopy::error::Result<Self> {
        let (mut labels, assigned) = (Labels::read(truth)?, Labels::read(assignments)?);
        // Recall is wanted for all copies of a kind, and for those that keep enough: two values of `edit`.
        for (label, truth) in labels.labels.iter_mut().zip(truths) {
            if truth.kept < ENOUGH_WORDS {
                label.edit.push_str(SHORT);
            }
        }
        let evaluation = evaluate(&labels, &assigned, 0)?;
        let groups: HashMap<&str, &str> = assigned.labels.iter().map(|l| (l.id.as_str(), l.story.as_str())).collect();
        let of = |at: usize| groups.get(labels.labels[at].id.as_str()).copied().unwrap_or_default();
        let mut members: HashMap<&str, Vec<usize>> = HashMap::new();
        (0..truths.len()).for_each(|at| members.entry(of(at)).or_default().push(at));
        let homes = homes(truths, of);
        let mut rows: BTreeMap<&'static str, Row> = BTreeMap::new();
        for (at, truth) in truths.iter().enumerate() {
            let row = rows.entry(truth.edit).or_default();
            let (id, group) = (&labels.labels[at].id, of(at));
            row.n += 1;
            let is_long = truth.kept >= ENOUGH_WORDS;
            row.n_long += usize::from(is_long);
            let (home, first) = homes[truth.story.as_str()];
            if home == group {
                row.at_home += usize::from(is_long);
            } else if is_long {
                row.wrong.push(format!("{id} is not with {}", labels.labels[first].id));
            }
            let strangers =
                members[group].iter().filter(|&&other| is_scored(&truths[other]) && truths[other].story != truth.story);
            let stories: BTreeSet<&str> = strangers.clone().map(|&other| truths[other].story.as_str()).collect();
            if let Some(&other) = strangers.clone().next() {
                row.merged += 1;
                row.wrong.push(format!("{id} is with {} ({})", labels.labels[other].id, truths[other].edit));
            }
            strangers.map(|&other| truths[other].edit).collect::<BTreeSet<_>>().into_iter().for_each(|edit| {
                *row.with.entry(edit).or_default() += 1;
            });
            row.bridging += usize::from(!is_scored(truth) && stories.len() > 1);
        }
        for (edit, row) in &mut rows {
            (row.recall, row.recall_long) = recall(&evaluation, edit);
        }
        Ok(Quality { evaluation, rows })
    }

    /// For each kind so many of the articles that went wrong.
    pub(crate) fn examples(&self, n: usize) -> impl Iterator<Item = String> + '_ {
        self.rows.iter().flat_map(move |(edit, row)| {
            let step = (row.wrong.len() / n.max(1)).max(1);
            row.wrong.iter().step_by(step).take(n).map(move |wrong| format!("{edit}: {wrong}"))
        })
    }
}

/// Marks the copies that keep too little.
const SHORT: &str = " short";

fn is_scored(truth: &Truth) -> bool {
    SCORED_KINDS.contains(&truth.kind)
}

/// For each story, the group that has most of its articles, and the first of those.
fn homes<'a>(truths: &'a [Truth], group_of: impl Fn(usize) -> &'a str) -> HashMap<&'a str, (&'a str, usize)> {
    let mut counts: HashMap<&str, BTreeMap<&str, (usize, usize)>> = HashMap::new();
    for (at, truth) in truths.iter().enumerate() {
        counts.entry(&truth.story).or_default().entry(group_of(at)).or_insert((0, at)).0 += 1;
    }
    let home = |groups: BTreeMap<&'a str, (usize, usize)>| {
        let most = groups.into_iter().max_by_key(|&(group, (n, first))| (n, std::cmp::Reverse(first), group));
        most.map_or(("", 0), |(group, (_, first))| (group, first))
    };
    counts.into_iter().map(|(story, groups)| (story, home(groups))).collect()
}

/// The recall of an edit: of all its articles, and of those that keep enough; 1 where there are no pairs.
fn recall(evaluation: &Evaluation, edit: &str) -> (f64, f64) {
    let pairs = |value: &str| {
        let group = evaluation.recall_by.iter().find(|group| group.column == "edit" && group.value == value);
        group.map_or((0.0, 0.0), |g| (g.recall.unwrap_or_default() * g.partners as f64, g.partners as f64))
    };
    let (long, short) = (pairs(edit), pairs(&format!("{edit}{SHORT}")));
    let share = |found: f64, all: f64| if all == 0.0 { 1.0 } else { found / all };
    (share(long.0 + short.0, long.1 + short.1), share(long.0, long.1))
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

impl fmt::Display for Quality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<17} {:>7} {:>8}  {:>8} {:>8} {:>8} {:>8}",
            "copies", "n", "recall", "n >= 80", "recall", "at home", "merged"
        )?;
        let none = Row::default();
        let row = |edit: &str| self.rows.get(edit).unwrap_or(&none);
        for (_, edit) in EDITS {
            let r = row(edit);
            writeln!(
                f,
                "{edit:<17} {:>7} {:>8.4}  {:>8} {:>8.4} {:>7.2}% {:>7.2}%",
                r.n,
                r.recall,
                r.n_long,
                r.recall_long,
                percent(r.at_home, r.n_long),
                percent(r.merged, r.n)
            )?;
        }
        writeln!(f, "\n{:<17} {:>7} {:>8} {:>8}  mostly with", "no copies", "n", "merged", "bridging")?;
        let negatives = NEGATIVES.iter().map(|(_, edit, _, _)| *edit);
        for edit in std::iter::once("single").chain(negatives) {
            let r = row(edit);
            let mut with: Vec<(usize, &str)> = r.with.iter().map(|(edit, n)| (*n, *edit)).collect();
            with.sort_unstable_by(|x, y| y.cmp(x));
            let with: Vec<String> = with.iter().take(4).map(|(n, edit)| format!("{edit} {n}")).collect();
            writeln!(
                f,
                "{edit:<17} {:>7} {:>7.2}% {:>7.2}%  {}",
                r.n,
                percent(r.merged, r.n),
                percent(r.bridging, r.n),
                with.join(", ")
            )?;
        }
        let mut line = |level: &str, scores: &wirecopy::eval::scores::Scores| {
            writeln!(
                f,
                "{level:<9} precision {:.4}  recall {:.4}  F1 {:.4}  B-cubed {:.4} {:.4} {:.4}",
                scores.precision,
                scores.recall,
                scores.f1,
                scores.b_cubed_precision,
                scores.b_cubed_recall,
                scores.b_cubed_f1
            )
        };
        line("\nstories ", &self.evaluation.story)?;
        self.evaluation.version.iter().try_for_each(|version| line("versions", version))
    }
}
