//! What must hold for any corpus: estimates lie within their stated bounds, sketches propose nothing that the full sets
//! would refuse, and neither the number of threads nor the order of the input changes a result.

#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

#[path = "../benches/synthetic/mod.rs"]
#[allow(dead_code, reason = "each target takes what it needs")]
mod synthetic;

use std::collections::BTreeMap;

use wirecopy::article::{Article, ArticleId};
use wirecopy::candidates::Pair;
use wirecopy::components::by_component;
use wirecopy::index::{Builder, Index};
use wirecopy::minhash::{ScaledSketch, Signature, n_common};
use wirecopy::outlets::outlets;
use wirecopy::params::{CandidateMethod, Params};
use wirecopy::pipeline::{fingerprint, furniture_of, stories_of};
use wirecopy::spill::Space;
use wirecopy::story::Stories;
use wirecopy::verify::{Link, Prepared, Verdict, pairs::verify};

fn articles(n: usize, seed: u64) -> Vec<Article> {
    let mut articles = Vec::new();
    synthetic::articles(n, seed, |made| articles.push(made.into_article()));
    articles
}

fn index(articles: Vec<Article>, params: &Params) -> Index {
    let mut builder = Builder::new(&Space::default()).unwrap();
    articles.into_iter().for_each(|article| builder.append(&fingerprint(article, params).into()).unwrap());
    builder.finish().unwrap().0
}

/// Two sets of random shingles, and what they share.
fn two_sets(chance: &mut synthetic::Chance) -> (Vec<u64>, Vec<u64>) {
    let mut draw = |n: u64| (0..n).map(|_| chance.next()).collect::<Vec<u64>>();
    let shared = draw(400);
    let (mut a, mut b) = (draw(300), draw(900));
    let n_shared = shared.len() * (a[0] % 100) as usize / 100;
    a.extend(&shared[..n_shared]);
    b.extend(&shared[..n_shared]);
    a.sort_unstable();
    b.sort_unstable();
    (a, b)
}

/// Checks that errors, as multiples of the stated bound of 95 in 100, are within it nearly that often, and never far
/// outside.
fn check_errors(errors: &[f64]) {
    let within = errors.iter().filter(|&&e| e <= 1.0).count();
    let worst = errors.iter().copied().fold(0.0, f64::max);
    assert!(within as f64 >= 0.92 * errors.len() as f64, "{within} of {} within the bound", errors.len());
    assert!(worst < 2.5, "one error is {worst} times the bound");
    assert!(errors.iter().any(|&e| e > 0.3), "estimates that hardly err are no estimates");
}

#[test]
fn estimates_lie_within_their_stated_bounds() {
    const SCALE: u64 = 4;
    const PERMUTATIONS: usize = 128;
    let mut chance = synthetic::Chance::new(11);
    let (mut scaled, mut contained, mut signed) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..400 {
        let (a, b) = two_sets(&mut chance);
        let shared = n_common(&a, &b) as f64;
        let resemblance = shared / ((a.len() + b.len()) as f64 - shared);
        let containment = shared / a.len() as f64;
        let bound = |p: f64, n: f64| 1.96 * (p * (1.0 - p) / n).sqrt() + 1.0 / n;
        let (sa, sb) = (ScaledSketch::new(a.iter().copied(), SCALE), ScaledSketch::new(b.iter().copied(), SCALE));
        let n_union = (sa.hashes().len() + sb.hashes().len() - n_common(sa.hashes(), sb.hashes())) as f64;
        scaled.push((sa.resemblance(&sb).unwrap() - resemblance).abs() / bound(resemblance, n_union));
        let n_own = sa.hashes().len() as f64;
        contained.push((sa.containment_in(&sb).unwrap() - containment).abs() / bound(containment, n_own));
        let (ga, gb) = (Signature::new(&a, PERMUTATIONS), Signature::new(&b, PERMUTATIONS));
        signed.push((ga.resemblance(&gb).unwrap() - resemblance).abs() / bound(resemblance, PERMUTATIONS as f64));
    }
    [scaled, contained, signed].iter().for_each(|errors| check_errors(errors));
}

/// Every pair that the full shingle sets call copies, compared all with all.
fn brute_force(index: &Index, params: &Params) -> BTreeMap<Pair, Link> {
    let ids = || (0..index.len() as u32).map(ArticleId);
    let texts: Vec<Prepared> = ids().map(|id| Prepared::new(index.tokens(id).unwrap(), params.shingle_words)).collect();
    let mut links = BTreeMap::new();
    for a in ids() {
        for b in ids().skip(a.index() + 1) {
            let link = texts[a.index()].link(&texts[b.index()]);
            if link.verdict(params) == Verdict::Copies {
                links.insert(Pair { a, b }, link);
            }
        }
    }
    links
}

