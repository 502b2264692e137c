//! The whole flow, from inputs to stories. Read this file first.
//!
//! ```text
//! read -> clean -> shingle -> furniture -> candidates -> verify -> carriers -> cluster -> relate, attribute -> stories
//! ```
//!
//! Reading and fingerprinting overlap: while all cores fingerprint one batch of records, one of them reads the next.
//! Of an article only its [`Entry`] and its keys stay in memory; its words go to a temporary file, and are read back
//! for the articles that have furniture of their outlet, and for the few that the sketches propose as copies. Its text
//! goes to another, where [`Options::keep_texts`] asks for it: [`changes_of`] shows what was written anew.

use std::path::PathBuf;

use rayon::prelude::*;

use crate::article::{Article, Zone};
use crate::assemble::assemble;
use crate::candidates::{Pair, push_keys};
use crate::carriers::{Carrying, sort_edges};
use crate::changes::{Changes, between};
use crate::clean::clean;
use crate::cluster::{Cluster, cluster, cut_weak};
use crate::error::{Error, Result};
use crate::furniture::{Furniture, units};
use crate::index::{Builder, Entry, Fingerprint, Index, Texts};
use crate::params::Params;
use crate::progress::{Progress, Stage};
use crate::read::{Batch, Fields, FieldsUsed, Inputs, Limits, Record, Reject};
use crate::shingle::{Token, shingles, tokenize};
use crate::story::{Counts, Stories, Story};
use crate::verify::pairs::{Edge, verify};

/// What a run is asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What decides the result.
    pub params: Params,
    /// The names of the fields of a record, where they are not to be found by themselves.
    pub fields: Fields,
    /// What bounds the memory and the time of reading.
    pub limits: Limits,
    /// Whether the first bad record stops the run.
    pub strict: bool,
    /// Whether the texts of the articles are kept, for [`changes_of`]: as many bytes of the temporary folder as the bodies
    /// have, and 16 bytes of memory an article.
    pub keep_texts: bool,
    /// How far the run is, for whoever watches it from another thread.
    pub progress: Progress,
}

/// What a run found.
#[derive(Debug)]
pub struct Run {
    /// The stories.
    pub stories: Stories,
    /// Under which names the fields of records were found.
    pub fields_used: FieldsUsed,
    /// The texts of the articles, where [`Options::keep_texts`] asked for them.
    pub texts: Option<Texts>,
    /// Files of folders that were passed over, because they are tables without a text.
    pub passed_over: Vec<PathBuf>,
}

/// Reads the inputs and finds the stories in them.
///
/// `on_reject` is told of each record that was skipped, with its bytes, in the order of the input.
///
/// # Errors
/// [`Error::Param`], [`Error::Read`], [`Error::NothingToRead`]; [`Error::Write`] where the temporary file cannot be
/// written; [`Error::Rejected`] with `strict`; what `on_reject` returns.
pub fn run(
    inputs: &[PathBuf],
    options: &Options,
    on_reject: &mut dyn FnMut(&Reject, &[u8]) -> Result<()>,
) -> Result<Run> {
    options.params.validate()?;
    let mut inputs = Inputs::open_within(inputs, options.limits)?.with_fields(&options.fields);
    let (builder, fields_used, mut counts) = read_all(&mut inputs, options, &mut |record, outcome| match outcome {
        Outcome::Rejected(reject) => on_reject(reject, record.bytes),
        Outcome::Article | Outcome::NoPage => Ok(()),
    })?;
    let (mut index, n_repeated) = finish(builder, &options.params)?;
    counts.repeated_ids = n_repeated;
    let texts = index.texts.take();
    let passed_over = inputs.passed_over().map(PathBuf::from).collect();
    let stories = find_stories(index, &options.params, &options.progress, counts)?;
    Ok(Run { stories, fields_used, texts, passed_over })
}

/// What changed from each version of a story to the next: the second against the first comes first. The fullest text of
/// one is held against that of the other, as in [`crate::relate`]. O(words of the fullest texts), and as many read back.
///
/// # Errors
/// [`Error::Read`] where a text cannot be read back.
pub fn changes_of(story: &Story, texts: &Texts, params: &Params) -> Result<Vec<Changes>> {
    let fullest = story.versions.iter().map(|version| texts.body(version.fullest));
    let bodies: Vec<Vec<String>> = fullest.collect::<Result<_>>()?;
    Ok(bodies.windows(2).map(|pair| between(&pair[0], &pair[1], params)).collect())
}

