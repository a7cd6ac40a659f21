//! Lists of case files: the sample row by row, headings in Spanish, what contradicts itself.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]

use barid_format_tepjf::{INDEX, Tepjf};
use barid_plugin::v1::{
    CivilDate, DataClass, DecodeReply, DocketNumber, EncodeReply, FilingContent, Outcome,
    PilotPaper, RegisterRow, RegisterStatement, filing_content::Content,
};
use barid_trial::{Trial, pilot_paper, pilot_rows, sample};

const EXPEDIENTES: &str = include_str!("../testdata/expedientes.csv");

fn trial() -> Trial<'static> {
    Trial::of(&Tepjf, "tepjf").worded_in(3)
}

fn decode(csv: &[u8]) -> DecodeReply {
    trial().decode(INDEX, csv)
}

fn encode(content: Option<FilingContent>) -> EncodeReply {
    trial().encode(INDEX, content)
}

fn codes(reply: &DecodeReply) -> Vec<(u32, &str)> {
    let told = reply.problems.iter();
    told.map(|one| (one.place.as_ref().expect("a place").row, one.code.as_str())).collect()
}

#[test]
fn the_sample_is_read_row_by_row_and_written_back_byte_for_byte() {
    let Some(path) = sample("4-electoral/mexico/tepjf-expedientes.csv") else { return };
    let csv = std::fs::read(path).expect("a sample");
    let reply = decode(&csv);
    let text = String::from_utf8(csv.clone()).expect("UTF-8");
    let lines: Vec<&str> = text.lines().skip(1).collect();
    let read = pilot_rows(&reply);
    assert_eq!(read.len(), lines.len());
    for (row, line) in read.iter().zip(&lines) {
        let [number] = &row.docket_numbers[..] else { panic!("one number: {line}") };
        assert!(line.starts_with(&format!("{},", number.literal)), "the literal is kept: {line}");
        assert!(!number.normal.is_empty(), "{line}");
        assert!(line.ends_with(&format!("{},{}", row.source_url, row.title)), "{line}");
    }
    // The class is for the sender to declare; one paper is stored under another case's name.
    assert_eq!(codes(&reply), [(1, "class-not-declared"), (30, "address-differs")]);
    assert_eq!(reply.docket_numbers.len(), 33);
    let written = encode(reply.content);
    assert_eq!(written.problems, []);
    assert_eq!(String::from_utf8_lossy(&written.output), text);
}

#[test]
fn spanish_headings_outcomes_and_days_are_read() {
    let reply = decode(EXPEDIENTES.as_bytes());
    assert_eq!(codes(&reply), []);
    assert_eq!(pilot_paper(&reply).data_class(), DataClass::Synthetic);
    let rows = pilot_rows(&reply);
    let outcomes: Vec<Outcome> = rows.iter().map(RegisterRow::outcome).collect();
    assert_eq!(
        outcomes,
        [Outcome::DecisionConfirmed, Outcome::Inadmissible, Outcome::DecisionAnnulled]
    );
    let day = rows[1].date.as_ref().expect("a day");
    assert_eq!(day.literal, "primero de julio de dos mil veinticuatro");
    assert_eq!(day.candidates, [CivilDate { year: 2024, month: 7, day: 1 }]);
    assert_eq!(rows[2].docket_numbers.len(), 2, "joined cases");
    assert_eq!(rows[2].date, None);
    let written = encode(reply.content);
    assert_eq!(written.problems, []);
    assert_eq!(String::from_utf8_lossy(&written.output), EXPEDIENTES);
}

#[test]
fn all_problems_of_a_list_are_found_each_in_its_cell() {
    let csv = "expediente;año;archivo;sentido;fecha;clase\n\
        SUP-JDC-1/2024;2023;SUP-JDC-2-2024;acumula y ordena;02/06/2024;publicado\n\
        TEEM-JDC-1/2024;2024;;;;publicado\n\
        SUP-JDC-1/2024;2024;portada.pdf;vincula;31/06/2024;sintético\n\
        SUP-JDC-3/2024;2024;;;;real\n\
        SUP-JDC-4/2024;2024\n";
    let reply = decode(csv.as_bytes());
    assert_eq!(reply.content, None);
    assert_eq!(
        codes(&reply),
        [
            (6, "cells-differ"),
            (4, "class-differs"),
            (5, "class-live"),
            (5, "class-differs"),
            (6, "class-unknown"),
            (6, "class-differs"),
            (2, "year-differs"),
            (2, "address-differs"),
            (2, "date-ambiguous"),
            (3, "docket-unreadable"),
            (4, "address-unreadable"),
            (4, "listed-twice"),
            (4, "date-unreadable"),
            (4, "outcome-open"),
        ]
    );
}

#[test]
fn what_is_no_list_says_so() {
    for (csv, code) in [
        (&b""[..], "heading-missing"),
        (b"a,b\n1,2\n", "heading-missing"),
        (b"expediente\n", "rows-missing"),
        (b"expediente,tema,tema\nSUP-JDC-1/2024,a,b\n", "heading-twice"),
        (b"expediente\n\"SUP\n", "csv-quote-open"),
        (b"expediente,a\xF1o\nSUP-JDC-1/2024,2024\n", "encoding-not-utf8"),
    ] {
        let reply = decode(csv);
        assert_eq!(reply.content, None);
        let first = reply.problems.iter().map(|one| one.code.as_str()).next();
        assert_eq!(first, Some(code), "{}", String::from_utf8_lossy(csv));
    }
}

#[test]
fn cells_that_a_spreadsheet_would_compute_go_out_guarded() {
    let csv = "expediente,tema\nSUP-JDC-1/2024,'=1+1\nSUP-JDC-2/2024,''-x\n";
    let reply = decode(csv.as_bytes());
    assert_eq!(pilot_rows(&reply)[0].title, "=1+1", "the guard is not part of the text");
    let written = encode(reply.content);
    assert_eq!(String::from_utf8_lossy(&written.output), csv);
}

#[test]
fn rows_of_another_register_get_the_published_columns_and_the_class() {
    let number = DocketNumber {
        institution: "tepjf".to_owned(),
        literal: "SUP-JDC-0028-25".to_owned(),
        normal: "SUP-JDC-28/2025".to_owned(),
    };
    let row = RegisterRow {
        docket_numbers: vec![number],
        title: "lista".to_owned(),
        ..RegisterRow::default()
    };
    let paper = PilotPaper {
        data_class: DataClass::Synthetic.into(),
        table: Some(RegisterStatement { rows: vec![row], ..RegisterStatement::default() }),
        ..PilotPaper::default()
    };
    let content = FilingContent { content: Some(Content::PilotPaper(paper.clone())) };
    let written = encode(Some(content));
    assert_eq!(
        String::from_utf8_lossy(&written.output),
        "expediente,year,url_slug_or_file,tema,clase_de_datos\n\
         SUP-JDC-0028-25,2025,,lista,sintético\n"
    );
    let live = PilotPaper { data_class: DataClass::Live.into(), ..paper };
    let content = FilingContent { content: Some(Content::PilotPaper(live)) };
    assert!(encode(Some(content)).output.is_empty());
}
