//! Differences between registers, filed and settled, and what they are to a dossier.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, Assessment, AssessmentFinding, Reason};

use super::fixture::*;
use crate::model::place::english;

const EVENT: &str = "CoR-2025-6";

fn number(institution: &str, literal: &str) -> v1::DocketNumber {
    v1::DocketNumber {
        institution: institution.into(),
        literal: literal.into(),
        ..v1::DocketNumber::default()
    }
}

/// An appeal that the panel has to look for.
fn lost(literal: &str, resolution: Option<&str>) -> v1::ReconciliationException {
    v1::ReconciliationException {
        kind: v1::ExceptionKind::LostInTransfer.into(),
        ours: Some(number("alpha", literal)),
        owner: Some(address("beta", "desk")),
        due_on: Some(v1::CivilDate { year: 2025, month: 12, day: 1 }),
        resolution: resolution.map(|how| english(how.to_owned())),
        ..v1::ReconciliationException::default()
    }
}

fn filed(
    office: &mut TestOffice,
    to: &str,
    exception: v1::ReconciliationException,
) -> v1::EnvelopeBody {
    let mut body = office.body(Content::ReconciliationException(exception));
    body.recipients = vec![address(to, if to == "alpha" { "head" } else { "desk" })];
    body.election_event_id = EVENT.into();
    body
}

/// What is said about the registers when results are to be ratified now.
async fn dossier(test: &TestHub, office: &mut TestOffice) -> Assessment {
    let mut body = office.body(Content::RatificationRequest(v1::RatificationRequest {
        letter: Some(v1::ActReference {
            institution: "alpha".into(),
            number: format!("79/{}", office.sequence),
            date: Some(v1::CivilDate { year: 2025, month: 12, day: 8 }),
            ..v1::ActReference::default()
        }),
        winners: vec![v1::Winner {
            seat: 1,
            full_name: "One Two".into(),
            constituency: "South".into(),
            candidate_id: "7".into(),
            ..v1::Winner::default()
        }],
        closing_certificate: Some(v1::ActReference {
            institution: "beta".into(),
            number: "9".into(),
            ..v1::ActReference::default()
        }),
        appeals: Some(v1::AppealsAccount::default()),
        ..v1::RatificationRequest::default()
    }));
    body.recipients = vec![address("gamma", "desk")];
    body.case = Some(v1::CaseReference::default());
    body.election_event_id = EVENT.into();
    let accepted = office.submit(&test.hub, body).await.unwrap();
    accepted.assessments.into_iter().find(|one| one.subject == "registers").unwrap()
}

#[tokio::test]
async fn a_dossier_is_not_reconciled_until_what_differs_is_settled() {
    let test = TestHub::new();
    let mut commission = test.office("alpha", "head").await;
    let mut panel = test.office("beta", "desk").await;
    let concluded = |found: &Assessment| (found.finding(), found.readings[0].conclusion.clone());
    let told = |word: &str| word.to_owned();
    let found = dossier(&test, &mut commission).await;
    assert_eq!(concluded(&found), (AssessmentFinding::InOrder, told("reconciled")));
    // Either side files what it finds; the dossier is the commission's.
    for (literal, by_panel) in [("BAS-APL-2025-0003", false), ("BAS-APL-2025-0004", true)] {
        let (office, to) = if by_panel { (&mut panel, "alpha") } else { (&mut commission, "beta") };
        let body = filed(office, to, lost(literal, None));
        office.submit(&test.hub, body).await.unwrap();
    }
    let found = dossier(&test, &mut commission).await;
    assert_eq!(concluded(&found), (AssessmentFinding::OutOfOrder, told("exceptions-open")));
    let open = found.inputs.iter().filter(|input| input.name == "exception");
    let open: Vec<&str> = open.map(|input| input.value.as_str()).collect();
    assert!(open[0].contains("BAS-APL-2025-0003 / -; owner beta; due 2025-12-01"), "{open:?}");
    assert_eq!((open.len(), found.leaves.len()), (2, 2));
    for literal in ["BAS-APL-2025-0003", "BAS-APL-2025-0004"] {
        let body = filed(&mut panel, "alpha", lost(literal, Some("found: joined to 612/2025")));
        panel.submit(&test.hub, body).await.unwrap();
    }
    let found = dossier(&test, &mut commission).await;
    assert_eq!(concluded(&found), (AssessmentFinding::InOrder, told("reconciled")));
    assert_eq!(found.leaves.len(), 4, "what it rests on");
    // Whoever reads the dossier can read that, too.
    let court = test.office("gamma", "desk").await;
    for leaf in found.leaves {
        let request = v1::GetFilingRequest { leaf_index: Some(leaf), ..Default::default() };
        test.hub.filing(&court.caller, request).await.unwrap();
    }
}

#[tokio::test]
async fn a_verdict_names_both_cases() {
    let test = TestHub::new();
    let mut commission = test.office("alpha", "head").await;
    let mut one = lost("BAS-APL-2025-0003", None);
    one.verdict = v1::MatchVerdict::One.into();
    let body = filed(&mut commission, "beta", one.clone());
    let refused = commission.submit(&test.hub, body).await;
    assert_eq!(reason(refused), Reason::ContentInvalid);
    one.theirs = Some(number("beta", "612/2025"));
    let body = filed(&mut commission, "beta", one);
    commission.submit(&test.hub, body).await.unwrap();
}

#[tokio::test]
async fn differences_are_listed_for_whoever_holds_their_class_of_data() {
    let test = TestHub::new();
    let mut commission = test.office("alpha", "head").await;
    let mut panel = test.office("beta", "desk").await;
    for n in 0..3 {
        let body = filed(&mut commission, "beta", lost(&format!("a/{n}"), None));
        commission.submit(&test.hub, body).await.unwrap();
        let body = filed(&mut panel, "alpha", lost(&format!("a/{n}"), Some("found")));
        panel.submit(&test.hub, body).await.unwrap();
    }
    let list = |caller: &'static str, event: &str, page_size, page_token: String| {
        let election_event_id = event.to_owned();
        let request = v1::ListExceptionsRequest { election_event_id, page_size, page_token };
        let caller = super::fixture::caller(caller, "desk");
        let hub = std::sync::Arc::clone(&test.hub);
        async move { hub.exceptions(&caller, request).await }
    };
    let mut leaves = Vec::new();
    let mut token = String::new();
    loop {
        // The court is a party to none of them.
        let page = list("gamma", "cor-2025-6", 4, token).await.unwrap();
        leaves.extend(page.exceptions.iter().map(|one| one.receipt.clone().unwrap().leaf_index));
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    assert!(leaves.len() == 6 && leaves.is_sorted(), "{leaves:?}");
    let of_partner = list("delta", EVENT, 0, String::new()).await.unwrap();
    assert_eq!(of_partner.exceptions, [], "a partner holds no live data");
    let of_other = list("gamma", "CoK-2024", 0, String::new()).await.unwrap();
    assert_eq!(of_other.exceptions, []);
    let nameless = list("gamma", "", 0, String::new()).await;
    assert_eq!(reason(nameless), Reason::RequestInvalid);
    let page = list("gamma", EVENT, 501, String::new()).await;
    assert_eq!(reason(page), Reason::RequestInvalid);
}
