//! What a filing changes: its case, and the keys in use.

use barid_proto::enrolment::{KeyAct, KeyStep, VouchedBy};
use barid_proto::text::search_form;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, Reason};

use super::Crafts;
use super::recognise::Recognised;
use super::standing::CaseStanding;
use super::understand::Understood;
use crate::error::{Error, Refusal};
use crate::model::filing::{self, Filing};
use crate::model::id::OfficeAddress;
use crate::model::keys;
use crate::model::passage;
use crate::model::row::{CaseChange, CaseOpening, CaseRole, DocketNumberRow, KeyChange};

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

/// Most names by which one filing makes its case found: a complaint against a whole list. The rest
/// stands in the filing for all to read.
const NAMES_PER_FILING_MAX: usize = 64;

/// What the filing means for its case; one that it opens is pinned to `rule_set_id`.
pub(super) fn case_change(
    recognised: &Recognised,
    understood: &Understood,
    recipients: &[OfficeAddress],
    standing: CaseStanding,
    rule_set_id: &str,
) -> Result<Option<CaseChange>, Error> {
    let filing = &recognised.filing;
    let (case, opening, own_role, known) = match standing {
        CaseStanding::None => return Ok(None),
        CaseStanding::In(row, role) => (row.case, None, role, row.docket_numbers),
        CaseStanding::Opens(case) => {
            let opening = CaseOpening {
                data_class: filing.data_class.into(),
                procedure_id: filing.procedure_id.clone(),
                rule_set_id: rule_set_id.to_owned(),
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
    let names = if filing.restricted { Vec::new() } else { names(understood) };
    Ok(Some(CaseChange { case, opening, parties, docket_numbers, names }))
}

/// Names of the persons whom the filing is about, in search form, each once: whoever files, whom it
/// is filed against, on whom it was served, whom a judgment names as parties. Those of witnesses,
/// suspects, judges and clerks are not looked for.
fn names(understood: &Understood) -> Vec<String> {
    let content = understood.content.content.as_ref();
    let written = content.map(passage::concerned).unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    for name in written.iter().map(|(_, name)| search_form(name)).filter(|name| !name.is_empty()) {
        if names.len() < NAMES_PER_FILING_MAX && !names.contains(&name) {
            names.push(name);
        }
    }
    names
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

impl Crafts {
    /// What the filing does to a key, if the rules allow it as things stand. The log decides for
    /// good.
    pub(super) fn key_change(
        &self,
        recognised: &Recognised,
    ) -> Result<Option<(KeyStep, KeyChange)>, Error> {
        let step = match &recognised.key_step {
            None => return Ok(None),
            Some(Ok(step)) => step,
            Some(Err(error)) => {
                return Err(Refusal::new(Reason::EnvelopeInvalid, error.to_string()).into());
            }
        };
        let sender = &recognised.sender;
        let holder = self.directory.resolve(&step.holder).ok_or_else(|| {
            let v1::Address { institution, office } = &step.holder;
            let text = format!("the holder {institution}/{office} is not in the directory");
            Refusal::new(Reason::EnvelopeInvalid, text)
        })?;
        if holder != *sender && !self.directory.is_main(sender) {
            let text = "only its main office changes the keys of an institution's other offices";
            return Err(Refusal::new(Reason::NotPermitted, text).into());
        }
        let next = self.log.head().size;
        let vouched_by = self.keys.check(next, step).map_err(|broken| keys::forbidden(&broken))?;
        let change = match &step.act {
            KeyAct::Add { key, purpose, .. } => {
                if *purpose == v1::KeyPurpose::Administration && !self.directory.is_main(&holder) {
                    let text = "an institution's main office holds its administrative keys";
                    return Err(Refusal::new(Reason::NotPermitted, text).into());
                }
                KeyChange::Add {
                    key_id: key.id(),
                    spki: key.spki().to_vec(),
                    holder,
                    purpose: (*purpose).into(),
                    vouched_by: match vouched_by {
                        Some(VouchedBy::Key(id)) => Some(id),
                        Some(VouchedBy::Certificate(_)) | None => None,
                    },
                }
            }
            KeyAct::Retire { key_id } => KeyChange::Retire { key_id: *key_id },
            KeyAct::Revoke { key_id, invalid_from } => {
                KeyChange::Revoke { key_id: *key_id, invalid_from: *invalid_from }
            }
        };
        Ok(Some((step.clone(), change)))
    }
}
