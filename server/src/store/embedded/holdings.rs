//! Which institutions uploaded which documents, and who may read them.

use std::collections::BTreeMap;

use barid_proto::tlog::Hash;
use rusqlite::{Connection, TransactionBehavior};

use super::cases::READER_CASE;
use super::deliveries::DELIVERY;
use super::row::{Cells, Table, blob, number, text};
use super::{access, names, sql_fault};
use crate::error::Fault;
use crate::model::id::{CaseId, DocumentDigest, InstitutionId};
use crate::model::row::{DocumentRow, DocumentUses, FilingRow};
use crate::store::Reader;

/// Uploaded documents by institution.
pub(super) const HOLDING: Table = Table { name: "holding", columns: "document, institution, size" };

/// Documents with the roots over their chunks.
pub(super) const DOCUMENT: Table =
    Table { name: "document", columns: "document, size, chunk_root" };

/// Bytes of all documents that an institution uploaded.
pub(super) const HOLDING_TOTAL: Table =
    Table { name: "holding_total", columns: "institution, bytes" };

/// Documents of filings that all parties to a case may read.
pub(super) const NAMING: Table = Table { name: "naming", columns: "document, case_id" };

/// Documents of filings that only those may read on whom they were served.
pub(super) const SERVING: Table = Table { name: "serving", columns: "document, filing_leaf" };

/// Notes who may read the documents of a filing. Sealed ones are for those alone who have their
/// keys: whoever gathers ciphertext today may break it in twenty years.
pub(super) fn name(sql: &Connection, filing: &FilingRow) -> Result<(), Fault> {
    let case = filing.case.as_ref().filter(|_| !filing.restricted);
    let others = filing.mentions.iter().filter(|_| !filing.restricted);
    let cases: Vec<CaseId> =
        case.map(|change| change.case).into_iter().chain(others.copied()).collect();
    let sealed =
        |document: &&DocumentDigest| filing.access.iter().any(|given| given.exhibit == **document);
    for document in filing.documents.iter().filter(|document| !sealed(document)) {
        for case in &cases {
            NAMING.put(sql, &[blob(document.as_bytes()), blob(case.as_bytes())])?;
        }
        if case.is_none() {
            SERVING.put(sql, &[blob(document.as_bytes()), number(filing.leaf)])?;
        }
    }
    access::give(sql, filing)
}

/// Notes an upload; doing so again changes nothing.
pub(super) fn add(
    sql: &Connection,
    document: &DocumentRow,
    institution: &InstitutionId,
) -> Result<(), Fault> {
    if let Some(known) = find(sql, document.digest)?
        && known.size != document.size
    {
        let (digest, known, size) = (document.digest, known.size, document.size);
        return Err(Fault::broken(format!("document {digest} has {known} bytes, and now {size}")));
    }
    if document.chunk_root.is_some() {
        add_root(sql, document)?;
    }
    if held(sql, document.digest, institution)?.is_some() {
        return Ok(());
    }
    let cells =
        [blob(document.digest.as_bytes()), text(institution.as_str()), number(document.size)];
    HOLDING.insert(sql, &cells)?;
    let bytes = total(sql, institution)?.saturating_add(document.size);
    HOLDING_TOTAL.put(sql, &[text(institution.as_str()), number(bytes)])
}

/// A document whose content is destroyed takes no room any more.
pub(super) fn release(sql: &Connection, document: DocumentDigest) -> Result<(), Fault> {
    let Some(row) = find(sql, document)? else { return Ok(()) };
    for institution in uses(sql, document)?.held_by {
        let bytes = total(sql, &institution)?.saturating_sub(row.size);
        HOLDING_TOTAL.put(sql, &[text(institution.as_str()), number(bytes)])?;
    }
    Ok(())
}

/// Notes the root over a document's chunks, which is one for ever.
pub(super) fn add_root(sql: &Connection, document: &DocumentRow) -> Result<(), Fault> {
    let digest = document.digest;
    let Some(root) = document.chunk_root else {
        return Err(Fault::broken(format!("document {digest} comes without a root")));
    };
    match root_of(sql, digest)? {
        Some(known) if known == root => Ok(()),
        Some(_) => Err(Fault::broken(format!("document {digest} has two roots"))),
        None => {
            DOCUMENT.insert(sql, &[blob(digest.as_bytes()), number(document.size), blob(&root)])
        }
    }
}

/// Bytes of all documents that an institution uploaded.
pub(super) fn total(sql: &Connection, institution: &InstitutionId) -> Result<u64, Fault> {
    let clause = "WHERE institution = ?";
    let found = HOLDING_TOTAL.one(sql, clause, &[&institution.as_str()], |cells| {
        let _institution = cells.text()?;
        cells.number()
    })?;
    Ok(found.unwrap_or(0))
}

