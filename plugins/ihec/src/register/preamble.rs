//! What stands above the headings: the register's name, and the day it shows.

use barid_plugin::Problems;
use barid_proto::v1::CivilDate;

use super::grid::{Grid, GridRow};
use super::heading_words::AS_OF_LABELS;
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
    for row in grid.rows.iter().take(rows) {
        let texts: Vec<&str> = row.filled().map(super::grid::Cell::trimmed).collect();
        if let Some(literal) = labelled_day(&texts.join(" ")) {
            preamble.as_of = one_day(grid, row, &literal, problems);
        } else if let (true, [title]) = (preamble.name.is_empty(), texts.as_slice()) {
            (*title).clone_into(&mut preamble.name);
        } else {
            said::above_headings(problems, grid.place_of_row(row));
        }
    }
    preamble
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
        days => said::date_ambiguous(problems, place, &date::list(days)),
    }
    None
}
