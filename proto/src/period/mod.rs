//! Counting periods: from what set a period going to the last instant in time.
//!
//! Everything is given: the rule ([`Counting`]), the trigger, the calendar of the office, pauses
//! and outages. There is no clock, and nothing is assumed: a day that no calendar knows, and a
//! month that has no such day, end the count and are named ([`End`]).
//!
//! The count itself follows the general rules of procedure: the day that sets a period going is
//! not counted, the day that ends it is; a period that ends while offices are closed ends when they
//! are open again, where the rule says so. Each day is listed with the part it had.

mod calendar;
mod count;
mod gazette;
mod instant;
mod months;
#[cfg(test)]
mod tests;

pub use calendar::{Calendar, CalendarError, Day, Special, Week};
pub use count::count;
pub use gazette::{Closure, Complete, GAZETTES, Gazette, GazetteProblem, parse_gazette};
pub use instant::{day_of, offset_minutes};
pub use months::{MonthSum, add_months};

use jiff::civil::Date;

use crate::v1;
use crate::word::words;

/// Longest period, in its own unit: ten years of days. What is longer is a slip of the pen.
pub const LENGTH_MAX: u32 = 3_660;

words! {
    /// In what a period is counted.
    pub enum Unit {
        /// Every day.
        CalendarDay = "calendar-day",
        /// Days on which the office works.
        WorkingDay = "working-day",
        /// Hours, from an instant.
        Hour = "hour",
        /// Months of the calendar.
        Month = "month",
        /// Years of the calendar.
        Year = "year",
    }
}

words! {
    /// Where a count begins.
    pub enum Start {
        /// With the day after the trigger.
        DayAfter = "day-after",
        /// With the day of the trigger.
        SameDay = "same-day",
    }
}

words! {
    /// When the last day ends.
    pub enum Close {
        /// With the office's working hours.
        OfficeHours = "office-hours",
        /// At midnight.
        Midnight = "midnight",
        /// To the instant, for hours.
        Exact = "exact",
    }
}

words! {
    /// What happens when offices are closed on the last day.
    pub enum Roll {
        /// The period ends on the next day on which they work.
        NextWorkingDay = "next-working-day",
        /// It ends all the same.
        Never = "never",
    }
}

words! {
    /// What a closure does that was announced only after the period had begun.
    pub enum LateClosures {
        /// The same as any other.
        Count = "count",
        /// Nothing.
        Ignored = "ignored",
    }
}

words! {
    /// What an outage on the last day does.
    pub enum OutageEffect {
        /// Nothing.
        None = "none",
        /// The period ends on the next day on which offices work and nothing is down.
        NextWorkingDay = "next-working-day",
    }
}

/// How a period is counted: a rule with all its questions answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// How many units, 1 to [`LENGTH_MAX`].
    pub length: u32,
    /// Of what.
    pub unit: Unit,
    /// Where the count begins.
    pub start: Start,
    /// When the last day ends.
    pub close: Close,
    /// What happens when offices are closed on it.
    pub roll: Roll,
    /// Whether closures count that were announced after the trigger.
    pub late_closures: LateClosures,
    /// What an outage on the last day does.
    pub outages: OutageEffect,
}

/// What sets a period going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trigger {
    /// The day.
    pub day: Date,
    /// The instant, milliseconds since 1970 UTC: hours are counted from it, and what is announced
    /// after it is announced late.
    pub instant_ms: i64,
}

/// A time during which a period stands still: from the day after `from` to `until`, both days of
/// acts. Hours stand still between the instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// When the act was done that stops the period.
    pub from: Trigger,
    /// When the act was done that lets it go on. `None`: it has not been yet.
    pub until: Option<Trigger>,
}

/// A time during which filing was not possible, milliseconds since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Down {
    /// Since when.
    pub from_ms: i64,
    /// Until when.
    pub until_ms: i64,
}

/// Where a count ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// At a deadline.
    Fixed {
        /// The last day.
        last_day: Date,
        /// The last instant in time, milliseconds since 1970 UTC.
        deadline_ms: i64,
    },
    /// Nowhere yet: the period stands still.
    Suspended {
        /// Units that are left.
        remaining: u32,
    },
    /// At a day that no calendar knows.
    UnknownDay {
        /// The day.
        day: Date,
        /// Units that are left.
        remaining: u32,
    },
    /// Between two days: the month has no such day.
    Ambiguous {
        /// The day before the gap.
        earlier: Date,
        /// The day behind it.
        later: Date,
    },
}

/// A day of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The day.
    pub day: Date,
    /// What part it has.
    pub part: v1::DayPart,
    /// Its number when it counts; 0 otherwise.
    pub number: u32,
    /// What kind of day it is. `None`: no calendar knows, and nothing depends on it.
    pub kind: Option<Day>,
    /// Whether it is closed by something that was announced after the period had begun.
    pub announced_late: bool,
}

/// A period as it was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Where the count ended.
    pub end: End,
    /// Every day from the trigger to the end, in order. Of months and years only those two.
    pub days: Vec<Counted>,
}
