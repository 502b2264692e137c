//! Hostile files that are large, or of a format that is not written by hand: each is made when it is needed.
//!
//! Those of several records hold, before and after what is hostile, four good ones, of which one is a copy.

mod pages;
#[cfg(feature = "parquet")]
mod parquet;
mod records;

use std::fs::File;
use std::io::{BufWriter, Result, Write};
use std::path::Path;

use crate::desk::{Article, article};

/// Writes a file.
type Make = fn(&mut dyn Write) -> Result<()>;

/// The names of all files that can be made.
pub fn names() -> impl Iterator<Item = &'static str> {
    all().map(|(name, _)| name)
}

/// Makes the file of a name.
pub fn write(name: &str, path: &Path) {
    let (_, make) = all().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("nobody makes {name}"));
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path).unwrap());
    make(&mut out).and_then(|()| out.flush()).unwrap();
}

fn all() -> impl Iterator<Item = (&'static str, Make)> {
    let made = records::MADE.iter().chain(records::PACKED).chain(pages::MADE);
    #[cfg(feature = "parquet")]
    let made = made.chain(parquet::MADE);
    made.copied()
}

/// An article, and one that is no copy of it, to stand before what is hostile.
fn before() -> [Article; 2] {
    [article(1, "varn.example"), article(2, "varn.example")]
}

/// A copy, and one more article, to stand after it.
fn after() -> [Article; 2] {
    let [first, _] = before();
    let copy = Article { id: "copy".to_owned(), outlet: "mereth.example".to_owned(), day: 9, ..first };
    [copy, article(3, "olm.example")]
}

/// Writes the same bytes over and over, without holding them.
fn repeat(out: &mut dyn Write, piece: &[u8], n: usize) -> Result<()> {
    (0..n).try_for_each(|_| out.write_all(piece))
}
