//! Rulings as Akoma Ntoso and letters of a court that has no plugin of its own.

#![expect(clippy::panic, reason = "a reply of the wrong kind ends the test")]

use barid_format_court::{AnyCourt, CORRESPONDENCE, RULING, WORD};
use barid_plugin::Format;
use barid_plugin::v1::{
    DecodeReply, EncodeReply, EncodeRequest, FilingContent, RulingIssued, filing_content::Content,
};
use barid_trial::{Trial, files, sample};

fn decode(format: &str, input: &[u8]) -> DecodeReply {
    Trial::of(&AnyCourt, "court").worded_in(3).decode(format, input)
}

fn encode(format: &str, content: Option<FilingContent>) -> EncodeReply {
    let format = format.to_owned();
    AnyCourt.encode(&EncodeRequest { format, content, ..EncodeRequest::default() })
}

fn ruling(reply: &DecodeReply) -> RulingIssued {
    match reply.content.clone().and_then(|content| content.content) {
        Some(Content::RulingIssued(ruling)) => ruling,
        other => panic!("not a ruling: {other:?}"),
    }
}

fn codes(reply: &DecodeReply) -> Vec<&str> {
    reply.problems.iter().map(|problem| problem.code.as_str()).collect()
}

#[test]
fn a_published_judgment_is_filed_and_served() {
    let Some(folder) = sample("1-akn/judgments") else { return };
    for path in files(&folder).into_iter().take(5) {
        let first = decode(RULING, &std::fs::read(&path).expect("a sample"));
        let read = ruling(&first);
        assert!(read.docket_numbers.iter().all(|number| !number.literal.is_empty()));
        let doubtful: Vec<&str> =
            codes(&first).into_iter().filter(|code| code.starts_with("docket")).collect();
        assert_eq!(doubtful, [""; 0], "another way of numbering is not doubtful");
        let written = encode(RULING, first.content.clone());
        let again = ruling(&decode(RULING, &written.output));
        let text = |ruling: &RulingIssued| ruling.judgment.as_ref().map(|j| j.body_text.clone());
        assert_eq!(text(&again), text(&read), "{}", path.display());
    }
}

#[test]
fn acts_that_are_no_judgments_are_refused_with_the_reason() {
    let Some(folder) = sample("1-akn/not-judgment") else { return };
    for path in files(&folder) {
        let reply = decode(RULING, &std::fs::read(&path).expect("a sample"));
        assert_eq!(codes(&reply), ["not-judgment"], "{}", path.display());
    }
}

#[test]
fn numbers_are_kept_as_the_court_writes_them() {
    let letter = |number: &str| {
        format!(
            r#"{{"kind": "interim-order", "suit": "{number}", "suspended":
            {{"institution": "board", "number": "7"}}}}"#
        )
    };
    for number in [
        "SUP-JDC-0028/2025",
        "Complaint E082 (NRB) of 2022",
        "126/Federal/2024",
        // Whether 2011 is the year or the case, only the court knows.
        "2011/2012",
    ] {
        let reply = decode(CORRESPONDENCE, letter(number).as_bytes());
        assert_eq!(reply.problems, [], "{number}");
        assert_eq!(reply.docket_numbers.len(), 1, "{number}");
        let found = &reply.docket_numbers[0];
        assert_eq!((found.literal.as_str(), found.normal.as_str()), (number, ""));
    }
    let hidden = decode(CORRESPONDENCE, letter("12\u{202E}3/2024").as_bytes());
    assert_eq!(codes(&hidden), ["bidi-control"]);
}

#[test]
fn every_format_is_described_and_what_is_not_written_is_refused() {
    let described = AnyCourt.describe();
    assert_eq!(described.name, "court");
    let ids: Vec<&str> = described.formats.iter().map(|format| format.id.as_str()).collect();
    assert_eq!(ids, [RULING, WORD, CORRESPONDENCE]);
    for format in &described.formats {
        assert!(format.id == WORD || format.decodes == format.encodes, "{}", format.id);
        assert_eq!(encode(&format.id, None).problems[0].code, "format-unknown", "{}", format.id);
    }
    assert_eq!(codes(&decode("court/other", b"")), ["format-unknown"]);
}
