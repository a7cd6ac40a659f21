//! Outages: the hub's own, which everybody may read, and what offices' reports are worth.

use std::sync::atomic::Ordering;

use barid_proto::rules::Catalogue;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, FilingAssessment, HubStatementKind, OutageScope, Reason};
use prost::Message as _;

use super::fixture::*;
use super::law::{
    about, appeal_against, at, calendar, certificate, open_under, publish, publish_rules,
};
use super::stated::proved;
use crate::log::Attestation;
use crate::log::outage::{Heard, statement};

/// The hub states an outage between these times, as it does after a start.
async fn stated(test: &TestHub, from_ms: u64, until_ms: u64) -> u64 {
    let span = (from_ms, until_ms);
    let none = Heard::default();
    let statement = statement(OutageScope::Hub, span, none, none, until_ms);
    let attestation = Attestation { statement, deliveries: Vec::new() };
    test.hub.crafts.log.attest(attestation).await.unwrap()
}

async fn list(test: &TestHub, page_size: u32, token: &str) -> v1::ListOutagesResponse {
    let page_token = token.to_owned();
    test.hub.outages(v1::ListOutagesRequest { page_size, page_token }).await.unwrap()
}

#[tokio::test]
async fn everybody_reads_the_hubs_outages_newest_first_and_proved() {
    let test = TestHub::new();
    assert_eq!(list(&test, 0, "").await, v1::ListOutagesResponse::default());
    let mut leaves = Vec::new();
    for hour in 1..=3 {
        let from_ms = NOON_MS + hour * 3_600_000;
        test.now.store(from_ms + 600_000, Ordering::Relaxed);
        leaves.push(stated(&test, from_ms, from_ms + 600_000).await);
    }
    let mut found = Vec::new();
    let mut token = String::new();
    loop {
        let page = list(&test, 2, &token).await;
        for sealed in &page.outages {
            let (said, leaf) = proved(&test, sealed);
            assert_eq!(said.kind(), HubStatementKind::Outage);
            found.push(leaf);
        }
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    leaves.reverse();
    assert_eq!(found, leaves);
    // By its leaf, too, for an office that no filing concerns.
    for (institution, office) in [("alpha", "north"), ("delta", "desk")] {
        let request = v1::GetStatementRequest { leaf_index: leaves[0] };
        let answer = test.hub.statement(&caller(institution, office), request).await.unwrap();
        assert_eq!(proved(&test, &answer.statement.unwrap()).1, leaves[0]);
    }
    let request = v1::ListOutagesRequest { page_size: 501, page_token: String::new() };
    assert_eq!(reason(test.hub.outages(request).await), Reason::RequestInvalid);
    let request = v1::ListOutagesRequest { page_size: 1, page_token: "first".to_owned() };
    assert_eq!(reason(test.hub.outages(request).await), Reason::RequestInvalid);
}

fn report(
    office: &mut TestOffice,
    scope: OutageScope,
    from_ms: u64,
    until_ms: u64,
) -> v1::EnvelopeBody {
    let outage = v1::Outage {
        scope: scope.into(),
        from_unix_ms: from_ms.cast_signed(),
        until_unix_ms: until_ms.cast_signed(),
        ..v1::Outage::default()
    };
    let content = v1::OutageReported {
        outage: Some(outage),
        attempts: 7,
        cause: "no route to host".to_owned(),
    };
    let mut body = office.body(Content::OutageReported(content));
    body.data_class = v1::DataClass::Published.into();
    body
}

/// Files a report; what it is worth, and the leaves on which that rests.
async fn filed(test: &TestHub, office: &mut TestOffice, span: (u64, u64)) -> (String, Vec<u64>) {
    let body = report(office, OutageScope::Link, span.0, span.1);
    let answer = office.submit(&test.hub, body).await.unwrap();
    let request = v1::GetFilingRequest {
        envelope_digest: answer.receipt.unwrap().envelope_digest,
        ..v1::GetFilingRequest::default()
    };
    let sealed = test.hub.filing(&office.caller, request).await.unwrap().filing.unwrap();
    let added = FilingAssessment::decode(sealed.assessment.as_ref()).unwrap();
    let found: Vec<_> = added.assessments.iter().filter(|one| one.subject == "outage").collect();
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(answer.assessments.iter().find(|one| one.subject == "outage"), Some(*one));
    (one.readings[0].conclusion.clone(), one.leaves.clone())
}

#[tokio::test]
async fn what_a_report_is_worth_is_sealed_with_it() {
    const HOUR_MS: u64 = 3_600_000;
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut north = test.office("alpha", "north").await;
    let hour = |hours: u64| NOON_MS + hours * HOUR_MS;
    let now = |hours: u64| test.now.store(hour(hours), Ordering::Relaxed);

    now(2);
    let nothing = filed(&test, &mut south, (hour(1), hour(2))).await;
    assert_eq!(nothing, ("reported".to_owned(), Vec::new()));

    // Somebody else's filing says nothing about this office's link; its own does, whatever it is.
    now(3);
    let body = north.body(complaint());
    let filing = north.submit(&test.hub, body).await.unwrap().receipt.unwrap().leaf_index;
    now(4);
    assert_eq!(filed(&test, &mut south, (hour(2) + HOUR_MS / 2, hour(4))).await.0, "reported");
    let contradicted = filed(&test, &mut north, (hour(2), hour(4))).await;
    assert_eq!(contradicted, ("contradicted".to_owned(), vec![filing]));

    now(8);
    let leaf = stated(&test, hour(5), hour(8)).await;
    let confirmed = filed(&test, &mut south, (hour(6), hour(7))).await;
    assert_eq!(confirmed, ("confirmed".to_owned(), vec![leaf]));

    // All of them are for everybody to read, with the newest first.
    let reports = list(&test, 0, "").await.reports;
    let leaves: Vec<u64> =
        reports.iter().map(|report| report.receipt.as_ref().unwrap().leaf_index).collect();
    assert_eq!((leaves.len(), leaves.is_sorted_by(|one, next| one > next)), (4, true));
    let digest = &reports[0].receipt.as_ref().unwrap().envelope_digest;
    let request =
        v1::GetFilingRequest { envelope_digest: digest.clone(), ..v1::GetFilingRequest::default() };
    test.hub.filing(&caller("delta", "desk"), request).await.unwrap();
}

#[tokio::test]
async fn an_office_speaks_for_its_link_only() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    for scope in [OutageScope::Hub, OutageScope::Witnesses, OutageScope::Unspecified] {
        let body = report(&mut south, scope, NOON_MS - 2_000, NOON_MS - 1_000);
        let refused = reason(south.submit(&test.hub, body).await);
        assert_eq!(refused, Reason::ContentInvalid, "{scope:?}");
    }
    for (from_ms, until_ms) in [(NOON_MS, NOON_MS), (NOON_MS, NOON_MS - 1), (0, NOON_MS)] {
        let body = report(&mut south, OutageScope::Link, from_ms, until_ms);
        assert_eq!(reason(south.submit(&test.hub, body).await), Reason::ContentInvalid);
    }
}

