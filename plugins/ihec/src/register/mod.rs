//! Registers as an office keeps them, in a CSV or a workbook: what stands above the headings, the
//! headings, the rows. Everything doubtful is named with its row, cell and sheet; nothing that was
//! typed is lost.

mod apart;
mod archive;
mod charset;
mod csv;
mod csv_guard;
mod damaged;
mod date;
mod figures;
mod grid;
mod heading_rows;
mod heading_words;
mod headings;
mod layout;
mod line_words;
mod lists;
mod look;
mod look_at;
mod marks;
mod name_columns;
mod outcome;
mod preamble;
mod row;
mod said;
mod sniff;
mod table;
mod turned;
mod words;
mod workbook;
mod write;
mod xlsx;

use std::collections::{HashMap, HashSet};

use barid_plugin::{Place, Problems};
use barid_proto::v1::{RegisterCell, RegisterStatement};

use apart::{Apart, Teller};
use date::{Evidence, Tells};
use grid::{CellKind, Grid, GridRow};
use heading_rows::Headings;
use headings::Column;
use layout::Layout;
use line_words::{SECTION_HEADING, SHEET_HEADING};
use name_columns::Names;
use row::RowReader;

pub(crate) use date::written;
pub(crate) use look_at::look_at;
pub(crate) use write::{to_csv, to_xlsx};

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
    damaged::warn(grids, problems);
    let headings: Vec<Option<Headings>> = grids.iter().map(heading_rows::find).collect();
    let with_headings: Vec<(&Grid, &Headings)> = grids
        .iter()
        .zip(&headings)
        .filter_map(|(grid, headings)| Some((grid, headings.as_ref()?)))
        .collect();
    if with_headings.is_empty() {
        if grids.iter().all(|grid| grid.rows.is_empty()) {
            said::empty(problems, Place::default());
        } else {
            said::headings_missing(problems, headings::ours(Column::DocketNumber));
        }
        return None;
    }
    for (grid, headings) in grids.iter().zip(&headings) {
        if headings.is_none() && !grid.rows.is_empty() {
            said::sheet_not_read(problems, &grid.sheet);
        }
    }
    let mut read = RegisterStatement::default();
    let several = with_headings.len() > 1;
    for (grid, headings) in with_headings {
        let before = read.rows.len();
        read_sheet(&mut read, grid, headings, institution, problems);
        if several {
            said::sheets_several(problems, &grid.sheet);
            for row in read.rows.iter_mut().skip(before) {
                // Often the office is named there and nowhere else.
                row.cells.push(kept(SHEET_HEADING, &grid.sheet));
            }
        }
    }
    Some(read)
}

fn read_sheet(
    read: &mut RegisterStatement,
    grid: &Grid,
    headings: &Headings,
    institution: &str,
    problems: &mut Problems,
) {
    let above = preamble::read(grid, headings.first, problems);
    if read.name.is_empty() {
        read.name = above.name;
    }
    read.as_of = read.as_of.or(above.as_of);

    let Some(headings_row) = grid.rows.get(headings.last) else { return };
    let layout = Layout::read(grid, headings, problems);
    let below = grid.rows.get(headings.last + 1..).unwrap_or_default();
    if below.is_empty() {
        said::rows_none(problems, grid.place_of_row(headings_row));
    }
    let teller = Teller::new(grid, &layout, headings.last + 1);
    let evidence = evidence(grid, &layout, headings_row, below, problems);
    let mut reader = RowReader {
        grid,
        layout: &layout,
        headings_row: headings_row.number,
        institution,
        problems,
        first_rows: HashMap::new(),
        evidence,
        told_merged: HashSet::new(),
        names: Names::default(),
    };
    let mut section = None;
    for (index, row) in below.iter().enumerate() {
        if let Some(apart) = teller.tell(row, index == 0) {
            tell_apart(apart, grid, row, reader.problems);
            if apart == Apart::Section {
                section = Some(apart::shown(row));
            }
            continue;
        }
        let mut matter = reader.read(row);
        if let Some(section) = &section {
            matter.cells.push(kept(SECTION_HEADING, section));
        }
        read.rows.push(matter);
    }
    reader.finish();
}

fn kept(heading: &str, literal: &str) -> RegisterCell {
    RegisterCell { heading: heading.to_owned(), literal: literal.to_owned() }
}

fn tell_apart(apart: Apart, grid: &Grid, row: &GridRow, problems: &mut Problems) {
    let place = grid.place_of_row(row);
    match apart {
        Apart::Totals => said::row_totals(problems, place, &apart::shown(row)),
        Apart::PrintedAgain => said::row_printed_again(problems, place),
        Apart::ColumnNumbers => said::row_of_column_numbers(problems, place),
        Apart::Section => said::row_section(problems, place, &apart::shown(row)),
    }
}

/// What the dates of each column of dates show together, and a warning where they contradict each
/// other.
fn evidence(
    grid: &Grid,
    layout: &Layout,
    headings_row: &GridRow,
    below: &[GridRow],
    problems: &mut Problems,
) -> HashMap<usize, Evidence> {
    let mut all = HashMap::new();
    for column in layout.dates() {
        let (mut evidence, mut swappable) = (Evidence::default(), Vec::new());
        for row in below {
            let Some(cell) = row.cells.get(column).filter(|cell| cell.inherited_from == 0) else {
                continue;
            };
            match &cell.kind {
                CellKind::Day(day) => {
                    evidence.add_day(day);
                    swappable.push(row.number);
                }
                _ => evidence.add_text(&cell.literal),
            }
        }
        let place = || grid.place(headings_row, column, layout.column(column).1);
        if let Tells::Both(days, months) = evidence.tells() {
            said::dates_mixed(problems, place(), days, months);
        }
        if evidence.is_half_converted() {
            said::dates_half_converted(problems, place(), &lists::rows(&swappable));
        }
        all.insert(column, evidence);
    }
    all
}

/// A count as problems name it.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
