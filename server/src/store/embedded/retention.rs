//! Which documents have to be kept, and which were destroyed.

use rusqlite::Connection;

use super::row::{Cells, Table, blob, bound, maybe_number, number};
use super::{filings, holdings};
use crate::error::Fault;
use crate::model::id::{CaseId, DocumentDigest};
use crate::model::retention::{HoldRow, RetentionChange};
use crate::model::row::FilingRow;

/// Holds, each with the leaf that lifted it.
pub(super) const HOLD: Table =
    Table { name: "hold", columns: "filing_leaf, case_id, documents, lifted_leaf" };

/// Documents whose content was destroyed.
pub(super) const DESTRUCTION: Table =
    Table { name: "destruction", columns: "document, filing_leaf" };

/// Notes what a filing decides about documents of its case.
pub(super) fn apply(sql: &Connection, filing: &FilingRow) -> Result<(), Fault> {
    let (Some(change), Some(case)) = (&filing.retention, &filing.case) else { return Ok(()) };
    match change {
        RetentionChange::Hold { documents } => {
            let (leaf, documents) = (filing.leaf, documents.clone());
            put(sql, &HoldRow { leaf, case: case.case, documents, lifted: None })
        }
        RetentionChange::Lift { hold_leaf } => match hold(sql, *hold_leaf)? {
            Some(hold) if hold.case == case.case => {
                // Two that lift the same one may come at once: the first did it.
                let lifted = hold.lifted.or(Some(filing.leaf));
                put(sql, &HoldRow { lifted, ..hold })
            }
            _ => Err(Fault::broken(format!("there is no hold at leaf {hold_leaf}"))),
        },
        RetentionChange::Destroy { documents } => documents
            .iter()
            .try_for_each(|document| destroy(sql, *document, case.case, filing.leaf)),
    }
}

/// A hold, or another case that names the document, may have been committed after the filing was
/// judged. What came first in the log holds.
fn destroy(
    sql: &Connection,
    document: DocumentDigest,
    case: CaseId,
    leaf: u64,
) -> Result<(), Fault> {
    let kept = holds(sql, case)?.iter().any(|hold| hold.keeps(document));
    if kept || is_needed(sql, document, case)? || destroyed(sql, document)?.is_some() {
        return Ok(());
    }
    holdings::release(sql, document)?;
    DESTRUCTION.insert(sql, &[blob(document.as_bytes()), number(leaf)])
}

/// Whether a filing outside of a case names a document.
pub(super) fn is_needed(
    sql: &Connection,
    document: DocumentDigest,
    case: CaseId,
) -> Result<bool, Fault> {
    let uses = holdings::uses(sql, document)?;
    let mut needed = uses.cases.iter().any(|other| *other != case);
    for leaf in uses.filings {
        let own = filings::named(sql, leaf)?.case;
        needed |= own.is_none_or(|change| change.case != case);
    }
    Ok(needed)
}

/// The leaf by which a document was destroyed.
pub(super) fn destroyed(sql: &Connection, document: DocumentDigest) -> Result<Option<u64>, Fault> {
    let found = DESTRUCTION.one(sql, "WHERE document = ?", &[document.as_bytes()], destruction)?;
    Ok(found.map(|(_, leaf)| leaf))
}

/// Destroyed documents in the order of their digests.
pub(super) fn destructions(
    sql: &Connection,
    after: Option<DocumentDigest>,
    limit: usize,
) -> Result<Vec<(DocumentDigest, u64)>, Fault> {
    let after: &[u8] = after.as_ref().map_or(&[], |after| after.as_bytes());
    let clause = "WHERE document > ? ORDER BY document LIMIT ?";
    DESTRUCTION.all(sql, clause, &[&after, &bound(limit as u64)], destruction)
}

/// All holds that were ever placed in a case, in the order of the log.
pub(super) fn holds(sql: &Connection, case: CaseId) -> Result<Vec<HoldRow>, Fault> {
    HOLD.all(sql, "WHERE case_id = ? ORDER BY filing_leaf", &[case.as_bytes()], read)
}

fn hold(sql: &Connection, leaf: u64) -> Result<Option<HoldRow>, Fault> {
    HOLD.one(sql, "WHERE filing_leaf = ?", &[&bound(leaf)], read)
}

fn put(sql: &Connection, hold: &HoldRow) -> Result<(), Fault> {
    let documents: Vec<u8> = hold.documents.iter().flat_map(|one| *one.as_bytes()).collect();
    let cells = [
        number(hold.leaf),
        blob(hold.case.as_bytes()),
        blob(&documents),
        maybe_number(hold.lifted),
    ];
    HOLD.put(sql, &cells)
}

fn destruction(cells: &mut Cells<'_>) -> Result<(DocumentDigest, u64), Fault> {
    Ok((DocumentDigest::new(cells.array()?), cells.number()?))
}

fn read(cells: &mut Cells<'_>) -> Result<HoldRow, Fault> {
    let (leaf, case) = (cells.number()?, CaseId::new(cells.array()?));
    let (documents, rest) = cells.blob()?.as_chunks::<32>();
    if !rest.is_empty() {
        return Err(Fault::broken(format!(
            "the documents of the hold at leaf {leaf} are cut short"
        )));
    }
    let documents = documents.iter().map(|one| DocumentDigest::new(*one)).collect();
    Ok(HoldRow { leaf, case, documents, lifted: cells.maybe_number()? })
}
