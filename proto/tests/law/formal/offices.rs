//! What offices decide for it, what is appealed, ruled, ratified and carried out.

use super::*;

/// Delegation 71 of 3 November 2025, to a governorate office, for green complaints.
fn delegated(case: &mut Case) {
    let granted = DelegationGranted {
        decision: Some(instrument()),
        delegates: vec![at("ihec", "geo-nin")],
        colours: vec![Colour::Green.into()],
        valid_from: Some(civil("2025-11-09")),
        valid_until: Some(civil("2025-11-30")),
        call_in_hours: 48,
        vote: Some(tally(8, 7, 0, 1)),
        ..DelegationGranted::default()
    };
    let kind = FilingKind::DelegationGranted;
    let act = case.act(kind, Content::DelegationGranted(granted), COUNCIL, "2025-11-03T12:00");
    case.add_for_all(act);
    let green = ComplaintClassified { colour: Colour::Green.into(), ..Default::default() };
    let kind = FilingKind::ComplaintClassified;
    let content = Content::ComplaintClassified(green);
    let act = case.act(kind, content, ("ihec", "geo-nin"), "2025-11-13T10:00");
    case.add(act);
}

fn instrument() -> ActReference {
    let (institution, number) = ("ihec".to_owned(), "71/2025".to_owned());
    let date = Some(civil("2025-11-03"));
    ActReference { institution, number, date, minutes_number: String::new() }
}

fn by_office(case: &mut Case, mode: DelegationMode) -> barid_proto::assess::Act {
    let content = DelegatedDecision {
        delegation: (mode == DelegationMode::Decide).then(instrument),
        number: "NIN-DD-2025-0019".to_owned(),
        decided_on: Some(civil("2025-11-17")),
        mode: mode.into(),
        ..DelegatedDecision::default()
    };
    let kind = FilingKind::DelegatedDecision;
    case.act(kind, Content::DelegatedDecision(content), ("ihec", "geo-nin"), "2025-11-17T12:00")
}

#[test]
fn an_office_decides_a_green_complaint_under_its_delegation() {
    // Rule: IQ-L11-2007 delegated-decisions
    // Rule: IQ-L11-2007 delegation-instrument
    // Scenario A: eight present, seven in favour, one abstention.
    let mut case = Case::under(SEED);
    council(&mut case, lawyers);
    delegated(&mut case);
    let decided = by_office(&mut case, DelegationMode::Decide);
    let found = case.one(&decided, "delegated-decisions", "delegation");
    assert_eq!(case.reading(&found, &[("A7-mode", "decide")]).conclusion, "covered");
    assert_eq!(case.reading(&found, &[("A7-mode", "recommend")]).conclusion, "recommendation-only");
    assert_eq!(found.leaves, [0, 1, 2], "seats, delegation, colour");
}

#[test]
fn under_the_later_law_the_office_recommends() {
    // Rule: IQ-L31-2019 recommendations
    let mut case = Case::under(LATER);
    delegated(&mut case);
    let recommended = by_office(&mut case, DelegationMode::Recommend);
    let found = case.one(&recommended, "recommendations", "delegation");
    assert_eq!((finding(&found), told(&found)), (IN_ORDER, vec!["recommendation"]));
    let decided = by_office(&mut case, DelegationMode::Decide);
    let found = case.one(&decided, "recommendations", "delegation");
    assert_eq!(told(&found), ["recommendation-only", "covered"]);
}

fn appeal_by(case: &mut Case, capacity: Capacity) -> barid_proto::assess::Act {
    let content = AppealFiled {
        appellant: Some(Person { capacity: capacity.into(), ..Person::default() }),
        challenged: Some(decision()),
        ..AppealFiled::default()
    };
    let content = Content::AppealFiled(content);
    case.act(FilingKind::AppealFiled, content, ("ihec", "geo-bas"), "2025-11-23T14:10")
}

