//! A docket as it is shown, letter by letter.

use super::*;
use barid_client::verify::Verified;
use barid_proto::tlog::EMPTY_ROOT;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::policy::Witnessed;
use barid_proto::v1::{
    Address, Assessment, AssessmentFinding, DeliveryStep, DocketNumber, FilingKind, Receipt,
    Rendering, SealedFiling, Stamp, Text,
};

/// 2025-11-23 14:10 in Baghdad.
const STAMPED: i64 = 1_763_896_200_000;

fn address(institution: &str, office: &str) -> Option<Address> {
    Some(Address { institution: institution.into(), office: office.into() })
}

fn verified(kind: FilingKind, leaf_index: u64) -> Verified {
    let body = EnvelopeBody {
        kind: kind.into(),
        sender: address("ihec", "geo-bas"),
        ..EnvelopeBody::default()
    };
    let checkpoint = Checkpoint::new("hub.test", 0, EMPTY_ROOT).unwrap();
    Verified {
        body,
        digest: [0; 32],
        signers: vec![],
        leaf_index,
        accepted_at_ms: 0,
        witnessed: Witnessed { checkpoint, cosigned: vec![], quorum: true },
        note: vec![],
        assessment: None,
    }
}

fn told(accepted_at_unix_ms: i64, deliveries: Vec<Delivery>) -> DocketEntry {
    let receipt = Receipt { accepted_at_unix_ms, ..Receipt::default() };
    let filing = SealedFiling { receipt: Some(receipt), ..SealedFiling::default() };
    DocketEntry { filing: Some(filing), deliveries, statements: Vec::new() }
}

/// An appeal that was stamped in Basra, reached the hub ten minutes later, was registered by one
/// court and not yet fetched by another; and a line that proves nothing.
fn lines() -> Vec<Line> {
    let mut appeal = verified(FilingKind::AppealFiled, 17);
    appeal.body.stamp = Some(Stamp {
        office: address("ihec", "geo-bas"),
        stamped_at_unix_ms: STAMPED,
        utc_offset_minutes: 180,
        number: "110/7".into(),
        ..Stamp::default()
    });
    let explanation = Rendering { language: "en".into(), text: "ten minutes".into() };
    appeal.assessment = Some(FilingAssessment {
        assessments: vec![Assessment {
            subject: "stamp-delay".into(),
            finding: AssessmentFinding::InOrder.into(),
            explanation: Some(Text { renderings: vec![explanation], ..Text::default() }),
            ..Assessment::default()
        }],
        ..FilingAssessment::default()
    });
    let registered = Delivery {
        recipient: address("ejp", "registry"),
        step: DeliveryStep::Registered.into(),
        fetched_leaf: Some(19),
        settled_leaf: Some(25),
        docket_number: Some(DocketNumber {
            institution: "ejp".into(),
            literal: "612/الهيئة/2025".into(),
            ..DocketNumber::default()
        }),
        ..Delivery::default()
    };
    let consigned = Delivery {
        recipient: address("fsc", ""),
        step: DeliveryStep::Consigned.into(),
        expired_leaf: Some(30),
        ..Delivery::default()
    };
    vec![
        Line { told: told(STAMPED + 600_000, vec![registered, consigned]), proof: Ok(appeal) },
        Line { told: told(STAMPED + 900_000, vec![]), proof: Err("no signature".into()) },
    ]
}

/// Without the marks that take no room.
fn visible(text: &str) -> Vec<String> {
    let marks = ['\u{2068}', '\u{2069}', '\u{200e}'];
    text.lines().map(|line| line.chars().filter(|c| !marks.contains(c)).collect()).collect()
}

fn shown(lang: Lang) -> String {
    timeline(lang, &lines(), 1, &time::zone("Asia/Baghdad").unwrap())
}

#[test]
fn a_docket_reads_from_top_to_bottom() {
    assert_eq!(
        visible(&shown(Lang::En)),
        [
            " no.  time              filing                                       from",
            " 1    2025-11-23 14:10  Appeal filed                                 ihec/geo-bas",
            "                        stamp 110/7, ihec/geo-bas",
            "                        receipt: leaf 17, accepted 2025-11-23 14:20",
            "                        ten minutes",
            "      → ejp/registry    registered under 612/الهيئة/2025 (ejp)       leaf 19, 25",
            "      → fsc             in the inbox; silent when the limit passed   leaf 30",
            " 2    2025-11-23 14:25  NOT PROVEN: no signature",
        ]
    );
}

