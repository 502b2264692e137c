//! One page of plain text to an article: the whole file is the text.

use crate::article::Article;
use crate::read::fields::FieldsUsed;
use crate::read::{Parsed, Record};

/// The article of a page, or the reason why there is none. Its id is its path; cleaning finds its outlet, if it says so.
pub(super) fn parse(record: &Record<'_>) -> Result<Parsed, String> {
    let text = utf8(record.bytes)?;
    if text.trim().is_empty() {
        return Err("the page is empty".to_owned());
    }
    let article = Article { id: record.path.display().to_string(), text: text.to_owned(), ..Article::default() };
    Ok(Parsed { article, fields_used: FieldsUsed::default(), date_unread: false })
}

/// The bytes as text, or the reason why they are none.
///
/// No other encoding is guessed: a wrong guess changes words, and two copies that were guessed differently no longer
/// meet. Looked through many bytes at a time, and once more for the place of the first wrong one.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, String> {
    simdutf8::basic::from_utf8(bytes).or_else(|_| std::str::from_utf8(bytes)).map_err(|e| {
        if is_utf16(bytes) {
            return "UTF-16, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8".to_owned();
        }
        let at = e.valid_up_to();
        format!("not UTF-8: byte {} (0x{:02X}) does not belong there", at + 1, bytes[at])
    })
}

/// Whether bytes begin with the byte order mark of UTF-16.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF])
}
