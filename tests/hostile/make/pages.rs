//! Pages that cost whoever builds a tree of them more than they look.

use std::io::Write;

use super::{Make, repeat};
use crate::desk::{article, page};

pub(super) const MADE: &[(&str, Make)] = &[
    ("divs-1000000.html", |out| repeat(out, b"<div>", 1_000_000)),
    ("spans-in-paragraphs-1000000.html", |out| repeat(out, b"<p><span>a ", 1_000_000)),
    ("formatting-not-closed.html", |out| {
        (0..100_000).try_for_each(|n| write!(out, "<p><b class=c{n}><i id={n}><font color={n}>word"))
    }),
    ("links-not-closed.html", |out| (0..100_000).try_for_each(|n| write!(out, "<a href=/{n}><table><td>"))),
    ("attributes-1000000.html", |out| {
        out.write_all(b"<p ")?;
        (0..1_000_000).try_for_each(|n| write!(out, "a{n}=1 "))?;
        out.write_all(b">The end.</p>")
    }),
    ("tags-of-attributes-50000.html", |out| {
        (0..50_000).try_for_each(|_| write!(out, "<p a b c d e f g h i j k l>The end.</p>"))
    }),
    ("less-than-16-mb.html", |out| repeat(out, b"<<<<<<<<", 2_000_000)),
    ("tags-never-closed-8-mb.html", |out| repeat(out, b"<a b='", 1_300_000)),
    ("base64-of-8-mb.html", |out| {
        let page = page(&article(1, "varn.example"));
        let (head, rest) = page.split_once("<article>").unwrap();
        write!(out, "{head}<img src=\"data:image/png;base64,")?;
        repeat(out, b"iVBORw0KGgoAAAANSUhEUgAA", 350_000)?;
        write!(out, "\"><article>{rest}")
    }),
    ("linked-data-nested-10000.html", |out| linked_data(out, &("{\"@graph\":[".repeat(10_000) + &"]}".repeat(10_000)))),
    ("linked-data-of-8-mb.html", |out| {
        linked_data(out, &format!("[{}{{}}]", "{\"@type\":\"Thing\"},".repeat(440_000)))
    }),
    ("comments-1000000.html", |out| {
        repeat(out, b"<!-- -- > -->", 1_000_000)?;
        out.write_all(page(&article(1, "varn.example")).as_bytes())
    }),
    ("references-2000000.html", |out| repeat(out, b"&lt;&#99;", 1_000_000)),
    ("page-of-40-mb.html", |out| repeat(out, b"<p>The ferry was late again.</p>\n", 1_250_000)),
    ("page-of-40-mb.txt", |out| repeat(out, b"The ferry was late again, and again.\n", 1_100_000)),
    ("line-of-15-mb.txt", |out| repeat(out, b"ferry, late (again) ", 750_000)),
    ("marks-of-8-mb.txt", |out| repeat(out, "\u{301}\u{200d}".as_bytes(), 1_600_000)),
];

/// A good page with this in its head, as search engines are told of it.
fn linked_data(out: &mut dyn Write, json: &str) -> std::io::Result<()> {
    let page = page(&article(1, "varn.example"));
    let (head, rest) = page.split_once("</head>").unwrap();
    write!(out, "{head}<script type=\"application/ld+json\">{json}</script></head>{rest}")
}
