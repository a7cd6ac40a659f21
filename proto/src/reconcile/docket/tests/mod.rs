//! What two institutions do in the hub, in any order in which it can come, gives the same two
//! registers; and what is amiss is told, and nothing else.

use proptest::prelude::*;

mod deeds;

use deeds::*;

use super::*;
use crate::reconcile::{Comparison, Reconciliation, reconcile};
use crate::v1::filing_content::Content;
use crate::v1::{self, ExceptionKind, IntakeRoute, Outcome, Referral};

/// The exception that is told of a way, if any.
fn amiss(way: Way) -> Option<ExceptionKind> {
    match way {
        Way::NotFetched => Some(ExceptionKind::LostInTransfer),
        Way::Fetched => Some(ExceptionKind::NotYetRegistered),
        Way::JoinedUnseen => Some(ExceptionKind::JoinedOnOneSide),
        Way::DirectUnknown => Some(ExceptionKind::DirectFiling),
        Way::Twice => Some(ExceptionKind::RegisteredTwice),
        Way::ReturnUnseen => Some(ExceptionKind::ReturnedOnOneSide),
        Way::RulingUnseen => Some(ExceptionKind::OutcomeMissing),
        _ => None,
    }
}

/// Kinds of exceptions, each with Barid's identifiers of its cases.
fn told(
    ours: &Register,
    theirs: &Register,
) -> (Reconciliation, BTreeSet<(ExceptionKind, Vec<u8>)>) {
    let comparison = Comparison::of(ours, theirs);
    let found = reconcile(&comparison);
    let mut told = BTreeSet::new();
    for one in &found.exceptions {
        let first = [(Side::Referring, &one.referring), (Side::Docketing, &one.docketing)];
        let first = first.iter().find_map(|(side, places)| {
            comparison.register(*side).cases()[*places.first()?].case_id
        });
        told.insert((one.kind, first.unwrap().to_vec()));
    }
    assert_eq!(told.len(), found.exceptions.len());
    assert!(found.balance.holds());
    (found, told)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_comes_between_what_is_amiss_is_told_and_nothing_else(
        mut ways in prop::collection::vec(prop::sample::select(&WAYS[..]), 1..24),
        turns in prop::collection::vec(0_usize..64, 1..48),
    ) {
        // What is joined is joined to the first.
        ways.insert(0, Way::Ruled);
        let (ours, theirs) = pair(&dockets(&ways, &turns));
        let (_, told) = told(&ours, &theirs);
        let seeded = ways.iter().enumerate();
        let seeded: BTreeSet<_> = seeded
            .filter_map(|(case, way)| Some((amiss(*way)?, case_id(case).to_vec())))
            .collect();
        prop_assert_eq!(told, seeded);
        let (one_by_one, docketed) = pair(&dockets(&ways, &[0]));
        prop_assert_eq!(ours, one_by_one);
        prop_assert_eq!(theirs, docketed);
    }
}

#[test]
fn the_figures_name_what_no_exception_does() {
    let ways = [Way::Ruled, Way::Refused, Way::JoinedToFirst, Way::Supplemented, Way::Kept];
    let dockets = dockets(&ways, &[0]);
    assert_eq!(dockets.pairs(), [("ihec".to_owned(), "ejp".to_owned())].into());
    let (ours, theirs) = pair(&dockets);
    let (found, told) = told(&ours, &theirs);
    assert_eq!(told, BTreeSet::new());
    let standing = |side| {
        let standings = found.balance.standings(side).iter();
        standings.map(|(standing, cases)| (*standing, cases.len())).collect::<Vec<_>>()
    };
    use super::super::Standing as S;
    assert_eq!(
        standing(Side::Referring),
        [(S::Matched, 3), (S::Supplement, 1), (S::Kept, 1), (S::CameBack, 1)]
    );
    assert_eq!(standing(Side::Docketing), [(S::Matched, 3), (S::Supplement, 1)]);
}

#[test]
fn a_letter_for_many_is_evidence_for_none_of_them() {
    let mut packed = story(Way::Ruled, 1);
    let digest_of = |case| digest(case, 0).to_vec();
    let letter = |packs: &[usize]| {
        let item =
            |case: &usize| v1::PackingItem { digest: digest_of(*case), ..Default::default() };
        let packing_list = packs.iter().map(item).collect();
        let content = Content::Referral(Referral { packing_list, ..Referral::default() });
        Deed::Files { from: COUNCIL, to: PANEL, content }
    };
    let digests = |deed: Deed, packed: &mut Vec<Deed>| {
        packed[2] = deed;
        let with_leaves =
            |deeds: &[Deed], from: u64| (from..).zip(deeds.iter().cloned()).collect::<Vec<_>>();
        let cases = [story(Way::Ruled, 0), packed.clone()];
        let each = cases.iter().enumerate().map(|(case, deeds)| {
            Docket::read(case_id(case), lines(case, &with_leaves(deeds, 100 * case as u64)))
        });
        let (ours, _) = pair(&Dockets::new(each));
        ours.cases().iter().find(|one| one.case_id == Some(case_id(1))).unwrap().digests.len()
    };
    assert_eq!(digests(letter(&[1]), &mut packed), 1, "its own appeal lies in the packet");
    assert_eq!(digests(letter(&[0, 1]), &mut packed), 0, "another's as well");
}

