//! From candidate pairs to clusters, one component at a time.
//!
//! Articles that no chain of pairs joins have nothing to do with each other: whether two are copies, which pages carry
//! several stories and which weak links hold follows from the pairs of one component alone. So components are worked through
//! side by side, and of what was found of a component no more is kept than its clusters.

use std::cmp::Reverse;

use rayon::prelude::*;

use crate::article::ArticleId;
use crate::candidates::Pair;
use crate::carriers::{Carrying, sort_edges};
use crate::cluster::{Cluster, cluster, cut_weak};
use crate::error::Result;
use crate::forest::Forest;
use crate::index::Index;
use crate::params::Params;
use crate::verify::pairs::{Edge, verify};

/// The clusters of an index.
#[derive(Debug, Default)]
pub struct Clustered {
    /// The clusters of several articles, in the order of their first ones.
    pub clusters: Vec<Cluster>,
    /// The pages that carry several stories.
    pub carrying: Vec<Carrying>,
    /// Pairs that the sketches proposed.
    pub n_candidates: u64,
    /// Pairs that the full shingle sets confirmed.
    pub n_verified: u64,
}

impl Clustered {
    fn add(mut self, other: Self) -> Self {
        self.clusters.extend(other.clusters);
        self.carrying.extend(other.carrying);
        self.n_candidates += other.n_candidates;
        self.n_verified += other.n_verified;
        self
    }
}

/// Pairs of components that are worked through together: enough that there is little to do besides, few enough that all
/// threads have some.
const PAIRS_TOGETHER: usize = 2048;

/// Groups the articles of an index by verified links. The keys of the index are used up.
///
/// In parallel; the result does not depend on the number of threads. Forty bytes a pair, eight an article, and what the
/// largest component takes.
///
/// # Errors
/// Those of [`Index::candidates`]; [`Error::Read`](crate::error::Error::Read) where tokens cannot be read back.
pub fn cluster_index(index: &mut Index, params: &Params) -> Result<Clustered> {
    let pairs = index.candidates(params)?;
    let pairs = by_component(pairs, &index.n_words);
    let mut found = together(&pairs)
        .into_par_iter()
        .with_max_len(1)
        .map(|some| cluster_some(some, index, params))
        .try_reduce(Clustered::default, |x, y| Ok(x.add(y)))?;
    found.clusters.par_sort_unstable_by_key(|cluster| cluster.members[0]);
    found.carrying.sort_unstable_by_key(|carrying| (carrying.page, carrying.carried));
    Ok(found)
}

/// A pair, after the number of its component.
pub type Placed = (u32, Pair);

/// The pairs, those of one component together.
///
/// Within a large component, near each other stand the pairs of articles that have one *hub*: the one of their partners that
/// has most partners itself; and of these, pairs of one length. The copies of a story share their hub; and what a template
/// makes alike is compared with what is nearly as long. So each article is mostly made ready once, although chains of stock
/// phrases hang thousands of stories together. O(pairs · log pairs), in parallel.
pub fn by_component(pairs: Vec<Pair>, n_words: &[u32]) -> Vec<Placed> {
    let hubs = hubs(&pairs, n_words.len());
    let mut forest = Forest::new(n_words.len());
    pairs.iter().for_each(|pair| {
        forest.join(pair.a.0, pair.b.0);
    });
    let place = |pair: Pair| {
        let [a, b] = [pair.a, pair.b].map(ArticleId::index);
        (hubs[a].min(hubs[b]), n_words[a].min(n_words[b]))
    };
    let mut placed: Vec<(u32, (u32, u32), Pair)> =
        pairs.into_iter().map(|pair| (forest.root(pair.a.0), place(pair), pair)).collect();
    placed.par_sort_unstable();
    placed.into_iter().map(|(component, _, pair)| (component, pair)).collect()
}

/// For each article the one with most partners among itself and its partners; of several the first.
fn hubs(pairs: &[Pair], n_articles: usize) -> Vec<u32> {
    let mut n_partners = vec![0u32; n_articles];
    for pair in pairs {
        n_partners[pair.a.index()] += 1;
        n_partners[pair.b.index()] += 1;
    }
    let mut hubs: Vec<u32> = (0..n_articles as u32).collect();
    for pair in pairs {
        for (own, other) in [(pair.a, pair.b.0), (pair.b, pair.a.0)] {
            let hub = &mut hubs[own.index()];
            let rank = |article: u32| (n_partners[article as usize], Reverse(article));
            if rank(other) > rank(*hub) {
                *hub = other;
            }
        }
    }
    hubs
}

/// Whole components, so many that they have some thousand pairs, or one that has more.
fn together(pairs: &[Placed]) -> Vec<&[Placed]> {
    let mut pieces = Vec::new();
    let mut rest = pairs;
    while rest.len() > PAIRS_TOGETHER {
        let last = rest[PAIRS_TOGETHER - 1].0;
        // The component that the limit falls into goes whole, with those before it.
        let end = rest.partition_point(|(component, _)| *component <= last);
        let (piece, others) = rest.split_at(end);
        pieces.push(piece);
        rest = others;
    }
    pieces.push(rest);
    pieces
}

