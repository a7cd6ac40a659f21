//! Collecting everything that is wrong with a document, each with its place and its remedy.

use barid_proto::v1::{Problem, ProblemPlace, ProblemSeverity, Rendering, Text};

/// Most problems reported for one document. A file of another kind altogether would otherwise
/// answer with one problem per byte; a person mends the first hundreds and sends it again.
pub const PROBLEMS_MAX: usize = 500;

/// Longest path, sheet or cell of a place, in bytes: a hub refuses replies with longer ones. What
/// is cut ends in an ellipsis.
const PLACE_BYTES_MAX: usize = 1024;

/// Where in a document something is. Built up from what the format knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place(ProblemPlace);

impl Place {
    /// A line and column, both from 1.
    #[must_use]
    pub fn line(line: u32, column: u32) -> Self {
        Self(ProblemPlace { line, column, ..ProblemPlace::default() })
    }

    /// The path of a field or element: `complainant.sex`.
    #[must_use]
    pub fn path(path: impl Into<String>) -> Self {
        Self(ProblemPlace { path: path.into(), ..ProblemPlace::default() })
    }

    /// A cell of a table: its row from 1 (headings counted) and its name or heading.
    #[must_use]
    pub fn cell(row: u32, cell: impl Into<String>) -> Self {
        Self(ProblemPlace { row, cell: cell.into(), ..ProblemPlace::default() })
    }

    /// Adds the line and column.
    #[must_use]
    pub fn at_line(mut self, line: u32, column: u32) -> Self {
        self.0.line = line;
        self.0.column = column;
        self
    }

    /// Adds the sheet's name.
    #[must_use]
    pub fn on_sheet(mut self, sheet: impl Into<String>) -> Self {
        self.0.sheet = sheet.into();
        self
    }

    /// Adds the offset in bytes from the beginning of the document.
    #[must_use]
    pub fn at_offset(mut self, offset_bytes: u64) -> Self {
        self.0.offset_bytes = offset_bytes;
        self
    }

    /// Adds the path of the field.
    #[must_use]
    pub fn in_path(mut self, path: impl Into<String>) -> Self {
        self.0.path = path.into();
        self
    }

    /// For the wire: names that a document chose may be of any length.
    fn bounded(mut self) -> ProblemPlace {
        for text in [&mut self.0.cell, &mut self.0.sheet, &mut self.0.path] {
            if text.len() > PLACE_BYTES_MAX {
                text.truncate(text.floor_char_boundary(PLACE_BYTES_MAX - '…'.len_utf8()));
                text.push('…');
            }
        }
        self.0
    }
}

/// What is wrong and how to mend it, in the languages the format's author speaks: pairs of
/// language and text.
pub type Wording<'a> = &'a [(&'a str, &'a str)];

/// All problems of one document, in the order in which they were found.
#[derive(Debug, Default)]
pub struct Problems {
    found: Vec<Problem>,
    errors: usize,
}

impl Problems {
    /// An empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Something that keeps the document from being understood.
    pub fn error(&mut self, code: &str, place: Place, what: Wording<'_>, remedy: Wording<'_>) {
        self.errors += 1;
        self.push(ProblemSeverity::Error, code, place, what, remedy);
    }

    /// Something that was understood but that a person should look at.
    pub fn warning(&mut self, code: &str, place: Place, what: Wording<'_>, remedy: Wording<'_>) {
        self.push(ProblemSeverity::Warning, code, place, what, remedy);
    }

    /// Whether the document cannot be understood.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Whether an error was reported at this very path. Looks through all that was found, at most
    /// [`PROBLEMS_MAX`].
    #[must_use]
    pub fn has_error_at(&self, path: &str) -> bool {
        let at = |one: &Problem| one.place.as_ref().is_some_and(|place| place.path == path);
        self.found.iter().any(|one| one.severity() == ProblemSeverity::Error && at(one))
    }

    /// The problems, ready for a reply.
    #[must_use]
    pub fn into_vec(self) -> Vec<Problem> {
        self.found
    }

    fn push(
        &mut self,
        severity: ProblemSeverity,
        code: &str,
        place: Place,
        what: Wording<'_>,
        remedy: Wording<'_>,
    ) {
        if self.found.len() >= PROBLEMS_MAX {
            // The first error is never left out: without it the missing content is unexplained.
            let first_error = severity == ProblemSeverity::Error && self.errors == 1;
            if !first_error {
                return;
            }
            self.found.pop();
        }
        self.found.push(Problem {
            severity: severity.into(),
            code: code.to_owned(),
            place: Some(place.bounded()),
            what: text(what),
            remedy: text(remedy),
        });
    }
}

/// A text from pairs of language and rendering, sorted as the wire wants it. `None` for none.
#[must_use]
pub fn text(wording: Wording<'_>) -> Option<Text> {
    if wording.is_empty() {
        return None;
    }
    let mut renderings: Vec<Rendering> = wording
        .iter()
        .map(|(language, text)| Rendering {
            language: (*language).to_owned(),
            text: (*text).to_owned(),
        })
        .collect();
    renderings.sort_by(|left, right| left.language.cmp(&right.language));
    Some(Text { renderings, authoritative: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_error_survives_a_flood_of_warnings() {
        let mut problems = Problems::new();
        for line in 1..=600 {
            problems.warning("odd", Place::line(line, 1), &[("en", "odd")], &[]);
        }
        assert!(!problems.has_errors());
        problems.error("bad", Place::line(601, 1), &[("en", "bad")], &[]);
        problems.error("bad", Place::line(602, 1), &[("en", "bad")], &[]);
        assert!(problems.has_errors());
        let found = problems.into_vec();
        assert_eq!(found.len(), PROBLEMS_MAX);
        let errors = found.iter().filter(|one| one.severity() == ProblemSeverity::Error);
        assert_eq!(errors.count(), 1);
    }

    #[test]
    fn errors_are_known_by_their_path() {
        let mut problems = Problems::new();
        problems.warning("odd", Place::path("a"), &[("en", "odd")], &[]);
        problems.error("bad", Place::path("a.b"), &[("en", "bad")], &[]);
        assert!(problems.has_error_at("a.b"));
        assert!(!problems.has_error_at("a"), "a warning is no error");
        assert!(!problems.has_error_at("b"));
    }

    #[test]
    fn a_place_that_a_document_chose_is_cut_to_what_a_hub_takes() {
        let mut problems = Problems::new();
        let deep = Place::path("/اسم".repeat(600)).on_sheet("short");
        problems.error("deep", deep, &[("en", "deep")], &[]);
        let place = problems.into_vec().remove(0).place.unwrap();
        assert!(place.path.len() <= PLACE_BYTES_MAX && place.path.len() > PLACE_BYTES_MAX - 8);
        assert!(place.path.ends_with('…') && place.path.starts_with("/اسم"));
        assert_eq!(place.sheet, "short");
    }

    #[test]
    fn text_is_sorted_by_language_and_absent_when_empty() {
        assert_eq!(text(&[]), None);
        let made = text(&[("en", "date"), ("ar", "تاريخ")]).unwrap();
        assert_eq!(made.renderings[0].language, "ar");
    }
}