#[test]
fn one_number_for_the_same_appeal_twice_is_one_case_and_for_two_a_slip() {
    let registered_as = |number: usize, serial: usize| {
        let mut deeds = story(Way::Fetched, serial);
        deeds.push(Deed::Answers { from: PANEL, what: 2, content: registers_it(ejp(number)) });
        deeds
    };
    let same = |mut deeds: Vec<Deed>| {
        let Deed::Files { content, .. } = &mut deeds[0] else { panic!() };
        *content = appeal(1, IntakeRoute::Unspecified);
        deeds
    };
    let docket = |case: usize, deeds: Vec<Deed>| {
        let leaves = (100 * case as u64..).zip(deeds).collect::<Vec<_>>();
        Docket::read(case_id(case), lines(case, &leaves))
    };
    let of = |second: Vec<Deed>| {
        let (ours, theirs) =
            pair(&Dockets::new([docket(1, registered_as(612, 1)), docket(2, second)]));
        let kinds = told(&ours, &theirs).1.into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
        (theirs.cases().len(), kinds)
    };
    assert_eq!(of(same(registered_as(612, 2))), (1, vec![ExceptionKind::RegisteredTwice]));
    assert_eq!(of(registered_as(612, 2)), (2, vec![ExceptionKind::NumberGivenTwice]));
}

/// One case whose deeds stand at these leaves.
fn one(case: usize, deeds: Vec<Deed>, from: u64) -> Docket {
    let leaves: Vec<_> = (from..).zip(deeds).collect();
    Docket::read(case_id(case), lines(case, &leaves))
}

#[test]
fn what_one_office_sends_on_and_another_enters_is_one_case_with_two_numbers() {
    let numbers = |sends_on: &'static str| {
        let mut deeds = story(Way::Kept, 1);
        let again = appeal(1, IntakeRoute::Unspecified);
        deeds.push(Deed::Files { from: sends_on, to: "ihec/national", content: again });
        let content = registers_it(ihec(900));
        deeds.push(Deed::Answers { from: "ihec/national", what: 2, content });
        let (ours, _) = pair(&Dockets::new([one(1, deeds, 1)]));
        ours.cases().iter().map(|case| case.corrected.len()).collect::<Vec<_>>()
    };
    assert_eq!(numbers(COUNCIL), [1]);
    // What comes from elsewhere and is entered again is for people to see.
    assert_eq!(numbers(PANEL), [0, 0]);
}

#[test]
fn a_complaint_and_its_appeal_are_one_case() {
    let complaint = Content::ComplaintRegistered(v1::ComplaintRegistered::default());
    let mut deeds = vec![
        Deed::Files { from: OFFICE, to: COUNCIL, content: complaint },
        Deed::Answers { from: COUNCIL, what: 0, content: registers_it(ihec(700)) },
    ];
    let (complained, _) = pair(&Dockets::new([one(1, deeds.clone(), 1)]));
    assert_eq!(complained.cases()[0].number.as_ref().unwrap().literal, ihec(700).literal);
    let appealed = appeal(1, IntakeRoute::Unspecified);
    deeds.push(Deed::Files { from: OFFICE, to: COUNCIL, content: appealed });
    deeds.push(Deed::Answers { from: COUNCIL, what: 2, content: registers_it(ihec(1)) });
    let (ours, _) = pair(&Dockets::new([one(1, deeds, 1)]));
    let [case] = ours.cases() else { panic!("{ours:?}") };
    assert_eq!(case.number.as_ref().unwrap().literal, ihec(1).literal);
    assert_eq!(case.corrected.first().unwrap().literal, ihec(700).literal);
    assert!(!case.appellant.is_empty());
}

#[test]
fn a_number_means_whose_it_is_when_an_act_names_it() {
    // The second was entered under 1001 by mistake; that is corrected, and the first has it.
    let mut second = story(Way::Corrected, 2);
    let Some(Deed::Answers { content, .. }) = second.get_mut(5) else { panic!() };
    *content = registers_it(ejp(1_001));
    let slip =
        v1::CorrectIdentifier { wrong: Some(ejp(1_001)), right: Some(ejp(1_002)), reason: None };
    let Some(Deed::Files { content, .. }) = second.last_mut() else { panic!() };
    *content = Content::CorrectIdentifier(slip);
    let first = story(Way::Fetched, 1);
    let entered = Deed::Answers { from: PANEL, what: 2, content: registers_it(ejp(1_001)) };
    let first = [first, vec![entered]].concat();
    // A third case's docket has the ruling on 1001.
    let mut third = story(Way::Ruled, 3);
    let Some(Deed::Files { content, .. }) = third.get_mut(6) else { panic!() };
    *content = ruling(&[1_001, 1_003]);
    let dockets = [one(1, first, 1), one(2, second, 100), one(3, third, 200)];
    let (_, theirs) = pair(&Dockets::new(dockets));
    let outcome = |serial: usize| {
        let written = ejp(serial).literal;
        let mut cases = theirs.cases().iter();
        let case = cases.find(|case| case.number.as_ref().unwrap().literal == written);
        case.map(|case| case.outcome)
    };
    let outcomes = [1_001, 1_002, 1_003].map(outcome);
    let ruled = Some(Outcome::Rejected);
    assert_eq!(outcomes, [ruled, Some(Outcome::Unspecified), ruled]);
}
