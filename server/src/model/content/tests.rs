//! The families together check every kind, and each rule finds its fault.

use barid_proto::v1::{self};

use super::*;

fn problems(content: Content) -> Vec<String> {
    let mut checker = Checker::new();
    check_alone(&mut checker, &content);
    checker
        .into_problems()
        .into_iter()
        .map(|problem| format!("{}:{}", problem.place.unwrap().path, problem.code))
        .collect()
}

fn act(number: &str) -> Option<v1::ActReference> {
    Some(v1::ActReference { number: number.into(), ..v1::ActReference::default() })
}

/// One empty content of each kind, in the order of the kinds.
fn empty_of_each_kind() -> Vec<Content> {
    vec![
        Content::ComplaintRegistered(Default::default()),
        Content::ComplaintClassified(Default::default()),
        Content::InquiryReported(Default::default()),
        Content::DelegationGranted(Default::default()),
        Content::DelegatedDecision(Default::default()),
        Content::CallIn(Default::default()),
        Content::CouncilDecision(Default::default()),
        Content::PublicationCertificate(Default::default()),
        Content::AppealFiled(Default::default()),
        Content::SupplementFiled(Default::default()),
        Content::AppealWithdrawn(Default::default()),
        Content::Referral(Default::default()),
        Content::ReturnToCouncil(Default::default()),
        Content::Query(Default::default()),
        Content::Answer(Default::default()),
        Content::RulingIssued(Default::default()),
        Content::ProofOfService(Default::default()),
        Content::ImplementationReport(Default::default()),
        Content::CriminalReferral(Default::default()),
        Content::CriminalReferralAcknowledged(Default::default()),
        Content::ClosingCertificate(Default::default()),
        Content::ResultsAdopted(Default::default()),
        Content::RatificationRequest(Default::default()),
        Content::RatificationDecision(Default::default()),
        Content::RatificationNotice(Default::default()),
        Content::ResultsAnnounced(Default::default()),
        Content::InterimOrder(Default::default()),
        Content::JoinCases(Default::default()),
        Content::SplitCases(Default::default()),
        Content::LinkCases(Default::default()),
        Content::CorrectIdentifier(Default::default()),
        Content::RegisterStatement(Default::default()),
        Content::LedgerDigest(Default::default()),
        Content::ReconciliationException(Default::default()),
        Content::RuleSetPublished(Default::default()),
        Content::HolidayCalendar(Default::default()),
        Content::OfficeDirectory(Default::default()),
        Content::KeyEvent(Default::default()),
        Content::PilotPaper(Default::default()),
        Content::Acknowledgement(Default::default()),
        Content::Registration(Default::default()),
        Content::RefusalToRegister(Default::default()),
        Content::ClockToken(Default::default()),
        Content::MembershipChanged(Default::default()),
        Content::OutageReported(Default::default()),
        Content::AccessGranted(Default::default()),
        Content::DocumentsDestroyed(Default::default()),
        Content::HoldPlaced(Default::default()),
        Content::HoldLifted(Default::default()),
    ]
}

#[test]
fn every_kind_is_checked_and_an_empty_one_says_nothing() {
    for (index, content) in empty_of_each_kind().into_iter().enumerate() {
        assert_eq!(i32::from(kind_of(&content)) as usize, index + 1);
        // A list that may be empty makes an empty directory well-formed.
        let may_be_empty = matches!(content, Content::OfficeDirectory(_));
        assert_eq!(problems(content).is_empty(), may_be_empty, "kind {}", index + 1);
    }
}

#[test]
fn a_closing_certificate_that_does_not_add_up_is_marked() {
    let certificate = |count| {
        Content::ClosingCertificate(v1::ClosingCertificate {
            certificate: act("9"),
            docketed: 3,
            outcomes: vec![v1::OutcomeCount { outcome: v1::Outcome::Rejected.into(), count }],
            docket_numbers: vec![],
            none_pending: true,
        })
    };
    let doubted = |content| {
        let mut checker = Checker::new();
        doubts(&mut checker, &FilingContent { content: Some(content) });
        checker.into_problems().into_iter().map(|one| one.code).collect::<Vec<_>>()
    };
    assert!(doubted(certificate(3)).is_empty());
    // That the sum is another is what everybody has to see: it is filed, and marked.
    assert!(problems(certificate(2)).is_empty());
    assert_eq!(doubted(certificate(2)), ["sum"]);
}

