//! One file of the output: its input read again, and written without what goes.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::choose::Chosen;
use super::layout::{FileLayout, Is};
use super::notes::Note;
#[cfg(feature = "parquet")]
use super::parquet;
use super::patch::{Edit, Editor, annotations, cuts};
use super::{NoteNames, Options};
use crate::codec::{Broken, Compression, Decoder, Encoder, Expansion, Piece, Raw};
use crate::error::{Error, Result};
use crate::outfile::OutFile;
use crate::progress::Progress;
use crate::read::{Format, InputFile};

/// Writes a file of the output; the bytes that it takes on disk, or `None` where it is a page that was left out.
///
/// # Errors
/// [`Error::Read`], [`Error::Write`], [`Error::Changed`].
pub(super) fn write(
    file: &InputFile,
    target: &Path,
    layout: &FileLayout,
    chosen: &Chosen,
    options: &Options,
) -> Result<Option<u64>> {
    let Some((format, compression)) = file.form else {
        // A file that was passed over is no part of the corpus; one that could not be read may be.
        return if file.is_broken { as_it_is(file, target, &options.run.progress).map(Some) } else { Ok(None) };
    };
    let note = options.annotate.as_ref();
    if matches!(format, Format::Html | Format::Text) && note.is_none() && is_left_out(layout, chosen) {
        return Ok(None);
    }
    let edits = match note {
        Some(names) => annotations(layout, chosen, format, file.names_end, names),
        None => cuts(layout, chosen, format),
    };
    let mut out = create(target)?;
    if format == Format::Parquet {
        columns(file, &mut out, layout, chosen, options)?;
    } else if edits.is_empty() && !file.is_broken {
        copy(file, &mut out, &options.run.progress)?;
    } else {
        let mut copying = Copying { file, compression, out: &mut out, progress: &options.run.progress };
        copying.rewrite(&edits)?;
    }
    out.finish()?;
    if let (Format::Html | Format::Text, Some(names)) = (format, note) {
        write_beside(target, layout, chosen, names)?;
    }
    n_bytes(target).map(Some)
}

fn create(target: &Path) -> Result<OutFile> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(|source| Error::Write { path: target.to_owned(), source })?;
    }
    OutFile::create(target)
}

fn n_bytes(target: &Path) -> Result<u64> {
    let written = fs::metadata(target).map_err(|source| Error::Write { path: target.to_owned(), source })?;
    Ok(written.len())
}

fn as_it_is(file: &InputFile, target: &Path, progress: &Progress) -> Result<u64> {
    let mut out = create(target)?;
    copy(file, &mut out, progress)?;
    out.finish()?;
    n_bytes(target)
}

/// Writes a Parquet file without the rows that go. One that is damaged is left as it is: rows cannot be taken out of it.
#[cfg(feature = "parquet")]
fn columns(file: &InputFile, out: &mut OutFile, layout: &FileLayout, chosen: &Chosen, options: &Options) -> Result<()> {
    let article = |row: u64| match layout.records.get(row as usize).map(|record| record.is) {
        Some(Is::Article(position)) => Some(position),
        _ => None,
    };
    let goes = |row: u64| article(row).is_some_and(|position| chosen.kept_for(position).is_some());
    let progress = &options.run.progress;
    let names = options.annotate.as_ref();
    if file.is_broken || (names.is_none() && !(0..layout.records.len() as u64).any(goes)) {
        return copy(file, out, progress);
    }
    let path = out.path().to_owned();
    let input = file.reopen()?;
    check_unchanged(file, &input)?;
    let written = match names {
        Some(names) => {
            parquet::annotate(input, out, names.all(), |row| article(row).map(|position| Note::of(position, chosen)))
        }
        None => parquet::rewrite(input, out, |row| !goes(row)),
    };
    progress.pass(file.n_bytes().unwrap_or(0));
    written.map(drop).map_err(|error| match error {
        parquet::RewriteError::Write(source) => Error::Write { path, source },
        parquet::RewriteError::Input(reason) => read_error(file, io::Error::other(reason)),
        parquet::RewriteError::Column(name) => Error::Taken { path: file.path.to_path_buf(), line: 1, name },
    })
}

/// Without the feature such a file is refused before.
#[cfg(not(feature = "parquet"))]
fn columns(file: &InputFile, out: &mut OutFile, _: &FileLayout, _: &Chosen, options: &Options) -> Result<()> {
    copy(file, out, &options.run.progress)
}

/// Whether a page, alone in its file, is a copy.
fn is_left_out(layout: &FileLayout, chosen: &Chosen) -> bool {
    layout.articles().next().is_some_and(|position| chosen.kept_for(position).is_some())
}

/// Writes the note on a page beside it, in a file that is no input.
fn write_beside(target: &Path, layout: &FileLayout, chosen: &Chosen, names: &NoteNames) -> Result<()> {
    let Some(Is::Article(position)) = layout.records.first().map(|record| record.is) else { return Ok(()) };
    let mut name = target.as_os_str().to_owned();
    name.push(".wirecopy");
    let path = PathBuf::from(name);
    let mut out = OutFile::create(&path)?;
    writeln!(out, "{}", Note::of(position, chosen).to_json(names)).map_err(|source| Error::Write { path, source })?;
    out.finish()
}

/// Copies a file of which nothing changes, as it lies on disk.
fn copy(file: &InputFile, out: &mut OutFile, progress: &Progress) -> Result<()> {
    let mut input = file.reopen()?;
    check_unchanged(file, &input)?;
    let mut buffer = vec![0; COPIED_AT_ONCE];
    let mut n_copied = 0;
    loop {
        let n = io::Read::read(&mut input, &mut buffer).map_err(|source| read_error(file, source))?;
        if n == 0 {
            break;
        }
        out.write_all(&buffer[..n]).map_err(|source| Error::Write { path: out.path().to_owned(), source })?;
        n_copied += n as u64;
        progress.pass(n as u64);
    }
    if Some(n_copied) == file.n_bytes() { Ok(()) } else { Err(changed(file)) }
}

