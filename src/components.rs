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
use crate::verify::Bits;
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
    cluster_around(index, &[], params)
}

/// The same, with some articles compared with all who share enough with them: see [`Filed::hubs`](crate::candidates::Filed::hubs).
///
/// # Errors
/// Those of [`cluster_index`].
pub fn cluster_around(index: &mut Index, hubs: &[ArticleId], params: &Params) -> Result<Clustered> {
    let pairs = index.candidates(hubs, params)?;
    index.read_ahead();
    let pairs = by_component(pairs, &index.n_words);
    let mut pieces = together(&pairs);
    // What one thread does at the end of a large component goes on while the others have pieces left.
    pieces.sort_by_key(|piece| Reverse(piece.len()));
    let mut found = pieces
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
/// Within a component they are met depth first: an article comes with all its pairs with those that came before it, and its
/// longest partner comes next. So an article is near most of its partners, and mostly made ready once, although chains of
/// stock phrases hang thousands of stories together. O(pairs) but for the order of each article's partners.
pub fn by_component(pairs: Vec<Pair>, n_words: &[u32]) -> Vec<Placed> {
    let n_pairs = pairs.len();
    let mut partners = Partners::of(pairs, n_words);
    let mut placed = Vec::with_capacity(n_pairs);
    let mut met = Bits::none(n_words.len());
    let mut to_meet = Vec::new();
    for (first, component) in (0..n_words.len()).zip(0..) {
        to_meet.push(first);
        while let Some(article) = to_meet.pop() {
            if met.has(article) {
                continue;
            }
            met.add(article);
            for partner in partners.shortest_first(article) {
                if met.has(partner) {
                    placed.push((component, Pair::new(ArticleId(article as u32), ArticleId(partner as u32))));
                } else {
                    to_meet.push(partner);
                }
            }
        }
    }
    placed
}

/// For each article those that it is paired with.
struct Partners {
    /// Length and number, in one number that sorts by both: of the first article, then of the next.
    all: Vec<u64>,
    ends: Vec<usize>,
}

impl Partners {
    fn of(pairs: Vec<Pair>, n_words: &[u32]) -> Self {
        // Where each article's begin; as they are put there, where they end.
        let mut ends = vec![0; n_words.len() + 1];
        let both = |pair: &Pair| [(pair.a.index(), pair.b), (pair.b.index(), pair.a)];
        pairs.iter().flat_map(both).for_each(|(own, _)| ends[own + 1] += 1);
        let mut n = 0;
        for end in &mut ends {
            n += *end;
            *end = n;
        }
        let mut all = vec![0; 2 * pairs.len()];
        for (own, other) in pairs.iter().flat_map(both) {
            all[ends[own]] = u64::from(n_words[other.index()]) << 32 | u64::from(other.0);
            ends[own] += 1;
        }
        Partners { all, ends }
    }

    fn shortest_first(&mut self, article: usize) -> impl Iterator<Item = usize> + '_ {
        let from = article.checked_sub(1).map_or(0, |before| self.ends[before]);
        let own = &mut self.all[from..self.ends[article]];
        own.sort_unstable();
        own.iter().map(|partner| *partner as u32 as usize)
    }
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
    pairs.par_sort_unstable();
    let (n_candidates, n_verified) = (pairs.len() as u64, edges.len() as u64);
    let refused = without(pairs, &edges);
    let found = if edges.len() > PAIRS_TOGETHER {
        cluster_in_parts(edges, refused, params)
    } else {
        cluster_edges(&edges, refused.into_iter(), params)
    };
    Ok(Clustered { n_candidates, n_verified, ..found })
}

