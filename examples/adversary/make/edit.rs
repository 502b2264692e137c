//! What outlets do to a dispatch.

use super::chance::{Chance, mix};
use super::dispatch::{Dispatch, Fact, Paragraph, Purpose, agency_style, fact, words};
use super::grammar::Style;
use super::noise;
use super::{Language, Newsroom};

/// A kind of edit, by which copies are labelled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edit {
    Whole,
    Cut70,
    Cut50,
    Cut30,
    Sentences,
    Headline,
    LocalEnd,
    LocalMiddle,
    Expanded,
    Style,
    OcrLight,
    OcrHeavy,
    Reordered,
    Lead,
    Paraphrase,
    Credits,
    Update,
    Chrome,
    Again,
    OneLine,
    Escaped,
    Merged,
    Several,
}

/// All of them, with their labels.
pub(crate) const EDITS: [(Edit, &str); 23] = [
    (Edit::Whole, "whole"),
    (Edit::Cut70, "cut-70"),
    (Edit::Cut50, "cut-50"),
    (Edit::Cut30, "cut-30"),
    (Edit::Sentences, "sentences-cut"),
    (Edit::Headline, "headline"),
    (Edit::LocalEnd, "local-end"),
    (Edit::LocalMiddle, "local-middle"),
    (Edit::Expanded, "expanded"),
    (Edit::Style, "house-style"),
    (Edit::OcrLight, "ocr-light"),
    (Edit::OcrHeavy, "ocr-heavy"),
    (Edit::Reordered, "reordered"),
    (Edit::Lead, "lead-rewritten"),
    (Edit::Paraphrase, "paraphrased"),
    (Edit::Credits, "credits-replaced"),
    (Edit::Update, "updated"),
    (Edit::Chrome, "chrome-heavy"),
    (Edit::Again, "twice-at-outlet"),
    (Edit::OneLine, "one-line"),
    (Edit::Escaped, "escaped"),
    (Edit::Merged, "merged"),
    (Edit::Several, "several"),
];

/// A copy before it becomes a page.
pub(crate) struct Edited {
    pub(crate) dispatch: Dispatch,
    pub(crate) paragraphs: Vec<Paragraph>,
    /// Words of the dispatch that are left.
    pub(crate) kept: usize,
}

impl Newsroom {
    /// The `revision`-th update of a dispatch: a new lead, a third of the paragraphs replaced, numbers grown.
    pub(crate) fn updated(&self, dispatch: &Dispatch, revision: usize) -> Dispatch {
        let mut update = dispatch.clone();
        let language = &self.languages[dispatch.language];
        for revision in 1..=revision {
            let mut chance = Chance::new(mix(dispatch.about, 0x0dd5 + revision as u64));
            (update.revision, update.headline) = (revision, chance.next());
            for paragraph in &mut update.paragraphs {
                if paragraph[0].purpose == Purpose::Lead {
                    reworded(&mut paragraph[0], language, &mut chance);
                } else if paragraph[0].purpose != Purpose::Background && chance.percent(33) {
                    *paragraph = vec![self.filler(dispatch.language, &mut chance)];
                }
            }
            let at = chance.between(1, update.paragraphs.len().min(4));
            update.paragraphs.insert(at, vec![self.filler(dispatch.language, &mut chance)]);
        }
        update
    }

    /// Makes a copy of a dispatch with one kind of edit.
    pub(crate) fn edited(&self, dispatch: &Dispatch, edit: Edit, outlet: &str, chance: &mut Chance) -> Edited {
        let language = &self.languages[dispatch.language];
        let mut dispatch = dispatch.clone();
        let mut style = agency_style();
        match edit {
            Edit::Headline | Edit::Lead | Edit::Several => dispatch.headline = chance.next(),
            _ => {}
        }
        match edit {
            Edit::Style => style = house_style(chance),
            Edit::Several if chance.percent(60) => style = house_style(chance),
            Edit::Reordered => reordered(&mut dispatch, chance),
            Edit::Lead => reworded(&mut dispatch.paragraphs[0][0], language, chance),
            Edit::Paraphrase => paraphrased(&mut dispatch, language, chance),
            _ => {}
        }
        let mut paragraphs = self.told(&dispatch, style);
        match edit {
            Edit::Cut70 => cut(&mut paragraphs, 70),
            Edit::Cut50 => cut(&mut paragraphs, 50),
            Edit::Cut30 => cut(&mut paragraphs, 30),
            Edit::Several => cut(&mut paragraphs, chance.between(50, 90)),
            _ => {}
        }
        match edit {
            Edit::Sentences => sentences_cut(&mut paragraphs, chance),
            Edit::Several if chance.percent(50) => sentences_cut(&mut paragraphs, chance),
            _ => {}
        }
        let kept = paragraphs.iter().map(Paragraph::words).sum();
        match edit {
            Edit::OcrLight => scanned(&mut paragraphs, language.gap, chance.between(10, 20), chance),
            Edit::OcrHeavy => scanned(&mut paragraphs, language.gap, chance.between(30, 40), chance),
            Edit::Merged => {
                let other = self.other_story(dispatch.language, dispatch.about, chance);
                let mut below = self.told(&other, style);
                limit(&mut below, kept * 6 / 10);
                paragraphs.extend(below);
            }
            Edit::LocalEnd | Edit::LocalMiddle | Edit::Several => {
                let n = chance.between(1, 2);
                let at = if edit == Edit::LocalMiddle { 1 + paragraphs.len() / 2 } else { paragraphs.len() };
                let local = self.own_text(&dispatch, &language.locals, n, outlet, chance);
                let at = at.min(paragraphs.len());
                paragraphs.splice(at..at, local);
            }
            Edit::Expanded => {
                // So many words of each hundred are to be the outlet's own.
                let share = chance.between(30, 60);
                while paragraphs.iter().filter(|p| !p.wire).map(Paragraph::words).sum::<usize>() * (100 - share)
                    < kept * share
                {
                    let rules = if chance.percent(60) { &language.own } else { &language.locals };
                    let own = self.own_text(&dispatch, rules, 1, outlet, chance);
                    let at = chance.between(1, paragraphs.len());
                    paragraphs.splice(at..at, own);
                }
            }
            _ => {}
        }
        Edited { dispatch, paragraphs, kept }
    }

