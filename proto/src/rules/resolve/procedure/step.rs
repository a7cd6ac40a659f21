//! The steps of a procedure, each for itself.

use std::collections::BTreeSet;

use super::super::super::Rule;
use super::super::super::feature::{Condition, Feature, feature};
use super::super::super::operation::Operation;
use super::super::super::procedure::{Cited, Owner, Step, Term};
use super::super::super::written::{Field, WrittenStep};
use super::super::fields::Fields;
use crate::kind::filing_kind_name;
use crate::v1::FilingKind;

/// A step that is read, and where.
struct Reading<'a> {
    written: &'a WrittenStep,
    path: String,
    rules: &'a [Rule],
}

pub(super) fn steps(
    written: &[WrittenStep],
    procedure: &str,
    rules: &[Rule],
    fields: &mut Fields<'_, '_>,
) -> Vec<Step> {
    let mut known = BTreeSet::new();
    let mut steps = Vec::new();
    for one in written {
        let section = format!("{procedure}.step");
        let Some(key) = fields.key(&section, &one.key, &mut known) else { continue };
        let reading = Reading { written: one, path: format!("{section}.{key}"), rules };
        steps.extend(reading.step(key, fields));
    }
    steps
}

impl Reading<'_> {
    fn near(&self) -> Option<&Field<String>> {
        self.written.key.as_ref()
    }

    fn wrong(
        &self,
        at: Option<usize>,
        field: &str,
        code: &'static str,
        what: impl Into<String>,
        fields: &mut Fields<'_, '_>,
    ) {
        fields.wrong_near(at, self.near(), &format!("{}.{field}", self.path), code, what);
    }

    fn step(&self, key: String, fields: &mut Fields<'_, '_>) -> Option<Step> {
        let written = self.written;
        fields.names(&format!("{}.title", self.path), self.near(), &written.title);
        let filings = fields.kinds(&format!("{}.filings", self.path), written.filings.as_ref());
        let only = self.conditions(&filings, fields);
        let owner = fields.word(&format!("{}.owner", self.path), &written.owner, self.near());
        let rule = self.cited(fields);
        let says = |field: &Option<Field<bool>>| field.as_ref().is_some_and(|field| field.value);
        let keys = |field: &Option<Field<Vec<String>>>| {
            field.as_ref().map(|field| field.value.clone()).unwrap_or_default()
        };
        let last = says(&written.last);
        let term = self.term(last, fields);
        let step = Step {
            key,
            title: written.title.clone(),
            filings,
            only,
            owner: owner?,
            rule: rule?,
            term,
            next: keys(&written.next),
            returns_to: keys(&written.returns_to),
            start: says(&written.start),
            last,
            optional: says(&written.optional),
            any_time: says(&written.any_time),
        };
        self.makes_sense(&step, fields);
        Some(step)
    }

    fn conditions(&self, filings: &[FilingKind], fields: &mut Fields<'_, '_>) -> Vec<Condition> {
        let Some(only) = &self.written.only else { return Vec::new() };
        let mut conditions = Vec::new();
        for (name, words) in &only.value {
            let feature: Feature = match feature(name) {
                Ok(feature) => feature,
                Err(known) => {
                    let what = format!("{name:?} is none of {known}");
                    self.wrong(only.at, "only", "unknown-word", what, fields);
                    continue;
                }
            };
            for kind in filings.iter().filter(|kind| !feature.is_said_by(**kind)) {
                let what = format!("{} says nothing about {name}", filing_kind_name(*kind));
                self.wrong(only.at, "only", "not-said", what, fields);
            }
            for word in words.iter().filter(|word| !feature.has_word(word)) {
                let what = format!("{word:?} is nothing that a filing says about {name}");
                self.wrong(only.at, "only", "unknown-word", what, fields);
            }
            if words.is_empty() {
                let what = format!("names no word for {name}, so that no filing fits");
                self.wrong(only.at, "only", "missing", what, fields);
            }
            conditions.push(Condition { feature, words: words.clone() });
        }
        conditions
    }

    /// The rule that cites the article: one of its own, that of the period, or a reason why none.
    fn cited(&self, fields: &mut Fields<'_, '_>) -> Option<Cited> {
        let written = self.written;
        if let (Some(rule), Some(_)) = (&written.rule, &written.no_rule) {
            let what = "give `rule` or `no-rule`, not both";
            self.wrong(rule.at, "rule", "both", what, fields);
        }
        if let Some(rule) = &written.rule {
            self.known(rule, "rule", fields)?;
            return Some(Cited::Rule(rule.value.clone()));
        }
        if let Some(reason) = written.no_rule.as_ref().filter(|line| !line.value.trim().is_empty())
        {
            return Some(Cited::Nowhere(reason.value.clone()));
        }
        if let Some(period) = &written.period {
            return Some(Cited::Rule(period.value.clone()));
        }
        let what = "give the `rule` whose article it stands in, or say in `no-rule` why none does";
        self.wrong(None, "rule", "uncited", what, fields);
        None
    }

    fn term(&self, last: bool, fields: &mut Fields<'_, '_>) -> Option<Term> {
        let written = self.written;
        match (&written.period, &written.no_period) {
            (Some(period), None) => {
                let rule = self.known(period, "period", fields)?;
                if !matches!(rule.operation, Operation::Period(_)) {
                    let what = format!("the rule {:?} counts no period", period.value);
                    self.wrong(period.at, "period", "no-period", what, fields);
                }
                Some(Term::Period(period.value.clone()))
            }
            (None, Some(reason)) if !reason.value.trim().is_empty() => {
                Some(Term::Open(reason.value.clone()))
            }
            (Some(period), Some(_)) => {
                let what = "give `period` or `no-period`, not both";
                self.wrong(period.at, "period", "both", what, fields);
                None
            }
            (None, _) if last => None,
            (None, _) => {
                let what =
                    "a step that is not final has a `period`, or says in `no-period` why not";
                self.wrong(None, "period", "missing", what, fields);
                None
            }
        }
    }

    fn known(
        &self,
        line: &Field<String>,
        field: &str,
        fields: &mut Fields<'_, '_>,
    ) -> Option<&Rule> {
        let rule = self.rules.iter().find(|rule| rule.key == line.value);
        if rule.is_none() {
            let what = format!("{:?} is no rule of this rule set", line.value);
            self.wrong(line.at, field, "unknown-rule", what, fields);
        }
        rule
    }

    /// What excludes what.
    fn makes_sense(&self, step: &Step, fields: &mut Fields<'_, '_>) {
        let written = self.written;
        let at = |field: &Option<Field<Vec<String>>>| field.as_ref().and_then(|field| field.at);
        let nobodys = step.owner == Owner::Nobody;
        if step.filings.is_empty() != nobodys || (nobodys && !step.last) {
            let what = "a step that no filing takes is nobody's and final, and only such a step is";
            self.wrong(at(&written.filings), "filings", "nobody", what, fields);
        }
        if step.any_time && (step.start || step.last || step.optional || !step.next.is_empty()) {
            let what = "a step that may come at any time moves nothing: no `next`, `start`, \
                        `final` or `optional`";
            self.wrong(at(&written.next), "any-time", "any-time", what, fields);
        } else if step.last && !step.next.is_empty() {
            let what = "nothing comes next behind a final step";
            self.wrong(at(&written.next), "next", "final", what, fields);
        } else if !step.last && !step.any_time && step.next.is_empty() && step.returns_to.is_empty()
        {
            let what = "a dead end: give `next` or `returns-to`, or say `final = true`";
            self.wrong(at(&written.next), "next", "dead-end", what, fields);
        }
    }
}
