//! Cases followed through their procedures, step by step: what may come next, from whom, until when.

use barid_proto::assess::Act;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    ActReference, Answer, AppealFiled, AppealWithdrawn, CallIn, CaseReference, CaseRelation,
    ClosingCertificate, Colour, ComplaintClassified, ComplaintRegistered, CouncilDecision, Course,
    CourseLinkKind, CourseOddityKind, CourseRestKind, CourseTaskKind, CourseTaskStanding,
    CriminalReferral, CriminalReferralAcknowledged, DelegatedDecision, DelegationGranted,
    DelegationMode, DocketNumber, EnvelopeReference, FilingKind, ImplementationReport,
    ImplementationTask, InquiryReported, IntakeRoute, InterimOrder, JoinCases, LinkCases,
    OperativeClause, Outcome, Person, ProofOfService, PublicationCertificate, Query,
    RatificationDecision, RatificationNotice, RatificationRequest, RatificationScope, Referral,
    Registration, ResultsAdopted, ResultsAnnounced, ReturnToCouncil, RulingIssued, ServiceMode,
    SplitCases, SupplementFiled,
};

use crate::fixture::{Case, at, civil, decision, finding, stamped};

const COUNCIL: (&str, &str) = ("ihec", "council");
const PANEL: (&str, &str) = ("ejp", "registry");
const BASRA: (&str, &str) = ("ihec", "geo-bas");
const NINEVEH: (&str, &str) = ("ihec", "geo-nin");
const COURT: (&str, &str) = ("fsc", "registry");

fn under(rules: &str) -> Case {
    Case::under(rules)
        .with_calendar("ihec", "2025-10-01", "2026-03-31")
        .with_calendar("ejp", "2025-10-01", "2026-03-31")
        .with_calendar("fsc", "2025-10-01", "2026-03-31")
}

/// An act in the case, by whom and when.
fn file(case: &mut Case, kind: FilingKind, content: Content, by: (&str, &str), when: &str) -> Act {
    let act = case.act(kind, content, by, when);
    case.add(act)
}

/// An act that answers another.
fn reply(
    case: &mut Case,
    to: &Act,
    kind: FilingKind,
    content: Content,
    by: (&str, &str),
    when: &str,
) -> Act {
    let mut act = case.act(kind, content, by, when);
    let digest = to.digest.to_vec();
    act.body.in_reply_to = Some(EnvelopeReference { digest, ..EnvelopeReference::default() });
    case.add(act)
}

fn act_of(institution: &str, number: &str, day: &str) -> ActReference {
    ActReference {
        institution: institution.to_owned(),
        number: number.to_owned(),
        date: Some(civil(day)),
        ..ActReference::default()
    }
}

fn docket(institution: &str, number: &str) -> DocketNumber {
    DocketNumber {
        institution: institution.to_owned(),
        literal: number.to_owned(),
        normal: String::new(),
    }
}

fn clause(number: u32, charged: Option<(&str, &str)>, due: Option<&str>) -> OperativeClause {
    OperativeClause {
        number,
        charged: charged.map(|(institution, office)| at(institution, office)),
        due_on: due.map(civil),
        ..OperativeClause::default()
    }
}

/// What may come next: `step, owner, article, until when`; what may come at any time is left out.
fn next(case: &Case, course: &Course) -> Vec<String> {
    let ordinary = course.expected.iter().filter(|step| !step.any_time);
    let told = ordinary.map(|step| {
        let time = match step.periods.first() {
            Some(period) => case.preferred(period),
            None if step.not_begun => "not begun".to_owned(),
            None => "open".to_owned(),
        };
        format!("{}, {}, {}, {time}", step.step, step.owner, step.article)
    });
    told.collect()
}

fn taken(course: &Course) -> Vec<&str> {
    course.taken.iter().map(|step| step.step.as_str()).collect()
}

fn any_time(course: &Course) -> Vec<&str> {
    course.expected.iter().filter(|step| step.any_time).map(|step| step.step.as_str()).collect()
}

/// Oddities: why, and the step.
fn odd(course: &Course) -> Vec<(CourseOddityKind, &str)> {
    course.oddities.iter().map(|oddity| (oddity.why(), oddity.step.as_str())).collect()
}

/// Every filing of the case is told once: as a step, as an oddity, or beside.
fn nothing_is_lost(course: &Course, leaves: &[u64]) {
    let steps = course.taken.iter().map(|step| step.leaf_index);
    let odd = course.oddities.iter().map(|oddity| oddity.leaf_index);
    let mut told: Vec<u64> = steps.chain(odd).chain(course.beside.iter().copied()).collect();
    told.sort_unstable();
    told.dedup();
    assert_eq!(told, leaves);
}

fn decided(case: &mut Case, when: &str) -> Act {
    let content = CouncilDecision {
        decision: Some(ActReference { date: Some(civil("2025-11-16")), ..decision() }),
        clauses: vec![clause(3, Some(("ihec", "national")), None), clause(4, None, None)],
        r#final: true,
        ..CouncilDecision::default()
    };
    file(case, FilingKind::CouncilDecision, Content::CouncilDecision(content), COUNCIL, when)
}

fn published(case: &mut Case, first: &str, last: &str) -> Act {
    let content = PublicationCertificate {
        decision: Some(decision()),
        first_day: Some(civil(first)),
        last_day: Some(civil(last)),
        ..PublicationCertificate::default()
    };
    let kind = FilingKind::PublicationCertificate;
    let content = Content::PublicationCertificate(content);
    file(case, kind, content, COUNCIL, &format!("{last}T15:00"))
}

