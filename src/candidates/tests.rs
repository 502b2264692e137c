//! Which pairs are proposed, and that neither memory nor threads decide it.

use super::candidates as candidates_of;
use super::partners::Meeting;
use super::*;

fn candidates(articles: &[&[u32]], params: &Params) -> Vec<(u32, u32)> {
    within(articles, params, 1 << 20)
}

/// The same with so many bytes of memory.
fn within(articles: &[&[u32]], params: &Params, memory: u64) -> Vec<(u32, u32)> {
    let n_words: Vec<u32> = articles.iter().map(|own| own.len() as u32).collect();
    let twin_of: Vec<ArticleId> = (0..n_words.len() as u32).map(ArticleId).collect();
    let found = found(articles, &n_words, &twin_of, params, memory);
    found.into_iter().map(|pair| (pair.a.0, pair.b.0)).collect()
}

fn found(articles: &[&[u32]], n_words: &[u32], twin_of: &[ArticleId], params: &Params, memory: u64) -> Vec<Pair> {
    let positions: Vec<u32> = (0..n_words.len() as u32).collect();
    around(articles, Filed { n_words, positions: &positions, twin_of, hubs: &[] }, params, memory)
}

fn around(articles: &[&[u32]], filed: Filed<'_>, params: &Params, memory: u64) -> Vec<Pair> {
    let space = Space::default();
    let mut postings = Postings::new(&space).unwrap();
    for (some, at) in articles.chunks(3).zip(0..) {
        postings.push(&Group::new(some.iter().copied()), 3 * at).unwrap();
    }
    candidates_of(postings, filed, params, &space, memory).unwrap()
}

#[test]
fn two_shared_samples_make_a_candidate_and_one_does_not() {
    let params = Params::default();
    assert_eq!(candidates(&[&[1, 2, 3], &[2, 3, 4], &[3, 5, 6], &[7]], &params), [(0, 1)]);
}

#[test]
fn repeated_keys_count_once() {
    assert!(candidates(&[&[1, 1, 1, 2], &[1, 1, 3]], &Params::default()).is_empty());
}

#[test]
fn a_text_with_a_single_sample_needs_only_that() {
    assert_eq!(candidates(&[&[1], &[1, 2, 3]], &Params::default()), [(0, 1)]);
}

#[test]
fn a_small_share_of_a_long_text_is_no_candidate() {
    let long: Vec<u32> = (0..100).collect();
    let other: Vec<u32> = (92..192).collect();
    assert!(candidates(&[&long, &other], &Params::default()).is_empty());
    let other: Vec<u32> = (88..188).collect();
    assert_eq!(candidates(&[&long, &other], &Params::default()), [(0, 1)]);
}

#[test]
fn pairs_grow_with_the_copies_and_not_with_their_square() {
    let n_copies = 2000;
    let copies: Vec<Vec<u32>> = (0..n_copies).map(|i| (0..20 + i % 7).collect()).collect();
    let copies: Vec<&[u32]> = copies.iter().map(Vec::as_slice).collect();
    let params = Params::default();
    let pairs = candidates(&copies, &params);
    let most = n_copies as usize * (params.representatives + 2 + params.all_pairs_limit);
    assert!((n_copies as usize..=most).contains(&pairs.len()), "{} pairs", pairs.len());
}

#[test]
fn hubs_meet_all_however_many_they_are() {
    let n = 300u32;
    let copies: Vec<Vec<u32>> = (0..n).map(|i| (0..20 + i).collect()).collect();
    let copies: Vec<&[u32]> = copies.iter().map(Vec::as_slice).collect();
    let n_words: Vec<u32> = copies.iter().map(|own| own.len() as u32).collect();
    let twin_of: Vec<ArticleId> = (0..n).map(ArticleId).collect();
    let positions: Vec<u32> = (0..n).collect();
    let with = |hubs: &[ArticleId], memory| {
        let filed = Filed { n_words: &n_words, positions: &positions, twin_of: &twin_of, hubs };
        around(&copies, filed, &Params::default(), memory)
    };
    let without = with(&[], 1 << 20);
    let of = |pairs: &[Pair], hub: u32| pairs.iter().filter(|pair| pair.a.0 == hub || pair.b.0 == hub).count();
    let hubs = [7, 150].map(ArticleId);
    let found = with(&hubs, 1 << 20);
    for hub in hubs {
        assert!(of(&without, hub.0) < 30);
        assert_eq!(of(&found, hub.0), n as usize - 1);
    }
    assert!(without.iter().all(|pair| found.binary_search(pair).is_ok()));
    // Nobody else meets anybody for it, and of many hubs in one list only the first few meet all.
    assert!(found.len() < without.len() + 2 * n as usize);
    let many = with(&twin_of, 1 << 20);
    assert!(many.len() < without.len() + 9 * n as usize, "{} pairs", many.len());
    assert_eq!(with(&hubs, 1), found);
}

