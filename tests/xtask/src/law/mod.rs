//! docs/law.md, written out of the rule sets and of the tests that name their rules.
//!
//! `cargo xtask law --write` writes the page; the repository's rules compare it, with this same
//! code.

mod named;
mod page;
mod phrase;
mod steps;

use std::sync::Arc;

use barid_proto::rules::facts;
use barid_proto::rules::{Catalogue, Found, Rule, RuleSet};

pub(crate) use named::{Naming, namings};
pub(crate) use page::page;

/// Where the page is.
pub(crate) const PAGE: &str = "docs/law.md";

/// Where the texts are.
pub(crate) const TEXTS: &str = "proto/rules/";

/// What is wrong with a text, and where.
#[derive(Debug)]
pub(crate) struct Wrong {
    /// The text.
    pub(crate) path: String,
    /// Its line, from 1.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) what: String,
}

/// Reads texts in an order in which each finds the one that it builds on.
pub(crate) fn read<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> (Catalogue, Vec<Wrong>) {
    let ours = |path: &str| path.starts_with(TEXTS) && path.ends_with(".toml");
    let mut waiting: Vec<(&str, &str)> = texts.filter(|(path, _)| ours(path)).collect();
    let mut known = Catalogue::default();
    loop {
        let before = waiting.len();
        waiting.retain(|(_, text)| known.add(text).is_err());
        if waiting.len() == before {
            break;
        }
    }
    let mut wrong = Vec::new();
    for (path, text) in waiting {
        let Err(problems) = known.add(text) else { continue };
        wrong.extend(problems.0.into_iter().map(|problem| Wrong {
            path: path.to_owned(),
            line: problem.line.max(1),
            what: format!("{}: {}", problem.path, problem.what),
        }));
    }
    (known, wrong)
}

/// The tests that name a rule: under its own rule set, and under those below from which it comes
/// unchanged.
pub(crate) fn tests_of<'n>(
    known: &Catalogue,
    set: &RuleSet,
    rule: &Rule,
    namings: &'n [Naming],
) -> Vec<&'n Naming> {
    let mut sets = vec![set.id.clone()];
    sets.extend(unchanged_from(known, set, rule).iter().map(|below| below.id.clone()));
    let names = |one: &&Naming| one.rule == rule.key && sets.contains(&one.set);
    namings.iter().filter(|one| one.test.is_some()).filter(names).collect()
}

/// The rule sets below, nearest first, from which a rule comes as it is.
pub(crate) fn unchanged_from(known: &Catalogue, set: &RuleSet, rule: &Rule) -> Vec<Arc<RuleSet>> {
    let below = set.extends.iter().map_while(|name| match known.find(name) {
        Found::One(below) => Some(below),
        Found::Unknown | Found::Several(_) => None,
    });
    let same = |below: &Arc<RuleSet>| {
        below.rule(&rule.key).is_some_and(|known| facts::rule(known) == facts::rule(rule))
    };
    below.take_while(same).collect()
}
