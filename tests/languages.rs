//! Copies are found in every script: invented dispatches in fifteen languages, as their outlets print, cut and dress them, beside
//! another reporter's account of the event and an article on something else.
//!
//! A file of `tests/languages` holds one language: `# dispatch`, `# independent`, `# stranger`, a paragraph of an outlet's `# own`,
//! and under `# dress` what an outlet writes differently, as `from => to`. The last two are all spaces and marks count.

#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use wirecopy::article::Article;
use wirecopy::clean::clean;
use wirecopy::params::Params;
use wirecopy::pipeline::stories_of;
use wirecopy::shingle::{Token, tokenize};

const LANGUAGES: [(&str, &str); 15] = [
    ("ar", include_str!("languages/ar.txt")),
    ("bn", include_str!("languages/bn.txt")),
    ("de", include_str!("languages/de.txt")),
    ("el", include_str!("languages/el.txt")),
    ("fa", include_str!("languages/fa.txt")),
    ("hi", include_str!("languages/hi.txt")),
    ("ja", include_str!("languages/ja.txt")),
    ("km", include_str!("languages/km.txt")),
    ("ko", include_str!("languages/ko.txt")),
    ("lo", include_str!("languages/lo.txt")),
    ("my", include_str!("languages/my.txt")),
    ("ru", include_str!("languages/ru.txt")),
    ("th", include_str!("languages/th.txt")),
    ("tr", include_str!("languages/tr.txt")),
    ("zh", include_str!("languages/zh.txt")),
];

/// Menus and lists as pages in scripts without spaces have them, by language.
const CHROME: [(&str, [&str; 6], &str, [&str; 4]); 6] = [
    (
        "zh",
        ["首页", "国际", "财经", "体育", "天气", "视频"],
        "热门新闻",
        ["桥梁通车 市民围观", "今年首场雪", "足球队连胜", "菜价回落"],
    ),
    (
        "ja",
        ["トップ", "国際", "経済", "スポーツ", "天気", "動画"],
        "アクセスランキング",
        ["新しい橋が開通", "初雪を観測", "地元チームが連勝", "野菜の値下がり続く"],
    ),
    (
        "th",
        ["หน้าแรก", "ต่างประเทศ", "เศรษฐกิจ", "กีฬา", "อากาศ", "วิดีโอ"],
        "ข่าวยอดนิยม",
        ["เปิดสะพานใหม่", "หิมะแรกของปี", "ทีมบ้านเกิดชนะอีก", "ราคาผักลดลง"],
    ),
    (
        "lo",
        ["ໜ້າຫຼັກ", "ຕ່າງປະເທດ", "ເສດຖະກິດ", "ກິລາ", "ອາກາດ", "ວີດີໂອ"],
        "ຂ່າວຍອດນິຍົມ",
        ["ເປີດຂົວໃໝ່", "ຝົນທຳອິດຂອງປີ", "ທີມບ້ານເກີດຊະນະ", "ລາຄາຜັກຫຼຸດລົງ"],
    ),
    (
        "km",
        ["ទំព័រដើម", "អន្តរជាតិ", "សេដ្ឋកិច្ច", "កីឡា", "អាកាសធាតុ", "វីដេអូ"],
        "ព័ត៌មានពេញនិយម",
        ["សម្ពោធស្ពានថ្មី", "ភ្លៀងដំបូងក្នុងឆ្នាំ", "ក្រុមស្រុកឈ្នះ", "តម្លៃបន្លែធ្លាក់ចុះ"],
    ),
    (
        "my",
        ["ပင်မစာမျက်နှာ", "နိုင်ငံတကာ", "စီးပွားရေး", "အားကစား", "မိုးလေဝသ", "ဗီဒီယို"],
        "လူဖတ်အများဆုံး",
        ["တံတားသစ်ဖွင့်", "ယခုနှစ် ပထမဆုံးမိုး", "ဒေသအသင်းနိုင်", "ဟင်းရွက်ဈေးကျ"],
    ),
];

/// The sections of a language's file, each with its lines.
fn sections(text: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut sections: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut name = "";
    for line in text.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("# ") {
            Some(found) => name = found,
            None => sections.entry(name).or_default().push(line),
        }
    }
    sections
}

