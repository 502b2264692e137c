//! Chrome: telling an article's lines from its page's furniture, by the page alone.
//!
//! An article is a stretch of sentences; menus, link lists, teasers and comments stand before and after it, and are
//! fragments mixed with some sentences. So every line is worth what it has of running text, fragments and times of day
//! count against, and the body is the stretch that is worth most (Bentley, "Programming Pearls", 1984: the maximum
//! subarray). Within it only what gives itself away by its words is dropped. Where no line is a sentence (a results
//! list, a poem), all of them stay: what would leave no body is never stripped.

use std::cell::Cell;

use super::chars::{is_alphanumeric, n_spaced_words};
use super::known::{self, Facts};
use super::lexicon::{self, is_stamp};
use super::{Dropped, Rule};
use crate::swar::first_eight;

/// One normalized line of a page and what it looks like.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// The rule that takes the line wherever it stands, if any does.
    pub(super) rule: Option<Rule>,
    /// What its words say, as far as it was asked.
    facts: Cell<Facts>,
    /// What was known of that before.
    recalled: Option<Facts>,
}

/// How much a line looks like running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// No letters.
    Blank,
    /// No sentence: a heading, a link, a name.
    Fragment,
    /// A short sentence.
    Sentence,
    /// A sentence of some length, or several.
    Prose,
}

/// Words from which a sentence is prose: headlines and teasers that end in a full stop are shorter.
const PROSE_WORDS: usize = 12;
/// Words from which a line is prose without a full stop.
const UNSTOPPED_PROSE_WORDS: usize = 30;
/// Words up to which a line in the midst of an article may be taken for a prompt or a caption.
const SHORT_WORDS: usize = 12;
/// Words up to which a line may be a prompt: an article on subscriptions has longer sentences.
const PROMPT_WORDS: usize = 30;
/// Words up to which a line before or after an article may be taken for a caption or a claim of rights.
const LONG_WORDS: usize = 60;

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let recalled = known::recall(text);
        let facts = recalled.unwrap_or_else(|| Facts::of(text));
        let rule = (facts.shape == Shape::Blank).then_some(Rule::Blank);
        Line { text, rule, facts: Cell::new(facts), recalled }
    }

    /// Remembers what was found out about the line's words.
    pub(super) fn remember(&self) {
        let facts = self.facts.get();
        if self.recalled != Some(facts) {
            known::remember(self.text, facts);
        }
    }

    /// What its words say, as far as it was asked.
    pub(super) fn facts(&self) -> Facts {
        self.facts.get()
    }

    /// The same, for who finds out more.
    pub(super) fn facts_mut(&mut self) -> &mut Facts {
        self.facts.get_mut()
    }

    fn shape(&self) -> Shape {
        self.facts.get().shape
    }

    pub(super) fn is_prose(&self) -> bool {
        self.shape() == Shape::Prose
    }

    pub(super) fn n_words(&self) -> usize {
        self.facts.get().n_words as usize
    }

    /// What the line says for its stretch being the article, in words.
    fn worth(&self) -> i64 {
        let n_words = self.n_words() as i64;
        match self.shape() {
            Shape::Blank => 0,
            _ if self.rule.is_some() => -TAKEN_COST,
            Shape::Fragment if is_stamp(self.text) => -STAMP_COST,
            Shape::Fragment => -FRAGMENT_COST,
            // A teaser or a line of speech.
            Shape::Sentence => n_words / 2,
            Shape::Prose => n_words.min(MAX_WORTH),
        }
    }

    /// The rule by which the line's words give it away, if it is no longer than `max_words`.
    fn giveaway(&self, max_words: usize) -> Option<Rule> {
        let facts = self.facts.get();
        let n_words = facts.n_words as usize;
        if n_words > max_words {
            return None;
        }
        facts.giveaway.unwrap_or_else(|| {
            let rule = lexicon::giveaway(self.text, n_words <= PROMPT_WORDS);
            self.facts.set(Facts { giveaway: Some(rule), ..facts });
            rule
        })
    }
}

impl Facts {
    /// What is to be seen of a line before anything is asked.
    fn of(text: &str) -> Self {
        let n_words = n_words(text);
        let shape = shape(text, n_words);
        Facts { n_words: n_words as u32, shape, giveaway: None, claims_nothing: false, credits_nobody: false }
    }
}

/// Words by spaces; in scripts without spaces, a word for every two characters.
fn n_words(text: &str) -> usize {
    let spaced = n_spaced_words(text);
    if text.is_ascii() || spaced * 12 > text.len() / 3 {
        return spaced;
    }
    spaced.max(text.chars().filter(|&c| c as u32 >= 0x0e00 && is_alphanumeric(c)).count() / 2)
}

fn shape(text: &str, n_words: usize) -> Shape {
    if n_words == 0 {
        return Shape::Blank;
    }
    match (ends_sentence(text), n_words) {
        (true, PROSE_WORDS..) | (false, UNSTOPPED_PROSE_WORDS..) => Shape::Prose,
        (true, 3..) => Shape::Sentence,
        _ => Shape::Fragment,
    }
}

/// Whether a line ends as a sentence does: in a full stop, perhaps within quotation marks or brackets.
fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '\'', ')', ']', '»', '」', '』', '）']);
    let quoted = end.len() < text.len();
    end.chars().next_back().is_some_and(|c| match c {
        '.' | '!' | '?' | '।' | '॥' | '。' | '！' | '？' | '؟' | '۔' | '។' | '။' | '։' | '…' => true,
        _ => c == ',' && quoted,
    })
}

