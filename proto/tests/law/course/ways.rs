//! Ways that cases take: direct and back, joined and parted, sent elsewhere, round again.

use super::*;

// Rule: IQ-L11-2007 panel-intake
// Rule: IQ-L31-2019 direct-filings
#[test]
fn an_appeal_at_the_panel_goes_back_to_the_council_and_comes_again_by_referral() {
    for rules in ["IQ-L11-2007", "IQ-L31-2019"] {
        let mut case = under(rules);
        let content = appeal(IntakeRoute::Direct, "", "187");
        let appeal = filed(&mut case, FilingKind::AppealFiled, content, PANEL, "2025-11-20T09:00");
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
        let returned = filed(&mut case, kind, content, PANEL, "2025-11-20T11:00");
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
    let first = filed(&mut case, kind, named("أحمد علي حسن"), PANEL, "2025-11-20T09:00");
    let same = filed(&mut case, kind, named("احمد علي حسن"), PANEL, "2025-11-20T10:00");
    filed(&mut case, kind, named("أحمد علي حسين"), PANEL, "2025-11-20T11:00");
    filed(&mut case, kind, named(""), PANEL, "2025-11-20T12:00");
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
    filed(&mut case, FilingKind::ReturnToCouncil, returned, PANEL, "2025-11-26T10:00");
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
    filed(&mut case, FilingKind::CouncilDecision, content, COUNCIL, "2025-12-07T12:00");
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
        let joined = filed(&mut case, FilingKind::JoinCases, content, PANEL, "2025-11-25T10:00");
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
        filed(&mut case, FilingKind::SplitCases, content, PANEL, "2025-11-27T10:00");
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
    filed(&mut case, FilingKind::JoinCases, content, PANEL, "2025-11-25T10:00");
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
    filed(&mut case, FilingKind::LinkCases, content, PANEL, "2025-12-01T10:00");
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
    filed(&mut case, FilingKind::LinkCases, content, COUNCIL, "2025-11-16T12:10");
    let course = case.course("candidate-exclusion", &[]);
    assert_eq!(taken(&course), ["exclusion", "link"]);
    assert_eq!(next(&case, &course), ["publication, council, 8-V, open"]);
    assert_eq!(course.links[0].kind(), CourseLinkKind::Successor);
}

// Rule: IQ-L31-2019 supplements
#[test]
fn a_supplement_is_counted_to_the_appeal_that_it_names() {
    for rules in ["IQ-L11-2007", "IQ-L31-2019"] {
        let (mut case, first) = before_the_panel(rules);
        let kind = FilingKind::AppealFiled;
        let content = appeal(IntakeRoute::Direct, "", "200");
        let second = filed(&mut case, kind, content, PANEL, "2025-11-25T10:00");
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
        filed(&mut case, kind, supplement("650/2025"), PANEL, "2025-11-26T10:00");
        reply(&mut case, &first, kind, supplement("?"), PANEL, "2025-11-26T11:00");
        let lost = filed(&mut case, kind, supplement("999/2025"), PANEL, "2025-11-26T12:00");
        let course = case.course("appeal", &[]);
        let counted: Vec<_> = course.supplements.iter().map(|one| one.appeal_leaf).collect();
        assert_eq!(counted, [Some(second.leaf), Some(first.leaf), None]);
        let told = course.oddities.iter().find(|odd| odd.why() == CourseOddityKind::AppealUnknown);
        assert_eq!(told.map(|oddity| oddity.leaf_index), Some(lost.leaf));
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
    filed(&mut case, FilingKind::JoinCases, content, PANEL, "2025-11-25T10:00");
    assert_eq!(case.course("", &[]).rests[0].kind(), CourseRestKind::Joined);
}
