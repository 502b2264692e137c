//! The notation of a grammar, read: see [`super::grammar`].

use std::collections::BTreeMap;

use super::grammar::{Alternative, Event, Key, Letters, Piece};

/// The lines of the files, by rule.
#[derive(Default)]
pub(super) struct Sources {
    pub(super) texts: Vec<Vec<String>>,
    pub(super) names: BTreeMap<String, usize>,
    pub(super) events: BTreeMap<String, Event>,
    event: String,
}

impl Sources {
    pub(super) fn take(&mut self, line: &str) -> Result<(), &'static str> {
        let (mark, rest) = line.split_at(1);
        match mark {
            "=" => {
                let (name, alternatives) = rest.split_once(' ').ok_or("a rule is =name a|b")?;
                let alternatives = split(alternatives, '|').into_iter().map(str::to_owned).collect();
                if self.names.insert(name.to_owned(), self.texts.len()).is_some() {
                    return Err("a rule of this name is there");
                }
                self.texts.push(alternatives);
                return Ok(());
            }
            "@" => {
                self.event = rest.to_owned();
                self.events.entry(self.event.clone()).or_default();
                return Ok(());
            }
            _ => {}
        }
        let text = rest.trim();
        let event = self.events.get_mut(&self.event).ok_or("a sentence before the first @event")?;
        match mark {
            "h" => {
                event.head = Some(self.texts.len());
                self.texts.push(split(text, '|').into_iter().map(str::to_owned).collect());
            }
            "l" if event.lead.is_some() => self.texts[event.lead.unwrap_or_default()].push(text.to_owned()),
            "l" | "+" => {
                if mark == "l" {
                    event.lead = Some(self.texts.len());
                } else {
                    event.facts.push(self.texts.len());
                }
                self.texts.push(vec![text.to_owned()]);
            }
            "-" => self.texts[*event.facts.last().ok_or("no fact to say in other words")?].push(text.to_owned()),
            _ => return Err("a line starts with one of = @ h l + -"),
        }
        Ok(())
    }
}

/// The parts between separators that stand in no brackets.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            c if c == separator && depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

pub(super) fn parse(text: &str, names: &BTreeMap<String, usize>) -> Result<Alternative, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['[', '<', '{', '"']) {
        if at > 0 {
            pieces.push(Piece::Text(rest[..at].to_owned()));
        }
        let within = &rest[at + 1..];
        let length = match rest.as_bytes()[at] {
            b'"' => {
                pieces.push(Piece::QuotationMark);
                0
            }
            b'[' => {
                let end = closing(within).ok_or_else(|| format!("no ]: {text}"))?;
                let choices = split(&within[..end], '|').into_iter().map(|choice| parse(choice, names));
                pieces.push(Piece::Choice(choices.collect::<Result<_, _>>()?));
                end + 1
            }
            b'<' => {
                let end = within.find('>').ok_or_else(|| format!("no >: {text}"))?;
                let (one, other) = within[..end].split_once('/').ok_or_else(|| format!("no /: {text}"))?;
                pieces.push(Piece::Spelling(one.to_owned(), other.to_owned()));
                end + 1
            }
            _ => {
                let end = within.find('}').ok_or_else(|| format!("no }}: {text}"))?;
                pieces.push(slot(&within[..end], names).ok_or_else(|| format!("{{{}}}: {text}", &within[..end]))?);
                end + 1
            }
        };
        rest = &within[length..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '[' => depth += 1,
            ']' if depth == 0 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
        None
    })
}

fn slot(text: &str, names: &BTreeMap<String, usize>) -> Option<Piece> {
    let (name, key) = text.split_once(':').unwrap_or((text, ""));
    let key = match key.chars().next() {
        None => Key::Sentence,
        Some(c) if c.is_ascii_digit() => Key::Dispatch(c as u64),
        Some(c) => Key::Place(c as u64),
    };
    if let Some(range) = name.strip_prefix(['#', '~']) {
        let (low, high) = range.split_once('-')?;
        let (low, high) = (low.parse().ok()?, high.parse().ok()?);
        return (low <= high).then_some(Piece::Number { low, high, key, plain: name.starts_with('~') });
    }
    let (letters, name) = match name.split_at_checked(1)? {
        ("^", name) => (Letters::Capitals, name),
        ("+", name) => (Letters::OneCapital, name),
        _ => (Letters::AsTheyAre, name),
    };
    Some(match (name, text) {
        (_, "day:a") => Piece::Day(1),
        (_, "day:b") => Piece::Day(-1),
        ("day", _) => Piece::Day(0),
        ("weekday", _) => Piece::Weekday,
        ("dom", _) => Piece::DayOfMonth,
        ("month", "month") => Piece::Month,
        ("AGENCY", _) => Piece::Agency(letters),
        ("OUTLET", _) => Piece::Outlet,
        // A month with a key is any month.
        ("month", _) => Piece::Slot { rule: *names.get("months")?, key, letters },
        _ => Piece::Slot { rule: *names.get(name)?, key, letters },
    })
}
