//! wirecopy finds the copies of news agencies' dispatches among scraped articles, and says who reprinted whose story, when,
//! and how much of it.
//!
//! # The flow
//!
//! ```text
//! read -> clean -> shingle -> furniture -> minhash -> candidates -> verify -> carriers -> cluster -> relate, attribute -> report
//! ```
//!
//! [`pipeline`] is the whole of it and the file to read first. Data flows one way; only reading, the parameters, temporary
//! files and writing can fail.
//!
//! # Words
//!
//! - **article**: one scraped page. **outlet**: who published it. **agency**: who wrote it. **credit**: the page's own
//!   claim of that.
//! - **dispatch**: one agency text. **version**: one state of it. **story**: a dispatch through all its versions, with
//!   every **copy** of it.
//! - **chrome**: what a page carries beside the article. **body**: the article's own words, without chrome, dateline,
//!   credit and byline.
//! - **furniture**: chrome that an outlet prints on page after page, learned from the corpus.
//! - **shingle**: k consecutive words of the body, hashed. **sketch**: a MinHash sample of an article's shingles.
//! - **resemblance** (Jaccard): |A∩B| / |A∪B|. **containment**: |A∩B| / |smaller|.
//! - **kept**: share of the dispatch that a copy kept. **added**: share of the copy that is not the dispatch.
//! - **roundup**: a page that holds several stories. It carries them, and joins none.
//!
//! # Example
//!
//! ```
//! use wirecopy::article::Article;
//! use wirecopy::params::Params;
//! use wirecopy::pipeline::stories_of;
//!
//! let dispatch = "PORT ELLERY, Maine (AP) - The harbor council voted on Monday to close the old fish market for good, \
//!     ending two centuries of trade on the quay.\nA new hall is to open beside the ferry terminal before the end of next \
//!     summer, the council said after the vote.\nTraders said they had been told of the plan only a week earlier.";
//! let article = |id: &str, text: &str| Article { id: id.to_owned(), text: text.to_owned(), ..Article::default() };
//! let cut = dispatch.rsplit_once('\n').unwrap().0;
//!
//! let found = stories_of(vec![article("ledger-1", dispatch), article("gazette-7", cut)], &Params::default())?;
//! assert_eq!(found.stories.len(), 1);
//! assert_eq!(found.stories[0].agency.as_ref().unwrap().agency.agency().name, "The Associated Press");
//! assert_eq!(found.stories[0].copies[1].relation.name(), "trimmed");
//! # Ok::<(), wirecopy::error::Error>(())
//! ```

// In reading order.
pub mod pipeline;

pub mod error;
pub mod outfile;
pub mod params;
pub mod progress;
pub mod spill;

pub mod article;
pub mod codec;
pub mod date;
pub mod read;

mod swar;

pub mod agency;
pub mod clean;

pub mod shingle;

pub mod minhash;

pub mod furniture;

pub mod candidates;
pub mod index;

pub mod verify;

pub mod align;
pub mod changes;

pub mod carriers;
pub mod cluster;
pub mod components;
pub mod forest;

pub mod attribute;
pub mod headline;
pub mod relate;

pub mod assemble;
pub mod story;

pub mod dedup;
pub mod outlets;
pub mod report;

pub mod compare;
pub mod eval;
