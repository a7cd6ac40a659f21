//! Months of the calendar: not every month has every day.

use jiff::Span;
use jiff::civil::Date;

/// A day so many months on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthSum {
    /// That month has the day.
    Day(Date),
    /// It has not, and somebody has to say which is meant.
    Between {
        /// Its last day.
        earlier: Date,
        /// The first day of the month behind it.
        later: Date,
    },
    /// The calendar ends before.
    Beyond,
}

/// The day `months` months after `day`.
///
/// ```
/// use barid_proto::period::{MonthSum, add_months};
/// use jiff::civil::date;
///
/// assert_eq!(add_months(date(2025, 1, 15), 1), MonthSum::Day(date(2025, 2, 15)));
/// let gap = MonthSum::Between { earlier: date(2025, 2, 28), later: date(2025, 3, 1) };
/// assert_eq!(add_months(date(2025, 1, 31), 1), gap);
/// ```
#[must_use]
pub fn add_months(day: Date, months: u32) -> MonthSum {
    let Ok(sum) = Span::new().try_months(months).and_then(|span| day.checked_add(span)) else {
        return MonthSum::Beyond;
    };
    if sum.day() == day.day() {
        return MonthSum::Day(sum);
    }
    match sum.tomorrow() {
        Ok(later) => MonthSum::Between { earlier: sum, later },
        Err(_) => MonthSum::Beyond,
    }
}
