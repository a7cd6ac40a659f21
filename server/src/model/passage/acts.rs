//! The acts that a filing makes or is about: decisions, rulings, letters, by number and day.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{ActReference, CivilDate};

use super::{Passage, PassageKind};

/// All acts of a content, each with its place.
pub(super) fn of(content: &Content) -> Vec<Passage> {
    match content {
        Content::DelegationGranted(granted) => {
            one("delegation_granted.decision", granted.decision.as_ref())
        }
        Content::DelegatedDecision(decision) => {
            let own = ActReference {
                number: decision.number.clone(),
                date: decision.decided_on,
                ..ActReference::default()
            };
            let mut acts = one("delegated_decision", Some(&own));
            acts.extend(one("delegated_decision.delegation", decision.delegation.as_ref()));
            acts
        }
        Content::CallIn(call_in) => {
            let number = call_in.delegated_decision.clone();
            one("call_in.delegated_decision", Some(&ActReference { number, ..Default::default() }))
        }
        Content::CouncilDecision(decision) => {
            one("council_decision.decision", decision.decision.as_ref())
        }
        Content::PublicationCertificate(published) => {
            one("publication_certificate.decision", published.decision.as_ref())
        }
        Content::AppealFiled(appeal) => one("appeal_filed.challenged", appeal.challenged.as_ref()),
        Content::Referral(referral) => one("referral.letter", referral.letter.as_ref()),
        Content::RulingIssued(ruling) => {
            let mut acts = one("ruling_issued.ruling", ruling.ruling.as_ref());
            acts.extend(one("ruling_issued.challenged", ruling.challenged.as_ref()));
            let citation = ruling.neutral_citation.clone();
            if !citation.is_empty() {
                let path = "ruling_issued.neutral_citation".to_owned();
                acts.push(Passage::of(PassageKind::Decision, path, citation));
            }
            acts
        }
        Content::ProofOfService(proof) => one("proof_of_service.act", proof.act.as_ref()),
        Content::ImplementationReport(report) => {
            one("implementation_report.act", report.act.as_ref())
        }
        Content::CriminalReferral(referral) => {
            one("criminal_referral.letter", referral.letter.as_ref())
        }
        Content::InterimOrder(order) => one("interim_order.suspended", order.suspended.as_ref()),
        _ => Vec::new(),
    }
}

/// An act by its number and day, also as they are written on paper: `5/3/2025`.
fn one(path: &str, act: Option<&ActReference>) -> Vec<Passage> {
    let Some(act) = act else { return Vec::new() };
    let day = act.date.filter(|date| date.year != 0);
    let written = |CivilDate { year, month, day }| format!("{year:04}-{month:02}-{day:02}");
    let spoken = |CivilDate { year, month, day }| format!("{day}/{month}/{year}");
    let parts = [act.number.clone(), day.map(written).unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return Vec::new();
    }
    let also = format!("{} {}", day.map(spoken).unwrap_or_default(), act.minutes_number);
    let act = Passage::of(PassageKind::Decision, path.to_owned(), parts.join(" · "));
    vec![Passage { also, ..act }]
}
