//! Two texts beside each other, for people who want to see what became of one in the other: every paragraph of both, in
//! its own order, those that belong together in one row.

use std::collections::BTreeMap;
use std::ops::Range;

use super::body::Body;
use super::compared;
use super::matching::Matching;
use crate::params::Params;

/// Two texts in two columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// From top to bottom.
    pub rows: Vec<Row>,
}

/// Paragraphs of both texts that have words in common, or of one of them that have none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Paragraphs of the earlier text.
    pub before: Vec<Vec<Span>>,
    /// Paragraphs of the later text.
    pub after: Vec<Vec<Span>>,
}

/// Words in a row of which the same is to be said. A paragraph's spans, one after the other, are the paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What became of the words.
    pub mark: Mark,
    /// The words, with what stands between them and after the last of them.
    pub text: String,
}

/// What became of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Both texts have it.
    Kept,
    /// Both have it, in a paragraph that stands elsewhere.
    Moved,
    /// In its place among kept words the other text has others.
    Changed,
    /// The other text does not have it, nor anything in its place: cut from the earlier, or added in the later.
    Single,
}

/// Share of the smaller paragraph's words from which two paragraphs stand in one row.
const MIN_SHARED: f64 = 0.2;

/// Sets a text beside an earlier one. Pure and total; costs what [`between`](super::between) does, and takes the same of
/// `params`. Paragraphs without a word are passed over.
pub fn side_by_side(before: &[String], after: &[String], params: &Params) -> Columns {
    let (before, after) = (Body::new(before), Body::new(after));
    let (_, matching) = compared(&before, &after, params);
    let moved_before = moved_before(&before, &after, &matching);
    let left = Column {
        body: &before,
        other: &after,
        places: &matching.places,
        origins: &matching.origins,
        moved: &moved_before,
    };
    let right = Column {
        body: &after,
        other: &before,
        places: &matching.origins,
        origins: &matching.places,
        moved: &matching.moved,
    };
    let rows = rows(&left, &right).into_iter().map(|(lefts, rights)| Row {
        before: lefts.map(|number| left.paragraph(number)).collect(),
        after: rights.map(|number| right.paragraph(number)).collect(),
    });
    Columns { rows: rows.collect() }
}

/// For each paragraph of the earlier text whether most of its words are now in paragraphs that were moved.
fn moved_before(before: &Body<'_>, after: &Body<'_>, matching: &Matching) -> Vec<bool> {
    let is_moved = |place: &usize| matching.moved[after.paragraph_of(*place)];
    before
        .paragraphs()
        .map(|words| {
            let places = || matching.places[words.clone()].iter().flatten();
            let n_moved = places().filter(|place| is_moved(place)).count();
            n_moved > 0 && 2 * n_moved >= places().count()
        })
        .collect()
}

/// One of the two texts.
struct Column<'a> {
    body: &'a Body<'a>,
    other: &'a Body<'a>,
    /// For each word its like in the other text.
    places: &'a [Option<usize>],
    /// For each word of the other text its like here.
    origins: &'a [Option<usize>],
    /// For each paragraph whether it stands elsewhere in the other text.
    moved: &'a [bool],
}

impl Column<'_> {
    fn paragraph(&self, number: usize) -> Vec<Span> {
        let words = self.body.paragraph(number);
        let kept = if self.moved[number] { Mark::Moved } else { Mark::Kept };
        let mut spans = Vec::new();
        let mut at = words.start;
        while at < words.end {
            let is_kept = self.places[at].is_some();
            let end = (at..words.end).find(|&word| self.places[word].is_some() != is_kept).unwrap_or(words.end);
            let run = at..end;
            let mark = match is_kept {
                true => kept,
                false if self.is_replaced(&run, &words) => Mark::Changed,
                false => Mark::Single,
            };
            spans.push(Span { mark, text: self.body.text(&run).to_owned() });
            at = end;
        }
        spans
    }

    /// Whether the other text has words of its own where these would stand: beside the same kept word of one paragraph.
    fn is_replaced(&self, run: &Range<usize>, paragraph: &Range<usize>) -> bool {
        let before = (run.start > paragraph.start).then(|| self.places[run.start - 1]).flatten();
        let after = (run.end < paragraph.end).then(|| self.places[run.end]).flatten();
        before.is_some_and(|place| self.is_own(place + 1, place))
            || after.is_some_and(|place| place > 0 && self.is_own(place - 1, place))
    }

    /// Whether a word of the other text has no like here, and is of the same paragraph as its neighbor.
    fn is_own(&self, word: usize, neighbor: usize) -> bool {
        let paragraph = self.other.paragraph(self.other.paragraph_of(neighbor));
        paragraph.contains(&word) && self.origins[word].is_none()
    }
}

/// The paragraphs of each row: what shares words goes together with all that stands between, the rest by itself, what was
/// cut before what was added. Words that are kept and not moved are in one order in both texts, so no row crosses another.
fn rows(before: &Column<'_>, after: &Column<'_>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut rows: Vec<(Range<usize>, Range<usize>)> = vec![(0..0, 0..0)];
    for (left, right) in partners(before, after) {
        let (lefts, rights) = rows.last_mut().expect("there is a first row");
        if left < lefts.end || right < rights.end {
            lefts.end = lefts.end.max(left + 1);
            rights.end = rights.end.max(right + 1);
        } else {
            let (next_left, next_right) = (lefts.end, rights.end);
            alone(&mut rows, next_left..left, next_right..right);
            rows.push((left..left + 1, right..right + 1));
        }
    }
    let (lefts, rights) = rows.last().expect("there is a first row");
    let (next_left, next_right) = (lefts.end, rights.end);
    alone(&mut rows, next_left..before.body.n_paragraphs(), next_right..after.body.n_paragraphs());
    rows.retain(|(lefts, rights)| !lefts.is_empty() || !rights.is_empty());
    rows
}

