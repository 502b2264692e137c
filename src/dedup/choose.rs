//! Which record of each story is kept.
//!
//! What was kept is looked at again as if it were all there is: without the copies, furniture is learned from fewer
//! pages and a page that carried several stories may carry but one. Rounds go on until one removes nothing, so that a run
//! over the output removes nothing either.
//!
//! Each article is compared with a bounded number of others that share a key with it, its neighbors in length among them. A
//! page that is alike to thousands would so take one or two of them in each round, as they become its neighbors. So every
//! other round compares those that something went for with all ([`Round::again`]), and the last one is like that of any run.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::round::Round;
use super::{Keep, Options};
use crate::agency;
use crate::article::{ArticleId, Published};
use crate::assemble::claim;
use crate::attribute::{attribute, credited};
use crate::cluster::Cluster;
use crate::error::Result;
use crate::index::{Builder, Entry, Index};
use crate::pipeline;
use crate::progress::{Progress, Stage};
use crate::relate::relate;
use crate::shingle::Token;
use crate::spill::Space;
use crate::story::{Counts, Relation, StoryId};

/// What became of each article, by its place in the input.
#[derive(Debug)]
pub(super) struct Chosen {
    index: Arc<Index>,
    articles: Vec<ArticleId>,
    found: Vec<Found>,
    /// The article that each went for; itself where it stays.
    kept_for: Vec<u32>,
    pub(super) n_stories: u64,
    pub(super) n_undated: u64,
}

/// What the first round found of an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) story: StoryId,
    /// From 0, in order of time.
    version: u32,
    pub(super) relation: Relation,
    /// For [`Keep::Agency`].
    nearness: Nearness,
    /// Whether it carries other stories too.
    carries: bool,
}

/// How near an article is to the agency of its story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    OwnSite,
    Credits,
    Other,
}

/// Copies in the order in which they are kept: those that carry nothing else first.
type Rank = (bool, u32, i64, i64, u32);

impl Found {
    /// The id of its version.
    pub(super) fn version(&self) -> String {
        format!("v{}", self.version + 1)
    }
}

impl Chosen {
    pub(super) fn n_articles(&self) -> u32 {
        self.articles.len() as u32
    }

    pub(super) fn found(&self, position: u32) -> &Found {
        &self.found[position as usize]
    }

    /// The article that this one went for; `None` where it stays.
    pub(super) fn kept_for(&self, position: u32) -> Option<u32> {
        let mut kept = position;
        while self.kept_for[kept as usize] != kept {
            kept = self.kept_for[kept as usize];
        }
        Some(kept).filter(|kept| *kept != position)
    }

    pub(super) fn stays(&self, position: u32) -> bool {
        self.kept_for[position as usize] == position
    }

    /// Takes back that this article goes.
    pub(super) fn keep(&mut self, position: u32) {
        self.kept_for[position as usize] = position;
    }

    pub(super) fn n_removed(&self) -> u64 {
        (0..self.n_articles()).filter(|position| !self.stays(*position)).count() as u64
    }

    fn article(&self, position: u32) -> ArticleId {
        self.articles[position as usize]
    }

    /// The id that the record has.
    pub(super) fn id(&self, position: u32) -> &str {
        self.index.own_id(self.article(position))
    }

    pub(super) fn outlet(&self, position: u32) -> &str {
        self.index.outlet(self.article(position))
    }

    pub(super) fn published(&self, position: u32) -> Option<Published> {
        self.index.published(self.article(position))
    }

    pub(super) fn n_words(&self, position: u32) -> u32 {
        self.index.n_words[self.article(position).index()]
    }

    /// Its words.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where they cannot be read back.
    pub(super) fn tokens(&self, position: u32) -> Result<Vec<Token>> {
        self.index.tokens(self.article(position))
    }

    /// Its words with the furniture of its outlet.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where they cannot be read back.
    pub(super) fn unstripped_tokens(&self, position: u32) -> Result<Vec<Token>> {
        self.index.unstripped_tokens(self.article(position))
    }

    fn rank(&self, position: u32, options: &Options) -> Rank {
        let outlet = self.outlet(position);
        let preferred = options.prefer.iter().position(|preferred| preferred.eq_ignore_ascii_case(outlet));
        let preference = preferred.map_or(u32::MAX, |place| place as u32);
        let moment = self.published(position).map_or(i64::MAX, |published| published.unix_seconds);
        let length = -i64::from(self.n_words(position));
        let (first, second) = match options.keep {
            Keep::Earliest => (moment, length),
            Keep::Longest => (length, moment),
            Keep::First => (0, 0),
            Keep::Agency => (self.found(position).nearness as i64, moment),
        };
        (self.found(position).carries, preference, first, second, position)
    }

