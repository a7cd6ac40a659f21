//! Days as Mexican papers write them: `quince de agosto de dos mil veinticuatro`, `15 de agosto de
//! 2024`, `15/08/2024`, `20240815`.
//!
//! Words are read exactly: a number is one only in its one right spelling. What is written is kept
//! beside the day.

use barid_json_reading::day::exists;
use barid_proto::text::fold;
use barid_proto::v1::{CivilDate, WrittenDate};

use crate::words::{Word, between, words};

const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// The one month with two spellings.
const SETIEMBRE: (&str, i32) = ("setiembre", 9);

const UNITS: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciseis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidos",
    "veintitres",
    "veinticuatro",
    "veinticinco",
    "veintiseis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];

const TENS: [(&str, u32); 7] = [
    ("treinta", 30),
    ("cuarenta", 40),
    ("cincuenta", 50),
    ("sesenta", 60),
    ("setenta", 70),
    ("ochenta", 80),
    ("noventa", 90),
];

const HUNDREDS: [(&str, u32); 10] = [
    ("ciento", 100),
    ("doscientos", 200),
    ("trescientos", 300),
    ("cuatrocientos", 400),
    ("quinientos", 500),
    ("seiscientos", 600),
    ("setecientos", 700),
    ("ochocientos", 800),
    ("novecientos", 900),
    ("cien", 100),
];

/// Most words of a year: `mil novecientos noventa y nueve`.
const YEAR_WORDS_MAX: usize = 6;

/// Most words of a day: `treinta y uno`.
const DAY_WORDS_MAX: usize = 3;

/// A number below ten thousand in Spanish words, folded: `mil novecientos noventa y siete`.
#[must_use]
pub fn spelled(number: u32) -> String {
    let mut words: Vec<&str> = Vec::new();
    let (thousands, hundreds, rest) = (number / 1_000, number % 1_000 / 100, number % 100);
    if thousands > 1 {
        words.extend(unit(thousands));
    }
    if thousands > 0 {
        words.push("mil");
    }
    match (hundreds, rest) {
        (0, _) => {}
        (1, 0) => words.push("cien"),
        _ => words.extend(HUNDREDS.iter().find(|(_, value)| *value == hundreds * 100).map(|h| h.0)),
    }
    if let Some((ten, _)) = TENS.iter().find(|(_, value)| rest >= 30 && *value == rest / 10 * 10) {
        words.push(ten);
        if !rest.is_multiple_of(10) {
            words.push("y");
            words.extend(unit(rest % 10));
        }
    } else if rest > 0 || number == 0 {
        words.extend(unit(rest));
    }
    words.join(" ")
}

fn unit(number: u32) -> Option<&'static str> {
    UNITS.get(usize::try_from(number).ok()?).copied()
}

/// The number that folded words spell. `None`: they spell none, or not in its right spelling.
fn number(words: &[&str]) -> Option<u32> {
    let (mut total, mut part) = (0_u32, 0_u32);
    for word in words {
        match *word {
            "y" => {}
            "mil" => {
                total = total.checked_add(part.max(1).checked_mul(1_000)?)?;
                part = 0;
            }
            word => part = part.checked_add(value(word)?)?,
        }
    }
    let number = total.checked_add(part).filter(|number| *number < 10_000)?;
    (spelled(number) == words.join(" ")).then_some(number)
}

fn value(word: &str) -> Option<u32> {
    if let Some(at) = UNITS.iter().position(|unit| *unit == word) {
        return u32::try_from(at).ok();
    }
    TENS.iter().chain(&HUNDREDS).find(|(known, _)| *known == word).map(|(_, value)| *value)
}

/// A day of the month, in words or digits; the first is often an ordinal.
fn day(words: &[&str]) -> Option<i32> {
    let day = match words {
        ["primero" | "1o" | "1ro"] => 1,
        [digits] if is_digits(digits, 2) => digits.parse().ok()?,
        [before @ .., last] => {
            let last = match *last {
                "un" => "uno",
                "veintiun" => "veintiuno",
                other => other,
            };
            number(&[before, &[last]].concat())?
        }
        [] => return None,
    };
    i32::try_from(day).ok().filter(|day| (1..=31).contains(day))
}

