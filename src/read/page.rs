//! One page of HTML to an article.

use crate::article::Article;
use crate::date;
use crate::read::fields::{FieldRole, FieldsUsed};
use crate::read::{Parsed, html, outlet};

/// The article of a page. `declared` is the charset that its transfer named; `place` gives its id.
///
/// # Errors
/// The reason why there is none.
pub(super) fn parse(bytes: &[u8], declared: Option<&str>, place: impl FnOnce() -> String) -> Result<Parsed, String> {
    let page = html::page(bytes, declared)?;
    let mut fields_used = FieldsUsed::default();
    fields_used.count(FieldRole::Text, "the page's article".into());
    let published = page.published.as_deref().and_then(date::parse);
    let outlet = page.url.as_deref().and_then(outlet::of_url).or_else(|| page.site_name.clone());
    let found = [
        (FieldRole::Outlet, outlet.is_some()),
        (FieldRole::Url, page.url.is_some()),
        (FieldRole::Published, published.is_some()),
        (FieldRole::Headline, page.headline.is_some()),
        (FieldRole::Byline, page.byline.is_some()),
    ];
    found.iter().filter(|(_, is_there)| *is_there).for_each(|(role, _)| fields_used.count(*role, METADATA.into()));
    let date_unread = page.published.is_some() && published.is_none();
    let article = Article {
        id: place(),
        outlet,
        url: page.url,
        published,
        crawled: None,
        headline: page.headline,
        byline: page.byline,
        text: page.text,
    };
    Ok(Parsed { article, fields_used, date_unread })
}

const METADATA: &str = "the page's metadata";