fn appellant(name: &str, entity: &str) -> Option<Person> {
    Some(Person {
        full_name: name.to_owned(),
        entity_number: entity.to_owned(),
        ..Person::default()
    })
}

fn appeal(route: IntakeRoute, name: &str, entity: &str) -> Content {
    Content::AppealFiled(AppealFiled {
        appellant: appellant(name, entity),
        challenged: Some(decision()),
        route: route.into(),
        ..AppealFiled::default()
    })
}

fn appealed(case: &mut Case, when: &str) -> Act {
    let content = appeal(IntakeRoute::Referred, "", "187");
    file(case, FilingKind::AppealFiled, content, BASRA, when)
}

fn registered(case: &mut Case, of: &Act, number: &str, by: (&str, &str), when: &str) -> Act {
    let content =
        Registration { docket_number: Some(docket(by.0, number)), ..Registration::default() };
    reply(case, of, FilingKind::Registration, Content::Registration(content), by, when)
}

fn ruling(outcome: Outcome, clauses: Vec<OperativeClause>) -> Content {
    Content::RulingIssued(RulingIssued {
        ruling: Some(the_ruling()),
        challenged: Some(decision()),
        outcome: outcome.into(),
        clauses,
        ..RulingIssued::default()
    })
}

fn ruled(case: &mut Case, outcome: Outcome, clauses: Vec<OperativeClause>, when: &str) -> Act {
    file(case, FilingKind::RulingIssued, ruling(outcome, clauses), PANEL, when)
}

/// A case up to the panel's docket: decision, publication, appeal, referral, registration.
fn before_the_panel(rules: &str) -> (Case, Act) {
    let mut case = under(rules);
    decided(&mut case, "2025-11-16T12:00");
    published(&mut case, "2025-11-17", "2025-11-19");
    let appeal = appealed(&mut case, "2025-11-23T14:10");
    let referral = case.referral("2025-11-24", "2025-11-24T10:00");
    registered(
        &mut case,
        &referral,
        "612/الهيئة القضائية للانتخابات/2025",
        PANEL,
        "2025-11-24T13:00",
    );
    (case, appeal)
}

const PANEL_MAY: [&str; 5] = [
    "query, panel, 8-VI, open",
    "return, panel, 8-VI, open",
    "ruling-stands, panel, 8-VI, 2025-12-04 24:00",
    "ruling-changes, panel, 8-VI, 2025-12-04 24:00",
    "ruling-remits, panel, 8-VI, 2025-12-04 24:00",
];

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
    let supplement = file(&mut case, kind, content, PANEL, "2025-11-25T10:00");
    let course = case.course("appeal", &[]);
    assert_eq!(next(&case, &course), PANEL_MAY, "a supplement moves nothing");
    let counted = course.supplements.first().expect("it is counted");
    assert_eq!((counted.leaf_index, counted.appeal_leaf), (supplement.leaf, Some(appeal.leaf)));

    ask_and_rule(&mut case, appeal.leaf);
}

/// The second half of case B: a question, its answer, the ruling, its service, and what follows.
fn ask_and_rule(case: &mut Case, first: u64) {
    let question = case.query(barid_proto::v1::ClockEffect::Suspended, "2025-11-26T10:00");
    let course = case.course("appeal", &[]);
    let rest = course.rests.first().expect("it waits for the answer");
    assert_eq!((rest.kind(), rest.leaf_index), (CourseRestKind::Question, question.leaf));
    assert_eq!(rest.waits_for, Some(at("ihec", "council")));
    let told = next(case, &course);
    assert_eq!(told.first().map(String::as_str), Some("query, panel, 8-VI, open"));
    assert!(told.contains(&"answer, council, 8-VI, open".to_owned()), "{told:?}");
    assert!(told.contains(&"ruling-stands, panel, 8-VI, 8 days left".to_owned()), "{told:?}");

    case.answer("2025-11-30T12:00");
    let course = case.course("appeal", &[]);
    assert!(course.rests.is_empty());
    let told = next(case, &course);
    assert!(told.contains(&"ruling-stands, panel, 8-VI, 2025-12-08 24:00".to_owned()), "{told:?}");

    let clauses = vec![
        clause(1, None, None),
        clause(2, Some(("ihec", "national")), Some("2025-12-07")),
        clause(3, Some(("ihec", "geo-bas")), None),
    ];
    let ruling = ruled(case, Outcome::DecisionAnnulled, clauses, "2025-12-04T13:00");
    let course = case.course("appeal", &[]);
    assert_eq!(next(case, &course), ["implementation, administration, 8-IV, 8-VI, open"]);
    let tasks: Vec<_> =
        course.tasks.iter().map(|task| (task.leaf_index, task.clause, task.standing())).collect();
    assert_eq!(
        tasks,
        [
            (course.taken[0].leaf_index, 3, CourseTaskStanding::FellAway),
            (ruling.leaf, 2, CourseTaskStanding::Open),
            (ruling.leaf, 3, CourseTaskStanding::Open),
        ],
        "the annulled decision needs no carrying out; a clause that charges nobody is no task"
    );

    let served = ProofOfService { mode: ServiceMode::Hand.into(), ..ProofOfService::default() };
    let content = Content::ProofOfService(served);
    file(case, FilingKind::ProofOfService, content, PANEL, "2025-12-04T14:30");
    reported(case, the_ruling(), &[2], "2025-12-05T10:00");
    let course = case.course("appeal", &[]);
    assert!(!course.finished, "one clause is still open");
    reported(case, the_ruling(), &[2, 3], "2025-12-07T10:00");
    let course = case.course("appeal", &[]);
    assert!(course.finished, "{:?}", course.tasks);
    assert!(course.oddities.is_empty(), "{:?}", course.oddities);
    assert_eq!(
        taken(&course),
        [
            "decision",
            "publication",
            "appeal",
            "referral",
            "docketing",
            "supplement",
            "query",
            "answer",
            "ruling-changes",
            "service",
            "implementation",
            "implementation",
        ]
    );
    assert!(course.taken.iter().any(|step| step.leaf_index == first));
}

