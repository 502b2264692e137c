//! Text cut and wrapped to columns, bars and styles.

use anstyle::{AnsiColor, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::super::plain;
pub(in crate::report) use super::super::words::{
    Dates, UNKNOWN, at_outlets, behind, counted, dateline, full_date, lag, number, percent,
};
use crate::agency::AgencyId;

/// Columns of a terminal that a text takes.
pub(in crate::report) fn width(text: &str) -> usize {
    text.graphemes(true).map(|grapheme| grapheme.width()).sum()
}

/// Characters of one grapheme that are shown: real ones have a handful, hostile ones a million marks.
const MAX_GRAPHEME: usize = 16;

/// A page's text, safe to show and cut to so many columns; an ellipsis says that it was cut.
pub(in crate::report) fn fit(text: &str, columns: usize) -> String {
    let text = plain(text);
    let mut fitted = String::new();
    let (mut used, mut end_before_ellipsis) = (0, 0);
    for grapheme in text.trim_end().graphemes(true) {
        let wide = grapheme.width();
        if used + wide > columns {
            fitted.truncate(end_before_ellipsis);
            fitted.push_str(if columns == 0 { "" } else { "…" });
            return fitted;
        }
        used += wide;
        fitted.extend(grapheme.chars().take(MAX_GRAPHEME));
        if used < columns {
            end_before_ellipsis = fitted.len();
        }
    }
    fitted
}

/// A text in lines of at most so many columns, broken at spaces; within a word where it is wider than a line.
pub(in crate::report) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = width(word);
        match lines.last_mut() {
            Some(line) if used + 1 + wide <= columns => {
                line.push(' ');
                line.push_str(word);
                used += 1 + wide;
            }
            _ => used = push_word(&mut lines, word, wide, columns),
        }
    }
    lines
}

/// Begins a line with a word, and another wherever it is full; columns of the last one that are used.
fn push_word(lines: &mut Vec<String>, word: &str, wide: usize, columns: usize) -> usize {
    if wide <= columns {
        lines.push(word.to_owned());
        return wide;
    }
    let (mut line, mut used) = (String::new(), 0);
    for grapheme in word.graphemes(true) {
        if used > 0 && used + grapheme.width() > columns {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        line.push_str(grapheme);
        used += grapheme.width();
    }
    lines.push(line);
    used
}

/// Columns of a [`bar`].
const BAR: usize = 6;

/// `━━━━──  67%`: told apart without color too.
pub(in crate::report) fn bar(share: f64) -> String {
    let filled = ((share * BAR as f64).round() as usize).min(BAR);
    format!("{}{} {:>4}", "━".repeat(filled), "─".repeat(BAR - filled), percent(share))
}

/// An agency's color: always the same one, and mostly another than its neighbor's.
pub(in crate::report) fn agency_style(agency: AgencyId) -> Style {
    const COLORS: [AnsiColor; 6] = [
        AnsiColor::Cyan,
        AnsiColor::Yellow,
        AnsiColor::Green,
        AnsiColor::Magenta,
        AnsiColor::Blue,
        AnsiColor::BrightRed,
    ];
    COLORS[usize::from(agency.0) % COLORS.len()].on_default().bold()
}

/// For what is there to be looked up, not read.
pub(in crate::report) const DIM: Style = Style::new().dimmed();
/// For what is read first.
pub(in crate::report) const BOLD: Style = Style::new().bold();
