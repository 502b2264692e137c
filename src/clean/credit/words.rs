//! The words around a credit: those that say "source", "with material from", "by", in the languages of the agencies.

/// What stands before a colon and an agency.
pub(super) const LABELS: &[&str] = &[
    "source",
    "sources",
    "agency",
    "agencia",
    "agence",
    "agentur",
    "text",
    "tekst",
    "teksti",
    "quelle",
    "quellen",
    "fonte",
    "fonti",
    "fuente",
    "fuentes",
    "bron",
    "källa",
    "kilde",
    "kjelde",
    "lähde",
    "źródło",
    "zdroj",
    "forrás",
    "sursa",
    "kaynak",
    "izvor",
    "извор",
    "vir",
    "πηγή",
    "источник",
    "джерело",
    "източник",
    "крыніца",
    "mənbə",
    "allikas",
    "avots",
    "šaltinis",
    "sumber",
    "nguồn",
    "来源",
    "來源",
    "稿源",
    "稿件来源",
    "出典",
    "提供",
    "配信",
    "출처",
    "المصدر",
    "مصدر",
    "منبع",
    "מקור",
    "स्रोत",
    "इनपुट",
    "সূত্র",
    "তথ্যসূত্র",
    "ที่มา",
];

/// What stands before an agency whose material the page used. Longer ones first where one starts with another.
pub(super) const OPENERS: &[&str] = &[
    "with additional reporting by ",
    "with additional reporting from ",
    "with additional inputs from ",
    "with agency inputs from ",
    "with inputs from ",
    "with input from ",
    "with files from ",
    "with reporting by ",
    "with reporting from ",
    "with reports from ",
    "with material from ",
    "with information from ",
    "with ",
    "inputs from ",
    "additional reporting by ",
    "avec les informations de ",
    "avec des informations de ",
    "avec l'",
    "avec ",
    "mit material von der ",
    "mit material von ",
    "mit material der ",
    "mit agenturmaterial von ",
    "mit informationen von ",
    "mit informationen der ",
    "mit ",
    "con información de la ",
    "con información de ",
    "con informacion de ",
    "con datos de ",
    "con informazioni di ",
    "con ",
    "com informações da ",
    "com informações do ",
    "com informações de ",
    "com agência ",
    "com ",
    "met informatie van ",
    "met ",
    "med ",
    "oprac. ",
    "na podstawie ",
    "по материалам ",
    "за матеріалами ",
    "по информации ",
    "με πληροφορίες από το ",
    "με πληροφορίες από ",
];

/// What stands before an agency whose text it is.
pub(super) const SOURCES: &[&str] =
    &["distributed by ", "via ", "source ", "fuente ", "fonte ", "πηγή ", "theo ", "খবর ", "সূত্র "];

/// What may stand after an agency whose material the page used.
pub(super) const CLOSERS: &[&str] = &[
    " inputs",
    " input",
    " and agencies",
    " and agency inputs",
    " and other agencies",
    " und agenturen",
    " et agences",
    " y agencias",
    " e agências",
    " e agenzie",
    // The Bengali genitive: "খবর বাসসের".
    "ের",
    "র",
];

/// What follows an agency whose material the page used, where nothing stands before it.
pub(super) const USED: &[&str] = &[" के इनपुट के साथ", " इनपुट के साथ", " inputs", "電", "电"];

/// How sentences end that say who else worked on a text.
pub(super) const CONTRIBUTED: &[&str] = &[
    " contributed to this report",
    " contributed to this story",
    " contributed to this article",
    " contributed reporting",
    " contribuyó a este reportaje",
    " contribuyó a este despacho",
    " contribuyeron a este despacho",
    " contribuyó con este reportaje",
];

/// What stands between agencies that a text owes itself to alike.
pub(super) const JOINTS: &[&str] = &[
    ", ",
    "、",
    " and ",
    " & ",
    " + ",
    " und ",
    " et ",
    " y ",
    " e ",
    " en ",
    " och ",
    " og ",
    " ja ",
    " i ",
    " a ",
    " és ",
    " și ",
    " ve ",
    " и ",
    " та ",
    " و",
    " ও ",
    " এবং ",
    " और ",
    " dan ",
];

