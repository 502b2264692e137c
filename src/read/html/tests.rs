//! Invented pages: charsets, what pages say of themselves, short pages, and pages that are made to stop us.

use std::time::{Duration, Instant};

use super::*;

const VOTE: &str =
    "The harbor council voted on Monday to close the old fish market for good, ending two centuries of trade.";
const HALL: &str = "A new hall is to open beside the ferry terminal before the end of next summer, the council said.";
const PLAN: &str = "Traders said they had been told of the plan only a week earlier.";
const NAV: &str = "<ul class=nav><li><a href=/>Home</a><li><a href=/w>World</a><li><a href=/s>Sport</a></ul>";
const FOOTER: &str = "<div id=footer><p>Copyright 2020 The Ledger.</p><a href=/t>Terms of use</a></div>";

fn read_ok(html: &str) -> HtmlPage {
    page(html.as_bytes(), None).unwrap_or_else(|reason| panic!("{reason}: {html}"))
}

#[test]
fn charsets_count_in_their_order() {
    let meta = |label: &str, text: &[u8]| [format!("<meta charset={label}><p>").as_bytes(), text].concat();
    let utf16 = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
        [mark, &"<p>Café".encode_utf16().flat_map(bytes).collect::<Vec<_>>()].concat()
    };
    let equiv =
        b"<META HTTP-EQUIV='Content-Type' CONTENT='text/html; CHARSET = windows-1251'><p>\xcf\xee\xf0\xf2".to_vec();
    let russian = b"<p>\xcf\xee\xf0\xf2 \xe7\xe0\xea\xf0\xfb\xf2, \xf1\xee\xee\xe1\xf9\xe8\xeb\xe8 \xe2\xeb\xe0\xf1\xf2\xe8 \xe3\xee\xf0\xee\xe4\xe0";
    let late = [b"<!--".to_vec(), vec![b' '; 3000], b"--><meta charset=koi8-r><p>\xf0\xcf\xd2\xd4".to_vec()].concat();
    let cases: Vec<(Vec<u8>, Option<&str>, &str)> = vec![
        (b"\xef\xbb\xbf<p>Caf\xc3\xa9".to_vec(), Some("iso-8859-1"), "Café"),
        (utf16(b"\xff\xfe", u16::to_le_bytes), Some("utf-8"), "Café"),
        (utf16(b"\xfe\xff", u16::to_be_bytes), None, "Café"),
        (utf16(b"", u16::to_le_bytes), Some("utf-16"), "Café"),
        (b"\xff\xfe<\x00p\x00>\x00\x00\xd8x\x00".to_vec(), None, "\u{fffd}x"),
        // UTF-8 that is declared as something else.
        (b"<p>Caf\xc3\xa9".to_vec(), Some("iso-8859-1"), "Café"),
        (meta("iso-8859-1", b"Caf\xc3\xa9"), None, "Café"),
        // The header before the page, and both before a guess.
        (meta("windows-1251", b"Caf\xe9"), Some("iso-8859-1"), "Café"),
        (meta("\"windows-1251\"", b"\xcf\xee\xf0\xf2"), None, "Порт"),
        (equiv, None, "Порт"),
        (late, None, "Порт"),
        (b"<p>\x1b$B9A\x1b(B".to_vec(), Some("iso-2022-jp"), "港"),
        (b"<p>\x1b$B9A$NDi\x1b(B".to_vec(), None, "港の堤"),
        (meta("shift_jis", b"\x8d`"), None, "港"),
        (b"<p>Caf\xe9 au lait".to_vec(), None, "Café au lait"),
        (russian.to_vec(), None, "Порт закрыт, сообщили власти города"),
        // Declared UTF-8 that is none, and that is but for one byte.
        (b"<p>Caf\xe9 au lait".to_vec(), Some("utf-8"), "Café au lait"),
        (b"<p>\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9 \xff".to_vec(), Some("utf-8"), "éééé \u{fffd}"),
        // Labels that mean nothing, or nothing any more.
        (b"<p>Caf\xc3\xa9".to_vec(), Some("utf-16"), "Café"),
        (b"<p>Caf\xe9 au lait".to_vec(), Some("iso-2022-kr"), "Café au lait"),
        (b"<p>Caf\xe9 au lait".to_vec(), Some("none"), "Café au lait"),
        (b"<p>plain".to_vec(), None, "plain"),
    ];
    for (bytes, declared, text) in cases {
        let html = decode(&bytes, declared);
        assert_eq!(fragment(&html).unwrap(), text, "{declared:?} {:?}", String::from_utf8_lossy(&bytes));
    }
}

