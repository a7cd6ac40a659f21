//! The commission's JSON: Form 110, appeals, and the commission's other acts. One function reads
//! each, one writes it, side by side.

mod appeal;
mod correspondence;
mod council;
mod damaged;
mod delegation;
mod form110;
mod gaps;
mod person;
mod proof_of_service;
mod publication;
mod register;
mod results;
mod said;
mod triage;
mod value;
mod vote;
pub(crate) mod words;

use barid_json_reading::Need::Required;
use barid_json_reading::terms::Object;
use barid_json_reading::words::word_for;
use barid_json_reading::{Fields, read_object};
use barid_plugin::Problems;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{DocketNumber, FilingKind, RegisterStatement};

pub(crate) use said::not_expressed;

/// The field that says which act an object is.
const KIND: &str = "kind";

/// A table of the kinds of filing that one format carries.
pub(crate) type Kinds = &'static [(&'static str, FilingKind)];

/// What a document holds.
pub(crate) struct Found {
    /// Which kind of filing it is.
    pub(crate) kind: FilingKind,
    /// The content.
    pub(crate) content: Content,
    /// The sender's numbers for the case.
    pub(crate) docket_numbers: Vec<DocketNumber>,
}

/// Reads Form 110. `None`: the problems say why not.
pub(crate) fn read_form110(input: &[u8], owner: &str, problems: &mut Problems) -> Option<Found> {
    let read = read_object(input, problems, |fields| Found {
        kind: FilingKind::ComplaintRegistered,
        docket_numbers: value::own_numbers(fields, owner),
        content: Content::ComplaintRegistered(form110::read(fields)),
    })?;
    damaged::warn(input, problems);
    Some(read)
}

/// Writes Form 110. `None`: the content is something else.
pub(crate) fn write_form110(content: &Content) -> Option<Object> {
    match content {
        Content::ComplaintRegistered(complaint) => Some(form110::write(complaint)),
        _ => None,
    }
}

/// Reads a register. `None`: the problems say why not.
pub(crate) fn read_register(
    input: &[u8],
    owner: &str,
    problems: &mut Problems,
) -> Option<RegisterStatement> {
    let read = read_object(input, problems, |fields| register::read(fields, owner))?;
    damaged::warn(input, problems);
    Some(read)
}

/// Writes a register. `None`: the content is something else.
pub(crate) fn write_register(content: &Content) -> Option<Object> {
    match content {
        Content::RegisterStatement(statement) => Some(register::write(statement)),
        _ => None,
    }
}

/// Reads one of several acts by its field `kind`; an object without a known kind is read as what
/// its sender says it is. `None`: the problems say why not.
pub(crate) fn read_act(
    input: &[u8],
    kinds: Kinds,
    said_to_be: FilingKind,
    owner: &str,
    problems: &mut Problems,
) -> Option<Found> {
    let read = read_object(input, problems, |fields| {
        let kind = fields.choice(KIND, Required, kinds).unwrap_or(said_to_be);
        let docket_numbers = value::own_numbers(fields, owner);
        let content = read_kind(fields, kind, owner)?;
        Some(Found { kind, docket_numbers: [docket_numbers, named_in(&content)].concat(), content })
    });
    if read.is_some() {
        damaged::warn(input, problems);
    }
    read.flatten()
}

fn read_kind(fields: &mut Fields<'_, '_>, kind: FilingKind, owner: &str) -> Option<Content> {
    Some(match kind {
        FilingKind::AppealFiled => Content::AppealFiled(appeal::read_appeal(fields)),
        FilingKind::SupplementFiled => {
            Content::SupplementFiled(appeal::read_supplement(fields, owner))
        }
        FilingKind::AppealWithdrawn => {
            Content::AppealWithdrawn(appeal::read_withdrawal(fields, owner))
        }
        FilingKind::ComplaintClassified => {
            Content::ComplaintClassified(triage::read_classification(fields))
        }
        FilingKind::InquiryReported => Content::InquiryReported(triage::read_inquiry(fields)),
        FilingKind::DelegationGranted => {
            Content::DelegationGranted(delegation::read_delegation(fields))
        }
        FilingKind::DelegatedDecision => {
            Content::DelegatedDecision(delegation::read_delegated(fields))
        }
        FilingKind::CallIn => Content::CallIn(delegation::read_call_in(fields)),
        FilingKind::CouncilDecision => {
            Content::CouncilDecision(council::read_decision(fields, owner))
        }
        FilingKind::PublicationCertificate => {
            Content::PublicationCertificate(publication::read_certificate(fields))
        }
        FilingKind::ProofOfService => Content::ProofOfService(proof_of_service::read(fields)),
        FilingKind::Referral => Content::Referral(correspondence::read_referral(fields)),
        FilingKind::Answer => Content::Answer(correspondence::read_answer(fields)),
        FilingKind::ImplementationReport => {
            Content::ImplementationReport(publication::read_report(fields))
        }
        FilingKind::ResultsAdopted => Content::ResultsAdopted(results::read_adopted(fields)),
        FilingKind::ResultsAnnounced => Content::ResultsAnnounced(results::read_announced(fields)),
        _ => return None,
    })
}