#[test]
fn who_may_appeal_differs_by_law_and_reading() {
    // Rule: IQ-L11-2007 standing
    // Rule: IQ-L31-2019 appeal-standing
    for (law, rule, capacity, expected) in [
        (SEED, "standing", Capacity::PoliticalEntity, IN_ORDER),
        (SEED, "standing", Capacity::Candidate, CONTESTED),
        (SEED, "standing", Capacity::Voter, CONTESTED),
        (LATER, "appeal-standing", Capacity::PoliticalEntity, IN_ORDER),
        (LATER, "appeal-standing", Capacity::Candidate, IN_ORDER),
        (LATER, "appeal-standing", Capacity::Voter, CONTESTED),
        (LATER, "appeal-standing", Capacity::Unspecified, AssessmentFinding::Undecided),
    ] {
        let mut case = Case::under(law);
        let appeal = appeal_by(&mut case, capacity);
        assert_eq!(finding(&case.one(&appeal, rule, "standing")), expected, "{law} {capacity:?}");
    }
}

#[test]
fn only_the_councils_final_decision_goes_to_the_panel() {
    // Rule: IQ-L11-2007 panel-only
    // Rule: IQ-L31-2019 panel-only
    for law in [SEED, LATER] {
        let mut case = Case::under(law);
        let decided = sitting(&mut case, "fffff", tally(5, 5, 0, 0));
        case.add_for_all(decided);
        let mut appeal = appeal_by(&mut case, Capacity::Candidate);
        let found = case.one(&appeal, "panel-only", "finality");
        assert_eq!((finding(&found), told(&found)), (IN_ORDER, vec!["final-decision"]), "{law}");
        for (court, conclusion) in [("ejp", "final-decision"), ("fsc", "misdirected")] {
            appeal.body.recipients = vec![at(court, "registry")];
            assert_eq!(told(&case.one(&appeal, "panel-only", "finality")), [conclusion], "{law}");
        }
    }
}

#[test]
fn the_panel_rules_with_three_judges_and_says_that_it_is_final() {
    // Rule: IQ-L11-2007 panel-intake
    // Rule: IQ-L31-2019 panel
    // Rule: IQ-L31-2019 final-rulings
    let ruling = |case: &mut Case, judges: &[&str], court: &str| {
        let judge = |name: &&str| Judge { name: (*name).to_owned(), presiding: false };
        let judges = judges.iter().map(judge).collect();
        let content = Content::RulingIssued(RulingIssued { judges, ..RulingIssued::default() });
        case.act(FilingKind::RulingIssued, content, (court, "registry"), "2025-12-04T12:00")
    };
    for (law, rule) in [(SEED, "panel-intake"), (LATER, "panel")] {
        let mut case = Case::under(law);
        let three = ruling(&mut case, &["P", "Q", "R"], "ejp");
        assert_eq!(told(&case.one(&three, rule, "ruling")), ["enough-judges"], "{law}");
        let two = ruling(&mut case, &["P", "Q"], "ejp");
        let found = case.one(&two, rule, "ruling");
        assert_eq!((finding(&found), told(&found).len()), (CONTESTED, 2), "{law}");
        let elsewhere = ruling(&mut case, &["P"], "fsc");
        assert!(case.assess(&elsewhere).iter().all(|one| one.rule != rule), "{law}");
    }
    let mut case = Case::under(LATER);
    let silent = ruling(&mut case, &["P", "Q", "R"], "ejp");
    assert_eq!(told(&case.one(&silent, "final-rulings", "ruling")), ["not-said-final"]);
}

#[test]
fn a_decision_of_2025_has_its_parts_and_settles_each_case_once() {
    // Rule: IQ-L31-2019 decision-form
    // Rule: IQ-L31-2019 tally
    // Rule: IQ-L31-2019 batch-decisions
    // Rule: IQ-L11-2007 decide-complaints
    let mut case = Case::under(LATER);
    let mut decided = sitting(&mut case, "ffffffffx", tally(8, 8, 0, 0));
    let form = case.one(&decided, "decision-form", "anatomy");
    assert_eq!((finding(&form), told(&form)), (OUT_OF_ORDER, vec!["parts-missing"]));
    assert_eq!(told(&case.one(&decided, "tally", "tally")), ["tally-agrees"]);
    let outcome = |number: usize| CaseOutcome {
        docket_number: Some(DocketNumber {
            institution: "ihec".to_owned(),
            literal: format!("BAS-CMP-2025-{number:04}"),
            normal: String::new(),
        }),
        outcome: Outcome::Rejected.into(),
        reason: None,
    };
    // The largest batch of October 2021 had 483 cases.
    if let Some(Content::CouncilDecision(decision)) = &mut decided.content {
        decision.outcomes = (1..=483).map(outcome).collect();
    }
    let batch = case.one(&decided, "batch-decisions", "batch");
    assert_eq!((finding(&batch), told(&batch)), (IN_ORDER, vec!["each-case-once"]));
    if let Some(Content::CouncilDecision(decision)) = &mut decided.content {
        decision.outcomes.push(outcome(7));
    }
    assert_eq!(told(&case.one(&decided, "batch-decisions", "batch")), ["case-twice"]);
    let seed = Case::under(SEED);
    assert_eq!(told(&seed.one(&decided, "decide-complaints", "batch")), ["case-twice"]);
}

