//! A CSV table with headings, as institutes and tribunals publish them.

pub mod pilot;
mod said;

use barid_plugin::Problems;
use barid_proto::v1::{RegisterCell, RegisterRow};
use csv::{QuoteStyle, ReaderBuilder, StringRecord, Terminator, WriterBuilder};

use crate::words::plain;

/// Media type of CSV (RFC 4180).
pub const MEDIA_TYPE: &str = "text/csv";

/// Largest table read, in bytes: a state's returns by polling place have about 2 MB.
pub const SIZE_MAX_BYTES: usize = 4 << 20;

/// Most rows read: what the hub takes in one table.
pub const ROWS_MAX: usize = 65_536;

/// Most columns read: published returns with a column for each coalition have about 60.
pub const COLUMNS_MAX: usize = 128;

/// Most cells read, so that memory stays a small multiple of the table.
const CELLS_MAX: usize = 1 << 19;

/// Delimiters that spreadsheet programs write, by the computer's regional settings.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// What makes a spreadsheet compute a cell.
const COMPUTED: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The sign before a cell that a spreadsheet must not compute.
const GUARD: char = '\'';

/// A table with its headings apart.
#[derive(Debug)]
pub struct Table {
    /// The headings, as written.
    pub headings: Vec<String>,
    /// The rows below them.
    pub rows: Vec<Row>,
}

/// One row below the headings.
#[derive(Debug)]
pub struct Row {
    /// From 1, headings counted.
    pub number: u32,
    /// Line it begins on; a quoted cell may span several.
    pub line: u32,
    /// As many cells as there are headings.
    pub cells: Vec<String>,
}

impl Table {
    /// The first column whose heading, without accents and signs, fits.
    #[must_use]
    pub fn column(&self, fits: impl Fn(&str) -> bool) -> Option<usize> {
        self.headings.iter().position(|heading| fits(&plain(heading)))
    }

    /// The heading of a column, as written.
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

/// Reads a table whose headings fit. `None`: it is not this table at all, and the problems say why.
pub fn read(
    input: &[u8],
    problems: &mut Problems,
    fits: impl Fn(&Table) -> Result<(), &'static str>,
) -> Option<Table> {
    if input.len() > SIZE_MAX_BYTES {
        said::too_large(problems);
        return None;
    }
    let input = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    let text = match std::str::from_utf8(input) {
        Ok(text) => text,
        Err(invalid) => {
            said::not_utf8(problems, input, invalid.valid_up_to());
            return None;
        }
    };
    // The parser takes an unclosed quotation mark for one cell up to the end of the table.
    if text.matches('"').count() % 2 == 1 {
        said::quote_open(problems);
        return None;
    }
    let mut reader =
        ReaderBuilder::new().flexible(true).delimiter(delimiter(text)).from_reader(text.as_bytes());
    let headings = reader.headers().map(|headings| headings.iter().map(str::to_owned).collect());
    let mut table = Table { headings: headings.unwrap_or_default(), rows: Vec::new() };
    if table.headings.len() > COLUMNS_MAX {
        said::too_large(problems);
        return None;
    }
    if let Err(wanted) = fits(&table) {
        said::heading_missing(problems, &table.headings, wanted);
        return None;
    }
    check_headings(&table.headings, problems);
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                said::unreadable(problems, &error);
                return None;
            }
        };
        if table.rows.len() >= ROWS_MAX || table.rows.len() * table.headings.len() > CELLS_MAX {
            said::too_large(problems);
            return None;
        }
        table.rows.push(row(&record, table.rows.len(), table.headings.len(), problems));
    }
    if table.rows.is_empty() {
        said::no_rows(problems);
        return None;
    }
    Some(table)
}

/// The delimiter that the first line has most of; the comma of equals.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    // `max_by_key` takes the last of equals: the comma stands last.
    DELIMITERS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

fn row(record: &StringRecord, index: usize, columns: usize, problems: &mut Problems) -> Row {
    let number = u32::try_from(index + 2).unwrap_or(u32::MAX);
    let line = record.position().map_or(0, |position| position.line());
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    if record.len() != columns {
        said::cells_differ(problems, number, line, record.len(), columns);
    }
    Row { number, line, cells: record.iter().map(|cell| lifted(cell).to_owned()).collect() }
}

fn check_headings(headings: &[String], problems: &mut Problems) {
    for (index, heading) in headings.iter().enumerate() {
        if headings.iter().take(index).any(|earlier| earlier == heading) {
            said::heading_twice(problems, heading);
        }
    }
}

/// Writes a table. Lines end with a line feed and cells stand without quotation marks where they
/// can, as in the published tables.
///
/// # Errors
///
/// When a row has another number of cells than there are headings.
pub fn write(headings: &[&str], rows: &[Vec<&str>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .quote_style(QuoteStyle::Necessary)
        .from_writer(Vec::new());
    for row in std::iter::once(headings).chain(rows.iter().map(Vec::as_slice)) {
        writer.write_record(row.iter().map(|cell| guarded(cell)))?;
    }
    writer.into_inner().map_err(|broken| csv::Error::from(broken.into_error()))
}

/// The cell, behind an apostrophe where a spreadsheet would compute it: what it computes can call a
/// program. A guard of its own is guarded too, so that [`lifted`] gives back exactly this cell.
fn guarded(cell: &str) -> String {
    if cell.starts_with(COMPUTED) || cell.starts_with(GUARD) {
        format!("{GUARD}{cell}")
    } else {
        cell.to_owned()
    }
}

fn lifted(cell: &str) -> &str {
    match cell.strip_prefix(GUARD) {
        Some(rest) if rest.starts_with(COMPUTED) || rest.starts_with(GUARD) => rest,
        _ => cell,
    }
}
