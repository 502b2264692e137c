//! From a cluster to a story: its versions, its origin, and how each copy relates to the text it was made from.
//!
//! *Kept* and *added* are measured by aligning the words of a copy with those of the fullest copy of its version. That
//! fullest copy is itself held against the earlier version of which it kept most.

mod versions;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use crate::align::Alignment;
use crate::article::ArticleId;
use crate::cluster::Cluster;
use crate::error::Result;
use crate::index::Index;
use crate::params::Params;
use crate::story::Relation;
use crate::verify::{Overlap, Prepared};
use versions::split_versions;

/// A cluster, read: who is compared with whom, and what came of it.
#[derive(Debug, Clone)]
pub struct Related {
    /// The members, the origin first, then by time, then by number.
    pub copies: Vec<RelatedCopy>,
    /// For each version the copy with its fullest text.
    pub fullest: Vec<ArticleId>,
}

/// A member of a cluster and its relation to its version.
#[derive(Debug, Clone, Copy)]
pub struct RelatedCopy {
    /// The article.
    pub article: ArticleId,
    /// Its version, from 0, in order of time.
    pub version: usize,
    /// How it relates to the text it is compared with.
    pub relation: Relation,
    /// Whose text that is, and what the copy shares with it; `None` for the origin.
    pub compared: Option<(ArticleId, Compared)>,
}

/// What a copy has of a text.
#[derive(Debug, Clone, Copy)]
pub struct Compared {
    /// Share of the text's words that the copy has, 0 to 1.
    pub kept: f64,
    /// Share of the copy's words that the text does not have, 0 to 1.
    pub added: f64,
    /// [`Alignment::inner_share_of_b`] of the copy.
    pub inner: f64,
    /// How much the two overlap, as sets of shingles.
    pub overlap: Overlap,
}

impl Compared {
    fn new(text: &Prepared, copy: &Prepared) -> Self {
        if text.is_same_run(copy) {
            let overlap = Overlap { containment: 1.0, resemblance: 1.0 };
            return Compared { kept: 1.0, added: 0.0, inner: 1.0, overlap };
        }
        let (overlap, runs) = text.overlap_and_runs(copy);
        let alignment = Alignment::of_runs(text, copy, runs);
        Compared {
            kept: alignment.share_of_a(),
            added: 1.0 - alignment.share_of_b(),
            inner: alignment.inner_share_of_b(),
            overlap,
        }
    }
}

/// Share of the origin and of the copy from which two texts are the same words.
const IDENTICAL: f64 = 0.98;
/// Share of a copy's words that may be new in one that was only cut: the words around the cuts.
const TRIMMED_ADDED: f64 = 0.05;
/// Share of a copy's words that are new in one that was expanded.
const EXPANDED_ADDED: f64 = 0.2;
/// Share of the dispatch below which a copy holds a part of it.
const PARTIAL_KEPT: f64 = 0.35;

/// Names the relation of a copy that kept and added these shares.
pub fn relation(kept: f64, added: f64) -> Relation {
    if kept >= IDENTICAL && added <= 1.0 - IDENTICAL {
        Relation::Identical
    } else if kept < PARTIAL_KEPT {
        Relation::Partial
    } else if added <= TRIMMED_ADDED && kept < 1.0 - TRIMMED_ADDED {
        Relation::Trimmed
    } else if added >= EXPANDED_ADDED && kept >= 1.0 - EXPANDED_ADDED {
        Relation::Expanded
    } else {
        Relation::Edited
    }
}

