//! A register as the table that we write: name and day above, our headings, one line for each row.

use std::collections::HashSet;

use barid_plugin::{Place, Problems};
use barid_proto::v1::{Outcome, RegisterRow, RegisterStatement};

use super::headings::{self, Column};
use super::line_words::AS_OF_LABELS;
use super::{date, outcome, said};
use crate::limits::{COLUMNS_MAX, ROWS_MAX};

/// The columns we write, in order. All but the first are left out when they are empty in every row.
const COLUMNS: [Column; 10] = [
    Column::DocketNumber,
    Column::Title,
    Column::Person,
    Column::Date,
    Column::ChallengedNumber,
    Column::ChallengedDate,
    Column::ChallengedMinutes,
    Column::Outcome,
    Column::Papers,
    Column::SourceUrl,
];

/// Rows of text.
pub(super) struct Table {
    /// Rows above the headings.
    pub(super) above: Vec<Vec<String>>,
    /// The headings.
    pub(super) headings: Vec<String>,
    /// Rows below, each as long as the headings.
    pub(super) rows: Vec<Vec<String>>,
}

/// Lays a register out. What a table cannot express is named. `None`: it is beyond a bound.
pub(super) fn lay_out(
    statement: &RegisterStatement,
    institution: &str,
    problems: &mut Problems,
) -> Option<Table> {
    if statement.rows.len() > ROWS_MAX {
        said::too_large(problems, "rows", statement.rows.len() as u64, ROWS_MAX as u64);
        return None;
    }
    let mut above = Vec::new();
    if !statement.name.is_empty() {
        above.push(vec![statement.name.clone()]);
    }
    if let Some(day) = &statement.as_of {
        let label = AS_OF_LABELS.first().copied().unwrap_or_default();
        above.push(vec![format!("{label} {}", date::iso(day))]);
    }
    let mut lines: Vec<Line> = Vec::new();
    for (index, row) in statement.rows.iter().enumerate() {
        for field in not_expressed(row, institution) {
            said::not_expressed(problems, Place::path(format!("rows[{index}].{field}")));
        }
        lines.push(Line::of(row));
    }
    let columns: Vec<Heading> = headings_of(&lines);
    if columns.len() > COLUMNS_MAX {
        said::too_wide(problems, Place::path("rows"), columns.len());
        return None;
    }
    let rows = lines.iter().map(|line| columns.iter().map(|at| line.at(at)).collect()).collect();
    Some(Table { above, headings: columns.iter().map(Heading::written).collect(), rows })
}

/// A heading: one of ours, or the nth of a register's own of that name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Heading {
    Ours(Column),
    Own(String, usize),
}

impl Heading {
    fn written(&self) -> String {
        match self {
            Self::Ours(column) => headings::ours(*column).to_owned(),
            Self::Own(heading, _) => heading.clone(),
        }
    }
}

/// One row's cells by heading; empty ones are absent.
struct Line(Vec<(Heading, String)>);

