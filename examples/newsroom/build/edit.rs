//! What editors do to a dispatch: cut it from the bottom, add their town, apply their house style, cut a sentence.

use super::calendar::{Moment, day_month, weekday};
use super::chance::Chance;

/// Where paragraphs about the reader's town go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Local {
    End,
    /// After the third paragraph.
    Middle,
}

/// What one outlet does to one dispatch. The credit is not part of it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Recipe {
    pub(crate) trim: bool,
    pub(crate) headline: bool,
    pub(crate) local: Option<Local>,
    /// Spelling, numbers, weekdays, words of the house.
    pub(crate) style: bool,
    /// One sentence gone, one turned around.
    pub(crate) cut: bool,
    /// All local paragraphs and two of another dispatch: the page is more than a copy.
    pub(crate) expand: bool,
    pub(crate) uncredited: bool,
}

impl Recipe {
    /// The name of the edit in the truth file.
    pub(crate) fn name(self) -> String {
        let parts = [
            (self.trim, "trimmed"),
            (self.headline, "headline"),
            (self.local == Some(Local::End), "local"),
            (self.local == Some(Local::Middle), "local-middle"),
            (self.style, "style"),
            (self.cut, "cut"),
            (self.expand, "expanded"),
            (self.uncredited, "uncredited"),
        ];
        let names: Vec<&str> = parts.iter().filter(|(done, _)| *done).map(|(_, name)| *name).collect();
        if names.is_empty() { "whole".to_owned() } else { names.join("+") }
    }
}

/// Keeps 30 to 80 % of the paragraphs, the first ones, and at least two.
pub(crate) fn trim(paragraphs: &mut Vec<String>, chance: &mut Chance) {
    let kept = paragraphs.len() * chance.between(30, 80) / 100;
    paragraphs.truncate(kept.max(2));
}

/// Drops the last sentence of a paragraph, and in English turns `X, she said.` into `According to her, X.`
pub(crate) fn cut(paragraphs: &mut [String], lang: &str, chance: &mut Chance) {
    let long: Vec<usize> = (1..paragraphs.len()).filter(|&i| sentences(&paragraphs[i]).len() > 1).collect();
    if let Some(&cut) = chance.pick(&long) {
        let mut left = sentences(&paragraphs[cut]);
        left.pop();
        let whole = left.join(" ");
        // A cut within a quotation would leave it open.
        if whole.matches(['"', '“', '”']).count().is_multiple_of(2) {
            paragraphs[cut] = whole;
        }
    }
    if lang == "en"
        && let Some(turned) = paragraphs.iter_mut().skip(1).find_map(|p| turned(p).map(|text| (p, text)))
    {
        *turned.0 = turned.1;
    }
}

fn turned(paragraph: &str) -> Option<String> {
    let (statement, speaker) = paragraph.strip_suffix(" said.")?.rsplit_once(", ")?;
    let quoted = paragraph.contains(['"', '“']) || statement.contains(". ");
    let first = statement.split(' ').next()?;
    let common = ["The", "A", "An", "It", "In", "About", "No", "They", "Some"].contains(&first);
    (!quoted && common && speaker.split(' ').count() < 6)
        .then(|| format!("According to {speaker}, {}{}.", first.to_lowercase(), &statement[first.len()..]))
}

/// The house's own words: a few replacements that a desk makes without thinking. `british` spells English that way.
pub(crate) fn style(paragraphs: &mut [String], lang: &str, british: bool, moved: Moment, chance: &mut Chance) {
    let table = house_words(lang);
    let day = chance.hits(60);
    for text in paragraphs.iter_mut() {
        for (from, to) in table {
            if chance.hits(85) {
                *text = text.replace(from, to);
            }
        }
        if lang == "en" {
            *text = spelled(text, british);
        }
        if day {
            *text = dated(text, lang, moved);
        }
    }
}

