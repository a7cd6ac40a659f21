//! Sittings, publications, delegations, appeals and rulings under the built-in rule sets: who may
//! decide what, apart from time.

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

/// Ballots by letter: `f`, `a`, `-`; `r` stood aside, `x` was not there. The first chairs.
fn roll(ballots: &str) -> Vec<Attendance> {
    let attendance = |(number, letter)| Attendance {
        name: format!("Commissioner {number}"),
        member_id: format!("m{number}"),
        present: letter != 'x',
        recused: letter == 'r',
        chair: number == 1,
        ballot: match letter {
            'f' => Ballot::InFavour,
            'a' => Ballot::Against,
            '-' => Ballot::Abstained,
            _ => Ballot::Unspecified,
        }
        .into(),
    };
    (1..).zip(ballots.chars()).map(attendance).collect()
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

#[test]
fn decision_214_was_carried_four_to_four_by_the_chair() {
    // Rule: IQ-L11-2007 seats
    // Rule: IQ-L11-2007 oath
    // Rule: IQ-L11-2007 quorum
    // Rule: IQ-L11-2007 majority
    // Rule: IQ-L11-2007 casting-vote
    // Rule: IQ-L11-2007 tally
    // Rule: IQ-L11-2007 membership-ends
    // Scenario B of the law's brief: eight of nine, four to four, the chair in favour.
    let mut case = Case::under(SEED);
    assert_eq!(told(&council(&mut case, lawyers)), ["composition-met"]);
    let vote = Vote { casting_vote: true, ..tally(8, 4, 4, 0) };
    let decided = sitting(&mut case, "ffffaaaax", vote);
    for (rule, about, conclusion) in [
        ("quorum", "quorum", "quorum-met"),
        ("majority", "majority", "decided-by-casting-vote"),
        ("casting-vote", "casting-vote", "chair-decided"),
        ("oath", "oath", "oaths-taken"),
        ("membership-ends", "roll", "members-entitled"),
        ("tally", "tally", "tally-agrees"),
    ] {
        let found = case.one(&decided, rule, about);
        assert_eq!((finding(&found), told(&found)), (IN_ORDER, vec![conclusion]), "{rule}");
        assert_eq!(found.leaves, [0], "{rule} rests on the seats");
    }
}

#[test]
fn four_to_four_without_the_chair_decides_nothing() {
    // Rule: IQ-L11-2007 casting-vote
    let mut case = Case::under(SEED);
    council(&mut case, lawyers);
    let decided = sitting(&mut case, "xffffaaaa", tally(8, 4, 4, 0));
    assert_eq!(told(&case.one(&decided, "majority", "majority")), ["tied"]);
    let casting = case.one(&decided, "casting-vote", "casting-vote");
    assert_eq!((finding(&casting), told(&casting)), (OUT_OF_ORDER, vec!["chair-absent"]));
    let aside = sitting(&mut case, "rffffaaaa", tally(8, 4, 4, 0));
    assert_eq!(told(&case.one(&aside, "casting-vote", "casting-vote")), ["chair-recused"]);
}

#[test]
fn four_to_three_with_one_abstention_is_contested() {
    // Rule: IQ-L11-2007 majority
    let mut case = Case::under(SEED);
    council(&mut case, lawyers);
    let decided = sitting(&mut case, "ffffaaa-x", tally(8, 4, 3, 1));
    let found = case.one(&decided, "majority", "majority");
    assert_eq!(finding(&found), CONTESTED);
    assert_eq!(case.reading(&found, &[("A11-majority", "present")]).conclusion, "failed");
    assert_eq!(case.reading(&found, &[("A11-majority", "cast")]).conclusion, "passed");
}

#[test]
fn a_senior_post_takes_five_and_a_directors_too() {
    // Rule: IQ-L11-2007 special-majority
    // Rule: IQ-L11-2007 office-directors
    let mut case = Case::under(SEED);
    council(&mut case, lawyers);
    for (matter, rule) in [
        ("appoint-senior-post", "special-majority"),
        ("appoint-office-director", "office-directors"),
    ] {
        for (ballots, expected) in [("fffffaaax", IN_ORDER), ("ffffaaaax", OUT_OF_ORDER)] {
            let mut decided = sitting(&mut case, ballots, tally(8, 4, 4, 0));
            if let Some(Content::CouncilDecision(decision)) = &mut decided.content {
                decision.matter = matter.to_owned();
            }
            let found = case.one(&decided, rule, "special-majority");
            assert_eq!(finding(&found), expected, "{matter} {ballots}");
            let rules: Vec<String> =
                case.assess(&decided).into_iter().map(|one| one.rule).collect();
            assert!(!rules.contains(&"majority".to_owned()), "the ordinary one does not apply");
        }
    }
}

/// Proofs by day, newspaper and language.
fn certified(case: &mut Case, days: &[&str], papers: &[&str], languages: &[&str]) -> Assessment {
    let mut proofs = Vec::new();
    for day in days {
        for paper in papers {
            for language in languages {
                proofs.push(PublicationProof {
                    day: Some(civil(day)),
                    channel: PublicationChannel::Newspaper.into(),
                    outlet: (*paper).to_owned(),
                    language: (*language).to_owned(),
                    ..PublicationProof::default()
                });
            }
        }
    }
    let content = Content::PublicationCertificate(PublicationCertificate {
        decision: Some(decision()),
        proofs,
        first_day: days.first().map(|day| civil(day)),
        last_day: days.last().map(|day| civil(day)),
    });
    let kind = FilingKind::PublicationCertificate;
    let act = case.act(kind, content, COUNCIL, "2025-11-19T15:00");
    case.one(&act, "publication", "publication")
}

#[test]
fn eighteen_proofs_are_complete_in_newspapers_and_none_on_the_website() {
    // Rule: IQ-L11-2007 publication
    let mut case = Case::under(SEED);
    let days = ["2025-11-17", "2025-11-18", "2025-11-19"];
    let papers = ["الصباح", "الزمان", "المدى"];
    let found = certified(&mut case, &days, &papers, &["ar", "ckb"]);
    assert_eq!(finding(&found), CONTESTED, "the website is the other reading");
    let press = [("A5", "newspaper")];
    assert_eq!(case.reading(&found, &press).conclusion, "complete");
    assert_eq!(case.reading(&found, &[("A5", "website")]).conclusion, "proofs-missing");
    let badini = [("A5", "newspaper"), ("A14-kurdish", "kmr")];
    assert_eq!(case.reading(&found, &badini).conclusion, "proofs-missing");
    let short = certified(&mut case, &days, &papers[..2], &["ar", "ckb"]);
    assert_eq!((finding(&short), told(&short)), (OUT_OF_ORDER, vec!["proofs-missing"]));
    for language in ["ar:", "ckb/kmr:"] {
        let of = |input: &&barid_proto::v1::AssessmentInput| {
            input.name == "missing" && input.value.contains(language)
        };
        assert_eq!(short.inputs.iter().filter(of).count(), 3, "three days, {language}");
    }
}

#[test]
fn the_website_is_enough_under_the_later_law() {
    // Rule: IQ-L31-2019 publication
    let mut case = Case::under(LATER);
    let content = Content::PublicationCertificate(PublicationCertificate {
        decision: Some(decision()),
        proofs: vec![PublicationProof {
            day: Some(civil("2025-11-17")),
            channel: PublicationChannel::Website.into(),
            outlet: "https://www.example.iq/214".to_owned(),
            language: "ar".to_owned(),
            ..PublicationProof::default()
        }],
        first_day: Some(civil("2025-11-17")),
        last_day: Some(civil("2025-11-17")),
    });
    let kind = FilingKind::PublicationCertificate;
    let act = case.act(kind, content, COUNCIL, "2025-11-17T15:00");
    let found = case.one(&act, "publication", "publication");
    assert_eq!((finding(&found), told(&found)), (IN_ORDER, vec!["complete"]));
}

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
