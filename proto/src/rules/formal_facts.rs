//! What formal rules say, fact by fact.

use super::choice::Choice;
use super::facts::Facts;
use super::formal::{
    FinalityRule, MajorityRule, PublicationRule, RatificationRule, RulingRule, SeatCount,
    SittingPart, SittingRule, StandingRule,
};
use super::operation::Operation;
use crate::kind::filing_kind_name;
use crate::v1::FilingKind;
use crate::word::Word as _;

/// What a formal rule says, in the order of the text. Nothing of a period.
pub(super) fn say(facts: &mut Facts, operation: &Operation) {
    match operation {
        Operation::Period(_) => {}
        Operation::Check(check) => facts.say("check", check.word()),
        Operation::Sitting(rule) => sitting(facts, rule),
        Operation::Publication(rule) => publication(facts, rule),
        Operation::Delegation(rule) => facts.choice("delegation.mode", &rule.mode),
        Operation::Standing(rule) => standing(facts, rule),
        Operation::Finality(rule) => finality(facts, rule),
        Operation::Ruling(rule) => ruling(facts, rule),
        Operation::Ratification(rule) => ratification(facts, rule),
    }
}

fn kinds(facts: &mut Facts, field: &str, of: &[FilingKind]) {
    facts.list(field, of.iter().map(|kind| filing_kind_name(*kind)));
}

fn seats(count: &SeatCount) -> String {
    match count {
        SeatCount::Fixed(seats) => seats.to_string(),
        SeatCount::Switch(key) => format!("?{key}"),
    }
}

fn text(choice: &Choice<String>) -> String {
    match choice {
        Choice::Fixed(text) => text.clone(),
        Choice::Switch(key) => format!("?{key}"),
    }
}

fn sitting(facts: &mut Facts, rule: &SittingRule) {
    facts.say("sitting.part", rule.part.name());
    if !rule.body.is_empty() {
        facts.say("sitting.body", &rule.body);
    }
    kinds(facts, "sitting.of", &rule.of);
    match &rule.part {
        SittingPart::Roll | SittingPart::Oath | SittingPart::Tally | SittingPart::Batch => {}
        SittingPart::Quorum { seats: count, base, recused } => {
            facts.say("sitting.seats", &seats(count));
            facts.choice("sitting.base", base);
            facts.choice("sitting.recused", recused);
        }
        SittingPart::Majority(rule) | SittingPart::CastingVote(rule) => majority(facts, rule),
        SittingPart::SpecialMajority { matters, threshold, out_of, base } => {
            facts.list("sitting.matters", matters.iter().cloned());
            facts.say("sitting.threshold", &threshold.to_string());
            facts.say("sitting.out-of", &out_of.to_string());
            facts.choice("sitting.base", base);
        }
        SittingPart::Anatomy { requires } => {
            facts.list("sitting.requires", requires.iter().map(|part| part.word().to_owned()));
        }
        SittingPart::Composition { seats: count, professions } => {
            facts.say("sitting.seats", &seats(count));
            for (profession, least) in professions {
                facts.say(&format!("sitting.professions.{profession}"), &least.to_string());
            }
        }
    }
}

fn majority(facts: &mut Facts, rule: &MajorityRule) {
    facts.choice("sitting.majority-of", &rule.of);
    facts.choice("sitting.recused", &rule.recused);
    facts.choice("sitting.casting", &rule.casting);
    facts.choice("sitting.acting", &rule.acting);
    facts.list("sitting.except", rule.except.iter().cloned());
}

fn publication(facts: &mut Facts, rule: &PublicationRule) {
    facts.choice("publication.channel", &rule.channel);
    for way in &rule.ways {
        let at = |field: &str| format!("publication.ways.{}.{field}", way.channel.word());
        facts.say(&at("days"), &way.days.to_string());
        facts.say(&at("outlets"), &way.outlets.to_string());
        facts.choice(&at("each"), &way.each);
        facts.list(&at("languages"), way.languages.iter().map(text));
    }
}

fn standing(facts: &mut Facts, rule: &StandingRule) {
    kinds(facts, "standing.of", &rule.of);
    facts.say("standing.who", &text(&rule.who));
    for (who, capacities) in &rule.capacities {
        let words = capacities.iter().map(|capacity| capacity.word().to_owned());
        facts.list(&format!("standing.capacities.{who}"), words);
    }
}

fn finality(facts: &mut Facts, rule: &FinalityRule) {
    kinds(facts, "finality.of", &rule.of);
    facts.choice("finality.rulings", &rule.rulings);
    facts.choice("finality.delegated", &rule.delegated);
    facts.list("finality.heard-by", rule.heard_by.iter().cloned());
}

fn ruling(facts: &mut Facts, rule: &RulingRule) {
    facts.list("ruling.from", rule.from.iter().cloned());
    facts.list("ruling.seats", rule.seats.iter().map(seats));
    facts.list("ruling.needed", rule.needed.iter().map(seats));
    if rule.says_final {
        facts.say("ruling.says-final", "true");
    }
}

fn ratification(facts: &mut Facts, rule: &RatificationRule) {
    facts.list("ratification.parts", rule.parts.iter().map(|part| part.word().to_owned()));
    for (election, role) in &rule.ratifier {
        facts.say(&format!("ratification.ratifier.{election}"), &text(role));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::{Catalogue, Operation, facts};

    #[test]
    fn every_formal_rule_of_the_built_in_sets_says_what_it_computes() {
        let known = Catalogue::built_in().unwrap();
        let mut seen = 0;
        for rule in known.all().flat_map(|set| &set.rules) {
            if matches!(rule.operation, Operation::Period(_)) {
                continue;
            }
            let own = rule.operation.name();
            let part = facts::rule(rule);
            let says = |fact: &facts::Fact| {
                let section = fact.field.split('.').next().unwrap_or_default();
                !["instrument", "article", "title", "quote", "does", "ambiguities"]
                    .contains(&section)
            };
            assert!(part.facts.iter().any(says), "{}: {own}", rule.key);
            seen += 1;
        }
        assert!(seen > 40, "{seen}");
    }
}
