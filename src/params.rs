//! The numbers that a user may want to set, in one place: unit, range, default, reason, source.
//!
//! They are validated once, by [`Params::validate`], and written into every report.

use serde::Serialize;

use crate::error::{Error, Result};

/// How candidate pairs are proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "method")]
pub enum CandidateMethod {
    /// Articles that share sampled shingles (scaled MinHash): finds trimmed copies too.
    Sampled,
    /// Articles that agree in every row of one band of their MinHash signature (banded LSH):
    /// finds articles by resemblance only.
    Lsh {
        /// Number of bands, 1 to 256.
        bands: usize,
        /// Signature values a band, 1 to 64.
        rows: usize,
    },
}

/// The parameters of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Params {
    /// Words in a shingle; 1 to 16.
    ///
    /// Shorter shingles survive more editing, longer ones are rarer between strangers. Broder (1997) used 10 on web
    /// pages; copies that were re-edited for house style keep runs of three words almost everywhere.
    pub shingle_words: usize,
    /// One shingle in so many is sampled into the sketch; 1 to 4096.
    ///
    /// At 4 a copy of 80 words has about 20 samples, and misses the two that make a candidate less than once in ten
    /// thousand times even if a third of its shingles were edited away (Poisson). Twice as much doubles that loss;
    /// half as much doubles the sketch.
    pub scale: u64,
    /// How candidate pairs are proposed.
    pub candidates: CandidateMethod,
    /// Sampled shingles that two articles must share to be compared; 1 to 64. Banded LSH needs one band.
    pub min_shared_samples: usize,
    /// Share of the smaller article's sampled shingles that must be shared too; 0 to 1.
    ///
    /// A quarter of `min_containment`: a pair that verification would join falls below it only by a wide error of
    /// the estimate, and long texts that share a few stock phrases are never compared.
    pub min_sampled_share: f64,
    /// Members of one shingle's list that are compared all with all; a longer list compares each member with the
    /// longest articles of the list and its neighbors in length. 2 to 1024.
    pub all_pairs_limit: usize,
    /// Of a list longer than `all_pairs_limit`: how many of the longest articles every member is compared with; 1 to 64.
    pub representatives: usize,
    /// Shared shingles over those of the smaller article: at least this much joins two; above 0, at most 1.
    ///
    /// Agencies' updates keep a third and more of the version before. Follow-ups that reuse background, and columns that
    /// quote, share less with a text of their length.
    pub min_containment: f64,
    /// Enough instead, where the shared text lies as in an update: both open with the same words, or hold several clauses in
    /// one order from one end to the other; above 0, at most 1.
    ///
    /// Updates two versions apart keep a quarter and more, mixed with what is new. Follow-ups keep the background alone,
    /// which stands in one place.
    pub min_update_containment: f64,
    /// `min_containment`, where the shared part is less than `min_larger_share` of the larger article; above 0, at most 1.
    ///
    /// A copy cut from the bottom is otherwise unchanged: what shares only half of its words with a small part of
    /// another text shares a quotation or background with it.
    pub min_part_containment: f64,
    /// Share of the larger article's words below which the shared text is a small part of it; 0 to 1.
    pub min_larger_share: f64,
    /// Where the shared text is the larger article's opening, or lies as in an update, the share that is enough instead; 0
    /// to `min_larger_share`.
    ///
    /// That is how a cut copy looks whose page has left chrome in its body. Below a quarter, roundups and teasers look so
    /// too.
    pub min_opening_share: f64,
    /// Words that the longest shared run must have; 1 to 1000.
    ///
    /// Texts about one event share names and stock phrases, seldom a whole clause.
    pub min_run_words: u32,
    /// Shared shingles that two articles must have; 1 to 10,000. A quotation that both carry has fewer.
    pub min_shared_shingles: u32,
    /// Shared shingles over those of the smaller article, where one passage from within both is all that they share; 0 to 1.
    ///
    /// That is how a speech looks that both quote, and the boilerplate below a release. A cut copy shares its opening. On two
    /// pages of one outlet it is `min_part_containment` instead: a footer may be longer than a report.
    pub min_passage_containment: f64,
    /// Share of the words outside quotation marks that must be shared too; 0 to 1.
    ///
    /// Articles of different writers quote one speech, for half of their length at times. A copy shares the words between
    /// the quotations as well.
    pub min_shared_unquoted: f64,
    /// How much of the numbers (words with a digit) must be shared, against how much of the words is; 0 to 1.
    ///
    /// Weather reports, market closes and box scores share their words and differ in their numbers. A copy keeps both
    /// alike; at one half, every second number may have been edited.
    pub min_shared_numbers: f64,
    /// Of a copy's words between the first and the last that it shares with a version's longest text: the share of them
    /// from which it carries that version; above 0, at most 1.
    ///
    /// House style changes one word in twenty, seldom one in ten. An update puts new paragraphs between the old ones.
    pub min_version_share: f64,
}

