//! The figures of each outlet by itself, and of each agency.

use std::collections::{BTreeMap, HashSet};

use super::visits::Visits;
use super::{AgencyUse, Credits, Names, OfAgency, Outlet, median};
use crate::agency::AgencyId;
use crate::article::ArticleId;
use crate::story::{Copy, Relation, Stories, Story};

/// Sums over the stories of a run.
pub(super) struct Tallies {
    /// By the outlet's number.
    outlets: Vec<Tally>,
    agencies: BTreeMap<AgencyId, Written>,
    pub(super) without_outlet: u64,
    pub(super) shared_stories: u64,
}

/// What an agency wrote.
#[derive(Default)]
struct Written {
    stories: u64,
    own_dispatches: u64,
}

/// Sums over the articles of an outlet.
#[derive(Default)]
struct Tally {
    articles: u64,
    stories: u64,
    shared_stories: u64,
    shared_articles: u64,
    roundups: u64,
    own_dispatches: u64,
    agencies: BTreeMap<AgencyId, Credits>,
    first: u64,
    lags: Vec<i64>,
    kept: Mean,
    added: Mean,
    own: Mean,
}

#[derive(Default)]
struct Mean {
    sum: f64,
    n: u64,
}

impl Mean {
    fn add(&mut self, value: f64) {
        self.sum += value;
        self.n += 1;
    }

    fn value(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / self.n as f64)
    }
}

impl Tallies {
    pub(super) fn of(stories: &Stories, names: &Names<'_>) -> Self {
        let roundups: HashSet<&str> =
            stories.stories.iter().flat_map(|story| &story.carried_by).map(|carrier| carrier.id.as_str()).collect();
        let mut tallies = Tallies {
            outlets: names.names.iter().map(|_| Tally::default()).collect(),
            agencies: BTreeMap::new(),
            without_outlet: 0,
            shared_stories: 0,
        };
        for story in &stories.stories {
            tallies.add(story, names, &roundups);
        }
        tallies
    }

    fn add(&mut self, story: &Story, names: &Names<'_>, roundups: &HashSet<&str>) {
        let visits = Visits::of(story, names);
        let agency = story.agency.as_ref().map(|attribution| attribution.agency);
        self.shared_stories += u64::from(visits.is_shared());
        if let Some(agency) = agency {
            self.agencies.entry(agency).or_default().stories += 1;
        }
        self.add_visits(&visits);
        let whose = Whose::of(story, agency, &visits, names);
        for copy in &story.copies {
            let Some(outlet) = names.number(&copy.outlet) else {
                self.without_outlet += 1;
                continue;
            };
            let is_source = agency.is_some() && names.agencies[outlet as usize] == agency;
            if let Some(agency) = agency.filter(|_| is_source) {
                self.agencies.entry(agency).or_default().own_dispatches += 1;
            }
            let tally = &mut self.outlets[outlet as usize];
            tally.articles += 1;
            tally.shared_articles += u64::from(visits.is_shared());
            tally.own_dispatches += u64::from(is_source);
            if let Some(agency) = agency.filter(|_| !is_source) {
                tally.agencies.entry(agency).or_default().note(agency, copy);
            }
            if copy.relation != Relation::Origin {
                tally.kept.add(copy.kept);
                tally.added.add(copy.added);
            }
            if roundups.contains(copy.id.as_str()) {
                tally.roundups += 1;
            } else {
                tally.own.add(if is_source { 1.0 } else { whose.own_share(copy, outlet) });
            }
        }
    }

    fn add_visits(&mut self, visits: &Visits) {
        for visit in &visits.visits {
            let tally = &mut self.outlets[visit.outlet as usize];
            tally.stories += 1;
            tally.shared_stories += u64::from(visits.is_shared());
            if visits.first == Some(visit.outlet) {
                tally.first += 1;
            } else if visits.is_shared() {
                tally.lags.extend(visit.lag);
            }
        }
    }

