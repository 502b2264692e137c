//! What each stage costs, on a seeded corpus of articles of about 3 KB. Every bench asserts what it produced: a stage that
//! got faster by doing less fails here.
//!
//! `cargo bench --bench stages`

#[allow(dead_code, reason = "each target takes what it needs")]
mod synthetic;

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::LazyLock;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use wirecopy::article::{Article, ArticleId};
use wirecopy::assemble::{Lone, assemble};
use wirecopy::attribute::{Claim, attribute};
use wirecopy::candidates::{Pair, push_keys};
use wirecopy::carriers::sort_edges;
use wirecopy::clean::{clean, normalize::normalize};
use wirecopy::cluster::cluster;
use wirecopy::components::{Clustered, by_component, cluster_index};
use wirecopy::furniture::units;
use wirecopy::index::{Builder, Entry, Index};
use wirecopy::minhash::{ScaledSketch, Signature};
use wirecopy::params::Params;
use wirecopy::pipeline::{fingerprint, stories_of};
use wirecopy::read::{Fields, Inputs};
use wirecopy::report::{assignments, json};
use wirecopy::shingle::{Token, shingles, tokenize};
use wirecopy::spill::Space;
use wirecopy::story::Stories;
use wirecopy::verify::pairs::{Edge, verify};

const N_ARTICLES: usize = 2_000;

fn main() {
    divan::main();
}

/// The articles, and the number of stories that they were made from.
static MADE: LazyLock<(Vec<Article>, usize)> = LazyLock::new(|| {
    let mut articles = Vec::with_capacity(N_ARTICLES);
    let mut stories = HashSet::new();
    synthetic::articles(N_ARTICLES, 1, |made| {
        stories.insert(made.story);
        articles.push(made.into_article());
    });
    (articles, stories.len())
});

static ARTICLES: LazyLock<&[Article]> = LazyLock::new(|| &MADE.0);

static BODIES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| ARTICLES.iter().map(|a| clean(a).body).collect());

static TOKENS: LazyLock<Vec<Vec<Token>>> = LazyLock::new(|| BODIES.iter().map(|body| tokens(body)).collect());

static SHINGLES: LazyLock<Vec<Vec<u64>>> = LazyLock::new(|| {
    let params = Params::default();
    TOKENS.iter().map(|tokens| shingles(tokens, params.shingle_words).collect()).collect()
});

static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let mut index = index();
    index.candidates(&[], &Params::default()).expect("temporary files")
});

static EDGES: LazyLock<Vec<Edge>> = LazyLock::new(|| {
    let index = index();
    verify(&by_component(PAIRS.clone(), &index.n_words), &index, &Params::default()).expect("tokens")
});

fn tokens(body: &[String]) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(body, &mut tokens);
    tokens
}

fn builder(articles: &[Article]) -> Builder {
    let mut builder = Builder::new(&Space::default()).expect("temporary files");
    for article in articles {
        builder.append(&fingerprint(article.clone(), &Params::default()).into()).expect("room for tokens");
    }
    builder
}

fn index() -> Index {
    builder(&ARTICLES).finish().expect("tokens written").0
}

fn n_bytes() -> BytesCount {
    BytesCount::new(ARTICLES.iter().map(|a| a.text.len()).sum::<usize>())
}

/// The articles as a file of JSON lines. The folder lives as long as the bench.
static FILE: LazyLock<(tempfile::TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("articles.jsonl");
    let mut out = BufWriter::new(File::create(&path).expect("a file"));
    synthetic::write_jsonl(N_ARTICLES, 1, &mut out).and_then(|_| out.flush()).expect("room for the articles");
    (folder, path)
});

static STORIES: LazyLock<Stories> =
    LazyLock::new(|| stories_of(ARTICLES.to_vec(), &Params::default()).expect("tokens"));

#[divan::bench]
fn read_json_lines(bencher: Bencher) {
    let n_bytes = std::fs::metadata(&FILE.1).expect("a file").len();
    bencher.counter(BytesCount::new(n_bytes)).bench(|| {
        let mut inputs = Inputs::open(std::slice::from_ref(&FILE.1)).expect("a file");
        let mut n = 0;
        while let Some(batch) = inputs.next_batch(8 << 20).expect("readable") {
            n += batch.records().filter(|record| record.parse(&Fields::default()).is_ok()).count();
        }
        assert_eq!(n, N_ARTICLES);
    });
}

