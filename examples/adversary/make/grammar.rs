//! A grammar of news in one language, read from a text file, and the sentences that it makes.
//!
//! ```text
//! =name one|two         a rule: each alternative between bars
//! @event                what follows belongs to this event or pool of sentences
//! h ... | ...           alternatives of its headline
//! l ...                 an alternative of its lead
//! + ...                 a new fact, in one wording
//! - ...                 the same fact in other words
//! [a|b]                 a choice of words: what a paraphrase chooses again
//! <a/b>                 spellings: the second where the house style differs
//! {rule} {rule:1} {rule:A}  any, the one of this dispatch, the one of this place; {^rule} in capitals, {+rule} with one
//! {#2-90} {~1950-1999}  a number in the style of the house; one as it stands
//! {day} {day:a} {day:b} the day of the event, the one after, the one before; {weekday} {month} {dom} parts of it
//! ```

use std::collections::BTreeMap;

use super::chance::{Chance, mix};
use super::notation::{Sources, parse};

pub(super) type Alternative = Vec<Piece>;

pub(super) enum Piece {
    Text(String),
    QuotationMark,
    Choice(Vec<Alternative>),
    Spelling(String, String),
    Slot { rule: usize, key: Key, letters: Letters },
    Number { low: usize, high: usize, key: Key, plain: bool },
    Day(i64),
    Weekday,
    Month,
    DayOfMonth,
    Agency(Letters),
    Outlet,
}

/// What a slot's content is the same in.
#[derive(Clone, Copy)]
pub(super) enum Key {
    Sentence,
    Dispatch(u64),
    Place(u64),
}

#[derive(Clone, Copy)]
pub(super) enum Letters {
    AsTheyAre,
    Capitals,
    OneCapital,
}

/// A kind of event, or a pool of sentences: each fact is a rule whose alternatives are its wordings.
#[derive(Default)]
pub(crate) struct Event {
    pub(crate) head: Option<usize>,
    pub(crate) lead: Option<usize>,
    pub(crate) facts: Vec<usize>,
}

pub(crate) struct Grammar {
    rules: Vec<Vec<Alternative>>,
    names: BTreeMap<String, usize>,
    events: BTreeMap<String, Event>,
    /// The events that dispatches are about: those with a lead.
    pub(crate) news: Vec<String>,
    thousands: String,
    numbers: Vec<String>,
    months: Vec<String>,
    weekdays: Vec<String>,
    indefinite: bool,
}

/// How a house writes.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Style {
    /// The second of two spellings.
    pub(crate) other_spelling: bool,
    /// Numbers below this are words.
    pub(crate) words_below: usize,
    /// Which of the ways to write a day.
    pub(crate) day: usize,
}

/// What a text is about: seeds from which slots are filled.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) dispatch: u64,
    pub(crate) place: u64,
    /// Numbers grow with each update.
    pub(crate) revision: usize,
    /// Days since the first of 2026.
    pub(crate) day: i64,
    pub(crate) agency: &'a str,
    pub(crate) outlet: &'a str,
    pub(crate) style: Style,
}