/// A page with this head and these elements before its text.
fn with(head: &str, body: &str) -> HtmlPage {
    read_ok(&format!("<html><head>{head}</head><body>{NAV}<article>{body}<p>{VOTE}</p><p>{HALL}</p></article></body>"))
}

fn ld(json: &str) -> String {
    format!("<script type=\"application/ld+json\">{json}</script>")
}

#[test]
fn headlines_are_found_and_freed_of_the_site() {
    let site = "<meta property=og:site_name content='The Ledger'>";
    let title = |title: &str| format!("{site}<title>{title}</title>");
    let cases = [
        (title("Market to close | The Ledger"), "", "Market to close"),
        (title("Market to close - theledger.com"), "", "Market to close"),
        (title("The Ledger: Market to close"), "", "Market to close"),
        (title("Market: traders angry"), "", "Market: traders angry"),
        (title("Market to close | Port news"), "", "Market to close | Port news"),
        (
            "<title>Market to close | Ledger Online</title>".to_owned(),
            "<h1>Market to close</h1><h1>x</h1>",
            "Market to close",
        ),
        ("<title>Ledger</title>".to_owned(), "<h1>Market <i>to</i>\n close</h1>", "Market to close"),
        (
            "<meta property=og:title content='Market to close'><title>x</title>".to_owned(),
            "<h1>y</h1>",
            "Market to close",
        ),
        ("<meta name=twitter:title content='Market &amp;amp; quay'>".to_owned(), "", "Market & quay"),
        (
            ld(r#"{"@type":"NewsArticle","headline":"Market to close"}"#) + "<meta property=og:title content=x>",
            "",
            "Market to close",
        ),
    ];
    for (head, body, headline) in cases {
        assert_eq!(with(&head, body).headline.as_deref(), Some(headline), "{head} {body}");
    }
    assert_eq!(with("", "").headline, None);
}

#[test]
fn json_ld_is_read_in_its_shapes() {
    let article = r#""headline":"Market to close","author":{"@type":"Person","name":"Dana Ruiz"},"datePublished":"2020-03-02T09:00:00Z""#;
    let wrapped = [
        format!(r#"{{"@type":"NewsArticle",{article}}}"#),
        format!(r#"{{"@type":["http://schema.org/ReportageNewsArticle"],{article}}}"#),
        format!(r#"[{{"@type":"WebSite","name":"Ledger"}},{{"@type":"BlogPosting",{article}}}]"#),
        format!(r#"{{"@graph":[{{"@type":"Organization","name":"Ledger"}},{{"@type":"Article",{article}}}]}}"#),
        format!(
            r#"{{"@type":"WebPage","mainEntity":{{"@type":"LiveBlogPosting",{article},"liveBlogUpdate":[{{"@type":"BlogPosting","headline":"x"}}]}}}}"#
        ),
        format!(
            r#"{{"@type":"WebPage","hasPart":[{{"@type":"Article","headline":"x"}}],"x":[{{"@type":"NewsArticle",{article}}}]}}"#
        ),
        format!("\n<!--//<![CDATA[\n{{\"@type\":\"NewsArticle\",{article}}}\n//]]>-->"),
    ];
    for json in wrapped {
        let page = with(&ld(&json), "");
        assert_eq!(page.headline.as_deref(), Some("Market to close"), "{json}");
        assert_eq!(page.byline.as_deref(), Some("Dana Ruiz"), "{json}");
        assert_eq!(page.published.as_deref(), Some("2020-03-02T09:00:00Z"), "{json}");
    }
    let deep =
        format!(r#"{{"@type":"NewsArticle","headline":"x","a":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    for broken in
        ["{", "", "null", r#"{"@type":"NewsArticle","headline":"x""#, r#"{"@type":"Recipe","headline":"x"}"#, &deep]
    {
        assert_eq!(with(&ld(broken), "").headline, None, "{broken:.50}");
    }
    let two = r#"[{"@type":"NewsArticle","url":"https://a.example/1","headline":"x"},{"@type":"NewsArticle","url":"https://a.example/2","headline":"y"}]"#;
    assert_eq!(
        with(&format!("<link rel=canonical href=https://a.example/2>{}", ld(two)), "").headline.as_deref(),
        Some("y")
    );
}

#[test]
fn bylines_are_names() {
    let authors = |json: &str| ld(&format!(r#"{{"@type":"Article","author":{json}}}"#));
    let cases = [
        (authors(r#""Dana Ruiz""#), "", Some("Dana Ruiz")),
        (
            authors(r#"["Dana Ruiz",{"name":"Ines Ottoway"},{"name":["Paul Mbeki"]}]"#),
            "",
            Some("Dana Ruiz, Ines Ottoway, Paul Mbeki"),
        ),
        (authors(r#"{"@type":"Organization","name":"Associated Press"}"#), "", Some("Associated Press")),
        (
            authors(r#"[{"url":"https://a.example/ruiz"}]"#) + "<meta name=author content='Dana Ruiz'>",
            "",
            Some("Dana Ruiz"),
        ),
        ("<meta property=article:author content=https://a.example/ruiz>".to_owned(), "", None),
        ("<meta name=parsely-author content='Dana Ruiz'>".to_owned(), "", Some("Dana Ruiz")),
        ("<meta name=parsely-page content='{\"author\": \"Dana Ruiz\"}'>".to_owned(), "", Some("Dana Ruiz")),
        ("<meta name=DC.creator content='Dana Ruiz'>".to_owned(), "<a rel='author x'>y</a>", Some("Dana Ruiz")),
        (String::new(), "<a rel=author href=/ruiz>Dana\n Ruiz</a>", Some("Dana Ruiz")),
        (String::new(), "<span itemprop=author><span itemprop=name>Dana Ruiz</span></span>", Some("Dana Ruiz")),
    ];
    for (head, body, byline) in cases {
        assert_eq!(with(&head, body).byline.as_deref(), byline, "{head} {body}");
    }
}

#[test]
fn the_date_of_publication_comes_before_others() {
    let meta = |name: &str, date: &str| format!("<meta property={name} content='{date}'>");
    let changed = meta("article:modified_time", "2020-03-05T10:00:00Z");
    let (day, time) = ("2020-03-02", "<time datetime=2020-03-02>2 March</time>");
    let cases = [
        (changed.clone() + &meta("article:published_time", day), String::new(), Some(day)),
        (meta("DC.date.issued", day) + &changed, String::new(), Some(day)),
        (meta("sailthru.date", day) + &changed, String::new(), Some(day)),
        (meta("parsely-pub-date", day) + &changed, String::new(), Some(day)),
        (changed.clone(), time.to_owned(), Some(day)),
        (String::new(), format!("<time datetime=2019-01-01>x</time><time pubdate datetime={day}>x</time>"), Some(day)),
        (
            String::new(),
            format!("<time datetime=2019-01-01>x</time><time itemprop=datePublished datetime={day}>x</time>"),
            Some(day),
        ),
        (String::new(), format!("<span itemprop=datePublished content={day}>x</span>"), Some(day)),
        (String::new(), "<time>2 March 2020</time>".to_owned(), Some("2 March 2020")),
        // What cannot be read is passed over, unless there is nothing else.
        (meta("article:published_time", "yesterday") + &meta("pubdate", day), String::new(), Some(day)),
        (meta("article:published_time", "yesterday"), String::new(), Some("yesterday")),
        (changed.clone(), String::new(), Some("2020-03-05T10:00:00Z")),
        (ld(r#"{"@type":"NewsArticle","dateModified":"2020-03-05"}"#) + &meta("date", day), String::new(), Some(day)),
        (String::new(), String::new(), None),
    ];
    for (head, body, published) in cases {
        assert_eq!(with(&head, &body).published.as_deref(), published, "{head} {body}");
    }
    let outside = format!("<time datetime=2019-01-01>x</time><article><p>{VOTE}</p><p>{HALL}</p></article>");
    assert_eq!(read_ok(&outside).published, None);
}

#[test]
fn addresses_are_whole_or_none() {
    let link = |href: &str| format!("<link rel=canonical href='{href}'>");
    let og = "<meta property=og:url content=https://ledger.example/market?x=1>";
    let cases = [
        (link("https://ledger.example/market"), Some("https://ledger.example/market")),
        (link("/market") + og, Some("https://ledger.example/market")),
        (link("/market"), None),
        (link("/market") + "<base href=https://ledger.example/>", Some("https://ledger.example/market")),
        (link("javascript:void(0)") + og, Some("https://ledger.example/market?x=1")),
        (link("https://ledger.example/") + og, Some("https://ledger.example/market?x=1")),
        (link("https://ledger.example"), Some("https://ledger.example/")),
        (
            ld(r#"{"@type":"Article","mainEntityOfPage":{"@id":"https://ledger.example/market"}}"#),
            Some("https://ledger.example/market"),
        ),
        (og.replace("https:", "ftp:"), None),
        (String::new(), None),
    ];
    for (head, url) in cases {
        assert_eq!(with(&head, "").url.as_deref(), url, "{head}");
    }
}

#[test]
fn sites_are_named() {
    let publisher = ld(r#"{"@type":"Article","publisher":{"@type":"Organization","name":"The Ledger"}}"#);
    let cases = [
        (
            "<meta property=og:site_name content='The Ledger'>".to_owned() + &publisher.replace("The Ledger", "x"),
            Some("The Ledger"),
        ),
        (publisher, Some("The Ledger")),
        ("<meta name=application-name content='The Ledger'>".to_owned(), Some("The Ledger")),
        (String::new(), None),
    ];
    for (head, site_name) in cases {
        assert_eq!(with(&head, "").site_name.as_deref(), site_name, "{head}");
    }
}

#[test]
fn short_pages_are_read() {
    let pages = [
        format!("<p>{VOTE}</p><p>{HALL}</p>"),
        format!("{NAV}<article><p>{VOTE}</p><p>{HALL}</p></article>{FOOTER}"),
        format!("{NAV}<div class=story><p>{VOTE}</p><p>{HALL}</p></div>{FOOTER}"),
        format!("{NAV}<div class=story>{VOTE}<br><br>{HALL}</div>{FOOTER}"),
        format!("{NAV}<div class=story>{VOTE}<br/>\n<br/>{HALL}</div>{FOOTER}"),
        format!("{NAV}<div class='comment sidebar'><p>{VOTE}</p><p>{HALL}</p></div>{FOOTER}"),
        format!("{NAV}<div><div>{VOTE}</div><div>{HALL}</div></div>{FOOTER}"),
        format!("{VOTE}<br><br>{HALL}"),
        format!("<form action=/><div>{NAV}</div><div class=story><p>{VOTE}</p><p>{HALL}</p></div>{FOOTER}</form>"),
        format!("<table><tr><td>{NAV}<td><p>{VOTE}<p>{HALL}</table>{FOOTER}"),
        format!("<pre>{VOTE}\n{HALL}</pre>"),
        // Shown by a script, or only told to search engines.
        format!("{NAV}<div style='display: none'><p>{VOTE}</p><p>{HALL}</p></div>{FOOTER}"),
        format!("<div id=app></div>{}", ld(&format!(r#"{{"@type":"NewsArticle","articleBody":"{VOTE}\n\n{HALL}"}}"#))),
        format!(
            "<div id=app></div>{}",
            ld(&format!(r#"{{"@type":"NewsArticle","articleBody":"<p>{VOTE}</p><p>{HALL}</p>"}}"#))
        ),
    ];
    for html in pages {
        assert_eq!(read_ok(&html).text, format!("{VOTE}\n{HALL}"), "{html}");
        let three = html.replace(HALL, &format!("{HALL} {PLAN}"));
        assert_eq!(read_ok(&three).text, format!("{VOTE}\n{HALL} {PLAN}"), "{three}");
    }
}

#[test]
fn pages_without_text_are_refused() {
    for html in [
        "",
        " ",
        "<html></html>",
        "<frameset><frame src=/x></frameset>",
        "<img src=x>",
        "<script>var a = 'b';</script>",
    ] {
        let reason = page(html.as_bytes(), None).unwrap_err();
        assert!(reason.starts_with("no article text was found"), "{html}: {reason}");
    }
}

#[test]
fn fragments_are_lines() {
    let cases = [
        ("", ""),
        ("plain text", "plain text"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>one <b>bo</b>ld,\n <i> it</i>.</p>three", "one bold, it.\nthree"),
        ("one<br>two<br/><br/>three", "one\ntwo\nthree"),
        ("<h2>Head</h2><ul><li>a<li>b</ul>", "Head\na\nb"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
        ("a &amp; b &lt;c&gt;&nbsp;d", "a & b <c> d"),
        ("<pre>one\ntwo\n\nthree</pre>four", "one\ntwo\n\nthree\nfour"),
        ("a<script>x</script><style>y</style><!-- z -->b<svg><text>w</text></svg>", "ab"),
        ("<title>t</title><p>a", "a"),
        ("<p>a</p> \n <p> </p><div><div>b</div></div>", "a\nb"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("a\0b", "ab"),
    ];
    for (html, text) in cases {
        assert_eq!(fragment(html).unwrap(), text, "{html}");
    }
}

/// A unit, so often that it fills so many bytes.
fn fill(unit: &str, n_bytes: usize) -> String {
    unit.repeat(n_bytes / unit.len() + 1)
}

fn numbered(n: usize, unit: impl Fn(usize) -> String) -> String {
    (0..n).map(unit).collect()
}

#[test]
fn pages_that_cost_too_much_are_refused() {
    let deep = "nested more than 500 deep";
    let cases = [
        ("<div>".repeat(1_000_000), deep),
        (numbered(200_000, |i| format!("<font color={i}>")) + &"<p>".repeat(200_000), deep),
        ("<div>".repeat(100_000) + &"<p>".repeat(100_000), deep),
        ("<div>".repeat(490) + &"<p>x</p>".repeat(100_000), "too many elements too deep"),
        ("<table><tr><td>".repeat(100_000), deep),
        ("<ul><li>".repeat(100_000), deep),
        ("<svg>".repeat(100_000), deep),
        ("<svg>".to_owned() + &"<tr>".repeat(100_000), deep),
        ("<template>".repeat(100_000), deep),
        ("<a><div>".repeat(100_000), deep),
        ("<p ".to_owned() + &numbered(1_000_000, |i| format!("a{i} ")), "a tag of more than 1000 attributes"),
        ("<p ".to_owned() + &numbered(300_000, |i| format!("a{i} = '>' ")), "a tag of more than 1000 attributes"),
        (
            "<p a=\"<!-- ".to_owned() + &"x ".repeat(2000) + "\" " + &numbered(300_000, |i| format!("a{i}/")),
            "a tag of more",
        ),
        ("<p>x</p>".repeat(400_000), "more than 400000 elements"),
        (fill("<", 16 << 20), "more than 4000000 tags"),
    ];
    for (html, reason) in cases {
        let found = page(html.as_bytes(), None).unwrap_err();
        assert!(found.contains(reason), "{found}: {html:.40}");
        assert_eq!(fragment(&html).unwrap_err(), found);
    }
}

#[test]
fn odd_pages_are_read() {
    let words = fill("the council voted, on monday, ", 1 << 20);
    let pages = [
        fill("<p>x</p>", 1 << 20),
        fill("<a href=/x>the council voted, on</a> ", 1 << 20),
        fill("word<br>", 1 << 20),
        fill("<table><tr><td>x</td></tr></table>", 1 << 19),
        fill("<select><option>", 1 << 19),
        fill("<div class='share a1 article'>some words, and others</div>", 1 << 20),
        fill("<b><p></b>x", 1 << 18),
        format!("<p>{words}</p>"),
        fill("a b c ", 10 << 20),
        format!("<p>x</p><script>{words}"),
        format!("<p>x</p><!--{words}<p a b c"),
        format!("<p>x</p><svg><![CDATA[{words}"),
        format!("<p title='{words}'>x</p>"),
        fill("&amp", 1 << 19),
        fill("<p>\0x", 1 << 18),
        numbered(20_000, |i| format!("<body a{i}>")) + "x",
        "<p>x".to_owned() + &ld(&"[".repeat(1 << 20)),
        "<p>x".to_owned() + &ld(&fill(r#"{"@type":"NewsArticle","author":["a"]},"#, 1 << 20)),
        // As deep as is read: what extracts recurses.
        "<div class=a>".repeat(480) + VOTE,
        "<ins>".repeat(480) + VOTE,
        "<ul><li>".repeat(240) + VOTE,
        "<table><tr><td>".repeat(120) + VOTE,
        // The extractor panics at addresses like this.
        format!("<p>{VOTE}</p><iframe src='a€player.vimeo.com'></iframe><embed src='€www.youtube.com'>"),
    ];
    for html in pages {
        let started = Instant::now();
        let found = page(html.as_bytes(), None);
        // Some of them have no text that is an article's; all are read.
        assert!(found.as_ref().err().is_none_or(|reason| reason.starts_with("no article text")), "{found:?}");
        // Each takes less than a second on an idle machine; what is quadratic takes minutes.
        assert!(started.elapsed() < Duration::from_secs(60), "{:?}: {html:.60}", started.elapsed());
    }
}
