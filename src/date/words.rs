//! What the words around a date mean, in the languages that we read.
//!
//! One table, because a page does not say its language where a date stands, and because the words of different
//! languages hardly collide. Where they do, the month wins: `mar` is March here, and Tuesday only before a whole date.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// What a word means for a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// 1 to 12.
    Month(i8),
    Weekday,
    /// Says that the page came out then.
    Published,
    /// Says that the page was changed then.
    Updated,
    /// Announces an author.
    By,
    /// Announces where a text is from.
    Source,
    /// Stands between the parts of a date and says nothing.
    Filler,
    /// The ending of an ordinal number: the `th` of `19th`.
    Ordinal,
    /// Comes after the number that it names, in Chinese, Japanese and Korean dates.
    Year,
    Month0,
    Day,
    /// Comes after a number, as in `21h39`.
    Hour,
    Minute,
    Second,
    /// Before noon.
    Am,
    /// After noon.
    Pm,
    /// Evening and the hours after midnight.
    Night,
    Other,
}

/// What a word means; case and the form of its letters do not matter.
pub(super) fn meaning(word: &str) -> Word {
    // The longest word of the table has fewer bytes; most words of a text are none of the table's.
    if word.len() > 64 {
        return Word::Other;
    }
    WORDS.get(normal(word).as_str()).copied().unwrap_or(Word::Other)
}

/// The form in which the table holds a word. Turkish `İ` becomes a plain `i`.
fn normal(word: &str) -> String {
    if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.to_lowercase().replace('\u{307}', "").nfkc().collect()
    }
}

static WORDS: LazyLock<HashMap<String, Word>> = LazyLock::new(|| {
    let words = TABLE.iter().flat_map(|&(meaning, words)| words.split_whitespace().map(move |w| (normal(w), meaning)));
    words.collect()
});