    /// The outlets in order, and for each number its place among them.
    pub(super) fn outlets(&self, names: &Names<'_>) -> (Vec<Outlet>, Vec<u32>) {
        let mut outlets: Vec<(u32, Outlet)> = (0..)
            .zip(&self.outlets)
            .map(|(number, tally)| {
                (number, tally.outlet(names.names[number as usize], names.agencies[number as usize]))
            })
            .collect();
        outlets.sort_unstable_by(|(_, x), (_, y)| {
            let key = |outlet: &Outlet| (outlet.copies.copies, outlet.shared_articles, outlet.articles);
            key(y).cmp(&key(x)).then_with(|| x.name.cmp(&y.name))
        });
        let mut place = vec![0; outlets.len()];
        for ((number, _), at) in outlets.iter().zip(0..) {
            place[*number as usize] = at;
        }
        (outlets.into_iter().map(|(_, outlet)| outlet).collect(), place)
    }

    /// The agencies in order, with what the outlets have of them.
    pub(super) fn agencies(&self, outlets: &[Outlet]) -> Vec<AgencyUse> {
        let mut used: BTreeMap<AgencyId, AgencyUse> = self
            .agencies
            .iter()
            .map(|(&agency, written)| {
                let Written { stories, own_dispatches } = *written;
                (agency, AgencyUse { agency, stories, outlets: 0, copies: Credits::default(), own_dispatches })
            })
            .collect();
        for of_agency in outlets.iter().flat_map(|outlet| &outlet.agencies) {
            if let Some(used) = used.get_mut(&of_agency.agency) {
                used.outlets += 1;
                used.copies.add(of_agency.copies);
            }
        }
        let mut agencies: Vec<AgencyUse> = used.into_values().collect();
        agencies.sort_by_key(|used| std::cmp::Reverse(used.copies.copies));
        agencies
    }
}

impl Tally {
    fn outlet(&self, name: &str, agency: Option<AgencyId>) -> Outlet {
        let mut agencies: Vec<OfAgency> =
            self.agencies.iter().map(|(&agency, &copies)| OfAgency { agency, copies }).collect();
        agencies.sort_by_key(|of_agency| std::cmp::Reverse(of_agency.copies.copies));
        let mut copies = Credits::default();
        agencies.iter().for_each(|of_agency| copies.add(of_agency.copies));
        Outlet {
            name: name.to_owned(),
            agency,
            articles: self.articles,
            stories: self.stories,
            shared_stories: self.shared_stories,
            shared_articles: self.shared_articles,
            roundups: self.roundups,
            own_dispatches: self.own_dispatches,
            copies,
            agencies,
            first: self.first,
            median_lag_seconds: median(&mut self.lags.clone()),
            mean_kept: self.kept.value(),
            mean_added: self.added.value(),
            originality: self.own.value(),
            unpaired: 0,
        }
    }
}

/// Whose words the copies of a story are.
enum Whose {
    /// An agency's. The articles with the fullest texts of the versions, ascending: what they have more than the version
    /// before is the agency's too.
    Agency(Vec<ArticleId>),
    /// An outlet's; what others have more is theirs.
    Outlet(u32),
    /// Of everybody who has it: one outlet at most.
    Own,
    /// Of somebody whose outlet is not known.
    Nobody,
}

impl Whose {
    fn of(story: &Story, agency: Option<AgencyId>, visits: &Visits, names: &Names<'_>) -> Self {
        if agency.is_some() {
            let mut fullest: Vec<_> = story.versions.iter().map(|version| version.fullest).collect();
            fullest.sort_unstable();
            return Whose::Agency(fullest);
        }
        if !visits.is_shared() {
            return Whose::Own;
        }
        let origin = || story.copies.first().and_then(|copy| names.number(&copy.outlet));
        visits.first.or_else(origin).map_or(Whose::Nobody, Whose::Outlet)
    }

    /// Share of a copy that is the words of the outlet that has it.
    fn own_share(&self, copy: &Copy, outlet: u32) -> f64 {
        match self {
            Whose::Own => 1.0,
            Whose::Outlet(author) if *author == outlet => 1.0,
            Whose::Agency(fullest) if fullest.binary_search(&copy.article).is_ok() => 0.0,
            Whose::Outlet(_) | Whose::Agency(_) | Whose::Nobody => copy.added,
        }
    }
}
