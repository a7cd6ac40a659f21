//! What can be done in a case, and the docket that comes of it.

use super::super::*;
use crate::v1::filing_content::Content;
use crate::v1::{
    self, Acknowledgement, ActReference, Address, AppealFiled, AppealWithdrawn, CaseReference,
    CorrectIdentifier, DocketNumber, EnvelopeBody, EnvelopeReference, IntakeRoute, JoinCases,
    Outcome, Person, Referral, RefusalToRegister, Registration, ReturnToCouncil, RulingIssued,
    SupplementFiled,
};

pub(super) const COUNCIL: &str = "ihec/council";
pub(super) const OFFICE: &str = "ihec/geo-bas";
pub(super) const PANEL: &str = "ejp/registry";

/// One thing that is done in a case; what it answers is named by its place in the case's story.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    Files { from: &'static str, to: &'static str, content: Content },
    Answers { from: &'static str, what: usize, content: Content },
    Fetches { by: &'static str, what: usize },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
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

pub(super) const WAYS: [Way; 17] = [
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

pub(super) fn address(office: &str) -> Address {
    let (institution, office) = office.split_once('/').unwrap();
    Address { institution: institution.into(), office: office.into() }
}

pub(super) fn ejp(serial: usize) -> DocketNumber {
    let literal = format!("{serial}/الهيئة القضائية للانتخابات/2025");
    DocketNumber { institution: "ejp".into(), literal, normal: String::new() }
}

pub(super) fn ihec(serial: usize) -> DocketNumber {
    let literal = format!("BAS-APP-2025-{serial:04}");
    DocketNumber { institution: "ihec".into(), literal, normal: String::new() }
}

pub(super) fn registers_it(number: DocketNumber) -> Content {
    Content::Registration(Registration {
        docket_number: Some(number),
        registered_at_unix_ms: 7,
        ..Registration::default()
    })
}

pub(super) fn appeal(serial: usize, route: IntakeRoute) -> Content {
    let full_name = format!("أ{serial}ا ب{serial}ا ج{serial}ا د{serial}ا");
    Content::AppealFiled(AppealFiled {
        appellant: Some(Person { full_name, ..Person::default() }),
        challenged: Some(ActReference { number: "214".into(), ..ActReference::default() }),
        route: route.into(),
        ..AppealFiled::default()
    })
}

pub(super) fn ruling(numbers: &[usize]) -> Content {
    Content::RulingIssued(RulingIssued {
        docket_numbers: numbers.iter().map(|serial| ejp(*serial)).collect(),
        outcome: Outcome::Rejected.into(),
        ..RulingIssued::default()
    })
}

/// What is done in a case. The panel's number of case `serial` is `1000 + serial`.
pub(super) fn story(way: Way, serial: usize) -> Vec<Deed> {
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
pub(super) fn more(way: Way, serial: usize, panels: usize) -> Vec<Deed> {
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

pub(super) fn digest(case: usize, place: usize) -> [u8; 32] {
    let mut digest = [0; 32];
    digest[0] = 1;
    digest[8..16].copy_from_slice(&(case as u64).to_be_bytes());
    digest[16..24].copy_from_slice(&(place as u64).to_be_bytes());
    digest
}

/// A case's lines, each deed at its leaf; instants are of the case and not of the leaf.
pub(super) fn lines(case: usize, deeds: &[(u64, Deed)]) -> Vec<Line> {
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

pub(super) fn case_id(case: usize) -> [u8; 16] {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&(case as u64).to_be_bytes());
    id
}

/// All cases, their deeds interleaved as `turns` says: whose next deed comes next.
pub(super) fn dockets(ways: &[Way], turns: &[usize]) -> Dockets {
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

pub(super) fn pair(dockets: &Dockets) -> (Register, Register) {
    let referring = dockets.register(Side::Referring, "ihec", "ejp").unwrap();
    (referring, dockets.register(Side::Docketing, "ejp", "ihec").unwrap())
}
