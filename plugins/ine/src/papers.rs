//! A list of papers of disputes as CSV: kind, number, case file, parties, day.
//!
//! Headings are Spanish, with or without accents. Every cell is kept.

use barid_json_reading::shown;
use barid_mexico::table::{self, Row, Table, pilot};
use barid_mexico::{docket, facts, reply};
use barid_plugin::v1::{ActReference, PilotPaper, RegisterRow};
use barid_plugin::{Place, Problems};

use crate::dispute;
use crate::dispute::kinds::Kind;

/// Which columns a list has.
struct Columns {
    kind: Option<usize>,
    docket: Option<usize>,
    number: Option<usize>,
    actor: Option<usize>,
    act: Option<usize>,
    date: Option<usize>,
}

impl Columns {
    fn of(headings: &[String]) -> Self {
        let named =
            |name: &str| table::column(headings, |heading| facts::name_of(heading) == Some(name));
        Self {
            kind: named(facts::KIND),
            docket: named(facts::DOCKET),
            number: named(facts::NUMBER),
            actor: named(facts::ACTOR),
            act: named(facts::ACT),
            date: named(facts::DATE),
        }
    }

    /// A column without which a table is no such list. `None`: it has all.
    fn missing(&self) -> Option<&'static str> {
        let wanted = [(self.kind.is_none(), "tipo"), (self.actor.is_none(), "actor")];
        wanted.into_iter().find(|(missing, _)| *missing).map(|(_, name)| name)
    }
}

pub(crate) fn read(input: &[u8], problems: &mut Problems) -> Option<PilotPaper> {
    let fits = |headings: &[String]| Columns::of(headings).missing().map_or(Ok(()), Err);
    let table = table::read(input, problems, fits)?;
    let columns = Columns::of(&table.headings);
    let data_class = pilot::declared(&table, problems);
    let rows: Vec<RegisterRow> =
        table.rows.iter().map(|row| register_row(&table, &columns, row, problems)).collect();
    let count = rows.len();
    let titles = [
        format!("Relación de documentos de impugnaciones: {count}"),
        format!("List of papers of challenges: {count}"),
        format!("قائمة وثائق الطعون: {count}"),
    ];
    Some(pilot::listed(titles.each_ref().map(String::as_str), data_class, rows))
}

fn register_row(
    table: &Table,
    columns: &Columns,
    row: &Row,
    problems: &mut Problems,
) -> RegisterRow {
    let place = |column: Option<usize>| pilot::place(table, row, column);
    let literal = row.cell(columns.kind);
    let kind = Kind::of(literal);
    if kind.is_none() {
        say_kind_unknown(problems, place(columns.kind), literal);
    }
    let mut wire = table.wire_row(row);
    let case = row.cell(columns.docket);
    if !case.is_empty() {
        wire.docket_numbers = docket::wire(case, &place(columns.docket), problems);
    }
    let number = row.cell(columns.number);
    if !number.is_empty() {
        let found = dispute::act_number(kind, number, place(columns.number), problems);
        wire.docket_numbers.extend(found);
    }
    wire.title = kind.map_or(literal, |kind| kind.name).to_owned();
    wire.person = row.cell(columns.actor).to_owned();
    wire.date = pilot::day(table, row, columns.date, problems);
    let act = row.cell(columns.act);
    if !act.is_empty() {
        wire.challenged = Some(ActReference { number: act.to_owned(), ..ActReference::default() });
    }
    wire
}

fn say_kind_unknown(problems: &mut Problems, place: Place, literal: &str) {
    let (literal, names) = (shown(literal), Kind::names());
    problems.error(
        "value-unknown",
        place,
        &[
            ("es", &format!("El tipo {literal} no está en la lista.")),
            ("en", &format!("The kind {literal} is not on the list.")),
            ("ar", &format!("النوع {literal} ليس في القائمة.")),
        ],
        &[
            ("es", &format!("Use uno de: {names}.")),
            ("en", &format!("Use one of: {names}.")),
            ("ar", &format!("استعمل إحدى القيم: {}", shown(&names))),
        ],
    );
}

/// Writes a table back, of papers or of returns: every cell is in its rows.
pub(crate) fn write(paper: &PilotPaper, format: &str, problems: &mut Problems) -> Option<Vec<u8>> {
    let written = pilot::cells(paper, problems)?;
    if written.0.is_empty() {
        reply::say_unknown_format(problems, format);
        return None;
    }
    pilot::write_declared(paper, written, problems)
}
