//! Verifying many candidate pairs: each article's tokens are read back, made ready once, and compared with its partners.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

use rayon::prelude::*;

use super::{Link, Prepared, Shared, Verdict};
use crate::article::ArticleId;
use crate::candidates::Pair;
use crate::error::Result;
use crate::index::Index;
use crate::params::Params;
use crate::shingle::mix;

/// A verified link between two articles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The two articles.
    pub pair: Pair,
    /// What they share; `covered_a` is of `pair.a`.
    pub link: Link,
}

/// Pairs that one task verifies in turn: what two tasks need, both make ready.
const PAIRS_A_TASK: usize = 8192;
/// Articles that a task holds ready at most, about 10 KB each.
const MAX_READY: usize = 2048;

/// The pairs that are copies, ascending.
///
/// Each pair comes after the number of the component that it is of, and those of one component together: an article is then
/// mostly made ready once. In parallel; the result does not depend on the number of threads.
///
/// # Errors
/// [`Error::Read`](crate::error::Error::Read) where tokens cannot be read back.
pub fn verify(pairs: &[(u32, Pair)], index: &Index, params: &Params) -> Result<Vec<Edge>> {
    let edges: Vec<Vec<Edge>> =
        pairs.par_chunks(PAIRS_A_TASK).map(|task| verify_task(task, index, params)).collect::<Result<_>>()?;
    let mut edges: Vec<Edge> = edges.into_iter().flatten().collect();
    edges.sort_unstable_by_key(|edge| edge.pair);
    Ok(edges)
}

fn verify_task(task: &[(u32, Pair)], index: &Index, params: &Params) -> Result<Vec<Edge>> {
    let mut ready: HashMap<ArticleId, Prepared, BuildHasherDefault<Spread>> = HashMap::default();
    let mut shared = Shared::default();
    let mut edges = Vec::new();
    // No verdict joins what shares less.
    let least = params.min_containment.min(params.min_update_containment);
    let mut component = None;
    for &(own, pair) in task {
        // No article is compared with one of another component: its memory is the next one's, and still in the cache.
        if component.replace(own) != Some(own) || ready.len() + 2 > MAX_READY {
            ready.clear();
        }
        for article in [pair.a, pair.b] {
            if let Entry::Vacant(place) = ready.entry(article) {
                place.insert(Prepared::new(index.tokens(article)?, params.shingle_words));
            }
        }
        let Some(link) = ready[&pair.a].link_above(&ready[&pair.b], least, &mut shared) else { continue };
        let link = Link { same_outlet: index.have_one_outlet(pair.a, pair.b), ..link };
        if link.verdict(params) == Verdict::Copies {
            edges.push(Edge { pair, link });
        }
    }
    Ok(edges)
}

/// A hash of an article's number. Numbers are our own, in order of the records' ids: nobody makes them collide.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u32(u32::from(byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = mix(self.0 << 32 | u64::from(number));
    }
}
