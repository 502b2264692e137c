//! Decides who runs what: for each dispatch the outlets, the versions, the edits and the credits.

use super::calendar::Moment;
use super::chance::Chance;
use super::credit::{Credit, Occasion, city, credit, uncredited};
use super::edit::{self, Local, Recipe};
use super::outlet::{Kind, Outlet};
use super::source::{self, Source};

/// A page before it is rendered, with its line of the truth file.
#[derive(Clone)]
pub(crate) struct Planned<'a> {
    pub(crate) outlet: &'a Outlet,
    pub(crate) published: Moment,
    pub(crate) headline: String,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) credit: Credit,
    pub(crate) place: String,
    pub(crate) story: String,
    pub(crate) version: usize,
    pub(crate) kind: &'static str,
    pub(crate) agency: String,
    pub(crate) edit: String,
}

const WHOLE: Recipe =
    Recipe { trim: false, headline: false, local: None, style: false, cut: false, expand: false, uncredited: false };

/// What desks do, in the order in which the copies of a story take them; each story starts elsewhere.
const RECIPES: &[Recipe] = &[
    WHOLE,
    Recipe { trim: true, ..WHOLE },
    Recipe { headline: true, ..WHOLE },
    Recipe { local: Some(Local::End), ..WHOLE },
    Recipe { style: true, headline: true, ..WHOLE },
    Recipe { trim: true, headline: true, ..WHOLE },
    Recipe { uncredited: true, ..WHOLE },
    Recipe { local: Some(Local::Middle), headline: true, ..WHOLE },
    Recipe { style: true, cut: true, ..WHOLE },
    Recipe { trim: true, style: true, headline: true, ..WHOLE },
    Recipe { trim: true, local: Some(Local::End), ..WHOLE },
    Recipe { cut: true, headline: true, ..WHOLE },
    Recipe { expand: true, headline: true, ..WHOLE },
    Recipe { trim: true, uncredited: true, headline: true, ..WHOLE },
    Recipe { style: true, headline: true, local: Some(Local::End), ..WHOLE },
    Recipe { uncredited: true, style: true, cut: true, headline: true, ..WHOLE },
];

/// All sources and outlets, for those who look for another story.
pub(crate) struct Desk<'a> {
    pub(crate) sources: &'a [Source],
    pub(crate) outlets: &'a [Outlet],
}

