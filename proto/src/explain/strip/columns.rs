//! Which days are drawn, side by side.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::dates::day;
use crate::v1::RuleReading;

/// Most columns: three months. Of more days the first and last are drawn.
const COLUMNS_MAX: usize = 92;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// A day.
    Day(Date),
    /// Days that are not drawn.
    Gap,
}

/// The days of all readings and that of the measured act, in order; gaps where days are left out.
pub(super) fn columns(readings: &[&RuleReading], measured: Option<Date>) -> Vec<Column> {
    let periods = readings.iter().filter_map(|reading| reading.period.as_ref());
    let written = periods.flat_map(|period| {
        let counted = period.days.iter().filter_map(|counted| counted.day);
        counted.chain(period.doubtful_day).chain(period.last_day)
    });
    let mut days: BTreeSet<Date> = written.filter_map(day).collect();
    days.extend(measured);
    let days: Vec<Date> = days.into_iter().collect();
    let (first, last) = match days.len().checked_sub(COLUMNS_MAX) {
        None | Some(0) => (days.as_slice(), &[][..]),
        Some(_) => {
            let half = COLUMNS_MAX / 2;
            let (first, rest) = days.split_at(half);
            (first, rest.split_at(rest.len() - half).1)
        }
    };
    let mut columns = Vec::new();
    let mut before: Option<Date> = None;
    for day in first.iter().chain(last) {
        if before.is_some_and(|before| before.tomorrow().ok() != Some(*day)) {
            columns.push(Column::Gap);
        }
        columns.push(Column::Day(*day));
        before = Some(*day);
    }
    columns
}

/// The column of a day. `None`: it is not drawn.
pub(super) fn place(columns: &[Column], day: Date) -> Option<usize> {
    columns.iter().position(|column| *column == Column::Day(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::v1::{CivilDate, CountedDay, Period};

    fn reading(days: &[(i32, i32, i32)]) -> RuleReading {
        let counted = |(year, month, day): &(i32, i32, i32)| CountedDay {
            day: Some(CivilDate { year: *year, month: *month, day: *day }),
            ..CountedDay::default()
        };
        let period = Period { days: days.iter().map(counted).collect(), ..Period::default() };
        RuleReading { period: Some(period), ..RuleReading::default() }
    }

    #[test]
    fn days_stand_in_order_and_gaps_between_those_that_are_not_neighbours() {
        let one = reading(&[(2025, 11, 30), (2025, 12, 1), (2025, 2, 31)]);
        let other = reading(&[(2025, 12, 1), (2025, 12, 5)]);
        let found = columns(&[&one, &other], None);
        let day = |month, day| Column::Day(jiff::civil::date(2025, month, day));
        assert_eq!(found, [day(11, 30), day(12, 1), Column::Gap, day(12, 5)]);
        assert_eq!(place(&found, jiff::civil::date(2025, 12, 5)), Some(3));
        assert_eq!(place(&found, jiff::civil::date(2025, 12, 4)), None);
    }

    #[test]
    fn of_many_days_the_first_and_last_are_drawn() {
        let days: Vec<_> = (0..400).map(|n| (2001 + n, 1, 1)).collect();
        let found = columns(&[&reading(&days)], None);
        let drawn = found.iter().filter(|column| **column != Column::Gap).count();
        assert_eq!(drawn, COLUMNS_MAX);
        assert_eq!(found.first(), Some(&Column::Day(jiff::civil::date(2001, 1, 1))));
        assert_eq!(found.last(), Some(&Column::Day(jiff::civil::date(2400, 1, 1))));
    }
}
