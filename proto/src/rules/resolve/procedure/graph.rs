//! The steps of a procedure together: every one is reached, none goes round, and a filing means one
//! step only.

use std::collections::BTreeSet;

use super::super::super::Names;
use super::super::super::feature::can_meet_both;
use super::super::super::procedure::{Procedure, Step};
use super::super::super::written::Field;
use super::super::fields::Fields;
use super::Placed;

/// Checks the steps and gives back those that belong to the procedure.
pub(super) fn check(
    steps: Vec<Placed<'_>>,
    path: &str,
    key: Option<&Field<String>>,
    fields: &mut Fields<'_, '_>,
) -> Vec<Step> {
    let places = steps.clone();
    let all = Procedure {
        key: String::new(),
        title: Names::new(),
        steps: steps.into_iter().map(|placed| placed.step).collect(),
    };
    let check = Check { all, places, path };
    check.names(fields);
    if check.all.starts().next().is_none() {
        let what = "begins nowhere: say `start = true` at a step";
        fields.wrong_near(None, key, path, "no-start", what);
        return Vec::new();
    }
    if check.cycles(fields) {
        return Vec::new();
    }
    let reached = check.reached(fields);
    check.endless(&reached, fields);
    let Check { mut all, places, path } = check;
    all.steps.retain(|step| step.any_time || reached.contains(&step.key));
    Check { all, places, path }.unambiguous(fields)
}

struct Check<'a> {
    all: Procedure,
    places: Vec<Placed<'a>>,
    path: &'a str,
}

impl Check<'_> {
    fn place(&self, key: &str) -> Option<&Placed<'_>> {
        self.places.iter().find(|placed| placed.step.key == key)
    }

    fn own(&self, key: &str) -> bool {
        self.place(key).is_some_and(|placed| placed.own)
    }

    fn wrong(
        &self,
        step: &str,
        field: &str,
        code: &'static str,
        what: impl Into<String>,
        fields: &mut Fields<'_, '_>,
    ) {
        let written = self.place(step).map(|placed| placed.written);
        let list = match field {
            ".next" => written.and_then(|written| written.next.as_ref()),
            ".returns-to" => written.and_then(|written| written.returns_to.as_ref()),
            _ => None,
        };
        let at = list.and_then(|list| list.at);
        let key = written.and_then(|written| written.key.as_ref());
        fields.wrong_near(at, key, &format!("{}.step.{step}{field}", self.path), code, what);
    }

    /// Every step that is named is there, and may be moved to.
    fn names(&self, fields: &mut Fields<'_, '_>) {
        for step in self.all.steps.iter().filter(|step| self.own(&step.key)) {
            for (field, keys) in [(".next", &step.next), (".returns-to", &step.returns_to)] {
                for key in keys {
                    match self.all.step(key) {
                        Some(named) if named.any_time => {
                            let what = format!("{key:?} may come at any time, and so not next");
                            self.wrong(&step.key, field, "any-time", what, fields);
                        }
                        Some(_) => {}
                        None => {
                            let what = format!("{key:?} is no step of this procedure");
                            self.wrong(&step.key, field, "unknown-step", what, fields);
                        }
                    }
                }
            }
        }
    }

    /// Whether some `next` leads back to where it came from.
    fn cycles(&self, fields: &mut Fields<'_, '_>) -> bool {
        let mut done = BTreeSet::new();
        let mut found = false;
        for step in &self.all.steps {
            found |= self.cycle_from(step, &mut Vec::new(), &mut done, fields);
        }
        found
    }

    fn cycle_from(
        &self,
        step: &Step,
        way: &mut Vec<String>,
        done: &mut BTreeSet<String>,
        fields: &mut Fields<'_, '_>,
    ) -> bool {
        if let Some(since) = way.iter().position(|key| *key == step.key) {
            let round = way.iter().skip(since).chain([&step.key]);
            let round: Vec<&str> = round.map(String::as_str).collect();
            // A round of another procedure's steps alone is told there.
            if let Some(from) = way.iter().skip(since).rev().find(|key| self.own(key)) {
                let what = format!(
                    "goes round: {}; name the step to go back to in `returns-to`",
                    round.join(" → ")
                );
                self.wrong(from, ".next", "cycle", what, fields);
            }
            return true;
        }
        if !done.insert(step.key.clone()) {
            return false;
        }
        way.push(step.key.clone());
        let mut found = false;
        for key in &step.next {
            if let Some(next) = self.all.step(key) {
                found |= self.cycle_from(next, way, done, fields);
            }
        }
        way.pop();
        found
    }

    /// The steps that are reached from a start.
    fn reached(&self, fields: &mut Fields<'_, '_>) -> BTreeSet<String> {
        let mut reached: BTreeSet<String> = BTreeSet::new();
        let mut waiting: Vec<&Step> = self.all.starts().collect();
        while let Some(step) = waiting.pop() {
            if reached.insert(step.key.clone()) {
                let named = step.next.iter().chain(&step.returns_to);
                waiting.extend(named.filter_map(|key| self.all.step(key)));
            }
        }
        for step in self.all.steps.iter().filter(|step| !step.any_time) {
            if self.own(&step.key) && !reached.contains(&step.key) {
                let what = "is not reached from where the procedure begins";
                self.wrong(&step.key, "", "unreachable", what, fields);
            }
        }
        reached
    }

    /// Tells of steps from which no way, on or back, leads to a final one.
    fn endless(&self, reached: &BTreeSet<String>, fields: &mut Fields<'_, '_>) {
        let mut ends: BTreeSet<&str> = BTreeSet::new();
        // The longest way has no more steps than there are.
        for _ in 0..=self.all.steps.len() {
            for step in &self.all.steps {
                let mut named = step.next.iter().chain(&step.returns_to);
                if step.last || named.any(|key| ends.contains(key.as_str())) {
                    ends.insert(&step.key);
                }
            }
        }
        let stuck = |step: &&Step| {
            let leads_on = !step.next.is_empty() || !step.returns_to.is_empty();
            leads_on && !step.any_time && !ends.contains(step.key.as_str())
        };
        for step in self.all.steps.iter().filter(stuck) {
            if self.own(&step.key) && reached.contains(&step.key) {
                let what = "no way from here, on or back, leads to a final step";
                self.wrong(&step.key, ".next", "endless", what, fields);
            }
        }
    }

    /// Tells of filings that could mean two steps from the same place.
    fn unambiguous(self, fields: &mut Fields<'_, '_>) -> Vec<Step> {
        let mut told = BTreeSet::new();
        let begins = std::iter::once(None);
        let places = begins.chain(self.all.steps.iter().filter(|step| !step.any_time).map(Some));
        for place in places {
            let mut expected = self.all.behind(place);
            expected.extend(self.all.any_time());
            for (at, left) in expected.iter().enumerate() {
                for right in expected.iter().skip(at + 1) {
                    let own = self.own(&left.key)
                        || self.own(&right.key)
                        || place.is_some_and(|place| self.own(&place.key));
                    if own && overlap(left, right) && told.insert((&left.key, &right.key)) {
                        let place = place.map_or("the beginning", |place| place.key.as_str());
                        let what = format!(
                            "behind {place:?}, one filing could mean both this step and {:?}",
                            left.key
                        );
                        self.wrong(&right.key, "", "ambiguous", what, fields);
                    }
                }
            }
        }
        self.all.steps
    }
}

/// Whether one filing could take either step.
fn overlap(left: &Step, right: &Step) -> bool {
    left.filings.iter().any(|kind| right.filings.contains(kind))
        && can_meet_both(&left.only, &right.only)
}