#[test]
fn a_seat_has_one_winner() {
    let winner = |seat| v1::Winner {
        seat,
        constituency: "south".into(),
        full_name: "A B C D".into(),
        ..v1::Winner::default()
    };
    let request = Content::RatificationRequest(v1::RatificationRequest {
        letter: act("79"),
        winners: vec![winner(1), winner(1), winner(0)],
        ..v1::RatificationRequest::default()
    });
    assert_eq!(problems(request), ["winners[1].seat:twice", "winners[2].seat:missing"]);
}

#[test]
fn an_account_of_appeals_need_not_add_up_but_must_name_cases() {
    let account = |exceptions| {
        Content::RatificationRequest(v1::RatificationRequest {
            letter: act("79"),
            winners: vec![v1::Winner {
                seat: 1,
                constituency: "Basra".into(),
                full_name: "A B C D".into(),
                ..v1::Winner::default()
            }],
            appeals: Some(v1::AppealsAccount {
                received: 872,
                docketed: 853,
                exceptions,
                ..v1::AppealsAccount::default()
            }),
            ..v1::RatificationRequest::default()
        })
    };
    assert!(problems(account(vec![])).is_empty());
    let nameless = v1::ReconciliationException {
        kind: v1::ExceptionKind::DirectFiling.into(),
        ..v1::ReconciliationException::default()
    };
    assert_eq!(problems(account(vec![nameless])), ["appeals.exceptions[0].ours:missing"]);
    let evident = v1::ReconciliationException {
        kind: v1::ExceptionKind::AmbiguousMatch.into(),
        theirs: Some(v1::DocketNumber {
            institution: "ejp".into(),
            literal: "612/2025".into(),
            ..v1::DocketNumber::default()
        }),
        our_evidence: vec![v1::ExceptionEvidence { outcome: 99, ..Default::default() }],
        their_evidence: vec![v1::ExceptionEvidence::default(); 17],
        strength: 9,
        reasons: vec![0],
        ..v1::ReconciliationException::default()
    };
    assert_eq!(problems(account(vec![evident])).len(), 4);
}

#[test]
fn partial_ratification_names_its_seats() {
    let decision = |scope: v1::RatificationScope, excepted_seats| {
        Content::RatificationDecision(v1::RatificationDecision {
            decision: act("235"),
            scope: scope.into(),
            excepted_seats,
            ..v1::RatificationDecision::default()
        })
    };
    assert!(problems(decision(v1::RatificationScope::Except, vec![7])).is_empty());
    assert!(problems(decision(v1::RatificationScope::All, vec![])).is_empty());
    assert_eq!(problems(decision(v1::RatificationScope::Except, vec![])), ["excepted_seats:scope"]);
    assert_eq!(problems(decision(v1::RatificationScope::All, vec![7])), ["excepted_seats:scope"]);
}

#[test]
fn a_tally_that_does_not_add_up_is_no_matter_of_form() {
    let decision = Content::CouncilDecision(v1::CouncilDecision {
        decision: act("214"),
        vote: Some(v1::Vote { present: 8, in_favour: 5, against: 4, ..v1::Vote::default() }),
        clauses: vec![v1::OperativeClause {
            number: 2,
            text: Some(crate::model::place::english("publish".into())),
            ..v1::OperativeClause::default()
        }],
        ..v1::CouncilDecision::default()
    });
    assert_eq!(problems(decision), ["clauses[0].number:clause-number"]);
}

#[test]
fn figures_that_contradict_each_other_are_marked_and_no_matter_of_form() {
    let constituency = |registered, voters, valid, invalid| v1::ConstituencyResult {
        constituency: "south".into(),
        registered,
        voters,
        valid,
        invalid,
        ..v1::ConstituencyResult::default()
    };
    let results = Content::ResultsAdopted(v1::ResultsAdopted {
        decision: act("1"),
        constituencies: vec![
            constituency(3, 2, 1, 1),
            constituency(3, 4, 4, 0),
            constituency(3, 2, u64::MAX, 1),
        ],
        ..v1::ResultsAdopted::default()
    });
    assert!(problems(results.clone()).is_empty());
    let mut checker = Checker::new();
    doubts(&mut checker, &FilingContent { content: Some(results) });
    let found = checker.into_problems();
    assert!(found.iter().all(|one| one.severity() == v1::ProblemSeverity::Warning));
    let codes: Vec<&str> = found.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["turnout", "vote-sum"]);
}
