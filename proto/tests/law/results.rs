//! Scenario C, and complaints: what follows from an election's days and from its ratification.

use barid_proto::assess::Act;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    ActReference, Assessment, AssessmentFinding, ClosingCertificate, ComplaintRegistered,
    ConstituencyResult, FilingKind, Outcome, OutcomeCount, RatificationDecision,
    RatificationRequest, RatificationScope, ResultsAdopted, ResultsAnnounced, SupplementFiled,
    Winner,
};

use crate::fixture::{Case, at, built_in, civil, finding, rule_set};

#[test]
fn parliament_convenes_within_fifteen_days_of_the_ratification() {
    // Rule: IQ-L11-2007 first-session
    // Rule: IQ-L31-2019 first-session
    // Rule: IQ-REG10-2025 first-session
    for law in ["IQ-L11-2007", "IQ-L31-2019", "IQ-REG10-2025"] {
        let mut case = Case::under(law);
        let decision = ActReference {
            institution: "fsc".to_owned(),
            number: "235/اتحادية/2025".to_owned(),
            date: Some(civil("2025-12-14")),
            ..ActReference::default()
        };
        let content = Content::RatificationDecision(RatificationDecision {
            decision: Some(decision),
            ..RatificationDecision::default()
        });
        let kind = FilingKind::RatificationDecision;
        let ratified = case.act(kind, content, ("fsc", "registry"), "2025-12-15T09:00");
        let opened = case.one(&ratified, "first-session", "period");
        assert_eq!(case.preferred(&opened), "2025-12-29 24:00", "{law}");
        assert_eq!(opened.readings.len(), 1, "{law}: nothing is open here");
        assert_eq!(finding(&opened), AssessmentFinding::InOrder);
    }
}

#[test]
fn a_complaint_is_in_time_until_offices_close_on_the_day_after_polling() {
    // Rule: IQ-L31-2019 complaint-window
    // Rule: IQ-REG10-2025 complaint-window
    // Special voting was on the 9th and general voting on the 11th: the last polling day counts.
    let mut case = Case::under("IQ-REG10-2025").of_event("CoR-2025-6");
    let case = &mut case;
    case.calendar(("ihec", ""), Some(("2025-11-01", "2025-11-30")), &[]);
    for (when, expected) in [
        ("2025-11-09T10:00", AssessmentFinding::InOrder),
        ("2025-11-11T16:45", AssessmentFinding::InOrder),
        ("2025-11-12T15:00", AssessmentFinding::InOrder),
        ("2025-11-12T15:01", AssessmentFinding::OutOfOrder),
    ] {
        let content = Content::ComplaintRegistered(ComplaintRegistered::default());
        let kind = FilingKind::ComplaintRegistered;
        let complaint = case.act(kind, content, ("ihec", "geo-nin"), when);
        let timely = case.timeliness(&complaint, "complaint-window");
        assert_eq!(finding(&timely), expected, "{when}");
        assert_eq!(case.preferred(&timely), "2025-11-12 15:00");
    }
}

#[test]
fn a_complaint_of_an_election_that_the_rule_set_does_not_know_is_undecided() {
    // Rule: IQ-L31-2019 complaint-window
    let mut case = Case::under("IQ-L31-2019").of_event("CoR-2025-6");
    let content = Content::ComplaintRegistered(ComplaintRegistered::default());
    let kind = FilingKind::ComplaintRegistered;
    let complaint = case.act(kind, content, ("ihec", "geo-nin"), "2025-11-12T10:00");
    let open = case.timeliness(&complaint, "complaint-window");
    assert_eq!(finding(&open), AssessmentFinding::Undecided);
    assert!(open.readings.iter().all(|reading| reading.conclusion == "trigger-undated"));
}

#[test]
fn the_regulation_of_an_election_stands_on_the_law_and_says_only_what_differs() {
    // Rule: IQ-L11-2007 regulations
    // Rule: IQ-L31-2019 regulations
    let (law, regulation) = (rule_set("IQ-L31-2019"), rule_set("IQ-REG10-2025"));
    assert_eq!(regulation.extends, [law.name()]);
    assert_eq!(regulation.rules.len(), law.rules.len());
    let event = regulation.event("CoR-2025-6").expect("the election");
    assert_eq!((event.polling.len(), event.seats), (2, 329));
    assert_eq!(event.election, "council-of-representatives");
    assert!(law.event("CoR-2025-6").is_none());
    let cited = |set: &barid_proto::rules::RuleSet| {
        set.rule("complaint-window").map(|rule| rule.instrument.clone())
    };
    assert_eq!(cited(&law).as_deref(), Some("IHEC-2025"));
    assert_eq!(cited(&regulation).as_deref(), Some("REG10-2025"));
}

