//! Registers as an office keeps them, in a CSV or a workbook: what stands above the headings, the
//! headings, the rows. Everything doubtful is named with its row, cell and sheet; nothing that was
//! typed is lost.

mod archive;
mod charset;
mod csv;
mod csv_guard;
mod date;
mod grid;
mod heading_words;
mod headings;
mod layout;
mod look;
mod outcome;
mod preamble;
mod row;
mod said;
mod table;
mod words;
mod write;
mod xlsx;

use std::collections::HashMap;

use barid_plugin::Problems;
use barid_proto::v1::{RegisterCell, RegisterStatement};

use grid::Grid;
use headings::Column;
use layout::Layout;
use row::RowReader;

pub(crate) use write::{to_csv, to_xlsx};

/// Heading of the cell that keeps a sheet's name when a register has several sheets: often the
/// office is named there and nowhere else.
const SHEET_HEADING: &str = "[sheet]";

/// Reads a register from delimited text. `None`: the problems say why not.
pub(crate) fn from_csv(
    input: &[u8],
    institution: &str,
    problems: &mut Problems,
) -> Option<RegisterStatement> {
    let grid = csv::read(input, problems)?;
    statement(&[grid], institution, problems)
}

/// Reads a register from a workbook. `None`: the problems say why not.
pub(crate) fn from_xlsx(
    input: &[u8],
    institution: &str,
    problems: &mut Problems,
) -> Option<RegisterStatement> {
    let grids = xlsx::read(input, problems)?;
    statement(&grids, institution, problems)
}

fn statement(
    grids: &[Grid],
    institution: &str,
    problems: &mut Problems,
) -> Option<RegisterStatement> {
    let with_headings: Vec<(&Grid, usize)> = grids
        .iter()
        .filter_map(|grid| headings::find(&grid.rows).map(|index| (grid, index)))
        .collect();
    if with_headings.is_empty() {
        if grids.iter().all(|grid| grid.rows.is_empty()) {
            said::empty(problems);
        } else {
            said::headings_missing(problems, headings::ours(Column::DocketNumber));
        }
        return None;
    }
    for grid in grids.iter().filter(|grid| !grid.rows.is_empty()) {
        if headings::find(&grid.rows).is_none() {
            said::sheet_not_read(problems, &grid.sheet);
        }
    }
    let mut read = RegisterStatement::default();
    let several = with_headings.len() > 1;
    for (grid, headings_index) in with_headings {
        let before = read.rows.len();
        read_sheet(&mut read, grid, headings_index, institution, problems);
        if several {
            said::sheets_several(problems, &grid.sheet);
            for row in read.rows.iter_mut().skip(before) {
                let literal = grid.sheet.clone();
                row.cells.push(RegisterCell { heading: SHEET_HEADING.to_owned(), literal });
            }
        }
    }
    Some(read)
}

fn read_sheet(
    read: &mut RegisterStatement,
    grid: &Grid,
    headings_index: usize,
    institution: &str,
    problems: &mut Problems,
) {
    let above = preamble::read(grid, headings_index, problems);
    if read.name.is_empty() {
        read.name = above.name;
    }
    read.as_of = read.as_of.or(above.as_of);

    let Some(headings_row) = grid.rows.get(headings_index) else { return };
    let layout = Layout::read(grid, headings_row, problems);
    let below = grid.rows.get(headings_index + 1..).unwrap_or_default();
    if below.is_empty() {
        said::rows_none(problems, grid.place_of_row(headings_row));
    }
    let mut reader = RowReader {
        grid,
        layout: &layout,
        headings_row: headings_row.number,
        institution,
        problems,
        first_rows: HashMap::new(),
    };
    read.rows.extend(below.iter().map(|row| reader.read(row)));
}

/// A count as problems name it.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
