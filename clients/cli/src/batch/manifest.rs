//! Reading a list: CSV with headings, or a folder of documents that are all filed alike.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Problem;
use super::columns::Column;
use crate::exit::Failure;
use crate::wording::batch::Wrong;

/// Most lines of a list: a sitting has hundreds.
pub(crate) const LINES_MAX: usize = 10_000;

/// Most bytes of a list.
const BYTES_MAX: u64 = 16 * 1024 * 1024;

/// The list within a folder. Without one, each document of the folder is a line.
const LIST: &str = "manifest.csv";

/// A list that was read.
#[derive(Clone)]
pub(crate) struct Manifest {
    /// The path that was given: a list or a folder.
    pub(crate) given: PathBuf,
    /// The folder that its paths are relative to.
    pub(crate) folder: PathBuf,
    /// Its lines.
    pub(crate) rows: Vec<Row>,
    /// What is wrong with its headings.
    pub(crate) problems: Vec<Problem>,
}

/// A line as it is written.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// By what the journal knows it.
    pub(crate) line: String,
    /// What people know it by.
    pub(crate) shown: String,
    cells: BTreeMap<Column, String>,
}

impl Row {
    /// What stands in a column, without white space at its ends; empty when nothing does.
    pub(crate) fn cell(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", String::as_str)
    }

    /// The parts of a cell that names several things.
    pub(crate) fn several(&self, column: Column) -> impl Iterator<Item = &str> {
        let parts = self.cell(column).split([';', '؛', '\n']).map(str::trim);
        parts.filter(|part| !part.is_empty())
    }

    /// A digest of what stands in it.
    pub(crate) fn fingerprint(&self) -> String {
        use sha2::Digest as _;
        let mut digest = sha2::Sha256::new();
        for (column, text) in self.cells.iter().filter(|(_, text)| !text.is_empty()) {
            for part in [column.name(), text] {
                digest.update((part.len() as u64).to_be_bytes());
                digest.update(part);
            }
        }
        barid_client::hex::encode(&digest.finalize())
    }

    /// Takes what the command line says for all lines where the line says nothing.
    fn fill(&mut self, defaults: &[(Column, String)]) {
        for (column, text) in defaults.iter().filter(|(_, text)| !text.is_empty()) {
            let cell = self.cells.entry(*column).or_default();
            if cell.is_empty() {
                text.clone_into(cell);
            }
        }
    }
}

impl Manifest {
    /// Lines that say exactly what another says: the same paper twice.
    pub(crate) fn same(&self) -> Vec<Problem> {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        let twice = self.rows.iter().filter_map(|row| {
            let before = seen.insert(row.fingerprint(), &row.line)?;
            let wrong = Wrong::SameAs(before.to_owned());
            Some(Problem { line: row.line.clone(), shown: row.shown.clone(), wrong })
        });
        twice.collect()
    }

    /// Reads a list of filings; `defaults` hold where a line says nothing.
    pub(crate) fn read(path: &Path, defaults: &[(Column, String)]) -> Result<Self, Failure> {
        let mut manifest = if path.is_dir() && !path.join(LIST).exists() {
            folder(path)?
        } else if path.is_dir() {
            let given = path.to_owned();
            Self { given, ..list(&path.join(LIST), |column| !column.is_of_registrations())? }
        } else {
            list(path, |column| !column.is_of_registrations())?
        };
        manifest.rows.iter_mut().for_each(|row| row.fill(defaults));
        for row in &mut manifest.rows {
            if row.shown.is_empty() {
                let named = [Column::Document, Column::Content, Column::Docket];
                let shown =
                    named.iter().map(|column| row.cell(*column)).find(|text| !text.is_empty());
                row.shown = shown.unwrap_or_default().to_owned();
            }
        }
        Ok(manifest)
    }

    /// Reads a list of positions and numbers.
    pub(crate) fn read_registrations(path: &Path) -> Result<Self, Failure> {
        let mut manifest = list(path, Column::is_of_registrations)?;
        for row in &mut manifest.rows {
            row.shown = row.cell(Column::Number).to_owned();
        }
        Ok(manifest)
    }

