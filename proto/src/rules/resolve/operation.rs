//! What is computed for a rule: exactly one thing.

use std::collections::BTreeSet;

use super::super::Switch;
use super::super::operation::Operation;
use super::super::written::WrittenRule;
use super::fields::{Asked, Fields};
use super::{formal, period, publication, sitting};

pub(super) fn of_rule(
    one: &WrittenRule,
    path: &str,
    switches: &[Switch],
    used: &mut BTreeSet<String>,
    fields: &mut Fields<'_, '_>,
) -> Option<Operation> {
    let given = [
        one.check.is_some(),
        one.period.is_some(),
        one.sitting.is_some(),
        one.publication.is_some(),
        one.delegation.is_some(),
        one.standing.is_some(),
        one.finality.is_some(),
        one.ruling.is_some(),
        one.ratification.is_some(),
    ];
    if given.iter().filter(|given| **given).count() != 1 {
        let what = "a rule computes one thing: give `check`, or one section such as `period`";
        fields.wrong_near(None, one.key.as_ref(), path, "operation", what);
        return None;
    }
    let mut asked = Asked { switches, used, near: one.key.as_ref() };
    let at = |section: &str| format!("{path}.{section}");
    if let Some(written) = &one.period {
        let rule = period::rule(written, &at("period"), asked, fields)?;
        return Some(Operation::Period(Box::new(rule)));
    }
    if let Some(written) = &one.sitting {
        let rule = sitting::rule(written, &at("sitting"), &mut asked, fields)?;
        return Some(Operation::Sitting(Box::new(rule)));
    }
    if let Some(written) = &one.publication {
        let rule = publication::rule(written, &at("publication"), &mut asked, fields)?;
        return Some(Operation::Publication(rule));
    }
    if let Some(written) = &one.delegation {
        let rule = formal::delegation(written, &at("delegation"), &mut asked, fields)?;
        return Some(Operation::Delegation(rule));
    }
    if let Some(written) = &one.standing {
        let rule = formal::standing(written, &at("standing"), &mut asked, fields)?;
        return Some(Operation::Standing(rule));
    }
    if let Some(written) = &one.finality {
        let rule = formal::finality(written, &at("finality"), &mut asked, fields)?;
        return Some(Operation::Finality(rule));
    }
    if let Some(written) = &one.ruling {
        let rule = sitting::ruling(written, &at("ruling"), &mut asked, fields)?;
        return Some(Operation::Ruling(rule));
    }
    if let Some(written) = &one.ratification {
        let rule = formal::ratification(written, &at("ratification"), &mut asked, fields)?;
        return Some(Operation::Ratification(rule));
    }
    fields.word(&at("check"), &one.check, one.key.as_ref()).map(Operation::Check)
}
