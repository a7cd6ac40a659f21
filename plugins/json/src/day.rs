//! Days written as ISO 8601 calendar dates.

use barid_proto::v1::CivilDate;

/// Reads `2025-12-08`. `None`: not of that form, or no such day, or outside 1900 to 2200
/// (the bounds of `CivilDate`).
#[must_use]
pub fn parse(text: &str) -> Option<CivilDate> {
    let bytes = text.as_bytes();
    let [_, _, _, _, b'-', _, _, b'-', _, _] = bytes else { return None };
    let day = CivilDate {
        year: number(text.get(0..4)?)?,
        month: number(text.get(5..7)?)?,
        day: number(text.get(8..10)?)?,
    };
    exists(&day).then_some(day)
}

fn number(digits: &str) -> Option<i32> {
    // `parse` would also take a sign.
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// Whether the calendar has this day, within 1900 to 2200.
#[must_use]
pub fn exists(day: &CivilDate) -> bool {
    let leap = day.year % 4 == 0 && (day.year % 100 != 0 || day.year % 400 == 0);
    let last = match day.month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1900..=2200).contains(&day.year) && (1..=last).contains(&day.day)
}