fn changed(file: &InputFile) -> Error {
    Error::Changed { path: file.path.to_path_buf() }
}

/// Checks that a file is as long and as old as it was.
fn check_unchanged(file: &InputFile, opened: &fs::File) -> Result<()> {
    let now = opened.metadata().map_err(|source| read_error(file, source))?;
    let is_same = Some(now.len()) == file.n_bytes() && now.modified().ok() == file.modified;
    if is_same || file.spooled.is_some() { Ok(()) } else { Err(changed(file)) }
}

const COPIED_AT_ONCE: usize = 256 << 10;

fn read_error(file: &InputFile, source: io::Error) -> Error {
    Error::Read { path: file.path.to_path_buf(), source }
}

/// A file being copied with changes.
struct Copying<'a> {
    file: &'a InputFile,
    compression: Compression,
    out: &'a mut OutFile,
    progress: &'a Progress,
}

/// Bytes of a member that are held until it is known whether anything in it changes.
const HELD_BYTES: usize = 8 << 20;

/// How a member ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Another may follow.
    OfMember,
    OfFile,
}

impl Copying<'_> {
    /// Copies the file member by member: those that stay as they are as they lie on disk, others compressed anew.
    fn rewrite(&mut self, edits: &[Edit]) -> Result<()> {
        let everything = Expansion { ratio: u64::MAX, bytes: u64::MAX };
        let raw = Raw::file(self.file.reopen()?);
        let mut decoder = Decoder::new(raw, everything).map_err(|source| read_error(self.file, source))?;
        let mut editor = Editor::new(edits);
        let mut n_written = 0;
        while self.member(&mut decoder, &mut editor, &mut n_written)? == End::OfMember {}
        if Some(decoder.digest()) != self.file.digest {
            return Err(changed(self.file));
        }
        let mut last = Vec::new();
        editor.finish(&mut last).map_err(|source| self.write_error(source))?;
        // A file of nothing that is compressed is not empty.
        if !last.is_empty() || n_written == 0 {
            self.encode(&last)?;
        }
        Ok(())
    }

    fn member(&mut self, decoder: &mut Decoder, editor: &mut Editor<'_>, n_written: &mut u64) -> Result<End> {
        let is_plain = self.compression == Compression::None;
        if !is_plain {
            decoder.keep_raw();
        }
        let before = decoder.raw().map_or(0, Raw::n_read);
        let mut held = Vec::new();
        let end = loop {
            match read_piece(self.file, decoder, &mut held)? {
                Piece::Bytes if is_plain || held.len() > HELD_BYTES => {
                    drop(decoder.take_raw());
                    *n_written += 1;
                    let end = self.stream(decoder, editor, held)?;
                    self.progress.pass(decoder.raw().map_or(0, Raw::n_read).saturating_sub(before));
                    return Ok(end);
                }
                Piece::Bytes => {}
                Piece::EndOfMember => break End::OfMember,
                Piece::End => break End::OfFile,
            }
        };
        self.progress.pass(decoder.raw().map_or(0, Raw::n_read).saturating_sub(before));
        let as_it_was = decoder.take_raw();
        if end == End::OfMember && editor.leaves(held.len() as u64) {
            editor.skip(held.len() as u64);
            *n_written += 1;
            return self.out.write_all(&as_it_was).map(|()| end).map_err(|source| self.write_error(source));
        }
        let mut edited = Vec::new();
        editor.write(&held, &mut edited).map_err(|source| self.write_error(source))?;
        if !edited.is_empty() {
            *n_written += 1;
            self.encode(&edited)?;
        }
        Ok(end)
    }

    /// Copies a member that is too long to be held: what was read of it, and the rest.
    fn stream(&mut self, decoder: &mut Decoder, editor: &mut Editor<'_>, mut held: Vec<u8>) -> Result<End> {
        let path = self.out.path().to_owned();
        let write_error = |source| Error::Write { path: path.clone(), source };
        let mut encoder = Encoder::new(&mut *self.out, self.compression).map_err(write_error)?;
        let end = loop {
            editor.write(&held, &mut encoder).map_err(write_error)?;
            held.clear();
            match read_piece(self.file, decoder, &mut held)? {
                Piece::Bytes => {}
                Piece::EndOfMember => break End::OfMember,
                Piece::End => break End::OfFile,
            }
        };
        encoder.finish().map_err(write_error)?;
        Ok(end)
    }

    /// Writes bytes as one member.
    fn encode(&mut self, bytes: &[u8]) -> Result<()> {
        let packed = Encoder::new(Vec::new(), self.compression)
            .and_then(|mut encoder| encoder.write_all(bytes).and_then(|()| encoder.finish()));
        packed.and_then(|packed| self.out.write_all(&packed)).map_err(|source| self.write_error(source))
    }

    fn write_error(&self, source: io::Error) -> Error {
        Error::Write { path: self.out.path().to_owned(), source }
    }
}

/// Reads on, up to where the first reading ended.
fn read_piece(file: &InputFile, decoder: &mut Decoder, held: &mut Vec<u8>) -> Result<Piece> {
    if file.is_broken && decoder.n_out() >= file.n_unpacked {
        return Ok(Piece::End);
    }
    match decoder.piece(held) {
        Ok(piece) => Ok(piece),
        Err(Broken::Read(source)) => Err(read_error(file, source)),
        Err(Broken::Damaged(_)) if file.is_broken => Ok(Piece::End),
        Err(Broken::Damaged(_)) => Err(changed(file)),
    }
}
