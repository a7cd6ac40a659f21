//! Which institutions uploaded which documents, and who may read them.

use rusqlite::Connection;

use super::cases::READER_CASE;
use super::deliveries::DELIVERY;
use super::names;
use super::row::{Cells, Table, blob, number, text};
use crate::error::Fault;
use crate::model::id::{CaseId, DocumentDigest, InstitutionId};
use crate::model::row::FilingRow;
use crate::store::Reader;

/// Uploaded documents by institution.
pub(super) const HOLDING: Table = Table { name: "holding", columns: "document, institution, size" };

/// Documents of filings that all parties to a case may read.
pub(super) const NAMING: Table = Table { name: "naming", columns: "document, case_id" };

/// Documents of filings that only those may read on whom they were served.
pub(super) const SERVING: Table = Table { name: "serving", columns: "document, filing_leaf" };

/// Notes who may read the documents of a filing.
pub(super) fn name(sql: &Connection, filing: &FilingRow) -> Result<(), Fault> {
    let case = filing.case.as_ref().filter(|_| !filing.restricted);
    let others = filing.mentions.iter().filter(|_| !filing.restricted);
    let cases: Vec<CaseId> =
        case.map(|change| change.case).into_iter().chain(others.copied()).collect();
    for document in &filing.documents {
        for case in &cases {
            NAMING.put(sql, &[blob(document.as_bytes()), blob(case.as_bytes())])?;
        }
        if case.is_none() {
            SERVING.put(sql, &[blob(document.as_bytes()), number(filing.leaf)])?;
        }
    }
    Ok(())
}

/// Notes an upload; doing so again changes nothing.
pub(super) fn add(
    sql: &Connection,
    document: DocumentDigest,
    size: u64,
    institution: &InstitutionId,
) -> Result<(), Fault> {
    match length(sql, document)? {
        Some(known) if known != size => {
            let doubt = format!("document {document} has {known} bytes, and now {size}");
            Err(Fault::broken(doubt))
        }
        _ => {
            let cells = [blob(document.as_bytes()), text(institution.as_str()), number(size)];
            HOLDING.put(sql, &cells)
        }
    }
}

/// Length of a document that the reader may read.
pub(super) fn readable(
    sql: &Connection,
    document: DocumentDigest,
    reader: &Reader,
) -> Result<Option<u64>, Fault> {
    let institution = match reader {
        Reader::Office(office) => &office.institution,
        Reader::Institution(institution) => institution,
    };
    let clause = "WHERE document = ? AND institution = ?";
    let own = HOLDING.one(sql, clause, &[document.as_bytes(), &institution.as_str()], read_size)?;
    if own.is_some() {
        return Ok(own);
    }
    if names_for(sql, document, reader)? { length(sql, document) } else { Ok(None) }
}

/// Whether a filing that the reader may read names the document.
fn names_for(sql: &Connection, document: DocumentDigest, reader: &Reader) -> Result<bool, Fault> {
    let reader = names::reader(reader);
    let clause = "WHERE reader = ? AND case_id IN (SELECT case_id FROM naming WHERE document = ?)";
    if READER_CASE.one(sql, clause, &[&reader, document.as_bytes()], |_| Ok(()))?.is_some() {
        return Ok(true);
    }
    // An office's name, or an institution's and then those of all its offices.
    let clause = "WHERE filing_leaf IN (SELECT filing_leaf FROM serving WHERE document = ?1) \
                  AND (office = ?2 OR substr(office, 1, length(?2) + 1) = ?2 || '/')";
    Ok(DELIVERY.one(sql, clause, &[document.as_bytes(), &reader], |_| Ok(()))?.is_some())
}

fn length(sql: &Connection, document: DocumentDigest) -> Result<Option<u64>, Fault> {
    HOLDING.one(sql, "WHERE document = ?", &[document.as_bytes()], read_size)
}

fn read_size(cells: &mut Cells<'_>) -> Result<u64, Fault> {
    let _document: [u8; 32] = cells.array()?;
    let _institution = cells.text()?;
    cells.number()
}
