//! A corpus of any size, made from a seed: articles of about 3 KB in JSONL, a third of them copies of dispatches.
//!
//! It is for measuring time and memory, and for counting what a stage should find: words are drawn by Zipf's law from a
//! vocabulary of syllables, so that common words and pairs recur between strangers as they do in real text, and whole
//! sentences do not. How good the judgement is on prose, `corpus/` and the golden tests say.

mod split_mix;

use std::io::{self, Write};

use wirecopy::article::Article;

/// Of this many articles one is a copy of a dispatch, roughly: 35 in a hundred, as in news crawls.
const SHARE_COPIED: f64 = 0.35;
const VOCABULARY: usize = 30_000;
const OUTLETS: u64 = 2_000;
const CREDITS: [&str; 6] = ["AP", "Reuters", "AFP", "dpa", "BSS/AFP", "Xinhua"];

/// Draws from a seed.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Chance(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        split_mix::next(&mut self.0)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        split_mix::below(self.next(), n)
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// The words, and how often each is used: the r-th with a probability that falls as 1/r.
pub(crate) struct Language {
    words: Vec<String>,
    cumulative: Vec<f64>,
}

impl Language {
    pub(crate) fn new(seed: u64) -> Self {
        const ONSETS: [&str; 16] = ["b", "br", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "v"];
        const RHYMES: [&str; 12] = ["a", "an", "ar", "e", "el", "en", "i", "in", "o", "on", "or", "u"];
        let mut chance = Chance::new(seed);
        let mut seen = std::collections::HashSet::new();
        let mut words = Vec::with_capacity(VOCABULARY);
        while words.len() < VOCABULARY {
            // Frequent words are short, as in any language.
            let syllables = 1 + u64::from((words.len() + 1).ilog2()) / 5 + chance.below(2);
            let word: String = (0..syllables)
                .map(|_| ONSETS[chance.below(16) as usize].to_owned() + RHYMES[chance.below(12) as usize])
                .collect();
            if seen.insert(word.clone()) {
                words.push(word);
            } else if words.len() < 500 {
                words.push(format!("{word}{}", words.len() % 10));
            }
        }
        let mut sum = 0.0;
        let cumulative = (1..=VOCABULARY)
            .map(|rank| {
                sum += 1.0 / (rank as f64 + 2.7);
                sum
            })
            .collect();
        Language { words, cumulative }
    }

    fn word(&self, chance: &mut Chance) -> &str {
        let target = chance.share() * self.cumulative[VOCABULARY - 1];
        &self.words[self.cumulative.partition_point(|&sum| sum < target).min(VOCABULARY - 1)]
    }

    fn sentence(&self, chance: &mut Chance) -> String {
        let n_words = 10 + chance.below(16);
        let mut sentence = String::new();
        for at in 0..n_words {
            let word = self.word(chance);
            if at == 0 {
                sentence.push_str(&word[..1].to_uppercase());
                sentence.push_str(&word[1..]);
            } else {
                sentence.push(' ');
                if chance.below(40) == 0 {
                    sentence.push_str(&(2 + chance.below(900)).to_string());
                } else {
                    sentence.push_str(word);
                }
            }
        }
        sentence.push('.');
        sentence
    }

    /// A paragraph of one to three sentences.
    fn paragraph(&self, chance: &mut Chance) -> String {
        let n = 1 + chance.below(3);
        (0..n).map(|_| self.sentence(chance)).collect::<Vec<_>>().join(" ")
    }

    /// A dispatch of about 3 KB, with the dateline and credit of an agency.
    pub(crate) fn dispatch(&self, chance: &mut Chance) -> Vec<String> {
        let mut paragraphs: Vec<String> = (0..15).map(|_| self.paragraph(chance)).collect();
        let place = self.word(chance).to_uppercase();
        let credit = CREDITS[chance.below(CREDITS.len() as u64) as usize];
        paragraphs[0].insert_str(0, &format!("PORT {place} ({credit}) - "));
        paragraphs
    }

    fn headline(&self, chance: &mut Chance) -> String {
        let words: Vec<&str> = (0..7).map(|_| self.word(chance)).collect();
        words.join(" ")
    }
}

