//! Formal rules: what a sitting, a publication, a delegation, an appeal and a ratification need,
//! apart from time.

use std::collections::BTreeMap;

use super::choice::{Choice, Settings};
use crate::v1::{Capacity, Colour, DelegationMode, FilingKind, PublicationChannel};
use crate::word::{Word, words};

words! {
    /// What is looked at by a rule that has no parameters.
    pub enum Check {
        /// Whether the case is pinned to this rule set, and whether it was in force.
        Pin = "pin",
        /// Whether a referral to the criminal authorities hands over what it lists, and whether it
        /// was taken in.
        CriminalReferral = "criminal-referral",
        /// Whether a report covers every clause of its sender's own decision.
        DecisionImplemented = "decision-implemented",
        /// Whether a report covers every clause of another institution's ruling.
        RulingImplemented = "ruling-implemented",
        /// Whether a complaint is signed, witnessed and endorsed.
        ComplaintForm = "complaint-form",
        /// Nothing of one filing: the course of a case shows what came and what has to come.
        Course = "course",
        /// Nothing: registers, directories and permissions keep it as filings and operators set it.
        Kept = "kept",
        /// Nothing: the rule is for people to keep.
        People = "people",
    }
}

/// A rule about how a body with seats decides: `[rule.sitting]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SittingRule {
    /// The body: `council`. Empty: any body.
    pub body: String,
    /// The filings that are looked at.
    pub of: Vec<FilingKind>,
    /// What is looked at.
    pub part: SittingPart,
}

/// What is looked at in a sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SittingPart {
    /// Whether each who sat holds a seat on that day, for a term that is not over.
    Roll,
    /// Whether each who sat and holds a seat has taken the oath. Where a rule set has such a rule,
    /// no rule of it counts a vote without an oath.
    Oath,
    /// Whether enough sat: more than half.
    Quorum {
        /// How many seats the body has.
        seats: SeatCount,
        /// Half of what.
        base: Choice<SeatBase>,
        /// Whether members who stood aside make up the number.
        recused: Choice<Recused>,
    },
    /// Whether enough voted in favour.
    Majority(MajorityRule),
    /// Whether the chair's vote decided, and whether the decision says so.
    CastingVote(MajorityRule),
    /// Whether enough voted in favour of a matter that needs more.
    SpecialMajority {
        /// The matters.
        matters: Vec<String>,
        /// Votes that it needs.
        threshold: u32,
        /// Out of how many members.
        out_of: u32,
        /// What it is out of when fewer members sit.
        base: Choice<SeatBase>,
    },
    /// Whether the tally is what the ballots on the roll add up to.
    Tally,
    /// Whether a decision about many cases settles each once.
    Batch,
    /// Whether a decision has its parts.
    Anatomy {
        /// The parts.
        requires: Vec<DecisionPart>,
    },
    /// Whether the seats are filled as the law asks.
    Composition {
        /// How many seats the body has.
        seats: SeatCount,
        /// Professions, and how many members at least have each.
        professions: BTreeMap<String, u32>,
    },
}

impl SittingPart {
    /// Its name, as rule sets write it: `quorum`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Roll => "roll",
            Self::Oath => "oath",
            Self::Quorum { .. } => "quorum",
            Self::Majority(_) => "majority",
            Self::CastingVote(_) => "casting-vote",
            Self::SpecialMajority { .. } => "special-majority",
            Self::Tally => "tally",
            Self::Batch => "batch",
            Self::Anatomy { .. } => "anatomy",
            Self::Composition { .. } => "composition",
        }
    }
}

/// When a decision is carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MajorityRule {
    /// More than half of what.
    pub of: Choice<MajorityOf>,
    /// Whether members who stood aside count as present.
    pub recused: Choice<Recused>,
    /// What happens when as many are in favour as against.
    pub casting: Choice<Casting>,
    /// What then, when another than the chair chairs the sitting.
    pub acting: Choice<ActingChair>,
    /// Matters to which the rule does not apply, because another majority does.
    pub except: Vec<String>,
}

/// How many seats a body has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeatCount {
    /// The law says it.
    Fixed(u32),
    /// The law leaves it open; the options of this switch are numbers.
    Switch(String),
}

impl SeatCount {
    /// The number under these settings. `None`: they do not set the switch, which a rule set that
    /// was parsed never leads to.
    #[must_use]
    pub fn under(&self, settings: &Settings) -> Option<u32> {
        match self {
            Self::Fixed(seats) => Some(*seats),
            Self::Switch(key) => settings.get(key)?.parse().ok(),
        }
    }
}

words! {
    /// The seats that make up a whole.
    pub enum SeatBase {
        /// All that the law gives the body, vacant ones too.
        Seats = "seats",
        /// Those that somebody holds on that day.
        SittingMembers = "members",
    }
}

words! {
    /// What a member is who stood aside.
    pub enum Recused {
        /// Counted among those present.
        Counted = "counted",
        /// Not counted.
        NotCounted = "not-counted",
    }
}

words! {
    /// What a majority is the greater half of.
    pub enum MajorityOf {
        /// All members present: who abstains is in effect against.
        Present = "present",
        /// Votes in favour and against: who abstains is left out.
        VotesCast = "cast",
    }
}

words! {
    /// What the chair's vote does when votes are equal.
    pub enum Casting {
        /// The chair's side prevails.
        SidePrevails = "side-prevails",
        /// The chair has one vote more, and the majority is asked for again.
        ExtraVote = "extra-vote",
        /// Nothing: what is not carried is lost.
        None = "none",
    }
}

