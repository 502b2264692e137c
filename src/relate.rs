//! From a cluster to a story: its versions, its origin, and how each copy relates to the text it was made from.
//!
//! Two figures of a copy are measured against the fullest copy of its version: how much of that text it kept, and how
//! much of its own words that text does not have. That fullest copy is itself held against the earlier version of which
//! it kept most. Both count words that lie in a shared shingle, so an edited word
//! costs its neighborhood, and a moved paragraph costs next to nothing.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::rc::Rc;

use crate::article::ArticleId;
use crate::cluster::Cluster;
use crate::error::Result;
use crate::index::Index;
use crate::params::Params;
use crate::story::Relation;
use crate::verify::{Link, Prepared};

/// A cluster, read: who is compared with whom, and what came of it.
#[derive(Debug, Clone)]
pub struct Related {
    /// The members, the origin first, then by time, then by number.
    pub copies: Vec<RelatedCopy>,
    /// Number of versions.
    pub n_versions: usize,
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
    /// What it shares with that text, `covered_a` being of the text, `covered_b` of the copy.
    pub link: Option<Link>,
}

/// Share of the origin and of the copy from which two texts are the same words.
const IDENTICAL: f64 = 0.98;
/// Share of a copy's words that may be new in one that was only cut: the words around the cuts.
const TRIMMED_ADDED: f64 = 0.06;
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

/// Versions that a story is split into at most; later differences go to the version they resemble most.
const MAX_VERSIONS: usize = 32;
/// The longest copies of a version that may be its fullest text, and the copies that each is held against.
const FULLEST_TRIED: usize = 6;
const WITNESSES: usize = 24;
/// Share of a text that another copy must have for its words to be the dispatch's and not an outlet's own.
const CONFIRMED: f64 = 0.85;

/// Reads a cluster. O(members · versions) comparisons.
///
/// # Errors
/// [`Error::Read`](crate::error::Error::Read) where the tokens of a member cannot be read back.
pub fn relate(cluster: &Cluster, index: &Index, params: &Params) -> Result<Related> {
    if let [only] = cluster.members[..] {
        let copy = RelatedCopy { article: only, version: 0, relation: Relation::Origin, link: None };
        return Ok(Related { copies: vec![copy], n_versions: 1 });
    }
    let mut texts = Texts { index, params, ready: HashMap::new() };
    let mut versions = split_versions(&cluster.members, &mut texts)?;
    versions.sort_by_key(|members| members.iter().map(|&m| seen(index, m)).min());
    let mut copies = Vec::with_capacity(cluster.members.len());
    let mut earlier: Vec<Rc<Prepared>> = Vec::with_capacity(versions.len());
    for (version, members) in versions.iter().enumerate() {
        let fullest = fullest(members, &mut texts)?;
        let text = texts.take(fullest)?;
        for &article in members {
            copies.push(if article != fullest {
                compared(article, version, &text, &*texts.take(article)?)
            } else if let Some(before) = nearest(&earlier, &text) {
                // The fullest text of a later version shows what became of an earlier one.
                compared(article, version, before, &text)
            } else {
                RelatedCopy { article, version, relation: Relation::Origin, link: None }
            });
        }
        earlier.push(text);
    }
    copies.sort_by_key(|copy| (copy.relation != Relation::Origin, seen(index, copy.article)));
    Ok(Related { copies, n_versions: versions.len() })
}

/// The texts of a cluster's members, each made ready once as long as few are held.
struct Texts<'a> {
    index: &'a Index,
    params: &'a Params,
    /// By twin: copies with the same words are one text.
    ready: HashMap<ArticleId, Rc<Prepared>>,
}

/// Texts that are held ready at most (about 8 KB each): enough for all but the largest stories.
const MAX_READY: usize = 512;

impl Texts<'_> {
    fn take(&mut self, article: ArticleId) -> Result<Rc<Prepared>> {
        let first = self.index.twin_of[article.index()];
        if let Some(text) = self.ready.get(&first) {
            return Ok(Rc::clone(text));
        }
        if self.ready.len() >= MAX_READY {
            self.ready.clear();
        }
        let text = Rc::new(Prepared::new(self.index.tokens(first)?, self.params.shingle_words));
        self.ready.insert(first, Rc::clone(&text));
        Ok(text)
    }
}