impl Grammar {
    pub(crate) fn parse(texts: &[&str]) -> Result<Self, String> {
        let mut sources = Sources::default();
        for line in
            texts.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty() && !line.starts_with("# "))
        {
            sources.take(line).map_err(|what| format!("{what}: {line}"))?;
        }
        let Sources { texts, names, events, .. } = sources;
        let rules = texts.iter().map(|alternatives| alternatives.iter().map(|text| parse(text, &names)).collect());
        let mut grammar = Grammar {
            rules: rules.collect::<Result<_, _>>()?,
            news: events.iter().filter(|(_, event)| event.lead.is_some()).map(|(name, _)| name.clone()).collect(),
            thousands: String::new(),
            numbers: Vec::new(),
            months: Vec::new(),
            weekdays: Vec::new(),
            indefinite: names.contains_key("indefinite"),
            names: BTreeMap::new(),
            events,
        };
        let list =
            |name: &str| names.get(name).map(|&rule| texts[rule].clone()).ok_or_else(|| format!("no rule {name}"));
        grammar.numbers = list("numbers")?;
        grammar.months = list("months")?;
        grammar.weekdays = list("weekdays")?;
        grammar.thousands = list("thousands")?.concat();
        grammar.names = names;
        Ok(grammar)
    }

    pub(crate) fn event(&self, name: &str) -> Option<&Event> {
        self.events.get(name)
    }

    /// The rule of this name; every language has those that pages are made of.
    pub(crate) fn rule(&self, name: &str) -> Result<usize, String> {
        self.names.get(name).copied().ok_or_else(|| format!("no rule {name}"))
    }

    /// The alternatives of a rule that are plain words.
    pub(crate) fn words(&self, rule: usize) -> Vec<String> {
        let words = self.rules[rule].iter().filter_map(|alternative| match alternative.as_slice() {
            [Piece::Text(text)] => Some(text.clone()),
            _ => None,
        });
        words.collect()
    }

    pub(crate) fn n_alternatives(&self, rule: usize) -> usize {
        self.rules[rule].len()
    }

    /// Any alternative of a rule, drawn from a seed.
    pub(crate) fn any(&self, rule: usize, seed: u64, facts: &Facts<'_>) -> String {
        let wording = mix(seed, 1);
        let which = Chance::new(wording).below(self.n_alternatives(rule));
        self.sentence(rule, which, seed, wording, facts)
    }

    /// One alternative of a rule: `content` fills the slots that are its own, `wording` makes the choices.
    pub(crate) fn sentence(&self, rule: usize, which: usize, content: u64, wording: u64, facts: &Facts<'_>) -> String {
        let mut writer = Writer {
            grammar: self,
            facts,
            content,
            wording: Chance::new(wording),
            out: String::with_capacity(256),
            n_slots: 0,
        };
        writer.write(&self.rules[rule][which]);
        let mut text = writer.out;
        if self.indefinite {
            text = with_an(&text);
        }
        capitalized(&text)
    }
}

struct Writer<'a> {
    grammar: &'a Grammar,
    facts: &'a Facts<'a>,
    content: u64,
    wording: Chance,
    out: String,
    /// Slots of the sentence's own so far, by which each gets content of its own.
    n_slots: u64,
}

