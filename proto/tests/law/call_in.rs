//! Scenario A: a delegated decision, and the council's time to call it in.

use barid_proto::assess::Act;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    ActReference, AssessmentFinding, CallIn, DelegatedDecision, DelegationGranted, FilingKind,
    ProofOfService,
};

use crate::fixture::{Case, civil, finding};

const NINEVEH: (&str, &str) = ("ihec", "geo-nin");

fn reference(number: &str) -> ActReference {
    ActReference {
        institution: "ihec".to_owned(),
        number: number.to_owned(),
        ..ActReference::default()
    }
}

fn delegation(case: &mut Case, hours: u32) -> Act {
    let content = Content::DelegationGranted(DelegationGranted {
        decision: Some(reference("71/2025")),
        call_in_hours: hours,
        ..DelegationGranted::default()
    });
    let kind = FilingKind::DelegationGranted;
    let act = case.act(kind, content, ("ihec", "council"), "2025-11-03T10:00");
    case.add_for_all(act)
}

fn decided(case: &mut Case) -> Act {
    let content = Content::DelegatedDecision(DelegatedDecision {
        delegation: Some(reference("71/2025")),
        number: "NIN-DD-2025-0019".to_owned(),
        decided_on: Some(civil("2025-11-17")),
        ..DelegatedDecision::default()
    });
    let act = case.act(FilingKind::DelegatedDecision, content, NINEVEH, "2025-11-17T13:00");
    case.add(act)
}

fn served(case: &mut Case, number: &str, when: &str) -> Act {
    let content = Content::ProofOfService(ProofOfService {
        act: Some(reference(number)),
        served_at_unix_ms: case.instant(when),
        ..ProofOfService::default()
    });
    let act = case.act(FilingKind::ProofOfService, content, NINEVEH, when);
    case.add(act)
}

fn called_in(case: &mut Case, when: &str) -> Act {
    let content = Content::CallIn(CallIn { called_in: true, ..CallIn::default() });
    case.act(FilingKind::CallIn, content, ("ihec", "council"), when)
}

#[test]
fn forty_eight_hours_run_from_the_minute_of_service() {
    // Rule: IQ-L11-2007 call-in
    let mut case = Case::under("IQ-L11-2007");
    let granted = delegation(&mut case, 48);
    let decision = decided(&mut case);
    let proof = served(&mut case, "NIN-DD-2025-0019", "2025-11-17T14:00");
    let opened = case.one(&proof, "call-in", "period");
    assert_eq!(case.preferred(&opened), "2025-11-19 14:00");
    assert_eq!(opened.leaves, [granted.leaf, decision.leaf]);
    // Served on somebody else later: the first service counts.
    served(&mut case, "NIN-DD-2025-0019", "2025-11-18T09:00");
    let in_time = called_in(&mut case, "2025-11-19T14:00");
    let timely = case.timeliness(&in_time, "call-in");
    assert_eq!(finding(&timely), AssessmentFinding::InOrder);
    assert_eq!(timely.leaves, [granted.leaf, decision.leaf, proof.leaf]);
    let late = called_in(&mut case, "2025-11-19T14:01");
    assert_eq!(finding(&case.timeliness(&late, "call-in")), AssessmentFinding::OutOfOrder);
}

#[test]
fn without_the_instrument_nothing_says_how_long_the_council_has() {
    // Rule: IQ-L11-2007 call-in
    for hours in [None, Some(0)] {
        let mut case = Case::under("IQ-L11-2007");
        if let Some(hours) = hours {
            delegation(&mut case, hours);
        }
        decided(&mut case);
        served(&mut case, "NIN-DD-2025-0019", "2025-11-17T14:00");
        let act = called_in(&mut case, "2025-11-18T10:00");
        let open = case.timeliness(&act, "call-in");
        assert_eq!(finding(&open), AssessmentFinding::Undecided, "{hours:?}");
        let told: Vec<&str> = open.readings.iter().map(|one| one.conclusion.as_str()).collect();
        assert_eq!(told, ["length-unknown"]);
    }
}

#[test]
fn the_service_of_something_else_sets_nothing_going() {
    // Rule: IQ-L11-2007 call-in
    let mut case = Case::under("IQ-L11-2007");
    delegation(&mut case, 48);
    decided(&mut case);
    let other = served(&mut case, "612/2025", "2025-11-17T14:00");
    assert!(case.assess(&other).iter().all(|one| one.rule != "call-in"));
    let act = called_in(&mut case, "2025-11-18T10:00");
    let open = case.timeliness(&act, "call-in");
    assert_eq!(finding(&open), AssessmentFinding::Undecided);
}
