//! What a page says of itself besides its text: headline, byline, date, address and site.
//!
//! The same is said in several places, with more or less care. JSON-LD is written for search engines and names the parts
//! of an article by what they are; OpenGraph is for what is shared; other `<meta>` are for analytics; what readers see
//! comes last, because markup does not say what it is. The date of publication goes before that of a change.

use std::collections::HashMap;

use dom_query::{Document, NodeData, NodeRef};
use serde_json::Value;
use url::Url;

use super::ld::{self, Said};
use super::lines::short_line;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub(super) headline: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
    pub(super) site_name: Option<String>,
    /// The text of the article as JSON-LD has it.
    pub(super) text: Option<String>,
}

/// Names of `<meta>`, in lower case, the one most trusted first.
const HEADLINES: &[&str] = &["og:title", "parsely-title", "sailthru.title", "twitter:title", "dc.title", "title"];
const BYLINES: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "article.author",
    "citation_author",
];
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "originalpublicationdate",
    "rnews:datepublished",
    "cxenseparse:recs:publishtime",
    "publication_date",
    "publish-date",
    "publishdate",
    "publish_date",
    "pubdate",
    "date.release",
    "dc.date",
    "dcterms.date",
    "date",
    "citation_date",
];
const CHANGES: &[&str] =
    &["article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "last-modified"];
const SITES: &[&str] =
    &["og:site_name", "application-name", "parsely-site", "cre", "dc.publisher", "apple-mobile-web-app-title"];

/// A byline has some names; what is longer is a text that was marked as one.
const MAX_BYLINE_BYTES: usize = 300;

/// The longest heading or date that is looked at.
const MAX_TEXT_BYTES: usize = 1000;

/// What a page says of itself. O(nodes + bytes).
pub(super) fn meta(document: &Document) -> Meta {
    let seen = Seen::of(document);
    let url = seen.url();
    let said = seen.article(url.as_deref());
    let site_name = seen.named(SITES).or_else(|| said.and_then(|said| said.publisher.clone())).map(|name| plain(&name));
    Meta {
        headline: seen.headline(said, site_name.as_deref()),
        byline: seen.byline(said),
        published: seen.published(said),
        text: said.and_then(|said| said.text.clone()),
        url,
        site_name,
    }
}

/// What there is to choose from.
#[derive(Default)]
struct Seen {
    metas: Vec<(String, String)>,
    articles: Vec<Said>,
    canonical: Option<String>,
    base: Option<String>,
    title: Option<String>,
    /// Texts of `<h1>`.
    h1s: Vec<String>,
    /// Dates in the text that are marked as that of publication.
    marked_dates: Vec<String>,
    /// Other `<time>` within the article.
    times: Vec<String>,
    authors: Vec<String>,
}

impl Seen {
    fn of(document: &Document) -> Self {
        let mut seen = Seen::default();
        for node in document.root().descendants_it() {
            let name = node.query(|node| match &node.data {
                NodeData::Element(element) => Some(element.name.local.clone()),
                _ => None,
            });
            if let Some(Some(name)) = name {
                seen.element(&node, &name);
            }
        }
        seen
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str) {
        match name {
            "meta" => self.meta(node),
            "link" if has_word(node, "rel", "canonical") => {
                self.canonical = self.canonical.take().or(attr(node, "href"))
            }
            "base" => self.base = self.base.take().or(attr(node, "href")),
            "script" if is_ld(node) => self.articles.extend(ld::articles(&node.text())),
            "title" if self.title.is_none() => self.title = title(node),
            "h1" => self.h1s.extend(short_line(node, MAX_TEXT_BYTES)),
            _ => self.marked(node, name),
        }
    }

    fn meta(&mut self, node: &NodeRef<'_>) {
        let Some(content) = attr(node, "content") else { return };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = attr(node, key) {
                self.metas.extend(parsely(&name, &content));
                self.metas.push((name.to_ascii_lowercase(), content.clone()));
            }
        }
    }

    fn marked(&mut self, node: &NodeRef<'_>, name: &str) {
        let is_published = has_word(node, "itemprop", "datePublished") || has_word(node, "property", "datePublished");
        if name == "time" {
            let date = attr(node, "datetime").or_else(|| short_line(node, MAX_TEXT_BYTES));
            match date {
                Some(date) if is_published || node.has_attr("pubdate") => self.marked_dates.push(date),
                Some(date) if is_within_article(node) => self.times.push(date),
                _ => {}
            }
        } else if is_published {
            self.marked_dates.extend(attr(node, "content").or_else(|| short_line(node, MAX_TEXT_BYTES)));
        } else if has_word(node, "rel", "author") || has_word(node, "itemprop", "author") {
            self.authors.extend(short_line(node, MAX_BYLINE_BYTES));
        }
    }

    /// The value of the first of these names that has one.
    fn named(&self, names: &[&str]) -> Option<String> {
        self.all_named(names).next().map(str::to_owned)
    }

    fn all_named<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        names
            .iter()
            .flat_map(|name| self.metas.iter().filter(move |(key, _)| key == name))
            .map(|(_, value)| value.as_str())
    }

    /// The article of the page among those that it describes: the one that has its address, else the first.
    fn article(&self, url: Option<&str>) -> Option<&Said> {
        let is_page =
            |said: &&Said| url.is_some() && said.url.as_deref().and_then(absolute).as_ref().map(Url::as_str) == url;
        self.articles.iter().find(is_page).or(self.articles.first())
    }

    fn headline(&self, said: Option<&Said>, site: Option<&str>) -> Option<String> {
        let title = self.title.as_deref();
        let candidates = [
            said.and_then(|said| said.headline.as_deref()),
            self.all_named(HEADLINES).next(),
            if let [h1] = self.h1s.as_slice() { Some(h1.as_str()) } else { None },
            title,
        ];
        let headline = plain(candidates.into_iter().flatten().next()?);
        Some(without_site(&headline, site, &self.h1s).to_owned())
    }

    fn byline(&self, said: Option<&Said>) -> Option<String> {
        let is_name = |name: &&str| !name.contains("://") && !name.starts_with("www.") && !name.starts_with('@');
        let said = said.and_then(|said| said.byline.clone());
        let named = || self.all_named(BYLINES).find(is_name).map(str::to_owned);
        let byline = said.or_else(named).or_else(|| self.authors.first().cloned())?;
        let byline = plain(&byline);
        (!byline.is_empty() && byline.len() <= MAX_BYLINE_BYTES).then_some(byline)
    }

    /// The first date that can be read, else the first as it is.
    fn published(&self, said: Option<&Said>) -> Option<String> {
        let dates: Vec<&str> = (said.and_then(|said| said.published.as_deref()).into_iter())
            .chain(self.all_named(DATES))
            .chain(self.marked_dates.iter().chain(&self.times).map(String::as_str))
            .chain(said.and_then(|said| said.dated.as_deref()))
            .chain(self.all_named(CHANGES))
            .collect();
        let readable = dates.iter().find(|date| crate::date::parse(date).is_some());
        readable.or(dates.first()).map(|date| (*date).to_owned())
    }

    /// The address of the page. One without a path names the site, as some templates do on all pages.
    fn url(&self) -> Option<String> {
        let said = self.articles.first().and_then(|said| said.url.as_deref());
        let og = self.all_named(&["og:url"]).next();
        let base = [og, self.base.as_deref(), said].into_iter().flatten().find_map(absolute);
        let resolve = |address: &str| absolute(address).or_else(|| http(base.as_ref()?.join(address).ok()?));
        let candidates = [self.canonical.as_deref(), og, said, self.all_named(&["twitter:url", "parsely-link"]).next()];
        let urls: Vec<Url> = candidates.into_iter().flatten().filter_map(resolve).collect();
        let of_page = urls.iter().find(|url| url.path() != "/" || url.query().is_some());
        of_page.or(urls.first()).map(Url::to_string)
    }
}

