//! The commission's own words of `complaint.proto`, `council.proto`, `appeal.proto` and
//! `terms.proto` as JSON spells them: one table each, for reading and writing.
//!
//! "Not given" has no word: the field is left out.

use barid_proto::v1::{
    Capacity, Colour, DelegationMode, FilingKind, IntakeRoute, OfficerRole, Proof,
    PublicationChannel, VotingStream,
};

/// Kinds of filing that `ihec/appeal+json` carries.
pub(crate) const APPEAL_KINDS: &[(&str, FilingKind)] = &[
    ("appeal-filed", FilingKind::AppealFiled),
    ("supplement-filed", FilingKind::SupplementFiled),
    ("appeal-withdrawn", FilingKind::AppealWithdrawn),
];

/// Kinds of filing that `ihec/decision+json` carries.
pub(crate) const DECISION_KINDS: &[(&str, FilingKind)] = &[
    ("complaint-classified", FilingKind::ComplaintClassified),
    ("inquiry-reported", FilingKind::InquiryReported),
    ("delegation-granted", FilingKind::DelegationGranted),
    ("delegated-decision", FilingKind::DelegatedDecision),
    ("call-in", FilingKind::CallIn),
    ("council-decision", FilingKind::CouncilDecision),
    ("publication-certificate", FilingKind::PublicationCertificate),
    ("proof-of-service", FilingKind::ProofOfService),
    ("referral", FilingKind::Referral),
    ("answer", FilingKind::Answer),
    ("implementation-report", FilingKind::ImplementationReport),
    ("results-adopted", FilingKind::ResultsAdopted),
    ("results-announced", FilingKind::ResultsAnnounced),
];

/// In which capacity a person acts.
pub(super) const CAPACITIES: &[(&str, Capacity)] = &[
    ("voter", Capacity::Voter),
    ("candidate", Capacity::Candidate),
    ("party-agent", Capacity::PartyAgent),
    ("political-entity", Capacity::PoliticalEntity),
    ("observer", Capacity::Observer),
    ("commission-staff", Capacity::CommissionStaff),
    ("security-forces", Capacity::SecurityForces),
    ("other", Capacity::Other),
];

/// Streams of voting.
pub(super) const STREAMS: &[(&str, VotingStream)] = &[
    ("general", VotingStream::General),
    ("special", VotingStream::Special),
    ("abroad", VotingStream::Abroad),
    ("audit-centre", VotingStream::AuditCentre),
    ("before-polling", VotingStream::BeforePolling),
];

/// Colours of complaints.
pub(super) const COLOURS: &[(&str, Colour)] =
    &[("yellow", Colour::Yellow), ("green", Colour::Green), ("red", Colour::Red)];

/// How far facts are proven.
pub(super) const PROOFS: &[(&str, Proof)] =
    &[("proven", Proof::Proven), ("partly", Proof::Partly), ("not-proven", Proof::NotProven)];

/// Whether an office decides or recommends.
pub(super) const MODES: &[(&str, DelegationMode)] =
    &[("decide", DelegationMode::Decide), ("recommend", DelegationMode::Recommend)];

/// Where something was published.
pub(super) const CHANNELS: &[(&str, PublicationChannel)] = &[
    ("newspaper", PublicationChannel::Newspaper),
    ("website", PublicationChannel::Website),
    ("gazette", PublicationChannel::Gazette),
    ("notice-board", PublicationChannel::NoticeBoard),
];

/// Through which door an appeal came.
pub(super) const ROUTES: &[(&str, IntakeRoute)] =
    &[("referred", IntakeRoute::Referred), ("direct", IntakeRoute::Direct)];

/// Roles of officers.
pub(super) const ROLES: &[(&str, OfficerRole)] = &[
    ("clerk", OfficerRole::Clerk),
    ("signatory", OfficerRole::Signatory),
    ("commissioner", OfficerRole::Commissioner),
    ("judge", OfficerRole::Judge),
    ("director", OfficerRole::Director),
    ("automaton", OfficerRole::Automaton),
];
