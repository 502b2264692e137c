//! What becomes of each character that is not ASCII, in a table.

use std::sync::LazyLock;

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};
use unicode_normalization::{IsNormalized, is_nfkc_quick};

/// Ideographs and syllables of Korean, which stay.
const WHOLE: [std::ops::RangeInclusive<u32>; 2] = [0x4e00..=0x9fff, 0xac00..=0xd7a3];

/// What becomes of a character that is not ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// It stays, and composes with nothing before it.
    None,
    /// It stays, but more than one in a row may have to be put in order.
    Mark,
    /// It stays behind any but a few characters, with which it composes.
    Joint,
    /// It is replaced, whatever stands around it: by an apostrophe, a quotation mark, three dots.
    Apostrophe,
    Quotation,
    Dots,
    /// It is a space, unless one stands before it.
    Space,
    /// That depends on what stands around it.
    Unknown,
}

/// The first character beyond the alphabets and syllabaries, whose changes stand in a table.
const BEYOND: u32 = 0x3100;

/// The changes of all characters before [`BEYOND`]: the tables that tell are searched, and there are several.
pub(super) struct Changes(Vec<Change>);

impl Changes {
    pub(super) fn get() -> &'static Self {
        static CHANGES: LazyLock<Changes> = LazyLock::new(|| Changes((0..BEYOND).map(find_change).collect()));
        &CHANGES
    }

    /// What becomes of the character with this code.
    pub(super) fn of(&self, code: u32) -> Change {
        match self.0.get(code as usize) {
            Some(change) => *change,
            None if WHOLE.iter().any(|whole| whole.contains(&code)) => Change::None,
            None => find_change(code),
        }
    }
}

fn find_change(code: u32) -> Change {
    let Some(c) = char::from_u32(code) else { return Change::Unknown };
    match c {
        '\u{a0}' => return Change::Space,
        '…' => return Change::Dots,
        _ if c.is_whitespace() || c.is_control() || is_invisible(c) => return Change::Unknown,
        _ => {}
    }
    match (is_nfkc_quick(std::iter::once(c)), canonical_combining_class(c)) {
        (IsNormalized::Yes, 0) => straight(c).unwrap_or(Change::None),
        (IsNormalized::Yes, _) => Change::Mark,
        (IsNormalized::Maybe, _) if is_whole(c) => Change::Joint,
        _ => Change::Unknown,
    }
}

/// What becomes of a curly quote.
pub(super) fn straight(c: char) -> Option<Change> {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{02bc}' => Some(Change::Apostrophe),
        '\u{201c}'..='\u{201f}' | '\u{2033}' => Some(Change::Quotation),
        _ => None,
    }
}

/// Whether a character is not composed of others.
pub(super) fn is_whole(c: char) -> bool {
    let mut n_parts = 0;
    decompose_canonical(c, |_| n_parts += 1);
    n_parts == 1
}

/// Characters that change nothing a reader sees: soft hyphen, zero-width space and no-break space, word joiner,
/// direction marks, variation selectors. The joiners U+200C and U+200D stay: Persian and Indic words need them.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffc}')
}
