//! Procedures: steps that lead somewhere, each with an owner, an article and a period.

mod graph;
mod step;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::super::Rule;
use super::super::procedure::{Procedure, Step};
use super::super::written::{Field, WrittenProcedure, WrittenStep};
use super::fields::Fields;

/// A procedure whose own steps were read, and those it goes on in.
struct Read<'a> {
    procedure: Procedure,
    written: &'a WrittenProcedure,
    goes_on_in: Vec<String>,
}

/// A step with the text it came from.
#[derive(Clone)]
struct Placed<'a> {
    step: Step,
    written: &'a WrittenStep,
    /// Whether it is of the procedure itself, and not of one that it goes on in.
    own: bool,
}

pub(super) fn procedures(
    written: &[WrittenProcedure],
    rules: &[Rule],
    fields: &mut Fields<'_, '_>,
) -> Vec<Procedure> {
    let mut known = BTreeSet::new();
    let mut read = Vec::new();
    for one in written {
        let Some(key) = fields.key("procedure", &one.key, &mut known) else { continue };
        let path = format!("procedure.{key}");
        fields.names(&format!("{path}.title"), one.key.as_ref(), &one.title);
        let steps = step::steps(&one.step, &path, rules, fields);
        let goes_on_in = one.goes_on_in.iter().flat_map(|field| field.value.clone()).collect();
        let procedure = Procedure { key, title: one.title.clone(), steps };
        read.push(Read { procedure, written: one, goes_on_in });
    }
    read.iter().map(|one| joined(one, &read, fields)).collect()
}

/// A procedure with the steps of those it goes on in, as far as they are reached.
fn joined(one: &Read<'_>, all: &[Read<'_>], fields: &mut Fields<'_, '_>) -> Procedure {
    let path = format!("procedure.{}", one.procedure.key);
    let mut steps = placed(one, true);
    let mut waiting: Vec<(&String, Option<&Field<Vec<String>>>)> =
        one.goes_on_in.iter().map(|key| (key, one.written.goes_on_in.as_ref())).collect();
    let mut taken = BTreeSet::from([one.procedure.key.as_str()]);
    while let Some((key, field)) = waiting.pop() {
        if !taken.insert(key) {
            continue;
        }
        let Some(other) = all.iter().find(|other| other.procedure.key == *key) else {
            let at = field.and_then(|field| field.at);
            let what = format!("{key:?} is no procedure of this rule set");
            fields.wrong(at, &format!("{path}.goes-on-in"), "unknown-procedure", what);
            continue;
        };
        waiting.extend(other.goes_on_in.iter().map(|key| (key, None)));
        for new in placed(other, false) {
            match steps.iter().find(|known| known.step.key == new.step.key) {
                None => steps.push(new),
                Some(known) => {
                    let at = known.written.key.as_ref().and_then(|field| field.at);
                    let what = format!("is also a step of {key}, in which this one goes on");
                    fields.wrong(at, &format!("{path}.step.{}", new.step.key), "twice", what);
                }
            }
        }
    }
    let steps = graph::check(steps, &path, one.written.key.as_ref(), fields);
    Procedure { steps, ..one.procedure.clone() }
}

fn placed<'a>(one: &Read<'a>, own: bool) -> Vec<Placed<'a>> {
    let written = |step: &Step| {
        let same = |written: &&WrittenStep| {
            written.key.as_ref().is_some_and(|field| field.value == step.key)
        };
        one.written.step.iter().find(same)
    };
    let steps = one.procedure.steps.iter();
    steps
        .filter_map(|step| {
            let mut step = step.clone();
            let written = written(&step)?;
            // Where another procedure leads into this one, it does not begin.
            step.start &= own;
            Some(Placed { step, written, own })
        })
        .collect()
}