impl Writer<'_> {
    fn write(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.out.push_str(text),
                Piece::QuotationMark => self.out.push('"'),
                Piece::Choice(alternatives) => {
                    let which = self.wording.below(alternatives.len());
                    self.write(&alternatives[which]);
                }
                Piece::Spelling(one, other) => {
                    self.out.push_str(if self.facts.style.other_spelling { other } else { one });
                }
                Piece::Slot { rule, key, letters } => self.slot(*rule, *key, *letters),
                Piece::Number { low, high, key, plain } => self.number(*low, *high, *key, *plain),
                Piece::Day(after) => self.day(*after),
                // The first of 2026 was a Thursday.
                Piece::Weekday => {
                    self.out.push_str(&self.grammar.weekdays[(self.facts.day + 3).rem_euclid(7) as usize]);
                }
                Piece::Month => self.out.push_str(&self.grammar.months[date(self.facts.day).0]),
                Piece::DayOfMonth => self.digits(&date(self.facts.day).1.to_string()),
                Piece::Agency(letters) => self.push(self.facts.agency, *letters),
                Piece::Outlet => self.out.push_str(self.facts.outlet),
            }
        }
    }

    /// The seed of a slot of a rule: with a key it is the same wherever the key is.
    fn seed(&mut self, rule: u64, key: Key) -> u64 {
        match key {
            Key::Dispatch(key) => mix(mix(self.facts.dispatch, rule), key),
            Key::Place(key) => mix(mix(self.facts.place, rule), key),
            Key::Sentence => {
                self.n_slots += 1;
                mix(mix(self.content, rule), self.n_slots)
            }
        }
    }

    fn slot(&mut self, rule: usize, key: Key, letters: Letters) {
        let seed = self.seed(rule as u64, key);
        let alternatives = &self.grammar.rules[rule];
        let mut wording = Chance::new(seed);
        let which = wording.below(alternatives.len());
        let start = self.out.len();
        if let [Piece::Text(text)] = alternatives[which].as_slice() {
            self.out.push_str(text);
        } else {
            // What stands within a slot is drawn from the slot's own seed, so that rewording never changes it.
            let (content, n_slots) = (std::mem::replace(&mut self.content, seed), std::mem::take(&mut self.n_slots));
            let outer = std::mem::replace(&mut self.wording, wording);
            self.write(&alternatives[which]);
            (self.content, self.n_slots, self.wording) = (content, n_slots, outer);
        }
        if !matches!(letters, Letters::AsTheyAre) {
            let written = self.out.split_off(start);
            self.push(&written, letters);
        }
    }

    fn push(&mut self, text: &str, letters: Letters) {
        match letters {
            Letters::AsTheyAre => self.out.push_str(text),
            Letters::Capitals => self.out.push_str(&text.to_uppercase()),
            Letters::OneCapital => self.out.push_str(&capitalized(text)),
        }
    }

    fn number(&mut self, low: usize, high: usize, key: Key, plain: bool) {
        let seed = self.seed(high as u64 ^ (1 << 40), key);
        let mut number = low + Chance::new(seed).below(high - low + 1);
        if plain {
            self.digits(&number.to_string());
            return;
        }
        if matches!(key, Key::Dispatch(_)) {
            number += self.facts.revision * number.div_ceil(9);
        }
        match self.grammar.numbers.get(number.wrapping_sub(1)) {
            Some(word) if number < self.facts.style.words_below => self.out.push_str(word),
            _ if number < 10_000 && self.grammar.thousands != "," || number < 1000 => {
                self.digits(&number.to_string());
            }
            _ => {
                let (thousands, rest) = (number / 1000, number % 1000);
                self.digits(&format!("{thousands}{}{rest:03}", self.grammar.thousands));
            }
        }
    }

    /// Writes a number as the house does: one other style has the script's own digits, the other spaces around numbers.
    fn digits(&mut self, number: &str) {
        let own = self.grammar.names.get("digits").filter(|_| self.facts.style.other_spelling);
        match (own, self.facts.style.day) {
            (Some(&rule), 1) => {
                let digits = self.grammar.words(rule);
                let own = |c: char| c.to_digit(10).map_or(c.to_string(), |digit| digits[digit as usize].clone());
                self.out.extend(number.chars().map(own));
            }
            (Some(_), _) => self.out.push_str(&format!(" {number} ")),
            _ => self.out.push_str(number),
        }
    }

    fn day(&mut self, after: i64) {
        // A rule of every language, checked when it was read.
        let Some(&rule) = self.grammar.names.get("day") else { return };
        let facts = Facts { day: self.facts.day + after, ..*self.facts };
        let which = facts.style.day % self.grammar.n_alternatives(rule);
        self.out.push_str(&raw(self.grammar, rule, which, &facts));
    }
}

/// A sentence as it stands, without a capital.
fn raw(grammar: &Grammar, rule: usize, which: usize, facts: &Facts<'_>) -> String {
    let mut writer = Writer { grammar, facts, content: 0, wording: Chance::new(0), out: String::new(), n_slots: 0 };
    writer.write(&grammar.rules[rule][which]);
    writer.out
}

/// The month, from 0, and the day of the month of a day of 2026.
fn date(day: i64) -> (usize, i64) {
    let mut rest = day.rem_euclid(365);
    for (month, length) in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].into_iter().enumerate() {
        if rest < length {
            return (month, rest + 1);
        }
        rest -= length;
    }
    (0, 1)
}

/// The text with a capital letter where its first word starts.
fn capitalized(text: &str) -> String {
    let Some((at, first)) = text.char_indices().find(|(_, c)| c.is_alphanumeric()) else { return text.to_owned() };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..at]);
    out.extend(first.to_uppercase());
    out.push_str(&text[at + first.len_utf8()..]);
    out
}

/// "a old mill" is "an old mill".
fn with_an(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = rest.find(" a ") {
        out.push_str(&rest[..at + 2]);
        rest = &rest[at + 2..];
        if rest[1..].starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']) || rest[1..].starts_with("un") {
            out.push('n');
        }
    }
    out.push_str(rest);
    out
}