fn the_ruling() -> ActReference {
    act_of("ejp", "612/الهيئة القضائية للانتخابات/2025", "2025-12-04")
}

/// A report that clauses of an act were carried out.
fn reported(case: &mut Case, act: ActReference, clauses: &[u32], when: &str) -> Act {
    let tasks = clauses.iter().map(|clause| ImplementationTask {
        clause: *clause,
        done_on: Some(civil(&when[..10])),
        ..ImplementationTask::default()
    });
    let content = ImplementationReport {
        act: Some(act),
        tasks: tasks.collect(),
        ..ImplementationReport::default()
    };
    let kind = FilingKind::ImplementationReport;
    file(case, kind, Content::ImplementationReport(content), ("ihec", "national"), when)
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

fn delegated(mode: DelegationMode, delegation: Option<ActReference>) -> Content {
    Content::DelegatedDecision(DelegatedDecision {
        delegation,
        number: "NIN-DD-2025-0019".to_owned(),
        decided_on: Some(civil("2025-11-17")),
        mode: mode.into(),
        ..DelegatedDecision::default()
    })
}

fn complaint(case: &mut Case) {
    let content = Content::ComplaintRegistered(ComplaintRegistered::default());
    let act = case.act(FilingKind::ComplaintRegistered, content, NINEVEH, "2025-11-11T16:55");
    let when = case.instant("2025-11-11T16:55");
    case.add(stamped(act, NINEVEH, when));
    let classified =
        ComplaintClassified { colour: Colour::Green.into(), ..ComplaintClassified::default() };
    let content = Content::ComplaintClassified(classified);
    file(case, FilingKind::ComplaintClassified, content, NINEVEH, "2025-11-13T10:00");
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
    file(&mut case, FilingKind::InquiryReported, content, NINEVEH, "2025-11-16T10:00");
    let content = delegated(DelegationMode::Decide, Some(instrument));
    file(&mut case, FilingKind::DelegatedDecision, content, NINEVEH, "2025-11-17T12:00");
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
    file(&mut case, FilingKind::ProofOfService, content, NINEVEH, "2025-11-17T14:05");
    let told = next(&case, &case.course("complaint-polling", &[]));
    let lapses = "call-in-lapsed, nobody, 8-II, 2025-11-19 14:00";
    assert!(told.contains(&lapses.to_owned()), "48 hours, as the delegation says: {told:?}");
    let content = Content::CallIn(CallIn { called_in: false, ..CallIn::default() });
    file(&mut case, FilingKind::CallIn, content, COUNCIL, "2025-11-19T13:00");
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
    file(&mut case, FilingKind::DelegatedDecision, content, NINEVEH, "2025-11-17T12:00");
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
    file(&mut case, FilingKind::DelegatedDecision, content, NINEVEH, "2025-11-17T12:00");
    let content = Content::CallIn(CallIn { called_in: true, ..CallIn::default() });
    file(&mut case, FilingKind::CallIn, content, COUNCIL, "2025-11-18T12:00");
    let course = case.course("complaint-polling", &[]);
    assert_eq!(next(&case, &course), ["decision, council, 4-V, open"]);
    assert!(!course.finished);
}

fn ratified(scope: RatificationScope) -> Content {
    Content::RatificationDecision(RatificationDecision {
        decision: Some(act_of("fsc", "235/اتحادية/2025", "2025-12-14")),
        scope: scope.into(),
        ..RatificationDecision::default()
    })
}

fn requested(case: &mut Case, when: &str) -> Act {
    let content = RatificationRequest {
        letter: Some(act_of("ihec", "(خ/ 25 ر.م/ 79)", "2025-12-08")),
        ..RatificationRequest::default()
    };
    let mut act = case.act(
        FilingKind::RatificationRequest,
        Content::RatificationRequest(content),
        COUNCIL,
        when,
    );
    act.body.recipients = vec![at("fsc", "registry")];
    case.add(act)
}

// Rule: IQ-L11-2007 ratification
#[test]
fn case_c_from_the_closing_certificate_to_the_announcement() {
    let mut case = under("IQ-L11-2007");
    let content = Content::ClosingCertificate(ClosingCertificate::default());
    file(&mut case, FilingKind::ClosingCertificate, content, PANEL, "2025-12-07T10:00");
    let told = next(&case, &case.course("ratification", &[]));
    assert_eq!(told, ["adoption, council, 4-VII, open"]);
    let content = Content::ResultsAdopted(ResultsAdopted::default());
    file(&mut case, FilingKind::ResultsAdopted, content, COUNCIL, "2025-12-07T14:00");
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
    file(&mut case, FilingKind::Query, Content::Query(content), COURT, "2025-12-10T10:00");
    let course = case.course("ratification", &[]);
    assert_eq!(course.rests.len(), 1);
    case.answer("2025-12-10T14:00");
    let content = ratified(RatificationScope::Except);
    file(&mut case, FilingKind::RatificationDecision, content, COURT, "2025-12-14T11:00");
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
        file(&mut case, FilingKind::RatificationNotice, content, COURT, "2025-12-14T13:00");
    }
    let content = Content::ResultsAnnounced(ResultsAnnounced::default());
    file(&mut case, FilingKind::ResultsAnnounced, content, COUNCIL, "2025-12-14T18:00");
    let course = case.course("ratification", &[]);
    assert!(course.finished && course.oddities.is_empty(), "{:?}", course.oddities);
    assert_eq!(course.taken.len(), 12);
}

