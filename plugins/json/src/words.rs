//! The words of `terms.proto` as JSON spells them: one table each, for reading and writing.
//!
//! "Not given" has no word: the field is left out.

use barid_proto::v1::{
    Agreement, Ballot, CaseRelation, ClockEffect, ExceptionKind, Outcome, ServiceMode, Sex,
};

/// How a body decided.
pub const OUTCOMES: &[(&str, Outcome)] = &[
    ("upheld", Outcome::Upheld),
    ("partly-upheld", Outcome::PartlyUpheld),
    ("rejected", Outcome::Rejected),
    ("inadmissible", Outcome::Inadmissible),
    ("no-competence", Outcome::NoCompetence),
    ("transferred", Outcome::Transferred),
    ("withdrawn", Outcome::Withdrawn),
    ("abated", Outcome::Abated),
    ("decision-confirmed", Outcome::DecisionConfirmed),
    ("decision-modified", Outcome::DecisionModified),
    ("decision-annulled", Outcome::DecisionAnnulled),
    ("remitted", Outcome::Remitted),
    ("recount-ordered", Outcome::RecountOrdered),
    ("joined", Outcome::Joined),
];

/// A person's sex, as forms ask.
pub const SEXES: &[(&str, Sex)] =
    &[("female", Sex::Female), ("male", Sex::Male), ("not-applicable", Sex::NotApplicable)];

/// How far a body agreed.
pub const AGREEMENTS: &[(&str, Agreement)] =
    &[("unanimous", Agreement::Unanimous), ("majority", Agreement::Majority)];

/// How a paper was formally delivered.
pub const SERVICE_MODES: &[(&str, ServiceMode)] = &[
    ("hand", ServiceMode::Hand),
    ("publication", ServiceMode::Publication),
    ("notice-board", ServiceMode::NoticeBoard),
    ("presence", ServiceMode::Presence),
    ("electronic", ServiceMode::Electronic),
    ("post", ServiceMode::Post),
];

/// What an act does to a period that runs.
pub const CLOCK_EFFECTS: &[(&str, ClockEffect)] = &[
    ("none", ClockEffect::None),
    ("suspended", ClockEffect::Suspended),
    ("restarted", ClockEffect::Restarted),
];

/// How a member votes.
pub const BALLOTS: &[(&str, Ballot)] = &[
    ("in-favour", Ballot::InFavour),
    ("against", Ballot::Against),
    ("abstained", Ballot::Abstained),
];

/// How two cases belong together without being one.
pub const CASE_RELATIONS: &[(&str, CaseRelation)] = &[
    ("duplicate", CaseRelation::Duplicate),
    ("successor", CaseRelation::Successor),
    ("related", CaseRelation::Related),
    ("later-effect", CaseRelation::LaterEffect),
];

/// Why two registers differ in a case.
pub const EXCEPTION_KINDS: &[(&str, ExceptionKind)] = &[
    ("lost-in-transfer", ExceptionKind::LostInTransfer),
    ("not-yet-registered", ExceptionKind::NotYetRegistered),
    ("registered-twice", ExceptionKind::RegisteredTwice),
    ("direct-filing", ExceptionKind::DirectFiling),
    ("joined-on-one-side", ExceptionKind::JoinedOnOneSide),
    ("supplement-counted", ExceptionKind::SupplementCounted),
    ("outcome-missing", ExceptionKind::OutcomeMissing),
    ("outcome-differs", ExceptionKind::OutcomeDiffers),
    ("identifier-miswritten", ExceptionKind::IdentifierMiswritten),
    ("out-of-window", ExceptionKind::OutOfWindow),
    ("referral-unknown", ExceptionKind::ReferralUnknown),
    ("joined-differently", ExceptionKind::JoinedDifferently),
    ("returned-on-one-side", ExceptionKind::ReturnedOnOneSide),
    ("number-given-twice", ExceptionKind::NumberGivenTwice),
    ("ambiguous-match", ExceptionKind::AmbiguousMatch),
];

/// The word for a meaning; empty when it has none.
#[must_use]
pub fn word_for<T: Copy + PartialEq>(words: &'static [(&str, T)], meaning: T) -> &'static str {
    words.iter().find(|(_, known)| *known == meaning).map_or("", |(word, _)| word)
}
