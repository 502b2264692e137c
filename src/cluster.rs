//! Stories: the groups of articles that verified links hold together, and the link that each group could least do
//! without.
//!
//! Only verified links join. A page that carries several stories (a roundup, a news brief) is contained in links with
//! each of them and would chain them together; it is set aside first: see [`crate::carriers`]. And where groups hang
//! together by weak links only, as many comparisons must speak for it as the groups can bear: see [`cut_weak`].

mod weak;

use crate::article::ArticleId;
use crate::forest::Forest;
use crate::verify::pairs::Edge;

pub use weak::cut_weak;

/// A group of articles that copy one dispatch.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Its members, ascending.
    pub members: Vec<ArticleId>,
    /// The edge of least strength on the path of greatest strength between any two members; `None` where there is
    /// only one member.
    pub weakest: Option<Edge>,
}

/// Groups `n_articles` articles by edges; every article is in one cluster, alone where no edge touches it. Clusters are
/// in order of their first member.
///
/// A maximum spanning forest by strength (Kruskal 1956): its weakest edge is the bottleneck of the cluster.
/// O(edges · log edges).
pub fn cluster(n_articles: usize, mut edges: Vec<Edge>) -> Vec<Cluster> {
    edges.sort_unstable_by(|x, y| strength(y).total_cmp(&strength(x)).then(x.pair.cmp(&y.pair)));
    let mut forest = Forest::new(n_articles);
    let mut joining = Vec::new();
    for edge in edges {
        if forest.join(edge.pair.a.0, edge.pair.b.0) {
            joining.push(edge);
        }
    }
    let mut place = vec![u32::MAX; n_articles];
    let mut clusters: Vec<Cluster> = Vec::new();
    for article in 0..n_articles as u32 {
        let root = forest.root(article) as usize;
        if place[root] == u32::MAX {
            place[root] = clusters.len() as u32;
            clusters.push(Cluster { members: Vec::new(), weakest: None });
        }
        clusters[place[root] as usize].members.push(ArticleId(article));
    }
    // Edges come strongest first: the last one seen in a cluster is its weakest.
    for edge in joining {
        clusters[place[forest.root(edge.pair.a.0) as usize] as usize].weakest = Some(edge);
    }
    clusters
}

/// How firmly an edge joins, 0 to 2: containment, and among equals resemblance.
///
/// A copy that is all of the smaller text is as sure as a copy can be, however much was cut.
fn strength(edge: &Edge) -> f64 {
    edge.link.containment + edge.link.resemblance / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Pair;
    use crate::verify::Link;

    fn edge(a: u32, b: u32, containment: f64) -> Edge {
        let link = Link { containment, ..Link::of_copies() };
        Edge { pair: Pair::new(ArticleId(a), ArticleId(b)), link }
    }

    #[test]
    fn the_weakest_link_is_the_one_that_cannot_be_spared() {
        // 0, 1 and 2 hold together firmly; 3 hangs on by 0.5, although a weaker edge than that exists within.
        let edges = vec![edge(0, 1, 0.9), edge(1, 2, 0.8), edge(0, 2, 0.3), edge(2, 3, 0.5)];
        let clusters = cluster(6, edges);
        let members: Vec<Vec<u32>> = clusters.iter().map(|c| c.members.iter().map(|m| m.0).collect()).collect();
        assert_eq!(members, [vec![0, 1, 2, 3], vec![4], vec![5]]);
        assert_eq!(clusters[0].weakest.map(|e| e.link.containment), Some(0.5));
        assert_eq!(clusters[1].weakest, None);
    }

    #[test]
    fn order_of_edges_does_not_matter() {
        let edges = vec![edge(0, 1, 0.9), edge(1, 2, 0.9), edge(0, 2, 0.9), edge(3, 4, 0.7)];
        let reversed: Vec<Edge> = edges.iter().rev().copied().collect();
        assert_eq!(cluster(5, edges), cluster(5, reversed));
    }
}
