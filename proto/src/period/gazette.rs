//! Closures as a text: what was announced, by whom, when and where; and calendars made of it.
//!
//! Such a text is a source for whoever files calendars, and never a calendar itself: what counts is
//! what an institution filed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::instant::at_minute;
use crate::rules::{LANGUAGES, Names};
use crate::v1::{Address, CivilDate, Holiday, HolidayCalendar, Rendering, Text};

/// The texts that come with Barid, by country.
pub const GAZETTES: [(&str, &str); 1] = [("IQ", include_str!("../../calendars/IQ.toml"))];

/// Most days of one closure: what is longer is a slip of the pen.
const CLOSURE_DAYS_MAX: usize = 31;

/// Minutes of a day: its last instant.
const DAY_END: u32 = 1_440;

/// What was announced in a country.
#[derive(Debug, Clone)]
pub struct Gazette {
    /// IANA time zone.
    pub zone: String,
    /// Spans of days within which nothing else is known.
    pub complete: Vec<Complete>,
    /// The closures, in the order of the text.
    pub closures: Vec<Closure>,
}

/// A span of days within which nothing else is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complete {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Why that is believed, in English.
    pub basis: String,
}

/// Days on which offices are closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// The days, in order.
    pub days: Vec<Date>,
    /// What they are called.
    pub name: Names,
    /// When they were announced: the end of the day that is reported, milliseconds since 1970 UTC.
    pub announced_ms: i64,
    /// Where.
    pub citation: String,
    /// What is not certain about it, in English. `None`: nothing.
    pub doubt: Option<String>,
    /// The offices that are closed. None: all.
    pub offices: Vec<String>,
}

/// One thing that is wrong with such a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {what}")]
pub struct GazetteProblem {
    /// Line of the text, from 1. 0: no single line.
    pub line: usize,
    /// Column, in characters from 1. 0: no single place.
    pub column: usize,
    /// What is wrong, in English.
    pub what: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    zone: Spanned<String>,
    complete: Vec<WrittenComplete>,
    closure: Vec<WrittenClosure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenComplete {
    from: Spanned<Datetime>,
    until: Spanned<Datetime>,
    basis: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenClosure {
    day: Spanned<Datetime>,
    until: Option<Spanned<Datetime>>,
    name: Spanned<Names>,
    announced: Spanned<Datetime>,
    citation: Spanned<String>,
    doubt: Option<String>,
    #[serde(default)]
    offices: Vec<String>,
}

/// Reads such a text.
///
/// # Errors
/// Everything that is wrong, with its place in the text, in its order.
pub fn parse_gazette(text: &str) -> Result<Gazette, Vec<GazetteProblem>> {
    let mut reader = Reader { text, problems: Vec::new() };
    let written: Written = match toml::from_str(text) {
        Ok(written) => written,
        Err(error) => {
            reader.wrong(error.span().map_or(0, |span| span.start), error.message());
            return Err(reader.problems);
        }
    };
    let zone = TimeZone::get(written.zone.get_ref()).unwrap_or_else(|_| {
        let what = format!("{:?} is no time zone", written.zone.get_ref());
        reader.wrong(written.zone.span().start, what);
        TimeZone::UTC
    });
    let complete = reader.spans(&written.complete);
    let mut closures = Vec::new();
    let mut known = BTreeSet::new();
    for one in &written.closure {
        closures.extend(reader.closure(one, &zone, &mut known));
    }
    if !reader.problems.is_empty() {
        reader.problems.sort_by_key(|problem| (problem.line, problem.column));
        return Err(reader.problems);
    }
    Ok(Gazette { zone: written.zone.into_inner(), complete, closures })
}

struct Reader<'a> {
    text: &'a str,
    problems: Vec<GazetteProblem>,
}

impl Reader<'_> {
    fn wrong(&mut self, at: usize, what: impl Into<String>) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.problems.push(GazetteProblem { line, column, what: what.into() });
    }

    fn day(&mut self, written: &Spanned<Datetime>) -> Option<Date> {
        let value = written.get_ref();
        let date = value.date.filter(|_| value.time.is_none() && value.offset.is_none());
        let day = date.and_then(|date| {
            let year = i16::try_from(date.year).ok()?;
            Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
        });
        if day.is_none() {
            self.wrong(written.span().start, format!("{value} is no day: write 2025-11-17"));
        }
        day
    }

    fn spans(&mut self, written: &[WrittenComplete]) -> Vec<Complete> {
        let mut spans: Vec<Complete> = Vec::new();
        for one in written {
            let (Some(from), Some(until)) = (self.day(&one.from), self.day(&one.until)) else {
                continue;
            };
            if until < from {
                self.wrong(one.until.span().start, "lies before the first day");
            }
            if spans.last().is_some_and(|before| from <= before.until) {
                self.wrong(one.from.span().start, "overlaps the span before, or stands before it");
            }
            if one.basis.trim().is_empty() {
                self.wrong(one.from.span().start, "a span says why it is believed complete");
            }
            spans.push(Complete { from, until, basis: one.basis.clone() });
        }
        spans
    }

    fn closure(
        &mut self,
        one: &WrittenClosure,
        zone: &TimeZone,
        known: &mut BTreeSet<(Date, String)>,
    ) -> Option<Closure> {
        let first = self.day(&one.day)?;
        let last = match &one.until {
            Some(until) => self.day(until)?,
            None => first,
        };
        let days: Vec<Date> =
            first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).collect();
        if days.is_empty() || days.len() > CLOSURE_DAYS_MAX {
            let what = format!("a closure has 1 to {CLOSURE_DAYS_MAX} days");
            self.wrong(one.until.as_ref().map_or(0, |until| until.span().start), what);
            return None;
        }
        let lacks =
            |tag: &&str| one.name.get_ref().get(*tag).is_none_or(|name| name.trim().is_empty());
        let missing: Vec<&str> = LANGUAGES.into_iter().filter(lacks).collect();
        if !missing.is_empty() {
            let what = format!("the name is missing in {}", missing.join(", "));
            self.wrong(one.name.span().start, what);
        }
        if one.citation.get_ref().trim().is_empty() {
            self.wrong(one.citation.span().start, "a closure says where it was announced");
        }
        let all = [String::new()];
        let offices = if one.offices.is_empty() { &all[..] } else { &one.offices };
        for (day, office) in days.iter().flat_map(|day| offices.iter().map(move |one| (day, one))) {
            if !known.insert((*day, office.clone())) {
                self.wrong(one.day.span().start, format!("{day} is there twice {office}"));
            }
        }
        let announced = self.day(&one.announced)?;
        Some(Closure {
            days,
            name: one.name.get_ref().clone(),
            announced_ms: at_minute(announced, DAY_END, zone)?,
            citation: one.citation.get_ref().clone(),
            doubt: one.doubt.clone(),
            offices: one.offices.clone(),
        })
    }
}

