//! Single cases, and people's word.

use super::*;
use crate::v1::{self, MatchReason, MatchStrength};

/// Two appeals of one person against one decision on one day, and two dockets without a number of
/// the other side: nothing says which is which.
fn undecided() -> (Register, Register) {
    let unnumbered =
        |serial| RegisteredCase { other_numbers: BTreeSet::new(), ..docketed(serial, 1) };
    let second = RegisteredCase { appellant: person(1), ..referred(9_000) };
    registers(vec![referred(1), second], vec![unnumbered(50), unnumbered(77_000)])
}

#[test]
fn what_nobody_can_tell_is_told_as_that() {
    let (referring, docketing) = undecided();
    let found = reconcile(&Comparison::of(&referring, &docketing));
    assert_eq!(found.matches, []);
    let [only] = found.exceptions.as_slice() else { panic!("{:?}", found.exceptions) };
    assert_eq!(
        (only.kind, only.strength),
        (ExceptionKind::AmbiguousMatch, MatchStrength::Possible)
    );
    assert_eq!((only.referring.as_slice(), only.docketing.as_slice()), (&[0, 1][..], &[0, 1][..]));
    let reasons = [MatchReason::Appellant, MatchReason::Challenged, MatchReason::Day];
    assert_eq!(only.reasons, reasons.into());
    assert!(found.balance.holds());
}

#[test]
fn a_person_says_which_and_it_is_certain() {
    let (referring, docketing) = undecided();
    let comparison = Comparison {
        together: vec![(ihec(1), ejp(77_000))],
        apart: vec![(ihec(9_000), ejp(50))],
        ..Comparison::of(&referring, &docketing)
    };
    let found = reconcile(&comparison);
    let [only] = found.matches.as_slice() else { panic!("{:?}", found.matches) };
    assert_eq!(only.strength, MatchStrength::Certain);
    assert!(only.reasons.contains(&MatchReason::Confirmed));
    let kinds: Vec<ExceptionKind> = found.exceptions.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [ExceptionKind::LostInTransfer, ExceptionKind::ReferralUnknown]);
    // What a person has separated is apart even where a number says otherwise.
    let (referring, docketing) = registers(vec![referred(1)], vec![docketed(50, 1)]);
    let apart = vec![(ihec(1), ejp(50))];
    let found = reconcile(&Comparison { apart, ..Comparison::of(&referring, &docketing) });
    assert_eq!(found.matches, []);
}

#[test]
fn one_name_and_decision_are_a_claim_that_is_told() {
    let unnumbered = RegisteredCase { other_numbers: BTreeSet::new(), ..docketed(50, 1) };
    let (referring, docketing) = registers(vec![referred(1)], vec![unnumbered]);
    let found = reconcile(&Comparison::of(&referring, &docketing));
    assert_eq!(found.matches[0].strength, MatchStrength::Probable);
    let [only] = found.exceptions.as_slice() else { panic!("{:?}", found.exceptions) };
    assert_eq!(
        (only.kind, only.strength),
        (ExceptionKind::AmbiguousMatch, MatchStrength::Probable)
    );
}

/// The number is right and the names have nothing in common: perhaps the party and its agent,
/// perhaps another case. It is told.
#[test]
fn a_number_against_the_names_is_not_certain() {
    let agent = RegisteredCase { appellant: person(99), ..docketed(50, 1) };
    let (referring, docketing) = registers(vec![referred(1)], vec![agent.clone()]);
    let found = reconcile(&Comparison::of(&referring, &docketing));
    assert_eq!(found.matches[0].strength, MatchStrength::Probable);
    assert_eq!(found.exceptions[0].kind, ExceptionKind::AmbiguousMatch);
    // Where both name each other's number, that is what counts.
    let ours = RegisteredCase { other_numbers: [ejp(50)].into(), ..referred(1) };
    let (referring, docketing) = registers(vec![ours], vec![agent]);
    let found = reconcile(&Comparison::of(&referring, &docketing));
    assert_eq!(found.matches[0].strength, MatchStrength::Certain);
    assert_eq!(found.exceptions, []);
}

#[test]
fn a_letter_for_many_says_nothing_about_one() {
    let letter = [0xaa; 32];
    let here =
        (0..40).map(|serial| RegisteredCase { digests: [letter].into(), ..referred(serial) });
    let there = (0..40).map(|serial| RegisteredCase {
        digests: [letter].into(),
        ..docketed(500 + serial, serial)
    });
    let (here, there): (Vec<_>, Vec<_>) = (here.collect(), there.collect());
    let (referring, docketing) = registers(here.clone(), there.clone());
    let found = reconcile(&Comparison::of(&referring, &docketing));
    assert_eq!(found.exceptions, []);
    assert_eq!(found.matches.len(), 40);
    // Without numbers and names the letter is all there is, and it is not enough.
    let bare = |case: RegisteredCase| RegisteredCase {
        other_numbers: BTreeSet::new(),
        appellant: String::new(),
        ..case
    };
    let bared = |cases: Vec<RegisteredCase>| cases.into_iter().map(bare).collect();
    let (referring, docketing) = registers(bared(here), bared(there));
    let found = reconcile(&Comparison::of(&referring, &docketing));
    assert_eq!((found.matches.len(), found.exceptions.len()), (0, 80));
}