fn year(words: &[&str]) -> Option<i32> {
    let year = match words {
        [digits] if digits.len() == 4 && is_digits(digits, 4) => digits.parse().ok()?,
        _ => number(words)?,
    };
    i32::try_from(year).ok().filter(|year| (1900..=2200).contains(year))
}

fn is_digits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn month(word: &str) -> Option<i32> {
    if word == SETIEMBRE.0 {
        return Some(SETIEMBRE.1);
    }
    let at = MONTHS.iter().position(|month| *month == word)?;
    i32::try_from(at + 1).ok()
}

/// The first day in a text that is written with the month's name. Its literal is the part of the
/// text that says it; without candidates the calendar does not have that day.
#[must_use]
pub fn find(text: &str) -> Option<WrittenDate> {
    let words = words(text);
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let months = folded.iter().enumerate().filter_map(|(at, word)| Some((at, month(word)?)));
    let mut found = months.filter_map(|(at, month)| around(text, &words, &folded, at, month));
    found.next()
}

/// The day around the name of a month.
fn around(
    text: &str,
    words: &[Word],
    folded: &[&str],
    at: usize,
    month: i32,
) -> Option<WrittenDate> {
    let of = at.checked_sub(1).filter(|of| folded.get(*of) == Some(&"de"))?;
    let days = (1..=DAY_WORDS_MAX).rev().filter_map(|length| of.checked_sub(length));
    let (begin, day) = days
        .map(|begin| (begin, folded.get(begin..of)))
        .find_map(|(begin, w)| Some((begin, day(w?)?)))?;
    let mut next = at + 1;
    for filler in [&["de", "del"][..], &["ano"]] {
        if folded.get(next).is_some_and(|word| filler.contains(word)) {
            next += 1;
        }
    }
    let ends = (1..=YEAR_WORDS_MAX).rev().map(|length| next + length);
    let (end, year) = ends
        .filter_map(|end| Some((end, folded.get(next..end)?)))
        .find_map(|(end, words)| Some((end, year(words)?)))?;
    let date = CivilDate { year, month, day };
    Some(WrittenDate {
        literal: between(text, words.get(begin..end)?).to_owned(),
        candidates: if exists(&date) { vec![date] } else { Vec::new() },
    })
}

/// Reads a text that is one day and nothing else. Without candidates it could not be read; with
/// two, day and month may change places.
#[must_use]
pub fn read(literal: &str) -> WrittenDate {
    let candidates = in_digits(literal).or_else(|| {
        let found = find(literal)?;
        let whole = found.literal.len() == literal.trim().trim_end_matches('.').len();
        whole.then_some(found.candidates)
    });
    WrittenDate { literal: literal.to_owned(), candidates: candidates.unwrap_or_default() }
}

/// Days in digits: year first, or day and month in either order before the year.
fn in_digits(literal: &str) -> Option<Vec<CivilDate>> {
    let folded = fold(literal);
    let parts: Vec<&str> = folded.split(['/', '-', '.']).map(str::trim).collect();
    let candidates = match parts[..] {
        [all] if all.len() == 8 && is_digits(all, 8) => {
            let (year, rest) = all.split_at(4);
            let (month, day) = rest.split_at(2);
            vec![date(year, month, day)?]
        }
        [year, month, day] if year.len() == 4 => vec![date(year, month, day)?],
        [first, second, year] if year.len() == 4 => {
            vec![date(year, second, first)?, date(year, first, second)?]
        }
        _ => return None,
    };
    let mut days: Vec<CivilDate> = candidates.into_iter().filter(exists).collect();
    days.sort_by_key(|day| (day.month, day.day));
    days.dedup();
    Some(days)
}

