//! Bytes of a text that stay as they are, many at a time.

use crate::swar::each;

/// How many bytes a text starts with to which there is nothing to do: ASCII without control characters and double spaces,
/// and characters that always stay, which are letters of Latin and Cyrillic, and ideographs.
pub(super) fn n_plain(text: &[u8], after_space: bool) -> usize {
    if after_space && text.first() == Some(&b' ') {
        return 0;
    }
    let from = n_in_plain_blocks(text);
    let after_space = from > 0 && text[from - 1] == b' ';
    from + n_plain_bytes(&text[from..], after_space)
}

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// How many bytes of ASCII a text starts with to which there is nothing to do, in whole blocks; at its end in less than one.
/// The byte behind them makes no double space with the last.
fn n_in_plain_blocks(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(block) = text[at..].first_chunk::<{ BLOCK + 1 }>() {
        if !is_plain(block) {
            return at;
        }
        at += BLOCK;
    }
    let rest = &text[at..];
    let mut block = [b'x'; BLOCK + 1];
    block[..rest.len()].copy_from_slice(rest);
    if is_plain(&block) { text.len() } else { at }
}

/// Whether a block is ASCII to which there is nothing to do, along with the byte behind it.
fn is_plain(block: &[u8; BLOCK + 1]) -> bool {
    // Without a branch, so that many bytes are compared at once. Bytes beyond ASCII are negative.
    (0..BLOCK).fold(true, |plain, i| {
        let is_double = (block[i] == b' ') & (block[i + 1] == b' ');
        plain & (block[i] as i8 >= b' ' as i8) & (block[i] != 0x7f) & !is_double
    })
}

/// The same byte by byte, as far as a register takes them.
fn n_plain_bytes(text: &[u8], after_space: bool) -> usize {
    let (words, rest) = text.as_chunks::<8>();
    let mut after_space = u64::from(after_space) << 7;
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let seven = word & each(0x7f);
        // The highest bit of each byte says what the byte is; none of these sums reaches the next byte.
        let from_space = seven + each(0x80 - 0x20);
        let delete = seven + each(1);
        let space = !(((seven ^ each(0x20)) + each(0x7f)) | word);
        let double = space & (space << 8 | after_space);
        let ascii = (!from_space | delete) & !word;
        let others = (ascii | double | starts_other(word, seven)) & each(0x80);
        if others != 0 {
            return 8 * at + others.trailing_zeros() as usize / 8;
        }
        after_space = (space & each(0x80)) >> 56;
    }
    let mut before = if after_space == 0 { b'x' } else { b' ' };
    let n = rest.iter().take_while(|&&b| {
        let fine = stays(b) && !(b == b' ' && before == b' ');
        before = b;
        fine
    });
    8 * words.len() + n.count()
}

/// The bytes that start a character which may not stay, by their highest bits; `seven` are the other ones.
fn starts_other(word: u64, seven: u64) -> u64 {
    if word & each(0x80) == 0 {
        return 0;
    }
    let latin = (seven ^ each(0x43)) + each(0x7f);
    let cyrillic = (seven & each(0x7e) ^ each(0x50)) + each(0x7f);
    let from_han = seven + each(0x80 - 0x64);
    let after_han = seven + each(0x80 - 0x6a);
    let start = word & word << 1;
    start & latin & cyrillic & (!from_han | after_han)
}

/// Whether there is nothing to do to a byte, unless it is a space behind a space.
fn stays(b: u8) -> bool {
    matches!(b, b' '..=b'~' | 0x80..0xc0 | 0xc3 | 0xd0 | 0xd1 | 0xe4..=0xe9)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bytes_are_told_eight_at_a_time_as_one_at_a_time() {
        for b in (0..=0xff).filter(|b| *b != b' ') {
            let stays = stays(b);
            for at in 0..8 {
                let mut text = *b"word for";
                text[at] = b;
                assert_eq!(n_plain_bytes(&text, false), if stays { 8 } else { at }, "{b:x}");
            }
        }
        let double = |text: &[u8]| n_plain_bytes(text, false);
        assert_eq!((double(b"a word  ."), double(b"an even  one"), n_plain(b" x word or", true)), (7, 8, 0));
    }

    proptest! {
        #[test]
        fn blocks_give_what_bytes_give(text in "[a-z ]{0,30}( ?[a-z]{1,9}|  | é| “|中){0,40}", after_space: bool) {
            prop_assert_eq!(n_plain(text.as_bytes(), after_space), n_plain_bytes(text.as_bytes(), after_space));
        }
    }
}
