//! What the law says about filings, through the hub: pinned rule sets, acts of other cases,
//! calendars, published overlays, decisions about many cases.

use barid_proto::rules::Catalogue;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    self, Assessment, AssessmentFinding, CivilDate, EnvelopeBody, FilingAssessment, Reason,
};
use prost::Message as _;

use super::fixture::*;
use crate::error::Error;
use crate::model::id::DocumentDigest;
use crate::model::place::english;

fn on(day: i32) -> Option<CivilDate> {
    Some(CivilDate { year: 2025, month: 11, day })
}

pub(super) fn at(text: &str) -> i64 {
    text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

fn decision(number: &str) -> Option<v1::ActReference> {
    Some(v1::ActReference {
        institution: "alpha".into(),
        number: number.into(),
        date: on(16),
        ..v1::ActReference::default()
    })
}

/// November and December 2025 at all offices of alpha, and a closure of one of them.
pub(super) fn calendar(closed: Option<(&str, i32)>) -> Content {
    let holidays = closed.map(|(_, day)| v1::Holiday {
        day: on(day),
        name: Some(english("local holiday".into())),
        announced_at_unix_ms: at("2025-11-19T10:00:00+03:00"),
        ..v1::Holiday::default()
    });
    let whole = closed.is_none();
    Content::HolidayCalendar(v1::HolidayCalendar {
        offices: closed.map(|(office, _)| address("alpha", office)).into_iter().collect(),
        holidays: holidays.into_iter().collect(),
        covers_from: on(1).filter(|_| whole),
        covers_until: Some(CivilDate { year: 2025, month: 12, day: 31 }).filter(|_| whole),
    })
}

pub(super) fn certificate(number: &str) -> Content {
    Content::PublicationCertificate(v1::PublicationCertificate {
        decision: decision(number),
        proofs: (17..=19)
            .map(|day| v1::PublicationProof {
                day: on(day),
                channel: v1::PublicationChannel::Newspaper.into(),
                outlet: "daily".into(),
                language: "ar".into(),
                ..v1::PublicationProof::default()
            })
            .collect(),
        first_day: on(17),
        last_day: on(19),
    })
}

pub(super) fn appeal_against(number: &str) -> Content {
    Content::AppealFiled(v1::AppealFiled {
        appellant: Some(v1::Person { full_name: "List 187".into(), ..v1::Person::default() }),
        challenged: decision(number),
        ..v1::AppealFiled::default()
    })
}

fn stamped(body: &mut EnvelopeBody, time: &str) {
    body.stamp = Some(v1::Stamp {
        office: body.sender.clone(),
        stamped_at_unix_ms: at(time),
        utc_offset_minutes: 180,
        ..v1::Stamp::default()
    });
}

/// A filing for everybody, in no case.
pub(super) async fn publish(test: &TestHub, office: &mut TestOffice, content: Content) -> u64 {
    let mut body = office.body(content);
    body.data_class = v1::DataClass::Published.into();
    office.submit(&test.hub, body).await.unwrap().receipt.unwrap().leaf_index
}

/// Opens a case with a filing under a rule set.
pub(super) async fn open_under(
    test: &TestHub,
    office: &mut TestOffice,
    content: Content,
    rules: &str,
    time: &str,
) -> v1::SubmitResponse {
    let mut body = office.body(content);
    body.rule_set_id = rules.into();
    stamped(&mut body, time);
    office.submit(&test.hub, body).await.unwrap()
}

pub(super) fn about<'a>(
    assessments: &'a [Assessment],
    subject: &str,
    rule: &str,
) -> &'a Assessment {
    let fits = |one: &&Assessment| one.subject == subject && one.rule == rule;
    assessments.iter().find(fits).unwrap_or_else(|| panic!("no {subject} {rule}: {assessments:#?}"))
}

