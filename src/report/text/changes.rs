//! What changed between the versions of a story: one section a later version. It reads without colors too, with the
//! markers of word diffs.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::aside;
use super::cells::{BOLD, DIM, counted, fit, number, percent, wrap};
use crate::changes::{Changes, Paragraph, Piece, PieceKind};
use crate::story::Version;

/// Lines that are shown of a version's changes at most: what is longer is read in JSON.
const MAX_LINES: usize = 200;

/// Columns before a paragraph's text.
const MARK: usize = 2;

const ADDED: Style = AnsiColor::Green.on_default();
const CUT: Style = AnsiColor::Red.on_default();
const MOVED: Style = AnsiColor::Cyan.on_default();
const PLAIN: Style = Style::new();

/// What the marks are.
const LEGEND: &str =
    "+ added, - cut, ~ changed: [-cut-] {+added+}, > moved. Compared are the versions' fullest copies.";

/// Writes what changed from each version to the next.
pub(super) fn changes_of_versions(
    out: &mut dyn Write,
    versions: &[Version],
    changes: &[Changes],
    columns: usize,
) -> io::Result<()> {
    for (pair, changes) in versions.windows(2).zip(changes) {
        heading(out, &pair[0], &pair[1], changes, columns)?;
        let lines: Vec<String> = changes.paragraphs.iter().flat_map(|paragraph| lines(paragraph, columns)).collect();
        lines.iter().take(MAX_LINES).try_for_each(|line| writeln!(out, "{line}"))?;
        if lines.len() > MAX_LINES {
            let rest = counted(lines.len() - MAX_LINES, "more line", "more lines");
            aside(out, &format!("{rest}: --format json has all."), columns)?;
        }
    }
    if changes.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    aside(out, LEGEND, columns)
}

/// Writes which versions are compared, by which copies of them, and how much changed.
fn heading(
    out: &mut dyn Write,
    earlier: &Version,
    later: &Version,
    changes: &Changes,
    columns: usize,
) -> io::Result<()> {
    let added = counted(changes.words_added, "word", "words");
    let cut = number(changes.words_cut as u64);
    let figures = format!("{added} added, {cut} cut, {} kept", percent(changes.kept));
    writeln!(out)?;
    for line in wrap(&format!("{} against {}: {figures}", later.id, earlier.id), columns) {
        writeln!(out, "{BOLD}{line}{BOLD:#}")?;
    }
    let [earlier, later] = [earlier, later].map(|version| fit(&version.fullest_id, 60));
    aside(out, &format!("text of {later} against that of {earlier}"), columns)?;
    writeln!(out)
}

/// A paragraph in lines, with its mark before the first.
fn lines(paragraph: &Paragraph, columns: usize) -> Vec<String> {
    let whole = |mark, text: &str, style| layout(mark, &[(shown(text), style)], columns);
    match paragraph {
        Paragraph::Same(n) => {
            let text = format!("{} as before", counted(*n, "paragraph", "paragraphs"));
            whole(' ', &text, DIM)
        }
        Paragraph::Moved(text) => whole('>', text, MOVED),
        Paragraph::Added(text) => whole('+', text, ADDED),
        Paragraph::Cut(text) => whole('-', text, CUT),
        Paragraph::Changed(pieces) => layout('~', &marked(pieces), columns),
    }
}

/// A page's text, safe to show; it may still have spaces at its ends.
fn shown(text: &str) -> String {
    fit(text, usize::MAX)
}

/// The pieces of a changed paragraph with their markers, and with a space where one follows.
fn marked(pieces: &[Piece]) -> Vec<(String, Style)> {
    let mut marked = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let (open, close, style) = match piece.kind {
            PieceKind::Kept => ("", "", PLAIN),
            PieceKind::Added => ("{+", "+}", ADDED),
            PieceKind::Cut => ("[-", "-]", CUT),
        };
        let space = match pieces.get(at + 1) {
            Some(next) if is_apart(piece, next) => " ",
            _ => "",
        };
        marked.push((format!("{open}{}{close}{space}", shown(piece.text.trim())), style));
    }
    marked
}

/// Whether a space stands between two pieces. Pieces of one text say so themselves, but a cut one is of the other text:
/// it may have stood at the end of a paragraph.
fn is_apart(piece: &Piece, next: &Piece) -> bool {
    let is_cut = piece.kind == PieceKind::Cut || next.kind == PieceKind::Cut;
    piece.text.ends_with(char::is_whitespace) || is_cut && !piece.text.ends_with(['-', '/'])
}

/// Texts, one after the other, in lines: each in its style, all behind the mark.
fn layout(mark: char, texts: &[(String, Style)], columns: usize) -> Vec<String> {
    let joined: String = texts.iter().map(|(text, _)| text.as_str()).collect();
    let mut styles = texts.iter().map(|(text, style)| (n_letters(text), *style));
    let (mut left, mut style) = styles.next().unwrap_or((0, PLAIN));
    let mark_style = if texts.len() == 1 { style } else { PLAIN };
    let wrapped = wrap(&joined, columns.saturating_sub(MARK).max(MARK));
    let line = |(at, line): (usize, &String)| {
        let mark = if at == 0 { mark } else { ' ' };
        let mut styled = format!("{mark_style}{mark}{mark_style:#} {style}");
        for letter in line.chars() {
            // Lines were broken at spaces: what tells where a text ends are the other characters.
            while left == 0 && !letter.is_whitespace() {
                let Some((n, next)) = styles.next() else { break };
                styled.push_str(&format!("{style:#}{next}"));
                (left, style) = (n, next);
            }
            left -= usize::from(!letter.is_whitespace());
            styled.push(letter);
        }
        format!("{styled}{style:#}")
    };
    wrapped.iter().enumerate().map(line).collect()
}

fn n_letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