#[test]
fn seven_judges_and_two_advisers_sit_since_2019() {
    // Rule: IQ-L31-2019 seats
    let judges = |number| if number <= 7 { "judge" } else { "adviser" };
    assert_eq!(told(&council(&mut Case::under(LATER), judges)), ["composition-met"]);
    assert_eq!(told(&council(&mut Case::under(LATER), lawyers)), ["profession-missing"]);
}

#[test]
fn a_complaint_is_made_by_who_may_on_a_form_that_is_complete() {
    // Rule: IQ-L31-2019 complaint-standing
    // Rule: IQ-L31-2019 complaint-form
    let mut case = Case::under(LATER);
    let mut complaint = |capacity: Capacity, endorsement| {
        let content = Content::ComplaintRegistered(ComplaintRegistered {
            form_serial: "110/0007".to_owned(),
            complainant: Some(Person { capacity: capacity.into(), ..Person::default() }),
            witnessed: true,
            signed: true,
            endorsement,
            ..ComplaintRegistered::default()
        });
        let kind = FilingKind::ComplaintRegistered;
        let act = case.act(kind, content, ("ihec", "geo-nin"), "2025-11-11T16:45");
        let who = finding(&case.one(&act, "complaint-standing", "standing"));
        let form = told(&case.one(&act, "complaint-form", "complaint-form")).join(" ");
        (who, form)
    };
    let endorsed = || Some(Endorsement::default());
    let complete = |who| (who, "form-complete".to_owned());
    assert_eq!(complaint(Capacity::PartyAgent, endorsed()), complete(IN_ORDER));
    assert_eq!(complaint(Capacity::Observer, endorsed()), complete(OUT_OF_ORDER));
    let bare = (IN_ORDER, "not-endorsed".to_owned());
    assert_eq!(complaint(Capacity::Voter, None), bare);
}

#[test]
fn what_is_carried_out_is_held_against_the_clauses() {
    // Rule: IQ-L11-2007 implement-decisions
    // Rule: IQ-L11-2007 implement-rulings
    let mut case = Case::under(SEED);
    let clause = |number| OperativeClause { number, ..OperativeClause::default() };
    let mut decided = sitting(&mut case, "fffff", tally(5, 5, 0, 0));
    if let Some(Content::CouncilDecision(decision)) = &mut decided.content {
        decision.clauses = vec![clause(1), clause(2)];
    }
    case.add(decided);
    let named = ActReference {
        institution: "ejp".to_owned(),
        number: "612/الهيئة القضائية للانتخابات/2025".to_owned(),
        ..ActReference::default()
    };
    let ruling = RulingIssued {
        ruling: Some(named.clone()),
        clauses: vec![clause(1)],
        ..RulingIssued::default()
    };
    let content = Content::RulingIssued(ruling);
    let ruled =
        case.act(FilingKind::RulingIssued, content, ("ejp", "registry"), "2025-12-04T12:00");
    case.add(ruled);
    let mut report = |act: ActReference| {
        let done = ImplementationTask {
            clause: 1,
            done_on: Some(civil("2025-12-05")),
            ..ImplementationTask::default()
        };
        let content = Content::ImplementationReport(ImplementationReport {
            act: Some(act),
            tasks: vec![done],
            changes: Vec::new(),
        });
        let kind = FilingKind::ImplementationReport;
        let act = case.act(kind, content, COUNCIL, "2025-12-07T09:00");
        let found = case.assess(&act);
        let mut found = found.iter().filter(|one| one.subject == "implementation");
        let one = found.next().map(|one| (one.rule.clone(), told(one).join(" ")));
        assert!(found.next().is_none(), "one rule speaks");
        one
    };
    let own = ("implement-decisions".to_owned(), "clauses-not-covered".to_owned());
    assert_eq!(report(decision()), Some(own));
    let theirs = ("implement-rulings".to_owned(), "carried-out".to_owned());
    assert_eq!(report(named), Some(theirs));
}

