//! What each column of a sheet holds, from its headings.

use barid_plugin::Problems;

use super::grid::Grid;
use super::heading_rows::{Heading, Headings};
use super::headings::{self, Column};
use super::said;

/// The columns from the first.
pub(super) struct Layout {
    columns: Vec<(Column, String)>,
}

impl Layout {
    /// Reads headings. Of two columns that mean the same the first counts; the second is kept as it
    /// is.
    pub(super) fn read(grid: &Grid, headings: &Headings, problems: &mut Problems) -> Self {
        let Some(row) = grid.rows.get(headings.last) else { return Self { columns: Vec::new() } };
        let in_parts = headings.columns.iter().any(|heading| {
            matches!(heading.column, Some(Column::FatherName | Column::GrandfatherName))
        });
        let mut columns: Vec<(Column, String)> = Vec::new();
        for (index, heading) in headings.columns.iter().enumerate() {
            let known = named(heading, in_parts);
            let column = Self::admit(&columns, known, heading, |said| {
                said(problems, grid.place(row, index, &heading.text), &heading.text);
            });
            columns.push((column, heading.text.clone()));
        }
        while columns.last().is_some_and(|(_, heading)| heading.is_empty()) {
            columns.pop();
        }
        Self { columns }
    }

    fn admit(
        earlier: &[(Column, String)],
        known: Option<Column>,
        heading: &Heading,
        tell: impl FnOnce(fn(&mut Problems, barid_plugin::Place, &str)),
    ) -> Column {
        let taken = earlier.iter().any(|(column, text)| {
            known.is_some_and(|known| known != Column::Kept && known == *column)
                || (!heading.text.is_empty() && heading.text == *text)
        });
        if taken {
            tell(said::heading_repeated);
        } else if known.is_none() && !heading.text.is_empty() {
            tell(said::column_unknown);
        }
        known.filter(|_| !taken).unwrap_or(Column::Kept)
    }

    /// What a column holds, and its heading as written. A column without heading is kept.
    pub(super) fn column(&self, index: usize) -> (Column, &str) {
        self.columns
            .get(index)
            .map_or((Column::Kept, ""), |(column, heading)| (*column, heading.as_str()))
    }

    /// Where a column is.
    pub(super) fn position(&self, wanted: Column) -> Option<usize> {
        self.columns.iter().position(|(column, _)| *column == wanted)
    }

    /// How many columns have a heading.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The columns of dates.
    pub(super) fn dates(&self) -> impl Iterator<Item = usize> {
        let columns = self.columns.iter().enumerate();
        let is_date = |column| matches!(column, Column::Date | Column::ChallengedDate);
        columns.filter(move |(_, (column, _))| is_date(*column)).map(|(index, _)| index)
    }
}

/// `الاسم` over a whole name is the person; beside the father's name it is the own.
fn named(heading: &Heading, in_parts: bool) -> Option<Column> {
    match heading.column {
        Some(Column::Person) if in_parts && headings::is_given_name_too(&heading.own) => {
            Some(Column::GivenName)
        }
        other => other,
    }
}
