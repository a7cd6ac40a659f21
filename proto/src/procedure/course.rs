//! The course of a case, put together.

use std::collections::BTreeMap;

use super::walk::{Walk, article, text};
use super::{appeals, links, rests, tasks};
use crate::assess::{Act, Law, Running, running};
use crate::rules::{Procedure, RuleSet, Step, Term};
use crate::v1::{
    Course, CourseOddity, CourseOddityKind, CourseRestKind, CourseTaskStanding, ExpectedStep,
};
use crate::word::Word as _;

/// The course of a case.
///
/// `named` is the procedure that the case names. Empty, or unknown to the rule set: the one that
/// begins with the first filing of the case. `elsewhere` are appeals in other cases, among which
/// duplicates are looked for.
#[must_use]
pub fn course(law: &Law<'_>, named: &str, elsewhere: &[Act]) -> Course {
    let mut course = Course {
        rule_set_id: law.rules.name(),
        rule_set_sha256: law.rules.sha256.to_vec(),
        as_of_size: law.acts.as_of_size,
        time_zone: law.rules.calendar.zone.clone(),
        tasks: tasks::tasks(law.acts),
        rests: rests::rests(law.acts),
        links: links::links(law.acts),
        supplements: appeals::supplements(law.acts),
        duplicates: appeals::duplicates(law.acts, elsewhere),
        ..Course::default()
    };
    match chosen(law, named).as_slice() {
        [one] => follow(law, one, &mut course),
        several => {
            course.candidates = several.iter().map(|procedure| procedure.key.clone()).collect();
        }
    }
    let first = law.acts.case.first();
    if let Some(first) = first.filter(|_| !named.is_empty() && law.rules.procedure(named).is_none())
    {
        course.oddities.push(CourseOddity {
            leaf_index: first.leaf,
            kind: first.kind().into(),
            why: CourseOddityKind::ProcedureUnknown.into(),
            step: named.to_owned(),
            missing: Vec::new(),
        });
    }
    let lost = course.supplements.iter().filter(|one| one.appeal_leaf.is_none());
    let lost: Vec<u64> = lost.map(|one| one.leaf_index).collect();
    for act in law.acts.case.iter().filter(|act| lost.contains(&act.leaf)) {
        course.oddities.push(CourseOddity {
            leaf_index: act.leaf,
            kind: act.kind().into(),
            why: CourseOddityKind::AppealUnknown.into(),
            step: String::new(),
            missing: Vec::new(),
        });
    }
    course.oddities.sort_by_key(|oddity| oddity.leaf_index);
    course
}

/// The procedure that the case names, or those that begin with its first filing.
fn chosen<'a>(law: &Law<'a>, named: &str) -> Vec<&'a Procedure> {
    let rules: &RuleSet = law.rules;
    if let Some(procedure) = rules.procedure(named) {
        return vec![procedure];
    }
    let Some(first) = law.acts.case.first() else { return Vec::new() };
    let walk = Walk::new(law);
    let begins = |procedure: &&Procedure| procedure.starts().any(|step| walk.takes(step, first));
    rules.procedures.iter().filter(begins).collect()
}

fn follow(law: &Law<'_>, procedure: &Procedure, course: &mut Course) {
    let mut walk = Walk::new(law);
    for act in &law.acts.case {
        walk.take(procedure, act);
    }
    course.procedure.clone_from(&procedure.key);
    course.title = Some(text(&procedure.title));
    let at = walk.at();
    course.expected = expected(law, procedure, at);
    let open = |task: &crate::v1::CourseTask| task.standing() == CourseTaskStanding::Open;
    let joined = |rest: &crate::v1::CourseRest| rest.kind() == CourseRestKind::Joined;
    course.finished = at.is_some_and(|(step, _)| step.last)
        && !course.tasks.iter().any(open)
        && !course.rests.iter().any(joined);
    (course.taken, course.oddities, course.beside) = walk.told();
}

/// What may come behind the last step.
fn expected<'a>(
    law: &Law<'a>,
    procedure: &'a Procedure,
    at: Option<(&Step, &Act)>,
) -> Vec<ExpectedStep> {
    let place = at.map(|(step, _)| step);
    let returns = |step: &Step| {
        let named = |keys: &[String]| keys.contains(&step.key);
        place.is_some_and(|place| named(&place.returns_to) && !named(&place.next))
    };
    let mut periods = BTreeMap::new();
    let mut expected = Vec::new();
    for step in procedure.behind(place) {
        let since = at.map(|(_, act)| act);
        expected.push(ExpectedStep {
            since_leaf: since.map(|act| act.leaf),
            since_unix_ms: since.map(Act::stamped_ms).unwrap_or_default(),
            goes_back: returns(step),
            ..one_expected(law, step, &mut periods)
        });
    }
    expected.extend(procedure.any_time().map(|step| one_expected(law, step, &mut periods)));
    expected
}

/// Periods that were counted already, by their rules: several steps may share one.
type Counted<'a> = BTreeMap<&'a str, Running<'a>>;

fn one_expected<'a>(law: &Law<'a>, step: &'a Step, counted: &mut Counted<'a>) -> ExpectedStep {
    let rule = step.period_key().and_then(|key| law.rules.rule(key));
    let period =
        rule.map(|rule| counted.entry(&rule.key).or_insert_with(|| running(law, rule)).clone());
    let no_period = match &step.term {
        Some(Term::Open(reason)) => reason.clone(),
        Some(Term::Period(_)) | None => String::new(),
    };
    ExpectedStep {
        step: step.key.clone(),
        title: Some(text(&step.title)),
        owner: step.owner.word().to_owned(),
        filings: step.filings.iter().map(|kind| i32::from(*kind)).collect(),
        rule: step.rule_key().unwrap_or_default().to_owned(),
        article: article(law.rules, step),
        not_begun: period.as_ref().is_some_and(|period| period.assessments.is_empty()),
        trigger_leaf: period.as_ref().and_then(|period| period.trigger).map(|act| act.leaf),
        periods: period.map(|period| period.assessments).unwrap_or_default(),
        no_period,
        optional_step: step.optional,
        any_time: step.any_time,
        ..ExpectedStep::default()
    }
}
