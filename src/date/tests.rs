//! Tables of dates as pages write them, and the properties that hold for any text.

use jiff::civil::DateTime;
use proptest::prelude::*;

use super::*;

/// The moment in RFC 3339, and whether a zone was stated; `-` where there is none.
fn show(moment: Option<Published>) -> String {
    moment.map_or("-".to_owned(), |moment| {
        let stated = if moment.zone == Zone::Stated { " stated" } else { "" };
        format!("{}{stated}", moment.to_rfc3339())
    })
}

fn check(read: fn(&str) -> Option<Published>, expected: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(show(read(text)), expected, "{text:?}");
    }
}

#[test]
fn forms_of_machines() {
    check(
        parse,
        "2025-09-19T21:39:00Z stated",
        &[
            "2025-09-19T21:39:00Z",
            "2025-09-19 21:39:00Z",
            "2025-09-19T21:39:00.123Z",
            "2025-09-19T21:39Z",
            "2025-09-20T03:09:00+05:30",
            "2025-09-20T03:09:00+0530",
            "2025-09-20 03:09:00 +0530",
            "2025-09-19T17:39:00-04:00",
            "20250919T213900Z",
            "Fri, 19 Sep 2025 21:39:00 GMT",
            "Fri, 19 Sep 2025 21:39:00 +0000",
            "19 Sep 2025 17:39:00 -0400",
            "Fri, 19 Sep 2025 16:39:00 EST",
            "Fri, 19 Sep 2025 23:39:00 CEST",
            "1758317940",
            "1758317940.25",
            "1758317940000",
            "1758317940000.5",
            "1758317940000000",
            "2025-09-19 21:39:00 UTC",
            "2025-09-19 21:39:00 +0000 UTC",
            "Fri Sep 19 21:39:00 GMT 2025",
            "Fri Sep 19 2025 23:39:00 GMT+0200 (Central European Summer Time)",
            "  2025-09-19T21:39:00Z\n",
        ],
    );
    check(
        parse,
        "2025-09-19T21:39:00Z",
        &[
            "2025-09-19T21:39:00",
            "2025-09-19 21:39:00.123456",
            "2025-09-19 21:39",
            "20250919213900",
            "202509192139",
            "20250919T213900",
            "Fri Sep 19 21:39:00 2025",
            "Fri, 19 Sep 2025 21:39:00 IST",
        ],
    );
    check(parse, "2025-09-19T00:00:00Z", &["2025-09-19", "20250919", "2025/09/19", "2025.09.19"]);
    check(parse, "1965-01-02T03:04:05Z stated", &["1965-01-02T03:04:05.9Z"]);
}

#[test]
fn forms_of_people() {
    check(
        parse,
        "2025-09-19T21:39:00Z",
        &[
            "19 Sep 2025, 21:39",
            "Sept 19, 2025 9:39 pm",
            "Sept. 19, 2025 at 9:39 p.m.",
            "9:39 PM, Fri September 19, 2025",
            "19th of September, 2025 21:39",
            "19-Sep-2025 21:39",
            "19.09.2025 21:39",
            "2025/09/19 21:39",
            "9/19/2025 9:39 PM",
            "19/9/2025 21h39",
            "Freitag, 19. September 2025, 21:39 Uhr",
            "am 19. September 2025 um 21.39 Uhr",
            "vendredi 19 septembre 2025 à 21h39",
            "19 de septiembre de 2025 a las 21:39",
            "mar 19 sett 2025, ore 21.39",
            "19 de setembro de 2025 às 21h39",
            "vrijdag 19 september 2025 om 21:39 uur",
            "19 сентября 2025 г., 21:39",
            "19 вересня 2025 року, 21:39",
            "19 Eylül 2025 Cuma 21:39",
            "Jumat, 19 September 2025 21:39",
            "১৯ সেপ্টেম্বর ২০২৫, ২১:৩৯",
            "সেপ্টেম্বর ১৯, ২০২৫, রাত ৯:৩৯",
            "१९ सितंबर २०२५, २१:३९",
            "١٩ سبتمبر ٢٠٢٥، ٢١:٣٩",
            "2025年9月19日 21:39",
            "2025年9月19日21時39分",
            "2025年9月19日 下午9:39",
            "2025년 9월 19일 오후 9시 39분",
            "２０２５年９月１９日　２１：３９",
        ],
    );
    check(parse, "2025-09-20T01:39:00Z stated", &["9:39 PM EDT, Fri September 19, 2025", "Sept 19, 2025 9:39 pm (ET)"]);
    check(parse, "2025-09-19T18:39:00Z stated", &["19 сентября 2025, 21:39 МСК", "19 Sep 2025 21:39 GMT+3"]);
    check(parse, "2025-09-19T00:00:00Z", &["September 19, 2025", "Published: Sep 19, 2025"]);
    check(parse, "2025-03-01T00:30:00Z", &["1er mars 2025 0h30", "March 1st, 2025 12:30 am"]);
}

