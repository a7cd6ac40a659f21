//! Calendars in texts: the days on which offices are closed, or work against the weekly rule.
//!
//! ```toml
//! covers-from = 2025-11-01
//! covers-until = 2025-11-30
//!
//! [[day]]
//! day = 2025-11-23
//! name = { ar = "عطلة", en = "Holiday" }
//! announced = 2025-11-21T10:00:00+03:00
//! citation = "no. 1"
//! offices = ["geo-bas"]
//! ```
//!
//! A day with `working = true` is worked, whatever the week says; `closes = "12:00"` says until
//! when. Days without `offices` are for all offices.

use std::collections::BTreeMap;
use std::path::Path;

use barid_proto::v1::{Address, CivilDate, Holiday, HolidayCalendar, Rendering, Text};
use jiff::civil::Time;
use serde::Deserialize;
use toml::value::Datetime;

use crate::exit::Failure;
use crate::profile;

/// A text as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    covers_from: Option<Datetime>,
    covers_until: Option<Datetime>,
    #[serde(default)]
    day: Vec<WrittenDay>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenDay {
    day: Datetime,
    #[serde(default)]
    name: BTreeMap<String, String>,
    announced: Option<Datetime>,
    #[serde(default)]
    citation: String,
    #[serde(default)]
    working: bool,
    closes: Option<String>,
    #[serde(default)]
    offices: Vec<String>,
}

/// Reads a calendar as filings of an institution: one for all offices, and one for each group of
/// offices that has days of its own.
pub(super) fn read(path: &Path, institution: &str) -> Result<Vec<HolidayCalendar>, Failure> {
    let bytes = profile::read(path)?;
    let named = |what: &str| Failure::usage(format!("{}: {what}", path.display()));
    let text = String::from_utf8(bytes).map_err(|_| named("is not UTF-8"))?;
    parse(&text, institution).map_err(|problems| named(&problems.join("; ")))
}

