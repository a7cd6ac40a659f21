//! What two institutions do in the hub, in any order in which it can come, gives the same two
//! registers; and what is amiss is told, and nothing else.

use proptest::prelude::*;

use super::*;
use crate::reconcile::{Comparison, Reconciliation, reconcile};
use crate::v1::filing_content::Content;
use crate::v1::{
    self, Acknowledgement, ActReference, Address, AppealFiled, AppealWithdrawn, CaseReference,
    CorrectIdentifier, DocketNumber, EnvelopeBody, EnvelopeReference, ExceptionKind, IntakeRoute,
    JoinCases, Outcome, Person, Referral, RefusalToRegister, Registration, ReturnToCouncil,
    RulingIssued, SupplementFiled,
};

const COUNCIL: &str = "ihec/council";
const OFFICE: &str = "ihec/geo-bas";
const PANEL: &str = "ejp/registry";

/// One thing that is done in a case; what it answers is named by its place in the case's story.
#[derive(Clone, Debug)]
enum Deed {
    Files { from: &'static str, to: &'static str, content: Content },
    Answers { from: &'static str, what: usize, content: Content },
    Fetches { by: &'static str, what: usize },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Ruled,
    NotFetched,
    Fetched,
    Refused,
    RefusedThenTaken,
    JoinedToFirst,
    JoinedUnseen,
    Supplemented,
    DirectUnknown,
    DirectKnown,
    Twice,
    Corrected,
    Returned,
    ReturnUnseen,
    Withdrawn,
    RulingUnseen,
    Kept,
}

const WAYS: [Way; 17] = [
    Way::Ruled,
    Way::NotFetched,
    Way::Fetched,
    Way::Refused,
    Way::RefusedThenTaken,
    Way::JoinedToFirst,
    Way::JoinedUnseen,
    Way::Supplemented,
    Way::DirectUnknown,
    Way::DirectKnown,
    Way::Twice,
    Way::Corrected,
    Way::Returned,
    Way::ReturnUnseen,
    Way::Withdrawn,
    Way::RulingUnseen,
    Way::Kept,
];

fn address(office: &str) -> Address {
    let (institution, office) = office.split_once('/').unwrap();
    Address { institution: institution.into(), office: office.into() }
}

fn ejp(serial: usize) -> DocketNumber {
    let literal = format!("{serial}/الهيئة القضائية للانتخابات/2025");
    DocketNumber { institution: "ejp".into(), literal, normal: String::new() }
}

fn ihec(serial: usize) -> DocketNumber {
    let literal = format!("BAS-APP-2025-{serial:04}");
    DocketNumber { institution: "ihec".into(), literal, normal: String::new() }
}

fn registers_it(number: DocketNumber) -> Content {
    Content::Registration(Registration {
        docket_number: Some(number),
        registered_at_unix_ms: 7,
        ..Registration::default()
    })
}

fn appeal(serial: usize, route: IntakeRoute) -> Content {
    let full_name = format!("أ{serial}ا ب{serial}ا ج{serial}ا د{serial}ا");
    Content::AppealFiled(AppealFiled {
        appellant: Some(Person { full_name, ..Person::default() }),
        challenged: Some(ActReference { number: "214".into(), ..ActReference::default() }),
        route: route.into(),
        ..AppealFiled::default()
    })
}

fn ruling(numbers: &[usize]) -> Content {
    Content::RulingIssued(RulingIssued {
        docket_numbers: numbers.iter().map(|serial| ejp(*serial)).collect(),
        outcome: Outcome::Rejected.into(),
        ..RulingIssued::default()
    })
}

/// What is done in a case. The panel's number of case `serial` is `1000 + serial`.
fn story(way: Way, serial: usize) -> Vec<Deed> {
    let panels = 1_000 + serial;
    let files = |from, to, content| Deed::Files { from, to, content };
    let answers = |from, what, content| Deed::Answers { from, what, content };
    let acknowledges = || Content::Acknowledgement(Acknowledgement::default());
    let referral = || Content::Referral(Referral::default());
    // An office takes it in, the Council enters it (1) and refers it (2).
    let mut deeds = vec![
        files(OFFICE, COUNCIL, appeal(serial, IntakeRoute::Unspecified)),
        answers(COUNCIL, 0, registers_it(ihec(serial))),
        files(COUNCIL, PANEL, referral()),
    ];
    let taken = [
        Deed::Fetches { by: PANEL, what: 2 },
        answers(PANEL, 2, acknowledges()),
        answers(PANEL, 2, registers_it(ejp(panels))),
    ];
    match way {
        Way::Kept => deeds.truncate(2),
        Way::NotFetched => {}
        Way::Fetched => deeds.push(Deed::Fetches { by: PANEL, what: 2 }),
        Way::Refused => {
            deeds.push(answers(PANEL, 2, Content::RefusalToRegister(RefusalToRegister::default())));
        }
        Way::RefusedThenTaken => {
            deeds.push(answers(PANEL, 2, Content::RefusalToRegister(RefusalToRegister::default())));
            deeds.push(files(COUNCIL, PANEL, referral()));
            deeds.push(answers(PANEL, 4, registers_it(ejp(panels))));
        }
        Way::DirectUnknown | Way::DirectKnown => {
            deeds = vec![
                files(PANEL, "ejp/registry ihec/council", appeal(serial, IntakeRoute::Direct)),
                answers(PANEL, 0, registers_it(ejp(panels))),
            ];
            if way == Way::DirectKnown {
                deeds.push(answers(COUNCIL, 0, registers_it(ihec(serial))));
                deeds.push(files(COUNCIL, PANEL, referral()));
                deeds.push(answers(PANEL, 3, acknowledges()));
            }
        }
        _ => {
            deeds.extend(taken);
            deeds.extend(more(way, serial, panels));
        }
    }
    deeds
}

/// What comes behind the panel's registration, whose place is 5.
fn more(way: Way, serial: usize, panels: usize) -> Vec<Deed> {
    let files = |from, to, content| Deed::Files { from, to, content };
    let fetched = |by, what| Deed::Fetches { by, what };
    match way {
        Way::Ruled => vec![files(PANEL, COUNCIL, ruling(&[panels])), fetched(COUNCIL, 6)],
        Way::RulingUnseen => vec![files(PANEL, COUNCIL, ruling(&[panels]))],
        Way::JoinedToFirst | Way::JoinedUnseen => {
            let joinder = JoinCases {
                lead: Some(ejp(1_000)),
                joined: vec![ejp(panels)],
                ..JoinCases::default()
            };
            let joins = files(PANEL, COUNCIL, Content::JoinCases(joinder));
            let seen = (way == Way::JoinedToFirst).then(|| fetched(COUNCIL, 6));
            std::iter::once(joins).chain(seen).collect()
        }
        Way::Supplemented => {
            let added = SupplementFiled { number: 1, appeal: Some(ejp(panels)), addition: None };
            let added = || Content::SupplementFiled(added.clone());
            let own = registers_it(ejp(5_000 + serial));
            vec![
                files(OFFICE, COUNCIL, added()),
                files(COUNCIL, PANEL, added()),
                Deed::Answers { from: PANEL, what: 7, content: own },
            ]
        }
        Way::Twice => vec![
            files(COUNCIL, PANEL, Content::Referral(Referral::default())),
            Deed::Answers { from: PANEL, what: 6, content: registers_it(ejp(7_000 + serial)) },
        ],
        Way::Corrected => {
            let slip = CorrectIdentifier {
                wrong: Some(ejp(panels)),
                right: Some(ejp(8_000 + serial)),
                reason: None,
            };
            vec![files(PANEL, COUNCIL, Content::CorrectIdentifier(slip))]
        }
        Way::Returned | Way::ReturnUnseen => {
            let back = Content::ReturnToCouncil(ReturnToCouncil::default());
            let seen = (way == Way::Returned).then(|| fetched(COUNCIL, 6));
            std::iter::once(files(PANEL, COUNCIL, back)).chain(seen).collect()
        }
        Way::Withdrawn => {
            let appeal = Some(ejp(panels));
            let taken_back = AppealWithdrawn { appeal, ..AppealWithdrawn::default() };
            let taken_back = Content::AppealWithdrawn(taken_back);
            vec![files(COUNCIL, PANEL, taken_back), fetched(PANEL, 6)]
        }
        _ => Vec::new(),
    }
}

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

fn digest(case: usize, place: usize) -> [u8; 32] {
    let mut digest = [0; 32];
    digest[0] = 1;
    digest[8..16].copy_from_slice(&(case as u64).to_be_bytes());
    digest[16..24].copy_from_slice(&(place as u64).to_be_bytes());
    digest
}

/// A case's lines, each deed at its leaf; instants are of the case and not of the leaf.
fn lines(case: usize, deeds: &[(u64, Deed)]) -> Vec<Line> {
    let mut lines: Vec<(usize, Line)> = Vec::new();
    for (place, (leaf, deed)) in deeds.iter().enumerate() {
        let (from, to, content, answered) = match deed {
            Deed::Files { from, to, content } => (from, *to, content, None),
            Deed::Answers { from, what, content } => (from, "", content, Some(*what)),
            Deed::Fetches { by, what } => {
                let line = lines.iter_mut().find(|(at, _)| at == what).unwrap();
                line.1.fetched.push((address(by).institution, 5));
                continue;
            }
        };
        let recipients = to.split_whitespace().map(address).collect();
        let in_reply_to = answered
            .map(|what| EnvelopeReference { digest: digest(case, what).to_vec(), leaf_index: 0 });
        let kind = match content {
            Content::AppealFiled(_) => v1::FilingKind::AppealFiled,
            Content::Referral(_) => v1::FilingKind::Referral,
            _ => v1::FilingKind::Unspecified,
        };
        let body = EnvelopeBody {
            kind: kind.into(),
            sender: Some(address(from)),
            recipients,
            in_reply_to,
            case: Some(CaseReference::default()),
            ..EnvelopeBody::default()
        };
        let act = Act {
            leaf: *leaf,
            accepted_at_ms: 1_763_896_200_000 + place as i64,
            digest: digest(case, place),
            body,
            content: Some(content.clone()),
        };
        lines.push((place, Line::of(act, [])));
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

fn case_id(case: usize) -> [u8; 16] {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&(case as u64).to_be_bytes());
    id
}

/// All cases, their deeds interleaved as `turns` says: whose next deed comes next.
fn dockets(ways: &[Way], turns: &[usize]) -> Dockets {
    let mut left: Vec<_> = ways.iter().enumerate().map(|(at, way)| story(*way, at)).collect();
    left.iter_mut().for_each(|deeds| deeds.reverse());
    let mut done: Vec<Vec<(u64, Deed)>> = vec![Vec::new(); ways.len()];
    let mut leaf = 0;
    let mut turns = turns.iter().copied().cycle();
    while left.iter().any(|deeds| !deeds.is_empty()) {
        let wanted = turns.next().unwrap_or_default();
        let open: Vec<usize> = (0..left.len()).filter(|at| !left[*at].is_empty()).collect();
        let case = open[wanted % open.len()];
        leaf += 1;
        done[case].push((leaf, left[case].pop().unwrap()));
    }
    let docket = |(case, deeds): (usize, &Vec<(u64, Deed)>)| {
        let mut lines = lines(case, deeds);
        lines.reverse();
        Docket::read(case_id(case), lines)
    };
    Dockets::new(done.iter().enumerate().map(docket))
}

fn pair(dockets: &Dockets) -> (Register, Register) {
    let referring = dockets.register(Side::Referring, "ihec", "ejp").unwrap();
    (referring, dockets.register(Side::Docketing, "ejp", "ihec").unwrap())
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
