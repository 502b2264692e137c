//! What changed from one text to a later one, for people who want to read it: paragraph by paragraph, and word by word
//! within those that were edited.
//!
//! [`Alignment`] says which words are the same. Its marks are kept where they help a reader: words that stand in another
//! order within a paragraph, and the few that a paragraph has in common with one that it has nothing to do with, are
//! shown as cut and added. A word counts as the same whatever its case and the punctuation around it.

mod body;
mod columns;
mod cuts;
mod matching;

use std::ops::Range;

use crate::align::Alignment;
use crate::params::Params;
use crate::verify::Prepared;
use body::Body;
pub use columns::{Columns, Mark, Row, Span, side_by_side};
use cuts::{Cuts, cuts};
use matching::Matching;

/// What changed from one text to a later one.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// Words of the later text that the earlier does not have.
    pub words_added: usize,
    /// Words of the earlier text that the later does not have.
    pub words_cut: usize,
    /// Share of the earlier text's words that the later has, 0 to 1: as [`Copy::kept`](crate::story::Copy::kept), by the
    /// whole alignment. Words of an added paragraph that are a cut one's too count here as kept.
    pub kept: f64,
    /// The paragraphs of the later text in its order, and those cut from the earlier where they stood. Paragraphs without
    /// a word, such as a line of stars, are passed over.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paragraph {
    /// So many paragraphs of the later text in a row have the words of the earlier one, however it broke them into
    /// paragraphs.
    Same(usize),
    /// It has the same words, and stood elsewhere.
    Moved(String),
    /// Some of its words are new, or some were cut from it.
    Changed(Vec<Piece>),
    /// It is new.
    Added(String),
    /// It is gone.
    Cut(String),
}

/// A run of words of a changed paragraph. All but the cut ones are, one after the other, the paragraph as the later text
/// has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of the words.
    pub kind: PieceKind,
    /// The words, with what stands between them and after the last of them.
    pub text: String,
}

/// What became of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// Both texts have them.
    Kept,
    /// The later text has them.
    Added,
    /// The earlier text had them.
    Cut,
}

/// What changed from one text to a later one. Pure and total; O(n log n) in the words of both, with at most 64 steps more
/// for each, however hostile they are.
///
/// Of `params` it takes the words of a shingle, below which no run of words is looked for, and those of a run that is no
/// stock phrase.
pub fn between(before: &[String], after: &[String], params: &Params) -> Changes {
    let (before, after) = (Body::new(before), Body::new(after));
    let (alignment, matching) = compared(&before, &after, params);
    let cuts = cuts(&before, &after, &matching);
    Changes {
        words_added: alignment.unmatched_in_b(),
        words_cut: alignment.unmatched_in_a(),
        kept: alignment.share_of_a(),
        paragraphs: Writing { before, after, matching, cuts }.paragraphs(),
    }
}

/// Which words of two texts are the same, and which of them are shown as such.
fn compared(before: &Body<'_>, after: &Body<'_>, params: &Params) -> (Alignment, Matching) {
    let prepared = |body: &Body<'_>| Prepared::new(body.tokens.clone(), params.shingle_words);
    let alignment = Alignment::new(&prepared(before), &prepared(after));
    let matching = Matching::new(before, after, alignment.origins(), params.min_run_words as usize);
    (alignment, matching)
}

/// All that is known of two texts, being put into paragraphs.
struct Writing<'a> {
    before: Body<'a>,
    after: Body<'a>,
    matching: Matching,
    cuts: Cuts,
}

impl Writing<'_> {
    fn paragraphs(&self) -> Vec<Paragraph> {
        let mut paragraphs = Vec::new();
        let mut cut = self.cuts.between.iter().peekable();
        for number in 0..=self.after.n_paragraphs() {
            while let Some(cut) = cut.next_if(|cut| cut.before_paragraph <= number) {
                paragraphs.push(Paragraph::Cut(self.before.text(&cut.words).trim().to_owned()));
            }
            if number < self.after.n_paragraphs() {
                match (self.paragraph(number), paragraphs.last_mut()) {
                    (Paragraph::Same(more), Some(Paragraph::Same(n))) => *n += more,
                    (paragraph, _) => paragraphs.push(paragraph),
                }
            }
        }
        paragraphs
    }

    /// A paragraph of the later text.
    fn paragraph(&self, number: usize) -> Paragraph {
        let words = self.after.paragraph(number);
        let n_matched = words.clone().filter(|&word| self.matching.origins[word].is_some()).count();
        let cuts = self.cuts.within(number);
        let text = || self.after.text(&words).trim().to_owned();
        if n_matched == 0 {
            Paragraph::Added(text())
        } else if n_matched < words.len() || !cuts.is_empty() {
            Paragraph::Changed(self.pieces(words, cuts))
        } else if self.matching.moved[number] {
            Paragraph::Moved(text())
        } else {
            Paragraph::Same(1)
        }
    }

    /// Runs of words that were kept or added, and between them what was cut.
    fn pieces(&self, words: Range<usize>, cuts: &[cuts::Within]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut push = |kind, text: &str| pieces.push(Piece { kind, text: text.to_owned() });
        let mut cuts = cuts.iter().peekable();
        let mut at = words.start;
        loop {
            while let Some(cut) = cuts.next_if(|cut| cut.before_word <= at) {
                push(PieceKind::Cut, self.before.text(&cut.words));
            }
            if at == words.end {
                return pieces;
            }
            let kept = self.matching.origins[at].is_some();
            let stop = cuts.peek().map_or(words.end, |cut| cut.before_word);
            let to = (at..stop).find(|&word| self.matching.origins[word].is_some() != kept).unwrap_or(stop);
            push(if kept { PieceKind::Kept } else { PieceKind::Added }, self.after.text(&(at..to)));
            at = to;
        }
    }
}

#[cfg(test)]
mod tests;