fn dressed(paragraphs: &[&str], dress: &[&str]) -> String {
    dress.iter().fold(paragraphs.join("\n"), |text, line| {
        let (from, to) = line.split_once(" => ").unwrap();
        assert!(from == "\"" || text.contains(from), "{from:?} is not in the dispatch");
        text.replace(from, to)
    })
}

/// The articles of a language, by what they are.
fn articles(language: &str, text: &str) -> Vec<(String, String)> {
    let sections = sections(text);
    let dispatch = &sections["dispatch"];
    let half = dressed(&dispatch[..2], &[]);
    let expanded = [&dispatch[..1], &sections["own"], &dispatch[1..]].concat().join("\n");
    let without_sentences = [dispatch[0], dispatch[2], dispatch[3]].join("\n");
    let copies = [
        ("wire", dispatch.join("\n")),
        ("whole", dispatch.join("\n")),
        ("half", half),
        ("own", expanded),
        ("dressed", dressed(dispatch, &sections["dress"])),
        ("shorter", without_sentences),
        ("one-line", dispatch.join(" ")),
        ("independent", sections["independent"].join("\n")),
        ("stranger", sections["stranger"].join("\n")),
    ];
    copies.into_iter().map(|(kind, text)| (format!("{language}-{kind}"), text)).collect()
}

fn article((id, text): (String, String)) -> Article {
    Article { outlet: Some(format!("{id}.example")), id, text, ..Article::default() }
}

#[test]
fn copies_are_found_in_every_language_and_strangers_are_not() {
    let all = LANGUAGES.iter().flat_map(|(language, text)| articles(language, text)).map(article).collect();
    let stories = stories_of(all, &Params::default()).unwrap().stories;
    let found: Vec<Vec<&str>> = stories
        .iter()
        .map(|story| {
            let mut ids: Vec<&str> = story.copies.iter().map(|copy| copy.id.as_str()).collect();
            ids.sort_unstable();
            ids
        })
        .collect();
    for (language, _) in LANGUAGES {
        let of = |kinds: &[&str]| kinds.iter().map(|kind| format!("{language}-{kind}")).collect::<Vec<_>>();
        let copies = of(&["dressed", "half", "one-line", "own", "shorter", "whole", "wire"]);
        let own: Vec<_> = found.iter().filter(|ids| ids.iter().any(|id| id.starts_with(language))).collect();
        assert!(own.iter().any(|ids| **ids == copies), "{language}: {own:?}");
        for alone in of(&["independent", "stranger"]) {
            assert!(own.iter().all(|ids| !ids.contains(&alone.as_str()) || ids.len() == 1), "{alone}: {own:?}");
        }
    }
}

#[test]
fn outlets_may_dress_a_dispatch_as_they_like() {
    for (language, text) in LANGUAGES {
        let sections = sections(text);
        let words = |text: String| {
            let mut tokens = Vec::new();
            tokenize(&clean(&article((language.to_owned(), text))).body, &mut tokens);
            tokens.into_iter().map(Token::word).collect::<Vec<_>>()
        };
        let plain = words(sections["dispatch"].join("\n"));
        let dressed = words(dressed(&sections["dispatch"], &sections["dress"]));
        let same = plain.iter().filter(|word| dressed.contains(word)).count();
        assert!(same * 100 >= plain.len() * 97, "{language}: {same} of {}", plain.len());
    }
}

#[test]
fn an_article_says_about_as_many_words_in_every_language() {
    let counts = LANGUAGES.map(|(language, text)| {
        let mut tokens = Vec::new();
        tokenize(&sections(text)["dispatch"], &mut tokens);
        (language, tokens.len())
    });
    assert!(counts.iter().all(|(_, n)| (85..180).contains(n)), "{counts:?}");
}

#[test]
fn pages_without_spaces_keep_their_bodies_and_lose_their_menus() {
    for (language, menu, heading, list) in CHROME {
        let (_, text) = LANGUAGES.iter().find(|(code, _)| *code == language).unwrap();
        let dispatch = &sections(text)["dispatch"];
        let lines = [&menu[..], dispatch, &[heading], &list[..], &menu[..3]].concat().join("\n");
        let page = clean(&article((language.to_owned(), lines)));
        let expected: Vec<String> = dispatch.iter().map(|line| line.nfkc().collect()).collect();
        assert_eq!(page.body, expected, "{language}: {:?}", page.dropped);
    }
}
