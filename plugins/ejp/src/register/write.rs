//! A register statement back as the panel publishes it.

use barid_akn::reply;
use barid_plugin::v1::{
    EncodeReply, FilingContent, Outcome, RegisterRow, RegisterStatement, filing_content::Content,
};
use barid_plugin::{Place, Problems};
use csv::{Terminator, WriterBuilder};

use super::{IMAGES, MEDIA_TYPE, TITLE, URL};

pub(crate) fn encode(content: Option<&FilingContent>) -> EncodeReply {
    let Some(Content::RegisterStatement(statement)) =
        content.and_then(|content| content.content.as_ref())
    else {
        return reply::not_writable(crate::REGISTER);
    };
    let mut problems = Problems::new();
    say_left_out(statement, &mut problems);
    match table(statement) {
        Ok(bytes) => reply::encoded(bytes, MEDIA_TYPE, "register.csv", problems),
        Err(_) => reply::not_writable(crate::REGISTER),
    }
}

fn table(statement: &RegisterStatement) -> Result<Vec<u8>, csv::Error> {
    let headings = other_headings(statement);
    // Lines end as RFC 4180 wants it, and as the published register has it.
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record([URL, TITLE, IMAGES].into_iter().chain(headings.iter().copied()))?;
    for row in &statement.rows {
        let title = if row.title.is_empty() { made_title(row) } else { row.title.clone() };
        let images = row.papers.to_string();
        let known = [row.source_url.as_str(), &title, &images];
        let others = headings.iter().map(|heading| other_cell(row, heading));
        writer.write_record(known.into_iter().chain(others))?;
    }
    writer.into_inner().map_err(|broken| csv::Error::from(broken.into_error()))
}

/// Headings of the columns that the panel's own register does not have, in order of appearance.
fn other_headings(statement: &RegisterStatement) -> Vec<&str> {
    let mut headings = Vec::new();
    for cell in statement.rows.iter().flat_map(|row| &row.cells) {
        if !headings.contains(&cell.heading.as_str()) {
            headings.push(cell.heading.as_str());
        }
    }
    headings
}

fn other_cell<'r>(row: &'r RegisterRow, heading: &str) -> &'r str {
    row.cells.iter().find(|cell| cell.heading == heading).map_or("", |cell| &cell.literal)
}

/// A title in the panel's manner for a row that another register brought.
fn made_title(row: &RegisterRow) -> String {
    let number = row.docket_numbers.first().map_or("", |number| number.literal.as_str());
    match &row.date {
        Some(date) => format!("{number} في {}", date.literal),
        None => number.to_owned(),
    }
}

/// The panel's register has no columns for these.
fn say_left_out(statement: &RegisterStatement, problems: &mut Problems) {
    for (index, row) in statement.rows.iter().enumerate() {
        let left_out = [
            (!row.person.is_empty(), "person"),
            (row.challenged.is_some(), "challenged"),
            (row.outcome != i32::from(Outcome::Unspecified), "outcome"),
            (!row.outcome_literal.is_empty(), "outcome_literal"),
        ];
        for (_, field) in left_out.into_iter().filter(|(present, _)| *present) {
            problems.warning(
                "not-expressible",
                Place::path(format!("rows[{index}].{field}")),
                &[
                    ("ar", "ليس لهذا الحقل عمود في سجل الهيئة."),
                    ("ckb", "تۆماری دەستەکە ستوونێکی بۆ ئەم خانەیە نییە."),
                    ("en", "The panel's register has no column for this field."),
                ],
                &[],
            );
        }
    }
}
