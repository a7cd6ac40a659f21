//! The count.

use jiff::civil::Date;

use super::calendar::{Calendar, Day};
use super::instant::day_of;
use super::months::{MonthSum, add_months};
use super::{
    Close, Counted, Counting, Down, End, OutageEffect, Outcome, Pause, Roll, Start, Trigger, Unit,
};
use crate::v1::DayPart;

/// Days that are looked at before a count gives up: ten years of counted days and as many others.
const DAYS_MAX: usize = 7_320;

/// Milliseconds of an hour.
const HOUR_MS: i64 = 3_600_000;

/// Counts a period.
///
/// Pauses are in the order of time and do not overlap. Of outages those count that touch the
/// office's hours on the last day.
#[must_use]
pub fn count(
    counting: &Counting,
    trigger: Trigger,
    calendar: &Calendar,
    pauses: &[Pause],
    outages: &[Down],
) -> Outcome {
    let mut count = Count { counting, trigger, calendar, days: Vec::new() };
    count.list(trigger.day, DayPart::Trigger, 0);
    let reached = match counting.unit {
        Unit::CalendarDay | Unit::WorkingDay => count.days(pauses),
        Unit::Month => count.months(counting.length),
        Unit::Year => count.months(counting.length.saturating_mul(12)),
        Unit::Hour => {
            let end = count.hours(pauses);
            return Outcome { end, days: count.days };
        }
    };
    let end = match reached {
        Ok(last) => count.close(last, outages),
        Err(end) => end,
    };
    Outcome { end, days: count.days }
}

struct Count<'a> {
    counting: &'a Counting,
    trigger: Trigger,
    calendar: &'a Calendar,
    days: Vec<Counted>,
}

