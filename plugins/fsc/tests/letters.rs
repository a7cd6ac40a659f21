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

const ANSWER: &str = r#"{"kind": "answer", "query_number": "٣", "answer": {"ar": "نُفّذ"},
    "recount": [{"station": "124310-02", "candidate": "7", "before": 10, "after": 12}]}"#;

const ORDER: &str = r#"{"kind": "interim-order", "suit": "126/اتحادية/2024", "suspended":
    {"institution": "ihec", "number": "7 of 2024", "date": "2024-02-18"}, "until": "2024-06-10",
    "reason": {"ar": "إلى حين حسم الدعوى"}}"#;

const LIFTED: &str = r#"{"kind": "interim-order", "suit": "126/اتحادية/2024", "suspended":
    {"institution": "ihec", "number": "7 of 2024"}, "lifted": true}"#;

const JOIN: &str = r#"{"kind": "join-cases", "lead": "83/اتحادية/2023",
    "joined": ["131 و185/اتحادية/2023"], "reason": {"ar": "وحدة الموضوع"}}"#;

const SPLIT: &str = r#"{"kind": "split-cases", "from": "83/اتحادية/2023",
    "parted": ["185/اتحادية/2023"]}"#;

const LINK: &str = r#"{"kind": "link-cases", "relation": "later-effect", "other":
    {"institution": "ejp", "literal": "612/الهيئة القضائية للانتخابات/2025"}}"#;

const CORRECTED: &str = r#"{"kind": "correct-identifier", "wrong": {"literal": "12 Federal 2024"},
    "right": {"literal": "126/اتحادية/2024"}, "reason": {"en": "misprint"}}"#;

const DIFFERENT: &str = r#"{"kind": "reconciliation-exception", "difference": "direct-filing",
    "ours": {"literal": "126/اتحادية/2024"}, "theirs": {"institution": "ihec", "literal": "7"},
    "owner": {"institution": "ihec"}, "due": "2025-12-09", "resolution": {"ar": "سجلت"}}"#;

const CLOSED: &str = r#"{"kind": "closing-certificate", "certificate": {"institution": "ejp",
    "number": "9", "date": "2025-12-07"}, "docketed": 2, "outcomes": [{"outcome": "rejected",
    "count": 2}], "none_pending": true, "docket_numbers": ["611/2025", "612/2025"]}"#;

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
    for (input, kind) in [
        (QUERY, FilingKind::Query),
        (NOTICE, FilingKind::RatificationNotice),
        (ANSWER, FilingKind::Answer),
        (ORDER, FilingKind::InterimOrder),
        (LIFTED, FilingKind::InterimOrder),
        (JOIN, FilingKind::JoinCases),
        (SPLIT, FilingKind::SplitCases),
        (LINK, FilingKind::LinkCases),
        (CORRECTED, FilingKind::CorrectIdentifier),
        (DIFFERENT, FilingKind::ReconciliationException),
        (CLOSED, FilingKind::ClosingCertificate),
    ] {
        let first = decode(input, kind);
        let doubtful = if input == CORRECTED { vec![("docket-unknown", "wrong")] } else { vec![] };
        assert_eq!(codes(&first), doubtful, "{input}");
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
fn numbers_in_letters_are_found_for_the_index_and_foreign_ones_left_alone() {
    let found = |input, kind| {
        let reply = decode(input, kind);
        let numbers = reply.docket_numbers.into_iter();
        numbers.map(|n| format!("{} {}", n.institution, n.normal)).collect::<Vec<_>>()
    };
    assert_eq!(found(ORDER, FilingKind::InterimOrder), ["fsc 126/2024"]);
    let joined = found(JOIN, FilingKind::JoinCases);
    assert_eq!(joined, ["fsc 83/2023", "fsc 131/2023", "fsc 185/2023"]);
    assert_eq!(found(LINK, FilingKind::LinkCases), ["ejp "], "the panel's own format reads it");
    assert_eq!(found(CORRECTED, FilingKind::CorrectIdentifier), ["fsc ", "fsc 126/2024"]);
    let different = found(DIFFERENT, FilingKind::ReconciliationException);
    assert_eq!(different, ["fsc 126/2024", "ihec "]);
    assert_eq!(found(CLOSED, FilingKind::ClosingCertificate), ["ejp ", "ejp "], "the panel's");
    let nobody = DIFFERENT.replace("\"institution\": \"ihec\", \"literal\"", "\"literal\"");
    let reply = decode(&nobody, FilingKind::ReconciliationException);
    assert!(codes(&reply).contains(&("institution-missing", "theirs")), "{:?}", codes(&reply));
    let twice = CLOSED.replace("611/2025", "612/2025").replace("\"count\": 2", "\"count\": 1");
    let reply = decode(&twice, FilingKind::ClosingCertificate);
    let told = [("counts-differ", "outcomes"), ("listed-twice", "docket_numbers[1]")];
    assert_eq!(codes(&reply), told);
    let foreign = LINK.replace("\"institution\": \"ejp\", ", "");
    let reply = decode(&foreign, FilingKind::LinkCases);
    assert_eq!(codes(&reply), [("docket-unreadable", "other")], "none of the court's own");
}

#[test]
fn an_order_says_which_suit_what_it_suspends_and_whether_it_ends() {
    let content = |input| decode(input, FilingKind::InterimOrder).content.expect("content");
    let Some(Content::InterimOrder(order)) = content(ORDER).content else { panic!("an order") };
    assert_eq!(order.suit.expect("a suit").literal, "126/اتحادية/2024");
    assert_eq!(order.until, Some(CivilDate { year: 2024, month: 6, day: 10 }));
    assert!(!order.lifted);
    let Some(Content::InterimOrder(order)) = content(LIFTED).content else { panic!("an order") };
    assert!(order.lifted);
    let wrong = r#"{"kind": "interim-order", "suit": "126", "lifted": "yes", "until": "soon"}"#;
    let reply = decode(wrong, FilingKind::InterimOrder);
    let told = codes(&reply);
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told.contains(&("docket-unreadable", "suit")), "{told:?}");
    assert!(told.contains(&("field-missing", "suspended")), "{told:?}");
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
