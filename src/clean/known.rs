//! What short lines turned out to be, remembered: the menus and lists of a site stand on each of its pages.
//!
//! Only what a line's own words say is kept, so whatever was read before, a page is read alike.

use std::cell::RefCell;

use xxhash_rust::xxh3::xxh3_64;

use super::Rule;
use super::chrome::Shape;

/// What the words of a line say, as far as it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) n_words: u32,
    pub(super) shape: Shape,
    /// The rule by which they give the line away.
    pub(super) giveaway: Option<Option<Rule>>,
    /// Whether it is surely no byline and no line that credits.
    pub(super) claims_nothing: bool,
    /// Whether it surely credits nobody, be it at its end.
    pub(super) credits_nobody: bool,
}

/// Bytes of the longest line that is remembered: entries of menus and headlines in lists have fewer.
const MAX_BYTES: usize = 55;

/// Lines that a thread remembers: as many as its core's own memory holds along with all else.
const N_SLOTS: usize = 4096;

/// A line that is remembered: what a core fetches at once.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Slot {
    text: [u8; MAX_BYTES],
    len: u8,
    facts: Facts,
}

const _: () = assert!(size_of::<Slot>() == 64);

thread_local! {
    static SLOTS: RefCell<Vec<Slot>> = const { RefCell::new(Vec::new()) };
}

/// What is known of a line, if it was met lately. O(length), and nothing for longer ones.
pub(super) fn recall(line: &str) -> Option<Facts> {
    if line.len() > MAX_BYTES {
        return None;
    }
    SLOTS.with_borrow(|slots| slots.get(place(line)).filter(|slot| slot.is_of(line)).map(|slot| slot.facts))
}

/// Remembers what is known of a line, unless it is too long; whatever was at its place is forgotten.
pub(super) fn remember(line: &str, facts: Facts) {
    if line.len() > MAX_BYTES {
        return;
    }
    SLOTS.with_borrow_mut(|slots| {
        if slots.is_empty() {
            slots.resize(N_SLOTS, Slot::EMPTY);
        }
        let mut slot = Slot { len: line.len() as u8, facts, ..Slot::EMPTY };
        slot.text[..line.len()].copy_from_slice(line.as_bytes());
        slots[place(line)] = slot;
    });
}

/// Where a line is remembered.
fn place(line: &str) -> usize {
    xxh3_64(line.as_bytes()) as usize % N_SLOTS
}

impl Slot {
    /// Of the empty line.
    const EMPTY: Slot = Slot {
        text: [0; MAX_BYTES],
        len: 0,
        facts: Facts { n_words: 0, shape: Shape::Blank, giveaway: None, claims_nothing: false, credits_nobody: false },
    };

    fn is_of(&self, line: &str) -> bool {
        usize::from(self.len) == line.len() && self.text[..line.len()] == *line.as_bytes()
    }
}
