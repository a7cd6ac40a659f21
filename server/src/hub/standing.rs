//! What a filing is to the cases of the hub, and what it answers.

use std::collections::BTreeSet;

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, Reason};

use super::Crafts;
use super::recognise::Recognised;
use super::understand::Understood;
use crate::error::{Error, Refusal};
use crate::identity::policy::SenderRole;
use crate::model::filing;
use crate::model::id::{CaseId, OfficeAddress};
use crate::model::row::{AnswerChange, AnswerStep, CaseRole, CaseRow, DocketNumberRow, FilingRow};
use crate::store::{FilingKey, Reader};

/// What a filing is to the cases of the hub.
pub(super) enum CaseStanding {
    /// It belongs to none.
    None,
    /// It opens one.
    Opens(CaseId),
    /// It belongs to one the sender is a party to, in this role.
    In(Box<CaseRow>, CaseRole),
}

impl Crafts {
    /// What an answer settles. `None`: the filing is no answer of a recipient.
    pub(super) fn answered(
        &self,
        recognised: &Recognised,
        understood: &Understood,
    ) -> Result<Option<AnswerChange>, Error> {
        let (step, docket_number, registered_at_ms) = match understood.content.content.as_ref() {
            Some(Content::Acknowledgement(_)) => (AnswerStep::Acknowledged, None, 0),
            Some(Content::RefusalToRegister(_)) => (AnswerStep::Refused, None, 0),
            Some(Content::Registration(registration)) => {
                let number = registration.docket_number.as_ref().and_then(filing::docket_number);
                (AnswerStep::Registered, number, registration.registered_at_unix_ms)
            }
            _ => return Ok(None),
        };
        let answered = self.served_filing(recognised)?;
        if let Some(Content::Acknowledgement(said)) = understood.content.content.as_ref() {
            check_digests(said, &answered)?;
        }
        let own = |number: &DocketNumberRow| number.institution == recognised.sender.institution;
        if docket_number.as_ref().is_some_and(|number| !own(number)) {
            let text = "a clerk registers under a number of the clerk's own institution";
            return Err(Refusal::new(Reason::ContentInvalid, text).into());
        }
        let filing_leaf = answered.leaf;
        Ok(Some(AnswerChange { filing_leaf, step, docket_number, registered_at_ms }))
    }

    /// The filing that an answer names, if it was served on the sender's office.
    fn served_filing(&self, recognised: &Recognised) -> Result<FilingRow, Error> {
        let nothing = |text: &str| Error::from(Refusal::new(Reason::NothingToAnswer, text));
        let Some(digest) = recognised.filing.in_reply_to else {
            return Err(nothing("an answer names the filing it answers in `in_reply_to`"));
        };
        let not_served = || nothing("no filing of this digest was served on this office");
        let answered = self.store.filing(FilingKey::Digest(digest))?.ok_or_else(not_served)?;
        let deliveries = self.store.deliveries(answered.leaf)?;
        if !deliveries.iter().any(|delivery| delivery.recipient == recognised.sender) {
            return Err(not_served());
        }
        if answered.answer.is_some() {
            return Err(nothing("an answer is not answered"));
        }
        Ok(answered)
    }

    /// What the filing is to the cases of the hub.
    pub(super) fn standing(
        &self,
        recognised: &Recognised,
        answer: Option<&AnswerChange>,
    ) -> Result<CaseStanding, Error> {
        let selector = &recognised.filing.case;
        let own = CaseId::from(recognised.filing.envelope_id);
        if let Some(answer) = answer {
            let answered = self.store.filing(FilingKey::Leaf(answer.filing_leaf))?;
            let case = answered.and_then(|answered| answered.case).map(|change| change.case);
            return match case {
                Some(case) => self.standing_in(recognised, case),
                None => Ok(CaseStanding::None),
            };
        }
        match (selector.id, selector.numbers.as_slice()) {
            (Some(case), _) if case == own => Ok(CaseStanding::Opens(case)),
            (Some(case), _) => self.standing_in(recognised, case),
            (None, []) => {
                let kind = &self.member(&recognised.sender)?.kind;
                let opens = self.policy.has_cell(kind, recognised.filing.kind, SenderRole::Opens);
                Ok(if opens { CaseStanding::Opens(own) } else { CaseStanding::None })
            }
            (None, numbers) => self.standing_by_number(recognised, numbers),
        }
    }

