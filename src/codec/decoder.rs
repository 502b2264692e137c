//! A compressed file as the bytes that were compressed.

use std::fmt;
use std::io::{self, BufRead, Read};

use lzma_rust2::XzReader;
use xxhash_rust::xxh3::Xxh3;

use crate::codec::{Compression, Raw};

/// The bytes of a file, whatever its compression; members and frames one after the other.
pub struct Decoder {
    compression: Compression,
    state: State,
    /// Bytes given until now.
    n_out: u64,
    digest: Box<Xxh3>,
    limits: Expansion,
}

/// Where the decoder stands.
enum State {
    /// Before a member, or at the end.
    Between(Raw),
    Within(Box<Member>),
    /// The bytes were damaged: what is left of them is not read.
    Stopped,
}

enum Member {
    Plain(Raw),
    Gzip(Box<flate2::bufread::GzDecoder<Raw>>),
    Zstd(zstd::stream::read::Decoder<'static, Raw>),
    Bzip2(bzip2::bufread::BzDecoder<Raw>),
    Xz(Box<XzReader<Raw>>),
}

/// What a compressed file may become: a file that is made to exhaust whoever unpacks it goes beyond any of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expansion {
    /// Bytes out for each byte in, once [`Expansion::FREE_BYTES`] are out.
    pub ratio: u64,
    /// Bytes out.
    pub bytes: u64,
}

impl Expansion {
    /// Bytes that any file may become, however small it is: reading them takes less than a second.
    pub const FREE_BYTES: u64 = 64 << 20;
}

impl Default for Expansion {
    /// News compresses five to tenfold, a file of one text over and over about a hundredfold; a bomb a thousandfold
    /// (gzip) and more.
    fn default() -> Self {
        Expansion { ratio: 200, bytes: 256 << 30 }
    }
}

/// Why there are no more bytes.
#[derive(Debug)]
pub enum Broken {
    /// The system could not read on.
    Read(io::Error),
    /// The compressed bytes end too early, are damaged, or make too much; what came before them was given.
    Damaged(String),
}

/// What a reading gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    Bytes,
    /// Nothing, but a member was left.
    EndOfMember,
    /// Nothing: the file is at its end.
    End,
}

/// Bytes of one reading.
const PIECE_BYTES: usize = 32 << 10;

/// Memory that a decoder of xz may ask for, in KiB: the largest of its presets needs 65 MiB.
const XZ_MEMORY_KIB: u32 = 256 << 10;

impl Decoder {
    /// Decodes a file from its start.
    ///
    /// # Errors
    /// What the system says.
    pub fn new(mut raw: Raw, limits: Expansion) -> io::Result<Self> {
        let compression = Compression::of(raw.peek(Compression::HEAD_BYTES)?);
        Ok(Decoder { compression, state: State::Between(raw), n_out: 0, digest: Box::new(Xxh3::new()), limits })
    }

    /// How the file is compressed.
    pub fn compression(&self) -> Compression {
        self.compression
    }

    /// The compressed bytes; `None` after damage.
    pub fn raw(&self) -> Option<&Raw> {
        match &self.state {
            State::Between(raw) => Some(raw),
            State::Within(member) => Some(member.raw()),
            State::Stopped => None,
        }
    }

    /// Keeps the compressed bytes from here on, for [`Decoder::take_raw`].
    pub(crate) fn keep_raw(&mut self) {
        if let Some(raw) = self.raw_mut() {
            raw.keep();
        }
    }

    /// The compressed bytes since then.
    pub(crate) fn take_raw(&mut self) -> Vec<u8> {
        self.raw_mut().map(Raw::take_kept).unwrap_or_default()
    }

    fn raw_mut(&mut self) -> Option<&mut Raw> {
        match &mut self.state {
            State::Between(raw) => Some(raw),
            State::Within(member) => Some(member.raw_mut()),
            State::Stopped => None,
        }
    }

    /// Appends `n` bytes or somewhat more, or those that are left. Their number; fewer than `n` only at the end.
    ///
    /// # Errors
    /// [`Broken`]; what was decoded before it is appended all the same.
    pub fn append(&mut self, bytes: &mut Vec<u8>, n: usize) -> Result<usize, Broken> {
        let start = bytes.len();
        while bytes.len() - start < n {
            if self.piece(bytes)? == Piece::End {
                break;
            }
        }
        Ok(bytes.len() - start)
    }

    /// Appends what one reading gives.
    ///
    /// Readings are of one size whatever is asked for, because damage costs what the reading that meets it would have
    /// given: so a second run through a damaged file gives the same bytes as the first.
    ///
    /// # Errors
    /// [`Broken`].
    pub(crate) fn piece(&mut self, bytes: &mut Vec<u8>) -> Result<Piece, Broken> {
        if !self.open_member()? {
            return Ok(Piece::End);
        }
        let at = bytes.len();
        bytes.resize(at + PIECE_BYTES, 0);
        let read = self.read_member(&mut bytes[at..]);
        bytes.truncate(at + *read.as_ref().unwrap_or(&0));
        if read? == 0 {
            self.close_member();
            return Ok(Piece::EndOfMember);
        }
        self.n_out += (bytes.len() - at) as u64;
        self.digest.update(&bytes[at..]);
        self.check_expansion()?;
        Ok(Piece::Bytes)
    }

