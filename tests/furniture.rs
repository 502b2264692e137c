//! What an outlet prints on every page, from the inputs to the report: told apart from copies, and shown.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::{Value, json};
use wirecopy::article::{Article, ArticleId};
use wirecopy::clean::clean;
use wirecopy::index::{Builder, Fingerprint};
use wirecopy::params::Params;
use wirecopy::pipeline::{fingerprint, stories_of};
use wirecopy::shingle::{Token, tokenize};
use wirecopy::spill::Space;
use wirecopy::story::Stories;

const FOOTER: &str = "The Port Ellery Ledger is kept alive by four thousand members who pay what they can, so that everyone \
    in the harbor towns may read what their council decides and what their schools teach.";
const LINE: &str = "Read it first in the Ledger.";

/// A paragraph of sentences that no other number gives.
fn prose(number: usize) -> String {
    let sentence = |n: usize| (0..12).map(|at| format!("word{}", n * 100 + at)).collect::<Vec<_>>().join(" ");
    format!("The {}. And the {}.", sentence(number * 2), sentence(number * 2 + 1))
}

fn article(id: &str, outlet: &str, paragraphs: &[String]) -> Article {
    Article {
        id: id.to_owned(),
        outlet: Some(outlet.to_owned()),
        headline: Some(format!("Headline of {id}")),
        text: paragraphs.join("\n"),
        ..Article::default()
    }
}

/// Reports of the Ledger, each with its footer, and one of them again in another paper.
fn articles() -> Vec<Article> {
    let report = |n: usize| (0..4).map(move |at| prose(n * 10 + at));
    let mut articles: Vec<Article> = (0..20)
        .map(|n| {
            let mut lines: Vec<String> = report(n).chain([FOOTER.to_owned()]).collect();
            lines.insert(2, LINE.to_owned());
            article(&format!("ledger-{n:02}"), "ledger.example", &lines)
        })
        .collect();
    articles.push(article("gazette", "gazette.example", &report(7).collect::<Vec<_>>()));
    articles
}

fn stories(articles: Vec<Article>) -> Stories {
    stories_of(articles, &Params::default()).expect("room for tokens")
}

#[test]
fn what_is_reported_is_of_the_body_without_furniture() {
    let stories = stories(articles());
    assert_eq!((stories.stories.len(), stories.stories[0].copies.len()), (20, 2));
    let story = &stories.stories[0];
    assert!(story.copies.iter().all(|copy| (copy.kept, copy.added) == (1.0, 0.0)), "{:#?}", story.copies);
    assert_eq!(story.versions[0].words, 4 * 27);
}

#[test]
fn briefs_of_one_outlet_are_no_copies_for_their_footer() {
    let brief =
        |n: usize| article(&format!("b{n:02}"), "ledger.example", &[prose(n), LINE.to_owned(), FOOTER.to_owned()]);
    assert_eq!(stories((0..30).map(brief).collect()).stories.len(), 30);
}

const PHRASE: &str = "Subscribers of the Courier read this page a day before anybody else, and without a single advertisement \
    between its paragraphs.";

/// Pages that came as one line: what recurs on them is phrases.
fn one_liners() -> impl Iterator<Item = Article> {
    (0..20).map(|n| {
        let line = [prose(500 + 3 * n), prose(501 + 3 * n), prose(502 + 3 * n), PHRASE.to_owned()];
        article(&format!("courier-{n:02}"), "courier.example", &[line.join(" ")])
    })
}

#[test]
fn texts_that_are_kept_have_the_words_of_the_tokens() {
    let params = Params::default();
    let mut builder = Builder::keeping_texts(&Space::default()).expect("a temporary file");
    for article in articles().into_iter().chain(one_liners()) {
        let body = clean(&article).body;
        builder.append(&Fingerprint { body, ..fingerprint(article, &params) }.into()).expect("room");
    }
    let furniture = builder.learn_furniture().expect("tokens");
    assert_eq!(furniture.n_outlets(), 2);
    builder.strip(&furniture, |_| Vec::new()).expect("tokens");
    let index = builder.finish().expect("an index").0;
    let texts = index.texts.as_ref().expect("texts were kept");
    let words = |tokens: &[Token]| tokens.iter().map(|t| (t.word(), t.opens_paragraph())).collect::<Vec<_>>();
    for article in (0..index.len() as u32).map(ArticleId) {
        let body = texts.body(article).expect("a text");
        let mut tokens = Vec::new();
        tokenize(&body, &mut tokens);
        let of_index = index.tokens(article).expect("tokens");
        assert_eq!(words(&tokens), words(&of_index), "{body:?}");
        let body = body.join("\n");
        assert!([FOOTER, LINE, PHRASE].iter().all(|furniture| !body.contains(furniture)), "{body}");
    }
}

fn file(articles: &[Article]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("pages.jsonl");
    let mut out = File::create(&path).expect("a file");
    for a in articles {
        let record = json!({"id": a.id, "outlet": a.outlet, "headline": a.headline, "text": a.text});
        writeln!(out, "{record}").expect("a line is written");
    }
    (folder, path)
}

/// The lines of `inspect` in JSON, and what it said beside them.
fn inspect(mut command: Command) -> (Vec<Value>, String) {
    let output = command.output().expect("a run that ended");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let lines = text(output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    (lines, text(output.stderr))
}

fn wirecopy(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("wirecopy").expect("a built binary");
    command.args(args);
    command
}

#[test]
fn inspect_shows_what_was_learned_from_a_file_and_from_standard_input() {
    let (_folder, path) = file(&articles());
    let (pages, said) = inspect(wirecopy(&["inspect", "--format=json", path.to_str().expect("UTF-8")]));
    assert!(said.contains("the furniture of 1 outlet\n"), "{said}");
    assert_eq!(pages.len(), 21);
    for page in &pages[..20] {
        let dropped = page["dropped"].as_array().expect("a list");
        for text in [LINE, FOOTER] {
            assert!(dropped.contains(&json!({"text": text, "rule": "outlet-furniture"})), "{page}");
        }
        assert_eq!(page["body"].as_array().map(Vec::len), Some(4));
    }
    let mut piped = wirecopy(&["inspect", "--format=json", "-"]);
    piped.write_stdin(std::fs::read(&path).expect("the file"));
    assert_eq!(inspect(piped), (pages, said));

    let text = wirecopy(&["inspect", path.to_str().expect("UTF-8")]).output().expect("a run that ended").stdout;
    let text = String::from_utf8(text).expect("UTF-8");
    assert_eq!(text.matches("outlet-furniture: The line recurs on other pages of the outlet").count(), 20);
}

#[test]
fn a_page_alone_is_read_by_itself() {
    let (_folder, path) = file(&articles()[..1]);
    let (pages, said) = inspect(wirecopy(&["inspect", "--format=json", path.to_str().expect("UTF-8")]));
    assert!(said.is_empty() && pages[0]["body"].as_array().is_some_and(|body| body.len() == 6), "{said}{pages:?}");
}
