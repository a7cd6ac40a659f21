//! Certificates, letters and rulings of the panel, there and back; and what is wrong with them.

#![expect(clippy::expect_used, reason = "a test without content has to stop")]

use barid_format_ejp::{CERTIFICATE, CORRESPONDENCE, Ejp, RULING};
use barid_plugin::Format;
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, EncodeReply, EncodeRequest, FilingContent, FilingKind,
    filing_content::Content,
};

const QUERY: &str = r#"{"kind": "query", "number": "٣", "due": "2025-11-30",
    "question": {"ar": "قدموا سجلات المحطتين 02 و05", "ckb": "تۆمارەکان بنێرن",
    "authoritative": "ar"}, "clock_effect": "suspended"}"#;

const RETURN: &str = r#"{"kind": "return-to-council", "reason": {"ar": "للإجابة أولاً"},
    "orders": [{"number": 1, "text": {"ar": "الإجابة خلال سبعة أيام عمل"},
    "charged": {"institution": "ihec"}, "due": "2025-12-01"}]}"#;

const JOIN: &str = r#"{"kind": "join-cases", "lead": "61/الهيئة القضائية للانتخابات/2025",
    "joined": ["62/الهيئة القضائية للانتخابات/2025", "٦٣/الهيئة القضائية للانتخابات/٢٠٢٥"],
    "reason": {"ar": "وحدة الموضوع"}}"#;

const CERTIFIED: &str = r#"{"certificate": {"institution": "ejp", "number": "9",
    "date": "2025-12-07"}, "docketed": 3, "outcomes": [{"outcome": "rejected", "count": 2},
    {"outcome": "decision-annulled", "count": 1}], "none_pending": true,
    "docket_numbers": ["3/4/ الهيئة القضائية للانتخابات/ 2025", "612/2025"]}"#;

fn decode(format: &str, input: &str, kind: FilingKind) -> DecodeReply {
    Ejp.decode(&DecodeRequest {
        format: format.to_owned(),
        input: input.as_bytes().to_vec(),
        kind: kind.into(),
        institution: "ejp".to_owned(),
        ..DecodeRequest::default()
    })
}

fn encode(format: &str, content: Option<FilingContent>) -> EncodeReply {
    let format = format.to_owned();
    Ejp.encode(&EncodeRequest { format, content, ..EncodeRequest::default() })
}

fn codes(reply: &DecodeReply) -> Vec<(&str, &str)> {
    let told = reply.problems.iter().map(|problem| {
        (problem.code.as_str(), problem.place.as_ref().expect("a place").path.as_str())
    });
    told.collect()
}

#[test]
fn letters_and_certificates_come_back_as_they_were() {
    for (format, input, kind) in [
        (CORRESPONDENCE, QUERY, FilingKind::Query),
        (CORRESPONDENCE, RETURN, FilingKind::ReturnToCouncil),
        (CORRESPONDENCE, JOIN, FilingKind::JoinCases),
        (CERTIFICATE, CERTIFIED, FilingKind::ClosingCertificate),
    ] {
        let first = decode(format, input, kind);
        assert_eq!(first.problems, [], "{input}");
        let content = first.content.clone().expect("content");
        let written = encode(format, Some(content));
        assert_eq!(written.problems, []);
        let text = String::from_utf8(written.output).expect("JSON is UTF-8");
        assert_eq!(decode(format, &text, kind), first, "{text}");
    }
}

#[test]
fn numbers_of_joined_cases_are_found_for_the_index() {
    let reply = decode(CERTIFICATE, CERTIFIED, FilingKind::ClosingCertificate);
    let normals: Vec<&str> = reply.docket_numbers.iter().map(|n| n.normal.as_str()).collect();
    assert_eq!(normals, ["3/2025", "4/2025", "612/2025"]);
    assert_eq!(reply.docket_numbers[0].literal, "3/4/ الهيئة القضائية للانتخابات/ 2025");
    let reply = decode(CORRESPONDENCE, JOIN, FilingKind::JoinCases);
    let normals: Vec<&str> = reply.docket_numbers.iter().map(|n| n.normal.as_str()).collect();
    assert_eq!(normals, ["61/2025", "62/2025", "63/2025"]);
}

#[test]
fn a_certificate_that_does_not_add_up_is_read_and_marked() {
    let short = CERTIFIED.replace("\"docketed\": 3", "\"docketed\": 872");
    let reply = decode(CERTIFICATE, &short, FilingKind::ClosingCertificate);
    assert!(reply.content.is_some(), "872 against 853 is what everybody has to see");
    assert_eq!(
        codes(&reply),
        [("counts-differ", "outcomes"), ("docket-count-differs", "docket_numbers")]
    );
}

#[test]
fn everything_wrong_with_a_certificate_is_told_at_once() {
    let wrong = CERTIFIED
        .replace("\"docketed\": 3", "\"docketed\": 872")
        .replace("\"612/2025\"", "\"612/2025\", \"4/2025\", \"x/2025\"");
    let reply = decode(CERTIFICATE, &wrong, FilingKind::ClosingCertificate);
    assert_eq!(reply.content, None);
    assert_eq!(
        codes(&reply),
        [
            ("docket-unreadable", "docket_numbers[3]"),
            ("counts-differ", "outcomes"),
            ("listed-twice", "docket_numbers[3]"),
            ("docket-count-differs", "docket_numbers"),
        ]
    );
}

#[test]
fn a_letter_of_another_kind_than_said_is_refused() {
    let reply = decode(CORRESPONDENCE, QUERY, FilingKind::JoinCases);
    assert_eq!(codes(&reply), [("kind-differs", "")]);
    let reply = decode(CORRESPONDENCE, r#"{"kind": "poem", "lines": 4}"#, FilingKind::Query);
    assert_eq!(codes(&reply), [("value-unknown", "kind")]);
    let reply = decode("ejp/other", "{}", FilingKind::Query);
    assert_eq!(codes(&reply), [("format-unknown", "")]);
}

#[test]
fn a_ruling_goes_out_as_akoma_ntoso_and_comes_back() {
    let number = "3/4/ الهيئة القضائية للانتخابات/ 2025";
    let akn = include_str!("../testdata/ruling.xml");
    let first = decode(RULING, akn, FilingKind::RulingIssued);
    assert_eq!(first.problems, []);
    let normals: Vec<&str> = first.docket_numbers.iter().map(|n| n.normal.as_str()).collect();
    assert_eq!(normals, ["3/2025", "4/2025"]);
    assert!(first.docket_numbers.iter().all(|docket| docket.literal == number));
    let Some(Content::RulingIssued(ruling)) =
        first.content.clone().and_then(|content| content.content)
    else {
        panic!("not a ruling");
    };
    assert_eq!(ruling.clauses.len(), 2);
    assert_eq!(ruling.clauses[0].text.as_ref().expect("a text").renderings.len(), 2);

    let written = encode(RULING, first.content.clone());
    assert_eq!(written.problems, []);
    assert_eq!(written.media_type, "application/akn+xml");
    let text = String::from_utf8(written.output).expect("UTF-8");
    assert_eq!(decode(RULING, &text, FilingKind::RulingIssued), first);
}

#[test]
fn every_format_is_described_and_written_or_refused() {
    let description = Ejp.describe();
    assert_eq!(description.name, "ejp");
    for format in description.formats {
        assert!(format.id.starts_with("ejp/"), "{}", format.id);
        assert_eq!(format.decodes, format.encodes, "{}", format.id);
        let refused = encode(&format.id, None);
        assert_eq!(refused.problems[0].code, "format-unknown", "{}", format.id);
    }
}
