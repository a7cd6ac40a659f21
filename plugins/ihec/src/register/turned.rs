//! Docket numbers that a spreadsheet has turned into dates: `12/2025` into the first of December,
//! which a CSV then has as `Dec-25`.

use barid_proto::v1::CivilDate;

use super::date;

/// The numbers that a spreadsheet turns into a day.
pub(super) fn originals(day: &CivilDate) -> String {
    let CivilDate { year, month, day } = *day;
    let mut numbers = Vec::new();
    if day == 1 {
        numbers.push(format!("{month}/{year}"));
    }
    numbers.push(format!("{day}/{month}"));
    if day != month && day <= 12 {
        numbers.push(format!("{month}/{day}"));
    }
    numbers.join(", ")
}

/// Whether a text is what a spreadsheet shows of a number that it took for a date: `Dec-25`,
/// `12-Dec`. It never writes `DEC-25` or `dec-25`, which can be a number of an office.
pub(super) fn is_shown_date(text: &str) -> bool {
    // A year or a number of its own has more; registers are full of those.
    if text.bytes().filter(u8::is_ascii_digit).count() > 2 {
        return false;
    }
    let mut latin = text.chars().filter(char::is_ascii_alphabetic);
    let capital_first = latin.next().is_none_or(|first| first.is_ascii_uppercase());
    capital_first
        && !latin.any(|letter| letter.is_ascii_uppercase())
        && date::is_month_and_number(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_that_became_a_day_are_guessed() {
        let originals = |year, month, day| originals(&CivilDate { year, month, day });
        assert_eq!(originals(2025, 12, 1), "12/2025, 1/12, 12/1");
        assert_eq!(originals(2025, 4, 3), "3/4, 4/3");
        assert_eq!(originals(2025, 11, 16), "16/11");
    }

    #[test]
    fn shown_dates_are_recognised() {
        for text in ["Dec-25", "12-Dec", "ديسمبر-25", "كانون الأول-25", "01-نوفمبر"]
        {
            assert!(is_shown_date(text), "{text}");
        }
        for text in [
            "12/2025",
            "BAS-12",
            "Dec-A5",
            "214",
            "Dec",
            "16 Nov 2025",
            "م-12",
            "Nov 2025",
            "DEC-25",
        ] {
            assert!(!is_shown_date(text), "{text}");
        }
    }
}
