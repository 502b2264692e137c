//! Bytes compressed as the file was that they came from.

use std::io::{self, Write};

use lzma_rust2::{XzOptions, XzWriter};

use crate::codec::Compression;

/// Compresses what is written to it; one member or frame.
pub(crate) enum Encoder<W: Write> {
    Plain(W),
    Gzip(flate2::write::GzEncoder<W>),
    Zstd(zstd::stream::write::Encoder<'static, W>),
    Bzip2(bzip2::write::BzEncoder<W>),
    Xz(Box<XzWriter<W>>),
}

/// The level that the `xz` program takes where none is named.
const XZ_LEVEL: u32 = 6;

impl<W: Write> Encoder<W> {
    /// Compresses at the level that the format's own program takes where none is named: the file does not say which
    /// it was written at.
    pub(crate) fn new(out: W, compression: Compression) -> io::Result<Self> {
        Ok(match compression {
            Compression::None => Encoder::Plain(out),
            Compression::Gzip => Encoder::Gzip(flate2::write::GzEncoder::new(out, flate2::Compression::default())),
            Compression::Zstd => {
                let mut frame = zstd::stream::write::Encoder::new(out, zstd::DEFAULT_COMPRESSION_LEVEL)?;
                frame.include_checksum(true)?;
                Encoder::Zstd(frame)
            }
            Compression::Bzip2 => Encoder::Bzip2(bzip2::write::BzEncoder::new(out, bzip2::Compression::best())),
            Compression::Xz => Encoder::Xz(Box::new(XzWriter::new(out, XzOptions::with_preset(XZ_LEVEL))?)),
        })
    }

    /// Ends the member, and gives back what it was written to.
    pub(crate) fn finish(self) -> io::Result<W> {
        match self {
            Encoder::Plain(out) => Ok(out),
            Encoder::Gzip(member) => member.finish(),
            Encoder::Zstd(frame) => frame.finish(),
            Encoder::Bzip2(member) => member.finish(),
            Encoder::Xz(stream) => stream.finish(),
        }
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Encoder::Plain(out) => out.write(bytes),
            Encoder::Gzip(member) => member.write(bytes),
            Encoder::Zstd(frame) => frame.write(bytes),
            Encoder::Bzip2(member) => member.write(bytes),
            Encoder::Xz(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Encoder::Plain(out) => out.flush(),
            Encoder::Gzip(member) => member.flush(),
            Encoder::Zstd(frame) => frame.flush(),
            Encoder::Bzip2(member) => member.flush(),
            Encoder::Xz(stream) => stream.flush(),
        }
    }
}
