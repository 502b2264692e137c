//! A round: the articles that are left, read and compared as if they were all there is.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::choose::Chosen;
use super::{Level, Options};
use crate::article::ArticleId;
use crate::cluster::Cluster;
use crate::components::{Clustered, cluster_around, cluster_index};
use crate::error::Result;
use crate::furniture::units;
use crate::index::{Builder, Entry, Fingerprint, Index, PACKED, Packed};
use crate::params::Params;
use crate::pipeline::{self, finish, keys_of};
use crate::relate::relate;
use crate::story::Counts;

/// The clusters of what is left.
pub(super) struct Round {
    pub(super) index: Arc<Index>,
    pub(super) found: Clustered,
    /// For each article its place in the input.
    positions: Vec<u32>,
}

impl Round {
    /// That of all articles.
    ///
    /// # Errors
    /// Those of the pipeline.
    pub(super) fn first(builder: Builder, params: &Params, counts: &mut Counts) -> Result<Self> {
        let (mut index, repeated_ids) = finish(builder, params)?;
        let found = cluster_index(&mut index, params)?;
        counts.repeated_ids = repeated_ids;
        counts.candidates = found.n_candidates;
        counts.verified = found.n_verified;
        Ok(Round { positions: index.positions.clone(), found, index: Arc::new(index) })
    }

    /// That of the articles which stay so far. `hubs` are compared with all that share enough with them.
    ///
    /// # Errors
    /// Those of the pipeline.
    pub(super) fn again(chosen: &Chosen, hubs: &[u32], options: &pipeline::Options) -> Result<Self> {
        let kept: Vec<u32> = (0..chosen.n_articles()).filter(|position| chosen.stays(*position)).collect();
        let (mut index, _) = finish(fill(&kept, chosen, options)?, &options.params)?;
        let articles = index.articles();
        let article = |hub: &u32| kept.binary_search(hub).ok().map(|place| articles[place]);
        let hubs: Vec<ArticleId> = hubs.iter().filter_map(article).collect();
        let found = cluster_around(&mut index, &hubs, &options.params)?;
        let positions = index.positions.iter().map(|place| kept[*place as usize]).collect();
        Ok(Round { positions, found, index: Arc::new(index) })
    }

    /// Removes the copies that were found; those that they went for.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where words cannot be read back.
    pub(super) fn remove_copies(&self, chosen: &mut Chosen, options: &Options) -> Result<Vec<u32>> {
        let mut took_copies = Vec::new();
        for group in self.groups(options)? {
            chosen.remove_copies(group, options, &mut took_copies);
        }
        Ok(took_copies)
    }

    /// The articles that count as copies of each other, by their places in the input.
    fn groups(&self, options: &Options) -> Result<Vec<Vec<u32>>> {
        let clusters = self.found.clusters.par_iter().with_max_len(1);
        let groups: Vec<Vec<Vec<u32>>> =
            clusters.map(|cluster| self.groups_of(cluster, options)).collect::<Result<_>>()?;
        Ok(groups.into_iter().flatten().collect())
    }

    fn groups_of(&self, cluster: &Cluster, options: &Options) -> Result<Vec<Vec<u32>>> {
        let position = |article: ArticleId| self.positions[article.index()];
        let mut groups: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        match options.level {
            Level::Story => return Ok(vec![cluster.members.iter().copied().map(position).collect()]),
            Level::Version => {
                let related = relate(cluster, &self.index, &options.run.params)?;
                related.copies.iter().for_each(|c| groups.entry(c.version).or_default().push(position(c.article)));
            }
            Level::Identical => {
                let twin = |member: ArticleId| self.index.twin_of[member.index()].index();
                cluster.members.iter().for_each(|&m| groups.entry(twin(m)).or_default().push(position(m)));
            }
        }
        Ok(groups.into_values().collect())
    }

    /// Copies that a window lets stay because a date is missing.
    ///
    /// # Errors
    /// [`Error::Read`](crate::error::Error::Read) where words cannot be read back.
    pub(super) fn n_undated(&self, chosen: &Chosen, options: &Options) -> Result<u64> {
        let groups = self.groups(options)?;
        let undated = |group: &Vec<u32>| group.iter().filter(|position| chosen.published(**position).is_none()).count();
        Ok(groups.iter().filter(|group| group.len() > 1).map(|group| undated(group) as u64).sum())
    }
}

/// Articles that are made ready for another round at once.
const FILLED_AT_ONCE: usize = 8192;

/// The articles that are left, as they were before any furniture was taken off.
fn fill(kept: &[u32], chosen: &Chosen, options: &pipeline::Options) -> Result<Builder> {
    let mut builder = Builder::new(&options.space)?;
    let pack = |some: &[u32]| -> Result<Vec<Packed>> {
        let groups = some.par_chunks(PACKED);
        groups.map(|own| own.iter().map(|&position| fingerprint(position, chosen, &options.params)).collect()).collect()
    };
    let mut ready: Vec<Packed> = Vec::new();
    for some in kept.chunks(FILLED_AT_ONCE) {
        // One thread puts away what was made ready before, and then helps the others.
        let put_away = || ready.iter().try_for_each(|packed| builder.append(packed));
        let (put_away, next) = rayon::join(put_away, || pack(some));
        put_away?;
        ready = next?;
    }
    ready.iter().try_for_each(|packed| builder.append(packed))?;
    Ok(builder)
}

fn fingerprint(position: u32, chosen: &Chosen, params: &Params) -> Result<Fingerprint> {
    let tokens = chosen.unstripped_tokens(position)?;
    let entry = Entry {
        id: chosen.id(position).to_owned(),
        outlet: chosen.outlet(position).to_owned(),
        published: chosen.published(position),
        ..Entry::default()
    };
    let (keys, units) = (keys_of(&tokens, params), units(&tokens));
    Ok(Fingerprint { entry, tokens, keys, units, body: Vec::new() })
}
