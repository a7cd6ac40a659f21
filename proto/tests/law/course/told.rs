//! What is open, what rests, what came out of order, and how it is told.

use super::*;

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

// Rule: IQ-L11-2007 criminal-referral
#[test]
fn a_criminal_referral_is_open_until_the_authority_has_it() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    let referred = || Content::CriminalReferral(CriminalReferral::default());
    let kind = FilingKind::CriminalReferral;
    let first = filed(&mut case, kind, referred(), COUNCIL, "2025-11-25T10:00");
    let second = filed(&mut case, kind, referred(), COUNCIL, "2025-11-25T11:00");
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
    filed(&mut case, kind, got(), ("inv", "office"), "2025-11-27T10:00");
    assert_eq!(standing(&case), [(first.leaf, done), (second.leaf, done)]);
    let course = case.course("appeal", &[]);
    assert_eq!(next(&case, &course), PANEL_MAY, "the case itself goes on");
}

#[test]
fn an_answer_closes_the_question_that_it_names_or_else_the_newest() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    let ask = |case: &mut Case, number: &str, when: &str| {
        let content = Content::Query(Query { number: number.to_owned(), ..Query::default() });
        filed(case, FilingKind::Query, content, PANEL, when)
    };
    let first = ask(&mut case, "1", "2025-11-25T10:00");
    let second = ask(&mut case, "2", "2025-11-25T11:00");
    let third = ask(&mut case, "3", "2025-11-25T12:00");
    let open = |case: &Case| -> Vec<u64> {
        case.course("appeal", &[]).rests.iter().map(|rest| rest.leaf_index).collect()
    };
    assert_eq!(open(&case), [first.leaf, second.leaf, third.leaf]);
    let content = Answer { query_number: "١".to_owned(), ..Answer::default() };
    filed(&mut case, FilingKind::Answer, Content::Answer(content), COUNCIL, "2025-11-26T10:00");
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
    let suspended = filed(&mut case, kind, order(false), COURT, "2025-11-25T10:00");
    let course = case.course("appeal", &[]);
    let rest = course.rests.first().expect("it is suspended");
    assert_eq!((rest.kind(), rest.leaf_index), (CourseRestKind::Suspended, suspended.leaf));
    assert_eq!(rest.until, Some(civil("2025-12-20")));
    filed(&mut case, kind, order(true), COURT, "2025-11-30T10:00");
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
        filed(&mut case, FilingKind::ComplaintRegistered, content, BASRA, "2025-11-20T10:00");
    let content = Content::ImplementationReport(ImplementationReport::default());
    let kind = FilingKind::ImplementationReport;
    let vague = filed(&mut case, kind, content, ("ihec", "national"), "2025-11-20T11:00");
    let registration = registered(&mut case, &early, "1/2025", COUNCIL, "2025-11-20T12:00");
    let content = Content::AppealWithdrawn(AppealWithdrawn::default());
    let taken_back =
        filed(&mut case, FilingKind::AppealWithdrawn, content, BASRA, "2025-11-21T10:00");
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
    filed(&mut case, kind, content, PANEL, "2025-11-25T10:00");
    assert!(case.course("", &[]).expected.is_empty(), "nothing is guessed");
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
        9 => filed(
            case,
            FilingKind::ReturnToCouncil,
            Content::ReturnToCouncil(ReturnToCouncil::default()),
            PANEL,
            when,
        ),
        10 => filed(
            case,
            FilingKind::JoinCases,
            Content::JoinCases(JoinCases::default()),
            PANEL,
            when,
        ),
        _ => filed(
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
fn a_course_is_told_in_four_languages() {
    let (mut case, _) = before_the_panel("IQ-L11-2007");
    case.query(barid_proto::v1::ClockEffect::Suspended, "2025-11-26T10:00");
    let join = JoinCases { lead: Some(docket("ejp", "700/هيئة/2025")), ..JoinCases::default() };
    filed(&mut case, FilingKind::JoinCases, Content::JoinCases(join), PANEL, "2025-11-27T10:00");
    decided(&mut case, "2025-11-28T10:00");
    let course = case.course("appeal", &[]);
    let said = Language::ALL.map(|language| explain::course(&course, language));
    let [arabic, sorani, english, spanish] = &said;
    for line in [
        "Decision of the Council and appeal (IQ-L11-2007/1)",
        "What was done:",
        "Sunday 23/11/2025, 14:10 · Appeal filed at an office · ihec/geo-bas · article 8-V · \
         contested between readings · leaf 5",
        "What may come next:",
        "Answer · Council · article 8-VI · no fixed period",
        "at any time: Supplement to the appeal, Appeal withdrawn",
        "Still open:",
        "clause 3 · ihec/national · leaf 3",
        "The case rests:",
        "a question is not answered · ihec/council · leaf 8",
        "Out of order:",
        "the case is past that step · decision",
        "Other cases:",
        "ejp \u{2068}700/هيئة/2025\u{2069} · joined · leaf 9",
    ] {
        assert!(english.contains(line), "no {line:?} in\n{english}");
    }
    assert!(arabic.contains("ما قد يأتي الآن:") && arabic.contains("\u{2066}23/11/2025\u{2069}"));
    assert!(sorani.contains("ئەوەی کرا:") && spanish.contains("Lo actuado:"));
    let lines = said.each_ref().map(|text| text.lines().count());
    assert_eq!(lines, [lines[0]; 4], "each says the same");
    assert!(said.iter().all(|text| !text.contains("· ·") && !text.contains("{")));
}

#[test]
fn what_is_written_in_a_case_cannot_turn_a_line_around() {
    let mut case = under("IQ-L11-2007");
    let content = CouncilDecision {
        decision: Some(act_of("ihec", "21\u{202e}4\n", "2025-11-16")),
        clauses: vec![clause(1, Some(COUNCIL), None)],
        ..CouncilDecision::default()
    };
    let content = Content::CouncilDecision(content);
    filed(&mut case, FilingKind::CouncilDecision, content, COUNCIL, "2025-11-16T12:00");
    let course = case.course("appeal", &[]);
    for language in Language::ALL {
        let said = explain::course(&course, language);
        assert!(!said.contains('\u{202e}'), "{said}");
        assert!(said.contains("21\u{fffd}4"), "{said}");
    }
}
