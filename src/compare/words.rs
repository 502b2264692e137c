//! From positions of words back to words: tokens keep no text, so the body is scanned again.

use std::ops::Range;

use crate::shingle::word_ranges;

/// A word's paragraph, and its bytes in it.
type Place = (usize, Range<usize>);

/// Where each word of a body stands.
pub(super) struct Words<'a> {
    body: &'a [String],
    places: Vec<Place>,
}

impl<'a> Words<'a> {
    /// Finds the words of a body. O(length).
    pub(super) fn new(body: &'a [String]) -> Self {
        let of_paragraph = |(number, paragraph): (usize, &String)| {
            word_ranges(paragraph).into_iter().map(move |range| (number, range)).collect::<Vec<_>>()
        };
        Words { body, places: body.iter().enumerate().flat_map(of_paragraph).collect() }
    }

    /// The text from one word through `n_words`, with what stands between them; a line break between paragraphs.
    /// Positions outside the body give what is inside.
    pub(super) fn text(&self, start: u32, n_words: u32) -> String {
        let n_places = self.places.len();
        let start = (start as usize).min(n_places);
        let end = start.saturating_add(n_words as usize).min(n_places);
        let paragraphs: Vec<&[Place]> = self.places[start..end].chunk_by(|x, y| x.0 == y.0).collect();
        let last = paragraphs.len().saturating_sub(1);
        let piece = |(number, words): (usize, &&[Place])| {
            let text = &self.body[words[0].0];
            // Where the run goes on in the next paragraph, the end of this one lies within it.
            let from = if number == 0 { words[0].1.start } else { 0 };
            let to = if number == last { words[words.len() - 1].1.end } else { text.len() };
            &text[from..to]
        };
        let pieces: Vec<&str> = paragraphs.iter().enumerate().map(piece).collect();
        pieces.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_with_what_stands_between_them() {
        let body =
            ["\"Nobody,\" said Ode Brandt, \"was hurt.\"", "...", "Zoë's 1,500 crates — all lost."].map(str::to_owned);
        let words = Words::new(&body);
        let cases = [
            (0, 1, "Nobody"),
            (0, 4, "Nobody,\" said Ode Brandt"),
            (4, 3, "was hurt.\"\nZoë's"),
            (5, 2, "hurt.\"\nZoë's"),
            (7, 4, "1,500 crates — all lost"),
            (10, 9, "lost"),
            (40, 2, ""),
            (3, 0, ""),
        ];
        for (start, n_words, expected) in cases {
            assert_eq!(words.text(start, n_words), expected, "{start} {n_words}");
        }
    }
}
