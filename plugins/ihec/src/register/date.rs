//! The days that a written date can mean. Registers mix `16/11/2025`, `11/16/2025`, `2025-11-16`
//! and `16 تشرين الثاني 2025` in one column; which is meant is for a person to say, so all that
//! exist are given.

use std::collections::HashMap;
use std::sync::LazyLock;

use barid_json_reading::day;
use barid_proto::text::digits;
use barid_proto::v1::{CivilDate, WrittenDate};

use super::words::key;

/// Counts of days that are taken for a date: 1954 to 2119. Below and above, a number in a column
/// of dates is a slip.
const SERIALS: std::ops::RangeInclusive<u32> = 20_000..=80_000;

/// Names of the months, as spoken in Iraq, as borrowed from Egypt, in Sorani, and in English.
const MONTHS: [&[&str]; 12] = [
    &["كانون الثاني", "يناير", "کانوونی دووەم", "january", "jan"],
    &["شباط", "فبراير", "شوبات", "february", "feb"],
    &["آذار", "مارس", "ئازار", "march", "mar"],
    &["نيسان", "أبريل", "april", "apr"],
    &["أيار", "مايو", "ئایار", "may"],
    &["حزيران", "يونيو", "حوزەیران", "june", "jun"],
    &["تموز", "يوليو", "تەمووز", "july", "jul"],
    &["آب", "أغسطس", "ئاب", "august", "aug"],
    &["أيلول", "سبتمبر", "ئەیلوول", "september", "sep"],
    &["تشرين الأول", "أكتوبر", "تشرینی یەکەم", "october", "oct"],
    &["تشرين الثاني", "نوفمبر", "تشرینی دووەم", "november", "nov"],
    &["كانون الأول", "ديسمبر", "کانوونی یەکەم", "december", "dec"],
];

static MONTH_NUMBERS: LazyLock<HashMap<String, i32>> = LazyLock::new(|| {
    let numbered = (1..).zip(MONTHS);
    numbered.flat_map(|(month, names)| names.iter().map(move |name| (key(name), month))).collect()
});

/// A date as written, with every day it can mean: the day-first reading before the month-first.
pub(super) fn written(literal: &str) -> WrittenDate {
    WrittenDate { literal: literal.to_owned(), candidates: candidates(literal) }
}

fn candidates(literal: &str) -> Vec<CivilDate> {
    let plain = digits(literal);
    let plain = without_time(plain.trim());
    if let Some(serial) = serial(plain) {
        return vec![serial];
    }
    numbers(plain).or_else(|| with_month_name(plain)).unwrap_or_default()
}

/// Whether a literal is a spreadsheet's bare count of days.
pub(super) fn is_serial(literal: &str) -> bool {
    serial(digits(literal).trim()).is_some()
}

/// `2025-11-16 14:10` and `2025-11-16T14:10` without the time of day.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let before = text.get(..colon).unwrap_or(text);
    let end = before.rfind([' ', 'T']).unwrap_or(before.len());
    before.get(..end).unwrap_or(before).trim_end()
}

/// Three numbers between slashes, dashes or dots, in whichever orders make a day.
fn numbers(text: &str) -> Option<Vec<CivilDate>> {
    let parts: Vec<&str> = text.split(['/', '\\', '-', '.']).map(str::trim).collect();
    let &[first, second, third] = parts.as_slice() else { return None };
    let whole = |part: &str| {
        let plain = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<i32>().ok()).flatten()
    };
    let (a, b, c) = (whole(first)?, whole(second)?, whole(third)?);
    let orders = match (first.len(), third.len()) {
        (4, _) => vec![(a, b, c)],
        (_, 4) if a == b => vec![(c, b, a)],
        (_, 4) => vec![(c, b, a), (c, a, b)],
        _ => vec![], // A year of two digits could be any of the three.
    };
    Some(orders.into_iter().filter_map(existing).collect())
}

/// `16 تشرين الثاني 2025` and `November 16, 2025`.
fn with_month_name(text: &str) -> Option<Vec<CivilDate>> {
    let phrase = key(text);
    let words: Vec<&str> = phrase.split(' ').collect();
    let (numbers, name): (Vec<&str>, Vec<&str>) =
        words.iter().partition(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let &[day, year] = numbers.as_slice() else { return None };
    let name = name.join(" ");
    let month = *MONTH_NUMBERS.get(&name)?;
    let (day, year) = if day.len() == 4 { (year, day) } else { (day, year) };
    existing((year.parse().ok()?, month, day.parse().ok()?)).map(|day| vec![day])
}

fn serial(text: &str) -> Option<CivilDate> {
    if text.len() != 5 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let days = text.parse().ok().filter(|days| SERIALS.contains(days))?;
    day_of_serial(days)
}

/// The day of a spreadsheet's count of days. For days after February 1900, which it believes to
/// have had 29, the first of January 1900 is its day 2.
fn day_of_serial(days: u32) -> Option<CivilDate> {
    let mut year = 1900;
    let mut rest = i32::try_from(days).ok()?.checked_sub(2)?;
    while rest >= length_of_year(year) {
        rest -= length_of_year(year);
        year += 1;
    }
    (1..=12)
        .flat_map(|month| (1..=31).filter_map(move |day| existing((year, month, day))))
        .nth(usize::try_from(rest).ok()?)
}

fn length_of_year(year: i32) -> i32 {
    if existing((year, 2, 29)).is_some() { 366 } else { 365 }
}

fn existing((year, month, day): (i32, i32, i32)) -> Option<CivilDate> {
    let date = CivilDate { year, month, day };
    day::exists(&date).then_some(date)
}

/// A day as ISO 8601 writes it.
pub(super) fn iso(day: &CivilDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

/// Days as ISO 8601 writes them, for people to choose from.
pub(super) fn list(days: &[CivilDate]) -> String {
    days.iter().map(iso).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(literal: &str) -> Vec<String> {
        let written = written(literal);
        assert_eq!(written.literal, literal);
        written.candidates.iter().map(iso).collect()
    }

    #[test]
    fn one_day_in_every_layout() {
        for literal in [
            "16/11/2025",
            "11/16/2025",
            "2025-11-16",
            "2025/11/16",
            "16.11.2025",
            "16- 11 -2025",
            "١٦/١١/٢٠٢٥",
            "۱۶/۱۱/۲۰۲۵",
            "2025-11-16 14:10",
            "2025-11-16T14:10:00",
            "16 تشرين الثاني 2025",
            "16 تشرینی دووەم 2025",
            "16 نوفمبر 2025",
            "Nov 16, 2025",
            "45977",
        ] {
            assert_eq!(days(literal), ["2025-11-16"], "{literal}");
        }
    }

    #[test]
    fn what_can_mean_two_days_gives_two() {
        assert_eq!(days("7/11/2021"), ["2021-11-07", "2021-07-11"]);
        assert_eq!(days("5/5/2021"), ["2021-05-05"]);
    }

    #[test]
    fn what_means_no_day_gives_none() {
        for literal in
            ["", "31/2/2025", "32/13/2025", "16/11/25", "1/2", "قريبا", "12", "99999", ":"]
        {
            assert_eq!(days(literal), [""; 0], "{literal}");
        }
    }

    #[test]
    fn counts_of_days_agree_with_the_calendar() {
        for (serial, day) in [
            (20_000, "1954-10-03"),
            (36_526, "2000-01-01"),
            (45_351, "2024-02-29"),
            (80_000, "2119-01-11"),
        ] {
            assert_eq!(day_of_serial(serial).as_ref().map(iso).as_deref(), Some(day));
        }
    }
}
