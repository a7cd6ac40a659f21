//! One row of cells as one row of a register. What a cell says is kept as it was typed; whatever a
//! person should look at becomes a warning.

use std::collections::{HashMap, HashSet};

use barid_plugin::Problems;
use barid_proto::v1::{ActReference, Outcome, RegisterCell, RegisterRow, WrittenDate};

use super::date::{self, Evidence};
use super::grid::{Cell, CellKind, Grid, GridRow, Spot};
use super::headings::Column;
use super::layout::Layout;
use super::name_columns::{Names, Parts};
use super::{figures, look, outcome, said};
use crate::docket;
use crate::limits::JOINED_MAX;

/// What separates the numbers of joined cases in one cell.
const SEPARATORS: [char; 5] = [',', '،', ';', '؛', '\n'];

/// Reads the rows of one sheet for one institution.
pub(super) struct RowReader<'r> {
    pub(super) grid: &'r Grid,
    pub(super) layout: &'r Layout,
    /// Number of the last row of headings: nothing is inherited from there.
    pub(super) headings_row: u32,
    pub(super) institution: &'r str,
    pub(super) problems: &'r mut Problems,
    /// In which row each docket number stood first, by its normal form.
    pub(super) first_rows: HashMap<String, u32>,
    /// What the dates of each column of dates show.
    pub(super) evidence: HashMap<usize, Evidence>,
    /// Merged areas that were named, by the row and column of their value.
    pub(super) told_merged: HashSet<(u32, usize)>,
    /// The names of the rows read so far.
    pub(super) names: Names,
}

