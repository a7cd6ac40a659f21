//! The register of suits, there and back; and what is wrong with one.

#![expect(clippy::expect_used, reason = "a test without content has to stop")]
#![expect(clippy::panic, reason = "a reply of the wrong kind ends the test")]

use barid_format_fsc::{Fsc, SUITS};
use barid_plugin::Format;
use barid_plugin::v1::{
    CivilDate, DecodeReply, DecodeRequest, EncodeRequest, FilingContent, FilingKind, Outcome,
    RegisterCell, RegisterRow, RegisterStatement, filing_content::Content,
};

/// Numbers of suits are published; the plaintiffs are invented.
const REGISTER: &str = r#"{"name": "سجل الدعاوى الدستورية", "as_of": "2025-12-08", "suits": [
    {"number": "126/اتحادية/2024", "subject": "عدم دستورية نظام تسجيل القوائم",
     "filed": "18/4/2024",
     "plaintiff": "المدعي أ", "defendant": "رئيس مجلس المفوضين إضافة لوظيفته",
     "challenged": {"institution": "ihec", "number": "7", "date": "2024-02-18"},
     "outcome": "rejected", "outcome_literal": "رد الدعوى", "papers": 4},
    {"number": "83 وموحدتها 131 و185/اتحادية/2023", "plaintiff": "المدعي ب"},
    {"number": "12 و13 وموحداتها/اتحادية/2025", "filed": "2/3/2025"}]}"#;

fn decode(input: &str) -> DecodeReply {
    Fsc.decode(&DecodeRequest {
        format: SUITS.to_owned(),
        input: input.as_bytes().to_vec(),
        institution: "fsc".to_owned(),
        ..DecodeRequest::default()
    })
}

fn register(content: Option<FilingContent>) -> RegisterStatement {
    match content.and_then(|content| content.content) {
        Some(Content::RegisterStatement(register)) => register,
        other => panic!("not a register: {other:?}"),
    }
}

fn codes(reply: &DecodeReply) -> Vec<(&str, &str)> {
    let told = reply.problems.iter().map(|problem| {
        (problem.code.as_str(), problem.place.as_ref().expect("a place").path.as_str())
    });
    told.collect()
}

#[test]
fn a_register_of_suits_comes_back_as_it_was() {
    let first = decode(REGISTER);
    let doubtful = [("joined-unnamed", "suits[2].number"), ("date-ambiguous", "suits[2].filed")];
    assert_eq!(codes(&first), doubtful);
    let normals: Vec<&str> = first.docket_numbers.iter().map(|n| n.normal.as_str()).collect();
    assert_eq!(normals, ["126/2024", "83/2023", "131/2023", "185/2023", "12/2025", "13/2025"]);
    let rows = register(first.content.clone()).rows;
    assert_eq!(rows[0].date.as_ref().expect("a date").candidates.len(), 1);
    assert_eq!(rows[0].outcome(), Outcome::Rejected);
    assert_eq!(rows[0].cells[0].heading, "defendant");
    assert_eq!(rows[2].date.as_ref().expect("a date").candidates.len(), 2);
    let written = Fsc.encode(&EncodeRequest {
        format: SUITS.to_owned(),
        content: first.content.clone(),
        ..EncodeRequest::default()
    });
    assert_eq!(written.problems, []);
    let text = String::from_utf8(written.output).expect("JSON is UTF-8");
    assert_eq!(decode(&text), first, "{text}");
}

#[test]
fn all_problems_of_a_register_are_told_at_once() {
    let wrong = r#"{"suits": [{"subject": "?"}, {"number": "612/EJP/2025", "filed": "soon",
        "outcome": "lost"}], "total": 2}"#;
    let reply = decode(wrong);
    assert_eq!(reply.content, None);
    let told = codes(&reply);
    for expected in [
        ("field-missing", "as_of"),
        ("field-missing", "suits[0].number"),
        ("docket-unreadable", "suits[1].number"),
        ("date-unreadable", "suits[1].filed"),
        ("value-unknown", "suits[1].outcome"),
        ("field-unknown", "total"),
    ] {
        assert!(told.contains(&expected), "{expected:?} is not among {told:?}");
    }
    assert_eq!(told.len(), 6, "{told:?}");
}

#[test]
fn what_another_register_has_and_this_one_not_is_said() {
    let cell = RegisterCell { heading: "القاعة".to_owned(), literal: "3".to_owned() };
    let register = RegisterStatement {
        as_of: Some(CivilDate { year: 2025, month: 12, day: 8 }),
        rows: vec![RegisterRow { cells: vec![cell], ..RegisterRow::default() }],
        ..RegisterStatement::default()
    };
    let content = Some(FilingContent { content: Some(Content::RegisterStatement(register)) });
    let format = SUITS.to_owned();
    let written = Fsc.encode(&EncodeRequest { format, content, ..EncodeRequest::default() });
    assert_eq!(written.problems[0].code, "not-expressible");
    assert!(!written.output.is_empty(), "a warning keeps nothing from being written");
    let reply = decode(r#"{"as_of": "2025-12-08"}"#);
    assert_eq!(reply.problems, [], "a register without suits is a statement too");
    assert_eq!(
        reply.content.map(|_| FilingKind::RegisterStatement),
        Some(FilingKind::RegisterStatement)
    );
}
