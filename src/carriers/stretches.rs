//! The neighbors of a page, grouped by the stretch of it that they share.
//!
//! Roundups of one day hold the same stories: each joins them for the others, and no single page is where their graph
//! would fall apart. Its own text still gives a page away: this stretch of it is one dispatch from its beginning, that
//! stretch another, and only pages that hold both say otherwise.

use std::collections::HashMap;

use super::{Neighbor, are_separate, articles, is_linked};
use crate::article::ArticleId;
use crate::forest::Forest;
use crate::verify::Span;

/// Groups of neighbors that share separate stretches of a page and no words with each other; fewer than two for an ordinary
/// article. Neighbors that share the first stretch and the last are in none. O(n log n), and the links of the neighbors.
pub(super) fn stretches(own: &[Neighbor], neighbors: &[Vec<Neighbor>]) -> Vec<Vec<Neighbor>> {
    let own: Vec<Neighbor> = own.iter().filter(|n| !n.only_as_update).copied().collect();
    let first = own.iter().min_by(|x, y| x.span.end.total_cmp(&y.span.end).then(x.article.cmp(&y.article)));
    let last = own.iter().max_by(|x, y| x.span.start.total_cmp(&y.span.start).then(y.article.cmp(&x.article)));
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    if !are_separate(first.span, last.span) {
        return Vec::new();
    }
    let is_local = |n: &&Neighbor| are_separate(n.span, first.span) || are_separate(n.span, last.span);
    let mut local: Vec<Neighbor> = own.iter().filter(is_local).copied().collect();
    // An ordinary article has more neighbors that are whole copies of it than such that are parts.
    if 2 * local.len() <= own.len() {
        return Vec::new();
    }
    local.sort_by(|x, y| x.span.start.total_cmp(&y.span.start).then(x.article.cmp(&y.article)));
    let mut forest = Forest::new(local.len());
    join_overlapping(&local, &mut forest);
    join_linked(&local, neighbors, &mut forest);
    let mut groups: HashMap<u32, Vec<Neighbor>> = HashMap::new();
    for (neighbor, number) in local.iter().zip(0..) {
        groups.entry(forest.root(number)).or_default().push(*neighbor);
    }
    let mut groups: Vec<Vec<Neighbor>> = groups.into_values().collect();
    groups.sort_by_key(|group| group[0].article);
    groups
}

/// Joins neighbors whose stretches overlap; they come in the order of their starts.
fn join_overlapping(local: &[Neighbor], forest: &mut Forest) {
    let mut spans = local.iter().map(|n| n.span).zip(0..);
    let Some((mut hull, _)) = spans.next() else { return };
    for (span, at) in spans {
        if are_separate(hull, span) {
            hull = span;
        } else {
            forest.join(at - 1, at);
            hull = Span { start: hull.start, end: hull.end.max(span.end) };
        }
    }
}

/// Joins neighbors that are linked with each other.
fn join_linked(local: &[Neighbor], neighbors: &[Vec<Neighbor>], forest: &mut Forest) {
    let places: HashMap<ArticleId, u32> = local.iter().map(|n| n.article).zip(0..).collect();
    for (neighbor, at) in local.iter().zip(0..) {
        for other in &neighbors[neighbor.article.index()] {
            if let Some(&place) = places.get(&other.article) {
                forest.join(at, place);
            }
        }
    }
}

/// Neighbors of a page that are copies of what it carries, although the stretch that they share with it reaches into the
/// rest: they are linked with what is carried there, and with nothing that lies apart from it.
pub(super) fn followers(own: &[Neighbor], carried: &[Neighbor], neighbors: &[Vec<Neighbor>]) -> Vec<Neighbor> {
    let carried_articles = articles(carried);
    let others = own.iter().filter(|n| !carried_articles.contains(&n.article));
    let lies_apart = |n: &Neighbor| carried.iter().all(|c| are_separate(n.span, c.span));
    let (apart, near): (Vec<Neighbor>, Vec<Neighbor>) = others.partition(|n| lies_apart(n));
    let apart = articles(&apart);
    let follows = |n: &Neighbor| is_linked(n, &carried_articles, neighbors) && !is_linked(n, &apart, neighbors);
    near.into_iter().filter(follows).collect()
}
