//! One file a verb: what can be typed after it, and what it does.

pub(crate) mod compare;
pub(crate) mod curve;
pub(crate) mod dedup;
pub(crate) mod eval;
pub(crate) mod inspect;
pub(crate) mod outlets;
mod rules;
mod schema;
pub(crate) mod stories;
mod wrap;
