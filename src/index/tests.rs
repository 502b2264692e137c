//! What is put into an index comes out of it, in an order of its own.

use std::collections::HashSet;

use super::*;
use crate::furniture::units;
use crate::shingle::tokenize;

fn article(id: &str, text: &str) -> Fingerprint {
    let mut tokens = Vec::new();
    tokenize(&[text], &mut tokens);
    let keys = tokens.iter().map(|t| t.word()).collect();
    let units = units(&tokens);
    let body = vec![text.to_owned()];
    Fingerprint { entry: Entry { id: id.to_owned(), ..Entry::default() }, tokens, keys, units, body }
}

fn index(articles: Vec<Fingerprint>) -> (Index, u64) {
    let mut builder = Builder::keeping_texts(&Space::default()).unwrap();
    articles.into_iter().for_each(|a| builder.append(&a.into()).unwrap());
    builder.finish().unwrap()
}

fn articles(index: &Index) -> impl Iterator<Item = ArticleId> {
    (0..index.len() as u32).map(ArticleId)
}

fn ids(index: &Index) -> Vec<&str> {
    articles(index).map(|article| index.id(article)).collect()
}

#[test]
fn tokens_come_back_in_the_order_of_ids() {
    let (index, _) = index(vec![article("b", "two words"), article("a", "one"), article("c", "")]);
    let ids: Vec<&str> = ids(&index);
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(index.n_words, [1, 2, 0]);
    assert_eq!(index.tokens(ArticleId(1)).unwrap(), article("", "two words").tokens);
    assert_eq!(index.tokens(ArticleId(2)).unwrap(), []);
    let texts = index.texts.unwrap();
    assert_eq!([0, 1, 2].map(|i| texts.body(ArticleId(i)).unwrap()), ["one", "two words", ""].map(|t| vec![t]));
}

#[test]
fn repeated_ids_are_told_apart_whatever_the_order() {
    let texts = ["same", "other", "third"];
    let named = |order: [usize; 3]| {
        let (index, n) = index(order.iter().map(|&i| article("x", texts[i])).collect());
        assert_eq!(n, 2);
        articles(&index).map(|a| (index.id(a).to_owned(), index.tokens(a).unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(named([0, 1, 2]), named([2, 0, 1]));
    let ids: Vec<String> = named([0, 1, 2]).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["x", "x#2", "x#3"]);
}

#[test]
fn articles_packed_together_are_filed_as_one_by_one() {
    let articles = || (0..2 * PACKED + 3).map(|at| article(&format!("{at:03}"), &format!("words of page {}", at / 2)));
    let pairs = |packed: Vec<Packed>| {
        let mut builder = Builder::new(&Space::default()).unwrap();
        packed.iter().for_each(|packed| builder.append(packed).unwrap());
        builder.finish().unwrap().0.candidates(&[], &Params::default()).unwrap()
    };
    let found = pairs(vec![articles().collect()]);
    assert!(found.len() > PACKED, "{found:?}");
    assert_eq!(found, pairs(articles().map(Packed::from).collect()));
}

#[test]
fn a_new_id_is_nobody_elses() {
    let (index, _) = index(vec![article("x", "a"), article("x", "b"), article("x#2", "c")]);
    let ids: HashSet<&str> = ids(&index).into_iter().collect();
    assert_eq!(ids, HashSet::from(["x", "x#2", "x#3"]));
}

#[test]
fn twins_have_the_same_words_and_empty_articles_have_none() {
    let (index, _) = index(vec![article("a", "s t"), article("b", "s t"), article("c", ""), article("d", "")]);
    assert_eq!(index.twin_of.iter().map(|a| a.0).collect::<Vec<_>>(), [0, 0, 2, 3]);
}

#[test]
fn entries_and_headlines_come_back_in_any_order() {
    let entry = |id: &str, headline: Option<&str>| Entry {
        id: id.to_owned(),
        outlet: "ledger.example".to_owned(),
        url: Some(format!("https://ledger.example/{id}")),
        headline: headline.map(str::to_owned),
        ..Entry::default()
    };
    let entries = [entry("b", Some("Second")), entry("a", None), entry("c", Some("Third"))];
    let of = |entry: &Entry| Fingerprint { entry: entry.clone(), ..article("", &entry.id) };
    let (index, _) = index(entries.iter().map(of).collect());
    let found: Vec<Entry> = articles(&index).map(|article| index.entry(article).unwrap()).collect();
    assert_eq!(found, [1, 0, 2].map(|at: usize| entries[at].clone()));
    let headlines =
        index.headlines(|taken: &mut Vec<_>, article, headline| taken.push((article.0, headline.to_owned())));
    assert_eq!(headlines.unwrap().concat(), [(1, "Second".to_owned()), (2, "Third".to_owned())]);
    assert!(index.have_one_outlet(ArticleId(0), ArticleId(2)));
}

#[test]
fn what_only_the_url_tells_apart_is_in_the_order_of_urls() {
    let of = |url: &str| {
        let mut article = article("x", "same");
        article.entry.url = Some(url.to_owned());
        article
    };
    let urls = |order: [&str; 2]| {
        let (index, _) = index(order.map(of).into());
        articles(&index).map(|article| index.entry(article).unwrap().url.unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(urls(["b", "a"]), ["a", "b"]);
    assert_eq!(urls(["a", "b"]), ["a", "b"]);
}