/// Adds up what institutions hold where a database is older than the table for it.
pub(super) fn fill(sql: &mut Connection) -> Result<(), Fault> {
    let failed = |error| sql_fault("adding up documents", error);
    if HOLDING_TOTAL.one(sql, "", &[], |_| Ok(()))?.is_some() {
        return Ok(());
    }
    let mut totals = BTreeMap::<String, u64>::new();
    HOLDING.all(sql, "", &[], |cells| {
        let _document: [u8; 32] = cells.array()?;
        let institution = cells.text()?.to_owned();
        let total = totals.entry(institution).or_default();
        *total = total.saturating_add(cells.number()?);
        Ok(())
    })?;
    let all = sql.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    for (institution, bytes) in totals {
        HOLDING_TOTAL.put(&all, &[text(&institution), number(bytes)])?;
    }
    all.commit().map_err(failed)
}

/// Documents in the order of their digests, but for those whose content was destroyed.
pub(super) fn documents(
    sql: &Connection,
    after: Option<DocumentDigest>,
    limit: usize,
) -> Result<Vec<DocumentRow>, Fault> {
    let after: &[u8] = after.as_ref().map_or(&[], |after| after.as_bytes());
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    // Any one of a document's holdings will do, since all have the same length.
    let clause = "WHERE document > ?1 AND institution = \
                  (SELECT min(institution) FROM holding AS same \
                   WHERE same.document = holding.document) \
                  AND document NOT IN (SELECT document FROM destruction) \
                  ORDER BY document LIMIT ?2";
    let found = HOLDING.all(sql, clause, &[&after, &limit], read_holding)?;
    found.into_iter().map(|(digest, size)| with_root(sql, digest, size)).collect()
}

/// Who would miss a document.
pub(super) fn uses(sql: &Connection, document: DocumentDigest) -> Result<DocumentUses, Fault> {
    let (clause, key) = ("WHERE document = ?", document.as_bytes());
    let mut filings = SERVING.all(sql, clause, &[key], |cells| {
        let _document: [u8; 32] = cells.array()?;
        cells.number()
    })?;
    filings.extend(access::of(sql, document)?.into_iter().map(|(_, leaf)| leaf));
    filings.sort_unstable();
    filings.dedup();
    Ok(DocumentUses {
        held_by: HOLDING.all(sql, clause, &[key], |cells| {
            let _document: [u8; 32] = cells.array()?;
            names::institution(cells.text()?)
        })?,
        cases: NAMING.all(sql, clause, &[key], |cells| {
            let _document: [u8; 32] = cells.array()?;
            Ok(CaseId::new(cells.array()?))
        })?,
        filings,
    })
}

/// A document that the reader may read.
pub(super) fn readable(
    sql: &Connection,
    document: DocumentDigest,
    reader: &Reader,
) -> Result<Option<DocumentRow>, Fault> {
    let institution = match reader {
        Reader::Office(office) => &office.institution,
        Reader::Institution(institution) => institution,
    };
    if held(sql, document, institution)?.is_some() || names_for(sql, document, reader)? {
        return find(sql, document);
    }
    Ok(None)
}

/// Whether a filing that the reader may read names the document.
fn names_for(sql: &Connection, document: DocumentDigest, reader: &Reader) -> Result<bool, Fault> {
    let reader = names::reader(reader);
    let clause = "WHERE reader = ? AND case_id IN (SELECT case_id FROM naming WHERE document = ?)";
    if READER_CASE.one(sql, clause, &[&reader, document.as_bytes()], |_| Ok(()))?.is_some() {
        return Ok(true);
    }
    if access::has(sql, document, &reader)? {
        return Ok(true);
    }
    // An office's name, or an institution's and then those of all its offices.
    let clause = "WHERE filing_leaf IN (SELECT filing_leaf FROM serving WHERE document = ?1) \
                  AND (office = ?2 OR substr(office, 1, length(?2) + 1) = ?2 || '/')";
    Ok(DELIVERY.one(sql, clause, &[document.as_bytes(), &reader], |_| Ok(()))?.is_some())
}

fn held(
    sql: &Connection,
    document: DocumentDigest,
    institution: &InstitutionId,
) -> Result<Option<(DocumentDigest, u64)>, Fault> {
    let clause = "WHERE document = ? AND institution = ?";
    HOLDING.one(sql, clause, &[document.as_bytes(), &institution.as_str()], read_holding)
}

/// A document that any institution uploaded.
pub(super) fn find(
    sql: &Connection,
    document: DocumentDigest,
) -> Result<Option<DocumentRow>, Fault> {
    let found = HOLDING.one(sql, "WHERE document = ?", &[document.as_bytes()], read_holding)?;
    found.map(|(digest, size)| with_root(sql, digest, size)).transpose()
}

fn with_root(sql: &Connection, digest: DocumentDigest, size: u64) -> Result<DocumentRow, Fault> {
    Ok(DocumentRow { digest, size, chunk_root: root_of(sql, digest)? })
}

fn root_of(sql: &Connection, document: DocumentDigest) -> Result<Option<Hash>, Fault> {
    DOCUMENT.one(sql, "WHERE document = ?", &[document.as_bytes()], |cells| {
        let _document: [u8; 32] = cells.array()?;
        let _size = cells.number()?;
        cells.array()
    })
}

fn read_holding(cells: &mut Cells<'_>) -> Result<(DocumentDigest, u64), Fault> {
    let document = DocumentDigest::new(cells.array()?);
    let _institution = cells.text()?;
    Ok((document, cells.number()?))
}
