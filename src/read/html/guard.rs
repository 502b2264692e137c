//! Markup to a tree, within bounds: a page may be anything that anyone has put on the web, or made to stop us.
//!
//! The rules of HTML make some short pages expensive. Formatting that is not closed is opened again in every paragraph,
//! each tag looks through all that are open, and each attribute is compared with all others of its tag: a few megabytes
//! can cost hours, or all memory. What extracts the article recurses, and looks at whole branches for each of their
//! nodes. So the tokens are counted on their way to the tree, and the tree is measured as it grows; beyond the bounds
//! nothing is built any more and the page is refused. Browsers have such bounds too: Blink nests no deeper than 512.
//!
//! Not seen by counting tokens is a single tag of a million attributes, because it is no token before it ends. What such
//! a tag is made of is counted while it is fed.

use std::cell::Cell;

use dom_query::Document;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{TokenizerResult, local_name};

use super::attributes::OpenTags;
use super::tree::{Handle, Measured};

/// Levels of nesting. News pages have 15 to 30, and 51 where somebody forgot to close things.
const MAX_DEPTH: u32 = 500;

/// Elements and texts, with those that the parser adds. News pages have about 2,000; a day's live blog has 50,000.
const MAX_NODES: usize = 400_000;

/// Sum of the depths of all elements. Whatever is done for each branch costs as much as this, and a page both large and
/// deep would take minutes.
const MAX_SUM_OF_DEPTHS: u64 = 12_000_000;

/// Tags, runs of text and character references. Some pages write every letter as a reference.
const MAX_TOKENS: usize = 4_000_000;

/// Attributes of one tag; news pages have up to 64. And of all: each is compared with the others of its tag.
const MAX_ATTRIBUTES_OF_A_TAG: usize = 1_000;
const MAX_ATTRIBUTES: usize = 400_000;

/// Longer values of attributes are dropped: they are pictures and data. What writes the tree again takes a time that is
/// quadratic in the ampersands of a value.
const MAX_VALUE_BYTES: usize = 4 << 10;

/// So many `<html>` and `<body>` count. One more only adds attributes to the first, after a look at all that it has.
const MAX_ROOTS: usize = 8;

/// Bytes that are fed at once. Between two feeds it is seen whether a tag grows out of bounds.
const FED_BYTES: usize = 2048;

/// Bytes without a token from which on the attributes are counted.
const LONG_TOKEN_BYTES: usize = 64 << 10;

/// The tree of a page, without its comments; or the reason why there is none. O(bytes), within the bounds.
pub(super) fn document(html: &str) -> Result<Document, String> {
    // Without scripts, what is in <noscript> are elements, not text.
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let guard = Guard::new(TreeBuilder::new(Measured::default(), options));
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    feed(&tokenizer, html);
    tokenizer.end();
    let guard = tokenizer.sink;
    match guard.refused.take() {
        Some(reason) => Err(reason),
        None => Ok(guard.builder.sink.into_document()),
    }
}

fn feed(tokenizer: &Tokenizer<Guard>, html: &str) {
    let guard = &tokenizer.sink;
    let queue = BufferQueue::default();
    let mut long = LongToken::default();
    let mut at = 0;
    while at < html.len() && !guard.is_refused() {
        let end = html.floor_char_boundary(at + FED_BYTES);
        let before = guard.n_tokens.get();
        queue.push_back(StrTendril::from(&html[at..end]));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        if guard.n_tokens.get() > before {
            long = LongToken { begins_after: at, open_tags: None };
        } else {
            guard.count_attributes(long.n_attributes(html, at, end));
        }
        at = end;
    }
}

/// What has been fed and is no token yet.
#[derive(Default)]
struct LongToken {
    /// The feed in which the last token ended, and this one may have begun, is from here on.
    begins_after: usize,
    open_tags: Option<OpenTags>,
}

