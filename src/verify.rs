//! Exact comparison of two articles: the sketch proposes, the full shingle sets decide. No figure here is an estimate.

mod link;
pub mod pairs;
mod prepared;
mod shared;

pub use link::{
    EDITED_WORDS, KEPT_BELOW_OPENING, LONG_RUN, Link, MAX_FACTS, MAX_UNSHARED_FACTS, MIN_NUMBERS, MIN_UNQUOTED,
    OPENING, OPENING_WORDS, Parts, Passage, REWORKED_PASSAGES, REWORKED_REACH, Span, Verdict,
};
pub use prepared::{Overlap, Prepared};

#[cfg(test)]
mod tests;