// Rule: IQ-L11-2007 ratification
#[test]
fn results_that_are_announced_before_they_are_ratified_are_told_and_not_refused() {
    let mut case = under("IQ-L11-2007");
    requested(&mut case, "2025-12-08T10:00");
    let content = Content::ResultsAnnounced(ResultsAnnounced::default());
    let announced =
        file(&mut case, FilingKind::ResultsAnnounced, content, COUNCIL, "2025-12-09T10:00");
    let course = case.course("ratification", &[]);
    assert_eq!(taken(&course), ["request", "announcement"]);
    let early: Vec<_> = course.oddities.iter().map(|one| (one.leaf_index, &one.missing)).collect();
    assert_eq!(early[0], (announced.leaf - 1, &vec!["adoption".to_owned()]));
    assert_eq!(early[1], (announced.leaf, &vec!["ratified".to_owned()]));
}

// Rule: IQ-L11-2007 panel-intake
// Rule: IQ-L31-2019 direct-filings
#[test]
fn an_appeal_at_the_panel_goes_back_to_the_council_and_comes_again_by_referral() {
    for rules in ["IQ-L11-2007", "IQ-L31-2019"] {
        let mut case = under(rules);
        let content = appeal(IntakeRoute::Direct, "", "187");
        let appeal = file(&mut case, FilingKind::AppealFiled, content, PANEL, "2025-11-20T09:00");
        let course = case.course("", &[]);
        assert_eq!(course.procedure, "appeal");
        let steps: Vec<&str> = course.expected.iter().map(|step| step.step.as_str()).collect();
        assert!(steps.starts_with(&["direct-docketing", "sent-back", "query"]), "{steps:?}");
        let ruling = course.expected.iter().find(|step| step.step == "ruling-stands");
        assert!(ruling.is_some_and(|step| step.not_begun), "nothing was referred yet");
        let registration = Registration {
            docket_number: Some(docket("ejp", "700/2025")),
            route: IntakeRoute::Direct.into(),
            ..Registration::default()
        };
        let content = Content::Registration(registration);
        let kind = FilingKind::Registration;
        reply(&mut case, &appeal, kind, content, PANEL, "2025-11-20T10:00");
        let orders = vec![clause(1, Some(("ihec", "council")), None)];
        let content = ReturnToCouncil { orders, ..ReturnToCouncil::default() };
        let content = Content::ReturnToCouncil(content);
        let kind = FilingKind::ReturnToCouncil;
        let returned = file(&mut case, kind, content, PANEL, "2025-11-20T11:00");
        let course = case.course("", &[]);
        assert_eq!(course.rests[0].kind(), CourseRestKind::SentBack);
        let task = course.tasks.first().expect("an order is a task");
        assert_eq!(task.kind(), CourseTaskKind::Order);
        assert_eq!(task.standing(), CourseTaskStanding::Open);
        let content = Content::Referral(Referral::default());
        let kind = FilingKind::Referral;
        let referral = reply(&mut case, &returned, kind, content, COUNCIL, "2025-11-24T10:00");
        let course = case.course("", &[]);
        assert!(course.rests.is_empty());
        assert_eq!(course.tasks[0].settled_leaf, Some(referral.leaf));
        assert_eq!(taken(&course), ["direct-appeal", "direct-docketing", "sent-back", "referral"]);
    }
}

// Rule: IQ-L11-2007 panel-intake
#[test]
fn one_appeal_that_is_filed_both_ways_is_told_with_both_leaves() {
    let (mut case, first) = before_the_panel("IQ-L11-2007");
    let kind = FilingKind::AppealFiled;
    let elsewhere = [
        case.act(kind, appeal(IntakeRoute::Direct, "", "١٨٧"), PANEL, "2025-11-20T09:00"),
        case.act(kind, appeal(IntakeRoute::Direct, "", "188"), PANEL, "2025-11-20T09:10"),
        case.act(kind, appeal(IntakeRoute::Referred, "", "187"), BASRA, "2025-11-20T09:20"),
    ];
    let course = case.course("appeal", &elsewhere);
    let told: Vec<_> = course
        .duplicates
        .iter()
        .map(|pair| (pair.earlier_leaf, pair.later_leaf, pair.both_routes))
        .collect();
    assert_eq!(
        told,
        [(first.leaf, elsewhere[0].leaf, true), (first.leaf, elsewhere[2].leaf, false)],
        "digits of any kind are the same number; another entity is another appellant"
    );
}