#[tokio::test]
async fn an_appeal_is_measured_by_a_publication_in_another_case_and_by_its_office() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    let mut south = test.office("alpha", "south").await;
    let mut north = test.office("alpha", "north").await;
    let whole = publish(&test, &mut head, calendar(None)).await;
    let local = publish(&test, &mut head, calendar(Some(("south", 23)))).await;
    let opened = open_under(
        &test,
        &mut head,
        certificate("214"),
        "IQ-L11-2007",
        "2025-11-19T12:00:00+03:00",
    )
    .await;
    // It opens the window, and says that it ends a day later at the office that is closed.
    let windows: Vec<_> =
        opened.assessments.iter().filter(|one| one.rule == "appeal-window").collect();
    let ends = |one: &Assessment| one.readings[0].period.as_ref().unwrap().deadline_unix_ms;
    assert_eq!(windows.len(), 2);
    assert_eq!(ends(windows[0]), at("2025-11-23T15:00:00+03:00"));
    assert_eq!(ends(windows[1]), at("2025-11-24T15:00:00+03:00"));
    assert_eq!(windows[1].frame.as_ref().unwrap().office, Some(address("alpha", "south")));

    let published = opened.receipt.unwrap().leaf_index;
    let time = "2025-11-23T14:10:00+03:00";
    let filed = open_under(&test, &mut north, appeal_against("214"), "IQ-L11-2007", time).await;
    let timely = about(&filed.assessments, "timeliness", "appeal-window");
    assert_eq!(
        timely.finding(),
        AssessmentFinding::Contested,
        "in under one reading, out under another"
    );
    assert_eq!(timely.rule_set_id, "IQ-L11-2007/1");
    assert_eq!(timely.leaves, [whole, published]);
    let frame = timely.frame.as_ref().unwrap();
    assert_eq!(frame.trigger_leaf, Some(published));
    assert_eq!(frame.measured_unix_ms, at(time));
    let settings: usize = timely.readings.iter().map(|reading| reading.settings.len()).sum();
    assert_eq!(settings, 32, "five switches, each set both ways");

    // The same hour of the next day is in time only where the office was closed.
    let time = "2025-11-24T14:10:00+03:00";
    let late = open_under(&test, &mut north, appeal_against("214"), "IQ-L11-2007", time).await;
    let at_south = open_under(&test, &mut south, appeal_against("214"), "IQ-L11-2007", time).await;
    let preferred = |response: &v1::SubmitResponse| {
        about(&response.assessments, "timeliness", "appeal-window").readings[0].conclusion.clone()
    };
    assert_eq!(preferred(&late), "late");
    assert_eq!(preferred(&at_south), "on-time");
    assert!(about(&at_south.assessments, "timeliness", "appeal-window").leaves.contains(&local));
}

#[tokio::test]
async fn what_no_calendar_knows_is_not_decided() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    let time = "2025-11-19T12:00:00+03:00";
    open_under(&test, &mut head, certificate("214"), "IQ-L11-2007", time).await;
    let time = "2025-11-20T12:00:00+03:00";
    let filed = open_under(&test, &mut head, appeal_against("214"), "IQ-L11-2007", time).await;
    let timely = about(&filed.assessments, "timeliness", "appeal-window");
    assert_eq!(timely.readings[0].conclusion, "no-calendar");
    let unknown = about(&filed.assessments, "timeliness", "appeal-window");
    assert_eq!(unknown.readings[0].period.as_ref().unwrap().doubtful_day, on(22));
    // An appeal against what nobody published is not decided either.
    let filed = open_under(&test, &mut head, appeal_against("215"), "IQ-L11-2007", time).await;
    let timely = about(&filed.assessments, "timeliness", "appeal-window");
    assert_eq!(timely.finding(), AssessmentFinding::Undecided);
    assert_eq!(timely.readings[0].conclusion, "trigger-unknown");
}

#[tokio::test]
async fn papers_of_another_class_of_data_count_for_nothing() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    publish(&test, &mut head, calendar(None)).await;
    let mut made_up = head.body(certificate("214"));
    made_up.data_class = v1::DataClass::Synthetic.into();
    made_up.rule_set_id = "IQ-L11-2007".into();
    head.submit(&test.hub, made_up).await.unwrap();
    let time = "2025-11-20T12:00:00+03:00";
    let filed = open_under(&test, &mut head, appeal_against("214"), "IQ-L11-2007", time).await;
    let timely = about(&filed.assessments, "timeliness", "appeal-window");
    assert_eq!(timely.readings[0].conclusion, "trigger-unknown");
}

