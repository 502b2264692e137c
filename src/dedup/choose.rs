//! Which record of each story is kept.
//!
//! What was kept is looked at again as if it were all there is: without the copies, furniture is learned from fewer
//! pages and a page that carried several stories may carry but one. Rounds go on until one removes nothing, so that a run
//! over the output removes nothing either.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{Keep, Level, Options};
use crate::agency;
use crate::article::ArticleId;
use crate::error::Result;
use crate::furniture::units;
use crate::index::{Builder, Entry, Fingerprint, PACKED, Packed, Words};
use crate::pipeline::{self, find_stories, finish, keys_of};
use crate::progress::Progress;
use crate::spill::Space;
use crate::story::{Copy, Counts, Relation, Stories, Story};

/// What became of each article, by its place in the input.
#[derive(Debug)]
pub(super) struct Chosen {
    /// What was found of each in the first round.
    pub(super) found: Vec<Found>,
    /// Who each is: id, outlet and date.
    pub(super) entries: Vec<Entry>,
    pub(super) words: Words,
    pub(super) n_stories: u64,
    pub(super) n_undated: u64,
    /// The article that each went for; itself where it stays.
    kept_for: Vec<u32>,
}

/// What the first round found of an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    story: u64,
    version: u32,
    pub(super) relation: Relation,
    rank: Rank,
}

/// Copies in the order in which they are kept.
type Rank = (u32, i64, i64, u32);

impl Found {
    /// The id of its story.
    pub(super) fn story(&self) -> String {
        format!("s{:012x}", self.story)
    }

    /// The id of its version.
    pub(super) fn version(&self) -> String {
        format!("v{}", self.version)
    }
}

impl Chosen {
    /// The article that this one went for; `None` where it stays.
    pub(super) fn kept_for(&self, position: u32) -> Option<u32> {
        let mut kept = position;
        while self.kept_for[kept as usize] != kept {
            kept = self.kept_for[kept as usize];
        }
        Some(kept).filter(|kept| *kept != position)
    }

    /// Takes back that this article goes.
    pub(super) fn keep(&mut self, position: u32) {
        self.kept_for[position as usize] = position;
    }

    pub(super) fn n_removed(&self) -> u64 {
        (0..).zip(&self.kept_for).filter(|(position, kept)| position != *kept).count() as u64
    }
}

/// Finds the stories, and chooses.
///
/// # Errors
/// Those of the pipeline.
pub(super) fn choose(builder: Builder, options: &Options, counts: &mut Counts) -> Result<Chosen> {
    let (mut round, words) = Round::new(builder, &options.run, counts)?;
    let mut chosen = first_round(&mut round, words, options);
    while round.remove(&mut chosen, options) > 0 {
        let kept: Vec<u32> =
            (0..).zip(&chosen.kept_for).filter(|(position, kept)| position == *kept).map(|(p, _)| p).collect();
        // What this round found takes as much memory as the next one will.
        drop(round);
        // What a run is resumed from are the articles of the first round.
        let space = Space { resume: None, ..options.run.space.clone() };
        let again = pipeline::Options { progress: Progress::default(), space, ..options.run.clone() };
        let builder = fill_again(&kept, &chosen, &again)?;
        round = Round::new(builder, &again, &mut Counts::default())?.0;
        round.positions.iter_mut().for_each(|position| *position = kept[*position as usize]);
    }
    // What stays only for want of a date is counted once nothing changes any more.
    chosen.n_undated = if options.within_seconds.is_some() { round.n_undated(&chosen, options.level) } else { 0 };
    Ok(chosen)
}

/// The stories of what is left.
struct Round {
    stories: Stories,
    /// For each article its place in the input, and the first one with the same words.
    positions: Vec<u32>,
    twin_of: Vec<ArticleId>,
    renamed: Vec<(ArticleId, String)>,
}

impl Round {
    fn new(builder: Builder, options: &pipeline::Options, counts: &mut Counts) -> Result<(Self, Words)> {
        let (mut index, repeated_ids) = finish(builder, &options.params)?;
        counts.repeated_ids = repeated_ids;
        let words = index.words();
        let positions = index.positions.clone();
        let twin_of = index.twin_of.clone();
        let renamed = index.renamed().map(|(article, id)| (article, id.to_owned())).collect();
        let stories = find_stories(index, options, *counts)?;
        *counts = stories.counts;
        Ok((Round { stories, positions, twin_of, renamed }, words))
    }

    fn position(&self, article: ArticleId) -> u32 {
        self.positions[article.index()]
    }

    /// Removes the copies of this round; their number.
    fn remove(&self, chosen: &mut Chosen, options: &Options) -> usize {
        let mut n_removed = 0;
        for story in self.stories.stories.iter().filter(|story| story.copies.len() > 1) {
            for mut group in self.groups(story, options.level) {
                group.sort_unstable_by_key(|position| chosen.found[*position as usize].rank);
                n_removed += remove_copies(&group, chosen, options.within_seconds);
            }
        }
        n_removed
    }