#[test]
fn appellants_without_numbers_are_known_by_name() {
    let mut case = under("IQ-L11-2007");
    let kind = FilingKind::AppealFiled;
    let named = |name| appeal(IntakeRoute::Direct, name, "");
    let first = file(&mut case, kind, named("أحمد علي حسن"), PANEL, "2025-11-20T09:00");
    let same = file(&mut case, kind, named("احمد علي حسن"), PANEL, "2025-11-20T10:00");
    file(&mut case, kind, named("أحمد علي حسين"), PANEL, "2025-11-20T11:00");
    file(&mut case, kind, named(""), PANEL, "2025-11-20T12:00");
    let course = case.course("appeal", &[]);
    assert_eq!(course.duplicates.len(), 1);
    assert_eq!(course.duplicates[0].earlier_leaf, first.leaf);
    assert_eq!(course.duplicates[0].later_leaf, same.leaf);
}

// Rule: IQ-L11-2007 panel-period
#[test]
fn a_file_that_is_returned_comes_again_and_the_panel_goes_on() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    let returned = Content::ReturnToCouncil(ReturnToCouncil {
        clock_effect: barid_proto::v1::ClockEffect::Restarted.into(),
        ..ReturnToCouncil::default()
    });
    file(&mut case, FilingKind::ReturnToCouncil, returned, PANEL, "2025-11-26T10:00");
    let course = case.course("appeal", &[]);
    assert_eq!(
        next(&case, &course),
        ["answer, council, 8-VI, open", "referral-again, council, 8-VI, open"]
    );
    assert_eq!(course.rests[0].kind(), CourseRestKind::SentBack);
    case.referral("2025-12-01", "2025-12-01T10:00");
    let course = case.course("appeal", &[]);
    assert!(course.rests.is_empty());
    let told = next(&case, &course);
    let again = "ruling-stands, panel, 8-VI, 2025-12-11 24:00";
    assert!(told.contains(&again.to_owned()), "ten days from the second referral: {told:?}");
}

// Rule: IQ-L11-2007 implement-rulings
#[test]
fn a_ruling_that_confirms_ends_the_case_unless_it_orders_something() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    ruled(&mut case, Outcome::Rejected, Vec::new(), "2025-12-04T13:00");
    let course = case.course("appeal", &[]);
    assert_eq!(taken(&course).last(), Some(&"ruling-stands"));
    assert!(!course.finished, "the decision that stands has to be carried out");
    reported(&mut case, decision(), &[3], "2025-12-05T10:00");
    let course = case.course("appeal", &[]);
    assert!(course.finished);
    assert_eq!(taken(&course).last(), Some(&"carried-out"));
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    reported(&mut case, decision(), &[3], "2025-12-03T10:00");
    let clauses = vec![clause(1, Some(("ihec", "national")), None)];
    ruled(&mut case, Outcome::Rejected, clauses, "2025-12-04T13:00");
    let course = case.course("appeal", &[]);
    assert!(!course.finished, "costs have to be paid, say");
    assert_eq!(course.tasks.last().map(|task| task.standing()), Some(CourseTaskStanding::Open));
}

// Rule: IQ-L11-2007 decide-complaints
#[test]
fn a_case_that_is_sent_back_for_a_new_decision_goes_round_once_more() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    ruled(&mut case, Outcome::Remitted, Vec::new(), "2025-12-04T13:00");
    let course = case.course("appeal", &[]);
    assert_eq!(next(&case, &course), ["decision, council, 4-V, open"]);
    assert!(course.expected[0].goes_back);
    let content = CouncilDecision {
        decision: Some(act_of("ihec", "230", "2025-12-07")),
        ..CouncilDecision::default()
    };
    let content = Content::CouncilDecision(content);
    file(&mut case, FilingKind::CouncilDecision, content, COUNCIL, "2025-12-07T12:00");
    let course = case.course("appeal", &[]);
    assert_eq!(next(&case, &course), ["publication, council, 8-V, open"]);
    assert!(course.oddities.is_empty());
}

// Rule: MX-LGSMIME joinder
// Rule: MX-LGSMIME re-routing
#[test]
fn a_joined_case_rests_and_a_parted_one_goes_on() {
    for rules in ["IQ-L11-2007", "MX-LGSMIME"] {
        let mut case = under(rules);
        let appeal = appealed(&mut case, "2025-11-23T14:10");
        registered(&mut case, &appeal, "613/2025", PANEL, "2025-11-24T13:00");
        let join = JoinCases {
            lead: Some(docket("ejp", "612/2025")),
            joined: vec![docket("ejp", "٦١٣/٢٠٢٥"), docket("ejp", "614/2025")],
            ..JoinCases::default()
        };
        let content = Content::JoinCases(join);
        let joined = file(&mut case, FilingKind::JoinCases, content, PANEL, "2025-11-25T10:00");
        let course = case.course("", &[]);
        let rest = course.rests.first().expect("it goes on elsewhere");
        assert_eq!((rest.kind(), rest.leaf_index), (CourseRestKind::Joined, joined.leaf));
        assert_eq!(rest.lead.as_ref().map(|lead| lead.literal.as_str()), Some("612/2025"));
        assert_eq!(course.links[0].kind(), CourseLinkKind::GoesOnIn);
        let split = SplitCases {
            from: Some(docket("ejp", "612/2025")),
            parted: vec![docket("ejp", "613/2025")],
            ..SplitCases::default()
        };
        let content = Content::SplitCases(split);
        file(&mut case, FilingKind::SplitCases, content, PANEL, "2025-11-27T10:00");
        let course = case.course("", &[]);
        assert!(course.rests.is_empty(), "{:?}", course.rests);
        assert_eq!(course.links.last().map(|link| link.kind()), Some(CourseLinkKind::Parted));
        assert!(course.oddities.is_empty(), "{:?}", course.oddities);
    }
}

