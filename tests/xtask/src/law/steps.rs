//! Procedures on the page: each step with whose it is, its article and by when.

use barid_proto::kind::filing_kind_name;
use barid_proto::rules::facts::{self, Section};
use barid_proto::rules::{Catalogue, Cited, Found, RuleSet, Step, Term, diff};
use barid_proto::word::Word as _;

use super::page::{cell, english, row};

/// The procedures of a rule set; of one over another those in which something differs.
pub(super) fn procedures(known: &Catalogue, set: &RuleSet) -> String {
    let changed = changed(known, set);
    let mut text = String::new();
    for procedure in &set.procedures {
        let told = facts::parts(set).into_iter().filter(|part| part.section == Section::Step);
        let of = format!("{}/", procedure.key);
        let own: Vec<String> =
            told.filter_map(|part| Some(part.key.strip_prefix(&of)?.to_owned())).collect();
        let differs =
            |key: &String| changed.as_ref().is_none_or(|keys| keys.contains(&format!("{of}{key}")));
        let own: Vec<&Step> =
            own.iter().filter(|key| differs(key)).filter_map(|key| procedure.step(key)).collect();
        if own.is_empty() {
            continue;
        }
        text.push_str(&format!(
            "\n#### `{}`: {}\n\n| step | whose | taken by | rule | by when | next |\n\
             |---|---|---|---|---|---|\n",
            procedure.key,
            english(&procedure.title)
        ));
        text.extend(own.into_iter().map(step));
    }
    if text.is_empty() { text } else { format!("\n### Procedures\n{text}") }
}

/// The steps that differ from the rule set below; `None` when there is none below.
fn changed(known: &Catalogue, set: &RuleSet) -> Option<Vec<String>> {
    let Found::One(below) = known.find(set.extends.first()?) else { return None };
    let steps = diff(&below, set).into_iter().filter(|one| one.section == Section::Step);
    Some(steps.map(|one| one.key).collect())
}

fn step(step: &Step) -> String {
    let kinds = step.filings.iter().map(|kind| format!("`{}`", filing_kind_name(*kind)));
    let mut taken = kinds.collect::<Vec<_>>().join(" or ");
    for condition in &step.only {
        let words = condition.words.join(" or ");
        taken.push_str(&format!(" ({} {words})", condition.feature.word()));
    }
    let rule = match &step.rule {
        Cited::Rule(key) => format!("`{key}`"),
        Cited::Nowhere(why) => format!("none: {}", cell(why)),
    };
    let term = match &step.term {
        Some(Term::Period(key)) => format!("within `{key}`"),
        Some(Term::Open(why)) => format!("open: {}", cell(why)),
        None => String::new(),
    };
    let next = step.next.iter().map(|key| format!("`{key}`"));
    let back = step.returns_to.iter().map(|key| format!("back to `{key}`"));
    let ends = step.last.then(|| "ends".to_owned());
    let next: Vec<String> = next.chain(back).chain(ends).collect();
    let marks =
        [("begins", step.start), ("may be left out", step.optional), ("any time", step.any_time)];
    let marks: Vec<&str> = marks.into_iter().filter(|(_, is)| *is).map(|(mark, _)| mark).collect();
    let mut name = format!("`{}`<br>{}", step.key, cell(english(&step.title)));
    if !marks.is_empty() {
        name.push_str(&format!("<br>({})", marks.join(", ")));
    }
    row([name, step.owner.word().to_owned(), taken, rule, term, next.join("<br>")])
}
