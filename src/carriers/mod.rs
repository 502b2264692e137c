//! Carriers: pages that hold several stories (roundups, news briefs, an article with yesterday's report below it), and
//! would chain them into one.
//!
//! Every link of such a page is true; only together do they give it away. It shares separate stretches of its text with
//! groups of articles that nothing but the page itself joins: it is where their graph would fall apart. Where one group
//! has most of the page, the page is of that story, and carries the others; otherwise it is of none and carries them all.
//!
//! Roundups of one day hold the same stories, and then no single one is all that joins them: there the stretches decide
//! (`stretches`), if each holds a dispatch from its beginning.
//!
//! Versions of one story also share less the further they are apart, and one page may be all that joins the first to the
//! last. But what an update shares with the one before and the one after lies mixed through its text, and what it shares
//! below a new lead is not the beginning of anything.

mod blocks;
mod stretches;

use std::collections::HashSet;

use crate::article::ArticleId;
use crate::params::Params;
use crate::verify::pairs::Edge;
use crate::verify::{OPENING, Parts, Span};
use blocks::blocks;
use stretches::{followers, stretches};

/// Share of a page's words from which it consists of one text: less is a part of it.
const MOST: f64 = 0.5;
/// Share of the shorter of two stretches that may lie in the other, if they are separate: background that both dispatches have.
const MAX_OVERLAP: f64 = 0.3;

/// Share of an article within which it begins: a rewritten lead is longer.
const BEGINNING: f64 = 0.05;
/// Share of an article that a page has to hold to hold all of it.
const WHOLE: f64 = 0.8;

/// Edges, sorted by what they say.
#[derive(Debug, Default)]
pub struct Sorted {
    /// Edges between copies, in the order given.
    pub joining: Vec<Edge>,
    /// Edges between a page and what it carries.
    pub carrying: Vec<Carrying>,
}

/// A page holds an article of a story that it does not belong to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Carrying {
    /// The page.
    pub page: ArticleId,
    /// What it holds.
    pub carried: ArticleId,
    /// Share of the carried article's words that it holds.
    pub kept: f64,
}

/// An edge seen from one of its ends.
#[derive(Clone, Copy)]
struct Neighbor {
    edge: u32,
    article: ArticleId,
    /// Share of this end's words that the edge covers.
    covered: f64,
    /// Where in this end's text they lie.
    span: Span,
    /// Which parts of it they make up.
    parts: Parts,
    /// Whether they are so few that only an update shares them, which is no stretch.
    only_as_update: bool,
    /// Share of the neighbor's words, and where in its text they lie.
    neighbor_covered: f64,
    neighbor_span: Span,
}

/// Tells edges that join copies from edges to what a page merely carries. O(articles + edges).
pub fn sort_edges(n_articles: usize, edges: Vec<Edge>, params: &Params) -> Sorted {
    let neighbors = neighbors(n_articles, &edges, params);
    let blocks = blocks(&neighbors, edges.len());
    let mut joins = vec![true; edges.len()];
    let mut sorted = Sorted::default();
    for (own, page) in neighbors.iter().zip((0..).map(ArticleId)) {
        let role = role(own, &blocks, &neighbors);
        if role.is_of_none {
            own.iter().for_each(|neighbor| joins[neighbor.edge as usize] = false);
        }
        for neighbor in role.carried {
            joins[neighbor.edge as usize] = false;
            sorted.carrying.push(Carrying { page, carried: neighbor.article, kept: neighbor.neighbor_covered });
        }
    }
    sorted.joining = edges.into_iter().zip(joins).filter(|(_, joins)| *joins).map(|(edge, _)| edge).collect();
    sorted
}