#[test]
fn the_leading_case_names_those_that_go_on_in_it() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    let join = JoinCases {
        lead: Some(docket("ejp", "612/الهيئة القضائية للانتخابات/2025")),
        joined: vec![docket("ejp", "613/2025"), docket("ejp", "614/2025")],
        ..JoinCases::default()
    };
    let content = Content::JoinCases(join);
    file(&mut case, FilingKind::JoinCases, content, PANEL, "2025-11-25T10:00");
    let course = case.course("appeal", &[]);
    assert!(course.rests.is_empty(), "the leading case goes on");
    let kinds: Vec<_> = course.links.iter().map(|link| link.kind()).collect();
    assert_eq!(kinds, [CourseLinkKind::TakenIn, CourseLinkKind::TakenIn]);
}

// Rule: IQ-L11-2007 panel-only
#[test]
fn a_misdirected_matter_is_open_until_it_is_said_where_it_goes_on() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    reported(&mut case, decision(), &[3], "2025-11-29T10:00");
    let ruling = ruled(&mut case, Outcome::NoCompetence, Vec::new(), "2025-11-30T13:00");
    let course = case.course("appeal", &[]);
    let task = course.tasks.last().expect("it is open");
    assert_eq!(task.standing(), CourseTaskStanding::Open);
    assert_eq!((task.kind(), task.leaf_index), (CourseTaskKind::Reroute, ruling.leaf));
    assert!(!course.finished);
    let link = LinkCases {
        other: Some(docket("fsc", "240/اتحادية/2025")),
        relation: CaseRelation::Related.into(),
        ..LinkCases::default()
    };
    let content = Content::LinkCases(link);
    file(&mut case, FilingKind::LinkCases, content, PANEL, "2025-12-01T10:00");
    let course = case.course("appeal", &[]);
    assert!(course.finished);
    let other = course.links.last().and_then(|link| link.other.as_ref());
    assert_eq!(other.map(|other| other.institution.as_str()), Some("fsc"));
}

// Rule: IQ-L11-2007 competence
#[test]
fn a_second_exclusion_is_a_case_of_its_own_linked_to_the_first() {
    let mut case = under("IQ-L11-2007");
    decided(&mut case, "2025-11-16T12:00");
    let link = LinkCases {
        other: Some(docket("ejp", "590/2025")),
        relation: CaseRelation::Successor.into(),
        ..LinkCases::default()
    };
    let content = Content::LinkCases(link);
    file(&mut case, FilingKind::LinkCases, content, COUNCIL, "2025-11-16T12:10");
    let course = case.course("candidate-exclusion", &[]);
    assert_eq!(taken(&course), ["exclusion", "link"]);
    assert_eq!(next(&case, &course), ["publication, council, 8-V, open"]);
    assert_eq!(course.links[0].kind(), CourseLinkKind::Successor);
}

// Rule: IQ-L11-2007 criminal-referral
#[test]
fn a_criminal_referral_is_open_until_the_authority_has_it() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    let referred = || Content::CriminalReferral(CriminalReferral::default());
    let kind = FilingKind::CriminalReferral;
    let first = file(&mut case, kind, referred(), COUNCIL, "2025-11-25T10:00");
    let second = file(&mut case, kind, referred(), COUNCIL, "2025-11-25T11:00");
    let standing = |case: &Case| -> Vec<(u64, CourseTaskStanding)> {
        let course = case.course("appeal", &[]);
        let tasks = course.tasks.iter().filter(|task| task.kind() == CourseTaskKind::Acknowledge);
        tasks.map(|task| (task.leaf_index, task.standing())).collect()
    };
    let (open, done) = (CourseTaskStanding::Open, CourseTaskStanding::Done);
    assert_eq!(standing(&case), [(first.leaf, open), (second.leaf, open)]);
    let got = || Content::CriminalReferralAcknowledged(CriminalReferralAcknowledged::default());
    let kind = FilingKind::CriminalReferralAcknowledged;
    reply(&mut case, &second, kind, got(), ("inv", "office"), "2025-11-26T10:00");
    assert_eq!(standing(&case), [(first.leaf, open), (second.leaf, done)]);
    file(&mut case, kind, got(), ("inv", "office"), "2025-11-27T10:00");
    assert_eq!(standing(&case), [(first.leaf, done), (second.leaf, done)]);
    let course = case.course("appeal", &[]);
    assert_eq!(next(&case, &course), PANEL_MAY, "the case itself goes on");
}

#[test]
fn an_answer_closes_the_question_that_it_names_or_else_the_newest() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    let ask = |case: &mut Case, number: &str, when: &str| {
        let content = Content::Query(Query { number: number.to_owned(), ..Query::default() });
        file(case, FilingKind::Query, content, PANEL, when)
    };
    let first = ask(&mut case, "1", "2025-11-25T10:00");
    let second = ask(&mut case, "2", "2025-11-25T11:00");
    let third = ask(&mut case, "3", "2025-11-25T12:00");
    let open = |case: &Case| -> Vec<u64> {
        case.course("appeal", &[]).rests.iter().map(|rest| rest.leaf_index).collect()
    };
    assert_eq!(open(&case), [first.leaf, second.leaf, third.leaf]);
    let content = Answer { query_number: "١".to_owned(), ..Answer::default() };
    file(&mut case, FilingKind::Answer, Content::Answer(content), COUNCIL, "2025-11-26T10:00");
    assert_eq!(open(&case), [second.leaf, third.leaf]);
    let content = Content::Answer(Answer::default());
    let kind = FilingKind::Answer;
    reply(&mut case, &second, kind, content, COUNCIL, "2025-11-26T11:00");
    assert_eq!(open(&case), [third.leaf]);
    case.answer("2025-11-26T12:00");
    assert!(open(&case).is_empty());
}

