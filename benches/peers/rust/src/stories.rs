//! Union-find over the pairs that a peer's index returns.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;

/// The articles by their position, and what joins them.
#[derive(Default)]
pub struct Stories {
    ids: Vec<String>,
    parents: Vec<u32>,
}

impl Stories {
    /// Adds an article of its own and says its position.
    pub fn add(&mut self, id: &str) -> u32 {
        let at = self.parents.len() as u32;
        self.ids.push(id.to_owned());
        self.parents.push(at);
        at
    }

    pub fn len(&self) -> u32 {
        self.parents.len() as u32
    }

    pub fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        self.parents[one.max(other) as usize] = one.min(other);
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.parents[at as usize] != at {
            let above = self.parents[self.parents[at as usize] as usize];
            self.parents[at as usize] = above;
            at = above;
        }
        at
    }

    /// A story is named by the position of its first article.
    pub fn write(mut self, path: &Path) -> Result<()> {
        let mut table = BufWriter::with_capacity(1 << 20, File::create(path)?);
        writeln!(table, "id\tstory")?;
        for at in 0..self.len() {
            let story = self.root(at);
            writeln!(table, "{}\t{story}", self.ids[at as usize])?;
        }
        Ok(table.flush()?)
    }
}
