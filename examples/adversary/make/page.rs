//! Outlets and their pages: what stands around an article.

use super::Newsroom;
use super::chance::{Chance, mix};
use super::dispatch::{Dispatch, Paragraph, agency_style};
use super::noise;

/// How much of a page is not the article.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Furniture {
    None,
    Light,
    /// A quarter to two thirds of the page, most of it the same on every page of the outlet.
    Heavy,
}

pub(crate) struct Outlet {
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) furniture: Furniture,
    seed: u64,
}

/// Whom a page credits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Credits {
    /// The agency, in the dateline, at the end, or both.
    Agency,
    /// "Agencies", and nobody by name.
    Replaced,
    Nobody,
}

/// How a page is finished.
pub(crate) struct Finish {
    pub(crate) credits: Credits,
    pub(crate) one_line: bool,
    pub(crate) escaped: bool,
}

impl Finish {
    pub(crate) fn plain(credits: Credits) -> Self {
        Finish { credits, one_line: false, escaped: false }
    }
}

impl Newsroom {
    /// One of a language's outlets; those with the lowest numbers have heavy furniture.
    pub(crate) fn outlet(&self, language: usize, number: usize) -> Outlet {
        let seed = mix(mix(0x0071, language as u64), number as u64);
        let tongue = &self.languages[language];
        let dispatch = self.ordered_nothing(language, seed);
        let facts = self.seeds(&dispatch, agency_style(), "");
        let name = tongue.grammar.any(tongue.rules.outlet, seed, &facts);
        let slug: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        let furniture = match number {
            n if n < self.n_heavy(language) => Furniture::Heavy,
            _ if Chance::new(seed).percent(45) => Furniture::None,
            _ => Furniture::Light,
        };
        // A name in another script has no letters for an address.
        let slug = if slug.is_empty() { "news" } else { &slug };
        Outlet { domain: format!("{slug}-{}{number}.example", tongue.code), name, furniture, seed }
    }

    /// An outlet by chance, some often and most seldom; one with heavy furniture, if asked for.
    pub(crate) fn any_outlet(&self, language: usize, heavy: bool, chance: &mut Chance) -> Outlet {
        let n_heavy = self.n_heavy(language);
        let number = if heavy || chance.percent(4) {
            chance.below(n_heavy)
        } else {
            n_heavy + chance.rank(self.n_outlets(language) - n_heavy)
        };
        self.outlet(language, number)
    }

    fn n_outlets(&self, language: usize) -> usize {
        let all = (self.n_articles / 50).clamp(60, 4000);
        (all * self.languages[language].share / 100).max(10)
    }

    fn n_heavy(&self, language: usize) -> usize {
        (self.n_outlets(language) / 10).max(2)
    }

    /// The page of an article, as a scraper leaves it.
    pub(crate) fn page(
        &self,
        outlet: &Outlet,
        dispatch: &Dispatch,
        headline: &str,
        paragraphs: &[Paragraph],
        finish: &Finish,
        chance: &mut Chance,
    ) -> String {
        let language = &self.languages[dispatch.language];
        let (grammar, rules) = (&language.grammar, &language.rules);
        let facts = self.seeds(dispatch, agency_style(), &outlet.name);
        let any = |rule: usize, chance: &mut Chance| grammar.any(rule, chance.next(), &facts);
        let mut lines: Vec<String> = Vec::new();
        // What an outlet always does it does by its own seed.
        let mut habits = Chance::new(outlet.seed);
        let menu = grammar.words(rules.menu);
        let furniture = outlet.furniture;
        match furniture {
            Furniture::None => {}
            Furniture::Light => lines.extend(menu.iter().take(habits.between(3, 7)).cloned()),
            Furniture::Heavy => {
                lines.extend(menu.iter().cloned());
                lines.push(grammar.any(rules.cookie, outlet.seed, &facts));
            }
        }
        if furniture != Furniture::None || habits.percent(50) {
            lines.push(headline.to_owned());
        }
        match finish.credits {
            Credits::Agency if habits.percent(50) => lines.push(any(rules.byline, chance)),
            Credits::Replaced => lines.push(any(rules.nocredit, chance)),
            _ => {}
        }
        if furniture == Furniture::Heavy {
            lines.push(any(rules.caption, chance));
        }
        let related_after = if furniture == Furniture::Heavy { chance.between(1, 4) } else { usize::MAX };
        for (at, paragraph) in paragraphs.iter().enumerate() {
            let mut text = paragraph.sentences.join(language.gap);
            if at == 0 && paragraph.wire && finish.credits == Credits::Agency && chance.percent(75) {
                text.insert_str(
                    0,
                    &grammar.sentence(
                        rules.dateline,
                        chance.below(grammar.n_alternatives(rules.dateline)),
                        0,
                        0,
                        &facts,
                    ),
                );
            }
            lines.push(text);
            if at == related_after {
                lines.push(grammar.any(rules.related, outlet.seed, &facts));
                lines.extend((0..chance.between(2, 4)).map(|_| self.any_headline(dispatch.language, chance)));
            }
        }
        if finish.credits == Credits::Agency {
            lines.push(any(rules.credit, chance));
        }
        if furniture != Furniture::None {
            lines.push(grammar.any(rules.mostviewed, outlet.seed, &facts));
            let n = habits.between(4, 10);
            // The same list all week.
            let mut week = Chance::new(mix(outlet.seed, dispatch.day as u64 / 7));
            lines.extend((0..n).map(|_| self.any_headline(dispatch.language, &mut week)));
        }
        if furniture == Furniture::Heavy {
            lines.extend(self.about(outlet, dispatch.language));
            lines.extend(menu.iter().rev().cloned());
        }
        lines.retain(|line| !line.is_empty());
        let mut text = lines.join("\n");
        if habits.percent(35) {
            text = typographic(&text);
        }
        if finish.one_line {
            text = text.replace('\n', " ");
        }
        if finish.escaped {
            text = noise::escaped(&text, chance.percent(50));
        }
        text
    }

    /// What an outlet says of itself on every page: two to five paragraphs.
    fn about(&self, outlet: &Outlet, language: usize) -> Vec<String> {
        let tongue = &self.languages[language];
        let itself = self.ordered_nothing(language, outlet.seed);
        let facts = self.seeds(&itself, agency_style(), &outlet.name);
        let mut rules = tongue.about.clone();
        let mut habits = Chance::new(mix(outlet.seed, 5));
        habits.shuffle(&mut rules);
        rules.truncate(habits.between(2, 5));
        rules.into_iter().map(|rule| tongue.grammar.any(rule, outlet.seed, &facts)).collect()
    }

    /// A headline of some story of the language.
    pub(crate) fn any_headline(&self, language: usize, chance: &mut Chance) -> String {
        let mut dispatch = self.ordered_nothing(language, chance.next());
        dispatch.event = chance.below(self.languages[language].grammar.news.len());
        self.headline(&dispatch)
    }
}

/// The text with typographic quotation marks and apostrophes.
fn typographic(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut before = ' ';
    for c in text.chars() {
        out.push(match c {
            '"' if before.is_whitespace() || matches!(before, '(' | '—' | '-') => '“',
            '"' => '”',
            '\'' => '’',
            c => c,
        });
        before = c;
    }
    out
}
