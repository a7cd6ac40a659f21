//! Rule sets for people: a list, a whole one, one rule.

use std::sync::Arc;

use barid_proto::rules::{Names, Operation, Rule, RuleSet, Switch, facts};

use super::grid::Grid;
use super::short;
use crate::wording::{self, Lang, LawLang, Msg};

/// Rule sets, one to a row.
pub(crate) fn list(lang: Lang, law: LawLang, sets: &[&Arc<RuleSet>]) -> String {
    let headings = [
        Msg::HeadRuleSet,
        Msg::HeadTitle,
        Msg::HeadInForce,
        Msg::HeadExtends,
        Msg::HeadElections,
        Msg::HeadRules,
        Msg::HeadSwitches,
        Msg::HeadDigest,
    ];
    let mut grid = Grid::new(lang, headings.map(|heading| lang.pick(heading.wording())));
    for set in sets {
        let events: Vec<&str> = set.events.iter().map(|event| event.id.as_str()).collect();
        grid.row([
            set.name(),
            law.text(&set.title).to_owned(),
            in_force(set),
            set.extends.join("\n"),
            events.join("\n"),
            set.rules.len().to_string(),
            set.switches.len().to_string(),
            short(&set.sha256),
        ]);
    }
    grid.render()
}

fn in_force(set: &RuleSet) -> String {
    match set.effective_until {
        Some(until) => format!("{} – {until}", set.effective_from),
        None => format!("{} –", set.effective_from),
    }
}

/// A rule set: what it is, its rules in the order of the law, its open questions.
pub(crate) fn whole(lang: Lang, law: LawLang, set: &RuleSet) -> String {
    let mut text = heading(lang, law, set);
    let headings = [Msg::HeadArticle, Msg::HeadRule, Msg::HeadTitle, Msg::HeadComputes];
    let mut rules = Grid::new(lang, headings.map(|heading| lang.pick(heading.wording())));
    for rule in &set.rules {
        let title = law.text(&rule.title);
        rules.row([rule.article.as_str(), &rule.key, title, &computes(rule)]);
    }
    text.push_str(&rules.render());
    if !set.switches.is_empty() {
        let headings = [Msg::HeadSwitch, Msg::HeadQuestion, Msg::HeadAnswers, Msg::HeadReason];
        let headings = headings.map(|heading| lang.pick(heading.wording()));
        let mut switches = Grid::new(lang, headings);
        for switch in &set.switches {
            let words: Vec<&str> = switch.options.iter().map(|one| one.word.as_str()).collect();
            let (question, reason) = (law.text(&switch.question), law.text(&switch.reason));
            switches.row([switch.key.as_str(), question, &words.join("\n"), reason]);
        }
        text.push('\n');
        text.push_str(&switches.render());
    }
    text
}

fn heading(lang: Lang, law: LawLang, set: &RuleSet) -> String {
    let digest = barid_client::hex::encode(&set.sha256);
    let mut lines = vec![
        lang.say(Msg::RuleSetIs, &[&set.name(), law.text(&set.title)]),
        lang.say(Msg::RuleSetInForce, &[&in_force(set), &set.calendar.zone]),
        lang.say(Msg::RuleSetDigest, &[&digest]),
    ];
    if !set.extends.is_empty() {
        lines.push(lang.say(Msg::RuleSetExtends, &[&lang.list(&set.extends)]));
    }
    for event in &set.events {
        let polling: Vec<String> = event.polling.iter().map(ToString::to_string).collect();
        let values = [event.id.as_str(), &event.election, &lang.list(&polling)];
        lines.push(lang.say(Msg::RuleSetEvent, &values));
    }
    for one in &set.procedures {
        let values = [one.key.as_str(), law.text(&one.title), &one.steps.len().to_string()];
        lines.push(lang.say(Msg::RuleSetProcedure, &values));
    }
    format!("{}\n\n", lines.join("\n"))
}

/// What is computed for a rule, in a few words: `period: 3 calendar-day`, `quorum`.
fn computes(rule: &Rule) -> String {
    let name = rule.operation.name();
    let Operation::Period(period) = &rule.operation else { return name.to_owned() };
    let said = facts::computed(rule);
    let unit = said.iter().find(|fact| fact.field == "period.unit");
    let unit = unit.map_or("", |fact| fact.value.as_str());
    format!("{name}: {} {unit}", facts::length(&period.length))
}

/// One rule: article, words of the source, what is computed, open questions.
pub(crate) fn rule(lang: Lang, law: LawLang, set: &RuleSet, rule: &Rule) -> String {
    let source = set.instruments.iter().find(|one| one.key == rule.instrument);
    let source = source.map_or(rule.instrument.as_str(), |one| law.text(&one.title));
    let mut lines = vec![
        lang.say(Msg::RuleIs, &[&rule.key, law.text(&rule.title)]),
        lang.say(Msg::RuleArticle, &[&rule.article, source, &set.name()]),
        String::new(),
    ];
    for (language, words) in quotes(law, &rule.quote) {
        lines.push(format!("  {language}: {}", lang.isolate(words)));
    }
    lines.push(String::new());
    lines.push(lang.say(Msg::RuleDoes, &[&rule.does]));
    let mut grid = Grid::new(lang, ["", ""]);
    for fact in facts::computed(rule) {
        grid.row([wording::rule_field(lang, &fact.field), fact.value]);
    }
    lines.push(format!("\n{}", grid.render().trim_end()));
    let asked = rule.switches.iter().chain(&rule.ambiguities);
    for one in asked.filter_map(|key| set.switch(key)) {
        lines.push(format!("\n{}", switch(lang, law, one)));
    }
    lines.join("\n")
}

/// The words of the source in all languages known, the reader's first.
fn quotes(law: LawLang, quote: &Names) -> Vec<(&str, &str)> {
    let mut all: Vec<(&str, &str)> =
        quote.iter().map(|(language, words)| (language.as_str(), words.as_str())).collect();
    all.sort_by_key(|(language, _)| *language != law.tag());
    all
}

/// A question with its answers, the preferred one first.
fn switch(lang: Lang, law: LawLang, switch: &Switch) -> String {
    let mut lines = vec![lang.say(Msg::SwitchAsks, &[&switch.key, law.text(&switch.question)])];
    for (position, option) in switch.options.iter().enumerate() {
        let answer = if position == 0 { Msg::SwitchPrefers } else { Msg::SwitchAlso };
        lines.push(format!("  {}", lang.say(answer, &[&option.word, law.text(&option.meaning)])));
    }
    lines.push(format!("  {}", lang.say(Msg::SwitchReason, &[law.text(&switch.reason)])));
    lines.join("\n")
}