    /// Bytes given until now.
    pub fn n_out(&self) -> u64 {
        self.n_out
    }

    /// The hash of the bytes given until now: it tells whether a second reading saw the same.
    pub fn digest(&self) -> u64 {
        self.digest.digest()
    }

    /// Goes into the next member, if it is not in one; whether there is one.
    fn open_member(&mut self) -> Result<bool, Broken> {
        let State::Between(raw) = &mut self.state else { return Ok(matches!(self.state, State::Within(_))) };
        let is_first = raw.position() == 0;
        if self.compression != Compression::None && !is_first {
            skip_padding(raw).map_err(Broken::Read)?;
        }
        let head = raw.peek(Compression::HEAD_BYTES).map_err(Broken::Read)?;
        if head.is_empty() {
            return Ok(false);
        }
        if Compression::of(head) != self.compression {
            let name = self.compression.name();
            return Err(self.stop(format!("after its {name} data come bytes that are none; they were not read")));
        }
        let State::Between(raw) = std::mem::replace(&mut self.state, State::Stopped) else { return Ok(false) };
        let member = Member::open(raw, self.compression).map_err(Broken::Read)?;
        self.state = State::Within(Box::new(member));
        Ok(true)
    }

    fn read_member(&mut self, buffer: &mut [u8]) -> Result<usize, Broken> {
        let State::Within(member) = &mut self.state else { return Ok(0) };
        let error = match member.read(buffer) {
            Ok(n) => return Ok(n),
            Err(error) => error,
        };
        if member.raw().failed() {
            return Err(Broken::Read(error));
        }
        let reason = match error.kind() {
            io::ErrorKind::UnexpectedEof => "the file ends within its compressed data: it was cut off".to_owned(),
            _ => format!("its {} data are damaged ({error})", self.compression.name()),
        };
        Err(self.stop(reason))
    }

    /// Leaves a member that was read to its end.
    fn close_member(&mut self) {
        if let State::Within(member) = std::mem::replace(&mut self.state, State::Stopped) {
            self.state = State::Between(member.into_raw());
        }
    }

    fn check_expansion(&mut self) -> Result<(), Broken> {
        if self.compression == Compression::None || self.n_out <= Expansion::FREE_BYTES {
            return Ok(());
        }
        let n_in = self.raw().map_or(1, Raw::n_read).max(1);
        let reason = if self.n_out > self.limits.bytes {
            format!("it unpacks to more than {} bytes; --max-unpacked allows more", self.limits.bytes)
        } else if self.n_out / n_in > self.limits.ratio {
            format!(
                "{n_in} bytes of it unpack to {}, more than {} times as many; --max-ratio allows more",
                self.n_out, self.limits.ratio
            )
        } else {
            return Ok(());
        };
        Err(self.stop(reason))
    }

    fn stop(&mut self, reason: String) -> Broken {
        self.state = State::Stopped;
        Broken::Damaged(reason)
    }
}

/// Passes over the zeros that some tools fill their last block with.
fn skip_padding(raw: &mut Raw) -> io::Result<()> {
    loop {
        let bytes = raw.fill_buf()?;
        let n = bytes.iter().take_while(|byte| **byte == 0).count();
        let all = n == bytes.len();
        raw.consume(n);
        if n == 0 || !all {
            return Ok(());
        }
    }
}

impl Member {
    fn open(raw: Raw, compression: Compression) -> io::Result<Self> {
        Ok(match compression {
            Compression::None => Member::Plain(raw),
            Compression::Gzip => Member::Gzip(Box::new(flate2::bufread::GzDecoder::new(raw))),
            Compression::Zstd => Member::Zstd(zstd::stream::read::Decoder::with_buffer(raw)?.single_frame()),
            Compression::Bzip2 => Member::Bzip2(bzip2::bufread::BzDecoder::new(raw)),
            Compression::Xz => Member::Xz(Box::new(XzReader::new_mem_limit(raw, false, XZ_MEMORY_KIB))),
        })
    }

    /// Fills the buffer or a part of it; nothing at the end of the member.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Member::Plain(raw) => raw.read(buffer),
            Member::Gzip(member) => member.read(buffer),
            Member::Zstd(frame) => frame.read(buffer),
            Member::Bzip2(member) => member.read(buffer),
            Member::Xz(stream) => stream.read(buffer),
        }
    }

    fn raw(&self) -> &Raw {
        match self {
            Member::Plain(raw) => raw,
            Member::Gzip(member) => member.get_ref(),
            Member::Zstd(frame) => frame.get_ref(),
            Member::Bzip2(member) => member.get_ref(),
            Member::Xz(stream) => stream.inner(),
        }
    }

    fn raw_mut(&mut self) -> &mut Raw {
        match self {
            Member::Plain(raw) => raw,
            Member::Gzip(member) => member.get_mut(),
            Member::Zstd(frame) => frame.get_mut(),
            Member::Bzip2(member) => member.get_mut(),
            Member::Xz(stream) => stream.inner_mut(),
        }
    }

    fn into_raw(self) -> Raw {
        match self {
            Member::Plain(raw) => raw,
            Member::Gzip(member) => member.into_inner(),
            Member::Zstd(frame) => frame.finish(),
            Member::Bzip2(member) => member.into_inner(),
            Member::Xz(stream) => stream.into_inner(),
        }
    }
}

impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").field("compression", &self.compression).finish_non_exhaustive()
    }
}
