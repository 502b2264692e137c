//! Furniture: what an outlet prints on page after page, learned from the corpus itself.
//!
//! [`mod@crate::clean`] reads a page alone and keeps what looks like prose, so an invitation to subscribe stays in the body,
//! and two strangers of one site look like copies. Over a whole corpus such words give themselves away: they recur on
//! pages of one outlet that are otherwise different, and hardly anywhere else.
//!
//! Two things may be furniture ([`units`]): a whole *line* (a paragraph), wherever it stands; and *phrases*, runs of words
//! within the first and the last paragraph, for pages that came as one line or whose boilerplate shares a paragraph with
//! the article. [`learn()`] decides which of them are, [`Furniture`] takes them off.
//!
//! What else recurs within an outlet are copies: one story run four times, its updates, a follow-up with the same
//! background. Taking those for furniture would lose the very thing that is looked for, while furniture that is missed
//! leaves a page as `clean` read it. So every doubt keeps the words:
//!
//! - What other outlets print too is a dispatch's.
//! - Only pages that are otherwise different count, each group of alike ones once; and a page that is largely made of
//!   recurring words counts little. Prose needs more such pages than a short line.
//! - The more pages an outlet has, the more must have the words: a crawl that calls all its pages one outlet learns
//!   next to nothing.
//!
//! What is furniture is taken off every page, though nothing be left: of a page whose report `clean` did not find, all that
//! is left is what its outlet prints on every page, and such pages would be copies of each other.
//!
//! An outlet of few pages teaches nothing, and neither does one without a name. What is learned depends on the pages
//! alone, not on their order.

mod learn;
#[cfg(test)]
mod tests;

use std::ops::Range;

use foldhash::{HashMap, HashSet};
pub use learn::{PageUnits, Pages, learn};

use crate::clean::{Dropped, Page, Rule};
use crate::shingle::{Token, mix, polynomial, polynomials, tokenize, word_ranges};

/// Words from which a line is prose, which takes more evidence: shorter ones are labels, links and prompts.
const PROSE_WORDS: usize = 12;
/// Words at the start of the first paragraph and at the end of the last one in which phrases are looked for: the menus and
/// footers of a page that came as one line are seldom longer on the whole.
const EDGE_WORDS: usize = 100;
/// Words of a phrase's shingles: longer than those of copies, so that few recur by chance.
const PHRASE_SHINGLE: usize = 8;
/// Words from which a run of recurring shingles is a phrase: as long as a line of prose.
const PHRASE_WORDS: usize = 12;

/// What of a body may be furniture, as hashes: its lines, and the shingles at its edges. Ascending, each once.
///
/// About 3 ns a word, and eight bytes for each paragraph and each word of the edges.
pub fn units(tokens: &[Token]) -> Vec<u64> {
    let mut units = Vec::with_capacity(2 * EDGE_WORDS + USUAL_LINES);
    units.extend(paragraphs(tokens).map(line));
    for edge in edges(tokens) {
        phrases(&tokens[edge]).for_each(|phrase| units.push(phrase));
    }
    units.sort_unstable();
    units.dedup();
    units
}

/// The paragraphs of a body.
fn paragraphs(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    tokens.chunk_by(|_, next| !next.opens_paragraph())
}

/// Where phrases are looked for; in a body of one paragraph the two may overlap.
fn edges(tokens: &[Token]) -> [Range<usize>; 2] {
    let n = tokens.len();
    let first = paragraphs(tokens).next().map_or(0, <[Token]>::len);
    let last = tokens.iter().rposition(|token| token.opens_paragraph()).unwrap_or(0);
    [0..first.min(EDGE_WORDS), last.max(n.saturating_sub(EDGE_WORDS))..n]
}

/// The hash of a line; its last bit says whether the line is short.
fn line(words: &[Token]) -> u64 {
    unit(polynomial(words, LINE)) | u64::from(words.len() < PROSE_WORDS)
}

/// The hashes of the shingles of what may hold a phrase, in order.
fn phrases(words: &[Token]) -> impl Iterator<Item = u64> + '_ {
    polynomials(words, PHRASE_SHINGLE, PHRASE).map(unit)
}

/// Bits of a unit. Most of them are compared with those of one outlet, and few with those of all: of a billion units less than
/// one in a thousand is somebody else's by accident.
pub(crate) const UNIT_BITS: u32 = 40;

/// The unit of a polynomial, its last bit free.
fn unit(polynomial: u64) -> u64 {
    mix(polynomial) >> (64 - UNIT_BITS) & !1
}

/// Seeds, so that a line is no phrase.
const LINE: u64 = 1;
/// See [`LINE`].
const PHRASE: u64 = 2;
/// Paragraphs that most bodies do not exceed.
const USUAL_LINES: usize = 32;

