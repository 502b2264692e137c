//! Eight bytes of a text in one register, to be looked at together (SIMD within a register).

/// The same byte eight times.
#[inline]
pub(crate) const fn each(byte: u64) -> u64 {
    byte * 0x0101_0101_0101_0101
}

/// The first eight bytes of a text, the first one lowest; zeros where it ends before.
#[inline]
pub(crate) fn first_eight(text: &[u8]) -> u64 {
    match text.first_chunk::<8>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => text.iter().rev().fold(0, |sum, &b| sum << 8 | u64::from(b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_short_text_has_not_is_zero() {
        assert_eq!(first_eight(b""), 0);
        assert_eq!(first_eight(b"abc"), u64::from_le_bytes(*b"abc\0\0\0\0\0"));
        assert_eq!(first_eight(b"abcdefgh"), u64::from_le_bytes(*b"abcdefgh"));
        assert_eq!(first_eight(b"abcdefghi"), first_eight(b"abcdefgh"));
        assert_eq!(each(0x20), u64::from_le_bytes(*b"        "));
    }
}
