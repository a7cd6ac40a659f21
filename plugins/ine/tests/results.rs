//! Returns as published: the sample row by row, columns named after parties, what does not add up.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]

use barid_format_ine::{Ine, RESULTS};
use barid_plugin::v1::{
    CivilDate, DataClass, DecodeReply, EncodeReply, FilingContent, filing_content::Content,
};
use barid_trial::{Trial, pilot_paper, pilot_rows, sample};

const COMPUTOS: &str = include_str!("../testdata/computos.csv");

fn trial() -> Trial<'static> {
    Trial::of(&Ine, "ine").worded_in(3)
}

fn decode(csv: &[u8]) -> DecodeReply {
    trial().decode(RESULTS, csv)
}

fn encode(content: Option<FilingContent>) -> EncodeReply {
    trial().encode(RESULTS, content)
}

fn codes(reply: &DecodeReply) -> Vec<(u32, &str, &str)> {
    let told = reply.problems.iter();
    told.map(|one| {
        let place = one.place.as_ref().expect("a place");
        (place.row, place.cell.as_str(), one.code.as_str())
    })
    .collect()
}

#[test]
fn the_sample_is_read_cell_by_cell_and_written_back_byte_for_byte() {
    let Some(path) = sample("4-electoral/mexico/chihuahua-ayuntamientos.sample.csv") else {
        return;
    };
    let csv = std::fs::read(path).expect("a sample");
    let text = String::from_utf8(csv.clone()).expect("UTF-8");
    let reply = decode(&csv);
    assert_eq!(codes(&reply), [(1, "clase_de_datos", "class-not-declared")]);
    let read = pilot_rows(&reply);
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let (headings, lines) = lines.split_first().expect("headings");
    assert_eq!(read.len(), 11);
    for (row, line) in read.iter().zip(lines) {
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.literal.as_str()).collect();
        assert_eq!(&cells, line);
        let names: Vec<&str> = row.cells.iter().map(|cell| cell.heading.as_str()).collect();
        assert_eq!(&names, headings);
        assert_eq!(row.title, line[6]);
        let date = row.date.as_ref().expect("a day");
        assert_eq!((date.literal.as_str(), date.candidates.len()), (line[7], 1));
    }
    let again =
        read.last().and_then(|row| row.date.clone()).expect("the election that was run again");
    assert_eq!(again.candidates, [CivilDate { year: 2002, month: 5, day: 12 }]);
    let written = encode(reply.content);
    assert_eq!(written.problems, []);
    assert_eq!(String::from_utf8_lossy(&written.output), text);
}

#[test]
fn columns_named_after_parties_are_votes() {
    let reply = decode(COMPUTOS.as_bytes());
    assert_eq!(codes(&reply), []);
    assert_eq!(pilot_paper(&reply).data_class(), DataClass::Synthetic);
    let written = encode(reply.content);
    assert_eq!(String::from_utf8_lossy(&written.output), COMPUTOS);
    // One vote more for a coalition, and the published total is no longer the sum.
    let more = COMPUTOS.replace(",988,", ",989,");
    assert_eq!(codes(&decode(more.as_bytes())), [(2, "Total de votos", "sum-differs")]);
    let plain = COMPUTOS.replace("Año", "ano").replace("Votos nulos", "VOTOS NULOS");
    assert_eq!(codes(&decode(plain.as_bytes())), []);
}

#[test]
fn what_does_not_add_up_is_told_and_never_mended() {
    let csv = "mun,yr,date,v01,l01,v02,l02,nr,nulos,tot,lisnom\n\
        A,1998,19980705,10,pan,5,,0,1,16,100\n\
        B,1998,19980705,10,pan,,pri,0,1,12,100\n\
        C,1998,19980705,10,pan,5,pan,0,1,,15\n\
        D,1999,19980705,10,pan,5,pri,0,1,16,0\n\
        E,1998,19981305,1O,pan,5,pri,-1,1,,\n";
    let reply = decode(csv.as_bytes());
    assert_eq!(reply.content, None);
    assert_eq!(
        codes(&reply),
        [
            (1, "clase_de_datos", "class-not-declared"),
            (2, "l02", "label-missing"),
            (3, "v02", "votes-missing"),
            (3, "tot", "sum-differs"),
            (4, "l02", "label-twice"),
            (4, "lisnom", "turnout-impossible"),
            (5, "yr", "year-differs"),
            (6, "date", "date-unreadable"),
            (6, "v01", "number-invalid"),
            (6, "nr", "number-invalid"),
        ]
    );
}

#[test]
fn what_is_no_returns_says_what_is_missing() {
    for (csv, cell) in [
        ("a,b\n1,2\n", "municipio"),
        ("municipio,nulos\nA,1\n", "v01"),
        ("casilla,pan\n1B,7\n", "nulos"),
    ] {
        assert_eq!(codes(&decode(csv.as_bytes())), [(1, cell, "heading-missing")], "{csv}");
    }
}

#[test]
fn a_class_that_the_table_has_no_column_for_gets_one() {
    let mut paper = pilot_paper(&decode(b"mun,pan,nulos\nA,7,1\n"));
    paper.data_class = DataClass::Anonymised.into();
    let content = FilingContent { content: Some(Content::PilotPaper(paper)) };
    let written = encode(Some(content));
    assert_eq!(
        String::from_utf8_lossy(&written.output),
        "mun,pan,nulos,clase_de_datos\nA,7,1,anonimizado\n"
    );
}
