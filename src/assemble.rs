//! From clusters to stories: the relations of [`crate::relate`], the agency of [`crate::attribute`], and what the entries
//! of the index say, put together.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::article::ArticleId;
use crate::attribute::{Claim, attribute, credited, is_uncredited};
use crate::carriers::Carrying;
use crate::clean::credit::Dateline;
use crate::clean::same_words;
use crate::cluster::Cluster;
use crate::error::Result;
use crate::headline::{Titles, choose};
use crate::index::{Entry, Index};
use crate::params::Params;
use crate::relate::{Related, RelatedCopy, relate};
use crate::story::{Carrier, Copy, Story, Version, WeakestLink};

/// The stories of a run, most outlets first, then most copies, then by id. The index is used up.
///
/// # Errors
/// [`Error::Read`](crate::error::Error::Read) where tokens cannot be read back.
pub fn assemble(mut index: Index, clusters: &[Cluster], carrying: &[Carrying], params: &Params) -> Result<Vec<Story>> {
    let (titles, related) = rayon::join(|| titles(clusters, &index), || relate_all(clusters, &index, params));
    let related = related?;
    let carriers = carriers(clusters, carrying, &index);
    let heads: Vec<Head> = clusters
        .par_iter()
        .zip(&related)
        .with_max_len(CLUSTERS_A_TASK)
        .map(|(c, r)| head(c, r, &index, &titles))
        .collect::<Result<_>>()?;
    let mut entries = std::mem::take(&mut index.entries);
    let mut stories: Vec<Story> = related
        .iter()
        .zip(heads)
        .zip(carriers)
        .map(|((related, head), carried_by)| story(related, head, carried_by, &mut entries, &index.n_words))
        .collect();
    stories.par_sort_by(|x, y| {
        (y.outlets, y.copies.len()).cmp(&(x.outlets, x.copies.len())).then_with(|| x.id.cmp(&y.id))
    });
    Ok(stories)
}

/// Clusters that one task reads at most. The first of them have most of the copies, as they are in order of their first
/// member: halves of equal number, as rayon makes them, would leave one core with nearly all the work.
const CLUSTERS_A_TASK: usize = 32;

fn relate_all(clusters: &[Cluster], index: &Index, params: &Params) -> Result<Vec<Related>> {
    clusters.par_iter().with_max_len(CLUSTERS_A_TASK).map(|cluster| relate(cluster, index, params)).collect()
}

/// What is said of a story as a whole, taken before its copies' entries are used up.
struct Head {
    id: String,
    agency: Option<crate::story::Attribution>,
    dateline: Option<Dateline>,
    headline: Option<String>,
    /// For each copy whether its headline differs from the origin's, where both have one.
    headline_changed: Vec<Option<bool>>,
    outlets: usize,
    weakest_link: Option<WeakestLink>,
}

fn titles(clusters: &[Cluster], index: &Index) -> Titles {
    let members = clusters.iter().zip(0..).flat_map(|(cluster, story)| cluster.members.iter().map(move |m| (story, m)));
    Titles::learn(members.map(|(story, member)| (story, &index.entries[member.index()])))
}

fn head(cluster: &Cluster, related: &Related, index: &Index, titles: &Titles) -> Result<Head> {
    let entries = || related.copies.iter().map(|copy| &index.entries[copy.article.index()]);
    let outlets: HashSet<&str> = entries().map(|e| e.outlet.as_str()).filter(|outlet| !outlet.is_empty()).collect();
    let headline = headline(related, index, titles)?;
    Ok(Head {
        headline_changed: headline_changed(related, index, titles, headline.as_deref()),
        headline,
        id: story_id(cluster, index),
        agency: attribute(entries().map(claim)),
        dateline: most_frequent(entries().filter_map(|e| e.dateline.as_ref())).cloned(),
        outlets: outlets.len(),
        weakest_link: cluster.weakest.map(|edge| WeakestLink {
            articles: [edge.pair.a, edge.pair.b].map(|article| index.entries[article.index()].id.clone()),
            link: edge.link,
        }),
    })
}

fn claim(entry: &Entry) -> Claim<'_> {
    Claim { id: &entry.id, outlet: &entry.outlet, credits: &entry.credits }
}

/// `s` and twelve hexadecimal digits of the hash of the members' ids.
fn story_id(cluster: &Cluster, index: &Index) -> String {
    let mut hash = Xxh3::new();
    for &member in &cluster.members {
        hash.update(index.entries[member.index()].id.as_bytes());
        hash.update(&[0]);
    }
    format!("s{:012x}", hash.digest() >> 16)
}

/// The value that recurs most; the first of those that recur equally often.
fn most_frequent<T: Eq + std::hash::Hash + std::marker::Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: HashMap<T, (usize, usize)> = HashMap::new();
    for (place, value) in values.enumerate() {
        counts.entry(value).or_insert((0, place)).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, (n, place))| (*n, std::cmp::Reverse(*place))).map(|(value, _)| value)
}

