//! The way of a case: a complaint at an office, an appeal, a referral to the panel, its ruling;
//! every step received, acknowledged, registered, and proven without the hub.

#![expect(clippy::expect_used, reason = "each step of the way must succeed for the next")]

use std::time::{Duration, Instant};

use barid_client::bundle::Bundle;
use barid_client::client::{CaseName, Filed, From, Served};
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    ActReference, CaseReference, CivilDate, DeliveryStep, DocketNumber, FilingContent, FilingKind,
    HubStatementKind, IntakeRoute, Officer, OfficerRole, Outcome, Referral, Registration,
    Rendering, Text,
};
use barid_client::source::{Machine, Source as _};
use barid_client::{Draft, verify};
use barid_tests::{HubProcess, ScriptedOffice};

const COMPLAINT: &str = "plugins/ihec/testdata/form-110.json";
const APPEAL: &str = "plugins/ihec/testdata/appeal-filed.json";
/// Long enough for the hub to look for limits, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(30);
const RULING: &str = "plugins/ejp/testdata/ruling.xml";

#[tokio::test(flavor = "multi_thread")]
async fn a_case_from_filing_to_ruling() {
    let mut hub = HubProcess::start();
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let council = hub.office("ihec", "council").enrolled().await;
    let panel = hub.office("ejp", "registry").enrolled().await;

    let complaint = office.complaint("council");
    let complaint = office.file_document(complaint, "ihec/form-110+json", COMPLAINT).await;
    proven_without_the_hub(&hub, &complaint);
    let case = case_of(&complaint);
    let served = receive(&council, 1).await;
    settle(&council, &served, "C-2025-1").await;

    let appeal = Draft::new(FilingKind::AppealFiled).to("ihec", "council").case(case.clone());
    let appeal = office.file_document(appeal, "ihec/appeal+json", APPEAL).await;
    assert_eq!(appeal.receipt.case_id, complaint.receipt.case_id, "one case");
    let served = receive(&council, 2).await;
    settle(&council, &served, "A-2025-1").await;

    let referral = council.client.submit(referral(&case)).await.expect("the referral is taken in");
    proven_without_the_hub(&hub, &referral);
    let served = receive(&panel, 1).await;
    assert_eq!(served.verified.digest, referral.verified.digest, "what was sent is what arrives");
    settle(&panel, &served, "612/الهيئة القضائية للانتخابات/2025").await;

    let ruling = Draft::new(FilingKind::RulingIssued).to("ihec", "council").case(case);
    let ruling = panel.file_document(ruling, "ejp/ruling+akn", RULING).await;
    proven_without_the_hub(&hub, &ruling);
    let served = receive(&council, 3).await;
    settle(&council, &served, "R-2025-1").await;

    check_docket(&office, &complaint).await;
    assert!(hub.terminate().success(), "the hub stops when asked");
    hub.launch().expect("it starts again on its data");
    check_docket(&office, &complaint).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_stated_though_the_limit_passed_while_the_hub_was_down() {
    let mut hub = HubProcess::start();
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let limit = Machine.now_ms() + 2_000;
    let complaint = office.complaint("council").times(0, limit);
    let filed = office.file_document(complaint, "ihec/form-110+json", COMPLAINT).await;
    assert!(hub.terminate().success(), "the hub stops when asked");
    while Machine.now_ms() <= limit {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    hub.launch().expect("it starts again on its data");

    let case_id = filed.receipt.case_id.as_slice().try_into().expect("16 bytes");
    let started = Instant::now();
    let leaf = loop {
        let case = office.client.case(CaseName::Id(case_id)).await.expect("the case is shown");
        let line = case.entries.first().expect("the complaint");
        office.client.verify_line(line).await.expect("it is proven with what is stated");
        if let Some(leaf) = line.deliveries.first().expect("to the council").expired_leaf {
            assert_eq!(line.statements.len(), 1, "{line:?}");
            break leaf;
        }
        assert!(started.elapsed() < PATIENCE, "silence is not stated");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let (_, stated) = office.client.statement(leaf).await.expect("its sender may see it");
    assert_eq!(stated.statement.kind(), HubStatementKind::Expired);
    assert_eq!(stated.statement.envelope_digests, [filed.verified.digest]);
    assert_eq!(stated.statement.limit_unix_ms, limit);
    assert!(stated.statement.at_unix_ms > limit, "with the time at which it is stated");
}

fn case_of(filed: &Filed) -> CaseReference {
    CaseReference { case_id: filed.receipt.case_id.clone(), docket_numbers: vec![] }
}

fn text(arabic: &str) -> Option<Text> {
    let rendering = Rendering { language: "ar".to_owned(), text: arabic.to_owned() };
    Some(Text { renderings: vec![rendering], authoritative: "ar".to_owned() })
}

fn referral(case: &CaseReference) -> Draft {
    let content = Referral {
        letter: Some(ActReference {
            institution: "ihec".to_owned(),
            number: "(خ/ 25 ر.م/ 61)".to_owned(),
            date: Some(CivilDate { year: 2025, month: 11, day: 24 }),
            minutes_number: String::new(),
        }),
        reply: text("يرى المجلس أن القرار صحيح."),
        recommendation: Outcome::Rejected.into(),
        packing_list: vec![],
    };
    let content = FilingContent { content: Some(Content::Referral(content)) };
    Draft::new(FilingKind::Referral).to("ejp", "registry").case(case.clone()).content(content)
}

/// The n-th filing in an office's inbox.
async fn receive(office: &ScriptedOffice, number: u64) -> Served {
    let client = &office.client;
    let mut inbox =
        client.receive(From::After(number - 1), false, "", &[]).expect("the inbox can be asked");
    let served = inbox.next().await.expect("it answers").expect("something was served");
    assert_eq!(served.cursor, number);
    served
}

/// Acknowledges what was served and enters it on the docket.
async fn settle(office: &ScriptedOffice, served: &Served, number: &str) {
    let lead = served.verified.body.lead.as_ref();
    let digests = lead.map(|lead| lead.sha256.as_slice().try_into().expect("32 bytes"));
    let digests: Vec<[u8; 32]> = digests.into_iter().collect();
    office.client.acknowledge(served, &digests).await.expect("the acknowledgement is taken in");
    let registration = Registration {
        docket_number: Some(DocketNumber {
            institution: office.address.institution.clone(),
            literal: number.to_owned(),
            normal: String::new(),
        }),
        registered_at_unix_ms: 1_764_000_000_000,
        clerk: Some(Officer {
            name: "كاتب".to_owned(),
            role: OfficerRole::Clerk.into(),
            officer_id: String::new(),
        }),
        route: IntakeRoute::Referred.into(),
    };
    office.client.register(served, registration).await.expect("the registration is taken in");
}

/// What the client kept proves the filing to anybody who believes the log's key.
fn proven_without_the_hub(hub: &HubProcess, filed: &Filed) {
    let kept = std::fs::read(&filed.kept).expect("the client kept a bundle");
    let bundle = Bundle::decode(&kept).expect("it can be read");
    let evidence = bundle.filings.first().expect("of one filing");
    let verified = verify::evidence(evidence, &hub.trust()).expect("it proves the filing");
    assert_eq!(verified.digest, filed.verified.digest);
    assert_eq!(verified.leaf_index, filed.receipt.leaf_index);
}

/// The case has its four filings, each registered by its recipient, and each line is proven.
async fn check_docket(office: &ScriptedOffice, opened: &Filed) {
    let case_id = opened.receipt.case_id.as_slice().try_into().expect("16 bytes");
    let case = office.client.case(CaseName::Id(case_id)).await.expect("the case is shown");
    let filings: Vec<_> = case.entries.iter().filter(|line| !line.deliveries.is_empty()).collect();
    assert_eq!(filings.len(), 4, "complaint, appeal, referral, ruling");
    for line in filings {
        office.client.verify_line(line).await.expect("each line is proven");
        for delivery in &line.deliveries {
            assert_eq!(delivery.step(), DeliveryStep::Registered, "{delivery:?}");
        }
    }
}
