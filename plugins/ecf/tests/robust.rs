//! Foreign and hostile messages: every format answers each with content or with problems, soon,
//! never with both an error and content, and within its bounds.

#![expect(clippy::print_stdout, reason = "a skipped test says so")]

mod helper;

use std::path::PathBuf;

use barid_format_ecf::{Ecf, FILING, FILING_JSON};
use barid_plugin::Format;
use barid_plugin::v1::{DecodeReply, PilotPaper, filing_content::Content};
use helper::{codes, decode};
use proptest::prelude::*;

const CORE: &str = include_str!("../testdata/core-filing.xml");
const JSON: &str = include_str!("../testdata/filing-5.0.json");

fn formats() -> Vec<String> {
    Ecf.describe().formats.into_iter().map(|format| format.id).collect()
}

fn paper(reply: DecodeReply) -> Option<PilotPaper> {
    match reply.content.and_then(|content| content.content) {
        Some(Content::PilotPaper(paper)) => Some(paper),
        _ => None,
    }
}

#[test]
fn no_hostile_sample_is_read_as_anything() {
    let Some(root) = helper::sample("6-robustness") else { return };
    let mut folders: Vec<PathBuf> =
        ["xml", "csv", "json", "text"].iter().map(|name| root.join(name)).collect();
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for found in std::fs::read_dir(folder).expect("a readable folder") {
            let path = found.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            seen += 1;
            let bytes = std::fs::read(&path).expect("a sample");
            for format in formats() {
                let reply = decode(&format, &bytes);
                assert_eq!(reply.content, None, "{} as {format}", path.display());
            }
        }
    }
    assert!(seen > 200, "{seen} samples are not all");
}

/// A core filing around some elements of its case.
fn around(case: &str, documents: &str) -> String {
    let ecf = "urn:oasis:names:tc:legalxml-courtfiling:schema:xsd";
    format!(
        "<CoreFilingMessage xmlns='{ecf}:CoreFilingMessage-4.0'><CriminalCase>{case}\
         </CriminalCase>{documents}</CoreFilingMessage>"
    )
}

#[test]
fn what_a_message_repeats_without_end_is_bounded() {
    let many = |one: &str, times: usize| one.repeat(times);
    let participant = "<CaseParticipant/>";
    let claim = "<CaseJudge><RoleOfPersonReference s:ref='x' \
                 xmlns:s='http://niem.gov/niem/structures/2.0'/></CaseJudge>";
    let date = "<DocumentPostDate><Date>2025-01-01</Date></DocumentPostDate>";
    let role = "<CaseParticipantRoleCode>x</CaseParticipantRoleCode>";
    let attachment = "<Attachment><BinaryURI>x</BinaryURI></Attachment>";
    for (case, documents) in [
        (many(participant, 1_025), String::new()),
        (many(claim, 4_097), String::new()),
        (String::new(), many("<FilingLeadDocument/>", 258)),
        (String::new(), many(date, 65)),
        (String::new(), many("<CaseTrackingID>x</CaseTrackingID>", 1) + &numbers(65)),
        (format!("<CaseParticipant>{}</CaseParticipant>", many(role, 17)), String::new()),
        (
            String::new(),
            format!("<FilingLeadDocument>{}</FilingLeadDocument>", many(attachment, 65)),
        ),
    ] {
        let reply = decode(FILING, around(&case, &documents).as_bytes());
        assert!(reply.content.is_none());
        assert!(codes(&reply.problems).contains(&"too-many"), "{:?}", codes(&reply.problems));
        assert!(reply.problems.len() <= 500);
    }
}

fn numbers(count: usize) -> String {
    (0..count).map(|n| format!("<CaseTrackingID>{n}</CaseTrackingID>")).collect()
}

#[test]
fn what_a_message_says_without_end_is_bounded() {
    let line = "x".repeat(1_000);
    let participant = format!(
        "<CaseParticipant><EntityPerson><PersonName><PersonFullName>{line}</PersonFullName>\
         </PersonName></EntityPerson><CaseParticipantRoleCode>{line}</CaseParticipantRoleCode>\
         </CaseParticipant>"
    );
    let reply = decode(FILING, around(&participant.repeat(1_000), "").as_bytes());
    assert!(reply.content.is_none());
    assert!(codes(&reply.problems).contains(&"too-much"));
    let fitting = decode(FILING, around(&participant.repeat(500), "").as_bytes());
    assert_eq!(paper(fitting).expect("it fits").court_filing.expect("one").participants.len(), 500);
}

