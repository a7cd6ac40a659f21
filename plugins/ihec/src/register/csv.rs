//! A register as delimited text.

use barid_plugin::{Place, Problems};
use csv::{ByteRecord, ReaderBuilder};

use super::grid::{Cell, CellKind, Grid, GridRow};
use super::said::Unfit;
use super::sniff::{self, Kind};
use super::{charset, count, csv_guard, headings, look, said};
use crate::limits::{
    CELL_BYTES_MAX, CELLS_MAX, COLUMNS_MAX, HEADING_ROWS_MAX, PROBED_BYTES_MAX, REGISTER_BYTES_MAX,
    ROWS_MAX,
};

/// The delimiters that spreadsheet programs write, by the computer's regional settings.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads the rows of a CSV. `None`: the problems say why not.
pub(super) fn read(input: &[u8], problems: &mut Problems) -> Option<Grid> {
    if input.len() > REGISTER_BYTES_MAX {
        said::too_large(problems, "bytes", input.len() as u64, REGISTER_BYTES_MAX as u64);
        return None;
    }
    if let Some(unfit) = not_csv(input) {
        said::unfit(problems, unfit, Place::default());
        return None;
    }
    let text = charset::text(input, problems)?;
    let declared = declared(&text);
    let body = text.get(declared.bytes..).unwrap_or_default();
    let delimiter = declared.delimiter.unwrap_or_else(|| delimiter(body));
    let notation = Notation { delimiter, escaped: first_escape(body, delimiter) };
    if let Some(at) = notation.escaped {
        let line = body.get(..at).unwrap_or_default().lines().count().max(1) + declared.lines;
        said::quote_escaped(problems, Place::line(count(line), 0));
    }
    let rows = rows(body, notation, declared.lines, ROWS_MAX + 1);
    let grid = Grid { rows, ..Grid::default() };
    within_bounds(&grid, problems).then(|| {
        unclosed_quote(body, &grid, problems);
        grid
    })
}

/// What the bytes are instead, if they are plainly no CSV.
fn not_csv(input: &[u8]) -> Option<Unfit> {
    match sniff::kind(input) {
        Kind::Archive => Some(Unfit::Workbook),
        Kind::Encrypted => Some(Unfit::Encrypted),
        Kind::Legacy => Some(Unfit::Legacy),
        Kind::SpreadsheetXml => Some(Unfit::SpreadsheetXml),
        Kind::WebPage => Some(Unfit::WebPage),
        Kind::Pdf => Some(Unfit::Pdf),
        Kind::Other => None,
    }
}

/// What a first line `sep=;` says. A spreadsheet program takes it for itself and shows the next
/// line
/// as the first row.
#[derive(Debug, Default, PartialEq, Eq)]
struct Declared {
    delimiter: Option<u8>,
    bytes: usize,
    lines: usize,
}

fn declared(text: &str) -> Declared {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let (line, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let line = line.trim_matches('"').to_ascii_lowercase();
    let Some(delimiter) = line.strip_prefix("sep=") else { return Declared::default() };
    let &[delimiter] = delimiter.as_bytes() else { return Declared::default() };
    if !DELIMITERS.contains(&delimiter) {
        return Declared::default();
    }
    let ends = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
    Declared { delimiter: Some(delimiter), bytes: end + ends, lines: 1 }
}

/// The delimiter by which the most columns are recognised; the most frequent of equals.
fn delimiter(text: &str) -> u8 {
    let text = text.get(..text.floor_char_boundary(PROBED_BYTES_MAX)).unwrap_or(text);
    let worth = |delimiter: &u8| {
        let notation = Notation { delimiter: *delimiter, escaped: None };
        let rows = rows(text, notation, 0, HEADING_ROWS_MAX);
        let named = rows.iter().map(headings::named_in).max().unwrap_or_default();
        let top = text.lines().take(HEADING_ROWS_MAX);
        let found = top.flat_map(str::bytes).filter(|byte| byte == delimiter).count();
        (named, found)
    };
    // `max_by_key` takes the last of equals: the comma stands last.
    DELIMITERS.into_iter().rev().max_by_key(worth).unwrap_or(b',')
}

/// How cells are written.
#[derive(Debug, Clone, Copy)]
struct Notation {
    delimiter: u8,
    /// Where the first quotation mark behind a backslash stands, if that is how they are written
    /// inside cells instead of doubled.
    escaped: Option<usize>,
}

/// The first `\"` inside a cell. A quotation mark that closes a cell stands before a delimiter or a
/// line's end, and a backslash before it is the cell's own: `"C:\"`.
fn first_escape(text: &str, delimiter: u8) -> Option<usize> {
    let ends = [delimiter, b'\r', b'\n', b'"'];
    let inside = |at: &usize| text.as_bytes().get(at + 2).is_some_and(|next| !ends.contains(next));
    text.match_indices("\\\"").map(|(at, _)| at).find(inside)
}

/// The first rows with anything in them, at most `most`, and one more cell and column than the
/// bounds allow. `lines_before` are the lines that stand above the text.
fn rows(text: &str, notation: Notation, lines_before: usize, most: usize) -> Vec<GridRow> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(notation.delimiter)
        .escape(notation.escaped.map(|_| b'\\'))
        .from_reader(text.as_bytes());
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 + lines_before };
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
    let cell = Cell::text(csv_guard::lift(&String::from_utf8_lossy(bytes)));
    let failed = look::is_formula_error(cell.trimmed());
    Cell { kind: if failed { CellKind::Failed } else { CellKind::Text }, ..cell }
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
        // A line ends with LF, with CR LF, or, from old Macintoshes, with CR alone.
        let ends = |at: &usize| match self.text.get(*at) {
            Some(b'\n') => true,
            Some(b'\r') => self.text.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        self.line += (self.at..to).filter(ends).count();
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
        for delimiter in [",", ";", "\t", "|"] {
            let text = ["رقم الطعن", "الطاعن", "النتيجة"].join(delimiter)
                + "\n"
                + &["1", "a, b; c", "رد"].join(delimiter);
            let (grid, _) = read_text(&text);
            assert_eq!(grid.rows[0].cells.len(), 3, "{delimiter:?}");
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["", "a,b", "", ",", "\"c", "d\",e", "", "f,g"].join(end);
            let (grid, codes) = read_text(&text);
            let numbers: Vec<_> = grid.rows.iter().map(|row| (row.number, row.line)).collect();
            assert_eq!(numbers, [(2, 2), (5, 5), (7, 8)], "{end:?}");
            assert_eq!(codes, [""; 0]);
        }
    }

    #[test]
    fn a_first_line_can_name_the_delimiter() {
        for text in ["sep=;\r\na;b,c\r\n", "\"sep=;\"\na;b,c\n", "SEP=;\ra;b,c\r"] {
            let (grid, codes) = read_text(text);
            assert_eq!(codes, [""; 0]);
            let [row] = grid.rows.as_slice() else { panic!("{:?}", grid.rows) };
            let cells: Vec<&str> = row.cells.iter().map(Cell::trimmed).collect();
            assert_eq!((row.number, row.line, cells), (1, 2, vec!["a", "b,c"]), "{text:?}");
        }
        assert_eq!(declared("sep=x\n"), Declared::default());
        assert_eq!(declared("separate\n"), Declared::default());
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
