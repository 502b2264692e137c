//! Whether stories were given their agencies: the report of a run against the column `agency` of a truth.
//!
//! A story of the truth has the agency of most of its scored articles, if that is one of ours: `none` and what the table
//! does not know (`other:...`) are none. It was given that of the reported story which holds most of those articles:
//! articles in other stories are a matter of clustering, and scored as such.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::is_scored;
use super::labels::Labels;
use crate::agency::by_id;
use crate::error::{Error, Result};

/// How well stories were given their agencies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgencyScores {
    /// Over all stories of the truth that have an agency.
    pub all: AgencyFigures,
    /// Over those of them that have two articles or more: a page alone has nothing beside it that could say what it does
    /// not.
    pub copied: AgencyFigures,
    /// Stories of the truth that have no agency.
    pub without: usize,
    /// Those of them that were given one. They count for no other figure: an outlet's own story may well be on an
    /// agency's site, or credit it with a part.
    pub without_named: usize,
    /// Stories that have an agency and no article in the report, which may leave out stories of few copies. They count as
    /// not given one.
    pub not_in_report: usize,
    /// The stories that were not given theirs, by name.
    pub wrong: Vec<WrongAgency>,
}

/// How many stories were given their agencies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AgencyFigures {
    /// Stories that have an agency.
    pub stories: usize,
    /// Those of them that were given one, right or wrong.
    pub named: usize,
    /// Those of them that were given theirs.
    pub right: usize,
    /// Of those that were given one, the share that were given theirs; 1 where none was given any.
    pub precision: f64,
    /// Of those that have one, the share that were given theirs; 1 where none has any.
    pub recall: f64,
}

/// A story that was not given its agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WrongAgency {
    /// The story, as the truth names it.
    pub story: String,
    /// Its agency.
    pub agency: String,
    /// The agency that it was given, if any.
    pub found: Option<String>,
}

/// What a report says of one story.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Reported {
    agency: Option<ReportedAgency>,
    copies: Vec<ReportedCopy>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct ReportedAgency {
    id: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct ReportedCopy {
    id: String,
}

/// Reads the report of a run: the lines that `stories --format json` writes. What is not asked for is passed over.
/// O(size of the file); the ids are held in memory.
///
/// # Errors
/// [`Error::Read`] where the file cannot be read, [`Error::Table`] where a line is no story.
pub fn read_report(path: &Path) -> Result<Vec<Reported>> {
    let unread = |source| Error::Read { path: path.to_owned(), source };
    let lines = BufReader::new(File::open(path).map_err(unread)?).lines();
    let mut stories = Vec::new();
    for (line, number) in lines.zip(1..) {
        let line = line.map_err(unread)?;
        if line.trim().is_empty() {
            continue;
        }
        let story = serde_json::from_str(&line).map_err(|e| Error::Table {
            path: path.to_owned(),
            line: number,
            expected: "a story, as stories --format json writes them",
            found: format!("none ({e})"),
        })?;
        stories.push(story);
    }
    Ok(stories)
}

/// Compares the agencies that stories were given with those of a truth. Ids are compared as they are written in both
/// files. O(articles of both), but for sorting the stories by name.
///
/// # Errors
/// [`Error::Table`] where the truth has no column `agency`.
pub fn score_agencies(truth: &Labels, report: &[Reported]) -> Result<AgencyScores> {
    if !truth.has_agencies {
        let (path, found) = (truth.path.clone(), "none".to_owned());
        return Err(Error::Table {
            path,
            line: 1,
            expected: "a column agency, to be compared with the stories'",
            found,
        });
    }
    let copies = report.iter().enumerate().flat_map(|(at, story)| story.copies.iter().map(move |copy| (at, copy)));
    let story_of: HashMap<&str, usize> = copies.map(|(at, copy)| (copy.id.as_str(), at)).collect();
    let mut stories: BTreeMap<&str, Votes<'_>> = BTreeMap::new();
    for label in truth.labels.iter().filter(|label| is_scored(truth, label)) {
        let votes = stories.entry(&label.story).or_default();
        *votes.agencies.entry(label.agency.as_str()).or_default() += 1;
        if let Some(&story) = story_of.get(label.id.as_str()) {
            *votes.stories.entry(story).or_default() += 1;
        }
    }
    let none = AgencyFigures { stories: 0, named: 0, right: 0, precision: 1.0, recall: 1.0 };
    let mut scores =
        AgencyScores { all: none, copied: none, without: 0, without_named: 0, not_in_report: 0, wrong: Vec::new() };
    for (name, votes) in stories {
        let found = votes.story().and_then(|at| report[at].agency.as_ref()).map(|agency| agency.id.as_str());
        scores.add(name, &votes, found);
    }
    Ok(scores)
}

impl AgencyScores {
    fn add(&mut self, story: &str, votes: &Votes<'_>, found: Option<&str>) {
        let Some(agency) = votes.agency() else {
            self.without += 1;
            self.without_named += usize::from(found.is_some());
            return;
        };
        self.not_in_report += usize::from(votes.stories.is_empty());
        self.all.add(agency, found);
        if votes.agencies.values().sum::<usize>() > 1 {
            self.copied.add(agency, found);
        }
        if found != Some(agency) {
            let found = found.map(str::to_owned);
            self.wrong.push(WrongAgency { story: story.to_owned(), agency: agency.to_owned(), found });
        }
    }
}

impl AgencyFigures {
    fn add(&mut self, agency: &str, found: Option<&str>) {
        self.stories += 1;
        self.named += usize::from(found.is_some());
        self.right += usize::from(found == Some(agency));
        self.precision = share(self.right, self.named);
        self.recall = share(self.right, self.stories);
    }
}

/// What the articles of a story say.
#[derive(Default)]
struct Votes<'a> {
    agencies: BTreeMap<&'a str, usize>,
    /// By place in the report.
    stories: BTreeMap<usize, usize>,
}

