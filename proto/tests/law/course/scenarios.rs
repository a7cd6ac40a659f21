//! The three scenarios and the pilot, step by step.

use super::*;

// Rule: IQ-L11-2007 appeal-window
// Rule: IQ-L11-2007 panel-period
// Rule: IQ-L11-2007 referral
// Rule: IQ-L11-2007 publication
#[test]
fn case_b_under_the_seed_law_step_by_step() {
    let mut case = under("IQ-L11-2007");
    decided(&mut case, "2025-11-16T12:00");
    let course = case.course("appeal", &[]);
    assert_eq!(next(&case, &course), ["publication, council, 8-V, open"]);

    published(&mut case, "2025-11-17", "2025-11-19");
    let course = case.course("appeal", &[]);
    assert_eq!(
        next(&case, &course),
        [
            "publication, council, 8-V, open",
            "appeal, appellant, 8-V, 2025-11-23 15:00",
            "direct-appeal, appellant, 8-III, 2025-11-23 15:00",
            "stands, nobody, 8-V, 2025-11-23 15:00",
        ]
    );
    let window = course.expected.iter().find(|step| step.step == "appeal").expect("it is there");
    let period = window.periods.first().expect("it runs");
    let first = [("A1", "first-publication-day")];
    assert_eq!(case.under_setting(period, &first), "2025-11-20 15:00", "both readings are told");

    let appeal = appealed(&mut case, "2025-11-23T14:10");
    let course = case.course("appeal", &[]);
    assert_eq!(next(&case, &course), ["referral, council, 8-VI, open"]);
    let step = course.taken.last().expect("it was taken");
    let said = step.timeliness.first().expect("it was measured");
    assert_eq!(finding(said), barid_proto::v1::AssessmentFinding::Contested);
    let sealed = case.timeliness(&appeal, "appeal-window");
    assert_eq!((&said.readings, &said.frame), (&sealed.readings, &sealed.frame));
    assert_eq!(said.as_of_size, appeal.leaf, "what came later is left out");

    let referral = case.referral("2025-11-24", "2025-11-24T10:00");
    let course = case.course("appeal", &[]);
    assert_eq!(next(&case, &course), ["docketing, panel, 8-III, open"]);

    registered(&mut case, &referral, "612/2025", PANEL, "2025-11-24T13:00");
    assert_eq!(next(&case, &case.course("appeal", &[])), PANEL_MAY);

    let content = SupplementFiled {
        appeal: Some(docket("ejp", "612/2025")),
        number: 1,
        ..SupplementFiled::default()
    };
    let kind = FilingKind::SupplementFiled;
    let content = Content::SupplementFiled(content);
    let supplement = filed(&mut case, kind, content, PANEL, "2025-11-25T10:00");
    let course = case.course("appeal", &[]);
    assert_eq!(next(&case, &course), PANEL_MAY, "a supplement moves nothing");
    let counted = course.supplements.first().expect("it is counted");
    assert_eq!((counted.leaf_index, counted.appeal_leaf), (supplement.leaf, Some(appeal.leaf)));

    ask_and_rule(&mut case, appeal.leaf);
}

// Rule: IQ-L31-2019 appeal-window
// Rule: IQ-L31-2019 council-answer
// Rule: IQ-L31-2019 panel-period
#[test]
fn case_b_under_the_law_of_2019_counts_working_days() {
    let mut case = under("IQ-L31-2019");
    decided(&mut case, "2025-11-16T12:00");
    published(&mut case, "2025-11-16", "2025-11-16");
    let told = next(&case, &case.course("appeal", &[]));
    let expected = "appeal, appellant, 20(1), 2025-11-19 15:00";
    assert!(told.contains(&expected.to_owned()), "{told:?}");
    appealed(&mut case, "2025-11-19T14:10");
    let referral = case.referral("2025-11-20", "2025-11-20T10:00");
    registered(&mut case, &referral, "612/2025", PANEL, "2025-11-20T13:00");
    case.query(barid_proto::v1::ClockEffect::Unspecified, "2025-11-20T14:00");
    let told = next(&case, &case.course("appeal", &[]));
    let expected = "answer, council, 20(2), 2025-12-01 24:00";
    assert!(told.contains(&expected.to_owned()), "the day on which all was sent: {told:?}");
    case.answer("2025-12-01T12:00");
    let told = next(&case, &case.course("appeal", &[]));
    let expected = "ruling-changes, panel, 20(3), 2025-12-15 24:00";
    assert!(told.contains(&expected.to_owned()), "ten working days more: {told:?}");
}