#[divan::bench]
fn normalize_lines(bencher: Bencher) {
    bencher.counter(n_bytes()).bench(|| {
        let n: usize = ARTICLES.iter().flat_map(|a| a.text.lines()).map(|line| normalize(line).len()).sum();
        // Nothing in these texts needs a change but the ends of lines.
        assert_eq!(n, ARTICLES.iter().map(|a| a.text.len() - a.text.matches('\n').count()).sum::<usize>());
    });
}

#[divan::bench]
fn clean_pages(bencher: Bencher) {
    bencher.counter(ItemsCount::new(N_ARTICLES)).bench(|| {
        let n_bodies = ARTICLES.iter().map(clean).filter(|page| page.body.len() > 3).count();
        assert_eq!(n_bodies, N_ARTICLES);
    });
}

#[divan::bench]
fn tokenize_bodies(bencher: Bencher) {
    bencher.counter(n_bytes()).bench(|| {
        let n: usize = BODIES.iter().map(|body| tokens(body).len()).sum();
        assert_eq!(n, TOKENS.iter().map(Vec::len).sum::<usize>());
        assert!(n > 400 * N_ARTICLES);
    });
}

#[divan::bench]
fn shingle_tokens(bencher: Bencher) {
    bencher.counter(ItemsCount::new(N_ARTICLES)).bench(|| {
        let n: usize = TOKENS.iter().map(|tokens| shingles(tokens, 4).map(black_box).count()).sum();
        assert_eq!(n, TOKENS.iter().map(|tokens| tokens.len() - 3).sum::<usize>());
    });
}

#[divan::bench]
fn scaled_minhash(bencher: Bencher) {
    bencher.counter(ItemsCount::new(N_ARTICLES)).bench(|| {
        let n: usize = SHINGLES.iter().map(|s| ScaledSketch::new(s.iter().copied(), 4).hashes().len()).sum();
        let expected = SHINGLES.iter().map(Vec::len).sum::<usize>() / 4;
        assert!(n.abs_diff(expected) < expected / 50, "{n} samples for {expected}");
    });
}

#[divan::bench]
fn signatures_of_128(bencher: Bencher) {
    bencher.counter(ItemsCount::new(N_ARTICLES)).bench(|| {
        let n: usize = SHINGLES.iter().map(|s| Signature::new(s, 128).minima().len()).sum();
        assert_eq!(n, 128 * N_ARTICLES);
    });
}

#[divan::bench]
fn sampled_keys(bencher: Bencher) {
    let params = Params::default();
    bencher.counter(ItemsCount::new(N_ARTICLES)).bench(|| {
        let mut keys = Vec::new();
        SHINGLES.iter().for_each(|s| push_keys(s, &params, &mut keys));
        assert!(keys.len() > 100 * N_ARTICLES);
    });
}

/// The articles at few outlets, each with a line and a phrase of its own on every page.
static FURNISHED: LazyLock<Vec<Article>> = LazyLock::new(|| {
    let furnished = |(number, article): (usize, &Article)| {
        let outlet = number % N_FURNISHED;
        let phrase: String = (0..20).map(|at| format!(" footer{outlet}x{at}")).collect();
        let text = format!("{}{phrase}.\nThat is all of outlet {outlet} for today.", article.text);
        Article { outlet: Some(outlet.to_string()), text, ..article.clone() }
    };
    ARTICLES.iter().enumerate().map(furnished).collect()
});

const N_FURNISHED: usize = 20;

#[divan::bench]
fn units_of_furniture(bencher: Bencher) {
    bencher.counter(ItemsCount::new(N_ARTICLES)).bench(|| {
        let n: usize = TOKENS.iter().map(|tokens| units(tokens).len()).sum();
        assert!((15 * N_ARTICLES..150 * N_ARTICLES).contains(&n), "{n} units");
    });
}

