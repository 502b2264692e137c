//! Pages that hold several stories: news in brief, aggregators, a live blog.

use super::calendar::Moment;
use super::chance::Chance;
use super::credit::{Credit, Occasion, credit};
use super::edit::sentences;
use super::outlet::{Kind, Outlet};
use super::plan::{Desk, Planned};
use super::source::{self, Source};

/// Roundups of a language, and live blogs among them.
const ROUNDUPS: &[(&str, usize, usize)] =
    &[("en", 6, 2), ("de", 1, 0), ("fr", 1, 0), ("es", 1, 1), ("it", 1, 0), ("ru", 1, 0)];
/// Pages of each aggregator.
const SNIPPET_PAGES: usize = 3;

/// All digests.
pub(crate) fn pages<'a>(desk: &Desk<'a>) -> Vec<Planned<'a>> {
    let mut pages = Vec::new();
    for &(lang, roundups, blogs) in ROUNDUPS {
        for number in 0..roundups + blogs {
            pages.extend(digest(desk, lang, (number, roundups + blogs), number >= roundups));
        }
    }
    let aggregators = desk.outlets.iter().filter(|outlet| outlet.kind == Kind::Aggregator);
    for outlet in aggregators {
        pages.extend((0..SNIPPET_PAGES).filter_map(|number| snippets(desk, outlet, number)));
    }
    pages
}

/// Dispatches that moved one after the other, from the given share of all days on.
fn news<'a>(desk: &Desk<'a>, lang: &str, number: usize, of: usize) -> Vec<&'a Source> {
    let mut dispatches: Vec<&Source> =
        desk.sources.iter().filter(|s| s.kind == source::Kind::Dispatch && s.lang == lang).collect();
    dispatches.sort_by_key(|source| (source.first().moved, &source.story));
    let size = if lang == "en" { 7 } else { 4 };
    let start = dispatches.len().saturating_sub(size) * number / of;
    dispatches.into_iter().skip(start).take(size).collect()
}

fn digest<'a>(desk: &Desk<'a>, lang: &str, (number, of): (usize, usize), live: bool) -> Option<Planned<'a>> {
    let name = format!("roundup-{lang}-{}", number + 1);
    let mut chance = Chance::named(&name);
    let mut items = news(desk, lang, number, of);
    let newest = items.iter().map(|source| source.first().moved).max()?;
    chance.shuffle(&mut items);
    items.truncate(chance.between(3, 5));
    let outlet = *chance.pick(&desk.newsrooms(lang))?;
    let whole = chance.hits(35);
    let mut paragraphs = Vec::new();
    for (turn, source) in items.iter().enumerate() {
        let state = source.first();
        let from = &state.paragraphs;
        let kept = if whole { from.len() } else { chance.between(1, 3) };
        let mut part: Vec<String> = from.iter().take(kept).cloned().collect();
        if live {
            let at = newest.after_minutes(200 - turn * 37).clock();
            paragraphs.push(format!("{:02}:{:02} {}", at.0, at.1, state.headline));
        } else {
            let form = outlet.credits.first().map_or("dateline", String::as_str);
            let occasion = Occasion { source, version: 0, outlet, moved: state.moved };
            let credit = credit(&occasion, form, &mut chance);
            if let (Some(dateline), Some(first)) = (credit.dateline, part.first_mut()) {
                first.insert_str(0, &dateline);
            }
            part.extend(credit.tail);
            paragraphs.push(state.headline.clone());
        }
        paragraphs.extend(part);
    }
    let edit = match (live, whole) {
        (true, _) => "live-blog",
        (_, true) => "whole-stories",
        _ => "first-paragraphs",
    };
    let published = newest.after_minutes(240);
    Some(planned(outlet, published, heading(lang, live, published), paragraphs, &name, "roundup", edit))
}

fn heading(lang: &str, live: bool, at: Moment) -> String {
    let day = super::calendar::day_month(lang, at);
    match (lang, live) {
        ("de", _) => format!("Kurz gemeldet: Nachrichten vom {day}"),
        ("fr", _) => format!("L'essentiel de l'actualité du {day}"),
        ("es", true) => format!("Última hora del {day}, en directo"),
        ("es", _) => format!("Breves del {day}"),
        ("it", _) => format!("In breve: le notizie del {day}"),
        ("ru", _) => format!("Коротко: главное за {day}"),
        (_, true) => format!("Live updates, {day}: what we know so far"),
        _ => format!("News in brief for {day}"),
    }
}

/// One or two sentences of each story under another outlet's headline, and headlines alone.
fn snippets<'a>(desk: &Desk<'a>, outlet: &'a Outlet, number: usize) -> Option<Planned<'a>> {
    let name = format!("snippets-{}-{}", outlet.domain.trim_end_matches(".example"), number + 1);
    let mut chance = Chance::named(&name);
    let items = news(desk, &outlet.lang, number + 1, SNIPPET_PAGES);
    let newest = items.iter().map(|source| source.first().moved).max()?;
    let papers = desk.newsrooms(&outlet.lang);
    let mut paragraphs = Vec::new();
    for source in items {
        let state = source.first();
        let headline = chance.pick(&source.headlines).unwrap_or(&state.headline);
        let paper = *chance.pick(&papers)?;
        paragraphs.push(headline.clone());
        paragraphs.push(format!("{} · {}", paper.name, super::calendar::day_month(&outlet.lang, state.moved)));
        let mut lead = sentences(&state.paragraphs[0]);
        lead.truncate(chance.between(1, 2));
        let lead = lead.join(" ");
        // Snippets break off where the box ends.
        let words: Vec<&str> = lead.split(' ').collect();
        let shown = if chance.hits(50) { words.len() } else { words.len() * 3 / 4 };
        paragraphs.push(if shown < words.len() { format!("{} ...", words[..shown].join(" ")) } else { lead });
    }
    let heading = format!("{} – {}", outlet.name, super::calendar::day_month(&outlet.lang, newest));
    Some(planned(outlet, newest.after_minutes(90), heading, paragraphs, &name, "aggregator", "snippets"))
}

fn planned<'a>(
    outlet: &'a Outlet,
    published: Moment,
    headline: String,
    paragraphs: Vec<String>,
    story: &str,
    kind: &'static str,
    edit: &str,
) -> Planned<'a> {
    Planned {
        outlet,
        published,
        headline,
        paragraphs,
        credit: Credit::default(),
        place: String::new(),
        story: story.to_owned(),
        version: 0,
        kind,
        agency: "none".to_owned(),
        edit: edit.to_owned(),
    }
}
