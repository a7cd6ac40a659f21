//! The matters of a case: each complaint, each appeal, and what became of it.

use std::collections::BTreeMap;

use super::class::{Admission, Dimension, Disposal, Level, Reasons, Stage};
use super::decided::{Decision, decision_of_appeal, decision_of_complaint};
use super::stage::stage;
use super::{CaseTold, bodies};
use crate::assess::Act;
use crate::procedure::goes_on_in;
use crate::reconcile::Fate;
use crate::v1::filing_content::Content;
use crate::v1::{ActReference, Colour, ComplaintRegistered, FilingKind, Person};
use crate::word::Word as _;

/// What is not said, as a class of any stratum.
pub const NOT_SAID: &str = "not-said";

/// A matter: what figures count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// The case it is in, by its place among all.
    pub case: usize,
    /// Leaf of the filing that brought it.
    pub leaf: u64,
    /// What kind it is.
    pub level: Level,
    /// When it was filed: by the stamp of the first office. Milliseconds since 1970.
    pub filed_ms: i64,
    /// The stratum it is in, for each dimension.
    pub strata: BTreeMap<Dimension, String>,
    /// How far it came.
    pub admission: Admission,
    /// What became of it.
    pub disposal: Disposal,
    /// Whether its decision has reasons in writing. `None`: it is not decided.
    pub reasons: Option<Reasons>,
    /// Leaf of the decision, and when that was made. `None`: it is not decided.
    pub decided: Option<(u64, i64)>,
    /// The act that it challenges, as institution, number and day. Empty: none is named.
    pub challenged: String,
    /// What became of it at each body that had it.
    pub bodies: BTreeMap<String, Fate>,
}

/// The matters of a case, in the order of the log: at least one.
pub(super) fn matters(place: usize, case: &CaseTold) -> Vec<Matter> {
    let acts = &case.acts.case;
    let brings = |act: &&Act| {
        let first_decision = matches!(act.content, Some(Content::CouncilDecision(_)))
            && acts.first().is_some_and(|first| first.leaf == act.leaf);
        first_decision
            || matches!(act.kind(), FilingKind::ComplaintRegistered | FilingKind::AppealFiled)
    };
    let mut found: Vec<Matter> =
        acts.iter().filter(brings).map(|act| matter(place, case, act)).collect();
    if found.is_empty() {
        found.extend(acts.first().map(|act| matter(place, case, act)));
    }
    found
}

fn matter(place: usize, case: &CaseTold, act: &Act) -> Matter {
    let level = match act.kind() {
        FilingKind::ComplaintRegistered => Level::Complaint,
        FilingKind::AppealFiled => Level::Appeal,
        FilingKind::CouncilDecision => Level::Decision,
        _ => Level::Other,
    };
    let decision = match level {
        Level::Complaint => decision_of_complaint(case, act),
        Level::Appeal => decision_of_appeal(case, act),
        Level::Decision | Level::Other => None,
    };
    let colour = colour(case, act, level);
    let refused = is_refused(case, act);
    let disposal = disposal(case, act, decision.as_ref(), colour, refused);
    Matter {
        case: place,
        leaf: act.leaf,
        level,
        filed_ms: act.stamped_ms(),
        strata: strata(case, act, level, colour),
        admission: admission(case, act, disposal, colour),
        disposal,
        reasons: decision.as_ref().map(|one| one.reasons),
        decided: decision.as_ref().map(|one| (one.leaf, one.at_ms)),
        challenged: act.about().map(act_name).unwrap_or_default(),
        bodies: bodies::bodies(case, act, decision.as_ref(), disposal),
    }
}

/// An act, so that two references to one are the same word: institution, number, day.
pub(super) fn act_name(act: &ActReference) -> String {
    let number = crate::text::search_form(&act.number);
    let day = act.date.map(|day| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day));
    format!("{} {number} {}", act.institution, day.unwrap_or_default()).trim_end().to_owned()
}

/// The colour that a complaint was given last.
fn colour(case: &CaseTold, complaint: &Act, level: Level) -> Colour {
    let given = case.acts.case.iter().rev().filter(|act| act.leaf > complaint.leaf);
    let mut given = given.filter_map(|act| match &act.content {
        Some(Content::ComplaintClassified(classified)) => Some(classified.colour()),
        _ => None,
    });
    if level == Level::Complaint { given.next().unwrap_or_default() } else { Colour::Unspecified }
}

/// Whether a clerk refused it and none took it in.
fn is_refused(case: &CaseTold, act: &Act) -> bool {
    let answered = |kind: FilingKind| {
        case.acts.case.iter().any(|other| other.kind() == kind && other.answers(act))
    };
    answered(FilingKind::RefusalToRegister) && !answered(FilingKind::Registration)
}

