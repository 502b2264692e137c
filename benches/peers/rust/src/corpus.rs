//! What every peer is run through: a block of the file is read while the one before is sketched, filed and asked for.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::Deserialize;

use crate::stories::Stories;

/// Large enough that the threads seldom wait for each other, small enough for the processor's cache.
const BLOCK: usize = 8 << 20;

/// A library that sketches texts, files the sketches and finds those alike.
pub trait Peer: Sync {
    type Sketch: Send + Sync;

    fn sketch(&self, text: &str) -> Self::Sketch;

    /// Files the sketches of articles whose positions are consecutive.
    fn file(&mut self, first: u32, sketches: Vec<Self::Sketch>);

    /// The articles filed so far that are like this one, itself among them or not.
    fn alike(&self, article: u32) -> Vec<u32>;
}

#[derive(Deserialize)]
struct Article<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

pub fn cluster<P: Peer + Send>(articles: &Path, mut peer: P) -> Result<Stories> {
    let mut blocks = Blocks::open(articles)?;
    let mut stories = Stories::default();
    let mut block = blocks.next()?;
    while !block.is_empty() {
        let (next, done) = rayon::join(|| blocks.next(), || take(&block, &mut peer, &mut stories));
        done?;
        block = next?;
    }
    Ok(stories)
}

fn take<P: Peer>(block: &[u8], peer: &mut P, stories: &mut Stories) -> Result<()> {
    let lines: Vec<&[u8]> = block.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()).collect();
    let sketched: Vec<_> = lines
        .par_iter()
        .map(|line| {
            let article: Article = sonic_rs::from_slice(line)?;
            Ok((article.id, peer.sketch(&article.text)))
        })
        .collect::<Result<_, sonic_rs::Error>>()?;
    let first = stories.len();
    let sketches = sketched
        .into_iter()
        .map(|(id, sketch)| {
            stories.add(&id);
            sketch
        })
        .collect();
    peer.file(first, sketches);
    let alike: Vec<_> = (first..stories.len()).into_par_iter().map(|article| peer.alike(article)).collect();
    for (article, others) in (first..).zip(alike) {
        others.into_iter().for_each(|other| stories.join(article, other));
    }
    Ok(())
}

/// Whole lines of a file, some megabytes at a time.
struct Blocks {
    file: File,
    rest: Vec<u8>,
}

impl Blocks {
    fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| path.display().to_string())?;
        Ok(Blocks { file, rest: Vec::new() })
    }

    /// Empty at the end.
    fn next(&mut self) -> Result<Vec<u8>> {
        let mut block = Vec::with_capacity(BLOCK + self.rest.len());
        block.write_all(&self.rest)?;
        self.rest.clear();
        if (&self.file).take(BLOCK as u64).read_to_end(&mut block)? == 0 {
            return Ok(block);
        }
        let Some(end) = block.iter().rposition(|&byte| byte == b'\n') else {
            bail!("a line of more than {BLOCK} bytes")
        };
        self.rest.extend_from_slice(&block[end + 1..]);
        block.truncate(end + 1);
        Ok(block)
    }
}
