//! The versions of a story: which copies carry one state of its text.
//!
//! Copies of one version differ by what outlets do: they cut, mostly at the bottom, change words to their style, and set
//! paragraphs of their own before or after. Between the first and the last shared word such a copy has little of its own.
//! A later version has: a new lead, new paragraphs, sentences rewritten.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{Compared, Texts, seen};
use crate::article::ArticleId;
use crate::error::Result;
use crate::index::Index;
use crate::verify::Prepared;

/// A version: the longest text of it, and all members by length.
pub(super) struct Version {
    pub(super) members: Vec<Member>,
}

/// A member of a version, and what it has of the longest text of it.
#[derive(Clone, Copy)]
pub(super) struct Member {
    pub(super) article: ArticleId,
    pub(super) compared: Compared,
}

/// Versions that a story is split into at most; later differences go to the version they resemble most.
const MAX_VERSIONS: usize = 32;
/// Share of a text that must be in a version's longest for the two to be compared at all by what lies between.
const MIN_SHARED: f64 = 0.4;

/// Groups the members of a cluster by version: longest first, each joins the version whose longest text it fits best, or
/// opens one.
pub(super) fn split_versions(members: &[ArticleId], texts: &mut Texts<'_>) -> Result<Vec<Version>> {
    let mut longest_first = members.to_vec();
    longest_first.sort_by_key(|&m| (Reverse(texts.index.n_words[m.index()]), m));
    let mut leaders: Vec<Rc<Prepared>> = Vec::new();
    let mut versions: Vec<Version> = Vec::new();
    // Copies with the same words need no second comparison.
    let mut placed: HashMap<ArticleId, (usize, Compared)> = HashMap::new();
    for article in longest_first {
        let first = texts.index.twin_of[article.index()];
        let (at, compared) = match placed.get(&first) {
            Some(&known) => known,
            None => {
                let text = texts.take(article)?;
                version_of(&text, &leaders, texts.params.min_version_share).unwrap_or_else(|| {
                    leaders.push(Rc::clone(&text));
                    versions.push(Version { members: Vec::new() });
                    (versions.len() - 1, Compared::new(&text, &text))
                })
            }
        };
        placed.insert(first, (at, compared));
        versions[at].members.push(Member { article, compared });
    }
    join_expansions(versions, texts)
}

/// Share of a version's fullest text that an expansion of it keeps.
const KEPT_EXPANDED: f64 = 0.9;

/// Joins each version that only one text carries to the version whose fullest text it holds: nobody else prints what it
/// has besides, so it is an outlet's own. An update is reprinted.
fn join_expansions(versions: Vec<Version>, texts: &mut Texts<'_>) -> Result<Vec<Version>> {
    let index = texts.index;
    let is_lone =
        |version: &Version| version.members.iter().all(|m| index.twin_of[m.article.index()] == version.leader(index));
    let (lone, mut others): (Vec<Version>, Vec<Version>) = versions.into_iter().partition(is_lone);
    let mut fullest = Vec::with_capacity(others.len());
    if !lone.is_empty() {
        for version in &others {
            let article = version.fullest(texts)?;
            fullest.push(texts.take(article)?);
        }
    }
    for version in lone {
        let text = texts.take(version.members[0].article)?;
        let kept = fullest.iter().map(|of_version| Compared::new(of_version, &text).kept).enumerate();
        match kept.max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0))) {
            Some((at, kept)) if kept >= KEPT_EXPANDED => {
                let leader = texts.take(others[at].members[0].article)?;
                let compared = Compared::new(&leader, &text);
                others[at].members.extend(version.members.into_iter().map(|member| Member { compared, ..member }));
            }
            _ => others.push(version),
        }
    }
    Ok(others)
}

/// The version that a text fits best; `None` where it fits none well enough and there is room for another.
fn version_of(text: &Prepared, leaders: &[Rc<Prepared>], least: f64) -> Option<(usize, Compared)> {
    let fit = |compared: &Compared| if 1.0 - compared.added < MIN_SHARED { 0.0 } else { compared.inner };
    // No version after one that has all of its words is better.
    let mut is_whole = false;
    let compared = leaders.iter().map_while(|longest| {
        let compared = (!is_whole).then(|| Compared::new(longest, text));
        is_whole = compared.is_some_and(|compared| compared.added == 0.0);
        compared
    });
    // Of versions that it fits alike the one of which it has more; among equals the first: the longest.
    let best = compared
        .enumerate()
        .max_by(|(x, a), (y, b)| fit(a).total_cmp(&fit(b)).then(b.added.total_cmp(&a.added)).then(y.cmp(x)));
    best.filter(|(_, compared)| fit(compared) >= least || leaders.len() >= MAX_VERSIONS)
}

/// The longest copies of a version that may be its fullest text, and the copies that each is held against.
const FULLEST_TRIED: usize = 6;
const WITNESSES: usize = 24;
/// Share of a text that another copy must have for its words to be the dispatch's and not an outlet's own.
const CONFIRMED: f64 = 0.95;

