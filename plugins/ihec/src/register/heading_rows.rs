//! How a row of headings is found below titles, letterheads and empty columns, and how two rows
//! make one: `القرار المطعون فيه` over `رقم` and `تاريخ`.

use super::grid::{Grid, GridRow};
use super::headings::{self, Column};
use crate::limits::HEADING_ROWS_MAX;

/// The headings of a sheet.
#[derive(Debug)]
pub(super) struct Headings {
    /// Index of their first row in the grid.
    pub(super) first: usize,
    /// Index of their last row: the same, or the next.
    pub(super) last: usize,
    /// One for each column from the first.
    pub(super) columns: Vec<Heading>,
}

/// The heading of one column.
#[derive(Debug, Clone, Default)]
pub(super) struct Heading {
    /// As it is written; of two rows the upper before the lower.
    pub(super) text: String,
    /// The lowest of its texts.
    pub(super) own: String,
    /// What it names, if we know it.
    pub(super) column: Option<Column>,
}

/// Finds the headings: the first row among those with the most known columns, or two rows if they
/// name more, or are surely two; if at least one column tells a matter from another.
pub(super) fn find(grid: &Grid) -> Option<Headings> {
    let near_top = grid.rows.iter().take(HEADING_ROWS_MAX).enumerate();
    let mut best: Option<((usize, bool), Headings)> = None;
    for (index, row) in near_top.clone() {
        let above = index.checked_sub(1).and_then(|above| grid.rows.get(above));
        if !above.is_some_and(|above| is_lower(above, row)) {
            prefer(&mut best, false, Headings { first: index, last: index, columns: of_one(row) });
        }
    }
    for (index, top) in near_top {
        let Some(bottom) = grid.rows.get(index + 1).filter(|bottom| may_be_under(top, bottom))
        else {
            continue;
        };
        let columns = of_two(grid, top, bottom);
        let surely = is_lower(top, bottom);
        prefer(&mut best, surely, Headings { first: index, last: index + 1, columns });
    }
    best.map(|(_, headings)| headings)
}

/// Keeps what names more columns; of equals what is `surely` of two rows, else the first.
fn prefer(best: &mut Option<((usize, bool), Headings)>, surely: bool, headings: Headings) {
    let known = || headings.columns.iter().filter_map(|heading| heading.column);
    let tells_apart = known().any(tells_apart);
    let names = if tells_apart { headings::named(known()) } else { 0 };
    if names > 0 && best.as_ref().is_none_or(|(most, _)| (names, surely) > *most) {
        *best = Some(((names, surely), headings));
    }
}

fn tells_apart(column: Column) -> bool {
    matches!(column, Column::DocketNumber | Column::Title)
}

/// Whether a row is surely the lower one of two: headings and nothing else, below a row that is a
/// register's by itself.
fn is_lower(top: &GridRow, bottom: &GridRow) -> bool {
    let is_registers = |row: &GridRow| {
        row.filled().filter(|cell| cell.inherited_from != top.number).any(|cell| {
            let heading = cell.trimmed();
            headings::recognise(heading).is_some_and(tells_apart) && !headings::is_general(heading)
        })
    };
    let mut lower = bottom.filled().filter(|cell| cell.inherited_from != top.number).peekable();
    is_registers(top)
        && !is_registers(bottom)
        && may_be_under(top, bottom)
        && lower.peek().is_some()
        && lower.all(|cell| headings::recognise(cell.trimmed()).is_some())
}

fn of_one(row: &GridRow) -> Vec<Heading> {
    let heading = |cell: &super::grid::Cell| {
        let text = cell.trimmed().to_owned();
        Heading { own: text.clone(), column: headings::recognise(&text), text }
    };
    row.cells.iter().map(heading).collect()
}

/// Whether a row can be the lower of two rows of headings: directly below, and without figures.
fn may_be_under(top: &GridRow, bottom: &GridRow) -> bool {
    let has_figures = |cell: &super::grid::Cell| cell.literal.chars().any(char::is_numeric);
    bottom.number == top.number.saturating_add(1) && !bottom.filled().any(has_figures)
}

