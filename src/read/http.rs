//! The HTTP response that a web archive holds: what kind of content it is, and the content as it was before the
//! transfer.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::read::MAX_RECORD_BYTES;

/// A response.
#[derive(Debug)]
pub(super) struct Response<'a> {
    status: u16,
    content_type: Option<&'a str>,
    content_encoding: Option<&'a str>,
    is_chunked: bool,
    content: &'a [u8],
}

/// Header lines of a response at most.
const MAX_HEADERS: usize = 512;

/// Takes a response apart; `None` for bytes that are none.
pub(super) fn parse(bytes: &[u8]) -> Option<Response<'_>> {
    let mut headers = vec![httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let mut config = httparse::ParserConfig::default();
    // Archives hold what servers sent, not what they should have sent.
    config
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .ignore_invalid_headers_in_responses(true);
    let httparse::Status::Complete(head) = config.parse_response(&mut response, bytes).ok()? else { return None };
    let header = |name: &str| {
        let found = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(found.value).ok().map(str::trim)
    };
    Some(Response {
        status: response.code?,
        content_type: header("content-type"),
        content_encoding: header("content-encoding"),
        is_chunked: header("transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked")),
        content: &bytes[head..],
    })
}

/// Whether a content type is that of a page.
pub(super) fn is_html(content_type: &str) -> bool {
    matches!(essence(content_type).as_str(), "text/html" | "application/xhtml+xml")
}

/// Whether a content type is that of text without markup.
pub(super) fn is_plain_text(content_type: &str) -> bool {
    essence(content_type) == "text/plain"
}

fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The charset that a content type names.
pub(super) fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_it = name.trim().eq_ignore_ascii_case("charset");
        is_it.then(|| value.trim().trim_matches(['"', '\''])).filter(|value| !value.is_empty())
    })
}

impl Response<'_> {
    /// Whether it brought a page: a redirect or an error did not, nor did an image.
    pub(super) fn is_page(&self) -> bool {
        (200..300).contains(&self.status)
            && self.content_type.is_none_or(|kind| kind.is_empty() || is_html(kind) || is_plain_text(kind))
    }

    /// Whether it is text without markup.
    pub(super) fn is_plain_text(&self) -> bool {
        self.content_type.is_some_and(is_plain_text)
    }

    /// The charset of the header.
    pub(super) fn charset(&self) -> Option<&str> {
        self.content_type.and_then(charset)
    }

    /// The content, without the forms that its transfer gave it. Many archives took those off and left the headers as
    /// they were, so each is looked for before it is undone.
    ///
    /// # Errors
    /// The reason why it cannot be unpacked.
    pub(super) fn body(&self) -> Result<Cow<'_, [u8]>, String> {
        let content = if self.is_chunked { unchunked(self.content) } else { Cow::Borrowed(self.content) };
        let encodings = self.content_encoding.unwrap_or_default().to_ascii_lowercase();
        // The last one named was applied last.
        encodings.split(',').rev().map(str::trim).try_fold(content, |content, encoding| decoded(content, encoding))
    }
}

fn decoded<'a>(content: Cow<'a, [u8]>, encoding: &str) -> Result<Cow<'a, [u8]>, String> {
    let bytes = content.as_ref();
    let unpacked = match encoding {
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1F, 0x8B]) => unpack(flate2::read::MultiGzDecoder::new(bytes)),
        "zstd" if bytes.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => {
            zstd::stream::read::Decoder::new(bytes).and_then(unpack)
        }
        "deflate" if !is_text(bytes) => {
            unpack(flate2::read::ZlibDecoder::new(bytes)).or_else(|_| unpack(flate2::read::DeflateDecoder::new(bytes)))
        }
        "br" if !is_text(bytes) => unpack(brotli_decompressor::Decompressor::new(bytes, 64 << 10)),
        _ => return Ok(content),
    };
    unpacked.map(Cow::Owned).map_err(|error| format!("its content cannot be unpacked ({encoding}): {error}"))
}

/// Whether content was unpacked already: compressed bytes do not begin as markup or words do.
fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64)];
    head.iter().all(|byte| *byte >= 0x20 || matches!(byte, b'\t' | b'\r' | b'\n'))
}

/// Unpacks at most as much as a record may have.
fn unpack(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_RECORD_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_RECORD_BYTES {
        return Err(io::Error::other(format!("it unpacks to more than {MAX_RECORD_BYTES} bytes")));
    }
    Ok(bytes)
}

/// Puts the chunks of a transfer together (RFC 9112, section 7.1). Content that does not begin with the size of a chunk
/// was put together already.
fn unchunked(content: &[u8]) -> Cow<'_, [u8]> {
    let mut whole = Vec::new();
    let mut rest = content;
    let mut n_chunks = 0;
    while let Some((size, after)) = chunk_size(rest) {
        if size == 0 {
            return Cow::Owned(whole);
        }
        let size = size.min(after.len());
        whole.extend_from_slice(&after[..size]);
        rest = after[size..].strip_prefix(b"\r\n").unwrap_or(&after[size..]);
        n_chunks += 1;
    }
    if n_chunks == 0 { Cow::Borrowed(content) } else { Cow::Owned(whole) }
}

/// The size at the start of a chunk, and what follows its line.
fn chunk_size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let line_end = bytes.iter().take(256).position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(&bytes[..line_end]).ok()?;
    let size = line.split(';').next()?.trim();
    Some((usize::from_str_radix(size, 16).ok()?, &bytes[line_end + 1..]))
}
