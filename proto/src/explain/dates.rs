//! Days, instants and spans of time, as people of an office read them.
//!
//! Days are Gregorian, day/month/year, with Western digits in all languages.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{Offset, TimeZone};

use super::language::{Four, Language};
use crate::v1::{Assessment, CivilDate};

/// Names of the days of the week, Monday first.
const WEEKDAYS: [Four; 7] = [
    ["الاثنين", "دووشەممە", "Monday", "lunes"],
    ["الثلاثاء", "سێشەممە", "Tuesday", "martes"],
    ["الأربعاء", "چوارشەممە", "Wednesday", "miércoles"],
    ["الخميس", "پێنجشەممە", "Thursday", "jueves"],
    ["الجمعة", "هەینی", "Friday", "viernes"],
    ["السبت", "شەممە", "Saturday", "sábado"],
    ["الأحد", "یەکشەممە", "Sunday", "domingo"],
];

/// Names of the months, as they are called in Iraq and Mexico.
const MONTHS: [Four; 12] = [
    ["كانون الثاني", "کانوونی دووەم", "January", "enero"],
    ["شباط", "شوبات", "February", "febrero"],
    ["آذار", "ئازار", "March", "marzo"],
    ["نيسان", "نیسان", "April", "abril"],
    ["أيار", "ئایار", "May", "mayo"],
    ["حزيران", "حوزەیران", "June", "junio"],
    ["تموز", "تەممووز", "July", "julio"],
    ["آب", "ئاب", "August", "agosto"],
    ["أيلول", "ئەیلوول", "September", "septiembre"],
    ["تشرين الأول", "تشرینی یەکەم", "October", "octubre"],
    ["تشرين الثاني", "تشرینی دووەم", "November", "noviembre"],
    ["كانون الأول", "کانوونی یەکەم", "December", "diciembre"],
];

/// A day and a time of it.
const MOMENT: Four = ["{0} الساعة {1}", "{0} کاتژمێر {1}", "{0}, {1}", "{0}, {1} h"];

const DAYS: Four = ["{0} يوماً", "{0} ڕۆژ", "{0} days", "{0} días"];
const HOURS: Four = ["{0} ساعة", "{0} کاتژمێر", "{0} hours", "{0} horas"];
const MINUTES: Four = ["{0} دقيقة", "{0} خولەک", "{0} minutes", "{0} minutos"];
const AND: Four = [" و", " و ", " ", " "];
const NO_MINUTE: Four =
    ["أقل من دقيقة", "کەمتر لە خولەکێک", "less than a minute", "menos de un minuto"];

/// Milliseconds of a minute.
const MINUTE_MS: u64 = 60_000;

/// A day of a message. `None`: there is no such day.
pub(super) fn day(written: CivilDate) -> Option<Date> {
    let (year, month) = (i16::try_from(written.year).ok()?, i8::try_from(written.month).ok()?);
    Date::new(year, month, i8::try_from(written.day).ok()?).ok()
}

/// The name of a day of the week.
pub(super) fn weekday(language: Language, day: Date) -> &'static str {
    let from_monday = match day.weekday() {
        Weekday::Monday => 0,
        Weekday::Tuesday => 1,
        Weekday::Wednesday => 2,
        Weekday::Thursday => 3,
        Weekday::Friday => 4,
        Weekday::Saturday => 5,
        Weekday::Sunday => 6,
    };
    WEEKDAYS.get(from_monday).map_or("", |names| language.pick(*names))
}

/// The month of a day with its year: `November 2025`.
pub(super) fn month(language: Language, day: Date) -> String {
    let name = usize::try_from(day.month() - 1).ok().and_then(|month| MONTHS.get(month));
    let name = name.map_or("", |names| language.pick(*names));
    format!("{name} {}", language.exact(&day.year().to_string()))
}

/// A day: `Sunday 23/11/2025`. One that does not exist is shown as it was written.
pub(super) fn date(language: Language, written: CivilDate) -> String {
    let CivilDate { year, month, day: number } = written;
    let figures = language.exact(&format!("{number:02}/{month:02}/{year:04}"));
    match day(written) {
        Some(day) => format!("{} {figures}", weekday(language, day)),
        None => figures,
    }
}

/// The clock by which an assessment's instants are shown.
pub(super) struct Clock {
    /// The zone by its name, where the assessment names one that is known.
    zone: Option<(String, TimeZone)>,
    /// Minutes from UTC otherwise.
    offset: i32,
}