impl LongToken {
    /// Attributes so far, if it is a tag; none are counted of a short one.
    fn n_attributes(&mut self, html: &str, fed_from: usize, fed_to: usize) -> usize {
        if let Some(tags) = &mut self.open_tags {
            tags.go_on(&html[fed_from..fed_to]);
        } else if fed_to - self.begins_after >= LONG_TOKEN_BYTES {
            let begins_before = html.floor_char_boundary(self.begins_after + FED_BYTES);
            let mut tags = OpenTags::begun_in(&html[self.begins_after..begins_before]);
            tags.go_on(&html[begins_before..fed_to]);
            self.open_tags = Some(tags);
        }
        self.open_tags.as_ref().map_or(0, OpenTags::most_attributes)
    }
}

/// Counts tokens, and passes them on to the tree until there are too many.
struct Guard {
    builder: TreeBuilder<Handle, Measured>,
    n_tokens: Cell<usize>,
    n_attributes: Cell<usize>,
    n_roots: Cell<usize>,
    refused: Cell<Option<String>>,
    is_refused: Cell<bool>,
}

impl Guard {
    fn new(builder: TreeBuilder<Handle, Measured>) -> Self {
        let zero = || Cell::new(0);
        let (refused, is_refused) = (Cell::new(None), Cell::new(false));
        Guard { builder, n_tokens: zero(), n_attributes: zero(), n_roots: zero(), refused, is_refused }
    }

    fn is_refused(&self) -> bool {
        self.is_refused.get()
    }

    fn refuse(&self, has: String) {
        self.is_refused.set(true);
        self.refused.set(Some(format!("the page has {has}, as no page of news does")));
    }

    fn count_attributes(&self, n_of_a_tag: usize) {
        if n_of_a_tag > MAX_ATTRIBUTES_OF_A_TAG {
            self.refuse(format!("a tag of more than {MAX_ATTRIBUTES_OF_A_TAG} attributes"));
        }
    }

    /// Whether a tag adds nothing that anybody looks at.
    fn is_idle(&self, tag: &Tag) -> bool {
        if tag.kind == TagKind::EndTag || !matches!(tag.name, local_name!("html") | local_name!("body")) {
            return false;
        }
        self.n_roots.set(self.n_roots.get() + 1);
        self.n_roots.get() > MAX_ROOTS
    }

    fn measure(&self) {
        let tree = &self.builder.sink;
        if tree.deepest() > MAX_DEPTH {
            self.refuse(format!("elements nested more than {MAX_DEPTH} deep"));
        } else if tree.n_nodes() > MAX_NODES {
            self.refuse(format!("more than {MAX_NODES} elements and texts"));
        } else if tree.sum_of_depths() > MAX_SUM_OF_DEPTHS {
            self.refuse(format!("too many elements too deep ({} of them)", tree.n_nodes()));
        } else if self.n_tokens.get() > MAX_TOKENS {
            self.refuse(format!("more than {MAX_TOKENS} tags and pieces of text"));
        } else if self.n_attributes.get() > MAX_ATTRIBUTES {
            self.refuse(format!("more than {MAX_ATTRIBUTES} attributes"));
        }
    }
}

/// Formatting whose attributes nobody looks at.
///
/// Without them, no more than three of a kind are opened again where they were not closed (the "Noah's Ark clause" of the
/// standard), and comparing them costs nothing.
fn is_formatting(tag: &Tag) -> bool {
    matches!(
        tag.name,
        local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if matches!(token, Token::ParseError(_)) {
            return TokenSinkResult::Continue;
        }
        self.n_tokens.set(self.n_tokens.get() + 1);
        // The end is passed on even then: the builder closes what is open.
        if self.is_refused() && token != Token::EOFToken {
            return TokenSinkResult::Continue;
        }
        let token = match token {
            Token::CommentToken(_) => return TokenSinkResult::Continue,
            Token::TagToken(tag) if self.is_idle(&tag) => return TokenSinkResult::Continue,
            Token::TagToken(mut tag) => {
                self.count_attributes(tag.attrs.len());
                self.n_attributes.set(self.n_attributes.get() + tag.attrs.len());
                if is_formatting(&tag) {
                    tag.attrs.clear();
                }
                tag.attrs.retain(|attribute| attribute.value.len() <= MAX_VALUE_BYTES);
                Token::TagToken(tag)
            }
            other => other,
        };
        let result = self.builder.process_token(token, line);
        self.measure();
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
