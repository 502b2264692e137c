//! Who reprints whom: what the stories of a run say of each outlet, of each agency, and of pairs of outlets.
//!
//! An outlet *has* a story where one of its articles is a copy of it; several copies at one outlet are one visit, dated by
//! the earliest. A story is *shared* where two outlets or more have it. Articles without an outlet are counted, and are
//! in no other figure, but that nobody was first where one of them was.
//!
//! An *agency copy* is an article of a story that an agency wrote, at an outlet that is not that agency's own site. An
//! agency's site is the source of its own dispatches: they are no copies, and it makes no pair by them. What it relays of
//! other agencies counts as at any outlet.
//!
//! # Originality
//!
//! The mean, over an outlet's articles, of the share of each that is the outlet's own:
//!
//! - 1 for an article of a story that nobody else has and no agency wrote, and for an agency's dispatch on its own site;
//! - of an agency copy its [`added`](crate::story::Copy::added), and 0 where the copy is its version's fullest text: what
//!   that has more than the version before is the agency's update;
//! - of a story that several outlets have and no agency wrote: 1 at the outlet that had it first (where nobody is known to
//!   have had it alone first: at the outlet of the [origin](crate::story::Relation::Origin)), and elsewhere what the copy
//!   added.
//!
//! Roundups are left out: they are made of others' stories, and how much of them is own words was not measured.
//!
//! # Cost
//!
//! O(articles · log articles) time and O(articles) memory, pairs included: see [`PAIRED_OUTLETS`] and [`MAX_PAIRS`].

mod pairs;
mod tally;
mod visits;

use std::collections::HashMap;

use crate::agency::{self, AgencyId};
use crate::params::Params;
use crate::story::{Copy, Counts, Stories};
use tally::Tallies;

/// What a run's stories say of outlets, agencies and pairs. [`outlets`] makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlets {
    /// The parameters that the stories were found with.
    pub params: Params,
    /// What the run read and compared.
    pub counts: Counts,
    /// Every outlet: most agency copies first, then most articles of shared stories, then most articles, then by name.
    pub outlets: Vec<Outlet>,
    /// Every agency that wrote a story: most copies first, then in the order of the table of agencies.
    pub agencies: Vec<AgencyUse>,
    /// Pairs of outlets with a story in common: those with most stories first, then with most of them outside the agencies,
    /// then in the order of the outlets. The [`MAX_PAIRS`] with most stories, and as many with most outside the agencies.
    pub pairs: Vec<Pair>,
    /// Pairs with a story in common, those that are not in [`Outlets::pairs`] too.
    pub n_pairs: u64,
    /// Articles without an outlet.
    pub without_outlet: u64,
    /// Shared stories.
    pub shared_stories: u64,
    /// Stories with more than [`PAIRED_OUTLETS`] outlets, not all of which were paired: see [`Outlet::unpaired`].
    pub capped_stories: u64,
}

/// Outlets of one story that are paired with each other at most.
///
/// A dispatch that 10,000 outlets have would make 50 million pairs, and say of none of them that the two have more to do
/// with each other than with the rest. Of such a story the outlets with the most stories of the whole corpus are paired,
/// always the same ones: so figures of pairs of large outlets, which head every list, stay exact, and [`Outlet::unpaired`]
/// bounds what those of the others lack. 64 outlets are 2,016 pairs, 32 an article, of 20 bytes each.
pub const PAIRED_OUTLETS: usize = 64;

/// Pairs that a result holds at most, of either kind: a graph with more edges opens nowhere.
pub const MAX_PAIRS: usize = 50_000;

impl Outlets {
    /// The pairs that share stories which no agency wrote, those with most of these first, then as in
    /// [`Outlets::pairs`]. Of two such outlets one copies the other, or both a third. O(pairs · log pairs).
    pub fn pairs_outside_agencies(&self) -> Vec<&Pair> {
        let mut pairs: Vec<&Pair> = self.pairs.iter().filter(|pair| pair.of_others.stories > 0).collect();
        pairs.sort_by_key(|pair| std::cmp::Reverse(pair.of_others.stories));
        pairs
    }
}

/// One outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlet {
    /// The outlet, as the articles have it.
    pub name: String,
    /// The agency whose own site it is.
    pub agency: Option<AgencyId>,
    /// Its articles.
    pub articles: u64,
    /// Different stories among them.
    pub stories: u64,
    /// Those of them that another outlet has too.
    pub shared_stories: u64,
    /// Its articles of shared stories.
    pub shared_articles: u64,
    /// Its articles that carry several stories; they are copies of none.
    pub roundups: u64,
    /// On an agency's own site: articles of stories that it wrote.
    pub own_dispatches: u64,
    /// Its agency copies.
    pub copies: Credits,
    /// The same for each agency, most copies first, then in the order of the table of agencies.
    pub agencies: Vec<OfAgency>,
    /// Shared stories that it had before anybody else. Nobody has a story first where two have it at the same second, or
    /// where it has less than two dates.
    pub first: u64,
    /// Seconds behind the first, at the median of its dated shared stories but for those that it had first itself.
    pub median_lag_seconds: Option<i64>,
    /// Mean of what its copies kept of their dispatches, 0 to 1; origins and articles that are alone have no part in it.
    pub mean_kept: Option<f64>,
    /// Mean of the share of its copies that is not the dispatch, 0 to 1, of the same articles.
    pub mean_added: Option<f64>,
    /// Share of its articles that is its own, 0 to 1: see [the module](self). `None` where all are roundups.
    pub originality: Option<f64>,
    /// Shared stories in which it was not paired, as the story has more than [`PAIRED_OUTLETS`] larger outlets. Two
    /// outlets have at most so many more stories in common than their [`Pair`] says as both of theirs are together.
    pub unpaired: u64,
}