#[tokio::test]
async fn what_the_law_would_say_is_known_before_anything_is_signed() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    publish(&test, &mut head, calendar(None)).await;
    let time = "2025-11-19T12:00:00+03:00";
    open_under(&test, &mut head, certificate("214"), "IQ-L11-2007", time).await;
    let ask = |time: &str, rule_set_id: &str| v1::CheckRequest {
        kind: v1::FilingKind::AppealFiled.into(),
        content: Some(v1::FilingContent { content: Some(appeal_against("214")) }),
        foreseen: Some(v1::ForeseenFiling {
            rule_set_id: rule_set_id.into(),
            stamp: Some(v1::Stamp {
                office: Some(address("alpha", "north")),
                stamped_at_unix_ms: at(time),
                ..v1::Stamp::default()
            }),
            data_class: v1::DataClass::Live.into(),
            ..v1::ForeseenFiling::default()
        }),
        ..v1::CheckRequest::default()
    };
    let north = caller("alpha", "north");
    let said = async |time, rules| test.hub.check(&north, ask(time, rules)).await.unwrap();
    let five_to = said("2025-11-23T14:55:00+03:00", "IQ-L11-2007").await;
    let timely = about(&five_to.assessments, "timeliness", "appeal-window");
    assert_eq!(timely.readings[0].conclusion, "on-time");
    let five_past = said("2025-11-23T15:05:00+03:00", "IQ-L11-2007").await;
    assert!(five_past.acceptable, "late papers are accepted and marked");
    let timely = about(&five_past.assessments, "timeliness", "appeal-window");
    assert_eq!(timely.readings[0].conclusion, "late");
    assert!(said("2025-11-23T14:55:00+03:00", "").await.assessments.is_empty());
    // A case of others does not exist for whoever asks.
    let mut elsewhere = ask("2025-11-23T14:55:00+03:00", "");
    elsewhere.foreseen.as_mut().unwrap().case_id = vec![7; 16];
    assert_eq!(reason(test.hub.check(&north, elsewhere).await), Reason::NotFound);
}

#[tokio::test]
async fn a_case_stays_pinned_to_its_rule_set() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    let time = "2025-11-19T12:00:00+03:00";
    let opened = open_under(&test, &mut head, complaint(), "IQ-L11-2007", time).await;
    let case_id = opened.receipt.unwrap().case_id;
    let request = v1::GetCaseRequest { case_id: case_id.clone(), docket_number: None };
    let case = test.hub.case(&head.caller, request).await.unwrap().case.unwrap();
    assert_eq!(case.rule_set_id, "IQ-L11-2007/1", "with its version");
    // A later filing of the case comes under the same, whatever it names.
    let mut body = head.body(certificate("214"));
    body.case = Some(v1::CaseReference { case_id, docket_numbers: Vec::new() });
    body.rule_set_id = "IQ-L31-2019".into();
    let filed = head.submit(&test.hub, body).await.unwrap();
    about(&filed.assessments, "period", "appeal-window");
    assert!(filed.assessments.iter().all(|one| !one.rule_set_id.starts_with("IQ-L31")));
}

#[tokio::test]
async fn an_unknown_rule_set_decides_nothing_and_refuses_nothing() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    let time = "2025-11-19T12:00:00+03:00";
    let opened = open_under(&test, &mut head, certificate("214"), "XX-NOWHERE-1999", time).await;
    let unknown = about(&opened.assessments, "rule-set", "");
    assert_eq!(unknown.finding(), AssessmentFinding::Undecided);
    assert_eq!(unknown.rule_set_id, "XX-NOWHERE-1999");
    assert_eq!(unknown.explanation.as_ref().unwrap().renderings.len(), 4);
}

/// A rule set over the seed law with a window of five days.
fn overlay(length: &str) -> String {
    let known = Catalogue::built_in().unwrap();
    let (_, digest) = known.text("IQ-L11-2007/1").unwrap();
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let title = r#"{ ar = "أ", ckb = "ب", en = "Five days", es = "Cinco" }"#;
    format!(
        "id = \"TEST-FIVE\"\nversion = 1\nextends = \"IQ-L11-2007/1\"\n\
         extends-sha256 = \"{digest}\"\ntitle = {title}\neffective-from = 2025-01-01\n\n\
         [[rule]]\nkey = \"appeal-window\"\n[rule.period]\nlength = {length}\n"
    )
}

/// Publishes a text as a rule set of this name.
pub(super) async fn publish_rules(
    test: &TestHub,
    office: &mut TestOffice,
    name: &str,
    text: &str,
) -> Result<v1::SubmitResponse, Error> {
    let digest = DocumentDigest::of(text.as_bytes()).to_vec();
    let mut body = office.body(Content::RuleSetPublished(v1::RuleSetPublished {
        rule_set_id: name.into(),
        sha256: digest.clone(),
        ..v1::RuleSetPublished::default()
    }));
    body.data_class = v1::DataClass::Published.into();
    body.lead = Some(v1::LeadDocument {
        format: "barid/rule-set+toml".into(),
        name: "rules.toml".into(),
        media_type: "application/toml".into(),
        size_bytes: text.len() as u64,
        sha256: digest,
        chunk_root: Vec::new(),
    });
    let envelope = office.sign(body);
    let documents = vec![v1::InlineDocument { content: text.as_bytes().to_vec().into() }];
    office.submit_signed(&test.hub, envelope, documents).await
}

