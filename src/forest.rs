//! Disjoint sets of articles, joined pair by pair.

/// Disjoint sets: union by size and path halving (Tarjan and van Leeuwen, "Worst-case analysis of set union algorithms",
/// 1984, sections 2 and 3). Eight bytes an element; nearly constant time an operation.
#[derive(Debug)]
pub struct Forest {
    parent: Vec<u32>,
    size: Vec<u32>,
}

impl Forest {
    /// `n` elements, each in a set of its own.
    pub fn new(n: usize) -> Self {
        Forest { parent: (0..n as u32).collect(), size: vec![1; n] }
    }

    /// The representative of the set that `x` is in.
    pub fn root(&mut self, mut x: u32) -> u32 {
        while self.parent[x as usize] != x {
            let grandparent = self.parent[self.parent[x as usize] as usize];
            self.parent[x as usize] = grandparent;
            x = grandparent;
        }
        x
    }

    /// Joins two sets; whether they were apart.
    pub fn join(&mut self, x: u32, y: u32) -> bool {
        let (x, y) = (self.root(x), self.root(y));
        if x == y {
            return false;
        }
        let (small, large) = if self.size[x as usize] < self.size[y as usize] { (x, y) } else { (y, x) };
        self.parent[small as usize] = large;
        self.size[large as usize] += self.size[small as usize];
        true
    }
}
