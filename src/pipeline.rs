//! The whole flow, from inputs to stories. Read this file first.
//!
//! ```text
//! read -> clean -> shingle -> furniture -> candidates -> verify -> carriers -> cluster -> relate, attribute -> stories
//! ```
//!
//! While all cores fingerprint one batch of records, one of them reads the next and puts away what came of the one before.
//! Of an article little more than its id stays in memory; the rest goes to temporary files ([`crate::index`]), and is read
//! back for the few that the sketches propose as copies. Its text goes to another, where [`Options::keep_texts`] asks for
//! it: [`changes_of`] shows what was written anew.

mod filling;
mod resume;

use std::path::PathBuf;

use rayon::prelude::*;

use crate::article::{Article, Zone};
use crate::assemble::{Lone, assemble};
use crate::candidates::push_keys;
use crate::changes::{Changes, between};
use crate::clean::clean_for;
use crate::components::cluster_index;
use crate::error::Result;
use crate::furniture::{Furniture, units};
use crate::index::{Builder, Entry, Fingerprint, Index, PACKED, Packed, Texts};
use crate::minhash::push_sampled;
use crate::params::{CandidateMethod, Params};
use crate::progress::{Progress, Stage};
use crate::read::{Batch, Fields, FieldsUsed, Inputs, Limits, Record, Reject};
use crate::shingle::{Token, shingles, tokenize};
use crate::spill::{DiskNeed, Space};
use crate::story::{Counts, Stories, Story};
use filling::Filling;
pub(crate) use resume::Held;

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
    /// What becomes of articles without copies.
    pub lone: Lone,
    /// Where temporary files are, and how much memory the run may hold.
    pub space: Space,
    /// Told of what the run needs of the disk before it begins, where that is known.
    pub on_need: Option<fn(&DiskNeed)>,
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
    held: Option<Held>,
}

impl Run {
    /// Removes the folder that the run would be resumed from, where [`Space::resume`] names one: for whoever has written
    /// down what was found. Whoever is killed before finds it again in the time that comparing takes.
    ///
    /// # Errors
    /// [`Error::Write`](crate::error::Error::Write) where a file cannot be removed.
    pub fn forget(&mut self) -> Result<()> {
        self.held.take().map_or(Ok(()), Held::remove)
    }
}

/// Reads the inputs and finds the stories in them. The folder of a run that may be resumed stays: see [`Run::forget`].
///
/// `on_reject` is told of each record that was skipped, with its bytes, in the order of the input.
///
/// # Errors
/// Those of [`crate::error`] but for tables and targets; what `on_reject` returns.
pub fn run(
    inputs: &[PathBuf],
    options: &Options,
    on_reject: &mut (dyn FnMut(&Reject, &[u8]) -> Result<()> + Send),
) -> Result<Run> {
    options.params.validate()?;
    let held = Held::take(options.space.resume.as_deref())?;
    let mut inputs = Inputs::open_within(inputs, options.limits)?.with_fields(&options.fields);
    let (builder, fields_used, mut counts) = read_all(&mut inputs, options, &mut |record, outcome| match outcome {
        Outcome::Rejected(reject) => on_reject(reject, record.bytes),
        Outcome::Article | Outcome::NoPage => Ok(()),
    })?;
    let (mut index, n_repeated) = finish(builder, &options.params)?;
    counts.repeated_ids = n_repeated;
    let texts = index.texts.take();
    let passed_over = inputs.passed_over().map(PathBuf::from).collect();
    let stories = find_stories(index, options, counts)?;
    Ok(Run { stories, fields_used, texts, passed_over, held })
}

/// What changed from each version of a story to the next: the second against the first comes first. The fullest text of
/// one is held against that of the other, as in [`crate::relate`]. O(words of the fullest texts), and as many read back.
///
/// # Errors
/// [`Error::Read`](crate::error::Error::Read) where a text cannot be read back.
pub fn changes_of(story: &Story, texts: &Texts, params: &Params) -> Result<Vec<Changes>> {
    let fullest = story.versions.iter().map(|version| texts.body(version.fullest));
    let bodies: Vec<Vec<String>> = fullest.collect::<Result<_>>()?;
    Ok(bodies.windows(2).map(|pair| between(&pair[0], &pair[1], params)).collect())
}

