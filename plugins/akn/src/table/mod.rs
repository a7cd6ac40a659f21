//! A CSV table with headings, as courts export their registers: every row with as many cells as
//! there are headings.

mod said;

use barid_plugin::{Place, Problems};
use csv::{ReaderBuilder, StringRecord};

/// Media type of CSV (RFC 4180).
pub const MEDIA_TYPE: &str = "text/csv";

/// Largest table read, in bytes. A published register of six years has 5 KB.
const SIZE_MAX_BYTES: usize = 16 << 20;

/// Most rows read: thirty elections of the busiest year.
const ROWS_MAX: usize = 100_000;

/// Most columns read. Registers have three to twenty.
const COLUMNS_MAX: usize = 64;

/// What a table has to be.
#[derive(Debug, Clone, Copy)]
pub struct Layout<'l> {
    /// The one heading without which it is another table.
    pub needed: &'l str,
    /// Whether a heading is that one, in any of its spellings.
    pub is_needed: fn(&str) -> bool,
    /// A first row as it should be, for who has to mend it.
    pub example: &'l str,
}

/// A table with its headings apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The headings, in order, without spaces around them.
    pub headings: Vec<String>,
    /// The rows, in order.
    pub rows: Vec<Row>,
}

/// One row below the headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// From 1, headings counted.
    pub number: u32,
    /// Line it begins on; a quoted cell may span several.
    pub line: u32,
    /// The cells, as written.
    pub cells: Vec<String>,
}

impl Table {
    /// The cell below a heading; empty when there is no such column.
    #[must_use]
    pub fn cell<'t>(&'t self, row: &'t Row, heading: &str) -> &'t str {
        let column = self.headings.iter().position(|known| known == heading);
        column.and_then(|column| row.cells.get(column)).map_or("", String::as_str)
    }
}

/// Reads a table. `None`: it is not this table at all.
pub fn read(input: &[u8], layout: Layout<'_>, problems: &mut Problems) -> Option<Table> {
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
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headings: Vec<String> = match reader.headers() {
        Ok(headings) => headings.iter().map(|heading| heading.trim().to_owned()).collect(),
        Err(_) => Vec::new(),
    };
    if !are_usable(&headings, layout, problems) {
        return None;
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                said::unreadable(problems, &error);
                return None;
            }
        };
        if rows.len() >= ROWS_MAX {
            said::too_large(problems);
            return None;
        }
        rows.push(row(&record, rows.len(), headings.len(), problems));
    }
    Some(Table { headings, rows })
}

fn row(record: &StringRecord, index: usize, columns: usize, problems: &mut Problems) -> Row {
    let number = u32::try_from(index + 2).unwrap_or(u32::MAX);
    let line = record.position().map_or(0, |position| position.line());
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    if record.len() != columns {
        let place = Place::cell(number, "").at_line(line, 0);
        said::cells_differ(problems, place, record.len(), columns);
    }
    Row { number, line, cells: record.iter().map(str::to_owned).collect() }
}

fn are_usable(headings: &[String], layout: Layout<'_>, problems: &mut Problems) -> bool {
    if !headings.iter().any(|heading| (layout.is_needed)(heading)) {
        said::heading_missing(problems, headings, layout);
        return false;
    }
    if headings.len() > COLUMNS_MAX {
        said::too_large(problems);
        return false;
    }
    for (index, heading) in headings.iter().enumerate() {
        if headings.iter().take(index).any(|earlier| earlier == heading) {
            said::heading_twice(problems, heading);
        }
    }
    true
}
