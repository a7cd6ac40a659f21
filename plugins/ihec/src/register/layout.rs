//! What each column of a sheet holds, from its row of headings.

use barid_plugin::Problems;

use super::grid::{Grid, GridRow};
use super::headings::{self, Column};
use super::said;

/// The columns from the first.
pub(super) struct Layout {
    columns: Vec<(Column, String)>,
}

impl Layout {
    /// Reads a row of headings. Of two columns that mean the same the first counts; the second is
    /// kept as it is.
    pub(super) fn read(grid: &Grid, row: &GridRow, problems: &mut Problems) -> Self {
        let mut columns: Vec<(Column, String)> = Vec::new();
        for (index, cell) in row.cells.iter().enumerate() {
            let heading = cell.trimmed();
            let place = || grid.place(row, index, heading);
            let known = headings::recognise(heading);
            let taken = columns.iter().any(|(column, earlier)| {
                known.is_some_and(|known| known != Column::Kept && known == *column)
                    || (!heading.is_empty() && heading == earlier)
            });
            if taken {
                said::heading_repeated(problems, place(), heading);
            } else if known.is_none() && !heading.is_empty() {
                said::column_unknown(problems, place(), heading);
            }
            let column = known.filter(|_| !taken).unwrap_or(Column::Kept);
            columns.push((column, heading.to_owned()));
        }
        while columns.last().is_some_and(|(_, heading)| heading.is_empty()) {
            columns.pop();
        }
        Self { columns }
    }

    /// What a column holds, and its heading as written. A column without heading is kept.
    pub(super) fn column(&self, index: usize) -> (Column, &str) {
        self.columns
            .get(index)
            .map_or((Column::Kept, ""), |(column, heading)| (*column, heading.as_str()))
    }

    /// How many columns have a heading.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }
}
