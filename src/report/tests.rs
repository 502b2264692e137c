//! Each report on two small stories, one of them as hostile as a page can make it.

use serde_json::{Value, json};

use super::*;
use crate::agency;
use crate::article::{ArticleId, Published, Zone};
use crate::changes::{Changes, Paragraph, Piece, PieceKind};
use crate::clean::credit::{Dateline, Place};
use crate::story::{
    Attribution, Carrier, Copy, Counts, Evidence, EvidenceKind, LoneArticles, Relation, Rival, Stories, Story, Version,
    WeakestLink,
};
use crate::verify::Link;

/// 19 September 2025, 21:39:00 UTC.
const FIRST: i64 = 1_758_317_940;

/// A headline with everything that could move a cursor, turn a line around, or start a formula.
const HOSTILE: &str = "=HYPERLINK(\"x\")\u{1b}[2J\u{9b}31m\u{202e}desrever\u{2066}\nline\ttwo\u{7}\u{7f}\u{2028}end";

fn at(seconds_later: i64) -> Option<Published> {
    Some(Published { unix_seconds: FIRST + seconds_later, zone: Zone::Stated })
}

fn copy(number: u32, id: &str, outlet: &str, lag: i64) -> Copy {
    Copy {
        article: ArticleId(number),
        against: None,
        id: id.to_owned(),
        outlet: outlet.to_owned(),
        url: Some(format!("https://{outlet}/{number}")),
        published: at(lag),
        lag_seconds: Some(lag),
        version: "v1".to_owned(),
        relation: Relation::Trimmed,
        kept: 2.0 / 3.0,
        added: 0.0,
        containment: 1.0,
        resemblance: 0.66666,
        headline: Some("Talks on the Veld river end in a treaty".to_owned()),
        headline_changed: Some(false),
        credit: agency::by_id("reuters"),
        uncredited: false,
    }
}

fn link() -> Link {
    Link {
        resemblance: 0.41239,
        containment: 0.62,
        shared_shingles: 210,
        longest_run: 38,
        covered_a: 0.5,
        covered_b: 0.75,
        ..Link::of_copies()
    }
}

/// A story of three copies: plain, hostile, and of a later version.
pub(super) fn story() -> Story {
    let origin =
        Copy { relation: Relation::Origin, kept: 1.0, resemblance: 1.0, ..copy(4, "a-1", "morgenpost.example", 0) };
    let hostile = Copy {
        outlet: "@evil\u{1b}]0;title\u{7}".to_owned(),
        url: None,
        headline: Some(HOSTILE.to_owned()),
        headline_changed: Some(true),
        credit: None,
        uncredited: true,
        ..copy(1, "b\t2\n\\\u{1b}[31m", "", 7_500)
    };
    let undated = Copy {
        published: None,
        lag_seconds: None,
        version: "v2".to_owned(),
        relation: Relation::Partial,
        kept: 0.1,
        ..copy(3, "c-3", "", 0)
    };
    Story {
        id: "s3fa91c04be21".to_owned(),
        agency: agency::by_id("reuters").map(|agency| Attribution {
            agency,
            confidence: 0.857_142_8,
            evidence: vec![Evidence {
                kind: EvidenceKind::Dateline,
                words: "(Reuters) -\u{202e}".to_owned(),
                id: "a-1".to_owned(),
                place: Some(Place::Line { line: 3 }),
                copies: 2,
                outlets: 1,
            }],
            others: vec![Rival { agency: agency::AgencyId(5), probability: 0.05, evidence: Vec::new() }],
            none: 0.09,
        }),
        dateline: Some(Dateline { place: "OSLO".to_owned(), date: Some("2025-09-19".to_owned()) }),
        headline: Some("Talks on the Veld river end in a treaty".to_owned()),
        versions: vec![
            Version {
                id: "v1".to_owned(),
                copies: 2,
                first_seen: at(0),
                words: 1_512,
                fullest: ArticleId(4),
                fullest_id: "a-1".to_owned(),
            },
            Version {
                id: "v2".to_owned(),
                copies: 1,
                first_seen: None,
                words: 80,
                fullest: ArticleId(3),
                fullest_id: "c-3".to_owned(),
            },
        ],
        outlets: 2,
        weakest_link: Some(WeakestLink { articles: ["a-1".to_owned(), "c-3".to_owned()], link: link() }),
        copies: vec![origin, hostile, undated],
        carried_by: vec![Carrier { id: "d-4".to_owned(), outlet: "brief.example".to_owned(), kept: 0.333_333 }],
    }
}

