//! Which words are shown as the same: those that were aligned, less those that would puzzle a reader.

use super::body::Body;

/// Share of a paragraph's words below which those that it has in common with the other text are passed over, unless there
/// is a long run among them: words such as "he told reporters on Friday" are in any two paragraphs of one story.
const MIN_MATCHED: f64 = 0.3;

/// The words of two texts that are shown as the same.
pub(super) struct Matching {
    /// For each word of the later text its place in the earlier.
    pub(super) origins: Vec<Option<usize>>,
    /// For each word of the earlier text its place in the later.
    pub(super) places: Vec<Option<usize>>,
    /// For each paragraph of the later text whether it stood elsewhere.
    pub(super) moved: Vec<bool>,
}

impl Matching {
    /// `long_run` is the number of words in a row that are no accident.
    pub(super) fn new(before: &Body<'_>, after: &Body<'_>, origins: Vec<Option<u32>>, long_run: usize) -> Self {
        let mut origins: Vec<Option<usize>> = origins.into_iter().map(|at| at.map(|at| at as usize)).collect();
        let moved = set_in_order(&mut origins, after);
        drop_strangers(&mut origins, after, long_run);
        let mut places = inverse(&origins, before.n_words());
        drop_strangers(&mut places, before, long_run);
        Matching { origins: inverse(&places, after.n_words()), places, moved }
    }
}

fn inverse(places: &[Option<usize>], n: usize) -> Vec<Option<usize>> {
    let mut inverse = vec![None; n];
    for (at, place) in places.iter().enumerate() {
        if let Some(place) = *place {
            inverse[place] = Some(at);
        }
    }
    inverse
}

/// Keeps of the words of each paragraph those in the order of the earlier text. A paragraph most of whose words are out of
/// that order was moved, and keeps the words in an order of its own. For each paragraph whether it was.
fn set_in_order(origins: &mut [Option<usize>], after: &Body<'_>) -> Vec<bool> {
    let in_order = rising(origins);
    let mut moved = Vec::with_capacity(after.n_paragraphs());
    for words in after.paragraphs() {
        let own = &mut origins[words.clone()];
        let n_matched = own.iter().flatten().count();
        let n_in_order = in_order[words.clone()].iter().filter(|in_order| **in_order).count();
        let is_moved = 2 * n_in_order < n_matched;
        let kept = if is_moved { rising(own) } else { in_order[words].to_vec() };
        own.iter_mut().zip(kept).filter(|(_, kept)| !kept).for_each(|(origin, _)| *origin = None);
        moved.push(is_moved);
    }
    moved
}

/// For each place whether it is of the longest sequence of places that rises. O(n log n).
fn rising(places: &[Option<usize>]) -> Vec<bool> {
    let place = |at: usize| places[at].unwrap_or_default();
    // By length, the sequence of that length that ends lowest: where it ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous = vec![None; places.len()];
    for at in (0..places.len()).filter(|&at| places[at].is_some()) {
        let len = ends.partition_point(|&end| place(end) < place(at));
        previous[at] = len.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(len) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut is_of_it = vec![false; places.len()];
    let mut at = ends.last().copied();
    while let Some(of_it) = at {
        is_of_it[of_it] = true;
        at = previous[of_it];
    }
    is_of_it
}

/// Takes from each paragraph that has little of the other text what it has.
fn drop_strangers(places: &mut [Option<usize>], body: &Body<'_>, long_run: usize) {
    for words in body.paragraphs() {
        let own = &mut places[words];
        let n_matched = own.iter().flatten().count();
        if (n_matched as f64) < MIN_MATCHED * own.len() as f64 && longest_run(own) < long_run {
            own.fill(None);
        }
    }
}

/// Words in a row in both texts.
fn longest_run(places: &[Option<usize>]) -> usize {
    let follows = |x: &Option<usize>, y: &Option<usize>| x.is_some() && x.map(|x| x + 1) == *y;
    let runs = places.chunk_by(follows).filter(|run| run[0].is_some());
    runs.map(<[_]>::len).max().unwrap_or(0)
}
