//! Who may read which sealed exhibits.

use rusqlite::Connection;

use super::names;
use super::row::{Table, blob, number, owned_text};
use crate::error::Fault;
use crate::model::id::{DocumentDigest, OfficeAddress};
use crate::model::row::FilingRow;

/// Offices for whom the key of a sealed exhibit was wrapped, with the filing that did so first.
pub(super) const ACCESS: Table = Table { name: "access", columns: "document, office, filing_leaf" };

/// Notes to whom a filing gives access. Whoever has it already keeps it as it was given.
pub(super) fn give(sql: &Connection, filing: &FilingRow) -> Result<(), Fault> {
    for given in &filing.access {
        let (document, office) = (given.document.as_bytes(), given.office.to_string());
        let clause = "WHERE document = ? AND office = ?";
        if ACCESS.one(sql, clause, &[document, &office], |_| Ok(()))?.is_none() {
            ACCESS.insert(sql, &[blob(document), owned_text(office), number(filing.leaf)])?;
        }
    }
    Ok(())
}

/// Who was given access to a document, and by which filing.
pub(super) fn of(
    sql: &Connection,
    document: DocumentDigest,
) -> Result<Vec<(OfficeAddress, u64)>, Fault> {
    let clause = "WHERE document = ? ORDER BY filing_leaf, office";
    ACCESS.all(sql, clause, &[document.as_bytes()], |cells| {
        let _document: [u8; 32] = cells.array()?;
        Ok((names::address(cells.text()?)?, cells.number()?))
    })
}

/// Whether a reader, an office or an institution with all its offices, was given access.
pub(super) fn has(sql: &Connection, document: DocumentDigest, reader: &str) -> Result<bool, Fault> {
    let clause =
        "WHERE document = ?1 AND (office = ?2 OR substr(office, 1, length(?2) + 1) = ?2 || '/')";
    Ok(ACCESS.one(sql, clause, &[document.as_bytes(), &reader], |_| Ok(()))?.is_some())
}
