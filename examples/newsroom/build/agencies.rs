//! How each agency's credit looks on the pages of others, and on its own site.
//!
//! Slots: `{place}` and `{PLACE}`, the dateline's place; `{date}`, `{short}` and `{full}`, the day as the language writes it;
//! `{name}`, the reporter; `{site}`, the outlet; `{year}`. A form whose slot is empty is not used.

/// The forms of one agency in one language.
pub(crate) struct Forms {
    pub(crate) agency: &'static str,
    pub(crate) lang: &'static str,
    /// What an outlet calls it.
    pub(crate) code: &'static str,
    pub(crate) datelines: &'static [&'static str],
    pub(crate) bylines: &'static [&'static str],
    /// A last line of the text.
    pub(crate) tails: &'static [&'static str],
    /// A line of the page's foot.
    pub(crate) copyright: &'static str,
    /// What follows the photographer's name in a caption.
    pub(crate) photo: &'static str,
}

/// The forms of an agency in a language; in English where the language has none of its own.
pub(crate) fn forms(agency: &str, lang: &str) -> Option<&'static Forms> {
    let of_agency = || FORMS.iter().filter(|forms| forms.agency == agency);
    of_agency().find(|forms| forms.lang == lang).or_else(|| of_agency().next())
}

macro_rules! forms {
    ($($agency:literal $lang:literal $code:literal { $($dateline:literal),* } { $($byline:literal),* } { $($tail:literal),* }
       $copyright:literal $photo:literal;)*) => {
        &[$(Forms { agency: $agency, lang: $lang, code: $code, datelines: &[$($dateline),*], bylines: &[$($byline),*],
            tails: &[$($tail),*], copyright: $copyright, photo: $photo }),*]
    };
}

