//! Lines that were broken at a width, as scanners and mail programs do, put together again.
//!
//! Every rule of cleaning reads lines: a paragraph is one, and half a sentence is no prose.

use std::borrow::Cow;

/// Characters beyond which no line is broken at a width.
const MAX_WIDTH: usize = 100;
/// Broken lines that a page needs to be taken for one of this kind, and their share of its lines.
const MIN_BROKEN: usize = 5;
const MIN_SHARE: f64 = 0.5;

/// The lines of a text, each a paragraph; empty ones may be among them.
///
/// A line is broken at a width if the next word would not have fitted. Where most lines of a text that has no long ones
/// are so, they are joined; a word that was divided at the end of a line too. O(length).
pub(super) fn lines(text: &str) -> Vec<Cow<'_, str>> {
    let lines: Vec<&str> = text.split(['\n', '\r', '\u{2028}', '\u{2029}']).collect();
    if lines.len() < MIN_BROKEN || lines.iter().any(|line| line.len() > 4 * MAX_WIDTH) {
        return lines.into_iter().map(Cow::Borrowed).collect();
    }
    let lengths: Vec<usize> = lines.iter().map(|line| line.trim_end().chars().count()).collect();
    let width = lengths.iter().copied().max().unwrap_or(0);
    let is_broken = |at: usize| {
        let Some(next) = lines.get(at + 1).and_then(|next| next.split_whitespace().next()) else { return false };
        lengths[at] > 0 && lengths[at] + 1 + next.chars().count() > width
    };
    let n_broken = (0..lines.len()).filter(|&at| is_broken(at)).count();
    let n_lines = lengths.iter().filter(|n| **n > 0).count();
    if width > MAX_WIDTH || n_broken < MIN_BROKEN || (n_broken as f64) < MIN_SHARE * n_lines as f64 {
        return lines.into_iter().map(Cow::Borrowed).collect();
    }
    let mut joined: Vec<Cow<'_, str>> = Vec::new();
    let mut goes_on = false;
    for (at, line) in lines.iter().enumerate() {
        match joined.last_mut() {
            Some(paragraph) if goes_on => append(paragraph.to_mut(), line.trim()),
            _ => joined.push(Cow::Borrowed(line)),
        }
        goes_on = is_broken(at);
    }
    joined
}

fn append(paragraph: &mut String, line: &str) {
    paragraph.truncate(paragraph.trim_end().len());
    let divided = paragraph.strip_suffix(['-', '\u{ad}']).is_some_and(|word| word.ends_with(char::is_alphabetic))
        && line.starts_with(char::is_lowercase);
    if divided {
        paragraph.pop();
    } else {
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

    #[test]
    fn paragraphs_are_put_together() {
        let lines = lines(BROKEN);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].ends_with("of its kind in eighty years."), "{lines:?}");
        assert!(lines[1].ends_with("a strike of all pharmacists and night watchmen."), "{lines:?}");
    }

    #[test]
    fn menus_and_paragraphs_stay_as_they_are() {
        let menu = "Home\nWorld\nBusiness\nSport\nWeather\nSubscribe to our newsletter\nMost viewed";
        assert_eq!(lines(menu).len(), 7);
        let paragraphs = format!("{}\n{}", "A long paragraph of a page. ".repeat(10), BROKEN);
        assert_eq!(lines(&paragraphs).len(), 1 + BROKEN.lines().count());
    }
}
