//! Returns (*cómputos*) as published: a row for each municipality or polling place.
//!
//! Votes stand in pairs of columns, `v01` with the votes and `l01` with the party or coalition, or
//! in columns named after parties. Null votes, votes for candidates without registration, the total
//! and the nominal list are recognised by their names in Spanish, with or without accents. Every
//! cell is kept as published; what does not add up is said, never mended.

mod columns;
mod said;

use barid_mexico::table::{self, Row, Table, pilot};
use barid_plugin::Problems;
use barid_plugin::v1::{PilotPaper, RegisterRow};

use self::columns::{Columns, Votes};

pub(crate) fn read(input: &[u8], problems: &mut Problems) -> Option<PilotPaper> {
    let fits = |headings: &[String]| Columns::of(headings).missing().map_or(Ok(()), Err);
    let table = table::read(input, problems, fits)?;
    let columns = Columns::of(&table.headings);
    let data_class = pilot::declared(&table, problems);
    let rows: Vec<RegisterRow> =
        table.rows.iter().map(|row| register_row(&table, &columns, row, problems)).collect();
    let count = rows.len();
    let titles = [
        format!("Cómputos publicados: {count} filas"),
        format!("Published returns: {count} rows"),
        format!("نتائج منشورة: {count} صفاً"),
    ];
    Some(pilot::listed(titles.each_ref().map(String::as_str), data_class, rows))
}

fn register_row(
    table: &Table,
    columns: &Columns,
    row: &Row,
    problems: &mut Problems,
) -> RegisterRow {
    let mut wire = table.wire_row(row);
    row.cell(columns.place).clone_into(&mut wire.title);
    wire.date = pilot::day(table, row, columns.date, problems);
    check_year(table, columns, row, &wire, problems);
    check_labels(table, columns, row, problems);
    check_sums(table, columns, row, problems);
    wire
}

/// The year beside a day should be its year: an election can be run again in the next.
fn check_year(
    table: &Table,
    columns: &Columns,
    row: &Row,
    wire: &RegisterRow,
    problems: &mut Problems,
) {
    let (year, date) = (row.cell(columns.year), wire.date.as_ref());
    let candidates = date.map_or(&[][..], |date| &date.candidates);
    if !year.is_empty()
        && !candidates.is_empty()
        && candidates.iter().all(|day| day.year.to_string() != year)
    {
        said::year_differs(problems, pilot::place(table, row, columns.year), year);
    }
}

/// Votes without a party, a party without votes, a party twice in one row.
fn check_labels(table: &Table, columns: &Columns, row: &Row, problems: &mut Problems) {
    let mut seen: Vec<&str> = Vec::new();
    for Votes { votes, label } in &columns.votes {
        let Some(label) = label else { continue };
        let (count, name) = (row.cell(Some(*votes)), row.cell(Some(*label)));
        match (count.is_empty(), name.is_empty()) {
            (false, true) => {
                said::label_missing(problems, pilot::place(table, row, Some(*label)), count);
            }
            (true, false) => {
                said::votes_missing(problems, pilot::place(table, row, Some(*votes)), name);
            }
            _ => {}
        }
        if !name.is_empty() && seen.contains(&name) {
            said::label_twice(problems, pilot::place(table, row, Some(*label)), name);
        }
        seen.push(name);
    }
}

/// Numbers that are none, and sums that cannot be.
fn check_sums(table: &Table, columns: &Columns, row: &Row, problems: &mut Problems) {
    let mut number = |column: Option<usize>| -> Option<u64> {
        let cell = row.cell(column);
        if cell.is_empty() {
            return None;
        }
        let read = columns::number(cell);
        if read.is_none() {
            said::number_invalid(problems, pilot::place(table, row, column), cell);
        }
        read
    };
    let mut sum = 0_u64;
    let mut any = false;
    let votes = columns.votes.iter().map(|votes| Some(votes.votes));
    for column in votes.chain([columns.unregistered, columns.null]) {
        if let Some(count) = number(column) {
            sum = sum.saturating_add(count);
            any = true;
        }
    }
    let (total, listed) = (number(columns.total), number(columns.listed));
    if let Some(total) = total.filter(|total| any && *total != sum) {
        said::sum_differs(problems, pilot::place(table, row, columns.total), sum, total);
    }
    // A list of zero stands for a list that was not published.
    if let Some(listed) = listed.filter(|listed| *listed > 0 && sum > *listed) {
        said::turnout_impossible(problems, pilot::place(table, row, columns.listed), sum, listed);
    }
}
