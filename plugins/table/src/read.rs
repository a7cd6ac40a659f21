//! From bytes to a table.

use barid_plugin::Problems;
use csv::{ReaderBuilder, StringRecord};

use crate::{Layout, Row, Table, said};

/// Reads a table whose headings `fit`, or else lack the one that is named. `None`: it is not this
/// table at all, or larger than its bounds, and the problems say why.
///
/// Rows with more or fewer cells than there are headings are errors; of the former the cells beyond
/// are not kept.
pub fn read<'w>(
    input: &[u8],
    layout: &Layout<'_>,
    problems: &mut Problems,
    fit: impl FnOnce(&[String]) -> Result<(), &'w str>,
) -> Option<Table> {
    let bounds = layout.bounds;
    let text = text(input, layout, problems)?;
    let delimiter = delimiter(text, layout.delimiters);
    let mut reader =
        ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut record = reader.headers().cloned().unwrap_or_default();
    // Before any cell is copied: a line of commas has more cells than memory has room for copies.
    if record.len() > bounds.columns {
        said::too_large(problems, bounds);
        return None;
    }
    let headings: Vec<String> =
        record.iter().map(|heading| (layout.heading)(heading).to_owned()).collect();
    if let Err(wanted) = fit(&headings) {
        said::heading_missing(problems, &headings, wanted, layout.example);
        return None;
    }
    check_headings(&headings, problems);
    let mut table = Table { headings, rows: Vec::new() };
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Some(table),
            Err(error) => {
                said::unreadable(problems, &error);
                return None;
            }
        }
        let (rows, columns) = (table.rows.len(), table.headings.len());
        if rows >= bounds.rows || (rows + 1).saturating_mul(columns) > bounds.cells {
            said::too_large(problems, bounds);
            return None;
        }
        let line = line_of(&record, text);
        let number = u32::try_from(rows + 2).unwrap_or(u32::MAX);
        if record.len() != columns {
            said::cells_differ(problems, (number, line), record.len(), columns);
        }
        let cells = record.iter().take(columns).map(|cell| (layout.cell)(cell).to_owned());
        table.rows.push(Row { number, line, cells: cells.collect() });
    }
}

/// The text, when it can be that of a table.
fn text<'i>(input: &'i [u8], layout: &Layout<'_>, problems: &mut Problems) -> Option<&'i str> {
    if input.len() > layout.bounds.bytes {
        said::too_large(problems, layout.bounds);
        return None;
    }
    let input = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    let text = match std::str::from_utf8(input) {
        Ok(text) => text,
        Err(invalid) => {
            said::not_utf8(problems, input, invalid.valid_up_to());
            return None;
        }
    };
    // The parser takes an unclosed quotation mark for one cell up to the end of the table.
    if text.matches('"').count() % 2 == 1 {
        said::quote_open(problems);
        return None;
    }
    Some(text)
}

fn delimiter(text: &str, known: &[u8]) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    // `max_by_key` takes the last of equals.
    known.iter().rev().copied().max_by_key(count).unwrap_or(b',')
}

/// The line on which a row begins. The parser leaves the line feed behind a carriage return, and
/// empty lines, to the row that follows.
fn line_of(record: &StringRecord, text: &str) -> u32 {
    let Some(position) = record.position() else { return 0 };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let before = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let passed = before.filter(|byte| **byte == b'\n').count() as u64;
    u32::try_from(position.line() + passed).unwrap_or(u32::MAX)
}

