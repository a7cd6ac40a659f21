//! Which institutions uploaded which documents, and who may read them.

use rusqlite::Connection;

use super::cases;
use super::row::{Cells, Table, blob, number, text};
use crate::error::Fault;
use crate::model::id::{DocumentDigest, InstitutionId};
use crate::store::Reader;

/// Uploaded documents by institution.
pub(super) const HOLDING: Table = Table { name: "holding", columns: "document, institution, size" };

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
    if cases::names_for(sql, document, reader)? { length(sql, document) } else { Ok(None) }
}

fn length(sql: &Connection, document: DocumentDigest) -> Result<Option<u64>, Fault> {
    HOLDING.one(sql, "WHERE document = ?", &[document.as_bytes()], read_size)
}

fn read_size(cells: &mut Cells<'_>) -> Result<u64, Fault> {
    let _document: [u8; 32] = cells.array()?;
    let _institution = cells.text()?;
    cells.number()
}