#[divan::bench(args = [false, true])]
fn learn_and_strip_furniture(bencher: Bencher, furnished: bool) {
    let articles: &[Article] = if furnished { &FURNISHED } else { &ARTICLES };
    let n_outlets = if furnished { N_FURNISHED } else { 0 };
    bencher.counter(ItemsCount::new(N_ARTICLES)).with_inputs(|| builder(articles)).bench_local_values(|mut builder| {
        let furniture = builder.learn_furniture().expect("tokens");
        assert_eq!(furniture.n_outlets(), n_outlets);
        builder.strip(&furniture, |_| Vec::new()).expect("tokens");
        builder
    });
}

#[divan::bench]
fn propose_candidates(bencher: Bencher) {
    let params = Params::default();
    bencher.counter(ItemsCount::new(N_ARTICLES)).with_inputs(index).bench_local_values(|mut index| {
        let pairs = index.candidates(&[], &params).expect("temporary files");
        assert_eq!(pairs, *PAIRS);
        index
    });
}

#[divan::bench]
fn verify_pairs(bencher: Bencher) {
    let (index, params) = (index(), Params::default());
    let pairs = by_component(PAIRS.clone(), &index.n_words);
    bencher.counter(ItemsCount::new(PAIRS.len())).bench_local(|| {
        let edges = verify(&pairs, &index, &params).expect("tokens");
        assert!(edges.len() as f64 > 0.98 * PAIRS.len() as f64, "{} of {}", edges.len(), PAIRS.len());
    });
}

#[divan::bench]
fn sort_out_carriers(bencher: Bencher) {
    bencher.counter(ItemsCount::new(EDGES.len())).with_inputs(|| EDGES.clone()).bench_values(|edges| {
        let sorted = sort_edges(N_ARTICLES, edges, &Params::default());
        assert_eq!((sorted.joining.len(), sorted.carrying.len()), (EDGES.len(), 0));
    });
}

#[divan::bench]
fn cluster_edges(bencher: Bencher) {
    bencher.counter(ItemsCount::new(EDGES.len())).with_inputs(|| EDGES.clone()).bench_values(|edges| {
        let clusters = cluster(N_ARTICLES, edges);
        assert_eq!(clusters.len(), MADE.1);
        assert_eq!(clusters.iter().map(|c| c.members.len()).sum::<usize>(), N_ARTICLES);
    });
}

#[divan::bench]
fn assemble_stories(bencher: Bencher) {
    let params = Params::default();
    let clustered = cluster_index(&mut index(), &params).expect("tokens");
    bencher.counter(ItemsCount::new(N_ARTICLES)).with_inputs(index).bench_local_values(|index| {
        let Clustered { clusters, carrying, .. } = &clustered;
        let (stories, _) = assemble(&index, clusters, carrying, Lone::Stories, &params).expect("tokens");
        assert_eq!(stories.len(), MADE.1);
    });
}

#[divan::bench]
fn attribute_stories(bencher: Bencher) {
    let index = index();
    let entries: Vec<Entry> = (0..N_ARTICLES as u32).map(|at| index.entry(ArticleId(at)).expect("entries")).collect();
    bencher.counter(ItemsCount::new(N_ARTICLES)).bench(|| {
        let claims =
            entries.iter().map(|entry| Claim { id: &entry.id, outlet: &entry.outlet, credits: &entry.credits });
        let n_attributed = claims.filter(|claim| attribute([*claim]).is_some()).count();
        // Each dispatch has a credit; a few lose it with a word that was changed.
        assert!(n_attributed * 100 > N_ARTICLES * 95, "{n_attributed} of {N_ARTICLES}");
    });
}

#[divan::bench]
fn report_json(bencher: Bencher) {
    let params = Params::default();
    bencher.counter(ItemsCount::new(N_ARTICLES)).bench(|| {
        let mut out = Vec::new();
        json::write(&mut out, &STORIES.stories, &params).expect("memory");
        assert_eq!(out.iter().filter(|b| **b == b'\n').count(), MADE.1);
    });
}

#[divan::bench]
fn report_assignments(bencher: Bencher) {
    bencher.counter(ItemsCount::new(N_ARTICLES)).bench(|| {
        let mut out = Vec::new();
        assignments::write(&mut out, &STORIES).expect("memory");
        assert_eq!(out.iter().filter(|b| **b == b'\n').count(), N_ARTICLES + 1);
    });
}
