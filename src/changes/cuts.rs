//! Where in the later text the words stood that were cut.

use std::ops::Range;

use super::body::Body;
use super::matching::Matching;

/// The words that were cut, each run within one paragraph of the earlier text.
#[derive(Default)]
pub(super) struct Cuts {
    /// Within paragraphs of the later text, in its order.
    within: Vec<Within>,
    /// Between them, in its order.
    pub(super) between: Vec<Between>,
}

/// Words of the earlier text that stood within a paragraph.
pub(super) struct Within {
    paragraph: usize,
    /// The word of the later text before which they stood; the number after the paragraph's last for its end.
    pub(super) before_word: usize,
    pub(super) words: Range<usize>,
}

/// Words of the earlier text that stood between paragraphs.
pub(super) struct Between {
    /// The paragraph of the later text before which they stood; the number of all for the end.
    pub(super) before_paragraph: usize,
    pub(super) words: Range<usize>,
}

impl Cuts {
    /// Those within a paragraph.
    pub(super) fn within(&self, paragraph: usize) -> &[Within] {
        let start = self.within.partition_point(|cut| cut.paragraph < paragraph);
        let end = self.within.partition_point(|cut| cut.paragraph <= paragraph);
        &self.within[start..end]
    }
}

/// Finds what was cut and where it stood. O(n log n).
pub(super) fn cuts(before: &Body<'_>, after: &Body<'_>, matching: &Matching) -> Cuts {
    let mut cuts = Cuts::default();
    let finder = Finder { after, matching, nearest: nearest(before, after, matching) };
    for paragraph in before.paragraphs() {
        let spread = finder.is_spread(&paragraph);
        let mut at = paragraph.start;
        while at < paragraph.end {
            let matched = |word: &usize| matching.places[*word].is_some();
            let start = (at..paragraph.end).find(|word| !matched(word)).unwrap_or(paragraph.end);
            at = (start..paragraph.end).find(matched).unwrap_or(paragraph.end);
            if start < at {
                finder.place(start..at, &paragraph, spread, &mut cuts);
            }
        }
    }
    cuts.within.sort_by_key(|cut| (cut.paragraph, cut.before_word));
    cuts.between.sort_by_key(|cut| cut.before_paragraph);
    cuts
}

/// For each word of the earlier text the places of the last word before it and of the first from it on that are the same
/// in the later, and stand in a paragraph that was not moved.
fn nearest(before: &Body<'_>, after: &Body<'_>, matching: &Matching) -> Vec<(Option<usize>, Option<usize>)> {
    let in_order = |place: &usize| !matching.moved[after.paragraph_of(*place)];
    let places: Vec<Option<usize>> = matching.places.iter().map(|place| place.filter(in_order)).collect();
    let mut nearest = vec![(None, None); before.n_words()];
    let mut last = None;
    for (at, place) in places.iter().enumerate() {
        nearest[at].0 = last;
        last = place.or(last);
    }
    let mut next = None;
    for (at, place) in places.iter().enumerate().rev() {
        next = place.or(next);
        nearest[at].1 = next;
    }
    nearest
}

struct Finder<'a> {
    after: &'a Body<'a>,
    matching: &'a Matching,
    nearest: Vec<(Option<usize>, Option<usize>)>,
}

impl Finder<'_> {
    /// Whether the words of a paragraph are in several paragraphs of the later text: it was broken up, as a page that came
    /// as one line is.
    fn is_spread(&self, paragraph: &Range<usize>) -> bool {
        let mut paragraphs =
            self.matching.places[paragraph.clone()].iter().flatten().map(|&place| self.after.paragraph_of(place));
        let first = paragraphs.next();
        paragraphs.any(|paragraph| Some(paragraph) != first)
    }

    fn place(&self, words: Range<usize>, paragraph: &Range<usize>, spread: bool, cuts: &mut Cuts) {
        let place = |word: usize| self.matching.places[word];
        let last = if words.start > paragraph.start { place(words.start - 1) } else { None };
        let next = if words.end < paragraph.end { place(words.end) } else { None };
        // Words at the edge of a paragraph are of it, unless the paragraphs were one before.
        let goes_after = |&last: &usize| spread && self.closes(last) && next.is_none_or(|next| self.opens(next));
        let goes_before = |&next: &usize| spread && last.is_none() && self.opens(next);
        if let Some(last) = last.filter(goes_after) {
            cuts.between.push(Between { before_paragraph: self.after.paragraph_of(last) + 1, words });
        } else if let Some(next) = next.filter(goes_before) {
            cuts.between.push(Between { before_paragraph: self.after.paragraph_of(next), words });
        } else if let Some(next) = next.filter(|_| last.is_none_or(|last| spread && self.closes(last))) {
            let before_word = self.before_added(next);
            cuts.within.push(Within { paragraph: self.after.paragraph_of(next), before_word, words });
        } else if let Some(last) = last {
            cuts.within.push(Within { paragraph: self.after.paragraph_of(last), before_word: last + 1, words });
        } else {
            self.place_paragraph(words, cuts);
        }
    }

    /// Places a whole paragraph: after the paragraph that stood before it, within one that now holds both its neighbors.
    fn place_paragraph(&self, words: Range<usize>, cuts: &mut Cuts) {
        let (last, next) = self.nearest[words.start];
        let paragraph = last.map(|last| self.after.paragraph_of(last));
        match last.zip(paragraph) {
            Some((last, paragraph)) if next.is_some_and(|next| self.after.paragraph_of(next) == paragraph) => {
                cuts.within.push(Within { paragraph, before_word: last + 1, words });
            }
            _ => cuts.between.push(Between { before_paragraph: paragraph.map_or(0, |before| before + 1), words }),
        }
    }

    /// The first of the new words that stand before a word in its paragraph: what was cut is read before what was added.
    fn before_added(&self, word: usize) -> usize {
        let first = self.after.paragraph(self.after.paragraph_of(word)).start;
        let is_new = |at: &usize| self.matching.origins[*at].is_none();
        word - (first..word).rev().take_while(is_new).count()
    }

    fn opens(&self, word: usize) -> bool {
        self.after.paragraph(self.after.paragraph_of(word)).start == word
    }

    fn closes(&self, word: usize) -> bool {
        self.after.paragraph(self.after.paragraph_of(word)).end == word + 1
    }
}