    /// Reads a list of whichever kind, for the names of its lines.
    pub(crate) fn read_any(path: &Path) -> Result<Self, Failure> {
        let filings = Self::read(path, &[])?;
        let odd = |problem: &Problem| matches!(problem.wrong, Wrong::UnknownColumn(_));
        if filings.problems.iter().any(odd) { Self::read_registrations(path) } else { Ok(filings) }
    }
}

fn at(path: &Path, error: impl std::fmt::Display) -> Failure {
    Failure::usage(format!("{}: {error}", path.display()))
}

fn folder(path: &Path) -> Result<Manifest, Failure> {
    let mut names = Vec::new();
    for one in std::fs::read_dir(path).map_err(|error| at(path, error))? {
        let one = one.map_err(|error| at(path, error))?;
        let is_document = one.file_type().map_err(|error| at(path, error))?.is_file();
        // A name that is no text could not be told apart in the journal.
        let name = one
            .file_name()
            .into_string()
            .map_err(|name| Failure::usage(format!("{}: {name:?} is no text", path.display())))?;
        let own =
            name.starts_with('.') || name.ends_with(".journal") || name.ends_with(".report.csv");
        if is_document && !own {
            names.push(name);
        }
    }
    names.sort();
    let row = |name: String| Row {
        line: name.clone(),
        shown: name.clone(),
        cells: BTreeMap::from([(Column::Document, name)]),
    };
    let rows: Vec<Row> = names.into_iter().map(row).collect();
    Ok(Manifest { given: path.to_owned(), folder: path.to_owned(), problems: extent(&rows), rows })
}

/// A list of which these columns are known.
fn list(path: &Path, known: impl Fn(Column) -> bool) -> Result<Manifest, Failure> {
    let bytes = std::fs::metadata(path).map_err(|error| at(path, error))?.len();
    if bytes > BYTES_MAX {
        return Err(at(path, format!("a list has at most {BYTES_MAX} bytes")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| at(path, error))?;
    let mut reader = csv::ReaderBuilder::new();
    reader.flexible(true).trim(csv::Trim::All).delimiter(delimiter(&text));
    let mut reader = reader.from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|error| at(path, error))?.clone();
    let mut problems = Vec::new();
    let mut wrong =
        |wrong| problems.push(Problem { line: "1".into(), shown: String::new(), wrong });
    let mut columns: Vec<Option<Column>> = Vec::new();
    for heading in &headings {
        let column = Column::of(heading).filter(|column| known(*column));
        if heading.is_empty() {
            // A column without heading is nobody's.
        } else if column.is_none() {
            wrong(Wrong::UnknownColumn(heading.to_owned()));
        } else if columns.contains(&column) {
            wrong(Wrong::ColumnTwice(heading.to_owned()));
        }
        columns.push(column);
    }
    let (mut rows, mut lines) = (Vec::new(), Lines { text: &text, at: 0, line: 1 });
    for record in reader.records() {
        let record = record.map_err(|error| at(path, error))?;
        let line = lines.of(record.position().map_or(0, csv::Position::byte)).to_string();
        let mut cells = BTreeMap::new();
        for (text, column) in record.iter().zip(&columns) {
            if let Some(column) = column.filter(|_| !text.is_empty()) {
                cells.entry(column).or_insert_with(|| text.to_owned());
            }
        }
        if rows.len() > LINES_MAX {
            break;
        }
        if record.len() > columns.len() {
            let wrong = Wrong::TooManyCells(record.len(), columns.len());
            problems.push(Problem { line: line.clone(), shown: String::new(), wrong });
        }
        if !cells.is_empty() {
            rows.push(Row { line, shown: String::new(), cells });
        }
    }
    problems.extend(extent(&rows));
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    Ok(Manifest { given: path.to_owned(), folder, rows, problems })
}

/// Counts lines as an editor does, whatever they end in; the reader counts those that end in CR LF
/// when it has the second half.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of what begins at a byte, or behind line ends there. Bytes come in ascending order.
    fn of(&mut self, byte: u64) -> usize {
        let begin = usize::try_from(byte).unwrap_or(usize::MAX);
        let rest = self.text.bytes().enumerate().skip(self.at);
        for (at, one) in rest {
            if at >= begin && !matches!(one, b'\r' | b'\n') {
                break;
            }
            self.line += usize::from(one == b'\n');
            self.at = at + 1;
        }
        self.line
    }
}

