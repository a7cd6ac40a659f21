//! The court's letters, there and back; and what is wrong with them.

#![expect(clippy::expect_used, reason = "a test without content has to stop")]

use barid_format_fsc::{CORRESPONDENCE, Fsc};
use barid_plugin::Format;
use barid_plugin::v1::{
    ActReference, CivilDate, DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingContent,
    FilingKind, RatificationNotice, ServiceMode, filing_content::Content,
};

const QUERY: &str = r#"{"kind": "query", "number": "٣", "due": "2025-12-11",
    "question": {"ar": "بيّنوا كيف نُفّذ القرار", "ckb": "چۆن جێبەجێ کرا",
    "authoritative": "ar"}, "clock_effect": "suspended"}"#;

const NOTICE: &str = r#"{"kind": "ratification-notice", "decision": {"institution": "fsc",
    "number": "235/اتحادية/2025", "date": "2025-12-14"}, "authority": "مجلس النواب",
    "mode": "electronic", "notified_at": "2025-12-14T14:00:00+03:00"}"#;

fn decode(input: &str, kind: FilingKind) -> DecodeReply {
    Fsc.decode(&DecodeRequest {
        format: CORRESPONDENCE.to_owned(),
        input: input.as_bytes().to_vec(),
        kind: kind.into(),
        institution: "fsc".to_owned(),
        ..DecodeRequest::default()
    })
}

fn encode(format: &str, content: Option<FilingContent>) -> EncodeReply {
    let format = format.to_owned();
    Fsc.encode(&EncodeRequest { format, content, ..EncodeRequest::default() })
}

fn codes(reply: &DecodeReply) -> Vec<(&str, &str)> {
    let told = reply.problems.iter().map(|problem| {
        (problem.code.as_str(), problem.place.as_ref().expect("a place").path.as_str())
    });
    told.collect()
}

#[test]
fn letters_come_back_as_they_were() {
    for (input, kind) in [(QUERY, FilingKind::Query), (NOTICE, FilingKind::RatificationNotice)] {
        let first = decode(input, kind);
        assert_eq!(first.problems, [], "{input}");
        let content = first.content.clone().expect("content");
        let written = encode(CORRESPONDENCE, Some(content));
        assert_eq!(written.problems, []);
        assert_eq!(written.media_type, "application/json");
        let text = String::from_utf8(written.output).expect("JSON is UTF-8");
        assert_eq!(decode(&text, kind), first, "{text}");
    }
}

#[test]
fn a_notice_says_what_was_decided_who_is_told_how_and_when() {
    let reply = decode(NOTICE, FilingKind::RatificationNotice);
    let expected = RatificationNotice {
        decision: Some(ActReference {
            institution: "fsc".to_owned(),
            number: "235/اتحادية/2025".to_owned(),
            date: Some(CivilDate { year: 2025, month: 12, day: 14 }),
            minutes_number: String::new(),
        }),
        authority: "مجلس النواب".to_owned(),
        mode: ServiceMode::Electronic.into(),
        notified_at_unix_ms: 1_765_710_000_000,
    };
    let content = reply.content.and_then(|content| content.content);
    assert_eq!(content, Some(Content::RatificationNotice(expected)));
}

#[test]
fn all_problems_of_a_letter_are_told_at_once() {
    let query = r#"{"kind": "query", "number": "\u202e3", "question": {"Arabic": "؟"},
        "due": "2025-02-30", "clock_effect": "stopped", "urgent": true}"#;
    assert_eq!(
        codes(&decode(query, FilingKind::Query)),
        [
            ("bidi-control", "number"),
            ("language-unknown", "question.Arabic"),
            ("field-missing", "question"),
            ("date-invalid", "due"),
            ("value-unknown", "clock_effect"),
            ("field-unknown", "urgent"),
        ]
    );
    let notice = r#"{"kind": "ratification-notice", "decision": {"institution": "fsc", "date": 7},
        "mode": "pigeon", "notified_at": "14 December", "copies": 2}"#;
    let reply = decode(notice, FilingKind::RatificationNotice);
    assert_eq!(reply.content, None);
    assert_eq!(
        codes(&reply),
        [
            ("field-missing", "decision.number"),
            ("date-invalid", "decision.date"),
            ("field-missing", "authority"),
            ("value-unknown", "mode"),
            ("instant-invalid", "notified_at"),
            ("field-unknown", "copies"),
        ]
    );
}

#[test]
fn a_letter_of_another_kind_than_said_is_refused() {
    let reply = decode(NOTICE, FilingKind::Query);
    assert_eq!(codes(&reply), [("kind-differs", "")]);
    let reply = decode(r#"{"kind": "poem", "lines": 4}"#, FilingKind::Query);
    assert_eq!(codes(&reply), [("value-unknown", "kind")]);
    let reply = decode(r#"{"lines": 4}"#, FilingKind::Query);
    assert_eq!(codes(&reply), [("field-missing", "kind")]);
}

#[test]
fn every_format_is_described_and_written_or_refused() {
    let description = Fsc.describe();
    assert_eq!(description.name, "fsc");
    for format in description.formats {
        assert!(format.id.starts_with("fsc/"), "{}", format.id);
        assert_eq!(format.decodes, format.encodes, "{}", format.id);
        let refused = encode(&format.id, None);
        assert_eq!(refused.problems[0].code, "format-unknown", "{}", format.id);
    }
}