fn of_two(grid: &Grid, top: &GridRow, bottom: &GridRow) -> Vec<Heading> {
    let width = top.cells.len().max(bottom.cells.len());
    let groups = groups(grid, top, bottom, width);
    let at = |row: &GridRow, column: usize| -> String {
        // A cell that is merged with the one above says nothing of its own.
        let own = row.cells.get(column).filter(|cell| cell.inherited_from != top.number);
        own.map(|cell| cell.trimmed().to_owned()).unwrap_or_default()
    };
    (0..width)
        .map(|column| {
            let group = groups.get(column).copied().unwrap_or(column);
            let (upper, lower) = (at(top, group), at(bottom, column));
            let column = headings::recognise_two(&upper, &lower);
            let text = match (upper.is_empty(), lower.is_empty()) {
                (true, _) => lower.clone(),
                (_, true) => upper.clone(),
                _ => format!("{upper} / {lower}"),
            };
            let own = if lower.is_empty() { upper } else { lower };
            Heading { text, own, column }
        })
        .collect()
}

/// For each column the one whose upper heading stands over it. A workbook says which cells are
/// merged; a CSV leaves the cells beside the upper heading empty.
fn groups(grid: &Grid, top: &GridRow, bottom: &GridRow, width: usize) -> Vec<usize> {
    let is_filled = |row: &GridRow, column: usize| {
        row.cells.get(column).is_some_and(|cell| !cell.trimmed().is_empty())
    };
    let merged = grid.across.iter().any(|area| area.has_row(top.number));
    let mut groups: Vec<usize> = Vec::with_capacity(width);
    for column in 0..width {
        let area = grid.across.iter().find(|area| area.has(top.number, column));
        let before = column.checked_sub(1).filter(|before| {
            !merged
                && !is_filled(top, column)
                && is_filled(bottom, column)
                && is_filled(bottom, *before)
        });
        let group = match (area, before) {
            (Some(area), _) => area.first_column,
            (None, Some(before)) => groups.get(before).copied().unwrap_or(column),
            (None, None) => column,
        };
        groups.push(group);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::super::grid::{Across, Cell};
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let row = |(number, cells): (u32, &&[&str])| GridRow {
            number,
            cells: cells.iter().map(|literal| Cell::text(*literal)).collect(),
            ..GridRow::default()
        };
        Grid { rows: (1..).zip(rows).map(row).collect(), ..Grid::default() }
    }

    fn found(grid: &Grid) -> Option<(usize, usize, Vec<String>)> {
        find(grid).map(|headings| {
            let texts = headings.columns.into_iter().map(|heading| heading.text).collect();
            (headings.first, headings.last, texts)
        })
    }

    #[test]
    fn headings_are_found_below_titles() {
        let below = grid(&[
            &["سجل الطعون"],
            &["", "رقم الطعن"],
            &["ت", "رقم الطعن", "الطاعن"],
            &["1", "214", "علي"],
        ]);
        assert_eq!(found(&below).map(|(first, last, _)| (first, last)), Some((2, 2)));
        assert_eq!(found(&grid(&[&["الاسم", "النتيجة"]])), None, "nothing tells matters apart");
        assert_eq!(found(&grid(&[])), None);
    }

    #[test]
    fn two_rows_are_headings_only_if_they_name_more() {
        let two = grid(&[
            &["سجل الطعون"],
            &["رقم الطعن", "القرار المطعون فيه", "", "النتيجة"],
            &["", "الرقم", "التاريخ", ""],
            &["214", "7", "2025-11-16", "رد"],
        ]);
        let (first, last, texts) = found(&two).unwrap();
        assert_eq!((first, last), (1, 2));
        assert_eq!(
            texts,
            ["رقم الطعن", "القرار المطعون فيه / الرقم", "القرار المطعون فيه / التاريخ", "النتيجة"]
        );
        let one = grid(&[&["سجل الطعون"], &["رقم الطعن", "النتيجة"], &["أ", "رد"]]);
        assert_eq!(found(&one).map(|(first, last, _)| (first, last)), Some((1, 1)));
    }

    #[test]
    fn merged_cells_say_how_far_an_upper_heading_reaches() {
        let mut two = grid(&[&["رقم الطعن", "القرار", "", "لون"], &["", "رقم", "تاريخ", "أحمر"]]);
        two.across.push(Across { rows: (1, 1), first_column: 1, last_column: 2 });
        let columns = find(&two).map(|headings| headings.columns).unwrap();
        let known: Vec<_> = columns.iter().map(|heading| heading.column).collect();
        assert_eq!(
            known,
            [
                Some(Column::DocketNumber),
                Some(Column::ChallengedNumber),
                Some(Column::ChallengedDate),
                None
            ]
        );
    }
}