#[tokio::test]
async fn a_published_rule_set_is_used_from_then_on() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    publish(&test, &mut head, calendar(None)).await;
    let time = "2025-11-19T12:00:00+03:00";
    let before = open_under(&test, &mut head, certificate("1"), "TEST-FIVE", time).await;
    about(&before.assessments, "rule-set", "");
    publish_rules(&test, &mut head, "TEST-FIVE/1", &overlay("5")).await.unwrap();
    let after = open_under(&test, &mut head, certificate("2"), "TEST-FIVE", time).await;
    let window = about(&after.assessments, "period", "appeal-window");
    assert_eq!(window.rule_set_id, "TEST-FIVE/1");
    let deadline = window.readings[0].period.as_ref().unwrap().deadline_unix_ms;
    assert_eq!(deadline, at("2025-11-24T15:00:00+03:00"));
}

#[tokio::test]
async fn a_rule_set_that_cannot_be_used_is_refused_with_the_place() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    let text = overlay("0");
    let error = publish_rules(&test, &mut head, "TEST-FIVE/1", &text).await.unwrap_err();
    let Error::Refused(refusal) = error else { panic!("{error}") };
    assert_eq!(refusal.reason, Reason::Unreadable);
    let place = refusal.problems[0].place.as_ref().unwrap();
    assert_eq!((place.line, place.path.as_str()), (11, "rule.appeal-window.period.length"));

    let good = overlay("5");
    let other_name = publish_rules(&test, &mut head, "TEST-SIX/1", &good).await;
    assert_eq!(reason(other_name), Reason::ContentInvalid);
    publish_rules(&test, &mut head, "TEST-FIVE/1", &good).await.unwrap();
    let edited = publish_rules(&test, &mut head, "TEST-FIVE/1", &overlay("6")).await;
    assert_eq!(reason(edited), Reason::Unreadable, "a version is never edited");
    let without_text = head.body(Content::RuleSetPublished(v1::RuleSetPublished {
        rule_set_id: "X/1".into(),
        sha256: vec![7; 32],
        ..v1::RuleSetPublished::default()
    }));
    let without_text = EnvelopeBody { data_class: v1::DataClass::Published.into(), ..without_text };
    assert_eq!(reason(head.submit(&test.hub, without_text).await), Reason::ContentInvalid);
}

#[tokio::test]
async fn a_decision_about_many_cases_stands_on_the_docket_of_each() {
    let test = TestHub::new();
    let mut head = test.office("alpha", "head").await;
    let mut south = test.office("alpha", "south").await;
    let number = |text: &str| v1::DocketNumber {
        institution: "alpha".into(),
        literal: text.into(),
        normal: String::new(),
    };
    let mut cases = Vec::new();
    for text in ["CMP-1", "CMP-2"] {
        let mut body = south.body(complaint());
        body.recipients = vec![address("alpha", "head")];
        body.case = Some(v1::CaseReference {
            case_id: body.envelope_id.clone(),
            docket_numbers: vec![number(text)],
        });
        cases.push(south.submit(&test.hub, body).await.unwrap().receipt.unwrap().case_id);
    }
    let outcome = |text: &str| v1::CaseOutcome {
        docket_number: Some(number(text)),
        outcome: v1::Outcome::Rejected.into(),
        reason: None,
    };
    let batch = head.body(Content::CouncilDecision(v1::CouncilDecision {
        decision: decision("300"),
        outcomes: ["CMP-1", "CMP-2", "CMP-unknown"].map(outcome).into(),
        ..v1::CouncilDecision::default()
    }));
    let receipt = head.submit(&test.hub, batch).await.unwrap().receipt.unwrap();
    for case_id in &cases {
        let request = v1::GetCaseRequest { case_id: case_id.clone(), docket_number: None };
        let seen = test.hub.case(&south.caller, request).await.unwrap();
        let line = seen.entries.last().unwrap().filing.as_ref().unwrap();
        assert_eq!(seen.entries.len(), 2, "the complaint and the decision");
        assert_eq!(line.receipt.as_ref().unwrap().leaf_index, receipt.leaf_index);
        let added = FilingAssessment::decode(line.assessment.as_ref()).unwrap();
        assert_eq!(added.also_in_cases, cases, "the log says on which dockets it stands");
    }
    let stranger = v1::GetCaseRequest { case_id: cases[0].clone(), docket_number: None };
    let refused = test.hub.case(&caller("beta", "desk"), stranger).await;
    assert_eq!(reason(refused), Reason::NotFound);
}
