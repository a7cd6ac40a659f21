//! What stands above the headings: the register's name, and the day it shows.

use barid_plugin::Problems;
use barid_proto::v1::CivilDate;

use super::grid::{Grid, GridRow};
use super::line_words::{AS_OF_LABELS, REGISTER_WORDS};
use super::words::key;
use super::{date, said};

/// What was said above the headings.
#[derive(Debug, Default)]
pub(super) struct Preamble {
    /// The register's name. Empty: not said.
    pub(super) name: String,
    /// The day it shows. Absent: not said, or not clearly.
    pub(super) as_of: Option<CivilDate>,
}

/// Reads the first `rows` rows of a grid. What fits nothing is named in a warning.
pub(super) fn read(grid: &Grid, rows: usize, problems: &mut Problems) -> Preamble {
    let mut preamble = Preamble::default();
    let above = || grid.rows.iter().take(rows);
    let title = above().position(names_register).or_else(|| above().position(is_title));
    for (index, row) in above().enumerate() {
        let texts = texts(row);
        if let Some(literal) = labelled_day(&texts.join(" ")) {
            preamble.as_of = one_day(grid, row, &literal, problems);
        } else if let (true, [name]) = (title == Some(index), texts.as_slice()) {
            (*name).clone_into(&mut preamble.name);
        } else if !texts.is_empty() {
            said::above_headings(problems, grid.place_of_row(row));
        }
    }
    preamble
}

/// What a row says itself, without what it has from a merged cell above.
fn texts(row: &GridRow) -> Vec<&str> {
    let own = row.filled().filter(|cell| cell.inherited_from == 0);
    own.map(super::grid::Cell::trimmed).collect()
}

fn is_title(row: &GridRow) -> bool {
    let texts = texts(row);
    texts.len() == 1 && labelled_day(&texts.join(" ")).is_none()
}

/// Whether a line of a letterhead is the register's name: `سجل الطعون`, below `جمهورية العراق`.
fn names_register(row: &GridRow) -> bool {
    is_title(row)
        && texts(row).iter().any(|text| {
            let text = key(text);
            let mut words = text.split(' ');
            words.any(|word| REGISTER_WORDS.iter().any(|known| key(known) == word))
        })
}

/// The date in `لغاية: 30/11/2025`.
fn labelled_day(text: &str) -> Option<String> {
    let (label, day) = text.split_at(text.find(char::is_numeric)?);
    let label = key(label);
    AS_OF_LABELS.iter().any(|known| key(known) == label).then(|| day.to_owned())
}

fn one_day(
    grid: &Grid,
    row: &GridRow,
    literal: &str,
    problems: &mut Problems,
) -> Option<CivilDate> {
    let place = grid.place_of_row(row);
    match date::written(literal).candidates.as_slice() {
        [day] => return Some(*day),
        [] => said::date_unread(problems, place),
        days => said::date_ambiguous(problems, place, &date::list(days), date::Tells::Nothing),
    }
    None
}
