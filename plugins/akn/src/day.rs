//! Days as courts' registers write them: `27/ 12/ 2021`, but also `2/21 /2023`, `2021-12-27`,
//! `٢٧-١٢-٢٠٢١`, `2002-12-20 00:00:00`.
//!
//! In some years a register put the month first. Where both readings are days of the calendar, both
//! are kept: only a person with the ruling in hand can say.

use barid_json_reading::day::exists;
use barid_proto::text::fold;
use barid_proto::v1::{CivilDate, WrittenDate};

/// In which order a date's day and month stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `27/12/2021`.
    DayFirst,
    /// `12/27/2021`.
    MonthFirst,
}

/// A date as written, with the days that it can mean.
#[must_use]
pub fn written(literal: &str) -> WrittenDate {
    WrittenDate { literal: literal.to_owned(), candidates: candidates(literal).0 }
}

/// The days that a written date can mean, earliest first, and the order when only one is possible.
/// A time of day behind it is left out of account.
#[must_use]
pub fn candidates(literal: &str) -> (Vec<CivilDate>, Option<Order>) {
    let folded = fold(literal);
    let Some([first, second, third]) = parts(without_time(&folded)) else {
        return (Vec::new(), None);
    };
    // A year in front is followed by the month everywhere.
    if first > 31 {
        let date = CivilDate { year: first, month: second, day: third };
        return (Some(date).filter(exists).into_iter().collect(), None);
    }
    let year = third;
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

/// The date before a time of day, `00:00:00`, that a spreadsheet or database put behind it.
fn without_time(folded: &str) -> &str {
    match folded.split_once([' ', 't']) {
        Some((date, time)) if is_time(time) => date,
        _ => folded,
    }
}

fn is_time(text: &str) -> bool {
    let clock = text.trim_end_matches('z');
    clock.contains(':') && clock.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'))
}

/// Three numbers with one sign between them, spaces anywhere.
fn parts(date: &str) -> Option<[i32; 3]> {
    let sign = date.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let mut parts = date.split(sign).map(number);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(first), Some(second), Some(third), None) => Some([first?, second?, third?]),
        _ => None,
    }
}

fn number(part: &str) -> Option<i32> {
    let digits = part.trim();
    let plain = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(literal: &str) -> Vec<String> {
        candidates(literal).0.iter().map(barid_json_reading::terms::write_day).collect()
    }

    #[test]
    fn one_day_has_many_spellings() {
        for literal in [
            "27/ 12/ 2021",
            "12/27 /2021",
            "27-12-2021",
            "27.12.2021",
            "٢٧/١٢/٢٠٢١",
            "2021-12-27",
            "2021/12/27",
            "2021-12-27 00:00:00",
            "2021-12-27T10:15:00Z",
        ] {
            assert_eq!(days(literal), ["2021-12-27"], "{literal}");
        }
    }

    #[test]
    fn what_can_be_two_days_stays_two_and_what_is_none_is_none() {
        assert_eq!(days("2/3/2023"), ["2023-02-03", "2023-03-02"]);
        assert_eq!(days("3/3/2023"), ["2023-03-03"]);
        for literal in ["", "31/2/2023", "2023", "27/12", "27/12-2021", "27 12 2021", "1/1/1/2021"]
        {
            assert_eq!(days(literal), Vec::<String>::new(), "{literal}");
        }
        assert_eq!(days("2023-02-30"), Vec::<String>::new());
        assert_eq!(days("27/12/2021 in the morning"), Vec::<String>::new());
    }
}
