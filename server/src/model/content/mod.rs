//! What each kind of filing must say to be understood.
//!
//! These checks are about form only: a field that must be there, a number that cannot be, two
//! fields that exclude each other. Whether a filing is timely, complete or well-founded is assessed
//! elsewhere and decided by people; figures that contradict each other are marked ([`doubts`]).

pub(in crate::model) mod access;
mod court_filing;
mod courts;
mod disputes;
mod law;
mod network;
mod pilot;
pub(in crate::model) mod retention;

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, FilingContent, FilingKind};

use super::place::Checker;

/// Checks a content against the kind that its envelope names.
pub fn check(checker: &mut Checker, kind: i32, content: &FilingContent) {
    let Some(content) = &content.content else {
        checker.wrong("", "missing", "is empty, or of a kind that version 1 does not know");
        return;
    };
    if kind != i32::from(kind_of(content)) {
        checker.wrong("", "kind-differs", "is of another kind than the envelope names");
        return;
    }
    check_alone(checker, content);
}

/// Checks a content by itself.
pub fn check_alone(checker: &mut Checker, content: &Content) {
    let known = disputes::check(checker, content)
        || courts::check(checker, content)
        || law::check(checker, content)
        || network::check(checker, content);
    debug_assert!(known, "every kind is checked by one of the four families");
}

/// Warns of what a content says that contradicts itself. It is marked and never refused: it is the
/// act's own, and people have to ask.
pub fn doubts(checker: &mut Checker, content: &FilingContent) {
    match &content.content {
        Some(Content::ResultsAdopted(results)) => courts::doubts(checker, results),
        Some(Content::ClosingCertificate(certificate)) => courts::unexplained(checker, certificate),
        _ => {}
    }
}

/// Checks that a content declares no other class of data than its envelope.
pub fn check_class(checker: &mut Checker, class: v1::DataClass, content: &FilingContent) {
    if let Some(Content::PilotPaper(paper)) = &content.content {
        pilot::check_class(checker, class, paper);
    }
}

/// The kind of a content.
#[must_use]
pub fn kind_of(content: &Content) -> FilingKind {
    match content {
        Content::ComplaintRegistered(_) => FilingKind::ComplaintRegistered,
        Content::ComplaintClassified(_) => FilingKind::ComplaintClassified,
        Content::InquiryReported(_) => FilingKind::InquiryReported,
        Content::DelegationGranted(_) => FilingKind::DelegationGranted,
        Content::DelegatedDecision(_) => FilingKind::DelegatedDecision,
        Content::CallIn(_) => FilingKind::CallIn,
        Content::CouncilDecision(_) => FilingKind::CouncilDecision,
        Content::PublicationCertificate(_) => FilingKind::PublicationCertificate,
        Content::AppealFiled(_) => FilingKind::AppealFiled,
        Content::SupplementFiled(_) => FilingKind::SupplementFiled,
        Content::AppealWithdrawn(_) => FilingKind::AppealWithdrawn,
        Content::Referral(_) => FilingKind::Referral,
        Content::ReturnToCouncil(_) => FilingKind::ReturnToCouncil,
        Content::Query(_) => FilingKind::Query,
        Content::Answer(_) => FilingKind::Answer,
        Content::RulingIssued(_) => FilingKind::RulingIssued,
        Content::ProofOfService(_) => FilingKind::ProofOfService,
        Content::ImplementationReport(_) => FilingKind::ImplementationReport,
        Content::CriminalReferral(_) => FilingKind::CriminalReferral,
        Content::CriminalReferralAcknowledged(_) => FilingKind::CriminalReferralAcknowledged,
        Content::ClosingCertificate(_) => FilingKind::ClosingCertificate,
        Content::ResultsAdopted(_) => FilingKind::ResultsAdopted,
        Content::RatificationRequest(_) => FilingKind::RatificationRequest,
        Content::RatificationDecision(_) => FilingKind::RatificationDecision,
        Content::RatificationNotice(_) => FilingKind::RatificationNotice,
        Content::ResultsAnnounced(_) => FilingKind::ResultsAnnounced,
        Content::InterimOrder(_) => FilingKind::InterimOrder,
        Content::JoinCases(_) => FilingKind::JoinCases,
        Content::SplitCases(_) => FilingKind::SplitCases,
        Content::LinkCases(_) => FilingKind::LinkCases,
        Content::CorrectIdentifier(_) => FilingKind::CorrectIdentifier,
        Content::RegisterStatement(_) => FilingKind::RegisterStatement,
        Content::LedgerDigest(_) => FilingKind::LedgerDigest,
        Content::ReconciliationException(_) => FilingKind::ReconciliationException,
        Content::RuleSetPublished(_) => FilingKind::RuleSetPublished,
        Content::HolidayCalendar(_) => FilingKind::HolidayCalendar,
        Content::OfficeDirectory(_) => FilingKind::OfficeDirectory,
        Content::KeyEvent(_) => FilingKind::KeyEvent,
        Content::PilotPaper(_) => FilingKind::PilotPaper,
        Content::Acknowledgement(_) => FilingKind::Acknowledgement,
        Content::Registration(_) => FilingKind::Registration,
        Content::RefusalToRegister(_) => FilingKind::RefusalToRegister,
        Content::ClockToken(_) => FilingKind::ClockToken,
        Content::MembershipChanged(_) => FilingKind::MembershipChanged,
        Content::OutageReported(_) => FilingKind::OutageReported,
        Content::AccessGranted(_) => FilingKind::AccessGranted,
        Content::DocumentsDestroyed(_) => FilingKind::DocumentsDestroyed,
        Content::HoldPlaced(_) => FilingKind::HoldPlaced,
        Content::HoldLifted(_) => FilingKind::HoldLifted,
    }
}

#[cfg(test)]
mod tests;
