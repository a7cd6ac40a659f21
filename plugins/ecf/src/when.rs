//! Days and instants as messages write them.

use barid_json_reading::day;
use barid_proto::v1::{CivilDate, WrittenDate};
use jiff::Timestamp;

/// A date as written, with every day it can mean: the day of an ISO date or instant, as it was
/// where it was written; both orders of day and month where neither is the standard's.
pub(crate) fn written(literal: &str) -> WrittenDate {
    let candidates = match literal.get(..10).and_then(day::parse) {
        Some(day)
            if matches!(literal.as_bytes().get(10), None | Some(b'T' | b'Z' | b'+' | b'-')) =>
        {
            vec![day]
        }
        _ => numbers(literal),
    };
    WrittenDate { literal: literal.to_owned(), candidates }
}

/// The instant, in milliseconds since 1970. `None`: it is none, or says no zone.
pub(crate) fn instant(literal: &str) -> Option<i64> {
    literal.contains('T').then(|| literal.parse::<Timestamp>().ok())?.map(Timestamp::as_millisecond)
}

/// The days that three numbers can mean, the year being last: `07/06/2007`.
fn numbers(literal: &str) -> Vec<CivilDate> {
    let parts: Vec<&str> = literal.split(['/', '.', '-']).map(str::trim).collect();
    let [first, second, year] = parts.as_slice() else { return Vec::new() };
    let number = |text: &str, digits: usize| {
        let plain = (1..=digits).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse::<i32>().ok()).flatten()
    };
    let (Some(first), Some(second), Some(year)) =
        (number(first, 2), number(second, 2), number(year, 4))
    else {
        return Vec::new();
    };
    let mut days = Vec::new();
    for (day, month) in [(first, second), (second, first)] {
        let date = CivilDate { year, month, day };
        if day::exists(&date) && !days.contains(&date) {
            days.push(date);
        }
    }
    days.sort_by_key(|date| (date.year, date.month, date.day));
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(literal: &str) -> Vec<(i32, i32, i32)> {
        written(literal).candidates.iter().map(|day| (day.year, day.month, day.day)).collect()
    }

    #[test]
    fn a_day_is_read_where_it_was_written() {
        assert_eq!(days("2007-06-06"), [(2007, 6, 6)]);
        assert_eq!(days("2007-06-06T23:59:00.0-08:00"), [(2007, 6, 6)]);
        assert_eq!(days("2007-06-06Z"), [(2007, 6, 6)]);
        assert_eq!(days("2007-06-061"), []);
        assert_eq!(days("2007-02-30"), []);
        assert_eq!(days("yesterday"), []);
    }

    #[test]
    fn what_can_be_two_days_stays_two() {
        assert_eq!(days("07/06/2007"), [(2007, 6, 7), (2007, 7, 6)]);
        assert_eq!(days("13.06.2007"), [(2007, 6, 13)]);
        assert_eq!(days("6/6/2007"), [(2007, 6, 6)]);
        assert_eq!(days("6/6/07"), []);
        assert_eq!(days("13/13/2007"), []);
    }

    #[test]
    fn an_instant_needs_a_zone() {
        assert_eq!(instant("1970-01-01T00:00:01Z"), Some(1_000));
        assert_eq!(instant("2007-06-06T14:20:45.0Z"), Some(1_181_139_645_000));
        assert_eq!(instant("2007-06-06T14:20:45.0-07:00"), Some(1_181_164_845_000));
        assert_eq!(instant("2007-06-06T14:20:45.0"), None);
        assert_eq!(instant("2007-06-06"), None);
    }
}