#[test]
fn what_is_assessed_names_the_one_rule_set_by_name_and_digest() {
    // Rule: IQ-L11-2007 regime
    for set in built_in().all() {
        let mut case = Case::of(set.clone());
        let appeal = case.appeal(("ihec", "geo-bas"), "2025-11-18T10:00");
        let found = case.assess(&appeal);
        assert!(!found.is_empty(), "{}", set.name());
        for one in found {
            assert_eq!(one.rule_set_id, set.name());
            assert_eq!(one.rule_set_sha256, set.sha256);
        }
    }
}

/// What lies before a ratification: the panel's certificate and the adopted results.
fn closed_and_adopted(case: &mut Case) {
    let certificate = ActReference {
        institution: "ejp".to_owned(),
        number: "9".to_owned(),
        date: Some(civil("2025-12-07")),
        ..ActReference::default()
    };
    let closing = ClosingCertificate {
        certificate: Some(certificate),
        docketed: 853,
        outcomes: vec![OutcomeCount { outcome: Outcome::Rejected.into(), count: 853 }],
        docket_numbers: Vec::new(),
        none_pending: true,
    };
    let (kind, content) = (FilingKind::ClosingCertificate, Content::ClosingCertificate(closing));
    let act = case.act(kind, content, ("ejp", "registry"), "2025-12-07T13:00");
    case.add(act);
    let one = ConstituencyResult { seats: 329, ..ConstituencyResult::default() };
    let results = ResultsAdopted { constituencies: vec![one], ..ResultsAdopted::default() };
    let (kind, content) = (FilingKind::ResultsAdopted, Content::ResultsAdopted(results));
    let act = case.act(kind, content, ("ihec", "council"), "2025-12-07T14:00");
    case.add(act);
}

/// The letter of 8 December 2025 with the winners of these seats.
fn requested(case: &mut Case, seats: impl Iterator<Item = u32>) -> Act {
    let letter = |number: &str, institution: &str, day: &str| ActReference {
        institution: institution.to_owned(),
        number: number.to_owned(),
        date: Some(civil(day)),
        ..ActReference::default()
    };
    let winner = |seat: u32| Winner { seat, candidate_id: seat.to_string(), ..Winner::default() };
    let content = Content::RatificationRequest(RatificationRequest {
        letter: Some(letter("(خ/ 25 ر.م/ 79)", "ihec", "2025-12-08")),
        winners: seats.map(winner).collect(),
        closing_certificate: Some(letter("9", "ejp", "2025-12-07")),
        pending_suits: Vec::new(),
        appeals: None,
    });
    let kind = FilingKind::RatificationRequest;
    let mut act = case.act(kind, content, ("ihec", "council"), "2025-12-08T09:00");
    act.body.recipients = vec![at("fsc", "registry")];
    act
}

fn ratified(case: &mut Case, excepted_seats: Vec<u32>) -> Act {
    let scope = match excepted_seats.as_slice() {
        [] => RatificationScope::All,
        _ => RatificationScope::Except,
    };
    let content = Content::RatificationDecision(RatificationDecision {
        decision: Some(ruling_235()),
        scope: scope.into(),
        excepted_seats,
        ..RatificationDecision::default()
    });
    let kind = FilingKind::RatificationDecision;
    let mut act = case.act(kind, content, ("fsc", "registry"), "2025-12-14T12:00");
    act.body.recipients = vec![at("ihec", "council")];
    act
}

fn ruling_235() -> ActReference {
    ActReference {
        institution: "fsc".to_owned(),
        number: "235/اتحادية/2025".to_owned(),
        date: Some(civil("2025-12-14")),
        ..ActReference::default()
    }
}

fn told(assessment: &Assessment) -> Vec<&str> {
    assessment.readings.iter().map(|reading| reading.conclusion.as_str()).collect()
}