const FORMS: &[Forms] = forms![
    "ap" "en" "AP"
        { "{PLACE} (AP) — ", "{PLACE} (AP) -- ", "{PLACE} (AP) - ", "{PLACE} – AP – " }
        { "By {name}, Associated Press", "The Associated Press", "{name} - Associated Press", "Associated Press", "AP" }
        { "(AP)", "— The Associated Press", "Associated Press writer {name} contributed to this report." }
        "Copyright {year} The Associated Press. All rights reserved. This material may not be published, broadcast, rewritten or redistributed without permission."
        "(AP Photo/{name})";
    "ap" "es" "AP"
        { "{PLACE} (AP) — " }
        { "The Associated Press", "Associated Press" }
        { "(AP)" }
        "© {year} The Associated Press. Todos los derechos reservados." "(AP Foto/{name})";
    "reuters" "en" "Reuters"
        { "{PLACE} (Reuters) - ", "{PLACE}, {date} (Reuters) - ", "{place} (Reuters) — " }
        { "By {name}, Reuters", "Reuters", "Reuters Staff" }
        { "(Reuters; reporting by {name})", "(Reuters)", "Reporting by {name} for Reuters" }
        "Our Standards: The Thomson Reuters Trust Principles." "REUTERS/{name}";
    "afp" "en" "AFP"
        { "{place} (AFP) – ", "{PLACE} (AFP) - ", "{PLACE}, {full} (AFP) - " }
        { "AFP", "Agence France-Presse", "By {name}, AFP", "AFP Staff" }
        { "(AFP)", "© Agence France-Presse" }
        "© {year} AFP" "(AFP/{name})";
    "afp" "fr" "AFP"
        { "{place} (AFP) - ", "{place} (AFP) – ", "{PLACE} (AFP) — " }
        { "Par {name} / AFP", "Par AFP", "{site} avec AFP", "AFP" }
        { "(AFP)", "(Avec AFP)", "© Agence France-Presse" }
        "© {year} AFP. Tous droits de reproduction et de représentation réservés." "© AFP/{name}";
    "afp" "de" "AFP"
        { "{place} (AFP) - " }
        { "Von AFP", "AFP" }
        { "(AFP)", "mit AFP" }
        "© AFP {year}" "Foto: {name}/AFP";
    "afp" "es" "AFP"
        { "{place} (AFP) – ", "{PLACE} (AFP) - " }
        { "AFP", "Agence France-Presse" }
        { "(AFP)", "Con información de AFP" }
        "© {year} AFP" "(AFP / {name})";
    "dpa" "de" "dpa"
        { "{place} (dpa) - ", "{place} (dpa) – ", "{PLACE} (dpa). " }
        { "Von {name}, dpa", "dpa", "Von dpa" }
        { "(dpa)", "Quelle: dpa", "(mit Material von dpa)" }
        "© dpa-infocom, dpa:{yymmdd}-930-{serial}/{version}" "Foto: {name}/dpa";
    "dpa" "en" "dpa"
        { "{place} (dpa) - " }
        { "dpa", "By {name}, dpa" }
        { "(dpa)" }
        "© {year} dpa" "Photo: {name}/dpa";
    "apa_at" "de" "APA"
        { "{place} (APA) – ", "{place} (APA) - " }
        { "APA", "red, {site}/APA" }
        { "(APA)", "(APA/red, {date})" }
        "Quelle: APA" "Foto: APA/{name}";
    "ats_sda" "de" "SDA"
        { "{place} (sda) - ", "{place} (sda) – " }
        { "Keystone-SDA", "SDA" }
        { "(sda)", "Quelle: Keystone-SDA" }
        "© Keystone-SDA {year}" "Bild: Keystone/{name}";
    "ats_sda" "fr" "ATS"
        { "{place} (ats) - " }
        { "Keystone-ATS", "ATS" }
        { "(ats)", "/ats" }
        "© Keystone-ATS {year}" "© Keystone/{name}";
    "belga" "fr" "Belga"
        { "{place} (Belga) - " }
        { "Belga", "Par Belga" }
        { "(Belga)", "Source: Belga" }
        "© Belga {year}" "© Belga/{name}";
    "aap" "en" "AAP"
        {}
        { "{name}, AAP", "AAP", "Australian Associated Press" }
        { "- AAP", "— AAP", "Australian Associated Press" }
        "© AAP {year}" "({name}/AAP PHOTOS)";
    "pa" "en" "PA"
        {}
        { "By {name}, PA", "PA Media", "{name}, Press Association" }
        { "(PA)", "Press Association" }
        "© PA Media {year}" "({name}/PA)";
    "cp" "en" "The Canadian Press"
        {}
        { "{name}, The Canadian Press", "The Canadian Press" }
        { "This report by The Canadian Press was first published {full}.",
          "— The Canadian Press",
          "— With files from The Canadian Press" }
        "© {year} The Canadian Press" "THE CANADIAN PRESS/{name}";
    "efe" "es" "EFE"
        { "{place}, {short} (EFE).- ", "{place} (EFE).- ", "{PLACE} (EFE) - " }
        { "EFE", "{name} | EFE", "Agencia EFE" }
        { "(EFE)", "EFE", "Con información de EFE" }
        "© EFE {year}. Está expresamente prohibida la redistribución y la redifusión de los contenidos." "EFE/{name}";
    "europapress" "es" "Europa Press"
        { "{PLACE}, {short}. (EUROPA PRESS) - " }
        { "Europa Press", "{site}/Europa Press" }
        { "(Europa Press)" }
        "© {year} Europa Press" "{name} - Europa Press";
    "ansa" "it" "ANSA"
        { "(ANSA) - {PLACE}, {SHORT} - ", "{PLACE}, {SHORT} (ANSA) - " }
        { "ANSA", "Redazione ANSA", "di {name}, ANSA" }
        { "(ANSA).", "Fonte: ANSA" }
        "RIPRODUZIONE RISERVATA © Copyright ANSA" "(ANSA/{name})";
    "adnkronos" "it" "Adnkronos"
        { "{place}, {short}. (Adnkronos) - " }
        { "Adnkronos", "Redazione Adnkronos" }
        { "(Adnkronos)", "Fonte: Adnkronos" }
        "© Adnkronos {year}" "(Adnkronos/{name})";
    "agi" "it" "AGI"
        { "AGI - ", "{place} (AGI) - " }
        { "AGI", "di {name}, AGI" }
        { "(AGI)", "Fonte: AGI" }
        "© AGI {year}" "(AGI/{name})";
    "lapresse" "it" "LaPresse"
        { "{place}, {short}. (LaPresse) - ", "{place} (LaPresse) - " }
        { "LaPresse" }
        { "(LaPresse)" }
        "© LaPresse {year}" "(LaPresse/{name})";
    "tass" "ru" "ТАСС"
        { "{PLACE}, {date}. /ТАСС/. ", "{place}. {date}. ТАСС — " }
        { "ТАСС" }
        { "/ТАСС/", "Источник: ТАСС" }
        "© ТАСС, {year}" "Фото: {name}/ТАСС";
    "tass" "en" "TASS"
        { "{PLACE}, {date}. /TASS/. " }
        { "TASS" }
        { "/TASS/" }
        "© TASS {year}" "© {name}/TASS";
    "ria" "ru" "РИА Новости"
        { "{PLACE}, {short} - РИА Новости. ", "{PLACE}, {short} — РИА Новости. " }
        { "РИА Новости" }
        { "Источник: РИА Новости" }
        "© {year} РИА Новости" "© РИА Новости / {name}";
    "interfax" "ru" "Интерфакс"
        { "{place}. {date}. INTERFAX.RU - " }
        { "Интерфакс" }
        { "Источник: Интерфакс" }
        "© {year} Интерфакс" "Фото: {name}/Интерфакс";
    "bss" "bn" "বাসস"
        { "{place}, {full} (বাসস) : ", "{place}, {date} (বাসস) - " }
        { "বাসস", "বাংলাদেশ সংবাদ সংস্থা" }
        { "(বাসস)", "সূত্র: বাসস" }
        "© {year} বাসস" "ছবি: {name}/বাসস";
    "bss" "en" "BSS"
        { "{PLACE}, {full} (BSS) - ", "{PLACE}, {date} (BSS): " }
        { "BSS", "BSS, {place}" }
        { "(BSS)" }
        "© {year} Bangladesh Sangbad Sangstha (BSS)" "Photo: {name}/BSS";
    "unb" "bn" "ইউএনবি"
        { "{place}, {date} (ইউএনবি)- " }
        { "ইউএনবি" }
        { "(ইউএনবি)", "সূত্র: ইউএনবি" }
        "© {year} ইউএনবি" "ছবি: {name}/ইউএনবি";
    "unb" "en" "UNB"
        { "{place}, {short} (UNB) - " }
        { "UNB", "UNB, {place}" }
        { "(UNB)" }
        "© {year} UNB" "Photo: {name}/UNB";
    "pti" "en" "PTI"
        { "{place}, {short} (PTI) ", "{place}, {short} (PTI): " }
        { "PTI", "Press Trust of India" }
        { "PTI NKV RHS", "(PTI)", "(With PTI inputs)" }
        "© {year} Press Trust of India" "(PTI Photo/{name})";
    "ani" "en" "ANI"
        { "{place} [India], {date} (ANI): " }
        { "ANI", "By {name}, ANI" }
        { "(ANI)", "(This story has not been edited by {site} staff and is auto-generated from a syndicated feed.)" }
        "© {year} ANI" "(Photo/ANI)";
    "xinhua" "en" "Xinhua"
        { "{PLACE}, {date} (Xinhua) -- " }
        { "Xinhua" }
        { "Enditem", "(Xinhua)" }
        "© {year} Xinhua" "(Xinhua/{name})";
    "kyodo" "en" "Kyodo"
        { "{PLACE}, {date} (Kyodo) -- ", "{PLACE} (Kyodo) — " }
        { "KYODO NEWS", "Kyodo" }
        { "==Kyodo" }
        "© Kyodo News {year}" "(Kyodo/{name})";
    "yonhap" "en" "Yonhap"
        { "{PLACE}, {date} (Yonhap) -- " }
        { "Yonhap", "By {name}, Yonhap" }
        { "(Yonhap)" }
        "© {year} Yonhap News Agency" "(Yonhap/{name})";
    "upi" "en" "UPI"
        { "{PLACE}, {date} (UPI) -- " }
        { "UPI", "By {name}, UPI" }
        { "(UPI)" }
        "© {year} United Press International" "Photo by {name}/UPI";
    "bloomberg" "en" "Bloomberg"
        { "(Bloomberg) -- " }
        { "By {name}, Bloomberg News", "Bloomberg News" }
        { "©{year} Bloomberg L.P." }
        "©{year} Bloomberg L.P. Visit bloomberg.com" "Photographer: {name}/Bloomberg";
];
