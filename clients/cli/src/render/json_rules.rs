//! Rule sets for scripts. As in `json`: keys are added to, never renamed.

use barid_client::hex::encode;
use barid_proto::rules::facts::{Fact, Part, parts};
use barid_proto::rules::{
    Difference, FieldChange, Rule, RuleProblem, RuleSet, RuleWarning, Switch, SwitchOption, facts,
};
use barid_proto::word::Word as _;
use serde_json::{Map, Value, json};

/// What names a rule set.
pub(crate) fn name(set: &RuleSet) -> Value {
    json!({ "name": set.name(), "sha256": encode(&set.sha256) })
}

/// A rule set in one line of a list.
pub(crate) fn set(set: &RuleSet) -> Value {
    json!({
        "name": set.name(),
        "id": set.id,
        "version": set.version,
        "sha256": encode(&set.sha256),
        "extends": set.extends,
        "title": set.title,
        "effective_from": set.effective_from.to_string(),
        "effective_until": set.effective_until.map(|date| date.to_string()),
        "events": set.events.iter().map(|event| &event.id).collect::<Vec<_>>(),
        "rules": set.rules.len(),
        "procedures": set.procedures.iter().map(|one| &one.key).collect::<Vec<_>>(),
        "switches": set.switches.len(),
    })
}

/// A rule set with everything it says.
pub(crate) fn whole(set: &RuleSet) -> Value {
    json!({
        "rule_set": self::set(set),
        "parts": parts(set).iter().map(part).collect::<Vec<_>>(),
    })
}

/// A rule with the questions that it leaves open.
pub(crate) fn rule(set: &RuleSet, rule: &Rule) -> Value {
    let asked = rule.switches.iter().chain(&rule.ambiguities);
    let switches: Vec<Value> = asked.filter_map(|key| set.switch(key)).map(switch).collect();
    json!({
        "rule_set": name(set),
        "rule": part(&facts::rule(rule)),
        "switches": switches,
    })
}

fn switch(switch: &Switch) -> Value {
    let option = |option: &SwitchOption| json!({ "word": option.word, "meaning": option.meaning });
    json!({
        "switch": switch.key,
        "question": switch.question,
        "options": switch.options.iter().map(option).collect::<Vec<_>>(),
        "reason": switch.reason,
    })
}

fn part(part: &Part) -> Value {
    let one = |fact: &Fact| (fact.field.clone(), json!(fact.value));
    json!({
        "section": part.section.word(),
        "key": part.key,
        "facts": part.facts.iter().map(one).collect::<Map<_, _>>(),
    })
}

/// Something that is wrong with a text.
pub(crate) fn problem(problem: &RuleProblem) -> Value {
    json!({
        "line": problem.line,
        "column": problem.column,
        "path": problem.path,
        "code": problem.code,
        "what": problem.what,
    })
}

/// Something that is odd about a rule set.
pub(crate) fn warning(warning: &RuleWarning) -> Value {
    json!({ "path": warning.path, "code": warning.code, "what": warning.what })
}

/// A part in which two rule sets differ.
pub(crate) fn difference(one: &Difference) -> Value {
    let field = |change: &FieldChange| {
        let FieldChange { field, before, after } = change;
        json!({ "field": field, "before": before, "after": after })
    };
    json!({
        "section": one.section.word(),
        "key": one.key,
        "change": one.change.word(),
        "fields": one.fields.iter().map(field).collect::<Vec<_>>(),
    })
}
