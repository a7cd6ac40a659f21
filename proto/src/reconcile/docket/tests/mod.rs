//! What two institutions do in the hub, in any order in which it can come, gives the same two
//! registers; and what is amiss is told, and nothing else.

use proptest::prelude::*;

mod deeds;

use deeds::*;

use super::*;
use crate::reconcile::{Comparison, Reconciliation, reconcile};
use crate::v1::filing_content::Content;
use crate::v1::{self, ExceptionKind, IntakeRoute, Referral};

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
