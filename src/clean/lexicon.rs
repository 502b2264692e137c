//! The words by which a line of chrome gives itself away, in the languages agencies write in.
//!
//! Closed lists, matched on lower-cased lines. They name what sites everywhere call their furniture, never one site's.

use std::cell::RefCell;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::char::is_combining_mark;

use super::Rule;
use super::chars::{is_alphanumeric, push_lower};
use crate::agency::Words;

/// Headings of lists that are not the article, a line each.
const HEADINGS_TXT: &str = include_str!("headings.txt");

/// Words of a line that asks for something or explains the site.
const PROMPTS: &[&str] = &[
    r"\bsubscri(be|ber|ption)\b",
    r"\bsign(ed)?[ -](up|in)\b",
    r"\blog in\b",
    r"\bnewsletters?\b",
    r"\bcookies?\b",
    r"\bclick here\b",
    r"\bfollow (us|him|her|them|me|@)",
    r"\bfollow .{1,40} on (twitter|facebook|x\b|instagram)",
    r"\bon twitter:? @",
    r"\b(facebook|instagram) page\b",
    r"\bshare (this|on|via)\b",
    r"\bdownload (our|the) .{0,20}\bapp\b",
    r"\byour (email|e-mail|inbox|in-box|privacy|browser|weather|account)\b",
    r"\bprivacy (policy|notice|settings)\b",
    r"\bterms of (use|service)\b",
    r"\bbreaking news (alerts?|emails?)\b",
    r"\bcontinue reading\b",
    r"\bread (the )?full (article|story)\b",
    r"\bview (the )?(full )?comments?\b",
    r"\bjavascript\b",
    r"\bad[ -]?block",
    r"\bskip to\b",
    r"\bzip code\b",
    r"\ball rights reserved\b",
    r"\bsupports? (our )?journalism\b",
    r"\bunlimited (digital )?access\b",
    r"\bget the (latest|best) of?\b",
    r"\bread more:?$",
    r"\bsend us a tip\b",
    r"\bgot a (news )?tip\b",
    r"\bstory continues below\b",
    r"\bno longer supports\b",
    r"\bjoin the conversation\b",
    r"\breport an? (error|typo)\b",
    r"\bhave your say\b",
    r"\bstay up to date\b",
    r"\babonnieren\b",
    r"\bnewsletter an\b",
    r"\bjetzt (anmelden|registrieren|testen)\b",
    r"\bdatenschutz",
    r"\balle rechte vorbehalten\b",
    r"\bimpressum\b",
    r"\bwir verwenden\b",
    r"\binscrivez-vous\b",
    r"\babonnez-vous\b",
    r"\bs'abonner\b",
    r"\btous droits réservés\b",
    r"\bconfidentialité\b",
    r"\bsuscríb",
    r"\bsuscripción\b",
    r"\btodos los derechos\b",
    r"\bregístrate\b",
    r"\bsíguenos\b",
    r"\bprivacidad\b",
    r"\biscriviti\b",
    r"\babbonati\b",
    r"\btutti i diritti riservati\b",
    r"\briproduzione riservata\b",
    r"\bseguici\b",
    r"\bподпис(аться|ывайтесь|ка|ку)\b",
    r"\bподпишитесь\b",
    r"\bвсе права защищены\b",
    r"সাবস্ক্রাইব",
    r"অনুসরণ করুন",
    r"সর্বস্বত্ব",
    r"নিউজলেটার",
    r"\bkaydol\b",
    r"\babone ol",
    r"\bberlangganan\b",
    r"اشترك",
    r"订阅",
    r"版权所有",
    r"無断転載",
    r"무단 ?전재",
];

/// Words of a line that is said of a picture or a video.
const CAPTIONS: &[&str] = &[
    r"\b(ap|afp|epa|pa|reuters|dpa|upi|getty) (photos?|images?|wire)\b",
    r"[/|] ?(ap|afp|epa|reuters|getty( images)?|dpa|xinhua|efe|ansa|pa|upi|bloomberg)\)?\.?$",
    r"\bgetty images\b",
    r"\(?\bphotos?( credit)?( courtesy)?( by|:)",
    r"\bphotographs? by\b",
    r"^\(?(file|archive)( photo)?\)? ?[-–—:]",
    r"\bfile photo\b",
    r"^(image|photo|slide|picture) [0-9]+ (of|/) [0-9]+",
    r"^(photo|photos|image|images|video|credit|caption|foto|bild|fotos|bildquelle|crédit|фото|ছবি|写真) ?:",
    r"\bvideo by\b",
    r"^watch:?",
    r"^video ?[-–—|]",
    r"\b[0-9]{1,2}:[0-9][0-9]$",
    r"\bplay video\b",
    r"^(l-r|from left|pictured|above|left|right):",
];

/// Labels of picture viewers, which scrapers leave in: an agency alone on the line below is the picture's.
const VIEWERS: &[&str] = &[
    "modal trigger",
    "enlarge",
    "enlarge image",
    "enlarge this image",
    "expand image",
    "open image modal",
    "view image in fullscreen",
    "toggle caption",
    "hide caption",
    "image",
    "image copyright",
    "image source",
    "bild vergrößern",
    "agrandir l'image",
    "ampliar imagen",
    "ampliar foto",
    "ampliar",
    "ingrandisci",
];

