//! From clusters to stories: the relations of [`crate::relate`], the agency of [`crate::attribute`], and what the entries
//! of the index say, put together.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use crate::article::ArticleId;
use crate::attribute::{Claim, attribute, credited, is_uncredited};
use crate::carriers::Carrying;
use crate::clean::credit::Dateline;
use crate::clean::same_words;
use crate::cluster::Cluster;
use crate::error::Result;
use crate::headline::{Titles, TitlesSeen, choose};
use crate::index::{Entry, Index};
use crate::params::Params;
use crate::relate::{Related, RelatedCopy, relate};
use crate::story::{Carrier, Copy, LoneArticles, Story, StoryId, Version, WeakestLink};

/// Whether articles without copies become stories with all that is known of them, or no more than their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lone {
    /// Stories like any other.
    #[default]
    Stories,
    /// [`LoneArticles`]: most articles are such, and a tenth of the memory does for them.
    Articles,
}

/// The stories of a run, most outlets first, then most copies, then by id. `clusters` are those of several articles, in the
/// order of their first ones.
///
/// # Errors
/// [`Error::Read`](crate::error::Error::Read) where tokens or entries cannot be read back.
pub fn assemble(
    index: &Index,
    clusters: &[Cluster],
    carrying: &[Carrying],
    lone: Lone,
    params: &Params,
) -> Result<(Vec<Story>, LoneArticles)> {
    let story_of = story_of(index.len(), clusters);
    let mut alone: Vec<Cluster> = Vec::new();
    let mut lone_articles = LoneArticles::default();
    for article in (0..index.len() as u32).map(ArticleId).filter(|article| story_of[article.index()] == ALONE) {
        match lone {
            Lone::Stories => alone.push(Cluster { members: vec![article], weakest: None }),
            Lone::Articles => lone_articles.push(article, index.id(article)),
        }
    }
    let titles = titles(&story_of, index)?;
    let carriers = carriers(&story_of, clusters.len(), &alone, carrying, index);
    let assembling = Assembling { index, titles, params };
    let mut stories: Vec<Story> = clusters
        .par_iter()
        .chain(&alone)
        .zip(carriers)
        .with_max_len(CLUSTERS_A_TASK)
        .map(|(cluster, carried_by)| assembling.story(cluster, carried_by))
        .collect::<Result<_>>()?;
    stories.par_sort_by(|x, y| {
        (y.outlets, y.copies.len()).cmp(&(x.outlets, x.copies.len())).then_with(|| x.id.cmp(&y.id))
    });
    Ok((stories, lone_articles))
}

/// Clusters that one task reads at most. The first of them have most of the copies, as they are in order of their first
/// member: halves of equal number, as rayon makes them, would leave one core with nearly all the work.
const CLUSTERS_A_TASK: usize = 32;

/// The number of an article that is in no cluster.
const ALONE: u32 = u32::MAX;

/// For each article the number of its cluster.
fn story_of(n_articles: usize, clusters: &[Cluster]) -> Vec<u32> {
    let mut story_of = vec![ALONE; n_articles];
    for (cluster, number) in clusters.iter().zip(0..) {
        cluster.members.iter().for_each(|member| story_of[member.index()] = number);
    }
    story_of
}

/// What every title that the run saw says of titles: each article without copies is a story of its own.
fn titles(story_of: &[u32], index: &Index) -> Result<Titles> {
    let seen: Vec<TitlesSeen> = index.headlines(|seen: &mut TitlesSeen, article, headline| {
        let story = match story_of[article.index()] {
            // Clusters are fewer than articles: numbers from above are free.
            ALONE => u32::MAX - article.0,
            story => story,
        };
        seen.push(story, index.outlet(article), headline);
    })?;
    Ok(Titles::learn(seen))
}

/// What every story is put together from.
struct Assembling<'a> {
    index: &'a Index,
    titles: Titles,
    params: &'a Params,
}

impl Assembling<'_> {
    fn story(&self, cluster: &Cluster, carried_by: Vec<Carrier>) -> Result<Story> {
        let related = relate(cluster, self.index, self.params)?;
        let entries: Vec<Entry> =
            related.copies.iter().map(|copy| self.index.entry(copy.article)).collect::<Result<_>>()?;
        let head = self.head(cluster, &related, &entries)?;
        Ok(story(&related, head, carried_by, entries, self.index))
    }

    fn head(&self, cluster: &Cluster, related: &Related, entries: &[Entry]) -> Result<Head> {
        let outlets: HashSet<&str> =
            entries.iter().map(|e| e.outlet.as_str()).filter(|outlet| !outlet.is_empty()).collect();
        let titles: Vec<Option<&str>> = match entries {
            // Of a single page what is its title is not asked.
            [_] => Vec::new(),
            _ => entries.iter().map(|entry| self.titles.proper(entry)).collect(),
        };
        let headline = headline(related, entries, self.index, &titles)?;
        let id = |article| self.index.id(article);
        Ok(Head {
            headline_changed: headline_changed(entries, &titles, headline.as_deref()),
            headline,
            id: StoryId::of(cluster.members.iter().map(|member| id(*member))).as_str().to_owned(),
            agency: attribute(entries.iter().map(claim)),
            dateline: most_frequent(entries.iter().filter_map(|e| e.dateline.as_ref())).cloned(),
            outlets: outlets.len(),
            weakest_link: cluster.weakest.map(|edge| WeakestLink {
                articles: [edge.pair.a, edge.pair.b].map(|article| id(article).to_owned()),
                link: edge.link,
            }),
        })
    }
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

