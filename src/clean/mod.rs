//! Page to body: the article's own words, and what was taken off them, each with the rule that took it.

pub mod credit;

use serde::Serialize;

use crate::article::Published;
use credit::{Credit, Dateline};

/// A page, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Who published it: the record's field, its url, else a line of the page; empty where nothing says.
    pub outlet: String,
    /// When: the record's field, else a line of the page.
    pub published: Option<Published>,
    /// The record's title, else the page's first line.
    pub headline: Option<String>,
    /// Who wrote it, as the page says.
    pub byline: Option<String>,
    /// Where and when it was written, as the first line of the body says.
    pub dateline: Option<Dateline>,
    /// The page's own claims of whose text it is.
    pub credits: Vec<Credit>,
    /// The article's own paragraphs, without chrome, dateline, credit and byline.
    pub body: Vec<String>,
    /// What was taken off, in the order of the page.
    pub dropped: Vec<Dropped>,
}

/// A piece of a page that is not the article's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// The words, normalized.
    pub text: String,
    /// The rule that took them.
    pub rule: Rule,
}

/// Why a piece of a page was taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// It is the page's headline.
    Headline,
    /// It names the outlet and nothing else.
    Outlet,
    /// It says when the page was published or updated.
    PublishedLine,
    /// It says who wrote the article.
    Byline,
    /// It says where and when the article was written, and may credit an agency.
    Dateline,
    /// It credits an agency.
    Credit,
    /// It claims rights.
    Copyright,
    /// It opens a list of other things: "Most Viewed", "Related", "Latest".
    SectionHeading,
    /// It belongs to a list of other things.
    LinkList,
    /// It asks for something: to subscribe, share, sign in, accept.
    Prompt,
    /// It is said of a picture or a video.
    Caption,
    /// A line before the first sentence that is none itself.
    HeadLine,
    /// A line after the last sentence that is none itself.
    TailLine,
    /// A line without letters.
    Blank,
}
