//! A table as a pilot paper: its class of data in a column, its rows there and back.

use barid_plugin::problem::text;
use barid_plugin::{Place, Problems};
use barid_proto::v1::{DataClass, PilotPaper, RegisterRow, RegisterStatement, WrittenDate};

use super::{Row, Table, said, write};
use crate::{class, days, facts};

/// The heading of the class of data, where a table is written with one that it had not.
const CLASS: &str = "clase_de_datos";

/// A table about to be written: its headings and rows.
pub type Written<'p> = (Vec<&'p str>, Vec<Vec<&'p str>>);

/// The pilot paper that a table is: its rows under a title in Spanish, English and Arabic.
#[must_use]
pub fn listed([es, en, ar]: [&str; 3], class: DataClass, rows: Vec<RegisterRow>) -> PilotPaper {
    PilotPaper {
        title: text(&[("es", es), ("en", en), ("ar", ar)]),
        data_class: class.into(),
        table: Some(RegisterStatement { rows, ..RegisterStatement::default() }),
        ..PilotPaper::default()
    }
}

/// The place of a row's cell.
#[must_use]
pub fn place(table: &Table, row: &Row, column: Option<usize>) -> Place {
    let heading = column.map(|column| table.heading(column)).unwrap_or_default();
    // A place has at most a kilobyte.
    let heading = heading.get(..heading.floor_char_boundary(256)).unwrap_or_default();
    Place::cell(row.number, heading).at_line(row.line, 0)
}

/// The class that all rows declare; a warning when the table has no such column.
pub fn declared(table: &Table, problems: &mut Problems) -> DataClass {
    let column =
        super::column(&table.headings, |heading| facts::name_of(heading) == Some(facts::CLASS));
    if column.is_none() {
        class::say_not_declared(problems, Place::cell(1, CLASS));
        return DataClass::Unspecified;
    }
    let mut first = None;
    for row in &table.rows {
        let place = place(table, row, column);
        let class = class::read(row.cell(column), &place, problems);
        if *first.get_or_insert(class) != class {
            said::classes_differ(problems, place);
        }
    }
    first.unwrap_or_default()
}

/// The day in a cell; a warning when it is none, or two. `None`: the cell is empty.
pub fn day(
    table: &Table,
    row: &Row,
    column: Option<usize>,
    problems: &mut Problems,
) -> Option<WrittenDate> {
    let literal = row.cell(column);
    let date = (!literal.is_empty()).then(|| days::read(literal))?;
    if date.candidates.len() != 1 {
        said::date_doubtful(problems, place(table, row, column), &date);
    }
    Some(date)
}

/// The headings and cells of a paper's table. Without headings: its rows have no cells.
pub fn cells<'p>(paper: &'p PilotPaper, problems: &mut Problems) -> Option<Written<'p>> {
    let rows = paper.table.as_ref().map_or(&[][..], |table| &table.rows);
    let Some(first) = rows.first() else {
        said::no_rows(problems);
        return None;
    };
    if !rows.iter().all(|row| are_alike(row, first)) {
        said::headings_differ(problems);
        return None;
    }
    let headings = first.cells.iter().map(|cell| cell.heading.as_str()).collect();
    let literals =
        |row: &'p RegisterRow| row.cells.iter().map(|cell| cell.literal.as_str()).collect();
    Some((headings, rows.iter().map(literals).collect()))
}

fn are_alike(row: &RegisterRow, first: &RegisterRow) -> bool {
    let headings = row.cells.iter().map(|cell| &cell.heading);
    headings.eq(first.cells.iter().map(|cell| &cell.heading))
}

/// Writes a paper's table, with its class of data in a column when it has no such column yet.
pub fn write_declared(
    paper: &PilotPaper,
    (mut headings, mut rows): Written<'_>,
    problems: &mut Problems,
) -> Option<Vec<u8>> {
    let class = class::word(paper.data_class());
    let has_class = headings.iter().any(|heading| facts::name_of(heading) == Some(facts::CLASS));
    if !class.is_empty() && !has_class {
        headings.push(CLASS);
        rows.iter_mut().for_each(|row| row.push(class));
    }
    let written = write(&headings, &rows).ok();
    if written.is_none() {
        said::headings_differ(problems);
    }
    written
}
