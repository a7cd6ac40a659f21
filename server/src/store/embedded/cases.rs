//! Cases: what they are, who may see them, and by which numbers they are known.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::names;
use super::row::{Cell, Cells, Table, blob, bound, number, owned_text, signed, text};
use super::sought;
use crate::error::Fault;
use crate::model::id::CaseId;
use crate::model::row::{CaseChange, CaseOpening, CaseRow, DocketNumberRow, FilingRow};
use crate::store::{Reader, Wanted};

/// Cases as they stand.
pub(super) const CASE_FILE: Table = Table {
    name: "case_file",
    columns: "case_id, data_class, procedure_id, rule_set_id, election_event_id, opened_by, \
              opened_leaf, opened_at_ms, changed_at_ms, changed_leaf, filings, parties, \
              docket_numbers",
};

/// Docket numbers of cases.
pub(super) const DOCKET_NUMBER: Table =
    Table { name: "docket_number", columns: "case_id, position, institution, literal, normal" };

/// Docket numbers that their own institutions gave.
pub(super) const OWN_NUMBER: Table =
    Table { name: "own_number", columns: "case_id, institution, normal" };

/// Who may see which case.
pub(super) const READER_CASE: Table =
    Table { name: "reader_case", columns: "case_id, reader, changed_leaf" };

/// One case.
pub(super) fn find(sql: &Connection, case: CaseId) -> Result<Option<CaseRow>, Fault> {
    let found = CASE_FILE.one(sql, "WHERE case_id = ?", &[case.as_bytes()], read)?;
    let Some((mut row, numbers)) = found else { return Ok(None) };
    let clause = "WHERE case_id = ? ORDER BY position";
    row.docket_numbers = DOCKET_NUMBER.all(sql, clause, &[case.as_bytes()], read_number)?;
    if row.docket_numbers.len() as u64 == numbers {
        Ok(Some(row))
    } else {
        Err(Fault::broken(format!("a row of the case {case} in the table docket_number is gone")))
    }
}

/// Cases of a reader that are wanted, newest change first.
pub(super) fn list(
    sql: &Connection,
    reader: &Reader,
    wanted: &Wanted<'_>,
    before: u64,
    limit: usize,
) -> Result<Vec<CaseRow>, Fault> {
    let reader = names::reader(reader);
    let found = sought::condition(wanted.words.len(), 5, 6);
    let of_event = "AND (?2 = '' OR ?2 = (SELECT election_event_id FROM case_file \
                    WHERE case_file.case_id = reader_case.case_id))";
    let clause = format!(
        "WHERE reader = ?1 AND changed_leaf < ?3 {of_event} {found} \
         ORDER BY changed_leaf DESC LIMIT ?4"
    );
    let (before, limit, below) = (bound(before), bound(limit as u64), bound(wanted.below));
    let mut parameters: Vec<&dyn rusqlite::ToSql> = vec![&reader, &wanted.event, &before, &limit];
    if !wanted.words.is_empty() {
        parameters.push(&below);
        parameters.extend(wanted.words.iter().map(|word| word as &dyn rusqlite::ToSql));
    }
    let ids = READER_CASE.all(sql, &clause, &parameters, |cells| cells.array().map(CaseId::new))?;
    ids.into_iter().map(|id| named(sql, id)).collect()
}

/// Cases of a reader that an institution knows by a number in one of its forms, oldest first.
pub(super) fn by_number(
    sql: &Connection,
    reader: &Reader,
    wanted: &DocketNumberRow,
    limit: usize,
) -> Result<Vec<CaseId>, Fault> {
    let oldest_first = "(SELECT opened_leaf FROM case_file \
                        WHERE case_file.case_id = docket_number.case_id)";
    let seen = "EXISTS (SELECT 1 FROM reader_case \
                WHERE reader_case.case_id = docket_number.case_id AND reader = ?3)";
    let own = "EXISTS (SELECT 1 FROM own_number WHERE own_number.case_id = docket_number.case_id \
               AND own_number.institution = ?1 AND own_number.normal = docket_number.normal)";
    let reader = names::reader(reader);
    let writings = wanted.writings();
    let writing = |index: usize| writings.get(index).map_or("", String::as_str);
    let parameters: [&dyn rusqlite::ToSql; 6] = [
        &wanted.institution.as_str(),
        &writing(0),
        &reader,
        &bound(limit as u64),
        &writing(1),
        &writing(2),
    ];
    let ask = |which: &str| {
        let clause = format!(
            "WHERE (case_id, position) IN (SELECT case_id, position FROM number_writing \
             WHERE institution = ?1 AND writing IN (?2, ?5, ?6)) AND {seen} AND {which} \
             GROUP BY case_id ORDER BY {oldest_first} LIMIT ?4"
        );
        DOCKET_NUMBER.all(sql, &clause, &parameters, |cells| cells.array().map(CaseId::new))
    };
    let claimed = ask(own)?;
    if claimed.is_empty() { ask("TRUE") } else { Ok(claimed) }
}

