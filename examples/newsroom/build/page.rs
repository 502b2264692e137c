//! Fills an outlet's page: the article, and around it all that a scraper takes for text.
//!
//! A line of the template that holds a slot with nothing to fill it is left out. `{body}`, `{most 10}`, `{related 3}` and `{promo}` stand
//! alone on their line and become several.

use super::calendar::{Moment, digits, month_name, short_month, weekday};
use super::chance::Chance;
use super::credit::{Credit, photographer};
use super::outlet::Outlet;

/// All that goes into one page.
pub(crate) struct Page<'a> {
    pub(crate) outlet: &'a Outlet,
    pub(crate) headline: String,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) credit: Credit,
    pub(crate) place: String,
    pub(crate) published: Moment,
    /// Headlines of other pages of these days, for lists of links.
    pub(crate) others: Vec<Other>,
}

/// Another page that this one links to.
#[derive(Clone)]
pub(crate) struct Other {
    pub(crate) headline: String,
    /// Its first sentence.
    pub(crate) lead: String,
}

/// The page's text, its title field, and its url.
pub(crate) struct Scraped {
    pub(crate) text: String,
    pub(crate) title: String,
    pub(crate) url: String,
}

/// Renders the page.
pub(crate) fn scrape(page: &Page, chance: &mut Chance) -> Scraped {
    let body = body(page);
    let mut links = page.others.clone();
    chance.shuffle(&mut links);
    let mut links = links.into_iter();
    let sections = &page.outlet.sections;
    // The first section is where agency copy goes by itself.
    let section = if chance.hits(60) { sections.first() } else { chance.pick(sections) }.cloned().unwrap_or_default();
    let slots = slots(page, &section, chance);
    let mut lines = Vec::new();
    for line in &page.outlet.page {
        match line.strip_prefix('{').and_then(|line| line.strip_suffix('}')).filter(|slot| !slot.contains('{')) {
            Some("body") => lines.extend(body.iter().cloned()),
            Some("body ..3") => lines.extend(body.iter().take(3).cloned()),
            Some("body 3..") => lines.extend(body.iter().skip(3).cloned()),
            Some(list) if list.starts_with("most ") => {
                let shown = links.by_ref().take(number_in(list));
                let ranked = list.ends_with("ranked");
                lines.extend(shown.enumerate().map(
                    |(n, Other { headline, .. })| {
                        if ranked { format!("{}. {headline}", n + 1) } else { headline }
                    },
                ));
            }
            Some("promo") => lines.extend(links.by_ref().take(1).flat_map(|link| [link.headline, link.lead])),
            Some(list) if list.starts_with("related ") => {
                lines.extend(links.by_ref().take(number_in(list)).map(|link| link.headline))
            }
            _ => lines.extend(fill(line, &slots, &mut links, chance)),
        }
    }
    let gap = if has(page.outlet, "blank-lines") { "\n\n" } else { "\n" };
    let url = fill(&page.outlet.url, &slots, &mut links, chance).unwrap_or_default();
    let title = fill(&page.outlet.title, &slots, &mut links, chance).unwrap_or_default();
    Scraped { text: dress(lines.join(gap), page.outlet, chance), title: dress_title(title, page.outlet), url }
}

fn number_in(slot: &str) -> usize {
    slot.split(' ').find_map(|word| word.parse().ok()).unwrap_or_default()
}

fn has(outlet: &Outlet, dress: &str) -> bool {
    outlet.dress.iter().any(|one| one == dress)
}

/// The paragraphs with dateline and tail, divided as the outlet does.
fn body(page: &Page) -> Vec<String> {
    let mut paragraphs = page.paragraphs.clone();
    if let (Some(dateline), Some(first)) = (&page.credit.dateline, paragraphs.first_mut()) {
        first.insert_str(0, dateline);
    }
    paragraphs.extend(page.credit.tail.clone());
    if has(page.outlet, "one-line") {
        return vec![paragraphs.join(" ")];
    }
    if has(page.outlet, "split") {
        return paragraphs.iter().flat_map(|paragraph| super::edit::sentences(paragraph)).collect();
    }
    if has(page.outlet, "merge") {
        return paragraphs.chunks(2).map(|pair| pair.join(" ")).collect();
    }
    paragraphs
}