#[test]
fn evidence_that_is_listed_and_not_handed_over_is_named() {
    // Rule: IQ-L11-2007 criminal-referral
    let mut case = Case::under(SEED);
    let content = Content::CriminalReferral(CriminalReferral {
        exhibit_numbers: vec!["E1".to_owned(), "E2".to_owned()],
        ..CriminalReferral::default()
    });
    let mut referral = case.act(FilingKind::CriminalReferral, content, COUNCIL, "2025-11-20T09:00");
    let exhibit = |number: &str| Exhibit { number: number.to_owned(), ..Exhibit::default() };
    referral.body.exhibits = vec![exhibit("E1")];
    let found = case.one(&referral, "criminal-referral", "criminal-referral");
    assert_eq!((finding(&found), told(&found)), (OUT_OF_ORDER, vec!["exhibits-missing"]));
    referral.body.exhibits.push(exhibit("E2"));
    let found = case.one(&referral, "criminal-referral", "criminal-referral");
    assert_eq!(told(&found), ["exhibits-present"]);
}

#[test]
fn the_seed_law_is_not_applied_to_an_election_of_2025() {
    // Rule: IQ-L11-2007 regime
    // Rule: IQ-L31-2019 regulations
    // Rule: IQ-REG10-2025 regulations
    for (law, rule, named, conclusion) in [
        (SEED, "regime", "IQ-L11-2007/1", "no-longer-in-force"),
        (LATER, "regulations", "IQ-L31-2019", "in-force"),
        (LATER, "regulations", "IQ-REG10-2025/1", "other-rule-set"),
        ("IQ-REG10-2025", "regulations", "IQ-REG10-2025", "in-force"),
    ] {
        let mut case = Case::under(law).of_event("CoR-2025-6");
        let mut appeal = appeal_by(&mut case, Capacity::Candidate);
        appeal.body.rule_set_id = named.to_owned();
        assert_eq!(told(&case.one(&appeal, rule, "rule-set")), [conclusion], "{law}");
    }
}

#[test]
fn what_registers_keep_and_people_decide_is_assessed_by_nobody() {
    // Rule: IQ-L11-2007 oversight
    // Rule: IQ-L11-2007 regional-office
    // Rule: IQ-L11-2007 counting-procedures
    // Rule: IQ-L11-2007 regulations
    // Rule: IQ-L11-2007 directors-replaced
    // Rule: IQ-L11-2007 competence
    // Rule: IQ-L31-2019 colours
    // Rule: IQ-L31-2019 exclusion-appeals
    // Rule: MX-LGSMIME service-by-presence
    // Rule: MX-LGSMIME late-challenges
    // Rule: MX-LGSMIME electronic-signature
    // Rule: MX-LGSMIME assignment
    let nobody = [Check::Kept, Check::People];
    for (law, rules) in [
        (
            SEED,
            &[
                "oversight",
                "regional-office",
                "counting-procedures",
                "regulations",
                "directors-replaced",
                "competence",
            ][..],
        ),
        (LATER, &["colours", "exclusion-appeals"][..]),
        (
            "MX-LGSMIME",
            &["service-by-presence", "late-challenges", "electronic-signature", "assignment"][..],
        ),
    ] {
        let set = rule_set(law);
        for key in rules {
            let rule = set.rule(key).unwrap_or_else(|| panic!("{law} {key}"));
            let kept = matches!(&rule.operation, Operation::Check(check) if nobody.contains(check));
            assert!(kept, "{law} {key}: {}", rule.operation.name());
        }
        let mut case = Case::of(set);
        let appeal = appeal_by(&mut case, Capacity::Voter);
        let spoke = case.assess(&appeal).into_iter().find(|one| rules.contains(&one.rule.as_str()));
        assert_eq!(spoke, None, "{law}");
    }
}

#[test]
fn an_act_of_another_body_is_not_measured_by_the_councils_rules() {
    // Rule: IQ-L11-2007 quorum
    let mut case = Case::under(SEED);
    let mut decided = sitting(&mut case, "f", tally(1, 1, 0, 0));
    if let Some(Content::CouncilDecision(decision)) = &mut decided.content {
        decision.body = "monitoring-committee".to_owned();
    }
    assert!(case.assess(&decided).iter().all(|one| one.rule != "quorum"));
}
