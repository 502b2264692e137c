//! Records to articles and to reasons why not.

use std::path::Path;
use std::sync::Arc;

use super::record;
use crate::article::Article;
use crate::read::{FieldRole, Fields, Form, Parsed, Reject};

fn parse_as(form: Form<'_>, bytes: &[u8], fields: &Fields) -> Result<Parsed, Reject> {
    let path: Arc<Path> = Arc::from(Path::new("in.jsonl"));
    record(&path, 7, bytes, form).parse(fields).map(|parsed| parsed.expect("a page"))
}

fn parse(json: &str) -> Parsed {
    parse_as(Form::Json, json.as_bytes(), &Fields::default()).unwrap_or_else(|reject| panic!("{json}: {reject}"))
}

fn reason(form: Form, bytes: &[u8], fields: &Fields) -> String {
    match parse_as(form, bytes, fields) {
        Ok(parsed) => panic!("accepted: {parsed:?}"),
        Err(reject) => reject.reason,
    }
}

fn field(article: &Article, role: FieldRole) -> Option<String> {
    match role {
        FieldRole::Text => Some(article.text.clone()),
        FieldRole::Id => Some(article.id.clone()),
        FieldRole::Outlet => article.outlet.clone(),
        FieldRole::Url => article.url.clone(),
        FieldRole::Published => article.published.map(|p| p.to_rfc3339()),
        FieldRole::Headline => article.headline.clone(),
        FieldRole::Byline => article.byline.clone(),
    }
}

/// The names that fields were found under, as `role=name`.
fn used(parsed: &Parsed) -> Vec<String> {
    parsed.fields_used.by_role().iter().map(|u| format!("{}={}", u.role, u.name)).collect()
}

