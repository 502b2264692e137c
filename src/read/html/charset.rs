//! Bytes of unknown charset to text.
//!
//! Old pages and archives are in whatever their time and place wrote, and what they say of it is wrong often enough: a
//! server declares one charset for all its pages, a template another. What counts is, in this order: a byte order mark;
//! UTF-8, if the bytes are UTF-8 and more than ASCII; what the HTTP header says; what the page says; a guess.
//!
//! UTF-8 comes before what is declared because its multi-byte letters hardly ever arise by chance in another charset, while
//! pages in UTF-8 that are declared ISO-8859-1 are common. The opposite, bytes that are not UTF-8 and are declared so, is
//! a declaration that counts only if the damage is small, as where a page was cut within a letter.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

/// A page says what its charset is within so many bytes. The standard demands 1,024; some have comments before it.
const DECLARED_WITHIN: usize = 4 << 10;

/// A guess hardly changes after so many bytes.
const GUESSED_FROM: usize = 64 << 10;

/// The text of bytes. `declared` is the charset of the HTTP header, if there is one. O(bytes).
///
/// Bytes that are no text in the charset become U+FFFD.
pub(in crate::read) fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark_len)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark_len..]).0;
    }
    let utf16 = unmarked_utf16(bytes);
    if utf16.is_none()
        && !bytes.is_ascii()
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Cow::Borrowed(text);
    }
    let declared = declared.and_then(|label| known(label.as_bytes()));
    let said = [utf16, declared, said_by_page(bytes)];
    let fits = |encoding: &&'static Encoding| *encoding != UTF_8 || is_nearly_utf8(bytes);
    let encoding = said.into_iter().flatten().find(fits).unwrap_or_else(|| guessed(bytes));
    encoding.decode_without_bom_handling(bytes).0
}

/// The encoding of a label. UTF-16 without a mark is UTF-8 by mistake, as the standard says too, unless it looks like it.
fn known(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    if encoding == UTF_16BE || encoding == UTF_16LE {
        return Some(UTF_8);
    }
    Some(encoding).filter(|encoding| *encoding != REPLACEMENT)
}

/// Markup in UTF-16 without its mark: every other byte of its first tag is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, b, 0, ..] if b.is_ascii() => Some(UTF_16LE),
        [0, b'<', 0, b, ..] if b.is_ascii() => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether most of what is not ASCII is UTF-8.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut n_good, mut n_bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_bad += usize::from(!chunk.invalid().is_empty());
    }
    n_bad <= n_good / 4
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // What is not ASCII may come late, after the styles.
    let telling = &bytes[Encoding::iso_2022_jp_ascii_valid_up_to(bytes)..];
    detector.feed(&telling[..telling.len().min(GUESSED_FROM)], true);
    detector.guess(None, Utf8Detection::Allow)
}

/// What a `<meta>` of the page says.
fn said_by_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    let mut rest = head.as_slice();
    while let Some(at) = find(rest, b"<meta") {
        rest = &rest[at + b"<meta".len()..];
        let tag = &rest[..find(rest, b">").unwrap_or(rest.len())];
        if let Some(encoding) = charset_in(tag).and_then(known) {
            return Some(encoding);
        }
    }
    None
}

/// The value after `charset=` in a tag: of its own attribute, or within the content of an `http-equiv`.
fn charset_in(tag: &[u8]) -> Option<&[u8]> {
    let after = &tag[find(tag, b"charset")? + b"charset".len()..];
    let value = after.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value).trim_ascii_start();
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b';' | b'/');
    Some(&value[..value.iter().position(ends).unwrap_or(value.len())])
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, what)
}
