//! The days that a written date can mean. Registers mix `16/11/2025`, `11/16/2025`, `2025-11-16`
//! and `16 تشرين الثاني 2025` in one column; which is meant is for a person to say, so all that
//! exist are given. Dates of other calendars are named and never converted: when a month of theirs
//! began is for those who see the moon, not for a table.

mod column;
mod months;
mod serial;
mod tokens;

use barid_json_reading::day;
use barid_proto::v1::{CivilDate, WrittenDate};

use months::Word;
use tokens::Token;

pub(super) use column::{Evidence, Tells};

/// Years of the Islamic calendar: 1883 to 2076. A Gregorian register has none of them.
const HIJRI_YEARS: std::ops::RangeInclusive<i32> = 1300..=1499;

/// Years of the Kurdish calendar: 1900 to 2099.
const KURDISH_YEARS: std::ops::RangeInclusive<i32> = 2600..=2799;

/// What a year of two digits is added to. The commission began in 2004 and has none before.
const CENTURY: i32 = 2000;

/// What is to be said about a date, besides that it can mean several days or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remark {
    /// It is a spreadsheet's bare count of days.
    Serial,
    /// Its year has two digits.
    ShortYear,
    /// It is of the Islamic calendar, in part or as a whole.
    Hijri,
    /// It is of the Kurdish calendar.
    Kurdish,
}

/// A date as it was understood.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Understood {
    /// Every day it can mean: the day-first reading before the month-first.
    pub(super) candidates: Vec<CivilDate>,
    /// What else is to be said.
    pub(super) remark: Option<Remark>,
}

impl Understood {
    fn nothing(remark: Option<Remark>) -> Self {
        Self { candidates: Vec::new(), remark }
    }
}

/// A date as written, with every day it can mean.
pub(crate) fn written(literal: &str) -> WrittenDate {
    WrittenDate { literal: literal.to_owned(), candidates: understand(literal, None).candidates }
}

/// Understands a date. `from_1904`: from when the workbook counts days, if it is one.
pub(super) fn understand(literal: &str, from_1904: Option<bool>) -> Understood {
    let plain = tokens::plain(literal);
    // `16/11/2025 الموافق 25/5/1447هـ`: one day in two calendars.
    let halves = tokens::in_two(&plain);
    let mut read: Vec<Understood> = halves.iter().map(|half| one(half, from_1904)).collect();
    if read.len() == 1 {
        return read.pop().unwrap_or_default();
    }
    let remark = read.iter().find_map(|half| half.remark);
    read.retain(|half| half.remark != Some(Remark::Hijri) && half.remark != Some(Remark::Kurdish));
    match (read.pop(), read.is_empty()) {
        (Some(only), true) => Understood { candidates: only.candidates, remark },
        _ => Understood::nothing(remark),
    }
}

fn one(plain: &str, from_1904: Option<bool>) -> Understood {
    let plain = tokens::without_time(plain);
    let counted = serial::days(plain, from_1904);
    if !counted.is_empty() {
        return Understood { candidates: counted, remark: Some(Remark::Serial) };
    }
    read_tokens(&tokens::split(plain)).unwrap_or_default()
}

/// `None`: something in it is unknown.
fn read_tokens(found: &[Token]) -> Option<Understood> {
    let (mut numbers, mut months, mut calendar) = (Vec::new(), Vec::new(), None);
    for token in found {
        match token {
            Token::Number(number) => numbers.push(number.as_str()),
            Token::Word(Word::Month(month)) => months.push(*month),
            Token::Word(Word::Hijri) => calendar = Some(Remark::Hijri),
            Token::Word(Word::Kurdish) => calendar = Some(Remark::Kurdish),
            Token::Word(Word::Nothing) => {}
            Token::Unknown => return None,
        }
    }
    months.dedup();
    match (numbers.as_slice(), months.as_slice()) {
        ([_, ..], []) if calendar.is_some() => Some(Understood::nothing(calendar)),
        ([_, _], [_]) if calendar.is_some() => Some(Understood::nothing(calendar)),
        ([first, second, third], []) => in_numbers([first, second, third]),
        ([first, second], [month]) => with_month(first, second, *month),
        _ => None,
    }
}

/// Three numbers, in whichever orders make a day.
fn in_numbers(parts: [&str; 3]) -> Option<Understood> {
    let [first, second, third] = parts;
    let (a, b, c) = (first.parse().ok()?, second.parse().ok()?, third.parse().ok()?);
    let other = |year: i32| other_calendar(year).map(|remark| Understood::nothing(Some(remark)));
    match (first.len(), second.len(), third.len()) {
        (4, ..=2, ..=2) => other(a).or_else(|| Some(of_days(vec![(a, b, c)], None))),
        (..=2, ..=2, 4) => other(c).or_else(|| Some(of_days(vec![(c, b, a), (c, a, b)], None))),
        (..=2, ..=2, ..=2) if third.len() == 2 || first.len() == 2 => {
            let short = |year: i32| CENTURY + year;
            let behind = [(short(c), b, a), (short(c), a, b)];
            let in_front = [(short(a), b, c)];
            let orders = behind.into_iter().filter(|_| third.len() == 2);
            let orders = orders.chain(in_front.into_iter().filter(|_| first.len() == 2));
            Some(of_days(orders.collect(), Some(Remark::ShortYear)))
        }
        _ => None,
    }
}

fn other_calendar(year: i32) -> Option<Remark> {
    if HIJRI_YEARS.contains(&year) {
        Some(Remark::Hijri)
    } else if KURDISH_YEARS.contains(&year) {
        Some(Remark::Kurdish)
    } else {
        None
    }
}

