//! What changed from one rule set to another, for people.

use barid_proto::rules::{Change, Difference, FieldChange, RuleSet, Section};

use crate::wording::{self, Lang, Msg};

/// Everything that differs, section by section.
pub(crate) fn differences(
    lang: Lang,
    before: &RuleSet,
    after: &RuleSet,
    found: &[Difference],
) -> String {
    let mut lines = vec![lang.say(Msg::DiffFrom, &[&before.name(), &after.name()])];
    if found.is_empty() {
        lines.push(lang.say(Msg::DiffNothing, &[]));
    }
    let mut section = None;
    for one in found {
        if section != Some(one.section) {
            section = Some(one.section);
            lines.push(format!("\n{}", wording::rule_section(lang, one.section)));
        }
        lines.push(format!("  {}", title(lang, after, before, one)));
        if one.change == Change::Changed {
            lines.extend(one.fields.iter().map(|change| format!("    {}", field(lang, change))));
        }
    }
    lines.join("\n")
}

/// `changed: appeal-window (8-V)`; the rule set itself has no key.
fn title(lang: Lang, after: &RuleSet, before: &RuleSet, one: &Difference) -> String {
    let change = match one.change {
        Change::Added => Msg::DiffAdded,
        Change::Removed => Msg::DiffRemoved,
        Change::Changed if one.key.is_empty() => return lang.say(Msg::DiffFrame, &[]),
        Change::Changed => Msg::DiffChanged,
    };
    let rule = after.rule(&one.key).or_else(|| before.rule(&one.key));
    match rule.filter(|_| one.section == Section::Rule) {
        Some(rule) => lang.say(change, &[&format!("{} ({})", one.key, rule.article)]),
        None => lang.say(change, &[&one.key]),
    }
}

fn field(lang: Lang, change: &FieldChange) -> String {
    let label = wording::rule_field(lang, &change.field);
    match (change.before.as_deref(), change.after.as_deref()) {
        (Some(before), Some(after)) => lang.say(Msg::DiffField, &[&label, before, after]),
        (Some(before), None) => lang.say(Msg::DiffFieldGone, &[&label, before]),
        (None, after) => lang.say(Msg::DiffFieldNew, &[&label, after.unwrap_or_default()]),
    }
}
