//! txtfp: MinHash by double hashing, and a banded index whose bands are filled in parallel.

use std::borrow::Cow;
use std::cell::RefCell;

use anyhow::Result;
use txtfp::{
    Canonicalizer, CanonicalizerBuilder, CaseFold, Fingerprinter, LshIndex, MinHashFingerprinter, MinHashSig,
    Normalization, ShingleTokenizer, Tokenizer, WordTokenizer,
};

use crate::corpus::Peer;
use crate::shingle::{normalize, shingles};

const VALUES: usize = 128;

pub struct Txtfp<T: Tokenizer> {
    fingerprinter: MinHashFingerprinter<T, VALUES>,
    index: LshIndex<VALUES>,
    threshold: f32,
    /// Whether words are lower-cased and parted here, not by the crate.
    normalized: bool,
}

/// Words between white space in place of Unicode's words and without NFKC, which cost more than the sketch itself.
pub fn tuned(words: usize, bands: usize, threshold: f32) -> Result<Txtfp<Runs>> {
    let as_given = CanonicalizerBuilder {
        normalization: Normalization::None,
        case_fold: CaseFold::None,
        strip_bidi: false,
        strip_format: false,
        ..CanonicalizerBuilder::default()
    };
    Ok(Txtfp {
        fingerprinter: MinHashFingerprinter::new(as_given.build(), Runs { words }),
        index: LshIndex::with_bands_rows(bands, VALUES / bands)?,
        threshold,
        normalized: true,
    })
}

/// The crate's own canonical form and words, runs of five and its 16 bands of 8.
pub fn default() -> Result<Txtfp<ShingleTokenizer<WordTokenizer>>> {
    let words = ShingleTokenizer { k: 5, inner: WordTokenizer };
    Ok(Txtfp {
        fingerprinter: MinHashFingerprinter::new(Canonicalizer::default(), words),
        index: LshIndex::with_bands_rows(16, 8)?,
        threshold: 0.7,
        normalized: false,
    })
}

thread_local! {
    static NORMAL: RefCell<String> = const { RefCell::new(String::new()) };
}

impl<T: Tokenizer> Peer for Txtfp<T> {
    type Sketch = MinHashSig<VALUES>;

    fn sketch(&self, text: &str) -> Self::Sketch {
        // A text without words has no sketch; it must not be like the others without.
        let sketch = |text: &str| self.fingerprinter.fingerprint(text).unwrap_or_else(|_| MinHashSig::empty());
        if !self.normalized {
            return sketch(text);
        }
        NORMAL.with_borrow_mut(|normal| {
            normalize(text, normal);
            sketch(normal)
        })
    }

    fn file(&mut self, first: u32, sketches: Vec<Self::Sketch>) {
        self.index.extend_par((u64::from(first)..).zip(sketches));
    }

    fn alike(&self, article: u32) -> Vec<u32> {
        let Some(sketch) = self.index.get(u64::from(article)) else { return Vec::new() };
        self.index.query_with_threshold(sketch, self.threshold).into_iter().map(|id| id as u32).collect()
    }
}

/// Runs of words of a normalized text, as slices of it.
pub struct Runs {
    words: usize,
}

impl Tokenizer for Runs {
    fn tokens<'a>(&'a self, input: &'a str) -> txtfp::tokenize::TokenStream<'a> {
        txtfp::tokenize::TokenStream::Borrowed(Box::new(shingles(input, self.words)))
    }

    fn name(&self) -> Cow<'static, str> {
        Cow::Owned(format!("runs-{}", self.words))
    }

    fn for_each_token(&self, input: &str, visit: &mut dyn FnMut(&str)) {
        shingles(input, self.words).for_each(visit);
    }
}
