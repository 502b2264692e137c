//! A text as words in paragraphs, each with its share of the characters.

use std::ops::Range;

use crate::shingle::{Token, tokenize, word_ranges};

/// The paragraphs of a text that have words.
pub(super) struct Body<'a> {
    paragraphs: Vec<&'a str>,
    /// The number of each paragraph's first word; at the end the number of all words.
    firsts: Vec<usize>,
    /// For each word where its share of the paragraph's characters begins, in bytes.
    starts: Vec<usize>,
    pub(super) tokens: Vec<Token>,
}

impl<'a> Body<'a> {
    pub(super) fn new(text: &'a [String]) -> Self {
        let mut body = Body { paragraphs: Vec::new(), firsts: vec![0], starts: Vec::new(), tokens: Vec::new() };
        for paragraph in text {
            let ranges = word_ranges(paragraph);
            if ranges.is_empty() {
                continue;
            }
            body.starts.push(0);
            body.starts.extend(ranges.windows(2).map(|pair| share_start(paragraph, pair[0].end..pair[1].start)));
            body.paragraphs.push(paragraph);
            body.firsts.push(body.starts.len());
        }
        tokenize(&body.paragraphs, &mut body.tokens);
        body
    }

    pub(super) fn n_words(&self) -> usize {
        self.starts.len()
    }

    pub(super) fn n_paragraphs(&self) -> usize {
        self.paragraphs.len()
    }

    /// The words of a paragraph.
    pub(super) fn paragraph(&self, number: usize) -> Range<usize> {
        self.firsts[number]..self.firsts[number + 1]
    }

    pub(super) fn paragraphs(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.firsts.windows(2).map(|pair| pair[0]..pair[1])
    }

    /// The number of the paragraph that a word stands in. O(log paragraphs).
    pub(super) fn paragraph_of(&self, word: usize) -> usize {
        self.firsts.partition_point(|&first| first <= word) - 1
    }

    /// The characters of some words of one paragraph: those of words that follow each other are the whole of it.
    pub(super) fn text(&self, words: &Range<usize>) -> &'a str {
        let number = self.paragraph_of(words.start);
        let paragraph = self.paragraphs[number];
        let ends = words.end == self.firsts[number + 1];
        &paragraph[self.starts[words.start]..if ends { paragraph.len() } else { self.starts[words.end] }]
    }
}

/// Where in what stands between two words the share of the second begins: after the last space, so that a quotation mark
/// goes with the word that it opens at.
fn share_start(paragraph: &str, between: Range<usize>) -> usize {
    let gap = &paragraph[between.clone()];
    gap.char_indices()
        .rfind(|(_, c)| c.is_whitespace())
        .map_or(between.end, |(at, c)| between.start + at + c.len_utf8())
}
