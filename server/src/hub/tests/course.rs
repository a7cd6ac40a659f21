//! Where a case stands, as the hub tells it to those who may know.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, CivilDate, EnvelopeBody, Reason};

use super::fixture::*;

const RULES: &str = "IQ-L11-2007";

fn on(day: i32) -> Option<CivilDate> {
    Some(CivilDate { year: 2025, month: 11, day })
}

fn decision() -> Option<v1::ActReference> {
    let (institution, number) = ("alpha".to_owned(), "214".to_owned());
    Some(v1::ActReference { institution, number, date: on(16), ..v1::ActReference::default() })
}

fn appeal_of(entity: &str, route: v1::IntakeRoute) -> Content {
    Content::AppealFiled(v1::AppealFiled {
        appellant: Some(v1::Person {
            full_name: "List".into(),
            entity_number: entity.into(),
            ..v1::Person::default()
        }),
        challenged: decision(),
        route: route.into(),
        ..v1::AppealFiled::default()
    })
}

fn certificate() -> Content {
    Content::PublicationCertificate(v1::PublicationCertificate {
        decision: decision(),
        proofs: vec![v1::PublicationProof {
            day: on(21),
            channel: v1::PublicationChannel::Newspaper.into(),
            outlet: "daily".into(),
            language: "ar".into(),
            ..v1::PublicationProof::default()
        }],
        first_day: on(21),
        last_day: on(21),
    })
}

fn calendar() -> Content {
    Content::HolidayCalendar(v1::HolidayCalendar {
        covers_from: on(1),
        covers_until: Some(CivilDate { year: 2025, month: 12, day: 31 }),
        ..v1::HolidayCalendar::default()
    })
}

async fn filed(test: &TestHub, office: &mut TestOffice, body: EnvelopeBody) -> v1::Receipt {
    office.submit(&test.hub, body).await.unwrap().receipt.unwrap()
}

/// Opens a case under the seed law, addressed to the panel.
async fn opened(test: &TestHub, office: &mut TestOffice, content: Content) -> v1::Receipt {
    let mut body = office.body(content);
    body.rule_set_id = RULES.into();
    body.recipients = vec![address("alpha", "head"), address("beta", "desk")];
    filed(test, office, body).await
}

fn inside(body: &mut EnvelopeBody, case_id: &[u8]) {
    let case_id = case_id.to_vec();
    body.case = Some(v1::CaseReference { case_id, docket_numbers: Vec::new() });
}

async fn told(test: &TestHub, office: &TestOffice, case_id: &[u8]) -> v1::GetCourseResponse {
    let request = v1::GetCourseRequest { case_id: case_id.to_vec(), docket_number: None };
    test.hub.course(&office.caller, request).await.unwrap()
}

fn steps(response: &v1::GetCourseResponse) -> Vec<String> {
    let course = response.course.as_ref().unwrap();
    course.taken.iter().map(|step| step.step.clone()).collect()
}

#[tokio::test]
async fn a_course_says_what_was_done_and_what_may_come_until_when() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    let mut desk = test.office("beta", "desk").await;
    let mut body = head.body(calendar());
    body.data_class = v1::DataClass::Published.into();
    filed(&test, &mut head, body).await;
    let receipt = opened(&test, &mut head, certificate()).await;
    let response = told(&test, &desk, &receipt.case_id).await;
    assert_eq!(response.rule_set_id, "IQ-L11-2007/1");
    assert!(!response.left_out);
    let course = response.course.as_ref().unwrap();
    assert!(course.procedure.is_empty(), "a certificate begins no procedure");

    // The appeal opens a case of its own; the publication counts there too.
    let appeal = appeal_of("187", v1::IntakeRoute::Referred);
    let receipt = opened(&test, &mut head, appeal).await;
    let response = told(&test, &desk, &receipt.case_id).await;
    let course = response.course.as_ref().unwrap();
    assert_eq!(course.procedure, "appeal");
    assert_eq!(steps(&response), ["appeal"]);
    let said = &course.taken[0].timeliness[0];
    assert_eq!(said.rule, "appeal-window");
    assert_eq!(said.readings[0].conclusion, "on-time");
    let next: Vec<&str> = course
        .expected
        .iter()
        .filter(|step| !step.any_time)
        .map(|step| step.step.as_str())
        .collect();
    assert_eq!(next, ["referral"]);

    let mut body = head.body(Content::Referral(v1::Referral {
        letter: Some(v1::ActReference {
            institution: "alpha".into(),
            number: "61".into(),
            date: on(23),
            ..v1::ActReference::default()
        }),
        recommendation: v1::Outcome::Rejected.into(),
        ..v1::Referral::default()
    }));
    body.recipients = vec![address("beta", "desk")];
    inside(&mut body, &receipt.case_id);
    let referral = filed(&test, &mut head, body).await;
    let mut body = desk.body(Content::Registration(v1::Registration {
        docket_number: Some(v1::DocketNumber {
            institution: "beta".into(),
            literal: "612/2025".into(),
            normal: String::new(),
        }),
        registered_at_unix_ms: 1,
        ..v1::Registration::default()
    }));
    body.recipients = vec![address("alpha", "head")];
    body.in_reply_to = Some(v1::EnvelopeReference {
        digest: referral.envelope_digest,
        leaf_index: referral.leaf_index,
    });
    let docketed = filed(&test, &mut desk, body).await.leaf_index;
    let response = told(&test, &head, &receipt.case_id).await;
    assert_eq!(steps(&response), ["appeal", "referral", "docketing"]);
    let course = response.course.unwrap();
    let ruling = course.expected.iter().find(|step| step.step == "ruling-stands").unwrap();
    assert_eq!(ruling.article, "8-VI");
    assert_eq!(ruling.since_leaf, Some(docketed));
}