// Rule: IQ-L11-2007 delegated-decisions
// Rule: IQ-L11-2007 call-in
// Rule: IQ-L11-2007 decide-complaints
#[test]
fn case_a_under_the_seed_law_ends_when_the_decision_is_not_called_in() {
    let mut case = under("IQ-L11-2007");
    let instrument = act_of("ihec", "71", "2025-11-03");
    let granted = DelegationGranted {
        decision: Some(instrument.clone()),
        call_in_hours: 48,
        ..DelegationGranted::default()
    };
    let content = Content::DelegationGranted(granted);
    let act = case.act(FilingKind::DelegationGranted, content, COUNCIL, "2025-11-03T12:00");
    case.add_for_all(act);
    complaint(&mut case);
    let course = case.course("complaint-polling", &[]);
    assert_eq!(
        next(&case, &course),
        [
            "classification, committee, , open",
            "inquiry, office, , open",
            "delegated-decision, office, 8-II, open",
            "recommendation, office, 8-II, open",
            "decision, council, 4-V, open",
        ],
        "an inquiry may be left out"
    );
    let content = Content::InquiryReported(InquiryReported::default());
    filed(&mut case, FilingKind::InquiryReported, content, NINEVEH, "2025-11-16T10:00");
    let content = delegated(DelegationMode::Decide, Some(instrument));
    filed(&mut case, FilingKind::DelegatedDecision, content, NINEVEH, "2025-11-17T12:00");
    let course = case.course("complaint-polling", &[]);
    assert_eq!(
        next(&case, &course),
        [
            "called-in, council, 8-II, not begun",
            "not-called-in, council, 8-II, not begun",
            "call-in-lapsed, nobody, 8-II, not begun",
        ],
        "the time to call in runs from service"
    );
    let number = ActReference {
        institution: "ihec".to_owned(),
        number: "NIN-DD-2025-0019".to_owned(),
        ..ActReference::default()
    };
    let content = Content::ProofOfService(ProofOfService {
        act: Some(number),
        mode: ServiceMode::Hand.into(),
        served_at_unix_ms: case.instant("2025-11-17T14:00"),
        ..ProofOfService::default()
    });
    filed(&mut case, FilingKind::ProofOfService, content, NINEVEH, "2025-11-17T14:05");
    let told = next(&case, &case.course("complaint-polling", &[]));
    let lapses = "call-in-lapsed, nobody, 8-II, 2025-11-19 14:00";
    assert!(told.contains(&lapses.to_owned()), "48 hours, as the delegation says: {told:?}");
    let content = Content::CallIn(CallIn { called_in: false, ..CallIn::default() });
    filed(&mut case, FilingKind::CallIn, content, COUNCIL, "2025-11-19T13:00");
    let course = case.course("", &[]);
    assert_eq!(course.procedure, "complaint-polling", "found by its first filing");
    assert!(course.finished);
    assert!(next(&case, &course).is_empty());
    let last = course.taken.last().expect("it was taken");
    let said = last.timeliness.first().expect("it was measured");
    assert_eq!(said.readings[0].conclusion, "on-time");
}