fn is_short(unit: u64) -> bool {
    unit & 1 == 1
}

/// For each word the rule that takes it: the lines, and the phrases at the edges, that are among these units.
fn mark(tokens: &[Token], units: &HashSet<u64>) -> Vec<Option<Rule>> {
    let mut marks = Vec::with_capacity(tokens.len());
    for words in paragraphs(tokens) {
        let rule = units.contains(&line(words)).then_some(Rule::OutletFurniture);
        marks.extend(std::iter::repeat_n(rule, words.len()));
    }
    for edge in edges(tokens) {
        for run in runs(&tokens[edge.clone()], units) {
            for mark in &mut marks[edge.start + run.start..edge.start + run.end] {
                *mark = mark.or(Some(Rule::OutletPhrase));
            }
        }
    }
    marks
}

/// The runs of words all of whose shingles are among the units, where they are long enough to be a phrase.
fn runs(words: &[Token], units: &HashSet<u64>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, phrase) in phrases(words).enumerate() {
        if units.contains(&phrase) {
            let goes_on = at > 0 && runs.last().is_some_and(|run| run.end == at + PHRASE_SHINGLE - 1);
            match runs.last_mut() {
                Some(run) if goes_on => run.end += 1,
                _ => runs.push(at..at + PHRASE_SHINGLE),
            }
        }
    }
    runs.retain(|run| run.len() >= PHRASE_WORDS);
    runs
}

/// The furniture of every outlet that has some.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Furniture {
    of_outlet: HashMap<String, HashSet<u64>>,
}

impl Furniture {
    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.of_outlet.is_empty()
    }

    /// Number of outlets that something was learned of.
    pub fn n_outlets(&self) -> usize {
        self.of_outlet.len()
    }

    /// Whether a body with these units may have furniture of its outlet: a cheap question, before its words are read.
    pub fn concerns(&self, outlet: &str, units: &[u64]) -> bool {
        self.of_outlet.get(outlet).is_some_and(|known| units.iter().any(|unit| known.contains(unit)))
    }

    /// The words of a body without its outlet's furniture; `None` where nothing is taken off. O(words).
    pub fn strip(&self, outlet: &str, tokens: &[Token]) -> Option<Vec<Token>> {
        let marks = self.marks(outlet, tokens)?;
        let mut left = Vec::with_capacity(tokens.len());
        let mut opens = false;
        for (token, mark) in tokens.iter().zip(marks) {
            // A paragraph that loses its first words begins with the next.
            opens |= token.opens_paragraph();
            if mark.is_none() {
                left.push(token.opening(opens));
                opens = false;
            }
        }
        Some(left)
    }

    /// The same for a page's text: what is taken off goes to the end of its dropped pieces.
    pub fn strip_page(&self, page: &mut Page) {
        let mut tokens = Vec::new();
        tokenize(&page.body, &mut tokens);
        let Some(marks) = self.marks(&page.outlet, &tokens) else { return };
        let mut marks = marks.as_slice();
        for paragraph in std::mem::take(&mut page.body) {
            let ranges = word_ranges(&paragraph);
            let (own, rest) = marks.split_at(ranges.len());
            marks = rest;
            match own {
                [Some(rule), ..] if own.iter().all(|mark| mark == &Some(*rule)) => {
                    page.dropped.push(Dropped { text: paragraph, rule: *rule });
                }
                _ if own.iter().all(Option::is_none) => page.body.push(paragraph),
                _ => cut(&paragraph, &ranges, own, page),
            }
        }
    }

    /// The rule that takes each word, unless nothing is taken.
    fn marks(&self, outlet: &str, tokens: &[Token]) -> Option<Vec<Option<Rule>>> {
        let marks = mark(tokens, self.of_outlet.get(outlet)?);
        marks.iter().any(Option::is_some).then_some(marks)
    }
}

/// Takes the marked words out of a paragraph. What stands between two words goes with the first of them.
fn cut(paragraph: &str, ranges: &[Range<usize>], marks: &[Option<Rule>], page: &mut Page) {
    let mut kept = String::new();
    let mut at = 0;
    for same in marks.chunk_by(|x, y| x == y) {
        let from = if at == 0 { 0 } else { ranges[at].start };
        at += same.len();
        let piece = &paragraph[from..ranges.get(at).map_or(paragraph.len(), |next| next.start)];
        match same[0] {
            Some(rule) => page.dropped.push(Dropped { text: piece.trim().to_owned(), rule }),
            None => kept.push_str(piece),
        }
    }
    let kept = kept.trim();
    if !kept.is_empty() {
        page.body.push(kept.to_owned());
    }
}