/// The story's headline: of a single page its title, else the best of its copies' titles, or what there is if all are
/// chrome.
fn headline(related: &Related, index: &Index, titles: &Titles) -> Result<Option<String>> {
    let entries = || related.copies.iter().map(|copy| &index.entries[copy.article.index()]);
    if related.copies.len() == 1 {
        return Ok(entries().find_map(|entry| entry.headline.clone()));
    }
    let proper: Vec<&str> = entries().filter_map(|entry| titles.proper(entry)).collect();
    let chosen = match proper[..] {
        [] => entries().find_map(|entry| entry.headline.as_deref()),
        [only] => Some(only),
        _ => choose(&proper, &index.tokens(related.copies[0].article)?),
    };
    Ok(chosen.map(str::to_owned))
}

/// For each copy whether its headline differs from the origin's; where that is chrome, from the story's.
fn headline_changed(related: &Related, index: &Index, titles: &Titles, of_story: Option<&str>) -> Vec<Option<bool>> {
    let proper = |copy: &RelatedCopy| titles.proper(&index.entries[copy.article.index()]);
    if related.copies.len() == 1 {
        return vec![of_story.map(|_| false)];
    }
    let origin = related.copies.first().and_then(proper).or(of_story);
    related.copies.iter().map(|copy| proper(copy).zip(origin).map(|(own, origin)| !same_words(own, origin))).collect()
}

/// For each cluster the pages that carry it, by what they kept, then by id.
fn carriers(clusters: &[Cluster], carrying: &[Carrying], index: &Index) -> Vec<Vec<Carrier>> {
    let mut cluster_of = vec![0; index.len()];
    for (cluster, number) in clusters.iter().zip(0usize..) {
        cluster.members.iter().for_each(|m| cluster_of[m.index()] = number);
    }
    let mut best: HashMap<(usize, ArticleId), f64> = HashMap::new();
    for c in carrying {
        let kept = best.entry((cluster_of[c.carried.index()], c.page)).or_default();
        *kept = kept.max(c.kept);
    }
    let mut carriers: Vec<Vec<Carrier>> = vec![Vec::new(); clusters.len()];
    for ((cluster, page), kept) in best {
        let entry = &index.entries[page.index()];
        carriers[cluster].push(Carrier { id: entry.id.clone(), outlet: entry.outlet.clone(), kept });
    }
    for list in &mut carriers {
        list.sort_by(|x, y| y.kept.total_cmp(&x.kept).then_with(|| x.id.cmp(&y.id)));
    }
    carriers
}

fn story(related: &Related, head: Head, carried_by: Vec<Carrier>, entries: &mut [Entry], n_words: &[u32]) -> Story {
    let versions = versions(related, entries, n_words);
    let first_seen = versions.iter().filter_map(|v| v.first_seen).map(|p| p.unix_seconds).min();
    let copies = related
        .copies
        .iter()
        .zip(head.headline_changed)
        .map(|(related, headline_changed)| {
            let entry = std::mem::take(&mut entries[related.article.index()]);
            let uncredited = head.agency.as_ref().is_some_and(|agency| is_uncredited(&claim(&entry), agency));
            let credit = credited(&entry.credits, head.agency.as_ref().map(|attribution| attribution.agency));
            Copy { headline_changed, uncredited, credit, ..copy(related, entry, first_seen) }
        })
        .collect();
    Story {
        id: head.id,
        agency: head.agency,
        dateline: head.dateline,
        headline: head.headline,
        versions,
        outlets: head.outlets,
        weakest_link: head.weakest_link,
        copies,
        carried_by,
    }
}

fn copy(related: &RelatedCopy, entry: Entry, first_seen: Option<i64>) -> Copy {
    let compared = related.compared.map(|(_, compared)| compared);
    Copy {
        against: related.compared.map(|(text, _)| text),
        article: related.article,
        lag_seconds: entry.published.zip(first_seen).map(|(own, first)| own.unix_seconds - first),
        version: version_id(related.version),
        relation: related.relation,
        kept: compared.map_or(1.0, |compared| compared.kept),
        added: compared.map_or(0.0, |compared| compared.added),
        containment: compared.map_or(1.0, |compared| compared.overlap.containment),
        resemblance: compared.map_or(1.0, |compared| compared.overlap.resemblance),
        headline_changed: None,
        credit: None,
        uncredited: false,
        id: entry.id,
        outlet: entry.outlet,
        url: entry.url,
        published: entry.published,
        headline: entry.headline,
    }
}

fn versions(related: &Related, entries: &[Entry], n_words: &[u32]) -> Vec<Version> {
    (related.fullest.iter().enumerate())
        .map(|(version, &fullest)| {
            let own = || related.copies.iter().filter(move |copy| copy.version == version);
            let published = own().filter_map(|copy| entries[copy.article.index()].published);
            Version {
                id: version_id(version),
                copies: own().count(),
                first_seen: published.min(),
                words: own().map(|copy| n_words[copy.article.index()]).max().unwrap_or(0),
                fullest,
                fullest_id: entries[fullest.index()].id.clone(),
            }
        })
        .collect()
}

fn version_id(version: usize) -> String {
    format!("v{}", version + 1)
}
