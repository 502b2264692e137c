//! A dispatch before it is text: which facts it tells, in which order and words. Edits that know what a sentence is act here.

use super::chance::{Chance, mix};
use super::grammar::{Facts, Style};
use super::{Language, Newsroom};

/// What a fact is told for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Lead,
    Event,
    Quote,
    Detail,
    /// About the place: the same words in every dispatch from there.
    Background,
}

#[derive(Clone, Copy)]
pub(crate) struct Fact {
    pub(crate) purpose: Purpose,
    pub(crate) rule: usize,
    pub(crate) which: usize,
    pub(crate) content: u64,
    pub(crate) wording: u64,
}

#[derive(Clone)]
pub(crate) struct Dispatch {
    pub(crate) language: usize,
    pub(crate) event: usize,
    /// Seeds of what the facts are about.
    pub(crate) about: u64,
    pub(crate) place: u64,
    pub(crate) revision: usize,
    pub(crate) day: i64,
    /// An index into the language's agencies.
    pub(crate) agency: usize,
    pub(crate) headline: u64,
    pub(crate) paragraphs: Vec<Vec<Fact>>,
}

/// A paragraph of a page, and whether an agency wrote it.
#[derive(Clone)]
pub(crate) struct Paragraph {
    pub(crate) sentences: Vec<String>,
    pub(crate) wire: bool,
}

impl Paragraph {
    pub(crate) fn own(text: String) -> Self {
        Paragraph { sentences: vec![text], wire: false }
    }

    pub(crate) fn words(&self) -> usize {
        self.sentences.iter().map(|sentence| words(sentence)).sum()
    }
}

/// Words by spaces, and where there are none by what a word has in the mean: two characters of Chinese and Japanese, four of
/// Thai.
pub(crate) fn words(text: &str) -> usize {
    let count = |range: std::ops::RangeInclusive<char>| text.chars().filter(|c| range.contains(c)).count();
    let unspaced =
        |word: &&str| word.contains(|c| ('\u{e00}'..='\u{e4f}').contains(&c) || ('\u{3041}'..='\u{9fff}').contains(&c));
    if text.is_ascii() || !text.split_whitespace().any(|word| unspaced(&word)) {
        return text.split_whitespace().count();
    }
    let spaced = text.split_whitespace().filter(|word| !unspaced(word)).count();
    spaced + count('\u{3041}'..='\u{9fff}') / 2 + count('\u{e00}'..='\u{e4f}') / 4
}

/// Words of a fact, in the mean: what lengths are planned with.
const WORDS_A_FACT: usize = 22;
/// The same where sentences are written without spaces.
const UNSPACED_WORDS_A_FACT: usize = 15;
/// Places of a language, some in the news every day, most once.
const PLACES: usize = 6_000;
const AGENCY_WORDS_BELOW: usize = 10;

impl Language {
    fn words_a_fact(&self) -> usize {
        if self.unspaced { UNSPACED_WORDS_A_FACT } else { WORDS_A_FACT }
    }
}

/// How a dispatch is made: all of it from the seed but what is given.
pub(crate) struct Order {
    pub(crate) seed: u64,
    pub(crate) language: usize,
    pub(crate) words: (usize, usize),
}

impl Newsroom {
    /// The dispatch of a story or of a single article.
    pub(crate) fn dispatch(&self, family: u64) -> Dispatch {
        let seed = mix(self.seed, family);
        self.ordered(&Order { seed, language: self.language_of(family), words: (180, 640) })
    }

    pub(crate) fn ordered(&self, order: &Order) -> Dispatch {
        let language = &self.languages[order.language];
        let mut chance = Chance::new(order.seed);
        let mut dispatch = Dispatch {
            language: order.language,
            event: chance.below(language.grammar.news.len()),
            about: chance.next(),
            place: mix(order.language as u64, chance.rank(PLACES) as u64),
            revision: 0,
            day: 0,
            agency: chance.below(language.agencies.len()),
            headline: chance.next(),
            paragraphs: Vec::new(),
        };
        dispatch.day = chance.below(60) as i64;
        let n_facts = (chance.between(order.words.0, order.words.1) / language.words_a_fact()).max(2);
        dispatch.paragraphs = into_paragraphs(self.facts(&dispatch, n_facts, &mut chance), &mut chance);
        dispatch
    }

    /// The lead, facts of the event with quotations and details between them, and what is to say of the place.
    fn facts(&self, dispatch: &Dispatch, n_facts: usize, chance: &mut Chance) -> Vec<Fact> {
        let language = &self.languages[dispatch.language];
        let event = language.event(dispatch.event);
        let mut facts = Vec::new();
        facts.extend(event.lead.map(|rule| fact(language, Purpose::Lead, rule, chance)));
        // A fifth at most: what two dispatches share of a town's history is not to be most of either.
        let n_background = chance.between(1, 3).min(n_facts / 6);
        let inner = n_facts.saturating_sub(1 + n_background);
        let n_event = event.facts.len().min(inner * chance.between(35, 60) / 100 + 1).min(inner);
        let mut rules = event.facts.clone();
        while rules.len() > n_event {
            rules.remove(chance.below(rules.len()));
        }
        facts.extend(rules.into_iter().map(|rule| fact(language, Purpose::Event, rule, chance)));
        for _ in n_event..inner {
            let at = chance.between(1, facts.len());
            facts.insert(at, self.filler(dispatch.language, chance));
        }
        facts.extend(self.backgrounds(dispatch, n_background, chance));
        facts
    }

