//! What a filing changes: its case, and the keys in use.

use barid_proto::key::KeyId;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, Reason};

use super::enrol::KeyRing;
use super::recognise::Recognised;
use super::standing::CaseStanding;
use super::understand::Understood;
use crate::error::{Error, Fault, Refusal};
use crate::model::filing::{self, Filing};
use crate::model::id::OfficeAddress;
use crate::model::row::{CaseChange, CaseOpening, CaseRole, DocketNumberRow, KeyChange};
use crate::model::wire;

/// Most docket numbers one filing adds to its case. A register statement, which has thousands,
/// belongs to no case.
const NUMBERS_PER_FILING_MAX: usize = 512;

/// Most docket numbers of a case that are given by another than the institution whose they are.
/// Each commit to the case walks through all, and anybody in it can bring them. One more stands in
/// its filing for all to read, but the case is not found by it.
const NUMBERS_OF_OTHERS_MAX: usize = 1_024;

/// Most docket numbers of one institution in one case: more than the above, so that nobody can use
/// up the room for an institution's own numbers.
const NUMBERS_OF_ITS_OWN_MAX: usize = 2 * NUMBERS_OF_OTHERS_MAX;

/// What the filing means for its case.
pub(super) fn case_change(
    recognised: &Recognised,
    understood: &Understood,
    recipients: &[OfficeAddress],
    standing: CaseStanding,
) -> Result<Option<CaseChange>, Error> {
    let filing = &recognised.filing;
    let (case, opening, own_role, known) = match standing {
        CaseStanding::None => return Ok(None),
        CaseStanding::In(row, role) => (row.case, None, role, row.docket_numbers),
        CaseStanding::Opens(case) => {
            let opening = CaseOpening {
                data_class: filing.data_class.into(),
                procedure_id: filing.procedure_id.clone(),
                rule_set_id: filing.rule_set_id.clone(),
                election_event_id: filing.election_event_id.clone(),
            };
            (case, Some(opening), CaseRole::Opener, Vec::new())
        }
    };
    let mut parties = vec![(recognised.sender.clone(), own_role)];
    parties.extend(recipients.iter().map(|office| (office.clone(), CaseRole::Addressee)));
    let mut docket_numbers = docket_numbers(filing, understood);
    if docket_numbers.len() > NUMBERS_PER_FILING_MAX {
        let text = format!("a filing names at most {NUMBERS_PER_FILING_MAX} docket numbers");
        return Err(Refusal::new(Reason::ContentInvalid, text).into());
    }
    let institution = &recognised.sender.institution;
    let own = known.iter().filter(|number| number.institution == *institution).count();
    docket_numbers.retain(|number| {
        if number.institution == *institution {
            own < NUMBERS_OF_ITS_OWN_MAX
        } else {
            known.len() < NUMBERS_OF_OTHERS_MAX
        }
    });
    Ok(Some(CaseChange { case, opening, parties, docket_numbers }))
}

/// Docket numbers by which the case is known from now on: those the envelope names, those a format
/// found, and the one that a clerk gives.
fn docket_numbers(filing: &Filing, understood: &Understood) -> Vec<DocketNumberRow> {
    let mut rows = filing.case.numbers.clone();
    if let Some(reading) = &understood.reading {
        rows.extend(reading.docket_numbers.iter().filter_map(filing::docket_number));
    }
    match understood.content.content.as_ref() {
        Some(Content::Registration(registration)) => {
            rows.extend(registration.docket_number.as_ref().and_then(filing::docket_number));
        }
        Some(Content::RulingIssued(ruling)) => {
            rows.extend(ruling.docket_numbers.iter().filter_map(filing::docket_number));
        }
        Some(Content::CorrectIdentifier(correction)) => {
            rows.extend(correction.right.as_ref().and_then(filing::docket_number));
        }
        _ => {}
    }
    rows
}

/// What the filing does to a key.
pub(super) fn key_change(
    keys: &KeyRing,
    recognised: &Recognised,
    understood: &Understood,
) -> Result<Option<KeyChange>, Error> {
    let Some(Content::KeyEvent(event)) = understood.content.content.as_ref() else {
        return Ok(None);
    };
    let key_id = KeyId::of_spki(&event.spki);
    let holder = event.holder.as_ref();
    if holder.is_some_and(|holder| *holder != wire::address(&recognised.sender)) {
        let text = "an office changes its own keys only";
        return Err(Refusal::new(Reason::NotPermitted, text).into());
    }
    let adds = event.action == i32::from(v1::KeyAction::Add);
    if !adds && !keys.holds(&recognised.sender, &key_id) {
        let text = "this office never had such a key in use";
        return Err(Refusal::new(Reason::EnvelopeInvalid, text).into());
    }
    match event.action() {
        v1::KeyAction::Add if recognised.signers.first() != Some(&key_id) => {
            let text = "the key that is added signs first, as proof that the office holds it";
            Err(Refusal::new(Reason::SignatureInvalid, text).into())
        }
        v1::KeyAction::Add => Ok(Some(KeyChange::Add {
            key_id,
            spki: event.spki.clone(),
            holder: recognised.sender.clone(),
            purpose: event.purpose,
        })),
        v1::KeyAction::Retire => Ok(Some(KeyChange::Retire { key_id })),
        v1::KeyAction::Revoke => {
            let invalid_from = event.invalid_from_index;
            Ok(Some(KeyChange::Revoke { key_id, invalid_from }))
        }
        v1::KeyAction::Unspecified => Err(Fault::broken("a checked key event acts").into()),
    }
}
