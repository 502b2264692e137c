//! One HTML page to what an article needs.
//!
//! Bytes become text (`charset`), text a tree (`guard`, which refuses what would cost too much, and `tree`), and the tree
//! is read twice: for what the page says of itself (`meta`, `ld`), and for the article (`body`, `lines`).
//!
//! Whatever the bytes are, reading them ends, within seconds for 16 MB and a few hundred megabytes of memory, and no panic
//! leaves this module.

mod attributes;
mod body;
mod charset;
mod guard;
mod ld;
mod lines;
mod meta;
mod tree;

use crate::read::guard::caught;

use self::meta::Meta;

pub(in crate::read) use self::charset::decode;

/// What a page has of an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct HtmlPage {
    /// The body, one paragraph a line.
    pub(in crate::read) text: String,
    /// The headline, without the name of the site.
    pub(in crate::read) headline: Option<String>,
    /// Who wrote it, as written.
    pub(in crate::read) byline: Option<String>,
    /// When it was published, as written; if the page says it several times, so that [`crate::date::parse`] reads it.
    pub(in crate::read) published: Option<String>,
    /// The address that the page has for itself, with its scheme and host.
    pub(in crate::read) url: Option<String>,
    /// What the site calls itself.
    pub(in crate::read) site_name: Option<String>,
}

/// The article of a page, or the reason why there is none. `declared` is the charset of the HTTP header, if there is one.
/// O(bytes), about 2 ms for a news page.
pub(in crate::read) fn page(bytes: &[u8], declared: Option<&str>) -> Result<HtmlPage, String> {
    let html = decode(bytes, declared);
    caught(|| read(&html))
}

/// The text of a piece of HTML, as fields of JSON have it: its blocks as lines, all of them. O(bytes).
pub(in crate::read) fn fragment(html: &str) -> Result<String, String> {
    caught(|| Ok(lines::lines(&guard::document(html)?.root())))
}

fn read(html: &str) -> Result<HtmlPage, String> {
    let document = guard::document(html)?;
    let meta = meta::meta(&document);
    let mut text = body::article(document);
    if !body::has_prose(&text) {
        let paragraphs = body::paragraphs(&guard::document(html)?);
        text = if paragraphs.is_empty() { text } else { paragraphs };
    }
    if let Some(told) = meta.text.as_deref()
        && n_words(told) > TOLD_TO_SHOWN * n_words(&text)
    {
        text = lines_of(told)?;
    }
    if text.is_empty() {
        return Err("no article text was found on the page: nothing in it is a paragraph of text".to_owned());
    }
    let Meta { headline, byline, published, url, site_name, text: _ } = meta;
    Ok(HtmlPage { text, headline, byline, published, url, site_name })
}

/// A page tells search engines the whole text, sometimes, and shows readers the beginning, or all by a script. What it
/// tells is read instead of what it shows if it has so many times the words: it is less often right, and in one piece.
const TOLD_TO_SHOWN: usize = 3;

fn n_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The lines of a text that may be markup.
fn lines_of(text: &str) -> Result<String, String> {
    let is_markup = text.contains("</") || text.contains("<p>") || text.contains("<br");
    if is_markup {
        return Ok(lines::lines(&guard::document(text)?.root()));
    }
    let lines = html_escape::decode_html_entities(text);
    Ok(lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"))
}

/// The text of the article on an HTML page, one paragraph a line; or the reason why there is none.
///
/// The charset is found in the bytes. This is what is read of a page before anything is cleaned, for those who want to
/// see or to score it. O(bytes), about 2 ms for a news page.
///
/// # Errors
/// The page has no text, or is of a size or form that nobody writes for readers.
///
/// ```
/// let page = b"<body><a href='/'>Home</a><h1>Market to close</h1><p>The harbor council voted on Monday to close the old \
///     fish market for good.</p><p>A new hall is to open beside the ferry terminal next summer.</p></body>";
/// let text = wirecopy::read::html_text(page)?;
/// assert!(text.ends_with("fish market for good.\nA new hall is to open beside the ferry terminal next summer."));
/// # Ok::<(), String>(())
/// ```
pub fn html_text(bytes: &[u8]) -> Result<String, String> {
    page(bytes, None).map(|page| page.text)
}

#[cfg(test)]
mod tests;