impl Clock {
    /// The clock of the office, as the assessment has it.
    pub(super) fn of(assessment: &Assessment) -> Self {
        let named = assessment.inputs.iter().find(|input| input.name == "time-zone");
        let zone =
            named.and_then(|input| Some((input.value.clone(), TimeZone::get(&input.value).ok()?)));
        let mut offsets = assessment.readings.iter().filter_map(|reading| {
            let period = reading.period.as_ref()?;
            (period.deadline_unix_ms != 0).then_some(period.utc_offset_minutes)
        });
        Self { zone, offset: offsets.next().unwrap_or(0) }
    }

    /// The clock of a zone; UTC when the zone is unknown.
    pub(super) fn of_zone(name: &str) -> Self {
        let zone = TimeZone::get(name).ok().map(|zone| (name.to_owned(), zone));
        Self { zone, offset: 0 }
    }

    /// An instant by this clock. `None`: it is outside the calendar.
    pub(super) fn local(&self, unix_ms: i64) -> Option<DateTime> {
        let instant = Timestamp::from_millisecond(unix_ms).ok()?;
        let zone = match &self.zone {
            Some((_, zone)) => zone.clone(),
            None => TimeZone::fixed(self.fixed()),
        };
        Some(instant.to_zoned(zone).datetime())
    }

    fn fixed(&self) -> Offset {
        let seconds = self.offset.checked_mul(60);
        seconds.and_then(|seconds| Offset::from_seconds(seconds).ok()).unwrap_or(Offset::UTC)
    }

    /// An instant: `Sunday 23/11/2025, 15:00`.
    pub(super) fn moment(&self, language: Language, unix_ms: i64) -> String {
        let Some(local) = self.local(unix_ms) else {
            return language.exact(&format!("{unix_ms} ms"));
        };
        let date = date(language, civil(local.date()));
        language.fill(MOMENT, &[&date, &language.exact(&time(local))])
    }

    /// The clock's name: `Asia/Baghdad (UTC+03:00)`, the offset being that at an instant.
    pub(super) fn name(&self, language: Language, unix_ms: i64) -> String {
        let instant = Timestamp::from_millisecond(unix_ms).unwrap_or_default();
        let offset = match &self.zone {
            Some((_, zone)) => zone.to_offset(instant),
            None => self.fixed(),
        };
        let minutes = offset.seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
        let offset = format!("UTC{sign}{hours:02}:{minutes:02}");
        language.exact(&match &self.zone {
            Some((name, _)) => format!("{name} ({offset})"),
            None => offset,
        })
    }
}

/// A time of day: `15:00`. The last millisecond of a day is `24:00`, as courts write it; seconds
/// are shown when there are any.
pub(super) fn time(local: DateTime) -> String {
    let (hour, minute, second) = (local.hour(), local.minute(), local.second());
    match (hour, minute, second, local.millisecond()) {
        (23, 59, 59, 999) => "24:00".to_owned(),
        (_, _, 0, _) => format!("{hour:02}:{minute:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}"),
    }
}

