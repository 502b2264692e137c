//! stub
use std::borrow::Cow;
pub(in crate::read) struct HtmlPage {
    pub(in crate::read) text: String,
    pub(in crate::read) headline: Option<String>,
    pub(in crate::read) byline: Option<String>,
    pub(in crate::read) published: Option<String>,
    pub(in crate::read) url: Option<String>,
    pub(in crate::read) site_name: Option<String>,
}
pub(in crate::read) fn page(bytes: &[u8], declared: Option<&str>) -> Result<HtmlPage, String> {
    Ok(HtmlPage {
        text: decode(bytes, declared).into_owned(),
        headline: None,
        byline: None,
        published: None,
        url: None,
        site_name: None,
    })
}
pub(in crate::read) fn decode<'a>(bytes: &'a [u8], _declared: Option<&str>) -> Cow<'a, str> {
    String::from_utf8_lossy(bytes)
}
