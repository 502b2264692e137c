//! The article on a page: the branch of the tree that holds it, as text.
//!
//! `dom_smoothie` finds the branch, by the method of Mozilla's Readability. Of 181 news pages it finds 99 % of the articles'
//! words, and 8 % of what it finds is something else. Elements that hold no text are taken away before: it panics at some
//! addresses of videos (0.19, a letter beyond ASCII just before a known host), and they are work for nothing.

use dom_query::{Document, NodeData, NodeRef};
use dom_smoothie::{Config, Readability};

use super::lines::lines;

/// Elements in which nothing is read.
const SILENT: &str = "script, style, svg, template, iframe, embed, object, canvas, audio, video";

/// Where `dom_smoothie` leaves the article.
const ARTICLE: &str = "#readability-page-1";

/// Lines of fewer words are labels, or hardly a text.
const MIN_WORDS_OF_PROSE: usize = 8;

/// A text node of so many bytes, with so many characters that markup escapes, is no prose.
const LONG_TEXT_BYTES: usize = 4 << 10;
const MAX_ESCAPED: usize = 500;

/// The text of the article, one paragraph a line; empty if there is none.
pub(super) fn article(document: Document) -> String {
    document.select(SILENT).remove();
    document.root().descendants().iter().for_each(blunt);
    // JSON-LD is read elsewhere, and better.
    let config = Config { disable_json_ld: true, ..Config::default() };
    let Ok(mut reader) = Readability::with_document(document, None, Some(config)) else { return String::new() };
    if reader.parse().is_err() {
        return String::new();
    }
    reader.doc.select_single(ARTICLE).nodes().first().map(lines).unwrap_or_default()
}

/// All paragraphs of a page that could be prose, whether or not they are shown: scripts show some that are hidden.
pub(super) fn paragraphs(document: &Document) -> String {
    let within =
        |node: &NodeRef<'_>| node.ancestors_it(None).any(|a| ["nav", "footer", "p"].iter().any(|n| a.has_name(n)));
    let selected = document.select("p");
    let paragraphs = selected.nodes().iter().filter(|node| !within(node)).map(lines);
    paragraphs.filter(|text| has_prose(text)).collect::<Vec<_>>().join("\n")
}

/// Whether a line of a text is long enough to be read as prose.
pub(super) fn has_prose(text: &str) -> bool {
    text.lines().any(|line| line.split(' ').nth(MIN_WORDS_OF_PROSE - 1).is_some())
}

/// Takes the signs that markup escapes out of a text that is full of them. Writing such a text as markup, which
/// `dom_smoothie` does beside what we ask it for, takes a time quadratic in its length.
fn blunt(node: &NodeRef<'_>) {
    const ESCAPED: [char; 4] = ['&', '<', '>', '\u{a0}'];
    node.update(|node| {
        if let NodeData::Text { contents } = &mut node.data
            && contents.len() > LONG_TEXT_BYTES
            && contents.matches(ESCAPED).nth(MAX_ESCAPED).is_some()
        {
            *contents = contents.replace(ESCAPED, " ").into();
        }
    });
}