#[test]
fn an_interim_order_lets_a_case_rest_until_it_is_lifted() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    let order = |lifted| {
        Content::InterimOrder(InterimOrder {
            suit: Some(docket("fsc", "126/اتحادية/2024")),
            until: Some(civil("2025-12-20")),
            lifted,
            ..InterimOrder::default()
        })
    };
    let kind = FilingKind::InterimOrder;
    let suspended = file(&mut case, kind, order(false), COURT, "2025-11-25T10:00");
    let course = case.course("appeal", &[]);
    let rest = course.rests.first().expect("it is suspended");
    assert_eq!((rest.kind(), rest.leaf_index), (CourseRestKind::Suspended, suspended.leaf));
    assert_eq!(rest.until, Some(civil("2025-12-20")));
    file(&mut case, kind, order(true), COURT, "2025-11-30T10:00");
    assert!(case.course("appeal", &[]).rests.is_empty());
}

#[test]
fn what_comes_out_of_order_is_told_with_why_and_never_lost() {
    let mut case = under("IQ-L11-2007");
    let decision = decided(&mut case, "2025-11-16T12:00");
    // The panel rules before anybody published, appealed or referred.
    let early = ruled(&mut case, Outcome::DecisionAnnulled, Vec::new(), "2025-11-18T12:00");
    let late = published(&mut case, "2025-11-19", "2025-11-19");
    let content = Content::ComplaintRegistered(ComplaintRegistered::default());
    let strange =
        file(&mut case, FilingKind::ComplaintRegistered, content, BASRA, "2025-11-20T10:00");
    let content = Content::ImplementationReport(ImplementationReport::default());
    let kind = FilingKind::ImplementationReport;
    let vague = file(&mut case, kind, content, ("ihec", "national"), "2025-11-20T11:00");
    let registration = registered(&mut case, &early, "1/2025", COUNCIL, "2025-11-20T12:00");
    let content = Content::AppealWithdrawn(AppealWithdrawn::default());
    let taken_back =
        file(&mut case, FilingKind::AppealWithdrawn, content, BASRA, "2025-11-21T10:00");
    let course = case.course("appeal", &[]);
    assert_eq!(
        odd(&course),
        [
            (CourseOddityKind::Skipped, "ruling-changes"),
            (CourseOddityKind::Past, "publication"),
            (CourseOddityKind::NoStep, ""),
            (CourseOddityKind::Otherwise, ""),
        ]
    );
    assert_eq!(course.oddities[0].missing, ["publication", "direct-appeal"]);
    assert_eq!(course.beside, [registration.leaf]);
    let leaves = [&decision, &early, &late, &strange, &vague, &registration, &taken_back];
    nothing_is_lost(&course, &leaves.map(|act| act.leaf));
    assert_eq!(next(&case, &course), ["implementation, administration, 8-IV, 8-VI, open"]);
}

#[test]
fn what_comes_when_all_is_over_is_told() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    ruled(&mut case, Outcome::Rejected, Vec::new(), "2025-12-04T13:00");
    let again = ruled(&mut case, Outcome::Rejected, Vec::new(), "2025-12-05T13:00");
    let course = case.course("appeal", &[]);
    assert_eq!(odd(&course), [(CourseOddityKind::Over, "ruling-stands")]);
    assert_eq!(course.oddities[0].leaf_index, again.leaf);
    assert!(any_time(&course).contains(&"service"), "papers are served afterwards too");
}

#[test]
fn a_case_that_names_no_procedure_of_its_rule_set_is_followed_all_the_same() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    let course = case.course("no-such", &[]);
    assert_eq!(course.procedure, "");
    assert_eq!(course.candidates, ["appeal", "candidate-exclusion"], "both begin with a decision");
    assert_eq!(odd(&course), [(CourseOddityKind::ProcedureUnknown, "no-such")]);
    let content = appeal(IntakeRoute::Direct, "", "1");
    let kind = FilingKind::AppealFiled;
    file(&mut case, kind, content, PANEL, "2025-11-25T10:00");
    assert!(case.course("", &[]).expected.is_empty(), "nothing is guessed");
}

// Rule: IQ-L31-2019 supplements
#[test]
fn a_supplement_is_counted_to_the_appeal_that_it_names() {
    for rules in ["IQ-L11-2007", "IQ-L31-2019"] {
        let (mut case, first) = before_the_panel(rules);
        let kind = FilingKind::AppealFiled;
        let content = appeal(IntakeRoute::Direct, "", "200");
        let second = file(&mut case, kind, content, PANEL, "2025-11-25T10:00");
        registered(&mut case, &second, "650/2025", PANEL, "2025-11-25T11:00");
        let supplement = |number: &str| {
            let appeal = Some(docket("ejp", number));
            Content::SupplementFiled(SupplementFiled {
                appeal,
                number: 1,
                ..SupplementFiled::default()
            })
        };
        let kind = FilingKind::SupplementFiled;
        file(&mut case, kind, supplement("650/2025"), PANEL, "2025-11-26T10:00");
        reply(&mut case, &first, kind, supplement("?"), PANEL, "2025-11-26T11:00");
        let lost = file(&mut case, kind, supplement("999/2025"), PANEL, "2025-11-26T12:00");
        let course = case.course("appeal", &[]);
        let counted: Vec<_> = course.supplements.iter().map(|one| one.appeal_leaf).collect();
        assert_eq!(counted, [Some(second.leaf), Some(first.leaf), None]);
        let told = course.oddities.iter().find(|odd| odd.why() == CourseOddityKind::AppealUnknown);
        assert_eq!(told.map(|oddity| oddity.leaf_index), Some(lost.leaf));
    }
}

