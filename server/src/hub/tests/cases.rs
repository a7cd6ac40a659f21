//! Opening cases, going on in them, and not seeing those of others.

use barid_proto::leaf::{self, Leaf};
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::{self, Reason};

use super::fixture::*;

fn in_case(body: &mut v1::EnvelopeBody, case_id: Vec<u8>) {
    body.case = Some(v1::CaseReference { case_id, docket_numbers: Vec::new() });
}

#[tokio::test]
async fn a_complaint_opens_a_case_that_its_parties_see_and_nobody_else() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(complaint());
    body.recipients = vec![address("alpha", "head")];
    let own_id = body.envelope_id.clone();
    let receipt = south.submit(&test.hub, body).await.unwrap().receipt.unwrap();
    assert_eq!(receipt.case_id, own_id);

    let request = v1::GetCaseRequest { case_id: own_id.clone(), docket_number: None };
    for (institution, office) in [("alpha", "south"), ("alpha", "head")] {
        let seen = test.hub.case(&caller(institution, office), request.clone()).await.unwrap();
        assert_eq!(seen.entries.len(), 1, "{institution}/{office}");
    }
    for (institution, office) in [("alpha", "north"), ("beta", "desk"), ("delta", "desk")] {
        let refused = test.hub.case(&caller(institution, office), request.clone()).await;
        assert_eq!(reason(refused), Reason::NotFound, "{institution}/{office}");
    }
    // A case that is not one's own and a case that does not exist are refused in the same words.
    let nowhere = v1::GetCaseRequest { case_id: vec![0xee; 16], docket_number: None };
    let stranger = caller("beta", "desk");
    let one = test.hub.case(&stranger, request).await.unwrap_err().to_string();
    let other = test.hub.case(&stranger, nowhere).await.unwrap_err().to_string();
    assert_eq!(one, other);
}

#[tokio::test]
async fn a_stranger_cannot_file_into_a_case() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(complaint());
    body.recipients = vec![address("alpha", "head")];
    let case = south.submit(&test.hub, body).await.unwrap().receipt.unwrap().case_id;

    let mut beta = test.office("beta", "desk").await;
    let mut body = beta.body(appeal());
    in_case(&mut body, case);
    assert_eq!(reason(beta.submit(&test.hub, body).await), Reason::CaseUnknown);
}

#[tokio::test]
async fn the_same_envelope_again_returns_the_same_receipt() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let body = south.body(complaint());
    let envelope = south.sign(body);
    let first = south.submit_signed(&test.hub, envelope.clone(), Vec::new()).await.unwrap();
    let next = south.body(complaint());
    south.submit(&test.hub, next).await.unwrap();
    let again = south.submit_signed(&test.hub, envelope, Vec::new()).await.unwrap();
    assert!(!first.repeated_submission && again.repeated_submission);
    assert_eq!(first.receipt, again.receipt);
}

#[tokio::test]
async fn another_content_under_the_same_identifier_is_a_conflict() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let first = south.body(complaint());
    let id = first.envelope_id.clone();
    south.submit(&test.hub, first).await.unwrap();
    let mut second = south.body(appeal());
    second.envelope_id = id;
    assert_eq!(reason(south.submit(&test.hub, second).await), Reason::EnvelopeConflict);
}

#[tokio::test]
async fn a_refused_envelope_uses_no_number() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut forbidden = south.body(complaint());
    forbidden.recipients = vec![address("gamma", "")];
    assert_eq!(reason(south.submit(&test.hub, forbidden).await), Reason::NotPermitted);
    let good = south.body(complaint());
    south.submit(&test.hub, good).await.unwrap();
}

