//! The log's own tables: leaves, tiles and signed heads.

use barid_proto::leaf::LEAF_LEN;
use rusqlite::Connection;

use super::row::{Cells, Table, blob, bound, number};
use crate::error::Fault;
use crate::model::row::{Batch, HeadRow};

/// The leaves.
pub(super) const LEAF: Table = Table { name: "leaf", columns: "idx, bytes" };

/// The tree's hashes.
pub(super) const TILE: Table = Table { name: "tile", columns: "level, idx, hashes" };

/// The signed heads.
pub(super) const HEAD: Table = Table { name: "head", columns: "size, root, note" };

/// The heads that a quorum cosigned.
pub(super) const COSIGNED: Table = Table { name: "cosigned", columns: "size, root, note" };

/// Writes a batch's leaves, tiles and head behind those that are there.
pub(super) fn append(sql: &Connection, batch: &Batch) -> Result<(), Fault> {
    let size = head(sql)?.map_or(0, |head| head.size);
    if batch.first_leaf != size {
        let first = batch.first_leaf;
        return Err(Fault::broken(format!("a batch from leaf {first} behind a head of {size}")));
    }
    if batch.head.size != size + batch.leaves.len() as u64 {
        return Err(Fault::broken("a batch's head does not count its leaves"));
    }
    for (index, leaf) in (size..).zip(&batch.leaves) {
        LEAF.insert(sql, &[number(index), blob(leaf)])?;
    }
    for tile in &batch.tiles {
        TILE.put(sql, &[number(tile.level.into()), number(tile.index), blob(&tile.hashes)])?;
    }
    HEAD.insert(sql, &[number(batch.head.size), blob(&batch.head.root), blob(&batch.head.note)])
}

/// Keeps heads that a quorum cosigned, each in place of an earlier one of its size.
pub(super) fn keep_cosigned(sql: &Connection, heads: &[HeadRow]) -> Result<(), Fault> {
    heads.iter().try_for_each(|head| {
        COSIGNED.put(sql, &[number(head.size), blob(&head.root), blob(&head.note)])
    })
}

/// Cosigned heads of more than `above` leaves, the smallest first.
pub(super) fn cosigned(sql: &Connection, above: u64, limit: usize) -> Result<Vec<HeadRow>, Fault> {
    let clause = "WHERE size > ? ORDER BY size LIMIT ?";
    COSIGNED.all(sql, clause, &[&bound(above), &bound(limit as u64)], read_head)
}

/// The newest cosigned head of at most `size` leaves.
pub(super) fn cosigned_within(sql: &Connection, size: u64) -> Result<Option<HeadRow>, Fault> {
    COSIGNED.one(sql, "WHERE size <= ? ORDER BY size DESC", &[&bound(size)], read_head)
}

/// The newest signed head.
pub(super) fn head(sql: &Connection) -> Result<Option<HeadRow>, Fault> {
    HEAD.one(sql, "ORDER BY size DESC", &[], read_head)
}

/// The signed head of a size.
pub(super) fn head_at(sql: &Connection, size: u64) -> Result<Option<HeadRow>, Fault> {
    HEAD.one(sql, "WHERE size = ?", &[&bound(size)], read_head)
}

/// The smallest signed head that covers a leaf.
pub(super) fn head_above(sql: &Connection, leaf: u64) -> Result<Option<HeadRow>, Fault> {
    HEAD.one(sql, "WHERE size > ? ORDER BY size", &[&bound(leaf)], read_head)
}

/// A tile's hashes so far.
pub(super) fn tile(sql: &Connection, level: u8, index: u64) -> Result<Option<Vec<u8>>, Fault> {
    TILE.one(sql, "WHERE level = ? AND idx = ?", &[&level, &bound(index)], |cells| {
        cells.number()?;
        cells.number()?;
        Ok(cells.blob()?.to_vec())
    })
}

/// Leaves from `first` on, without gaps.
pub(super) fn leaves(
    sql: &Connection,
    first: u64,
    count: usize,
) -> Result<Vec<[u8; LEAF_LEN]>, Fault> {
    let clause = "WHERE idx >= ? ORDER BY idx LIMIT ?";
    let mut due = first;
    LEAF.all(sql, clause, &[&bound(first), &bound(count as u64)], |cells| {
        if cells.number()? != due {
            return Err(Fault::broken(format!("the row {due} of the table leaf is missing")));
        }
        due += 1;
        cells.array()
    })
}

fn read_head(cells: &mut Cells<'_>) -> Result<HeadRow, Fault> {
    Ok(HeadRow { size: cells.number()?, root: cells.array()?, note: cells.blob()?.to_vec() })
}