/// A document of eight million characters passes by; only its digest stays.
#[test]
fn a_large_document_inside_a_message_leaves_its_digest_only() {
    let line = format!("{}\r\n", "QUJD".repeat(19));
    let inside = line.repeat(100_000);
    let xml = CORE.replacen("YmFy", &inside, 1).replacen("aWQ=", "", 1);
    let filing = paper(decode(FILING, xml.as_bytes())).expect("a paper").court_filing;
    let filing = filing.expect("a filing");
    let attachment = &filing.documents[0].attachments[0];
    assert_eq!(attachment.size_bytes, 5_700_000);
    assert_eq!(attachment.sha256.len(), 32);
    let said = format!("{filing:?}");
    assert!(said.len() < 10_000, "{} characters are more than the digest", said.len());
}

#[test]
fn nesting_does_not_reach_the_stack_or_the_place() {
    let deep = "<Element>".repeat(100) + &"</Element>".repeat(100);
    assert!(decode(FILING, around(&deep, "").as_bytes()).content.is_some());
    let name = "Long".repeat(100);
    let long = format!("<{name}>").repeat(50)
        + "<CaseParticipant><CaseParticipantRoleCode>x\u{85}y</CaseParticipantRoleCode>\
           </CaseParticipant>"
        + &format!("</{name}>").repeat(50);
    let reply = decode(FILING, around(&long, "").as_bytes());
    assert!(codes(&reply.problems).contains(&"value-control-character"));
    let deep = "{\"a:b\":".repeat(40) + "1" + &"}".repeat(40);
    assert_eq!(codes(&decode(FILING_JSON, deep.as_bytes()).problems), ["json-syntax"]);
}

/// A path that is told for each participant must not cost what its elements' names weigh.
#[test]
fn long_names_around_many_participants_cost_nothing() {
    let name = "N".repeat(1 << 20);
    let many = "<CaseParticipant/>".repeat(100_000);
    let reply = decode(FILING, around(&format!("<{name}>{many}</{name}>"), "").as_bytes());
    assert!(codes(&reply.problems).contains(&"too-many"));
    let kind = format!("<{name}Case><CaseTitleText>x</CaseTitleText></{name}Case>");
    let filing =
        CORE.replacen("<core:FilingLeadDocument", &format!("{kind}<core:FilingLeadDocument"), 1);
    decode(FILING, filing.as_bytes());
}

#[test]
fn a_field_that_is_there_twice_is_refused() {
    let twice = JSON.replacen("\"nc:Case\"", "\"nc:Case\": {}, \"nc:Case\"", 1);
    let reply = decode(FILING_JSON, twice.as_bytes());
    assert!(reply.content.is_none());
}

proptest! {
    #[test]
    fn no_bytes_make_a_format_fall_over(bytes: Vec<u8>, which in 0_usize..5) {
        decode(&formats()[which], &bytes);
    }

    /// Every beginning of a message, and every message with a piece cut out, is answered.
    #[test]
    fn no_piece_of_a_message_makes_a_format_fall_over(from in 0_usize..9_000, len in 0_usize..400) {
        for (format, whole) in [(FILING, CORE), (FILING_JSON, JSON)] {
            let kept: String = whole
                .char_indices()
                .filter(|(at, _)| !(from..from + len).contains(at))
                .map(|(_, c)| c)
                .collect();
            decode(format, kept.as_bytes());
        }
    }

    /// Elements in any order and nesting.
    #[test]
    fn no_order_of_elements_makes_the_reader_fall_over(
        names in prop::collection::vec(prop::sample::select(vec![
            "CaseParticipant", "EntityPerson", "PersonName", "PersonFullName", "CaseCourt",
            "CaseJudge", "ContactMailingAddress", "LocationCityName", "FilingLeadDocument",
            "DocumentAttachment", "BinaryBase64Object", "DocumentPostDate", "Date", "CriminalCase",
            "CoreFilingMessage", "CaseTrackingID", "PersonOtherIdentification", "",
        ]), 0..60),
        value in "[ -~\u{600}-\u{6FF}]{0,12}",
    ) {
        let value = value.replace(['<', '&', '>'], " ");
        let mut open = Vec::new();
        let mut xml = String::new();
        for name in names {
            if name.is_empty() {
                if let Some(last) = open.pop() {
                    xml.push_str(&format!("</{last}>"));
                }
            } else {
                xml.push_str(&format!("<{name}>{value}"));
                open.push(name);
            }
        }
        while let Some(last) = open.pop() {
            xml.push_str(&format!("</{last}>"));
        }
        decode(FILING, around(&xml, &xml).as_bytes());
    }
}
