//! Aligned columns in both reading directions.
//!
//! Arabic is read from the right, so its first column has to be the rightmost one. Terminals
//! disagree about who turns lines around; a line here begins with a left-to-right mark and each
//! cell is an isolate, so that columns stay where they are put, and in Arabic they are put in
//! reverse order and aligned to the right. That looks the same on a terminal with and without
//! bidirectional support.

use barid_proto::text::{is_combining_mark, legible};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};

use crate::wording::Lang;

/// LEFT-TO-RIGHT MARK: tells a terminal not to turn the whole line around.
const LEFT_TO_RIGHT: char = '\u{200e}';
/// Columns after which the text of a cell goes on in the next line, at the latest. A digest fits.
const CELL_WIDTH: usize = 64;
/// Columns on a terminal of which nothing is known. A line is longer only where its identifiers
/// are: those are copied, and not broken.
const WIDTH: usize = 120;
/// Columns between two cells.
const BETWEEN: usize = 2;

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
        // The table would break lines without regard to isolates: here they are broken already.
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        let widths = self.widths();
        if self.headings.iter().any(|heading| !heading.is_empty()) {
            table.set_header(self.cells(&self.headings, &widths));
        }
        for row in &self.rows {
            table.add_row(self.cells(row, &widths));
        }
        let lines = table.to_string();
        let mark = |line: &str| {
            let line = line.trim_end();
            if self.lang.is_rtl() {
                format!("{LEFT_TO_RIGHT}{line}\n")
            } else {
                format!("{line}\n")
            }
        };
        lines.lines().map(mark).collect()
    }

    fn cells(&self, texts: &[String], widths: &[usize]) -> Vec<Cell> {
        // An isolate ends with its line: one for each.
        let isolated = |text: &str, width: usize| -> Vec<String> {
            let lines = text.lines().flat_map(|line| wrapped(&legible(line), width));
            lines.map(|line| self.lang.isolate(&line)).collect()
        };
        let cells = texts.iter().zip(widths);
        let cells = cells.map(|(text, width)| Cell::new(isolated(text, *width).join("\n")));
        if self.lang.is_rtl() {
            let right = |cell: Cell| cell.set_alignment(CellAlignment::Right);
            return cells.rev().map(right).collect();
        }
        cells.collect()
    }

    /// How wide each column may be: as it would like, but the widest give way until a line fits,
    /// and none more than its longest word.
    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0).max(self.headings.len());
        let (mut widths, mut least) = (vec![0; columns], vec![0; columns]);
        for row in self.rows.iter().chain([&self.headings]) {
            for ((text, widest), word) in row.iter().zip(&mut widths).zip(&mut least) {
                let longest = |parts: &mut dyn Iterator<Item = &str>| {
                    parts.map(width).max().unwrap_or(0).min(CELL_WIDTH)
                };
                *widest = longest(&mut text.lines()).max(*widest);
                *word = longest(&mut text.split_whitespace()).max(*word);
            }
        }
        while widths.iter().sum::<usize>() + BETWEEN * columns > WIDTH {
            let able = widths.iter_mut().zip(&least).filter(|(width, least)| **width > **least);
            let Some((widest, _)) = able.max_by_key(|(width, _)| **width) else { break };
            *widest -= 1;
        }
        widths
    }
}

/// Columns that a text takes, nearly: what stands over or between letters takes none.
fn width(text: &str) -> usize {
    text.chars().filter(|c| !is_isolate(*c) && !is_combining_mark(*c)).count()
}

/// A line of a cell in lines that fit a width, broken between words. An isolate that is open where
/// a line is broken ends there and begins again: without its end it would turn around what follows.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    let mut open: Vec<char> = Vec::new();
    for word in text.split(' ') {
        let more = width(word);
        if used > 0 && used + 1 + more > most {
            line.extend(open.iter().map(|_| '\u{2069}'));
            lines.push(std::mem::take(&mut line));
            line.extend(&open);
            used = 0;
        } else if !lines.is_empty() || !line.is_empty() {
            line.push(' ');
            used += 1;
        }
        for c in word.chars().filter(|c| is_isolate(*c)) {
            if c == '\u{2069}' {
                open.pop();
            } else {
                open.push(c);
            }
        }
        line += word;
        used += more;
    }
    lines.push(line);
    lines
}

fn is_isolate(c: char) -> bool {
    ('\u{2066}'..='\u{2069}').contains(&c)
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
    fn long_texts_are_broken_between_words_and_isolates_begin_again() {
        let text = format!("{} \u{2066}{}\u{2069} end", "word ".repeat(10), "id ".repeat(10));
        let lines = wrapped(text.trim(), CELL_WIDTH);
        assert_eq!(lines.len(), 2, "{lines:?}");
        for line in &lines {
            let count = |c| line.matches(c).count();
            assert_eq!(count('\u{2066}'), count('\u{2069}'), "{line:?}");
            assert!(line.chars().filter(|c| !is_isolate(*c)).count() <= CELL_WIDTH, "{line}");
        }
        assert!(lines[1].starts_with('\u{2066}') && lines[1].ends_with("end"), "{lines:?}");
        assert_eq!(wrapped(&"x".repeat(200), CELL_WIDTH), ["x".repeat(200)]);
        assert_eq!(wrapped("a  b", CELL_WIDTH), ["a  b"]);
    }

    #[test]
    fn wide_columns_give_way_and_identifiers_do_not() {
        let (digest, words) = ("d".repeat(64), "\u{2068}كلمة\u{2069} word ".repeat(40));
        for lang in [Lang::En, Lang::Ar] {
            let mut grid = Grid::new(lang, ["digest", "what", "remedy"]);
            grid.row([&digest, &words, &words]);
            let shown = grid.render();
            assert!(shown.contains(&digest), "{shown}");
            for line in shown.lines() {
                assert!(width(line) <= WIDTH + 2, "{line}");
                assert_eq!(legible(line), line);
            }
            assert_eq!(shown.matches("كلمة").count(), 80);
        }
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
