//! The published register is read as a person read it, and written back byte for byte.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]
#![expect(clippy::panic, reason = "a reply of the wrong kind ends the test")]

use barid_format_ejp::{Ejp, REGISTER};
use barid_plugin::Format;
use barid_plugin::v1::{
    CivilDate, DecodeReply, DecodeRequest, EncodeRequest, FilingContent, Problem, RegisterRow,
    filing_content::Content,
};
use barid_trial::sample;

fn decode(csv: &[u8]) -> DecodeReply {
    Ejp.decode(&DecodeRequest {
        format: REGISTER.to_owned(),
        input: csv.to_vec(),
        institution: "ejp".to_owned(),
        ..DecodeRequest::default()
    })
}

fn rows(content: Option<FilingContent>) -> Vec<RegisterRow> {
    match content.and_then(|content| content.content) {
        Some(Content::RegisterStatement(statement)) => statement.rows,
        other => panic!("not a register: {other:?}"),
    }
}

fn codes(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.code.as_str()).collect()
}

fn day(date: &CivilDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

#[test]
fn every_title_is_read_as_a_person_read_it() {
    let Some(folder) = sample("4-electoral/iraq") else { return };
    let csv = std::fs::read(folder.join("electoral-judicial-panel-register.csv")).expect("sample");
    let table = folder.join("electoral-judicial-panel-register.expected.tsv");
    let table = std::fs::read_to_string(table).expect("sample");
    let reply = decode(&csv);
    let rows = rows(reply.content.clone());
    let expected: Vec<Vec<&str>> =
        table.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), expected.len());

    let mut ambiguous = Vec::new();
    for (row, expected) in rows.iter().zip(&expected) {
        let [title, numbers, year, days, reading, images] = expected[..] else {
            panic!("six columns: {expected:?}");
        };
        assert_eq!(row.title, title, "the literal is kept");
        let normals: Vec<&str> =
            row.docket_numbers.iter().map(|number| number.normal.as_str()).collect();
        let due: Vec<String> =
            numbers.split('+').map(|number| format!("{number}/{year}")).collect();
        assert_eq!(normals, due, "{title}");
        for number in &row.docket_numbers {
            assert!(title.starts_with(&number.literal), "{title}");
        }
        let date = row.date.as_ref().expect("a date");
        let read: Vec<String> = date.candidates.iter().map(day).collect();
        let mut due: Vec<&str> = days.split(" or ").collect();
        // The table names the likelier day first; the wire has them in the calendar's order.
        due.sort_unstable();
        assert_eq!(read, due, "{title}");
        assert!(title.ends_with(&date.literal), "{title}");
        assert_eq!(row.papers.to_string(), images, "{title}");
        if due.len() > 1 {
            ambiguous.push((row.row, reading));
        }
    }
    assert_warned(&reply.problems, &ambiguous);
    assert_eq!(
        reply.docket_numbers.len(),
        rows.iter().map(|row| row.docket_numbers.len()).sum::<usize>()
    );
}

/// Each ambiguous row has its warning; the note tells how the rest of the year is written.
fn assert_warned(problems: &[Problem], ambiguous: &[(u32, &str)]) {
    let warned: Vec<u32> =
        problems.iter().filter_map(|problem| Some(problem.place.as_ref()?.row)).collect();
    assert_eq!(warned, ambiguous.iter().map(|(row, _)| *row).collect::<Vec<u32>>());
    for (problem, (_, reading)) in problems.iter().zip(ambiguous) {
        assert_eq!(problem.code, "date-ambiguous");
        let mut worded = problem.what.iter().flat_map(|what| &what.renderings);
        let said = &worded.find(|one| one.language == "en").expect("a wording").text;
        if reading.starts_with("day first in this year's layout") && !said.contains("2026") {
            assert!(said.contains("put the day first"), "{said}");
        }
    }
}

#[test]
fn the_register_is_written_back_byte_for_byte() {
    let Some(path) = sample("4-electoral/iraq/electoral-judicial-panel-register.csv") else {
        return;
    };
    let csv = std::fs::read(path).expect("sample");
    let reply = Ejp.encode(&EncodeRequest {
        format: REGISTER.to_owned(),
        content: decode(&csv).content,
        ..EncodeRequest::default()
    });
    assert_eq!(reply.problems, []);
    assert_eq!(String::from_utf8_lossy(&reply.output), String::from_utf8_lossy(&csv));
}

#[test]
fn cells_that_the_register_does_not_know_are_kept() {
    let csv = "title_as_published,ملاحظات\n7/الهيئة القضائية للانتخابات/2025,\"أ, ب\"\n";
    let reply = decode(csv.as_bytes());
    assert_eq!(reply.problems, []);
    let rows = rows(reply.content);
    assert_eq!(rows[0].cells[0].heading, "ملاحظات");
    assert_eq!(rows[0].cells[0].literal, "أ, ب");
    assert_eq!(rows[0].date, None);
}

#[test]
fn all_problems_of_a_register_are_found_each_in_its_cell() {
    let csv = "title_as_published,images\n\
        7/الهيئة القضائية للانتخابات/2025 في 31/ 2 / 2025,1\n\
        hello,1\n\
        8/\u{202E}الهيئة القضائية للانتخابات/2025,1\n\
        ٩/الهيئة القضائية للانتخابات/2025,many\n\
        10/الهيئة القضائية للانتخابات/2025,1,2\n";
    let reply = decode(csv.as_bytes());
    assert_eq!(reply.content, None);
    let told: Vec<(u32, &str)> = reply
        .problems
        .iter()
        .map(|problem| (problem.place.as_ref().expect("a place").row, problem.code.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (6, "cells-differ"),
            (2, "date-unreadable"),
            (3, "docket-unreadable"),
            (4, "bidi-control"),
            (5, "digits-mixed"),
            (5, "number-invalid"),
        ]
    );
}

#[test]
fn what_is_no_register_says_so() {
    assert_eq!(codes(&decode(b"").problems), ["heading-missing"]);
    assert_eq!(codes(&decode(b"a,b\n1,2\n").problems), ["heading-missing"]);
    assert_eq!(codes(&decode(b"title_as_published\n\xE9\n").problems), ["encoding-not-utf8"]);
    assert_eq!(codes(&decode(b"title_as_published\n\"7/\n").problems), ["csv-quote-open"]);
    let twice = decode(b"title_as_published,images,images\n");
    assert_eq!(codes(&twice.problems), ["heading-twice"]);
}