/// Marks the lines of chrome: after this every line either has a rule or belongs to the body.
///
/// `start` is the line at which a dateline says the article starts, where there is one. What is taken for where it stands
/// is told by its words too only where `says_why`: whoever drops those lines unseen need not have them read.
pub(super) fn mark(lines: &mut [Line<'_>], start: Option<usize>, says_why: bool) {
    let first = start.or_else(|| first_sentence(lines));
    let Some(first) = first else { return mark_without_sentences(lines) };
    cut_after_headings(lines, first, says_why);
    for line in &mut lines[first..] {
        line.rule = line.rule.or_else(|| line.giveaway(SHORT_WORDS));
    }
    let (from, to) = densest(&lines[first..], start.is_some());
    let (first, end) = (first + from, first + to);
    let max_words = if says_why { LONG_WORDS } else { 0 };
    mark_outside(&mut lines[..first], max_words, Rule::HeadLine);
    mark_outside(&mut lines[end..], max_words, Rule::TailLine);
    mark_midst(&mut lines[first..end]);
}

/// What a paragraph is worth at most, in words: a comment or a legal notice is no better for being long.
const MAX_WORTH: i64 = 40;
/// What a line that is no sentence costs, and one with a time of day: teasers and comments come with both.
const FRAGMENT_COST: i64 = 8;
const STAMP_COST: i64 = 30;
/// What a line costs that a rule takes anyway: articles have prompts and lists of related ones in their midst.
const TAKEN_COST: i64 = 3;

/// The stretch of lines that is worth most, as a range that starts and ends with a sentence; from the first line where
/// that is known to be the start.
fn densest(lines: &[Line<'_>], starts_here: bool) -> (usize, usize) {
    let (mut best, mut best_worth) = ((0, 1), i64::MIN);
    let (mut from, mut worth) = (0, 0);
    for (at, line) in lines.iter().enumerate() {
        if worth <= 0 && !starts_here {
            (from, worth) = (at, 0);
        }
        worth += line.worth();
        if line.shape() >= Shape::Sentence && worth > best_worth {
            (best, best_worth) = ((from, at + 1), worth);
        }
    }
    best
}

/// The first line of prose that nothing speaks against.
fn first_sentence(lines: &[Line<'_>]) -> Option<usize> {
    let plain = |line: &Line<'_>| line.rule.is_none() && line.giveaway(LONG_WORDS).is_none();
    lines.iter().position(|line| line.is_prose() && plain(line)).or_else(|| {
        // A brief of short sentences has no prose.
        lines.iter().position(|line| line.shape() == Shape::Sentence && plain(line))
    })
}

/// Without a sentence there is no telling where the article begins: only what gives itself away goes, and only if
/// something is left.
fn mark_without_sentences(lines: &mut [Line<'_>]) {
    let rules: Vec<_> = lines.iter().map(|line| line.rule.or_else(|| line.giveaway(SHORT_WORDS))).collect();
    if rules.iter().any(Option::is_none) {
        lines.iter_mut().zip(rules).for_each(|(line, rule)| line.rule = rule);
    }
}

/// Takes lines that are no part of the article: by their words, if they have no more than `max_words`, or else for where
/// they stand.
fn mark_outside(lines: &mut [Line<'_>], max_words: usize, rule: Rule) {
    for line in lines {
        line.rule = line.rule.or_else(|| line.giveaway(max_words)).or(Some(rule));
    }
}

/// After a heading such as "Most Viewed" comes no more of the article, unless prose does.
fn cut_after_headings(lines: &mut [Line<'_>], first: usize, says_why: bool) {
    let max_words = if says_why { SHORT_WORDS } else { 0 };
    let mut at = first + 1;
    while at < lines.len() {
        if lines[at].giveaway(SHORT_WORDS) == Some(Rule::SectionHeading) {
            let list = lines[at + 1..].iter().take_while(|line| !line.is_prose()).count();
            let ends_page = at + 1 + list == lines.len();
            // In the midst of an article the list is short, and a short sentence may be the article again.
            let list = if ends_page {
                list
            } else {
                lines[at + 1..].iter().take(list).take_while(|l| l.shape() <= Shape::Fragment).count()
            };
            lines[at].rule = Some(Rule::SectionHeading);
            mark_outside(&mut lines[at + 1..at + 1 + list], max_words, Rule::LinkList);
            at += list;
        }
        at += 1;
    }
}

/// Takes the lines that stand in the article already. O(bytes · log n), whatever the lines.
fn mark_midst(lines: &mut [Line<'_>]) {
    let long = |line: &Line<'_>| line.rule.is_none() && line.n_words() >= REPEATED_WORDS;
    let numbered = lines.iter().enumerate().filter(|(_, line)| long(line));
    let mut heads: Vec<(u64, usize)> = numbered.map(|(at, line)| (head(line.text), at)).collect();
    heads.sort_unstable_by(|(a, at), (b, bt)| a.cmp(b).then_with(|| (lines[*at].text, at).cmp(&(lines[*bt].text, bt))));
    for pair in heads.windows(2) {
        let (first, again) = (pair[0], pair[1]);
        if first.0 == again.0 && lines[first.1].text == lines[again.1].text {
            lines[again.1].rule = Some(Rule::Repeated);
        }
    }
}

/// What of a line mostly tells it from the others of its page: its first bytes and its length.
fn head(text: &str) -> u64 {
    first_eight(text.as_bytes()) ^ (text.len() as u64).rotate_left(40)
}

/// Words from which a line that recurs on a page is one line shown twice (a pulled quote, a caption), not a refrain.
const REPEATED_WORDS: usize = 8;

/// What was dropped, in the order of the page.
pub(super) fn dropped<'a>(lines: &'a [Line<'_>]) -> impl Iterator<Item = Dropped> + 'a {
    lines
        .iter()
        .filter(|line| !line.text.is_empty())
        .filter_map(|line| line.rule.map(|rule| Dropped { text: line.text.to_owned(), rule }))
}