impl RowReader<'_> {
    /// Reads a row below the headings.
    pub(super) fn read(&mut self, row: &GridRow) -> RegisterRow {
        self.check_width(row);
        let mut read = RegisterRow { row: row.number, ..RegisterRow::default() };
        let mut parts = Parts::default();
        for (index, cell) in row.cells.iter().enumerate() {
            let from_headings = (1..=self.headings_row).contains(&cell.inherited_from);
            if cell.trimmed().is_empty() || from_headings {
                continue;
            }
            let (column, heading) = self.layout.column(index);
            let spot = Spot { grid: self.grid, row, column: index, heading };
            let merged = (cell.inherited_from, index);
            if cell.inherited_from != 0 && self.told_merged.insert(merged) {
                said::merged(self.problems, spot.place(), cell.inherited_from);
            }
            let fits = look::at(cell, column, spot, self.problems);
            if fits {
                parts.take(column, cell.trimmed());
            }
            if !(fits && self.fill(&mut read, cell, spot)) {
                let literal = cell.literal.clone();
                read.cells.push(RegisterCell { heading: heading.to_owned(), literal });
            }
        }
        if read.person.is_empty() {
            read.person = parts.joined();
        }
        self.names.take(row.number, &read.person, &parts);
        if !self.names_a_case(row) {
            said::number_missing(self.problems, self.grid.place_of_row(row));
        }
        read
    }

    /// Says what concerns the sheet's rows together.
    pub(super) fn finish(self) {
        let column = [Column::Person, Column::GivenName, Column::FatherName, Column::FamilyName]
            .into_iter()
            .find_map(|column| self.layout.position(column));
        let place = || {
            let column = column.unwrap_or_default();
            self.grid.place_in_column(self.headings_row, column, self.layout.column(column).1)
        };
        self.names.tell(place, self.problems);
    }

    fn names_a_case(&self, row: &GridRow) -> bool {
        let mut cells = row.cells.iter().enumerate();
        cells.any(|(index, cell)| {
            let (column, _) = self.layout.column(index);
            matches!(column, Column::DocketNumber | Column::Title) && !cell.trimmed().is_empty()
        })
    }

    /// A CSV row says how many cells it has; a sheet's row only where its last one is.
    fn check_width(&mut self, row: &GridRow) {
        let (cells, headings) = (row.cells.len(), self.layout.width());
        let beyond = row.cells.iter().skip(headings).any(|cell| !cell.trimmed().is_empty());
        if beyond || (self.grid.sheet.is_empty() && cells < headings) {
            said::row_ragged(self.problems, self.grid.place_of_row(row), cells, headings);
        }
    }

    /// Puts a cell into the field of its column. False: it fits none and is kept as it is.
    fn fill(&mut self, read: &mut RegisterRow, cell: &Cell, spot: Spot<'_>) -> bool {
        let literal = cell.literal.as_str();
        match self.layout.column(spot.column).0 {
            // The parts of a name are put together; each cell is kept as it was written, too.
            Column::GivenName
            | Column::FatherName
            | Column::GrandfatherName
            | Column::FamilyName
            | Column::Kept => return false,
            Column::DocketNumber => self.docket_numbers(read, cell, spot),
            Column::Title => literal.clone_into(&mut read.title),
            Column::Person => literal.clone_into(&mut read.person),
            Column::SourceUrl => literal.clone_into(&mut read.source_url),
            Column::ChallengedNumber => {
                literal.clone_into(&mut self.challenged(read).number);
            }
            Column::ChallengedMinutes => {
                literal.clone_into(&mut self.challenged(read).minutes_number);
            }
            Column::Date => read.date = Some(self.written(cell, spot)),
            Column::ChallengedDate => {
                let written = self.written(cell, spot);
                let &[day] = written.candidates.as_slice() else { return false };
                self.challenged(read).date = Some(day);
            }
            Column::Outcome => self.outcome(read, literal, spot),
            Column::Papers => match figures::whole(literal) {
                Some(papers) if papers > 0 => read.papers = papers,
                _ => {
                    said::papers_unread(self.problems, spot.place());
                    return false;
                }
            },
        }
        true
    }

    fn docket_numbers(&mut self, read: &mut RegisterRow, cell: &Cell, spot: Spot<'_>) {
        let literal = cell.literal.as_str();
        let several: Vec<&str> = literal.split(SEPARATORS).map(str::trim).collect();
        if several.len() > JOINED_MAX {
            said::numbers_too_many(self.problems, spot.place());
            return;
        }
        // A single number keeps the space around it: it is the register's own writing.
        let numbers = if several.len() == 1 { vec![literal] } else { several };
        for number in numbers.into_iter().filter(|number| !number.is_empty()) {
            match docket::read(number, self.institution) {
                Ok(number) => {
                    let first = *self.first_rows.entry(number.normal.clone()).or_insert(read.row);
                    if first != read.row && cell.inherited_from == 0 {
                        said::number_repeated(self.problems, spot.place(), first);
                    }
                    read.docket_numbers.push(number);
                }
                Err(fault) => said::number_bad(self.problems, spot.place(), fault),
            }
        }
    }

    /// The challenged decision; in the commission's register it is the commission's own.
    fn challenged<'c>(&self, read: &'c mut RegisterRow) -> &'c mut ActReference {
        let institution = self.institution;
        read.challenged.get_or_insert_with(|| ActReference {
            institution: institution.to_owned(),
            ..ActReference::default()
        })
    }

    fn written(&mut self, cell: &Cell, spot: Spot<'_>) -> WrittenDate {
        let literal = cell.literal.clone();
        if let CellKind::Day(day) = cell.kind {
            return WrittenDate { literal, candidates: vec![day] };
        }
        let understood = date::understand(&literal, self.grid.from_1904);
        let tells = self.evidence.get(&spot.column).copied().unwrap_or_default().tells();
        said::date(self.problems, || spot.place(), &understood, tells);
        WrittenDate { literal, candidates: understood.candidates }
    }

    fn outcome(&mut self, read: &mut RegisterRow, literal: &str, spot: Spot<'_>) {
        let known = outcome::read(literal);
        if known.is_none() {
            said::outcome_unknown(self.problems, spot.place());
        }
        read.outcome = known.unwrap_or(Outcome::Unspecified).into();
        literal.clone_into(&mut read.outcome_literal);
    }
}