    /// A quotation or a detail, which fit anywhere.
    pub(crate) fn filler(&self, language: usize, chance: &mut Chance) -> Fact {
        let language = &self.languages[language];
        let (purpose, rules) =
            if chance.percent(55) { (Purpose::Quote, &language.quotes) } else { (Purpose::Detail, &language.details) };
        let rule = *chance.pick(rules);
        fact(language, purpose, rule, chance)
    }

    pub(crate) fn backgrounds(&self, dispatch: &Dispatch, n: usize, chance: &mut Chance) -> Vec<Fact> {
        let language = &self.languages[dispatch.language];
        let mut rules = language.backgrounds.clone();
        chance.shuffle(&mut rules);
        rules.truncate(n);
        rules
            .into_iter()
            .map(|rule| fact(language, Purpose::Background, rule, &mut Chance::new(mix(dispatch.place, rule as u64))))
            .collect()
    }

    /// The same event, told by another reporter: other words for each fact, another order, other voices. Of the
    /// quotations one or two are the same, for all were there.
    pub(crate) fn retold(&self, base: &Dispatch, chance: &mut Chance) -> Dispatch {
        let language = &self.languages[base.language];
        let mut told = base.clone();
        told.agency = (base.agency + 1) % language.agencies.len();
        told.headline = chance.next();
        let n_facts = chance.between(9, 22);
        let mut facts = self.facts(&told, n_facts, chance);
        let before: Vec<Fact> = base.paragraphs.concat();
        for fact in &mut facts {
            if let Some(same) = before.iter().find(|other| other.rule == fact.rule) {
                // The same line in the same words would be the same reporter's.
                fact.which = (same.which + 1) % language.grammar.n_alternatives(fact.rule);
                if fact.purpose == Purpose::Event {
                    fact.content = same.content;
                }
            }
        }
        facts.retain(|fact| fact.purpose != Purpose::Background || language.grammar.n_alternatives(fact.rule) > 1);
        let quotes = before.iter().filter(|fact| fact.purpose == Purpose::Quote).take(chance.between(1, 2));
        for quote in quotes {
            let at = chance.between(1, facts.len());
            facts.insert(at, Fact { wording: chance.next(), ..*quote });
        }
        let inner = facts.len() - 1;
        chance.shuffle(&mut facts[1..inner]);
        told.paragraphs = into_paragraphs(facts, chance);
        told
    }

    /// What the same people and companies did the next day: the `nth` other event, the same background.
    pub(crate) fn followed(&self, base: &Dispatch, nth: usize, chance: &mut Chance) -> Dispatch {
        let language = &self.languages[base.language];
        let mut next = base.clone();
        next.event = (base.event + 1 + nth % (language.grammar.news.len() - 1)) % language.grammar.news.len();
        (next.day, next.headline) = (base.day + 1, chance.next());
        let n_facts = chance.between(9, 20);
        let mut facts = self.facts(&next, n_facts, chance);
        facts.retain(|fact| fact.purpose != Purpose::Background);
        let kept = base.paragraphs.iter().flatten().filter(|fact| fact.purpose == Purpose::Background);
        let mut background: Vec<Fact> = kept.copied().collect();
        let others = self.backgrounds(base, language.backgrounds.len(), chance);
        for other in others {
            if background.len() < 3 && background.iter().all(|fact| fact.rule != other.rule) {
                background.push(other);
            }
        }
        facts.extend(background);
        next.paragraphs = into_paragraphs(facts, chance);
        next
    }

    /// The dispatch as an agency would write it.
    pub(crate) fn told(&self, dispatch: &Dispatch, style: Style) -> Vec<Paragraph> {
        let facts = self.seeds(dispatch, style, "");
        let language = &self.languages[dispatch.language];
        let sentence =
            |fact: &Fact| language.grammar.sentence(fact.rule, fact.which, fact.content, fact.wording, &facts);
        dispatch
            .paragraphs
            .iter()
            .map(|paragraph| Paragraph { sentences: paragraph.iter().map(sentence).collect(), wire: true })
            .collect()
    }

    pub(crate) fn seeds<'a>(&'a self, dispatch: &Dispatch, style: Style, outlet: &'a str) -> Facts<'a> {
        let language = &self.languages[dispatch.language];
        Facts {
            dispatch: dispatch.about,
            place: dispatch.place,
            revision: dispatch.revision,
            day: dispatch.day,
            agency: &language.agencies[dispatch.agency].1,
            outlet,
            style,
        }
    }

    pub(crate) fn headline(&self, dispatch: &Dispatch) -> String {
        let language = &self.languages[dispatch.language];
        let facts = self.seeds(dispatch, Style::default(), "");
        let rule = language.event(dispatch.event).head.unwrap_or_default();
        language.grammar.any(rule, dispatch.headline, &facts)
    }
}

/// How agencies write.
pub(crate) fn agency_style() -> Style {
    Style { words_below: AGENCY_WORDS_BELOW, ..Style::default() }
}

pub(crate) fn fact(language: &Language, purpose: Purpose, rule: usize, chance: &mut Chance) -> Fact {
    let which = chance.below(language.grammar.n_alternatives(rule));
    Fact { purpose, rule, which, content: chance.next(), wording: chance.next() }
}

/// One fact a paragraph, or two, as agencies write.
fn into_paragraphs(facts: Vec<Fact>, chance: &mut Chance) -> Vec<Vec<Fact>> {
    let mut paragraphs: Vec<Vec<Fact>> = Vec::new();
    for fact in facts {
        let alone = matches!(fact.purpose, Purpose::Lead | Purpose::Background);
        match paragraphs.last_mut() {
            Some(last) if !alone && last.len() == 1 && last[0].purpose != Purpose::Lead && chance.percent(45) => {
                last.push(fact);
            }
            _ => paragraphs.push(vec![fact]),
        }
    }
    paragraphs
}