fn date(year: &str, month: &str, day: &str) -> Option<CivilDate> {
    let plain = is_digits(year, 4) && is_digits(month, 2) && is_digits(day, 2);
    plain.then(|| {
        Some(CivilDate {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
            day: day.parse().ok()?,
        })
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn one(literal: &str) -> (i32, i32, i32) {
        let read = read(literal);
        assert_eq!(read.literal, literal, "kept as written");
        match read.candidates[..] {
            [CivilDate { year, month, day }] => (year, month, day),
            _ => panic!("{literal}: {read:?}"),
        }
    }

    #[test]
    fn days_in_words_are_read_exactly() {
        assert_eq!(one("quince de agosto de dos mil veinticuatro"), (2024, 8, 15));
        assert_eq!(one("TREINTA Y UNO DE DICIEMBRE DEL DOS MIL"), (2000, 12, 31));
        assert_eq!(one("treinta y un de mayo de dos mil treinta y uno"), (2031, 5, 31));
        assert_eq!(one("veintiún de julio del año dos mil dieciséis"), (2016, 7, 21));
        let old = "dos de julio de mil novecientos noventa y siete.";
        assert_eq!(one(old), (1997, 7, 2));
        assert_eq!(one("primero de setiembre de 2024"), (2024, 9, 1));
        assert_eq!(one("1º de junio de 2024"), (2024, 6, 1));
        assert_eq!(one("veintinueve de febrero de dos mil veinticuatro"), (2024, 2, 29));
    }

    #[test]
    fn every_day_of_four_centuries_comes_back_from_its_words() {
        for year in 1900..=2200 {
            let words = spelled(year);
            for (month, name) in (1..).zip(MONTHS) {
                let day = (year + month) % 28 + 1;
                let literal = format!("{} de {name} de {words}", spelled(day));
                let want = CivilDate {
                    year: i32::try_from(year).unwrap(),
                    month: i32::try_from(month).unwrap(),
                    day: i32::try_from(day).unwrap(),
                };
                assert_eq!(read(&literal).candidates, [want], "{literal}");
            }
        }
    }

    #[test]
    fn what_is_no_day_has_no_candidates() {
        for literal in [
            "treinta y uno de junio de dos mil veinticuatro",
            "veintinueve de febrero de dos mil veintitrés",
            "veinte y cuatro de junio de dos mil veinticuatro",
            "treinta y once de junio de dos mil veinticuatro",
            "quince de agosto de mil dos veinticuatro",
            "quince de agosto de dos mil cien cien",
            "quince de agosto",
            "el quince de agosto de dos mil veinticuatro",
            "31/02/2024",
            "20241301",
            "2024",
            "",
        ] {
            assert_eq!(read(literal).candidates, [], "{literal}");
        }
    }

    #[test]
    fn digits_keep_both_readings_where_there_are_two() {
        let both = read("02/06/2024").candidates;
        assert_eq!(
            both.iter().map(|day| (day.month, day.day)).collect::<Vec<_>>(),
            [(2, 6), (6, 2)]
        );
        assert_eq!(one("15/08/2024"), (2024, 8, 15));
        assert_eq!(one("06/06/2024"), (2024, 6, 6));
        assert_eq!(one("2024-08-15"), (2024, 8, 15));
        assert_eq!(one("20240815"), (2024, 8, 15));
    }

    #[test]
    fn a_day_is_found_in_a_sentence_and_keeps_its_words() {
        let text = "Ciudad de México, a Quince  de agosto de dos mil veinticuatro, en sesión";
        let found = find(text).unwrap();
        assert_eq!(found.literal, "Quince  de agosto de dos mil veinticuatro");
        assert_eq!(found.candidates.len(), 1);
        assert_eq!(find("el mes de agosto de dos mil veinticuatro"), None);
        let impossible = find("a treinta y uno de abril de dos mil veinte").unwrap();
        assert_eq!(impossible.candidates, []);
    }
}
