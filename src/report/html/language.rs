//! The language of a story, for those who look for one.

use whatlang::{Detector, Lang, Script};

use super::Bodies;
use crate::error::Result;
use crate::story::Story;

/// Bytes of a text that are looked at: more says no more.
const LOOKED_AT: usize = 2_000;
/// Characters below which a text is too short to tell: a sentence of Russian is taken for Bulgarian, a dispatch is not.
const LEAST: usize = 150;

/// The language of a story's origin, by its trigrams; `None` where it is too short to tell, or none of those known.
///
/// # Errors
/// What `body` returns.
pub(super) fn of(story: &Story, body: &Bodies<'_>) -> Result<Option<Language>> {
    let Some(origin) = story.copies.first() else { return Ok(None) };
    Ok(detect(&body(origin.article)?))
}

/// A language: its code as HTML has it, and its name in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Language {
    /// ISO 639-3, and for the usual ones the shorter 639-1: `en`, `bn`.
    pub(super) code: &'static str,
    /// `English`.
    pub(super) name: &'static str,
}

fn detect(paragraphs: &[String]) -> Option<Language> {
    let mut text = String::new();
    for paragraph in paragraphs {
        text.push_str(paragraph);
        text.push(' ');
        if text.len() >= LOOKED_AT {
            text.truncate(text.floor_char_boundary(LOOKED_AT));
            break;
        }
    }
    if text.chars().count() < LEAST {
        return None;
    }
    // A script that the trigrams do not know, and that no other language of the press has.
    if 2 * text.chars().filter(|c| matches!(c, '\u{e80}'..='\u{eff}')).count() > text.chars().count() {
        return Some(Language { code: "lo", name: "Lao" });
    }
    let found = Detector::new().detect(&text)?;
    // Within the scripts that many languages share the trigrams may be of two minds; elsewhere the script has decided.
    let is_sure = found.is_reliable() || !matches!(found.script(), Script::Latin | Script::Cyrillic);
    is_sure.then(|| Language { code: short_code(found.lang()), name: name(found.lang()) })
}

/// The two letters of ISO 639-1, for languages that agencies write in; else the three of 639-3.
fn short_code(lang: Lang) -> &'static str {
    SHORT.iter().find(|(long, _)| *long == lang.code()).map_or(lang.code(), |(_, short)| short)
}

fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Cmn => "Chinese",
        _ => lang.eng_name(),
    }
}

const SHORT: &[(&str, &str)] = &[
    ("eng", "en"),
    ("rus", "ru"),
    ("cmn", "zh"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("ben", "bn"),
    ("fra", "fr"),
    ("deu", "de"),
    ("ukr", "uk"),
    ("kat", "ka"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("jpn", "ja"),
    ("heb", "he"),
    ("yid", "yi"),
    ("pol", "pl"),
    ("amh", "am"),
    ("jav", "jv"),
    ("kor", "ko"),
    ("nob", "nb"),
    ("dan", "da"),
    ("swe", "sv"),
    ("fin", "fi"),
    ("tur", "tr"),
    ("nld", "nl"),
    ("hun", "hu"),
    ("ces", "cs"),
    ("ell", "el"),
    ("bul", "bg"),
    ("bel", "be"),
    ("mar", "mr"),
    ("kan", "kn"),
    ("ron", "ro"),
    ("slv", "sl"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("mkd", "mk"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("tam", "ta"),
    ("vie", "vi"),
    ("urd", "ur"),
    ("tha", "th"),
    ("guj", "gu"),
    ("uzb", "uz"),
    ("pan", "pa"),
    ("aze", "az"),
    ("ind", "id"),
    ("tel", "te"),
    ("pes", "fa"),
    ("mal", "ml"),
    ("ori", "or"),
    ("mya", "my"),
    ("nep", "ne"),
    ("sin", "si"),
    ("khm", "km"),
    ("tuk", "tk"),
    ("aka", "ak"),
    ("zul", "zu"),
    ("sna", "sn"),
    ("afr", "af"),
    ("lat", "la"),
    ("slk", "sk"),
    ("cat", "ca"),
    ("tgl", "tl"),
    ("hye", "hy"),
    ("cym", "cy"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> &'static str {
        detect(&[text.to_owned()]).map_or("-", |language| language.code)
    }

    #[test]
    fn languages_of_agencies_are_told() {
        let cases = [
            (
                "The last keepers of the lighthouse handed their keys to the coast guard on Monday morning, ending a watch \
                 that families on the island had kept for more than a hundred years.",
                "en",
            ),
            (
                "Die letzten Wärter des Leuchtturms haben am Montag ihre Schlüssel der Küstenwache übergeben. Damit endet eine \
                 Wache, die Familien der Insel mehr als hundert Jahre lang gehalten hatten.",
                "de",
            ),
            (
                "Последние смотрители маяка в понедельник утром передали ключи береговой охране. Так закончилась вахта, которую \
                 семьи острова несли больше ста лет. По словам старшего смотрителя, новая лампа не нуждается в людях, и это \
                 известие многих опечалило.",
                "ru",
            ),
            (
                "বাতিঘরের শেষ রক্ষকেরা সোমবার সকালে উপকূলরক্ষীদের হাতে চাবি তুলে দিয়েছেন। এর মধ্য দিয়ে শতবর্ষের বেশি সময় ধরে \
                 দ্বীপের পরিবারগুলোর পালন করা পাহারার অবসান হলো বলে জানিয়েছেন কর্মকর্তারা।",
                "bn",
            ),
            (include_str!("../../../tests/languages/hi.txt"), "hi"),
            (include_str!("../../../tests/languages/lo.txt"), "lo"),
            (include_str!("../../../tests/languages/th.txt"), "th"),
            ("Too short to tell.", "-"),
            ("", "-"),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text), expected, "{text}");
        }
    }

    #[test]
    fn short_codes_are_of_known_languages_and_of_one_each() {
        let mut shorts: Vec<&str> = SHORT.iter().map(|(_, short)| *short).collect();
        shorts.sort_unstable();
        shorts.dedup();
        assert_eq!(shorts.len(), SHORT.len());
        for (long, short) in SHORT {
            assert!(Lang::from_code(*long).is_some() && short.len() == 2, "{long}");
        }
    }
}
