//! Which stories a report is about.

use crate::story::{Stories, Story};

/// The stories with at least so many copies, in the order of the run. A page that carries a story among others is no
/// copy of it.
pub fn with_copies(stories: &Stories, min_copies: usize) -> impl Iterator<Item = &Story> + Clone {
    stories.stories.iter().filter(move |story| story.copies.len() >= min_copies)
}

/// Why no single story is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFound {
    /// No story and no article has this id, and no story's id starts with it.
    Nowhere,
    /// Several stories' ids start with it: the first few of them, and how many there are.
    Several {
        /// The first few ids, ascending.
        first: Vec<String>,
        /// How many there are.
        n: usize,
    },
}

/// Ids that [`NotFound::Several`] names.
const MAX_NAMED: usize = 5;

/// The story that is meant by a story's id, an article's id, or the start of a story's id, tried in this order.
///
/// # Errors
/// [`NotFound`]. O(articles).
pub fn find<'a>(stories: &'a Stories, wanted: &str) -> Result<&'a Story, NotFound> {
    let all = &stories.stories;
    let exact = all.iter().find(|story| story.id == wanted);
    let article = || all.iter().find(|story| story.copies.iter().any(|copy| copy.id == wanted));
    if let Some(story) = exact.or_else(article) {
        return Ok(story);
    }
    let starting: Vec<&Story> = all.iter().filter(|story| !wanted.is_empty() && story.id.starts_with(wanted)).collect();
    match starting[..] {
        [] => Err(NotFound::Nowhere),
        [story] => Ok(story),
        _ => {
            let mut first: Vec<String> = starting.iter().map(|story| story.id.clone()).collect();
            first.sort_unstable();
            first.truncate(MAX_NAMED);
            Err(NotFound::Several { first, n: starting.len() })
        }
    }
}