impl Default for Params {
    fn default() -> Self {
        Params {
            shingle_words: 4,
            scale: 4,
            candidates: CandidateMethod::Sampled,
            min_shared_samples: 2,
            min_sampled_share: 0.1,
            all_pairs_limit: 16,
            representatives: 4,
            min_containment: 0.35,
            min_update_containment: 0.25,
            min_part_containment: 0.8,
            min_larger_share: 0.35,
            min_opening_share: 0.25,
            min_run_words: 12,
            min_shared_shingles: 20,
            min_passage_containment: 0.5,
            min_shared_unquoted: 0.25,
            min_shared_numbers: 0.5,
            min_version_share: 0.9,
        }
    }
}

impl Params {
    /// Checks every parameter against its range.
    ///
    /// # Errors
    /// [`Error::Param`] for the first one outside its range.
    pub fn validate(&self) -> Result<()> {
        let share = |x: f64| x > 0.0 && x <= 1.0;
        let checks = [
            check((1..=16).contains(&self.shingle_words), "shingle_words", "1 to 16 words", self.shingle_words),
            check((1..=4096).contains(&self.scale), "scale", "1 to 4096", self.scale),
            check(
                (1..=64).contains(&self.min_shared_samples),
                "min_shared_samples",
                "1 to 64",
                self.min_shared_samples,
            ),
            check((0.0..=1.0).contains(&self.min_sampled_share), "min_sampled_share", "0 to 1", self.min_sampled_share),
            check((2..=1024).contains(&self.all_pairs_limit), "all_pairs_limit", "2 to 1024", self.all_pairs_limit),
            check((1..=64).contains(&self.representatives), "representatives", "1 to 64", self.representatives),
            check(share(self.min_containment), "min_containment", "above 0, at most 1", self.min_containment),
            check(
                share(self.min_update_containment),
                "min_update_containment",
                "above 0, at most 1",
                self.min_update_containment,
            ),
            check(
                share(self.min_part_containment),
                "min_part_containment",
                "above 0, at most 1",
                self.min_part_containment,
            ),
            check((0.0..=1.0).contains(&self.min_larger_share), "min_larger_share", "0 to 1", self.min_larger_share),
            check(
                (0.0..=self.min_larger_share).contains(&self.min_opening_share),
                "min_opening_share",
                "0 to min_larger_share",
                self.min_opening_share,
            ),
            check((1..=1000).contains(&self.min_run_words), "min_run_words", "1 to 1000 words", self.min_run_words),
            check(
                (1..=10_000).contains(&self.min_shared_shingles),
                "min_shared_shingles",
                "1 to 10000",
                self.min_shared_shingles,
            ),
            check(
                (0.0..=1.0).contains(&self.min_passage_containment),
                "min_passage_containment",
                "0 to 1",
                self.min_passage_containment,
            ),
            check(
                (0.0..=1.0).contains(&self.min_shared_unquoted),
                "min_shared_unquoted",
                "0 to 1",
                self.min_shared_unquoted,
            ),
            check(
                (0.0..=1.0).contains(&self.min_shared_numbers),
                "min_shared_numbers",
                "0 to 1",
                self.min_shared_numbers,
            ),
            check(share(self.min_version_share), "min_version_share", "above 0, at most 1", self.min_version_share),
        ];
        checks.into_iter().collect::<Result<()>>()?;
        match self.candidates {
            CandidateMethod::Sampled => Ok(()),
            CandidateMethod::Lsh { bands, rows } => {
                check((1..=256).contains(&bands), "bands", "1 to 256", bands)?;
                check((1..=64).contains(&rows), "rows", "1 to 64", rows)
            }
        }
    }
}

fn check(holds: bool, field: &'static str, expected: &'static str, found: impl ToString) -> Result<()> {
    if holds { Ok(()) } else { Err(Error::Param { field, expected, found: found.to_string() }) }
}
