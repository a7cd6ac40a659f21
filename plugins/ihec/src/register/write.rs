//! A register as bytes. The same register always becomes the same bytes.

use barid_plugin::Problems;
use barid_proto::v1::{ProblemSeverity, RegisterStatement};
use csv::{Terminator, WriterBuilder};

use super::table::{self, Table};
use super::{csv_guard, said, workbook};

/// Spreadsheets take a CSV for UTF-8 only with this in front.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Writes a register as CSV in UTF-8. `None`: the problems say why not.
pub(crate) fn to_csv(
    statement: &RegisterStatement,
    institution: &str,
    problems: &mut Problems,
) -> Option<Vec<u8>> {
    let table = table::lay_out(statement, institution, problems)?;
    let mut writer = WriterBuilder::new()
        .flexible(true)
        .terminator(Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    for row in in_order(&table) {
        let guarded = row.iter().map(|cell| csv_guard::put_on(cell));
        // Writing to memory fails only when there is none.
        writer.write_record(guarded).ok()?;
    }
    let written = writer.into_inner().ok()?;
    read_back(statement, super::from_csv, written, institution, problems)
}

/// Writes a register as a workbook. `None`: the problems say why not.
pub(crate) fn to_xlsx(
    statement: &RegisterStatement,
    institution: &str,
    problems: &mut Problems,
) -> Option<Vec<u8>> {
    let table = table::lay_out(statement, institution, problems)?;
    match workbook::pack(in_order(&table)) {
        Ok(written) => read_back(statement, super::from_xlsx, written, institution, problems),
        Err(unfit) => {
            said::not_writable(problems, unfit.code());
            None
        }
    }
}

/// Reads what was written. What we could not read ourselves is not handed out, and what says less
/// than the register is named.
fn read_back(
    statement: &RegisterStatement,
    read: fn(&[u8], &str, &mut Problems) -> Option<RegisterStatement>,
    written: Vec<u8>,
    institution: &str,
    problems: &mut Problems,
) -> Option<Vec<u8>> {
    let mut found = Problems::new();
    let again = read(&written, institution, &mut found).filter(|_| !found.has_errors());
    let Some(again) = again else {
        let reasons = found.into_vec();
        let first = reasons.iter().find(|one| one.severity() == ProblemSeverity::Error);
        said::not_writable(problems, first.map(|one| one.code.as_str()).unwrap_or_default());
        return None;
    };
    table::compare(statement, &again, institution, problems);
    Some(written)
}

fn in_order(table: &Table) -> impl Iterator<Item = &Vec<String>> {
    table.above.iter().chain([&table.headings]).chain(&table.rows)
}
