//! How switches are set, said as shortly as it can be.
//!
//! A reading lists every setting that leads to it. What a reader wants to know is what it hangs on:
//! switches that may be set in any way are left out.

use std::collections::{BTreeMap, BTreeSet};

use super::language::Language;
use super::words;
use crate::rules::{Rule, RuleSet, Settings};
use crate::v1::{RuleReading, SwitchSetting};

/// What must be set how: switch and option, in the order of the rule set. Empty: nothing must.
pub(super) type Term = Vec<(String, String)>;

/// Most settings that are looked at: more than a rule set can have.
const SETTINGS_MAX: usize = 256;

/// Terms that are written out.
const TERMS_MAX: usize = 3;

/// What readings hang on, as alternatives; `all` are the readings of the assessment.
pub(super) fn terms(these: &[&RuleReading], all: &[RuleReading]) -> Vec<Term> {
    let mut terms: Vec<Term> =
        these.iter().flat_map(|reading| &reading.settings).take(SETTINGS_MAX).map(term).collect();
    let options = options(all);
    // Until nothing more falls out. Each round leaves fewer terms, or is the last one.
    loop {
        let before = terms.len();
        for (switch, words) in &options {
            terms = without(terms, switch, words);
        }
        if terms.len() == before {
            return terms;
        }
    }
}

fn term(setting: &SwitchSetting) -> Term {
    setting.values.iter().map(|value| (value.name.clone(), value.value.clone())).collect()
}

/// Every switch with every way in which a reading sets it.
fn options(all: &[RuleReading]) -> BTreeMap<String, BTreeSet<String>> {
    let mut options: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let settings = all.iter().flat_map(|reading| &reading.settings).take(SETTINGS_MAX);
    for (switch, word) in settings.flat_map(term) {
        options.entry(switch).or_default().insert(word);
    }
    options
}

/// Leaves a switch out of the terms that stand there with each of its options.
fn without(terms: Vec<Term>, switch: &str, words: &BTreeSet<String>) -> Vec<Term> {
    let rest =
        |term: &Term| -> Term { term.iter().filter(|(name, _)| name != switch).cloned().collect() };
    let mut seen: BTreeMap<Term, BTreeSet<String>> = BTreeMap::new();
    for term in &terms {
        if let Some((_, word)) = term.iter().find(|(name, _)| name == switch) {
            seen.entry(rest(term)).or_default().insert(word.clone());
        }
    }
    let mut left: Vec<Term> = Vec::new();
    for term in terms {
        let short = rest(&term);
        let free = seen.get(&short).is_some_and(|found| found == words);
        let term = if free { short } else { term };
        if !left.contains(&term) {
            left.push(term);
        }
    }
    left
}

/// Terms in words: `A1 = last (from the last day); or A3 = …`. What one option means is said when
/// the rule set knows it, and nothing else has to be said.
pub(super) fn told(language: Language, rules: Option<&RuleSet>, terms: &[Term]) -> String {
    let shown: Vec<String> = terms
        .iter()
        .take(TERMS_MAX)
        .map(|term| match term.as_slice() {
            [] => language.pick(words::EVERY_READING).to_owned(),
            [one] if terms.len() == 1 => {
                let means = meaning(language, rules, one);
                let set = set(language, one);
                if means.is_empty() { set } else { format!("{set} ({means})") }
            }
            several => {
                let several: Vec<String> = several.iter().map(|one| set(language, one)).collect();
                several.join(" + ")
            }
        })
        .collect();
    let mut said = shown.join(language.pick(words::OR));
    if let Some(more) = terms.len().checked_sub(TERMS_MAX).filter(|more| *more > 0) {
        said += &format!(" {}", language.exact(&format!("+{more}")));
    }
    said
}

/// One switch: `A1 = last`.
pub(super) fn set(language: Language, (switch, word): &(String, String)) -> String {
    language.exact(&format!("{switch} = {word}"))
}

/// What an option means, by the rule set. Empty: it does not say.
pub(super) fn meaning(
    language: Language,
    rules: Option<&RuleSet>,
    (switch, word): &(String, String),
) -> String {
    let switch = rules.and_then(|rules| rules.switch(switch));
    let option = switch.and_then(|switch| switch.options.iter().find(|one| one.word == *word));
    let told = option.and_then(|option| option.meaning.get(language.tag()));
    told.map(|told| language.foreign(told.trim_end().trim_end_matches('.'))).unwrap_or_default()
}

/// The reading that the rule set prefers: by its text when the rule is known in it, else the first,
/// as the assessment says. `None`: it is none of these.
pub(super) fn preferred<'a>(
    rules: Option<&RuleSet>,
    rule: Option<&Rule>,
    readings: &'a [RuleReading],
) -> Option<&'a RuleReading> {
    let (Some(rules), Some(rule)) = (rules, rule) else { return readings.first() };
    let best = rules.readings(rule).into_iter().next().unwrap_or_default();
    readings.iter().find(|reading| reading.settings.iter().any(|one| settings(one) == best))
}

/// The first of the terms that the preferred setting fulfils. `None`: nothing must be set for it.
pub(super) fn leading<'a>(terms: &'a [Term], preferred: &RuleReading) -> Option<&'a Term> {
    let first = term(preferred.settings.first()?);
    let fits = |term: &&Term| term.iter().all(|one| first.contains(one));
    terms.iter().find(fits).filter(|term| !term.is_empty())
}

/// A setting as rules are asked with it.
pub(super) fn settings(setting: &SwitchSetting) -> Settings {
    let empty = Settings::default();
    setting.values.iter().fold(empty, |all, value| all.with(&value.name, &value.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::v1::SwitchValue;

    fn reading(settings: &[&str]) -> RuleReading {
        let setting = |text: &&str| {
            let value = |one: &str| {
                let (name, value) = one.split_once('=').unwrap();
                SwitchValue { name: name.into(), value: value.into() }
            };
            SwitchSetting { values: text.split(' ').map(value).collect() }
        };
        RuleReading { settings: settings.iter().map(setting).collect(), ..RuleReading::default() }
    }

    fn said(these: &RuleReading, all: &[RuleReading]) -> String {
        told(Language::English, None, &terms(&[these], all))
    }

    #[test]
    fn switches_that_change_nothing_are_not_mentioned() {
        let all = [
            reading(&["A1=last A3=roll A5=x", "A1=last A3=stay A5=x"]),
            reading(&["A1=first A3=roll A5=x", "A1=first A3=stay A5=x"]),
        ];
        let [last, first] = &all;
        assert_eq!(said(last, &all), "A1 = last");
        assert_eq!(said(first, &all), "A1 = first");
    }

    #[test]
    fn what_hangs_on_two_switches_names_both() {
        let all = [
            reading(&["A1=last A3=roll", "A1=first A3=stay"]),
            reading(&["A1=last A3=stay"]),
            reading(&["A1=first A3=roll"]),
        ];
        let [mixed, one, _] = &all;
        assert_eq!(said(mixed, &all), "A1 = last + A3 = roll; or A1 = first + A3 = stay");
        assert_eq!(said(one, &all), "A1 = last + A3 = stay");
    }

    #[test]
    fn one_reading_of_all_settings_hangs_on_nothing() {
        let all = [reading(&["A1=last", "A1=first"])];
        assert_eq!(terms(&[&all[0]], &all), [Term::new()]);
        assert_eq!(said(&all[0], &all), "every reading");
        assert_eq!(terms(&[&RuleReading::default()], &all), Vec::<Term>::new());
    }
}