/// Writes what a filing means for its case.
pub(super) fn apply(
    sql: &Connection,
    filing: &FilingRow,
    change: &CaseChange,
) -> Result<(), Fault> {
    let mut row = match &change.opening {
        Some(opening) => opened(filing, change.case, opening.clone()),
        None => named(sql, change.case)?,
    };
    row.changed_at_ms = filing.accepted_at_ms;
    row.changed_leaf = filing.leaf;
    row.filings += 1;
    for (office, role) in &change.parties {
        if row.parties.iter().all(|(known, _)| known != office) {
            row.parties.push((office.clone(), *role));
        }
    }
    for docket_number in &change.docket_numbers {
        if !row.docket_numbers.contains(docket_number) {
            insert_number(sql, change.case, row.docket_numbers.len(), docket_number)?;
            row.docket_numbers.push(docket_number.clone());
        }
        if docket_number.institution == filing.sender.institution {
            claim(sql, change.case, docket_number)?;
        }
    }
    sought::note_names(sql, filing.leaf, change)?;
    write(sql, &row)
}

fn opened(filing: &FilingRow, case: CaseId, opening: CaseOpening) -> CaseRow {
    CaseRow {
        case,
        opening,
        opened_by: filing.kind,
        opened_leaf: filing.leaf,
        opened_at_ms: filing.accepted_at_ms,
        changed_at_ms: filing.accepted_at_ms,
        changed_leaf: filing.leaf,
        filings: 0,
        parties: Vec::new(),
        docket_numbers: Vec::new(),
    }
}

fn write(sql: &Connection, row: &CaseRow) -> Result<(), Fault> {
    let case = row.case.as_bytes();
    let cells: [Cell<'_>; 13] = [
        blob(case),
        signed(row.opening.data_class.into()),
        text(&row.opening.procedure_id),
        text(&row.opening.rule_set_id),
        text(&row.opening.election_event_id),
        signed(row.opened_by.into()),
        number(row.opened_leaf),
        number(row.opened_at_ms),
        number(row.changed_at_ms),
        number(row.changed_leaf),
        number(row.filings),
        owned_text(names::join_parties(&row.parties)),
        number(row.docket_numbers.len() as u64),
    ];
    CASE_FILE.put(sql, &cells)?;
    let offices = row.parties.iter().map(|(office, _)| office.to_string());
    let institutions = row.parties.iter().map(|(office, _)| office.institution.to_string());
    for reader in offices.chain(institutions).collect::<BTreeSet<_>>() {
        READER_CASE.put(sql, &[blob(case), text(&reader), number(row.changed_leaf)])?;
    }
    Ok(())
}

fn insert_number(
    sql: &Connection,
    case: CaseId,
    position: usize,
    docket_number: &DocketNumberRow,
) -> Result<(), Fault> {
    let cells = [
        blob(case.as_bytes()),
        number(position as u64),
        text(docket_number.institution.as_str()),
        text(&docket_number.literal),
        text(&docket_number.normal),
    ];
    DOCKET_NUMBER.insert(sql, &cells)?;
    sought::note_number(sql, case, position as u64, docket_number)
}

/// Notes that the institution whose number it is gave it itself.
fn claim(sql: &Connection, case: CaseId, number: &DocketNumberRow) -> Result<(), Fault> {
    let cells = [blob(case.as_bytes()), text(number.institution.as_str()), text(&number.normal)];
    OWN_NUMBER.put(sql, &cells)
}

fn named(sql: &Connection, case: CaseId) -> Result<CaseRow, Fault> {
    find(sql, case)?.ok_or_else(|| Fault::broken(format!("case {case} is named and is missing")))
}

/// A case without its docket numbers, and how many it has.
fn read(cells: &mut Cells<'_>) -> Result<(CaseRow, u64), Fault> {
    let case = CaseId::new(cells.array()?);
    let opening = CaseOpening {
        data_class: cells.small()?,
        procedure_id: cells.text()?.to_owned(),
        rule_set_id: cells.text()?.to_owned(),
        election_event_id: cells.text()?.to_owned(),
    };
    let row = CaseRow {
        case,
        opening,
        opened_by: cells.small()?,
        opened_leaf: cells.number()?,
        opened_at_ms: cells.number()?,
        changed_at_ms: cells.number()?,
        changed_leaf: cells.number()?,
        filings: cells.number()?,
        parties: names::split_parties(cells.text()?)?,
        docket_numbers: Vec::new(),
    };
    Ok((row, cells.number()?))
}

fn read_number(cells: &mut Cells<'_>) -> Result<DocketNumberRow, Fault> {
    let _case: [u8; 16] = cells.array()?;
    let _position = cells.number()?;
    Ok(DocketNumberRow {
        institution: names::institution(cells.text()?)?,
        literal: cells.text()?.to_owned(),
        normal: cells.text()?.to_owned(),
    })
}