/// One article and the dispatch that it copies.
pub(crate) struct Made {
    pub(crate) id: String,
    pub(crate) story: u64,
    pub(crate) outlet: String,
    pub(crate) published: i64,
    pub(crate) headline: String,
    pub(crate) paragraphs: Vec<String>,
}

impl Made {
    /// What reading makes of it, but for the date.
    pub(crate) fn into_article(self) -> Article {
        Article {
            id: self.id,
            outlet: Some(self.outlet),
            headline: Some(self.headline),
            text: self.paragraphs.join("\n"),
            ..Article::default()
        }
    }
}

/// Makes `n` articles: stories of 2 to 60 copies, then strangers, in an order that says nothing.
pub(crate) fn articles(n: usize, seed: u64, mut take: impl FnMut(Made)) {
    let language = Language::new(7);
    let mut chance = Chance::new(seed);
    let mut slots: Vec<u64> = Vec::with_capacity(n);
    let mut story = 0;
    while slots.len() < (n as f64 * SHARE_COPIED) as usize {
        // Most stories have few copies, some many.
        let n_copies = 2 + (58.0 * chance.share().powi(4)) as usize;
        slots.extend(std::iter::repeat_n(story, n_copies.min(n - slots.len())));
        story += 1;
    }
    while slots.len() < n {
        slots.push(story);
        story += 1;
    }
    for i in (1..n).rev() {
        slots.swap(i, chance.below(i as u64 + 1) as usize);
    }
    for (number, story) in slots.into_iter().enumerate() {
        // A dispatch is made again from its story's seed for each copy: nothing needs to be kept.
        let mut own = Chance::new(seed ^ (story + 1).wrapping_mul(0xd6e8_feb8_6659_fd93));
        let dispatch = language.dispatch(&mut own);
        let headline = language.headline(&mut own);
        let moved = 1_767_225_600 + own.below(30 * 86_400) as i64;
        let mut made = Made {
            id: format!("a{number:08}"),
            story,
            outlet: format!("outlet{}.example", chance.below(OUTLETS)),
            published: moved + chance.below(86_400) as i64,
            headline,
            paragraphs: dispatch,
        };
        edit(&mut made, &language, &mut chance);
        take(made);
    }
}

/// One edit, or two: none, cut to 30..70 %, another headline, an own paragraph, words changed, chrome around.
fn edit(made: &mut Made, language: &Language, chance: &mut Chance) {
    for _ in 0..=chance.below(2) {
        match chance.below(6) {
            0 => {}
            1 => {
                let kept = 3 + made.paragraphs.len() * (30 + chance.below(40)) as usize / 100;
                made.paragraphs.truncate(kept);
            }
            2 => made.headline = language.headline(chance),
            3 => {
                let at = 1 + chance.below(made.paragraphs.len() as u64) as usize;
                made.paragraphs.insert(at, language.paragraph(chance));
            }
            4 => {
                for paragraph in &mut made.paragraphs {
                    let words: Vec<&str> = paragraph.split(' ').collect();
                    let changed = chance.below(words.len() as u64) as usize;
                    let other = language.word(chance);
                    let words: Vec<&str> =
                        words.iter().enumerate().map(|(at, w)| if at == changed { other } else { w }).collect();
                    *paragraph = words.join(" ");
                }
            }
            _ => {
                let menu = ["Home", "World", "Business", "Sport", "Weather", "Subscribe"];
                made.paragraphs.splice(0..0, menu.map(str::to_owned));
                made.paragraphs.push("Most Viewed".to_owned());
                made.paragraphs.extend((0..8).map(|_| language.headline(chance)));
            }
        }
    }
}

/// Writes `n` articles as JSONL; the story of each, in order of the lines.
pub(crate) fn write_jsonl(n: usize, seed: u64, out: &mut impl Write) -> io::Result<Vec<u64>> {
    let mut stories = Vec::with_capacity(n);
    let mut written = Ok(());
    articles(n, seed, |made| {
        stories.push(made.story);
        if written.is_ok() {
            // Syllables, digits and full stops need no escape.
            written = writeln!(
                out,
                r#"{{"id":"{}","outlet":"{}","published":{},"headline":"{}","text":"{}"}}"#,
                made.id,
                made.outlet,
                made.published,
                made.headline,
                made.paragraphs.join("\\n")
            );
        }
    });
    written.map(|()| stories)
}