/// Reads a cluster. O(members · versions) comparisons.
///
/// # Errors
/// [`Error::Read`](crate::error::Error::Read) where the tokens of a member cannot be read back.
pub fn relate(cluster: &Cluster, index: &Index, params: &Params) -> Result<Related> {
    if let [only] = cluster.members[..] {
        let copy = RelatedCopy { article: only, version: 0, relation: Relation::Origin, compared: None };
        return Ok(Related { copies: vec![copy], fullest: vec![only] });
    }
    let mut texts = Texts { index, params, ready: HashMap::new(), n_words: 0 };
    let mut versions = split_versions(&cluster.members, &mut texts)?;
    versions.sort_by_cached_key(|version| version.in_time_and_growth(index));
    let mut copies = Vec::with_capacity(cluster.members.len());
    let mut earlier: Vec<Rc<Prepared>> = Vec::with_capacity(versions.len());
    let mut fullest_of = Vec::with_capacity(versions.len());
    for (number, version) in versions.iter().enumerate() {
        let fullest = version.fullest(&mut texts)?;
        let text = texts.take(fullest)?;
        let mut known: HashMap<ArticleId, Compared> = HashMap::new();
        for member in &version.members {
            let article = member.article;
            let compared = if article == fullest {
                // The fullest text of a later version shows what became of an earlier one.
                let earlier = fullest_of.iter().copied().zip(&earlier);
                earlier
                    .map(|(article, before): (ArticleId, &Rc<Prepared>)| (article, Compared::new(before, &text)))
                    .max_by(|(_, x), (_, y)| x.kept.total_cmp(&y.kept))
            } else if index.twin_of[fullest.index()] == version.leader(index) {
                Some((fullest, member.compared))
            } else {
                // Copies with the same words are compared once.
                let compared = match known.entry(index.twin_of[article.index()]) {
                    Entry::Occupied(same) => *same.get(),
                    Entry::Vacant(place) => *place.insert(Compared::new(&text, &*texts.take(article)?)),
                };
                Some((fullest, compared))
            };
            let relation = compared.map_or(Relation::Origin, |(_, compared)| relation(compared.kept, compared.added));
            copies.push(RelatedCopy { article, version: number, relation, compared });
        }
        earlier.push(text);
        fullest_of.push(fullest);
    }
    copies.sort_by_key(|copy| (copy.relation != Relation::Origin, seen(index, copy.article)));
    Ok(Related { copies, fullest: fullest_of })
}

/// The texts of a cluster's members, each made ready once as long as few are held.
struct Texts<'a> {
    index: &'a Index,
    params: &'a Params,
    /// By twin: copies with the same words are one text.
    ready: HashMap<ArticleId, Rc<Prepared>>,
    /// Words of these.
    n_words: usize,
}

/// Texts that are held ready at most (about 8 KB each): enough for all but the largest stories.
const MAX_READY: usize = 512;
/// The same for their words, which few texts have so many of.
const MAX_READY_WORDS: usize = 1 << 20;

impl Texts<'_> {
    fn take(&mut self, article: ArticleId) -> Result<Rc<Prepared>> {
        let first = self.index.twin_of[article.index()];
        if let Some(text) = self.ready.get(&first) {
            return Ok(Rc::clone(text));
        }
        if self.ready.len() >= MAX_READY || self.n_words > MAX_READY_WORDS {
            self.ready.clear();
            self.n_words = 0;
        }
        let text = Rc::new(Prepared::new(self.index.tokens(first)?, self.params.shingle_words));
        self.n_words += text.n_words();
        self.ready.insert(first, Rc::clone(&text));
        Ok(text)
    }
}

/// The order of time: undated articles last, then by number.
fn seen(index: &Index, article: ArticleId) -> (bool, i64, ArticleId) {
    let published = index.published(article);
    (published.is_none(), published.map_or(0, |p| p.unix_seconds), article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_by_what_was_kept_and_added() {
        let cases = [
            (1.0, 0.0, Relation::Identical),
            (0.985, 0.01, Relation::Identical),
            (0.5, 0.0, Relation::Trimmed),
            (0.5, 0.04, Relation::Trimmed),
            (0.3, 0.0, Relation::Partial),
            (0.9, 0.12, Relation::Edited),
            (0.97, 0.04, Relation::Edited),
            (0.95, 0.3, Relation::Expanded),
            (0.5, 0.3, Relation::Edited),
        ];
        for (kept, added, expected) in cases {
            assert_eq!(relation(kept, added), expected, "kept {kept}, added {added}");
        }
    }
}
