//! What is kept of a docket: filings that bring a case somewhere, say what became of it, or name
//! its numbers, each with who received it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::super::case::{Challenged, Number};
use super::Line;
use crate::assess::Act;
use crate::tlog::Hash;
use crate::v1::filing_content::Content;
use crate::v1::{
    ActReference, Address, DelegationMode, DocketNumber, FilingKind, IntakeRoute, Outcome,
    PackingItem,
};

/// Most filings that a packing list names and that are looked at.
const PACKED_MAX: usize = 1_024;

/// The clocks of the world, in hours from UTC: the day of an instant without an offset is one of
/// those between them.
const FIRST_AND_LAST_CLOCK: [i8; 2] = [-12, 14];

/// A filing, as far as it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filed {
    pub(super) leaf: u64,
    pub(super) at_ms: i64,
    pub(super) digest: Hash,
    pub(super) from: Address,
    /// Institutions that it is addressed to.
    pub(super) to: BTreeSet<String>,
    /// Numbers by which its sender names the case.
    pub(super) claims: Vec<Number>,
    /// What its recipients did, in the order of the log as far as that is known.
    pub(super) answers: Vec<Answer>,
    pub(super) what: What,
}

/// What a filing is to its case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Brings the case to its recipients.
    Brings(Box<Brought>),
    /// A supplement: to which case, and what tells it from another.
    Supplement { to: Option<Number>, key: SupplementKey, days: BTreeSet<Date> },
    /// Sends the case back.
    Returned,
    /// A ruling on cases of these numbers; on its own case alone when there are none.
    Ruled { numbers: Vec<Number>, outcome: Outcome },
    /// The case, or that of this number, is taken back.
    Withdrawn(Option<Number>),
    /// Decisions of the body that refers, by number; without one for its own case.
    Decided(Vec<(Option<Number>, Outcome)>),
    /// These go on in the first.
    Joined { lead: Number, joined: Vec<Number> },
    /// These go on alone again.
    Parted(Vec<Number>),
    /// A number was written wrongly.
    Corrected { wrong: Number, right: Number },
    /// Only the numbers by which its sender names the case.
    Named,
}

/// A filing that brings a case to its recipients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Brought {
    pub(super) kind: FilingKind,
    pub(super) appellant: String,
    pub(super) challenged: Option<Challenged>,
    pub(super) days: BTreeSet<Date>,
    pub(super) route: IntakeRoute,
    /// The paper in which somebody complains or appeals. A letter that refers is none.
    pub(super) lead: Option<Hash>,
    /// Earlier filings that lie in the packet.
    pub(super) packed: Vec<Hash>,
    /// Its sender names several numbers of one institution: it brings more than this case.
    pub(super) names_several: bool,
}

/// What tells one supplement of a case from another, however often each is sent on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SupplementKey {
    /// Its number among the supplements of its appeal.
    Number(u32),
    /// Its paper.
    Lead(Hash),
    /// The envelope: nothing else is known.
    Envelope(Hash),
}

/// What a recipient did with a filing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// The leaf of its own act; 0 for what the hub states of it.
    pub(super) leaf: u64,
    pub(super) at_ms: i64,
    pub(super) by: Address,
    pub(super) step: Step,
}

/// How far a filing came with a recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Fetched,
    Expired,
    Acknowledged,
    Refused,
    Registered { number: Option<Number>, route: IntakeRoute },
}

impl Brought {
    /// Whether the body that rules took it in itself, as its sender says.
    pub(super) fn is_direct(&self) -> bool {
        self.route == IntakeRoute::Direct
    }

    /// Whether it is where a dispute begins, and not a letter that sends it on.
    pub(super) fn begins(&self) -> bool {
        matches!(self.kind, FilingKind::AppealFiled | FilingKind::ComplaintRegistered)
    }
}

impl Filed {
    /// Whether an institution has received it by its own act.
    pub(super) fn reached(&self, institution: &str) -> bool {
        let by = |answer: &&Answer| answer.by.institution == institution;
        self.answers.iter().filter(by).any(|answer| answer.step != Step::Expired)
    }

    /// Whether an institution knows what it says: its own word, what it was served and has
    /// received, or what stands on the docket for all.
    pub(super) fn is_known_to(&self, institution: &str) -> bool {
        self.from.institution == institution || self.to.is_empty() || self.reached(institution)
    }

