//! Outages that the hub stated, and the mark of life by which it knows of the next one.

use rusqlite::Connection;

use super::row::{Table, blob, bound, number};
use crate::error::Fault;
use crate::model::row::{HeadRow, LifeRow};

/// Leaves of the statements.
pub(super) const OUTAGE: Table = Table { name: "outage", columns: "leaf" };

/// The mark of life.
pub(super) const LIFE: Table = Table { name: "life", columns: "id, at_ms, size, root, note" };

/// The only row of the mark of life.
const ONLY: u64 = 1;

/// Writes that the statement at `leaf` states an outage.
pub(super) fn note(sql: &Connection, leaf: u64) -> Result<(), Fault> {
    OUTAGE.insert(sql, &[number(leaf)])
}

/// Leaves of statements of outages below `before`, the newest first.
pub(super) fn list(sql: &Connection, before: u64, limit: usize) -> Result<Vec<u64>, Fault> {
    let clause = "WHERE leaf < ? ORDER BY leaf DESC LIMIT ?";
    OUTAGE.all(sql, clause, &[&bound(before), &bound(limit as u64)], |cells| cells.number())
}

/// Writes the mark of life in place of the one before.
pub(super) fn keep_life(sql: &Connection, life: &LifeRow) -> Result<(), Fault> {
    let published = &life.published;
    let cells = [
        number(ONLY),
        number(life.at_ms),
        number(published.size),
        blob(&published.root),
        blob(&published.note),
    ];
    LIFE.put(sql, &cells)
}

/// The mark of life.
pub(super) fn life(sql: &Connection) -> Result<Option<LifeRow>, Fault> {
    LIFE.one(sql, "WHERE id = ?", &[&bound(ONLY)], |cells| {
        cells.number()?;
        let (at_ms, size, root) = (cells.number()?, cells.number()?, cells.array()?);
        let published = HeadRow { size, root, note: cells.blob()?.to_vec() };
        Ok(LifeRow { at_ms, published })
    })
}
