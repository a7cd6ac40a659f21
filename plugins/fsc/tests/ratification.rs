//! Requests, decisions and rulings, there and back; and what is wrong with them.

#![expect(clippy::expect_used, reason = "a test without content has to stop")]

use barid_format_fsc::{Fsc, RATIFICATION, REQUEST, RULING};
use barid_plugin::Format;
use barid_plugin::problem::text;
use barid_plugin::v1::{
    ActReference, Agreement, CivilDate, DecodeReply, DecodeRequest, DocketNumber, EncodeReply,
    EncodeRequest, FilingContent, FilingKind, LegalBasis, OperativeClause, RatificationDecision,
    RatificationScope, RulingIssued, filing_content::Content,
};

fn decode(format: &str, input: &[u8], kind: FilingKind) -> DecodeReply {
    Fsc.decode(&DecodeRequest {
        format: format.to_owned(),
        input: input.to_vec(),
        kind: kind.into(),
        institution: "fsc".to_owned(),
        ..DecodeRequest::default()
    })
}

fn encode(format: &str, content: Content) -> EncodeReply {
    Fsc.encode(&EncodeRequest {
        format: format.to_owned(),
        content: Some(FilingContent { content: Some(content) }),
        ..EncodeRequest::default()
    })
}

/// A winner; all names and numbers are invented.
fn winner(seat: usize) -> String {
    let (sex, quota) = if seat.is_multiple_of(4) { ("female", "women") } else { ("male", "") };
    format!(
        r#"{{"seat": {seat}, "constituency": "بغداد", "candidate_id": "{}", "full_name":
        "مرشح {seat}", "sex": "{sex}", "list": "187", "votes": {}, "quota": "{quota}"}}"#,
        9_000 + seat,
        20_000 - seat,
    )
}

fn request(winners: &[String]) -> String {
    format!(
        r#"{{"letter": {{"institution": "ihec", "number": "(خ/ 25 ر.م/ 79)", "date": "2025-12-08"}},
        "closing_certificate": {{"institution": "ejp", "number": "9", "date": "2025-12-07"}},
        "pending_suits": ["126 / Federal / 2024", "83 وموحدتها 131 و185/اتحادية/2023"],
        "winners": [{}]}}"#,
        winners.join(",")
    )
}

fn codes(reply: &DecodeReply) -> Vec<(&str, &str)> {
    let told = reply.problems.iter().map(|problem| {
        (problem.code.as_str(), problem.place.as_ref().expect("a place").path.as_str())
    });
    told.collect()
}

fn decision(scope: RatificationScope, excepted_seats: &[u32]) -> RatificationDecision {
    RatificationDecision {
        decision: Some(ActReference {
            institution: "fsc".to_owned(),
            number: "235/اتحادية/2025".to_owned(),
            date: Some(CivilDate { year: 2025, month: 12, day: 14 }),
            minutes_number: String::new(),
        }),
        docket_number: Some(DocketNumber {
            institution: "fsc".to_owned(),
            literal: "235/اتحادية/2025".to_owned(),
            normal: "235/2025".to_owned(),
        }),
        scope: scope.into(),
        excepted_seats: excepted_seats.to_vec(),
        judges: vec!["القاضي أ".to_owned(), "القاضي ب".to_owned()],
        agreement: Agreement::Unanimous.into(),
        basis: vec![LegalBasis {
            instrument: "دستور جمهورية العراق".to_owned(),
            article: "93/سابعاً".to_owned(),
        }],
        clauses: vec![OperativeClause {
            number: 1,
            text: text(&[("ar", "المصادقة على النتائج"), ("ckb", "پەسەندکردنی ئەنجامەکان")]),
            ..OperativeClause::default()
        }],
        r#final: true,
    }
}

#[test]
fn a_request_with_all_winners_comes_back_as_it_was() {
    let winners: Vec<String> = (1..=329).map(winner).collect();
    let first = decode(REQUEST, request(&winners).as_bytes(), FilingKind::RatificationRequest);
    assert_eq!(first.problems, []);
    let content = first.content.clone().and_then(|content| content.content).expect("content");
    let Content::RatificationRequest(read) = &content else { panic!("{content:?}") };
    assert_eq!(read.winners.len(), 329);
    let normals: Vec<&str> = first.docket_numbers.iter().map(|n| n.normal.as_str()).collect();
    assert_eq!(normals, ["126/2024", "83/2023", "131/2023", "185/2023"]);
    let written = encode(REQUEST, content.clone());
    assert_eq!(decode(REQUEST, &written.output, FilingKind::RatificationRequest), first);
}

