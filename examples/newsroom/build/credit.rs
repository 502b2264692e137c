//! Puts an agency's credit on a text, in the form that the outlet uses.

use super::agencies::{Forms, forms};
use super::calendar::{Moment, day_month, digits, month_name, short_month};
use super::chance::Chance;
use super::outlet::Outlet;
use super::source::Source;

/// What a page says of where its text is from.
#[derive(Debug, Default, Clone)]
pub(crate) struct Credit {
    /// Stands before the first paragraph, on the same line.
    pub(crate) dateline: Option<String>,
    pub(crate) byline: Option<String>,
    /// Stands after the last paragraph.
    pub(crate) tail: Option<String>,
    /// Stands where the page has room for it.
    pub(crate) copyright: Option<String>,
    /// The agency as the outlet calls it.
    pub(crate) agency: Option<String>,
    pub(crate) photo: Option<String>,
    /// Whether another agency passed the text on.
    pub(crate) relayed: bool,
}

/// Who carries whose text, and when.
pub(crate) struct Occasion<'a> {
    pub(crate) source: &'a Source,
    /// Which version, from 0.
    pub(crate) version: usize,
    pub(crate) outlet: &'a Outlet,
    pub(crate) moved: Moment,
}

/// A credit in one of the outlet's forms: `dateline`, `byline`, `tail`, `copyright`, `relay CODE`, or several with `+`.
pub(crate) fn credit(occasion: &Occasion, form: &str, chance: &mut Chance) -> Credit {
    let Some(forms) = forms(&occasion.source.agency, &occasion.outlet.lang) else {
        return Credit::default();
    };
    let mut credit = Credit { agency: Some(forms.code.to_owned()), ..Credit::default() };
    credit.photo = fill(forms.photo, occasion, photographer(&occasion.source.lang, chance));
    for part in form.split('+') {
        match part {
            "byline" => credit.byline = one_of(forms.bylines, occasion, chance),
            "tail" => credit.tail = one_of(forms.tails, occasion, chance),
            "copyright" => credit.copyright = fill(forms.copyright, occasion, ""),
            "dateline" => credit.dateline = one_of(forms.datelines, occasion, chance),
            relay => {
                let own = forms.code.eq_ignore_ascii_case(relay.trim_start_matches("relay "));
                let shape = if own {
                    fill(forms.datelines.first().copied().unwrap_or_default(), occasion, "")
                } else {
                    relayed(forms, relay, occasion)
                };
                credit.dateline = shape;
                credit.relayed = !own;
            }
        }
    }
    // Agencies whose datelines do not name them are credited above or below the text.
    if credit.dateline.is_none() && credit.byline.is_none() && credit.tail.is_none() && credit.copyright.is_none() {
        let has_room = occasion.outlet.page.iter().any(|line| line.contains("{byline}"));
        let line = one_of(if has_room { forms.bylines } else { forms.tails }, occasion, chance);
        *(if has_room { &mut credit.byline } else { &mut credit.tail }) = line;
    }
    credit
}

/// No agency: a dateline with the place alone, on some pages, and a photo from nobody in particular.
pub(crate) fn uncredited(source: &Source, chance: &mut Chance) -> Credit {
    let place = Some(format!("{} — ", place(source, true))).filter(|_| !source.place.is_empty() && chance.hits(30));
    Credit { dateline: place, ..Credit::default() }
}

/// `DHAKA, March 2, 2026 (BSS/AFP) - `: the relay stands first, whose text it is last.
fn relayed(forms: &Forms, relay: &str, occasion: &Occasion) -> Option<String> {
    let relay = relay.trim_start_matches("relay ");
    let shape = match relay {
        "BSS" => "{PLACE}, {full} (BSS/{agency}) - ",
        "বাসস" => "{place}, {full} (বাসস/{agency}) : ",
        _ => "{place} ({relay}/{agency}) – ",
    };
    fill(&shape.replace("{relay}", relay).replace("{agency}", forms.code), occasion, "")
}