#[tokio::test]
async fn a_follow_up_waits_for_the_filing_that_opens_its_case() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let opening = south.body(appeal());
    let case = opening.envelope_id.clone();
    let opening = south.sign(opening);
    // The office signs both before it sends either, and the second overtakes the first.
    let digest = barid_proto::envelope::open(&opening).unwrap().digest();
    let mut follow_up = south.body(appeal());
    in_case(&mut follow_up, case);
    follow_up.sender_sequence = south.sequence + 2;
    follow_up.previous_digest = digest.to_vec();
    let follow_up = sign_with(follow_up, &[&south.key]);

    let (hub, who) = (test.hub.clone(), south.caller.clone());
    let early = tokio::spawn(async move {
        let request =
            v1::SubmitRequest { envelope: Some(follow_up), documents: Vec::new(), carriage: None };
        hub.submit(&who, request).await
    });
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    south.submit_signed(&test.hub, opening, Vec::new()).await.unwrap();
    early.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_gap_in_the_sequence_is_refused_with_what_is_next() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(complaint());
    body.sender_sequence = 9;
    body.previous_digest = vec![1; 32];
    let envelope = sign_with(body, &[&south.key]);
    let request =
        v1::SubmitRequest { envelope: Some(envelope), documents: Vec::new(), carriage: None };
    let refused = test.hub.submit(&south.caller, request).await.unwrap_err();
    let crate::error::Error::Refused(refusal) = refused else { panic!("{refused}") };
    assert_eq!(refusal.reason, Reason::SequenceGap);
    let expected = refusal.expected.unwrap();
    assert_eq!((expected.sequence, expected.previous_digest), (2, south.previous));
}

#[tokio::test]
async fn a_docket_number_names_the_case() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let number = |literal: &str| v1::DocketNumber {
        institution: "alpha".into(),
        literal: literal.into(),
        normal: String::new(),
    };
    let mut body = south.body(complaint());
    let case_id = body.envelope_id.clone();
    body.case = Some(v1::CaseReference {
        case_id: case_id.clone(),
        docket_numbers: vec![number("BAS-CMP-٢٠٢٥-0011")],
    });
    south.submit(&test.hub, body).await.unwrap();

    let mut body = south.body(appeal());
    body.case = Some(v1::CaseReference {
        case_id: Vec::new(),
        docket_numbers: vec![number("bas-cmp-2025-0011")],
    });
    let receipt = south.submit(&test.hub, body).await.unwrap().receipt.unwrap();
    assert_eq!(receipt.case_id, case_id);
    let request = v1::GetCaseRequest {
        case_id: Vec::new(),
        docket_number: Some(number("BAS-CMP-2025-0011")),
    };
    assert_eq!(test.hub.case(&south.caller, request).await.unwrap().entries.len(), 2);
}

#[tokio::test]
async fn what_others_say_of_a_docket_number_leads_nobody_astray() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut beta = test.office("beta", "desk").await;
    let number = v1::DocketNumber {
        institution: "beta".into(),
        literal: "612/2025".into(),
        normal: String::new(),
    };
    let naming = |body: &mut v1::EnvelopeBody, case_id: Vec<u8>| {
        body.recipients = vec![address("beta", "")];
        body.case = Some(v1::CaseReference { case_id, docket_numbers: vec![number.clone()] });
    };
    let request = v1::GetCaseRequest { case_id: Vec::new(), docket_number: Some(number.clone()) };
    let found = async |office: &str, institution: &str| {
        let answer = test.hub.case(&caller(institution, office), request.clone()).await;
        answer.map(|answer| answer.case.unwrap().case_id)
    };
    // South says of its own case that beta knows it under a number; nobody says otherwise.
    let mut body = south.body(appeal());
    let mentioned = body.envelope_id.clone();
    naming(&mut body, mentioned.clone());
    south.submit(&test.hub, body).await.unwrap();
    assert_eq!(found("desk", "beta").await.unwrap(), mentioned);

    // Beta registers another case of south's under it.
    let mut body = south.body(appeal());
    body.recipients = vec![address("beta", "")];
    let receipt = south.submit(&test.hub, body).await.unwrap().receipt.unwrap();
    let mut body = beta.body(v1::filing_content::Content::Registration(v1::Registration {
        docket_number: Some(number.clone()),
        registered_at_unix_ms: 1_763_900_000_000,
        ..v1::Registration::default()
    }));
    let digest = receipt.envelope_digest.clone();
    body.in_reply_to = Some(v1::EnvelopeReference { digest, leaf_index: 0 });
    beta.submit(&test.hub, body).await.unwrap();
    assert_eq!(found("desk", "beta").await.unwrap(), receipt.case_id);
    assert_eq!(found("south", "alpha").await.unwrap(), receipt.case_id);

    // South files by the number alone, and says so of a third case: neither changes whose it is.
    let mut body = south.body(appeal());
    naming(&mut body, Vec::new());
    let follow_up = south.submit(&test.hub, body).await.unwrap().receipt.unwrap();
    assert_eq!(follow_up.case_id, receipt.case_id);
    let mut body = south.body(appeal());
    let third = body.envelope_id.clone();
    naming(&mut body, third);
    south.submit(&test.hub, body).await.unwrap();
    assert_eq!(found("desk", "beta").await.unwrap(), receipt.case_id);

    // Beta itself claims it for two cases: only then is it ambiguous.
    let mut body = beta.body(appeal());
    let docket_numbers = vec![number.clone()];
    body.case = Some(v1::CaseReference { case_id: mentioned, docket_numbers });
    beta.submit(&test.hub, body).await.unwrap();
    assert_eq!(reason(found("desk", "beta").await), Reason::CaseAmbiguous);
}