/// `16 تشرين الثاني 2025` and `November 16, 2025`.
fn with_month(first: &str, second: &str, month: i32) -> Option<Understood> {
    let (a, b): (i32, i32) = (first.parse().ok()?, second.parse().ok()?);
    Some(match (first.len(), second.len()) {
        (4, ..=2) => of_days(vec![(a, month, b)], None),
        (..=2, 4) => of_days(vec![(b, month, a)], None),
        (..=2, 2) => {
            of_days(vec![(CENTURY + b, month, a), (CENTURY + a, month, b)], Some(Remark::ShortYear))
        }
        _ => return None,
    })
}

/// Those that exist, each once.
fn of_days(orders: Vec<(i32, i32, i32)>, remark: Option<Remark>) -> Understood {
    let mut candidates: Vec<CivilDate> = Vec::new();
    for (year, month, day) in orders {
        let date = CivilDate { year, month, day };
        if day::exists(&date) && !candidates.contains(&date) {
            candidates.push(date);
        }
    }
    Understood { candidates, remark }
}

/// Whether a text is the name of a month and one number of at most two digits: `Dec-25`.
pub(super) fn is_month_and_number(text: &str) -> bool {
    let found = tokens::split(&tokens::plain(text));
    let is_month = |token: &Token| matches!(token, Token::Word(Word::Month(_)));
    let is_short = |token: &Token| matches!(token, Token::Number(number) if number.len() <= 2);
    found.len() == 2 && found.iter().any(is_month) && found.iter().any(is_short)
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

    fn remark(literal: &str) -> Option<Remark> {
        understand(literal, None).remark
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
            "16 11 2025",
            "١٦/١١/٢٠٢٥",
            "۱۶/۱۱/۲۰۲۵",
            "١٦/11/٢٠٢٥",
            "١٦؍١١؍٢٠٢٥",
            "١٦ـ١١ـ٢٠٢٥",
            "16–11–2025",
            "\u{200F}16/11/2025\u{200E}",
            "16\\11\\2025",
            "16/11/2025م",
            "16/11/2025 ميلادي",
            "الأحد 16/11/2025",
            "يوم الأحد، 16/11/2025",
            "2025-11-16 14:10",
            "2025-11-16T14:10:00",
            "16/11/2025 الساعة 2:10 م",
            "16 تشرين الثاني 2025",
            "16 تشريـن الثانى 2025",
            "16 تشرين الثاني/نوفمبر 2025",
            "16 تشرين ثاني 2025",
            "16/تشرين الثاني/2025",
            "16 ت2 2025",
            "١٦/ت٢/٢٠٢٥",
            "16 تشرين 2 2025",
            "16 تشرینی دووەم 2025",
            "١٦ی تشرینی دووەمی ٢٠٢٥",
            "16 نوفمبر 2025",
            "Nov 16, 2025",
            "Sunday, 16th of November 2025",
            "16-Nov-2025",
        ] {
            assert_eq!(days(literal), ["2025-11-16"], "{literal}");
        }
    }

    #[test]
    fn what_can_mean_two_days_gives_two() {
        assert_eq!(days("7/11/2021"), ["2021-11-07", "2021-07-11"]);
        assert_eq!(days("5/5/2021"), ["2021-05-05"]);
        assert_eq!(days("45977"), ["2025-11-16", "2029-11-17"]);
    }

    #[test]
    fn years_of_two_digits_are_marked() {
        assert_eq!(days("16/11/25"), ["2025-11-16", "2016-11-25"]);
        assert_eq!(days("31/12/25"), ["2025-12-31", "2031-12-25"]);
        assert_eq!(days("31/12/40"), ["2040-12-31"]);
        assert_eq!(days("1/2/3"), [""; 0]);
        assert_eq!(days("7/11/08"), ["2008-11-07", "2008-07-11"]);
        assert_eq!(days("31 كانون الأول 25"), ["2025-12-31", "2031-12-25"]);
        for literal in ["16/11/25", "31/12/25"] {
            assert_eq!(remark(literal), Some(Remark::ShortYear), "{literal}");
        }
    }

    #[test]
    fn other_calendars_are_named_and_not_converted() {
        for literal in [
            "25 جمادى الأولى 1447",
            "٢٥ جمادى الأولى ١٤٤٧ هـ",
            "25/5/1447",
            "1447/5/25",
            "25/5/1447هـ",
            "25/5/47 هـ",
            "١ی ڕەمەزانی ١٤٤٧",
        ] {
            assert_eq!(days(literal), [""; 0], "{literal}");
            assert_eq!(remark(literal), Some(Remark::Hijri), "{literal}");
        }
        for literal in ["25ی سەرماوەزی 2725", "25/9/2725", "٢٥ گەلاوێژ ٢٧٢٥ی کوردی"]
        {
            assert_eq!(days(literal), [""; 0], "{literal}");
            assert_eq!(remark(literal), Some(Remark::Kurdish), "{literal}");
        }
        for literal in
            ["16/11/2025 الموافق 25/5/1447هـ", "25 جمادى الأولى 1447 الموافق 16/11/2025 م"]
        {
            assert_eq!(days(literal), ["2025-11-16"], "{literal}");
            assert_eq!(remark(literal), Some(Remark::Hijri), "{literal}");
        }
    }

    #[test]
    fn what_means_no_day_gives_none() {
        for literal in [
            "",
            "31/2/2025",
            "32/13/2025",
            "1/2",
            "قريبا",
            "12",
            "99999",
            ":",
            "1/1/1/2025",
            "16//11//2025",
            "/16/11/2025",
            "214 علي 2025",
            "16 نوفمبر ديسمبر 2025",
            "1/1/25555",
            "16/11/2025 الموافق 17/11/2025",
        ] {
            assert_eq!(days(literal), [""; 0], "{literal}");
        }
    }
}