#[test]
fn months_of_all_languages() {
    let table = [
        ("Januar janvier enero gennaio janeiro januari января січня Ocak জানুয়ারি जनवरी يناير", "01"),
        ("Februar février febrero febbraio fevereiro Februari февраля лютого Şubat ফেব্রুয়ারি फ़रवरी فبراير", "02"),
        ("März mars marzo março maart Maret марта березня Mart মার্চ मार्च مارس", "03"),
        ("April avril abril aprile апреля квітня Nisan এপ্রিল अप्रैल أبريل", "04"),
        ("Mai mayo maggio maio mei мая травня Mayıs মে मई مايو", "05"),
        ("Juni juin junio giugno junho июня червня Haziran জুন जून يونيو", "06"),
        ("Juli juillet julio luglio julho июля липня Temmuz জুলাই जुलाई يوليو", "07"),
        ("August août agosto augustus Agustus августа серпня Ağustos আগস্ট अगस्त أغسطس", "08"),
        ("September septembre septiembre settembre setembro сентября вересня EYLÜL সেপ্টেম্বর सितम्बर سبتمبر", "09"),
        ("Oktober octobre octubre ottobre outubro октября жовтня EKİM অক্টোবর अक्टूबर أكتوبر", "10"),
        ("November novembre noviembre novembro ноября листопада KASIM নভেম্বর नवंबर نوفمبر", "11"),
        (
            "Dezember décembre diciembre dicembre dezembro december Desember декабря грудня ARALIK ডিসেম্বর दिसंबर ديسمبر",
            "12",
        ),
    ];
    for (names, month) in table {
        for name in names.split(' ') {
            check(
                parse,
                &format!("2025-{month}-05T00:00:00Z"),
                &[&format!("5 {name} 2025"), &format!("{name} 5, 2025")],
            );
        }
    }
}

#[test]
fn two_readings() {
    check(parse, "2025-03-04T00:00:00Z", &["03/04/2025", "04.03.2025", "04-03-2025"]);
    check(parse, "2025-04-13T00:00:00Z", &["04/13/2025", "13/04/2025", "13.04.2025", "04-13-2025"]);
}

#[test]
fn no_moments() {
    check(
        parse,
        "-",
        &[
            "",
            "-",
            "yesterday",
            "2025",
            "2025-09",
            "19 Sep",
            "21:39",
            "2025-02-30",
            "30 Feb 2025",
            "Feb 29, 2025",
            "2025-13-01",
            "13/13/2025",
            "31.04.2025",
            "2025-09-19T25:00:00Z",
            "19 Sep 2025 25:10",
            "19 Sep 2025 13:10 am",
            "1599-12-31",
            "2200-01-01",
            "1 May 1066",
            "99999999999999999999",
            "12345",
            "1.2.3.4",
            "19 Sep 2025 in Berlin",
            "19 Sep 2025 20 Sep 2025",
            "16-18 July 2018",
        ],
    );
}