/// The old form of Parse.ly's: one `<meta>` with all as JSON.
fn parsely(name: &str, content: &str) -> Vec<(String, String)> {
    if name != "parsely-page" {
        return Vec::new();
    }
    let page: HashMap<String, Value> = serde_json::from_str(content).unwrap_or_default();
    let text = |key: &str, name: &str| Some((name.to_owned(), page.get(key)?.as_str()?.to_owned()));
    let names = [
        ("title", "parsely-title"),
        ("author", "parsely-author"),
        ("pub_date", "parsely-pub-date"),
        ("link", "parsely-link"),
    ];
    names.into_iter().filter_map(|(key, name)| text(key, name)).collect()
}

fn absolute(address: &str) -> Option<Url> {
    http(Url::parse(address.trim()).ok()?)
}

fn http(url: Url) -> Option<Url> {
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

fn is_ld(node: &NodeRef<'_>) -> bool {
    attr(node, "type").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/ld+json"))
}

fn is_within_article(node: &NodeRef<'_>) -> bool {
    node.ancestors_it(None).any(|ancestor| {
        ["article", "main"].iter().any(|name| ancestor.has_name(name))
            || ["NewsArticle", "Article"]
                .iter()
                .any(|kind| attr(&ancestor, "itemtype").is_some_and(|t| t.ends_with(kind)))
    })
}

/// An attribute that has a value.
fn attr(node: &NodeRef<'_>, name: &str) -> Option<String> {
    node.attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// Whether an attribute has a word among others: `rel="author nofollow"`.
fn has_word(node: &NodeRef<'_>, name: &str, word: &str) -> bool {
    node.attr(name).is_some_and(|value| value.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
}

/// A title is not read in the page, so [`short_line`] has nothing of it.
fn title(node: &NodeRef<'_>) -> Option<String> {
    let text = node.text();
    let title = plain(&text[..text.floor_char_boundary(MAX_TEXT_BYTES)]);
    (!title.is_empty()).then_some(title)
}

/// A text in one line, without the references that templates write where none are read: `Council &amp; market`.
fn plain(text: &str) -> String {
    html_escape::decode_html_entities(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title without the site that stands before or after it: `Council closes market | The Ledger`.
///
/// What stands apart is the site if it is called so. Where the page does not say how the site is called, a title that goes
/// on after the page's own heading is that heading.
fn without_site<'a>(title: &'a str, site: Option<&str>, h1s: &[String]) -> &'a str {
    const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", ": "];
    for separator in SEPARATORS {
        if let (Some((headline, last)), Some(site)) = (title.rsplit_once(separator), site)
            && separator != ": "
            && is_same_name(last, site)
        {
            return headline.trim();
        }
        if let (Some((first, headline)), Some(site)) = (title.split_once(separator), site)
            && is_same_name(first, site)
        {
            return headline.trim();
        }
        if let Some((headline, _)) = title.rsplit_once(separator)
            && separator != ": "
            && h1s.iter().any(|h1| h1 == headline.trim())
        {
            return headline.trim();
        }
    }
    title
}

/// Whether two names are one but for case, spaces, signs and a leading article: `TheLedger.com`, `The Ledger`.
fn is_same_name(a: &str, b: &str) -> bool {
    let plain = |name: &str| {
        let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let name = name.strip_prefix("the").unwrap_or(&name).to_owned();
        name.strip_suffix("com").unwrap_or(&name).to_owned()
    };
    let (a, b) = (plain(a), plain(b));
    !a.is_empty() && a == b
}
