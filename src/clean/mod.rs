//! Page to body: the article's own words, and what was taken off them, each with the rule that took it.
//!
//! In this order: each line is brought to one form ([`mod@normalize`]); the headline, the outlet's name, the date and the
//! byline are recognized before the article, and credits around it ([`credit`]); what is left and is not the article is
//! chrome (`chrome`).

mod chars;
mod chrome;
pub mod credit;
mod known;
mod lexicon;
pub mod normalize;
#[cfg(test)]
mod tests;
mod text;
mod unwrap;

use serde::Serialize;

use crate::agency;
use crate::article::{Article, Published};
use crate::date::published_line;
pub(crate) use chars::same_words;
use chrome::Line;
use credit::{Credit, CreditKind, Dateline, Place, Role};
use normalize::normalize;
use text::Text;

/// A page, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Who published it: the record's field, its url, else a line of the page; empty where nothing says.
    pub outlet: String,
    /// When: the record's field, else a line of the page, else when it was fetched.
    pub published: Option<Published>,
    /// The record's title, else the line of the page that looks most like one.
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
    /// It stands on the page already.
    Repeated,
    /// It stands before the stretch of sentences that is the article.
    HeadLine,
    /// It stands after the stretch of sentences that is the article.
    TailLine,
    /// A line without letters.
    Blank,
    /// It stands on other pages of the outlet too ([`crate::furniture`]).
    OutletFurniture,
    /// Its words stand at the start or the end of other pages of the outlet too ([`crate::furniture`]).
    OutletPhrase,
}

/// Reads a page: what is its body, what its data, what its chrome.
///
/// Total: any text gives a page, at worst one with an empty body. O(length of the text).
pub fn clean(article: &Article) -> Page {
    let text = Text::new(&article.text);
    let mut reading = Reading::read(article, text.lines(), true);
    reading.page.dropped.extend(chrome::dropped(&reading.lines));
    let body = reading.body().map(str::to_owned).collect();
    Page { body, ..reading.page }
}

/// The same for whoever counts the words and drops them: passes on the page without its body and what was dropped, and
/// the body's paragraphs where they lie.
pub fn clean_for<T>(article: &Article, take: impl FnOnce(Page, &[&str]) -> T) -> T {
    let text = Text::new(&article.text);
    let reading = Reading::read(article, text.lines(), false);
    let body: Vec<&str> = reading.body().collect();
    take(reading.page, &body)
}

/// Lines before the article that are looked at for headline, outlet, date and byline.
const HEAD_LINES: usize = 60;
/// Share of a page's words that may stand before a dateline: one further down belongs to another article.
const MAX_BEFORE_DATELINE: f64 = 0.35;
/// Words that a line of data (an outlet's name, a byline) has at most.
const MAX_DATA_WORDS: usize = 20;

/// Words from which a line above an article is a headline rather than an entry of a menu.
const MIN_HEADLINE_WORDS: usize = 4;

/// A page being read.
struct Reading<'a> {
    page: Page,
    lines: Vec<Line<'a>>,
    /// The page's text, and where in it each line starts.
    text: &'a str,
    starts: Vec<usize>,
    /// Whether what is dropped is kept for whoever asks.
    keeps_dropped: bool,
}

