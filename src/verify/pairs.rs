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
/// Articles made ready anew or again before those that were not since are let go: a task holds twice as many at most, of
/// about 10 KB each.
const MAX_READY: usize = 256;
/// The same for their words, which few articles have so many of: 25 bytes each.
const MAX_READY_WORDS: usize = 1 << 19;

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
    // Each task's are given back as they are taken: all are some hundred bytes each.
    let mut all = Vec::with_capacity(edges.iter().map(Vec::len).sum());
    edges.into_iter().for_each(|some| all.extend(some));
    let mut edges = all;
    edges.par_sort_unstable_by_key(|edge| edge.pair);
    Ok(edges)
}

fn verify_task(task: &[(u32, Pair)], index: &Index, params: &Params) -> Result<Vec<Edge>> {
    let mut ready = Ready::default();
    let mut shared = Shared::default();
    let mut edges = Vec::new();
    let mut component = None;
    for &(own, pair) in task {
        // No article is compared with one of another component: its memory is the next one's, and still in the cache.
        if component.replace(own) != Some(own) {
            ready.clear();
        }
        let make = |article| Ok(Prepared::new(index.tokens(article)?, params.shingle_words));
        // A twin is of this pair alone, and mostly has the very words: then what was made ready stands for it too.
        let is_same = index.twin_of[pair.b.index()] == pair.a
            && ready.both([pair.a; 2], make)?.0.tokens() == index.tokens(pair.b)?;
        let (a, b) = ready.both([pair.a, if is_same { pair.a } else { pair.b }], make)?;
        let Some(link) = a.link_above(b, params, &mut shared) else { continue };
        let link = Link { same_outlet: index.have_one_outlet(pair.a, pair.b), ..link };
        if link.verdict(params) == Verdict::Copies {
            edges.push(Edge { pair, link });
        }
    }
    Ok(edges)
}

/// The articles that a task holds ready, those compared last.
#[derive(Default)]
struct Ready {
    latest: Articles,
    /// Words of these.
    n_words: usize,
    before: Articles,
}

type Articles = HashMap<ArticleId, Prepared, BuildHasherDefault<Spread>>;

impl Ready {
    fn clear(&mut self) {
        self.latest.clear();
        self.n_words = 0;
        self.before.clear();
    }

    /// Two articles, each made ready where it is not.
    fn both(
        &mut self,
        [a, b]: [ArticleId; 2],
        make: impl Fn(ArticleId) -> Result<Prepared>,
    ) -> Result<(&Prepared, &Prepared)> {
        if self.latest.len() + 2 > MAX_READY || self.n_words > MAX_READY_WORDS {
            std::mem::swap(&mut self.latest, &mut self.before);
            self.latest.clear();
            self.n_words = 0;
        }
        for article in [a, b] {
            if let Entry::Vacant(place) = self.latest.entry(article) {
                let ready = self.before.remove(&article).map_or_else(|| make(article), Ok)?;
                self.n_words += ready.n_words();
                place.insert(ready);
            }
        }
        Ok((&self.latest[&a], &self.latest[&b]))
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Builder, Entry, Fingerprint};
    use crate::shingle::{Token, tokenize};
    use crate::spill::Space;

    #[test]
    fn few_long_articles_are_held_ready() {
        let mut ready = Ready::default();
        let make = |article: ArticleId| {
            let words = (0..MAX_READY_WORDS as u32 / 4).map(|word| Token::from_bits((word + article.0) << 4));
            Ok(Prepared::new(words.collect(), 4))
        };
        for number in 0..20 {
            let (a, b) = ready.both([number, number + 1].map(ArticleId), make).unwrap();
            assert_eq!(b.tokens()[0], a.tokens()[1]);
            // Those of a pair come on top of what may be held.
            assert!(ready.latest.len() <= 6 && ready.before.len() <= 6);
        }
    }

    #[test]
    fn twins_have_the_link_of_their_words_and_those_that_are_none_their_own() {
        let text = "the ferry to the islands was late again on friday because of the fog over the sound and the harbour, \
                    and nobody on the pier could say when the next one would leave";
        let mut builder = Builder::new(&Space::default()).unwrap();
        for (id, text) in [("a", text.to_owned()), ("b", text.to_owned()), ("c", format!("{text} of the town"))] {
            let mut tokens = Vec::new();
            tokenize(&[text], &mut tokens);
            let entry = Entry { id: id.to_owned(), ..Entry::default() };
            let article = Fingerprint { entry, tokens, keys: Vec::new(), units: Vec::new(), body: Vec::new() };
            builder.append(&article.into()).unwrap();
        }
        let (mut index, _) = builder.finish().unwrap();
        // As if the words of a page had the hash of others.
        index.twin_of[2] = ArticleId(0);
        let params = Params::default();
        let prepared = |article| Prepared::new(index.tokens(article).unwrap(), params.shingle_words);
        let pairs = [1, 2].map(|twin| (0, Pair::new(ArticleId(0), ArticleId(twin))));
        let edges = verify(&pairs, &index, &params).unwrap();
        let expected = pairs.map(|(_, pair)| Edge { pair, link: prepared(pair.a).link(&prepared(pair.b)) });
        assert_eq!(edges, expected);
        assert!(edges[0].link.resemblance == 1.0 && edges[1].link.resemblance < 1.0);
    }
}