fn neighbors(n_articles: usize, edges: &[Edge], params: &Params) -> Vec<Vec<Neighbor>> {
    let mut neighbors: Vec<Vec<Neighbor>> = vec![Vec::new(); n_articles];
    for (edge, number) in edges.iter().zip(0..) {
        let (a, b) = (edge.pair.a, edge.pair.b);
        let (of_a, of_b) = (edge.link.covered_a, edge.link.covered_b);
        let (span_a, span_b) = (edge.link.span_a, edge.link.span_b);
        let only_as_update = edge.link.containment < params.min_containment;
        let from_a = Neighbor {
            edge: number,
            article: b,
            covered: of_a,
            span: span_a,
            parts: edge.link.parts_a,
            only_as_update,
            neighbor_covered: of_b,
            neighbor_span: span_b,
        };
        neighbors[a.index()].push(from_a);
        let from_b = Neighbor {
            edge: number,
            article: a,
            covered: of_b,
            span: span_b,
            parts: edge.link.parts_b,
            only_as_update,
            neighbor_covered: of_a,
            neighbor_span: span_a,
        };
        neighbors[b.index()].push(from_b);
    }
    neighbors
}

/// What a page is to its neighbors.
#[derive(Default)]
struct Role {
    /// It is of no story, and joins nothing.
    is_of_none: bool,
    /// What it carries without belonging to it.
    carried: Vec<Neighbor>,
}

/// An ordinary article carries nothing.
fn role(own: &[Neighbor], blocks: &[u32], neighbors: &[Vec<Neighbor>]) -> Role {
    let by_block = role_of(groups_by_block(own, blocks), |_| true);
    if !by_block.carried.is_empty() {
        return by_block;
    }
    let mut role = role_of(stretches(own, neighbors), |group| {
        let most = largest(group);
        let begins = |n: &Neighbor| 2.0 * n.covered >= most.covered && n.neighbor_span.start <= OPENING;
        let may_be_a_cut_copy = group.len() == 1
            && most.neighbor_covered >= WHOLE
            && most.span.start <= OPENING
            && is_linked(&most, &articles(own), neighbors);
        group.iter().any(begins) && !may_be_a_cut_copy
    });
    if !role.is_of_none && !role.carried.is_empty() {
        let followers = followers(own, &role.carried, neighbors);
        role.carried.extend(followers);
    }
    role
}

fn articles<'a>(neighbors: impl IntoIterator<Item = &'a Neighbor>) -> HashSet<ArticleId> {
    neighbors.into_iter().map(|neighbor| neighbor.article).collect()
}

/// Whether a neighbor shares words with one of these articles.
fn is_linked(neighbor: &Neighbor, articles: &HashSet<ArticleId>, neighbors: &[Vec<Neighbor>]) -> bool {
    neighbors[neighbor.article.index()].iter().any(|other| articles.contains(&other.article))
}

/// The neighbors by the block of their edges.
fn groups_by_block(own: &[Neighbor], blocks: &[u32]) -> Vec<Vec<Neighbor>> {
    let mut by_block: Vec<(u32, Neighbor)> = own.iter().map(|n| (blocks[n.edge as usize], *n)).collect();
    by_block.sort_by_key(|(block, n)| (*block, n.article));
    by_block.chunk_by(|x, y| x.0 == y.0).map(|group| group.iter().map(|(_, n)| *n).collect()).collect()
}

/// The role of a page with these groups of neighbors. `stands_alone` tells of a group that is no part of the story that
/// most of the page is of.
fn role_of(mut groups: Vec<Vec<Neighbor>>, stands_alone: impl Fn(&[Neighbor]) -> bool) -> Role {
    if groups.len() < 2 {
        return Role::default();
    }
    groups.sort_by(|x, y| largest(y).covered.total_cmp(&largest(x).covered));
    let first = largest(&groups[0]);
    let is_carried = |group: &&Vec<Neighbor>| {
        let other = largest(group);
        (are_separate(first.span, other.span) || are_interleaved(&first, &other)) && stands_alone(group)
    };
    let carried: Vec<Neighbor> = groups[1..].iter().filter(is_carried).flatten().copied().collect();
    if first.covered < MOST && !carried.is_empty() {
        return Role { is_of_none: true, carried: groups.into_iter().flatten().collect() };
    }
    Role { is_of_none: false, carried }
}