/// What changed from the first version of [`story`] to the second: every kind, and some as hostile as a page can make it.
pub(super) fn changes() -> Vec<Changes> {
    let piece = |kind, text: &str| Piece { kind, text: text.to_owned() };
    let pieces = vec![
        piece(PieceKind::Kept, "The treaty was "),
        piece(PieceKind::Cut, "to be signed"),
        piece(PieceKind::Added, "signed on Fri\u{1b}[2Jday"),
        piece(PieceKind::Cut, "soon "),
        piece(PieceKind::Kept, " in the twenty-"),
        piece(PieceKind::Cut, "first "),
        piece(PieceKind::Added, "second "),
        piece(PieceKind::Kept, "hour of the talks."),
    ];
    vec![Changes {
        words_added: 1_024,
        words_cut: 4,
        kept: 0.666_66,
        paragraphs: vec![
            Paragraph::Same(1),
            Paragraph::Cut("Gone\u{202e}.".to_owned()),
            Paragraph::Added("New.\nMore".to_owned()),
            Paragraph::Changed(pieces),
            Paragraph::Moved("Elsewhere.".to_owned()),
            Paragraph::Same(12),
        ],
    }]
}

/// A story whose headline is hostile or wide, and one that is alone.
pub(super) fn stories() -> Stories {
    let wide = Story {
        id: "s3fa91c0ffff0".to_owned(),
        agency: None,
        dateline: None,
        headline: Some("東京で大きな会議".repeat(1000)),
        copies: vec![copy(5, "e-5", "east.example", 60), copy(0, "f-6", "west.example", 0)],
        weakest_link: None,
        carried_by: Vec::new(),
        ..story()
    };
    let alone = Story {
        id: "s000000000000".to_owned(),
        headline: None,
        copies: vec![copy(2, "d-4", "brief.example", 0)],
        ..story()
    };
    let counts = Counts { records: 9, rejected: 3, articles: 6, ..Counts::default() };
    Stories { params: Params::default(), stories: vec![story(), wide, alone], counts, lone: LoneArticles::default() }
}

