//! An office's calendar: its weekly hours, and the days that differ from them.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use super::LateClosures;
use super::instant::at_minute;
use crate::v1;

/// Weekly hours while they are in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// First day.
    pub from: Date,
    /// Last day. `None`: still in force.
    pub until: Option<Date>,
    /// The days on which offices work.
    pub works: Vec<Weekday>,
    /// When they open, in minutes after midnight.
    pub opens: u32,
    /// When they close, in minutes after midnight, at most 1,440.
    pub closes: u32,
}

/// A day that differs from the weekly rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Special {
    /// Whether offices work on it.
    pub working: bool,
    /// When they close then, in minutes after midnight. `None`: as every such day.
    pub closes: Option<u32>,
    /// What it is called.
    pub name: Option<v1::Text>,
    /// When it was announced, milliseconds since 1970 UTC.
    pub announced_ms: i64,
    /// Leaf of the calendar that says so.
    pub leaf: u64,
}

/// What kind of day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// The office works.
    Working,
    /// Weekly day of rest.
    Weekend,
    /// Closed by a calendar.
    Closed,
}

impl From<Day> for v1::DayKind {
    fn from(day: Day) -> Self {
        match day {
            Day::Working => Self::Working,
            Day::Weekend => Self::Weekend,
            Day::Closed => Self::Closed,
        }
    }
}

/// Why there is no calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The time zone is not in the database.
    #[error("{0:?} is no time zone of the IANA database")]
    Zone(String),
}

/// The calendar of an office.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    weeks: Vec<Week>,
    special: BTreeMap<Date, Special>,
    covers: Vec<(Date, Date)>,
}

impl Calendar {
    /// A calendar that knows weekly hours and no day yet.
    ///
    /// # Errors
    /// A time zone that is not in the IANA database.
    pub fn new(zone: &str, weeks: Vec<Week>) -> Result<Self, CalendarError> {
        let zone = TimeZone::get(zone).map_err(|_| CalendarError::Zone(zone.to_owned()))?;
        Ok(Self { zone, weeks, special: BTreeMap::new(), covers: Vec::new() })
    }

    /// From here to there, both included, days that are not special are ordinary ones.
    pub fn cover(&mut self, from: Date, until: Date) {
        self.covers.push((from, until));
    }

    /// A day that differs; what was said of it before is replaced.
    pub fn set(&mut self, day: Date, special: Special) {
        self.special.insert(day, special);
    }

    /// The office's time zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// What is said of a day, if it differs.
    #[must_use]
    pub fn special(&self, day: Date) -> Option<&Special> {
        self.special.get(&day)
    }

    /// What kind of day it is, for a period that began at `begun_ms`. `None`: no calendar knows.
    #[must_use]
    pub fn day(&self, day: Date, begun_ms: i64, late: LateClosures) -> Option<Day> {
        let week = self.week(day)?;
        let special = self.special(day).filter(|special| {
            special.working || late == LateClosures::Count || special.announced_ms <= begun_ms
        });
        match special {
            Some(special) if special.working => return Some(Day::Working),
            Some(_) => return Some(Day::Closed),
            None => {}
        }
        let known = self.special.contains_key(&day)
            || self.covers.iter().any(|(from, until)| (*from..=*until).contains(&day));
        let works = week.works.contains(&day.weekday());
        known.then_some(if works { Day::Working } else { Day::Weekend })
    }

    /// The instants between which the office works on a day, or would work if it were one of its
    /// days. `None`: no weekly hours are known for it.
    #[must_use]
    pub fn hours(&self, day: Date) -> Option<(i64, i64)> {
        let week = self.week(day)?;
        let closes = self.special(day).and_then(|special| special.closes).unwrap_or(week.closes);
        let opens = at_minute(day, week.opens, &self.zone)?;
        Some((opens, at_minute(day, closes, &self.zone)?))
    }

    /// The last millisecond of a day.
    #[must_use]
    pub fn midnight(&self, day: Date) -> Option<i64> {
        at_minute(day, 1_440, &self.zone)
    }

    fn week(&self, day: Date) -> Option<&Week> {
        let in_force = |week: &&Week| week.from <= day && week.until.is_none_or(|last| day <= last);
        self.weeks.iter().find(in_force)
    }
}
