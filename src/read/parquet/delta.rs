//! The lengths that delta-encoded values begin with, counted before the parquet crate reserves memory for them.
//!
//! A block of such lengths states how many there are in a number of up to 64 bits. They are as many as the page has
//! values, or fewer, because nulls are left out.

use parquet::basic::Encoding;

/// Whether the values of a page claim no more lengths than the page may have values. O(values / 32).
pub(super) fn is_plausible(encoding: Encoding, values: &[u8], n_values: usize) -> bool {
    match encoding {
        Encoding::DELTA_BINARY_PACKED | Encoding::DELTA_LENGTH_BYTE_ARRAY => end_of_block(values, n_values).is_some(),
        Encoding::DELTA_BYTE_ARRAY => {
            // The lengths of what is taken over from the value before, then those of what is new.
            let rest = end_of_block(values, n_values).and_then(|end| values.get(end..));
            rest.is_some_and(|rest| end_of_block(rest, n_values).is_some())
        }
        _ => true,
    }
}

/// The end of a block of delta-encoded numbers, unless it claims more than `most` of them.
fn end_of_block(bytes: &[u8], most: usize) -> Option<usize> {
    let mut at = 0;
    let block = varint(bytes, &mut at)?;
    let n_parts = varint(bytes, &mut at)?;
    let n_values = varint(bytes, &mut at)?;
    varint(bytes, &mut at)?;
    if block > MAX_BLOCK || n_parts == 0 || n_parts > block || n_values > most as u64 {
        return None;
    }
    let per_part = block / n_parts;
    if per_part == 0 {
        return None;
    }
    // The first value is in the head.
    let mut left = n_values.saturating_sub(1);
    while left > 0 {
        varint(bytes, &mut at)?;
        let widths = bytes.get(at..at.checked_add(n_parts as usize)?)?;
        at += widths.len();
        for width in widths {
            if left == 0 {
                break;
            }
            at = at.checked_add(usize::from(*width) * per_part as usize / 8)?;
            left = left.saturating_sub(per_part);
        }
    }
    (at <= bytes.len()).then_some(at)
}

/// Writers use 128; more than this is no block.
const MAX_BLOCK: u64 = 1 << 20;

fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_beyond_the_page_are_refused() {
        // Blocks of 128 in 4 parts, one value, 5 (zigzag 10).
        let one = [0x80, 0x01, 4, 1, 10];
        assert!(is_plausible(Encoding::DELTA_LENGTH_BYTE_ARRAY, &one, 1));
        assert!(!is_plausible(Encoding::DELTA_LENGTH_BYTE_ARRAY, &one, 0));
        assert!(!is_plausible(Encoding::DELTA_BYTE_ARRAY, &one, 1), "the second block is missing");
        assert!(is_plausible(Encoding::DELTA_BYTE_ARRAY, &[one, one].concat(), 1));
        let huge = [0x80, 0x01, 4, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 10];
        assert!(!is_plausible(Encoding::DELTA_BINARY_PACKED, &huge, 1000));
        let empty_blocks = [0x80, 0x01, 0, 9, 10];
        assert!(!is_plausible(Encoding::DELTA_BINARY_PACKED, &empty_blocks, 1000));
    }

    #[test]
    fn parts_are_passed_over() {
        // 40 values: 39 deltas, in one part of 32 with three bits each and one of which seven are used.
        let mut bytes = vec![0x80, 0x01, 4, 40, 10, 2, 3, 5, 0, 0];
        bytes.extend([0; 32 * 3 / 8 + 32 * 5 / 8]);
        assert_eq!(end_of_block(&bytes, 40), Some(bytes.len()));
        assert_eq!(end_of_block(&bytes[..bytes.len() - 1], 40), None);
    }
}
