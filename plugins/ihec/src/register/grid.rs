//! What a CSV and a sheet have in common: rows of cells that know where they stand.

use barid_plugin::Place;
use barid_proto::v1::CivilDate;

/// One sheet, or one CSV.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The sheet's name. Empty: a CSV.
    pub(super) sheet: String,
    /// Its rows from the top, those without any text left out.
    pub(super) rows: Vec<GridRow>,
    /// Merged areas of more than one column.
    pub(super) across: Vec<Across>,
    /// Whether days are counted from 1904 instead of 1900. Absent: a CSV, which does not say.
    pub(super) from_1904: Option<bool>,
}

/// A merged area of more than one column. Its value stands in its first cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Across {
    /// Numbers of its first and last row, from 1.
    pub(super) rows: (u32, u32),
    /// Its first column, from 0.
    pub(super) first_column: usize,
    /// Its last column.
    pub(super) last_column: usize,
}

impl Across {
    /// Whether it covers any cell of a row.
    pub(super) fn has_row(&self, number: u32) -> bool {
        (self.rows.0..=self.rows.1).contains(&number)
    }

    /// Whether it covers a cell.
    pub(super) fn has(&self, number: u32, column: usize) -> bool {
        self.has_row(number) && (self.first_column..=self.last_column).contains(&column)
    }
}

/// One row.
#[derive(Debug, Default)]
pub(super) struct GridRow {
    /// From 1, empty rows and headings counted, as a spreadsheet program shows it.
    pub(super) number: u32,
    /// Line of the text it begins on, from 1. 0: not a text.
    pub(super) line: u32,
    /// Its cells from the first column.
    pub(super) cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cell {
    /// The characters as written; for a number or day of a sheet, as we write it.
    pub(super) literal: String,
    /// What the sheet says that it is.
    pub(super) kind: CellKind,
    /// The row in which the value really stands, when it reaches here because cells are merged.
    /// 0: it stands here.
    pub(super) inherited_from: u32,
    /// The number as people see it, when zeros in front are no part of it but of its layout. Empty:
    /// they see the literal.
    pub(super) shown: String,
}

/// What a sheet says that a cell is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum CellKind {
    /// Text.
    #[default]
    Text,
    /// A number: a double, which holds 15 digits and no leading zero.
    Number(f64),
    /// A day.
    Day(CivilDate),
    /// Yes or no.
    Flag,
    /// A formula that failed: `#N/A`.
    Failed,
}

impl Cell {
    /// A cell of text.
    pub(super) fn text(literal: impl Into<String>) -> Self {
        Self { literal: literal.into(), ..Self::default() }
    }

    /// The text without the space around it.
    pub(super) fn trimmed(&self) -> &str {
        self.literal.trim()
    }
}

impl GridRow {
    /// Whether there is anything in it.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trimmed().is_empty())
    }

    /// The cells with something in them.
    pub(super) fn filled(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| !cell.trimmed().is_empty())
    }
}

/// A cell's whereabouts, before anybody asks for them: of most cells there is nothing to say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'g> {
    /// Where it is.
    pub(super) grid: &'g Grid,
    /// Its row.
    pub(super) row: &'g GridRow,
    /// Its column, from 0.
    pub(super) column: usize,
    /// The heading above it.
    pub(super) heading: &'g str,
}

impl Spot<'_> {
    /// As a problem tells it.
    pub(super) fn place(self) -> Place {
        self.grid.place(self.row, self.column, self.heading)
    }
}

impl Grid {
    /// Where a cell is: `D17` of a sheet, the heading of a CSV.
    pub(super) fn place(&self, row: &GridRow, column: usize, heading: &str) -> Place {
        if self.sheet.is_empty() {
            let name = if heading.is_empty() { column_name(column) } else { heading.to_owned() };
            return Place::cell(row.number, name).at_line(row.line, 0);
        }
        let name = format!("{}{}", column_name(column), row.number);
        Place::cell(row.number, name).on_sheet(&self.sheet)
    }

    /// Where a cell of a column is, by the number of its row.
    pub(super) fn place_in_column(&self, number: u32, column: usize, heading: &str) -> Place {
        let row = self.rows.iter().find(|row| row.number == number);
        row.map_or_else(Place::default, |row| self.place(row, column, heading))
    }

    /// Where a row is.
    pub(super) fn place_of_row(&self, row: &GridRow) -> Place {
        let place = Place::cell(row.number, "");
        if self.sheet.is_empty() { place.at_line(row.line, 0) } else { place.on_sheet(&self.sheet) }
    }
}

/// The letters of a column counted from 0: `A`, `Z`, `AA`.
pub(super) fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ")] {
            assert_eq!(column_name(column), name);
        }
    }
}
