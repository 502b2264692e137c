//! What is furniture and what only looks like it. Prose is made of numbered words: what is not the same shares nothing.

use super::*;
use crate::error::Result;

/// Pages as they are pushed: outlet and paragraphs.
#[derive(Default, Clone)]
struct Corpus(Vec<(String, Vec<String>)>);

struct Read {
    outlets: Vec<String>,
    tokens: Vec<Vec<Token>>,
    units: Vec<Vec<u64>>,
}

impl Pages for Read {
    fn n_groups(&self) -> usize {
        1
    }
    fn group(&self, _: usize) -> Result<PageUnits> {
        let mut group = PageUnits::default();
        (0..).zip(&self.units).for_each(|(page, units)| group.push(page, units.iter().copied()));
        Ok(group)
    }
    fn outlet(&self, page: usize) -> &str {
        &self.outlets[page]
    }
    fn content(&self, page: usize) -> u64 {
        mix(polynomial(&self.tokens[page], 9))
    }
    fn tokens(&self, page: usize) -> Result<Vec<Token>> {
        Ok(self.tokens[page].clone())
    }
}

fn tokens(paragraphs: &[String]) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(paragraphs, &mut tokens);
    tokens
}

/// A paragraph of thirty words that no other number gives.
fn prose(number: usize) -> String {
    (0..30).map(|at| format!("w{number}x{at}")).collect::<Vec<_>>().join(" ")
}

impl Corpus {
    /// Adds a page of these paragraphs.
    fn page(&mut self, outlet: &str, paragraphs: impl IntoIterator<Item = String>) {
        self.0.push((outlet.to_owned(), paragraphs.into_iter().collect()));
    }

    /// Adds a page of `n` paragraphs of its own and then these.
    fn own(&mut self, outlet: &str, n: usize, shared: &[String]) {
        let first = 1_000_000 + self.0.len() * 1000;
        self.page(outlet, (first..first + n).map(prose).chain(shared.iter().cloned()));
    }

    fn learn(&self) -> Furniture {
        let tokens: Vec<_> = self.0.iter().map(|(_, paragraphs)| tokens(paragraphs)).collect();
        let units = tokens.iter().map(|tokens| units(tokens)).collect();
        learn(&Read { outlets: self.0.iter().map(|(outlet, _)| outlet.clone()).collect(), tokens, units }).unwrap()
    }

    /// What is taken off each page, once learned.
    fn dropped(&self) -> Vec<Vec<Dropped>> {
        let furniture = self.learn();
        let read = |(outlet, body): &(String, Vec<String>)| {
            let mut page = Page { outlet: outlet.clone(), body: body.clone(), ..Page::default() };
            furniture.strip_page(&mut page);
            page.dropped
        };
        self.0.iter().map(read).collect()
    }

    /// The lines that are taken off somewhere.
    fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.dropped().into_iter().flatten().map(|dropped| dropped.text).collect();
        lines.sort();
        lines.dedup();
        lines
    }
}

fn short() -> String {
    "Follow us on the harbor channel.".to_owned()
}

#[test]
fn a_short_line_takes_three_different_pages_and_prose_five() {
    for (line, least) in [(short(), 3), (prose(1), 5)] {
        for n in [least - 1, least] {
            let mut corpus = Corpus::default();
            (0..n).for_each(|_| corpus.own("a.example", 8, std::slice::from_ref(&line)));
            let expected = if n < least { vec![] } else { vec![line.clone()] };
            assert_eq!(corpus.lines(), expected, "{n} pages of {line:?}");
        }
    }
}

#[test]
fn what_a_line_needs_grows_with_the_outlet() {
    let mut corpus = Corpus::default();
    (0..400).for_each(|_| corpus.own("a.example", 2, &[]));
    (0..8).for_each(|_| corpus.own("a.example", 4, &[short()]));
    assert!(corpus.lines().is_empty(), "8 pages of 408");
    (0..4).for_each(|_| corpus.own("a.example", 4, &[short()]));
    assert_eq!(corpus.lines(), [short()], "12 pages of 412");
}

#[test]
fn a_story_run_again_and_again_is_copies() {
    let story: Vec<String> = (0..10).map(prose).collect();
    let mut corpus = Corpus::default();
    for n in [10, 10, 9, 7, 5, 4, 10, 8] {
        corpus.page("a.example", story[..n].iter().cloned());
    }
    // And with a paragraph of its own each time.
    for own in 100..108 {
        corpus.page("a.example", story.iter().cloned().chain([prose(own)]));
    }
    assert!(corpus.learn().is_empty(), "{:?}", corpus.lines());
}