/// Checks that brute force has each verified pair with the same figures. Numbers of pairs of articles with different
/// words (of those with the same, one stands for the others): verified, and by brute force.
fn check_within_brute_force(params: &Params, seed: u64) -> (usize, usize) {
    let mut index = index(articles(240, seed), params);
    let all = brute_force(&index, params);
    let pairs = by_component(index.candidates(&[], params).unwrap(), &index.n_words);
    let edges = verify(&pairs, &index, params).unwrap();
    for edge in &edges {
        assert_eq!(all.get(&edge.pair), Some(&edge.link), "{:?}", edge.pair);
    }
    let differ = |pair: &&Pair| [pair.a, pair.b].iter().all(|a| index.twin_of[a.index()] == *a);
    (edges.iter().map(|edge| &edge.pair).filter(differ).count(), all.keys().filter(differ).count())
}

#[test]
fn candidates_and_verification_lie_within_brute_force() {
    for seed in 0..3 {
        // Lists of any length all with all: then samples lose hardly a pair.
        let sampled = Params { all_pairs_limit: 1024, ..Params::default() };
        let (found, all) = check_within_brute_force(&sampled, seed);
        assert!(all > 100 && found as f64 >= 0.99 * all as f64, "{found} of {all}");
        let lsh = Params { candidates: CandidateMethod::Lsh { bands: 14, rows: 8 }, ..Params::default() };
        let (found, all) = check_within_brute_force(&lsh, seed);
        assert!(found > 20 && found <= all, "{found} of {all}");
    }
}

/// The stories, and what they say of outlets.
fn told(stories: &Stories) -> String {
    format!("{:#?}\n{:#?}", stories.stories, outlets(stories))
}

/// The same articles at seven outlets, each of which has lines and phrases of its own on every page.
fn furnished(mut articles: Vec<Article>) -> Vec<Article> {
    for (article, number) in articles.iter_mut().zip(0..) {
        let outlet = number % 7;
        article.outlet = Some(format!("outlet{outlet}.example"));
        let footer: String = (0..14).map(|at| format!(" footer{outlet}x{at}")).collect();
        article
            .text
            .push_str(&format!("{footer}.\nMore from outlet {outlet} tomorrow.\nThat is all we have for today."));
        article.text = article.text.replacen('\n', &format!("\nRead more of outlet {outlet} here.\n"), 1);
    }
    articles
}

#[test]
fn threads_and_order_change_nothing() {
    for candidates in [CandidateMethod::Sampled, CandidateMethod::Lsh { bands: 20, rows: 4 }] {
        let params = Params { candidates, ..Params::default() };
        let on = |n_threads: usize, articles: Vec<Article>| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
            told(&pool.install(|| stories_of(articles, &params)).unwrap())
        };
        let mut corpus = furnished(articles(600, 5));
        // Two articles of one id, told apart by what they say.
        corpus[7].id = corpus[300].id.clone();
        let expected = on(1, corpus.clone());
        assert!(expected.contains("Trimmed"), "a corpus without copies shows nothing");
        assert_eq!(furniture_of(corpus.clone()).unwrap().n_outlets(), 7, "a corpus without furniture shows nothing");
        for n_threads in [2, 3, 8] {
            assert!(on(n_threads, corpus.clone()) == expected, "{n_threads} threads");
        }
        let mut chance = synthetic::Chance::new(3);
        for _ in 0..3 {
            for i in (1..corpus.len()).rev() {
                corpus.swap(i, chance.below(i as u64 + 1) as usize);
            }
            assert!(on(2, corpus.clone()) == expected, "order");
        }
    }
}

#[test]
fn every_article_is_in_one_story() {
    let stories = stories_of(articles(500, 9), &Params::default()).unwrap();
    let mut ids: Vec<&str> = stories.stories.iter().flat_map(|s| &s.copies).map(|c| c.id.as_str()).collect();
    ids.sort_unstable();
    let n = ids.len();
    ids.dedup();
    assert_eq!((n, ids.len()), (500, 500));
}

#[test]
fn the_share_covered_alone_is_that_of_the_whole_link() {
    let params = Params::default();
    let index = index(articles(120, 5), &params);
    let texts: Vec<Prepared> = (0..index.len() as u32)
        .map(|number| Prepared::new(index.tokens(ArticleId(number)).unwrap(), params.shingle_words))
        .collect();
    let mut n_partly = 0;
    for (a, b) in texts.iter().flat_map(|a| texts.iter().map(move |b| (a, b))) {
        let covered = a.covered_by(b);
        assert_eq!(covered, a.link(b).covered_a);
        n_partly += usize::from(covered > 0.1 && covered < 0.9);
    }
    assert!(n_partly > 20, "{n_partly}");
}