/// Finds the stories in articles that are in memory already.
///
/// # Errors
/// [`Error::Param`]; [`Error::Write`] where the temporary file cannot be written.
pub fn stories_of(articles: Vec<Article>, params: &Params) -> Result<Stories> {
    params.validate()?;
    let n_articles = articles.len() as u64;
    let (index, repeated_ids) = finish(fill(articles, params)?, params)?;
    let counts = Counts { records: n_articles, articles: n_articles, repeated_ids, ..Counts::default() };
    find_stories(index, params, &Progress::default(), counts)
}

fn fill(articles: Vec<Article>, params: &Params) -> Result<Builder> {
    let fingerprints: Vec<Fingerprint> = articles.into_par_iter().map(|article| fingerprint(article, params)).collect();
    let mut builder = Builder::new()?;
    fingerprints.into_iter().try_for_each(|fingerprint| builder.push(fingerprint))?;
    Ok(builder)
}

/// Learns the furniture that [`run`] would take off the articles of these inputs; records that cannot be read are
/// passed over. As much memory as [`run`] takes while it reads.
///
/// # Errors
/// Those of [`run`].
pub fn learn_furniture(inputs: &[PathBuf], fields: &Fields) -> Result<Furniture> {
    let options = Options { fields: fields.clone(), ..Options::default() };
    let mut inputs = Inputs::open_within(inputs, options.limits)?.with_fields(&options.fields);
    read_all(&mut inputs, &options, &mut |_, _| Ok(()))?.0.learn_furniture()
}

/// Learns the furniture that [`stories_of`] would take off these articles.
///
/// # Errors
/// [`Error::Write`] where the temporary file cannot be written.
pub fn furniture_of(articles: Vec<Article>) -> Result<Furniture> {
    fill(articles, &Params::default())?.learn_furniture()
}

/// What follows once every article is in the index.
pub(crate) fn find_stories(
    mut index: Index,
    params: &Params,
    progress: &Progress,
    mut counts: Counts,
) -> Result<Stories> {
    progress.enter(Stage::Comparing);
    let found = cluster_index(&mut index, params)?;
    counts.candidates = found.n_candidates;
    counts.verified = found.n_verified;
    progress.enter(Stage::Assembling);
    let stories = assemble(index, &found.clusters, &found.carrying, params)?;
    Ok(Stories { params: params.clone(), stories, counts })
}

/// Bytes of records that are read at once: enough work for all cores, little enough to hold twice.
const BATCH_BYTES: usize = 8 << 20;

/// What became of a record.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Outcome<'a> {
    /// It is an article: the next one of the [`Builder`].
    Article,
    /// It was skipped.
    Rejected(&'a Reject),
    /// It holds no page.
    NoPage,
}

/// Reads and fingerprints every article. `on_record` is told of each record, in the order of the input.
pub(crate) fn read_all(
    inputs: &mut Inputs,
    options: &Options,
    on_record: &mut dyn FnMut(&Record<'_>, Outcome<'_>) -> Result<()>,
) -> Result<(Builder, FieldsUsed, Counts)> {
    let mut builder = if options.keep_texts { Builder::keeping_texts()? } else { Builder::new()? };
    let mut fields_used = FieldsUsed::default();
    let mut counts = Counts::default();
    options.progress.expect(inputs.n_bytes());
    let mut next = inputs.next_batch(BATCH_BYTES)?;
    while let Some(batch) = next {
        let (read_ahead, outcomes) =
            rayon::join(|| inputs.next_batch(BATCH_BYTES), || fingerprint_batch(&batch, options));
        for (record, outcome) in batch.records().zip(outcomes) {
            let outcome = match outcome {
                Err(reject) if options.strict => return Err(Error::Rejected(reject)),
                outcome => outcome,
            };
            let told = match &outcome {
                Ok(Some(_)) => Outcome::Article,
                Ok(None) => Outcome::NoPage,
                Err(reject) => Outcome::Rejected(reject),
            };
            on_record(&record, told)?;
            counts.records += u64::from(!matches!(told, Outcome::NoPage));
            match outcome {
                Ok(Some(read)) => {
                    counts.articles += 1;
                    counts.assumed_utc += u64::from(read.assumed_utc);
                    counts.dates_unread += u64::from(read.date_unread);
                    counts.dated_by_crawl += u64::from(read.dated_by_crawl);
                    fields_used.merge(&read.fields_used);
                    builder.push(read.fingerprint)?;
                }
                Ok(None) => counts.without_page += u64::from(!record.is_cut),
                Err(_) => counts.rejected += 1,
            }
        }
        options.progress.reach(counts.articles, inputs.n_bytes_read());
        next = read_ahead?;
    }
    Ok((builder, fields_used, counts))
}

