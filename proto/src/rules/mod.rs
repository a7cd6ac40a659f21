//! Rule sets: the law as data.
//!
//! A rule set is a TOML text ([`parse`]) that says, article by article, what the software has to
//! compute. Where the law leaves something open, a [`Switch`] names the question, its possible
//! answers and the one this rule set prefers; a rule refers to the switch instead of answering
//! itself, and is computed under every answer.
//!
//! A text is never changed once it was used: its SHA-256 stands in everything that was computed by
//! it. What a later act changes is an *overlay*: a rule set that names the one it builds on, with
//! that one's digest, and says only what differs.

mod catalogue;
mod choice;
mod diff;
pub mod facts;
mod feature;
mod formal;
mod formal_facts;
mod lint;
mod operation;
mod overlay;
mod parse;
mod place;
mod procedure;
mod resolve;
#[cfg(test)]
pub(crate) mod samples;
mod sections;
#[cfg(test)]
mod tests;
mod written;

pub use catalogue::{BUILT_IN, Catalogue, Found};
pub use choice::{Choice, Settings};
pub use diff::{Change, Difference, FieldChange, diff};
pub use facts::Section;
pub use feature::{Beside, Condition, Feature, NOT_SAID, outcome};
pub use formal::{
    ActingChair, Casting, Check, DecisionPart, DelegatedReview, DelegationRule, FinalityRule,
    MajorityOf, MajorityRule, OutletsEach, PublicationRule, PublicationWay, RatificationPart,
    RatificationRule, Recused, RulingFinality, RulingRule, SeatBase, SeatCount, SittingPart,
    SittingRule, StandingRule,
};
pub use lint::{RuleWarning, lint};
pub use operation::{
    Length, Occurrence, Operation, OutageSource, PauseEffect, PauseRule, PeriodRule, Tie,
    TriggerDay, TriggerKind,
};
pub use parse::{TEXT_MAX_BYTES, parse};
pub use place::{RuleProblem, RuleProblems};
pub use procedure::{Cited, Owner, Procedure, Step, Term};

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::period::Week;

/// Languages in which every title, question and reason stands: Arabic, Sorani, English, Spanish.
pub const LANGUAGES: [&str; 4] = ["ar", "ckb", "en", "es"];

/// Most readings of one rule: what its switches multiply to.
pub const READINGS_MAX: usize = 64;

/// A text by its language tags.
pub type Names = BTreeMap<String, String>;

/// A rule set.
#[derive(Debug, Clone)]
pub struct RuleSet {
    /// Identifier without version: `IQ-L31-2019`.
    pub id: String,
    /// Version, from 1.
    pub version: u32,
    /// SHA-256 of the text.
    pub sha256: [u8; 32],
    /// The rule sets it builds on, nearest first, each as `ID/VERSION`.
    pub extends: Vec<String>,
    /// What it is called.
    pub title: Names,
    /// First day on which it may be applied.
    pub effective_from: Date,
    /// Last day. `None`: until something supersedes it.
    pub effective_until: Option<Date>,
    /// Laws, regulations and reports that it cites.
    pub instruments: Vec<Instrument>,
    /// Questions that the law leaves open.
    pub switches: Vec<Switch>,
    /// The institutions' weekly hours.
    pub calendar: WeeklyCalendar,
    /// The rules, in the order of the law.
    pub rules: Vec<Rule>,
    /// What follows what in a case.
    pub procedures: Vec<Procedure>,
    /// Elections that are held under it.
    pub events: Vec<ElectionEvent>,
    /// Known errors and gaps of the sources.
    pub errata: Vec<Erratum>,
}

/// A source that rules cite.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// Key: `L11-2007`.
    pub key: String,
    /// What it is called.
    pub title: Names,
    /// Where its text was taken from.
    pub source: String,
}

/// A question that the law leaves open.
#[derive(Debug, Clone)]
pub struct Switch {
    /// Key: `A1`, or `A3-unit` where one ambiguity has several parts.
    pub key: String,
    /// The question.
    pub question: Names,
    /// The possible answers, the preferred one first. At least two.
    pub options: Vec<SwitchOption>,
    /// Why that one is preferred.
    pub reason: Names,
}

/// One answer to a switch's question.
#[derive(Debug, Clone)]
pub struct SwitchOption {
    /// Its word: `last`.
    pub word: String,
    /// What it means.
    pub meaning: Names,
}

/// Weekly hours of all offices of a country.
#[derive(Debug, Clone)]
pub struct WeeklyCalendar {
    /// IANA time zone.
    pub zone: String,
    /// Hours, one behind the other without gaps or overlap.
    pub weeks: Vec<Week>,
}

/// A rule: an article and what the software does about it.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Key: `appeal-window`. Unique.
    pub key: String,
    /// Key of the instrument.
    pub instrument: String,
    /// Article and paragraph: `8-V`.
    pub article: String,
    /// What it is called.
    pub title: Names,
    /// The words of the source, in the languages in which they are known. Never empty.
    pub quote: Names,
    /// What the software does, in English, for docs/law.md.
    pub does: String,
    /// Switches on which it depends, in the order of the rule set.
    pub switches: Vec<String>,
    /// Switches that it leaves open without depending on them: questions for people.
    pub ambiguities: Vec<String>,
    /// What is computed.
    pub operation: Operation,
}

/// An election under a rule set.
#[derive(Debug, Clone)]
pub struct ElectionEvent {
    /// Identifier: `CoR-2025-6`.
    pub id: String,
    /// Its type, which decides who ratifies: `council-of-representatives`.
    pub election: String,
    /// Polling days.
    pub polling: Vec<Date>,
    /// Seats to be filled. 0: not said.
    pub seats: u32,
    /// First day of the electoral process, where the law counts differently within it.
    pub season_from: Option<Date>,
    /// Last day of the electoral process.
    pub season_until: Option<Date>,
}

/// A known error or gap of a source.
#[derive(Debug, Clone)]
pub struct Erratum {
    /// Key of the instrument.
    pub instrument: String,
    /// Where.
    pub article: String,
    /// What is wrong, in English.
    pub text: String,
}

impl RuleSet {
    /// Identifier with version: `IQ-L31-2019/1`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}", self.id, self.version)
    }

    /// A rule by its key.
    #[must_use]
    pub fn rule(&self, key: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.key == key)
    }

    /// A switch by its key.
    #[must_use]
    pub fn switch(&self, key: &str) -> Option<&Switch> {
        self.switches.iter().find(|switch| switch.key == key)
    }

    /// A procedure by its key.
    #[must_use]
    pub fn procedure(&self, key: &str) -> Option<&Procedure> {
        self.procedures.iter().find(|procedure| procedure.key == key)
    }

    /// An election by its identifier.
    #[must_use]
    pub fn event(&self, id: &str) -> Option<&ElectionEvent> {
        self.events.iter().find(|event| event.id == id)
    }

    /// Every way in which the switches of a rule can be set; the preferred one first. At most
    /// [`READINGS_MAX`].
    #[must_use]
    pub fn readings(&self, rule: &Rule) -> Vec<Settings> {
        let mut all = vec![Settings::default()];
        for switch in rule.switches.iter().filter_map(|key| self.switch(key)) {
            all = all
                .iter()
                .flat_map(|settings| {
                    let with = |option: &SwitchOption| settings.with(&switch.key, &option.word);
                    switch.options.iter().map(with)
                })
                .collect();
        }
        all
    }
}