/// A day as messages have it.
pub(super) fn civil(day: Date) -> CivilDate {
    CivilDate { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}

/// How far two instants are apart, in days, hours and minutes; what is less than a minute is cut.
pub(super) fn span(language: Language, from_ms: i64, until_ms: i64) -> String {
    let minutes = until_ms.abs_diff(from_ms) / MINUTE_MS;
    let parts = [
        counted(language, DAYS, minutes / 1_440),
        counted(language, HOURS, minutes / 60 % 24),
        counted(language, MINUTES, minutes % 60),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match parts.as_slice() {
        [] => language.pick(NO_MINUTE).to_owned(),
        parts => parts.join(language.pick(AND)),
    }
}

/// A number of days, hours or minutes. `None`: there are none.
fn counted(language: Language, unit: Four, number: u64) -> Option<String> {
    if number == 0 {
        return None;
    }
    let form = match (language, number, number % 100) {
        (Language::English | Language::Spanish, 1, _) => singular(unit),
        (Language::Arabic, 1 | 2, _) => return Some(few(unit, number).to_owned()),
        (Language::Arabic, _, 3..=10) => plural(unit),
        _ => unit,
    };
    Some(language.fill(form, &[&language.exact(&number.to_string())]))
}

fn singular(unit: Four) -> Four {
    match unit {
        DAYS => ["", "", "{0} day", "{0} día"],
        HOURS => ["", "", "{0} hour", "{0} hora"],
        _ => ["", "", "{0} minute", "{0} minuto"],
    }
}

/// Arabic has a word of its own for one and for two.
fn few(unit: Four, number: u64) -> &'static str {
    let (one, two) = match unit {
        DAYS => ("يوم واحد", "يومان"),
        HOURS => ("ساعة واحدة", "ساعتان"),
        _ => ("دقيقة واحدة", "دقيقتان"),
    };
    if number == 1 { one } else { two }
}

/// Arabic counts from three to ten in the plural.
fn plural(unit: Four) -> Four {
    match unit {
        DAYS => ["{0} أيام", "", "", ""],
        HOURS => ["{0} ساعات", "", "", ""],
        _ => ["{0} دقائق", "", "", ""],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::v1::AssessmentInput;

    fn clock(zone: &str) -> Clock {
        let inputs = vec![AssessmentInput { name: "time-zone".into(), value: zone.into() }];
        Clock::of(&Assessment { inputs, ..Assessment::default() })
    }

    #[test]
    fn an_instant_is_told_by_the_clock_of_the_office() {
        let at = 1_763_896_200_000;
        let shown = |zone: &str, language| clock(zone).moment(language, at);
        assert_eq!(shown("Asia/Baghdad", Language::English), "Sunday 23/11/2025, 14:10");
        assert_eq!(shown("America/Mexico_City", Language::Spanish), "domingo 23/11/2025, 05:10 h");
        assert_eq!(
            shown("Asia/Baghdad", Language::Arabic),
            "الأحد \u{2066}23/11/2025\u{2069} الساعة \u{2066}14:10\u{2069}"
        );
        let named = clock("Asia/Baghdad").name(Language::English, at);
        assert_eq!(named, "Asia/Baghdad (UTC+03:00)");
        assert_eq!(clock("Moon/Crater").name(Language::English, at), "UTC+00:00");
        assert_eq!(clock("Asia/Baghdad").moment(Language::English, i64::MAX).len(), 22);
    }

    #[test]
    fn the_end_of_a_day_is_not_a_millisecond_before_it() {
        let midnight = clock("Asia/Baghdad").moment(Language::English, 1_763_931_599_999);
        assert_eq!(midnight, "Sunday 23/11/2025, 24:00");
        let second = clock("Asia/Baghdad").moment(Language::English, 1_763_899_201_000);
        assert_eq!(second, "Sunday 23/11/2025, 15:00:01");
    }

    #[test]
    fn a_day_that_does_not_exist_is_shown_as_written() {
        let none = CivilDate { year: 2025, month: 2, day: 31 };
        assert_eq!(date(Language::English, none), "31/02/2025");
        assert_eq!(date(Language::Spanish, CivilDate::default()), "00/00/0000");
    }

    #[test]
    fn spans_are_said_as_each_language_counts() {
        let of = |language, minutes: i64| span(language, 0, minutes * 60_000);
        let long = (2 * 24 + 23) * 60 + 10;
        assert_eq!(of(Language::English, long), "2 days 23 hours 10 minutes");
        assert_eq!(of(Language::Spanish, 61), "1 hora 1 minuto");
        assert_eq!(of(Language::Arabic, 1_440 * 2 + 61), "يومان وساعة واحدة ودقيقة واحدة");
        assert_eq!(of(Language::Arabic, 5), "\u{2066}5\u{2069} دقائق");
        assert_eq!(of(Language::Arabic, 11), "\u{2066}11\u{2069} دقيقة");
        assert_eq!(
            of(Language::Sorani, 125),
            "\u{2066}2\u{2069} کاتژمێر و \u{2066}5\u{2069} خولەک"
        );
        assert_eq!(span(Language::English, 0, 999), "less than a minute");
        assert_eq!(span(Language::English, i64::MIN, i64::MAX).split(' ').count(), 6);
    }

    #[test]
    fn months_and_weekdays_have_names_of_their_own() {
        use std::collections::BTreeSet;
        for language in Language::ALL {
            let days: BTreeSet<_> = WEEKDAYS.iter().map(|names| language.pick(*names)).collect();
            let months: BTreeSet<_> = MONTHS.iter().map(|names| language.pick(*names)).collect();
            assert_eq!((days.len(), months.len()), (7, 12), "{language:?}");
        }
        let day = jiff::civil::date(2025, 11, 23);
        assert_eq!(month(Language::English, day), "November 2025");
        assert_eq!(weekday(Language::Sorani, day), "یەکشەممە");
    }
}