#[tokio::test]
async fn classes_of_data_never_mix() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let body = south.body(appeal());
    let case = body.envelope_id.clone();
    south.submit(&test.hub, body).await.unwrap();
    let mut synthetic = south.body(appeal());
    synthetic.data_class = v1::DataClass::Synthetic.into();
    in_case(&mut synthetic, case);
    assert_eq!(reason(south.submit(&test.hub, synthetic).await), Reason::DataClassForbidden);

    let mut live_to_partner = south.body(appeal());
    live_to_partner.recipients = vec![address("delta", "")];
    assert_eq!(reason(south.submit(&test.hub, live_to_partner).await), Reason::DataClassForbidden);
}

#[tokio::test]
async fn a_restricted_filing_is_for_the_addressed_only() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(appeal());
    body.recipients = vec![address("alpha", "head"), address("beta", "desk")];
    let case = south.submit(&test.hub, body).await.unwrap().receipt.unwrap().case_id;
    let mut restricted = south.body(appeal());
    restricted.recipients = vec![address("alpha", "head")];
    restricted.confidentiality = v1::Confidentiality::Restricted.into();
    in_case(&mut restricted, case.clone());
    south.submit(&test.hub, restricted).await.unwrap();

    let request = v1::GetCaseRequest { case_id: case, docket_number: None };
    let seen = async |institution: &str, office: &str| {
        let answer = test.hub.case(&caller(institution, office), request.clone()).await;
        answer.unwrap().entries.len()
    };
    assert_eq!(seen("alpha", "head").await, 2);
    assert_eq!(seen("beta", "desk").await, 1);
}

#[tokio::test]
async fn a_checkpoint_that_the_log_never_signed_is_evidence() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(complaint());
    body.last_seen = Some(v1::SeenCheckpoint { size: 1, root: vec![0xab; 32] });
    assert_eq!(reason(south.submit(&test.hub, body).await), Reason::HistoryDiffers);
}

/// Whoever has the envelope, the receipt and the log's key needs neither the hub nor its directory.
#[tokio::test]
async fn a_receipt_is_proven_from_the_envelope_alone() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(appeal());
    body.recipients = vec![address("alpha", ""), address("beta", "desk")];
    let envelope = south.sign(body.clone());
    let answer = south.submit_signed(&test.hub, envelope.clone(), Vec::new()).await.unwrap();

    let opened = barid_proto::envelope::open(&envelope).unwrap();
    let names: Vec<String> = body
        .recipients
        .iter()
        .map(|to| leaf::recipient_name(&to.institution, &to.office))
        .collect();
    let nonce = body.nonce.as_slice().try_into().unwrap();
    let tag = leaf::routing_tag(nonce, &names).unwrap();
    let receipt = Receipt::parse(&answer.receipt.unwrap().tlog_proof).unwrap();
    let key_id = opened.signatures[0].key_id;
    let rebuilt = Leaf::from_extra(&receipt.extra, opened.digest(), key_id, tag).unwrap();
    let who = test.hub.describe_caller(&south.caller).unwrap();
    let policy = format!("log {}\nquorum none\n", who.log_verifier_keys[0]);
    let policy = Policy::parse(policy.as_bytes()).unwrap();
    receipt.verify(&rebuilt.encode(), &policy).unwrap();
}