impl<'a> Reading<'a> {
    /// Reads a page to its end: what of it has no rule after this is the body.
    fn read(article: &'a Article, text: impl Iterator<Item = (usize, &'a str)>, keeps_dropped: bool) -> Self {
        let mut reading = Reading::new(article, text, keeps_dropped);
        let start = reading.find_dateline();
        reading.read_head(start);
        reading.read_credit_lines();
        chrome::mark(&mut reading.lines, start, keeps_dropped);
        reading.lines.iter().for_each(Line::remember);
        reading.page.published = reading.page.published.or(article.crawled);
        reading
    }

    fn new(article: &'a Article, text: impl Iterator<Item = (usize, &'a str)>, keeps_dropped: bool) -> Self {
        let author = article.byline.as_deref().and_then(|field| credit::author(&normalize(field)));
        let page = Page {
            outlet: article.outlet.clone().unwrap_or_default(),
            published: article.published,
            headline: article.headline.as_deref().map(|h| normalize(h).into_owned()).filter(|h| !h.is_empty()),
            byline: article.byline.as_deref().map(|b| normalize(b).into_owned()).filter(|b| !b.is_empty()),
            credits: author.map_or_else(Vec::new, |found| found.credits),
            ..Page::default()
        };
        let most = text.size_hint().1.unwrap_or_default();
        let (mut starts, mut lines) = (Vec::with_capacity(most), Vec::with_capacity(most));
        for (start, line) in text {
            starts.push(start);
            lines.push(Line::new(line));
        }
        Reading { page, lines, text: &article.text, starts, keeps_dropped }
    }

    /// The paragraphs of the body.
    fn body(&self) -> impl Iterator<Item = &'a str> {
        self.lines.iter().filter(|line| line.rule.is_none()).map(|line| line.text)
    }

    /// Notes a piece of a line that was taken off.
    fn drop(&mut self, text: &str, rule: Rule) {
        if self.keeps_dropped {
            self.page.dropped.push(Dropped { text: text.to_owned(), rule });
        }
    }

    /// Where on the page a line stands. Counted for the few lines that credit somebody.
    fn place(&self, at: usize) -> Place {
        let before = &self.text.as_bytes()[..self.starts[at]];
        Place::Line { line: 1 + memchr::memchr_iter(b'\n', before).count() as u32 }
    }

    /// The line that opens with the article's dateline, if one does, its dateline and credit taken off.
    fn find_dateline(&mut self) -> Option<usize> {
        let n_words: usize = self.lines.iter().map(Line::n_words).sum();
        let mut before = 0;
        for at in 0..self.lines.len().min(HEAD_LINES) {
            if before as f64 > MAX_BEFORE_DATELINE * n_words as f64 {
                break;
            }
            let line = &self.lines[at];
            let text = line.text;
            before += line.n_words();
            let found = credit::dateline(text, self.page.published);
            if let Some(found) = found.filter(|found| line.is_prose() || stands_in_for_prose(line, found)) {
                let rest = text[found.len..].trim_start();
                self.drop(text[..found.len].trim_end(), Rule::Dateline);
                self.page.dateline = found.dateline;
                found.credits.into_iter().for_each(|c| self.credit(at, c));
                self.lines[at] = Line::new(rest);
                return Some(at);
            }
        }
        None
    }

    /// Recognizes headline, outlet, date and byline in the lines before the article.
    fn read_head(&mut self, start: Option<usize>) {
        let prose = self.lines.iter().position(Line::is_prose);
        let end = start.or(prose).unwrap_or(0).min(HEAD_LINES);
        let credited = !self.page.credits.is_empty();
        for at in 0..end {
            if self.lines[at].rule.is_some() || self.lines[at].n_words() > MAX_DATA_WORDS {
                continue;
            }
            self.lines[at].rule = self.read_head_line(at, self.lines[at].text, credited);
        }
        if self.page.headline.is_none() {
            self.find_headline(end);
        }
        // A miss is worth a second look just after the first paragraph's start: "By ..." may follow a teaser.
        for at in end..self.lines.len().min(end + 3) {
            if self.lines[at].rule.is_none()
                && self.page.published.is_none()
                && let Some(published) = published_line(self.lines[at].text)
            {
                self.page.published = Some(published);
                self.lines[at].rule = Some(Rule::PublishedLine);
            }
        }
    }

    /// The headline of a page without a title field: of the lines before the article the first that is longer than the
    /// entries of a menu, or the longest.
    fn find_headline(&mut self, end: usize) {
        let lines =
            || (0..end).filter(|&at| self.lines[at].rule.is_none() && self.lines[at].n_words() <= MAX_DATA_WORDS);
        let long = lines().find(|&at| self.lines[at].n_words() >= MIN_HEADLINE_WORDS);
        if let Some(at) = long.or_else(|| lines().rev().max_by_key(|&at| self.lines[at].text.len())) {
            self.page.headline = Some(self.lines[at].text.to_owned());
            self.lines[at].rule = Some(Rule::Headline);
        }
    }

    fn read_head_line(&mut self, at: usize, text: &str, credited: bool) -> Option<Rule> {
        if self.page.headline.as_deref().is_some_and(|headline| same_words(headline, text)) {
            return Some(Rule::Headline);
        }
        if let Some(published) = published_line(text) {
            self.page.published.get_or_insert(published);
            // "The Associated Press | Sunday, July 15, 2018" says both.
            let author = credit::byline(text).filter(|found| !found.credits.is_empty());
            author.into_iter().flat_map(|found| found.credits).for_each(|c| self.credit(at, c));
            return Some(Rule::PublishedLine);
        }
        if !self.page.outlet.is_empty() && same_words(&self.page.outlet, text) {
            return Some(Rule::Outlet);
        }
        if let Some(agency) = agency::named(text) {
            if at > 0 && lexicon::is_viewer(self.lines[at - 1].text) {
                return Some(Rule::Caption);
            }
            // A page that nobody else claims and that names an agency alone on a line is that agency's own.
            if self.page.outlet.is_empty() {
                self.page.outlet = agency.agency().code.to_owned();
                if !credited {
                    let (role, kind, words) = (Role::Origin, CreditKind::Byline, text.to_owned());
                    self.credit(at, Credit { agency, role, kind, words, place: Place::Line { line: 1 } });
                }
                return Some(Rule::Outlet);
            }
        }
        if !self.lines[at].facts().claims_nothing && credit::look(text).like_credit {
            if let Some(found) = credit::byline(text) {
                self.page.byline.get_or_insert(found.byline);
                found.credits.into_iter().for_each(|c| self.credit(at, c));
                return Some(Rule::Byline);
            }
            if let Some(credits) = credit::credit_line(text) {
                credits.into_iter().for_each(|c| self.credit(at, c));
                return Some(Rule::Credit);
            }
        }
        self.lines[at].facts_mut().claims_nothing = true;
        None
    }

    /// Notes what a line claims, unless an earlier one claims it in the same words.
    fn credit(&mut self, at: usize, credit: Credit) {
        let credit = Credit { place: self.place(at), ..credit };
        let is_again = |c: &Credit| {
            (c.agency, c.role, c.kind, &c.words) == (credit.agency, credit.role, credit.kind, &credit.words)
        };
        if !self.page.credits.iter().any(is_again) {
            self.page.credits.push(credit);
        }
    }

    /// Takes the lines that credit and do nothing else, and the credit at the end of the last paragraphs.
    fn read_credit_lines(&mut self) {
        let n_lines = self.lines.len();
        for at in n_lines.saturating_sub(TAIL_LINES)..n_lines {
            if self.lines[at].rule.is_none() && !self.lines[at].facts().credits_nobody {
                self.read_credit_line(at);
            }
        }
    }

    fn read_credit_line(&mut self, at: usize) {
        let text = self.lines[at].text;
        let looks = credit::look(text);
        let mut is_own = false;
        if looks.like_credit && !self.lines[at].facts().claims_nothing {
            if let Some(credits) = credit::credit_line(text) {
                credits.into_iter().for_each(|c| self.credit(at, c));
                self.lines[at].rule = Some(Rule::Credit);
                return;
            }
            // A byline below the article counts only where it credits an agency: names there are mostly other things.
            if let Some(found) = credit::byline(text).filter(|found| !found.credits.is_empty()) {
                is_own = found.credits.iter().any(|credit| self.is_own(credit));
                if !is_own {
                    found.credits.into_iter().for_each(|c| self.credit(at, c));
                    self.lines[at].rule = Some(Rule::Byline);
                    return;
                }
            }
        }
        if let Some(found) = looks.like_tail.then(|| credit::tail(text)).flatten() {
            found.credits.into_iter().for_each(|c| self.credit(at, c));
            self.drop(text[found.start..].trim(), Rule::Credit);
            self.lines[at] = Line::new(text[..found.start].trim_end());
        } else {
            // What is the outlet's own here may credit elsewhere.
            self.lines[at].facts_mut().credits_nobody = !is_own;
        }
    }

    /// Whether a credit is of the outlet itself.
    fn is_own(&self, credit: &Credit) -> bool {
        same_words(credit.agency.agency().name, &self.page.outlet)
    }
}

/// Whether a line that is no sentence opens the article all the same: its dateline names an agency, and stands alone or
/// before a good many words ("LONDON (AFP) - Five things to know about the vote:").
fn stands_in_for_prose(line: &Line<'_>, found: &credit::DatelineMatch) -> bool {
    !found.credits.is_empty() && (line.n_words() >= MIN_OPENING_WORDS || found.len >= line.text.len())
}

/// Words from which a line with an agency's dateline may be the first of an article.
const MIN_OPENING_WORDS: usize = 12;

/// Lines at the end of a page that are looked at for credits.
const TAIL_LINES: usize = 60;
