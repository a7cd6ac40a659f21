//! Formal rules with few parameters, and what all formal rules share.

use std::collections::BTreeMap;

use super::super::choice::Choice;
use super::super::formal::{
    DelegatedReview, DelegationRule, FinalityRule, RatificationPart, RatificationRule,
    RulingFinality, StandingRule,
};
use super::super::sections::{
    WrittenDelegation, WrittenFinality, WrittenRatification, WrittenStanding,
};
use super::super::written::{Field, Line};
use super::fields::{Asked, Fields};
use crate::v1::{Capacity, FilingKind};
use crate::word::Word;

pub(super) fn delegation(
    written: &WrittenDelegation,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<DelegationRule> {
    let mode = fields.choice(&format!("{path}.mode"), &written.mode, asked);
    Some(DelegationRule { mode: mode? })
}

pub(super) fn standing(
    written: &WrittenStanding,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<StandingRule> {
    let of = kinds_or(&[FilingKind::AppealFiled], written.of.as_ref(), path, fields);
    let named = fields.needed(&format!("{path}.capacities"), written.capacities.as_ref())?;
    let at = written.capacities.as_ref().and_then(|field| field.at);
    let mut capacities: BTreeMap<String, Vec<Capacity>> = BTreeMap::new();
    for (who, words) in named {
        let path = format!("{path}.capacities.{who}");
        let listed = words.iter().filter_map(|word| listed(&path, at, word, asked, fields));
        capacities.insert(who, listed.collect());
    }
    let known = |who: &str| capacities.contains_key(who);
    let keys: Vec<&str> = capacities.keys().map(String::as_str).collect();
    let keys = keys.join(", ");
    let who = text_choice(&format!("{path}.who"), &written.who, asked, fields, known, &keys);
    Some(StandingRule { of, who: who?, capacities })
}

pub(super) fn finality(
    written: &WrittenFinality,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<FinalityRule> {
    let of = kinds_or(&[FilingKind::AppealFiled], written.of.as_ref(), path, fields);
    let rulings =
        usual(RulingFinality::Final, &written.rulings, &format!("{path}.rulings"), asked, fields);
    let delegated = usual(
        DelegatedReview::CouncilFirst,
        &written.delegated,
        &format!("{path}.delegated"),
        asked,
        fields,
    );
    let heard_by = fields.institutions(&format!("{path}.heard-by"), written.heard_by.as_ref());
    Some(FinalityRule { of, rulings: rulings?, delegated: delegated?, heard_by })
}

pub(super) fn ratification(
    written: &WrittenRatification,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<RatificationRule> {
    let at = written.parts.as_ref().and_then(|field| field.at);
    let words = fields.needed(&format!("{path}.parts"), written.parts.as_ref())?;
    let parts = words.iter();
    let parts: Vec<RatificationPart> = parts
        .filter_map(|word| listed(&format!("{path}.parts"), at, word, asked, fields))
        .collect();
    let mut ratifier = BTreeMap::new();
    let at = written.ratifier.as_ref().and_then(|field| field.at);
    for (election, role) in written.ratifier.iter().flat_map(|field| &field.value) {
        let line = Some(Field { at, value: role.clone() });
        let path = format!("{path}.ratifier.{election}");
        let wanted = "the roles, which have small letters and hyphens";
        let role = text_choice(&path, &line, asked, fields, is_role, wanted);
        ratifier.extend(role.map(|role| (election.clone(), role)));
    }
    Some(RatificationRule { parts, ratifier })
}

fn is_role(role: &str) -> bool {
    !role.is_empty() && role.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// A choice, or the usual one where the text says nothing.
pub(super) fn usual<T: Word>(
    usual: T,
    line: &Line,
    path: &str,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<Choice<T>> {
    if line.is_none() { Some(Choice::Fixed(usual)) } else { fields.choice(path, line, asked) }
}

/// The kinds of filing that a rule looks at, or the usual ones where the text says nothing.
pub(super) fn kinds_or(
    usual: &[FilingKind],
    written: Option<&Field<Vec<String>>>,
    path: &str,
    fields: &mut Fields<'_, '_>,
) -> Vec<FilingKind> {
    match written {
        None => usual.to_vec(),
        Some(_) => fields.kinds(&format!("{path}.of"), written),
    }
}

/// A word of a list of words.
pub(super) fn listed<T: Word>(
    path: &str,
    at: Option<usize>,
    word: &str,
    asked: &Asked<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<T> {
    fields.word(path, &Some(Field { at, value: word.to_owned() }), asked.near)
}

/// A text, or `?` with the key of a switch all of whose options are such texts.
pub(super) fn text_choice(
    path: &str,
    line: &Line,
    asked: &mut Asked<'_>,
    fields: &mut Fields<'_, '_>,
    fits: impl Fn(&str) -> bool,
    wanted: &str,
) -> Option<Choice<String>> {
    let value = fields.line(path, line, asked.near);
    if value.is_empty() {
        return None;
    }
    let at = line.as_ref().and_then(|field| field.at);
    if let Some(name) = value.strip_prefix('?') {
        return fields.switch(path, at, name, asked, fits, wanted).map(Choice::Switch);
    }
    if !fits(&value) {
        let what = format!("{value:?} is none of {wanted}");
        fields.wrong_near(at, asked.near, path, "unknown-word", what);
        return None;
    }
    Some(Choice::Fixed(value))
}

#[cfg(test)]
mod tests {
    use crate::assess::fixture::text;
    use crate::rules::{
        Catalogue, Check, Choice, Operation, RuleProblem, RuleSet, SeatBase, SeatCount,
        SittingPart, parse,
    };

    const A10: (&str, &str, &str) = ("A10", "seats", "members");
    const QUORUM: &str = "[rule.sitting]\npart = \"quorum\"\nseats = 9\nbase = \"?A10\"";

    /// What is wrong with a rule set of one rule, as path and code.
    fn problems(switches: &[(&str, &str, &str)], rule: &str) -> Vec<(String, &'static str)> {
        let found = parse(&text(switches, &[rule]), &Catalogue::default()).unwrap_err();
        let named = |problem: RuleProblem| (problem.path, problem.code);
        assert!(found.0.iter().any(|problem| problem.line > 0), "{found}");
        found.0.into_iter().map(named).collect()
    }

    fn only(set: &RuleSet) -> &Operation {
        &set.rules[0].operation
    }

    #[test]
    fn a_check_that_nobody_knows_is_refused_with_its_place_and_the_known_ones() {
        let text = text(&[], &["check = \"quorom\""]);
        let found = parse(&text, &Catalogue::default()).unwrap_err();
        let line = text.lines().position(|line| line.contains("quorom")).unwrap() + 1;
        assert_eq!(found.0.len(), 1);
        assert_eq!((found.0[0].line, found.0[0].column), (line, 9));
        let what = "rule.r1.check: \"quorom\" is none of pin, criminal-referral, \
                    decision-implemented, ruling-implemented, complaint-form, course, kept or \
                    people";
        assert!(found.to_string().ends_with(what), "{found}");
    }

    #[test]
    fn what_a_sitting_rule_lacks_or_does_not_use_is_told() {
        let at = |name: &str| format!("rule.r1.sitting.{name}");
        let sitting = |rest: &str| problems(&[], &format!("[rule.sitting]\n{rest}"));
        assert_eq!(sitting("part = \"dance\""), [(at("part"), "unknown-word")]);
        assert_eq!(sitting("part = \"quorum\""), [(at("seats"), "missing")]);
        assert_eq!(sitting("part = \"quorum\"\nseats = 0"), [(at("seats"), "range")]);
        assert_eq!(sitting("part = \"tally\"\nseats = 9"), [(at("seats"), "unused")]);
        let base = "part = \"quorum\"\nseats = 9\nbase = \"half\"";
        assert_eq!(sitting(base), [(at("base"), "unknown-word")]);
        let never = "part = \"special-majority\"\nmatters = [\"x\"]\nthreshold = 9\nout-of = 8";
        assert_eq!(sitting(never), [(at("threshold"), "range")]);
        let kind = "part = \"tally\"\nof = [\"no-such-kind\"]";
        assert_eq!(sitting(kind), [(at("of"), "unknown-kind")]);
        let part = "part = \"anatomy\"\nrequires = [\"soul\"]";
        assert_eq!(sitting(part)[0], (at("requires"), "unknown-word"));
    }

    #[test]
    fn a_switch_whose_answers_do_not_fit_is_refused() {
        let a10 = ("A10", "seats", "chairs");
        let at = "rule.r1.sitting.base".to_owned();
        assert!(problems(&[a10], QUORUM).contains(&(at, "unknown-word")));
        let standing = "[rule.standing]\nwho = \"?A4\"\ncapacities = { entity = [\"candidate\"] }";
        let at = "rule.r1.standing.who".to_owned();
        let found = problems(&[("A4", "entity", "affected")], standing);
        assert!(found.contains(&(at, "unknown-word")), "{found:?}");
        let way = "[rule.publication]\nchannel = \"?A5\"\nways = [{ channel = \"website\", \
                   days = 1, outlets = 1, languages = [\"ar\"] }]";
        let at = "rule.r1.publication.ways".to_owned();
        assert_eq!(problems(&[("A5", "website", "newspaper")], way), [(at, "missing")]);
        let odd = way.replace("\"ar\"", "\"Arabic\"").replace("?A5", "website");
        let at = "rule.r1.publication.ways.languages".to_owned();
        assert_eq!(problems(&[], &odd), [(at, "unknown-word")]);
    }

    #[test]
    fn a_rule_computes_one_thing() {
        let two = format!("check = \"people\"\n{QUORUM}");
        let at = "rule.r1".to_owned();
        assert!(problems(&[A10], &two).contains(&(at, "operation")));
    }

    /// A set over one with a single rule.
    fn over(base: &str, rule: &str) -> RuleSet {
        let mut known = Catalogue::default();
        let below = known.add(base).unwrap();
        let sha256: String = below.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
        let text = format!(
            "id = \"OVER\"\nversion = 1\nextends = \"TEST/1\"\nextends-sha256 = \"{sha256}\"\n\
             effective-from = 2025-01-01\n\
             title = {{ ar = \"ق\", ckb = \"ی\", en = \"t\", es = \"t\" }}\n\
             [[rule]]\nkey = \"r1\"\n{rule}"
        );
        parse(&text, &known).unwrap_or_else(|problems| panic!("{problems}"))
    }

    #[test]
    fn an_overlay_changes_a_parameter_and_keeps_the_others() {
        let base = text(&[A10], &[QUORUM]);
        let set = over(&base, "[rule.sitting]\nseats = 7");
        let Operation::Sitting(sitting) = only(&set) else { panic!("{:?}", only(&set)) };
        let SittingPart::Quorum { seats: SeatCount::Fixed(seats), base, .. } = &sitting.part else {
            panic!("{sitting:?}")
        };
        assert_eq!((*seats, base), (7, &Choice::<SeatBase>::Switch("A10".to_owned())));
    }

    #[test]
    fn an_overlay_can_leave_a_rule_to_people_and_take_it_back() {
        let base = text(&[], &["[rule.sitting]\npart = \"tally\""]);
        let set = over(&base, "check = \"people\"");
        assert!(matches!(only(&set), Operation::Check(Check::People)));
        let base = text(&[], &["check = \"people\""]);
        let set = over(&base, "[rule.sitting]\npart = \"tally\"");
        assert!(matches!(only(&set), Operation::Sitting(_)));
    }
}
