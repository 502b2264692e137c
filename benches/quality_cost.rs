//! What quality costs: the whole job against the plain one that it grew from, both in one process, in turn.
//!
//! `cargo bench --bench quality_cost -- --articles 100000 --pairs 5`; those are the defaults.
//!
//! **Plain**: read JSON lines, clean each page by itself, shingle, sketch, propose candidates, verify each pair from the
//! full shingle sets, take connected components, write one line an article. Of an article only its id and words are kept.
//!
//! **Full**: [`run`], which does the same and besides learns the outlets' furniture and takes it off, sets carriers aside,
//! splits versions, aligns the words of every copy with its dispatch's, attributes, and chooses headlines; and one line an
//! article.
//!
//! Both read ahead while all cores work on a batch, use the same threads and the same temporary file of words, and judge
//! a pair by the same verdict. In both, too, cleaning finds credits, datelines and bylines: it has to, to take them off.
//! Not measured: reports, and anything the program does before and after the library.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]
#![allow(clippy::duplicate_mod, reason = "both corpora draw from one generator of numbers")]

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use clap::Parser;
use rayon::prelude::*;
use wirecopy::article::ArticleId;
use wirecopy::candidates::push_keys;
use wirecopy::clean::clean;
use wirecopy::cluster::{Cluster, cluster};
use wirecopy::components::by_component;
use wirecopy::eval::labels::Labels;
use wirecopy::index::{Builder, Entry, Fingerprint, Index};
use wirecopy::params::Params;
use wirecopy::pipeline::{Options, run};
use wirecopy::read::{Batch, Fields, Inputs, Record};
use wirecopy::report::assignments;
use wirecopy::shingle::{shingles, tokenize};
use wirecopy::spill::Space;
use wirecopy::verify::pairs::verify;

mod newsroom;
#[allow(dead_code, reason = "each target takes what it needs")]
mod synthetic;

/// Measures what quality costs.
#[derive(Parser)]
struct Args {
    /// Articles of each corpus.
    #[arg(long, default_value_t = 100_000)]
    articles: usize,
    /// What decides every byte of them.
    #[arg(long, default_value_t = 3)]
    seed: u64,
    /// How often both are run.
    #[arg(long, default_value_t = 5)]
    pairs: usize,
    /// Cargo passes it.
    #[arg(long, hide = true)]
    bench: bool,
}

/// What the ratio of time is wished to be at most. Printed and not asserted: machines are noisy.
const TARGET: f64 = 1.3;

fn main() -> Result<()> {
    let args = Args::parse();
    let folder = tempfile::tempdir()?;
    let synthetic = synthetic_corpus(&args, folder.path())?;
    let files = newsroom::write(args.articles, args.seed, folder.path())?;
    let adversarial =
        Corpus { name: "adversarial", articles: files.articles, truth: files.truth, floors: (0.95, 0.98) };
    println!(
        "{:<12} {:>8}  {:<5} {:>8} {:>8} {:>9}  {:>7} {:>9} {:>7} {:>7}",
        "corpus", "articles", "job", "wall", "CPU", "a second", "stories", "precision", "recall", "F1"
    );
    [synthetic, adversarial].iter().try_for_each(|corpus| measure(corpus, &args))
}

struct Corpus {
    name: &'static str,
    articles: PathBuf,
    truth: PathBuf,
    /// Precision and recall of stories that the full job must reach, so that what is measured is the real thing. The plain
    /// one must reach the recall; what it lacks in precision is what is paid for.
    floors: (f64, f64),
}

fn synthetic_corpus(args: &Args, folder: &Path) -> Result<Corpus> {
    let (articles, truth) = (folder.join("synthetic.jsonl"), folder.join("synthetic.tsv"));
    let mut out = newsroom::create(&articles)?;
    let stories = synthetic::write_jsonl(args.articles, args.seed, &mut out)?;
    out.flush()?;
    let mut table = newsroom::create(&truth)?;
    writeln!(table, "id\tstory")?;
    stories.iter().enumerate().try_for_each(|(number, story)| writeln!(table, "a{number:08}\t{story}"))?;
    table.flush()?;
    Ok(Corpus { name: "synthetic", articles, truth, floors: (0.999, 0.99) })
}

