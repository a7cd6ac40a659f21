//! The row about one ruling.

use barid_akn::day;
use barid_akn::table::{Row, Table};
use barid_plugin::{Place, Problems};
use barid_proto::text::{fold, has_bidi_control};

use super::column::Column;
use super::{DAY, Metadata};
use crate::said;

/// Words for "this row is not to be handed in".
const YES: &[&str] = &["1", "true", "yes", "y", "x", "نعم"];

/// Signs between names in one cell.
const BETWEEN_NAMES: [char; 2] = [';', '؛'];

/// The row about a Word file: the only one, or the one that names it. `None`: the problems say why.
pub(super) fn chosen<'t>(
    table: &'t Table,
    columns: &[Option<Column>],
    word_name: &str,
    problems: &mut Problems,
) -> Option<&'t Row> {
    let cells = Cells { table, columns };
    let names = |row: &&Row| cells.names(row, word_name);
    match table.rows.as_slice() {
        [] => {
            said::no_row(problems);
            None
        }
        [row] => {
            if !cells.file_name(row).is_empty() && !names(&row) {
                said::path_differs(problems, row.number, &cells.file_name(row), word_name);
            }
            Some(row)
        }
        rows => match rows.iter().filter(names).collect::<Vec<_>>()[..] {
            [row] => Some(row),
            [] => {
                said::row_missing(problems, word_name);
                None
            }
            [_, second, ..] => {
                said::row_twice(problems, second.number, word_name);
                None
            }
        },
    }
}

/// Reads the row. `None`: it says that it is not to be handed in.
pub(super) fn read(
    table: &Table,
    columns: &[Option<Column>],
    row: &Row,
    problems: &mut Problems,
) -> Option<Metadata> {
    let cells = Cells { table, columns };
    if YES.contains(&fold(cells.cell(row, Column::Skip)).as_str()) {
        said::skipped(problems, row.number);
        return None;
    }
    cells.check(row, problems);
    let say = |column| cells.cell(row, column).trim().to_owned();
    let listed = |column| cells.list(row, column);
    let day = day::written(cells.cell(row, Column::Day).trim());
    let place = Place::cell(row.number, DAY).at_line(row.line, 0);
    match day.candidates.len() {
        1 => {}
        _ if day.literal.is_empty() => said::day_missing(problems, place),
        0 => said::day_unreadable(problems, place, &day.literal),
        _ => said::day_ambiguous(problems, place, &day),
    }
    let parties = [Column::Claimants, Column::Appellants, Column::Respondents];
    Some(Metadata {
        court: say(Column::Court),
        day,
        ruling_number: say(Column::RulingNumber),
        case_number: say(Column::CaseNumber),
        citation: say(Column::Citation),
        title: say(Column::Title),
        parties: parties.into_iter().map(say).filter(|party| !party.is_empty()).collect(),
        judges: listed(Column::Judges),
        outcome: say(Column::Outcome),
        language: say(Column::Language),
        place: Place::cell(row.number, "").at_line(row.line, 0),
    })
}

/// Cells by what their column says.
struct Cells<'c> {
    table: &'c Table,
    columns: &'c [Option<Column>],
}

impl Cells<'_> {
    /// The first cell of a column; empty when there is none.
    fn cell<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        let at = self.columns.iter().position(|known| *known == Some(column));
        at.and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    }

    fn list(&self, row: &Row, column: Column) -> Vec<String> {
        let names = self.cell(row, column).split(BETWEEN_NAMES).map(str::trim);
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    /// The name of the file that the row is about, without folders. Registers of Windows write
    /// paths with backslashes, and some the ending apart.
    fn file_name(&self, row: &Row) -> String {
        let path = self.cell(row, Column::Path).trim();
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let ending = self.cell(row, Column::Extension).trim();
        let has_ending = name.to_lowercase().ends_with(&ending.to_lowercase());
        if name.is_empty() || has_ending { name.to_owned() } else { format!("{name}{ending}") }
    }

    /// Whether the row is about a Word file. An old file that was converted keeps its name before
    /// the new ending.
    fn names(&self, row: &Row, word_name: &str) -> bool {
        let (file, word) = (self.file_name(row).to_lowercase(), word_name.to_lowercase());
        !file.is_empty() && (file == word || format!("{file}.docx") == word)
    }

    /// What no cell may hold that goes into a ruling.
    fn check(&self, row: &Row, problems: &mut Problems) {
        for ((column, heading), cell) in
            self.columns.iter().zip(&self.table.headings).zip(&row.cells)
        {
            let Some(column) = column.filter(|column| column.is_taken_over()) else { continue };
            let place = Place::cell(row.number, heading).at_line(row.line, 0);
            let max_bytes = column.max_bytes();
            match has_bidi_control(cell) {
                Some((_, control)) if column.is_identifier() => {
                    said::bidi(problems, place, control);
                }
                _ if cell.len() > max_bytes => said::cell_too_long(problems, place, max_bytes),
                _ if cell.trim().chars().any(char::is_control) => said::control(problems, place),
                _ => {}
            }
        }
    }
}