impl Gazette {
    /// The calendars that an institution of the country may file: one for each span that is
    /// complete, one for what lies outside of them, and one for each group of offices.
    #[must_use]
    pub fn calendars(&self, institution: &str) -> Vec<HolidayCalendar> {
        let mut calendars = Vec::new();
        for span in &self.complete {
            calendars.push(HolidayCalendar {
                offices: Vec::new(),
                holidays: self.holidays(&[], |day| (span.from..=span.until).contains(&day)),
                covers_from: Some(civil(span.from)),
                covers_until: Some(civil(span.until)),
            });
        }
        let within = |day| self.complete.iter().any(|span| (span.from..=span.until).contains(&day));
        let mut groups: BTreeMap<&[String], Vec<Holiday>> = BTreeMap::new();
        groups.insert(&[], self.holidays(&[], |day| !within(day)));
        for closure in self.closures.iter().filter(|closure| !closure.offices.is_empty()) {
            groups
                .entry(&closure.offices)
                .or_insert_with(|| self.holidays(&closure.offices, |_| true));
        }
        for (offices, holidays) in groups {
            let address = |office: &String| Address {
                institution: institution.to_owned(),
                office: office.clone(),
            };
            if !holidays.is_empty() {
                let offices = offices.iter().map(address).collect();
                calendars.push(HolidayCalendar { offices, holidays, ..HolidayCalendar::default() });
            }
        }
        calendars
    }

    fn holidays(&self, offices: &[String], fits: impl Fn(Date) -> bool) -> Vec<Holiday> {
        let of_offices = self.closures.iter().filter(|closure| closure.offices == offices);
        let mut holidays: Vec<Holiday> = of_offices
            .flat_map(|closure| closure.days.iter().map(move |day| (closure, *day)))
            .filter(|(_, day)| fits(*day))
            .map(|(closure, day)| holiday(closure, day))
            .collect();
        holidays.sort_by_key(|holiday| holiday.day.map(|day| (day.year, day.month, day.day)));
        holidays
    }
}

