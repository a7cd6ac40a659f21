//! Filings, as the law sees them.

use crate::text::fold;
use crate::v1::filing_content::Content;
use crate::v1::{ActReference, Address, CivilDate, DataClass, EnvelopeBody, FilingKind, Outage};

/// A filing that is in the log, or about to be.
#[derive(Debug, Clone)]
pub struct Act {
    /// Its leaf. Of a filing that is only being judged, the number of leaves that were known.
    pub leaf: u64,
    /// When the hub accepted it, milliseconds since 1970 UTC.
    pub accepted_at_ms: i64,
    /// Digest of its envelope.
    pub digest: [u8; 32],
    /// What was signed; its content is taken out.
    pub body: EnvelopeBody,
    /// Its content, ready-made or as its format read it. `None`: it has none that is known here.
    pub content: Option<Content>,
}

/// What the log held at a moment.
#[derive(Debug, Clone, Default)]
pub struct Acts {
    /// How many leaves: everything here lies below.
    pub as_of_size: u64,
    /// Filings of the case, in the order of the log.
    pub case: Vec<Act>,
    /// Filings that count for others than their own case, in the order of the log: calendars,
    /// publications, delegations, members, outages; and the first filing, whatever it is, that
    /// contradicts an outage which its office reported.
    pub general: Vec<Act>,
    /// Outages that the hub stated itself, each with its leaf, in the order of the log.
    pub outages: Vec<(u64, Outage)>,
}

impl Acts {
    /// All of them that may count for `subject`, those of its case first. What is of another class
    /// of data counts only when it is published.
    pub fn for_subject<'a>(&'a self, subject: &'a Act) -> impl Iterator<Item = &'a Act> {
        let class = subject.body.data_class;
        let published = i32::from(DataClass::Published);
        let fits =
            move |act: &&Act| act.body.data_class == class || act.body.data_class == published;
        self.case.iter().chain(self.general.iter().filter(fits))
    }
}

impl Act {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> FilingKind {
        self.body.kind()
    }

    /// The institution that sent it; empty when the envelope names none.
    #[must_use]
    pub fn institution(&self) -> &str {
        self.body.sender.as_ref().map_or("", |sender| sender.institution.as_str())
    }

    /// When it was done: by the stamp of the first office, or by the clerk who entered it on the
    /// docket, or else when the hub accepted it.
    #[must_use]
    pub fn stamped_ms(&self) -> i64 {
        let stamp = self.body.stamp.as_ref().map(|stamp| stamp.stamped_at_unix_ms);
        let by_clerk = match &self.content {
            Some(Content::Registration(entered)) => Some(entered.registered_at_unix_ms),
            _ => None,
        };
        let said = stamp.or(by_clerk).filter(|at_ms| *at_ms > 0);
        said.unwrap_or(self.accepted_at_ms)
    }

    /// The office it was done at: that of the stamp, or else the sender.
    #[must_use]
    pub fn office(&self) -> Address {
        let stamped = self.body.stamp.as_ref().and_then(|stamp| stamp.office.clone());
        stamped.or_else(|| self.body.sender.clone()).unwrap_or_default()
    }

    /// The act that it is itself: a decision, a ruling, a letter.
    #[must_use]
    pub fn own(&self) -> Option<&ActReference> {
        match self.content.as_ref()? {
            Content::CouncilDecision(decision) => decision.decision.as_ref(),
            Content::RulingIssued(ruling) => ruling.ruling.as_ref(),
            Content::Referral(referral) => referral.letter.as_ref(),
            Content::DelegationGranted(delegation) => delegation.decision.as_ref(),
            Content::ResultsAdopted(results) => results.decision.as_ref(),
            Content::RatificationRequest(request) => request.letter.as_ref(),
            Content::RatificationDecision(decision) => decision.decision.as_ref(),
            Content::ResultsAnnounced(announced) => announced.act.as_ref(),
            Content::ClosingCertificate(closing) => closing.certificate.as_ref(),
            Content::CriminalReferral(referral) => referral.letter.as_ref(),
            _ => None,
        }
    }

