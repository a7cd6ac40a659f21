//! By which act a matter was decided, and how.

use super::CaseTold;
use super::class::{Disposal, Reasons};
use crate::assess::{Act, same_act};
use crate::procedure::{is_one_of, numbers};
use crate::v1::filing_content::Content;
use crate::v1::{
    Confidentiality, CouncilDecision, DelegationMode, DocketNumber, FilingKind, Outcome,
    RulingIssued, Text,
};

/// The act that decided a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    /// Its leaf.
    pub(super) leaf: u64,
    /// When: by its stamp, or when it was accepted. Milliseconds since 1970.
    pub(super) at_ms: i64,
    /// Whose it is.
    pub(super) institution: String,
    /// How it decided.
    pub(super) disposal: Disposal,
    /// Whether it has reasons.
    pub(super) reasons: Reasons,
}

/// Whether an act decides at first instance: of the Council, or under a delegation. A
/// recommendation does not.
pub(super) fn decides(act: &Act) -> bool {
    match &act.content {
        Some(Content::CouncilDecision(_)) => true,
        Some(Content::DelegatedDecision(decision)) => decision.mode() == DelegationMode::Decide,
        _ => false,
    }
}

/// The last decision behind a complaint and before the first appeal.
pub(super) fn decision_of_complaint(case: &CaseTold, complaint: &Act) -> Option<Decision> {
    let later = || case.acts.case.iter().filter(|act| act.leaf > complaint.leaf);
    let appealed = later().find(|act| act.kind() == FilingKind::AppealFiled);
    let before = |act: &&Act| appealed.is_none_or(|appeal| act.leaf < appeal.leaf);
    let decision = later().filter(|act| decides(act)).rfind(before)?;
    let called_in = later().any(|act| {
        act.leaf > decision.leaf
            && matches!(&act.content, Some(Content::CallIn(call)) if call.called_in)
    });
    // What the Council takes to itself is not decided until it decides.
    (!called_in).then(|| decision_by(case, decision))
}

/// The last ruling that decides an appeal: the only appeal of the case, the one that was docketed
/// under a number of the ruling, or those against the act that it reviews.
pub(super) fn decision_of_appeal(case: &CaseTold, appeal: &Act) -> Option<Decision> {
    let acts = &case.acts.case;
    let several = acts.iter().filter(|act| act.kind() == FilingKind::AppealFiled).count() > 1;
    let about = |act: &&Act| match &act.content {
        Some(Content::RulingIssued(ruling)) => !several || rules_on(case, ruling, act, appeal),
        _ => false,
    };
    let ruling = acts.iter().filter(|act| act.leaf > appeal.leaf).rfind(about)?;
    Some(decision_by(case, ruling))
}

fn rules_on(case: &CaseTold, ruling: &RulingIssued, act: &Act, appeal: &Act) -> bool {
    if act.answers(appeal) {
        return true;
    }
    let given = docketed(case, appeal);
    if !given.is_empty() && !ruling.docket_numbers.is_empty() {
        return given
            .iter()
            .any(|number| is_one_of(number, &ruling.docket_numbers.iter().collect::<Vec<_>>()));
    }
    match (&ruling.challenged, appeal.about()) {
        (Some(reviewed), Some(challenged)) => same_act(reviewed, challenged),
        _ => true,
    }
}

/// The numbers under which clerks registered an appeal.
fn docketed<'a>(case: &'a CaseTold, appeal: &Act) -> Vec<&'a DocketNumber> {
    let registered = case.acts.case.iter().filter(|act| act.answers(appeal));
    let number = |act: &'a Act| match &act.content {
        Some(Content::Registration(registration)) => registration.docket_number.as_ref(),
        _ => None,
    };
    registered.filter_map(number).collect()
}

fn decision_by(case: &CaseTold, act: &Act) -> Decision {
    let (outcome, reasons) = match &act.content {
        Some(Content::RulingIssued(ruling)) => (ruling.outcome(), ruling_reasons(ruling)),
        Some(Content::DelegatedDecision(decision)) => {
            (decision.outcome(), has_words(decision.reasons.as_ref()))
        }
        Some(Content::CouncilDecision(decision)) => of_batch(case, decision),
        _ => (Outcome::Unspecified, false),
    };
    let reasons = match (reasons, is_published(case, act)) {
        (false, _) => Reasons::NotGiven,
        (true, false) => Reasons::Written,
        (true, true) => Reasons::Published,
    };
    let (leaf, at_ms) = (act.leaf, act.stamped_ms());
    let institution = act.institution().to_owned();
    Decision { leaf, at_ms, institution, disposal: Disposal::of(outcome), reasons }
}

fn ruling_reasons(ruling: &RulingIssued) -> bool {
    let judgment = ruling.judgment.as_ref();
    has_words(ruling.reasons.as_ref()) || judgment.is_some_and(|one| !one.body_text.is_empty())
}

/// What a decision about many means for this case, and whether it says why.
fn of_batch(case: &CaseTold, decision: &CouncilDecision) -> (Outcome, bool) {
    let own = numbers(&case.acts);
    let own: Vec<&DocketNumber> = own.into_iter().chain(&case.docket_numbers).collect();
    let mine = decision
        .outcomes
        .iter()
        .find(|one| one.docket_number.as_ref().is_some_and(|number| is_one_of(number, &own)));
    let only = match decision.outcomes.as_slice() {
        [one] => Some(one),
        _ => None,
    };
    let whole = has_words(decision.deliberation.as_ref());
    match mine.or(only) {
        Some(one) => (one.outcome(), whole || has_words(one.reason.as_ref())),
        None => (Outcome::Unspecified, whole),
    }
}

fn has_words(text: Option<&Text>) -> bool {
    text.is_some_and(|text| text.renderings.iter().any(|one| !one.text.trim().is_empty()))
}

/// Whether a certificate proves its publication, or its sender filed it for everybody.
fn is_published(case: &CaseTold, act: &Act) -> bool {
    let certified = |other: &Act| match &other.content {
        Some(Content::PublicationCertificate(certificate)) => {
            certificate.decision.as_ref().is_some_and(|decision| act.is(decision))
        }
        _ => false,
    };
    act.body.confidentiality() == Confidentiality::Public || case.acts.case.iter().any(certified)
}