/// A rule set over the seed law under which an outage moves the end of the window to appeal.
fn accepting(id: &str, accepts: &str) -> String {
    let known = Catalogue::built_in().unwrap();
    let (_, digest) = known.text("IQ-L11-2007/1").unwrap();
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let title = r#"{ ar = "أ", ckb = "ب", en = "Outages", es = "Cortes" }"#;
    format!(
        "id = \"{id}\"\nversion = 1\nextends = \"IQ-L11-2007/1\"\n\
         extends-sha256 = \"{digest}\"\ntitle = {title}\neffective-from = 2025-01-01\n\n\
         [[rule]]\nkey = \"appeal-window\"\n[rule.period]\n\
         outages = \"next-working-day\"\naccepts = {accepts}\n"
    )
}

/// The window ends on Sunday the 23rd at three in the afternoon; all these come the next day.
#[tokio::test]
async fn an_outage_on_the_last_day_extends_under_a_rule_set_that_accepts_it_and_no_other() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    let mut south = test.office("alpha", "south").await;
    let mut north = test.office("alpha", "north").await;
    publish(&test, &mut head, calendar(None)).await;
    let time = "2025-11-19T12:00:00+03:00";
    open_under(&test, &mut head, certificate("214"), "IQ-L11-2007", time).await;
    for (id, accepts) in [("TEST-HUB", "[\"hub\"]"), ("TEST-LINK", "[\"link\"]")] {
        let name = format!("{id}/1");
        publish_rules(&test, &mut head, &name, &accepting(id, accepts)).await.unwrap();
    }
    let ms = |text: &str| at(text).cast_unsigned();
    let morning = (ms("2025-11-23T10:00:00+03:00"), ms("2025-11-23T11:00:00+03:00"));
    let hub = stated(&test, morning.0, morning.1).await;
    let monday = "2025-11-24T10:00:00+03:00";
    for (rules, conclusion, rests) in [
        ("IQ-L11-2007", "late", false),
        ("TEST-HUB", "on-time", true),
        ("TEST-LINK", "late", false),
    ] {
        let filed = open_under(&test, &mut north, appeal_against("214"), rules, monday).await;
        let timely = about(&filed.assessments, "timeliness", "appeal-window");
        assert_eq!(timely.readings[0].conclusion, conclusion, "{rules}");
        assert_eq!(timely.leaves.contains(&hub), rests, "{rules}: {:?}", timely.leaves);
    }

    // The same hour by an office's own word counts for that office, where links count.
    filed(&test, &mut south, morning).await;
    for (office, rules, conclusion) in [
        (&mut south, "TEST-LINK", "on-time"),
        (&mut north, "TEST-LINK", "late"),
        (&mut head, "IQ-L11-2007", "late"),
    ] {
        let filed = open_under(&test, office, appeal_against("214"), rules, monday).await;
        let timely = about(&filed.assessments, "timeliness", "appeal-window");
        assert_eq!(timely.readings[0].conclusion, conclusion, "{rules}");
        let shown = timely.inputs.iter().any(|input| input.name == "outage");
        assert_eq!(shown, conclusion == "on-time", "{:?}", timely.inputs);
    }
}
