//! How fast published judgments and the commission's documents are read.

#![expect(clippy::print_stdout, reason = "a program speaks to its caller")]
#![expect(clippy::expect_used, clippy::panic, reason = "without its documents nothing is measured")]

mod rates;

use std::io::{Cursor, Read as _};

use barid_format_ihec::Ihec;
use barid_plugin::v1::filing_content::Content;
use barid_plugin::v1::{
    CivilDate, DecodeRequest, DocketNumber, EncodeRequest, FilingContent, Outcome, RegisterRow,
    RegisterStatement, WrittenDate,
};
use barid_plugin::{Format, Problems};
use rates::{Paper, Xml, samples, tell};

/// Rows of a register: those of an election's last week.
const ROWS: u32 = 2_000;

/// Forms of a day at one office.
const FORMS: usize = 100;

fn main() {
    let judgment = |bytes: &[u8]| {
        let mut problems = Problems::new();
        barid_akn::read(bytes, "court", &mut problems).is_some()
    };
    let judgments = samples("1-akn/judgments", "xml").into_iter();
    let judgments: Vec<Paper> = judgments.map(|bytes| Paper::new(bytes, Xml::Whole)).collect();
    assert!(!judgments.is_empty(), "no judgments among the samples");
    tell("akn", &judgments, &judgment);
    for format in ["ihec/register+xlsx", "ihec/register+csv"] {
        let name = format.rsplit(['/', '+']).next().unwrap_or(format);
        tell(name, &[register(format)], &|bytes| decode(format, bytes));
    }
    let form = include_bytes!("../../plugins/ihec/testdata/form-110.json");
    let forms: Vec<Paper> = (0..FORMS).map(|_| Paper::new(form.to_vec(), Xml::Absent)).collect();
    tell("form", &forms, &|bytes| decode("ihec/form-110+json", bytes));
}

fn decode(format: &str, bytes: &[u8]) -> bool {
    let request = DecodeRequest {
        format: format.to_owned(),
        input: bytes.to_vec(),
        institution: "ihec".to_owned(),
        ..DecodeRequest::default()
    };
    Ihec.decode(&request).content.is_some()
}

/// A register as the format itself writes it.
fn register(format: &str) -> Paper {
    let row = |row: u32| RegisterRow {
        docket_numbers: vec![DocketNumber {
            institution: "ihec".to_owned(),
            literal: format!("NIN-APP-2025-{row:04}"),
            normal: String::new(),
        }],
        date: Some(WrittenDate {
            literal: "2025-11-23".to_owned(),
            candidates: vec![CivilDate { year: 2025, month: 11, day: 23 }],
        }),
        person: "سعاد كريم حسن الجبوري".to_owned(),
        outcome: Outcome::Rejected.into(),
        outcome_literal: "رد الطعن".to_owned(),
        papers: row % 9,
        ..RegisterRow::default()
    };
    let rows = (1..=ROWS).map(row).collect();
    let statement = RegisterStatement { rows, ..RegisterStatement::default() };
    let written = Ihec.encode(&EncodeRequest {
        format: format.to_owned(),
        content: Some(FilingContent { content: Some(Content::RegisterStatement(statement)) }),
        institution: "ihec".to_owned(),
        ..EncodeRequest::default()
    });
    assert!(!written.output.is_empty(), "{format}: {:?}", written.problems);
    let xml = if format.ends_with("xlsx") { Xml::Packed(parts) } else { Xml::Absent };
    Paper::new(written.output, xml)
}

/// What a reader of a workbook has to walk over: its sheets and its strings, unpacked.
fn parts(workbook: &[u8]) -> Vec<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        if name.starts_with("xl/worksheets/") || name == "xl/sharedStrings.xml" {
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("a part");
            parts.push(bytes);
        }
    }
    parts
}