/// The order of time: undated articles last, then by number.
fn seen(index: &Index, article: ArticleId) -> (bool, i64, ArticleId) {
    let published = index.entries[article.index()].published;
    (published.is_none(), published.map_or(0, |p| p.unix_seconds), article)
}

fn compared(article: ArticleId, version: usize, text: &Prepared, copy: &Prepared) -> RelatedCopy {
    let link = text.link(copy);
    RelatedCopy { article, version, relation: relation(link.covered_a, 1.0 - link.covered_b), link: Some(link) }
}

/// The text of which most is in `text`; the latest among equals.
fn nearest<'a>(earlier: &'a [Rc<Prepared>], text: &Prepared) -> Option<&'a Prepared> {
    let kept = earlier.iter().map(|before| (before.link(text).covered_a, before));
    kept.max_by(|x, y| x.0.total_cmp(&y.0)).map(|(_, before)| &**before)
}

/// Groups the members of a cluster by version: longest first, each joins the version whose longest text contains it,
/// or opens one.
fn split_versions(members: &[ArticleId], texts: &mut Texts<'_>) -> Result<Vec<Vec<ArticleId>>> {
    let mut longest_first = members.to_vec();
    longest_first.sort_by_key(|&m| (Reverse(texts.index.n_words[m.index()]), m));
    let mut versions: Vec<(Rc<Prepared>, Vec<ArticleId>)> = Vec::new();
    // Copies with the same words need no second comparison.
    let mut placed: HashMap<ArticleId, usize> = HashMap::new();
    for article in longest_first {
        let first = texts.index.twin_of[article.index()];
        let at = match placed.get(&first) {
            Some(&at) => at,
            None => {
                let text = texts.take(article)?;
                version_of(&text, &versions, texts.params).unwrap_or_else(|| {
                    versions.push((text, Vec::new()));
                    versions.len() - 1
                })
            }
        };
        placed.insert(first, at);
        versions[at].1.push(article);
    }
    Ok(versions.into_iter().map(|(_, members)| members).collect())
}

/// The version that contains a text best; `None` where none does well enough and there is room for another.
fn version_of(text: &Prepared, versions: &[(Rc<Prepared>, Vec<ArticleId>)], params: &Params) -> Option<usize> {
    let contained = versions.iter().map(|(longest, _)| longest.link(text).containment).enumerate();
    // Among equals the first: the longest.
    let (at, containment) = contained.max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0)))?;
    (containment >= params.version_containment || versions.len() >= MAX_VERSIONS).then_some(at)
}

/// The fullest text of a version: its longest copy all of whose words another copy has too, for an outlet's own
/// paragraphs stand in one copy only; where there is none, its longest. Of two texts that differ at the bottom alone it
/// is the longer: copies are cut there more often than anything is added.
fn fullest(longest_first: &[ArticleId], texts: &mut Texts<'_>) -> Result<ArticleId> {
    let witnesses: Vec<(ArticleId, Rc<Prepared>)> = longest_first
        .iter()
        .take(WITNESSES)
        .map(|&witness| Ok((witness, texts.take(witness)?)))
        .collect::<Result<_>>()?;
    let twin = |article: ArticleId| texts.index.twin_of[article.index()];
    let (longest, text) = &witnesses[0];
    let mut shorter = longest_first.iter().map(|&m| twin(m)).filter(|&text| text != twin(*longest));
    if let Some(other) = shorter.next()
        && shorter.all(|text| text == other)
        && witnesses.iter().any(|(m, cut)| twin(*m) == other && text.link(cut).opens_larger())
    {
        return Ok(earliest_twin(*longest, longest_first, texts.index));
    }
    let confirmed = witnesses.iter().take(FULLEST_TRIED).find(|(candidate, text)| {
        witnesses.iter().any(|(other, witness)| other != candidate && text.link(witness).covered_a >= CONFIRMED)
    });
    Ok(earliest_twin(confirmed.map_or(*longest, |(fullest, _)| *fullest), longest_first, texts.index))
}

/// Of copies with the same words the earliest.
fn earliest_twin(article: ArticleId, members: &[ArticleId], index: &Index) -> ArticleId {
    let same = members.iter().filter(|m| index.twin_of[m.index()] == index.twin_of[article.index()]);
    same.min_by_key(|&&m| seen(index, m)).copied().unwrap_or(article)
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
            (0.5, 0.05, Relation::Trimmed),
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
