//! Filings that count beyond their own case.

use rusqlite::Connection;

use super::filings;
use super::row::{Table, blob, bound, number, text};
use crate::error::Fault;
use crate::model::id::InstitutionId;
use crate::model::row::FilingRow;

/// Acts by whose they are and how they are numbered.
pub(super) const PUBLIC_ACT: Table =
    Table { name: "public_act", columns: "institution, name, leaf" };

/// Cases on whose dockets a filing of another case stands.
pub(super) const MENTION: Table = Table { name: "mention", columns: "case_id, leaf" };

/// Notes that a filing counts beyond its own case.
pub(super) fn note(sql: &Connection, filing: &FilingRow) -> Result<(), Fault> {
    if let Some(act) = &filing.public_act {
        let cells = [text(act.institution.as_str()), text(&act.name), number(filing.leaf)];
        PUBLIC_ACT.insert(sql, &cells)?;
    }
    filing
        .mentions
        .iter()
        .try_for_each(|case| MENTION.insert(sql, &[blob(case.as_bytes()), number(filing.leaf)]))
}

/// Acts of an institution under a name, in the order of the log.
pub(super) fn of(
    sql: &Connection,
    institution: &InstitutionId,
    name: &str,
    limit: usize,
) -> Result<Vec<FilingRow>, Fault> {
    // The newest when there are more than anybody looks at.
    let clause = "WHERE institution = ? AND name = ? ORDER BY leaf DESC LIMIT ?";
    let parameters: [&dyn rusqlite::ToSql; 3] =
        [&institution.as_str(), &name, &bound(limit as u64)];
    let mut leaves = PUBLIC_ACT.all(sql, clause, &parameters, |cells| {
        let _institution = cells.text()?;
        let _name = cells.text()?;
        cells.number()
    })?;
    leaves.reverse();
    leaves.into_iter().map(|leaf| filings::named(sql, leaf)).collect()
}
