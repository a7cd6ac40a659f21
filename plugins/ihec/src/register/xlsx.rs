//! A register as a workbook.
//!
//! Cells are taken one by one as they stand in the archive: the reader's own table would reserve
//! memory for every cell between the first and the last, and a workbook of two cells can put them
//! seventeen thousand million cells apart. Formulas are not read, only what they last showed.

use std::collections::BTreeMap;
use std::io::Cursor;

use barid_json_reading::day;
use barid_plugin::{Place, Problems};
use barid_proto::v1::CivilDate;
use calamine::{DataRef, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};

use super::grid::{Across, Cell, CellKind, Grid, GridRow, column_name};
use super::marks::{self, Area, Marks};
use super::said::{self, Unfit};
use super::{archive, lists};
use crate::limits::{CELLS_MAX, COLUMNS_MAX, ROWS_MAX, SHEETS_MAX, TEXT_BYTES_MAX};

/// The longest layout of zeros that is looked at. A cell's number has 15 digits.
const PADDED_MAX: usize = 15;

type Book<'i> = Xlsx<Cursor<&'i [u8]>>;

/// Filled cells by row and column from 0.
type Cells = BTreeMap<(u32, u32), Cell>;

/// Reads the sheets that people see. `None`: the problems say why not.
pub(super) fn read(input: &[u8], problems: &mut Problems) -> Option<Vec<Grid>> {
    let mut archive = archive::open(input, problems)?;
    let marks = marks::read(&mut archive);
    let (Some(mut marks), Ok(mut book)) = (marks, Book::new(Cursor::new(input))) else {
        said::unfit(problems, Unfit::Broken, Place::default());
        return None;
    };
    let sheets: Vec<Sheet> = book.sheets_metadata().to_vec();
    if sheets.len() > SHEETS_MAX {
        said::too_large(problems, "sheets", sheets.len() as u64, SHEETS_MAX as u64);
        return None;
    }
    let from_1904 = book.has_1904_epoch();
    let (mut grids, mut left) = (Vec::new(), Budget::default());
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        if sheet.visible != SheetVisible::Visible {
            said::sheet_hidden(problems, &sheet.name);
            continue;
        }
        // A sheet whose marks were not found is one that its two readers understand differently.
        let read = marks.remove(&sheet.name).and_then(|marks| {
            let cells = cells(&mut book, &sheet.name, &marks, &mut left).ok()?;
            Some((marks, cells))
        });
        let Some((marks, cells)) = read else {
            said::unfit(problems, Unfit::Broken, Place::default().on_sheet(&sheet.name));
            return None;
        };
        if left.is_overdrawn() {
            said::too_large(problems, "cells", left.cells as u64, CELLS_MAX as u64);
            return None;
        }
        tell(&sheet.name, &marks, &cells, problems);
        let across = across(&marks);
        let rows = rows(&sheet.name, cells, problems)?;
        let sheet = sheet.name.clone();
        grids.push(Grid { sheet, rows, across, from_1904: Some(from_1904) });
    }
    Some(grids)
}

/// Names what a person does not see on the sheet, or sees otherwise than we read it.
fn tell(sheet: &str, marks: &Marks, cells: &Cells, problems: &mut Problems) {
    let place = |row: u32, name: String| Place::cell(row, name).on_sheet(sheet);
    let filled_rows =
        |(first, last): &(u32, u32)| cells.range((*first, 0)..=(*last, u32::MAX)).next().is_some();
    let hidden: Vec<(u32, u32)> = marks
        .hidden_rows
        .iter()
        .filter(|rows| filled_rows(rows))
        .map(|(first, last)| (first.saturating_add(1), last.saturating_add(1)))
        .collect();
    if let Some((first, _)) = hidden.first() {
        let rows = lists::spans(&hidden);
        said::rows_hidden(problems, place(*first, String::new()), &rows, marks.filtered);
    }
    let mut filled_columns: Vec<u32> = cells.keys().map(|(_, column)| *column).collect();
    filled_columns.sort_unstable();
    filled_columns.dedup();
    let hidden: Vec<String> = filled_columns
        .into_iter()
        .filter(|column| {
            marks.hidden_columns.iter().any(|(first, last)| (first..=last).contains(&column))
        })
        .map(|column| column_name(column as usize))
        .collect();
    if let Some(first) = hidden.first() {
        let names = lists::some(hidden.len(), hidden.iter().cloned());
        said::column_hidden(problems, place(0, first.clone()), &names);
    }
    for (row, column) in &marks.uncomputed {
        let number = row.saturating_add(1);
        let name = format!("{}{number}", column_name(*column as usize));
        said::formula_uncomputed(problems, place(number, name));
    }
}

/// The merged areas of more than one column.
fn across(marks: &Marks) -> Vec<Across> {
    let wide = marks.merged.iter().filter(|area| area.first.1 < area.last.1);
    wide.map(|area| Across {
        rows: (area.first.0.saturating_add(1), area.last.0.saturating_add(1)),
        first_column: area.first.1 as usize,
        last_column: area.last.1 as usize,
    })
    .collect()
}

/// What all sheets of a workbook have taken so far. A few bytes of the archive can name the same
/// long text for many thousands of cells.
#[derive(Debug, Default)]
struct Budget {
    cells: usize,
    bytes: usize,
}