// Rule: IQ-L31-2019 recommendations
// Rule: IQ-L31-2019 colours
#[test]
fn case_a_under_the_law_of_2019_goes_by_recommendation_to_the_council() {
    let mut case = under("IQ-L31-2019");
    complaint(&mut case);
    let content = delegated(DelegationMode::Recommend, None);
    filed(&mut case, FilingKind::DelegatedDecision, content, NINEVEH, "2025-11-17T12:00");
    let course = case.course("complaint-polling", &[]);
    assert_eq!(
        next(&case, &course),
        ["inquiry, office, , open", "decision, council, decisions, open"]
    );
    assert!(course.expected.first().is_some_and(|step| step.goes_back));
    decided(&mut case, "2025-11-19T12:00");
    let told = next(&case, &case.course("complaint-polling", &[]));
    assert_eq!(told, ["publication, council, 20(1), open"], "it goes on as any decision");
}

// Rule: IQ-L11-2007 call-in
#[test]
fn a_decision_that_is_called_in_goes_to_the_council() {
    let mut case = under("IQ-L11-2007");
    complaint(&mut case);
    let content = delegated(DelegationMode::Decide, None);
    filed(&mut case, FilingKind::DelegatedDecision, content, NINEVEH, "2025-11-17T12:00");
    let content = Content::CallIn(CallIn { called_in: true, ..CallIn::default() });
    filed(&mut case, FilingKind::CallIn, content, COUNCIL, "2025-11-18T12:00");
    let course = case.course("complaint-polling", &[]);
    assert_eq!(next(&case, &course), ["decision, council, 4-V, open"]);
    assert!(!course.finished);
}

// Rule: IQ-L11-2007 ratification
#[test]
fn case_c_from_the_closing_certificate_to_the_announcement() {
    let mut case = under("IQ-L11-2007");
    let content = Content::ClosingCertificate(ClosingCertificate::default());
    filed(&mut case, FilingKind::ClosingCertificate, content, PANEL, "2025-12-07T10:00");
    let told = next(&case, &case.course("ratification", &[]));
    assert_eq!(told, ["adoption, council, 4-VII, open"]);
    let content = Content::ResultsAdopted(ResultsAdopted::default());
    filed(&mut case, FilingKind::ResultsAdopted, content, COUNCIL, "2025-12-07T14:00");
    let told = next(&case, &case.course("ratification", &[]));
    assert_eq!(told, ["request, council, 4-VII, open"]);
    let request = requested(&mut case, "2025-12-08T10:00");
    registered(&mut case, &request, "235/اتحادية/2025", COURT, "2025-12-08T12:00");
    let may = [
        "court-query, court, 4-VII, open",
        "ratified, court, 4-VII, open",
        "ratified-in-part, court, 4-VII, open",
        "refused, court, 4-VII, open",
    ];
    assert_eq!(next(&case, &case.course("ratification", &[])), may);
    let content = Query { number: "1".to_owned(), ..Query::default() };
    filed(&mut case, FilingKind::Query, Content::Query(content), COURT, "2025-12-10T10:00");
    let course = case.course("ratification", &[]);
    assert_eq!(course.rests.len(), 1);
    case.answer("2025-12-10T14:00");
    let content = ratified(RatificationScope::Except);
    filed(&mut case, FilingKind::RatificationDecision, content, COURT, "2025-12-14T11:00");
    let course = case.course("ratification", &[]);
    assert_eq!(
        next(&case, &course),
        [
            "request, council, 4-VII, open",
            "notice, court, 4-VII, open",
            "announcement, council, 4-VII, open",
        ],
        "seats that were left out can be asked for again"
    );
    for _ in 0..4 {
        let content = Content::RatificationNotice(RatificationNotice::default());
        filed(&mut case, FilingKind::RatificationNotice, content, COURT, "2025-12-14T13:00");
    }
    let content = Content::ResultsAnnounced(ResultsAnnounced::default());
    filed(&mut case, FilingKind::ResultsAnnounced, content, COUNCIL, "2025-12-14T18:00");
    let course = case.course("ratification", &[]);
    assert!(course.finished && course.oddities.is_empty(), "{:?}", course.oddities);
    assert_eq!(course.taken.len(), 12);
}