/// All that is wrong, or the calendars.
pub(super) fn parse(text: &str, institution: &str) -> Result<Vec<HolidayCalendar>, Vec<String>> {
    let written: Written = toml::from_str(text).map_err(|error| vec![error.to_string()])?;
    let mut problems = Vec::new();
    let covers = covers(&written, &mut problems);
    let mut calendars: BTreeMap<Vec<String>, HolidayCalendar> = BTreeMap::new();
    let general = HolidayCalendar {
        covers_from: covers.map(|(from, _)| from),
        covers_until: covers.map(|(_, until)| until),
        ..HolidayCalendar::default()
    };
    calendars.insert(Vec::new(), general);
    for (number, day) in (1..).zip(written.day) {
        let offices = day.offices.clone();
        let place = format!("day {number}");
        let Some(holiday) = holiday(day, &place, &mut problems) else { continue };
        calendars.entry(offices).or_default().holidays.push(holiday);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let office = |office: String| Address { institution: institution.to_owned(), office };
    let with = |(offices, calendar): (Vec<String>, HolidayCalendar)| HolidayCalendar {
        offices: offices.into_iter().map(office).collect(),
        ..calendar
    };
    Ok(calendars.into_iter().map(with).collect())
}

fn covers(written: &Written, problems: &mut Vec<String>) -> Option<(CivilDate, CivilDate)> {
    match (&written.covers_from, &written.covers_until) {
        (None, None) => None,
        (Some(from), Some(until)) => {
            let from = date(from, "covers-from", problems);
            let until = date(until, "covers-until", problems);
            let ((first, from), (last, until)) = (from?, until?);
            if last < first {
                problems.push("covers-until lies before covers-from".to_owned());
            }
            Some((from, until))
        }
        _ => {
            problems.push("covers-from and covers-until go together".to_owned());
            None
        }
    }
}

fn holiday(day: WrittenDay, place: &str, problems: &mut Vec<String>) -> Option<Holiday> {
    let (_, on) = date(&day.day, &format!("{place}: day"), problems)?;
    let announced = day.announced.map(|at| instant(&at, place, problems));
    let closes = day.closes.map(|at| minutes(&at, place, problems));
    let rendering = |(language, text)| Rendering { language, text };
    let renderings: Vec<Rendering> = day.name.into_iter().map(rendering).collect();
    let authoritative = renderings.first().map(|one| one.language.clone()).unwrap_or_default();
    Some(Holiday {
        day: Some(on),
        name: Some(Text { renderings, authoritative }),
        // One that does not say when counts as announced long ago.
        announced_at_unix_ms: announced.unwrap_or(Some(1))?,
        citation: day.citation,
        working: day.working,
        closes_at_minute: closes.unwrap_or(Some(0))?,
    })
}

fn date(
    written: &Datetime,
    place: &str,
    problems: &mut Vec<String>,
) -> Option<(jiff::civil::Date, CivilDate)> {
    let text = written.to_string();
    match text.parse::<jiff::civil::Date>() {
        Ok(day) if written.time.is_none() => {
            let (year, month, number) = (day.year().into(), day.month().into(), day.day().into());
            Some((day, CivilDate { year, month, day: number }))
        }
        _ => {
            problems.push(format!("{place}: {text} is no day; one is 2025-11-23"));
            None
        }
    }
}

fn instant(written: &Datetime, place: &str, problems: &mut Vec<String>) -> Option<i64> {
    let text = written.to_string();
    match text.parse::<jiff::Timestamp>() {
        Ok(instant) if instant.as_millisecond() > 0 => Some(instant.as_millisecond()),
        _ => {
            problems.push(format!(
                "{place}: announced: {text} is no instant; one is 2025-11-21T10:00:00+03:00"
            ));
            None
        }
    }
}

fn minutes(written: &str, place: &str, problems: &mut Vec<String>) -> Option<u32> {
    let time = Time::strptime("%H:%M", written).ok();
    let minute = time.map(|at| i32::from(at.hour()) * 60 + i32::from(at.minute()));
    match minute.and_then(|minute| u32::try_from(minute).ok()).filter(|minute| *minute > 0) {
        Some(minute) => Some(minute),
        None => {
            problems.push(format!("{place}: closes: {written:?} is no time; one is \"12:00\""));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_some_offices_stand_in_a_calendar_of_their_own() {
        let text = "covers-from = 2025-11-01\ncovers-until = 2025-11-30\n\
                    [[day]]\nday = 2025-11-23\nname = { en = \"Feast\" }\noffices = [\"geo-bas\"]\n\
                    announced = 2025-11-21T10:00:00+03:00\n\
                    [[day]]\nday = 2025-11-28\nworking = true\ncloses = \"12:30\"\n";
        let found = parse(text, "ihec").unwrap();
        let [general, basra] = found.as_slice() else { panic!("{found:?}") };
        assert!(general.offices.is_empty() && general.covers_from.is_some());
        assert_eq!(
            (general.holidays[0].working, general.holidays[0].closes_at_minute),
            (true, 750)
        );
        assert_eq!(basra.offices[0].office, "geo-bas");
        assert_eq!(basra.holidays[0].announced_at_unix_ms, 1_763_708_400_000);
        assert!(basra.covers_from.is_none());
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_place() {
        let text = "covers-from = 2025-11-30\ncovers-until = 2025-11-01\n\
                    [[day]]\nday = 10:00:00\n[[day]]\nday = 2025-11-23\ncloses = \"noon\"\n\
                    [[day]]\nday = 2025-11-24\nannounced = 2025-11-21\n";
        let problems = parse(text, "ihec").unwrap_err();
        let all = problems.join("\n");
        for part in [
            "covers-until lies",
            "day 1: day: 10:00:00",
            "day 2: closes: \"noon\"",
            "day 3: announced",
        ] {
            assert!(all.contains(part), "{part}\n{all}");
        }
        assert!(parse("dya = 1", "ihec").unwrap_err()[0].contains("dya"));
        assert!(parse("covers-from = 2025-11-01", "ihec").is_err());
    }
}
