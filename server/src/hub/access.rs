//! Who is given the keys of sealed exhibits, as far as the hub can judge: whether an office is one
//! of those that the envelope is for, whether the key is its own, and whether the sender could have
//! opened what it passes on. Whether a wrap opens, the hub cannot know.

use barid_proto::key::KeyId;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, AccessGranted, KeyWrap, Problem, Reason};

use super::Crafts;
use super::judge::problem;
use super::recognise::Recognised;
use super::standing::CaseStanding;
use super::understand::Understood;
use crate::error::{Error, Refusal};
use crate::model::filing::Filing;
use crate::model::id::{CaseId, DocumentDigest, EnvelopeDigest, OfficeAddress};
use crate::model::row::AccessRow;
use crate::store::FilingKey;

impl Crafts {
    /// Who may read which sealed exhibits from this filing on.
    pub(super) fn access(
        &self,
        recognised: &Recognised,
        understood: &Understood,
        standing: &CaseStanding,
    ) -> Result<Vec<AccessRow>, Error> {
        let mut problems = Vec::new();
        let filing = &recognised.filing;
        let mut rows = self.wrapped("wraps", &filing.wraps, filing, &mut problems);
        refuse(Reason::EnvelopeInvalid, std::mem::take(&mut problems))?;
        let Some(Content::AccessGranted(granted)) = understood.content.content.as_ref() else {
            return Ok(rows);
        };
        let path = "content.access_granted.wraps";
        rows.extend(self.wrapped(path, &granted.wraps, filing, &mut problems));
        self.check_order(recognised, granted, &mut problems)?;
        refuse(Reason::ContentInvalid, std::mem::take(&mut problems))?;
        let CaseStanding::In(case, _) = standing else {
            let text = "access is given on the docket of the case in which the exhibit was filed";
            return Err(Refusal::new(Reason::ContentInvalid, text).into());
        };
        for (index, wrap) in granted.wraps.iter().enumerate() {
            for (place, key) in wrap.keys.iter().enumerate() {
                let document = DocumentDigest::from_slice(&key.sha256);
                if !self.opens(&recognised.sender, document, case.case)? {
                    let path = format!("{path}[{index}].keys[{place}].sha256");
                    let what = "is no sealed exhibit of this case that the sender can open";
                    problems.push(problem(path, "not-held", what.to_owned()));
                }
            }
        }
        refuse(Reason::ExhibitMissing, problems)?;
        Ok(rows)
    }

    /// Whose keys the wraps are for.
    fn wrapped(
        &self,
        path: &str,
        wraps: &[KeyWrap],
        filing: &Filing,
        problems: &mut Vec<Problem>,
    ) -> Vec<AccessRow> {
        let mut rows = Vec::new();
        for (index, wrap) in wraps.iter().enumerate() {
            let at = |part: &str| format!("{path}[{index}].{part}");
            let recipient = wrap.recipient.clone().unwrap_or_default();
            let office = self.directory.resolve(&recipient).filter(|_| names(filing, &recipient));
            let Some(office) = office else {
                let what = "is neither the envelope's sender nor one of its recipients as it writes \
                            them";
                problems.push(problem(at("recipient"), "unknown", what.to_owned()));
                continue;
            };
            let key = KeyId::from_slice(&wrap.key_id);
            if !key.is_some_and(|key| self.keys.unseals(&key, &office)) {
                let what = format!("is no key in use by which {office} opens sealed exhibits");
                problems.push(problem(at("key_id"), "key", what));
            }
            let documents = wrap.keys.iter();
            let documents = documents.filter_map(|key| DocumentDigest::from_slice(&key.sha256));
            let row = |document| AccessRow { document, office: office.clone() };
            rows.extend(documents.map(row));
        }
        rows
    }

    /// The order that is named is a filing that the sender may read.
    fn check_order(
        &self,
        recognised: &Recognised,
        granted: &AccessGranted,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Error> {
        let Some(digest) = EnvelopeDigest::from_slice(&granted.order_digest) else { return Ok(()) };
        let found = self.store.filing(FilingKey::Digest(digest))?;
        let readable = match &found {
            Some(row) => self.may_read(&recognised.sender, row)?,
            None => false,
        };
        if !readable {
            let path = "content.access_granted.order_digest".to_owned();
            let what = "is the digest of no filing that the sender may read".to_owned();
            problems.push(problem(path, "unknown", what));
        }
        Ok(())
    }

    /// Whether an office was given the key of a document that was sealed in a case, or filed it.
    fn opens(
        &self,
        office: &OfficeAddress,
        document: Option<DocumentDigest>,
        case: CaseId,
    ) -> Result<bool, Error> {
        let Some(document) = document else { return Ok(false) };
        let (mut opens, mut of_case) = (false, false);
        for (holder, leaf) in self.store.access(document)? {
            opens |= self.reads_for(office, &holder);
            if let Some(row) = self.store.filing(FilingKey::Leaf(leaf))? {
                opens |= self.reads_for(office, &row.sender);
                of_case |= row.case.as_ref().is_some_and(|change| change.case == case);
            }
        }
        Ok(opens && of_case)
    }
}

/// Whether an envelope is from or to an office, written in this way: a wrap is bound to the writing.
fn names(filing: &Filing, address: &v1::Address) -> bool {
    *address == filing.sender || filing.recipients.contains(address)
}

fn refuse(reason: Reason, problems: Vec<Problem>) -> Result<(), Error> {
    if problems.is_empty() {
        return Ok(());
    }
    let text = format!("{} keys of sealed exhibits are not given as they may be", problems.len());
    Err(Refusal::new(reason, text).with_problems(problems).into())
}
