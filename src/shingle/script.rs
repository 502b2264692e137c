//! What a character is to a word: a letter in the one form that it is compared in, a digit, a mark that changes nothing, or
//! part of a script that puts no spaces between words.
//!
//! Texts come here in NFKC (`clean::normalize`), so presentation forms, full-width letters and most compositions are one
//! already. What is folded here is what outlets write differently in the same dispatch.

use std::sync::LazyLock;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// The scripts that put no spaces between words, as far as their words are cut differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unspaced {
    Han,
    Hiragana,
    Katakana,
    /// Thai, Lao, Khmer, Burmese and their relatives: syllables of several characters.
    Syllabic,
}

/// What a character outside ASCII does in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Part of a word between spaces that is compared as it stands.
    Plain,
    /// Part of a word between spaces that is compared in another form, or has a meaning to flags.
    Letter,
    /// A digit of any script, with its value in ASCII.
    Digit(u8),
    /// Part of a word in a script without spaces.
    Unspaced(Unspaced),
    /// A mark that belongs to the letter before it, whatever its script.
    Mark,
    /// Nothing that words differ by.
    Ignored,
    /// What stands between words.
    Other,
}

/// The first character beyond the alphabets and syllabaries, each of which has its class in a table.
const BEYOND: usize = 0x3100;

/// The classes of all characters before [`BEYOND`]: those of the standard tables cost a search each, and there are several to
/// ask. Made when the first text that is not ASCII comes, in about a millisecond.
static CLASSES: LazyLock<Vec<Class>> =
    LazyLock::new(|| (0..BEYOND as u32).map(|code| char::from_u32(code).map_or(Class::Other, classify)).collect());

/// The classes of the characters of alphabets and syllabaries, for whoever asks for many.
pub(super) fn classes() -> &'static [Class] {
    &CLASSES
}

/// What the characters of two bytes are, by their codes.
pub(super) struct Pairs(Box<[Pair; 0x800]>);

/// A letter of two bytes that is compared in a form of two bytes, whatever stands beside it: the bits by which that form
/// differs, the first byte lowest, and of the bits that never differ two that say more. Zero for other characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair(u16);

static PAIRS: LazyLock<Pairs> = LazyLock::new(|| Pairs(Box::new(std::array::from_fn(|code| Pair::of(code as u32)))));

/// The characters of two bytes, for whoever asks for many.
#[inline]
pub(super) fn pairs() -> &'static Pairs {
    &PAIRS
}

impl Pairs {
    /// What a character of two bytes is, which are the lowest ones of these, the first one lowest.
    #[inline]
    pub(super) fn get(&self, bytes: u64) -> Pair {
        self.0[(bytes as usize & 0x1f) << 6 | bytes as usize >> 8 & 0x3f]
    }
}

impl Pair {
    /// Any letter.
    pub(super) const KNOWN: Pair = Pair(0x80);
    const CAPITAL: u16 = 0x40;
    /// The bits by which two characters of two bytes may differ.
    const FLIPS: u16 = 0x3f1f;

    fn of(code: u32) -> Self {
        Self::of_letter(code).unwrap_or(Pair(0))
    }

    fn of_letter(code: u32) -> Option<Self> {
        // A letter of Hebrew may stand before a mark of its own.
        let c = char::from_u32(code).filter(|c| c.len_utf8() == 2 && !('א'..='ת').contains(c))?;
        if !matches!(class(c), Class::Plain | Class::Letter) || c.is_numeric() {
            return None;
        }
        let mut folded = String::new();
        fold(c, |to| folded.push(to));
        let is_pair = folded.chars().count() == 1 && folded.len() == 2;
        let bytes = |text: &str| u16::from_le_bytes([text.as_bytes()[0], text.as_bytes()[1]]);
        let capital = if c.is_uppercase() { Self::CAPITAL } else { 0 };
        is_pair.then(|| Pair(bytes(&String::from(c)) ^ bytes(&folded) | Self::KNOWN.0 | capital))
    }

    #[inline]
    pub(super) fn flips(self) -> u16 {
        self.0 & Self::FLIPS
    }

    #[inline]
    pub(super) fn is_capital(self) -> bool {
        self.0 & Self::CAPITAL != 0
    }

    #[inline]
    pub(super) fn is_known(self) -> bool {
        self.0 & Self::KNOWN.0 != 0
    }

    /// Known if both are.
    #[inline]
    pub(super) fn and(self, other: Pair) -> Pair {
        Pair(self.0 & other.0)
    }
}

/// Tells what a character is.
pub(super) fn class(c: char) -> Class {
    match c {
        '\u{4e00}'..='\u{9fff}' => Class::Unspaced(Unspaced::Han),
        '\u{ac00}'..='\u{d7a3}' => Class::Plain,
        _ => CLASSES.get(c as usize).copied().unwrap_or_else(|| classify(c)),
    }
}

fn classify(c: char) -> Class {
    if is_ignored(c) {
        Class::Ignored
    } else if let Some(value) = digit(c) {
        Class::Digit(b'0' + value)
    } else if is_combining_mark(c) {
        Class::Mark
    } else if let Some(script) = unspaced(c) {
        Class::Unspaced(script)
    } else if !c.is_alphanumeric() {
        Class::Other
    } else if is_plain(c) {
        Class::Plain
    } else {
        Class::Letter
    }
}

fn is_plain(c: char) -> bool {
    let mut folded = (0, c);
    fold(c, |to| folded = (folded.0 + 1, to));
    folded == (1, c) && !c.is_numeric() && !c.is_uppercase()
}