#[test]
fn every_impossible_winner_is_named() {
    let winners = [
        winner(1),
        winner(2).replace("\"seat\": 2", "\"seat\": 1"),
        winner(3).replace("\"male\"", "\"not-applicable\""),
        winner(4).replace("\"sex\": \"female\", ", ""),
        winner(5).replace("\"seat\": 5", "\"seat\": 400000"),
        winner(6).replace("9006", "9001"),
        winner(7).replace("19993", "0"),
        winner(8).replace("19992", "-3"),
    ];
    let reply = decode(REQUEST, request(&winners).as_bytes(), FilingKind::RatificationRequest);
    assert_eq!(reply.content, None);
    assert_eq!(
        codes(&reply),
        [
            ("value-unknown", "winners[2].sex"),
            ("field-missing", "winners[3].sex"),
            ("number-out-of-range", "winners[4].seat"),
            ("number-out-of-range", "winners[7].votes"),
            ("seat-twice", "winners[1].seat"),
            ("candidate-twice", "winners[5].candidate_id"),
            ("winner-without-votes", "winners[6].votes"),
            ("winner-without-votes", "winners[7].votes"),
            ("seats-missing", "winners"),
        ]
    );
    let row = reply.problems[4].place.as_ref().expect("a place").row;
    assert_eq!(row, 2, "the row that a person would count");
}

#[test]
fn ratification_whole_partial_and_refused_comes_back_as_it_was() {
    for (scope, seats) in [
        (RatificationScope::All, &[][..]),
        (RatificationScope::Except, &[3, 17][..]),
        (RatificationScope::None, &[][..]),
    ] {
        let before = Content::RatificationDecision(decision(scope, seats));
        let written = encode(RATIFICATION, before.clone());
        assert_eq!(written.problems, []);
        let reply = decode(RATIFICATION, &written.output, FilingKind::RatificationDecision);
        assert_eq!(reply.problems, []);
        let after = reply.content.and_then(|content| content.content);
        assert_eq!(after, Some(before));
        assert_eq!(reply.docket_numbers[0].normal, "235/2025");
    }
}

#[test]
fn a_decision_that_contradicts_itself_is_refused() {
    let without_seats = Content::RatificationDecision(decision(RatificationScope::Except, &[]));
    let written = encode(RATIFICATION, without_seats).output;
    let reply = decode(RATIFICATION, &written, FilingKind::RatificationDecision);
    assert_eq!(codes(&reply)[0].0, "ratification-scope-contradicts");

    let written = String::from_utf8(written).expect("UTF-8");
    let vague = written.replace(">except<", ">partly<");
    let reply = decode(RATIFICATION, vague.as_bytes(), FilingKind::RatificationDecision);
    assert_eq!(codes(&reply)[0].0, "ratification-scope-missing");
}

#[test]
fn a_ruling_in_joined_suits_keeps_their_literal() {
    let literal = "83 وموحدتها 131 و185/اتحادية/2023";
    let docket = |normal: &str| DocketNumber {
        institution: "fsc".to_owned(),
        literal: literal.to_owned(),
        normal: normal.to_owned(),
    };
    let ruling = RulingIssued {
        ruling: decision(RatificationScope::All, &[]).decision,
        docket_numbers: vec![docket("83/2023"), docket("131/2023"), docket("185/2023")],
        reasons: text(&[("ar", "لدى التدقيق والمداولة")]),
        ..RulingIssued::default()
    };
    let written = encode(RULING, Content::RulingIssued(ruling.clone()));
    let reply = decode(RULING, &written.output, FilingKind::RulingIssued);
    assert_eq!(reply.problems, []);
    assert_eq!(reply.docket_numbers, ruling.docket_numbers);
}