#[test]
fn every_name_of_a_field_is_found() {
    for role in FieldRole::ALL {
        for name in role.known_names() {
            let value = if role == FieldRole::Published { "2026-03-02T14:05:00Z" } else { "value" };
            let own_text = if role == FieldRole::Text { "" } else { r#""text": "Ferry.", "# };
            let parsed = parse(&format!(r#"{{{own_text}"{name}": "{value}"}}"#));
            assert_eq!(field(&parsed.article, role).as_deref(), Some(value), "{name}");
            assert!(used(&parsed).contains(&format!("{role}={name}")), "{name}: {:?}", used(&parsed));
            assert!(!parsed.date_unread);
        }
    }
}

#[test]
fn the_preferred_name_wins_wherever_it_stands() {
    for role in FieldRole::ALL {
        for pair in role.known_names().windows(2) {
            let (first, second) = match role {
                FieldRole::Published => ("2026-03-02T14:05:00Z", "2025-01-01T00:00:00Z"),
                _ => ("first", "second"),
            };
            let json = format!(r#"{{"text": "first", "{}": "{second}", "{}": "{first}"}}"#, pair[1], pair[0]);
            assert_eq!(field(&parse(&json).article, role).as_deref(), Some(first), "{json}");
        }
    }
}

#[test]
fn a_field_that_the_user_names_goes_by_that_name_only() {
    let fields = Fields {
        text: Some("story".to_owned()),
        id: Some("url".to_owned()),
        headline: Some("story".to_owned()),
        published: Some("seen".to_owned()),
        ..Fields::default()
    };
    let json = r#"{"text": "no", "id": "no", "title": "no", "date": "2025-01-01", "story": "A ferry.", "seen": "2026-03-02",
        "url": "https://www.examplegazette.co.uk/1"}"#;
    let parsed = parse_as(Form::Json, json.as_bytes(), &fields).unwrap();
    let article = &parsed.article;
    assert_eq!(article.text, "A ferry.");
    assert_eq!(article.id, "https://www.examplegazette.co.uk/1");
    assert_eq!(article.headline.as_deref(), Some("A ferry."));
    assert_eq!(field(article, FieldRole::Published).as_deref(), Some("2026-03-02T00:00:00Z"));
    let expected = ["text=story", "id=url", "outlet=url", "url=url", "published=seen", "headline=story"];
    assert_eq!(used(&parsed), expected);

    let fields = Fields { text: Some("story".to_owned()), ..Fields::default() };
    let why = reason(Form::Json, br#"{"text": "A ferry."}"#, &fields);
    assert_eq!(why, "no text: looked for `story`; the record has `text`; name the field with --text-field");
}

#[test]
fn values_of_fields_are_read() {
    use FieldRole::{Byline, Headline, Id, Outlet, Published, Text, Url};
    let cases: &[(&str, FieldRole, Option<&str>)] = &[
        // Ids.
        (r#""id": 17"#, Id, Some("17")),
        (r#""id": -3"#, Id, Some("-3")),
        (r#""id": " a\u0020b ""#, Id, Some("a b")),
        (r#""id": null, "doc_id": "d""#, Id, Some("d")),
        (r#""id": "", "uri": "u""#, Id, Some("u")),
        (r#""id": ["x"], "link": "http://example.com/1""#, Id, Some("http://example.com/1")),
        (r#""x": 1"#, Id, Some("in.jsonl:7")),
        (r#""id": "first", "id": "last""#, Id, Some("last")),
        (r#""\u0069d": "escaped key""#, Id, Some("escaped key")),
        // Outlets.
        (r#""outlet": "The Example Gazette""#, Outlet, Some("The Example Gazette")),
        (r#""outlet": "www.examplegazette.co.uk""#, Outlet, Some("examplegazette.co.uk")),
        (r#""source": {"id": null, "name": "The Example Gazette"}"#, Outlet, Some("The Example Gazette")),
        (r#""source": {"uri": "news.examplegazette.co.uk", "title": "Gazette"}"#, Outlet, Some("examplegazette.co.uk")),
        (r#""source": {}, "site": "Harbor Post""#, Outlet, Some("Harbor Post")),
        (r#""outlet": "", "url": "https://m.example.com/1""#, Outlet, Some("example.com")),
        (r#""url": "www.example.co.uk/1""#, Outlet, Some("example.co.uk")),
        (r#""url": "http://192.0.2.7/1""#, Outlet, Some("192.0.2.7")),
        (r#""url": "not a url""#, Outlet, None),
        (r#""x": 1"#, Outlet, None),
        // Dates.
        (r#""date": "2026-03-02T15:05:00+01:00""#, Published, Some("2026-03-02T14:05:00Z")),
        (r#""date": 1772460300"#, Published, Some("2026-03-02T14:05:00Z")),
        (r#""date": 1772460300000"#, Published, Some("2026-03-02T14:05:00Z")),
        (r#""published": true, "date": "2026-03-02""#, Published, Some("2026-03-02T00:00:00Z")),
        (r#""published": "soon", "date": "2026-03-02""#, Published, Some("2026-03-02T00:00:00Z")),
        // The rest.
        (r#""url": 5"#, Url, None),
        (r#""url": "", "link": " http://example.com/1 ""#, Url, Some("http://example.com/1")),
        (r#""title": "Ferry \"Olga\" runs again""#, Headline, Some("Ferry \"Olga\" runs again")),
        (r#""title": {"rendered": "x"}, "headline": "Ferry""#, Headline, Some("Ferry")),
        (r#""authors": ["Ines Ottoway", "Paul Mbeki"]"#, Byline, Some("Ines Ottoway, Paul Mbeki")),
        (r#""authors": [], "author": """#, Byline, None),
        (r#""author": {"name": "Ines Ottoway"}"#, Byline, Some("Ines Ottoway")),
        (
            r#""text": " Kept\tas\u0000scraped.\r\n\r\nফেরি \ud83d\ude00 ""#,
            Text,
            Some(" Kept\tas\0scraped.\r\n\r\nফেরি 😀 "),
        ),
        (r#""text": "", "body": null, "content": "Third.""#, Text, Some("Third.")),
        (r#""text": {"html": "x"}, "body": "Second.""#, Text, Some("Second.")),
    ];
    for (members, role, expected) in cases {
        let parsed = parse(&format!(r#"{{"article": "Ferry.", {members}}}"#));
        assert_eq!(field(&parsed.article, *role).as_deref(), *expected, "{members}");
    }
}

#[test]
fn a_date_that_cannot_be_read_is_told_and_one_that_is_missing_is_not() {
    let cases = [
        (r#""date": "soon""#, true),
        (r#""date": 5.25e300"#, true),
        (r#""date": {"x": 1}"#, true),
        (r#""date": "2026-03-02""#, false),
        (r#""published": "soon", "date": "2026-03-02""#, false),
        (r#""date": """#, false),
        (r#""date": null"#, false),
        (r#""date_publish": "None""#, false),
        (r#""published": false"#, false),
        (r#""x": 1"#, false),
    ];
    for (members, unread) in cases {
        let parsed = parse(&format!(r#"{{"text": "Ferry.", {members}}}"#));
        assert_eq!(parsed.date_unread, unread, "{members}");
        assert_eq!(parsed.article.published.is_none(), unread || !members.contains("2026"), "{members}");
    }
}

#[test]
fn records_are_rejected_with_a_reason() {
    let cases: &[(&[u8], &str)] = &[
        (br#"{"text": "Ferry." "id": 1}"#, "not JSON: expected `,` or `}` at column 19"),
        (br#"{"text": "Ferry."} {}"#, "not JSON: trailing characters at column 20"),
        (b"{\"text\": \"Ferry.\",\n \"id\": x}", "not JSON: expected value at column 8 of its line 2"),
        (br#"{"text": "Ferr"#, "not JSON: EOF while parsing a string at column 14"),
        (br#"{"text": "Ferry \ud800."}"#, "not JSON: unexpected end of hex escape at column 23"),
        (br#"{"text": NaN}"#, "not JSON: expected value at column 10"),
        (
            b"{\"text\": \"a\0b\"}",
            "not JSON: control character (\\u0000-\\u001F) found while parsing a string at column 12",
        ),
        (b"Ferry.", "not JSON: expected value at column 1"),
        (b"[]", "a JSON array, not an object; a file that is one array of objects is read if it is named .json"),
        (b"\"{}\"", "not a JSON object, but a string"),
        (b"-1.5", "not a JSON object, but a number"),
        (b"true", "not a JSON object, but true or false"),
        (b"null", "not a JSON object, but null"),
        (br#"{"text": ""}"#, "the text (field `text`) is empty"),
        (br#"{"body": " \t\r\n\u00a0", "text": null}"#, "the text (field `body`) is empty"),
        (br#"{"text": 5}"#, "the text (field `text`) should be a string, but is a number"),
        (br#"{"content": ["a"]}"#, "the text (field `content`) should be a string, but is a list"),
        (br#"{"content": {"name": "a"}}"#, "the text (field `content`) should be a string, but is an object"),
        (br#"{"text": true}"#, "the text (field `text`) should be a string, but is true or false"),
        (b"{\"text\": \"caf\xE9\"}", "not UTF-8: byte 14 (0xE9) does not belong there"),
        (b"{\"x\": \"caf\xE9\", \"text\": \"a\"}", "not UTF-8: byte 11 (0xE9) does not belong there"),
        (b"\xFF\xFE{\0}\0", "UTF-16, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8"),
    ];
    for (bytes, expected) in cases {
        let shown = String::from_utf8_lossy(bytes);
        assert_eq!(reason(Form::Json, bytes, &Fields::default()), *expected, "{shown}");
    }
}

#[test]
fn a_record_without_text_says_what_it_has() {
    let why = |json: &str| reason(Form::Json, json.as_bytes(), &Fields::default());
    let looked_for = "no text: looked for `text`, `body_text`, `bodyText`, `plain_text`, `body`, `content`, `maintext` and 15 other names; the record has";
    assert_eq!(why("{}"), format!("{looked_for} no fields; name the field with --text-field"));
    assert_eq!(
        why(r#"{"id": 1, "text": null}"#),
        format!("{looked_for} `id`, `text`; name the field with --text-field")
    );
    let many: Vec<String> = (0..13).map(|i| format!(r#""k{i}": 1"#)).collect();
    let why_many = why(&format!("{{{}}}", many.join(",")));
    assert!(why_many.contains("`k9` and 3 more;"), "{why_many}");
    let hostile = why(r#"{"\u001b[31m\u202e": 1, "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee": 1}"#);
    assert!(hostile.contains(r"`\u{1b}[31m\u{202e}`, `aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd...`"), "{hostile}");
}

#[test]
fn deep_nesting_is_passed_over_or_rejected_but_never_recursed_into() {
    let open = "[".repeat(100_000);
    let close = "]".repeat(100_000);
    for name in ["other", "outlet", "authors", "date"] {
        let cut = format!(r#"{{"text": "Ferry.", "{name}": {open}"#);
        assert!(reason(Form::Json, cut.as_bytes(), &Fields::default()).starts_with("not JSON: EOF"));
        let whole = format!(r#"{{"text": "Ferry.", "{name}": {open}{close}}}"#);
        assert_eq!(parse(&whole).article.text, "Ferry.");
    }
    let text = format!(r#"{{"text": {open}{close}}}"#);
    assert!(reason(Form::Json, text.as_bytes(), &Fields::default()).ends_with("but is a list"));
    assert!(reason(Form::Json, open.as_bytes(), &Fields::default()).starts_with("not JSON: EOF"));
}

#[test]
fn a_page_is_its_text_and_goes_by_its_path() {
    let page = "Ferry runs again\r\n\r\nPORT ELLERY (AP) -- A ferry.\0\n";
    let parsed = parse_as(Form::Page, page.as_bytes(), &Fields::default()).unwrap();
    let expected = Article { id: "in.jsonl".to_owned(), text: page.to_owned(), ..Article::default() };
    assert_eq!(parsed.article, expected);
    assert!(used(&parsed).is_empty());

    let cases: &[(&[u8], &str)] = &[
        (b" \r\n\t\n", "the page is empty"),
        (b"caf\xE9", "not UTF-8: byte 4 (0xE9) does not belong there"),
        (b"\xFF\xFEF\0e\0", "UTF-16, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8"),
        (b"\xFE\xFF\0F\0e", "UTF-16, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8"),
    ];
    for (bytes, expected) in cases {
        assert_eq!(reason(Form::Page, bytes, &Fields::default()), *expected);
    }
}

#[test]
fn a_reject_names_file_line_and_reason() {
    let reject =
        parse_as(Form::TooLong { n_bytes: 20_000_000, limit: 16 << 20 }, b"{", &Fields::default()).unwrap_err();
    assert_eq!(
        reject.to_string(),
        "in.jsonl:7: a record of 20000000 bytes; at most 16777216 are read (16 MiB); --max-record allows more"
    );
}
