//! One invented record of each form: what it is called, and what is taken of it without a word from the user.

use std::path::Path;
use std::sync::Arc;

use super::record;
use crate::read::{Fields, Form, Parsed, Schema};

/// A record, and what it should give; empty where nothing.
struct Case {
    schema: Schema,
    json: &'static str,
    text: &'static str,
    id: &'static str,
    outlet: &'static str,
    url: &'static str,
    published: &'static str,
    headline: &'static str,
    byline: &'static str,
}

const NOTHING: Case = Case {
    schema: Schema::Unknown,
    json: "{}",
    text: "A ferry.",
    id: "in.jsonl:1",
    outlet: "",
    url: "",
    published: "",
    headline: "",
    byline: "",
};

/// Most are of this page.
const PAGE: Case = Case {
    id: "https://harborpost.example/ferry",
    outlet: "harborpost.example",
    url: "https://harborpost.example/ferry",
    published: "2026-03-02T14:05:00Z",
    headline: "Ferry runs again",
    byline: "Ines Ottoway",
    ..NOTHING
};

const CASES: &[Case] = &[
    Case {
        schema: Schema::NewsPlease,
        json: r#"{"authors": ["Ines Ottoway"], "date_download": "2026-03-09 08:00:00", "date_modify": "None",
            "date_publish": "2026-03-02 14:05:00", "description": "A", "filename": "f.html", "image_url": null,
            "language": "en", "localpath": null, "maintext": "A ferry.", "source_domain": "www.harborpost.example",
            "text": null, "title": "Ferry runs again", "title_page": null, "title_rss": null,
            "url": "https://harborpost.example/ferry"}"#,
        outlet: "www.harborpost.example",
        ..PAGE
    },
    Case {
        schema: Schema::Trafilatura,
        json: r#"{"title": "Ferry runs again", "author": "Ines Ottoway", "hostname": "harborpost.example",
            "date": "2026-03-02", "fingerprint": "a1b2", "id": null, "license": null, "comments": "",
            "raw_text": "Menu A ferry.", "text": "A ferry.", "language": "en", "image": null, "pagetype": "article",
            "source": "https://harborpost.example/ferry", "source-hostname": "Harbor Post", "excerpt": "A",
            "categories": "", "tags": ""}"#,
        published: "2026-03-02T00:00:00Z",
        ..PAGE
    },
    Case {
        schema: Schema::Newspaper,
        json: r#"{"url": "https://harborpost.example/ferry", "title": "Ferry runs again", "text": "A ferry.",
            "publish_date": "2026-03-02 14:05:00+00:00", "authors": ["Ines Ottoway", "Paul Mbeki"],
            "top_image": "x.jpg", "keywords": [], "summary": "A", "source_url": "https://harborpost.example"}"#,
        byline: "Ines Ottoway, Paul Mbeki",
        ..PAGE
    },
    Case {
        schema: Schema::Ninjs1,
        json: r#"{"uri": "urn:example:ferry:1", "type": "text", "versioncreated": "2026-03-02T14:05:00Z",
            "firstcreated": "2026-03-02T12:00:00Z", "copyrightholder": "Example Wire", "byline": "Ines Ottoway",
            "title": "ferry-1", "headline": "Ferry runs again", "body_html": "<p>A <b>ferry</b>.</p>",
            "body_text": "A ferry.", "place": [{"name": "Port Ellery"}]}"#,
        id: "urn:example:ferry:1",
        outlet: "Example Wire",
        url: "",
        ..PAGE
    },
    Case {
        schema: Schema::Ninjs1,
        json: r#"{"guid": "urn:example:ferry:2", "version": "3", "versioncreated": "2026-03-02T14:05:00+0000",
            "source": "Example Wire", "byline": "Ines Ottoway", "headline": "Ferry runs again",
            "body_html": "A <b>ferry</b>."}"#,
        id: "urn:example:ferry:2",
        outlet: "Example Wire",
        url: "",
        ..PAGE
    },
    Case {
        schema: Schema::Ninjs2,
        json: r#"{"uri": "urn:example:ferry:1", "versioncreated": "2026-03-02T15:05:00+01:00",
            "infosources": [{"name": "Example Wire", "rel": "originator"}, {"name": "Port Office"}],
            "bodies": [{"role": "html", "contenttype": "text/html", "value": "<p>A ferry.</p>"}],
            "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry runs again"}],
            "by": "Ines Ottoway"}"#,
        id: "urn:example:ferry:1",
        outlet: "Example Wire",
        url: "",
        ..PAGE
    },
    Case {
        schema: Schema::Ninjs3,
        json: r#"{"uri": "http://example.com/items/1", "type": "text", "versionCreated": "2026-03-02T14:05:00Z",
            "contentCreated": "2026-03-01T09:00:00Z", "copyrightHolder": "Example Wire",
            "bodies": [{"role": "main", "contentType": "application/xhtml+xml", "value": "<p>Another.</p>"},
                {"role": "plain", "contentType": "text/plain", "value": "A ferry."}],
            "headlines": [{"value": "Ferry runs again"}], "title": "ferry-1", "by": "Ines Ottoway",
            "standard": {"name": "ninjs", "version": "3.0"}}"#,
        id: "http://example.com/items/1",
        outlet: "Example Wire",
        url: "",
        ..PAGE
    },
    Case {
        schema: Schema::Guardian,
        json: r#"{"id": "world/2026/mar/02/ferry", "type": "article", "sectionId": "world",
            "webPublicationDate": "2026-03-02T14:05:00Z", "webTitle": "Ferry runs again",
            "webUrl": "https://harborpost.example/ferry", "apiUrl": "https://content.harborpost.example/ferry",
            "fields": {"headline": "Ferry runs again", "byline": "Ines Ottoway", "body": "<p>A <i>ferry</i>.</p>",
                "bodyText": "A ferry."}, "isHosted": false}"#,
        id: "world/2026/mar/02/ferry",
        ..PAGE
    },
    Case {
        schema: Schema::NewYorkTimes,
        json: r#"{"abstract": "A", "web_url": "https://harborpost.example/ferry", "lead_paragraph": "A",
            "source": "The Harbor Post", "headline": {"main": "Ferry runs again", "kicker": null},
            "pub_date": "2026-03-02T14:05:00+0000", "byline": {"original": "Ines Ottoway", "person": [],
                "organization": null}, "_id": "hp://article/1", "uri": "hp://article/1", "full_text": "A ferry."}"#,
        id: "hp://article/1",
        outlet: "The Harbor Post",
        ..PAGE
    },
    Case {
        schema: Schema::NewsApi,
        json: r#"{"source": {"id": null, "name": "Harbor Post"}, "author": "Ines Ottoway", "title": "Ferry runs again",
            "description": "A", "url": "https://harborpost.example/ferry", "urlToImage": "x.jpg",
            "publishedAt": "2026-03-02T14:05:00Z", "content": "A ferry. [+1234 chars]"}"#,
        text: "A ferry. [+1234 chars]",
        outlet: "Harbor Post",
        ..PAGE
    },
    Case {
        schema: Schema::EventRegistry,
        json: r#"{"uri": "8123", "lang": "eng", "isDuplicate": false, "date": "2026-03-02", "time": "15:00:00",
            "dateTime": "2026-03-02T15:00:00Z", "dateTimePub": "2026-03-02T14:05:00Z", "dataType": "news",
            "url": "https://harborpost.example/ferry", "title": "Ferry runs again", "body": "A ferry.",
            "source": {"uri": "harborpost.example", "dataType": "news", "title": "Harbor Post"},
            "authors": [{"uri": "ines@harborpost.example", "name": "Ines Ottoway", "type": "author"}]}"#,
        id: "8123",
        ..PAGE
    },
    Case {
        schema: Schema::Gdelt,
        json: r#"{"url": "https://harborpost.example/ferry", "title": "Ferry runs again",
            "seendate": "20260302T140500Z", "domain": "harborpost.example", "language": "English", "text": "A ferry."}"#,
        byline: "",
        ..PAGE
    },
    Case {
        schema: Schema::CcNews,
        json: r#"{"title": "Ferry runs again", "text": "A ferry.", "domain": "www.harborpost.example",
            "date": "2026-03-02 14:05:00", "description": "A", "url": "https://harborpost.example/ferry",
            "image_url": "x.jpg"}"#,
        outlet: "www.harborpost.example",
        byline: "",
        ..PAGE
    },
    Case {
        schema: Schema::CcNewsPlainText,
        json: r#"{"requested_url": "https://harborpost.example/ferry", "plain_text": "A ferry.",
            "published_date": "2026-03-02", "title": "Ferry runs again", "tags": [], "categories": [],
            "author": "Ines Ottoway", "sitename": "Harbor Post", "image_url": "", "language": "en"}"#,
        published: "2026-03-02T00:00:00Z",
        outlet: "Harbor Post",
        ..PAGE
    },
    Case {
        schema: Schema::RealNews,
        json: r#"{"text": "A ferry.", "title": "Ferry runs again", "summary": null, "authors": ["Ines Ottoway"],
            "publish_date": "03-22-2026", "domain": "harborpost.example", "warc_date": "2026-03-23T00:00:00Z",
            "url": "https://harborpost.example/ferry", "status": "success", "split": "train"}"#,
        published: "2026-03-22T00:00:00Z",
        ..PAGE
    },
    Case {
        schema: Schema::C4,
        json: r#"{"text": "A ferry.", "timestamp": "2026-03-02T14:05:00Z", "url": "https://harborpost.example/ferry"}"#,
        headline: "",
        byline: "",
        ..PAGE
    },
    Case {
        schema: Schema::CcNet,
        json: r#"{"url": "https://harborpost.example/ferry", "date_download": "2026-03-09T00:00:00Z",
            "digest": "sha1:A", "length": 8, "source_domain": "www.harborpost.example", "title": "Ferry runs again",
            "raw_content": "A ferry.", "language": "en"}"#,
        outlet: "www.harborpost.example",
        published: "",
        byline: "",
        ..PAGE
    },
    Case {
        schema: Schema::Dolma,
        json: r#"{"id": "d-1", "text": "A ferry.", "source": "common-crawl", "added": "2026-04-01T00:00:00Z",
            "created": "2026-03-02T14:05:00Z", "metadata": {"url": "https://harborpost.example/ferry", "length": 8}}"#,
        id: "d-1",
        headline: "",
        byline: "",
        ..PAGE
    },
    Case {
        schema: Schema::Datatrove,
        json: r#"{"text": "A ferry.", "id": "<urn:uuid:1>", "dump": "CC-MAIN-2026-10",
            "url": "https://harborpost.example/ferry", "date": "2026-03-02T14:05:00Z", "file_path": "s3://x",
            "language": "en", "language_score": 0.9, "token_count": 3}"#,
        id: "<urn:uuid:1>",
        headline: "",
        byline: "",
        ..PAGE
    },
    Case {
        schema: Schema::Datatrove,
        json: r#"{"text": "A ferry.", "id": "1", "metadata": {"date": "2026-03-02T14:05:00Z", "author": "Ines Ottoway",
            "url": "https://harborpost.example/ferry", "title": "Ferry runs again", "metadata": {"url": "x"}}}"#,
        id: "1",
        ..PAGE
    },
    Case { schema: Schema::Pile, json: r#"{"text": "A ferry.", "meta": {"pile_set_name": "Pile-CC"}}"#, ..NOTHING },
    Case {
        schema: Schema::Passim,
        json: r#"{"id": "hp-1", "series": "harborpost", "date": "1876-03-02", "text": "A ferry."}"#,
        id: "hp-1",
        outlet: "harborpost",
        published: "1876-03-02T00:00:00Z",
        ..NOTHING
    },
    Case {
        schema: Schema::SchemaOrg,
        json: r#"{"@type": "NewsArticle", "headline": "Ferry runs again", "articleBody": "A ferry.",
            "datePublished": "2026-03-02T14:05:00Z", "author": {"@type": "Person", "name": "Ines Ottoway"},
            "publisher": {"@type": "Organization", "name": "Harbor Post"}, "url": "https://harborpost.example/ferry"}"#,
        outlet: "Harbor Post",
        ..PAGE
    },
    Case {
        schema: Schema::Feed,
        json: r#"{"title": "Ferry runs again", "link": "https://harborpost.example/ferry", "guid": "hp-1",
            "pubDate": "Mon, 02 Mar 2026 14:05:00 GMT", "dc:creator": "Ines Ottoway", "description": "A",
            "content:encoded": "A <b>ferry</b>."}"#,
        id: "hp-1",
        ..PAGE
    },
    Case {
        schema: Schema::Feed,
        json: r#"{"title": "Ferry runs again", "link": "https://harborpost.example/ferry", "id": "hp-1",
            "published": "Mon, 02 Mar 2026 14:05:00 GMT", "published_parsed": [2026, 3, 2], "author": "Ines Ottoway",
            "content": [{"type": "text/html", "base": "", "value": "<p>A ferry.</p>"}]}"#,
        id: "hp-1",
        ..PAGE
    },
    Case {
        schema: Schema::CommonNames,
        json: r#"{"article": "A ferry.", "newspaper": "Harbor Post"}"#,
        outlet: "Harbor Post",
        ..NOTHING
    },
];

