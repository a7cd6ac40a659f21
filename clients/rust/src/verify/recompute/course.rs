//! The course of the cases in a bundle, from what is proven there and without the hub.

use std::collections::BTreeSet;
use std::sync::Arc;

use barid_proto::assess::{Act, Acts, Law, appeals_against};
use barid_proto::procedure::course;
use barid_proto::rules::{Catalogue, RuleSet};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{Course, EnvelopeBody};

use super::acts::{Known, cases, in_a_case};
use crate::bundle::Bundle;
use crate::verify::report::{ProvenFiling, Report};
use crate::verify::rules::KnownRules;

/// A case of a bundle, and its course.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseCourse {
    /// The case, 16 bytes.
    pub case_id: Vec<u8>,
    /// The rule set that it names, with its version where an assessment says which. Empty: none.
    pub rule_set_id: String,
    /// Its course. `None`: the rule set is not known here.
    pub course: Option<Course>,
}

/// The courses of those cases of which a bundle has the filing that opened them. What is not proven,
/// and what is not in the bundle, is as if it had not happened.
#[must_use]
pub fn courses(bundle: &Bundle, report: &Report, given: &Catalogue) -> Vec<CaseCourse> {
    let (filings, law) = (&report.filings, &report.law);
    let known = Known::new(bundle, filings, law);
    let rules = KnownRules::new(given, bundle, filings.iter().chain(law));
    let size = filings.iter().map(|filing| filing.tree_size).max().unwrap_or_default();
    let every: Vec<&Act> =
        filings.iter().filter_map(|filing| known.act(filing.leaf_index)).collect();
    let mut found = Vec::new();
    for case in &mut cases(filings, &known).cases {
        let Some(opening) = case.opening.and_then(|at| filings.get(at)) else { continue };
        // A calendar or a key is no matter.
        if !in_a_case(opening.body.kind()) {
            continue;
        }
        case.all.until(size.max(opening.leaf_index + 1));
        let own = std::mem::take(&mut case.all.grown);
        let members = case.members.iter().filter_map(|at| filings.get(*at));
        let (name, set) = pinned(members, &opening.body, &rules);
        let course = set.map(|set| {
            let general = beyond(&known, &set, &own);
            let elsewhere = appeals(&every, &own);
            let acts = Acts { as_of_size: size, case: own, general };
            let law = Law { rules: &set, acts: &acts, event: &opening.body.election_event_id };
            course(&law, &opening.body.procedure_id, &elsewhere)
        });
        let case_id = opening.body.envelope_id.clone();
        found.push(CaseCourse { case_id, rule_set_id: name, course });
    }
    found
}

/// The rule set under which a case was assessed first, or the one that it names.
fn pinned<'a>(
    mut members: impl Iterator<Item = &'a ProvenFiling>,
    opening: &EnvelopeBody,
    rules: &KnownRules,
) -> (String, Option<Arc<RuleSet>>) {
    match members.find_map(|filing| filing.lawful().next()) {
        Some(first) => {
            let set = rules.by_digest(&first.rule_set_sha256).cloned();
            (first.rule_set_id.clone(), set)
        }
        None => (opening.rule_set_id.clone(), rules.of_name(&opening.rule_set_id)),
    }
}

/// The acts beyond the case that count for one of its filings.
fn beyond(known: &Known, rules: &RuleSet, case: &[Act]) -> Vec<Act> {
    let said = BTreeSet::new();
    let mut leaves: BTreeSet<u64> = BTreeSet::new();
    for act in case {
        leaves.extend(known.beyond(rules, act, &[], &said));
    }
    case.iter().for_each(|act| {
        leaves.remove(&act.leaf);
    });
    leaves.into_iter().filter_map(|leaf| known.act(leaf).cloned()).collect()
}

/// Appeals of other cases against acts that this one's appeals are about.
fn appeals(every: &[&Act], case: &[Act]) -> Vec<Act> {
    let against = |act: &Act| match &act.content {
        Some(Content::AppealFiled(appeal)) => appeals_against(appeal.challenged.as_ref()?),
        _ => None,
    };
    let own: BTreeSet<_> = case.iter().filter_map(against).collect();
    let other = |act: &&&Act| {
        case.iter().all(|known| known.leaf != act.leaf)
            && against(act).is_some_and(|name| own.contains(&name))
    };
    every.iter().filter(other).map(|act| (*act).clone()).collect()
}
