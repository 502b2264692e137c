//! The blocks of a graph: groups of edges that no single article holds together.
//!
//! Hopcroft and Tarjan, "Efficient algorithms for graph manipulation", 1973: one depth-first search, here with a stack of
//! its own, since a chain of a million articles would overflow the program's.

use super::Neighbor;

const UNSEEN: u32 = u32::MAX;

/// For each edge, the number of its block. Two edges at one article lie in one block iff a path that avoids the article
/// joins their other ends.
///
/// `neighbors` has the edges of each article. O(articles + edges).
pub(super) fn blocks(neighbors: &[Vec<Neighbor>], n_edges: usize) -> Vec<u32> {
    let mut search = Search {
        neighbors,
        found: vec![UNSEEN; neighbors.len()],
        low: vec![UNSEEN; neighbors.len()],
        open: Vec::new(),
        block: vec![UNSEEN; n_edges],
        n_blocks: 0,
        n_found: 0,
    };
    for (root, edges) in neighbors.iter().enumerate() {
        if search.found[root] == UNSEEN && !edges.is_empty() {
            search.from(root);
        }
    }
    search.block
}

struct Search<'a> {
    neighbors: &'a [Vec<Neighbor>],
    /// The order in which articles are found.
    found: Vec<u32>,
    /// The earliest article that is reached from below an article.
    low: Vec<u32>,
    /// Edges whose block is not complete.
    open: Vec<u32>,
    block: Vec<u32>,
    n_blocks: u32,
    n_found: u32,
}

/// An article on the path of the search: its number, the edge that led to it, and the next of its edges.
struct Step {
    article: usize,
    entered_by: u32,
    next: usize,
}

impl Search<'_> {
    fn from(&mut self, root: usize) {
        let mut path = vec![self.enter(root, UNSEEN)];
        while let Some(step) = path.last_mut() {
            let (article, entered_by) = (step.article, step.entered_by);
            if let Some(neighbor) = self.neighbors[article].get(step.next) {
                step.next += 1;
                let other = neighbor.article.index();
                if neighbor.edge == entered_by {
                    continue;
                }
                if self.found[other] == UNSEEN {
                    self.open.push(neighbor.edge);
                    path.push(self.enter(other, neighbor.edge));
                } else if self.found[other] < self.found[article] {
                    self.open.push(neighbor.edge);
                    self.low[article] = self.low[article].min(self.found[other]);
                }
            } else {
                path.pop();
                if let Some(above) = path.last() {
                    self.leave(article, entered_by, above.article);
                }
            }
        }
    }

    fn enter(&mut self, article: usize, entered_by: u32) -> Step {
        self.found[article] = self.n_found;
        self.low[article] = self.n_found;
        self.n_found += 1;
        Step { article, entered_by, next: 0 }
    }

    /// Goes back up: where nothing below `article` reaches above `above`, the edges since then are a block.
    fn leave(&mut self, article: usize, entered_by: u32, above: usize) {
        self.low[above] = self.low[above].min(self.low[article]);
        if self.low[article] >= self.found[above] {
            while let Some(edge) = self.open.pop() {
                self.block[edge as usize] = self.n_blocks;
                if edge == entered_by {
                    break;
                }
            }
            self.n_blocks += 1;
        }
    }
}
