//! A CSV table with headings, every row with as many cells as there are headings.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};
use csv::{ReaderBuilder, StringRecord};

use super::TITLE;

/// Largest table read, in bytes. The published register of six years has 5 KB.
const SIZE_MAX_BYTES: usize = 16 << 20;

/// Most rows read: thirty elections of the busiest year.
const ROWS_MAX: usize = 100_000;

/// Most columns read. The register has three.
const COLUMNS_MAX: usize = 64;

/// A table with its headings apart.
pub(super) struct Table {
    pub(super) headings: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// One row below the headings.
pub(super) struct Row {
    /// From 1, headings counted.
    pub(super) number: u32,
    /// Line it begins on; a quoted cell may span several.
    pub(super) line: u32,
    pub(super) cells: Vec<String>,
}

impl Table {
    /// The cell below a heading; empty when there is no such column.
    pub(super) fn cell<'t>(&'t self, row: &'t Row, heading: &str) -> &'t str {
        let column = self.headings.iter().position(|known| known == heading);
        column.and_then(|column| row.cells.get(column)).map_or("", String::as_str)
    }
}

/// Reads a table. `None`: it is not this table at all.
pub(super) fn read(input: &[u8], problems: &mut Problems) -> Option<Table> {
    if input.len() > SIZE_MAX_BYTES {
        say_too_large(problems);
        return None;
    }
    let input = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    let text = match std::str::from_utf8(input) {
        Ok(text) => text,
        Err(invalid) => {
            say_not_utf8(problems, input, invalid.valid_up_to());
            return None;
        }
    };
    // The parser takes an unclosed quotation mark for one cell up to the end of the table.
    if text.matches('"').count() % 2 == 1 {
        say_quote_open(problems);
        return None;
    }
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headings: Vec<String> = match reader.headers() {
        Ok(headings) => headings.iter().map(|heading| heading.trim().to_owned()).collect(),
        Err(_) => Vec::new(),
    };
    if !are_usable(&headings, problems) {
        return None;
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                say_unreadable(problems, &error);
                return None;
            }
        };
        if rows.len() >= ROWS_MAX {
            say_too_large(problems);
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
        say_cells_differ(problems, place, record.len(), columns);
    }
    Row { number, line, cells: record.iter().map(str::to_owned).collect() }
}

fn are_usable(headings: &[String], problems: &mut Problems) -> bool {
    if !headings.iter().any(|heading| heading == TITLE) {
        say_heading_missing(problems, headings);
        return false;
    }
    if headings.len() > COLUMNS_MAX {
        say_too_large(problems);
        return false;
    }
    for (index, heading) in headings.iter().enumerate() {
        if headings.iter().take(index).any(|earlier| earlier == heading) {
            say_heading_twice(problems, heading);
        }
    }
    true
}

fn say_too_large(problems: &mut Problems) {
    problems.error(
        "too-large",
        Place::default(),
        &[
            ("ar", &format!("الجدول أكبر من الحد: {ROWS_MAX} صف و{COLUMNS_MAX} عموداً.")),
            (
                "en",
                &format!(
                    "The table is larger than {ROWS_MAX} rows, {COLUMNS_MAX} columns or 16 MiB."
                ),
            ),
        ],
        &[("ar", "قسّم الجدول."), ("en", "Split the table.")],
    );
}

fn say_not_utf8(problems: &mut Problems, input: &[u8], good_bytes: usize) {
    let line = input.iter().take(good_bytes).filter(|byte| **byte == b'\n').count() + 1;
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    problems.error(
        "encoding-not-utf8",
        Place::line(line, 0).at_offset(good_bytes as u64),
        &[("ar", "الجدول ليس بترميز UTF-8."), ("en", "The table is not UTF-8.")],
        &[
            ("ar", "احفظه من برنامج الجداول بصيغة CSV UTF-8."),
            ("en", "Save it from the spreadsheet program as CSV UTF-8."),
        ],
    );
}

fn say_unreadable(problems: &mut Problems, error: &csv::Error) {
    let line = error.position().map_or(0, csv::Position::line);
    problems.error(
        "csv-unreadable",
        Place::line(u32::try_from(line).unwrap_or(u32::MAX), 0),
        &[
            ("ar", &format!("تعذرت قراءة الصف: {}", shown(&error.to_string()))),
            ("en", &format!("The row cannot be read: {}", shown(&error.to_string()))),
        ],
        &[("ar", "صدّر الجدول من جديد."), ("en", "Export the table again.")],
    );
}

fn say_quote_open(problems: &mut Problems) {
    problems.error(
        "csv-quote-open",
        Place::default(),
        &[("ar", "علامة اقتباس لم تغلق."), ("en", "A quotation mark is opened and never closed.")],
        &[
            ("ar", "أغلق علامة الاقتباس، وضاعفها داخل الخلية."),
            ("en", "Close it; inside a cell write it twice."),
        ],
    );
}

fn say_heading_missing(problems: &mut Problems, headings: &[String]) {
    let found: Vec<String> = headings.iter().take(5).map(|heading| shown(heading)).collect();
    let found = found.join(", ");
    problems.error(
        "heading-missing",
        Place::cell(1, TITLE),
        &[
            ("ar", &format!("العمود {TITLE} مفقود؛ العناوين: {found}")),
            ("en", &format!("The column {TITLE} is missing; the headings are: {found}")),
        ],
        &[
            ("ar", "ضع في الصف الأول: source_url,title_as_published,images"),
            ("en", "Let the first row be: source_url,title_as_published,images"),
        ],
    );
}

fn say_heading_twice(problems: &mut Problems, heading: &str) {
    problems.error(
        "heading-twice",
        Place::cell(1, heading),
        &[
            ("ar", &format!("العنوان {} مكرر.", shown(heading))),
            ("en", &format!("The heading {} is there twice.", shown(heading))),
        ],
        &[("ar", "غيّر أحدهما."), ("en", "Change one of them.")],
    );
}

fn say_cells_differ(problems: &mut Problems, place: Place, found: usize, due: usize) {
    problems.error(
        "cells-differ",
        place,
        &[
            ("ar", &format!("في الصف {found} خلية والعناوين {due}.")),
            ("en", &format!("The row has {found} cells, but there are {due} headings.")),
        ],
        &[
            ("ar", "ضع النص الذي فيه فاصلة بين علامتي اقتباس."),
            ("en", "Put text that contains a comma between quotation marks."),
        ],
    );
}
