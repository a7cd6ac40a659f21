//! Deliveries: positions in inboxes, and what became of each filing at each recipient.

use rusqlite::{Connection, ToSql};

use super::row::{Cell, Cells, Table, bound, maybe_number, maybe_text, number, owned_text, signed};
use super::{expiry, filings, names};
use crate::error::Fault;
use crate::model::id::OfficeAddress;
use crate::model::row::{AnswerChange, AnswerStep, DeliveryRow, DocketNumberRow, FilingRow};

/// Deliveries as they stand.
pub(super) const DELIVERY: Table = Table {
    name: "delivery",
    columns: "filing_leaf, position, office, cursor, fetched_leaf, acknowledged_leaf, \
              settled_leaf, refused, number_institution, number_literal, number_normal, \
              registered_at_ms",
};

/// The newest position in each inbox.
pub(super) const INBOX: Table = Table { name: "inbox", columns: "office, deliveries" };

/// A delivery and its position in the envelope, which is half of its primary key.
struct Placed {
    position: u64,
    delivery: DeliveryRow,
}

/// Serves a filing on its recipients.
pub(super) fn serve(sql: &Connection, filing: &FilingRow) -> Result<(), Fault> {
    for (position, recipient) in (0..).zip(&filing.recipients) {
        let cursor = newest(sql, recipient)? + 1;
        INBOX.put(sql, &[owned_text(recipient.to_string()), number(cursor)])?;
        let delivery = DeliveryRow {
            recipient: recipient.clone(),
            cursor,
            filing_leaf: filing.leaf,
            fetched_leaf: None,
            acknowledged_leaf: None,
            settled_leaf: None,
            refused: false,
            docket_number: None,
            registered_at_ms: 0,
            expired_leaf: None,
        };
        DELIVERY.insert(sql, &cells(&Placed { position, delivery }))?;
    }
    Ok(())
}

/// Writes what an answer at `leaf` settles at the office that sends it.
pub(super) fn settle(
    sql: &Connection,
    leaf: u64,
    sender: &OfficeAddress,
    answer: &AnswerChange,
) -> Result<(), Fault> {
    update(sql, sender, answer.filing_leaf, |delivery| match answer.step {
        AnswerStep::Acknowledged => {
            delivery.acknowledged_leaf.get_or_insert(leaf);
        }
        AnswerStep::Registered | AnswerStep::Refused => {
            delivery.settled_leaf = Some(leaf);
            delivery.refused = answer.step == AnswerStep::Refused;
            delivery.docket_number = answer.docket_number.clone();
            delivery.registered_at_ms = answer.registered_at_ms;
        }
    })
}

/// Writes that an office fetched a filing, as the statement at `leaf` says. The first time counts.
pub(super) fn fetched(
    sql: &Connection,
    leaf: u64,
    office: &OfficeAddress,
    filing_leaf: u64,
) -> Result<(), Fault> {
    update(sql, office, filing_leaf, |delivery| {
        delivery.fetched_leaf.get_or_insert(leaf);
    })
}

/// Deliveries of a filing, in the order of the envelope.
pub(super) fn of_filing(sql: &Connection, filing_leaf: u64) -> Result<Vec<DeliveryRow>, Fault> {
    let clause = "WHERE filing_leaf = ? ORDER BY position";
    let placed = DELIVERY.all(sql, clause, &[&bound(filing_leaf)], read)?;
    placed.into_iter().map(|placed| with_expiry(sql, placed.delivery)).collect()
}

/// An office's inbox behind a cursor.
pub(super) fn inbox(
    sql: &Connection,
    office: &OfficeAddress,
    after: u64,
    limit: usize,
) -> Result<Vec<(DeliveryRow, FilingRow)>, Fault> {
    let clause = "WHERE office = ? AND cursor > ? ORDER BY cursor LIMIT ?";
    let page = with_filings(sql, clause, office, after, limit)?;
    let due = newest(sql, office)?.saturating_sub(after).min(limit as u64);
    let gapless = page.iter().zip(1..).all(|((delivery, _), n)| delivery.cursor == after + n);
    if gapless && page.len() as u64 == due {
        Ok(page)
    } else {
        Err(Fault::broken(format!("the inbox of {office} has a gap behind position {after}")))
    }
}