/// The script of a letter in text without spaces.
pub(super) fn unspaced(c: char) -> Option<Unspaced> {
    Some(match c {
        '\u{3041}'..='\u{309f}' => Unspaced::Hiragana,
        '\u{30fb}' => return None,
        '\u{30a1}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Unspaced::Katakana,
        '\u{3005}'..='\u{3007}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Unspaced::Han,
        '\u{e01}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{1950}'..='\u{19df}'
        | '\u{1a20}'..='\u{1aaf}'
        | '\u{a980}'..='\u{a9ff}'
        | '\u{aa60}'..='\u{aadf}'
            if c.is_alphanumeric() || is_combining_mark(c) =>
        {
            Unspaced::Syllabic
        }
        _ => return None,
    })
}

/// Marks and joiners that outlets put or leave out as they like.
fn is_ignored(c: char) -> bool {
    matches!(c,
        // Joiners, which choose the form of a Persian or Indic letter; turned commas of Uzbek, typed as apostrophes too.
        '\u{200c}' | '\u{200d}' | '\u{2bb}'..='\u{2bd}'
        // Hebrew points and accents, Arabic vowel marks, Koranic marks and the bar that stretches a word.
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        // The dot below Devanagari letters of Persian words, which half of all outlets leave out; Khmer vowels unseen.
        | '\u{93c}' | '\u{17b4}' | '\u{17b5}')
}

/// The zeros of decimal digits; each is followed by the nine others.
const ZEROS: [u32; 36] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
];

/// The value of a decimal digit outside ASCII.
pub(super) fn digit(c: char) -> Option<u8> {
    let code = c as u32;
    let zero = ZEROS[ZEROS.partition_point(|&zero| zero <= code).checked_sub(1)?];
    (code - zero < 10).then_some((code - zero) as u8)
}

/// Passes the letter on in the form that it is compared in: small, and without what outlets write differently.
pub(super) fn fold(c: char, mut push: impl FnMut(char)) {
    match c {
        // Swiss outlets and capitals write "ss".
        'ß' | 'ẞ' => "ss".chars().for_each(push),
        // Capital I is the capital of both in ASCII text; so Turkish words in capitals are their small ones.
        'İ' | 'ı' => push('i'),
        'ς' => push('σ'),
        // Capitals lose the accents, and gain a diaeresis where an accent had kept two vowels apart.
        '\u{386}'..='\u{3ce}' | '\u{1f00}'..='\u{1fff}' => greek(c, push),
        // Russian prints the dots of ё in schoolbooks only.
        'ё' | 'Ё' => push('е'),
        // Forms of one letter that keyboards of different countries have.
        'أ' | 'إ' | 'آ' | 'ٱ' => push('ا'),
        'ى' | 'ی' => push('ي'),
        'ک' => push('ك'),
        '\u{6c0}' | '\u{6c1}' | '\u{6d5}' => push('ه'),
        // Letters with the dot below as one character.
        '\u{929}' => push('\u{928}'),
        '\u{931}' => push('\u{930}'),
        '\u{934}' => push('\u{933}'),
        // One letter now that was a consonant, a virama and a joiner.
        'ৎ' => "ত্".chars().for_each(push),
        '\u{d7a}' => "ണ്".chars().for_each(push),
        '\u{d7b}' => "ന്".chars().for_each(push),
        '\u{d7c}' => "ര്".chars().for_each(push),
        '\u{d7d}' => "ല്".chars().for_each(push),
        '\u{d7e}' => "ള്".chars().for_each(push),
        '\u{d7f}' => "ക്".chars().for_each(push),
        _ => c.to_lowercase().for_each(push),
    }
}

fn greek(c: char, mut push: impl FnMut(char)) {
    decompose_canonical(c, |part| {
        if !is_combining_mark(part) {
            part.to_lowercase().for_each(|c| push(if c == 'ς' { 'σ' } else { c }));
        }
    });
}

/// Whether a character, where text has no spaces, belongs to what is begun before it: signs that are no marks to Unicode, but
/// never begin a syllable or a word. Marks do so anyway.
pub(super) fn leans_back(c: char, next: Option<char>) -> bool {
    match c {
        // Ideographs are most of what comes here.
        '\u{4e00}'..='\u{9fff}' => false,
        // Vowels behind their consonant, signs of repetition and of abbreviation.
        '\u{e2f}' | '\u{e30}' | '\u{e32}' | '\u{e33}' | '\u{e45}' | '\u{e46}' => true,
        '\u{eaf}' | '\u{eb0}' | '\u{eb2}' | '\u{eb3}' | '\u{ebd}' | '\u{ec6}' | '\u{17d7}' => true,
        // Small kana, the long vowel and iteration marks.
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ' | 'ゝ' | 'ゞ' => {
            true
        }
        'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ' | 'ー' | 'ヽ' | 'ヾ' => {
            true
        }
        '々' => true,
        // A Burmese consonant that ends a syllable, or is stacked on the next.
        '\u{1000}'..='\u{1021}' => matches!(next, Some('\u{103a}' | '\u{1039}')),
        _ => false,
    }
}

/// Whether the character after this one belongs to the same syllable: vowels before their consonant, and signs that stack
/// the next consonant below.
pub(super) fn leans_forward(c: char) -> bool {
    matches!(c, '\u{e40}'..='\u{e44}' | '\u{ec0}'..='\u{ec4}' | '\u{17d2}' | '\u{1039}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_says_what_the_long_way_says() {
        for c in (0..=0x3_ffff).filter_map(char::from_u32) {
            assert_eq!(class(c), classify(c), "{c:?}");
        }
    }
}