    /// The copies of a story that count as copies of each other.
    fn groups(&self, story: &Story, level: Level) -> Vec<Vec<u32>> {
        let mut groups: HashMap<(&str, Option<ArticleId>), Vec<u32>> = HashMap::new();
        for copy in &story.copies {
            let key = match level {
                Level::Story => ("", None),
                Level::Version => (copy.version.as_str(), None),
                Level::Identical => ("", Some(self.twin_of[copy.article.index()])),
            };
            groups.entry(key).or_default().push(self.position(copy.article));
        }
        groups.into_values().collect()
    }

    /// Copies that a window lets stay because a date is missing.
    fn n_undated(&self, chosen: &Chosen, level: Level) -> u64 {
        let several = self.stories.stories.iter().filter(|story| story.copies.len() > 1);
        let groups = several.flat_map(|story| self.groups(story, level)).filter(|group| group.len() > 1);
        let is_undated = |position: &u32| chosen.entries[*position as usize].published.is_none();
        groups.map(|group| group.iter().filter(|position| is_undated(position)).count() as u64).sum()
    }
}

/// Removes the copies of a group that is in order of preference; their number.
fn remove_copies(group: &[u32], chosen: &mut Chosen, within_seconds: Option<i64>) -> usize {
    let mut kept: Vec<u32> = Vec::new();
    for &position in group {
        let moment = |of: u32| chosen.entries[of as usize].published.map(|published| published.unix_seconds);
        let is_near = |other: &&u32| {
            within_seconds.is_none_or(|within| {
                moment(position).zip(moment(**other)).is_some_and(|(a, b)| a.abs_diff(b) <= within.unsigned_abs())
            })
        };
        match kept.iter().find(is_near) {
            Some(&other) => chosen.kept_for[position as usize] = other,
            None => kept.push(position),
        }
    }
    group.len() - kept.len()
}

/// Takes from the first round all that is asked of it later. Its stories keep no more than their groups need.
fn first_round(round: &mut Round, words: Words, options: &Options) -> Chosen {
    let n = round.positions.len();
    let nothing = Found { story: 0, version: 0, relation: Relation::Origin, rank: (0, 0, 0, 0) };
    let mut found = vec![nothing; n];
    let mut entries = vec![Entry::default(); n];
    let positions = std::mem::take(&mut round.positions);
    for story in &mut round.stories.stories {
        let number = u64::from_str_radix(story.id.trim_start_matches('s'), 16).unwrap_or_default();
        let agency = story.agency.as_ref().map(|attribution| attribution.agency);
        for copy in &mut story.copies {
            let position = positions[copy.article.index()];
            found[position as usize] = Found {
                story: number,
                version: copy.version.trim_start_matches('v').parse().unwrap_or_default(),
                relation: copy.relation,
                rank: rank(copy, agency, position, words.n_words(position), options),
            };
            copy.headline = None;
            copy.url = None;
            entries[position as usize] = Entry {
                id: std::mem::take(&mut copy.id),
                outlet: std::mem::take(&mut copy.outlet),
                published: copy.published,
                ..Entry::default()
            };
        }
    }
    for (article, id) in round.renamed.drain(..) {
        entries[positions[article.index()] as usize].id = id;
    }
    round.positions = positions;
    let n_stories = round.stories.stories.len() as u64;
    Chosen { found, entries, words, n_stories, n_undated: 0, kept_for: (0..n as u32).collect() }
}

fn rank(copy: &Copy, agency: Option<agency::AgencyId>, position: u32, n_words: u32, options: &Options) -> Rank {
    let preferred = options.prefer.iter().position(|outlet| outlet.eq_ignore_ascii_case(&copy.outlet));
    let preference = preferred.map_or(u32::MAX, |place| place as u32);
    let moment = copy.published.map_or(i64::MAX, |published| published.unix_seconds);
    let length = -i64::from(n_words);
    let (first, second) = match options.keep {
        Keep::Earliest => (moment, length),
        Keep::Longest => (length, moment),
        Keep::First => (0, 0),
        Keep::Agency if agency.is_some() && agency::by_outlet(&copy.outlet) == agency => (0, moment),
        Keep::Agency if agency.is_some() && copy.credit == agency => (1, moment),
        Keep::Agency => (2, moment),
    };
    (preference, first, second, position)
}

/// Articles that are made ready for another round at once.
const FILLED_AT_ONCE: usize = 8192;

/// The articles that are left, as they were before any furniture was taken off.
fn fill_again(kept: &[u32], chosen: &Chosen, options: &pipeline::Options) -> Result<Builder> {
    let mut builder = Builder::new(&options.space)?;
    for some in kept.chunks(FILLED_AT_ONCE) {
        let packed: Vec<Packed> = some
            .par_chunks(PACKED)
            .map(|positions| {
                let articles = positions.iter().map(|&position| {
                    let tokens = chosen.words.unstripped(position)?;
                    let entry = chosen.entries[position as usize].clone();
                    let (keys, units) = (keys_of(&tokens, &options.params), units(&tokens));
                    Ok(Fingerprint { entry, tokens, keys, units, body: Vec::new() })
                });
                articles.collect()
            })
            .collect::<Result<_>>()?;
        packed.iter().try_for_each(|packed| builder.append(packed))?;
    }
    Ok(builder)
}