#[test]
fn twins_are_paired_with_the_one_that_is_filed() {
    let twin_of = [ArticleId(0), ArticleId(0), ArticleId(2)];
    let found = found(&[&[1, 2], &[3, 4], &[3, 4]], &[9, 9, 5], &twin_of, &Params::default(), 1 << 20);
    assert_eq!(found, [Pair::new(ArticleId(0), ArticleId(1))]);
}

#[test]
fn banded_lsh_files_equal_texts_alike_and_needs_one_band() {
    let params = Params { candidates: CandidateMethod::Lsh { bands: 14, rows: 8 }, ..Params::default() };
    let shingles: Vec<u64> = (0..200).map(crate::shingle::mix).collect();
    let (mut one, mut other, mut none) = (Vec::new(), Vec::new(), Vec::new());
    push_keys(&shingles, &params, &mut one);
    push_keys(&shingles, &params, &mut other);
    push_keys(&[], &params, &mut none);
    assert_eq!(one.len(), 14);
    assert_eq!(one, other);
    assert!(none.is_empty());
    assert_eq!(candidates(&[&one, &one[..1]], &params), [(0, 1)]);
}

#[test]
fn the_curve_is_that_of_the_book() {
    // Mining of Massive Datasets, section 3.4.2: 20 bands of 5 rows.
    let expected = [(0.2, 0.006), (0.3, 0.047), (0.4, 0.186), (0.5, 0.470), (0.6, 0.802), (0.7, 0.975), (0.8, 0.9996)];
    for (resemblance, probability) in expected {
        assert!((candidate_probability(resemblance, 20, 5) - probability).abs() < 6e-4, "{resemblance}");
    }
    assert!((candidate_threshold(16, 4) - 0.5).abs() < 1e-12);
}

#[test]
fn the_memory_changes_nothing() {
    // Keys all over the partitions, in lists of many lengths.
    let key = |article: u32, at: u32| crate::shingle::mix(u64::from((article / (1 + at % 40)) << 8 | at)) as u32;
    let articles: Vec<Vec<u32>> =
        (0..600).map(|article| (0..20 + article % 9).map(|at| key(article, at)).collect()).collect();
    let articles: Vec<&[u32]> = articles.iter().map(Vec::as_slice).collect();
    let params = Params::default();
    let with_much = within(&articles, &params, 1 << 30);
    assert!(with_much.len() > 1000, "{} pairs", with_much.len());
    assert_eq!(within(&articles, &params, 4096), with_much);
    assert_eq!(within(&articles, &params, 1), with_much);
}

#[test]
fn keys_that_are_stated_again_count_alone() {
    let space = Space::default();
    let mut postings = Postings::new(&space).unwrap();
    postings.push(&Group::new([&[1, 2, 3][..], &[1, 2, 3], &[7, 8, 9]].into_iter()), 0).unwrap();
    postings.restate(&[7, 8, 9], 1).unwrap();
    let n_words = [3; 3];
    let twin_of: Vec<ArticleId> = (0..3).map(ArticleId).collect();
    let filed = Filed { n_words: &n_words, positions: &[0, 1, 2], twin_of: &twin_of, hubs: &[] };
    let found = candidates_of(postings, filed, &Params::default(), &space, 1 << 20).unwrap();
    assert_eq!(found, [Pair::new(ArticleId(1), ArticleId(2))]);
}

#[test]
fn more_longest_ones_than_members_are_all_members() {
    let params = Params { all_pairs_limit: 2, representatives: 64, ..Params::default() };
    let list: Vec<u32> = (0..9).collect();
    let mut met = Vec::new();
    Meeting::new(std::iter::empty(), 9, &params)
        .for_each(&list, 5..6, |rank, partners| met.push((rank, partners.to_vec())));
    met.retain(|(_, partners)| !partners.is_empty());
    assert_eq!(met, [(5, list[..5].to_vec())]);
    let copies = [&[1, 2, 3][..]; 9];
    assert_eq!(candidates(&copies, &params).len(), 36);
}
