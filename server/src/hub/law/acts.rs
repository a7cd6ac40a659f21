//! What the log holds, as the law sees it.

use std::collections::BTreeSet;

use barid_proto::assess::{Act, of_general_effect, of_public_effect};
use barid_proto::envelope;
use barid_proto::text::fold;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{ActReference, EnvelopeBody, FilingKind, SignedEnvelope};
use prost::Message as _;

use super::super::Crafts;
use super::super::read::decode_assessment;
use super::super::understand::{LEAD_MAX_BYTES, READY_MADE_FORMAT, decode_ready_made};
use crate::error::{Error, Fault};
use crate::model::filing::Filing;
use crate::model::id::{CaseId, DocumentDigest, InstitutionId};
use crate::model::row::{FilingRow, PublicActRow};

/// Filings of a case that are taken into account: more than any dispute ever had.
const CASE_ACTS_MAX: usize = 2_000;

/// Filings of a case read at a time.
const CASE_PAGE: usize = 64;

/// Acts under one name that are taken into account: calendars of twenty offices over ten years.
const NAMED_ACTS_MAX: usize = 1_024;

/// Names that are looked up for one filing: whoever refers to more acts than this refers to none in
/// particular.
const NAMES_MAX: usize = 64;

/// Stands before what acts of general effect are found by; no number begins with it when folded.
const GENERAL: &str = ":";

/// Under which name a filing is found that counts beyond its own case. `None`: it does not.
pub(in super::super) fn public_act(
    filing: &Filing,
    sender: &InstitutionId,
    content: Option<&Content>,
) -> Option<PublicActRow> {
    if of_general_effect(filing.kind) {
        return Some(PublicActRow { institution: sender.clone(), name: general(filing.kind) });
    }
    let public = filing.public && made_public(filing.kind);
    if !public && (filing.restricted || !of_public_effect(filing.kind)) {
        return None;
    }
    let act = named_by(content?)?;
    Some(PublicActRow {
        institution: InstitutionId::new(&act.institution)?,
        name: Some(fold(&act.number)).filter(|name| !name.is_empty())?,
    })
}

/// Kinds that count beyond their case when their sender says that they are public.
fn made_public(kind: FilingKind) -> bool {
    matches!(
        kind,
        FilingKind::CouncilDecision
            | FilingKind::ClosingCertificate
            | FilingKind::ResultsAdopted
            | FilingKind::RulingIssued
            | FilingKind::RatificationDecision
    )
}

/// The name of acts of general effect of a kind.
pub(super) fn general(kind: FilingKind) -> String {
    format!("{GENERAL}{}", i32::from(kind))
}

/// The act under whose number a filing is looked up: the one it is, or the one it publishes.
fn named_by(content: &Content) -> Option<&ActReference> {
    match content {
        Content::PublicationCertificate(certificate) => certificate.decision.as_ref(),
        Content::CouncilDecision(decision) => decision.decision.as_ref(),
        Content::DelegationGranted(delegation) => delegation.decision.as_ref(),
        Content::ClosingCertificate(closing) => closing.certificate.as_ref(),
        Content::ResultsAdopted(results) => results.decision.as_ref(),
        Content::RulingIssued(ruling) => ruling.ruling.as_ref(),
        Content::RatificationDecision(decision) => decision.decision.as_ref(),
        _ => None,
    }
}

/// What was signed, from a stored envelope.
pub(super) fn body_of(stored: &[u8]) -> Result<EnvelopeBody, Fault> {
    let signed = SignedEnvelope::decode(stored)
        .map_err(|error| Fault::while_doing("reading a stored envelope", error))?;
    envelope::decode_body(&signed.body)
        .map_err(|error| Fault::while_doing("reading a stored envelope's body", error))
}

