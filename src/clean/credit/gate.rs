//! Lines that credit nobody, which nearly all are, told by their edges: one look for every question.
//!
//! A byline, a line that credits and a credit at the end of a paragraph all show at the first or the last word. What each
//! needs there is put together here and asked once; whatever is doubtful passes, and is read in full.

mod filter;

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::agency;

use filter::{Ends, Starts};

use super::edges::{last_word, may_lead};
use super::words::{BEHIND, BY, CLOSING, REPORTING, is_closing};
use super::{byline, line, sentence, tail};

/// What a line may be, by its edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::clean) struct Looks {
    /// A byline or a line that credits: false only where [`super::byline`] and [`super::credit_line`] find nothing.
    pub(in crate::clean) like_credit: bool,
    /// A paragraph that ends in a credit: false only where [`super::tail`] finds nothing.
    pub(in crate::clean) like_tail: bool,
}

/// Looks at a line.
pub(super) fn look(text: &str) -> Looks {
    let text = text.trim();
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        // One word, such as an entry of a menu, credits nobody unless it is a name.
        return Looks {
            like_credit: LEADS.may_start_with_word(text) && agency::find(text).is_some(),
            like_tail: false,
        };
    }
    let ending = ending(text);
    let is_short = text.len() <= line::MAX_BYTES.max(byline::MAX_BYTES);
    let like_credit = text.len() <= line::MAX_NOTICE_BYTES
        && (ending.of_line || may_open(text, is_short) || (is_short && (leads(text) || is_odd(text))));
    Looks { like_credit, like_tail: ending.of_tail }
}

/// Whether a line starts with a mark or a word that a credit starts with.
fn may_open(text: &str, is_short: bool) -> bool {
    match text.as_bytes() {
        [b'(' | b'<', ..] | [0xc2, 0xa9, ..] | [0xec, 0xa0, ..] => true,
        [b'[' | b'-' | b'=' | b'/' | b'.' | b'_' | b'*' | b'|', ..] => is_short,
        // Dashes and bullets, the sign of a recording's rights, and the thick bracket of Japan.
        [0xe2, 0x84, ..] | [0xe2, 0x80, 0x93, ..] => true,
        [0xe2, 0x80, 0x94 | 0x95 | 0xa2, ..] | [0xe3, 0x80, 0x90, ..] => is_short,
        // "C" for a circled one before Hangul.
        [b'c' | b'C', 0..=b' ' | 0xc2 | 0xe1.., ..] => true,
        // "Автор", "От" in any case, "Про ", "piše".
        [0xd0, 0x90 | 0xb0, 0xd0, 0x92 | 0xb2, ..] => is_short,
        [0xd0, 0x9e | 0xbe, 0xd0, 0xa2, ..] | [0xd0, 0x9e | 0xbe, 0xd1, 0x82, ..] => is_short,
        [0xd0, 0x9f, 0xd1, 0x80, 0xd0, 0xbe, b' ', ..] => true,
        [b'p' | b'P', b'i' | b'I', 0xc5, ..] => is_short,
        [first, ..] if !first.is_ascii() => false,
        _ => STARTS.may_start(text),
    }
}

/// Whether a line may start with an agency.
fn leads(text: &str) -> bool {
    let bare = match text.as_bytes().first_chunk::<4>() {
        Some(the) if the.eq_ignore_ascii_case(b"the ") => &text[4..],
        _ => text,
    };
    LEADS.may_start_with_word(bare) && may_lead(text)
}

/// What a line may be by its end.
struct Ending {
    of_line: bool,
    of_tail: bool,
}

/// Whether a line ends with a mark or a word that a credit ends with.
fn ending(text: &str) -> Ending {
    let end = text.trim_end_matches('.');
    match end.as_bytes() {
        // What some of the questions take off and others do not.
        []
        | [.., b')' | b']' | b'/' | b' ' | b'-' | b'=' | b',' | b'_' | b'*' | b'|']
        | [.., 0xe3, 0x80, 0x91]
        | [.., 0xe2, 0x80, 0xa2]
        | [.., 0xc2, 0xb7] => Ending { of_line: true, of_tail: true },
        // The full stops of India and of China.
        [.., 0xe0, 0xa5, 0xa4] | [.., 0xe3, 0x80, 0x82] => {
            let (with, without) = (last_word(end), last_word(end.trim_end_matches(['.', '।', '。'])));
            let may = may_end_with(with) || may_end_with(without);
            Ending { of_line: may || sentence::may_end_with(with), of_tail: may || tail::is_sign(with) }
        }
        _ if !ENDS.may_end(end) => Ending { of_line: false, of_tail: false },
        _ => {
            let word = last_word(end);
            let may = may_end_with(word);
            Ending { of_line: may || sentence::may_end_with(word), of_tail: may || tail::is_sign(word) }
        }
    }
}

/// Whether a word may end any credit.
fn may_end_with(word: &str) -> bool {
    agency::may_end_with(word) || is_closing(word) || word.bytes().any(|b| b == b'@')
}

