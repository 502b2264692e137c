//! What two articles share, and the verdict on it.

use std::ops::Range;

use serde::Serialize;

use crate::params::Params;

/// What two articles share, from their full shingle sets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Link {
    /// Shared shingles over those of both together, 0 to 1.
    pub resemblance: f64,
    /// Shared shingles over those of the smaller, 0 to 1.
    pub containment: f64,
    /// Number of different shingles that both hold.
    pub shared_shingles: u32,
    /// Longest run of words that both hold, in words.
    pub longest_run: u32,
    /// Words of the longest run that stands at the start of both articles, give or take [`OPENING_WORDS`]; 0 where none
    /// does.
    pub opening_run: u32,
    /// Whether nearly all that is shared is one run of words, and it opens neither article.
    pub one_passage: bool,
    /// Whether one outlet published both: whoever compares two texts alone does not know, and says no.
    pub same_outlet: bool,
    /// Number of shared passages that follow each other in one order in both articles: runs of [`LONG_RUN`] words or more,
    /// those that an edited word or two separates taken together.
    pub ordered_passages: u32,
    /// From the first of them to the last, as a share of the article in which that is less, 0 to 1.
    pub ordered_reach: f64,
    /// Share of the first article's words that lie in a shared shingle, 0 to 1.
    pub covered_a: f64,
    /// Share of the second article's words that lie in a shared shingle, 0 to 1.
    pub covered_b: f64,
    /// Where in the first article the shared words lie.
    pub span_a: Span,
    /// Where in the second article the shared words lie.
    pub span_b: Span,
    /// Which parts of the first article are mostly shared.
    #[serde(skip)]
    pub parts_a: Parts,
    /// Which parts of the second article are mostly shared.
    #[serde(skip)]
    pub parts_b: Parts,
    /// Of the words outside quotation marks, in the article of which more is shared, the share that lies in a shared
    /// shingle; `None` where it has less than [`MIN_UNQUOTED`].
    pub shared_unquoted: Option<f64>,
    /// Of the numbers (words with a digit), in the article of which more is shared, the share that lies in a shared
    /// shingle, over the same share of all words, at most 1; `None` where it has less than [`MIN_NUMBERS`].
    pub shared_numbers: Option<f64>,
    /// How many times as frequent numbers and names are among the words that are not shared as among all, in the article of
    /// which more is shared; `None` where more than [`MAX_FACTS`] of its words are such: in German every noun has a capital.
    pub unshared_facts: Option<f64>,
}

/// A stretch of an article, as shares of its length: where the shared words lie most densely.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Span {
    /// Where it starts, 0 to 1.
    pub start: f64,
    /// Where it ends, 0 to 1.
    pub end: f64,
}

/// Share of a text within which its opening lies: chrome and a teaser may stand before it.
pub const OPENING: f64 = 0.15;
/// Words that may stand before a shared opening: the remains of a dateline, a caption.
pub const OPENING_WORDS: u32 = 12;
/// The parts of an article, a sixty-fourth each, that are mostly shared: one bit each, the first the lowest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parts(u64);

impl Parts {
    /// The parts of which most words are in these ranges, of `n` words; the ranges are apart and in order. O(ranges).
    pub(super) fn of_ranges(ranges: impl Iterator<Item = Range<usize>>, n: usize) -> Self {
        let mut bits = 0;
        // A part that ranges begin or end in, and how many of its words they have.
        let (mut part, mut covered) = (0, 0);
        let start_of = |part: usize| part * n / 64;
        let part_of = |word: usize| (64 * (word + 1) - 1) / n;
        let is_covered = |part: usize, covered: usize| 2 * covered > start_of(part + 1) - start_of(part);
        for range in ranges {
            let (first, last) = (part_of(range.start), part_of(range.end - 1));
            if first > part {
                bits |= u64::from(is_covered(part, covered)) << part;
                (part, covered) = (first, 0);
            }
            if last > part {
                covered += start_of(part + 1) - range.start;
                bits |= u64::from(is_covered(part, covered)) << part;
                // A text of fewer words than parts has parts of none.
                let whole = (part + 1..last).filter(|&part| start_of(part) < start_of(part + 1));
                bits = whole.fold(bits, |bits, part| bits | 1 << part);
                (part, covered) = (last, range.end - start_of(last));
            } else {
                covered += range.len();
            }
        }
        Parts(if n > 0 { bits | u64::from(is_covered(part, covered)) << part } else { 0 })
    }

    /// The same, word by word.
    #[cfg(test)]
    pub(crate) fn of(covered: &[bool]) -> Self {
        let n = covered.len();
        let is_covered = |part: usize| {
            let words = &covered[part * n / 64..(part + 1) * n / 64];
            2 * words.iter().filter(|covered| **covered).count() > words.len()
        };
        Parts((0..64).filter(|&part| is_covered(part)).fold(0, |bits, part| bits | 1 << part))
    }

