//! Signing keys and the sequences of what they signed.

use std::collections::HashMap;

use barid_proto::key::KeyId;
use rusqlite::Connection;

use super::names;
use super::row::{Cell, Cells, Table, blob, maybe_blob, maybe_number, number, owned_text, signed};
use crate::error::Fault;
use crate::model::row::{ChainRow, FilingRow, KeyChange, KeyRow};

/// Keys as they stand.
pub(super) const SIGNING_KEY: Table = Table {
    name: "signing_key",
    columns: "key_id, spki, holder, purpose, added_leaf, retired_leaf, revoked_from_leaf",
};

/// What was done to keys, and by which leaf.
pub(super) const KEY_EVENT: Table =
    Table { name: "key_event", columns: "leaf, key_id, vouched_by" };

/// The newest envelope of each key.
pub(super) const CHAIN: Table = Table { name: "chain", columns: "key_id, sequence, digest" };

/// A chain without an envelope.
const BEGINNING: ChainRow = ChainRow { sequence: 0, digest: [0; 32] };

/// Where a key's sequence stands.
pub(super) fn chain(sql: &Connection, key: &KeyId) -> Result<ChainRow, Fault> {
    let found = CHAIN.one(sql, "WHERE key_id = ?", &[key.as_bytes()], |cells| {
        let _key: [u8; 32] = cells.array()?;
        Ok(ChainRow { sequence: cells.number()?, digest: cells.array()? })
    })?;
    Ok(found.unwrap_or(BEGINNING))
}

/// Moves a key's sequence on to a filing.
pub(super) fn advance(sql: &Connection, filing: &FilingRow) -> Result<(), Fault> {
    let at = chain(sql, &filing.key_id)?.sequence;
    if filing.sequence != at + 1 {
        let (key, next) = (filing.key_id, filing.sequence);
        return Err(Fault::broken(format!("the chain of {key} goes from {at} to {next}")));
    }
    let key = filing.key_id.as_bytes();
    CHAIN.put(sql, &[blob(key), number(filing.sequence), blob(filing.digest.as_bytes())])
}

/// All keys, in the order in which they came into use.
pub(super) fn list(sql: &Connection) -> Result<Vec<KeyRow>, Fault> {
    let vouching = KEY_EVENT.all(sql, "WHERE vouched_by IS NOT NULL", &[], |cells| {
        let _leaf = cells.number()?;
        Ok((KeyId::new(cells.array()?), KeyId::new(cells.array()?)))
    })?;
    let vouching: HashMap<KeyId, KeyId> = vouching.into_iter().collect();
    let mut rows = SIGNING_KEY.all(sql, "ORDER BY added_leaf", &[], read)?;
    for row in &mut rows {
        row.vouched_by = vouching.get(&row.key_id).copied();
    }
    Ok(rows)
}

/// The leaves that did something to a key, in order.
pub(super) fn events(sql: &Connection, key: &KeyId) -> Result<Vec<u64>, Fault> {
    let clause = "WHERE key_id = ? ORDER BY leaf";
    KEY_EVENT.all(sql, clause, &[key.as_bytes()], |cells| cells.number())
}

/// Writes what the filing at `leaf` does to a key.
pub(super) fn apply(sql: &Connection, leaf: u64, change: &KeyChange) -> Result<(), Fault> {
    note_event(sql, leaf, change)?;
    match change {
        KeyChange::Add { key_id, spki, holder, purpose, vouched_by } => {
            let row = KeyRow {
                key_id: *key_id,
                spki: spki.clone(),
                holder: holder.clone(),
                purpose: *purpose,
                added_leaf: leaf,
                vouched_by: *vouched_by,
                retired_leaf: None,
                revoked_from_leaf: None,
            };
            SIGNING_KEY.insert(sql, &cells(&row))
        }
        KeyChange::Retire { key_id } => update(sql, key_id, |row| {
            row.retired_leaf.get_or_insert(leaf);
        }),
        KeyChange::Revoke { key_id, invalid_from } => update(sql, key_id, |row| {
            let earlier = row.revoked_from_leaf.map_or(*invalid_from, |at| at.min(*invalid_from));
            row.revoked_from_leaf = Some(earlier);
        }),
    }
}

fn note_event(sql: &Connection, leaf: u64, change: &KeyChange) -> Result<(), Fault> {
    let (key_id, vouched_by) = match change {
        KeyChange::Add { key_id, vouched_by, .. } => (key_id, vouched_by.as_ref()),
        KeyChange::Retire { key_id } | KeyChange::Revoke { key_id, .. } => (key_id, None),
    };
    let vouched_by = maybe_blob(vouched_by.map(|key| &key.as_bytes()[..]));
    KEY_EVENT.insert(sql, &[number(leaf), blob(key_id.as_bytes()), vouched_by])
}

fn update(sql: &Connection, key: &KeyId, change: impl FnOnce(&mut KeyRow)) -> Result<(), Fault> {
    let mut row = SIGNING_KEY
        .one(sql, "WHERE key_id = ?", &[key.as_bytes()], read)?
        .ok_or_else(|| Fault::broken(format!("the key {key} never came into use")))?;
    change(&mut row);
    SIGNING_KEY.put(sql, &cells(&row))
}

fn cells(row: &KeyRow) -> [Cell<'_>; 7] {
    [
        blob(row.key_id.as_bytes()),
        blob(&row.spki),
        owned_text(row.holder.to_string()),
        signed(row.purpose.into()),
        number(row.added_leaf),
        maybe_number(row.retired_leaf),
        maybe_number(row.revoked_from_leaf),
    ]
}

fn read(cells: &mut Cells<'_>) -> Result<KeyRow, Fault> {
    Ok(KeyRow {
        key_id: KeyId::new(cells.array()?),
        spki: cells.blob()?.to_vec(),
        holder: names::address(cells.text()?)?,
        purpose: cells.small()?,
        added_leaf: cells.number()?,
        vouched_by: None,
        retired_leaf: cells.maybe_number()?,
        revoked_from_leaf: cells.maybe_number()?,
    })
}