fn read(json: &str) -> (Option<Schema>, Parsed) {
    read_with(json, &Fields::default())
}

fn read_with(json: &str, fields: &Fields) -> (Option<Schema>, Parsed) {
    let path: Arc<Path> = Arc::from(Path::new("in.jsonl"));
    let record = record(&path, 1, json.as_bytes(), Form::Json);
    let parsed = record.parse(fields).unwrap_or_else(|reject| panic!("{json}: {reject}"));
    (record.schema(), parsed.unwrap())
}

fn used(json: &str) -> Vec<String> {
    read(json).1.fields_used.by_role().iter().map(|u| format!("{}={}", u.role, u.name)).collect()
}

#[test]
fn each_form_is_recognized_and_read() {
    for case in CASES {
        let (schema, Parsed { article, date_unread, .. }) = read(case.json);
        let name = case.schema.name();
        assert_eq!(schema, Some(case.schema), "{name}");
        assert_eq!(article.text, case.text, "{name}");
        assert_eq!(article.id, case.id, "{name}");
        assert_eq!(article.outlet.unwrap_or_default(), case.outlet, "{name}");
        assert_eq!(article.url.unwrap_or_default(), case.url, "{name}");
        assert_eq!(article.published.map_or(String::new(), |p| p.to_rfc3339()), case.published, "{name}");
        assert_eq!(article.headline.unwrap_or_default(), case.headline, "{name}");
        assert_eq!(article.byline.unwrap_or_default(), case.byline, "{name}");
        assert!(!date_unread, "{name}");
    }
}

