//! Problems of a document: where, what, and what to do.

use barid_proto::text::visible;
use barid_proto::v1::{Assessment, Problem, ProblemPlace};

use super::grid::Grid;
use crate::wording::{self, Lang, Msg};

/// All problems, one to a row; empty when there are none.
pub(crate) fn problems(lang: Lang, problems: &[Problem]) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let headings = [Msg::HeadSeverity, Msg::HeadPlace, Msg::HeadWhat, Msg::HeadRemedy];
    let mut grid = Grid::new(lang, headings.map(|heading| lang.pick(heading.wording())));
    for problem in problems {
        grid.row([
            wording::reading_severity(lang, problem.severity()).to_owned(),
            problem.place.as_ref().map(|at| visible(&place(at))).unwrap_or_default(),
            lang.rendering(problem.what.as_ref()),
            lang.rendering(problem.remedy.as_ref()),
        ]);
    }
    grid.render()
}

/// What the hub computed, one to a row; empty when it computed nothing.
pub(crate) fn assessments(lang: Lang, assessments: &[Assessment]) -> String {
    if assessments.is_empty() {
        return String::new();
    }
    let headings = [Msg::HeadSubject, Msg::HeadFinding, Msg::HeadExplanation];
    let mut grid = Grid::new(lang, headings.map(|heading| lang.pick(heading.wording())));
    for one in assessments {
        grid.row([
            visible(&one.subject),
            wording::finding(lang, one.finding()).to_owned(),
            lang.rendering(one.explanation.as_ref()),
        ]);
    }
    grid.render()
}

/// The place as short as it can be said: `Sheet1!D17`, `4:12`, `complainant.sex`. With names from
/// the document as they are there.
pub(crate) fn place(place: &ProblemPlace) -> String {
    let mut parts = Vec::new();
    match (place.sheet.is_empty(), place.cell.is_empty()) {
        (false, false) => parts.push(format!("{}!{}", place.sheet, place.cell)),
        (false, true) => parts.push(place.sheet.clone()),
        (true, false) => parts.push(place.cell.clone()),
        (true, true) => {}
    }
    if place.row > 0 {
        parts.push(format!("row {}", place.row));
    }
    match (place.line, place.column) {
        (0, _) => {}
        // A row of delimited text that is its own line needs no second number.
        (line, 0) if line == place.row => {}
        (line, 0) => parts.push(line.to_string()),
        (line, column) => parts.push(format!("{line}:{column}")),
    }
    if !place.path.is_empty() {
        parts.push(place.path.clone());
    }
    if parts.is_empty() && place.offset_bytes > 0 {
        parts.push(format!("@{}", place.offset_bytes));
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_said_shortly() {
        let cell = ProblemPlace { sheet: "S1".into(), cell: "D17".into(), ..Default::default() };
        assert_eq!(place(&cell), "S1!D17");
        let row = ProblemPlace { row: 3, line: 3, cell: "date".into(), ..Default::default() };
        assert_eq!(place(&row), "date row 3");
        assert_eq!(place(&ProblemPlace { line: 5, ..row }), "date row 3 5");
        let path = ProblemPlace { line: 4, column: 2, path: "a.b".into(), ..Default::default() };
        assert_eq!(place(&path), "4:2 a.b");
        assert_eq!(place(&ProblemPlace { offset_bytes: 9, ..Default::default() }), "@9");
        assert_eq!(place(&ProblemPlace::default()), "");
    }
}
