//! Courses for scripts. As in `json`: keys are added to, never renamed.

use barid_client::hex::encode;
use barid_client::verify::CaseCourse;
use barid_proto::kind::filing_kind_name;
use barid_proto::v1::{
    Assessment, CivilDate, Course, CourseLink, CourseOddity, CourseRest, CourseStep, CourseTask,
    ExpectedStep, FilingKind,
};
use serde_json::{Value, json};

use super::{json as values, office};

/// A case and its course.
pub(crate) fn course(found: &CaseCourse) -> Value {
    json!({
        "case_id": encode(&found.case_id),
        "rule_set": found.rule_set_id,
        "course": found.course.as_ref().map(whole),
    })
}

fn whole(course: &Course) -> Value {
    let duplicates = course.duplicates.iter().map(|pair| {
        json!({
            "earlier_leaf": pair.earlier_leaf,
            "later_leaf": pair.later_leaf,
            "both_routes": pair.both_routes,
        })
    });
    let supplements = course.supplements.iter().map(|one| {
        json!({
            "leaf_index": one.leaf_index,
            "number": one.number,
            "appeal_leaf": one.appeal_leaf,
        })
    });
    json!({
        "rule_set": course.rule_set_id,
        "rule_set_sha256": encode(&course.rule_set_sha256),
        "as_of_size": course.as_of_size,
        "procedure": course.procedure,
        "title": values::text(course.title.as_ref()),
        "candidates": course.candidates,
        "taken": course.taken.iter().map(taken).collect::<Vec<_>>(),
        "expected": course.expected.iter().map(expected).collect::<Vec<_>>(),
        "tasks": course.tasks.iter().map(task).collect::<Vec<_>>(),
        "oddities": course.oddities.iter().map(oddity).collect::<Vec<_>>(),
        "rests": course.rests.iter().map(rest).collect::<Vec<_>>(),
        "links": course.links.iter().map(link).collect::<Vec<_>>(),
        "supplements": supplements.collect::<Vec<_>>(),
        "duplicates": duplicates.collect::<Vec<_>>(),
        "beside": course.beside,
        "finished": course.finished,
    })
}

fn taken(step: &CourseStep) -> Value {
    json!({
        "step": step.step,
        "title": values::text(step.title.as_ref()),
        "owner": step.owner,
        "leaf_index": step.leaf_index,
        "kind": filing_kind_name(step.kind()),
        "sender": office(step.sender.as_ref()),
        "at_unix_ms": step.at_unix_ms,
        "rule": step.rule,
        "article": step.article,
        "timeliness": values::assessments(&step.timeliness),
        "any_time": step.any_time,
    })
}

fn expected(step: &ExpectedStep) -> Value {
    let kinds = step.filings.iter().filter_map(|kind| FilingKind::try_from(*kind).ok());
    json!({
        "step": step.step,
        "title": values::text(step.title.as_ref()),
        "owner": step.owner,
        "filings": kinds.map(filing_kind_name).collect::<Vec<_>>(),
        "rule": step.rule,
        "article": step.article,
        "periods": step.periods.iter().map(period).collect::<Vec<_>>(),
        "no_period": step.no_period,
        "not_begun": step.not_begun,
        "trigger_leaf": step.trigger_leaf,
        "since_leaf": step.since_leaf,
        "since_unix_ms": step.since_unix_ms,
        "optional": step.optional_step,
        "goes_back": step.goes_back,
        "any_time": step.any_time,
    })
}

/// A period by its ends: one for each reading, the preferred one first.
fn period(period: &Assessment) -> Value {
    let ends = period.readings.iter().map(|reading| {
        let deadline = reading.period.as_ref().map(|period| period.deadline_unix_ms);
        json!({
            "conclusion": reading.conclusion,
            "deadline_unix_ms": deadline.filter(|at| *at != 0),
        })
    });
    let frame = period.frame.as_ref();
    json!({
        "rule": period.rule,
        "article": period.article,
        "office": office(frame.and_then(|frame| frame.office.as_ref())),
        "readings": ends.collect::<Vec<_>>(),
    })
}

fn task(task: &CourseTask) -> Value {
    json!({
        "kind": word("COURSE_TASK_KIND_", task.kind().as_str_name()),
        "leaf_index": task.leaf_index,
        "act": task.act.as_ref().map(|act| &act.number),
        "clause": task.clause,
        "text": values::text(task.text.as_ref()),
        "charged": task.charged.as_ref().map(|charged| office(Some(charged))),
        "due_on": task.due_on.map(day),
        "standing": word("COURSE_TASK_STANDING_", task.standing().as_str_name()),
        "settled_leaf": task.settled_leaf,
        "done_on": task.done_on.map(day),
    })
}

fn oddity(oddity: &CourseOddity) -> Value {
    json!({
        "leaf_index": oddity.leaf_index,
        "kind": filing_kind_name(oddity.kind()),
        "why": word("COURSE_ODDITY_KIND_", oddity.why().as_str_name()),
        "step": oddity.step,
        "missing": oddity.missing,
    })
}

fn rest(rest: &CourseRest) -> Value {
    json!({
        "kind": word("COURSE_REST_KIND_", rest.kind().as_str_name()),
        "leaf_index": rest.leaf_index,
        "until": rest.until.map(day),
        "waits_for": rest.waits_for.as_ref().map(|waits| office(Some(waits))),
        "lead": rest.lead.as_ref().map(values::number),
    })
}

fn link(link: &CourseLink) -> Value {
    json!({
        "leaf_index": link.leaf_index,
        "other": link.other.as_ref().map(values::number),
        "kind": word("COURSE_LINK_KIND_", link.kind().as_str_name()),
    })
}

fn word(prefix: &str, name: &str) -> String {
    name.trim_start_matches(prefix).to_lowercase().replace('_', "-")
}

fn day(day: CivilDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}