#[test]
fn the_same_docket_in_arabic_begins_at_the_right() {
    let shown = shown(Lang::Ar);
    let lines = visible(&shown);
    assert_eq!(lines.len(), 8);
    assert!(lines[0].ends_with('ت'), "the number's column is the rightmost: {}", lines[0]);
    assert!(lines[1].trim_end().ends_with('1'), "{}", lines[1]);
    assert!(lines[1].contains("تقديم طعن"), "{}", lines[1]);
    assert!(lines[5].contains("سُجّل بالرقم 612/الهيئة/2025 (ejp)"), "{}", lines[5]);
    assert!(lines[5].contains("← ejp/registry"), "{}", lines[5]);
    for identifier in ["ihec/geo-bas", "2025-11-23 14:10", "612/الهيئة/2025"] {
        assert!(shown.contains(&format!("\u{2068}{identifier}\u{2069}")), "{identifier}");
    }
    assert!(shown.lines().all(|line| line.starts_with('\u{200e}')));
}

#[test]
fn a_sentence_about_a_period_keeps_its_numbers_in_every_line() {
    for (lang, tag, name) in [
        (Lang::Ar, "ar", include_str!("../../../../../proto/tests/explain/contested.ar.txt")),
        (Lang::Ckb, "ckb", include_str!("../../../../../proto/tests/explain/contested.ckb.txt")),
        (Lang::En, "en", include_str!("../../../../../proto/tests/explain/contested.en.txt")),
        (Lang::Es, "es", include_str!("../../../../../proto/tests/explain/contested.es.txt")),
    ] {
        let sentence = name.lines().next().unwrap();
        let mut lines = lines();
        let verified = lines[0].proof.as_mut().unwrap();
        let text = Rendering { language: tag.into(), text: sentence.into() };
        let explanation = Text { renderings: vec![text], authoritative: String::new() };
        let contested = Assessment {
            subject: "timeliness".into(),
            finding: AssessmentFinding::Contested.into(),
            explanation: Some(explanation),
            ..Assessment::default()
        };
        verified.assessment =
            Some(FilingAssessment { assessments: vec![contested], ..FilingAssessment::default() });
        let shown = timeline(lang, &lines, 1, &time::zone("Asia/Baghdad").unwrap());
        let mut found = 0;
        for line in shown.lines() {
            let mut depth = 0;
            for c in line.chars() {
                depth += i32::from(matches!(c, '\u{2066}'..='\u{2068}'));
                depth -= i32::from(c == '\u{2069}');
                assert!(depth >= 0, "{line}");
            }
            assert_eq!(depth, 0, "{line}");
            found += usize::from(line.contains("23/11/2025"));
        }
        assert!(found >= 2, "dates stand in one piece: {shown}");
    }
}

#[test]
fn documents_are_shown_and_those_that_are_wrong_are_warned_of() {
    let one = |document: &str, finding: AssessmentFinding| Assessment {
        subject: "document".into(),
        finding: finding.into(),
        explanation: Some(Text {
            renderings: vec![Rendering { language: "en".into(), text: format!("<{document}>") }],
            authoritative: String::new(),
        }),
        inputs: vec![AssessmentInput { name: "document".into(), value: document.into() }],
        ..Assessment::default()
    };
    let (good, bad) = (AssessmentFinding::InOrder, AssessmentFinding::OutOfOrder);
    let assessments = vec![one("lead", good), one("E1", good), one("E2", bad)];
    let added = FilingAssessment { assessments, ..FilingAssessment::default() };
    let shown: Vec<String> = assessments_shown(&added);
    assert_eq!(shown, ["<E1>", "not in order: <E2>"]);
    let warned: Vec<String> = warnings(Lang::En, Some(&added)).collect();
    assert_eq!(warned, ["not in order: <E2>"]);
}

fn assessments_shown(added: &FilingAssessment) -> Vec<String> {
    super::assessments(Lang::En, Some(added)).collect()
}
