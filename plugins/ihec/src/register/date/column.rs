//! What the other dates of a column tell about one that can mean two days. They give a reason to a
//! person who chooses; they never choose.

use barid_proto::v1::CivilDate;

use super::{Understood, tokens, understand};

/// Which of its two numbers a clear date has first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

/// What a column's clear dates show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::register) struct Evidence {
    /// How many can only be read day first: `16/11/2025`.
    pub(in crate::register) day_first: usize,
    /// How many can only be read month first: `11/16/2025`.
    pub(in crate::register) month_first: usize,
    /// How many days a spreadsheet knows as such whose number could be a month's.
    pub(in crate::register) could_be_swapped: usize,
    /// How many it knows whose number could not.
    pub(in crate::register) not_swapped: usize,
}

/// What evidence tells about a date that can mean two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::register) enum Tells {
    /// So many others are day first and none is month first.
    DayFirst(usize),
    /// So many others are month first and none is day first.
    MonthFirst(usize),
    /// Both occur.
    Both(usize, usize),
    /// There is no other that could tell.
    Nothing,
}

impl Evidence {
    /// Takes a written date into account.
    pub(in crate::register) fn add_text(&mut self, literal: &str) {
        match order(literal) {
            Some(Order::DayFirst) => self.day_first += 1,
            Some(Order::MonthFirst) => self.month_first += 1,
            None => {}
        }
    }

    /// Takes a day that the spreadsheet knows into account.
    pub(in crate::register) fn add_day(&mut self, day: &CivilDate) {
        if day.day > 12 {
            self.not_swapped += 1;
        } else if day.day != day.month {
            self.could_be_swapped += 1;
        }
    }

    /// What it tells.
    pub(in crate::register) fn tells(self) -> Tells {
        match (self.day_first, self.month_first) {
            (0, 0) => Tells::Nothing,
            (days, 0) => Tells::DayFirst(days),
            (0, months) => Tells::MonthFirst(months),
            (days, months) => Tells::Both(days, months),
        }
    }

    /// Whether a spreadsheet of another region seems to have taken the month for the day: it knows
    /// only days that could be months, and left `16/11/2025` as text because 16 is no month.
    pub(in crate::register) fn is_half_converted(self) -> bool {
        self.day_first > 0 && self.could_be_swapped > 0 && self.not_swapped == 0
    }
}

/// The order of a date that has one: three numbers, the year behind, one reading.
fn order(literal: &str) -> Option<Order> {
    // With the year in front there is one order only.
    if literal.bytes().take(4).filter(u8::is_ascii_digit).count() == 4 {
        return None;
    }
    let Understood { candidates, remark: None } = understand(literal, None) else { return None };
    let [day] = candidates.as_slice() else { return None };
    let plain = tokens::plain(literal);
    let plain = tokens::without_time(&plain);
    let numbers: Vec<i32> = plain
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|number| !number.is_empty())
        .filter_map(|number| number.parse().ok())
        .collect();
    match numbers.as_slice() {
        [first, second, _] if (*first, *second) == (day.day, day.month) && first != second => {
            Some(Order::DayFirst)
        }
        [first, second, _] if (*first, *second) == (day.month, day.day) && first != second => {
            Some(Order::MonthFirst)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(literals: &[&str]) -> Evidence {
        let mut evidence = Evidence::default();
        literals.iter().for_each(|literal| evidence.add_text(literal));
        evidence
    }

    #[test]
    fn only_clear_dates_tell() {
        assert_eq!(
            evidence(&["7/11/2025", "2025-11-16", "16 نوفمبر 2025", "5/5/2025", "x", "45977"])
                .tells(),
            Tells::Nothing
        );
        assert_eq!(
            evidence(&["16/11/2025", "٢٣/١١/٢٠٢٥", "7/11/2025"]).tells(),
            Tells::DayFirst(2)
        );
        assert_eq!(evidence(&["11/16/2025"]).tells(), Tells::MonthFirst(1));
        assert_eq!(evidence(&["11/16/2025", "16/11/2025"]).tells(), Tells::Both(1, 1));
    }

    #[test]
    fn half_converted_columns_are_recognised() {
        let mut evidence = evidence(&["16/11/2025"]);
        assert!(!evidence.is_half_converted());
        evidence.add_day(&CivilDate { year: 2025, month: 7, day: 11 });
        assert!(evidence.is_half_converted());
        evidence.add_day(&CivilDate { year: 2025, month: 11, day: 16 });
        assert!(!evidence.is_half_converted());
    }
}