#[tokio::test]
async fn cases_that_one_cannot_see_do_not_stand_before_ones_own() {
    let test = TestHub::new();
    let number = || v1::DocketNumber {
        institution: "beta".into(),
        literal: "612/2025".into(),
        normal: String::new(),
    };
    // A partner claims the number for many cases of its own, before the panel gives it.
    let mut delta = test.office("delta", "desk").await;
    for _ in 0..9 {
        let mut body = delta.body(pilot_paper());
        body.data_class = v1::DataClass::Synthetic.into();
        let case_id = body.envelope_id.clone();
        body.case = Some(v1::CaseReference { case_id, docket_numbers: vec![number()] });
        delta.submit(&test.hub, body).await.unwrap();
    }
    let mut beta = test.office("beta", "desk").await;
    let mut body = beta.body(appeal());
    let case_id = body.envelope_id.clone();
    body.case =
        Some(v1::CaseReference { case_id: case_id.clone(), docket_numbers: vec![number()] });
    beta.submit(&test.hub, body).await.unwrap();

    let request = v1::GetCaseRequest { case_id: Vec::new(), docket_number: Some(number()) };
    let found = test.hub.case(&beta.caller, request).await.unwrap().case.unwrap();
    assert_eq!(found.case_id, case_id);
    let mut body = beta.body(appeal());
    body.case = Some(v1::CaseReference { case_id: Vec::new(), docket_numbers: vec![number()] });
    let receipt = beta.submit(&test.hub, body).await.unwrap().receipt.unwrap();
    assert_eq!(receipt.case_id, case_id);
}

#[tokio::test]
async fn a_pilot_does_not_make_a_live_docket_number_ambiguous() {
    let test = TestHub::new();
    let number = || v1::DocketNumber {
        institution: "beta".into(),
        literal: "613/2025".into(),
        normal: String::new(),
    };
    let mut beta = test.office("beta", "desk").await;
    let mut live = beta.body(appeal());
    let case_id = live.envelope_id.clone();
    live.case =
        Some(v1::CaseReference { case_id: case_id.clone(), docket_numbers: vec![number()] });
    beta.submit(&test.hub, live).await.unwrap();
    let mut delta = test.office("delta", "desk").await;
    let mut pilot = delta.body(pilot_paper());
    pilot.data_class = v1::DataClass::Synthetic.into();
    pilot.recipients = vec![address("beta", "desk")];
    let own = pilot.envelope_id.clone();
    pilot.case = Some(v1::CaseReference { case_id: own, docket_numbers: vec![number()] });
    delta.submit(&test.hub, pilot).await.unwrap();

    let mut next = beta.body(appeal());
    next.case = Some(v1::CaseReference { case_id: Vec::new(), docket_numbers: vec![number()] });
    let receipt = beta.submit(&test.hub, next).await.unwrap().receipt.unwrap();
    assert_eq!(receipt.case_id, case_id);
}

#[tokio::test]
async fn docket_numbers_of_a_case_are_bounded_and_leave_room_for_ones_own() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut beta = test.office("beta", "desk").await;
    let mut opening = south.body(appeal());
    opening.recipients = vec![address("beta", "desk")];
    let case_id = south.submit(&test.hub, opening).await.unwrap().receipt.unwrap().case_id;
    let number = |literal: String| v1::DocketNumber {
        institution: "beta".into(),
        literal,
        normal: String::new(),
    };
    for round in 0..20 {
        let mut body = south.body(appeal());
        let docket_numbers = (0..64).map(|n| number(format!("{round}/{n}"))).collect();
        body.case = Some(v1::CaseReference { case_id: case_id.clone(), docket_numbers });
        south.submit(&test.hub, body).await.unwrap();
    }
    let mut body = beta.body(appeal());
    let docket_numbers = vec![number("612/2025".to_owned())];
    body.case = Some(v1::CaseReference { case_id: case_id.clone(), docket_numbers });
    beta.submit(&test.hub, body).await.unwrap();
    let docket_number = Some(number("612/2025".to_owned()));
    let request = v1::GetCaseRequest { case_id: Vec::new(), docket_number };
    let found = test.hub.case(&beta.caller, request).await.unwrap();
    let case = found.case.unwrap();
    assert_eq!(case.case_id, case_id);
    assert_eq!(case.docket_numbers.len(), 1_024 + 1);
    // More than a page of the docket.
    assert_eq!(found.entries.len(), 22);
}