    fn standing_in(&self, recognised: &Recognised, case: CaseId) -> Result<CaseStanding, Error> {
        let row = self.store.case(case)?;
        let found = row.and_then(|row| {
            let role = self.role(&recognised.sender, &row)?;
            Some((row, role))
        });
        let Some((row, role)) = found else { return Err(case_unknown()) };
        if row.opening.data_class != i32::from(recognised.filing.data_class) {
            let text = "the case is of another class of data; classes never mix in one case";
            return Err(Refusal::new(Reason::DataClassForbidden, text).into());
        }
        Ok(CaseStanding::In(Box::new(row), role))
    }

    fn standing_by_number(
        &self,
        recognised: &Recognised,
        numbers: &[DocketNumberRow],
    ) -> Result<CaseStanding, Error> {
        let class = i32::from(recognised.filing.data_class);
        let (mut own_class, mut other_class) = (BTreeSet::new(), BTreeSet::new());
        for number in numbers {
            for row in self.cases_by_number(&recognised.sender, number)? {
                let same = row.opening.data_class == class;
                if same { &mut own_class } else { &mut other_class }.insert(row.case);
            }
        }
        // Nobody makes a live number ambiguous by using it in a pilot.
        let cases = if own_class.is_empty() { other_class } else { own_class };
        let mut found = cases.into_iter();
        match (found.next(), found.next()) {
            (Some(case), None) => self.standing_in(recognised, case),
            (None, _) => Err(case_unknown()),
            (Some(_), Some(_)) => {
                let text = "the docket numbers name more than one case: give its identifier";
                Err(Refusal::new(Reason::CaseAmbiguous, text).into())
            }
        }
    }

    /// The office's cases under a docket number: the first few, since two are ambiguous already.
    pub(super) fn cases_by_number(
        &self,
        office: &OfficeAddress,
        number: &DocketNumberRow,
    ) -> Result<Vec<CaseRow>, Error> {
        const CASES_PER_NUMBER_MAX: usize = 8;
        let reader = self.reader(office);
        let cases = self.store.cases_by_number(&reader, number, CASES_PER_NUMBER_MAX)?;
        let mut rows = Vec::with_capacity(cases.len());
        for case in cases {
            rows.extend(self.store.case(case)?);
        }
        Ok(rows)
    }

    /// An office's role in a case. A main office acts for its whole institution.
    pub(super) fn role(&self, office: &OfficeAddress, case: &CaseRow) -> Option<CaseRole> {
        let own = case.parties.iter().find(|(party, _)| party == office);
        if let Some((_, role)) = own {
            return Some(*role);
        }
        let institution = &office.institution;
        let colleague = case.parties.iter().any(|(party, _)| party.institution == *institution);
        (colleague && self.directory.is_main(office)).then_some(CaseRole::Addressee)
    }

    /// What the office may see.
    pub(super) fn reader(&self, office: &OfficeAddress) -> Reader {
        if self.directory.is_main(office) {
            Reader::Institution(office.institution.clone())
        } else {
            Reader::Office(office.clone())
        }
    }
}

/// The recipient computed the digests of what it received; they must be those that were sent.
fn check_digests(said: &v1::Acknowledgement, answered: &FilingRow) -> Result<(), Error> {
    let envelope = said.envelope_digest == answered.digest.as_bytes();
    let documents = said.document_digests.iter().all(|digest| {
        answered.documents.iter().any(|document| document.as_bytes() == digest.as_slice())
    });
    if envelope && documents {
        return Ok(());
    }
    let text = "the digests acknowledged are not those of the filing: what was received differs \
                from what was sent; keep both and fetch it again";
    Err(Refusal::new(Reason::ContentInvalid, text).into())
}

fn case_unknown() -> Error {
    let text = "no case of that identifier or docket number exists for this office";
    Refusal::new(Reason::CaseUnknown, text).into()
}
