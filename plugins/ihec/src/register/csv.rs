//! A register as delimited text.

use barid_plugin::Problems;
use csv::{ByteRecord, ReaderBuilder};

use super::grid::{Cell, Grid, GridRow};
use super::{charset, count, csv_guard, headings, said};
use crate::limits::{
    CELL_BYTES_MAX, CELLS_MAX, COLUMNS_MAX, HEADING_ROWS_MAX, PROBED_BYTES_MAX, REGISTER_BYTES_MAX,
    ROWS_MAX,
};

/// The delimiters that spreadsheet programs write, by the computer's regional settings.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Reads the rows of a CSV. `None`: the problems say why not.
pub(super) fn read(input: &[u8], problems: &mut Problems) -> Option<Grid> {
    if input.len() > REGISTER_BYTES_MAX {
        said::too_large(problems, "bytes", input.len() as u64, REGISTER_BYTES_MAX as u64);
        return None;
    }
    let text = charset::text(input, problems)?;
    let delimiter = delimiter(&text);
    let rows = rows(&text, delimiter, ROWS_MAX + 1);
    let grid = Grid { sheet: String::new(), rows };
    within_bounds(&grid, problems).then(|| {
        unclosed_quote(&text, &grid, problems);
        grid
    })
}

/// The delimiter by which the most columns are recognised; the most frequent of equals.
fn delimiter(text: &str) -> u8 {
    let text = text.get(..text.floor_char_boundary(PROBED_BYTES_MAX)).unwrap_or(text);
    let worth = |delimiter: &u8| {
        let rows = rows(text, *delimiter, HEADING_ROWS_MAX);
        let named = rows.iter().map(headings::named_in).max().unwrap_or_default();
        let top = text.lines().take(HEADING_ROWS_MAX);
        let found = top.flat_map(str::bytes).filter(|byte| byte == delimiter).count();
        (named, found)
    };
    // `max_by_key` takes the last of equals: the comma stands last.
    DELIMITERS.into_iter().rev().max_by_key(worth).unwrap_or(b',')
}

/// The first rows with anything in them, at most `most`, and one more cell and column than the
/// bounds allow.
fn rows(text: &str, delimiter: u8, most: usize) -> Vec<GridRow> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    let (mut rows, mut record, mut rows_before) = (Vec::new(), ByteRecord::new(), 0);
    let mut cells = 0;
    while rows.len() < most
        && cells <= CELLS_MAX
        && reader.read_byte_record(&mut record).unwrap_or(false)
    {
        let begins = record.position().map_or(0, csv::Position::byte);
        let blank = lines.skip_to(usize::try_from(begins).unwrap_or(usize::MAX));
        rows_before += blank;
        let row = GridRow {
            number: count(rows_before + 1),
            line: count(lines.line),
            cells: record.iter().take(COLUMNS_MAX + 1).map(cell).collect(),
        };
        rows_before += 1;
        if !row.is_blank() {
            cells += row.cells.len();
            rows.push(row);
        }
    }
    rows
}

fn cell(bytes: &[u8]) -> Cell {
    // Cut at delimiters of one byte, UTF-8 stays UTF-8.
    Cell::text(csv_guard::lift(&String::from_utf8_lossy(bytes)))
}

/// Counts lines while the `csv` reader jumps over empty ones without telling.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// Goes to where the reader began to look for a row, then to the row. Answers how many empty
    /// lines lay between.
    fn skip_to(&mut self, begins: usize) -> usize {
        self.pass(begins);
        // The reader stops between the two bytes of a line's end.
        if begins > 0 && self.text.get(begins - 1..=begins) == Some(b"\r\n") {
            self.pass(begins + 1);
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let skipped = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let before = self.line;
        self.pass(self.at + skipped);
        self.line - before
    }

    fn pass(&mut self, to: usize) {
        let passed = self.text.get(self.at..to).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at = self.at.max(to);
    }
}

fn within_bounds(grid: &Grid, problems: &mut Problems) -> bool {
    let mut within = true;
    if grid.rows.len() > ROWS_MAX {
        said::too_large(problems, "rows", grid.rows.len() as u64, ROWS_MAX as u64);
        within = false;
    }
    let cells = grid.rows.iter().map(|row| row.cells.len()).sum::<usize>();
    if cells > CELLS_MAX {
        said::too_large(problems, "cells", cells as u64, CELLS_MAX as u64);
        within = false;
    }
    for row in &grid.rows {
        let cells = row.cells.len();
        if cells > COLUMNS_MAX {
            said::too_wide(problems, grid.place_of_row(row), cells);
            within = false;
        }
        let long = row.cells.iter().position(|cell| cell.literal.len() > CELL_BYTES_MAX);
        if let Some(column) = long {
            said::cell_too_long(problems, grid.place(row, column, ""));
            within = false;
        }
    }
    within
}

/// A quotation mark that is never closed swallows all rows after it into one cell.
fn unclosed_quote(text: &str, grid: &Grid, problems: &mut Problems) {
    let odd = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    let Some(last) = grid.rows.last() else { return };
    let swallowing = last.cells.iter().position(|cell| cell.literal.trim_end().contains('\n'));
    if let (true, Some(column)) = (odd, swallowing) {
        said::quote_unclosed(problems, grid.place(last, column, ""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Grid, Vec<String>) {
        let mut problems = Problems::new();
        let grid = read(text.as_bytes(), &mut problems).unwrap_or_default();
        (grid, problems.into_vec().into_iter().map(|problem| problem.code).collect())
    }

    #[test]
    fn delimiters_are_found_by_the_headings() {
        for delimiter in [",", ";", "\t"] {
            let text = ["رقم الطعن", "الطاعن", "النتيجة"].join(delimiter)
                + "\n"
                + &["1", "a, b; c", "رد"].join(delimiter);
            let (grid, _) = read_text(&text);
            assert_eq!(grid.rows[0].cells.len(), 3, "{delimiter:?}");
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
        for end in ["\n", "\r\n"] {
            let text = ["", "a,b", "", ",", "\"c", "d\",e", "", "f,g"].join(end);
            let (grid, codes) = read_text(&text);
            let numbers: Vec<_> = grid.rows.iter().map(|row| (row.number, row.line)).collect();
            assert_eq!(numbers, [(2, 2), (5, 5), (7, 8)], "{end:?}");
            assert_eq!(codes, [""; 0]);
        }
    }

    #[test]
    fn a_quote_that_swallows_the_rest_is_named() {
        let (grid, codes) = read_text("a,b\n1,\"x\n2,y\n3,z\n");
        assert_eq!(grid.rows.len(), 2);
        assert_eq!(codes, ["quote-unclosed"]);
    }

    #[test]
    fn bounds_refuse() {
        assert_eq!(read_text(&"a\n".repeat(ROWS_MAX + 1)).1, ["too-large"]);
        assert_eq!(read_text(&",".repeat(COLUMNS_MAX)).1, [""; 0], "a blank row is no row");
        assert_eq!(read_text(&"a,".repeat(COLUMNS_MAX)).1, ["too-wide"]);
        let wide = format!("{}a\n", "a,".repeat(COLUMNS_MAX - 1));
        assert_eq!(read_text(&wide.repeat(CELLS_MAX / COLUMNS_MAX + 1)).1, ["too-large"]);
        assert_eq!(read_text(&"a".repeat(CELL_BYTES_MAX + 1)).1, ["cell-too-long"]);
        assert_eq!(read_text(&"a".repeat(REGISTER_BYTES_MAX + 1)).1, ["too-large"]);
    }
}