/// Versions of one story: each keeps a part of the one before, at places that change.
fn versions(n: usize, n_kept: usize, step: usize) -> Vec<Vec<String>> {
    let mut next = 100;
    let mut versions: Vec<Vec<String>> = vec![(0..10).map(prose).collect()];
    for number in 1..n {
        let mut version = versions[number - 1].clone();
        for change in 0..10 - n_kept {
            next += 1;
            version[(number * step + change) % 10] = prose(next);
        }
        versions.push(version);
    }
    versions
}

#[test]
fn updated_versions_of_a_story_are_copies() {
    for n_kept in 4..=9 {
        // From the top, here and there, and with a core that never changes (a step of 0).
        for step in [0, 1, 3, 7] {
            for n in [4, 5, 6, 8] {
                let mut corpus = Corpus::default();
                versions(n, n_kept, step).into_iter().for_each(|version| corpus.page("a.example", version));
                assert!(corpus.learn().is_empty(), "{n} versions, {n_kept} kept, step {step}: {:?}", corpus.lines());
            }
        }
    }
}

#[test]
fn background_that_follow_ups_repeat_is_theirs() {
    let background: Vec<String> = (0..3).map(prose).collect();
    let mut corpus = Corpus::default();
    // The report in three versions, and three follow-ups that have nothing else of it.
    let report: Vec<String> = (10..17).map(prose).chain(background.clone()).collect();
    corpus.page("a.example", report.clone());
    corpus.page("a.example", [prose(20)].into_iter().chain(report[1..].iter().cloned()));
    corpus.page("a.example", [prose(21), prose(22)].into_iter().chain(report[1..].iter().cloned()));
    (0..3).for_each(|_| corpus.own("a.example", 10, &background));
    assert!(corpus.learn().is_empty(), "{:?}", corpus.lines());
}

#[test]
fn what_others_print_is_a_dispatchs_unless_they_hardly_do() {
    let mut corpus = Corpus::default();
    (0..20).for_each(|_| corpus.own("a.example", 8, &[prose(1), short()]));
    corpus.own("b.example", 8, &[prose(1)]);
    corpus.own("", 8, &[prose(1)]);
    assert_eq!(corpus.lines(), [short(), prose(1)], "two of 22 pages");
    corpus.own("c.example", 8, &[prose(1)]);
    assert_eq!(corpus.lines(), [short()], "three of 23 pages");
}

#[test]
fn nothing_is_learned_of_nobody_and_of_few_pages() {
    for (outlet, n) in [("", 30), ("a.example", 2)] {
        let mut corpus = Corpus::default();
        (0..n).for_each(|_| corpus.own(outlet, 8, &[short(), prose(1)]));
        assert!(corpus.learn().is_empty(), "{outlet:?}");
    }
}

#[test]
fn a_crawl_that_calls_all_its_pages_one_outlet_keeps_its_stories() {
    let mut corpus = Corpus::default();
    for story in 0..60 {
        for copy in 0..1 + story % 12 {
            let own = 500_000 + story * 100 + copy;
            let kept = 10 - copy % 6;
            corpus.page("crawl", (0..kept).map(|at| prose(story * 10 + at)).chain([prose(own)]));
        }
    }
    // A statement that ten articles quote, otherwise different.
    (0..10).for_each(|_| corpus.own("crawl", 8, &[prose(99_999)]));
    assert!(corpus.learn().is_empty(), "{:?}", corpus.lines());
}

#[test]
fn a_footer_goes_and_the_story_that_ran_four_times_stays() {
    let footer = [short(), prose(9_999)];
    let mut corpus = Corpus::default();
    (0..4).for_each(|n| corpus.page("a.example", (0..10 - n).map(prose).chain(footer.clone())));
    (0..6).for_each(|_| corpus.own("a.example", 8, &footer));
    assert_eq!(corpus.lines(), footer);
    assert!(corpus.dropped().iter().all(|page| page.len() == 2), "every page has it");
}

#[test]
fn the_introduction_of_a_column_is_furniture() {
    let mut corpus = Corpus::default();
    (0..12).for_each(|_| corpus.own("a.example", 6, &[prose(1)]));
    (0..40).for_each(|_| corpus.own("a.example", 6, &[]));
    assert_eq!(corpus.lines(), [prose(1)]);
}

