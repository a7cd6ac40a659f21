//! By what people look for cases: names of persons, and docket numbers as they may be typed.

use std::fmt::Write as _;

use rusqlite::{Connection, TransactionBehavior};

use super::cases::DOCKET_NUMBER;
use super::row::{Table, blob, number, text};
use super::{names, sql_fault};
use crate::error::Fault;
use crate::model::id::CaseId;
use crate::model::row::{CaseChange, DocketNumberRow};

/// Names of persons, by cases.
pub(super) const CASE_NAME: Table = Table { name: "case_name", columns: "case_id, name, leaf" };

/// Docket numbers in the forms in which they may be asked for.
pub(super) const NUMBER_WRITING: Table =
    Table { name: "number_writing", columns: "case_id, position, writing, institution" };

/// Notes the names that a filing gives, unless the case is found by them already.
pub(super) fn note_names(sql: &Connection, leaf: u64, change: &CaseChange) -> Result<(), Fault> {
    let case = change.case.as_bytes();
    for name in &change.names {
        let clause = "WHERE case_id = ? AND name = ?";
        if CASE_NAME.one(sql, clause, &[case, name], |_| Ok(()))?.is_none() {
            CASE_NAME.insert(sql, &[blob(case), text(name), number(leaf)])?;
        }
    }
    Ok(())
}

/// Notes the forms of a docket number.
pub(super) fn note_number(
    sql: &Connection,
    case: CaseId,
    position: u64,
    docket_number: &DocketNumberRow,
) -> Result<(), Fault> {
    let institution = docket_number.institution.as_str();
    docket_number.writings().iter().try_for_each(|writing| {
        let cells = [blob(case.as_bytes()), number(position), text(writing), text(institution)];
        NUMBER_WRITING.put(sql, &cells)
    })
}

/// Makes what numbers are found by where a database is older than the table for it.
pub(super) fn fill(sql: &mut Connection) -> Result<(), Fault> {
    let failed = |error| sql_fault("making docket numbers searchable", error);
    let filled = NUMBER_WRITING.one(sql, "", &[], |_| Ok(()))?.is_some();
    if filled || DOCKET_NUMBER.one(sql, "", &[], |_| Ok(()))?.is_none() {
        return Ok(());
    }
    let all = sql.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    DOCKET_NUMBER.all(&all, "", &[], |cells| {
        let (case, position) = (CaseId::new(cells.array()?), cells.number()?);
        let row = DocketNumberRow {
            institution: names::institution(cells.text()?)?,
            literal: cells.text()?.to_owned(),
            normal: cells.text()?.to_owned(),
        };
        note_number(&all, case, position, &row)
    })?;
    all.commit().map_err(failed)
}

/// The condition on `reader_case` that one name or one docket number of the case has all words,
/// which are the parameters from `?{first}` on; the names as of the tree of the size `?{size}`.
pub(super) fn condition(words: usize, size: usize, first: usize) -> String {
    if words == 0 {
        return String::new();
    }
    let having = |column: &str| {
        (first..first + words).fold(String::new(), |mut having, word| {
            // Writing to a `String` does not fail.
            let _ = write!(having, " AND instr({column}, ?{word}) > 0");
            having
        })
    };
    format!(
        "AND (EXISTS (SELECT 1 FROM case_name WHERE case_name.case_id = reader_case.case_id \
         AND leaf < ?{size}{}) OR EXISTS (SELECT 1 FROM number_writing \
         WHERE number_writing.case_id = reader_case.case_id{}))",
        having("name"),
        having("writing"),
    )
}
