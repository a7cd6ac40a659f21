//! A CSV table with headings, as courts export their registers: every row with as many cells as
//! there are headings.

use barid_plugin::Problems;
use barid_table_reading::Bounds;
pub use barid_table_reading::{MEDIA_TYPE, Row, Table};

/// How much is read. A published register of six years has 5 KB; thirty elections of the busiest
/// year have as many rows; registers have three to twenty columns.
const BOUNDS: Bounds = Bounds { bytes: 16 << 20, rows: 100_000, columns: 64, cells: 64 * 100_000 };

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

/// Reads a table. `None`: it is not this table at all.
pub fn read(input: &[u8], layout: Layout<'_>, problems: &mut Problems) -> Option<Table> {
    let Layout { needed, is_needed, example } = layout;
    let layout = barid_table_reading::Layout {
        bounds: BOUNDS,
        delimiters: b",",
        heading: str::trim,
        cell: |cell| cell,
        example,
    };
    barid_table_reading::read(input, &layout, problems, |headings| {
        if headings.iter().any(|heading| is_needed(heading)) { Ok(()) } else { Err(needed) }
    })
}