// Rule: IQ-L31-2019 ratification-time
#[test]
fn no_text_says_by_when_the_court_ratifies() {
    let mut case = under("IQ-L31-2019");
    let content = Content::ClosingCertificate(ClosingCertificate::default());
    file(&mut case, FilingKind::ClosingCertificate, content, PANEL, "2025-12-07T10:00");
    let content = Content::ResultsAdopted(ResultsAdopted::default());
    file(&mut case, FilingKind::ResultsAdopted, content, COUNCIL, "2025-12-07T14:00");
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

// Rule: MX-LGSMIME time-to-challenge
// Rule: MX-LGSMIME notice-board
// Rule: MX-LGSMIME sending-the-file
// Rule: MX-LGSMIME assignment
#[test]
fn the_mexican_pilot_from_the_claim_to_the_judgment() {
    const LOCAL: (&str, &str) = ("ople", "main");
    const SALA: (&str, &str) = ("tepjf", "toluca");
    let mut case = Case::under("MX-LGSMIME");
    let filed = appeal(IntakeRoute::Referred, "", "1");
    let filed = file(&mut case, FilingKind::AppealFiled, filed, LOCAL, "2024-06-10T12:00");
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
    file(&mut case, FilingKind::ProofOfService, content, LOCAL, "2024-06-10T13:00");
    let content = Content::Referral(Referral::default());
    let sent = file(&mut case, FilingKind::Referral, content, LOCAL, "2024-06-14T10:00");
    registered(&mut case, &sent, "ST-JIN-81/2024", SALA, "2024-06-14T12:00");
    let content = ruling(Outcome::Inadmissible, Vec::new());
    file(&mut case, FilingKind::RulingIssued, content, SALA, "2024-06-28T12:00");
    let course = case.course("impugnacion", &[]);
    assert!(course.finished && course.oddities.is_empty(), "{:?}", course.oddities);
    assert_eq!(taken(&course), ["demanda", "estrados", "informe", "turno", "sentencia-confirma"]);
    let informe = course.taken.get(2).and_then(|step| step.timeliness.first());
    assert_eq!(informe.map(|said| said.readings[0].conclusion.as_str()), Some("on-time"));
    assert_eq!(filed.leaf, course.taken[0].leaf_index);
}

/// Filings of many kinds, some of which belong to the procedure.
fn any_filing(case: &mut Case, which: u8) -> Act {
    let when = "2025-11-20T10:00";
    match which {
        0 => decided(case, when),
        1 => published(case, "2025-11-17", "2025-11-19"),
        2 => appealed(case, when),
        3 => case.referral("2025-11-24", when),
        4 => case.query(barid_proto::v1::ClockEffect::Unspecified, when),
        5 => case.answer(when),
        6 => ruled(case, Outcome::DecisionAnnulled, vec![clause(1, Some(PANEL), None)], when),
        7 => ruled(case, Outcome::Remitted, Vec::new(), when),
        8 => reported(case, the_ruling(), &[1], when),
        9 => file(
            case,
            FilingKind::ReturnToCouncil,
            Content::ReturnToCouncil(ReturnToCouncil::default()),
            PANEL,
            when,
        ),
        10 => {
            file(case, FilingKind::JoinCases, Content::JoinCases(JoinCases::default()), PANEL, when)
        }
        _ => file(
            case,
            FilingKind::ComplaintRegistered,
            Content::ComplaintRegistered(ComplaintRegistered::default()),
            BASRA,
            when,
        ),
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn in_whatever_order_filings_come_each_is_told_and_what_was_told_stays(
        order in proptest::collection::vec(0..12_u8, 1..10),
    ) {
        let mut case = under("IQ-L11-2007");
        let mut leaves = Vec::new();
        let mut before: Option<Course> = None;
        for which in order {
            leaves.push(any_filing(&mut case, which).leaf);
            let course = case.course("appeal", &[]);
            nothing_is_lost(&course, &leaves);
            if let Some(before) = before {
                proptest::prop_assert!(course.taken.starts_with(&before.taken));
                proptest::prop_assert!(course.oddities.starts_with(&before.oddities));
                proptest::prop_assert!(course.beside.starts_with(&before.beside));
            }
            before = Some(course);
        }
    }
}

#[test]
fn an_act_names_its_case_by_the_numbers_it_carries() {
    let mut case = under("IQ-L11-2007");
    let content = appeal(IntakeRoute::Direct, "", "187");
    let mut act = case.act(FilingKind::AppealFiled, content, PANEL, "2025-11-20T09:00");
    let docket_numbers = vec![docket("ejp", "615/2025")];
    act.body.case = Some(CaseReference { docket_numbers, ..CaseReference::default() });
    case.add(act);
    let join = JoinCases {
        lead: Some(docket("ejp", "612/2025")),
        joined: vec![docket("ejp", "615/2025")],
        ..JoinCases::default()
    };
    let content = Content::JoinCases(join);
    file(&mut case, FilingKind::JoinCases, content, PANEL, "2025-11-25T10:00");
    assert_eq!(case.course("", &[]).rests[0].kind(), CourseRestKind::Joined);
}
