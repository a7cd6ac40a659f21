//! Tables in CSV for institutions' formats: headings in the first row, as many cells in each row
//! below. Read within bounds; everything that is wrong is said, in Arabic, Sorani, English and
//! Spanish.
//!
//! What the columns mean is each format's own business. The commission's registers, which come in
//! every shape that an office can make, have a reader of their own.

#![forbid(unsafe_code)]

mod read;
mod said;

use barid_plugin::v1::{RegisterCell, RegisterRow};

pub use read::read;

/// Media type of CSV (RFC 4180).
pub const MEDIA_TYPE: &str = "text/csv";

/// How much of a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Most bytes.
    pub bytes: usize,
    /// Most rows below the headings.
    pub rows: usize,
    /// Most columns.
    pub columns: usize,
    /// Most cells of all rows together, so that memory stays a small multiple of the table.
    pub cells: usize,
}

/// What a table has to be.
#[derive(Debug, Clone, Copy)]
pub struct Layout<'l> {
    /// How much is read.
    pub bounds: Bounds,
    /// The delimiters that it may have, as single bytes. It has the one of which the first line has
    /// most; the first of equals.
    pub delimiters: &'l [u8],
    /// A heading as it is kept: as written, or without the spaces around it.
    pub heading: fn(&str) -> &str,
    /// A cell as it is kept.
    pub cell: fn(&str) -> &str,
    /// A first row as it should be, for who has to mend it. Empty: there are many.
    pub example: &'l str,
}

/// A table with its headings apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The headings, in order.
    pub headings: Vec<String>,
    /// The rows below them, in order.
    pub rows: Vec<Row>,
}

/// One row below the headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// From 1, headings counted.
    pub number: u32,
    /// Line it begins on; a quoted cell may span several.
    pub line: u32,
    /// The cells; never more than there are headings.
    pub cells: Vec<String>,
}

impl Table {
    /// The cell below a heading; empty when there is no such column.
    #[must_use]
    pub fn cell<'t>(&self, row: &'t Row, heading: &str) -> &'t str {
        let column = self.headings.iter().position(|known| known == heading);
        column.and_then(|column| row.cells.get(column)).map_or("", String::as_str)
    }

    /// The heading of a column; empty when there is no such column.
    #[must_use]
    pub fn heading(&self, column: usize) -> &str {
        self.headings.get(column).map_or("", String::as_str)
    }

    /// A row as the wire has it: every cell under its heading.
    #[must_use]
    pub fn wire_row(&self, row: &Row) -> RegisterRow {
        let cell = |(heading, cell): (&String, &String)| RegisterCell {
            heading: heading.clone(),
            literal: cell.clone(),
        };
        let cells = self.headings.iter().zip(&row.cells).map(cell).collect();
        RegisterRow { row: row.number, cells, ..RegisterRow::default() }
    }
}

impl Row {
    /// A cell, without the spaces around it; empty when there is no such column.
    #[must_use]
    pub fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.cells.get(column)).map_or("", |cell| cell.trim())
    }
}