#[test]
fn published_lines() {
    check(
        published_line,
        "2025-09-19T21:39:00Z",
        &[
            "Published On: 19 Sep 2025, 21:39",
            "Stand: 19.09.2025, 21:39 Uhr",
            "Publié le 19 septembre 2025 à 21h39",
            "Actualizado 19/09/2025 21:39",
            "Опубликовано 19 сентября 2025, 21:39",
            "প্রকাশিত: ১৯ সেপ্টেম্বর ২০২৫, ২১:৩৯",
            "发布时间：2025-09-19 21:39",
            "입력 2025.09.19. 21:39",
            "Published 19 Sep 2025 21:39 | Updated 20 Sep 2025 10:00",
            "Updated: 20 Sep 2025 10:00 - First published: 19 Sep 2025 21:39",
            "Published 19 Sep 2025 21:39, updated 22:10",
            "Published 2025-09-19T21:39:00",
            "প্রকাশ: ১৯ সেপ্টেম্বর ২০২৫, ০৯:৩৯ পিএম",
            "Última actualización: 19 de septiembre de 2025 21:39 h",
            "19 September 2025, 9:39 pm BdST",
        ],
    );
    check(published_line, "2018-07-16T20:15:00Z stated", &["Updated 4:15 PM ET, Mon July 16, 2018"]);
    check(published_line, "2018-07-16T10:30:00Z", &["16 July 2018 • 10:30am"]);
    check(
        published_line,
        "2018-07-16T00:00:00Z",
        &[
            "July 16, 2018",
            "Posted by Dana Ruiz on July 16, 2018",
            "By Dana Ruiz, July 16, 2018",
            "Dana Ruiz | July 16, 2018",
            "July 16, 2018 / The Harbor Post",
            "2018年7月16日 来源：新华社",
            "July 16, 2018 • 5 min read",
        ],
    );
}

#[test]
fn other_lines() {
    let long = format!("Published on July 16, 2018{}", " ".repeat(100));
    check(
        published_line,
        "-",
        &[
            "On July 16, 2018, the two met in Helsinki.",
            "Posted by Dana Maria Ruiz Lopez on July 16, 2018",
            "Born July 16, 1950",
            "It rained July 16, 2018.",
            "Published in July 2018",
            "Published July 16",
            "16-18 July 2018",
            "16 – 18 July 2018",
            "July 16-18, 2018",
            "16 July 2018, 10:30 – 11:30",
            "16 July 2018 to 18 July 2018",
            "Call 2018 4711 0815",
            "https://news.example/2018/07/16/talks",
            "Published 31.02.2025",
            &long,
        ],
    );
}

#[test]
fn leading_dates() {
    let table = [
        ("Sept 19, 2025 (AP) - Rain", "2025-09-19", "Sept 19, 2025"),
        ("Sept. 19 (UPI) -- Rain", "--09-19", "Sept. 19"),
        ("19 Sep (Reuters) - Rain", "--09-19", "19 Sep"),
        ("19 Sept. - Rain", "--09-19", "19 Sept."),
        ("19 settembre - Piove", "--09-19", "19 settembre"),
        ("mar 19 sett. - Piove", "--09-19", "mar 19 sett."),
        ("19. September (dpa) - Regen", "--09-19", "19. September"),
        ("9月19日电", "--09-19", "9月19日"),
        ("2025年9月19日、東京", "2025-09-19", "2025年9月19日"),
        ("৯ সেপ্টেম্বর, ২০২৫ (বাসস)", "2025-09-09", "৯ সেপ্টেম্বর, ২০২৫"),
        ("19 de septiembre (EFE).- Llueve", "--09-19", "19 de septiembre"),
        ("July 16, the day", "--07-16", "July 16"),
        ("Monday, July 16: rain", "--07-16", "Monday, July 16"),
        ("29 Feb.", "--02-29", "29 Feb."),
        ("19.09.2025 (dpa)", "2025-09-19", "19.09.2025"),
        ("July 16, 3018 people", "--07-16", "July 16"),
    ];
    for (text, date, taken) in table {
        assert_eq!(leading_date(text), Some((date.to_owned(), taken.len())), "{text:?}");
    }
    let none =
        ["", "16 people", "9/11 again", "19.09. again", "May 5.6 million", "May 5-year plan", "The July 16", "30 Feb"];
    for text in none {
        assert_eq!(leading_date(text), None, "{text:?}");
    }
}