#[tokio::test]
async fn a_course_is_made_of_what_its_reader_may_read() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let desk = test.office("beta", "desk").await;
    let head = test.office("alpha", "head").await;
    let appeal = || appeal_of("187", v1::IntakeRoute::Referred);
    let receipt = opened(&test, &mut south, appeal()).await;
    let mut body = south.body(appeal());
    body.recipients = vec![address("alpha", "head")];
    body.confidentiality = v1::Confidentiality::Restricted.into();
    inside(&mut body, &receipt.case_id);
    let leaf = filed(&test, &mut south, body).await.leaf_index;
    let whole = told(&test, &head, &receipt.case_id).await;
    assert!(!whole.left_out);
    let again = whole.course.unwrap().oddities;
    assert_eq!(again.iter().map(|odd| odd.leaf_index).collect::<Vec<_>>(), [leaf]);
    let part = told(&test, &desk, &receipt.case_id).await;
    assert!(part.left_out, "it is said that something is missing");
    assert!(part.course.unwrap().oddities.is_empty());
    let stranger = test.office("gamma", "desk").await;
    let request = v1::GetCourseRequest { case_id: receipt.case_id, docket_number: None };
    assert_eq!(reason(test.hub.course(&stranger.caller, request).await), Reason::NotFound);
}

#[tokio::test]
async fn an_appeal_that_came_both_ways_is_told_to_who_may_read_both() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    let mut north = test.office("alpha", "north").await;
    let mut desk = test.office("beta", "desk").await;
    let first = opened(&test, &mut head, appeal_of("187", v1::IntakeRoute::Referred)).await;
    let other = opened(&test, &mut head, appeal_of("188", v1::IntakeRoute::Referred)).await;
    let mut body = desk.body(appeal_of("187", v1::IntakeRoute::Direct));
    body.rule_set_id = RULES.into();
    let second = filed(&test, &mut desk, body).await;
    let pairs = |response: v1::GetCourseResponse| -> Vec<(u64, u64, bool)> {
        let duplicates = response.course.unwrap().duplicates;
        duplicates.iter().map(|one| (one.earlier_leaf, one.later_leaf, one.both_routes)).collect()
    };
    let both = vec![(first.leaf_index, second.leaf_index, true)];
    assert_eq!(pairs(told(&test, &desk, &first.case_id).await), both);
    assert_eq!(pairs(told(&test, &desk, &second.case_id).await), both);
    assert!(pairs(told(&test, &desk, &other.case_id).await).is_empty(), "another appellant");
    // The commission is not a party to what was filed with the panel alone.
    let response = told(&test, &head, &first.case_id).await;
    assert!(!response.left_out, "nothing of this case is missing");
    assert!(pairs(response).is_empty());
    // An appeal counts for no case but its own: what is assessed does not change.
    let third = opened(&test, &mut north, appeal_of("187", v1::IntakeRoute::Referred)).await;
    let response = told(&test, &head, &third.case_id).await;
    assert_eq!(pairs(response), [(first.leaf_index, third.leaf_index, false)]);
}

#[tokio::test]
async fn without_a_known_rule_set_there_is_no_course() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    let body = head.body(complaint());
    let receipt = filed(&test, &mut head, body).await;
    let response = told(&test, &head, &receipt.case_id).await;
    assert_eq!((response.course, response.rule_set_id), (None, String::new()));
    assert_eq!(response.case_id, receipt.case_id);
    let request = v1::GetCourseRequest { case_id: vec![1; 3], docket_number: None };
    assert_eq!(reason(test.hub.course(&head.caller, request).await), Reason::RequestInvalid);
}