    /// Paragraphs that an outlet wrote itself.
    pub(crate) fn own_text(
        &self,
        dispatch: &Dispatch,
        rules: &[usize],
        n: usize,
        outlet: &str,
        chance: &mut Chance,
    ) -> Vec<Paragraph> {
        let language = &self.languages[dispatch.language];
        let facts = self.seeds(dispatch, agency_style(), outlet);
        (0..n)
            .map(|_| {
                let fact = fact(language, Purpose::Detail, *chance.pick(rules), chance);
                Paragraph::own(language.grammar.sentence(fact.rule, fact.which, fact.content, fact.wording, &facts))
            })
            .collect()
    }

    /// Another dispatch of the same language: one that others printed too in one of three times, as most that a page
    /// gathers nobody else has.
    pub(crate) fn other_story(&self, language: usize, than: u64, chance: &mut Chance) -> Dispatch {
        let pools = &self.by_language[language];
        loop {
            let pool = if chance.percent(35) { &pools.stories } else { &pools.singles };
            // Each language has a dispatch in each of its pools.
            let other = self.dispatch(*chance.pick(pool));
            if other.about != than || pool.len() == 1 {
                return other;
            }
        }
    }
}

/// Another house's style: spelling, numbers, days.
pub(crate) fn house_style(chance: &mut Chance) -> Style {
    Style { other_spelling: true, words_below: *chance.pick(&[0, 20]), day: chance.between(1, 2) }
}

/// Says a fact in other words.
fn reworded(fact: &mut Fact, language: &Language, chance: &mut Chance) {
    fact.which = (fact.which + 1) % language.grammar.n_alternatives(fact.rule);
    fact.wording = chance.next();
}

/// Other words for a quarter to a half of the sentences; a few are turned around. What was said stays as it was said.
fn paraphrased(dispatch: &mut Dispatch, language: &Language, chance: &mut Chance) {
    let share = chance.between(25, 50);
    for fact in dispatch.paragraphs.iter_mut().flatten() {
        let quoted = fact.purpose == Purpose::Quote;
        if !quoted && chance.percent(share) {
            if fact.purpose != Purpose::Background && chance.percent(20) {
                reworded(fact, language, chance);
            } else {
                fact.wording = chance.next();
            }
        }
    }
}

/// Some paragraphs change places; the lead stays the lead.
fn reordered(dispatch: &mut Dispatch, chance: &mut Chance) {
    let n = dispatch.paragraphs.len();
    if chance.percent(40) {
        chance.shuffle(&mut dispatch.paragraphs[1..]);
    } else {
        for _ in 0..n.div_ceil(4) {
            let paragraph = dispatch.paragraphs.remove(chance.between(1, n - 1));
            dispatch.paragraphs.insert(chance.between(1, n - 1), paragraph);
        }
    }
}

/// Cuts from the bottom until this share of the words is left, and at least a paragraph.
fn cut(paragraphs: &mut Vec<Paragraph>, percent: usize) {
    let all: usize = paragraphs.iter().map(Paragraph::words).sum();
    limit(paragraphs, all * percent / 100);
}

/// Keeps the first paragraphs, up to so many words.
pub(crate) fn limit(paragraphs: &mut Vec<Paragraph>, n_words: usize) {
    let mut sum = 0;
    let n = paragraphs.iter().take_while(|paragraph| {
        sum += paragraph.words();
        sum <= n_words
    });
    let n = n.count().max(1);
    paragraphs.truncate(n);
}

/// Drops a fifth to two fifths of the sentences, wherever they stand, and the ends of others.
fn sentences_cut(paragraphs: &mut Vec<Paragraph>, chance: &mut Chance) {
    let share = chance.between(20, 40);
    for paragraph in paragraphs.iter_mut().skip(1) {
        paragraph.sentences.retain(|_| !chance.percent(share));
        for sentence in &mut paragraph.sentences {
            // A clause at the end is what a copy editor takes first.
            let (comma, stop) = if sentence.contains('，') { ("，", "。") } else { (", ", ".") };
            let clause = sentence.rfind(comma).filter(|&at| at > sentence.len() / 2 && !sentence.contains(['"', '”']));
            if let Some(at) = clause.filter(|_| chance.percent(25)) {
                sentence.replace_range(at.., stop);
            }
        }
    }
    paragraphs.retain(|paragraph| !paragraph.sentences.is_empty());
}

/// Reads the paragraphs as a scanner would, with this many wrong letters in a thousand, half of the time line by line.
fn scanned(paragraphs: &mut [Paragraph], gap: &str, per_mille: usize, chance: &mut Chance) {
    let lines = chance.percent(50);
    for paragraph in paragraphs {
        let text = noise::misread(&paragraph.sentences.join(gap), per_mille, chance);
        paragraph.sentences = vec![if lines { noise::broken_lines(&text, 68) } else { text }];
    }
}

/// How many words of a text are an agency's.
pub(crate) fn wire_words(paragraphs: &[Paragraph]) -> usize {
    paragraphs.iter().filter(|p| p.wire).flat_map(|p| &p.sentences).map(|sentence| words(sentence)).sum()
}
