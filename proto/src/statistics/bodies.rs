//! What became of a matter at each body that had it: opened = closed + pending, body by body, in
//! the classes of the reconciliation.

use std::collections::BTreeMap;

use super::CaseTold;
use super::class::Disposal;
use super::decided::Decision;
use crate::assess::Act;
use crate::reconcile::Fate;
use crate::v1::FilingKind;
use crate::v1::filing_content::Content;

/// The bodies that had a matter: that took it in, docketed it, ruled on it or sent it back.
pub(super) fn bodies(
    case: &CaseTold,
    act: &Act,
    decision: Option<&Decision>,
    disposal: Disposal,
) -> BTreeMap<String, Fate> {
    let later = || case.acts.case.iter().filter(|other| other.leaf > act.leaf);
    let appeal = act.kind() == FilingKind::AppealFiled;
    let mut found: BTreeMap<&str, Fate> = BTreeMap::new();
    found.insert(act.institution(), Fate::Open);
    for other in later() {
        let takes = match &other.content {
            Some(Content::Registration(_)) => {
                let referred = later().filter(|one| one.kind() == FilingKind::Referral);
                other.answers(act) || (appeal && referred.into_iter().any(|one| other.answers(one)))
            }
            Some(Content::ReturnToCouncil(_)) => appeal,
            _ => false,
        };
        if takes {
            found.entry(other.institution()).or_insert(Fate::Open);
        }
    }
    if let Some(decision) = decision {
        found.entry(&decision.institution).or_insert(Fate::Open);
    }
    let fate = |body: &str| fate(case, act, body, decision, disposal);
    found.keys().map(|body| ((*body).to_owned(), fate(body))).collect()
}

/// What became of a matter at one body, by its own acts first.
fn fate(
    case: &CaseTold,
    act: &Act,
    body: &str,
    decision: Option<&Decision>,
    disposal: Disposal,
) -> Fate {
    let later = || case.acts.case.iter().filter(|other| other.leaf > act.leaf);
    let newest = |kind: FilingKind, by: Option<&str>| {
        let of = later().filter(|other| other.kind() == kind);
        of.filter(|other| by.is_none_or(|by| other.institution() == by)).map(|one| one.leaf).max()
    };
    if decision.is_some_and(|decision| decision.institution == body) {
        return Fate::Decided;
    }
    let appeal = act.kind() == FilingKind::AppealFiled;
    let referred = newest(FilingKind::Referral, Some(body)).filter(|_| appeal);
    // A case that came back and was sent again is sent.
    let returned = newest(FilingKind::ReturnToCouncil, Some(body)).filter(|leaf| {
        appeal && newest(FilingKind::Referral, None).is_none_or(|again| again < *leaf)
    });
    match disposal {
        _ if referred.is_some() => Fate::Referred,
        _ if returned.is_some() => Fate::Returned,
        Disposal::Withdrawn => Fate::Withdrawn,
        Disposal::Joined => Fate::Joined,
        Disposal::NotTakenIn => Fate::Returned,
        Disposal::Pending => sent_on(case, act, body),
        // Decided elsewhere: this body passed it on by addressing it there.
        _ if decision.is_some() => Fate::Referred,
        _ => Fate::Decided,
    }
}

/// An appeal that was addressed to another body, which took it, is with that one.
fn sent_on(case: &CaseTold, act: &Act, body: &str) -> Fate {
    let taken = |other: &Act| {
        other.kind() == FilingKind::Registration
            && other.answers(act)
            && other.institution() != body
    };
    let passed = act.institution() == body && case.acts.case.iter().any(taken);
    if passed { Fate::Referred } else { Fate::Open }
}
