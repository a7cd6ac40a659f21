//! Names text of a register that was damaged before it came, and in which cells.

use std::collections::BTreeMap;

use barid_plugin::{Place, Problems};

use super::grid::{Grid, column_name};
use super::lists;
use crate::garbled::{self, Damage};
use crate::limits::LISTED_MAX;

/// Where one kind of damage was found.
#[derive(Default)]
struct Found {
    first: Place,
    cells: Vec<String>,
    count: usize,
}

/// Warns once for each kind of damage: what garbled one cell has garbled hundreds.
pub(super) fn warn(grids: &[Grid], problems: &mut Problems) {
    let mut found: BTreeMap<Damage, Found> = BTreeMap::new();
    for grid in grids {
        for row in &grid.rows {
            for (column, cell) in row.cells.iter().enumerate() {
                let inherited = cell.inherited_from != 0;
                let Some(damage) = garbled::damage(&cell.literal).filter(|_| !inherited) else {
                    continue;
                };
                let found = found.entry(damage).or_default();
                if found.count == 0 {
                    found.first = grid.place(row, column, "");
                }
                if found.count < LISTED_MAX {
                    found.cells.push(format!("{}{}", column_name(column), row.number));
                }
                found.count += 1;
            }
        }
    }
    for (damage, Found { first, cells, count }) in found {
        garbled::warn(damage, first, &lists::some(count, cells.into_iter()), problems);
    }
}
