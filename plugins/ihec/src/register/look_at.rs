//! What is doubtful about the rows of a register that came without a table, as JSON.

use barid_plugin::{Place, Problems};
use barid_proto::v1::RegisterStatement;

use super::date::{self, Evidence, Tells};
use super::name_columns::{Names, Parts};
use super::said;

/// Names what a person should look at.
pub(crate) fn look_at(statement: &RegisterStatement, problems: &mut Problems) {
    if statement.rows.is_empty() {
        if statement.name.is_empty() && statement.as_of.is_none() {
            said::empty(problems, Place::path("rows"));
        } else {
            said::rows_none(problems, Place::path("rows"));
        }
    }
    let mut evidence = Evidence::default();
    let dates = statement.rows.iter().filter_map(|row| row.date.as_ref());
    dates.for_each(|date| evidence.add_text(&date.literal));
    if let Tells::Both(days, months) = evidence.tells() {
        said::dates_mixed(problems, Place::path("rows"), days, months);
    }
    let mut names = Names::default();
    for (index, row) in statement.rows.iter().enumerate() {
        let place = |field: &str| Place::path(format!("rows[{index}].{field}"));
        if row.docket_numbers.is_empty() && row.title.is_empty() {
            said::number_missing(problems, place("cases"));
        }
        if let Some(written) = &row.date {
            let understood = date::understand(&written.literal, None);
            said::date(problems, || place("date"), &understood, evidence.tells());
        }
        names.take(row.row, &row.person, &Parts::default());
    }
    names.tell(|| Place::path("rows"), problems);
}
