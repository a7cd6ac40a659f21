//! A register of cases, for offices whose programs keep one and need no table.

use barid_json_reading::Fields;
use barid_json_reading::Need::{Optional, Required};
use barid_json_reading::terms::{self, Object};
use barid_json_reading::words::{OUTCOMES, word_for};
use barid_proto::v1::{ActReference, RegisterCell, RegisterRow, RegisterStatement};
use serde_json::Value;

use super::value::{docket_number, list};
use crate::register;

/// Reads a register. What is doubtful about its rows is for `register::look_at` to say.
pub(super) fn read(fields: &mut Fields<'_, '_>, owner: &str) -> RegisterStatement {
    let mut statement = RegisterStatement {
        name: fields.string("name", Optional),
        as_of: fields.date("as_of", Optional),
        rows: fields.objects("rows", Optional, |fields| read_row(fields, owner)),
    };
    for (row, index) in statement.rows.iter_mut().zip(1..) {
        if row.row == 0 {
            row.row = index;
        }
    }
    statement
}

fn read_row(fields: &mut Fields<'_, '_>, owner: &str) -> RegisterRow {
    let date = fields.string("date", Optional);
    RegisterRow {
        row: fields.integer("row", Optional),
        docket_numbers: fields.objects("cases", Optional, |fields| docket_number(fields, owner)),
        title: fields.string("title", Optional),
        date: (!date.is_empty()).then(|| register::written(&date)),
        person: fields.string("person", Optional),
        challenged: fields.object("challenged", Optional, |fields| read_challenged(fields, owner)),
        outcome: fields.choice("outcome", Optional, OUTCOMES).map_or(0, Into::into),
        outcome_literal: fields.string("outcome_as_written", Optional),
        papers: fields.integer("papers", Optional),
        source_url: fields.string("source_url", Optional),
        cells: fields.objects("cells", Optional, read_cell),
        supplement_to: fields
            .object("supplement_to", Optional, |fields| docket_number(fields, owner)),
    }
}

/// In a register each part of the reference may be missing, as in a table.
fn read_challenged(fields: &mut Fields<'_, '_>, owner: &str) -> ActReference {
    let named = fields.string("institution", Optional);
    ActReference {
        institution: if named.is_empty() { owner.to_owned() } else { named },
        number: fields.identifier("number", Optional),
        date: fields.date("date", Optional),
        minutes_number: fields.identifier("minutes", Optional),
    }
}

fn read_cell(fields: &mut Fields<'_, '_>) -> RegisterCell {
    RegisterCell {
        heading: fields.string("heading", Optional),
        literal: fields.string("literal", Required),
    }
}

/// Writes a register.
pub(super) fn write(statement: &RegisterStatement) -> Object {
    let rows = statement.rows.iter().zip(1..).map(|(row, index)| write_row(row, index));
    Object::new()
        .field("name", statement.name.as_str())
        .field("as_of", statement.as_of.as_ref().map(terms::write_day))
        .field("rows", rows.collect::<Vec<Value>>())
}

fn write_row(row: &RegisterRow, index: u32) -> Value {
    let date = row.date.as_ref().map(|date| date.literal.as_str());
    Object::new()
        .field("row", Some(row.row).filter(|row| *row != index))
        .field("cases", list(&row.docket_numbers, terms::write_docket_number))
        .field("title", row.title.as_str())
        .field("date", date)
        .field("person", row.person.as_str())
        .field("challenged", row.challenged.as_ref().map(terms::write_act))
        .field("outcome", word_for(OUTCOMES, row.outcome()))
        .field("outcome_as_written", row.outcome_literal.as_str())
        .field("papers", Some(row.papers).filter(|papers| *papers != 0))
        .field("source_url", row.source_url.as_str())
        .field("cells", list(&row.cells, write_cell))
        .field("supplement_to", row.supplement_to.as_ref().map(terms::write_docket_number))
        .into()
}

fn write_cell(cell: &RegisterCell) -> Value {
    Object::new()
        .field("heading", cell.heading.as_str())
        .field("literal", cell.literal.as_str())
        .into()
}
