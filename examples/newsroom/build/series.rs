//! More of a series: the weather of next week has the same words and other numbers.

use super::calendar::{Moment, month_name};
use super::chance::Chance;
use super::credit::{Credit, Occasion, city, credit};
use super::outlet::Outlet;
use super::plan::{Desk, Planned};
use super::source::Source;

/// How many of each template source are published, the source itself among them.
const RUNS: usize = 2;

/// The pages of a series. Each is a story of its own, of one outlet: nobody reprints yesterday's weather.
pub(crate) fn pages<'a>(desk: &Desk<'a>, source: &'a Source) -> Vec<Planned<'a>> {
    let mut chance = Chance::named(&source.story);
    let Some(outlet) = outlet(desk, source, &mut chance) else { return Vec::new() };
    (0..RUNS)
        .map(|run| {
            let state = source.first();
            let moved = free_week(desk, source, run);
            let mut other = |text: &String| if run == 0 { text.clone() } else { renumbered(text, source, moved, run) };
            let (headline, paragraphs) = (other(&state.headline), state.paragraphs.iter().map(&mut other).collect());
            let form = outlet.credits.first().filter(|_| source.agency != "none");
            let occasion = Occasion { source, version: 0, outlet, moved };
            Planned {
                outlet,
                published: moved.after_minutes(run * 7),
                headline,
                paragraphs,
                credit: form.map_or_else(Credit::default, |form| credit(&occasion, form, &mut chance)),
                place: city(source),
                story: if run == 0 { source.story.clone() } else { format!("{}-week{}", source.story, run + 1) },
                version: 0,
                kind: "original",
                agency: source.agency.clone(),
                edit: "template".to_owned(),
            }
        })
        .collect()
}

/// Whole weeks later, so that the text's weekdays stay right, on a day on which the series has no source of its own.
fn free_week(desk: &Desk, source: &Source, run: usize) -> Moment {
    let mut moved = source.first().moved.after_minutes(run * 7 * 24 * 60);
    let taken = |moved: Moment| {
        let day = |other: &Source| other.first().moved.day_number();
        desk.sources.iter().any(|other| other.series == source.series && day(other) == moved.day_number())
    };
    while run > 0 && taken(moved) {
        moved = moved.after_minutes(7 * 24 * 60);
    }
    moved
}

fn outlet<'a>(desk: &Desk<'a>, source: &Source, chance: &mut Chance) -> Option<&'a Outlet> {
    let named = desk.outlets.iter().find(|outlet| Some(&outlet.domain) == source.outlet.as_ref());
    named.or_else(|| chance.pick(&desk.newsrooms(&source.lang)).copied())
}

/// The text with other numbers. Years stay, and numbers in names (`VX-20`, `10-year`); days of the month follow the calendar.
fn renumbered(text: &str, source: &Source, moved: Moment, run: usize) -> String {
    let first = source.first().moved;
    let month = month_name(&source.lang, first.day().month);
    let mut renumbered = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_numeric()) {
        let (before, from) = rest.split_at(start);
        let (number, after) = from.split_at(from.find(|c: char| !c.is_numeric()).unwrap_or(from.len()));
        renumbered.push_str(before);
        let dated = before.trim_end().ends_with(month)
            || after.trim_start_matches(['.', ' ']).trim_start_matches("de ").starts_with(month);
        let minutes = before.ends_with(':');
        let mut back = before.chars().rev();
        let joined =
            |hyphen: Option<char>, letter: Option<char>| hyphen == Some('-') && letter.is_some_and(char::is_alphabetic);
        let mut ahead = after.chars();
        let named = joined(back.next(), back.next()) || joined(ahead.next(), ahead.next());
        renumbered.push_str(&match number.chars().count() {
            4 if number.starts_with("20") || number.starts_with("19") || number.starts_with("২০") => {
                number.to_owned()
            }
            _ if named => number.to_owned(),
            1 | 2 if dated => moved_day(number, first, moved),
            2 if minutes => {
                like(number, &format!("{:02}", Chance::named(&format!("{run} {number} {before}")).below(60)))
            }
            _ => redrawn(number, source, run),
        });
        rest = after;
    }
    renumbered + rest
}

/// A day of the month, as many days later.
fn moved_day(number: &str, first: Moment, moved: Moment) -> String {
    let day: i64 = number.chars().filter_map(digit).fold(0, |value, digit| value * 10 + i64::from(digit));
    let later = (day + moved.day_number() - first.day_number() - 1).rem_euclid(31) + 1;
    like(number, &later.to_string())
}

/// Other digits, as many as before, the first one near: a temperature stays one. The same number becomes the same number all
/// over the page, and single digits keep their order: whoever won by 7 to 3 still wins.
fn redrawn(number: &str, source: &Source, run: usize) -> String {
    let mut chance = Chance::named(&format!("{} {run} {number}", source.story));
    let digits: Vec<u32> = number.chars().filter_map(digit).collect();
    if let [only] = digits[..] {
        return like(number, &(only + 1).to_string());
    }
    let first = (digits[0] as usize + chance.below(2)).clamp(1, 9);
    let rest = digits[1..].iter().map(|_| chance.below(10));
    like(number, &std::iter::once(first).chain(rest).map(|digit| digit.to_string()).collect::<String>())
}

/// The digit that a character stands for, in Latin and in Bengali script.
fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| (c as u32).checked_sub('০' as u32).filter(|&n| n < 10))
}

/// Latin digits in the script of another number.
fn like(number: &str, latin: &str) -> String {
    let lang = if number.is_ascii() { "en" } else { "bn" };
    super::calendar::digits(lang, latin)
}