    /// Whether it answers another filing, by that one's digest.
    #[must_use]
    pub fn answers(&self, other: &Self) -> bool {
        let answered = self.body.in_reply_to.as_ref();
        answered.is_some_and(|answered| answered.digest == other.digest)
    }

    /// Whether a reference means this act.
    #[must_use]
    pub fn is(&self, reference: &ActReference) -> bool {
        match &self.content {
            Some(Content::DelegatedDecision(decision)) => {
                let dates = match (decision.decided_on, reference.date) {
                    (Some(left), Some(right)) => left == right,
                    _ => true,
                };
                let number = same_number(&decision.number, &reference.number);
                number && dates && self.institution() == reference.institution
            }
            _ => self.own().is_some_and(|own| same_act(own, reference)),
        }
    }

    /// The date that the act bears.
    #[must_use]
    pub fn date(&self) -> Option<CivilDate> {
        match self.content.as_ref()? {
            Content::DelegatedDecision(decision) => decision.decided_on,
            Content::ComplaintClassified(classified) => classified.classified_on,
            Content::InquiryReported(report) => report.reported_on,
            Content::AppealWithdrawn(withdrawn) => withdrawn.withdrawn_on,
            _ => self.own()?.date,
        }
    }

    /// The act that it is about: the decision that an appeal challenges or a certificate publishes.
    #[must_use]
    pub fn about(&self) -> Option<&ActReference> {
        match self.content.as_ref()? {
            Content::AppealFiled(appeal) => appeal.challenged.as_ref(),
            Content::PublicationCertificate(certificate) => certificate.decision.as_ref(),
            Content::RulingIssued(ruling) => ruling.challenged.as_ref(),
            Content::ProofOfService(proof) => proof.act.as_ref(),
            Content::ImplementationReport(report) => report.act.as_ref(),
            Content::RatificationNotice(notice) => notice.decision.as_ref(),
            Content::ResultsAnnounced(announced) => announced.ratification.as_ref(),
            Content::InterimOrder(order) => order.suspended.as_ref(),
            Content::DelegatedDecision(decision) => decision.delegation.as_ref(),
            _ => None,
        }
    }
}

/// Whether filings of a kind are of general effect: what they say goes for everybody, whatever the
/// case. Such a filing belongs to no case, and when it is published everybody may read it.
#[must_use]
pub fn of_general_effect(kind: FilingKind) -> bool {
    matches!(
        kind,
        FilingKind::HolidayCalendar
            | FilingKind::RuleSetPublished
            | FilingKind::OfficeDirectory
            | FilingKind::MembershipChanged
            | FilingKind::OutageReported
    )
}

/// Whether filings of a kind are acts before the public: done in one case or between two registers,
/// and counted in others.
/// Whoever holds their class of data may read them.
#[must_use]
pub fn of_public_effect(kind: FilingKind) -> bool {
    matches!(
        kind,
        FilingKind::PublicationCertificate
            | FilingKind::DelegationGranted
            | FilingKind::ReconciliationException
    )
}

/// Whether two references mean the same act: institution and number agree, and nothing that both
/// give differs. Numbers repeat over the years, so a date on one side only is not enough to tell
/// two apart and not needed to know one.
#[must_use]
pub fn same_act(left: &ActReference, right: &ActReference) -> bool {
    let dates = match (left.date, right.date) {
        (Some(left), Some(right)) => left == right,
        _ => true,
    };
    left.institution == right.institution && dates && same_number(&left.number, &right.number)
}

/// Whether two numbers are the same when digits and letters are folded; an empty one is none.
#[must_use]
pub fn same_number(left: &str, right: &str) -> bool {
    let left = fold(left);
    !left.is_empty() && left == fold(right)
}
