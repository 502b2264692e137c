//! What changed between versions, as JSON.

use serde::Serialize;

use super::super::rounded;
use crate::changes::{Changes, Paragraph, Piece, PieceKind};
use crate::story::Version;

#[derive(Serialize)]
pub(super) struct ChangesLine<'a> {
    /// The earlier version.
    against: &'a str,
    /// The pages whose texts are compared, the earlier first.
    articles: [&'a str; 2],
    words_added: usize,
    words_cut: usize,
    kept: f64,
    paragraphs: Vec<ParagraphLine<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum ParagraphLine<'a> {
    Same { count: usize },
    Moved { text: &'a str },
    Changed { pieces: Vec<PieceLine<'a>> },
    Added { text: &'a str },
    Cut { text: &'a str },
}

#[derive(Serialize)]
struct PieceLine<'a> {
    kind: &'static str,
    text: &'a str,
}

impl<'a> ChangesLine<'a> {
    pub(super) fn new([earlier, later]: [&'a Version; 2], changes: &'a Changes) -> Self {
        ChangesLine {
            against: &earlier.id,
            articles: [&earlier.fullest_id, &later.fullest_id],
            words_added: changes.words_added,
            words_cut: changes.words_cut,
            kept: rounded(changes.kept),
            paragraphs: changes.paragraphs.iter().map(ParagraphLine::new).collect(),
        }
    }
}

impl<'a> ParagraphLine<'a> {
    fn new(paragraph: &'a Paragraph) -> Self {
        match paragraph {
            Paragraph::Same(count) => ParagraphLine::Same { count: *count },
            Paragraph::Moved(text) => ParagraphLine::Moved { text },
            Paragraph::Changed(pieces) => {
                ParagraphLine::Changed { pieces: pieces.iter().map(PieceLine::new).collect() }
            }
            Paragraph::Added(text) => ParagraphLine::Added { text },
            Paragraph::Cut(text) => ParagraphLine::Cut { text },
        }
    }
}

impl<'a> PieceLine<'a> {
    fn new(piece: &'a Piece) -> Self {
        let kind = match piece.kind {
            PieceKind::Kept => "kept",
            PieceKind::Added => "added",
            PieceKind::Cut => "cut",
        };
        PieceLine { kind, text: &piece.text }
    }
}
