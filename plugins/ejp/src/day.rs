//! Days as the register writes them: `27/ 12/ 2021`, but also `2/21 /2023`.
//!
//! In some years the register put the month first. Where both readings are days of the calendar,
//! both are kept: only a person with the ruling in hand can say.

use barid_json_reading::day::exists;
use barid_plugin::v1::CivilDate;
use barid_proto::text::fold;

/// In which order a date's day and month stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// The days that a written date can mean, earliest first, and the order when only one is possible.
pub(crate) fn candidates(literal: &str) -> (Vec<CivilDate>, Option<Order>) {
    let folded = fold(literal);
    let mut parts = folded.split('/').map(number);
    let (Some(Some(first)), Some(Some(second)), Some(Some(year)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return (Vec::new(), None);
    };
    let day_first = CivilDate { year, month: second, day: first };
    let month_first = CivilDate { year, month: first, day: second };
    match (exists(&day_first), exists(&month_first)) {
        (true, true) if day_first == month_first => (vec![day_first], None),
        (true, true) => {
            let mut both = vec![day_first, month_first];
            both.sort_by_key(|date| (date.month, date.day));
            (both, None)
        }
        (true, false) => (vec![day_first], Some(Order::DayFirst)),
        (false, true) => (vec![month_first], Some(Order::MonthFirst)),
        (false, false) => (Vec::new(), None),
    }
}

fn number(part: &str) -> Option<i32> {
    let digits = part.trim();
    let plain = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}
