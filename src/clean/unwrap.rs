//! Lines that were broken at a width, as scanners and mail programs do, put together again.
//!
//! Every rule of cleaning reads lines: a paragraph is one, and half a sentence is no prose.

use std::borrow::Cow;

/// Characters between which lines are broken.
const WIDTHS: std::ops::RangeInclusive<usize> = 30..=100;
/// Broken lines that a page needs to be taken for one of this kind, and their share of its lines. Where capitals tell a
/// headline from half a sentence, of those lines that are as long: a menu says nothing.
const MIN_BROKEN: usize = 5;
const MIN_SHARE: f64 = 0.25;

/// The lines of a text, each a paragraph, with the byte where it starts; empty ones may be among them.
///
/// A line is broken at a width if the next word would not have fitted. Where enough lines are at one width, and go on with a
/// small letter, all are joined; a word that was divided at the end of a line too. O(length), and O(lines) for each width that lines have.
pub(super) fn lines(text: &str) -> Lines<'_> {
    let lines = split(text);
    match width(&lines) {
        Some((width, measured)) => Lines::Joined(join(text, &lines, &measured, width)),
        None => Lines::AsTheyAre(lines),
    }
}

/// The lines of a text.
pub(super) enum Lines<'a> {
    AsTheyAre(Vec<&'a str>),
    Joined(Vec<(usize, Cow<'a, str>)>),
}

/// A text cut at each line feed, carriage return, and separator of lines or paragraphs.
fn split(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    // The separators are hardly ever there, but start as curly quotes do.
    let is_separator = |at: usize| matches!(bytes[at..], [_, 0x80, 0xa8 | 0xa9, ..]);
    if memchr::memchr_iter(0xe2, bytes).any(is_separator) {
        return text.split(['\n', '\r', '\u{2028}', '\u{2029}']).collect();
    }
    let mut lines = Vec::with_capacity(USUAL_LINES);
    let mut from = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        lines.push(&text[from..at]);
        from = at + 1;
    }
    lines.push(&text[from..]);
    lines
}

/// Lines that most pages do not exceed.
const USUAL_LINES: usize = 48;

/// Where in a text a part of it starts.
pub(super) fn start(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// The characters of a line, and those that one more word would make it; 0 where none follows.
struct Measure {
    n_chars: usize,
    with_next_word: usize,
    /// Whether the next line starts with a capital, as headlines and entries of menus do, and sentences.
    before_capital: bool,
}

impl Measure {
    fn is_broken_at(&self, width: usize) -> bool {
        (1..=width).contains(&self.n_chars) && self.with_next_word > width
    }
}

/// The width at which most lines are broken, if they are enough.
fn width(lines: &[&str]) -> Option<(usize, Vec<Measure>)> {
    let next = |at: usize| lines.get(at + 1).and_then(|next| next.split_whitespace().next());
    // Most pages have long lines, or such as begin with capitals, and are done with here.
    let may_go_on = |&(at, line): &(usize, &&str)| {
        lines.get(at + 1).is_some_and(|next| !starts_with_capital(next)) && n_chars(line.trim_end()) <= *WIDTHS.end()
    };
    let fits = |line: &&&str| WIDTHS.contains(&n_chars(line));
    if lines.iter().enumerate().filter(may_go_on).take(MIN_BROKEN).count() < MIN_BROKEN
        || lines.iter().filter(fits).take(MIN_BROKEN).count() < MIN_BROKEN
    {
        return None;
    }
    let measure = |(at, line): (usize, &&str)| {
        let n_chars = n_chars(line.trim_end());
        Measure {
            n_chars,
            with_next_word: next(at).map_or(0, |word| n_chars + least_piece(word)),
            before_capital: next(at).is_some_and(|word| word.starts_with(char::is_uppercase)),
        }
    };
    let measured: Vec<Measure> = lines.iter().enumerate().map(measure).collect();
    let has_capitals = measured.iter().any(|line| line.before_capital);
    let shortest = if has_capitals { *WIDTHS.start() } else { 1 };
    let n_lines = measured.iter().filter(|line| line.n_chars >= shortest).count();
    let mut widths: Vec<usize> = measured.iter().map(|m| m.n_chars).filter(|n| WIDTHS.contains(n)).collect();
    widths.sort_unstable();
    widths.dedup();
    let goes_on = |line: &&Measure, width| line.is_broken_at(width) && !line.before_capital;
    let n_broken = |width: usize| measured.iter().filter(|line| goes_on(line, width)).count();
    let (n, width) = widths.into_iter().map(|width| (n_broken(width), width)).max()?;
    (n >= MIN_BROKEN && n as f64 >= MIN_SHARE * n_lines as f64).then_some((width, measured))
}

/// Whether a line has a capital first, or nothing at all.
fn starts_with_capital(line: &str) -> bool {
    match line.as_bytes().first() {
        Some(b'A'..=b'Z') => true,
        _ => line.trim_start().chars().next().is_none_or(is_capital),
    }
}

/// Whether a character is a capital, without a look at the table for those of most texts.
fn is_capital(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_uppercase(),
        'А'..='Я' => true,
        'а'..='я' | 'ऀ'..='෿' | '\u{2000}'..='\u{206f}' | '一'..='鿿' => false,
        _ => c.is_uppercase(),
    }
}

/// The characters of a line, as far as widths go: of a longer one some number that is longer too.
fn n_chars(line: &str) -> usize {
    // No character has more than four bytes.
    if line.len() > 4 * WIDTHS.end() {
        return line.len().div_ceil(4);
    }
    // Each has one byte that does not continue another.
    let first = |bytes: &[u8]| bytes.iter().fold(0, |n: u8, &b| n + u8::from(b as i8 >= -0x40));
    line.as_bytes().chunks(128).map(|bytes| usize::from(first(bytes))).sum()
}

/// What of the next word would have had to fit, with the space before it: all of it, but where words are not spaced, a
/// character and the mark that must not begin a line, or a word of some length.
fn least_piece(word: &str) -> usize {
    let length = word.chars().take(WIDTHS.end() + 1).count();
    match word.chars().next() {
        Some(c) if is_ideographic(c) => length.min(2),
        Some('\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}') => length.min(8),
        _ => 1 + length,
    }
}

/// Ideographs, Kana and their marks, between which lines are broken anywhere.
fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

fn join<'a>(text: &str, lines: &[&'a str], measured: &[Measure], width: usize) -> Vec<(usize, Cow<'a, str>)> {
    let mut joined: Vec<(usize, Cow<'_, str>)> = Vec::new();
    let mut goes_on = false;
    for (line, measure) in lines.iter().zip(measured) {
        match joined.last_mut() {
            Some((_, paragraph)) if goes_on => append(paragraph.to_mut(), line.trim()),
            _ => joined.push((start(text, line), Cow::Borrowed(*line))),
        }
        goes_on = measure.is_broken_at(width);
    }
    joined
}

fn append(paragraph: &mut String, line: &str) {
    paragraph.truncate(paragraph.trim_end().len());
    let divided = paragraph.strip_suffix(['-', '\u{ad}']).is_some_and(|word| word.ends_with(char::is_alphabetic))
        && line.starts_with(char::is_lowercase);
    if divided {
        paragraph.pop();
    } else if !(paragraph.ends_with(is_ideographic) && line.starts_with(is_ideographic)) {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROKEN: &str = "Some people walked through Norvik on\nSaturday to demonstrate against the\n\
        refitting of the old monastery, the\nlargest march of its kind in eighty\nyears.\n\
        The organizers gave the government\nseveral days and announced a strike\nof all pharmacists and night watch-\nmen.";

    fn lines(page: &str) -> Vec<(usize, Cow<'_, str>)> {
        match super::lines(page) {
            Lines::AsTheyAre(lines) => lines.into_iter().map(|line| (start(page, line), Cow::Borrowed(line))).collect(),
            Lines::Joined(lines) => lines,
        }
    }

    fn texts(page: &str) -> Vec<String> {
        lines(page).into_iter().map(|(_, text)| text.into_owned()).collect()
    }

    #[test]
    fn capitals_and_characters_are_told_as_the_library_tells_them() {
        for c in (0..=0x3_ffff).filter_map(char::from_u32) {
            assert_eq!(is_capital(c), c.is_uppercase(), "{c:?}");
        }
        let line = "aé中𐀀 ".repeat(40);
        for end in (0..line.len()).filter(|&end| line.is_char_boundary(end)) {
            let n = line[..end].chars().count();
            assert!(n_chars(&line[..end]) == n || n_chars(&line[..end]).min(n) > *WIDTHS.end(), "{n}");
        }
    }

    #[test]
    fn paragraphs_are_put_together() {
        let lines = lines(BROKEN);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].1.ends_with("of its kind in eighty years."), "{lines:?}");
        assert_eq!(lines[1].0, BROKEN.find("The organizers").unwrap());
        assert!(lines[1].1.ends_with("a strike of all pharmacists and night watchmen."), "{lines:?}");
    }

    #[test]
    fn a_long_line_of_the_site_does_not_hide_it() {
        let page = format!("{BROKEN}\n{}", "We and our partners use cookies. ".repeat(9));
        assert_eq!(lines(&page).len(), 3, "{:?}", lines(&page));
    }

    #[test]
    fn a_long_menu_does_not_hide_it() {
        let page = format!("{}{BROKEN}", "Weather\n".repeat(60));
        assert_eq!(lines(&page).len(), 62, "{:?}", lines(&page));
    }

    #[test]
    fn menus_and_paragraphs_stay_as_they_are() {
        let menu = "Home\nWorld\nBusiness\nSport\nWeather\nSubscribe to our newsletter\nMost viewed";
        assert_eq!(lines(menu).len(), 7);
        let paragraphs = ["A long paragraph of a page, on one line as it should be."; 9].join("\n");
        assert_eq!(lines(&paragraphs).len(), 9);
    }

    #[test]
    fn lines_of_a_text_without_spaces_are_put_together() {
        let paragraphs = [
            "河口镇的渡船停在岸边已经三个星期，船主说发动机坏了没有钱修理，镇上的孩子每天要绕十里山路去上学，家长们轮流护送，雨天只好停课，老师\
             把作业送到各家门口。",
            "县里答应拨款买一艘新船，但是工匠说木料要等到秋天才能运来，在那以前只能靠两条小艇接送老人和病人，货物全部改走北边的公路，运费涨了\
             一倍。",
            "船主今年六十七岁，在这条河上摆渡了四十年，他说等新船来了就把缆绳交给儿子，自己在岸上种几棵柿子树，再也不想半夜里被人叫醒去\
             对岸接客。",
        ];
        let wrapped = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            chars.chunks(30).map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(texts(&paragraphs.map(wrapped).join("\n")), paragraphs);
    }

    #[test]
    fn headlines_and_paragraphs_without_spaces_stay_as_they_are() {
        let headlines = [
            "河口镇渡船停航三个星期孩子绕山路上学",
            "县里答应拨款购买新船木料秋天才能运到",
            "北边公路运费上涨一倍商户叫苦不迭",
            "山区连降大雨多所学校被迫停课",
            "老船主讲述四十年摆渡往事令人动容",
        ];
        let page = [
            &headlines[..],
            &["渡船停在岸边已经三个星期，船主说发动机坏了没有钱修理，镇上的孩子每天要绕十里山路去上学。"],
            &["县里答应拨款买一艘新船，但是工匠说木料要等到秋天才能运来，在那以前只能靠两条小艇接送老人和病人。"],
            &["货物全部改走北边的公路，运费涨了一倍，几家商户已经关门，镇长说冬天以前一定恢复航线。"],
        ]
        .concat();
        assert_eq!(texts(&page.join("\n")), page);
    }
}