/// What a report writes.
pub(super) fn written(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn as_json(stories: &Stories) -> Vec<Value> {
    let text = written(|out| json::write(out, &stories.stories, &stories.params));
    assert!(!text.contains(|c| is_unsafe(c) && c != '\n'), "{text:?}");
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn plain_text_stays_on_its_line_and_moves_nothing() {
    let cases = [
        ("Ünïcödé 東京 \u{1f30d}", "Ünïcödé 東京 \u{1f30d}"),
        ("a\nb\r\nc\td\u{2028}e\u{85}f", "a b  c d e f"),
        ("\u{1b}[31mred\u{1b}[0m \u{9b}2J", "[31mred[0m 2J"),
        ("a\u{202e}b\u{2066}c\u{2069}\u{200b}\u{feff}\u{e0041}d\0\u{7f}", "abcd"),
        ("می\u{200c}خواهم \u{200f}", "می\u{200c}خواهم \u{200f}"),
    ];
    for (text, expected) in cases {
        assert_eq!(plain(text), expected);
    }
    assert!(matches!(plain("as it is"), Cow::Borrowed(_)));
}

#[test]
fn settings_name_what_was_changed() {
    assert_eq!(settings(&Params::default()), format!("{PROGRAM}, default parameters"));
    let candidates = CandidateMethod::Lsh { bands: 14, rows: 8 };
    let params = Params { scale: 8, candidates, ..Params::default() };
    assert_eq!(settings(&params), format!("{PROGRAM}, scale=8 candidates=lsh(14x8)"));
    assert_eq!(all_settings(&params).matches('=').count(), 18);
}

#[test]
fn json_has_the_promised_keys() {
    let lines = as_json(&stories());
    assert_eq!(lines.len(), 3);
    let story = &lines[0];
    let cases: [(&Value, &[&str]); 8] = [
        (
            story,
            &[
                "story",
                "agency",
                "dateline",
                "headline",
                "versions",
                "outlets",
                "uncredited",
                "weakest_link",
                "copies",
                "carried_by",
                "params",
            ],
        ),
        (&story["agency"], &["id", "name", "confidence", "evidence", "others", "none"]),
        (&story["agency"]["evidence"][0], &["kind", "words", "copies", "outlets", "id", "place"]),
        (&story["dateline"], &["place", "date"]),
        (&story["versions"][0], &["version", "copies", "first_seen", "words"]),
        (
            &story["weakest_link"],
            &[
                "articles",
                "containment",
                "resemblance",
                "shared_shingles",
                "longest_run",
                "shared_unquoted",
                "shared_numbers",
            ],
        ),
        (
            &story["copies"][0],
            &[
                "id",
                "outlet",
                "url",
                "published",
                "lag_seconds",
                "version",
                "relation",
                "kept",
                "added",
                "containment",
                "resemblance",
                "headline_changed",
                "credit",
                "uncredited",
            ],
        ),
        (&story["carried_by"][0], &["id", "outlet", "kept"]),
    ];
    for (value, expected) in cases {
        let (mut found, mut expected) = (keys(value), expected.to_vec());
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected);
    }
}

#[test]
fn json_holds_the_values_rounded_and_the_page_texts_unchanged() {
    let lines = as_json(&stories());
    let story = &lines[0];
    assert_eq!(story["story"], "s3fa91c04be21");
    assert_eq!(story["agency"]["id"], "reuters");
    assert_eq!(story["agency"]["confidence"], json!(0.8571));
    assert_eq!(
        story["agency"]["evidence"][0],
        json!({"kind": "dateline", "words": "(Reuters) -\u{202e}", "copies": 2, "outlets": 1, "id": "a-1", "place": {"line": 3}})
    );
    assert_eq!(story["versions"][0]["first_seen"], "2025-09-19T21:39:00Z");
    assert_eq!(story["versions"][1]["first_seen"], Value::Null);
    assert_eq!(story["weakest_link"]["articles"], json!(["a-1", "c-3"]));
    assert_eq!(story["weakest_link"]["resemblance"], json!(0.4124));
    assert_eq!(story["copies"][0]["relation"], "origin");
    let hostile = &story["copies"][1];
    assert_eq!(hostile["id"], "b\t2\n\\\u{1b}[31m");
    assert_eq!(hostile["outlet"], "@evil\u{1b}]0;title\u{7}");
    assert_eq!(hostile["lag_seconds"], 7_500);
    assert_eq!((&hostile["kept"], &hostile["credit"]), (&json!(0.6667), &Value::Null));
    assert_eq!((&story["copies"][2]["outlet"], &story["copies"][2]["published"]), (&Value::Null, &Value::Null));
    assert_eq!(story["params"]["shingle_words"], Params::default().shingle_words);
    assert_eq!((&lines[1]["agency"], &lines[1]["weakest_link"]), (&Value::Null, &Value::Null));
}

#[test]
fn json_of_an_opened_story_says_what_changed() {
    let (story, params) = (story(), Params::default());
    let text = written(|out| json::write_opened(out, &story, &changes(), &params));
    assert!(!text.contains(|c| is_unsafe(c) && c != '\n'), "{text:?}");
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(keys(&value["versions"][0]), keys(&as_json(&stories())[0]["versions"][1]));
    let changes = &value["versions"][1]["changes"];
    assert!(text.contains(r#""changes":{"against":"v1","articles":["a-1","c-3"],"words_added":1024,"words_cut":4,"kept":0.6667,"paragraphs":[{"kind":"same","count":1},"#));
    let paragraphs = changes["paragraphs"].as_array().unwrap();
    assert_eq!(paragraphs[1], json!({"kind": "cut", "text": "Gone\u{202e}."}));
    assert_eq!(paragraphs[2], json!({"kind": "added", "text": "New.\nMore"}));
    assert_eq!(paragraphs[3]["kind"], "changed");
    assert_eq!(paragraphs[3]["pieces"][1], json!({"kind": "cut", "text": "to be signed"}));
    assert_eq!(paragraphs[4], json!({"kind": "moved", "text": "Elsewhere."}));
    assert_eq!(json!([paragraphs.len(), paragraphs[3]["pieces"].as_array().unwrap().len()]), json!([6, 8]));
    // Without them the line is that of any story.
    assert_eq!(
        written(|out| json::write_opened(out, &story, &[], &params)),
        written(|out| json::write(out, [&story], &params))
    );
}

#[test]
fn csv_has_one_line_a_copy_and_no_cell_that_a_spreadsheet_runs() {
    let stories = stories();
    let text = written(|out| csv::write(out, &stories.stories, &stories.params));
    assert!(!text.contains(|c| is_unsafe(c) && c != '\n'), "{text:?}");
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), &csv::HEADER[..]);
    let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 6);
    for cell in rows.iter().flat_map(::csv::StringRecord::iter) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
    }
    let cell = |row: usize, column: &str| {
        let at = csv::HEADER.iter().position(|title| *title == column).unwrap();
        rows[row].get(at).unwrap().to_owned()
    };
    assert_eq!(cell(0, "agency"), "reuters");
    assert_eq!(cell(0, "published"), "2025-09-19T21:39:00Z");
    assert_eq!(cell(1, "headline"), "'=HYPERLINK(\"x\")[2J31mdesrever line two end");
    assert_eq!(cell(1, "outlet"), "'@evil]0;title");
    assert_eq!(cell(1, "kept"), "0.6667");
    assert_eq!(cell(2, "lag_seconds"), "");
    assert_eq!(cell(3, "agency"), "");
    assert_eq!(cell(5, "made_with"), settings(&stories.params));
}