impl Outlet {
    /// Agency copies over articles, 0 to 1.
    pub fn share_agency(&self) -> f64 {
        self.copies.copies as f64 / self.articles.max(1) as f64
    }
}

/// Copies of agencies' stories, and what their pages say of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Credits {
    /// The copies.
    pub copies: u64,
    /// Those that credit the agency that wrote the story.
    pub credited: u64,
    /// Those that name only another agency, which passed the story on.
    pub credited_other: u64,
}

impl Credits {
    /// Those that name neither: see [`Copy::uncredited`].
    pub fn uncredited(self) -> u64 {
        self.copies - self.credited - self.credited_other
    }

    /// Share of the copies that credit the agency that wrote the story, 0 to 1; `None` without copies.
    pub fn share_credited(self) -> Option<f64> {
        (self.copies > 0).then(|| self.credited as f64 / self.copies as f64)
    }

    fn note(&mut self, agency: AgencyId, copy: &Copy) {
        self.copies += 1;
        if !copy.uncredited {
            let names_writer = copy.credit == Some(agency);
            self.credited += u64::from(names_writer);
            self.credited_other += u64::from(!names_writer);
        }
    }

    fn add(&mut self, other: Credits) {
        self.copies += other.copies;
        self.credited += other.credited;
        self.credited_other += other.credited_other;
    }
}

/// What one outlet has of one agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfAgency {
    /// The agency.
    pub agency: AgencyId,
    /// The outlet's copies of its stories.
    pub copies: Credits,
}

/// One agency, and what the outlets have of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgencyUse {
    /// The agency.
    pub agency: AgencyId,
    /// Stories that it wrote.
    pub stories: u64,
    /// Outlets with copies of them.
    pub outlets: u64,
    /// Copies of them; those of articles without an outlet are left out.
    pub copies: Credits,
    /// Articles of them on its own sites.
    pub own_dispatches: u64,
}

/// Two outlets, and the stories that both have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Their places in [`Outlets::outlets`], ascending.
    pub outlets: [usize; 2],
    /// Stories of agencies that both have: both are customers, which says little of one and the other.
    pub of_agencies: Shared,
    /// Other stories that both have: one copies the other, or both a third.
    pub of_others: Shared,
    /// Stories that both have over stories that either has, 0 to 1 (Jaccard).
    pub jaccard: f64,
}

impl Pair {
    /// Stories that both have.
    pub fn stories(&self) -> u64 {
        self.of_agencies.stories + self.of_others.stories
    }
}

/// Stories that two outlets share, and which of the two had them first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shared {
    /// The stories.
    pub stories: u64,
    /// Those that the one had before the other, for both. What is missing to [`Shared::stories`] is undated, or dated to
    /// the same second.
    pub ahead: [Ahead; 2],
}

/// Stories that one outlet had before another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ahead {
    /// The stories.
    pub stories: u64,
    /// Seconds until the other had them too, at the median.
    pub median_lag_seconds: Option<i64>,
}

/// Works out who reprints whom. Neither the order of the input nor the number of threads has changed the stories, and
/// neither changes this.
pub fn outlets(stories: &Stories) -> Outlets {
    let names = Names::of(stories);
    let tallies = Tallies::of(stories, &names);
    let (outlets, place) = tallies.outlets(&names);
    let paired = pairs::pairs(stories, &names, outlets, &place);
    Outlets {
        params: stories.params.clone(),
        counts: stories.counts,
        agencies: tallies.agencies(&paired.outlets),
        outlets: paired.outlets,
        pairs: paired.pairs,
        n_pairs: paired.n_pairs,
        without_outlet: tallies.without_outlet,
        shared_stories: tallies.shared_stories,
        capped_stories: paired.capped_stories,
    }
}

/// Every outlet of a run, by a number.
struct Names<'a> {
    numbers: HashMap<&'a str, u32>,
    names: Vec<&'a str>,
    /// The agency whose own site each is.
    agencies: Vec<Option<AgencyId>>,
}

impl<'a> Names<'a> {
    fn of(stories: &'a Stories) -> Self {
        let mut names = Names { numbers: HashMap::new(), names: Vec::new(), agencies: Vec::new() };
        for copy in stories.stories.iter().flat_map(|story| &story.copies) {
            let outlet = copy.outlet.as_str();
            if !outlet.is_empty() && !names.numbers.contains_key(outlet) {
                names.numbers.insert(outlet, names.names.len() as u32);
                names.names.push(outlet);
                names.agencies.push(agency::by_outlet(outlet));
            }
        }
        names
    }

    /// The number of an outlet; `None` of an article without one.
    fn number(&self, outlet: &str) -> Option<u32> {
        self.numbers.get(outlet).copied()
    }
}

/// The value in the middle; between the two that are, rounded down, of an even number.
fn median(values: &mut [i64]) -> Option<i64> {
    let (lower, upper) = (values.len().checked_sub(1)? / 2, values.len() / 2);
    values.sort_unstable();
    Some((i128::from(values[lower]) + i128::from(values[upper])).div_euclid(2) as i64)
}

#[cfg(test)]
mod tests;
