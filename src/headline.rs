//! The headline of a story, from the titles of its copies.
//!
//! The title of a scraped page is often chrome: the site's name, a section, "Subscribe". Such a title recurs on the
//! outlet's pages of other stories, and so does the name that ends many a real one ("Quake hits coast | The Ledger").
//! What is left is a headline, and the one that the other copies and the story's own words speak for is the story's.

use std::borrow::Cow;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::index::Entry;
use crate::shingle::{Token, tokenize};

/// What stands between a headline and the name of a site or section.
const SEPARATORS: [&str; 7] = [" | ", " - ", " – ", " — ", " :: ", " · ", " » "];
/// Parts of a title that are looked at, and bytes: more is no headline.
const MAX_PARTS: usize = 6;
const MAX_BYTES: usize = 600;
/// Letters that an outlet's name needs to be found in a title: three may be any word.
const MIN_NAME: usize = 4;

/// The titles of all outlets, and the parts of them, that were seen with more than one story.
#[derive(Debug, Default)]
pub struct Titles {
    /// Hashes of outlet and part, ascending.
    of_several: Vec<u64>,
}

/// The titles of all outlets and the parts of them, as they come.
#[derive(Debug, Default)]
pub struct TitlesSeen {
    /// A hash of outlet and part, and the story it was seen with.
    seen: Vec<(u64, u32)>,
}

impl TitlesSeen {
    /// Takes note of the title of an outlet's page, which is of a story. O(length of the title); 16 bytes for each part of
    /// it.
    pub fn push(&mut self, story: u32, outlet: &str, title: &str) {
        let parts = parts(title);
        let whole = (parts.len() > 1).then_some(title);
        self.seen.extend(parts.into_iter().chain(whole).map(|part| (hash(outlet, part), story)));
    }
}

impl Titles {
    /// Those that are the sites', of all that were seen. O(n log n), in parallel.
    pub fn learn(seen: Vec<TitlesSeen>) -> Self {
        let mut seen: Vec<(u64, u32)> = seen.into_par_iter().flat_map_iter(|some| some.seen).collect();
        seen.par_sort_unstable();
        let same = seen.chunk_by(|x, y| x.0 == y.0);
        // Stories are in order: the first and the last are different or all are the same.
        let of_several = same.filter(|same| same[0].1 != same[same.len() - 1].1).map(|same| same[0].0).collect();
        Titles { of_several }
    }

