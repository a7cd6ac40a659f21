//! Periods for what has not been done yet.

use super::trigger::sets_going;
use super::{Act, Law, period};
use crate::rules::{Operation, PeriodRule, Rule, Tie, TriggerKind};
use crate::v1::Assessment;

/// A period that runs, or would.
#[derive(Debug, Clone, Default)]
pub struct Running<'a> {
    /// What set it going: the newest. `None`: nothing did yet, or it is no filing.
    pub trigger: Option<&'a Act>,
    /// The period, and that of each office whose calendar leads elsewhere. None: it has not begun.
    pub assessments: Vec<Assessment>,
}

/// The period of a rule as it stands for a case in which what it measures has not come. Nothing in
/// it when the rule counts none.
#[must_use]
pub fn running<'a>(law: &Law<'a>, rule: &Rule) -> Running<'a> {
    let Operation::Period(period) = &rule.operation else { return Running::default() };
    let triggers = triggers(law, period);
    let polling = period.triggers.contains(&TriggerKind::Polling);
    let trigger = triggers.last().copied();
    let subject = trigger.or_else(|| law.acts.case.last().filter(|_| polling));
    let assessments = subject
        .map(|subject| period::running(law, rule, period, subject, &triggers))
        .unwrap_or_default();
    Running { trigger, assessments }
}

/// What set a period going, in the order of the log.
fn triggers<'a>(law: &Law<'a>, period: &PeriodRule) -> Vec<&'a Act> {
    let Some(newest) = law.acts.case.last() else { return Vec::new() };
    let acts = law.acts.for_subject(newest);
    let mut found: Vec<&Act> =
        acts.filter(|act| sets_going(law, period, act, act) && tied(law, period, act)).collect();
    found.sort_by_key(|act| act.leaf);
    found
}

/// Whether an act can set a period going for the case.
fn tied(law: &Law<'_>, period: &PeriodRule, act: &Act) -> bool {
    let case = || law.acts.case.iter();
    let own = case().any(|known| known.leaf == act.leaf);
    match period.tie {
        Tie::Case => own,
        Tie::Challenged => {
            let of_case = |reference| case().any(|known| known.is(reference));
            own || act.about().or(act.own()).is_some_and(of_case)
        }
        Tie::Answered => own && !case().any(|later| later.answers(act)),
    }
}
