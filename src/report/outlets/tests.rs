//! The reports on outlets: what they say of the two small stories, one hostile, that other reports are tested on.

use std::path::Path;

use serde_json::Value;

use super::text::View;
use super::*;
use crate::outlets::outlets;
use crate::report::is_unsafe;
use crate::report::tests::{stories, written};

/// The stories of other tests, and a pair of outlets whose names XML cannot hold as they are.
fn found() -> Outlets {
    let mut stories = stories();
    stories.stories[0].copies[0].outlet = "a&b<\"c'>\u{fffe}\u{1}.example".to_owned();
    outlets(&stories)
}

fn table(table: csv::Table) -> (Vec<String>, Vec<Vec<String>>) {
    let text = written(|out| csv::write(out, &found(), Select::default(), table));
    assert!(!text.contains(|c| is_unsafe(c) && c != '\n'), "{text:?}");
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    (header, rows)
}

#[test]
fn csv_has_the_columns_and_no_cell_that_a_spreadsheet_runs() {
    let cases = [
        (csv::Table::Outlets, &csv::OUTLETS[..], found().outlets.len()),
        (csv::Table::Agencies, &csv::AGENCIES[..], 3),
        (csv::Table::Pairs, &csv::PAIRS[..], found().pairs.len()),
    ];
    for (which, columns, n_rows) in cases {
        let (header, rows) = table(which);
        assert_eq!(header, columns);
        assert_eq!(rows.len(), n_rows, "{which:?}");
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
        }
        assert!(rows.iter().flatten().any(|cell| cell == "'@evil]0;title"), "{which:?}");
    }
}

#[test]
fn json_lines_say_what_they_are() {
    let text = written(|out| json::write(out, &found(), Select::default()));
    assert!(!text.contains(|c| is_unsafe(c) && c != '\n'), "{text:?}");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<&str> = lines.iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds[..2], ["corpus", "outlet"]);
    assert!(kinds.contains(&"agency") && kinds.ends_with(&["pair"]), "{kinds:?}");
    assert_eq!(lines[0]["params"]["shingle_words"], 4);
    let evil = lines.iter().find(|line| line["outlet"].as_str().is_some_and(|name| name.starts_with("@evil"))).unwrap();
    assert_eq!(evil["outlet"], "@evil\u{1b}]0;title\u{7}");
    assert_eq!(evil["agencies"][0]["uncredited"], 1);
}

#[test]
fn graphs_are_well_formed_and_hold_no_character_that_xml_forbids() {
    for (form, root) in [(graph::Form::Gexf, "gexf"), (graph::Form::GraphMl, "graphml")] {
        let text = written(|out| graph::write(out, &found(), Select::default(), form));
        assert!(!text.contains(|c| (is_unsafe(c) && c != '\n') || c == '\u{fffe}'), "{text:?}");
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut names = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(element) => {
                    names.push(element.name().as_ref().to_owned());
                }
                _ => {}
            }
        }
        assert_eq!(names[0], root);
        let n = |name: &str| names.iter().filter(|found| *found == name).count();
        assert_eq!(n("node"), found().outlets.len() + 1);
        assert!(n("edge") > 0);
        assert!(text.contains("a&amp;b&lt;") && !text.contains("a&b"), "{text}");
    }
}

#[test]
fn a_graph_is_of_the_form_that_its_name_ends_in() {
    let cases = [
        ("a.gexf", Some(graph::Form::Gexf)),
        ("b/A.GraphML", Some(graph::Form::GraphMl)),
        ("gexf", None),
        ("a.xml", None),
    ];
    for (path, expected) in cases {
        assert_eq!(graph::Form::of(Path::new(path)), expected, "{path}");
    }
}

#[test]
fn text_is_as_wide_as_the_terminal_at_most_and_acts_on_nothing() {
    for columns in [40, 60, 80, 100, 120, 200] {
        let view = View { columns, verbose: true, ..View::default() };
        let styled = written(|out| text::write(out, &found(), &view));
        let text = anstream::adapter::strip_str(&styled).to_string();
        assert!(!text.contains(|c| is_unsafe(c) && c != '\n'), "{text:?}");
        for line in text.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= columns, "{columns}: {line}");
        }
    }
}

#[test]
fn text_tells_sites_of_agencies_and_who_was_ahead_outside_agencies() {
    let mut stories = stories();
    stories.stories[2].copies[0].outlet = "reuters.com".to_owned();
    let styled = written(|out| text::write(out, &outlets(&stories), &View::default()));
    let text = anstream::adapter::strip_str(&styled).to_string();
    assert!(text.contains("\nreuters.com (Reuters)         1      0%"), "{text}");
    let expected = "\
Outlets with the most stories in common that no agency wrote

Outlet        And           Stories  Ahead      By
──────────────────────────────────────────────────
west.example  east.example        1  1 : 0  +1 min
";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn what_is_selected_is_reported() {
    let found = found();
    let few = Select { top: Some(1), min_articles: 0 };
    assert_eq!((few.outlets(&found).count(), few.pairs(&found).count()), (1, 1));
    let none = Select { top: None, min_articles: 99 };
    assert_eq!((none.outlets(&found).count(), none.pairs(&found).count()), (0, 0));
    let view = View { select: few, ..View::default() };
    let text = anstream::adapter::strip_str(&written(|out| text::write(out, &found, &view))).to_string();
    assert!(text.contains("more outlets: --all shows every one."), "{text}");
}