    /// As [`What::Brings`].
    pub(super) fn brought(&self) -> Option<&Brought> {
        match &self.what {
            What::Brings(brought) => Some(brought),
            _ => None,
        }
    }
}

/// Reads the lines of a docket.
pub(super) fn read(lines: impl IntoIterator<Item = Line>) -> Vec<Filed> {
    let lines: BTreeMap<u64, Line> = lines.into_iter().map(|line| (line.act.leaf, line)).collect();
    let mut filed: Vec<Filed> = Vec::new();
    let mut places: BTreeMap<Hash, usize> = BTreeMap::new();
    // An answer stands behind what it answers: hubs take none before.
    for line in lines.into_values() {
        match answer(&line.act) {
            Some((digest, answer)) => {
                let answered = places.get(&digest).and_then(|place| filed.get_mut(*place));
                answered.into_iter().for_each(|filed| filed.answers.push(answer.clone()));
            }
            None => {
                let Some(one) = self::filed(line) else { continue };
                places.insert(one.digest, filed.len());
                filed.push(one);
            }
        }
    }
    filed
}

/// What an acknowledgement, a registration or a refusal says, and of which envelope.
fn answer(act: &Act) -> Option<(Hash, Answer)> {
    let step = match act.content.as_ref()? {
        Content::Acknowledgement(_) => Step::Acknowledged,
        Content::RefusalToRegister(_) => Step::Refused,
        Content::Registration(entered) => {
            let number = entered.docket_number.as_ref();
            let number = number.and_then(|number| of(number, act.institution()));
            Step::Registered { number, route: entered.route() }
        }
        _ => return None,
    };
    let digest = act.body.in_reply_to.as_ref()?.digest.as_slice().try_into().ok()?;
    let by = act.body.sender.clone().unwrap_or_default();
    Some((digest, Answer { leaf: act.leaf, at_ms: act.stamped_ms(), by, step }))
}

fn filed(line: Line) -> Option<Filed> {
    let Line { act, fetched, expired } = line;
    let reference = act.body.case.as_ref();
    let named = reference.map_or(&[][..], |case| case.docket_numbers.as_slice());
    let claims: Vec<Number> = named.iter().filter_map(|number| of(number, "")).collect();
    let what = what(&act, &claims).or_else(|| (!claims.is_empty()).then_some(What::Named))?;
    let stated = |step: Step| {
        move |(institution, at_ms): (String, i64)| Answer {
            leaf: 0,
            at_ms,
            by: Address { institution, office: String::new() },
            step: step.clone(),
        }
    };
    let fetched = fetched.into_iter().map(stated(Step::Fetched));
    let answers = fetched.chain(expired.into_iter().map(stated(Step::Expired))).collect();
    Some(Filed {
        leaf: act.leaf,
        at_ms: act.accepted_at_ms,
        digest: act.digest,
        from: act.body.sender.clone().unwrap_or_default(),
        to: act.body.recipients.iter().map(|to| to.institution.clone()).collect(),
        claims,
        answers,
        what,
    })
}

