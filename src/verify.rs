//! Exact comparison of two articles: the sketch proposes, the full shingle sets decide. No figure here is an estimate.

mod bits;
mod figures;
mod kinds;
mod link;
mod ordered;
pub mod pairs;
mod prepared;
mod seen;
mod shared;

pub(crate) use bits::Bits;
pub use figures::Overlap;
pub use link::{
    EDITED_WORDS, KEPT_BELOW_OPENING, LONG_RUN, Link, MAX_FACTS, MAX_UNSHARED_FACTS, MIN_NUMBERS, MIN_UNQUOTED,
    OPENING, OPENING_WORDS, Parts, Passage, REWORKED_PASSAGES, REWORKED_REACH, Span, Verdict,
};
pub use prepared::Prepared;
pub use shared::Shared;

/// A part of a whole, 0 to 1; 0 of nothing.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod twin;