impl Line {
    fn of(row: &RegisterRow) -> Self {
        let mut cells: Vec<(Heading, String)> = COLUMNS
            .iter()
            .map(|column| (Heading::Ours(*column), value(row, *column)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        for cell in &row.cells {
            let heading = Self::place_for(&cells, &cell.heading);
            cells.push((heading, cell.literal.clone()));
        }
        Self(cells)
    }

    /// A date that was kept because it could not be read goes back below its own heading.
    fn place_for(cells: &[(Heading, String)], heading: &str) -> Heading {
        let taken = |heading: &Heading| cells.iter().any(|(earlier, _)| earlier == heading);
        let known = headings::recognise(heading).filter(|column| COLUMNS.contains(column));
        if let Some(ours) = known.map(Heading::Ours).filter(|ours| !taken(ours)) {
            return ours;
        }
        let own = cells.iter().filter_map(|(earlier, _)| match earlier {
            Heading::Own(name, _) => Some(name),
            Heading::Ours(_) => None,
        });
        Heading::Own(heading.to_owned(), own.filter(|name| *name == heading).count())
    }

    fn at(&self, heading: &Heading) -> String {
        let found = self.0.iter().find(|(known, _)| known == heading);
        found.map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

/// Ours in our order, then the registers' own as they first appear.
fn headings_of(lines: &[Line]) -> Vec<Heading> {
    let used = |heading: &Heading| {
        lines.iter().any(|line| line.0.iter().any(|(known, _)| known == heading))
    };
    let mut headings: Vec<Heading> = COLUMNS
        .into_iter()
        .map(Heading::Ours)
        .filter(|ours| *ours == Heading::Ours(Column::DocketNumber) || used(ours))
        .collect();
    let mut seen: HashSet<Heading> = headings.iter().cloned().collect();
    for (heading, _) in lines.iter().flat_map(|line| &line.0) {
        if seen.insert(heading.clone()) {
            headings.push(heading.clone());
        }
    }
    headings
}

fn value(row: &RegisterRow, column: Column) -> String {
    let challenged = row.challenged.as_ref();
    match column {
        Column::DocketNumber => {
            let numbers: Vec<&str> =
                row.docket_numbers.iter().map(|number| number.literal.as_str()).collect();
            numbers.join("، ")
        }
        Column::Title => row.title.clone(),
        Column::Person => row.person.clone(),
        Column::Date => row.date.as_ref().map(|date| date.literal.clone()).unwrap_or_default(),
        Column::ChallengedNumber => challenged.map(|act| act.number.clone()).unwrap_or_default(),
        Column::ChallengedDate => {
            challenged.and_then(|act| act.date.as_ref()).map(date::iso).unwrap_or_default()
        }
        Column::ChallengedMinutes => {
            challenged.map(|act| act.minutes_number.clone()).unwrap_or_default()
        }
        Column::Outcome if !row.outcome_literal.is_empty() => row.outcome_literal.clone(),
        Column::Outcome if row.outcome() == Outcome::Unspecified => String::new(),
        Column::Outcome => outcome::ours(row.outcome()).to_owned(),
        Column::Papers if row.papers == 0 => String::new(),
        Column::Papers => row.papers.to_string(),
        Column::SourceUrl => row.source_url.clone(),
        Column::GivenName
        | Column::FatherName
        | Column::GrandfatherName
        | Column::FamilyName
        | Column::Kept => String::new(),
    }
}

/// The fields that a reader of the table would understand differently.
fn not_expressed(row: &RegisterRow, institution: &str) -> Vec<&'static str> {
    let mut fields = Vec::new();
    if row.docket_numbers.iter().any(|number| number.institution != institution) {
        fields.push("docket_numbers");
    }
    if row.challenged.as_ref().is_some_and(|act| act.institution != institution) {
        fields.push("challenged.institution");
    }
    let literal = &row.outcome_literal;
    if !literal.is_empty() && outcome::read(literal).unwrap_or_default() != row.outcome() {
        fields.push("outcome");
    }
    if let Some(written) = &row.date
        && date::written(&written.literal).candidates != written.candidates
    {
        fields.push("date.candidates");
    }
    fields
}

/// Names the first place at which a register differs from what is read of it when it has been
/// written: a number of letters alone looks like a title between rows, a name of a total like a
/// total. What [`lay_out`] has named already is not named again.
pub(super) fn compare(
    statement: &RegisterStatement,
    read: &RegisterStatement,
    institution: &str,
    problems: &mut Problems,
) {
    if statement.name != read.name {
        said::not_expressed(problems, Place::path("name"));
    }
    if statement.as_of != read.as_of {
        said::not_expressed(problems, Place::path("as_of"));
    }
    let written = statement.rows.iter().map(comparable);
    let again = read.rows.iter().map(comparable).map(Some).chain(std::iter::repeat(None));
    let named = |row: &RegisterRow| !not_expressed(row, institution).is_empty();
    let differs = written.zip(again).enumerate().zip(&statement.rows).find_map(
        |((index, (written, again)), row)| {
            (Some(&written) != again.as_ref() && !named(row)).then_some(index)
        },
    );
    if let Some(index) = differs {
        said::not_expressed(problems, Place::path(format!("rows[{index}]")));
    }
}

/// A row without what a table gives it anew: its place, normal forms, headings and order of cells;
/// and an outcome's word, if it had none.
fn comparable(row: &RegisterRow) -> RegisterRow {
    let mut row = row.clone();
    row.row = 0;
    row.docket_numbers.iter_mut().for_each(|number| number.normal.clear());
    row.cells.iter_mut().for_each(|cell| cell.heading.clear());
    row.cells.sort_by(|one, other| one.literal.cmp(&other.literal));
    row.outcome_literal.clear();
    row
}
