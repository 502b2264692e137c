//! Where groups hang together by weak links alone.

use std::collections::HashMap;

use crate::candidates::Pair;
use crate::forest::Forest;
use crate::params::Params;
use crate::verify::pairs::Edge;

/// Containment from which a link is firm: of the smaller text more is shared than not.
const FIRM: f64 = 0.5;
/// Of the pairs compared between two groups, one in so many must be linked for weak links to join them.
const ONE_LINKED: usize = 6;

/// Takes out the weak links that too few others bear out.
///
/// Firm links, of half of the smaller text and more, make groups. Copies of one dispatch are alike, so what one member of a
/// group shares with a text of the same story, most members share with it. Of weak links between two groups is asked:
///
/// - At least one in six of the pairs that were compared between the groups is linked. A follow-up that resembles one copy
///   with a paragraph more fails that; an update that every copy resembles a little does not. Where a single pair was
///   compared, nothing speaks against it.
/// - A link that holds only as between an update and what came before joins no group of a single page: an update is
///   reprinted, and a page that shares so little with what others print, and that nobody else prints, is its outlet's own.
///
/// `refused` are the pairs that were compared and are no copies. An article is compared with a bounded number of others, so
/// the rule asks the same of groups of two and of thousands. O(edges + refused).
pub fn cut_weak(n_articles: usize, mut edges: Vec<Edge>, refused: &[Pair], params: &Params) -> Vec<Edge> {
    let mut groups = Groups::of_firm(n_articles, &edges);
    let mut compared: HashMap<(u32, u32), Compared> = HashMap::new();
    for edge in edges.iter().filter(|edge| !is_firm(edge)) {
        let between = compared.entry(groups.of(edge.pair)).or_default();
        match groups.bear(edge, params) {
            true => between.linked += 1,
            false => between.refused += 1,
        }
    }
    // Within a group there is nothing to cut.
    compared.retain(|(a, b), _| a != b);
    if compared.is_empty() {
        return edges;
    }
    for &pair in refused {
        if let Some(compared) = compared.get_mut(&groups.of(pair)) {
            compared.refused += 1;
        }
    }
    edges.retain(|edge| {
        let between = compared.get(&groups.of(edge.pair));
        between.is_none_or(|compared| compared.hold() && groups.bear(edge, params))
    });
    edges
}

fn is_firm(edge: &Edge) -> bool {
    edge.link.containment >= FIRM
}

/// The groups that firm links make.
struct Groups {
    forest: Forest,
    /// For each root of the forest.
    sizes: Vec<u32>,
}

impl Groups {
    fn of_firm(n_articles: usize, edges: &[Edge]) -> Self {
        let mut forest = Forest::new(n_articles);
        for edge in edges.iter().filter(|edge| is_firm(edge)) {
            forest.join(edge.pair.a.0, edge.pair.b.0);
        }
        let mut sizes = vec![0; n_articles];
        (0..n_articles as u32).for_each(|article| sizes[forest.root(article) as usize] += 1);
        Groups { forest, sizes }
    }

    /// The groups of two articles, the lower number first.
    fn of(&mut self, pair: Pair) -> (u32, u32) {
        let (a, b) = (self.forest.root(pair.a.0), self.forest.root(pair.b.0));
        (a.min(b), a.max(b))
    }

    /// Whether the groups of a weak link are large enough for it.
    fn bear(&mut self, edge: &Edge, params: &Params) -> bool {
        let (a, b) = self.of(edge.pair);
        a == b || self.sizes[a as usize].min(self.sizes[b as usize]) > 1 || !edge.link.is_sparse(params)
    }
}

/// Pairs compared between two groups.
#[derive(Default)]
struct Compared {
    linked: usize,
    refused: usize,
}

impl Compared {
    fn hold(&self) -> bool {
        ONE_LINKED * self.linked >= self.linked + self.refused
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleId;
    use crate::verify::Link;

    fn pair(a: u32, b: u32) -> Pair {
        Pair::new(ArticleId(a), ArticleId(b))
    }

    fn edge(a: u32, b: u32, containment: f64) -> Edge {
        Edge { pair: pair(a, b), link: Link { containment, ..Link::of_copies() } }
    }

    /// How many edges are left.
    fn left(n_articles: u32, edges: Vec<Edge>, refused: &[Pair]) -> usize {
        cut_weak(n_articles as usize, edges, refused, &Params::default()).len()
    }

    /// Two groups of `n` copies each, the first articles the one, the others the other.
    fn groups(n: u32) -> Vec<Edge> {
        (1..n).flat_map(|at| [edge(0, at, 0.9), edge(n, n + at, 0.9)]).collect()
    }

    #[test]
    fn one_weak_link_that_others_contradict_is_cut() {
        let mut edges = groups(6);
        edges.push(edge(0, 6, 0.4));
        let refused: Vec<Pair> = (0..6).map(|at| pair(at, 6 + (at + 1) % 6)).collect();
        assert_eq!(left(12, edges.clone(), &refused), 10);
        assert_eq!(left(12, edges, &refused[..5]), 11);
    }

    #[test]
    fn what_only_an_update_shares_joins_no_single_page() {
        let sparse = |a, b| {
            let mut edge = edge(a, b, 0.3);
            (edge.link.ordered_passages, edge.link.ordered_reach) = (3, 0.9);
            edge
        };
        let mut edges = groups(2);
        edges.extend([sparse(0, 2), sparse(0, 4)]);
        assert_eq!(left(5, edges, &[]), 3);
    }

    #[test]
    fn firm_links_are_never_cut() {
        let edges = vec![edge(0, 1, 0.5), edge(1, 2, 0.9)];
        assert_eq!(left(3, edges, &[pair(0, 2); 9]), 2);
    }

    #[test]
    fn weak_links_within_a_group_stay_and_lone_pairs_are_believed() {
        let edges = vec![edge(0, 1, 0.9), edge(1, 2, 0.9), edge(0, 2, 0.36), edge(3, 4, 0.36)];
        assert_eq!(left(5, edges, &[pair(0, 2); 9]), 4);
    }

    #[test]
    fn groups_of_thousands_are_judged_alike() {
        let n = 4000;
        let with_links = |n_linked: u32| {
            let mut edges = groups(n);
            edges.extend((0..n_linked).map(|at| edge(at, n + at, 0.4)));
            let refused: Vec<Pair> = (n_linked..n).map(|at| pair(at, n + at)).collect();
            left(2 * n, edges, &refused) - 2 * (n as usize - 1)
        };
        assert_eq!(with_links(n / 6 + 1), n as usize / 6 + 1);
        assert_eq!(with_links(n / 6), 0);
    }
}