/// English, German, French, Spanish, Italian, Portuguese, Dutch, Turkish, Indonesian; Russian, Ukrainian; Bengali;
/// Hindi; Arabic. Arabic month names of two words are not here.
const TABLE: &[(Word, &str)] = &[
    (
        Word::Month(1),
        "jan january januar jänner jaenner janv janvier ene enero gen gennaio janeiro januari ocak oca янв январь января
        січень січня січ জানুয়ারি জানুয়ারী जनवरी يناير جانفي",
    ),
    (
        Word::Month(2),
        "feb february februar fév févr février fevrier febrero febbraio fev fevereiro februari şubat subat şub фев февр
        февраль февраля лютий лютого лют ফেব্রুয়ারি ফেব্রুয়ারী फरवरी फ़रवरी فبراير شباط فيفري",
    ),
    (
        Word::Month(3),
        "mar march mär märz maerz mrz mars marzo março marco maart mrt mart maret мар март марта березень березня бер
        মার্চ मार्च مارس آذار",
    ),
    (
        Word::Month(4),
        "apr april avr avril abr abril aprile nisan nis апр апрель апреля квітень квітня квіт এপ্রিল अप्रैल أبريل إبريل ابريل
        نيسان أفريل",
    ),
    (Word::Month(5), "may mai mayo maggio mag maio mei mayıs mayis май мая травень травня трав মে मई مايو أيار ماي"),
    (
        Word::Month(6),
        "jun june juni juin junio giugno giu junho haziran haz июн июнь июня червень червня черв জুন जून يونيو يونيه حزيران جوان",
    ),
    (
        Word::Month(7),
        "jul july juli juil juillet julio luglio lug julho temmuz tem июл июль июля липень липня лип জুলাই जुलाई يوليو يوليه
        تموز جويلية",
    ),
    (
        Word::Month(8),
        "aug august août aout ago agosto augustus agustus agu agt ağustos agustos ağu авг август августа серпень серпня
        серп আগস্ট আগষ্ট অগাস্ট अगस्त أغسطس اغسطس آب أوت",
    ),
    (
        Word::Month(9),
        "sep sept september septembre septiembre setiembre set sett settembre setembro eylül eylul eyl сен сент сентябрь
        сентября вересень вересня вер সেপ্টেম্বর सितंबर सितम्बर سبتمبر أيلول",
    ),
    (
        Word::Month(10),
        "oct october okt oktober octobre octubre ott ottobre out outubro ekim eki окт октябрь октября жовтень жовтня жовт
        অক্টোবর अक्टूबर अक्तूबर أكتوبر اكتوبر",
    ),
    (
        Word::Month(11),
        "nov november novembre noviembre novembro kasım kasim kas ноя нояб ноябрь ноября листопад листопада лист নভেম্বর
        नवंबर नवम्बर نوفمبر",
    ),
    (
        Word::Month(12),
        "dec december dez dezember déc décembre decembre dic diciembre dicembre dezembro des desember aralık aralik ara
        дек декабрь декабря грудень грудня груд ডিসেম্বর दिसंबर दिसम्बर ديسمبر",
    ),
    (
        Word::Weekday,
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
        montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
        lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim
        lunes martes miércoles miercoles jueves viernes sábado sabado domingo mié jue vie sáb sab dom
        lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi venerdì venerdi sabato domenica gio
        segunda terça quarta quinta sexta feira
        maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
        pazartesi salı sali çarşamba perşembe cuma cumartesi pazar
        senin selasa rabu kamis jumat sabtu minggu
        понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье пн вт ср чт пт сб вс
        понеділок вівторок середа середу четвер п'ятниця субота суботу неділя неділю нд
        রবিবার রোববার সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার
        रविवार सोमवार मंगलवार बुधवार गुरुवार बृहस्पतिवार शुक्रवार शनिवार
        الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت
        星期一 星期二 星期三 星期四 星期五 星期六 星期日 周一 周二 周三 周四 周五 周六 周日
        月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 월요일 화요일 수요일 목요일 금요일 토요일 일요일",
    ),
    (
        Word::Published,
        "published posted publish publication issued released created date dated online
        stand veröffentlicht erschienen erstellt datum publié publiée parution publicado publicada publicación publicação
        fecha data pubblicato pubblicata pubblicazione gepubliceerd geplaatst
        yayınlanma yayınlandı yayın giriş oluşturulma tarihi diterbitkan dipublikasikan tayang terbit
        опубликовано опубликована опубликован опубліковано опублікована
        প্রকাশ প্রকাশিত প্রকাশের प्रकाशित प्रकाशन نشر نُشر النشر تاريخ
        发布 发布时间 发布于 发表于 發布 發布時間 發佈 時間 时间 公開 公開日 掲載 掲載日 配信 投稿日 입력 등록 발행 게시",
    ),
    (
        Word::Updated,
        "updated update modified edited revised aktualisiert geändert actualisé actualisée mis mise modifié modifiée
        actualisation actualización actualizado actualizada atualização atualizado atualizada aggiornato aggiornata aggiornamento bijgewerkt gewijzigd
        güncelleme güncellendi diperbarui обновлено изменено оновлено হালনাগাদ আপডেট अपडेट अद्यतन تحديث 更新 更新于 更新日
        更新时间 更新時間 最終更新 수정",
    ),
    (Word::Source, "source quelle fuente fonte bron kaynak sumber источник джерело সূত্র स्रोत المصدر 来源 來源 출처"),
    (Word::By, "by von par por di oleh"),
    (
        Word::Filler,
        "on at the of and in last first originally latest time t
        um uhr den der zuletzt vom le à a jour dernière el la las los del de alle ore il ultimo última às as da do
        op om uur laatst saat son pukul pkl pada tanggal jam в во г года році року р о об
        সময় তারিখ समय आखिरी آخر في الساعة min mins",
    ),
    (Word::Ordinal, "st nd rd th er ère o º го е"),
    (Word::Year, "年 년"),
    (Word::Month0, "月 월"),
    (Word::Day, "日 号 號 일"),
    (Word::Hour, "h hrs 時 时 点 點 시 ч"),
    (Word::Minute, "分 분"),
    (Word::Second, "秒 초"),
    (Word::Am, "am 上午 早上 凌晨 午前 오전 ভোর সকাল এএম एएम सुबह पूर्वाह्न ص صباحا صباحًا öö"),
    (Word::Pm, "pm 下午 中午 午後 오후 দুপুর বিকাল বিকেল সন্ধ্যা পিএম पीएम शाम दोपहर अपराह्न م مساء مساءً ös"),
    (Word::Night, "晚上 রাত रात"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_has_two_meanings() {
        let mut n_words = 0;
        for (meant, words) in TABLE {
            for word in words.split_whitespace() {
                assert_eq!(meaning(word), *meant, "{word} has another meaning too");
                n_words += 1;
            }
        }
        assert!(n_words > 400, "{n_words}");
    }

    #[test]
    fn case_and_form_do_not_matter() {
        let table = [("SEPTEMBER", Word::Month(9)), ("Août", Word::Month(8)), ("aou\u{302}t", Word::Month(8))];
        for (word, expected) in table.into_iter().chain([("ＪＵＬＹ", Word::Month(7)), ("Julys", Word::Other)]) {
            assert_eq!(meaning(word), expected, "{word}");
        }
    }
}