/// Finds the stories in articles that are in memory already.
///
/// # Errors
/// [`Error::Param`](crate::error::Error::Param); [`Error::Write`](crate::error::Error::Write) where the temporary file cannot be written.
pub fn stories_of(articles: Vec<Article>, params: &Params) -> Result<Stories> {
    params.validate()?;
    let n_articles = articles.len() as u64;
    let (index, repeated_ids) = finish(fill(articles, params)?, params)?;
    let counts = Counts { records: n_articles, articles: n_articles, repeated_ids, ..Counts::default() };
    find_stories(index, &Options { params: params.clone(), ..Options::default() }, counts)
}

fn fill(articles: Vec<Article>, params: &Params) -> Result<Builder> {
    let fingerprints: Vec<Fingerprint> = articles.into_par_iter().map(|article| fingerprint(article, params)).collect();
    let mut fingerprints = fingerprints.into_iter();
    let mut builder = Builder::new(&Space::default())?;
    while fingerprints.len() > 0 {
        builder.append(&fingerprints.by_ref().take(PACKED).collect())?;
    }
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
/// [`Error::Write`](crate::error::Error::Write) where the temporary file cannot be written.
pub fn furniture_of(articles: Vec<Article>) -> Result<Furniture> {
    fill(articles, &Params::default())?.learn_furniture()
}

/// What follows once every article is in the index.
pub(crate) fn find_stories(mut index: Index, options: &Options, mut counts: Counts) -> Result<Stories> {
    let Options { params, progress, lone, .. } = options;
    progress.enter(Stage::Comparing);
    let found = cluster_index(&mut index, params)?;
    counts.candidates = found.n_candidates;
    counts.verified = found.n_verified;
    progress.enter(Stage::Assembling);
    let (stories, lone) = assemble(&index, &found.clusters, &found.carrying, *lone, params)?;
    Ok(Stories { params: params.clone(), stories, lone, counts })
}

/// Bytes of records that are read at once: enough work for all cores, little enough to hold twice.
pub(crate) const BATCH_BYTES: usize = 8 << 20;

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

/// Who is told of each record, in the order of the input.
pub(crate) type OnRecord<'a> = dyn FnMut(&Record<'_>, Outcome<'_>) -> Result<()> + Send + 'a;

/// Reads and fingerprints every article.
pub(crate) fn read_all(
    inputs: &mut Inputs,
    options: &Options,
    on_record: &mut OnRecord<'_>,
) -> Result<(Builder, FieldsUsed, Counts)> {
    options.progress.expect(inputs.n_bytes());
    if let Some(n_bytes) = inputs.n_bytes_unpacked() {
        let need = options.space.disk_need(n_bytes, options.keep_texts)?;
        options.on_need.into_iter().for_each(|tell| tell(&need));
    }
    let mut filling = Filling::new(inputs, options, on_record)?;
    let mut next = filling.first_batch(inputs)?;
    let mut before: Option<(Batch, Vec<Piece>)> = None;
    while let Some((batch, n_known)) = next {
        // One thread puts away the batch before and reads the next one; then it helps the others.
        let put_away_and_read = || {
            if let Some((batch, pieces)) = before.take() {
                filling.put_away(&batch, pieces)?;
                inputs.recycle(batch);
            }
            options.progress.reach(filling.counts.articles, inputs.n_bytes_read());
            inputs.next_batch(BATCH_BYTES)
        };
        let (read_ahead, pieces) = rayon::join(put_away_and_read, || fingerprint_batch(&batch, n_known, options));
        next = read_ahead?.map(|batch| (batch, 0));
        before = Some((batch, pieces));
    }
    if let Some((batch, pieces)) = before {
        filling.put_away(&batch, pieces)?;
    }
    filling.save(true)?;
    options.progress.reach(filling.counts.articles, inputs.n_bytes_read());
    Ok((filling.builder, filling.fields_used, filling.counts))
}

/// The index of the articles' own words: once all are read, what they have of their outlets' furniture is known.
pub(crate) fn finish(mut builder: Builder, params: &Params) -> Result<(Index, u64)> {
    let furniture = builder.learn_furniture()?;
    builder.strip(&furniture, |tokens| keys_of(tokens, params))?;
    builder.finish()
}

/// Some records of a batch: the articles among them, and what became of each.
pub(crate) struct Piece {
    pub(crate) packed: Packed,
    pub(crate) outcomes: Vec<std::result::Result<Option<Read>, Reject>>,
    /// Records of the batch before the first of these that are in the index already.
    pub(crate) n_before: usize,
}

/// What is counted of an article.
pub(crate) struct Read {
    pub(crate) fields_used: FieldsUsed,
    pub(crate) assumed_utc: bool,
    pub(crate) date_unread: bool,
    pub(crate) dated_by_crawl: bool,
}

/// Parses and fingerprints the records of a batch, but for the first few that are known already; in parallel.
fn fingerprint_batch(batch: &Batch, n_known: usize, options: &Options) -> Vec<Piece> {
    let records: Vec<Record<'_>> = batch.records().skip(n_known).collect();
    let piece = |some: &[Record<'_>]| {
        let mut outcomes = Vec::with_capacity(some.len());
        let articles = some.iter().filter_map(|record| {
            let (article, outcome) = match read_record(record, options) {
                Ok(Some((article, read))) => (Some(article), Ok(Some(read))),
                Ok(None) => (None, Ok(None)),
                Err(reject) => (None, Err(reject)),
            };
            outcomes.push(outcome);
            article
        });
        Piece { packed: articles.collect(), outcomes, n_before: 0 }
    };
    let mut pieces: Vec<Piece> = records.par_chunks(PACKED).map(piece).collect();
    if let Some(first) = pieces.first_mut() {
        first.n_before = n_known;
    }
    pieces
}

fn read_record(record: &Record<'_>, options: &Options) -> std::result::Result<Option<(Fingerprint, Read)>, Reject> {
    let Some(parsed) = record.parse(&options.fields)? else { return Ok(None) };
    let crawled = parsed.article.crawled;
    let take = if options.keep_texts { fingerprint_with_body } else { fingerprint };
    let fingerprint = take(parsed.article, &options.params);
    let published = fingerprint.entry.published;
    let read = Read {
        fields_used: parsed.fields_used,
        assumed_utc: published.is_some_and(|p| p.zone == Zone::AssumedUtc),
        date_unread: parsed.date_unread,
        dated_by_crawl: published.is_some() && published == crawled,
    };
    Ok(Some((fingerprint, read)))
}

/// Cleans an article by itself and takes its fingerprint, without its body.
pub fn fingerprint(article: Article, params: &Params) -> Fingerprint {
    fingerprint_of(article, params, |_| Vec::new())
}

fn fingerprint_with_body(article: Article, params: &Params) -> Fingerprint {
    fingerprint_of(article, params, |body| body.iter().map(|paragraph| (*paragraph).to_owned()).collect())
}

fn fingerprint_of(article: Article, params: &Params, keep: impl FnOnce(&[&str]) -> Vec<String>) -> Fingerprint {
    let (page, tokens, body) = clean_for(&article, |page, body| {
        let mut tokens = Vec::new();
        tokenize(body, &mut tokens);
        (page, tokens, keep(body))
    });
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
    Fingerprint { entry, tokens, keys, units, body }
}

pub(crate) fn keys_of(tokens: &[Token], params: &Params) -> Vec<u32> {
    let shingles = shingles(tokens, params.shingle_words);
    let mut keys = Vec::new();
    match params.candidates {
        // The keys that `push_keys` makes, as the shingles come.
        CandidateMethod::Sampled => {
            keys.reserve(tokens.len() / params.scale as usize * 9 / 8 + 16);
            push_sampled(shingles, params.scale, &mut keys);
        }
        CandidateMethod::Lsh { .. } => push_keys(&shingles.collect::<Vec<u64>>(), params, &mut keys),
    }
    keys
}