    /// Share of the fewer parts that are among the others too, 0 to 1; 1 where one has none.
    pub fn overlap(self, other: Parts) -> f64 {
        match self.0.count_ones().min(other.0.count_ones()) {
            0 => 1.0,
            fewer => f64::from((self.0 & other.0).count_ones()) / f64::from(fewer),
        }
    }
}

/// Words of a run that is no stock phrase: a clause.
pub const LONG_RUN: u32 = 12;
/// Words between two runs, in either text, up to which they are one passage: a word was edited, a line was put between.
pub const EDITED_WORDS: u32 = 4;
/// Passages in one order, and the share of both texts that they reach over, by which an update is known.
pub const REWORKED_PASSAGES: u32 = 3;
/// See [`REWORKED_PASSAGES`].
pub const REWORKED_REACH: f64 = 0.5;
/// Share of the smaller text's words that an update keeps below the same opening.
pub const KEPT_BELOW_OPENING: f64 = 0.5;
/// Share of the shared words that one run has if it is all that is shared: stock phrases make up the rest.
pub(super) const NEARLY_ALL: f64 = 0.75;
/// A run of so many times `min_run_words` is more than the words between two blanks of a template.
const WHOLE_SENTENCES: u32 = 3;
/// So many times as frequent among the words that are not shared, numbers and names are the blanks of a template.
pub const MAX_UNSHARED_FACTS: f64 = 1.6;
/// Share of the words that a scanned copy has at least, in the text of which more is shared.
const MOST_WORDS: f64 = 0.55;
/// Share of `min_shared_numbers` that a scanned copy has at least.
const SCANNED_NUMBERS: f64 = 0.7;
/// Where no run has so many times `min_run_words`, the words between blanks may be all that is shared.
const SCATTERED: u32 = 2;
/// So many times as much of the numbers must be shared then.
const SCATTERED_NUMBERS: f64 = 1.4;
/// Numbers that a text must have before they can speak against a pair: fewer differ by an edit or a date.
pub const MIN_NUMBERS: usize = 6;
/// Share of a text's words that may be numbers and names: where more have a capital, capitals do not tell names.
pub const MAX_FACTS: f64 = 0.3;
/// Words outside quotation marks that a text must have before they can: an interview has hardly any.
pub const MIN_UNQUOTED: usize = 20;

/// Why two articles are or are not copies of one dispatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// They carry one dispatch.
    Copies,
    /// They share too small a part of the smaller text.
    LowContainment,
    /// They share a small part of the larger text, and the smaller is not nearly whole in it.
    SmallPart,
    /// They share too few shingles in all.
    FewShingles,
    /// They share no run long enough.
    ShortRuns,
    /// They share one passage from within both, and it is too small a part of the smaller text.
    OnePassage,
    /// They share quoted speech and little else.
    Quotation,
    /// They share words and not numbers, as two weather reports do.
    OtherNumbers,
}

impl Link {
    /// Share of the larger article's words that are shared.
    pub fn larger_share(&self) -> f64 {
        self.covered_a.min(self.covered_b)
    }

    /// Whether the shared words are the opening of the larger article, as those of a copy that was cut from the bottom
    /// are.
    pub fn opens_larger(&self) -> bool {
        let larger = if self.covered_a < self.covered_b { self.span_a } else { self.span_b };
        larger.start <= OPENING && larger.end <= self.larger_share() + OPENING
    }

    /// Whether the two open with the same words and half of the smaller one's are in the larger: an update that was written
    /// anew below its lead keeps few shingles, and no two writers begin alike.
    pub fn opens_alike(&self, params: &Params) -> bool {
        self.opening_run >= params.min_run_words
            && self.containment >= params.min_update_containment
            && self.covered_a.max(self.covered_b) >= KEPT_BELOW_OPENING
    }

    /// Whether several passages stand in both in one order, from one end of the texts to the other, with other words between
    /// them in each: what an update leaves of the version before. Background, boilerplate and a speech stand in one place,
    /// and the blanks of a template end its runs.
    pub fn is_reworked(&self, params: &Params) -> bool {
        self.ordered_passages >= REWORKED_PASSAGES
            && self.ordered_reach >= REWORKED_REACH
            && self.containment >= params.min_update_containment
            && self.larger_share() >= params.min_opening_share
    }

    /// Whether the link holds only as between an update and the version before, and shows little of that: a copy that was
    /// scanned, or rewritten here and there, has more passages.
    pub(crate) fn is_sparse(&self, params: &Params) -> bool {
        let enough = self.containment >= params.min_containment
            && (self.larger_share() >= params.min_larger_share || self.is_opening(params));
        !enough && !self.is_scattered(params) && self.ordered_passages <= REWORKED_PASSAGES
    }