words! {
    /// What a tie comes to when another than the chair chairs the sitting.
    pub enum ActingChair {
        /// Nobody breaks it.
        Fails = "fails",
        /// Whoever chairs the sitting breaks it.
        Casts = "acting-chair",
    }
}

words! {
    /// A part of a decision.
    pub enum DecisionPart {
        /// Its number.
        Number = "number",
        /// Its day.
        Date = "date",
        /// The minutes in which it stands.
        Minutes = "minutes",
        /// The kind of session.
        Session = "session",
        /// Who sat.
        Roll = "roll",
        /// How they voted.
        Vote = "vote",
        /// Whether it was unanimous.
        Agreement = "agreement",
        /// What was discussed.
        Deliberation = "deliberation",
        /// What it rests on.
        Basis = "basis",
        /// What it orders.
        Clauses = "clauses",
        /// Who has to carry it out.
        Charged = "charged",
    }
}

/// How a decision is published: `[rule.publication]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationRule {
    /// The channel whose publication counts.
    pub channel: Choice<PublicationChannel>,
    /// What each channel needs.
    pub ways: Vec<PublicationWay>,
}

/// What a publication in one channel needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationWay {
    /// The channel.
    pub channel: PublicationChannel,
    /// On how many days.
    pub days: u32,
    /// In how many outlets on each.
    pub outlets: u32,
    /// Whether each language is in so many outlets, or all languages together.
    pub each: Choice<OutletsEach>,
    /// Languages; where several would do, with a slash between: `ckb/kmr`.
    pub languages: Vec<Choice<String>>,
}

words! {
    /// In what the number of outlets is reached.
    pub enum OutletsEach {
        /// In each language on each day.
        Language = "language",
        /// On each day, whatever the language; each language is in one of them at least.
        Day = "day",
    }
}

/// Decisions by offices: `[rule.delegation]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegationRule {
    /// Whether offices may decide, or recommend only.
    pub mode: Choice<DelegationMode>,
}

/// Who may file: `[rule.standing]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRule {
    /// The filings that are looked at.
    pub of: Vec<FilingKind>,
    /// Who may: a key of `capacities`.
    pub who: Choice<String>,
    /// Capacities in which one may file, by the answers to who may.
    pub capacities: BTreeMap<String, Vec<Capacity>>,
}

/// What may be challenged, and where: `[rule.finality]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinalityRule {
    /// The filings that are looked at.
    pub of: Vec<FilingKind>,
    /// Whether rulings can be challenged in turn.
    pub rulings: Choice<RulingFinality>,
    /// Where decisions by offices are challenged.
    pub delegated: Choice<DelegatedReview>,
    /// Institutions that hear it, by their identifiers in the directory. None: the rule does not
    /// say. Whoever made the challenged act may pass it on and is never wrong.
    pub heard_by: Vec<String>,
}

words! {
    /// Whether a ruling can be challenged.
    pub enum RulingFinality {
        /// It cannot.
        Final = "final",
        /// The law does not say: it can, if it does not call itself final.
        NotSaid = "not-said",
    }
}

words! {
    /// Where a decision by an office is challenged.
    pub enum DelegatedReview {
        /// Before the body that delegated; only what that body decides can be appealed.
        CouncilFirst = "council-first",
        /// Where that body's own decisions are, once it has let the decision stand.
        PanelDirectly = "panel-directly",
    }
}

/// What a ruling needs: `[rule.ruling]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulingRule {
    /// The institutions whose rulings are looked at. None: all.
    pub from: Vec<String>,
    /// Of how many judges the panel is made. `None`: the rule does not say.
    pub seats: Option<SeatCount>,
    /// How many of them a ruling needs. `None`: the rule does not say.
    pub needed: Option<SeatCount>,
    /// Whether a ruling has to say that it is final.
    pub says_final: bool,
}

/// How results become final: `[rule.ratification]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatificationRule {
    /// What is looked at.
    pub parts: Vec<RatificationPart>,
    /// Who ratifies, as a role of the glossary, by type of election.
    pub ratifier: BTreeMap<String, Choice<String>>,
}

words! {
    /// What is looked at when results are ratified.
    pub enum RatificationPart {
        /// The dossier that is sent for ratification.
        Dossier = "dossier",
        /// The decision on it.
        Decision = "decision",
        /// The announcement of the results.
        Announcement = "announcement",
    }
}

impl Word for PublicationChannel {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("newspaper", Self::Newspaper),
        ("website", Self::Website),
        ("gazette", Self::Gazette),
        ("notice-board", Self::NoticeBoard),
    ];
}

impl Word for DelegationMode {
    const WORDS: &'static [(&'static str, Self)] =
        &[("decide", Self::Decide), ("recommend", Self::Recommend)];
}

impl Word for Colour {
    const WORDS: &'static [(&'static str, Self)] =
        &[("yellow", Self::Yellow), ("green", Self::Green), ("red", Self::Red)];
}

impl Word for Capacity {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("voter", Self::Voter),
        ("candidate", Self::Candidate),
        ("party-agent", Self::PartyAgent),
        ("political-entity", Self::PoliticalEntity),
        ("observer", Self::Observer),
        ("commission-staff", Self::CommissionStaff),
        ("security-forces", Self::SecurityForces),
        ("other", Self::Other),
    ];
}