    /// The headline in an article's title, without the names of site and section; `None` where nothing else is there.
    pub fn proper<'a>(&self, entry: &'a Entry) -> Option<&'a str> {
        let title = entry.headline.as_deref()?;
        if self.is_chrome(&entry.outlet, title) {
            return None;
        }
        let parts = parts(title);
        if parts.first().is_some_and(|first| first.len() == title.len()) {
            return Some(title);
        }
        let is_chrome = |part: &&str| self.is_chrome(&entry.outlet, part);
        let from = parts.iter().take_while(|part| is_chrome(part)).count();
        let (first, others) = parts.get(from..)?.split_first()?;
        let n_after = others.iter().rev().take_while(|part| is_chrome(part)).count();
        let last = others[..others.len() - n_after].last().unwrap_or(first);
        Some(&title[offset(title, first)..offset(title, last) + last.len()])
    }

    fn is_chrome(&self, outlet: &str, part: &str) -> bool {
        self.of_several.binary_search(&hash(outlet, part)).is_ok() || names(part, outlet)
    }
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// The parts of a title between separators; the whole where it has too many to be a headline and names.
fn parts(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    if title.len() > MAX_BYTES {
        return parts;
    }
    let marks = |b: &u8| matches!(b, b'|' | b'-' | b':' | 128..);
    if !title.as_bytes().iter().any(marks) {
        return parts;
    }
    for separator in SEPARATORS {
        if title.contains(separator) {
            parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    if parts.len() > MAX_PARTS { vec![title] } else { parts }
}

fn hash(outlet: &str, part: &str) -> u64 {
    let mut key = Vec::with_capacity(outlet.len() + part.len() + 1);
    key.extend_from_slice(outlet.as_bytes());
    key.push(0);
    for c in part.chars() {
        // Letter by letter what `letters` has: this is asked of every title, and of its parts.
        if c.is_ascii_alphanumeric() {
            key.push(c.to_ascii_lowercase() as u8);
        } else if !c.is_ascii() && c.is_alphanumeric() {
            c.to_lowercase().for_each(|small| key.extend_from_slice(small.encode_utf8(&mut [0; 4]).as_bytes()));
        }
    }
    xxh3_64(&key)
}

/// Whether a part of a title is the outlet's name, by its domain or as written: nothing else is known of an outlet with
/// one page.
fn names(part: &str, outlet: &str) -> bool {
    let outlet = outlet.strip_prefix("www.").unwrap_or(outlet);
    let outlet = outlet.split('.').next().unwrap_or(outlet);
    // A name is as long as a domain, give or take its spaces.
    if part.len() > 2 * outlet.len() + MIN_NAME {
        return false;
    }
    without_the(part).eq(without_the(outlet)) && without_the(outlet).count() >= MIN_NAME
}

/// The letters of a name, but for an article before it.
fn without_the(name: &str) -> impl Iterator<Item = char> + '_ {
    let begins = letters(name).take(3).eq("the".chars());
    letters(name).skip(if begins { 3 } else { 0 })
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Titles that are weighed against each other: more say nothing new.
const MAX_WEIGHED: usize = 64;
/// Words that a headline needs before what speaks for it counts in full: one word of it recurs anywhere.
const FEW_WORDS: f64 = 3.0;

/// The title that speaks best for the story whose words are `body`: the one with most words in the body and in the other
/// titles; the first among equals. O(titles² · words), titles being 64 at most.
pub fn choose<'a>(titles: &[&'a str], body: &[Token]) -> Option<&'a str> {
    let words: Vec<Vec<u32>> = titles.iter().take(MAX_WEIGHED).map(|title| words(title)).collect();
    let body = Words::of(&words).of_body(body);
    let weight = |at: usize| {
        let own = &words[at];
        let others = words.iter().enumerate().filter(|(other, _)| *other != at);
        let agreed: f64 = others.map(|(_, other)| resemblance(own, other)).sum();
        let in_body = own.iter().filter(|word| body.binary_search(word).is_ok()).count() as f64;
        agreed / words.len() as f64 + in_body / (own.len() as f64 + FEW_WORDS)
    };
    let weights = (0..words.len()).map(|at| (at, weight(at)));
    let best = weights.max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0)))?;
    Some(titles[best.0])
}

/// The words of some titles, with a bit for what each may be: most words of a body are none of them.
struct Words {
    words: Vec<u32>,
    may_be: [u64; 16],
}

impl Words {
    fn of(titles: &[Vec<u32>]) -> Self {
        let mut words = titles.concat();
        words.sort_unstable();
        words.dedup();
        let mut may_be = [0; 16];
        words.iter().map(|&word| bit(word)).for_each(|(at, bit)| may_be[at] |= bit);
        Words { words, may_be }
    }

    /// Those of the different words that a body has too, ascending.
    fn of_body(self, body: &[Token]) -> Vec<u32> {
        let mut found: Vec<u32> = body.iter().map(|token| token.word()).filter(|&word| self.may_have(word)).collect();
        found.sort_unstable();
        found.dedup();
        found.retain(|word| self.words.binary_search(word).is_ok());
        found
    }

    fn may_have(&self, word: u32) -> bool {
        let (at, bit) = bit(word);
        self.may_be[at] & bit != 0
    }
}

/// A bit for a word, by its highest ones.
fn bit(word: u32) -> (usize, u64) {
    ((word >> 28) as usize, 1 << (word >> 22 & 63))
}

fn words(title: &str) -> Vec<u32> {
    let mut tokens = Vec::new();
    let title = if title.len() > MAX_BYTES {
        Cow::Owned(title.chars().take(MAX_BYTES).collect())
    } else {
        Cow::Borrowed(title)
    };
    tokenize(&[title], &mut tokens);
    different(&tokens)
}

