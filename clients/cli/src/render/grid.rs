//! Aligned columns in both reading directions.
//!
//! Arabic is read from the right, so its first column has to be the rightmost one. Terminals
//! disagree about who turns lines around; a line here begins with a left-to-right mark and each
//! cell is an isolate, so that columns stay where they are put, and in Arabic they are put in
//! reverse order and aligned to the right. That looks the same on a terminal with and without
//! bidirectional support.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};

use crate::wording::Lang;

/// LEFT-TO-RIGHT MARK: tells a terminal not to turn the whole line around.
const LEFT_TO_RIGHT: char = '\u{200e}';
/// Columns on a terminal of which nothing is known.
const WIDTH: u16 = 120;

/// Rows of cells under headings.
pub(crate) struct Grid {
    lang: Lang,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    /// A grid with these headings; none when all are empty.
    pub(crate) fn new<H: Into<String>>(lang: Lang, headings: impl IntoIterator<Item = H>) -> Self {
        let headings = headings.into_iter().map(Into::into).collect();
        Self { lang, headings, rows: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn row<C: Into<String>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The lines, each with its end.
    pub(crate) fn render(&self) -> String {
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(WIDTH);
        if self.headings.iter().any(|heading| !heading.is_empty()) {
            table.set_header(self.cells(&self.headings));
        }
        for row in &self.rows {
            table.add_row(self.cells(row));
        }
        let lines = table.to_string();
        let mark = |line: &str| match self.lang {
            Lang::En => format!("{}\n", line.trim_end()),
            Lang::Ar => format!("{LEFT_TO_RIGHT}{}\n", line.trim_end()),
        };
        lines.lines().map(mark).collect()
    }

    fn cells(&self, texts: &[String]) -> Vec<Cell> {
        // An isolate ends with its line: one for each.
        let isolated = |text: &str| -> Vec<String> {
            text.lines().map(|line| self.lang.isolate(line)).collect()
        };
        let cell = |text: &String| Cell::new(isolated(text).join("\n"));
        match self.lang {
            Lang::En => texts.iter().map(cell).collect(),
            Lang::Ar => {
                texts.iter().rev().map(|t| cell(t).set_alignment(CellAlignment::Right)).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_runs_from_the_left() {
        let mut grid = Grid::new(Lang::En, ["no", "office"]);
        grid.row(["1", "ihec/geo-bas"]);
        grid.row(["12", "ejp"]);
        assert_eq!(grid.render(), " no  office\n 1   ihec/geo-bas\n 12  ejp\n");
    }

    #[test]
    fn arabic_begins_at_the_right_and_stays_aligned() {
        let mut grid = Grid::new(Lang::Ar, ["ت", "المكتب"]);
        grid.row(["1", "ihec/geo-bas"]);
        grid.row(["12", "ejp"]);
        let plain: Vec<String> = grid
            .render()
            .lines()
            .map(|line| line.chars().filter(|c| !matches!(c, '\u{2068}' | '\u{2069}')).collect())
            .collect();
        assert_eq!(
            plain,
            ["\u{200e}       المكتب   ت", "\u{200e} ihec/geo-bas   1", "\u{200e}          ejp  12",]
        );
    }
}
