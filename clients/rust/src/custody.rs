//! The chain of custody of a case, in the words of ETSI EN 319 522.
//!
//! Each event is a leaf of the log whose place is proven: an envelope signed by the office that
//! acts, or a statement of the hub that log and witnesses sign. What the hub merely tells, such as
//! the steps of a delivery, makes no event.

use barid_proto::tlog::Hash;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{Address, DocketNumber, FilingKind, HubStatementKind};

use crate::verify::{ProvenFiling, ProvenStatement, Report};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// The hub took a filing in: its receipt.
    SubmissionAcceptance,
    /// The hub refused what an office had signed.
    SubmissionRejection,
    /// A filing was put into an office's inbox.
    ContentConsignment,
    /// The office's system fetched it.
    ContentAccessTracking,
    /// The office acknowledged it, with digests that it computed itself.
    ContentHandover,
    /// The office's clerk entered it on the docket.
    ConsignmentAcceptance,
    /// The office's clerk does not take it in.
    ConsignmentRejection,
    /// The office stayed silent until the sender's limit.
    AcceptanceRejectionExpiry,
}

/// Who signs for an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedBy {
    /// The acting office, with its own key.
    Office,
    /// The hub's log, with the witnesses.
    Log,
}

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// The office that acted, or to which it happened.
    pub office: Address,
    /// The time in the leaf, milliseconds since 1970: the hub's clock, within what witnesses saw.
    pub at_ms: u64,
    /// The leaf.
    pub leaf_index: u64,
    /// Digest of the filing that it is about.
    pub about: Hash,
    /// Kind of that filing, when it is in the bundle.
    pub about_kind: Option<FilingKind>,
    /// Who had sent that filing, when it is in the bundle.
    pub about_sender: Option<Address>,
    /// Who signs for it.
    pub signed_by: SignedBy,
    /// The docket number, for a registration.
    pub docket_number: Option<DocketNumber>,
    /// Codes of the grounds, for a refusal; the reason's number, for a rejection.
    pub grounds: Vec<String>,
}

impl EventKind {
    /// Its name in EN 319 522-1.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SubmissionAcceptance => "SubmissionAcceptance",
            Self::SubmissionRejection => "SubmissionRejection",
            Self::ContentConsignment => "ContentConsignment",
            Self::ContentAccessTracking => "ContentAccessTracking",
            Self::ContentHandover => "ContentHandover",
            Self::ConsignmentAcceptance => "ConsignmentAcceptance",
            Self::ConsignmentRejection => "ConsignmentRejection",
            Self::AcceptanceRejectionExpiry => "AcceptanceRejectionExpiry",
        }
    }

    /// Its identifier there.
    #[must_use]
    pub fn uri(self) -> String {
        format!("http://uri.etsi.org/19522/Event/{}", self.name())
    }
}

/// The events of what is proven, in the order of the log.
#[must_use]
pub fn events(report: &Report) -> Vec<Event> {
    let mut events: Vec<Event> = report.filings.iter().flat_map(of_filing).collect();
    for event in &mut events {
        let about = report.filings.iter().find(|filing| filing.digest == event.about);
        event.about_kind = about.map(|filing| filing.body.kind());
        event.about_sender = about.and_then(|filing| filing.body.sender.clone());
    }
    events.sort_by_key(|event| (event.leaf_index, event.kind));
    events
}

fn of_filing(filing: &ProvenFiling) -> Vec<Event> {
    let mut events = vec![own(filing)];
    let consigned = filing.assessment.iter().flat_map(|added| &added.consigned_to);
    events.extend(consigned.map(|office| Event {
        kind: EventKind::ContentConsignment,
        office: office.clone(),
        // The leaf behind the filing's, in the same commit.
        leaf_index: filing.leaf_index + 1,
        ..by_log(filing)
    }));
    events.extend(filing.statements.iter().filter_map(|stated| of_statement(filing, stated)));
    events
}

/// What the filing itself is: an answer to another, or a submission.
fn own(filing: &ProvenFiling) -> Event {
    let office = filing.body.sender.clone().unwrap_or_default();
    let content = filing.body.content.as_ref().and_then(|content| content.content.as_ref());
    let answered = filing.body.in_reply_to.as_ref().map(|reply| reply.digest.as_slice());
    let about = answered.and_then(|digest| digest.try_into().ok());
    let (kind, docket_number, grounds) = match content {
        Some(Content::Acknowledgement(_)) => (EventKind::ContentHandover, None, vec![]),
        Some(Content::Registration(entered)) => {
            (EventKind::ConsignmentAcceptance, entered.docket_number.clone(), vec![])
        }
        Some(Content::RefusalToRegister(refused)) => {
            let codes = refused.grounds.iter().map(|ground| ground.code.clone()).collect();
            (EventKind::ConsignmentRejection, None, codes)
        }
        _ => return Event { office, ..by_log(filing) },
    };
    let about = about.unwrap_or(filing.digest);
    let signed_by = SignedBy::Office;
    Event { kind, office, about, signed_by, docket_number, grounds, ..by_log(filing) }
}

fn of_statement(filing: &ProvenFiling, stated: &ProvenStatement) -> Option<Event> {
    let statement = &stated.statement;
    let kind = match statement.kind() {
        // An outage is no step of a filing's way.
        HubStatementKind::Unspecified | HubStatementKind::Outage => return None,
        HubStatementKind::Fetched => EventKind::ContentAccessTracking,
        HubStatementKind::Rejected => EventKind::SubmissionRejection,
        HubStatementKind::Expired => EventKind::AcceptanceRejectionExpiry,
    };
    let grounds = (statement.reason != 0).then(|| statement.reason.to_string());
    Some(Event {
        kind,
        office: statement.office.clone().unwrap_or_default(),
        at_ms: stated.accepted_at_ms,
        leaf_index: stated.leaf_index,
        grounds: grounds.into_iter().collect(),
        ..by_log(filing)
    })
}

/// An event at the filing's own leaf for which the log signs.
fn by_log(filing: &ProvenFiling) -> Event {
    Event {
        kind: EventKind::SubmissionAcceptance,
        office: Address::default(),
        at_ms: filing.accepted_at_ms,
        leaf_index: filing.leaf_index,
        about: filing.digest,
        about_kind: None,
        about_sender: None,
        signed_by: SignedBy::Log,
        docket_number: None,
        grounds: vec![],
    }
}
