//! Days that a spreadsheet counts. Most count from 1900; workbooks that began on old Macintoshes
//! from 1904, which makes every day four years and a day later.

use barid_json_reading::day;
use barid_proto::v1::CivilDate;

/// Counts of days that are taken for a date: 1954 to 2119. Below and above, a number in a column
/// of dates is a slip.
const SERIALS: std::ops::RangeInclusive<u32> = 20_000..=80_000;

/// How many days later the other count begins.
const DAYS_TO_1904: u32 = 1_462;

/// The days that a bare number can mean: one if it is known from when the workbook counts, else one
/// for each count. None: it is no count of days.
pub(super) fn days(text: &str, from_1904: Option<bool>) -> Vec<CivilDate> {
    if text.len() != 5 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let Some(days) = text.parse().ok().filter(|days| SERIALS.contains(days)) else {
        return Vec::new();
    };
    let counts = match from_1904 {
        Some(false) => vec![days],
        Some(true) => vec![days + DAYS_TO_1904],
        None => vec![days, days + DAYS_TO_1904],
    };
    counts.into_iter().filter_map(day_of).collect()
}

/// The day of a count from 1900. For days after February 1900, which it believes to have had 29,
/// the first of January 1900 is its day 2.
fn day_of(days: u32) -> Option<CivilDate> {
    let mut year = 1900;
    let mut rest = i32::try_from(days).ok()?.checked_sub(2)?;
    while rest >= length_of_year(year) {
        rest -= length_of_year(year);
        year += 1;
    }
    (1..=12)
        .flat_map(|month| (1..=31).map(move |day| CivilDate { year, month, day }))
        .filter(day::exists)
        .nth(usize::try_from(rest).ok()?)
}

fn length_of_year(year: i32) -> i32 {
    if day::exists(&CivilDate { year, month: 2, day: 29 }) { 366 } else { 365 }
}

#[cfg(test)]
mod tests {
    use super::super::iso;
    use super::*;

    #[test]
    fn counts_of_days_agree_with_the_calendar() {
        for (serial, day) in [
            (20_000, "1954-10-03"),
            (36_526, "2000-01-01"),
            (45_351, "2024-02-29"),
            (80_000, "2119-01-11"),
        ] {
            assert_eq!(day_of(serial).as_ref().map(iso).as_deref(), Some(day));
        }
    }

    #[test]
    fn both_counts_are_given_unless_one_is_known() {
        let read = |from| days("45977", from).iter().map(iso).collect::<Vec<_>>();
        assert_eq!(read(Some(false)), ["2025-11-16"]);
        assert_eq!(read(Some(true)), ["2029-11-17"]);
        assert_eq!(read(None), ["2025-11-16", "2029-11-17"]);
        assert_eq!(days("19999", None), []);
    }
}
