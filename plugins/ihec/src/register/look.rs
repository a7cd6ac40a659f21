//! What is doubtful about a cell whatever its column: damage done by spreadsheet programs, mixed
//! digits, text that another program would compute.

use barid_plugin::Problems;

use super::csv_guard;
use super::grid::{Cell, CellKind, Spot};
use super::headings::Column;
use super::{said, turned};

/// The least whole number that a double may have changed: 16 digits.
const IMPRECISE_FROM: f64 = 1e15;

/// Names what is doubtful about a cell. Whether it can fill the field of its column.
pub(super) fn at(cell: &Cell, column: Column, spot: Spot<'_>, problems: &mut Problems) -> bool {
    if has_mixed_digits(&cell.literal) {
        said::digits_mixed(problems, spot.place());
    }
    let text = cell.trimmed();
    match &cell.kind {
        CellKind::Number(number) if number.abs() >= IMPRECISE_FROM => {
            said::number_imprecise(problems, spot.place());
        }
        CellKind::Number(_) if is_number(column) && !cell.shown.is_empty() => {
            said::number_shown_longer(problems, spot.place(), &cell.literal, &cell.shown);
        }
        CellKind::Day(day) if is_number(column) => {
            said::number_became_date(problems, spot.place(), &turned::originals(day));
            return false;
        }
        CellKind::Failed => {
            said::cell_error(problems, spot.place(), text);
            return false;
        }
        CellKind::Flag if column != Column::Kept => {
            said::flag(problems, spot.place(), text);
            return false;
        }
        CellKind::Text if is_shortened(text) => said::number_imprecise(problems, spot.place()),
        CellKind::Text if is_number(column) && turned::is_shown_date(text) => {
            said::number_became_date(problems, spot.place(), "");
            return false;
        }
        CellKind::Text if csv_guard::looks_computed(&cell.literal) => {
            said::formula_like(problems, spot.place());
        }
        _ => {}
    }
    true
}

/// Columns of numbers that people give, and that are no figures.
fn is_number(column: Column) -> bool {
    matches!(column, Column::DocketNumber | Column::ChallengedNumber | Column::ChallengedMinutes)
}

/// What a formula shows that failed. A CSV has nothing else of it.
pub(super) fn is_formula_error(text: &str) -> bool {
    const ERRORS: [&str; 9] =
        ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];
    ERRORS.contains(&text)
}

/// `1.23457E+16`: what a CSV export makes of a long number.
fn is_shortened(text: &str) -> bool {
    let Some((number, behind)) = text.split_once('E') else { return false };
    let Some(exponent) = behind.strip_prefix('+') else { return false };
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    !number.is_empty() && plain(number) && !exponent.is_empty() && plain(exponent)
}

fn has_mixed_digits(text: &str) -> bool {
    let (mut ascii, mut arabic, mut extended) = (false, false, false);
    for letter in text.chars() {
        ascii |= letter.is_ascii_digit();
        arabic |= matches!(letter, '\u{660}'..='\u{669}');
        extended |= matches!(letter, '\u{6F0}'..='\u{6F9}');
    }
    [ascii, arabic, extended].into_iter().filter(|used| *used).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_two_kinds_are_mixed() {
        assert!(has_mixed_digits("2025/١١"));
        assert!(has_mixed_digits("٢۰"));
        for pure in ["2025/11", "٢٠٢٥", "۲۰۲۵", ""] {
            assert!(!has_mixed_digits(pure), "{pure}");
        }
    }

    #[test]
    fn exported_exponents_are_recognised() {
        assert!(is_shortened("1.23457E+16"));
        for other in ["E+16", "1E+", "BE+1", "12"] {
            assert!(!is_shortened(other), "{other}");
        }
    }
}
