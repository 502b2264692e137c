//! The data of stories in compressed chunks: each is JSON, gzip, base64, and is unpacked when one of its stories is opened.
//!
//! The texts of a story's copies are nearly the same, and gzip looks back 32 KB: a copy beside its origin costs a tenth of
//! its bytes. Which stories have texts depends on the order of the stories and on the bytes before them only, never on the
//! number of threads.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;
use serde::Serialize;

use super::data::{Beside, StoryData, beside};
use super::{Bodies, HtmlLimits};
use crate::error::Result;
use crate::params::Params;
use crate::story::Story;

/// Stories of a chunk: few, for one is opened at a time, and more than one, for headers and lines cost as well.
pub(super) const CHUNK: usize = 4;
/// Chunks that are made at a time.
const WAVE: usize = 64;

/// Bytes of what stands around a chunk in the page.
const MARKUP_BYTES: usize = 70;

/// The data of the stories of a page.
#[derive(Debug, Default)]
pub(super) struct Chunks {
    /// Each as base64.
    pub(super) encoded: Vec<String>,
    /// Stories that are in them.
    pub(super) n_stories: usize,
    /// Stories that have texts.
    pub(super) n_with_texts: usize,
}

impl Chunks {
    /// Packs as many of the stories as `budget` bytes hold: all of them without texts first; then with texts as many as
    /// there is room for, in their order.
    ///
    /// # Errors
    /// What `body` returns.
    pub(super) fn new(
        stories: &[&Story],
        params: &Params,
        body: &Bodies<'_>,
        limits: &HtmlLimits,
        budget: usize,
    ) -> Result<Self> {
        let bare = |stories: &[&Story]| pack(stories, limits, |_| Ok(Vec::new()));
        let mut encoded: Vec<String> = stories.par_chunks(CHUNK).map(bare).collect::<Result<_>>()?;
        let mut used = 0;
        encoded
            .truncate(encoded.iter().take_while(|chunk| fits(&mut used, MARKUP_BYTES + chunk.len(), budget)).count());
        let n_stories = stories.len().min(CHUNK * encoded.len());
        let with_texts = |stories: &[&Story]| pack(stories, limits, |story| beside(story, params, body, limits));
        let mut n_with_texts = 0;
        for (wave, bare) in stories[..n_stories].chunks(CHUNK * WAVE).zip(encoded.chunks_mut(WAVE)) {
            let full: Vec<String> = wave.par_chunks(CHUNK).map(with_texts).collect::<Result<_>>()?;
            for ((full, bare), stories) in full.into_iter().zip(bare).zip(wave.chunks(CHUNK)) {
                if !fits(&mut used, full.len().saturating_sub(bare.len()), budget) {
                    return Ok(Chunks { encoded, n_stories, n_with_texts });
                }
                *bare = full;
                n_with_texts += stories.len();
            }
        }
        Ok(Chunks { encoded, n_stories, n_with_texts })
    }
}

/// Takes some of the bytes that are left, if there are as many.
fn fits(used: &mut usize, bytes: usize, budget: usize) -> bool {
    let fits = *used + bytes <= budget;
    *used += if fits { bytes } else { 0 };
    fits
}

/// Some stories as one chunk.
fn pack(
    stories: &[&Story],
    limits: &HtmlLimits,
    beside: impl Fn(&Story) -> Result<Vec<Option<Beside>>>,
) -> Result<String> {
    let beside: Vec<_> = stories.iter().map(|story| beside(story)).collect::<Result<_>>()?;
    let data: Vec<_> =
        stories.iter().zip(&beside).map(|(story, beside)| StoryData::new(story, beside, limits.copies)).collect();
    Ok(encode(&data))
}

/// A value as JSON, gzip, base64.
pub(super) fn encode(value: &impl Serialize) -> String {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    let packed = serde_json::to_writer(&mut gzip, value).map_err(std::io::Error::from).and_then(|()| gzip.finish());
    // Memory takes all bytes, and the data of stories has no map with keys that JSON could not write.
    BASE64_STANDARD.encode(packed.expect("plain data is written to memory"))
}