/// The neighbor that has most of the page.
fn largest(group: &[Neighbor]) -> Neighbor {
    group[1..].iter().fold(group[0], |most, n| if n.covered > most.covered { *n } else { most })
}

/// Whether two stretches lie apart, but for their ends.
fn are_separate(x: Span, y: Span) -> bool {
    let overlap = x.end.min(y.end) - x.start.max(y.start);
    overlap <= MAX_OVERLAP * (x.end - x.start).min(y.end - y.start)
}

/// Whether two neighbors share different parts of a page, and each the beginning of its own text: a live blog puts the
/// paragraphs of several reports in order of time. What an update shares with the version before and with the one after is
/// not the beginning of either, or the same parts.
fn are_interleaved(x: &Neighbor, y: &Neighbor) -> bool {
    let begins = |n: &Neighbor| n.neighbor_span.start <= BEGINNING;
    x.parts.overlap(y.parts) <= MAX_OVERLAP && begins(x) && begins(y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Pair;
    use crate::verify::Link;

    /// An edge of the page `a`, which shares its text from `start` to `end` with all or a share of `b`.
    fn edge(a: u32, b: u32, (start, end): (f64, f64), covered_b: f64) -> Edge {
        let link = Link {
            containment: covered_b,
            covered_a: end - start,
            covered_b,
            span_a: Span { start, end },
            span_b: Span { start: 0.0, end: covered_b },
            ..Link::of_copies()
        };
        Edge { pair: Pair::new(ArticleId(a), ArticleId(b)), link }
    }

    type Numbers = Vec<(u32, u32)>;

    /// The pairs that join, and the (page, carried) pairs.
    fn sorted(n_articles: usize, edges: Vec<Edge>) -> (Numbers, Numbers) {
        let sorted = sort_edges(n_articles, edges, &Params::default());
        let joining = sorted.joining.iter().map(|e| (e.pair.a.0, e.pair.b.0)).collect();
        let carrying = sorted.carrying.iter().map(|c| (c.page.0, c.carried.0)).collect();
        (joining, carrying)
    }

    const ALL: (f64, f64) = (0.0, 1.0);

    #[test]
    fn a_roundup_joins_none_of_what_it_holds() {
        // 0 holds the stories 1-2 and 3-4, of which it has different parts.
        let edges = vec![
            edge(0, 1, (0.0, 0.4), 0.9),
            edge(0, 2, (0.1, 0.4), 0.5),
            edge(0, 3, (0.5, 0.9), 0.6),
            edge(1, 2, ALL, 1.0),
            edge(3, 4, ALL, 1.0),
        ];
        let (joining, carrying) = sorted(5, edges);
        assert_eq!(joining, [(1, 2), (3, 4)]);
        assert_eq!(carrying, [(0, 1), (0, 2), (0, 3)]);
    }

    #[test]
    fn an_article_with_another_below_it_stays_with_its_own() {
        // Most of 0 is the story of 1; below it stands a part of 2.
        let (joining, carrying) = sorted(3, vec![edge(0, 1, (0.0, 0.7), 0.9), edge(0, 2, (0.7, 1.0), 0.6)]);
        assert_eq!(joining, [(0, 1)]);
        assert_eq!(carrying, [(0, 2)]);
    }

    #[test]
    fn the_whole_dispatch_is_no_roundup_of_its_cut_copies() {
        // 1 and 2 are cut from the bottom of 0, at different places.
        let (joining, carrying) = sorted(3, vec![edge(0, 1, (0.0, 0.3), 1.0), edge(0, 2, (0.0, 0.45), 1.0)]);
        assert_eq!(joining.len(), 2);
        assert!(carrying.is_empty());
    }

    #[test]
    fn parts_that_hold_together_without_the_page_are_one_story() {
        let edges = vec![edge(0, 1, (0.0, 0.3), 1.0), edge(0, 2, (0.6, 0.9), 1.0), edge(1, 2, ALL, 0.5)];
        let (joining, carrying) = sorted(3, edges);
        assert_eq!(joining.len(), 3);
        assert!(carrying.is_empty());
    }

    #[test]
    fn roundups_of_one_day_join_nothing_for_each_other() {
        // 0 and 1 both hold the stories 2-3 and 4-5.
        let mut edges = vec![edge(0, 1, ALL, 1.0), edge(2, 3, ALL, 1.0), edge(4, 5, ALL, 1.0)];
        for roundup in [0, 1] {
            edges.extend([2, 3].map(|copy| edge(roundup, copy, (0.0, 0.45), 0.6)));
            edges.extend([4, 5].map(|copy| edge(roundup, copy, (0.5, 0.95), 0.6)));
        }
        let (joining, carrying) = sorted(6, edges);
        assert_eq!(joining, [(2, 3), (4, 5)]);
        assert_eq!(carrying.len(), 8);
    }

    #[test]
    fn an_update_joins_the_version_before_and_the_one_after() {
        // What 0 shares with 1 and with 2 lies mixed through its text.
        let (joining, carrying) = sorted(3, vec![edge(0, 1, (0.1, 0.9), 0.5), edge(0, 2, (0.0, 0.7), 0.5)]);
        assert_eq!(joining.len(), 2);
        assert!(carrying.is_empty());
    }

    #[test]
    fn a_live_blog_is_known_by_what_it_interleaves() {
        // 0 has the paragraphs of 1 and of 2 in turn, from the beginning of each.
        let in_turn = |rest: usize| Parts::of(&(0..640).map(|word| word / 40 % 2 == rest).collect::<Vec<_>>());
        let edges = |starts: f64| {
            [1, 2].map(|b| {
                let mut edge = edge(0, b, (0.0, 1.0), 0.5);
                edge.link.covered_a = 0.45;
                edge.link.parts_a = in_turn(b as usize - 1);
                edge.link.span_b = Span { start: starts, end: 0.6 };
                edge
            })
        };
        let (joining, carrying) = sorted(3, edges(0.0).to_vec());
        assert_eq!((joining.len(), carrying), (0, vec![(0, 1), (0, 2)]));
        // An update shares so with the version before and the one after, but below a new lead.
        assert_eq!(sorted(3, edges(0.1).to_vec()).0.len(), 2);
    }

    #[test]
    fn what_is_carried_goes_with_its_copies() {
        // Most of 0 is the story of 1 and 2; below it stands that of 3 and 4, and 4 shares stock phrases with the rest.
        let edges = vec![
            edge(0, 1, (0.0, 0.6), 1.0),
            edge(0, 2, (0.0, 0.6), 0.9),
            edge(0, 3, (0.6, 1.0), 0.5),
            edge(0, 4, (0.4, 1.0), 0.5),
            edge(1, 2, ALL, 1.0),
            edge(3, 4, ALL, 1.0),
        ];
        let (joining, carrying) = sorted(5, edges);
        assert_eq!(joining, [(0, 1), (0, 2), (1, 2), (3, 4)]);
        assert_eq!(carrying, [(0, 3), (0, 4)]);
    }

    #[test]
    fn one_short_copy_within_a_long_page_is_a_copy() {
        let (joining, carrying) = sorted(2, vec![edge(0, 1, (0.4, 0.6), 1.0)]);
        assert_eq!(joining, [(0, 1)]);
        assert!(carrying.is_empty());
    }

    #[test]
    fn a_chain_of_a_million_does_not_overflow() {
        let n = 1_000_000;
        let edges = (0..n - 1).map(|i| edge(i, i + 1, (0.0, 0.9), 0.9)).collect();
        assert_eq!(sort_edges(n as usize, edges, &Params::default()).joining.len(), n as usize - 1);
    }
}
