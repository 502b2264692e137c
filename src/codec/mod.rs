//! Compression: told by a file's first bytes, undone and done again.
//!
//! A gzip file may be many members one after the other, a zstd file many frames: shards that were appended to, and
//! WARC files, in which every record is a member of its own. [`Decoder`] goes through them as one stream, and knows
//! where each begins, so that members of which nothing changes can be copied as they are.

mod decoder;
mod encoder;
mod raw;
#[cfg(test)]
mod tests;

pub(crate) use decoder::Piece;
pub use decoder::{Broken, Decoder, Expansion};
pub(crate) use encoder::Encoder;
pub use raw::Raw;

use std::path::Path;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Compression {
    /// Not at all.
    #[default]
    None,
    /// gzip (RFC 1952).
    Gzip,
    /// Zstandard (RFC 8878).
    Zstd,
    /// bzip2.
    Bzip2,
    /// xz.
    Xz,
}

impl Compression {
    const ALL: [Compression; 4] = [Compression::Gzip, Compression::Zstd, Compression::Bzip2, Compression::Xz];

    /// Bytes at the start of a file that tell its compression.
    pub const HEAD_BYTES: usize = 6;

    /// The compression of a file that begins with these bytes.
    pub fn of(head: &[u8]) -> Self {
        match head {
            [0x1F, 0x8B, ..] => Compression::Gzip,
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Compression::Zstd,
            // The digit is the size of its blocks; what follows is the first block's mark.
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31 | 0x17, ..] => Compression::Bzip2,
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Compression::Xz,
            _ => Compression::None,
        }
    }

    /// Its name, for a reader.
    pub fn name(self) -> &'static str {
        match self {
            Compression::None => "not compressed",
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
            Compression::Bzip2 => "bzip2",
            Compression::Xz => "xz",
        }
    }

    /// The endings that files of it have.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Compression::None => &[],
            Compression::Gzip => &["gz", "gzip"],
            Compression::Zstd => &["zst", "zstd"],
            Compression::Bzip2 => &["bz2"],
            Compression::Xz => &["xz"],
        }
    }

    /// The ending that a file of it gets.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Compression::None => "",
            Compression::Gzip => ".gz",
            Compression::Zstd => ".zst",
            Compression::Bzip2 => ".bz2",
            Compression::Xz => ".xz",
        }
    }

    /// A path without the ending of its compression, and whether it had one.
    pub fn strip(path: &Path) -> (&Path, bool) {
        let ending = path.extension().and_then(|ending| ending.to_str());
        let is_known = |known: &&str| ending.is_some_and(|ending| ending.eq_ignore_ascii_case(known));
        let compressed = Compression::ALL.iter().flat_map(|c| c.endings()).any(is_known);
        match path.file_stem() {
            Some(stem) if compressed => (Path::new(stem), true),
            _ => (path, false),
        }
    }
}