impl<'a> Votes<'a> {
    /// Of equally many the first in the alphabet, and an agency rather than none.
    fn agency(&self) -> Option<&'a str> {
        let is_ours = |name: &str| by_id(name).is_some();
        let most = self.agencies.iter().rev().max_by_key(|&(name, n)| (*n, is_ours(name)));
        most.map(|(name, _)| *name).filter(|name| is_ours(name))
    }

    fn story(&self) -> Option<usize> {
        self.stories.iter().rev().max_by_key(|&(_, n)| *n).map(|(at, _)| *at)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::super::labels::Label;
    use super::*;

    /// A truth of lines "id story kind agency".
    fn truth(lines: &str) -> Labels {
        let labels = lines.lines().map(|line| {
            let [id, story, kind, agency] = line.split(' ').map(str::to_owned).collect::<Vec<_>>().try_into().unwrap();
            Label { id, story, kind, agency, ..Label::default() }
        });
        Labels { labels: labels.collect(), has_kinds: true, has_agencies: true, ..Labels::default() }
    }

    /// A report of lines "agency id id ...", `-` for a story without an agency.
    fn report(lines: &str) -> Vec<Reported> {
        let story = |line: &str| {
            let (agency, ids) = line.split_once(' ').unwrap();
            let agency = by_id(agency).map(|id| ReportedAgency { id: id.agency().id.to_owned() });
            Reported { agency, copies: ids.split(' ').map(|id| ReportedCopy { id: id.to_owned() }).collect() }
        };
        lines.lines().map(story).collect()
    }

    #[test]
    fn a_small_newsroom_worked_by_hand() {
        let truth = truth(
            "a1 flood original ap\na2 flood copy ap\na3 flood copy none\nb1 fire original reuters\nb2 fire copy none\n\
             c1 vote original afp\nd1 fair original none\ne1 quiz original other:quizzer\nf1 far original dpa\n\
             g1 brief roundup ap",
        );
        let found = score_agencies(&truth, &report("ap a1 a2 b1\n- a3\nafp b2\nefe c1\nap d1 g1\n- e1")).unwrap();
        assert_eq!((found.all.stories, found.all.named, found.all.right), (4, 3, 1));
        assert_eq!((found.all.precision, found.all.recall), (1.0 / 3.0, 1.0 / 4.0));
        assert_eq!((found.copied.stories, found.copied.named, found.copied.right), (2, 2, 1));
        assert_eq!((found.without, found.without_named), (2, 1));
        assert_eq!(found.not_in_report, 1, "the one far away");
        let wrong: Vec<_> =
            found.wrong.iter().map(|w| (w.story.as_str(), w.agency.as_str(), w.found.as_deref())).collect();
        // The fire's articles are in two reported stories; the first of them counts.
        assert_eq!(wrong, [("far", "dpa", None), ("fire", "reuters", Some("ap")), ("vote", "afp", Some("efe"))]);
    }

    #[test]
    fn nothing_to_find_is_found() {
        let found = score_agencies(&truth("a1 flood original none"), &report("- a1")).unwrap();
        assert_eq!((found.all.precision, found.all.recall, found.without), (1.0, 1.0, 1));
    }

    #[test]
    fn a_truth_without_agencies_is_an_error() {
        let message =
            score_agencies(&Labels { has_agencies: false, ..truth("a1 flood original ap") }, &[]).unwrap_err();
        assert!(message.to_string().contains("expected a column agency"), "{message}");
    }

    #[test]
    fn a_line_that_is_no_story_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stories.jsonl");
        let story = r#"{"story":"s1","agency":{"id":"ap","name":"x"},"copies":[{"id":"p1","kept":1.0}]}"#;
        std::fs::write(&path, format!("{story}\n\n{{\"copies\":3}}\n")).unwrap();
        let message = read_report(&path).unwrap_err().to_string();
        assert!(message.contains("stories.jsonl:3: expected a story"), "{message}");
        std::fs::write(&path, format!("{story}\n")).unwrap();
        assert_eq!(read_report(&path).unwrap(), report("ap p1"));
    }
}