fn holiday(closure: &Closure, day: Date) -> Holiday {
    let rendering = |(language, text): (&String, &String)| Rendering {
        language: language.clone(),
        text: text.clone(),
    };
    let name = Text {
        renderings: closure.name.iter().map(rendering).collect(),
        authoritative: String::new(),
    };
    let citation = match &closure.doubt {
        Some(doubt) => format!("{} (in doubt: {doubt})", closure.citation),
        None => closure.citation.clone(),
    };
    Holiday {
        day: Some(civil(day)),
        name: Some(name),
        announced_at_unix_ms: closure.announced_ms,
        citation,
        ..Holiday::default()
    }
}

fn civil(day: Date) -> CivilDate {
    CivilDate { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"zone = "Asia/Baghdad"
[[complete]]
from = 2025-11-01
until = 2025-11-30
basis = "made up"
[[closure]]
day = 2025-11-11
until = 2025-11-12
name = { ar = "أ", ckb = "ب", en = "Polling", es = "Votación" }
announced = 2025-11-04
citation = "made up"
[[closure]]
day = 2025-12-10
name = { ar = "أ", ckb = "ب", en = "Victory", es = "Victoria" }
announced = 2025-12-09
citation = "made up"
doubt = "not sure"
[[closure]]
day = 2025-11-05
name = { ar = "أ", ckb = "ب", en = "Local", es = "Local" }
announced = 2025-11-04
citation = "made up"
offices = ["geo-bas"]
"#;

    fn small() -> Gazette {
        parse_gazette(SMALL).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    #[test]
    fn the_texts_that_come_with_barid_are_without_problems() {
        for (country, text) in GAZETTES {
            let gazette = parse_gazette(text);
            let gazette = gazette.unwrap_or_else(|problems| panic!("{country}: {problems:?}"));
            assert!(!gazette.closures.is_empty() && !gazette.complete.is_empty(), "{country}");
        }
    }

    #[test]
    fn a_span_an_office_and_the_rest_are_calendars_of_their_own() {
        let calendars = small().calendars("ihec");
        let told: Vec<(usize, Vec<i32>, bool)> = calendars
            .iter()
            .map(|one| {
                let days = one.holidays.iter().filter_map(|one| one.day).map(|day| day.day);
                (one.offices.len(), days.collect(), one.covers_from.is_some())
            })
            .collect();
        let expected = [(0, vec![11, 12], true), (0, vec![10], false), (1, vec![5], false)];
        assert_eq!(told, expected);
        let office = calendars.last().and_then(|one| one.offices.first()).expect("an office");
        assert_eq!((office.institution.as_str(), office.office.as_str()), ("ihec", "geo-bas"));
    }

    #[test]
    fn a_closure_says_when_and_where_it_was_announced_and_what_is_in_doubt() {
        let calendars = small().calendars("ihec");
        let victory = calendars.get(1).and_then(|one| one.holidays.first()).expect("a holiday");
        assert_eq!(victory.citation, "made up (in doubt: not sure)");
        // The end of 9/12/2025 in Baghdad.
        assert_eq!(victory.announced_at_unix_ms, 1_765_313_999_999);
        assert_eq!(victory.name.as_ref().map_or(0, |name| name.renderings.len()), 4);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let cases = [
            ("Asia/Baghdad", "Asia/Nowhere", (1, 8)),
            ("until = 2025-11-30", "until = 2025-10-30", (4, 9)),
            ("basis = \"made up\"", "basis = \"\"", (3, 8)),
            ("until = 2025-11-12", "until = 2025-11-10", (8, 9)),
            ("until = 2025-11-12", "until = 2026-11-12", (8, 9)),
            ("en = \"Polling\", ", "", (9, 8)),
            ("day = 2025-12-10", "day = 2025-11-12", (13, 7)),
            ("day = 2025-12-10", "day = 2025-12-10T08:00:00", (13, 7)),
            ("day = 2025-12-10", "date = 2025-12-10", (13, 1)),
        ];
        for (from, to, place) in cases {
            assert_eq!(SMALL.matches(from).count(), 1, "{from}");
            let problems = parse_gazette(&SMALL.replace(from, to)).expect_err(to);
            let places: Vec<_> = problems.iter().map(|one| (one.line, one.column)).collect();
            assert_eq!(places, [place], "{to}: {problems:?}");
        }
    }
}