/// One of the two, and what its runs took.
struct Job {
    name: &'static str,
    find: fn(&Path) -> Result<Vec<u8>>,
    least_precision: f64,
    table: Vec<u8>,
    wall: Vec<f64>,
    cpu: Vec<Option<f64>>,
}

impl Job {
    /// The first run is not timed: its table is what every other must give.
    fn new(name: &'static str, find: fn(&Path) -> Result<Vec<u8>>, least_precision: f64, input: &Path) -> Result<Self> {
        Ok(Job { name, find, least_precision, table: find(input)?, wall: Vec::new(), cpu: Vec::new() })
    }

    fn time(&mut self, input: &Path) -> Result<()> {
        let (cpu, started) = (cpu_seconds(), Instant::now());
        let table = (self.find)(input)?;
        self.wall.push(started.elapsed().as_secs_f64());
        self.cpu.push(cpu_seconds().zip(cpu).map(|(now, before)| now - before));
        assert!(table == self.table, "{}: another result", self.name);
        Ok(())
    }

    fn check_and_print(&self, corpus: &Corpus, n_articles: usize) -> Result<()> {
        let found = newsroom::score(&self.table, &corpus.truth)?;
        assert_eq!(found.in_truth, n_articles);
        let (n_stories, n_true) = (n_stories(&self.table), stories_of_truth(&corpus.truth)?);
        let (precision, recall) = (found.story.precision, found.story.recall);
        let wall = median(&self.wall);
        println!(
            "{:<12} {n_articles:>8}  {:<5} {wall:>6.2} s {:>8} {:>9.0}  {n_stories:>7} {precision:>9.4} {recall:>7.4} {:>7.4}",
            corpus.name,
            self.name,
            self.cpu().map_or_else(|| "unknown".to_owned(), |cpu| format!("{cpu:.2} s")),
            n_articles as f64 / wall,
            found.story.f1
        );
        assert!(precision >= self.least_precision && recall >= corpus.floors.1, "{}: the result is wrong", self.name);
        // The plain job runs stories together; what it keeps apart is still most of them.
        assert!(n_stories.abs_diff(n_true) * 5 <= n_true, "{}: {n_stories} stories of {n_true}", self.name);
        Ok(())
    }

    fn cpu(&self) -> Option<f64> {
        self.cpu.iter().copied().collect::<Option<Vec<f64>>>().map(|cpu| median(&cpu))
    }
}

fn measure(corpus: &Corpus, args: &Args) -> Result<()> {
    let input = &corpus.articles;
    let mut plain = Job::new("plain", find_plain, 0.0, input)?;
    let mut full = Job::new("full", find_full, corpus.floors.0, input)?;
    for pair in 0..args.pairs.max(1) {
        // In turn, and each first as often: what slows a machine down for a while slows both.
        let mut order = [&mut plain, &mut full];
        order.rotate_left(pair % 2);
        order.into_iter().try_for_each(|job| job.time(input))?;
    }
    plain.check_and_print(corpus, args.articles)?;
    full.check_and_print(corpus, args.articles)?;
    let ratios: Vec<f64> = full.wall.iter().zip(&plain.wall).map(|(full, plain)| full / plain).collect();
    let ratio = median(&ratios);
    let of_cpu = full.cpu().zip(plain.cpu()).map(|(full, plain)| format!(", of CPU time {:.3}", full / plain));
    println!(
        "{:<12} full over plain: {ratio:.3} of wall time ({:.3} to {:.3} in {} pairs){}; wished for: {TARGET:.2}, {}\n",
        corpus.name,
        ratios.iter().copied().fold(f64::INFINITY, f64::min),
        ratios.iter().copied().fold(0.0, f64::max),
        ratios.len(),
        of_cpu.unwrap_or_default(),
        if ratio <= TARGET { "reached" } else { "missed" }
    );
    Ok(())
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2.0 }
}