/// What an entry says of whose text the article is.
pub(crate) fn claim(entry: &Entry) -> Claim<'_> {
    Claim { id: &entry.id, outlet: &entry.outlet, credits: &entry.credits }
}

/// The value that recurs most; the first of those that recur equally often.
fn most_frequent<T: Eq + std::hash::Hash + std::marker::Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: HashMap<T, (usize, usize)> = HashMap::new();
    for (place, value) in values.enumerate() {
        counts.entry(value).or_insert((0, place)).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, (n, place))| (*n, std::cmp::Reverse(*place))).map(|(value, _)| value)
}

/// The story's headline: of a single page its title, else the best of its copies' proper titles, or what there is if all are
/// chrome.
fn headline(related: &Related, entries: &[Entry], index: &Index, titles: &[Option<&str>]) -> Result<Option<String>> {
    if let [only] = entries {
        return Ok(only.headline.clone());
    }
    let proper: Vec<&str> = titles.iter().flatten().copied().collect();
    let chosen = match proper[..] {
        [] => entries.iter().find_map(|entry| entry.headline.as_deref()),
        [only] => Some(only),
        _ => choose(&proper, &index.tokens(related.copies[0].article)?),
    };
    Ok(chosen.map(str::to_owned))
}

/// For each copy whether its proper title differs from the origin's; where that is chrome, from the story's.
fn headline_changed(entries: &[Entry], titles: &[Option<&str>], of_story: Option<&str>) -> Vec<Option<bool>> {
    if entries.len() == 1 {
        return vec![of_story.map(|_| false)];
    }
    let origin = titles.first().copied().flatten().or(of_story);
    titles.iter().map(|title| title.zip(origin).map(|(own, origin)| !same_words(own, origin))).collect()
}

/// For each cluster the pages that carry it, by what they kept, then by id; the clusters of one article come last.
fn carriers(
    story_of: &[u32],
    n_clusters: usize,
    alone: &[Cluster],
    carrying: &[Carrying],
    index: &Index,
) -> Vec<Vec<Carrier>> {
    let number = |article: ArticleId| match story_of[article.index()] {
        ALONE => alone.binary_search_by_key(&article, |cluster| cluster.members[0]).ok().map(|at| n_clusters + at),
        story => Some(story as usize),
    };
    let mut best: HashMap<(usize, ArticleId), f64> = HashMap::new();
    for c in carrying {
        if let Some(cluster) = number(c.carried) {
            let kept = best.entry((cluster, c.page)).or_default();
            *kept = kept.max(c.kept);
        }
    }
    let mut carriers: Vec<Vec<Carrier>> = vec![Vec::new(); n_clusters + alone.len()];
    for ((cluster, page), kept) in best {
        let (id, outlet) = (index.id(page).to_owned(), index.outlet(page).to_owned());
        carriers[cluster].push(Carrier { id, outlet, kept });
    }
    for list in &mut carriers {
        list.sort_by(|x, y| y.kept.total_cmp(&x.kept).then_with(|| x.id.cmp(&y.id)));
    }
    carriers
}

fn story(related: &Related, head: Head, carried_by: Vec<Carrier>, entries: Vec<Entry>, index: &Index) -> Story {
    let versions = versions(related, &entries, index);
    let first_seen = versions.iter().filter_map(|v| v.first_seen).map(|p| p.unix_seconds).min();
    let copies = related
        .copies
        .iter()
        .zip(entries)
        .zip(head.headline_changed)
        .map(|((related, entry), headline_changed)| {
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

fn versions(related: &Related, entries: &[Entry], index: &Index) -> Vec<Version> {
    (related.fullest.iter().enumerate())
        .map(|(version, &fullest)| {
            let own = || related.copies.iter().zip(entries).filter(move |(copy, _)| copy.version == version);
            let published = own().filter_map(|(_, entry)| entry.published);
            Version {
                id: version_id(version),
                copies: own().count(),
                first_seen: published.min(),
                words: own().map(|(copy, _)| index.n_words[copy.article.index()]).max().unwrap_or(0),
                fullest,
                fullest_id: index.id(fullest).to_owned(),
            }
        })
        .collect()
}

fn version_id(version: usize) -> String {
    format!("v{}", version + 1)
}
