//! A newsroom of any size, made from a seed: dispatches written by grammars in several languages, what outlets make of
//! them, and pages that look like copies and are none, each with its label.
//!
//! Nothing is kept: every article is made again from the seeds of its story, so that memory does not grow with the texts.

pub(crate) mod chance;
pub(crate) mod dispatch;
pub(crate) mod edit;
pub(crate) mod grammar;
pub(crate) mod negative;
mod noise;
mod notation;
pub(crate) mod page;
pub(crate) mod plan;
mod series;

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use chance::{Chance, mix};
use dispatch::{Dispatch, Order};
use edit::{EDITS, Edit};
use grammar::{Event, Grammar};
use page::{Credits, Finish};
use plan::{Plan, Role, plan};

/// A language's code, its share of a hundred articles, and its files.
type Tongue = (&'static str, usize, &'static [&'static str]);

const ENGLISH: &[&str] =
    &[include_str!("languages/en.txt"), include_str!("languages/en-events.txt"), include_str!("languages/en-more.txt")];

const LANGUAGES: [Tongue; 7] = [
    ("en", 50, ENGLISH),
    ("de", 10, &[include_str!("languages/de.txt")]),
    ("es", 10, &[include_str!("languages/es.txt")]),
    ("fr", 8, &[include_str!("languages/fr.txt")]),
    ("ru", 8, &[include_str!("languages/ru.txt")]),
    ("it", 7, &[include_str!("languages/it.txt")]),
    ("hi", 7, &[include_str!("languages/hi.txt")]),
];

/// Languages written without spaces between words. English has no share: it tells what one of them has no words for.
const UNSPACED: [Tongue; 4] = [
    ("en", 0, ENGLISH),
    ("zh", 40, &[include_str!("languages/zh.txt")]),
    ("ja", 30, &[include_str!("languages/ja.txt")]),
    ("th", 30, &[include_str!("languages/th.txt")]),
];

/// A language with the rules that pages are made of.
pub(crate) struct Language {
    pub(crate) code: &'static str,
    pub(crate) share: usize,
    /// What stands between two sentences.
    pub(crate) gap: &'static str,
    /// Whether it is written without spaces between words.
    pub(crate) unspaced: bool,
    pub(crate) grammar: Grammar,
    /// The id and the name of each.
    pub(crate) agencies: Vec<(String, String)>,
    pub(crate) quotes: Vec<usize>,
    pub(crate) details: Vec<usize>,
    pub(crate) backgrounds: Vec<usize>,
    pub(crate) locals: Vec<usize>,
    pub(crate) own: Vec<usize>,
    pub(crate) about: Vec<usize>,
    pub(crate) rules: Rules,
}

pub(crate) struct Rules {
    pub(crate) dateline: usize,
    pub(crate) credit: usize,
    pub(crate) nocredit: usize,
    pub(crate) byline: usize,
    pub(crate) menu: usize,
    pub(crate) mostviewed: usize,
    pub(crate) related: usize,
    pub(crate) caption: usize,
    pub(crate) cookie: usize,
    pub(crate) outlet: usize,
    pub(crate) explainer: usize,
    pub(crate) brief: usize,
}

impl Language {
    fn read((code, share, texts): &Tongue) -> Result<Self, String> {
        let grammar = Grammar::parse(texts).map_err(|what| format!("{code}: {what}"))?;
        let pool = |name: &str| {
            let facts = grammar.event(name).map(|event| event.facts.clone()).unwrap_or_default();
            if facts.is_empty() { Err(format!("{code}: no @{name}")) } else { Ok(facts) }
        };
        let rule = |name: &str| grammar.rule(name).map_err(|what| format!("{code}: {what}"));
        let agencies = grammar.words(rule("agencies")?);
        let agencies = agencies.iter().filter_map(|agency| agency.split_once('='));
        Ok(Language {
            code,
            share: *share,
            unspaced: matches!(*code, "zh" | "ja" | "th"),
            gap: if matches!(*code, "zh" | "ja") { "" } else { " " },
            agencies: agencies.map(|(id, name)| (id.to_owned(), name.to_owned())).collect(),
            quotes: pool("quote")?,
            details: pool("detail")?,
            backgrounds: pool("background")?,
            locals: pool("local")?,
            own: pool("own")?,
            about: pool("about")?,
            rules: Rules {
                dateline: rule("dateline")?,
                credit: rule("credit")?,
                nocredit: rule("nocredit")?,
                byline: rule("byline")?,
                menu: rule("menu")?,
                mostviewed: rule("mostviewed")?,
                related: rule("related")?,
                caption: rule("caption")?,
                cookie: rule("cookie")?,
                outlet: rule("outlet")?,
                explainer: rule("explainer")?,
                brief: rule("brief")?,
            },
            grammar,
        })
    }

    pub(crate) fn event(&self, number: usize) -> &Event {
        self.grammar.event(&self.grammar.news[number]).unwrap_or_else(|| unreachable!("news are events"))
    }
}

/// One article with its labels.
#[derive(Serialize)]
pub(crate) struct Made {
    pub(crate) id: String,
    pub(crate) outlet: String,
    pub(crate) published: i64,
    pub(crate) headline: String,
    pub(crate) text: String,
    #[serde(skip)]
    pub(crate) truth: Truth,
}

/// The labels of an article.
#[derive(Clone)]
pub(crate) struct Truth {
    pub(crate) story: String,
    pub(crate) version: usize,
    pub(crate) kind: &'static str,
    pub(crate) agency: String,
    /// The kind of edit, or of negative.
    pub(crate) edit: &'static str,
    /// Words of the dispatch that the article kept.
    pub(crate) kept: usize,
}

pub(crate) struct Newsroom {
    pub(crate) seed: u64,
    pub(crate) n_articles: usize,
    pub(crate) languages: Vec<Language>,
    pub(crate) by_language: Vec<Families>,
    plan: Plan,
}

/// The dispatches of one language: those with copies, and those that stand alone.
#[derive(Default)]
pub(crate) struct Families {
    pub(crate) stories: Vec<u64>,
    pub(crate) singles: Vec<u64>,
}

/// Articles that are made at once.
const BATCH: usize = 4096;
/// Midnight before the first of 2026.
const EPOCH: i64 = 1_767_225_600;

impl Newsroom {
    /// In seven languages that put spaces between words.
    pub(crate) fn new(n_articles: usize, seed: u64) -> Result<Self, String> {
        Self::of(&LANGUAGES, n_articles, seed)
    }

    /// In three that do not.
    pub(crate) fn unspaced(n_articles: usize, seed: u64) -> Result<Self, String> {
        Self::of(&UNSPACED, n_articles, seed)
    }

    fn of(languages: &[Tongue], n_articles: usize, seed: u64) -> Result<Self, String> {
        let languages = languages.iter().map(Language::read).collect::<Result<Vec<_>, _>>()?;
        let plan = plan(n_articles, seed);
        let mut newsroom = Newsroom { seed, n_articles, languages, by_language: Vec::new(), plan };
        newsroom.by_language.resize_with(newsroom.languages.len(), Families::default);
        for family in 0..newsroom.plan.n_families {
            let language = newsroom.language_of(family);
            let families = &mut newsroom.by_language[language];
            let is_story = family < newsroom.plan.n_stories;
            if is_story { &mut families.stories } else { &mut families.singles }.push(family);
        }
        for (language, families) in newsroom.by_language.iter_mut().enumerate() {
            // A small newsroom may have none in some language: then a page gathers what the corpus does not have.
            for pool in [&mut families.stories, &mut families.singles] {
                if pool.is_empty() {
                    pool.push(newsroom.plan.n_families + language as u64);
                }
            }
        }
        Ok(newsroom)
    }

    pub(crate) fn language_of(&self, family: u64) -> usize {
        let mut left = Chance::new(mix(self.seed ^ 0x1a46, family)).below(100);
        for (number, language) in self.languages.iter().enumerate() {
            if left < language.share {
                return number;
            }
            left -= language.share;
        }
        0
    }

    /// A dispatch that says nothing yet.
    pub(crate) fn ordered_nothing(&self, language: usize, seed: u64) -> Dispatch {
        Dispatch {
            language,
            event: 0,
            about: seed,
            place: mix(seed, 2),
            revision: 0,
            day: (seed % 60) as i64,
            agency: (seed % self.languages[language].agencies.len() as u64) as usize,
            headline: seed,
            paragraphs: Vec::new(),
        }
    }

    fn article(&self, number: usize, role: Role) -> Made {
        let mut made = match role {
            Role::Copy { family, member } => self.copy(family, member),
            Role::Single { family } => self.single(family),
            Role::Not { kind, series, family, member } => {
                let mut made = self.negative(kind, series, family, member);
                made.truth.story = format!("n{number}");
                made
            }
        };
        made.id = format!("a{number:07}");
        made
    }

    fn copy(&self, family: u64, member: usize) -> Made {
        let base = self.dispatch(family);
        let seed_of = |member: usize| mix(mix(self.seed ^ 0xc0b7, family), member as u64);
        let mut chance = Chance::new(seed_of(member));
        let (edit, label) = if member == 0 { EDITS[0] } else { *chance.pick(&EDITS) };
        let revision = if edit == Edit::Update { chance.between(1, 2) } else { 0 };
        let from = if edit == Edit::Again { seed_of(0) } else { seed_of(member) };
        let outlet = self.any_outlet(base.language, edit == Edit::Chrome, &mut Chance::new(mix(from, 3)));
        let version = self.updated(&base, revision);
        let edited = self.edited(&version, edit, &outlet.name, &mut chance);
        let credits = match edit {
            Edit::Credits => Credits::Replaced,
            _ if chance.percent(15) => Credits::Nobody,
            _ => Credits::Agency,
        };
        let finish = Finish { credits, one_line: edit == Edit::OneLine, escaped: edit == Edit::Escaped };
        let headline = self.headline(&edited.dispatch);
        Made {
            id: String::new(),
            published: EPOCH + base.day * 86_400 + chance.below(86_400) as i64,
            text: self.page(&outlet, &edited.dispatch, &headline, &edited.paragraphs, &finish, &mut chance),
            headline: if chance.percent(20) { format!("{headline} | {}", outlet.name) } else { headline },
            outlet: outlet.domain,
            truth: Truth {
                story: format!("f{family}"),
                version: revision + 1,
                kind: if edit == Edit::Expanded { "expanded" } else { "copy" },
                agency: self.agency_id(&base),
                edit: label,
                kept: edited.kept,
            },
        }
    }

    fn single(&self, family: u64) -> Made {
        let dispatch = self.dispatch(family);
        let mut chance = Chance::new(mix(self.seed ^ 0x5146, family));
        let outlet = self.any_outlet(dispatch.language, false, &mut chance);
        let mut made = self.finished(&outlet, &dispatch, self.told(&dispatch, dispatch::agency_style()), &mut chance);
        (made.truth.story, made.truth.edit) = (format!("f{family}"), "single");
        made.truth.agency = self.agency_id(&dispatch);
        made
    }

    /// A plain page of its own story.
    pub(crate) fn finished(
        &self,
        outlet: &page::Outlet,
        dispatch: &Dispatch,
        paragraphs: Vec<dispatch::Paragraph>,
        chance: &mut Chance,
    ) -> Made {
        let headline = self.headline(dispatch);
        let credits = if chance.percent(60) { Credits::Agency } else { Credits::Nobody };
        Made {
            id: String::new(),
            outlet: outlet.domain.clone(),
            published: EPOCH + dispatch.day * 86_400 + chance.below(86_400) as i64,
            text: self.page(outlet, dispatch, &headline, &paragraphs, &Finish::plain(credits), chance),
            headline,
            truth: Truth {
                story: String::new(),
                version: 1,
                kind: "original",
                agency: "none".to_owned(),
                edit: "",
                kept: edit::wire_words(&paragraphs),
            },
        }
    }

    fn agency_id(&self, dispatch: &Dispatch) -> String {
        self.languages[dispatch.language].agencies[dispatch.agency].0.clone()
    }

    /// Writes the articles as JSON lines and their labels as a table; the labels, in the same order.
    pub(crate) fn write(&self, articles: &mut impl Write, table: &mut impl Write) -> io::Result<Vec<Truth>> {
        writeln!(table, "id\tstory\tversion\tkind\tagency\tedit\tkept")?;
        let mut truths = Vec::with_capacity(self.n_articles);
        // A batch is made on all cores and written in order.
        for (batch, roles) in self.plan.roles.chunks(BATCH).enumerate() {
            let made: Vec<(String, Made)> = roles
                .par_iter()
                .enumerate()
                .map(|(at, role)| {
                    let made = self.article(batch * BATCH + at, *role);
                    Ok((serde_json::to_string(&made)?, made))
                })
                .collect::<io::Result<_>>()?;
            for (json, made) in made {
                articles.write_all(json.as_bytes())?;
                articles.write_all(b"\n")?;
                let Truth { story, version, kind, agency, edit, kept } = &made.truth;
                writeln!(table, "{}\t{story}\tv{version}\t{kind}\t{agency}\t{edit}\t{kept}", made.id)?;
                truths.push(made.truth);
            }
        }
        Ok(truths)
    }
}

/// An article of about so many words that is made from nothing but a seed.
pub(crate) fn order(seed: u64, language: usize, words: (usize, usize)) -> Order {
    Order { seed, language, words }
}
