//! What the columns of a register are called, in Arabic, Kurdish and English, and how a row of
//! headings is found below titles.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::grid::GridRow;
use super::heading_words::HEADINGS;
use super::words::key;
use crate::limits::HEADING_ROWS_MAX;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    /// The docket number, or several.
    DocketNumber,
    /// The title.
    Title,
    /// The day on which the matter was filed.
    Date,
    /// The person concerned.
    Person,
    /// Number of the decision challenged.
    ChallengedNumber,
    /// Day of the decision challenged.
    ChallengedDate,
    /// Minutes of the decision challenged.
    ChallengedMinutes,
    /// What became of it.
    Outcome,
    /// How many papers.
    Papers,
    /// Where it is published.
    SourceUrl,
    /// Known to be what the register's own desk needs: kept as it is, without a warning.
    Kept,
}

static KNOWN: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    HEADINGS
        .iter()
        .flat_map(|(column, names)| names.iter().map(move |name| (key(name), *column)))
        .collect()
});

/// The column that a heading names, if we know it.
pub(super) fn recognise(heading: &str) -> Option<Column> {
    KNOWN.get(&key(heading)).copied()
}

/// The heading that we write for a column.
pub(super) fn ours(column: Column) -> &'static str {
    let names = HEADINGS.iter().find(|(known, _)| *known == column).map(|(_, names)| *names);
    names.and_then(<[_]>::first).copied().unwrap_or_default()
}

/// How many different columns of a register the cells of a row name, those of the desk's own left
/// out: `الاسم` and `ت` stand above many a table.
pub(super) fn named_in(row: &GridRow) -> usize {
    let mut named: Vec<Column> = Vec::new();
    for column in row.filled().filter_map(|cell| recognise(&cell.literal)) {
        if column != Column::Kept && !named.contains(&column) {
            named.push(column);
        }
    }
    named.len()
}

/// Where the row of headings is: the first among those with the most known columns, if it names at
/// least one by which a matter can be told from another.
pub(super) fn find(rows: &[GridRow]) -> Option<usize> {
    let near_top = rows.iter().take(HEADING_ROWS_MAX);
    let mut best: Option<(usize, usize)> = None;
    for (index, row) in near_top.enumerate() {
        let names = if tells_apart(row) { named_in(row) } else { 0 };
        if names > best.map_or(0, |(_, most)| most) {
            best = Some((index, names));
        }
    }
    best.map(|(index, _)| index)
}

fn tells_apart(row: &GridRow) -> bool {
    let mut named = row.filled().filter_map(|cell| recognise(&cell.literal));
    named.any(|column| matches!(column, Column::DocketNumber | Column::Title))
}

#[cfg(test)]
mod tests {
    use super::super::grid::Cell;
    use super::*;

    fn row(cells: &[&str]) -> GridRow {
        let cells = cells.iter().map(|literal| Cell::text(*literal)).collect();
        GridRow { cells, ..GridRow::default() }
    }

    #[test]
    fn no_heading_means_two_things() {
        let all: usize = HEADINGS.iter().map(|(_, names)| names.len()).sum();
        assert_eq!(KNOWN.len(), all);
    }

    #[test]
    fn headings_are_known_in_three_languages() {
        for heading in ["رقــم الطعن", "ژمارەی تانە", "Appeal No", "appeal_number"]
        {
            assert_eq!(recognise(heading), Some(Column::DocketNumber), "{heading}");
        }
        assert_eq!(recognise("لون الاستمارة"), None);
    }

    #[test]
    fn headings_are_found_below_titles() {
        let rows = [
            row(&["سجل الطعون"]),
            row(&["", "رقم الطعن"]),
            row(&["ت", "رقم الطعن", "الطاعن"]),
            row(&["1", "214", "علي"]),
        ];
        assert_eq!(find(&rows), Some(2));
        assert_eq!(find(&[row(&["الاسم", "النتيجة"])]), None, "nothing tells matters apart");
        assert_eq!(find(&[]), None);
    }
}
