//! Which copies carry one version of a story, and which another.

use wirecopy::article::Article;
use wirecopy::params::Params;
use wirecopy::pipeline::stories_of;
use wirecopy::story::{Relation, Story};

/// A paragraph of 25 words that no other has.
fn paragraph(name: &str) -> String {
    let words: Vec<String> = (0..25).map(|n| format!("{name}{n}")).collect();
    format!("The {}.", words.join(" "))
}

fn paragraphs(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| paragraph(name)).collect()
}

fn dispatch() -> Vec<String> {
    paragraphs(&["a", "b", "c", "d", "e", "f", "g", "h"])
}

fn article(id: &str, paragraphs: &[String]) -> Article {
    let outlet = Some(format!("{id}.example"));
    Article { id: id.to_owned(), outlet, text: paragraphs.join("\n"), ..Article::default() }
}

fn one_story(articles: Vec<Article>) -> Story {
    let mut found = stories_of(articles, &Params::default()).expect("room for tokens").stories;
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn relation(story: &Story, id: &str) -> Relation {
    story.copies.iter().find(|copy| copy.id == id).expect("a copy of this id").relation
}

/// The dispatch with three paragraphs of an outlet's own between its paragraphs.
fn expanded(own: [&str; 3]) -> Vec<String> {
    let mut paragraphs = dispatch();
    for (at, name) in [7, 5, 3].into_iter().zip(own) {
        paragraphs.insert(at, paragraph(name));
    }
    paragraphs
}

#[test]
fn what_outlets_put_in_and_cut_off_makes_no_version() {
    let mut local = dispatch()[..5].to_vec();
    local.push(paragraph("local"));
    let story = one_story(vec![
        article("whole", &dispatch()),
        article("again", &dispatch()),
        article("cut", &dispatch()[..4]),
        article("local", &local),
        article("one", &expanded(["i", "j", "k"])),
        article("two", &expanded(["l", "m", "n"])),
    ]);
    assert_eq!(story.versions.len(), 1, "{:?}", story.versions);
    assert_eq!(relation(&story, "cut"), Relation::Trimmed);
    assert_eq!(relation(&story, "one"), Relation::Expanded);
    assert_eq!(relation(&story, "two"), Relation::Expanded);
}

#[test]
fn an_update_that_is_reprinted_is_a_version() {
    let update = paragraphs(&["a", "b", "new", "d", "newer", "f", "newest", "h"]);
    let story = one_story(vec![
        article("whole", &dispatch()),
        article("again", &dispatch()),
        article("update", &update),
        article("updated", &update[..7]),
    ]);
    assert_eq!(story.versions.len(), 2, "{:?}", story.versions);
    let copies: Vec<usize> = story.versions.iter().map(|version| version.copies).collect();
    assert_eq!(copies, [2, 2]);
}

#[test]
fn a_new_opening_is_a_version() {
    let mut update = paragraphs(&["lead", "second"]);
    update.extend_from_slice(&dispatch()[2..]);
    let story = one_story(vec![article("whole", &dispatch()), article("update", &update)]);
    assert_eq!(story.versions.len(), 2, "{:?}", story.versions);
}