#[test]
fn briefs_with_as_much_furniture_as_text_take_many() {
    for (n, expected) in [(10, false), (20, true)] {
        let mut corpus = Corpus::default();
        (0..n).for_each(|_| corpus.own("a.example", 2, &[prose(1), prose(2)]));
        assert_eq!(!corpus.learn().is_empty(), expected, "{n} briefs");
    }
}

#[test]
fn a_page_of_furniture_alone_is_left_with_nothing() {
    let mut corpus = Corpus::default();
    (0..9).for_each(|_| corpus.own("a.example", 8, &[prose(1), prose(2)]));
    corpus.page("a.example", [prose(1), prose(2)]);
    corpus.page("a.example", [prose(1), prose(2), prose(3)]);
    let dropped: Vec<usize> = corpus.dropped().iter().map(Vec::len).collect();
    assert_eq!(dropped, [2; 11]);
}

#[test]
fn a_page_that_came_as_one_line_loses_its_menu_and_its_footer() {
    let (menu, more, footer) = (prose(1), prose(3), prose(2));
    let mut corpus = Corpus::default();
    let mut articles = Vec::new();
    for page in 0..6 {
        // A headline that is the page's own stands between parts of the menu.
        let article = (0..12).map(|at| prose(100 + 20 * page + at)).collect::<Vec<_>>().join(" ");
        corpus.page("a.example", [format!("{menu} Title{page}: {more} {article} {footer}")]);
        articles.push(format!("Title{page}: {article}"));
    }
    let furniture = corpus.learn();
    for ((outlet, body), article) in corpus.0.iter().zip(articles) {
        let mut page = Page { outlet: outlet.clone(), body: body.clone(), ..Page::default() };
        furniture.strip_page(&mut page);
        assert!(page.body == [article], "{:?}", page.body);
        let dropped: Vec<(&str, Rule)> = page.dropped.iter().map(|d| (d.text.as_str(), d.rule)).collect();
        let expected = [menu.as_str(), &more, &footer].map(|text| (text, Rule::OutletPhrase));
        assert_eq!(dropped, expected);
    }
}

#[test]
fn short_runs_and_words_in_the_midst_are_no_phrases() {
    let mut corpus = Corpus::default();
    let eleven = (0..11).map(|at| format!("e{at}")).collect::<Vec<_>>().join(" ");
    for page in 0..8 {
        let own = |at: usize| prose(1000 + 100 * page + at);
        corpus
            .page("a.example", [format!("{eleven} {}", own(0)), format!("{} {} {}", own(1), prose(1), own(2)), own(3)]);
    }
    assert!(corpus.lines().is_empty(), "{:?}", corpus.lines());
}

#[test]
fn words_and_text_are_stripped_alike_and_the_order_of_pages_does_not_matter() {
    let mut corpus = Corpus::default();
    for page in 0..30 {
        let outlet = ["a.example", "b.example", "c.example"][page % 3];
        let own = |at: usize| prose(10_000 + 100 * page + at);
        let lead = format!("\"{} {}, {}!", prose(page % 3), own(0), own(5));
        let end = format!("{} {} {}.", own(3), own(4), prose(50 + page % 3));
        corpus.page(outlet, [lead, own(1), short() + outlet, own(2) + &own(6) + &own(7), end]);
    }
    let furniture = corpus.learn();
    assert_eq!(furniture.n_outlets(), 3);
    for (outlet, body) in &corpus.0 {
        let mut page = Page { outlet: outlet.clone(), body: body.clone(), ..Page::default() };
        furniture.strip_page(&mut page);
        let left = furniture.strip(outlet, &tokens(body)).unwrap();
        let words = |tokens: &[Token]| tokens.iter().map(|t| (t.word(), t.opens_paragraph())).collect::<Vec<_>>();
        assert_eq!(words(&left), words(&tokens(&page.body)));
        assert_eq!((page.body.len(), page.dropped.len()), (4, 3));
    }
    corpus.0.reverse();
    assert_eq!(corpus.learn(), furniture);
    corpus.0.rotate_left(11);
    assert_eq!(corpus.learn(), furniture);
}

#[test]
fn pages_of_any_form_have_units_and_lose_no_more_than_they_have() {
    for body in [vec![], vec![String::new()], vec!["...".to_owned()], vec!["a".to_owned()], vec![prose(1); 9]] {
        let mut corpus = Corpus::default();
        (0..5).for_each(|_| corpus.page("a.example", body.clone()));
        assert!(corpus.learn().is_empty());
    }
}
