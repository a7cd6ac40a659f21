//! What the law says about a filing, computed from the log alone.
//!
//! [`assess`] is given a rule set, what the log held at a moment ([`Acts`]) and a filing, and says
//! what each rule comes to, under every reading. The hub calls it when it seals the filing; whoever
//! verifies calls it again on the same leaves and compares. It informs people: nothing here refuses
//! anything.
//!
//! Every finding names the leaves on which it rests. What a verifier lacks it can name, instead of
//! computing something else.

mod act;
mod calendar;
mod checks;
mod combine;
mod delegation;
#[cfg(test)]
pub(crate) mod fixture;
mod outage;
mod period;
mod publication;
mod ratification;
mod reach;
mod registers;
mod ruling;
mod running;
mod seats;
mod sitting;
mod standing;
#[cfg(test)]
mod tests;
mod told;
mod trigger;

pub use act::{Act, Acts, of_general_effect, of_public_effect, same_act, same_number};
pub use calendar::offices_named;
pub use outage::{contradicting, outage_report};
pub use reach::{
    ActName, CASE_ACTS_MAX, appeals_against, counts_beyond, exceptions_of, general_name,
    known_beyond, names_needed,
};
pub use registers::registers;
pub use running::{Running, running};

use crate::rules::{Operation, Rule, RuleSet};
use crate::v1::Assessment;
use crate::v1::filing_content::Content;

/// The version of this way of computing: what [`assess`] comes to for the same rule set and the
/// same acts changes only together with it.
pub const ENGINE: u32 = 1;

/// A rule set, applied to what the log held at a moment.
#[derive(Debug, Clone, Copy)]
pub struct Law<'a> {
    /// The rule set to which the case is pinned.
    pub rules: &'a RuleSet,
    /// What was in the log.
    pub acts: &'a Acts,
    /// The election it is about. Empty: none.
    pub event: &'a str,
}

/// Everything that is to be said about a filing: what the rules of `law` come to, and what needs no
/// rule.
#[must_use]
pub fn assess(law: &Law<'_>, subject: &Act) -> Vec<Assessment> {
    let ruled = law.rules.rules.iter().flat_map(|rule| assess_by(law, rule, subject));
    without_rules(law.acts, subject).into_iter().chain(ruled).collect()
}

/// What is to be said about a filing whatever the law: what a report of an outage is worth, and
/// whether the registers behind a dossier agree.
#[must_use]
pub fn without_rules(acts: &Acts, subject: &Act) -> Vec<Assessment> {
    outage_report(acts, subject).into_iter().chain(registers(acts, subject)).collect()
}

/// Whether [`without_rules`] may say something about a filing with this content.
#[must_use]
pub fn needs_no_rules(content: Option<&Content>) -> bool {
    matches!(content, Some(Content::OutageReported(_) | Content::RatificationRequest(_)))
}

/// What one rule says about a filing.
#[must_use]
pub fn assess_by(law: &Law<'_>, rule: &Rule, subject: &Act) -> Vec<Assessment> {
    let found = match &rule.operation {
        Operation::Period(period) => return period::assess(law, rule, period, subject),
        Operation::Sitting(sitting) => sitting::assess(law, rule, sitting, subject),
        Operation::Publication(publication) => publication::assess(law, rule, publication, subject),
        Operation::Delegation(delegation) => delegation::assess(law, rule, delegation, subject),
        Operation::Standing(standing) => standing::standing(law, rule, standing, subject),
        Operation::Finality(finality) => standing::finality(law, rule, finality, subject),
        Operation::Ruling(ruling) => ruling::assess(law, rule, ruling, subject),
        Operation::Ratification(ratification) => {
            ratification::assess(law, rule, ratification, subject)
        }
        Operation::Check(check) => checks::assess(law, rule, *check, subject),
    };
    found.into_iter().collect()
}