fn slots(page: &Page, section: &str, chance: &mut Chance) -> Vec<(&'static str, String)> {
    let (outlet, lang) = (page.outlet, page.outlet.lang.as_str());
    let day = page.published.day();
    let (hour, minute) = page.published.clock();
    let noon = if hour < 12 { "a.m." } else { "p.m." };
    let photo = page.credit.photo.clone().unwrap_or_else(|| own_photo(outlet, chance));
    vec![
        ("{headline}", page.headline.clone()),
        ("{site}", outlet.name.clone()),
        ("{domain}", outlet.domain.clone()),
        ("{section}", section.to_owned()),
        (
            "{section lower}",
            section
                .to_lowercase()
                .chars()
                .map(unaccented)
                .collect::<String>()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join("-"),
        ),
        ("{byline}", page.credit.byline.clone().unwrap_or_default()),
        ("{agency}", page.credit.agency.clone().unwrap_or_default()),
        ("{copyright}", page.credit.copyright.clone().unwrap_or_default()),
        ("{place}", page.place.clone()),
        ("{photographer}", photo.trim_matches(['(', ')']).to_owned()),
        ("{photo}", photo),
        ("{caption}", caption(lang, &page.place, chance)),
        ("{lead}", lead(&page.paragraphs)),
        ("{d}", digits(lang, &day.day.to_string())),
        ("{dd}", digits(lang, &format!("{:02}", day.day))),
        ("{mm}", digits(lang, &format!("{:02}", day.month))),
        ("{month}", month_name(lang, day.month).to_owned()),
        ("{mon}", short_month(lang, day.month)),
        ("{yyyy}", digits(lang, &day.year.to_string())),
        ("{y}", day.year.to_string()),
        ("{m}", format!("{:02}", day.month)),
        ("{day}", format!("{:02}", day.day)),
        ("{weekday}", weekday(lang, page.published.weekday()).to_owned()),
        ("{clock}", digits(lang, &format!("{hour:02}:{minute:02}"))),
        ("{clock12}", format!("{}:{minute:02} {noon}", if hour % 12 == 0 { 12 } else { hour % 12 })),
        ("{slug}", slug(&page.headline)),
        (
            "{id}",
            (4_000_000 + page.published.0.rem_euclid(100_000_000) / 60 * 3 + page.paragraphs.len() as i64).to_string(),
        ),
        ("{words}", page.paragraphs.iter().map(|p| p.split(' ').count()).sum::<usize>().div_ceil(200).to_string()),
    ]
}

/// The first sentence, for a line under the headline; nothing where the page starts with another headline.
pub(crate) fn lead(paragraphs: &[String]) -> String {
    let first = paragraphs.first().map(|first| super::edit::sentences(first).swap_remove(0));
    first.filter(|sentence| sentence.ends_with(['.', '।'])).unwrap_or_default()
}

fn own_photo(outlet: &Outlet, chance: &mut Chance) -> String {
    let name = photographer(&outlet.lang, chance);
    match outlet.lang.as_str() {
        "de" => format!("Foto: {name}"),
        "fr" => format!("Photo {name}"),
        "es" => format!("Foto: {name}"),
        "it" => format!("Foto {name}"),
        "ru" => format!("Фото: {name}"),
        "bn" => format!("ছবি: {name}"),
        _ => format!("({name}/{})", outlet.name),
    }
}

fn caption(lang: &str, place: &str, chance: &mut Chance) -> String {
    let shapes: &[&str] = match lang {
        "de" => &["Blick auf {place} (Archivbild).", "Straßenszene in {place}.", "Archivbild aus {place}"],
        "fr" => &["Vue de {place}, photo d'archives.", "À {place}, ces derniers jours.", "Image d'illustration"],
        "es" => &["Vista de {place}, en una imagen de archivo.", "Una calle de {place}.", "Imagen de archivo"],
        "it" => &["Una veduta di {place} (archivio)", "Immagine di repertorio", "{place}, foto d'archivio"],
        "ru" => &["{place}, архивное фото.", "Иллюстративное изображение."],
        "bn" => &["{place}, ফাইল থেকে।", "সংগৃহীত।"],
        _ => &[
            "FILE - A street in {place}.",
            "A view of {place} in an undated photo.",
            "People gather in {place}.",
            "File photo",
        ],
    };
    let shapes: Vec<&&str> = shapes.iter().filter(|shape| !place.is_empty() || !shape.contains("{place}")).collect();
    chance.pick(&shapes).map(|shape| shape.replace("{place}", place)).unwrap_or_default()
}

