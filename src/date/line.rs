//! A line that is a date: what belongs to it, and how much else it says.

use jiff::civil::{DateTime, Time};

use super::grammar::{Clock, Cursor, Day};
use super::tokens::{Kind, Token, tokens};
use super::words::Word;
use super::{Published, Zone, published};

/// How much besides its date a line may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Besides {
    /// Nothing: a field of a record.
    Nothing,
    /// Up to [`MAX_WORDS`] words: a line of a page.
    FewWords,
}

/// Words and numbers that a line of a page may have besides the date: a name with its `by`, or `5 min read`.
const MAX_WORDS: usize = 3;

/// A line with more tokens is prose or a list.
const MAX_TOKENS: usize = 48;

/// Reads a line as a moment and hardly anything else. Linear in the line.
///
/// Where it has several dates, each with its own word (`Published ... Updated ...`), the one of publication counts, else
/// the first.
pub(super) fn read(text: &str, besides: Besides) -> Option<Published> {
    let found: Vec<Token> = tokens(text).take(MAX_TOKENS + 1).collect();
    if found.len() > MAX_TOKENS {
        return None;
    }
    let mut line = Line::default();
    line.walk(Cursor { text, tokens: &found, at: 0 })?;
    if line.says_more_than(besides) {
        return None;
    }
    let publication = line.moments.iter().find(|moment| moment.kind == Some(Word::Published));
    publication.or(line.moments.first())?.published()
}

/// One moment of a line, as far as it has been read.
#[derive(Debug, Clone, Copy, Default)]
struct Moment {
    kind: Option<Word>,
    day: Option<Day>,
    clock: Option<Clock>,
}

impl Moment {
    fn published(&self) -> Option<Published> {
        let local = DateTime::from_parts(self.day?.date()?, self.clock.map_or(Time::midnight(), |clock| clock.time));
        let stated = self.clock.and_then(|clock| clock.zone).and_then(|zone| zone.offset_seconds(local));
        published(local, stated.map_or(Zone::AssumedUtc, |_| Zone::Stated), stated.unwrap_or(0))
    }
}

/// What a line consists of.
#[derive(Debug, Default)]
struct Line {
    /// Those with a whole date.
    moments: Vec<Moment>,
    current: Moment,
    /// Words and numbers that have nothing to do with a date.
    n_words: usize,
    /// Whether words say that a moment is one of publication, or announce an author at the start.
    has_marker: bool,
    /// Whether other words share a part of the line with a date; parts end at `|`, `•`, dashes and `Source`.
    mixed: bool,
    /// Words and dates of the part that is being read.
    part_words: usize,
    part_dated: bool,
    ends_in_stop: bool,
}

impl Line {
    /// Reads the line; `None` where it has two moments without words that tell them apart, or a range.
    fn walk(&mut self, mut cursor: Cursor) -> Option<()> {
        while cursor.at < cursor.tokens.len() {
            let start = cursor.at;
            if let Some(day) = cursor.day() {
                self.date(day)?;
            } else if let Some(clock) = cursor.clock() {
                self.time(clock)?;
            } else if let (Some(Day { year: None, month, day }), Some(year)) = (self.current.day, cursor.year()) {
                self.current.day = Some(Day { year: Some(year), month, day });
            } else {
                cursor.next();
                self.other(&mut cursor, start)?;
                continue;
            }
            self.part_dated = true;
            self.ends_in_stop = false;
        }
        self.end_part();
        self.end_moment();
        Some(())
    }

    fn date(&mut self, day: Day) -> Option<()> {
        self.current.day.is_none().then(|| self.current.day = Some(day))
    }

    fn time(&mut self, clock: Clock) -> Option<()> {
        if self.current.clock.is_some() {
            return None;
        }
        self.current.clock = Some(clock);
        Some(())
    }

    /// What is neither a date nor a time.
    fn other(&mut self, cursor: &mut Cursor, start: usize) -> Option<()> {
        self.ends_in_stop = false;
        match cursor.tokens[start].kind {
            Kind::Word(kind @ (Word::Published | Word::Updated)) => {
                if self.current.day.is_some() {
                    self.end_moment();
                }
                self.current.kind = Some(kind);
                self.has_marker = true;
            }
            Kind::Word(Word::Filler | Word::Weekday) => {}
            // The name after it stands apart from the date.
            Kind::Word(Word::Source) => self.end_part(),
            // "am 19. September", and the Tuesday of "mar 19 sett".
            Kind::Word(Word::Am | Word::Month(3)) if cursor.ahead().day().is_some() => {}
            Kind::Word(word) => {
                self.has_marker |= word == Word::By && start == 0;
                self.count_word();
            }
            Kind::Number { .. } if in_range(cursor, start) => return None,
            Kind::Number { .. } => self.count_word(),
            Kind::Mark(mark) => self.mark(mark, cursor, start),
        }
        Some(())
    }

    fn mark(&mut self, mark: char, cursor: &mut Cursor, start: usize) {
        let spaced = !cursor.adjacent() && (start == 0 || cursor.tokens[start - 1].end < cursor.tokens[start].start);
        match mark {
            '|' | '•' | '·' | '●' | '∙' | '–' | '—' => self.end_part(),
            '-' | '/' if spaced => self.end_part(),
            '.' | '!' | '?' | '।' | '。' | '؟' => self.ends_in_stop = true,
            // "GMT+0200 (Central European Summer Time)".
            '(' if self.current.clock.is_some_and(|clock| clock.zone.is_some()) => {
                while cursor.next().is_some_and(|kind| kind != Kind::Mark(')')) {}
            }
            _ => {}
        }
    }

    fn count_word(&mut self) {
        self.n_words += 1;
        self.part_words += 1;
    }

    fn end_part(&mut self) {
        self.mixed |= self.part_dated && self.part_words > 0;
        self.part_words = 0;
        self.part_dated = false;
    }

    fn end_moment(&mut self) {
        let moment = std::mem::take(&mut self.current);
        if moment.day.is_some_and(|day| day.year.is_some()) {
            self.moments.push(moment);
        }
    }

    fn says_more_than(&self, besides: Besides) -> bool {
        match besides {
            Besides::Nothing => self.n_words > 0,
            // Without a marker, words next to a date tell of something that happened then: "Born July 16, 1950".
            Besides::FewWords => {
                self.n_words > MAX_WORDS || self.n_words > 0 && (self.ends_in_stop || self.mixed && !self.has_marker)
            }
        }
    }
}

/// Whether a number is an end of a range of days or hours: `16-18 July 2018`.
fn in_range(cursor: &Cursor, start: usize) -> bool {
    let dash = |at: usize| matches!(cursor.tokens.get(at), Some(t) if matches!(t.kind, Kind::Mark('-' | '–' | '—')));
    let number = |at: usize| matches!(cursor.tokens.get(at), Some(t) if matches!(t.kind, Kind::Number { .. }));
    let before = start > 0 && dash(start - 1) && cursor.tokens[start - 1].end == cursor.tokens[start].start;
    before || dash(start + 1) && number(start + 2)
}
