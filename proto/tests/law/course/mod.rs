//! Cases followed through their procedures, step by step: what may come next, from whom, until
//! when.

mod scenarios;
mod told;
mod ways;

use barid_proto::assess::Act;
use barid_proto::explain::{self, Language};
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
fn filed(case: &mut Case, kind: FilingKind, content: Content, by: (&str, &str), when: &str) -> Act {
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
    filed(case, FilingKind::CouncilDecision, Content::CouncilDecision(content), COUNCIL, when)
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
    filed(case, kind, content, COUNCIL, &format!("{last}T15:00"))
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
    filed(case, FilingKind::AppealFiled, content, BASRA, when)
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
    filed(case, FilingKind::RulingIssued, ruling(outcome, clauses), PANEL, when)
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
    filed(case, FilingKind::ProofOfService, content, PANEL, "2025-12-04T14:30");
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
    filed(case, kind, Content::ImplementationReport(content), ("ihec", "national"), when)
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
    filed(case, FilingKind::ComplaintClassified, content, NINEVEH, "2025-11-13T10:00");
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
