//! What the court's register says about a ruling: one row of a CSV table, with the headings under
//! which courts hand their rulings in for publication in bulk, or their Arabic names.

mod column;
mod row;

use barid_akn::table::{self, Layout, Table};
use barid_plugin::v1::WrittenDate;
use barid_plugin::{Place, Problems};

use self::column::Column;
use crate::said;

/// The heading of the day, which is the one that no register is without.
const DAY: &str = "decision_datetime";

/// What the table looks like.
const LAYOUT: Layout<'static> = Layout {
    needed: DAY,
    is_needed: |heading| Column::named(heading) == Some(Column::Day),
    example: "court,decision_datetime,CaseNo,ncn,claimants,respondent,FilePath,Extension",
};

/// What the register says. What it does not say is empty.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) court: String,
    pub(crate) day: WrittenDate,
    pub(crate) ruling_number: String,
    pub(crate) case_number: String,
    pub(crate) citation: String,
    pub(crate) title: String,
    pub(crate) parties: Vec<String>,
    pub(crate) judges: Vec<String>,
    pub(crate) outcome: String,
    pub(crate) language: String,
    /// The row, for problems found later.
    pub(crate) place: Place,
}

/// Reads the row about a Word file. `None`: there is none, or not one only, and the problems say
/// so.
pub(crate) fn read(input: &[u8], word_name: &str, problems: &mut Problems) -> Option<Metadata> {
    let table = table::read(input, LAYOUT, problems)?;
    let columns = columns(&table, problems);
    let row = row::chosen(&table, &columns, word_name, problems)?;
    row::read(&table, &columns, row, problems)
}

/// What each column means. `None`: it is not known, which is said.
fn columns(table: &Table, problems: &mut Problems) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    for heading in &table.headings {
        let column = Column::named(heading);
        match column {
            None => said::heading_unknown(problems, heading),
            Some(known) if !known.may_repeat() && columns.contains(&column) => {
                said::heading_twice(problems, heading)
            }
            Some(_) => {}
        }
        columns.push(column);
    }
    columns
}