/// The forms that the round trip goes through, for jiff's `strftime`.
const FORMS: [&str; 12] = [
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S.5",
    "%Y%m%d%H%M%S",
    "%a, %d %b %Y %H:%M:%S GMT",
    "%d %b %Y, %H:%M:%S",
    "%B %-d, %Y %-I:%M:%S %p",
    "%-I:%M:%S %p UTC, %a %B %d, %Y",
    "%d.%m.%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
    "%a %b %d %H:%M:%S %Y",
    "%Y年%-m月%-d日 %H:%M:%S",
];

/// Pieces of dates, so that chance meets the grammar.
const PIECES: [&str; 24] = [
    "19",
    "2025",
    "09",
    "Sep",
    "mar",
    "de",
    ".",
    ",",
    ":",
    "-",
    "/",
    " ",
    "pm",
    "a.m.",
    "EST",
    "+",
    "0530",
    "年",
    "月",
    "日",
    "রাত",
    "৯",
    "h",
    "Published",
];

proptest! {
    #[test]
    fn formatting_and_reading_give_the_moment_back(seconds in -11_676_096_000i64..7_258_118_400) {
        let moment = jiff::Timestamp::from_second(seconds).unwrap();
        let local: DateTime = Offset::UTC.to_datetime(moment);
        for form in FORMS {
            let text = local.strftime(form).to_string();
            prop_assert_eq!(parse(&text).map(|read| read.unix_seconds), Some(seconds), "{}", text);
        }
        // Epoch seconds of ten digits, and their milliseconds.
        if seconds >= 1_000_000_000 {
            for text in [seconds.to_string(), format!("{seconds}123")] {
                prop_assert_eq!(parse(&text).map(|read| read.unix_seconds), Some(seconds), "{}", text);
            }
        }
    }

    #[test]
    fn nothing_panics(text in any::<String>(), pieces in prop::collection::vec(0..PIECES.len(), 0..24)) {
        let pieces: String = pieces.into_iter().map(|i| PIECES[i]).collect();
        for text in [text.as_str(), pieces.as_str()] {
            let _ = (parse(text), published_line(text));
            if let Some((_, taken)) = leading_date(text) {
                prop_assert!(taken > 0 && text.is_char_boundary(taken), "{:?} {}", text, taken);
            }
        }
    }
}

#[test]
fn digits_of_any_script_make_a_year() {
    for c in (0..=0x1_ffff).filter_map(char::from_u32) {
        assert_eq!(has_year(&c.to_string().repeat(4)), digit(c).is_some(), "{c:?}");
    }
}

proptest! {
    #[test]
    fn a_date_starts_a_text_only_with_a_number_a_month_or_a_weekday(
        text in "(mar|Sept|tue|Mi|Tuesday|19|2025|年|月|[.,/ -]|sett|de|th|\\PC){0,8}",
    ) {
        let all: Vec<Token> = tokens(&text).collect();
        let mut cursor = Cursor { text: &text, tokens: &all, at: 0 };
        let starts = matches!(cursor.peek(), Some(Kind::Number { .. } | Kind::Word(Word::Month(_))));
        prop_assert!(starts || cursor.day().is_none());
    }
}