#[test]
fn csv_disarms_formulas_behind_spaces_and_in_full_width() {
    let cases = [("=1", "'=1"), (" \t+1", "'  +1"), ("＝1", "'＝1"), ("-", "'-"), ("1=1", "1=1"), ("a@b", "a@b")];
    for (text, expected) in cases {
        let headline = Some(text.to_owned());
        let story = Story { copies: vec![Copy { headline, ..copy(0, "a", "b", 0) }], ..story() };
        let table = written(|out| csv::write(out, [&story], &Params::default()));
        let row = ::csv::Reader::from_reader(table.as_bytes()).records().next().unwrap().unwrap();
        assert_eq!(row.iter().nth(16), Some(expected));
    }
}

#[test]
fn assignments_have_one_line_an_article_in_order() {
    let text = written(|out| assignments::write(out, &stories()));
    let expected = "\
id\tstory\tversion\trelation
f-6\ts3fa91c0ffff0\tv1\ttrimmed
b\\t2\\n\\\\\\u{1b}[31m\ts3fa91c04be21\tv1\ttrimmed
d-4\ts000000000000\tv1\ttrimmed
c-3\ts3fa91c04be21\tv2\tpartial
a-1\ts3fa91c04be21\tv1\torigin
e-5\ts3fa91c0ffff0\tv1\ttrimmed
";
    assert_eq!(text, expected);
}

#[test]
fn stories_are_found_by_id_by_article_and_by_start() {
    let stories = stories();
    let cases = [
        ("s3fa91c04be21", Ok("s3fa91c04be21")),
        ("s3fa91c04", Ok("s3fa91c04be21")),
        ("e-5", Ok("s3fa91c0ffff0")),
        ("s0", Ok("s000000000000")),
        ("d-", Err(NotFound::Nowhere)),
        ("", Err(NotFound::Nowhere)),
        ("s3fa", Err(NotFound::Several { first: vec!["s3fa91c04be21".to_owned(), "s3fa91c0ffff0".to_owned()], n: 2 })),
    ];
    for (wanted, expected) in cases {
        assert_eq!(find(&stories, wanted).map(|story| story.id.as_str()), expected, "{wanted}");
    }
}