fn slug(headline: &str) -> String {
    let plain: String = headline.to_lowercase().chars().map(unaccented).collect();
    plain.split_whitespace().take(9).collect::<Vec<_>>().join("-")
}

fn unaccented(c: char) -> char {
    match c {
        'a'..='z' | '0'..='9' => c,
        'à' | 'á' | 'â' | 'ä' | 'ã' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        'ß' => 's',
        _ => ' ',
    }
}

/// A line with its slots filled; `None` where one of them is empty.
fn fill(
    line: &str,
    slots: &[(&str, String)],
    links: &mut impl Iterator<Item = Other>,
    chance: &mut Chance,
) -> Option<String> {
    let mut line = line.to_owned();
    for (slot, value) in slots {
        if line.contains(slot) {
            if value.is_empty() {
                return None;
            }
            line = line.replace(slot, value);
        }
    }
    // Agencies write "By" themselves, and so do some templates.
    line = line.replace("By By ", "By ");
    while line.contains("{one}") {
        line = line.replacen("{one}", &links.next()?.headline, 1);
    }
    // `{n 3-9}`: a drawn number, for weather and counters.
    while let Some((before, rest)) = line.split_once("{n ") {
        let (range, after) = rest.split_once('}')?;
        let (low, high) = range.split_once('-')?;
        line = format!("{before}{}{after}", chance.between(low.parse().ok()?, high.parse().ok()?));
    }
    Some(line)
}

/// What the outlet's system and the scraper did to the characters.
fn dress(text: String, outlet: &Outlet, chance: &mut Chance) -> String {
    let mut text = text;
    if has(outlet, "curly") {
        text = curly(&text);
    }
    if has(outlet, "straight") {
        text = text.replace(['“', '”'], "\"").replace(['‘', '’'], "'").replace(" – ", " - ");
    }
    if has(outlet, "double-dash") {
        text = text.replace(" — ", " -- ");
    }
    if has(outlet, "nbsp") {
        text = no_break(&text, chance);
    }
    if has(outlet, "zero-width") {
        text = sprinkle(&text, '\u{200b}', 40, chance);
    }
    if has(outlet, "soft-hyphen") {
        text = text.split(' ').map(soft_hyphen).collect::<Vec<_>>().join(" ");
    }
    if has(outlet, "entities") {
        text = text
            .replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('\u{a0}', "&nbsp;")
            .replace('\'', "&#39;")
            .replace('’', "&rsquo;");
    }
    if has(outlet, "trailing-spaces") {
        text = text.replace(". ", ".  ").replace('\n', " \n");
    }
    text
}

fn dress_title(title: String, outlet: &Outlet) -> String {
    if has(outlet, "curly") { curly(&title) } else { title }
}

fn curly(text: &str) -> String {
    let mut curled = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        let opens = before.is_whitespace() || "([—–“‘\"'".contains(before);
        curled.push(match (c, opens) {
            ('"', true) => '“',
            ('"', false) => '”',
            ('\'', true) => '‘',
            ('\'', false) => '’',
            _ => c,
        });
        before = c;
    }
    curled
}

/// Numbers hold on to the next word, and titles to their names.
fn no_break(text: &str, chance: &mut Chance) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut digit = false;
    for c in text.chars() {
        joined.push(if c == ' ' && (digit || chance.hits(2)) { '\u{a0}' } else { c });
        digit = c.is_ascii_digit();
    }
    joined
}

/// A character that nobody sees, after one space in `every`.
fn sprinkle(text: &str, hidden: char, every: usize, chance: &mut Chance) -> String {
    let mut sprinkled = String::with_capacity(text.len());
    for c in text.chars() {
        sprinkled.push(c);
        if c == ' ' && chance.below(every) == 0 {
            sprinkled.push(hidden);
        }
    }
    sprinkled
}

fn soft_hyphen(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 14 || !letters.iter().all(|c| c.is_alphabetic()) {
        return word.to_owned();
    }
    // Between a vowel and a consonant, as near to the middle as the first such place after it.
    let vowel = |c: char| "aeiouäöü".contains(c);
    let fits = |&i: &usize| vowel(letters[i - 1]) && !vowel(letters[i]);
    let middle = (letters.len() / 2..letters.len() - 2).find(fits).unwrap_or(letters.len() / 2);
    letters[..middle].iter().chain(&['\u{ad}']).chain(&letters[middle..]).collect()
}
