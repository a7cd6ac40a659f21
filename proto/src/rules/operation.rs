//! What is computed for a rule.

use super::choice::{Choice, Settings};
use super::formal::{
    Check, DelegationRule, FinalityRule, PublicationRule, RatificationRule, RulingRule,
    SittingRule, StandingRule,
};
use crate::period::{Close, LateClosures, OutageEffect, Roll, Start, Unit};
use crate::v1::FilingKind;
use crate::word::{Word as _, words};

/// What is computed for a rule.
#[derive(Debug, Clone)]
pub enum Operation {
    /// A period: `[rule.period]`.
    Period(Box<PeriodRule>),
    /// How a body with seats decides: `[rule.sitting]`.
    Sitting(Box<SittingRule>),
    /// How a decision is published: `[rule.publication]`.
    Publication(PublicationRule),
    /// Decisions by offices: `[rule.delegation]`.
    Delegation(DelegationRule),
    /// Who may file: `[rule.standing]`.
    Standing(StandingRule),
    /// What may be challenged, and where: `[rule.finality]`.
    Finality(FinalityRule),
    /// What a ruling needs: `[rule.ruling]`.
    Ruling(RulingRule),
    /// How results become final: `[rule.ratification]`.
    Ratification(RatificationRule),
    /// Something that needs no more than the rule itself: `check = "word"`.
    Check(Check),
}

impl Operation {
    /// What is computed, as rule sets name it: `period`, `quorum`, `publication`, `people`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Period(_) => "period",
            Self::Sitting(rule) => rule.part.name(),
            Self::Publication(_) => "publication",
            Self::Delegation(_) => "delegation",
            Self::Standing(_) => "standing",
            Self::Finality(_) => "finality",
            Self::Ruling(_) => "ruling",
            Self::Ratification(_) => "ratification",
            Self::Check(check) => check.word(),
        }
    }
}

words! {
    /// How what is measured finds what set its period going.
    pub enum Tie {
        /// It is in the same case.
        Case = "case",
        /// It is about the act that the measured filing challenges, in whichever case.
        Challenged = "challenged",
        /// It is what the measured filing answers.
        Answered = "answered",
    }
}

words! {
    /// Which of several triggers counts.
    pub enum Occurrence {
        /// The first.
        First = "first",
        /// The last before what is measured.
        Last = "last",
    }
}

words! {
    /// On which day a trigger falls.
    pub enum TriggerDay {
        /// First day of publication.
        PublishedFirst = "first-publication-day",
        /// Last day of publication.
        PublishedLast = "last-publication-day",
        /// The date that the act bears.
        ActDate = "date-of-act",
        /// When the first office stamped it; when the hub accepted it, if none did.
        Stamped = "stamped",
        /// When the hub accepted it.
        Accepted = "accepted",
        /// When it was served.
        Served = "served",
        /// The last polling day of the election.
        Polling = "polling-day",
    }
}

words! {
    /// What an act does to a period that runs, when the act does not say.
    pub enum PauseEffect {
        /// Nothing.
        None = "none",
        /// It stands still until the answer.
        Suspended = "suspended",
        /// It begins again with the answer.
        Restarted = "restarted",
    }
}

words! {
    /// Whose outages a period takes into account.
    pub enum OutageSource {
        /// The hub's: it was not running, as it states itself.
        Hub = "hub",
        /// Those of the office's link, as the office reports them.
        Link = "link",
        /// The witnesses': the hub ran and could give no receipts.
        Witnesses = "witnesses",
    }
}

/// What can set a period going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TriggerKind {
    /// A filing of this kind.
    Filing(FilingKind),
    /// The election's polling.
    Polling,
}

/// How long a period is, in its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Length {
    /// The law says it.
    Fixed(u32),
    /// The law leaves it open; the options of this switch are numbers.
    Switch(String),
    /// The hours within which the delegating body may call a delegated decision in, as its
    /// instrument of delegation gives them.
    CallIn,
}

impl Length {
    /// The length under these settings; `granted` are the hours that an instrument of delegation
    /// gives. `None`: nothing says how long.
    #[must_use]
    pub fn under(&self, settings: &Settings, granted: Option<u32>) -> Option<u32> {
        match self {
            Self::Fixed(length) => Some(*length),
            Self::Switch(key) => settings.get(key)?.parse().ok(),
            Self::CallIn => granted.filter(|hours| *hours > 0),
        }
    }
}

/// A period of the law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodRule {
    /// Whose it is to keep, as a role of the glossary: `appellant`.
    pub owner: String,
    /// Whether, as long as nothing is measured, the calendar of whom the trigger was sent to
    /// counts, and not that of who sent it.
    pub kept_by_recipient: bool,
    /// What sets it going: any of these.
    pub triggers: Vec<TriggerKind>,
    /// The trigger is about an act of one of these kinds. None: about whatever.
    pub about: Vec<FilingKind>,
    /// The institutions whose filings set it going. None: whoever sends them.
    pub from: Vec<String>,
    /// The institutions that the trigger is addressed to. None: whoever gets it.
    pub to: Vec<String>,
    /// How trigger and measured act find each other.
    pub tie: Tie,
    /// Which of several triggers counts.
    pub occurrence: Choice<Occurrence>,
    /// On which day the trigger falls.
    pub on: Choice<TriggerDay>,
    /// The filings whose time is measured. None: it is only announced.
    pub measures: Vec<FilingKind>,
    /// The institutions whose filings are measured. None: whoever sends them.
    pub measures_from: Vec<String>,
    /// How long, in units.
    pub length: Length,
    /// In what it is counted.
    pub unit: Choice<Unit>,
    /// In what it is counted outside an electoral process. `None`: the same.
    pub out_of_season: Option<Unit>,
    /// Where the count begins.
    pub starts: Choice<Start>,
    /// When the last day ends.
    pub closes: Choice<Close>,
    /// What happens when offices are closed on it.
    pub rolls: Choice<Roll>,
    /// Whether closures count that were announced after the trigger.
    pub late_closures: Choice<LateClosures>,
    /// What an outage on the last day does.
    pub outages: Choice<OutageEffect>,
    /// Whose outages those are.
    pub accepts: Vec<OutageSource>,
    /// What stops it.
    pub pause: Option<PauseRule>,
}

/// What stops a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PauseRule {
    /// The filings that stop it.
    pub by: Vec<FilingKind>,
    /// The filings that let it go on.
    pub until: Vec<FilingKind>,
    /// What they do when they do not say.
    pub effect: Choice<PauseEffect>,
}
