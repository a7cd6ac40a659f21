//! Through a procedure, filing by filing.

use std::collections::BTreeSet;

use crate::assess::{Act, Acts, Law, assess_by};
use crate::rules::{Beside, Names, Procedure, RuleSet, Step};
use crate::v1::{
    Assessment, CourseOddity, CourseOddityKind, CourseStep, FilingKind, Rendering, Text,
};
use crate::word::Word as _;

/// What a walk has told: steps, oddities, and what lies beside.
pub(super) type Told = (Vec<CourseStep>, Vec<CourseOddity>, Vec<u64>);

/// A case on its way through a procedure.
pub(super) struct Walk<'a> {
    law: &'a Law<'a>,
    /// What the log held before the filing that is looked at.
    before: Acts,
    at: Option<(&'a Step, &'a Act)>,
    told: Told,
}

impl<'a> Walk<'a> {
    pub(super) fn new(law: &'a Law<'a>) -> Self {
        Self { law, before: Acts::default(), at: None, told: Told::default() }
    }

    /// The last step that was taken in its place, and by what.
    pub(super) fn at(&self) -> Option<(&'a Step, &'a Act)> {
        self.at
    }

    pub(super) fn told(self) -> Told {
        self.told
    }

    /// Whether a filing takes a step.
    pub(super) fn takes(&self, step: &Step, act: &Act) -> bool {
        if !step.filings.contains(&act.kind()) {
            return false;
        }
        let case = || self.law.acts.case.iter().filter(|other| other.leaf < act.leaf);
        let about = act.about();
        let beside = Beside {
            answered: case().find(|other| act.answers(other)).map(Act::kind),
            about: about.and_then(|about| case().find(|other| other.is(about))).map(Act::kind),
        };
        step.only.iter().all(|one| one.met(act.content.as_ref(), beside))
    }

    /// The next filing of the case.
    pub(super) fn take(&mut self, procedure: &'a Procedure, act: &'a Act) {
        self.remember(act.leaf);
        let place = self.at.map(|(step, _)| step);
        let takes = |step: &&Step| self.takes(step, act);
        let next = procedure.behind(place).into_iter().find(|step| takes(step));
        if let Some(step) = next {
            self.step(step, act);
            self.at = Some((step, act));
        } else if let Some(step) = procedure.any_time().find(takes) {
            self.step(step, act);
        } else {
            self.unexpected(procedure, act);
        }
        self.before.case.push(act.clone());
    }

    /// Takes in what others had done before a leaf.
    fn remember(&mut self, leaf: u64) {
        let known = self.before.general.len();
        let more = self.law.acts.general.iter().skip(known);
        let before: Vec<Act> = more.take_while(|act| act.leaf < leaf).cloned().collect();
        self.before.general.extend(before);
        let outages = self.law.acts.outages.iter().filter(|(stated, _)| *stated < leaf);
        self.before.outages = outages.copied().collect();
        self.before.as_of_size = leaf;
    }

    fn step(&mut self, step: &Step, act: &Act) {
        let told = CourseStep {
            step: step.key.clone(),
            title: Some(text(&step.title)),
            owner: step.owner.word().to_owned(),
            leaf_index: act.leaf,
            kind: act.kind().into(),
            sender: act.body.sender.clone(),
            at_unix_ms: act.stamped_ms(),
            rule: step.rule_key().unwrap_or_default().to_owned(),
            article: article(self.law.rules, step),
            timeliness: self.timeliness(step, act),
            any_time: step.any_time,
        };
        self.told.0.push(told);
    }

    /// Whether a step was in time, as it was to be said when it was taken.
    fn timeliness(&self, step: &Step, act: &Act) -> Vec<Assessment> {
        let rule = step.period_key().and_then(|key| self.law.rules.rule(key));
        let law = Law { acts: &self.before, ..*self.law };
        let mut said = rule.map(|rule| assess_by(&law, rule, act)).unwrap_or_default();
        said.retain(|assessment| assessment.subject == "timeliness");
        said
    }

    /// A filing that nothing expected here: it takes a step that lies ahead, or none.
    fn unexpected(&mut self, procedure: &'a Procedure, act: &'a Act) {
        let place = self.at.map(|(step, _)| step);
        let takes = |step: &&Step| self.takes(step, act);
        let over = place.is_some_and(|step| step.last);
        let ahead = ahead(procedure, place);
        let jump = ahead.iter().find(|way| way.last().is_some_and(takes)).filter(|_| !over);
        if let Some((step, way)) = jump.and_then(|way| way.split_last()) {
            let missing = way.iter().filter(|step| !step.optional);
            let missing = missing.map(|step| step.key.clone()).collect();
            self.odd(act, CourseOddityKind::Skipped, &step.key, missing);
            self.step(step, act);
            self.at = Some((step, act));
            return;
        }
        let known = procedure.steps.iter().find(takes);
        let kind = |step: &&Step| step.filings.contains(&act.kind());
        let why = match known {
            Some(_) if over => CourseOddityKind::Over,
            Some(_) => CourseOddityKind::Past,
            None if about_others(act.kind()) => {
                self.told.2.push(act.leaf);
                return;
            }
            None if procedure.steps.iter().any(|step| kind(&step)) => CourseOddityKind::Otherwise,
            None => CourseOddityKind::NoStep,
        };
        self.odd(act, why, known.map_or("", |step| &step.key), Vec::new());
    }

    fn odd(&mut self, act: &Act, why: CourseOddityKind, step: &str, missing: Vec<String>) {
        self.told.1.push(CourseOddity {
            leaf_index: act.leaf,
            kind: act.kind().into(),
            why: why.into(),
            step: step.to_owned(),
            missing,
        });
    }
}

/// The shortest ways to the steps that lie ahead, the nearest first.
fn ahead<'a>(procedure: &'a Procedure, place: Option<&'a Step>) -> Vec<Vec<&'a Step>> {
    let next = |step: &'a Step| step.next.iter().filter_map(|key| procedure.step(key));
    let mut ways: Vec<Vec<&Step>> = match place {
        Some(step) => next(step).map(|step| vec![step]).collect(),
        None => procedure.starts().map(|step| vec![step]).collect(),
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    ways.retain(|way| way.last().is_some_and(|step| seen.insert(&step.key)));
    let mut at = 0;
    while let Some(way) = ways.get(at).cloned() {
        at += 1;
        let more = way.last().into_iter().flat_map(|step| next(step));
        for step in more {
            if seen.insert(&step.key) {
                ways.push(way.iter().copied().chain([step]).collect());
            }
        }
    }
    ways
}

/// Kinds of filing that are about other filings, or about everybody, and move no case.
fn about_others(kind: FilingKind) -> bool {
    matches!(
        kind,
        FilingKind::Acknowledgement
            | FilingKind::Registration
            | FilingKind::RefusalToRegister
            | FilingKind::RegisterStatement
            | FilingKind::LedgerDigest
            | FilingKind::ReconciliationException
            | FilingKind::KeyEvent
            | FilingKind::ClockToken
    ) || crate::assess::of_general_effect(kind)
}

/// The article under which a step stands. Empty: none is known.
pub(super) fn article(rules: &RuleSet, step: &Step) -> String {
    let rule = step.rule_key().and_then(|key| rules.rule(key));
    rule.map(|rule| rule.article.clone()).unwrap_or_default()
}

/// Names as a message has them.
#[must_use]
pub fn text(names: &Names) -> Text {
    let rendering = |(language, text): (&String, &String)| Rendering {
        language: language.clone(),
        text: text.clone(),
    };
    Text { renderings: names.iter().map(rendering).collect(), authoritative: String::new() }
}
