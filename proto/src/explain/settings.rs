//! How switches are set, said as shortly as it can be.
//!
//! A rule with five switches has many readings, and each lists every setting that leads to it. What
//! a reader wants to know is what has to be read otherwise than the rule set prefers: one switch,
//! most often. So readings are told by how they deviate from the preferred setting, and of the
//! deviations only those that contain no smaller one.

use super::language::Language;
use super::words;
use crate::rules::{Rule, RuleSet, Settings};
use crate::v1::{RuleReading, SwitchSetting};

/// Switches and how they are set, in the order of the rule set.
pub(super) type Term = Vec<(String, String)>;

/// Most settings that are looked at: more than a rule set can have.
const SETTINGS_MAX: usize = 256;

/// Alternatives that are written out.
const TERMS_MAX: usize = 3;

/// The reading from which others deviate.
pub(super) struct Base<'a> {
    /// The reading.
    pub(super) reading: &'a RuleReading,
    /// The setting that leads to it.
    pub(super) setting: Term,
    /// Whether the rule set prefers it. If not, it is the first.
    pub(super) preferred: bool,
}

impl<'a> Base<'a> {
    /// The reading that the rule set prefers: by its text when the rule is known in it, else the
    /// first, as an assessment has it. Without that one, the first. `None`: there are none.
    pub(super) fn of(
        rules: Option<&RuleSet>,
        rule: Option<&Rule>,
        readings: &'a [RuleReading],
    ) -> Option<Self> {
        let first = readings.first()?;
        let setting = first.settings.first().map(term).unwrap_or_default();
        let (Some(rules), Some(rule)) = (rules, rule) else {
            return Some(Self { reading: first, setting, preferred: true });
        };
        let best = rules.readings(rule).into_iter().next().unwrap_or_default();
        let found = readings.iter().find_map(|reading| {
            let fitting = reading.settings.iter().find(|one| settings(one) == best)?;
            Some(Self { reading, setting: term(fitting), preferred: true })
        });
        Some(found.unwrap_or(Self { reading: first, setting, preferred: false }))
    }

    /// Whether it is this reading.
    pub(super) fn is(&self, reading: &RuleReading) -> bool {
        std::ptr::eq(self.reading, reading)
    }

    /// What has to be read otherwise to come to one of these readings, the least first; and which
    /// one that is.
    pub(super) fn deviations(
        &self,
        readings: impl IntoIterator<Item = &'a RuleReading>,
    ) -> Vec<(Term, &'a RuleReading)> {
        let settings = readings
            .into_iter()
            .flat_map(|reading| reading.settings.iter().map(move |setting| (reading, setting)));
        let mut all: Vec<(Term, &RuleReading)> = settings
            .take(SETTINGS_MAX)
            .map(|(reading, setting)| {
                let other = |one: &(String, String)| !self.setting.contains(one);
                (term(setting).into_iter().filter(other).collect(), reading)
            })
            .collect();
        all.sort_by_key(|(deviation, _): &(Term, _)| deviation.len());
        let mut least: Vec<(Term, &RuleReading)> = Vec::new();
        for (deviation, reading) in all {
            let contained =
                |(smaller, _): &(Term, _)| smaller.iter().all(|one| deviation.contains(one));
            if !least.iter().any(contained) {
                least.push((deviation, reading));
            }
        }
        least
    }

    /// How the base sets the switches on which these deviations turn.
    pub(super) fn deciding<'t>(&self, deviations: impl IntoIterator<Item = &'t Term>) -> Term {
        let turned: Vec<&str> =
            deviations.into_iter().flatten().map(|(switch, _)| switch.as_str()).collect();
        let turns = |(switch, _): &&(String, String)| turned.contains(&switch.as_str());
        self.setting.iter().filter(turns).cloned().collect()
    }
}

fn term(setting: &SwitchSetting) -> Term {
    setting.values.iter().map(|value| (value.name.clone(), value.value.clone())).collect()
}

/// A term in words: `A1 = last + A3-roll = never`. What a single option means is said when the rule
/// set knows it.
pub(super) fn told(language: Language, rules: Option<&RuleSet>, term: &Term) -> String {
    match term.as_slice() {
        [] => language.pick(words::EVERY_READING).to_owned(),
        [one] => {
            let (set, means) = (set(language, one), meaning(language, rules, one));
            if means.is_empty() { set } else { format!("{set} ({means})") }
        }
        several => {
            let several: Vec<String> = several.iter().map(|one| set(language, one)).collect();
            several.join(" + ")
        }
    }
}

/// Alternatives in words: `A1 = first; or A3-roll = never`.
pub(super) fn alternatives(language: Language, terms: &[Term]) -> String {
    let shown: Vec<String> =
        terms.iter().take(TERMS_MAX).map(|term| told(language, None, term)).collect();
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

    fn said(all: &[RuleReading], of: usize) -> String {
        let base = Base::of(None, None, all).unwrap();
        let terms: Vec<Term> =
            base.deviations([&all[of]]).into_iter().map(|(term, _)| term).collect();
        alternatives(Language::English, &terms)
    }

    #[test]
    fn a_reading_is_told_by_the_least_that_is_read_otherwise() {
        let all = [
            reading(&["A1=last A3=roll A5=x", "A1=last A3=roll A5=y"]),
            reading(&["A1=last A3=stay A5=x", "A1=last A3=stay A5=y"]),
            reading(&["A1=first A3=roll A5=x", "A1=first A3=stay A5=x", "A1=first A3=roll A5=y"]),
            reading(&["A1=none A3=stay A5=x"]),
        ];
        assert_eq!(said(&all, 1), "A3 = stay");
        assert_eq!(said(&all, 2), "A1 = first");
        assert_eq!(said(&all, 3), "A1 = none + A3 = stay");
        let base = Base::of(None, None, &all).unwrap();
        let least: Vec<Term> =
            base.deviations(&all[1..3]).into_iter().map(|(term, _)| term).collect();
        assert_eq!(alternatives(Language::English, &least), "A3 = stay; or A1 = first");
        assert_eq!(told(Language::English, None, &base.deciding(&least)), "A1 = last + A3 = roll");
    }

    #[test]
    fn without_switches_there_is_nothing_to_read_otherwise() {
        let all = [RuleReading::default(), RuleReading::default()];
        let base = Base::of(None, None, &all).unwrap();
        assert!(base.is(&all[0]) && !base.is(&all[1]));
        assert!(base.deviations(&all[1..]).is_empty());
        assert_eq!(told(Language::English, None, &Term::new()), "every reading");
        assert!(Base::of(None, None, &[]).is_none());
    }
}