fn what(act: &Act, claims: &[Number]) -> Option<What> {
    let own = |number: &Option<DocketNumber>| of(number.as_ref()?, act.institution());
    let all = |numbers: &[DocketNumber]| {
        numbers.iter().filter_map(|number| of(number, act.institution())).collect()
    };
    Some(match act.content.as_ref()? {
        Content::ComplaintRegistered(complaint) => {
            let person = complaint.complainant.as_ref();
            let route = IntakeRoute::Unspecified;
            brings(act, claims, person.map(|one| one.full_name.as_str()), None, route)
        }
        Content::AppealFiled(appeal) => {
            let person = appeal.appellant.as_ref().map(|one| one.full_name.as_str());
            brings(act, claims, person, appeal.challenged.as_ref(), appeal.route())
        }
        Content::Referral(letter) => sends_on(act, claims, &letter.packing_list),
        Content::CriminalReferral(_) | Content::RatificationRequest(_) => {
            sends_on(act, claims, &[])
        }
        Content::SupplementFiled(added) => What::Supplement {
            to: own(&added.appeal),
            key: match (added.number, lead(act)) {
                (1.., _) => SupplementKey::Number(added.number),
                (0, Some(lead)) => SupplementKey::Lead(lead),
                (0, None) => SupplementKey::Envelope(act.digest),
            },
            days: days(act),
        },
        Content::ReturnToCouncil(_) => What::Returned,
        Content::RulingIssued(ruling) => {
            What::Ruled { numbers: all(&ruling.docket_numbers), outcome: ruling.outcome() }
        }
        Content::AppealWithdrawn(withdrawn) => What::Withdrawn(own(&withdrawn.appeal)),
        Content::CouncilDecision(decision) => {
            let outcomes = decision.outcomes.iter();
            What::Decided(outcomes.map(|one| (own(&one.docket_number), one.outcome())).collect())
        }
        Content::DelegatedDecision(decision) if decision.mode() == DelegationMode::Decide => {
            What::Decided(vec![(None, decision.outcome())])
        }
        Content::JoinCases(joinder) => {
            What::Joined { lead: own(&joinder.lead)?, joined: all(&joinder.joined) }
        }
        Content::SplitCases(split) => What::Parted(all(&split.parted)),
        Content::CorrectIdentifier(slip) => {
            What::Corrected { wrong: own(&slip.wrong)?, right: own(&slip.right)? }
        }
        _ => return None,
    })
}

fn brings(
    act: &Act,
    claims: &[Number],
    person: Option<&str>,
    challenged: Option<&ActReference>,
    route: IntakeRoute,
) -> What {
    let challenged = challenged.filter(|act| !act.number.is_empty());
    let several = claims.iter().enumerate().any(|(at, one)| {
        let others = claims.iter().skip(at + 1);
        others.into_iter().any(|other| one.institution == other.institution && !one.is(other))
    });
    What::Brings(Box::new(Brought {
        kind: act.kind(),
        appellant: person.unwrap_or_default().to_owned(),
        challenged: challenged.map(|act| Challenged {
            number: act.number.clone(),
            day: act.date.and_then(super::super::register::civil),
        }),
        days: days(act),
        route,
        lead: lead(act),
        packed: Vec::new(),
        names_several: several,
    }))
}

/// A letter that sends a case on says nothing of the person, and its paper may be for many.
fn sends_on(act: &Act, claims: &[Number], packing_list: &[PackingItem]) -> What {
    let mut letter = brings(act, claims, None, None, IntakeRoute::Unspecified);
    if let What::Brings(brought) = &mut letter {
        brought.lead = None;
        brought.days = BTreeSet::new();
        let packed = packing_list.iter().take(PACKED_MAX);
        brought.packed = packed.filter_map(|item| item.digest.as_slice().try_into().ok()).collect();
    }
    letter
}

fn lead(act: &Act) -> Option<Hash> {
    act.body.lead.as_ref()?.sha256.as_slice().try_into().ok()
}

/// A number; of an institution that names none its own.
fn of(number: &DocketNumber, institution: &str) -> Option<Number> {
    let mut number = Number::of(number);
    if number.institution.is_empty() {
        institution.clone_into(&mut number.institution);
    }
    (!number.normal.is_empty() && !number.institution.is_empty()).then_some(number)
}

/// The day on which it was filed, by the clock of the office that stamped it; without a stamp those
/// that it may have been where it was filed.
fn days(act: &Act) -> BTreeSet<Date> {
    let day = |at_ms: i64, offset: Option<Offset>| {
        let instant = Timestamp::from_millisecond(at_ms).ok()?;
        Some(offset?.to_datetime(instant).date())
    };
    match act.body.stamp.as_ref().filter(|stamp| stamp.stamped_at_unix_ms > 0) {
        Some(stamp) => {
            let seconds = stamp.utc_offset_minutes.checked_mul(60);
            let offset = seconds.and_then(|seconds| Offset::from_seconds(seconds).ok());
            day(stamp.stamped_at_unix_ms, offset).into_iter().collect()
        }
        None => {
            let clocks = FIRST_AND_LAST_CLOCK.into_iter();
            clocks
                .filter_map(|hours| day(act.accepted_at_ms, Offset::from_hours(hours).ok()))
                .collect()
        }
    }
}