/// The index of the articles' own words: once all are read, what they have of their outlets' furniture is known.
pub(crate) fn finish(mut builder: Builder, params: &Params) -> Result<(Index, u64)> {
    let furniture = builder.learn_furniture()?;
    builder.strip(&furniture, |tokens| keys_of(tokens, params))?;
    builder.finish()
}

/// A record, read and fingerprinted.
struct Read {
    fingerprint: Fingerprint,
    fields_used: FieldsUsed,
    assumed_utc: bool,
    date_unread: bool,
    dated_by_crawl: bool,
}

/// Parses and fingerprints the records of a batch, in parallel.
fn fingerprint_batch(batch: &Batch, options: &Options) -> Vec<std::result::Result<Option<Read>, Reject>> {
    let records: Vec<Record<'_>> = batch.records().collect();
    records.par_iter().map(|record| read_record(record, options)).collect()
}

fn read_record(record: &Record<'_>, options: &Options) -> std::result::Result<Option<Read>, Reject> {
    let Some(parsed) = record.parse(&options.fields)? else { return Ok(None) };
    let crawled = parsed.article.crawled;
    let take = if options.keep_texts { fingerprint_with_body } else { fingerprint };
    let fingerprint = take(parsed.article, &options.params);
    let published = fingerprint.entry.published;
    Ok(Some(Read {
        fingerprint,
        fields_used: parsed.fields_used,
        assumed_utc: published.is_some_and(|p| p.zone == Zone::AssumedUtc),
        date_unread: parsed.date_unread,
        dated_by_crawl: published.is_some() && published == crawled,
    }))
}

/// Cleans an article by itself and takes its fingerprint, without its body.
pub fn fingerprint(article: Article, params: &Params) -> Fingerprint {
    Fingerprint { body: Vec::new(), ..fingerprint_with_body(article, params) }
}

fn fingerprint_with_body(article: Article, params: &Params) -> Fingerprint {
    let page = clean(&article);
    let mut tokens = Vec::new();
    tokenize(&page.body, &mut tokens);
    let keys = keys_of(&tokens, params);
    let units = units(&tokens);
    let entry = Entry {
        id: article.id,
        outlet: page.outlet,
        url: article.url,
        published: page.published,
        headline: page.headline,
        dateline: page.dateline,
        credits: page.credits,
    };
    Fingerprint { entry, tokens, keys, units, body: page.body }
}

pub(crate) fn keys_of(tokens: &[Token], params: &Params) -> Vec<u32> {
    let shingles: Vec<u64> = shingles(tokens, params.shingle_words).collect();
    let mut keys = Vec::new();
    push_keys(&shingles, params, &mut keys);
    keys
}

/// The clusters of an index.
#[derive(Debug)]
pub struct Clustered {
    /// The clusters, articles without copies too.
    pub clusters: Vec<Cluster>,
    /// The pages that carry several stories.
    pub carrying: Vec<Carrying>,
    /// Pairs that the sketches proposed.
    pub n_candidates: u64,
    /// Pairs that the full shingle sets confirmed.
    pub n_verified: u64,
}

/// Groups the articles of an index by verified links. The keys of the index are used up.
///
/// # Errors
/// [`Error::Read`] where tokens cannot be read back.
pub fn cluster_index(index: &mut Index, params: &Params) -> Result<Clustered> {
    let pairs = std::mem::take(&mut index.keys).candidates(&index.n_words, &index.twin_of, params);
    let edges = verify(&pairs, index, params)?;
    let (n_candidates, n_verified) = (pairs.len() as u64, edges.len() as u64);
    let refused = without(pairs, &edges);
    let sorted = sort_edges(index.len(), edges, params);
    let joining = cut_weak(index.len(), sorted.joining, &refused, params);
    Ok(Clustered { clusters: cluster(index.len(), joining), carrying: sorted.carrying, n_candidates, n_verified })
}

/// The pairs that are no edge; both are in one order.
fn without(mut pairs: Vec<Pair>, edges: &[Edge]) -> Vec<Pair> {
    let mut edges = edges.iter().map(|edge| edge.pair).peekable();
    pairs.retain(|pair| edges.next_if_eq(pair).is_none());
    pairs
}
