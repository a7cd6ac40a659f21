//! A CSV table with headings, as institutes and tribunals publish them.

pub mod pilot;
mod said;

use barid_plugin::Problems;
use barid_table_reading::{Bounds, Layout};
pub use barid_table_reading::{MEDIA_TYPE, Row, Table};
use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::words::plain;

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

/// What a published table looks like.
const LAYOUT: Layout<'static> = Layout {
    bounds: Bounds {
        bytes: SIZE_MAX_BYTES,
        rows: ROWS_MAX,
        columns: COLUMNS_MAX,
        cells: CELLS_MAX,
    },
    delimiters: &DELIMITERS,
    heading: |heading| heading,
    cell: lifted,
    example: "",
};

/// The first column whose heading, without accents and signs, fits.
#[must_use]
pub fn column(headings: &[String], fits: impl Fn(&str) -> bool) -> Option<usize> {
    headings.iter().position(|heading| fits(&plain(heading)))
}

/// Reads a table whose headings fit. `None`: it is not this table at all, and the problems say why.
pub fn read(
    input: &[u8],
    problems: &mut Problems,
    fits: impl Fn(&[String]) -> Result<(), &'static str>,
) -> Option<Table> {
    let table = barid_table_reading::read(input, &LAYOUT, problems, fits)?;
    if table.rows.is_empty() {
        said::no_rows(problems);
        return None;
    }
    Some(table)
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
