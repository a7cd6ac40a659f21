//! CSV as programs really write it, and the collections of odd ones: the right cells, or a clear
//! refusal.

use std::fs;
use std::path::{Path, PathBuf};

use crate::asking::{codes, decode, has_error, places, register};
use barid_plugin::v1::RegisterStatement;

const CSV: &str = "ihec/register+csv";

fn read(text: &str) -> (RegisterStatement, Vec<String>) {
    let reply = decode(CSV, text.as_bytes());
    (register(&reply).expect("a register"), places(&reply.problems))
}

fn samples() -> Option<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/6-robustness/csv");
    folder.is_dir().then_some(folder)
}

#[test]
fn delimiters_marks_and_line_ends_of_every_program() {
    for delimiter in [",", ";", "\t", "|"] {
        for mark in ["", "\u{FEFF}", "\u{FEFF}\u{FEFF}"] {
            for end in ["\n", "\r\n", "\r"] {
                let text = [
                    ["رقم الطعن", "الطاعن", "النتيجة", "الملاحظات"].join(delimiter),
                    ["N-1", "حسن علي محمد المثال", "رد", "\"سطر\nوسطر \"\"مقتبس\"\"\""]
                        .join(delimiter),
                    String::new(),
                    ["\"N-2\"", "حسن علي محمد المثال", "\"قبول\"", "a,b;c|d"]
                        .map(|cell| if cell.contains(delimiter) { "x" } else { cell })
                        .join(delimiter),
                ]
                .join(end);
                let (read, problems) = read(&format!("{mark}{text}{end}"));
                assert_eq!(problems, [""; 0], "{delimiter:?} {end:?}");
                assert_eq!(read.rows.len(), 2, "{delimiter:?} {end:?}");
                assert_eq!(read.rows[0].cells[0].literal, "سطر\nوسطر \"مقتبس\"");
                assert_eq!(read.rows[1].row, 4);
            }
        }
    }
}

#[test]
fn a_first_line_that_names_the_delimiter_is_no_row() {
    let text = "sep=;\r\nرقم الطعن;الملاحظات\r\n214;a,b,c,d\r\n";
    let (read, problems) = read(text);
    assert_eq!(problems, [""; 0]);
    assert_eq!((read.name.as_str(), read.rows[0].row), ("", 2));
    assert_eq!(read.rows[0].cells[0].literal, "a,b,c,d");
    // It counts even where another one would name more columns.
    let reply = decode(CSV, "sep=|\nرقم الطعن,الطاعن|x\n".as_bytes());
    assert_eq!(codes(&reply.problems), ["headings-missing"]);
}

#[test]
fn zero_bytes_are_refused_with_their_line() {
    let reply = decode(CSV, b"appeal no.,appellant\n1,a\n2,\0b\n");
    assert_eq!(codes(&reply.problems), ["nul"]);
    let place = reply.problems[0].place.clone().expect("a place");
    assert_eq!((place.line, place.offset_bytes), (3, 27));
}

#[test]
fn ragged_rows_and_blank_cells_are_named_and_kept() {
    let (read, problems) = read(concat!(
        "رقم الطعن;النتيجة;الملاحظات\n",
        "1;رد\n",
        "2;رد;x;y;z\n",
        "3;رد;x;;\n",
        " ; ; \n",
        "4;رد;x\n",
    ));
    assert_eq!(problems, ["row-ragged @ !2", "row-ragged @ !3"]);
    let rows: Vec<u32> = read.rows.iter().map(|row| row.row).collect();
    assert_eq!(rows, [2, 3, 4, 6]);
    let kept: Vec<&str> = read.rows[1].cells.iter().map(|cell| cell.literal.as_str()).collect();
    assert_eq!(kept, ["x", "y", "z"]);
}

