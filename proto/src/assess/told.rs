//! A count as a message has it.

use super::calendar::civil;
use crate::period::{Calendar, End, Outcome, Trigger, offset_minutes};
use crate::v1::{CountedDay, Period, PeriodEnd};

/// A count as a message has it.
pub(super) fn told(outcome: &Outcome, start: Trigger, calendar: &Calendar) -> Period {
    let mut period = Period {
        trigger_day: Some(civil(start.day)),
        days: outcome
            .days
            .iter()
            .map(|counted| {
                let special = calendar.special(counted.day).filter(|special| !special.working);
                CountedDay {
                    day: Some(civil(counted.day)),
                    part: counted.part.into(),
                    number: counted.number,
                    kind: counted.kind.map(crate::v1::DayKind::from).unwrap_or_default().into(),
                    name: special.and_then(|special| special.name.clone()),
                    calendar_leaf: special.map(|special| special.leaf),
                    announced_late: counted.announced_late,
                }
            })
            .collect(),
        ..Period::default()
    };
    let end = match &outcome.end {
        End::Fixed { last_day, deadline_ms } => {
            period.last_day = Some(civil(*last_day));
            period.deadline_unix_ms = *deadline_ms;
            period.utc_offset_minutes = offset_minutes(*deadline_ms, calendar.zone());
            PeriodEnd::Fixed
        }
        End::Suspended { remaining } => {
            period.remaining = *remaining;
            PeriodEnd::Suspended
        }
        End::UnknownDay { day, remaining } => {
            period.doubtful_day = Some(civil(*day));
            period.remaining = *remaining;
            PeriodEnd::UnknownDay
        }
        End::Ambiguous { earlier, .. } => {
            period.doubtful_day = Some(civil(*earlier));
            PeriodEnd::Ambiguous
        }
    };
    period.end = end.into();
    period
}