/// What stands between the cells: a comma, or what spreadsheets write where the comma is taken.
fn delimiter(text: &str) -> u8 {
    let headings = text.lines().next().unwrap_or_default();
    let count = |sign: char| headings.matches(sign).count();
    [(',', b','), (';', b';'), ('\t', b'\t')]
        .into_iter()
        .rev()
        .max_by_key(|(sign, _)| count(*sign))
        .map_or(b',', |(_, byte)| byte)
}

fn extent(rows: &[Row]) -> Vec<Problem> {
    let wrong = match rows.len() {
        0 => Wrong::NoLines,
        lines if lines > LINES_MAX => Wrong::TooManyLines(LINES_MAX),
        _ => return Vec::new(),
    };
    vec![Problem { line: "1".into(), shown: String::new(), wrong }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_in_either_language_and_a_folder_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sitting.csv");
        let text = "الوثيقة,الصيغة,إلى,رقم الأساس\r\n\
                    a.json,,ejp/registry؛ fsc,\"ihec:1/2025;ihec:2/2025\"\r\n\
                    ,,,\r\n\
                    \"b.json\",ihec/x+json,,\r\n";
        std::fs::write(&path, text).unwrap();
        let defaults = [(Column::Format, "ihec/form-110+json".to_owned())];
        let read = Manifest::read(&path, &defaults).unwrap();
        assert!(read.problems.is_empty());
        let [first, second] = read.rows.as_slice() else { panic!("two lines") };
        assert_eq!((first.line.as_str(), first.shown.as_str()), ("2", "a.json"));
        assert_eq!(first.cell(Column::Format), "ihec/form-110+json");
        assert_eq!(first.several(Column::To).collect::<Vec<_>>(), ["ejp/registry", "fsc"]);
        assert_eq!(first.several(Column::Docket).count(), 2);
        assert_eq!((second.line.as_str(), second.cell(Column::Format)), ("4", "ihec/x+json"));
        assert_ne!(first.fingerprint(), second.fingerprint());

        for name in ["b.pdf", "a.pdf", ".hidden", "barid-batch.journal"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::remove_file(&path).unwrap();
        let read = Manifest::read(folder.path(), &defaults).unwrap();
        let lines: Vec<&str> = read.rows.iter().map(|row| row.line.as_str()).collect();
        assert_eq!(lines, ["a.pdf", "b.pdf"]);
        assert_eq!(read.rows[0].cell(Column::Document), "a.pdf");
    }

    #[test]
    fn what_is_wrong_with_headings_is_told_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sitting.csv");
        std::fs::write(&path, "document,الوثيقة,colour,position\na.json,b.json,red,7,more\n")
            .unwrap();
        let read = Manifest::read(&path, &[]).unwrap();
        let wrong: Vec<_> = read.problems.iter().map(|one| &one.wrong).collect();
        assert!(
            matches!(
                wrong.as_slice(),
                [
                    Wrong::ColumnTwice(_),
                    Wrong::UnknownColumn(colour),
                    Wrong::UnknownColumn(_),
                    Wrong::TooManyCells(5, 4)
                ] if colour == "colour"
            ),
            "{wrong:?}"
        );
        assert_eq!(read.rows[0].cell(Column::Document), "a.json");
        std::fs::write(&path, "position,number\n3,1/2025\n").unwrap();
        assert_eq!(Manifest::read_any(&path).unwrap().rows[0].shown, "1/2025");
        for sign in [';', '\t'] {
            let text = "document,to\na.json,ejp\n".replace(',', &sign.to_string());
            std::fs::write(&path, text).unwrap();
            assert_eq!(Manifest::read(&path, &[]).unwrap().rows[0].cell(Column::To), "ejp");
        }
        std::fs::write(&path, "document\n").unwrap();
        let read = Manifest::read(&path, &[]).unwrap();
        assert!(matches!(read.problems[0].wrong, Wrong::NoLines));
    }
}