    /// Whether the two are an update and the version before, although they share little.
    pub(crate) fn is_update(&self, params: &Params) -> bool {
        self.opens_alike(params) || self.is_reworked(params)
    }

    /// Whether enough of the smaller text is shared, be it for an update. The more words are covered, the sooner.
    pub(super) fn is_enough(&self, params: &Params) -> bool {
        self.containment >= params.min_containment || self.is_update(params)
    }

    /// Whether numbers say nothing: what differs is no more often a number or a name than other words are, and it is either
    /// a letter here and there, as a scanner leaves them, or whole sentences, as an update puts them. What differs between
    /// two texts of one template are the blanks.
    pub(crate) fn may_change_numbers(&self, params: &Params) -> bool {
        let scanned = self.is_scattered(params)
            && self.covered_a.max(self.covered_b) >= MOST_WORDS
            && self.shared_numbers.is_none_or(|share| share >= SCANNED_NUMBERS * params.min_shared_numbers);
        let updated = self.is_reworked(params) && self.longest_run >= WHOLE_SENTENCES * params.min_run_words;
        self.unshared_facts.is_some_and(|times| times <= MAX_UNSHARED_FACTS) && (scanned || updated)
    }

    /// Whether no run is longer than the words between two blanks of a template.
    fn is_scattered(&self, params: &Params) -> bool {
        self.longest_run < SCATTERED * params.min_run_words
    }

    /// How much of the smaller text one passage must be. On pages of one outlet it is mostly what the outlet prints below its
    /// articles: there the smaller text must be nearly whole.
    pub(crate) fn least_passage(&self, params: &Params) -> f64 {
        if self.same_outlet { params.min_part_containment } else { params.min_passage_containment }
    }

    /// How much of the numbers must be shared. Where all runs are short, as the blanks of a template leave them, more.
    pub(crate) fn least_numbers(&self, params: &Params) -> f64 {
        params.min_shared_numbers * if self.is_scattered(params) { SCATTERED_NUMBERS } else { 1.0 }
    }

    /// Whether the shared words are the opening of the larger article, and enough of it.
    pub(crate) fn is_opening(&self, params: &Params) -> bool {
        (self.opens_larger() || self.opens_alike(params)) && self.larger_share() >= params.min_opening_share
    }

    /// Judges the link by the thresholds of `params`.
    ///
    /// Texts too short to reach a threshold in number (`min_shared_shingles`, `min_run_words`) must be the same words.
    pub fn verdict(&self, params: &Params) -> Verdict {
        if !self.is_enough(params) {
            Verdict::LowContainment
        } else if self.larger_share() < params.min_larger_share
            && self.containment < params.min_part_containment
            && !self.is_opening(params)
            && !self.is_reworked(params)
        {
            Verdict::SmallPart
        } else if self.resemblance == 1.0 {
            Verdict::Copies
        } else if self.shared_shingles < params.min_shared_shingles {
            Verdict::FewShingles
        } else if self.longest_run < params.min_run_words {
            Verdict::ShortRuns
        } else if self.one_passage && self.containment < self.least_passage(params) {
            Verdict::OnePassage
        } else if self.shared_unquoted.is_some_and(|share| share < params.min_shared_unquoted) {
            Verdict::Quotation
        } else if self.shared_numbers.is_some_and(|share| share < self.least_numbers(params))
            && !self.may_change_numbers(params)
        {
            Verdict::OtherNumbers
        } else {
            Verdict::Copies
        }
    }
}

/// A run of words that two articles share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Position of its first word in the first article.
    pub start_a: u32,
    /// Position of its first word in the second article.
    pub start_b: u32,
    /// Its length.
    pub words: u32,
}

impl Passage {
    pub(super) fn opens(&self) -> bool {
        self.start_a.max(self.start_b) <= OPENING_WORDS
    }
}

#[cfg(test)]
impl Link {
    /// A link of two whole copies, for tests to change what they are about.
    pub(crate) fn of_copies() -> Self {
        let whole = Span { start: 0.0, end: 1.0 };
        Link {
            resemblance: 0.5,
            containment: 0.9,
            shared_shingles: 100,
            longest_run: 50,
            opening_run: 0,
            one_passage: false,
            same_outlet: false,
            ordered_passages: 0,
            ordered_reach: 0.0,
            covered_a: 0.9,
            covered_b: 0.9,
            span_a: whole,
            span_b: whole,
            parts_a: Parts::default(),
            parts_b: Parts::default(),
            shared_unquoted: None,
            shared_numbers: None,
            unshared_facts: None,
        }
    }
}
