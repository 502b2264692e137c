//! Stories as one page for a browser: a single file that needs no network.
//!
//! The file has two halves. What everybody sees at once, the overview, the list of stories and the outlets, is plain HTML
//! with its charts as SVG: it is there without scripts. What is opened, a story's copies and a copy beside its origin, is
//! JSON in compressed chunks: a reader opens a few of five thousand. Without scripts the copies of the first stories
//! are listed instead.
//!
//! Pages are hostile, so nothing of theirs is ever markup: the template escapes, scripts set text and never HTML, addresses
//! are links only where they are of the web, and a content security policy lets nothing run, load or be sent but the
//! page's own script and style, which it names by their hashes.

mod charts;
mod chunks;
mod data;
mod language;
mod outlets;
mod view;

use std::io::{self, Write};

use askama::Template;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use self::chunks::{Chunks, encode};
use self::outlets::OutletsView;
use self::view::{Head, OutletIndex, StoryRow, WithoutScripts};
use super::words::counted;
use super::{settings, with_copies};
use crate::article::ArticleId;
use crate::error::Result;
use crate::outlets::Outlets;
use crate::story::{Stories, Story};

/// What bounds a page: a browser has to hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HtmlLimits {
    /// Stories in the list.
    pub stories: usize,
    /// Copies that are listed of a story.
    pub copies: usize,
    /// Copies of a story that are set beside the text they are compared with.
    pub beside: usize,
    /// Bytes of a text that is set beside another.
    pub text_bytes: usize,
    /// Bytes of the file: what would go beyond is left out, texts before stories.
    pub file_bytes: usize,
}

impl Default for HtmlLimits {
    fn default() -> Self {
        HtmlLimits { stories: 5_000, copies: 1_000, beside: 200, text_bytes: 60_000, file_bytes: 19_500_000 }
    }
}

/// Gives the paragraphs of an article's body.
pub type Bodies<'a> = dyn Fn(ArticleId) -> Result<Vec<String>> + Sync + 'a;

/// Bytes that the sentences on what is left out have at most.
const SENTENCES_BYTES: usize = 1_000;

/// Stories of which the copies are listed for readers without scripts, and how many of each.
const WITHOUT_SCRIPTS: (usize, usize) = (300, 30);

/// What a page leaves out, because it would be too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Stories.
    pub stories: usize,
    /// Stories in the list, none of whose copies are set beside their origin.
    pub texts: usize,
}

impl LeftOut {
    /// The same in words; nothing where nothing is left out.
    pub fn sentences(self) -> Vec<String> {
        let mut sentences = Vec::new();
        if self.stories > 0 {
            let stories = counted(self.stories, "story with less reach is", "stories with less reach are");
            sentences.push(format!(
                "{stories} not in this file: it would be too large for a browser. They are counted in all figures; the JSON \
                 and CSV reports have them."
            ));
        }
        if self.texts > 0 {
            let stories = counted(self.texts, "story is", "stories are");
            sentences.push(format!("{stories} listed without the texts of the copies, for the same reason."));
        }
        sentences
    }
}

/// A page, ready to be written.
#[derive(Debug)]
pub struct Page {
    head: Head,
    rows: Vec<StoryRow>,
    outlets: OutletsView,
    without_scripts: Vec<WithoutScripts>,
    index: String,
    chunks: Chunks,
    /// What it leaves out.
    pub left_out: LeftOut,
}

impl Page {
    /// Makes a page of the stories with at least `min_copies` copies, and of the outlets of all of them. `body` gives the
    /// paragraphs of an article.
    ///
    /// Costs an alignment for each copy that is set beside another, in parallel; in memory, what the file has.
    ///
    /// # Errors
    /// What `body` returns.
    pub fn new(
        stories: &Stories,
        outlets: &Outlets,
        min_copies: usize,
        body: &Bodies<'_>,
        limits: &HtmlLimits,
    ) -> Result<Self> {
        let found: Vec<&Story> = with_copies(stories, min_copies).collect();
        let listed = &found[..found.len().min(limits.stories)];
        let languages: Vec<_> = listed.par_iter().map(|story| language::of(story, body)).collect::<Result<Vec<_>>>()?;
        let without_scripts = listed.iter().take(WITHOUT_SCRIPTS.0);
        let mut page = Page {
            head: Head::new(stories, &found, min_copies, settings(&stories.params)),
            rows: listed.iter().zip(&languages).map(|(story, language)| StoryRow::new(story, *language)).collect(),
            outlets: OutletsView::new(outlets),
            without_scripts: without_scripts.map(|story| WithoutScripts::new(story, WITHOUT_SCRIPTS.1)).collect(),
            index: encode(&OutletIndex::new(listed)),
            chunks: Chunks::default(),
            left_out: LeftOut::default(),
        };
        let room = limits.file_bytes.saturating_sub(page.bytes() + SENTENCES_BYTES);
        page.chunks = Chunks::new(listed, &stories.params, body, limits, room)?;
        let n_stories = page.chunks.n_stories;
        if n_stories < listed.len() {
            page.rows.truncate(n_stories);
            page.without_scripts.truncate(n_stories);
            page.index = encode(&OutletIndex::new(&listed[..n_stories]));
        }
        page.left_out = LeftOut { stories: found.len() - n_stories, texts: n_stories - page.chunks.n_with_texts };
        Ok(page)
    }

    /// Bytes that it has in a file.
    fn bytes(&self) -> usize {
        let mut counter = Counter(0);
        // Counting takes all bytes.
        let _ = self.write(&mut counter);
        counter.0
    }

    /// Writes the page.
    ///
    /// # Errors
    /// What `out` returns.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let script = script();
        let hash = |text: &str| format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())));
        let template = PageTemplate {
            style: STYLE,
            style_hash: hash(STYLE),
            early: EARLY,
            script_hashes: format!("'{}' '{}'", hash(EARLY), hash(&script)),
            script: &script,
            head: &self.head,
            left_out: self.left_out.sentences(),
            rows: &self.rows,
            outlets: &self.outlets,
            without_scripts: &self.without_scripts,
            index: &self.index,
            chunks: &self.chunks.encoded,
        };
        let mut out = io::BufWriter::new(out);
        template.write_into(&mut out)?;
        out.flush()
    }
}

/// Counts what is written.
struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Template)]
#[template(path = "page.html")]
struct PageTemplate<'a> {
    style: &'a str,
    style_hash: String,
    script: &'a str,
    early: &'a str,
    script_hashes: String,
    head: &'a Head,
    left_out: Vec<String>,
    rows: &'a [StoryRow],
    outlets: &'a OutletsView,
    without_scripts: &'a [WithoutScripts],
    index: &'a str,
    chunks: &'a [String],
}

/// Runs before the list is read: a browser need not lay out thousands of rows of which a hundred are to be shown.
const EARLY: &str = "document.documentElement.classList.add('js');";

const STYLE: &str = include_str!("style.css");

/// The script, of its parts in the order in which they use each other.
fn script() -> String {
    [
        "'use strict';\n(() => {\n",
        include_str!("js/dom.js"),
        include_str!("js/data.js"),
        include_str!("js/format.js"),
        include_str!("js/list.js"),
        include_str!("js/tables.js"),
        include_str!("js/timeline.js"),
        include_str!("js/beside.js"),
        include_str!("js/story.js"),
        include_str!("js/main.js"),
        "})();\n",
    ]
    .concat()
}

#[cfg(test)]
mod tests;