fn disposal(
    case: &CaseTold,
    act: &Act,
    decision: Option<&Decision>,
    colour: Colour,
    refused: bool,
) -> Disposal {
    let later = || case.acts.case.iter().filter(|other| other.leaf > act.leaf);
    let withdrawn = later().any(|other| {
        matches!(other.content, Some(Content::AppealWithdrawn(_)))
            && act.kind() == FilingKind::AppealFiled
    });
    match decision {
        Some(decision) => decision.disposal,
        None if withdrawn => Disposal::Withdrawn,
        None if goes_on_in(&case.acts).is_some() => Disposal::Joined,
        None if refused => Disposal::NotTakenIn,
        // A yellow complaint is rejected at once, without a further act.
        None if colour == Colour::Yellow => Disposal::Inadmissible,
        None => Disposal::Pending,
    }
}

fn admission(case: &CaseTold, act: &Act, disposal: Disposal, colour: Colour) -> Admission {
    let docketed = || {
        let referrals = case.acts.case.iter().filter(|other| {
            other.leaf > act.leaf && matches!(other.content, Some(Content::Referral(_)))
        });
        let direct = std::iter::once(act).filter(|act| {
            matches!(&act.content, Some(Content::AppealFiled(appeal))
                if appeal.route() == crate::v1::IntakeRoute::Direct)
        });
        referrals.chain(direct).any(|sent| {
            case.acts
                .case
                .iter()
                .any(|other| other.kind() == FilingKind::Registration && other.answers(sent))
        })
    };
    match disposal {
        Disposal::Inadmissible => Admission::RejectedOnForm,
        Disposal::NoCompetence | Disposal::Transferred => Admission::OtherBody,
        Disposal::NotTakenIn => Admission::NotTakenIn,
        Disposal::NotSaid => Admission::NotSaid,
        decided if decided.is_on_merits() => Admission::Admitted,
        _ if matches!(colour, Colour::Green | Colour::Red) => Admission::Admitted,
        _ if act.kind() == FilingKind::AppealFiled && docketed() => Admission::Admitted,
        Disposal::Pending => Admission::NotYet,
        _ => Admission::Ended,
    }
}

fn strata(case: &CaseTold, act: &Act, level: Level, colour: Colour) -> BTreeMap<Dimension, String> {
    let complaint = of_complaint(case, act);
    let (filer, respondent) = match &act.content {
        Some(Content::ComplaintRegistered(filed)) => {
            (filed.complainant.as_ref(), respondents(&filed.respondents))
        }
        Some(Content::AppealFiled(appeal)) => {
            let against = if appeal.challenged.is_some() { "institution" } else { NOT_SAID };
            (appeal.appellant.as_ref(), against.to_owned())
        }
        _ => (None, NOT_SAID.to_owned()),
    };
    let office = act.office();
    let office = match (office.institution.as_str(), office.office.as_str()) {
        ("", _) => NOT_SAID.to_owned(),
        (institution, "") => institution.to_owned(),
        (institution, office) => format!("{institution}/{office}"),
    };
    let stage: Stage = stage(&case.procedure, &case.acts, complaint, act.about());
    let colour = match (level, colour) {
        (Level::Complaint, Colour::Unspecified) => "not-classified".to_owned(),
        (Level::Complaint, colour) => name(colour.as_str_name(), "COLOUR_"),
        _ => "none".to_owned(),
    };
    let stream = complaint.map(|one| name(one.stream().as_str_name(), "VOTING_STREAM_"));
    BTreeMap::from([
        (Dimension::Stage, stage.word().to_owned()),
        (Dimension::Office, office),
        (Dimension::Colour, colour),
        (Dimension::Stream, stream.unwrap_or_else(|| NOT_SAID.to_owned())),
        (Dimension::Capacity, filer.map_or_else(|| NOT_SAID.to_owned(), capacity)),
        (Dimension::Sex, filer.map_or_else(|| NOT_SAID.to_owned(), sex)),
        (Dimension::Respondent, respondent),
    ])
}

/// The complaint that a matter is, or that the decision which it challenges was about.
fn of_complaint<'a>(case: &'a CaseTold, act: &Act) -> Option<&'a ComplaintRegistered> {
    let until = case.acts.case.iter().rev().filter(|other| other.leaf <= act.leaf);
    let mut complaints = until.filter_map(|other| match &other.content {
        Some(Content::ComplaintRegistered(complaint)) => Some(complaint),
        _ => None,
    });
    complaints.next()
}

fn respondents(all: &[Person]) -> String {
    let mut kinds: Vec<String> = all.iter().map(capacity).collect();
    kinds.sort();
    kinds.dedup();
    match kinds.as_slice() {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        _ => "several".to_owned(),
    }
}

fn capacity(person: &Person) -> String {
    name(person.capacity().as_str_name(), "CAPACITY_")
}

fn sex(person: &Person) -> String {
    name(person.sex().as_str_name(), "SEX_")
}

/// `CAPACITY_PARTY_AGENT` → `party-agent`; what is unspecified is not said.
fn name(full: &str, prefix: &str) -> String {
    match full.trim_start_matches(prefix) {
        "UNSPECIFIED" => NOT_SAID.to_owned(),
        word => word.to_lowercase().replace('_', "-"),
    }
}
