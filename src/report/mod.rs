//! Stories to what people and programs read: one file a form, each a function from stories to bytes.
//!
//! No report is made up of more than the stories hold, and every report says with which parameters it was made. What
//! comes from a page goes through [`plain`] (for people), through the escapes of [`json`], or through those of
//! [`assignments`]: pages are hostile, and a headline must not move the cursor or turn a line around.

pub mod assignments;
pub mod csv;
pub mod html;
pub mod json;
pub mod outlets;
mod pick;
pub mod text;
mod totals;
mod words;

use std::borrow::Cow;

use crate::params::{CandidateMethod, Params};
pub use pick::{NotFound, find, with_copies};

/// A text from a page, safe to show on one line: line breaks and tabs become spaces; control characters, marks that
/// turn the direction of writing around, and characters that only hide are left out.
///
/// Borrowed where nothing had to change. O(length).
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| replacement(c) != Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(replacement).collect())
}

/// What stands for a character in a report.
fn replacement(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ if is_unsafe(c) => None,
        _ => Some(c),
    }
}

/// Whether a character can change how others are shown: a control character (ECMA-48 ranges C0 and C1), an embedding,
/// override or isolate of the bidirectional algorithm (Unicode Annex 9), or one that is not seen at all. Joiners and
/// plain direction marks stay: Persian, Hindi and Hebrew need them, and they reach no further than their neighbors.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// The program, its version, and the parameters that are not at their defaults, on one line.
pub fn settings(params: &Params) -> String {
    let defaults = named(&Params::default());
    let changed: Vec<String> = named(params)
        .into_iter()
        .filter(|pair| !defaults.contains(pair))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let changed = if changed.is_empty() { "default parameters".to_owned() } else { changed.join(" ") };
    format!("{PROGRAM}, {changed}")
}

/// The program, its version, and all parameters, on one line.
pub fn all_settings(params: &Params) -> String {
    let all: Vec<String> = named(params).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{PROGRAM}, {}", all.join(" "))
}

/// The program and its version.
pub const PROGRAM: &str = concat!("wirecopy ", env!("CARGO_PKG_VERSION"));

/// Every parameter by its name in [`Params`].
fn named(params: &Params) -> Vec<(&'static str, String)> {
    // Taken apart so that a parameter added to `Params` cannot be forgotten here.
    let Params {
        shingle_words,
        scale,
        candidates,
        min_shared_samples,
        min_sampled_share,
        all_pairs_limit,
        representatives,
        min_containment,
        min_update_containment,
        min_part_containment,
        min_larger_share,
        min_opening_share,
        min_run_words,
        min_shared_shingles,
        min_passage_containment,
        min_shared_unquoted,
        min_shared_numbers,
        min_version_share,
    } = params;
    let candidates = match candidates {
        CandidateMethod::Sampled => "sampled".to_owned(),
        CandidateMethod::Lsh { bands, rows } => format!("lsh({bands}x{rows})"),
    };
    vec![
        ("shingle_words", shingle_words.to_string()),
        ("scale", scale.to_string()),
        ("candidates", candidates),
        ("min_shared_samples", min_shared_samples.to_string()),
        ("min_sampled_share", min_sampled_share.to_string()),
        ("all_pairs_limit", all_pairs_limit.to_string()),
        ("representatives", representatives.to_string()),
        ("min_containment", min_containment.to_string()),
        ("min_update_containment", min_update_containment.to_string()),
        ("min_part_containment", min_part_containment.to_string()),
        ("min_larger_share", min_larger_share.to_string()),
        ("min_opening_share", min_opening_share.to_string()),
        ("min_run_words", min_run_words.to_string()),
        ("min_shared_shingles", min_shared_shingles.to_string()),
        ("min_passage_containment", min_passage_containment.to_string()),
        ("min_shared_unquoted", min_shared_unquoted.to_string()),
        ("min_shared_numbers", min_shared_numbers.to_string()),
        ("min_version_share", min_version_share.to_string()),
    ]
}

/// A figure as reports write it: four decimals say more than any text is worth.
fn rounded(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests;
