use proptest::prelude::*;

use super::*;
use crate::shingle::tokenize;

const LOCKS: &str = "The harbor board of Port Ellery voted on Tuesday to close the eastern locks for the whole winter.";
const CRACKS: &str = "Engineers found cracks in two of the five gates last month, and more are feared below the water.";
const COST: &str = "Repairs will cost 14 million crowns and should end in April, before the grain ships come back.";
const SHIP: &str = "\"We would rather lose a season than a ship,\" said Ode Brandt, who has led the board since 2019.";
const BEES: &str = "Beekeepers in the northern valleys report the mildest spring in memory, and honey before Sunday.";

fn body(paragraphs: &[&str]) -> Vec<String> {
    paragraphs.iter().map(|&paragraph| paragraph.to_owned()).collect()
}

fn changes(before: &[&str], after: &[&str]) -> Changes {
    between(&body(before), &body(after), &Params::default())
}

/// The paragraphs with their marks, as the text report has them.
fn marked(before: &[&str], after: &[&str]) -> Vec<String> {
    let piece = |piece: &Piece| match piece.kind {
        PieceKind::Kept => piece.text.clone(),
        PieceKind::Added => format!("{{+{}+}}", piece.text),
        PieceKind::Cut => format!("[-{}-]", piece.text),
    };
    let mark = |paragraph: &Paragraph| match paragraph {
        Paragraph::Same(n) => format!("= {n}"),
        Paragraph::Moved(text) => format!("> {text}"),
        Paragraph::Changed(pieces) => format!("~ {}", pieces.iter().map(piece).collect::<String>()),
        Paragraph::Added(text) => format!("+ {text}"),
        Paragraph::Cut(text) => format!("- {text}"),
    };
    changes(before, after).paragraphs.iter().map(mark).collect()
}

#[test]
fn the_same_words_are_the_same_text() {
    let shouted = LOCKS.to_uppercase().replace('.', "!");
    assert_eq!(marked(&[LOCKS, CRACKS, COST], &[&shouted, CRACKS, "* * *", COST]), ["= 3"]);
    let found = changes(&[LOCKS, CRACKS], &[LOCKS, CRACKS]);
    assert_eq!((found.words_added, found.words_cut, found.kept), (0, 0, 1.0));
}

#[test]
fn changed_words_are_marked_where_they_stand() {
    let update = LOCKS.replace("Tuesday", "Wednesday night").replace("whole winter.", "winter.");
    let expected = "~ The harbor board of Port Ellery voted on [-Tuesday -]{+Wednesday night +}to close the eastern \
        locks for the [-whole -]winter.";
    assert_eq!(marked(&[LOCKS, CRACKS], &[&update, CRACKS]), [expected, "= 1"]);
    let found = changes(&[LOCKS, CRACKS], &[&update, CRACKS]);
    assert_eq!((found.words_added, found.words_cut), (2, 2));
    assert!((found.kept - 34.0 / 36.0).abs() < 1e-9, "{}", found.kept);
}

#[test]
fn a_quotation_mark_goes_with_the_word_that_it_opens_at() {
    let quoted = format!("{LOCKS} \"It was time.\"");
    assert_eq!(marked(&[LOCKS], &[&quoted]), [format!("~ {LOCKS} {{+\"It was time.\"+}}")]);
    assert_eq!(marked(&[&quoted], &[LOCKS]), [format!("~ {LOCKS}[-\"It was time.\"-]")]);
}

#[test]
fn paragraphs_are_added_and_cut_where_they_stand() {
    assert_eq!(marked(&[LOCKS, COST], &[LOCKS, CRACKS, COST]), ["= 1", &format!("+ {CRACKS}"), "= 1"]);
    assert_eq!(marked(&[LOCKS, CRACKS, COST], &[LOCKS, COST]), ["= 1", &format!("- {CRACKS}"), "= 1"]);
    let replaced = marked(&[LOCKS, CRACKS, COST], &[LOCKS, BEES, COST]);
    assert_eq!(replaced, ["= 1", &format!("- {CRACKS}"), &format!("+ {BEES}"), "= 1"]);
    assert_eq!(marked(&[CRACKS, LOCKS], &[LOCKS, BEES]), [&format!("- {CRACKS}"), "= 1", &format!("+ {BEES}")]);
    assert_eq!(marked(&[LOCKS, CRACKS], &[BEES, LOCKS]), [&format!("+ {BEES}"), "= 1", &format!("- {CRACKS}")]);
}