/// Takes away what is not written because whoever reads it makes it: normal forms.
pub(crate) fn without_normal_forms(mut content: Content) -> Content {
    let clear = |number: &mut DocketNumber| number.normal.clear();
    match &mut content {
        Content::SupplementFiled(act) => act.appeal.iter_mut().for_each(clear),
        Content::AppealWithdrawn(act) => act.appeal.iter_mut().for_each(clear),
        Content::CouncilDecision(act) => {
            let cases = act.outcomes.iter_mut();
            cases.filter_map(|outcome| outcome.docket_number.as_mut()).for_each(clear);
        }
        Content::RegisterStatement(act) => {
            act.rows.iter_mut().flat_map(|row| &mut row.docket_numbers).for_each(clear);
        }
        _ => {}
    }
    content
}

/// The cases that an act names.
fn named_in(content: &Content) -> Vec<DocketNumber> {
    match content {
        Content::SupplementFiled(act) => act.appeal.iter().cloned().collect(),
        Content::AppealWithdrawn(act) => act.appeal.iter().cloned().collect(),
        Content::CouncilDecision(act) => {
            act.outcomes.iter().filter_map(|outcome| outcome.docket_number.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// Writes an act with its field `kind`. `None`: it is not one of `kinds`.
pub(crate) fn write_act(content: &Content, kinds: Kinds) -> Option<Object> {
    let (kind, object) = write_kind(content)?;
    let word = word_for(kinds, kind);
    (!word.is_empty()).then(|| object.field(KIND, word))
}

fn write_kind(content: &Content) -> Option<(FilingKind, Object)> {
    Some(match content {
        Content::AppealFiled(act) => (FilingKind::AppealFiled, appeal::write_appeal(act)),
        Content::SupplementFiled(act) => {
            (FilingKind::SupplementFiled, appeal::write_supplement(act))
        }
        Content::AppealWithdrawn(act) => {
            (FilingKind::AppealWithdrawn, appeal::write_withdrawal(act))
        }
        Content::ComplaintClassified(act) => {
            (FilingKind::ComplaintClassified, triage::write_classification(act))
        }
        Content::InquiryReported(act) => (FilingKind::InquiryReported, triage::write_inquiry(act)),
        Content::DelegationGranted(act) => {
            (FilingKind::DelegationGranted, delegation::write_delegation(act))
        }
        Content::DelegatedDecision(act) => {
            (FilingKind::DelegatedDecision, delegation::write_delegated(act))
        }
        Content::CallIn(act) => (FilingKind::CallIn, delegation::write_call_in(act)),
        Content::CouncilDecision(act) => {
            (FilingKind::CouncilDecision, council::write_decision(act))
        }
        Content::PublicationCertificate(act) => {
            (FilingKind::PublicationCertificate, publication::write_certificate(act))
        }
        Content::ProofOfService(act) => (FilingKind::ProofOfService, proof_of_service::write(act)),
        Content::Referral(act) => (FilingKind::Referral, correspondence::write_referral(act)),
        Content::Answer(act) => (FilingKind::Answer, correspondence::write_answer(act)),
        Content::ImplementationReport(act) => {
            (FilingKind::ImplementationReport, publication::write_report(act))
        }
        Content::ResultsAdopted(act) => (FilingKind::ResultsAdopted, results::write_adopted(act)),
        Content::ResultsAnnounced(act) => {
            (FilingKind::ResultsAnnounced, results::write_announced(act))
        }
        _ => return None,
    })
}