/// The different words, ascending: in sets of this size quicker to compare than hash tables.
fn different(tokens: &[Token]) -> Vec<u32> {
    let mut words: Vec<u32> = tokens.iter().map(|token| token.word()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn resemblance(a: &[u32], b: &[u32]) -> f64 {
    let mut theirs = b.iter().peekable();
    let is_shared = |word: &&u32| {
        while theirs.next_if(|other| other < word).is_some() {}
        theirs.next_if_eq(word).is_some()
    };
    let shared = a.iter().filter(is_shared).count();
    let union = a.len() + b.len() - shared;
    if union == 0 { 0.0 } else { shared as f64 / union as f64 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(outlet: &str, title: &str) -> Entry {
        Entry { outlet: outlet.to_owned(), headline: Some(title.to_owned()), ..Entry::default() }
    }

    fn titles(seen: &[(u32, Entry)]) -> Titles {
        let mut titles = TitlesSeen::default();
        for (story, entry) in seen {
            titles.push(*story, &entry.outlet, entry.headline.as_deref().unwrap());
        }
        Titles::learn(vec![titles])
    }

    #[test]
    fn what_recurs_with_other_stories_is_the_sites() {
        let seen = [
            (0, entry("ledger.example", "Quake hits coast | News | Ledger of Varn")),
            (1, entry("ledger.example", "Budget passes - at last | News | Ledger of Varn")),
            (1, entry("ledger.example", "Subscribe")),
            (2, entry("ledger.example", "Subscribe")),
            (3, entry("gazette.example", "Subscribe")),
        ];
        let titles = titles(&seen);
        let proper: Vec<_> = seen.iter().map(|(_, entry)| titles.proper(entry)).collect();
        assert_eq!(proper, [Some("Quake hits coast"), Some("Budget passes - at last"), None, None, Some("Subscribe")]);
    }

    proptest! {
        #[test]
        fn letters_are_all_that_counts(
            part in "(the|The )?[a-cA-CßİÉéΣ中 '|-]{0,9}",
            outlet in "(the|The )?[a-cA-CßİÉéΣ中 '|-]{0,9}",
        ) {
            let (own, others): (String, String) = (letters(&part).collect(), letters(&outlet).collect());
            prop_assert_eq!(hash(&outlet, &part), xxh3_64(format!("{outlet}\0{own}").as_bytes()));
            for (part, own) in [(&part, &own), (&outlet.to_uppercase(), &letters(&outlet.to_uppercase()).collect())] {
                let [own, others] = [own, &others].map(|name| name.strip_prefix("the").unwrap_or(name));
                let is_name = part.len() <= 2 * outlet.len() + MIN_NAME && own == others;
                prop_assert_eq!(names(part, &outlet), is_name && own.chars().count() >= MIN_NAME);
            }
        }
    }

    #[test]
    fn one_story_in_two_pages_is_no_chrome() {
        let seen = [(0, entry("a.example", "Quake hits coast")), (0, entry("a.example", "Quake hits coast"))];
        let titles = titles(&seen);
        assert_eq!(titles.proper(&seen[0].1), Some("Quake hits coast"));
    }

    #[test]
    fn an_outlets_name_is_known_by_its_domain() {
        for (outlet, title, expected) in [
            ("www.lagosmorning.example", "Voters end long reign – Lagos Morning", Some("Voters end long reign")),
            ("thehill.example", "The Hill", None),
            ("Padma Post", "পদ্মা | Padma Post", Some("পদ্মা")),
            ("abc.example", "Dam bursts - ABC", Some("Dam bursts - ABC")),
            ("dam.example", "", None),
        ] {
            let entry = entry(outlet, title);
            assert_eq!(Titles::default().proper(&entry).filter(|t| !t.is_empty()), expected, "{title}");
        }
    }

    #[test]
    fn the_headline_is_the_one_that_story_and_copies_speak_for() {
        let mut body = Vec::new();
        tokenize(&["A strong quake hit the northern coast of Varn on Monday, and subscribers lost power."], &mut body);
        let titles = ["Subscribe", "Quake", "Strong quake hits Varn coast", "Varn coast hit by strong quake", "Next"];
        assert_eq!(choose(&titles, &body), Some("Varn coast hit by strong quake"));
        assert_eq!(choose(&titles[..2], &body), Some("Quake"));
        assert_eq!(choose(&[], &body), None);
    }
}