    /// Removes the copies of a group. Those that they went for are added to `took_copies`.
    pub(super) fn remove_copies(&mut self, mut group: Vec<u32>, options: &Options, took_copies: &mut Vec<u32>) {
        group.sort_by_cached_key(|position| self.rank(*position, options));
        let mut kept: Vec<u32> = Vec::new();
        for &position in &group {
            let moment = |of: u32| self.published(of).map(|published| published.unix_seconds);
            let is_near = |other: &&u32| {
                options.within_seconds.is_none_or(|within| {
                    moment(position).zip(moment(**other)).is_some_and(|(a, b)| a.abs_diff(b) <= within.unsigned_abs())
                })
            };
            match kept.iter().find(is_near) {
                Some(&other) => {
                    self.kept_for[position as usize] = other;
                    took_copies.push(other);
                }
                None => kept.push(position),
            }
        }
    }
}

/// Finds the stories, and chooses.
///
/// # Errors
/// Those of the pipeline.
pub(super) fn choose(builder: Builder, options: &Options, counts: &mut Counts) -> Result<Chosen> {
    let progress = &options.run.progress;
    progress.enter(Stage::Comparing);
    let mut round = Round::first(builder, &options.run.params, counts)?;
    progress.enter(Stage::Assembling);
    let mut chosen = first_found(&round, options)?;
    // What a run is resumed from are the articles of the first round.
    let space = Space { resume: None, ..options.run.space.clone() };
    let again = pipeline::Options { progress: Progress::default(), space, ..options.run.clone() };
    let has_hubs = |number: u32| number > 2 && number % 2 == 1;
    for number in 1.. {
        let took_copies = round.remove_copies(&mut chosen, options)?;
        if took_copies.is_empty() && !has_hubs(number) {
            break;
        }
        progress.enter(Stage::ComparingLeft);
        // What this round found takes as much memory as the next one will.
        drop(round);
        let hubs = if has_hubs(number + 1) { took_copies } else { Vec::new() };
        round = Round::again(&chosen, &hubs, &again)?;
    }
    // What stays only for want of a date is counted once nothing changes any more.
    if options.within_seconds.is_some() {
        chosen.n_undated = round.n_undated(&chosen, options)?;
    }
    Ok(chosen)
}

/// Takes from the first round all that is asked of it later.
fn first_found(round: &Round, options: &Options) -> Result<Chosen> {
    let (index, clusters) = (&round.index, &round.found.clusters);
    let carriers: HashSet<ArticleId> = round.found.carrying.iter().map(|carrying| carrying.page).collect();
    let of_clusters = clusters.par_iter().with_max_len(1);
    let of_clusters: Vec<Vec<(ArticleId, Found)>> =
        of_clusters.map(|cluster| found_of(cluster, index, &carriers, options)).collect::<Result<_>>()?;
    let mut found: Vec<Option<Found>> = vec![None; index.len()];
    for (article, own) in of_clusters.into_iter().flatten() {
        found[index.positions[article.index()] as usize] = Some(own);
    }
    let articles = index.articles();
    let n_alone = found.iter().filter(|found| found.is_none()).count();
    let alone = |article: ArticleId| Cluster { members: vec![article], weakest: None };
    let found = found.into_par_iter().zip(&articles).map(|(found, &article)| match found {
        Some(found) => Ok(found),
        None => Ok(found_of(&alone(article), index, &carriers, options)?[0].1),
    });
    Ok(Chosen {
        found: found.collect::<Result<_>>()?,
        index: Arc::clone(index),
        articles,
        kept_for: (0..index.len() as u32).collect(),
        n_stories: (clusters.len() + n_alone) as u64,
        n_undated: 0,
    })
}

fn found_of(
    cluster: &Cluster,
    index: &Index,
    carriers: &HashSet<ArticleId>,
    options: &Options,
) -> Result<Vec<(ArticleId, Found)>> {
    let story = StoryId::of(cluster.members.iter().map(|member| index.id(*member)));
    let related = relate(cluster, index, &options.run.params)?;
    let articles: Vec<ArticleId> = related.copies.iter().map(|copy| copy.article).collect();
    let found = related.copies.iter().zip(nearness(&articles, index, options)?).map(|(copy, nearness)| {
        let (version, relation) = (copy.version as u32, copy.relation);
        let carries = carriers.contains(&copy.article);
        (copy.article, Found { story, version, relation, nearness, carries })
    });
    Ok(found.collect())
}

/// How near each article of a story is to the story's agency, where that is asked for.
fn nearness(articles: &[ArticleId], index: &Index, options: &Options) -> Result<Vec<Nearness>> {
    if options.keep != Keep::Agency {
        return Ok(vec![Nearness::Other; articles.len()]);
    }
    let entries: Vec<Entry> = articles.iter().map(|article| index.entry(*article)).collect::<Result<_>>()?;
    let agency = attribute(entries.iter().map(claim)).map(|attribution| attribution.agency);
    let of_entry = |entry: &Entry| match agency {
        Some(_) if agency::by_outlet(&entry.outlet) == agency => Nearness::OwnSite,
        Some(_) if credited(&entry.credits, agency) == agency => Nearness::Credits,
        _ => Nearness::Other,
    };
    Ok(entries.iter().map(of_entry).collect())
}
