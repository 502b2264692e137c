//! One WARC record to an article: the page of an HTTP response, or the text of a conversion (WET).
//!
//! Requests, metadata, images, redirects and error pages hold no page: they are passed over, and are no fault.

use std::borrow::Cow;

use crate::article::Article;
use crate::date;
use crate::read::fields::{FieldRole, FieldsUsed};
use crate::read::frame::{field, head_length};
use crate::read::http::{self, Response};
use crate::read::{Parsed, Record, html, outlet, page};

/// The article of a record; `None` where it holds no page.
///
/// # Errors
/// The reason why a page cannot be read.
pub(super) fn parse(record: &Record<'_>) -> Result<Option<Parsed>, String> {
    let Some(block) = Block::of(record.bytes) else { return Ok(None) };
    match field(block.head, "warc-type").unwrap_or_default().to_ascii_lowercase().as_str() {
        "response" => response(record, &block),
        "resource" => resource(record, &block),
        "conversion" => text(record, &block, block.bytes, None).map(Some),
        _ => Ok(None),
    }
}

/// Whether a record that was not held whole may hold a page.
pub(super) fn may_hold_a_page(bytes: &[u8]) -> bool {
    let Some(block) = Block::of(bytes) else { return true };
    match field(block.head, "warc-type").unwrap_or_default().to_ascii_lowercase().as_str() {
        "response" => http::parse(block.bytes).is_none_or(|response| response.is_page()),
        "resource" => content_type(&block).is_none_or(http::is_html),
        kind => kind == "conversion",
    }
}

/// A record's head and block.
struct Block<'a> {
    head: &'a [u8],
    bytes: &'a [u8],
}

impl<'a> Block<'a> {
    fn of(record: &'a [u8]) -> Option<Self> {
        let (head, rest) = record.split_at(head_length(record)?);
        let length = field(head, "content-length")?.parse().ok()?;
        Some(Block { head, bytes: rest.get(..length).unwrap_or(rest) })
    }

    fn url(&self) -> Option<&'a str> {
        // Some versions of wget write addresses between angle brackets.
        let url = field(self.head, "warc-target-uri")?;
        Some(url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url)).filter(|url| !url.is_empty())
    }
}

fn content_type<'a>(block: &Block<'a>) -> Option<&'a str> {
    field(block.head, "content-type")
}

fn response(record: &Record<'_>, block: &Block<'_>) -> Result<Option<Parsed>, String> {
    let is_http = block.url().is_none_or(|url| url.starts_with("http"));
    if !is_http || block.bytes.is_empty() {
        return Ok(None);
    }
    let Some(response) = http::parse(block.bytes) else {
        return Err("its block is no HTTP response".to_owned());
    };
    if !response.is_page() {
        return Ok(None);
    }
    let body = response.body()?;
    if body.trim_ascii().is_empty() {
        return Ok(None);
    }
    page_or_text(record, block, &response, &body).map(Some)
}

fn page_or_text(
    record: &Record<'_>,
    block: &Block<'_>,
    response: &Response<'_>,
    body: &[u8],
) -> Result<Parsed, String> {
    let charset = response.charset();
    if response.is_plain_text() {
        return text(record, block, body, charset);
    }
    let mut parsed = page::parse(body, charset, || record.place())?;
    complete(&mut parsed, block);
    Ok(parsed)
}

/// A page that was archived without the words of its transfer.
fn resource(record: &Record<'_>, block: &Block<'_>) -> Result<Option<Parsed>, String> {
    // What wget tells of itself is text too: its arguments and its log.
    if block.url().is_some_and(|url| url.starts_with("metadata:")) {
        return Ok(None);
    }
    match content_type(block) {
        Some(kind) if http::is_html(kind) => {
            let mut parsed = page::parse(block.bytes, http::charset(kind), || record.place())?;
            complete(&mut parsed, block);
            Ok(Some(parsed))
        }
        Some(kind) if http::is_plain_text(kind) => text(record, block, block.bytes, http::charset(kind)).map(Some),
        _ => Ok(None),
    }
}

fn text(record: &Record<'_>, block: &Block<'_>, bytes: &[u8], charset: Option<&str>) -> Result<Parsed, String> {
    let text: Cow<'_, str> = html::decode(bytes, charset);
    if text.trim().is_empty() {
        return Err("the page is empty".to_owned());
    }
    let article = Article { id: record.place(), text: text.into_owned(), ..Article::default() };
    let mut fields_used = FieldsUsed::default();
    fields_used.count(FieldRole::Text, "the record's text".into());
    let mut parsed = Parsed { article, fields_used, date_unread: false };
    complete(&mut parsed, block);
    Ok(parsed)
}

/// What the record says of its page: where it was fetched is where it is, and when is not when it was published.
fn complete(parsed: &mut Parsed, block: &Block<'_>) {
    let article = &mut parsed.article;
    article.crawled = field(block.head, "warc-date").and_then(date::parse);
    let Some(url) = block.url() else { return };
    article.id = url.to_owned();
    article.outlet = outlet::of_url(url).or(article.outlet.take());
    article.url = Some(url.to_owned());
    for role in [FieldRole::Id, FieldRole::Url, FieldRole::Outlet] {
        parsed.fields_used.replace(role, "WARC-Target-URI");
    }
}