#[test]
fn both_days_outside_count_nowhere_and_differ_in_nothing() {
    let (referring, docketing) = registers(vec![referred(1)], vec![docketed(50, 1)]);
    let window = Some((date(2025, 12, 1), date(2025, 12, 31)));
    let found = reconcile(&Comparison { window, ..Comparison::of(&referring, &docketing) });
    assert_eq!(found.exceptions, []);
    let standings = found.balance.standings(Side::Docketing);
    assert_eq!(standings.keys().collect::<Vec<_>>(), [&Standing::Outside]);
    assert!(found.balance.holds());
}

#[test]
fn an_equation_is_checked_and_opens_down_to_the_cases() {
    let direct = RegisteredCase { route: IntakeRoute::Direct, ..appeal(ejp(60), 60) };
    let (referring, docketing) =
        registers(vec![referred(1), referred(2)], vec![docketed(50, 1), direct]);
    let found = reconcile(&Comparison::of(&referring, &docketing));
    let mut across = found.balance.across();
    assert!(across.holds());
    let terms: Vec<(Side, usize)> =
        across.left.iter().map(|term| (term.side, term.cases.len())).collect();
    assert_eq!(terms, [(Side::Referring, 2), (Side::Docketing, 1)]);
    across.left.pop();
    assert!(!across.holds());
    let fates = found.balance.fates(Side::Referring);
    assert_eq!(fates.get(&Fate::Referred), Some(&vec![0, 1]));
}

#[test]
fn an_exception_is_filed_with_the_evidence_of_both_sides() {
    let mut ours = referred(1);
    ours.transfer.sent_at_ms = 5;
    let theirs = RegisteredCase { outcome: Outcome::Upheld, ..docketed(50, 1) };
    let (referring, docketing) = registers(vec![ours], vec![theirs]);
    let comparison = Comparison::of(&referring, &docketing);
    let found = reconcile(&comparison);
    let owner = v1::Address { institution: "ihec".into(), ..v1::Address::default() };
    let filed = found.exceptions[0].to_wire(&comparison, Side::Docketing, owner.clone());
    assert_eq!(filed.kind(), ExceptionKind::OutcomeDiffers);
    assert_eq!(filed.ours, Some(ejp(50).to_wire()));
    assert_eq!(filed.theirs, Some(ihec(1).to_wire()));
    assert_eq!(filed.owner, Some(owner));
    assert_eq!(filed.our_evidence[0].outcome(), Outcome::Upheld);
    assert_eq!(filed.their_evidence[0].sent_at_unix_ms, 5);
    assert_eq!(filed.strength(), MatchStrength::Certain);
    assert!(filed.reasons.array_windows().all(|[a, b]| a < b) && !filed.reasons.is_empty());
}

#[test]
fn no_registers_reconcile_to_nothing() {
    let (referring, docketing) = registers(Vec::new(), Vec::new());
    let found = reconcile(&Comparison::of(&referring, &docketing));
    assert_eq!((found.matches.len(), found.exceptions.len()), (0, 0));
    assert!(found.balance.holds());
}

#[test]
fn a_number_that_was_copied_as_it_is_written_says_which_case_it_is() {
    // The commission has no form of the panel's numbers but what stands in the panel's letter.
    let copied = |literal: &str| Number {
        institution: "ejp".into(),
        normal: crate::text::search_form(literal),
        literal: literal.to_owned(),
    };
    let sent = RegisteredCase {
        other_numbers: [copied("612/ الهيئة القضائية للانتخابات/ 2025")].into(),
        ..referred(1)
    };
    let panel = RegisteredCase { other_numbers: BTreeSet::new(), ..docketed(612, 1) };
    let (referring, docketing) = registers(vec![sent], vec![panel]);
    let found = reconcile(&Comparison::of(&referring, &docketing));
    assert_eq!(found.exceptions, []);
    let [one] = found.matches.as_slice() else { panic!("{:?}", found.matches) };
    assert_eq!(one.strength, MatchStrength::Certain);
    assert!(one.reasons.contains(&MatchReason::LiteralNumber), "{:?}", one.reasons);
}