/// The same for many edges: what stock phrases made one component falls into many once they are refused, each with what was
/// refused within it. So no more is held of all than the edges.
fn cluster_in_parts(mut edges: Vec<Edge>, refused: Vec<Pair>, params: &Params) -> Clustered {
    let local = Local::of(&edges);
    let roots = local.roots(&edges);
    let root = |article: ArticleId| local.number(article).map(|number| roots[number.index()]);
    let within = |pair: Pair| root(pair.a).filter(|own| root(pair.b) == Some(*own)).map(|own| (own, pair));
    let mut refused: Vec<Placed> = refused.into_par_iter().filter_map(within).collect();
    refused.par_sort_unstable();
    edges.par_sort_by_cached_key(|edge| (root(edge.pair.a), edge.pair));
    let own: Vec<Option<u32>> = edges.par_iter().map(|edge| root(edge.pair.a)).collect();
    let mut parts = Vec::new();
    let mut start = 0;
    while start < edges.len() {
        // Whole components.
        let last = own[(start + PAIRS_TOGETHER).min(edges.len()) - 1];
        let end = own.partition_point(|root| *root <= last);
        let from = refused.partition_point(|(root, _)| Some(*root) < own[start]);
        let to = refused.partition_point(|(root, _)| Some(*root) <= last);
        parts.push((&edges[start..end], &refused[from..to]));
        start = end;
    }
    let parts = parts.into_par_iter().with_max_len(1);
    parts
        .map(|(edges, refused)| cluster_edges(edges, refused.iter().map(|(_, pair)| *pair), params))
        .reduce(Clustered::default, Clustered::add)
}

/// Clusters articles by edges, given with the pairs that are none. Nothing else joins any of these articles.
fn cluster_edges(edges: &[Edge], refused: impl Iterator<Item = Pair>, params: &Params) -> Clustered {
    let local = Local::of(edges);
    let edges = edges.iter().map(|edge| local.edge(*edge)).collect();
    let refused: Vec<Pair> = refused.filter_map(|pair| local.pair(pair)).collect();
    let n_articles = local.articles.len();
    let sorted = sort_edges(n_articles, edges, params);
    let joining = cut_weak(n_articles, sorted.joining, &refused, params);
    let clusters = cluster(n_articles, joining).into_iter().filter(|cluster| cluster.members.len() > 1);
    Clustered {
        clusters: clusters.map(|cluster| local.global_cluster(cluster)).collect(),
        carrying: sorted.carrying.into_iter().map(|carrying| local.global_carrying(carrying)).collect(),
        ..Clustered::default()
    }
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
        articles.par_sort_unstable();
        articles.dedup();
        Local { articles }
    }

    fn number(&self, article: ArticleId) -> Option<ArticleId> {
        self.articles.binary_search(&article).ok().map(|at| ArticleId(at as u32))
    }

    /// For each article the root of those that edges join it to.
    fn roots(&self, edges: &[Edge]) -> Vec<u32> {
        let mut forest = Forest::new(self.articles.len());
        for pair in edges.iter().filter_map(|edge| self.pair(edge.pair)) {
            forest.join(pair.a.0, pair.b.0);
        }
        (0..self.articles.len() as u32).map(|article| forest.root(article)).collect()
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
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn components_are_those_of_a_forest(all in prop::collection::vec((0u32..60, 0u32..60), 0..90), words in any::<u32>()) {
            let mut all: Vec<Pair> = pairs(&all).into_iter().filter(|pair| pair.a != pair.b).collect();
            all.sort_unstable();
            all.dedup();
            let mut forest = Forest::new(60);
            all.iter().for_each(|pair| {
                forest.join(pair.a.0, pair.b.0);
            });
            let n_words: Vec<u32> = (0..60).map(|at| words.rotate_left(at) % 7).collect();
            let placed = by_component(all.clone(), &n_words);
            prop_assert!(placed.is_sorted_by_key(|(component, _)| *component));
            for (x, y) in placed.iter().zip(placed.iter().skip(1)) {
                prop_assert_eq!(x.0 == y.0, forest.root(x.1.a.0) == forest.root(y.1.a.0));
            }
            let mut same: Vec<Pair> = placed.into_iter().map(|(_, pair)| pair).collect();
            same.sort_unstable();
            prop_assert_eq!(same, all);
        }
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