impl<'a> Desk<'a> {
    /// Every page that holds one text: copies of dispatches, and outlets' own articles.
    pub(crate) fn pages(&self) -> Result<Vec<Planned<'a>>, String> {
        let mut pages = Vec::new();
        for (number, source) in self.sources.iter().enumerate() {
            match source.kind {
                source::Kind::Dispatch => pages.extend(self.copies(source, number)),
                source::Kind::Independent => pages.push(self.own_article(source)?),
                source::Kind::Template => pages.extend(super::series::pages(self, source)),
            }
        }
        Ok(pages)
    }

    /// The outlets of a language that print other people's texts.
    pub(crate) fn newsrooms(&self, lang: &str) -> Vec<&'a Outlet> {
        self.outlets.iter().filter(|outlet| outlet.lang == lang && outlet.kind == Kind::Newsroom).collect()
    }

    fn copies(&self, source: &'a Source, number: usize) -> Vec<Planned<'a>> {
        let mut chance = Chance::named(&source.story);
        let mut outlets = self.newsrooms(&source.lang);
        chance.shuffle(&mut outlets);
        let wanted = if source.lang == "en" { chance.between(2, 6) } else { chance.between(2, 5) };
        // Each version of a dispatch that was updated finds readers.
        let updated = if source.versions.len() > 1 { 2 * source.versions.len() + 1 } else { 0 };
        outlets.truncate(wanted.max(updated));
        if chance.hits(40) {
            // An outlet that runs the story again, from another desk or on another page.
            outlets.push(outlets[0]);
        }
        let mut copies: Vec<Planned> = self.agency_sites(source).collect();
        for (turn, outlet) in outlets.iter().enumerate() {
            let version = if turn < source.versions.len() { turn } else { chance.below(source.versions.len()) };
            let recipe = RECIPES[(number * 5 + turn) % RECIPES.len()];
            let mut copy = self.copy(source, version, outlet, recipe, turn);
            if let Some(before) = copies.iter().find(|before| before.outlet.domain == outlet.domain) {
                copy.edit.push_str("+again");
                copy.published = copy.published.max(before.published.after_minutes(chance.between(45, 400)));
            }
            copies.push(copy);
        }
        copies
    }

    /// The agency's own page of each version, and the relaying agency's page.
    fn agency_sites(&self, source: &'a Source) -> impl Iterator<Item = Planned<'a>> {
        let own =
            move |outlet: &&Outlet| outlet.kind == Kind::Agency(source.agency.clone()) && outlet.lang == source.lang;
        let own_site = self.outlets.iter().find(own);
        let own_pages = own_site.into_iter().flat_map(move |outlet| {
            source.versions.iter().enumerate().map(move |(version, state)| Planned {
                published: state.moved.after_minutes(1 + version),
                edit: "own-site".to_owned(),
                ..self.copy(source, version, outlet, WHOLE, 100 + version)
            })
        });
        let relays = ["afp", "reuters", "xinhua", "ap"].contains(&source.agency.as_str());
        let relaying = |outlet: &&Outlet| {
            matches!(&outlet.kind, Kind::Agency(id) if *id != source.agency)
                && outlet.lang == source.lang
                && outlet.credits.iter().any(|form| form.starts_with("relay"))
        };
        let relay = self.outlets.iter().filter(move |_| relays).find(relaying);
        let relayed = relay
            .into_iter()
            .map(move |outlet| Planned { edit: "relayed".to_owned(), ..self.copy(source, 0, outlet, WHOLE, 200) });
        own_pages.chain(relayed)
    }

    fn copy(&self, source: &'a Source, version: usize, outlet: &'a Outlet, recipe: Recipe, turn: usize) -> Planned<'a> {
        let mut chance = Chance::named(&format!("{} {} {turn}", source.story, outlet.domain));
        let state = &source.versions[version];
        let mut paragraphs = state.paragraphs.clone();
        if recipe.cut {
            edit::cut(&mut paragraphs, &source.lang, &mut chance);
        }
        if recipe.trim {
            edit::trim(&mut paragraphs, &mut chance);
        }
        if recipe.style {
            let british = outlet.dress.iter().any(|dress| dress == "british");
            edit::style(&mut paragraphs, &source.lang, british, state.moved, &mut chance);
        }
        let credit = self.credit(&Occasion { source, version, outlet, moved: state.moved }, recipe, &mut chance);
        if let Some(place) = recipe.local {
            edit::add_local(&mut paragraphs, &source.local, place, &mut chance);
        }
        if recipe.expand {
            paragraphs.extend(source.local.iter().cloned());
            paragraphs.extend(self.background(source, &mut chance));
        }
        let edit = if credit.relayed { format!("{}+relayed", recipe.name()) } else { recipe.name() };
        let swapped = chance.pick(&source.headlines).filter(|_| recipe.headline);
        let minutes = if chance.hits(20) { chance.between(600, 1700) } else { chance.between(4, 420) };
        Planned {
            outlet,
            published: state.moved.after_minutes(minutes),
            headline: swapped.unwrap_or(&state.headline).clone(),
            paragraphs,
            credit,
            place: city(source),
            story: source.story.clone(),
            version,
            kind: if recipe.expand { "expanded" } else { "copy" },
            agency: source.agency.clone(),
            edit,
        }
    }

    fn credit(&self, occasion: &Occasion, recipe: Recipe, chance: &mut Chance) -> Credit {
        let own = occasion.outlet.kind == Kind::Agency(occasion.source.agency.clone());
        let forms: Vec<&String> =
            occasion.outlet.credits.iter().filter(|form| !own || !form.starts_with("relay")).collect();
        match chance.pick(&forms) {
            Some(form) if !recipe.uncredited => credit(occasion, form, chance),
            _ => uncredited(occasion.source, chance),
        }
    }

    /// Two paragraphs of an earlier dispatch of the agency, as pages end with `Also in the news`.
    fn background(&self, source: &Source, chance: &mut Chance) -> Vec<String> {
        let earlier: Vec<&Source> = self
            .sources
            .iter()
            .filter(|other| {
                other.kind == source::Kind::Dispatch
                    && other.lang == source.lang
                    && other.story != source.story
                    && other.first().moved < source.first().moved
            })
            .collect();
        let also = chance.pick(&earlier).map(|other| other.first().paragraphs.iter().take(2).cloned().collect());
        also.unwrap_or_default()
    }

    fn own_article(&self, source: &'a Source) -> Result<Planned<'a>, String> {
        let domain = source.outlet.as_deref().unwrap_or_default();
        let outlet = self.outlets.iter().find(|outlet| outlet.domain == domain);
        let outlet = outlet.ok_or_else(|| format!("{}: outlet {domain} is not in outlets.md", source.story))?;
        let state = source.first();
        let mut paragraphs = state.paragraphs.clone();
        let lifted = source.lifts.as_ref().and_then(|story| self.sources.iter().find(|other| other.story == *story));
        if let Some(lifted) = lifted {
            // Two paragraphs of the dispatch, in the middle: the rest is the outlet's own.
            let lifted = lifted.first().paragraphs.iter().skip(1).take(2).cloned();
            let middle = paragraphs.len() / 2;
            paragraphs.splice(middle..middle, lifted);
        } else if let Some(missing) = &source.lifts {
            return Err(format!("{}: lifts {missing}, which is no story", source.story));
        }
        let byline = source.byline.as_ref().map(|name| match source.lang.as_str() {
            "de" => format!("Von {name}"),
            "fr" => format!("Par {name}"),
            "es" => format!("Por {name}"),
            "it" => format!("di {name}"),
            "en" => format!("By {name}"),
            _ => name.clone(),
        });
        let lifts = source.lifts.is_some();
        Ok(Planned {
            outlet,
            published: state.moved,
            headline: state.headline.clone(),
            paragraphs,
            credit: Credit { byline, ..Credit::default() },
            place: city(source),
            story: source.story.clone(),
            version: 0,
            kind: if lifts { "partial" } else { "original" },
            agency: "none".to_owned(),
            edit: if lifts { "lifted" } else { "own" }.to_owned(),
        })
    }
}
