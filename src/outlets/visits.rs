//! Which outlets have a story, and since when.

use super::Names;
use crate::story::Story;

/// The outlets of a story.
pub(super) struct Visits {
    /// One for each outlet, by its number, ascending.
    pub(super) visits: Vec<Visit>,
    /// The outlet that had it before anybody else.
    pub(super) first: Option<u32>,
}

/// An outlet that has the story.
#[derive(Clone, Copy)]
pub(super) struct Visit {
    pub(super) outlet: u32,
    /// Seconds after the story was first seen, of its earliest dated copy.
    pub(super) lag: Option<i64>,
}

impl Visits {
    /// O(copies · log copies).
    pub(super) fn of(story: &Story, names: &Names<'_>) -> Self {
        // None comes before any outlet, and after any lag.
        let mut copies: Vec<(Option<u32>, Option<i64>)> =
            story.copies.iter().map(|copy| (names.number(&copy.outlet), copy.lag_seconds)).collect();
        copies.sort_unstable_by_key(|&(outlet, lag)| (outlet, lag.is_none(), lag));
        let anonymous = copies.iter().take_while(|(outlet, _)| outlet.is_none()).filter_map(|(_, lag)| *lag).min();
        copies.dedup_by_key(|(outlet, _)| *outlet);
        let visits: Vec<Visit> =
            copies.into_iter().filter_map(|(outlet, lag)| Some(Visit { outlet: outlet?, lag })).collect();
        let first = first(&visits, anonymous);
        Visits { visits, first }
    }

    /// Whether two outlets or more have it.
    pub(super) fn is_shared(&self) -> bool {
        self.visits.len() > 1
    }
}

/// The outlet with the smallest lag, where there is another one, and all others are larger.
fn first(visits: &[Visit], anonymous: Option<i64>) -> Option<u32> {
    let mut dated: Vec<(i64, Option<u32>)> = visits.iter().filter_map(|v| Some((v.lag?, Some(v.outlet)))).collect();
    dated.extend(anonymous.map(|lag| (lag, None)));
    let (lag, earliest) = *dated.iter().min()?;
    let n_later = dated.iter().filter(|(other, _)| *other > lag).count();
    (n_later > 0 && n_later + 1 == dated.len()).then_some(earliest).flatten()
}