/// Whether one of the witnesses has the words of a candidate, which is none of its own.
fn confirmed(candidate: ArticleId, witnesses: &[ArticleId], texts: &mut Texts<'_>) -> Result<bool> {
    let text = texts.take(candidate)?;
    for &witness in witnesses.iter().filter(|witness| **witness != candidate) {
        if text.is_covered_by(&*texts.take(witness)?, CONFIRMED) {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Version {
    /// The first of the articles with the words of its longest text.
    pub(super) fn leader(&self, index: &Index) -> ArticleId {
        index.twin_of[self.members[0].article.index()]
    }

    /// When it was first seen, and its length: an update grows.
    pub(super) fn in_time_and_growth(&self, index: &Index) -> ((bool, i64), u32, ArticleId) {
        let seen = self.members.iter().map(|member| seen(index, member.article));
        let (undated, at, article) = seen.min().unwrap_or((true, 0, ArticleId(u32::MAX)));
        ((undated, at), index.n_words[self.members[0].article.index()], article)
    }

    /// The fullest text: the longest copy all of whose words another copy has too, for an outlet's own paragraphs stand in
    /// one copy only; where there is none, the longest. Of two texts that differ at the bottom alone it is the longer:
    /// copies are cut there more often than anything is added.
    pub(super) fn fullest(&self, texts: &mut Texts<'_>) -> Result<ArticleId> {
        let index = texts.index;
        let longest = self.members[0].article;
        let leader = self.leader(index);
        let twin = |member: &Member| index.twin_of[member.article.index()];
        let mut shorter = self.members.iter().filter(|member| twin(member) != leader);
        let confirms = |member: &Member| member.article != longest && member.compared.kept >= CONFIRMED;
        if self.members.iter().any(confirms) {
            return Ok(self.earliest_with(leader, index));
        }
        if let Some(other) = shorter.next()
            && shorter.all(|member| twin(member) == twin(other))
            && texts.take(leader)?.link(&*texts.take(other.article)?).opens_larger()
        {
            return Ok(self.earliest_with(leader, index));
        }
        let witnesses: Vec<ArticleId> = self.members.iter().take(WITNESSES).map(twin).collect();
        // Copies with the same words bear the same witness: once is enough. The longest are the likeliest to.
        let mut seen = HashSet::new();
        let different: Vec<ArticleId> = witnesses.iter().copied().filter(|&witness| seen.insert(witness)).collect();
        for candidate in self.members.iter().take(FULLEST_TRIED).skip(1).map(twin) {
            let is_twin = witnesses.iter().filter(|witness| **witness == candidate).count() > 1;
            if is_twin || confirmed(candidate, &different, texts)? {
                return Ok(self.earliest_with(candidate, index));
            }
        }
        Ok(self.earliest_with(leader, index))
    }

    /// Of the copies with these words the earliest.
    fn earliest_with(&self, twin: ArticleId, index: &Index) -> ArticleId {
        let same = self.members.iter().map(|member| member.article).filter(|m| index.twin_of[m.index()] == twin);
        same.min_by_key(|&m| seen(index, m)).unwrap_or(twin)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::shingle::Token;

    /// A text of stretches of one and the same long one, and of words of its own.
    fn text() -> impl Strategy<Value = Vec<u32>> {
        let stretch = prop_oneof![
            3 => (0u32..6, 1u32..5).prop_map(|(from, n)| (30 * from..30 * (from + n)).collect::<Vec<u32>>()),
            1 => prop::collection::vec(1000u32..100_000, 1..40),
        ];
        prop::collection::vec(stretch, 1..4).prop_map(|stretches| stretches.concat())
    }

    proptest! {
        #[test]
        fn the_best_version_is_that_of_all(leaders in prop::collection::vec(text(), 0..5), text in text()) {
            let prepared = |words: &Vec<u32>| {
                Prepared::new(words.iter().map(|word| Token::from_bits(word.wrapping_mul(0x9e37_79b1) << 4)).collect(), 5)
            };
            let (leaders, text) = (leaders.iter().map(prepared).map(Rc::new).collect::<Vec<_>>(), prepared(&text));
            let of_all: Vec<Compared> = leaders.iter().map(|leader| Compared::new(leader, &text)).collect();
            let key = |at: usize| {
                let Compared { inner, added, .. } = of_all[at];
                (if 1.0 - added < MIN_SHARED { 0.0 } else { inner }, -added)
            };
            let best = (0..leaders.len()).max_by(|&x, &y| key(x).partial_cmp(&key(y)).unwrap().then(y.cmp(&x)));
            let found = version_of(&text, &leaders, 0.5).map(|(at, _)| at);
            prop_assert_eq!(found, best.filter(|&at| key(at).0 >= 0.5));
        }
    }
}