fn house_words(lang: &str) -> &'static [(&'static str, &'static str)] {
    match lang {
        "en" => &[
            (" officials said", " authorities said"),
            (" nearly ", " almost "),
            (" such as ", " like "),
            (" about ", " around "),
            (" that had ", " which had "),
            (" also ", " "),
            (" two ", " 2 "),
            (" three ", " 3 "),
            (" four ", " 4 "),
            (" five ", " 5 "),
            (" six ", " 6 "),
            (" seven ", " 7 "),
            (" eight ", " 8 "),
            (" nine ", " 9 "),
        ],
        "de" => &[
            (" Prozent", "%"),
            (" etwa ", " rund "),
            (" zudem ", " außerdem "),
            (" auch ", " "),
            (" sagte ", " erklärte "),
        ],
        "fr" => {
            &[(" pour cent", "%"), (" environ ", " quelque "), (" également ", " aussi "), (" selon ", " d'après ")]
        }
        "es" => &[(" por ciento", "%"), (" también ", " "), (" unos ", " cerca de "), (" aseguró ", " afirmó ")],
        "it" => &[(" per cento", "%"), (" anche ", " "), (" circa ", " quasi "), (" ha detto ", " ha dichiarato ")],
        "ru" => &[(" процентов", "%"), (" также ", " "), (" сообщила ", " заявила "), (" сообщил ", " заявил ")],
        "bn" => &[(" শতাংশ", "%"), (" জানান", " বলেন"), (" এছাড়া ", " তাছাড়া ")],
        _ => &[],
    }
}

/// American spellings, and British ones.
const SPELLINGS: &[(&str, &str)] = &[
    ("harbor", "harbour"),
    ("Harbor", "Harbour"),
    ("neighbor", "neighbour"),
    ("color", "colour"),
    ("labor", "labour"),
    ("favor", "favour"),
    ("honor", "honour"),
    ("center", "centre"),
    ("theater", "theatre"),
    (" percent", " per cent"),
    ("organiz", "organis"),
    ("recogniz", "recognis"),
    ("apologiz", "apologis"),
    ("realiz", "realis"),
    ("traveled", "travelled"),
    ("traveling", "travelling"),
    ("canceled", "cancelled"),
    ("defense", "defence"),
    ("program ", "programme "),
    ("toward ", "towards "),
    ("gray", "grey"),
    (" meters", " metres"),
    ("kilometers", "kilometres"),
];

fn spelled(text: &str, british: bool) -> String {
    SPELLINGS.iter().fold(text.to_owned(), |text, (american, british_form)| {
        if british { text.replace(american, british_form) } else { text.replace(british_form, american) }
    })
}

/// Weekdays become dates: `on Monday` is `on March 2` in a page that is read next week.
fn dated(text: &str, lang: &str, moved: Moment) -> String {
    let mut text = text.to_owned();
    // The day itself and the two before it: an earlier weekday may as well be next week's.
    for back in 0..3 {
        let at = Moment(moved.0 - back * 86_400);
        let (name, date) = (weekday(lang, at.weekday()), day_month(lang, at));
        let (from, to) = match lang {
            "en" => (format!("on {name}"), format!("on {date}")),
            "de" => (format!("am {name}"), format!("am {date}")),
            "fr" => (format!(" {name} "), format!(" {name} {date} ")),
            "es" => (format!("el {name} "), format!("el {name} {date} ")),
            "it" => (format!(" {name} "), format!(" {name} {date} ")),
            "ru" => (format!("в {name}"), date),
            _ => (format!("{name} "), format!("{name} ({date}) ")),
        };
        // `en el lunes` and Russian `во вторник` keep their weekday: the date would not fit.
        text = text.replace(&from, &to);
    }
    text
}

/// Adds paragraphs about the reader's town.
pub(crate) fn add_local(paragraphs: &mut Vec<String>, local: &[String], place: Local, chance: &mut Chance) {
    let Some(paragraph) = chance.pick(local) else { return };
    match place {
        Local::End => paragraphs.push(paragraph.clone()),
        Local::Middle => paragraphs.insert(paragraphs.len().min(3), paragraph.clone()),
    }
}

/// The sentences of a paragraph. Initials and short abbreviations do not end one.
pub(crate) fn sentences(paragraph: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    let mut words = paragraph.split(' ').peekable();
    while let Some(word) = words.next() {
        let last = sentences.len() - 1;
        if !sentences[last].is_empty() {
            sentences[last].push(' ');
        }
        sentences[last].push_str(word);
        let bare = word.trim_end_matches(['"', '”', '»', '\'']);
        let long = bare.chars().count() > 4 && !bare.contains('(') || bare.ends_with(['।', '!', '?']);
        let starts = words.peek().and_then(|next| next.chars().next()).is_some_and(|c| !c.is_lowercase());
        let ends = bare.ends_with(['.', '!', '?', '।']) && long && starts && bare.matches('.').count() < 2;
        let quoted = sentences[last].matches(['"', '“', '”', '«', '»']).count() % 2 == 1;
        if ends && !quoted && words.peek().is_some() {
            sentences.push(String::new());
        }
    }
    sentences
}