/// Whether a short line has what may stand in its midst: an address, a label, what a reporter is called in East Asia.
fn is_odd(text: &str) -> bool {
    // A look at all bytes takes less than a search for one of them.
    let is_rare = |b: u8| matches!(b, b'@' | b':' | b'|' | 0xe4..=0xed);
    text.bytes().fold(false, |any, b| any | is_rare(b))
        && (memchr::memchr(b'@', text.as_bytes()).is_some()
            || line::label(text).is_some_and(|(label, _)| line::may_label(label))
            || REPORTERS.iter().any(|called| called.find(text.as_bytes()).is_some()))
}

static REPORTERS: LazyLock<[Finder<'_>; 4]> = LazyLock::new(|| ["기자", "특파원", "记者", "記者"].map(Finder::new));

/// What lines start with that say whose they are, besides marks and agencies' names.
static STARTS: LazyLock<Starts> = LazyLock::new(|| {
    let mut starts = Starts::default();
    for (word, _) in BY {
        [' ', ':'].iter().for_each(|mark| starts.insert(&format!("{word}{mark}")));
    }
    let others = [REPORTING, line::NOTICE_HEADS, line::CLAIMS, &[line::CLAIM_OF_ITALY], line::SIGNERS].concat();
    let notices = line::NOTICES.iter().map(|(start, _)| *start);
    others.into_iter().chain(notices).for_each(|start| starts.insert(&start.to_lowercase()));
    starts
});

/// What agencies' names start with.
static LEADS: LazyLock<Starts> = LazyLock::new(|| {
    let mut starts = Starts::default();
    agency::first_words().for_each(|word| starts.insert(word));
    starts
});

/// What the last words of credits end with. An address may be at an agency's site.
static ENDS: LazyLock<Ends> = LazyLock::new(|| {
    let mut ends = Ends::default();
    let others = [CLOSING, sentence::WORKS, sentence::CALLINGS].concat();
    agency::last_words().chain(agency::sites()).chain(others).for_each(|word| ends.insert(word));
    BEHIND.iter().for_each(|c| ends.insert(c.encode_utf8(&mut [0; 4])));
    ends
});

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::clean::credit::{byline, credit_line, tail, tests::texts};

    fn check(text: &str) {
        let looks = look(text);
        assert!(looks.like_credit || byline(text).is_none() && credit_line(text).is_none(), "{text:?} is refused");
        assert!(looks.like_tail || tail(text).is_none(), "the end of {text:?} is refused");
    }

    #[test]
    fn every_opening_word_passes_in_any_case() {
        for word in BY.iter().map(|(word, _)| *word).chain(REPORTING.iter().chain(line::NOTICE_HEADS).copied()) {
            for word in [word.to_owned(), word.to_uppercase(), word.replacen('р', "Р", 1)] {
                let opened = [" Marta Quill", ": Marta Quill"].map(|name| format!("{word}{name}"));
                let is_russian = word.to_lowercase() == "про ";
                assert!(is_russian || opened.iter().all(|line| may_open(line, true)), "{word}");
            }
        }
        assert!(
            may_open("Про це повідомляє Укрінформ", false)
                && may_open("оТ Иван", true)
                && may_open("аВТОР: Иван", true)
        );
    }

    /// Cases, and what stands before, between and after them on pages, in any case.
    #[test]
    fn whoever_credits_passes() {
        for text in texts() {
            for end in ["", ".", "..", "।", "。", ").", " •", "|", " ", "!", "\""] {
                check(&format!("{text}{end}"));
                check(&format!("{} {text}{end}", "He said so and went. ".repeat(9)));
            }
            [text.to_uppercase(), text.to_lowercase(), format!("  {text}")].iter().for_each(|text| check(text));
            text.char_indices().for_each(|(at, _)| check(&text[at..]));
        }
    }

    #[test]
    fn sentences_are_refused() {
        for text in [
            "The harbor council of Port Ellery voted on Monday to close the old fish market for good.",
            "Der Rat der Hafenstadt hat am Montag beschlossen, den alten Fischmarkt zu schließen.",
            "Совет портового города в понедельник проголосовал за закрытие старого рыбного рынка.",
            "\"Nobody told us,\" she said, \"and it came as a surprise.\"",
            "বন্দর নগরীর পরিষদ সোমবার পুরোনো মাছের বাজারটি স্থায়ীভাবে বন্ধ করার পক্ষে ভোট দিয়েছে।",
        ] {
            assert_eq!(look(text), Looks { like_credit: false, like_tail: false }, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_refused_credits_nobody(
            text in r"([\PC]{0,9}|[A-ZÉM東аО] ?|[(\[【/=|•·।。.@:]|\)|\]|】| - | — |AFP|AP|dpa|新华社|共同|Reuters|By |ОТ |Автор: |PIŠE|Source: |Quelle : |© |C |The CNN|This |기자|记者|특파원|writer|report|PTI |\. |word ){0,9}"
        ) {
            check(&text);
        }
    }
}