fn check_headings(headings: &[String], problems: &mut Problems) {
    for (index, heading) in headings.iter().enumerate() {
        if headings.iter().take(index).any(|earlier| earlier == heading) {
            said::heading_twice(problems, heading);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Bounds;

    const BOUNDS: Bounds = Bounds { bytes: 4 << 20, rows: 4, columns: 3, cells: 9 };
    const LAYOUT: Layout<'static> = Layout {
        bounds: BOUNDS,
        delimiters: b",;",
        heading: str::trim,
        cell: |cell| cell,
        example: "a,b",
    };

    fn read_as(input: &[u8], layout: &Layout<'_>) -> (Option<Table>, Problems) {
        let mut problems = Problems::new();
        let fit = |headings: &[String]| {
            if headings.iter().any(|one| one == "a") { Ok(()) } else { Err("a") }
        };
        (read(input, layout, &mut problems, fit), problems)
    }

    fn codes(input: &[u8]) -> Vec<String> {
        let (_, problems) = read_as(input, &LAYOUT);
        problems.into_vec().into_iter().map(|one| one.code).collect()
    }

    #[test]
    fn a_table_is_read_row_by_row() {
        let (table, problems) = read_as(b"\xEF\xBB\xBF a ;b\r\n1;\"x;\ny\"\n 2 ;\n", &LAYOUT);
        let table = table.unwrap();
        assert!(problems.into_vec().is_empty());
        assert_eq!(table.headings, ["a", "b"]);
        let [first, second] = table.rows.as_slice() else { panic!("{table:?}") };
        assert_eq!((first.number, first.line, table.cell(first, "b")), (2, 2, "x;\ny"));
        assert_eq!((second.number, second.line, second.cell(Some(0))), (3, 4, "2"));
        assert_eq!((table.cell(second, "a"), table.cell(second, "z")), (" 2 ", ""));
        assert_eq!((table.heading(1), table.heading(2), second.cell(None)), ("b", "", ""));
        let wire = table.wire_row(first);
        assert_eq!((wire.row, wire.cells[1].heading.as_str()), (2, "b"));
    }

    #[test]
    fn lines_are_those_of_an_editor_however_they_end() {
        for text in ["a,b\n1,2\n\n3\n", "a,b\r\n1,2\r\n\r\n3\r\n"] {
            let (table, problems) = read_as(text.as_bytes(), &LAYOUT);
            let lines: Vec<u32> = table.unwrap().rows.iter().map(|row| row.line).collect();
            assert_eq!(lines, [2, 4], "{text:?}");
            assert_eq!(problems.into_vec()[0].place.as_ref().unwrap().line, 4, "{text:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_where_it_is() {
        assert_eq!(codes(b""), ["heading-missing"]);
        assert_eq!(codes(b"b,c\n1,2\n"), ["heading-missing"]);
        assert_eq!(codes(b"a,b,b\n"), ["heading-twice"]);
        assert_eq!(codes(b"a,b\n1\n1,2,3\n"), ["cells-differ", "cells-differ"]);
        assert_eq!(codes(b"a\n\"x\n"), ["csv-quote-open"]);
        assert_eq!(codes(b"a\n\xF1\n"), ["encoding-not-utf8"]);
        let (_, problems) = read_as(b"a\n1\n\xF1\n", &LAYOUT);
        let place = problems.into_vec().remove(0).place.unwrap();
        assert_eq!((place.line, place.offset_bytes), (3, 4));
    }

    #[test]
    fn each_bound_holds() {
        assert!(codes(b"a,b,c\n1,2,3\n1,2,3\n1,2,3\n").is_empty());
        assert_eq!(codes(b"a,b,c\n1,2,3\n1,2,3\n1,2,3\n1,2,3\n"), ["too-large"], "cells");
        assert!(codes(b"a\n1\n2\n3\n4\n").is_empty());
        assert_eq!(codes(b"a\n1\n2\n3\n4\n5\n"), ["too-large"], "rows");
        assert_eq!(codes(b"a,b,c,d\n"), ["too-large"], "columns");
        assert_eq!(codes(&vec![b'a'; BOUNDS.bytes + 1]), ["too-large"], "bytes");
    }

    #[test]
    fn cells_beyond_the_headings_are_counted_and_not_kept() {
        let input = format!("a\n1{}\n", ",".repeat(100_000));
        let (table, problems) = read_as(input.as_bytes(), &Layout { delimiters: b",", ..LAYOUT });
        assert_eq!(table.unwrap().rows[0].cells, ["1"]);
        let what = problems.into_vec().remove(0).what.unwrap();
        assert_eq!(what.renderings.len(), 4, "{what:?}");
        assert!(what.renderings.iter().all(|one| one.text.contains("100001")), "{what:?}");
    }

    #[test]
    fn a_place_is_never_longer_than_a_host_takes() {
        let long = "ب".repeat(2_000);
        let input = format!("a,{long},{long}\n");
        let (_, problems) = read_as(input.as_bytes(), &LAYOUT);
        let problems = problems.into_vec();
        assert_eq!(problems[0].code, "heading-twice");
        assert!(problems[0].place.as_ref().unwrap().cell.len() <= 1_024);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fall_over(input: Vec<u8>, text in "[a,;\"\r\n ]{0,60}") {
            for input in [input, text.into_bytes()] {
                let (table, problems) = read_as(&input, &LAYOUT);
                prop_assert!(table.is_some() || problems.has_errors());
                for row in table.iter().flat_map(|table| &table.rows) {
                    prop_assert!(row.cells.len() <= BOUNDS.columns);
                }
            }
        }
    }
}
