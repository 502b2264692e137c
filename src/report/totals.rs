//! What the stories of a report come to together, for the lines that say so.

use std::collections::HashSet;

use crate::story::Story;

/// Figures of some stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Totals {
    /// How many they are.
    pub(super) stories: usize,
    /// Those of them that have an agency.
    pub(super) of_agency: usize,
    /// Their copies.
    pub(super) copies: usize,
    /// Those of them that do not say whose text they carry.
    pub(super) uncredited: usize,
    /// Different outlets that have one, those that are not known left out.
    pub(super) outlets: usize,
    /// Different agencies that wrote one.
    pub(super) agencies: usize,
}

impl Totals {
    /// O(copies).
    pub(super) fn of<'a>(stories: impl Iterator<Item = &'a Story> + Clone) -> Self {
        let copies = || stories.clone().flat_map(|story| &story.copies);
        let outlets: HashSet<&str> =
            copies().map(|copy| copy.outlet.as_str()).filter(|outlet| !outlet.is_empty()).collect();
        let agencies = || stories.clone().filter_map(|story| story.agency.as_ref()).map(|a| a.agency);
        Totals {
            stories: stories.clone().count(),
            of_agency: agencies().count(),
            copies: copies().count(),
            uncredited: stories.clone().map(Story::n_uncredited).sum(),
            outlets: outlets.len(),
            agencies: agencies().collect::<HashSet<_>>().len(),
        }
    }
}