#[test]
fn what_is_no_object_has_no_schema() {
    let path: Arc<Path> = Arc::from(Path::new("in.txt"));
    for (form, bytes) in [(Form::Page, "{}"), (Form::Json, "[]"), (Form::Json, "{"), (Form::Json, "x")] {
        let record = record(&path, 1, bytes.as_bytes(), form);
        assert_eq!(record.schema(), None, "{bytes}");
    }
    assert_eq!(crate::read::recognize(&[]), Schema::Unknown);
    assert_eq!(crate::read::recognize(&["title", "abstract"]), Schema::Unknown);
}

#[test]
fn members_of_metadata_count_after_the_records_own() {
    let expected = ["text=text", "id=id", "outlet=metadata.url", "url=metadata.url", "published=meta.date"];
    let json = r#"{"meta": {"date": "2026-03-02", "text": "No.", "id": 3}, "id": 1, "text": "A ferry.", "source": "crawl",
        "metadata": {"url": "https://harborpost.example/1", "date": null, "id": 2}}"#;
    assert_eq!(used(json), expected);
    assert_eq!(used(r#"{"fields": {"body": "A ferry."}}"#), ["text=fields.body"]);
    assert_eq!(used(r#"{"text": "A ferry.", "metadata": "x", "meta": null, "fields": [{"url": "x"}]}"#), ["text=text"]);
    assert_eq!(used(r#"{"text": "A ferry.", "metadata": {"metadata": {"id": 1}}}"#), ["text=text"]);
}

#[test]
fn the_user_may_name_members_of_metadata_with_the_object_or_without() {
    let json = r#"{"text": "A ferry.", "url": "https://example.com/own", "id": 1, "metadata":
        {"url": "https://harborpost.example/1", "page": "Ferry", "id": 2}, "meta": {"page": "No."}}"#;
    for (url, headline, used) in [
        ("metadata.url", "page", ["url=metadata.url", "headline=page"]),
        ("url", "metadata.page", ["url=url", "headline=metadata.page"]),
    ] {
        let fields = Fields { url: Some(url.to_owned()), headline: Some(headline.to_owned()), ..Fields::default() };
        let parsed = read_with(json, &fields).1;
        assert_eq!(parsed.article.headline.as_deref(), Some("Ferry"), "{headline}");
        let names: Vec<String> =
            parsed.fields_used.by_role().iter().map(|u| format!("{}={}", u.role, u.name)).collect();
        assert!(used.iter().all(|name| names.iter().any(|other| other == name)), "{names:?}");
    }
    let flat = used(r#"{"text": "A ferry.", "metadata.url": "https://harborpost.example/1", "metadata.x": 1}"#);
    assert_eq!(flat, ["text=text", "id=metadata.url", "outlet=metadata.url", "url=metadata.url"]);
}

#[test]
fn a_source_that_is_an_address_is_the_url_of_a_record_that_has_none() {
    let source = r#""source": "https://harborpost.example/1""#;
    let only = used(&format!(r#"{{"text": "A ferry.", {source}}}"#));
    assert_eq!(only, ["text=text", "id=source", "outlet=source", "url=source"]);
    let beside = used(&format!(r#"{{"text": "A ferry.", {source}, "link": "https://example.com/1"}}"#));
    assert_eq!(beside, ["text=text", "id=link", "outlet=source", "url=link"]);
    let with_host = used(&format!(r#"{{"text": "A ferry.", {source}, "hostname": "m.example.com"}}"#));
    assert_eq!(with_host, ["text=text", "id=source", "outlet=hostname", "url=source"]);
}

#[test]
fn a_text_that_is_plainly_markup_is_read_as_such() {
    let text = |json: &str| read(json).1.article.text;
    assert_eq!(text(r#"{"text": "\n<p>A ferry.</p><p>It &amp; another.</p>"}"#), "A ferry.\nIt & another.");
    assert_eq!(text(r#"{"text": "<p> </p>", "body": "A ferry."}"#), "A ferry.");
    for plain in ["<3 ferries</p>", "<b unclosed", "A <p>ferry</p>", "<AP> a ferry < another"] {
        assert_eq!(text(&format!(r#"{{"text": "{plain}"}}"#)), plain);
    }
}