/// What an office registered, by the leaves of its registrations.
pub(super) fn registrations(
    sql: &Connection,
    office: &OfficeAddress,
    after: u64,
    limit: usize,
) -> Result<Vec<(DeliveryRow, FilingRow)>, Fault> {
    let clause = "WHERE office = ? AND settled_leaf IS NOT NULL AND refused = 0 \
                  AND settled_leaf > ? ORDER BY settled_leaf LIMIT ?";
    with_filings(sql, clause, office, after, limit)
}

fn with_filings(
    sql: &Connection,
    clause: &str,
    office: &OfficeAddress,
    after: u64,
    limit: usize,
) -> Result<Vec<(DeliveryRow, FilingRow)>, Fault> {
    let office = office.to_string();
    let parameters: [&dyn ToSql; 3] = [&office, &bound(after), &bound(limit as u64)];
    let placed = DELIVERY.all(sql, clause, &parameters, read)?;
    let with_filing = |placed: Placed| {
        let filing = filings::named(sql, placed.delivery.filing_leaf)?;
        Ok((with_expiry(sql, placed.delivery)?, filing))
    };
    placed.into_iter().map(with_filing).collect()
}

/// Few deliveries have a limit; what became of it stands in a table of its own.
fn with_expiry(sql: &Connection, mut delivery: DeliveryRow) -> Result<DeliveryRow, Fault> {
    delivery.expired_leaf = expiry::leaf_of(sql, &delivery.recipient, delivery.filing_leaf)?;
    Ok(delivery)
}

fn newest(sql: &Connection, office: &OfficeAddress) -> Result<u64, Fault> {
    let office = office.to_string();
    let newest = INBOX.one(sql, "WHERE office = ?", &[&office], |cells| {
        cells.text()?;
        cells.number()
    })?;
    Ok(newest.unwrap_or(0))
}

fn update(
    sql: &Connection,
    office: &OfficeAddress,
    filing_leaf: u64,
    change: impl FnOnce(&mut DeliveryRow),
) -> Result<(), Fault> {
    let clause = "WHERE filing_leaf = ? AND office = ?";
    let name = office.to_string();
    let mut placed = DELIVERY
        .one(sql, clause, &[&bound(filing_leaf), &name], read)?
        .ok_or_else(|| Fault::broken(format!("filing {filing_leaf} was not served on {office}")))?;
    change(&mut placed.delivery);
    DELIVERY.put(sql, &cells(&placed))
}

fn cells(placed: &Placed) -> [Cell<'_>; 12] {
    let delivery = &placed.delivery;
    let docket_number = delivery.docket_number.as_ref();
    [
        number(delivery.filing_leaf),
        number(placed.position),
        owned_text(delivery.recipient.to_string()),
        number(delivery.cursor),
        maybe_number(delivery.fetched_leaf),
        maybe_number(delivery.acknowledged_leaf),
        maybe_number(delivery.settled_leaf),
        signed(delivery.refused.into()),
        maybe_text(docket_number.map(|number| number.institution.as_str())),
        maybe_text(docket_number.map(|number| number.literal.as_str())),
        maybe_text(docket_number.map(|number| number.normal.as_str())),
        signed(delivery.registered_at_ms),
    ]
}

fn read(cells: &mut Cells<'_>) -> Result<Placed, Fault> {
    let filing_leaf = cells.number()?;
    let position = cells.number()?;
    let recipient = names::address(cells.text()?)?;
    let cursor = cells.number()?;
    let fetched_leaf = cells.maybe_number()?;
    let acknowledged_leaf = cells.maybe_number()?;
    let settled_leaf = cells.maybe_number()?;
    let refused = cells.number()? == 1;
    let docket_number = match (cells.maybe_text()?, cells.maybe_text()?, cells.maybe_text()?) {
        (Some(institution), Some(literal), Some(normal)) => Some(DocketNumberRow {
            institution: names::institution(institution)?,
            literal: literal.to_owned(),
            normal: normal.to_owned(),
        }),
        _ => None,
    };
    let registered_at_ms = cells.signed()?;
    let delivery = DeliveryRow {
        recipient,
        cursor,
        filing_leaf,
        fetched_leaf,
        acknowledged_leaf,
        settled_leaf,
        refused,
        docket_number,
        registered_at_ms,
        expired_leaf: None,
    };
    Ok(Placed { position, delivery })
}