/// Rows of paragraphs that have no partner.
fn alone(rows: &mut Vec<(Range<usize>, Range<usize>)>, lefts: Range<usize>, rights: Range<usize>) {
    let (end_left, start_right) = (lefts.end, rights.start);
    rows.extend(lefts.map(|left| (left..left + 1, start_right..start_right)));
    rows.extend(rights.map(|right| (end_left..end_left, right..right + 1)));
}

/// Pairs of paragraphs that share enough words and were not moved, in the order of both texts.
fn partners(before: &Column<'_>, after: &Column<'_>) -> Vec<(usize, usize)> {
    let mut partners = Vec::new();
    for right in (0..after.body.n_paragraphs()).filter(|&right| !after.moved[right]) {
        let words = after.body.paragraph(right);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for place in after.places[words.clone()].iter().flatten() {
            *shared.entry(before.body.paragraph_of(*place)).or_default() += 1;
        }
        let least = |left: usize| MIN_SHARED * words.len().min(before.body.paragraph(left).len()) as f64;
        let enough = |(left, n): (usize, usize)| (n as f64 >= least(left) && !before.moved[left]).then_some(left);
        partners.extend(shared.into_iter().filter_map(enough).map(|left| (left, right)));
    }
    partners
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as text: the columns with a bar between, spans as `kept`, `>moved<`, `~changed~`, `-single-`.
    fn shown(before: &[&str], after: &[&str]) -> Vec<String> {
        let owned = |text: &[&str]| text.iter().map(|&p| p.to_owned()).collect::<Vec<_>>();
        let span = |span: &Span| match span.mark {
            Mark::Kept => span.text.clone(),
            Mark::Moved => format!(">{}<", span.text),
            Mark::Changed => format!("~{}~", span.text),
            Mark::Single => format!("-{}-", span.text),
        };
        let column = |paragraphs: &[Vec<Span>]| {
            paragraphs.iter().map(|p| p.iter().map(span).collect::<String>()).collect::<Vec<_>>().join(" / ")
        };
        let columns = side_by_side(&owned(before), &owned(after), &Params::default());
        columns.rows.iter().map(|row| format!("{} | {}", column(&row.before), column(&row.after))).collect()
    }

    const A: &str = "The last keepers of the lighthouse handed their keys to the coast guard on Monday.";
    const B: &str = "A lamp that needs no keeper will burn from Tuesday, the harbour office said in a letter.";
    const C: &str = "Families on the island had kept the watch for one hundred and twelve years.";
    const NEW: &str = "Our reporter could not reach anybody at the town hall before closing time.";

    #[test]
    fn what_is_cut_and_what_is_added_stand_alone() {
        assert_eq!(shown(&[A, B, C], &[A, C]), [format!("{A} | {A}"), format!("-{B}- | "), format!("{C} | {C}")]);
        assert_eq!(shown(&[A, B], &[A, NEW, B]), [format!("{A} | {A}"), format!(" | -{NEW}-"), format!("{B} | {B}")]);
        assert_eq!(shown(&[A], &[NEW]), [format!("-{A}- | "), format!(" | -{NEW}-")]);
        assert_eq!(shown(&[], &[A]), [format!(" | -{A}-")]);
        assert!(shown(&[], &["***"]).is_empty());
    }

    #[test]
    fn words_in_each_others_place_are_changed_and_others_cut_or_added() {
        let edited = A.replace("Monday", "Tuesday").replace("last ", "");
        assert_eq!(
            shown(&[A], &[&edited]),
            ["The -last -keepers of the lighthouse handed their keys to the coast guard on ~Monday.~ | \
              The keepers of the lighthouse handed their keys to the coast guard on ~Tuesday.~"]
        );
    }

    #[test]
    fn a_paragraph_that_was_broken_up_stays_in_one_row() {
        let whole = format!("{A} {B}");
        assert_eq!(shown(&[&whole, C], &[A, B, C]), [format!("{whole} | {A} / {B}"), format!("{C} | {C}")]);
        assert_eq!(shown(&[A, B], &[&whole]), [format!("{A} / {B} | {whole}")]);
    }

    #[test]
    fn a_moved_paragraph_is_told_from_a_kept_one() {
        let rows = shown(&[A, B, C], &[C, A, B]);
        assert_eq!(rows.iter().filter(|row| row.contains(&format!(">{C}<"))).count(), 2, "{rows:?}");
        assert!(rows.contains(&format!("{A} | {A}")) && rows.contains(&format!("{B} | {B}")), "{rows:?}");
    }

    proptest::proptest! {
        #[test]
        fn both_columns_are_the_whole_texts(
            before in proptest::collection::vec("[a-e]{1,2}( [a-e]{1,2}){0,12}", 0..6),
            after in proptest::collection::vec("[a-e]{1,2}( [a-e]{1,2}){0,12}", 0..6),
        ) {
            let columns = side_by_side(&before, &after, &Params::default());
            let whole = |paragraphs: fn(&Row) -> &Vec<Vec<Span>>| -> Vec<String> {
                let text = |spans: &Vec<Span>| spans.iter().map(|span| span.text.as_str()).collect();
                columns.rows.iter().flat_map(|row| paragraphs(row).iter().map(text)).collect()
            };
            proptest::prop_assert_eq!(whole(|row| &row.before), before);
            proptest::prop_assert_eq!(whole(|row| &row.after), after);
        }
    }
}