/// The samples have headings of their own. Below one of ours in front, every cell must come out as
/// the collection says.
#[test]
fn every_cell_of_the_spectrum_is_right() {
    let Some(samples) = samples() else {
        println!("skipped: samples not present");
        return;
    };
    let mut read_samples = 0;
    for entry in fs::read_dir(samples.join("csv-spectrum/csvs")).expect("samples") {
        let path = entry.expect("a sample").path();
        let text = fs::read_to_string(&path).expect("UTF-8");
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        let reply = decode(CSV, text.as_bytes());
        assert!(codes(&reply.problems).contains(&"headings-missing"), "{name}: as it is");
        assert_eq!(reply.content, None, "{name}");

        let json = samples.join("csv-spectrum/json").join(format!("{name}.json"));
        let expected: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(json).expect("readable")).expect("JSON");
        let (headings, below) = text.split_once('\n').expect("headings");
        let own: Vec<&str> = headings.trim_end().split(',').collect();
        // Each row begins where the first column's own text begins.
        let first = own[0];
        let register_text = format!("{}\n{below}", headings.replacen(first, "appeal no.", 1));
        let (read, _) = self::read(&register_text);
        let rows = match &expected {
            serde_json::Value::Array(rows) => rows.clone(),
            row => vec![row.clone()],
        };
        assert_eq!(read.rows.len(), rows.len(), "{name}");
        for (row, expected) in read.rows.iter().zip(&rows) {
            for heading in &own[1..] {
                let cell = row.cells.iter().find(|cell| cell.heading == *heading);
                let literal = cell.map_or("", |cell| cell.literal.as_str());
                let wanted = expected[*heading].as_str().expect("text");
                if name == "location_coordinates" && *heading == "Location Coordinates" {
                    // The collection's own text is damaged; it is kept as it is.
                    assert_eq!(
                        literal.replace(char::REPLACEMENT_CHARACTER, ""),
                        wanted.replace(char::REPLACEMENT_CHARACTER, "")
                    );
                } else {
                    assert_eq!(literal, wanted, "{name} {heading}");
                }
            }
        }
        read_samples += 1;
    }
    assert_eq!(read_samples, 8);
}

#[test]
fn samples_of_a_csv_library_are_read_or_refused() {
    let Some(samples) = samples() else {
        println!("skipped: samples not present");
        return;
    };
    let bytes = |name: &str| fs::read(samples.join("rust-csv").join(name)).expect("readable");
    for (name, expected) in [
        ("smallpop-no-headers.csv", vec!["headings-missing"]),
        ("strange.csv", vec!["quote-escaped", "headings-missing"]),
    ] {
        let reply = decode(CSV, &bytes(name));
        assert_eq!((codes(&reply.problems), reply.content), (expected, None), "{name}");
    }
    // Latin letters with accents in one byte each: not Arabic, and not guessed to be.
    let reply = decode(CSV, &bytes("uspop-latin1.csv"));
    assert_eq!(codes(&reply.problems), ["encoding-unknown"]);

    let with_headings =
        [b"appeal no.,notes,office,papers\n".to_vec(), bytes("smallpop-no-headers.csv")];
    let reply = decode(CSV, &with_headings.concat());
    assert!(!has_error(&reply.problems), "{:?}", places(&reply.problems));
    let read = register(&reply).expect("a register");
    let lines = String::from_utf8(bytes("smallpop-no-headers.csv")).expect("UTF-8");
    assert_eq!(read.rows.len(), lines.lines().count());
    for (row, line) in read.rows.iter().zip(lines.lines()) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(row.docket_numbers[0].literal, cells[0]);
        assert_eq!(row.papers.to_string(), cells[3]);
    }

    let strange = [b"appeal no.;notes\n".to_vec(), bytes("strange.csv")].concat();
    let (read, problems) = self::read(&String::from_utf8(strange).expect("UTF-8"));
    assert_eq!(read.rows[0].docket_numbers[0].literal, "\"Hacksaw\" Jim Duggan");
    assert_eq!(read.rows[1].docket_numbers[0].literal, "Bret \"Hit Man\" Hart");
    assert!(problems.contains(&"row-ragged @ !5".to_owned()), "{problems:?}");
}
