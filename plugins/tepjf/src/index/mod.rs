//! A list of case files as CSV: number, year, name or address of the paper, subject.
//!
//! Headings may be in Spanish with or without accents, or in English as in published lists. Every
//! cell is kept; what the columns contradict is said.

mod said;

use std::collections::BTreeMap;

use barid_mexico::table::{self, Row, Table, pilot};
use barid_mexico::{docket, facts, outcomes};
use barid_plugin::v1::{PilotPaper, RegisterRow};
use barid_plugin::{Place, Problems};

/// The columns of a list that is written from rows without cells, as in published lists.
const HEADINGS: [&str; 4] = ["expediente", "year", "url_slug_or_file", "tema"];

/// Which columns a table has.
struct Columns {
    docket: Option<usize>,
    year: Option<usize>,
    address: Option<usize>,
    subject: Option<usize>,
    person: Option<usize>,
    date: Option<usize>,
    outcome: Option<usize>,
}

impl Columns {
    fn of(headings: &[String]) -> Self {
        let named =
            |name: &str| table::column(headings, |heading| facts::name_of(heading) == Some(name));
        let one_of = |known: &[&str]| table::column(headings, |heading| known.contains(&heading));
        Self {
            docket: named(facts::DOCKET),
            year: one_of(&["year", "ano", "anio"]),
            address: one_of(&["url slug or file", "url", "enlace", "liga", "archivo", "direccion"]),
            subject: named("tema"),
            person: named(facts::ACTOR),
            date: named(facts::DATE),
            outcome: named(facts::SENSE),
        }
    }
}

pub(crate) fn read(input: &[u8], problems: &mut Problems) -> Option<PilotPaper> {
    let fits = |headings: &[String]| match Columns::of(headings).docket {
        Some(_) => Ok(()),
        None => Err("expediente"),
    };
    let table = table::read(input, problems, fits)?;
    let columns = Columns::of(&table.headings);
    let data_class = pilot::declared(&table, problems);
    let mut listed: BTreeMap<String, u32> = BTreeMap::new();
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        rows.push(register_row(&table, &columns, row, &mut listed, problems));
    }
    let count = rows.len();
    let titles = [
        format!("Índice de expedientes: {count}"),
        format!("List of case files: {count}"),
        format!("قائمة قضايا: {count}"),
    ];
    Some(pilot::listed(titles.each_ref().map(String::as_str), data_class, rows))
}

fn register_row(
    table: &Table,
    columns: &Columns,
    row: &Row,
    listed: &mut BTreeMap<String, u32>,
    problems: &mut Problems,
) -> RegisterRow {
    let place = |column: Option<usize>| pilot::place(table, row, column);
    let literal = row.cell(columns.docket);
    let mut wire = table.wire_row(row);
    wire.docket_numbers = docket::wire(literal, &place(columns.docket), problems);
    if let Ok(reading) = docket::read(literal) {
        check_year(&reading, row.cell(columns.year), place(columns.year), problems);
        check_address(&reading, row.cell(columns.address), place(columns.address), problems);
        for docket in &reading.dockets {
            if let Some(earlier) = listed.insert(docket.with_paper(), row.number) {
                said::listed_twice(problems, place(columns.docket), literal, earlier);
            }
        }
    }
    wire.title = row.cell(columns.subject).to_owned();
    wire.person = row.cell(columns.person).to_owned();
    wire.source_url = row.cell(columns.address).to_owned();
    wire.date = pilot::day(table, row, columns.date, problems);
    row.cell(columns.outcome).clone_into(&mut wire.outcome_literal);
    if !wire.outcome_literal.is_empty() {
        let outcome = outcomes::whole(&outcomes::verbs(&wire.outcome_literal));
        if outcome.is_none() {
            said::outcome_open(problems, place(columns.outcome), &wire.outcome_literal);
        }
        wire.outcome = outcome.unwrap_or_default().into();
    }
    wire
}

fn check_year(reading: &docket::Reading, cell: &str, place: Place, problems: &mut Problems) {
    let differs = reading.dockets.iter().all(|docket| docket.year.to_string() != cell);
    if !cell.is_empty() && differs {
        said::year_differs(problems, place, cell);
    }
}

/// The name under which a paper is published often repeats the number, and sometimes wrongly.
fn check_address(reading: &docket::Reading, cell: &str, place: Place, problems: &mut Problems) {
    if cell.is_empty() {
        return;
    }
    match docket::read_address(cell) {
        Ok(address) => {
            let normals = |reading: &docket::Reading| -> Vec<String> {
                reading.dockets.iter().map(docket::Docket::normal).collect()
            };
            let (row, address) = (normals(reading), normals(&address));
            if !address.iter().any(|normal| row.contains(normal)) {
                said::address_differs(problems, place, cell, &row.join(", "));
            }
        }
        Err(_) => said::address_unreadable(problems, place, cell),
    }
}

/// Writes the list back; rows without cells as the columns of a published list.
pub(crate) fn write(paper: &PilotPaper, problems: &mut Problems) -> Option<Vec<u8>> {
    let (headings, rows) = pilot::cells(paper, problems)?;
    let list = paper.table.as_ref()?;
    let years: Vec<String> = list.rows.iter().map(year).collect();
    let written = if headings.is_empty() {
        let rows = list.rows.iter().zip(&years).map(|(row, year)| cells(row, year)).collect();
        (HEADINGS.to_vec(), rows)
    } else {
        (headings, rows)
    };
    pilot::write_declared(paper, written, problems)
}

fn cells<'r>(row: &'r RegisterRow, year: &'r str) -> Vec<&'r str> {
    let literal = row.docket_numbers.first().map_or("", |number| number.literal.as_str());
    vec![literal, year, &row.source_url, &row.title]
}

/// The year of a row's first case; empty when it has none.
fn year(row: &RegisterRow) -> String {
    let literal = row.docket_numbers.first().map_or("", |number| number.literal.as_str());
    let reading = docket::read(literal).ok();
    let first = reading.and_then(|reading| reading.dockets.first().map(|docket| docket.year));
    first.map(|year| year.to_string()).unwrap_or_default()
}
