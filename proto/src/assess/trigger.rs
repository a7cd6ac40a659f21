//! What sets a period going, and what an instrument of delegation says of it.

use super::{Act, Law};
use crate::rules::{PeriodRule, TriggerKind};
use crate::v1::filing_content::Content;

/// Whether an act is one of those that set a period going, for `subject`.
pub(super) fn sets_going(law: &Law<'_>, period: &PeriodRule, subject: &Act, act: &Act) -> bool {
    let kind = period.triggers.contains(&TriggerKind::Filing(act.kind()));
    let from = period.from.is_empty() || period.from.iter().any(|one| one == act.institution());
    let addressed = |institution: &String| {
        act.body.recipients.iter().any(|recipient| recipient.institution == *institution)
    };
    let to = period.to.is_empty() || period.to.iter().any(addressed);
    let about = || period.about.is_empty() || about(law, period, subject, act).is_some();
    kind && from && to && about()
}

/// The act that a trigger is about, among the kinds that the rule asks for.
pub(super) fn about<'a>(
    law: &Law<'a>,
    period: &PeriodRule,
    subject: &'a Act,
    trigger: &Act,
) -> Option<&'a Act> {
    let reference = trigger.about()?;
    let fits = |act: &&Act| period.about.contains(&act.kind()) && act.is(reference);
    law.acts.for_subject(subject).find(fits)
}

/// The hours within which a delegated decision may be called in, as the delegation says on which it
/// rests; `trigger` is about the decision. The delegation joins the leaves.
pub(super) fn call_in_hours(
    law: &Law<'_>,
    period: &PeriodRule,
    subject: &Act,
    trigger: &Act,
    leaves: &mut Vec<u64>,
) -> Option<u32> {
    let decision = about(law, period, subject, trigger)?;
    let delegation = decision.about()?;
    law.acts.for_subject(subject).find_map(|act| match &act.content {
        Some(Content::DelegationGranted(granted)) if act.is(delegation) => {
            leaves.push(act.leaf);
            Some(granted.call_in_hours)
        }
        _ => None,
    })
}