impl Crafts {
    /// The filings on a case's docket below a leaf. What is restricted counts for restricted
    /// filings only: an assessment that others read must not tell of it.
    pub(super) fn acts_of_case(
        &self,
        case: CaseId,
        as_of_size: u64,
        restricted: bool,
    ) -> Result<Vec<Act>, Error> {
        let mut acts: Vec<Act> = Vec::new();
        let mut from = 0;
        loop {
            let rows = self.store.docket(case, from, CASE_PAGE)?;
            let Some(last) = rows.last().filter(|_| acts.len() < CASE_ACTS_MAX) else { break };
            from = last.leaf + 1;
            let counts =
                |row: &&FilingRow| row.leaf < as_of_size && (restricted || !row.restricted);
            for row in rows.iter().filter(counts) {
                acts.push(self.act(row)?);
            }
        }
        Ok(acts)
    }

    /// The filings beyond the case that may count for a filing.
    pub(super) fn acts_needed(
        &self,
        subject: &Act,
        case: &[Act],
        as_of_size: u64,
    ) -> Result<Vec<Act>, Error> {
        let mut acts: Vec<Act> = Vec::new();
        for (institution, name) in names(subject, case) {
            for row in self.store.public_acts(&institution, &name, NAMED_ACTS_MAX)? {
                let known = acts.iter().chain(case).any(|act| act.leaf == row.leaf);
                if row.leaf < as_of_size && !known {
                    acts.push(self.act(&row)?);
                }
            }
        }
        acts.sort_by_key(|act| act.leaf);
        Ok(acts)
    }

    /// A stored filing, as the law sees it.
    pub(in super::super) fn act(&self, row: &FilingRow) -> Result<Act, Error> {
        let mut body = body_of(&row.envelope)?;
        let ready_made = body.content.take();
        let content = match (ready_made, &body.lead) {
            (Some(content), _) => Some(content),
            (None, Some(lead)) if lead.format == READY_MADE_FORMAT => {
                self.ready_made(&lead.sha256)?
            }
            (None, _) => decode_assessment(row.assessment.as_deref())?
                .reading
                .and_then(|reading| reading.content),
        };
        Ok(Act {
            leaf: row.leaf,
            accepted_at_ms: i64::try_from(row.accepted_at_ms).unwrap_or(i64::MAX),
            digest: *row.digest.as_bytes(),
            body,
            content: content.and_then(|content| content.content),
        })
    }

    fn ready_made(&self, digest: &[u8]) -> Result<Option<barid_proto::v1::FilingContent>, Error> {
        let Some(digest) = DocumentDigest::from_slice(digest) else { return Ok(None) };
        let Some(document) = self.documents.read(digest)? else { return Ok(None) };
        let length = usize::try_from(LEAD_MAX_BYTES).unwrap_or(usize::MAX);
        Ok(decode_ready_made(&document.read_at(0, length)?).ok())
    }
}

/// Whose acts, and under which names, may count for a filing.
fn names(subject: &Act, case: &[Act]) -> BTreeSet<(InstitutionId, String)> {
    let mut names = BTreeSet::new();
    let sender = subject.body.sender.iter().map(|sender| sender.institution.clone());
    let stamped = subject.office().institution;
    let addressed = subject.body.recipients.iter().map(|office| office.institution.clone());
    let institutions: BTreeSet<String> = sender.chain([stamped]).chain(addressed).collect();
    let kinds =
        [FilingKind::HolidayCalendar, FilingKind::OutageReported, FilingKind::MembershipChanged];
    for institution in institutions.iter().filter_map(|name| InstitutionId::new(name)) {
        for kind in kinds {
            names.insert((institution.clone(), general(kind)));
        }
    }
    let references = [subject].into_iter().chain(case).flat_map(referred);
    for act in references.take(NAMES_MAX) {
        let name = fold(&act.number);
        if let Some(institution) = InstitutionId::new(&act.institution)
            && !name.is_empty()
        {
            names.insert((institution, name));
        }
    }
    names
}

/// The acts that a filing refers to.
fn referred(act: &Act) -> impl Iterator<Item = &ActReference> {
    let closing = match act.content.as_ref() {
        Some(Content::RatificationRequest(request)) => request.closing_certificate.as_ref(),
        _ => None,
    };
    act.about().into_iter().chain(act.own()).chain(closing)
}