impl Budget {
    fn take(&mut self, cell: &Cell) {
        self.cells += 1;
        self.bytes += cell.literal.len();
    }

    fn is_overdrawn(&self) -> bool {
        self.cells > CELLS_MAX || self.bytes > TEXT_BYTES_MAX
    }
}

/// The filled cells of a sheet, those in merged areas spread downwards; as far as the budget goes.
fn cells(
    book: &mut Book<'_>,
    sheet: &str,
    marks: &Marks,
    left: &mut Budget,
) -> Result<Cells, XlsxError> {
    let mut cells = Cells::new();
    let mut reader = book.worksheet_cells_reader(sheet)?;
    while let Some((found, style)) = reader.next_cell_with_style_id()? {
        let mut cell = cell(found.get_value());
        let layout = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        if let (CellKind::Number(_), Some(layout)) = (&cell.kind, layout) {
            cell.shown = padded(&cell.literal, &layout.format_code);
        }
        if cell.trimmed().is_empty() {
            continue;
        }
        left.take(&cell);
        if left.is_overdrawn() {
            return Ok(cells);
        }
        cells.insert(found.get_position(), cell);
    }
    drop(reader);
    spread(&mut cells, &marks.merged, left);
    Ok(cells)
}

/// Gives the value of a merged area to the rows it covers: one decision's number written once
/// beside three appeals. Only rows that hold something else as well get it.
fn spread(cells: &mut Cells, merged: &[Area], left: &mut Budget) {
    let mut rows: Vec<u32> = cells.keys().map(|(row, _)| *row).collect();
    rows.dedup();
    for area in merged {
        let ((first, column), (last, _)) = (area.first, area.last);
        let Some(mut cell) = cells.get(&area.first).cloned() else { continue };
        cell.inherited_from = first.saturating_add(1);
        let below = rows.partition_point(|row| *row <= first);
        for row in rows.iter().skip(below).take_while(|row| **row <= last) {
            left.take(&cell);
            if left.is_overdrawn() {
                return;
            }
            cells.entry((*row, column)).or_insert_with(|| cell.clone());
        }
    }
}

/// Cells as rows. `None`: too many.
fn rows(sheet: &str, cells: Cells, problems: &mut Problems) -> Option<Vec<GridRow>> {
    let mut rows: Vec<GridRow> = Vec::new();
    for ((row, column), cell) in cells {
        let (number, column) = (row.saturating_add(1), usize::try_from(column).ok()?);
        if rows.last().is_none_or(|last| last.number != number) {
            rows.push(GridRow { number, ..GridRow::default() });
        }
        if column >= COLUMNS_MAX {
            said::too_wide(problems, Place::cell(number, "").on_sheet(sheet), column + 1);
            return None;
        }
        let Some(last) = rows.last_mut() else { continue };
        last.cells.resize(column, Cell::default());
        last.cells.push(cell);
    }
    if rows.len() > ROWS_MAX {
        said::too_large(problems, "rows", rows.len() as u64, ROWS_MAX as u64);
        return None;
    }
    Some(rows)
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::default(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cell::text(text.as_str())
        }
        DataRef::SharedString(text) => Cell::text(*text),
        DataRef::Bool(flag) => {
            Cell { kind: CellKind::Flag, ..Cell::text(if *flag { "TRUE" } else { "FALSE" }) }
        }
        DataRef::Int(number) => Cell::text(number.to_string()),
        DataRef::Float(number) => number_cell(*number),
        DataRef::DateTime(moment) => moment_cell(*moment),
        DataRef::Error(error) => Cell { kind: CellKind::Failed, ..Cell::text(error.to_string()) },
    }
}

/// What a layout such as `0000` shows of a number. Empty: the number itself.
fn padded(literal: &str, layout: &str) -> String {
    let is_zeros = layout.len() <= PADDED_MAX && layout.bytes().all(|zero| zero == b'0');
    if !is_zeros || literal.len() >= layout.len() || !literal.bytes().all(|d| d.is_ascii_digit()) {
        return String::new();
    }
    format!("{literal:0>width$}", width = layout.len())
}

fn number_cell(number: f64) -> Cell {
    Cell { kind: CellKind::Number(number), ..Cell::text(number.to_string()) }
}

/// A day as ISO 8601 writes it: the sheet holds a count of days and a layout, not what was typed.
fn moment_cell(moment: ExcelDateTime) -> Cell {
    let (year, month, day, hour, minute, _, _) = moment.to_ymd_hms_milli();
    let date = CivilDate { year: year.into(), month: month.into(), day: day.into() };
    if moment.is_duration() || !day::exists(&date) {
        return number_cell(moment.as_f64());
    }
    let mut literal = super::date::iso(&date);
    if (hour, minute) != (0, 0) {
        literal = format!("{literal} {hour:02}:{minute:02}");
    }
    Cell { kind: CellKind::Day(date), ..Cell::text(literal) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_without_exponent() {
        assert_eq!(number_cell(42.0).literal, "42");
        assert_eq!(number_cell(12_345_678_901_234_567.0).literal, "12345678901234568");
        assert_eq!(number_cell(0.5).literal, "0.5");
    }
}