#[test]
fn a_dossier_of_329_winners_is_complete_and_one_of_328_names_the_seat() {
    // Rule: IQ-L31-2019 closing
    // Rule: IQ-REG10-2025 closing
    let mut case = Case::under("IQ-REG10-2025").of_event("CoR-2025-6");
    closed_and_adopted(&mut case);
    let whole = requested(&mut case, 1..=329);
    let found = case.one(&whole, "closing", "ratification-dossier");
    assert_eq!(
        (finding(&found), told(&found)),
        (AssessmentFinding::InOrder, vec!["dossier-complete"])
    );
    assert_eq!(found.leaves, [0, 1]);
    let named = |name: &str| {
        let input = found.inputs.iter().find(|input| input.name == name);
        input.map(|input| input.value.clone())
    };
    assert_eq!(named("ratifier").as_deref(), Some("constitutional-court"));
    let short = requested(&mut case, (1..=329).filter(|seat| *seat != 200));
    let found = case.one(&short, "closing", "ratification-dossier");
    assert_eq!(told(&found), ["seats-missing"]);
    assert!(found.inputs.iter().any(|one| one.name == "seat-missing" && one.value == "200"));
}

#[test]
fn results_are_ratified_but_for_two_seats_and_announced_only_then() {
    // Rule: IQ-L11-2007 ratification
    // Rule: IQ-L31-2019 ratification
    // Rule: IQ-REG10-2025 ratification
    for law in ["IQ-L11-2007", "IQ-L31-2019", "IQ-REG10-2025"] {
        let mut case = Case::under(law);
        let asked = requested(&mut case, 1..=329);
        case.add(asked);
        let announced = |case: &mut Case| {
            let content = ResultsAnnounced {
                ratification: Some(ruling_235()),
                ..ResultsAnnounced::default()
            };
            let kind = FilingKind::ResultsAnnounced;
            let content = Content::ResultsAnnounced(content);
            let act = case.act(kind, content, ("ihec", "council"), "2025-12-14T15:00");
            let found = case.one(&act, "ratification", "announcement");
            (finding(&found), told(&found).join(" "))
        };
        let early = (AssessmentFinding::OutOfOrder, "before-ratification".to_owned());
        assert_eq!(announced(&mut case), early, "{law}");
        let odd = ratified(&mut case, vec![330]);
        let found = case.one(&odd, "ratification", "ratification");
        assert_eq!(told(&found), ["seats-not-in-dossier"], "{law}");
        let part = ratified(&mut case, vec![17, 201]);
        let found = case.one(&part, "ratification", "ratification");
        assert_eq!(told(&found), ["ratified-in-part"], "{law}");
        case.add(part);
        let then = (AssessmentFinding::InOrder, "after-partial-ratification".to_owned());
        assert_eq!(announced(&mut case), then, "{law}");
    }
}

#[test]
fn nothing_measures_how_long_the_court_takes_to_ratify() {
    // Rule: IQ-L31-2019 ratification-time
    let mut case = Case::under("IQ-REG10-2025").of_event("CoR-2025-6").with_announced("ihec");
    let content = Content::RatificationRequest(RatificationRequest::default());
    let kind = FilingKind::RatificationRequest;
    let request = case.act(kind, content, ("ihec", "council"), "2025-12-08T10:00");
    let request = case.add(request);
    let content = Content::RatificationDecision(RatificationDecision::default());
    let kind = FilingKind::RatificationDecision;
    let decision = case.act(kind, content, ("fsc", "registry"), "2027-12-08T10:00");
    for act in [&request, &decision] {
        let found = case.assess(act);
        assert!(found.iter().all(|one| one.subject != "timeliness"), "{found:?}");
        assert!(found.iter().all(|one| one.rule == "first-session" || one.frame.is_none()));
    }
}

#[test]
fn a_supplement_is_measured_by_no_window_of_its_own() {
    // Rule: IQ-L31-2019 supplements
    let mut case = Case::under("IQ-L31-2019").with_announced("ihec");
    case.published("2025-11-16", "2025-11-16");
    let appeal = case.appeal(("ihec", "geo-bas"), "2025-11-18T10:00");
    let appeal = case.add(appeal);
    assert!(!case.assess(&appeal).is_empty());
    let content = Content::SupplementFiled(SupplementFiled { number: 1, ..Default::default() });
    let kind = FilingKind::SupplementFiled;
    let supplement = case.act(kind, content, ("ihec", "geo-bas"), "2025-12-20T10:00");
    let windows = |one: &&barid_proto::v1::Assessment| one.frame.is_some();
    assert_eq!(case.assess(&supplement).iter().filter(windows).count(), 0);
}