/// The account that two bodies gave in public: 872 appeals on one side, 853 on the other.
fn account(open: &str, exceptions: &str) -> String {
    format!(
        r#", "appeals": {{"as_of": "2025-12-07", "received": 872, "referred": 853, "direct": 0,
        "supplements": 87, "docketed": 872, "settled": [{{"outcome": "rejected", "count": 870}}],
        "open": [{open}], "exceptions": [{exceptions}]}}}}"#
    )
}

fn with_account(account: &str) -> String {
    let request = request(&[winner(1)]);
    let without_end = request.strip_suffix('}').expect("an object");
    format!("{without_end}{account}")
}

#[test]
fn a_dossier_says_of_each_appeal_how_it_stands() {
    let open = r#"{"literal": "611/الهيئة القضائية للانتخابات/2025"}"#;
    let exceptions = r#"{"difference": "direct-filing", "theirs": {"literal": "612/2025"},
        "owner": {"institution": "ihec"}, "due": "2025-12-09"},
        {"difference": "joined-on-one-side", "ours": {"literal": "BAS-APL-2025-0011"},
        "theirs": {"institution": "fsc", "literal": "1/2025"}, "resolution": {"ar": "وحدا"}}"#;
    let input = with_account(&account(open, exceptions));
    let first = decode(REQUEST, input.as_bytes(), FilingKind::RatificationRequest);
    assert_eq!(
        codes(&first),
        [
            ("appeals-docket-differs", "appeals.docketed"),
            ("appeals-unaccounted", "appeals.settled"),
            ("appeals-open", "appeals.open"),
            ("appeals-unexplained", "appeals.exceptions"),
        ]
    );
    let mut worded = first.problems[0].what.iter().flat_map(|what| &what.renderings);
    let told = &worded.find(|one| one.language == "en").expect("a wording").text;
    assert!(told.contains("make 853, 872 were docketed: 19 differ"), "{told}");
    let content = first.content.clone().and_then(|content| content.content).expect("content");
    let Content::RatificationRequest(read) = &content else { panic!("{content:?}") };
    let appeals = read.appeals.as_ref().expect("an account");
    let owner = |number: &Option<DocketNumber>| number.clone().unwrap_or_default().institution;
    assert_eq!(appeals.open[0].institution, "ejp", "the panel's, whose certificate is named");
    assert_eq!(owner(&appeals.exceptions[0].theirs), "ejp");
    assert_eq!(owner(&appeals.exceptions[1].ours), "ihec", "theirs who ask");
    assert_eq!(owner(&appeals.exceptions[1].theirs), "fsc", "as it says");
    let written = encode(REQUEST, content.clone());
    assert_eq!(decode(REQUEST, &written.output, FilingKind::RatificationRequest), first);
}

#[test]
fn an_account_that_adds_up_raises_no_question() {
    let account = r#", "appeals": {"received": 872, "referred": 850, "direct": 3, "docketed": 853,
        "settled": [{"outcome": "rejected", "count": 846}, {"outcome": "joined", "count": 7}]}}"#;
    let input = with_account(account);
    let reply = decode(REQUEST, input.as_bytes(), FilingKind::RatificationRequest);
    assert_eq!(reply.problems, []);
    let beyond = input.replace("\"received\": 872", "\"received\": 800");
    let reply = decode(REQUEST, beyond.as_bytes(), FilingKind::RatificationRequest);
    assert_eq!(codes(&reply), [("appeals-referred-beyond", "appeals.referred")]);
}

#[test]
fn all_problems_of_an_account_are_told_at_once() {
    let account = r#", "appeals": {"received": -1, "referred": "853", "docketed": 0,
        "settled": [{"outcome": "won", "count": 1}], "exceptions": [{"difference": "lost"}]}}"#;
    let reply = decode(REQUEST, with_account(account).as_bytes(), FilingKind::RatificationRequest);
    assert_eq!(reply.content, None);
    let told = codes(&reply);
    for expected in [
        ("number-out-of-range", "appeals.received"),
        ("field-missing", "appeals.direct"),
        ("value-unknown", "appeals.settled[0].outcome"),
        ("value-unknown", "appeals.exceptions[0].difference"),
        ("exception-without-case", "appeals.exceptions[0].ours"),
    ] {
        assert!(told.contains(&expected), "{expected:?} is not among {told:?}");
    }
}