#[test]
fn a_paragraph_that_stood_elsewhere_was_moved() {
    let found = marked(&[LOCKS, CRACKS, COST, SHIP], &[SHIP, LOCKS, CRACKS, COST]);
    assert_eq!(found, [&format!("> {SHIP}"), "= 3"]);
    let shorter = SHIP.replace(" since 2019", "");
    let moved = marked(&[LOCKS, CRACKS, COST, SHIP], &[LOCKS, &shorter, CRACKS, COST]);
    assert_eq!(moved, ["= 1", &format!("~ {}[-since 2019.-]", shorter), "= 2"]);
}

#[test]
fn words_in_another_order_within_a_paragraph_are_cut_and_added() {
    let before = format!("{LOCKS} {CRACKS} Nobody was hurt at all.");
    let after = format!("Nobody was hurt at all. {LOCKS} {CRACKS}");
    let expected = format!("~ {{+Nobody was hurt at all. +}}{LOCKS} {CRACKS}[-Nobody was hurt at all.-]");
    assert_eq!(marked(&[&before], &[&after]), [expected]);
    let found = changes(&[&before], &[&after]);
    assert_eq!((found.words_added, found.words_cut, found.kept), (0, 0, 1.0));
}

#[test]
fn a_paragraph_that_has_a_few_words_of_another_is_new() {
    let stock = "told reporters on Friday night";
    let before =
        format!("Ode Brandt, who chairs the board and used to sail on grain ships herself, {stock} in Port Ellery.");
    let after =
        format!("The mayor, an old friend of the shopkeepers along the quay, {stock} that he would go to court.");
    let replaced = [&format!("- {before}"), &format!("+ {after}"), "= 1"];
    assert_eq!(marked(&[&before, LOCKS], &[&after, LOCKS]), replaced);
    // All that is shared counts as kept, as it does for the copies of a story.
    assert_eq!(changes(&[&before], &[&after]).words_cut, words(&before).len() - 5);
    // A long run is no accident, however long the paragraph around it.
    let long = format!("{CRACKS} {COST} {SHIP} {BEES}");
    let run = LOCKS.trim_end_matches('.');
    let found = marked(&[&format!("{run}, they say.")], &[&format!("{run}. {long}")]);
    assert_eq!(found, [format!("~ {run}. [-they say.-]{{+{long}+}}")]);
}

#[test]
fn strangers_and_empty_texts() {
    assert_eq!(marked(&[LOCKS, COST], &[BEES]), [format!("- {LOCKS}"), format!("- {COST}"), format!("+ {BEES}")]);
    assert_eq!(marked(&[], &[BEES]), [format!("+ {BEES}")]);
    assert_eq!(marked(&[BEES, "..."], &["", "—"]), [format!("- {BEES}")]);
    assert_eq!(changes(&[], &[]), Changes { words_added: 0, words_cut: 0, kept: 0.0, paragraphs: Vec::new() });
}

#[test]
fn a_page_that_came_as_one_line_is_read_by_the_paragraphs_of_the_other() {
    let line = [LOCKS, CRACKS, COST, SHIP].join(" ");
    assert_eq!(marked(&[&line], &[LOCKS, CRACKS, COST, SHIP]), ["= 4"]);
    assert_eq!(marked(&[LOCKS, CRACKS, COST, SHIP], &[&line]), ["= 1"]);
    let cut = [&format!("- {CRACKS}"), "= 1", &format!("- {SHIP}"), &format!("+ {BEES}")];
    assert_eq!(marked(&[&line], &[LOCKS, COST, BEES])[1..], cut);
    let expected = format!("~ {LOCKS} [-{CRACKS}-]{COST} {{+{BEES} +}}{SHIP}");
    assert_eq!(marked(&[LOCKS, CRACKS, COST, SHIP], &[&[LOCKS, COST, BEES, SHIP].join(" ")]), [expected]);
}