// Rule: IQ-L31-2019 ratification-time
#[test]
fn no_text_says_by_when_the_court_ratifies() {
    let mut case = under("IQ-L31-2019");
    let content = Content::ClosingCertificate(ClosingCertificate::default());
    filed(&mut case, FilingKind::ClosingCertificate, content, PANEL, "2025-12-07T10:00");
    let content = Content::ResultsAdopted(ResultsAdopted::default());
    filed(&mut case, FilingKind::ResultsAdopted, content, COUNCIL, "2025-12-07T14:00");
    let request = requested(&mut case, "2025-12-08T10:00");
    let asked = case.assess(&request);
    assert!(asked.iter().all(|one| one.rule != "ratification-time"), "nothing is counted");
    let course = case.course("ratification", &[]);
    let waits: Vec<_> = course.expected.iter().filter(|step| step.owner == "court").collect();
    assert!(!waits.is_empty(), "{course:?}");
    for step in waits.into_iter().filter(|step| !step.any_time) {
        assert!(step.periods.is_empty() && !step.not_begun, "{step:?}");
    }
}

// Rule: IQ-L11-2007 ratification
#[test]
fn results_that_are_announced_before_they_are_ratified_are_told_and_not_refused() {
    let mut case = under("IQ-L11-2007");
    requested(&mut case, "2025-12-08T10:00");
    let content = Content::ResultsAnnounced(ResultsAnnounced::default());
    let announced =
        filed(&mut case, FilingKind::ResultsAnnounced, content, COUNCIL, "2025-12-09T10:00");
    let course = case.course("ratification", &[]);
    assert_eq!(taken(&course), ["request", "announcement"]);
    let early: Vec<_> = course.oddities.iter().map(|one| (one.leaf_index, &one.missing)).collect();
    assert_eq!(early[0], (announced.leaf - 1, &vec!["adoption".to_owned()]));
    assert_eq!(early[1], (announced.leaf, &vec!["ratified".to_owned()]));
}

// Rule: MX-LGSMIME time-to-challenge
// Rule: MX-LGSMIME notice-board
// Rule: MX-LGSMIME sending-the-file
// Rule: MX-LGSMIME assignment
#[test]
fn the_mexican_pilot_from_the_claim_to_the_judgment() {
    const LOCAL: (&str, &str) = ("ople", "main");
    const SALA: (&str, &str) = ("tepjf", "toluca");
    let mut case = Case::under("MX-LGSMIME");
    let claim = appeal(IntakeRoute::Referred, "", "1");
    let first = filed(&mut case, FilingKind::AppealFiled, claim, LOCAL, "2024-06-10T12:00");
    let course = case.course("impugnacion", &[]);
    let told = next(&case, &course);
    assert_eq!(
        told,
        ["estrados, council, 17, 2024-06-13 12:00", "informe, council, 18, 2024-06-14 12:00",],
        "72 hours for third parties, and 24 more for the file"
    );
    let board =
        ProofOfService { mode: ServiceMode::NoticeBoard.into(), ..ProofOfService::default() };
    let content = Content::ProofOfService(board);
    filed(&mut case, FilingKind::ProofOfService, content, LOCAL, "2024-06-10T13:00");
    let content = Content::Referral(Referral::default());
    let sent = filed(&mut case, FilingKind::Referral, content, LOCAL, "2024-06-14T10:00");
    registered(&mut case, &sent, "ST-JIN-81/2024", SALA, "2024-06-14T12:00");
    let content = ruling(Outcome::Inadmissible, Vec::new());
    filed(&mut case, FilingKind::RulingIssued, content, SALA, "2024-06-28T12:00");
    let course = case.course("impugnacion", &[]);
    assert!(course.finished && course.oddities.is_empty(), "{:?}", course.oddities);
    assert_eq!(taken(&course), ["demanda", "estrados", "informe", "turno", "sentencia-confirma"]);
    let informe = course.taken.get(2).and_then(|step| step.timeliness.first());
    assert_eq!(informe.map(|said| said.readings[0].conclusion.as_str()), Some("on-time"));
    assert_eq!(first.leaf, course.taken[0].leaf_index);
}
