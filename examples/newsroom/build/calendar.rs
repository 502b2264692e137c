//! Moments, and how seven languages write them.

const DAY: i64 = 86_400;

/// A moment in UTC, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(pub(crate) i64);

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day {
    pub(crate) year: i64,
    pub(crate) month: usize,
    pub(crate) day: usize,
}

impl Moment {
    /// Reads `2026-03-02T14:05:00Z`, and no other form.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
        let date: Vec<i64> = date.split('-').map(|n| n.parse().ok()).collect::<Option<_>>()?;
        let time: Vec<i64> = time.split(':').map(|n| n.parse().ok()).collect::<Option<_>>()?;
        let ([year, month, day], [hour, minute, second]) = (date[..].try_into().ok()?, time[..].try_into().ok()?);
        let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 60;
        fits.then(|| Moment(days_from_civil(year, month, day) * DAY + hour * 3600 + minute * 60 + second))
    }

    pub(crate) fn after_minutes(self, minutes: usize) -> Self {
        Moment(self.0 + minutes as i64 * 60)
    }

    pub(crate) fn day_number(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    pub(crate) fn day(self) -> Day {
        civil_from_days(self.day_number())
    }

    /// Hour and minute.
    pub(crate) fn clock(self) -> (i64, i64) {
        let seconds = self.0.rem_euclid(DAY);
        (seconds / 3600, seconds / 60 % 60)
    }

    /// Monday is 0.
    pub(crate) fn weekday(self) -> usize {
        (self.day_number() + 3).rem_euclid(7) as usize
    }

    /// `2026-03-02`.
    pub(crate) fn iso_day(self) -> String {
        let Day { year, month, day } = self.day();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// The date as a field of a record holds it, as JSON.
    pub(crate) fn field(self, form: &str) -> Option<String> {
        let Day { year, month, day } = self.day();
        let (hour, minute) = self.clock();
        let (iso, seconds) = (self.iso_day(), self.0.rem_euclid(60));
        let (weekday, short) = (&weekday("en", self.weekday())[..3], &month_name("en", month)[..3]);
        Some(match form {
            "rfc3339" => format!("\"{iso}T{hour:02}:{minute:02}:{seconds:02}Z\""),
            "rfc3339-offset" => {
                let there = Moment(self.0 + 2 * 3600);
                let (hour, minute) = there.clock();
                format!("\"{}T{hour:02}:{minute:02}:{seconds:02}+02:00\"", there.iso_day())
            }
            "rfc2822" => {
                format!("\"{weekday}, {day:02} {short} {year} {hour:02}:{minute:02}:{seconds:02} +0000\"")
            }
            "day-month" => format!("\"{day:02} {short} {year}, {hour:02}:{minute:02}\""),
            "sql" => format!("\"{iso} {hour:02}:{minute:02}:{seconds:02}\""),
            "epoch" => self.0.to_string(),
            "epoch-ms" => (self.0 * 1000).to_string(),
            _ => return None,
        })
    }
}

// Both from Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil_from_days(days: i64) -> Day {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    Day { year: year + era * 400 + i64::from(month <= 2), month: month as usize, day: day as usize }
}

/// A month's name as it stands in a date, 1 to 12.
pub(crate) fn month_name(lang: &str, month: usize) -> &'static str {
    let names = match lang {
        "de" => "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "fr" => "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "es" => "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "it" => "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "ru" => "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "bn" => "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
        _ => "January February March April May June July August September October November December",
    };
    names.split(' ').nth(month - 1).unwrap_or_default()
}

/// A weekday's name, Monday is 0.
pub(crate) fn weekday(lang: &str, day: usize) -> &'static str {
    let names = match lang {
        "de" => "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "fr" => "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "es" => "lunes martes miércoles jueves viernes sábado domingo",
        "it" => "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "ru" => "понедельник вторник среду четверг пятницу субботу воскресенье",
        "bn" => "সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রোববার",
        _ => "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    };
    names.split(' ').nth(day).unwrap_or_default()
}

/// A day and its month, no year: `March 2`, `2. März`, `2 de marzo`.
pub(crate) fn day_month(lang: &str, at: Moment) -> String {
    let Day { month, day, .. } = at.day();
    let name = month_name(lang, month);
    match lang {
        "de" => format!("{day}. {name}"),
        "es" => format!("{day} de {name}"),
        "fr" | "it" | "ru" => format!("{day} {name}"),
        "bn" => digits("bn", &format!("{day} {name}")),
        _ => format!("{name} {day}"),
    }
}

/// The first letters of a month's name.
pub(crate) fn short_month(lang: &str, month: usize) -> String {
    month_name(lang, month).chars().take(if lang == "bn" { 20 } else { 3 }).collect()
}

/// Digits as the language's press writes them.
pub(crate) fn digits(lang: &str, text: &str) -> String {
    if lang != "bn" {
        return text.to_owned();
    }
    text.chars().map(|c| c.to_digit(10).and_then(|n| char::from_u32('০' as u32 + n)).unwrap_or(c)).collect()
}