impl Count<'_> {
    fn kind(&self, day: Date) -> Option<Day> {
        self.calendar.day(day, self.trigger.instant_ms, self.counting.late_closures)
    }

    fn list(&mut self, day: Date, part: DayPart, number: u32) {
        let announced_late = self.calendar.special(day).is_some_and(|special| {
            !special.working && special.announced_ms > self.trigger.instant_ms
        });
        self.days.push(Counted { day, part, number, kind: self.kind(day), announced_late });
    }

    /// Counts days up to the last one.
    fn days(&mut self, pauses: &[Pause]) -> Result<Date, End> {
        let length = self.counting.length;
        let (mut day, mut number) = (self.trigger.day, 0);
        let mut same_day = self.counting.start == Start::SameDay;
        while self.days.len() < DAYS_MAX {
            if same_day {
                self.days.clear();
            } else {
                day = day.tomorrow().map_err(|_| self.unknown(day, length - number))?;
            }
            same_day = false;
            match standing(day, pauses) {
                Standing::Runs => {}
                Standing::Paused => {
                    self.list(day, DayPart::Suspended, 0);
                    continue;
                }
                Standing::Stopped => return Err(End::Suspended { remaining: length - number }),
            }
            let counts = match (self.counting.unit, self.kind(day)) {
                (Unit::WorkingDay, None) => return Err(self.unknown(day, length - number)),
                (Unit::WorkingDay, Some(kind)) => kind == Day::Working,
                _ => true,
            };
            if !counts {
                self.list(day, DayPart::PassedOver, 0);
                continue;
            }
            number += 1;
            self.list(day, DayPart::Counted, number);
            if number == length {
                return Ok(day);
            }
        }
        Err(self.unknown(day, length - number))
    }

    fn unknown(&self, day: Date, remaining: u32) -> End {
        End::UnknownDay { day, remaining }
    }

    fn months(&mut self, months: u32) -> Result<Date, End> {
        match add_months(self.trigger.day, months) {
            MonthSum::Day(last) => {
                self.list(last, DayPart::Counted, self.counting.length);
                Ok(last)
            }
            MonthSum::Between { earlier, later } => Err(End::Ambiguous { earlier, later }),
            MonthSum::Beyond => Err(self.unknown(self.trigger.day, self.counting.length)),
        }
    }

    /// The end on a last day: rolled, extended, closed.
    fn close(&mut self, last: Date, outages: &[Down]) -> End {
        match self.settle(last, outages) {
            Ok(last) => self.fixed(last),
            Err(day) => self.unknown(day, 0),
        }
    }

    fn settle(&mut self, last: Date, outages: &[Down]) -> Result<Date, Date> {
        let mut last = last;
        if self.counting.roll == Roll::NextWorkingDay {
            last = self.move_on(last, DayPart::Rolled, DayPart::RolledTo, |_| false)?;
        }
        if self.counting.outages == OutageEffect::NextWorkingDay {
            let calendar = self.calendar;
            let down = |day| {
                let hours: Option<(i64, i64)> = calendar.hours(day);
                let hit = |(opens, closes): (i64, i64)| {
                    outages.iter().any(|down| down.from_ms < closes && opens < down.until_ms)
                };
                hours.is_some_and(hit)
            };
            last = self.move_on(last, DayPart::Extended, DayPart::Extended, down)?;
        }
        Ok(last)
    }

    /// The first day from `last` on that is a working day and not `bad`; the days on the way are
    /// listed. A last day that is good stays. `Err`: a day that no calendar knows.
    fn move_on(
        &mut self,
        last: Date,
        passing: DayPart,
        arriving: DayPart,
        bad: impl Fn(Date) -> bool,
    ) -> Result<Date, Date> {
        let mut day = last;
        for _ in 0..DAYS_MAX {
            let kind = match self.kind(day) {
                Some(kind) => kind,
                // What is not asked for need not be known: an outage does not hit an unknown day.
                None if day == last && passing == DayPart::Extended && !bad(day) => return Ok(day),
                None => return Err(day),
            };
            let closed = kind != Day::Working;
            // Whether the last day may be a day off was the question before; here it is the outage.
            let good = !bad(day) && (!closed || (day == last && passing == DayPart::Extended));
            if good {
                if day != last {
                    self.list(day, arriving, 0);
                }
                return Ok(day);
            }
            if day != last {
                self.list(day, passing, 0);
            }
            day = day.tomorrow().map_err(|_| day)?;
        }
        Err(day)
    }

    fn fixed(&self, last_day: Date) -> End {
        let deadline = match self.counting.close {
            Close::OfficeHours => self.calendar.hours(last_day).map(|(_, closes)| closes),
            Close::Midnight | Close::Exact => self.calendar.midnight(last_day),
        };
        match deadline {
            Some(deadline_ms) => End::Fixed { last_day, deadline_ms },
            None => self.unknown(last_day, 0),
        }
    }

    /// Counts hours: time that is not in a pause.
    fn hours(&mut self, pauses: &[Pause]) -> End {
        let mut left = i64::from(self.counting.length) * HOUR_MS;
        let mut now = self.trigger.instant_ms;
        for pause in pauses {
            let begins = pause.from.instant_ms.max(now);
            if now + left <= begins {
                break;
            }
            let Some(until) = pause.until else {
                let hours = (left - (begins - now) + HOUR_MS - 1) / HOUR_MS;
                return End::Suspended { remaining: u32::try_from(hours).unwrap_or(u32::MAX) };
            };
            left -= begins - now;
            now = until.instant_ms.max(begins);
        }
        let deadline_ms = now + left;
        let zone = self.calendar.zone();
        let Some(last_day) = day_of(deadline_ms, zone) else {
            return self.unknown(self.trigger.day, self.counting.length);
        };
        let (mut day, mut number) = (self.trigger.day, 0);
        while day < last_day && self.days.len() < DAYS_MAX {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            number += 1;
            self.list(day, DayPart::Counted, number);
        }
        End::Fixed { last_day, deadline_ms }
    }
}

/// Whether a period runs on a day.
enum Standing {
    Runs,
    Paused,
    Stopped,
}

fn standing(day: Date, pauses: &[Pause]) -> Standing {
    for pause in pauses.iter().filter(|pause| pause.from.day < day) {
        match pause.until {
            None => return Standing::Stopped,
            Some(until) if day <= until.day => return Standing::Paused,
            Some(_) => {}
        }
    }
    Standing::Runs
}
