//! Limits: which deliveries wait for an answer until when, and which expired in silence.
//!
//! Apart from the deliveries themselves: few filings set a limit, and the deliveries of those that
//! do not need no row here.

use rusqlite::Connection;

use super::names;
use super::row::{Cell, Cells, Table, blob, bound, maybe_number, number, owned_text, signed};
use crate::error::Fault;
use crate::model::id::{EnvelopeDigest, OfficeAddress};
use crate::model::row::{FilingRow, OverdueRow};

/// Deliveries with a limit.
pub(super) const EXPIRY: Table = Table {
    name: "expiry",
    columns: "filing_leaf, office, limit_ms, digest, waiting, expired_leaf",
};

struct Expiry {
    delivery: OverdueRow,
    waiting: bool,
    expired_leaf: Option<u64>,
}

/// Has the recipients of a filing with a limit waited for.
pub(super) fn expect(sql: &Connection, filing: &FilingRow) -> Result<(), Fault> {
    let Some(limit_ms) = filing.answer_by_ms else { return Ok(()) };
    filing.recipients.iter().try_for_each(|recipient| {
        let delivery = OverdueRow {
            limit_ms,
            recipient: recipient.clone(),
            filing_leaf: filing.leaf,
            digest: filing.digest,
        };
        EXPIRY.insert(sql, &cells(&Expiry { delivery, waiting: true, expired_leaf: None }))
    })
}

/// Writes that an office answered a filing: it is waited for no longer, if it was.
pub(super) fn answered(
    sql: &Connection,
    office: &OfficeAddress,
    filing_leaf: u64,
) -> Result<(), Fault> {
    let Some(mut expiry) = find(sql, office, filing_leaf)? else { return Ok(()) };
    expiry.waiting = false;
    EXPIRY.put(sql, &cells(&expiry))
}

/// Writes that an office was silent until a filing's limit, as the statement at `leaf` says.
pub(super) fn expired(
    sql: &Connection,
    leaf: u64,
    office: &OfficeAddress,
    filing_leaf: u64,
) -> Result<(), Fault> {
    let waiting = find(sql, office, filing_leaf)?.filter(|expiry| expiry.waiting);
    let Some(mut expiry) = waiting else {
        let what = format!("filing {filing_leaf} does not wait for an answer of {office}");
        return Err(Fault::broken(what));
    };
    expiry.waiting = false;
    expiry.expired_leaf = Some(leaf);
    EXPIRY.put(sql, &cells(&expiry))
}

/// Leaf of the statement that an office was silent until a filing's limit.
pub(super) fn leaf_of(
    sql: &Connection,
    office: &OfficeAddress,
    filing_leaf: u64,
) -> Result<Option<u64>, Fault> {
    Ok(find(sql, office, filing_leaf)?.and_then(|expiry| expiry.expired_leaf))
}

/// Deliveries that wait although their limit is before `now_ms`, by their limits.
pub(super) fn overdue(
    sql: &Connection,
    now_ms: u64,
    limit: usize,
) -> Result<Vec<OverdueRow>, Fault> {
    let clause =
        "WHERE waiting = 1 AND limit_ms < ? ORDER BY limit_ms, filing_leaf, office LIMIT ?";
    let found = EXPIRY.all(sql, clause, &[&bound(now_ms), &bound(limit as u64)], read)?;
    Ok(found.into_iter().map(|expiry| expiry.delivery).collect())
}

fn find(
    sql: &Connection,
    office: &OfficeAddress,
    filing_leaf: u64,
) -> Result<Option<Expiry>, Fault> {
    let clause = "WHERE filing_leaf = ? AND office = ?";
    EXPIRY.one(sql, clause, &[&bound(filing_leaf), &office.to_string()], read)
}

fn cells(expiry: &Expiry) -> [Cell<'_>; 6] {
    let delivery = &expiry.delivery;
    [
        number(delivery.filing_leaf),
        owned_text(delivery.recipient.to_string()),
        number(delivery.limit_ms),
        blob(delivery.digest.as_bytes()),
        signed(expiry.waiting.into()),
        maybe_number(expiry.expired_leaf),
    ]
}

fn read(cells: &mut Cells<'_>) -> Result<Expiry, Fault> {
    let filing_leaf = cells.number()?;
    let recipient = names::address(cells.text()?)?;
    let limit_ms = cells.number()?;
    let digest = EnvelopeDigest::new(cells.array()?);
    let waiting = cells.number()? == 1;
    let expired_leaf = cells.maybe_number()?;
    let delivery = OverdueRow { limit_ms, recipient, filing_leaf, digest };
    Ok(Expiry { delivery, waiting, expired_leaf })
}