static PROMPT: LazyLock<Regex> = LazyLock::new(|| pattern(PROMPTS));
static STAMP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&[r"(?i)\b[0-9]{1,2}:[0-9][0-9]\b", r"\b(ago|yang lalu)\b", " (atrás|назад|önce)", "^vor |^il y a |^hace "])
});
static CAPTION: LazyLock<Regex> = LazyLock::new(|| pattern(CAPTIONS));
/// What most lines have nothing of, in one search, and in any case. Of one letter that has two small ones nothing can be told
/// before it is in small letters.
static ANY: LazyLock<Regex> = LazyLock::new(|| pattern(&[&["(?i)İ"], PROMPTS, CAPTIONS, &RIGHTS].concat()));
static HEADINGS: LazyLock<Words> =
    LazyLock::new(|| HEADINGS_TXT.lines().filter(|line| !line.starts_with('#')).collect());

/// Words of a line that claims rights.
const RIGHTS: [&str; 2] = ["all rights reserved", "may not be published, broadcast"];

/// A pattern of this file; a test compiles them all.
///
/// Words are bounded as in ASCII, and beyond it not at all: a boundary between any two letters of the world costs a search
/// that is twenty times slower on every line with a curly quote.
fn pattern(words: &[&str]) -> Regex {
    let bounded = |word: &&str| word.replace(r"\b", if word.is_ascii() { r"(?-u:\b)" } else { "" });
    let words: Vec<String> = words.iter().map(bounded).collect();
    Regex::new(&words.join("|")).unwrap_or_else(|e| unreachable!("{e}"))
}

/// The rule by which a line's words give it away, if any does; a prompt only where it may be one.
pub(super) fn giveaway(line: &str, may_be_prompt: bool) -> Option<Rule> {
    if !may_give_away(line) {
        return None;
    }
    thread_local! {
        /// Kept from line to line: nearly every one has to be in small letters.
        static LOWER: RefCell<String> = const { RefCell::new(String::new()) };
    }
    LOWER.with_borrow_mut(|lower| {
        lower.clear();
        push_lower(line, lower);
        let found = giveaway_of(lower, may_be_prompt);
        // A page may be one line of megabytes.
        lower.shrink_to(MAX_KEPT_BYTES);
        found
    })
}

/// Bytes that a thread keeps for lines in small letters.
const MAX_KEPT_BYTES: usize = 4096;

fn giveaway_of(lower: &str, may_be_prompt: bool) -> Option<Rule> {
    if is_section_heading(lower) {
        return Some(Rule::SectionHeading);
    }
    if ["©", "copyright", "(c) "].iter().any(|start| lower.starts_with(start)) {
        return Some(Rule::Copyright);
    }
    if RIGHTS.iter().any(|words| lower.contains(words)) {
        Some(Rule::Copyright)
    } else if may_be_prompt && PROMPT.is_match(lower) {
        Some(Rule::Prompt)
    } else {
        CAPTION.is_match(lower).then_some(Rule::Caption)
    }
}

/// A cheap look before: false only where a line, in small letters, gives nothing away.
fn may_give_away(line: &str) -> bool {
    HEADINGS.may_contain(heading(line)) || may_claim(line) || ANY.is_match(line)
}

/// Whether a line may start as a claim of rights does.
fn may_claim(line: &str) -> bool {
    matches!(line.as_bytes(), [b'(' | 0xc2, ..] | [b'c' | b'C', b'o' | b'O', b'p' | b'P', ..])
}

/// Whether a lower-cased line is the heading of a list of other things.
fn is_section_heading(lower: &str) -> bool {
    HEADINGS.contains_lower(heading(lower))
}

/// A line without what stands around a heading: "Comments (12)", "12 comments", "[ 167 comments ]".
fn heading(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_ascii_digit() || !is_alphanumeric(c) && !is_combining_mark(c))
}

/// Whether a line has a time of day or says how long ago: the stamp of a comment or a teaser.
pub(super) fn is_stamp(line: &str) -> bool {
    line.bytes().any(|b| b.is_ascii_digit()) && STAMP.is_match(line)
}

/// Whether a line is the label of a picture's viewer.
pub(super) fn is_viewer(line: &str) -> bool {
    line.len() <= 24 && VIEWERS.contains(&line.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_refused_gives_nothing_away(
            line in r"( |[a-zA-Zİſéж.,:0-9(©/|-]{0,4}|(?i-u:subscribe|cookies|log in|photos?|file|ap|reuters|copyright|most read|latest|related)|(?i:confidentialité|подписка|版权所有|daten|schutz)| ?[0-9]{1,2}:[0-9]{2}){0,6}",
            may_be_prompt: bool,
        ) {
            prop_assert!(may_give_away(&line) || giveaway_of(&line.to_lowercase(), may_be_prompt).is_none(), "{line:?}");
        }
    }
}