/// What a byline opens with, and whether a name after it is enough: where not, an agency has to be there too, because
/// the word opens other lines as often.
pub(super) const BY: &[(&str, bool)] = &[
    ("by", true),
    ("von", true),
    ("por", false),
    ("par", true),
    ("door", false),
    ("av", false),
    ("af", false),
    ("di", false),
    ("de", false),
    ("a cura di", false),
    ("oleh", true),
    ("reported by", true),
    ("written by", true),
    ("автор", true),
    ("от", false),
    ("da", false),
    ("autor", false),
    ("autora", false),
    ("auteur", false),
    ("autore", false),
    ("avtor", false),
    ("piše", false),
    ("pewarta", true),
];

/// What a line of reporters and editors opens with.
pub(super) const REPORTING: &[&str] =
    &["reporting by ", "writing by ", "additional reporting by ", "reporting and writing by "];

/// What an agency's people are called after its name: "Reuters Staff".
pub(super) const STAFF: &[&str] = &[
    "staff",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "editor",
    "editors",
    "service",
    "newswire",
    "agence",
];

/// Words in small letters before that: "AP sports writer".
pub(super) const BEATS: &[&str] = &[
    "sports",
    "political",
    "diplomatic",
    "business",
    "science",
    "medical",
    "economics",
    "national",
    "entertainment",
    "technology",
    "religion",
    "auto",
    "racing",
    "football",
    "basketball",
    "baseball",
    "golf",
    "tennis",
    "hockey",
    "film",
    "music",
    "legal",
    "military",
    "security",
    "health",
    "education",
    "chief",
    "senior",
    "special",
    "bureau",
];

/// What stands before an agency's name for its desk: "Redacción EFE".
pub(super) const NEWSROOM_OF: &[&str] = &["Redacción", "Redazione", "Rédaction", "Redaktion", "Agencia", "Agence"];

/// What a newsroom calls itself where it signs along with an agency: "De nuestra redacción / EFE".
pub(super) const NEWSROOM: &[&str] = &[
    "redac",
    "rédac",
    "redak",
    "redaz",
    "redactie",
    "toimitus",
    "agenc",
    "agent",
    "agenz",
    "newsroom",
    "news desk",
    "newsdesk",
    "web desk",
    "desk",
    "staff",
    "online",
    "редакц",
];

/// Words before an agency's code that make it an explanation, not a credit: "the French news agency (AFP)".
const KINDS: &[&str] = &[
    "agency",
    "agencies",
    "agence",
    "agentur",
    "nachrichtenagentur",
    "agencia",
    "agenzia",
    "agência",
    "press",
    "news",
    "service",
    "wire",
    "media",
    "bureau",
    "persbureau",
    "nyhetsbyrå",
    "агентство",
    "агентства",
    "агентству",
    "وكالة",
    "لوكالة",
    "خبرگزاری",
];

/// Whether a word says what an agency is.
pub(super) fn is_kind(word: &str) -> bool {
    KINDS.contains(&word.to_lowercase().as_str())
}

/// The last words of what may stand after an agency.
pub(super) const CLOSING: &[&str] =
    &["inputs", "input", "agencies", "agenturen", "agences", "agencias", "agências", "agenzie"];

/// What stands right behind an agency's name, as in Bengali and Hindi.
pub(super) const BEHIND: &[char] = &['র', 'थ', '電', '电'];

/// Whether a word ends what may stand after an agency: a cheap look before a costly one.
pub(super) fn is_closing(word: &str) -> bool {
    (matches!(word.as_bytes(), [b'i' | b'I' | b'a' | b'A', ..])
        && word.len() <= 10
        && CLOSING.iter().any(|last| last.eq_ignore_ascii_case(word)))
        || (!word.is_ascii() && word.ends_with(|c| BEHIND.contains(&c)))
}
