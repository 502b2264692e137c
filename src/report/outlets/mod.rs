//! What [`crate::outlets`] found, for people, spreadsheets, programs, and programs that draw graphs.

pub mod csv;
pub mod graph;
pub mod json;
pub mod text;

use crate::outlets::{AgencyUse, Outlet, Outlets, Pair};

/// Which of it is reported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Select {
    /// Outlets, agencies and pairs at most, each; `None` for all.
    pub top: Option<usize>,
    /// Articles that an outlet must have to be reported, by itself or in a pair.
    pub min_articles: u64,
}

impl Select {
    /// The outlets, with their places in [`Outlets::outlets`].
    pub fn outlets(self, found: &Outlets) -> impl Iterator<Item = (usize, &Outlet)> {
        let enough = found.outlets.iter().enumerate().filter(move |(_, outlet)| outlet.articles >= self.min_articles);
        enough.take(self.at_most())
    }

    /// The agencies.
    pub fn agencies(self, found: &Outlets) -> impl Iterator<Item = &AgencyUse> {
        found.agencies.iter().take(self.at_most())
    }

    /// The pairs.
    pub fn pairs(self, found: &Outlets) -> impl Iterator<Item = &Pair> {
        found.pairs.iter().filter(move |pair| self.has(pair, found)).take(self.at_most())
    }

    /// The pairs that share stories which no agency wrote.
    pub fn pairs_outside_agencies(self, found: &Outlets) -> impl Iterator<Item = &Pair> {
        found.pairs_outside_agencies().into_iter().filter(move |pair| self.has(pair, found)).take(self.at_most())
    }

    fn has(self, pair: &Pair, found: &Outlets) -> bool {
        pair.outlets.iter().all(|&at| found.outlets[at].articles >= self.min_articles)
    }

    fn at_most(self) -> usize {
        self.top.unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests;