/// The words of a text, for counting.
fn words(text: &str) -> Vec<u32> {
    let mut tokens = Vec::new();
    tokenize(&[text], &mut tokens);
    tokens.into_iter().map(|token| token.word()).collect()
}

fn sorted_words<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let mut words: Vec<u32> = texts.flat_map(words).collect();
    words.sort_unstable();
    words
}

/// The pieces of all paragraphs; those of paragraphs that are the same are taken from the later text.
fn all_pieces(changes: &Changes, after: &[String]) -> Vec<Piece> {
    let mut after = after.iter().filter(|paragraph| !words(paragraph).is_empty());
    let mut pieces = Vec::new();
    for paragraph in &changes.paragraphs {
        let whole = |kind, text: &str| vec![Piece { kind, text: text.to_owned() }];
        let own = match paragraph {
            Paragraph::Same(n) => {
                pieces.extend(after.by_ref().take(*n).flat_map(|text| whole(PieceKind::Kept, text)));
                continue;
            }
            Paragraph::Cut(text) => {
                pieces.extend(whole(PieceKind::Cut, text));
                continue;
            }
            Paragraph::Moved(text) => whole(PieceKind::Kept, text),
            Paragraph::Added(text) => whole(PieceKind::Added, text),
            Paragraph::Changed(pieces) => pieces.clone(),
        };
        let later: String = own.iter().filter(|p| p.kind != PieceKind::Cut).map(|p| p.text.as_str()).collect();
        assert_eq!(Some(later.trim()), after.next().map(|text| text.trim()));
        pieces.extend(own);
    }
    assert_eq!(after.next(), None);
    pieces
}

/// Paragraphs of few words, so that much of what they share stands in another order.
fn text() -> impl Strategy<Value = Vec<String>> {
    let word = "(a|b|c|dd|e1|\"f|g,\" |h\\.|新华|— |, ){1,2}";
    let paragraph = prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "));
    prop::collection::vec(paragraph, 0..6)
}

/// A text, and one made of its paragraphs and others in another order.
fn two_texts() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    (text(), text(), any::<prop::sample::Index>(), any::<bool>()).prop_map(|(before, other, at, joined)| {
        let mut after = before.clone();
        let at = at.index(after.len() + 1);
        after.rotate_left(at.min(before.len()));
        after.splice(0..at / 2, other);
        (before, if joined { vec![after.join(" ")] } else { after })
    })
}

proptest! {
    #[test]
    fn every_word_of_both_texts_is_shown_once((before, after) in two_texts(), long_run in 1u32..12) {
        let params = Params { min_run_words: long_run, ..Params::default() };
        let changes = between(&before, &after, &params);
        let pieces = all_pieces(&changes, &after);
        let of = |kinds: [PieceKind; 2]| {
            sorted_words(pieces.iter().filter(|piece| kinds.contains(&piece.kind)).map(|piece| piece.text.as_str()))
        };
        let whole = |text: &[String]| sorted_words(text.iter().map(String::as_str));
        prop_assert_eq!(of([PieceKind::Kept, PieceKind::Added]), whole(&after));
        prop_assert_eq!(of([PieceKind::Kept, PieceKind::Cut]), whole(&before));
        // What is shown as new may have been aligned; what was not aligned is never shown as kept.
        prop_assert!(changes.words_added <= of([PieceKind::Added; 2]).len());
        prop_assert!(changes.words_cut <= of([PieceKind::Cut; 2]).len());
    }
}

#[test]
fn hostile_texts_take_no_long_time() {
    let repeated = vec!["ha ".repeat(60_000)];
    let alternating: Vec<String> = (0..20_000).map(|n| format!("ha{} ho", n % 7)).collect();
    for (before, after) in [(&repeated, &repeated), (&repeated, &alternating), (&alternating, &repeated)] {
        let found = between(before, after, &Params::default());
        assert!((0.0..=1.0).contains(&found.kept));
    }
}
