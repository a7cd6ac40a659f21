//! Rows below the headings that are no matters: totals, headings printed again on every page, the
//! numbers of the columns, titles between groups of rows. None is passed over without a word.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::grid::{Grid, GridRow};
use super::headings::Column;
use super::layout::Layout;
use super::line_words::TOTALS;
use super::words::key;

/// Most letters of a row that a problem shows.
const SHOWN_MAX: usize = 200;

/// Most words behind "total": `المجموع الكلي للطعون المقدمة`.
const LABEL_WORDS_MAX: usize = 4;

/// The least columns of a table in which a row with one cell stands out.
const SECTION_COLUMNS_MIN: usize = 3;

/// The least columns of a form that numbers them.
const NUMBERED_COLUMNS_MIN: usize = 4;

static TOTAL_KEYS: LazyLock<Vec<String>> =
    LazyLock::new(|| TOTALS.iter().map(|word| key(word)).collect());

/// What a row is, if it is no matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Apart {
    /// It adds up.
    Totals,
    /// It repeats what stands at the top.
    PrintedAgain,
    /// It numbers the columns.
    ColumnNumbers,
    /// It is the title of the rows below it.
    Section,
}

/// Tells rows that are no matters.
pub(super) struct Teller<'t> {
    grid: &'t Grid,
    layout: &'t Layout,
    /// The rows at the top, as keys.
    top: HashSet<String>,
    /// The first cells of these rows.
    top_firsts: HashSet<String>,
}

impl<'t> Teller<'t> {
    /// For the rows of a grid below its first `top` rows.
    pub(super) fn new(grid: &'t Grid, layout: &'t Layout, top: usize) -> Self {
        let rows = grid.rows.iter().take(top);
        let top_firsts = rows.clone().map(first_key).collect();
        // A title of figures alone could be a docket number as well.
        let top = rows.map(keys).filter(|row| row.chars().any(char::is_alphabetic)).collect();
        Self { grid, layout, top, top_firsts }
    }

    /// What a row is. `None`: a matter.
    pub(super) fn tell(&self, row: &GridRow, is_first: bool) -> Option<Apart> {
        // Most rows are told by their first cell, without a look at the others.
        let first = first_key(row);
        if self.top_firsts.contains(&first) && self.top.contains(&keys(row)) {
            Some(Apart::PrintedAgain)
        } else if is_first && numbers_columns(row, self.layout.width()) {
            Some(Apart::ColumnNumbers)
        } else if self.is_totals(row, &first) {
            Some(Apart::Totals)
        } else if self.is_section(row) {
            Some(Apart::Section)
        } else {
            None
        }
    }

    fn is_totals(&self, row: &GridRow, first: &str) -> bool {
        let mut own = own_cells(row);
        let Some((index, label)) = own.next() else { return false };
        // What is inherited stands before a row's own first cell only where offices are merged.
        let is_first = row.filled().next().is_some_and(|cell| std::ptr::eq(cell, label));
        let label = if is_first { first.to_owned() } else { key(label.trimmed()) };
        let mut words = label.split(' ').filter(|word| !word.chars().all(char::is_numeric));
        let count = words.clone().count();
        let names_total = TOTAL_KEYS.iter().any(|total| {
            let rest = label.strip_prefix(total.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        });
        let is_title = self.layout.column(index).0 == Column::Title;
        let is_short = if is_title { words.by_ref().count() < 3 } else { count <= LABEL_WORDS_MAX };
        names_total && is_short && own.all(|(_, cell)| !has_letters(cell.trimmed()))
    }

    /// One cell alone, without figures, where the number of a matter would stand, or merged across.
    fn is_section(&self, row: &GridRow) -> bool {
        let mut own = own_cells(row);
        let (Some((index, cell)), None) = (own.next(), own.next()) else { return false };
        let text = cell.trimmed();
        if !has_letters(text) || text.chars().any(char::is_numeric) {
            return false;
        }
        let docket = self.layout.position(Column::DocketNumber);
        let reaches = |last: usize| docket.is_none_or(|docket| (index..=last).contains(&docket));
        let area = self.grid.across.iter().find(|area| area.has(row.number, index));
        match area {
            Some(area) => reaches(area.last_column),
            None => {
                self.layout.width() >= SECTION_COLUMNS_MIN
                    && docket.is_some_and(|docket| index <= docket)
            }
        }
    }
}

/// What a row says, for a problem.
pub(super) fn shown(row: &GridRow) -> String {
    let texts: Vec<&str> = row.filled().map(super::grid::Cell::trimmed).collect();
    texts.join(" | ").chars().take(SHOWN_MAX).collect()
}

/// Filled cells that have their value from no other row, with their columns.
fn own_cells(row: &GridRow) -> impl Iterator<Item = (usize, &super::grid::Cell)> {
    let cells = row.cells.iter().enumerate();
    cells.filter(|(_, cell)| cell.inherited_from == 0 && !cell.trimmed().is_empty())
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

fn first_key(row: &GridRow) -> String {
    row.filled().next().map(|cell| key(&cell.literal)).unwrap_or_default()
}

fn keys(row: &GridRow) -> String {
    row.filled().map(|cell| key(&cell.literal)).collect::<Vec<_>>().join("\u{1F}")
}

/// `1 2 3 4`, and in brackets: printed forms number their columns.
fn numbers_columns(row: &GridRow, width: usize) -> bool {
    let numbers: Vec<Option<usize>> =
        row.filled().map(|cell| key(&cell.literal).parse().ok()).collect();
    numbers.len() >= NUMBERED_COLUMNS_MIN.max(width)
        && (1..).zip(&numbers).all(|(expected, number)| *number == Some(expected))
}
