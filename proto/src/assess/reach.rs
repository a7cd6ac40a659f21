//! Which filings beyond its own case may count for a filing. The hub finds them by this, and
//! whoever verifies leaves out what the hub cannot have found.

use std::collections::BTreeSet;

use super::registers::event_of;
use super::{Act, of_general_effect, of_public_effect};
use crate::text::fold;
use crate::v1::filing_content::Content;
use crate::v1::{ActReference, Confidentiality, EnvelopeBody, FilingKind};

/// Filings of a case that are taken into account, the first on its docket: more than any dispute
/// ever had.
pub const CASE_ACTS_MAX: usize = 2_000;

/// Names that are looked up for one filing: whoever refers to more acts than this refers to none in
/// particular.
const NAMES_MAX: usize = 64;

/// Stands before what acts of general effect are found by; no number begins with it when folded.
const GENERAL: &str = ":";

/// Whose act a filing is, and under which name it is found there: the folded number of an act, or
/// the kind of a filing of general effect.
pub type ActName = (String, String);

/// Whether a filing counts beyond its own case: it is of general effect, or an act before the
/// public, or of a kind that its sender may make public and has. What is restricted never does:
/// those whom it would bind could not read it.
#[must_use]
pub fn counts_beyond(body: &EnvelopeBody) -> bool {
    let kind = body.kind();
    match body.confidentiality() {
        Confidentiality::Restricted => false,
        Confidentiality::Public if made_public(kind) => true,
        _ => of_general_effect(kind) || of_public_effect(kind),
    }
}

/// Under which name cases of others find a filing. `None`: they do not.
#[must_use]
pub fn known_beyond(body: &EnvelopeBody, content: Option<&Content>) -> Option<ActName> {
    if !counts_beyond(body) {
        return None;
    }
    if of_general_effect(body.kind()) {
        let sender = body.sender.as_ref()?;
        return Some((sender.institution.clone(), general_name(body.kind())));
    }
    if body.kind() == FilingKind::ReconciliationException {
        let sender = body.sender.as_ref()?;
        return Some((sender.institution.clone(), exceptions_of(&body.election_event_id)?));
    }
    let act = named_by(content?)?;
    let name = fold(&act.number);
    (!name.is_empty()).then(|| (act.institution.clone(), name))
}

/// The name of filings of general effect of a kind.
#[must_use]
pub fn general_name(kind: FilingKind) -> String {
    format!("{GENERAL}{}", i32::from(kind))
}

/// Under which name appeals against an act are found, where duplicates are looked for. Nothing else
/// asks for it: an appeal counts for no case but its own.
#[must_use]
pub fn appeals_against(challenged: &ActReference) -> Option<ActName> {
    let number = fold(&challenged.number);
    let name = format!("{}:{number}", general_name(FilingKind::AppealFiled));
    (!number.is_empty()).then(|| (challenged.institution.clone(), name))
}

/// The name of differences between registers in an election event. `None`: it names none.
#[must_use]
pub fn exceptions_of(event: &str) -> Option<String> {
    let event = fold(event);
    let kind = general_name(FilingKind::ReconciliationException);
    (!event.is_empty()).then(|| format!("{kind}:{event}"))
}

/// The names under which acts may count for `subject`, in a case with these filings. Where its rule
/// set was published counts besides.
#[must_use]
pub fn names_needed(subject: &Act, case: &[Act]) -> BTreeSet<ActName> {
    let mut names = BTreeSet::new();
    let sender = subject.body.sender.iter().map(|sender| sender.institution.clone());
    let stamped = subject.office().institution;
    let addressed = subject.body.recipients.iter().map(|office| office.institution.clone());
    let institutions: BTreeSet<String> = sender.chain([stamped]).chain(addressed).collect();
    let kinds =
        [FilingKind::HolidayCalendar, FilingKind::OutageReported, FilingKind::MembershipChanged];
    for institution in &institutions {
        names.extend(kinds.map(|kind| (institution.clone(), general_name(kind))));
    }
    if let Some(Content::RatificationRequest(request)) = &subject.content
        && let Some(exceptions) = exceptions_of(event_of(subject, case))
    {
        let certifier = request.closing_certificate.iter().map(|act| act.institution.clone());
        let concerned = institutions.iter().cloned().chain(certifier);
        names.extend(concerned.map(|institution| (institution, exceptions.clone())));
    }
    let references = [subject].into_iter().chain(case).flat_map(referred);
    for act in references.take(NAMES_MAX) {
        let name = fold(&act.number);
        if !name.is_empty() {
            names.insert((act.institution.clone(), name));
        }
    }
    names
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

/// The acts that a filing refers to.
fn referred(act: &Act) -> impl Iterator<Item = &ActReference> {
    let closing = match act.content.as_ref() {
        Some(Content::RatificationRequest(request)) => request.closing_certificate.as_ref(),
        _ => None,
    };
    act.about().into_iter().chain(act.own()).chain(closing)
}