fn cluster_some(placed: &[Placed], index: &Index, params: &Params) -> Result<Clustered> {
    let edges = verify(placed, index, params)?;
    let mut pairs: Vec<Pair> = placed.iter().map(|(_, pair)| *pair).collect();
    pairs.sort_unstable();
    let (n_candidates, n_verified) = (pairs.len() as u64, edges.len() as u64);
    let refused = without(pairs, &edges);
    let local = Local::of(&edges);
    let edges = edges.into_iter().map(|edge| local.edge(edge)).collect();
    let refused: Vec<Pair> = refused.into_iter().filter_map(|pair| local.pair(pair)).collect();
    let n_articles = local.articles.len();
    let sorted = sort_edges(n_articles, edges, params);
    let joining = cut_weak(n_articles, sorted.joining, &refused, params);
    let clusters = cluster(n_articles, joining).into_iter().filter(|cluster| cluster.members.len() > 1);
    Ok(Clustered {
        clusters: clusters.map(|cluster| local.global_cluster(cluster)).collect(),
        carrying: sorted.carrying.into_iter().map(|carrying| local.global_carrying(carrying)).collect(),
        n_candidates,
        n_verified,
    })
}

/// The pairs that are no edge. The edges are those of some of the pairs, in their order.
fn without(mut pairs: Vec<Pair>, edges: &[Edge]) -> Vec<Pair> {
    let mut edges = edges.iter().map(|edge| edge.pair).peekable();
    pairs.retain(|pair| edges.next_if_eq(pair).is_none());
    pairs
}

/// The articles that edges touch, ascending: their places are dense numbers for the stages that count in vectors.
struct Local {
    articles: Vec<ArticleId>,
}

impl Local {
    fn of(edges: &[Edge]) -> Self {
        let mut articles: Vec<ArticleId> = edges.iter().flat_map(|edge| [edge.pair.a, edge.pair.b]).collect();
        articles.sort_unstable();
        articles.dedup();
        Local { articles }
    }

    fn number(&self, article: ArticleId) -> Option<ArticleId> {
        self.articles.binary_search(&article).ok().map(|at| ArticleId(at as u32))
    }

    /// The same pair; `None` where no edge touches one of the two.
    fn pair(&self, pair: Pair) -> Option<Pair> {
        Some(Pair { a: self.number(pair.a)?, b: self.number(pair.b)? })
    }

    fn edge(&self, edge: Edge) -> Edge {
        Edge { pair: self.pair(edge.pair).unwrap_or(edge.pair), ..edge }
    }

    fn global(&self, article: ArticleId) -> ArticleId {
        self.articles[article.index()]
    }

    fn global_edge(&self, edge: Edge) -> Edge {
        Edge { pair: Pair { a: self.global(edge.pair.a), b: self.global(edge.pair.b) }, ..edge }
    }

    fn global_cluster(&self, cluster: Cluster) -> Cluster {
        Cluster {
            members: cluster.members.into_iter().map(|member| self.global(member)).collect(),
            weakest: cluster.weakest.map(|edge| self.global_edge(edge)),
        }
    }

    fn global_carrying(&self, carrying: Carrying) -> Carrying {
        Carrying { page: self.global(carrying.page), carried: self.global(carrying.carried), ..carrying }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(u32, u32)]) -> Vec<Pair> {
        pairs.iter().map(|(a, b)| Pair::new(ArticleId(*a), ArticleId(*b))).collect()
    }

    #[test]
    fn components_are_never_split() {
        let n = PAIRS_TOGETHER as u32;
        // Pairs, a star larger than a piece, and pairs again.
        let mut all: Vec<(u32, u32)> = (0..n).map(|at| (2 * at, 2 * at + 1)).collect();
        all.extend((1..2 * n).map(|at| (10 * n, 10 * n + at)));
        all.extend((0..n).map(|at| (20 * n + 2 * at, 20 * n + 2 * at + 1)));
        let placed = by_component(pairs(&all), &vec![100; 30 * n as usize]);
        let pieces = together(&placed);
        assert_eq!(pieces.iter().map(|piece| piece.len()).sum::<usize>(), all.len());
        for two in pieces.windows(2) {
            assert_ne!(two[0].last().unwrap().0, two[1][0].0);
        }
        assert!(pieces.iter().any(|piece| piece.len() >= 2 * n as usize - 1), "the star is whole");
        assert_eq!(together(&[]), [&[][..]]);
    }

    #[test]
    fn pairs_without_edges_are_those_refused() {
        let edges: Vec<Edge> = pairs(&[(0, 2), (1, 3)])
            .into_iter()
            .map(|pair| Edge { pair, link: crate::verify::Link::of_copies() })
            .collect();
        assert_eq!(without(pairs(&[(0, 1), (0, 2), (1, 3), (2, 3)]), &edges), pairs(&[(0, 1), (2, 3)]));
    }
}
