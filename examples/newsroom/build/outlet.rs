//! The outlets: `corpus/outlets.md`, one heading an outlet, a few `key: value` lines and the page's template in a fence.

use std::collections::BTreeMap;

/// One outlet and how its pages look.
#[derive(Debug, Clone)]
pub(crate) struct Outlet {
    pub(crate) domain: String,
    pub(crate) name: String,
    pub(crate) lang: String,
    pub(crate) kind: Kind,
    /// The url of a page, with slots.
    pub(crate) url: String,
    /// The form of the date field.
    pub(crate) date: String,
    /// The title field, with slots.
    pub(crate) title: String,
    /// Whether its records name the outlet.
    pub(crate) names_outlet: bool,
    pub(crate) sections: Vec<String>,
    /// The forms in which it credits agencies.
    pub(crate) credits: Vec<String>,
    /// What becomes of its text: `curly`, `nbsp`, `split`...
    pub(crate) dress: Vec<String>,
    /// Lines with slots.
    pub(crate) page: Vec<String>,
}

/// What an outlet is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A paper, station or portal.
    Newsroom,
    /// A paper with nothing but its own articles.
    Own,
    /// Snippets of others.
    Aggregator,
    /// An agency's own site.
    Agency(String),
}

/// Reads all outlets. The error names the outlet.
pub(crate) fn parse_all(text: &str) -> Result<Vec<Outlet>, String> {
    text.split("\n## ").skip(1).map(parse).collect()
}

fn parse(block: &str) -> Result<Outlet, String> {
    let (domain, rest) = block.split_once('\n').ok_or("an outlet without lines")?;
    let domain = domain.trim();
    let (header, page) = rest.split_once("\n```\n").ok_or_else(|| format!("{domain}: no page"))?;
    let (page, _) = page.split_once("\n```").ok_or_else(|| format!("{domain}: the page does not end"))?;
    let mut fields = BTreeMap::new();
    for line in header.lines().filter(|line| !line.trim().is_empty()) {
        let (key, value) = line.split_once(':').ok_or_else(|| format!("{domain}: line without a colon: {line}"))?;
        fields.insert(key.trim_start_matches("- ").trim(), value.trim());
    }
    let field = |key: &str| fields.get(key).copied().ok_or_else(|| format!("{domain}: no {key}:"));
    let list = |key: &str| {
        let text = fields.get(key).copied().unwrap_or_default();
        text.split([',', '|']).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let kind = match field("kind")?.split_once(' ') {
        Some(("agency", id)) => Kind::Agency(id.to_owned()),
        _ => match field("kind")? {
            "newsroom" => Kind::Newsroom,
            "own" => Kind::Own,
            "aggregator" => Kind::Aggregator,
            other => return Err(format!("{domain}: unknown kind: {other}")),
        },
    };
    let credits = list("credits");
    let known = |form: &str| ["dateline", "byline", "tail", "copyright"].contains(&form) || form.starts_with("relay ");
    if let Some(form) = credits.iter().flat_map(|forms| forms.split('+')).find(|form| !known(form)) {
        return Err(format!("{domain}: unknown form of credit: {form}"));
    }
    Ok(Outlet {
        domain: domain.to_owned(),
        name: field("name")?.to_owned(),
        lang: field("lang")?.to_owned(),
        kind,
        url: field("url")?.to_owned(),
        date: field("date")?.to_owned(),
        title: fields.get("title").copied().unwrap_or("{headline}").to_owned(),
        names_outlet: fields.get("outlet field").copied() != Some("no"),
        sections: list("sections"),
        credits,
        dress: list("dress"),
        page: page.lines().map(str::to_owned).collect(),
    })
}
