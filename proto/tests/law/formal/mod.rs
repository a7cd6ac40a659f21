//! Sittings, publications, delegations, appeals and rulings under the built-in rule sets: who may
//! decide what, apart from time.

mod council;
mod offices;
#[path = "../../../src/assess/sitting/tests/roll.rs"]
mod roll;

use barid_proto::rules::{Check, Operation};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    ActReference, AppealFiled, Assessment, AssessmentFinding, Attendance, Ballot, Capacity,
    CaseOutcome, Colour, ComplaintClassified, ComplaintRegistered, CouncilDecision,
    CriminalReferral, DelegatedDecision, DelegationGranted, DelegationMode, DocketNumber,
    Endorsement, Exhibit, FilingKind, ImplementationReport, ImplementationTask, Judge,
    MembershipChanged, OperativeClause, Outcome, Person, PublicationCertificate,
    PublicationChannel, PublicationProof, RulingIssued, SeatAction, SeatChange, Vote,
};

use crate::fixture::{Case, at, civil, decision, finding, rule_set};

const SEED: &str = "IQ-L11-2007";
const LATER: &str = "IQ-L31-2019";
const COUNCIL: (&str, &str) = ("ihec", "council");

const IN_ORDER: AssessmentFinding = AssessmentFinding::InOrder;
const OUT_OF_ORDER: AssessmentFinding = AssessmentFinding::OutOfOrder;
const CONTESTED: AssessmentFinding = AssessmentFinding::Contested;

/// The conclusions of an assessment, the preferred one first.
fn told(assessment: &Assessment) -> Vec<&str> {
    assessment.readings.iter().map(|reading| reading.conclusion.as_str()).collect()
}

/// A member takes a seat, with the oath, on a day.
fn seated(number: u32, profession: &str, day: &str) -> [SeatChange; 2] {
    let take = SeatChange {
        seat: number,
        action: SeatAction::Take.into(),
        member_id: format!("m{number}"),
        name: format!("Commissioner {number}"),
        effective_from: Some(civil(day)),
        profession: profession.to_owned(),
        ..SeatChange::default()
    };
    let oath = SeatChange { action: SeatAction::Oath.into(), ..take.clone() };
    [take, oath]
}

/// The council's nine seats are taken, by two lawyers and seven others.
fn council(case: &mut Case, profession: impl Fn(u32) -> &'static str) -> Assessment {
    let changes = (1..=9).flat_map(|number| seated(number, profession(number), "2025-01-07"));
    let content = Content::MembershipChanged(MembershipChanged {
        body: "council".to_owned(),
        changes: changes.collect(),
        act: None,
    });
    let act = case.act(FilingKind::MembershipChanged, content, COUNCIL, "2025-01-07T10:00");
    let composed = case.one(&act, "seats", "composition");
    case.add_for_all(act);
    composed
}

fn lawyers(number: u32) -> &'static str {
    if number <= 2 { "lawyer" } else { "engineer" }
}

fn roll(ballots: &str) -> Vec<Attendance> {
    roll::roll_of("Commissioner", ballots)
}

/// Decision 214 of Sunday 16 November 2025, by these ballots.
fn sitting(case: &mut Case, ballots: &str, vote: Vote) -> barid_proto::assess::Act {
    let content = CouncilDecision {
        decision: Some(ActReference { date: Some(civil("2025-11-16")), ..decision() }),
        roll: roll(ballots),
        vote: Some(vote),
        r#final: true,
        ..CouncilDecision::default()
    };
    let kind = FilingKind::CouncilDecision;
    case.act(kind, Content::CouncilDecision(content), COUNCIL, "2025-11-16T14:00")
}

fn tally(present: u32, in_favour: u32, against: u32, abstentions: u32) -> Vote {
    Vote { present, in_favour, against, abstentions, ..Vote::default() }
}