/// CPU time of this process until now, of all threads, where the system tells it: fields 14 and 15 of proc(5)'s `stat`, in
/// ticks of which Linux counts 100 a second.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program comes second, in brackets, and may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((user + system) as f64 / 100.0)
}

fn n_stories(table: &[u8]) -> usize {
    let stories = table.split(|&b| b == b'\n').skip(1).filter_map(|line| line.split(|&b| b == b'\t').nth(1));
    stories.collect::<HashSet<_>>().len()
}

fn stories_of_truth(truth: &Path) -> Result<usize> {
    Ok(Labels::read(truth)?.labels.iter().map(|label| &label.story).collect::<HashSet<_>>().len())
}

/// The whole job.
fn find_full(input: &Path) -> Result<Vec<u8>> {
    let found = run(&[input.to_owned()], &Options::default(), &mut |reject, _| panic!("{}", reject.reason))?;
    let mut table = Vec::new();
    assignments::write(&mut table, &found.stories)?;
    Ok(table)
}

/// The plain one.
fn find_plain(input: &Path) -> Result<Vec<u8>> {
    let params = Params::default();
    let mut index = read_plain(input, &params)?;
    let pairs = by_component(index.candidates(&[], &params)?, &index.n_words);
    let edges = verify(&pairs, &index, &params)?;
    let clusters = cluster(index.len(), edges);
    plain_table(&index, &clusters)
}

/// Bytes of records that are read at once: as many as the whole job reads.
const BATCH_BYTES: usize = 8 << 20;

fn read_plain(input: &Path, params: &Params) -> Result<Index> {
    let mut inputs = Inputs::open(&[input.to_owned()])?;
    let mut builder = Builder::new(&Space::default())?;
    let mut next = inputs.next_batch(BATCH_BYTES)?;
    while let Some(batch) = next {
        let (read_ahead, fingerprints) =
            rayon::join(|| inputs.next_batch(BATCH_BYTES), || fingerprint_batch(&batch, params));
        fingerprints?.into_iter().try_for_each(|fingerprint| builder.append(&fingerprint.into()))?;
        next = read_ahead?;
    }
    Ok(builder.finish()?.0)
}

fn fingerprint_batch(batch: &Batch, params: &Params) -> Result<Vec<Fingerprint>> {
    let records: Vec<Record<'_>> = batch.records().collect();
    records.par_iter().map(|record| fingerprint_plain(record, params)).collect()
}

/// The words and keys of an article: no units of furniture, and of all that cleaning finds only the body.
fn fingerprint_plain(record: &Record<'_>, params: &Params) -> Result<Fingerprint> {
    let parsed = record.parse(&Fields::default()).map_err(|reject| anyhow!(reject.reason))?;
    let article = parsed.context("a record without a page")?.article;
    let (mut tokens, mut keys) = (Vec::new(), Vec::new());
    tokenize(&clean(&article).body, &mut tokens);
    let shingles: Vec<u64> = shingles(&tokens, params.shingle_words).collect();
    push_keys(&shingles, params, &mut keys);
    let entry = Entry { id: article.id, ..Entry::default() };
    Ok(Fingerprint { entry, tokens, keys, units: Vec::new(), body: Vec::new() })
}

fn plain_table(index: &Index, clusters: &[Cluster]) -> Result<Vec<u8>> {
    let mut story_of = vec![0; index.len()];
    for (number, cluster) in clusters.iter().enumerate() {
        cluster.members.iter().for_each(|member| story_of[member.index()] = number);
    }
    let mut table = b"id\tstory\n".to_vec();
    for (article, story) in (0..).map(ArticleId).zip(story_of) {
        writeln!(table, "{}\ts{story}", assignments::escaped(index.id(article)))?;
    }
    Ok(table)
}
