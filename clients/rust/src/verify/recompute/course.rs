//! The course of the cases in a bundle, from what is proven there and without the hub.

use std::collections::BTreeSet;
use std::sync::Arc;

use barid_proto::assess::{Act, Acts, Law, appeals_against};
use barid_proto::procedure::course;
use barid_proto::rules::{Catalogue, RuleSet};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{Assessment, Course, EnvelopeBody};

use super::Beyond;
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

/// The courses of those cases of which a bundle has the filing that opened them. What is not
/// proven, and what is not in the bundle, is as if it had not happened.
#[must_use]
pub fn courses(bundle: &Bundle, report: &Report, given: &Catalogue) -> Vec<CaseCourse> {
    let (filings, law) = (&report.filings, &report.law);
    let known = Known::new(bundle, filings, Beyond { law, outages: &report.outages });
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
            let outages = known.outages(size);
            let acts = Acts { as_of_size: size, case: own, general, outages };
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
    let names_text = |one: &&Assessment| !one.rule_set_sha256.is_empty();
    match members.find_map(|filing| filing.lawful().find(names_text)) {
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
        leaves.extend(known.beyond(Some(rules), act, &[], &said));
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

#[cfg(test)]
mod tests {
    use super::super::tests::{examined, known, regulated};
    use super::*;
    use crate::testing::law::{self, LawCase, RULES, honest};

    fn told(case: &LawCase, bundle: &Bundle, rules: &Catalogue) -> Vec<CaseCourse> {
        courses(bundle, &examined(&case.network, bundle, rules, false), rules)
    }

    fn steps(course: &Course) -> Vec<&str> {
        course.taken.iter().map(|step| step.step.as_str()).collect()
    }

    #[test]
    fn a_course_follows_from_what_is_proven_in_a_bundle() {
        let case = law::case(honest(), None);
        let bundle = case.bundle();
        let found = told(&case, &bundle, &known());
        let [one] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!(one.case_id, law::opened(&case.filings[0]));
        assert_eq!(one.rule_set_id, RULES);
        let course = one.course.as_ref().unwrap();
        assert_eq!(course.procedure, "appeal");
        assert_eq!(steps(course), ["appeal", "referral", "ruling-changes"]);
        // The publication is of another case, and comes with the law of the bundle.
        let report = examined(&case.network, &bundle, &known(), false);
        let logged = report.filings[0].computed.iter().find(|one| one.subject == "timeliness");
        let said = &course.taken[0].timeliness;
        assert_eq!(said[0].readings, logged.unwrap().readings, "as it was logged");
        let odd: Vec<_> = course.oddities.iter().map(|odd| odd.leaf_index).collect();
        assert_eq!(odd, [case.filings[2].index, case.filings[3].index]);
    }

    #[test]
    fn what_is_not_in_the_bundle_has_not_happened() {
        let case = law::case(honest(), None);
        let mut bundle = case.bundle();
        bundle.filings.remove(1);
        let found = told(&case, &bundle, &known());
        let course = found[0].course.as_ref().unwrap();
        assert!(!course.taken.iter().any(|step| step.leaf_index == case.filings[1].index));
        bundle.filings.remove(0);
        assert!(told(&case, &bundle, &known()).is_empty(), "what opened the case is not there");
    }

    #[test]
    fn a_course_follows_the_rule_set_that_the_case_is_pinned_to() {
        let case = regulated();
        let found = told(&case, &case.bundle(), &known());
        assert_eq!(found[0].rule_set_id, "TEST-REG/1");
        let course = found[0].course.as_ref().unwrap();
        assert_eq!(course.rule_set_id, "TEST-REG/1");
        assert_eq!(course.procedure, "appeal", "an overlay has the procedures below it");
        let nothing = Catalogue::default();
        let case = law::case(honest(), None);
        let found = told(&case, &case.bundle(), &nothing);
        assert_eq!((found[0].rule_set_id.as_str(), &found[0].course), (RULES, &None));
    }
}