fn one_of(shapes: &[&str], occasion: &Occasion, chance: &mut Chance) -> Option<String> {
    let name = occasion.source.byline.as_deref().unwrap_or_default();
    let filled: Vec<String> = shapes.iter().filter_map(|shape| fill(shape, occasion, name)).collect();
    // The first form is the usual one.
    if chance.hits(45) { filled.first() } else { chance.pick(&filled) }.cloned()
}

fn fill(shape: &str, occasion: &Occasion, name: &str) -> Option<String> {
    let source = occasion.source;
    let day = occasion.moved.day();
    let lang = source.lang.as_str();
    if (shape.contains("{name}") && name.is_empty()) || (shape.contains("{place}") && source.place.is_empty()) {
        return None;
    }
    let short = match lang {
        "en" => format!("{} {}", short_month(lang, day.month), day.day),
        _ => format!("{} {}", day.day, short_month(lang, day.month)),
    };
    let full = match lang {
        "en" => format!("{} {}, {}", month_name(lang, day.month), day.day, day.year),
        "bn" => digits(lang, &format!("{}, {}", day_month(lang, occasion.moved), day.year)),
        _ => format!("{} {}", day_month(lang, occasion.moved), day.year),
    };
    let serial = Chance::named(&source.story).between(100_000, 999_999);
    let slots = [
        ("{PLACE}", place(source, true)),
        ("{place}", place(source, false)),
        ("{date}", day_month(lang, occasion.moved)),
        ("{SHORT}", short.to_uppercase()),
        ("{short}", digits(lang, &short)),
        ("{full}", full),
        ("{name}", name.to_owned()),
        ("{site}", occasion.outlet.name.clone()),
        ("{year}", digits(lang, &day.year.to_string())),
        ("{yymmdd}", format!("{:02}{:02}{:02}", day.year % 100, day.month, day.day)),
        ("{serial}", serial.to_string()),
        ("{version}", (occasion.version + 1).to_string()),
    ];
    Some(slots.iter().fold(shape.to_owned(), |text, (slot, value)| text.replace(slot, value)))
}

/// The dateline's city, as running text writes it.
pub(crate) fn city(source: &Source) -> String {
    place(source, false).split(',').next().unwrap_or_default().to_owned()
}

/// The dateline's place. Only the city is set in capitals, a state or country after it is not.
fn place(source: &Source, upper: bool) -> String {
    let (city, rest) = match source.place.split_once(',') {
        Some((city, rest)) => (city, format!(",{rest}")),
        None => (source.place.as_str(), String::new()),
    };
    if upper {
        return city.to_uppercase() + &rest;
    }
    let capitals = city.chars().any(char::is_lowercase);
    let words = city.split_inclusive([' ', '-']).map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_string() + &letters.as_str().to_lowercase()).unwrap_or_default()
    });
    let city = if capitals { city.to_owned() } else { words.collect() };
    city + &rest
}

/// An invented photographer, so that captions of one agency differ.
pub(crate) fn photographer(lang: &str, chance: &mut Chance) -> &'static str {
    let names: &[&str] = match lang {
        "de" => &["Jette Ohlendorf", "Sandro Wieck", "Mira Kastner"],
        "fr" => &["Odile Marchetaux", "Yanis Corvel", "Bastien Loridan"],
        "es" => &["Ximena Arrabal", "Tomás Quiralte", "Nuria Beltaz"],
        "it" => &["Livia Sordetti", "Ettore Manfrè", "Nadia Pescolan"],
        "ru" => &["Глеб Орешкин", "Вера Талицкая", "Антон Мирогов"],
        "bn" => &["রফিক মাহবুব", "শিরীন আখন্দ"],
        _ => &["Dana Whitlow", "Ravi Costigan", "Marguerite Oyelaran", "Piet Hallam", "June Takeda-Marsh"],
    };
    chance.pick(names).copied().unwrap_or_default()
}
