//! Who is given the keys of sealed exhibits, as far as the hub can judge: whether an office is one
//! of those that the envelope is for, whether the key is its own, and whether the sender could have
//! opened what it passes on. Whether a wrap opens, the hub cannot know.

use barid_proto::key::KeyId;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, KeyWrap, Reason};

use super::Crafts;
use super::recognise::Recognised;
use super::standing::CaseStanding;
use super::understand::Understood;
use crate::error::{Error, Refusal};
use crate::model::access::AccessRow;
use crate::model::filing::Filing;
use crate::model::id::{CaseId, DocumentDigest, EnvelopeDigest, OfficeAddress};
use crate::model::place::Checker;
use crate::store::FilingKey;

impl Crafts {
    /// Who may read which sealed exhibits from this filing on.
    pub(super) fn access(
        &self,
        recognised: &Recognised,
        understood: &Understood,
        standing: &CaseStanding,
    ) -> Result<Vec<AccessRow>, Error> {
        let mut problems = Checker::new();
        let filing = &recognised.filing;
        let mut rows = self.wrapped("wraps", &filing.wraps, filing, &mut problems);
        refuse(Reason::EnvelopeInvalid, problems)?;
        let mut problems = Checker::new();
        let Some(Content::AccessGranted(granted)) = understood.content.content.as_ref() else {
            return Ok(rows);
        };
        let path = "content.access_granted.wraps";
        rows.extend(self.wrapped(path, &granted.wraps, filing, &mut problems));
        let order = (granted.order_digest.as_slice(), "content.access_granted.order_digest");
        self.check_order(&recognised.sender, order, &mut problems)?;
        refuse(Reason::ContentInvalid, problems)?;
        let CaseStanding::In(case, _) = standing else {
            let text = "access is given on the docket of the case in which the exhibit was filed";
            return Err(Refusal::new(Reason::ContentInvalid, text).into());
        };
        let mut problems = Checker::new();
        for (index, wrap) in granted.wraps.iter().enumerate() {
            for (place, key) in wrap.keys.iter().enumerate() {
                let document = DocumentDigest::from_slice(&key.sha256);
                if !self.opens(&recognised.sender, document, case.case)? {
                    let path = format!("{path}[{index}].keys[{place}].sha256");
                    let what = "is no sealed exhibit that the sender can open, of an \
                                unrestricted filing of this case";
                    problems.wrong(&path, "not-openable", what);
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
        problems: &mut Checker,
    ) -> Vec<AccessRow> {
        let mut rows = Vec::new();
        for (index, wrap) in wraps.iter().enumerate() {
            let at = |part: &str| format!("{path}[{index}].{part}");
            let recipient = wrap.recipient.clone().unwrap_or_default();
            let office = self.directory.resolve(&recipient).filter(|_| names(filing, &recipient));
            let Some(office) = office else {
                let what = "is neither the envelope's sender nor one of its recipients as it writes \
                            them";
                problems.wrong(&at("recipient"), "not-named", what);
                continue;
            };
            let key = KeyId::from_slice(&wrap.key_id);
            if !key.is_some_and(|key| self.keys.unseals(&key, &office)) {
                let what = format!("is no key in use by which {office} opens sealed exhibits");
                problems.wrong(&at("key_id"), "not-theirs", what);
            }
            let exhibits = wrap.keys.iter();
            let exhibits = exhibits.filter_map(|key| DocumentDigest::from_slice(&key.sha256));
            let row = |exhibit| AccessRow { exhibit, office: office.clone() };
            rows.extend(exhibits.map(row));
        }
        rows
    }

    /// The order that is named is a filing that the sender may read.
    pub(super) fn check_order(
        &self,
        sender: &OfficeAddress,
        (digest, path): (&[u8], &str),
        problems: &mut Checker,
    ) -> Result<(), Error> {
        let Some(digest) = EnvelopeDigest::from_slice(digest) else { return Ok(()) };
        let found = self.store.filing(FilingKey::Digest(digest))?;
        let readable = match &found {
            Some(row) => self.may_read(sender, row)?,
            None => false,
        };
        if !readable {
            problems.wrong(path, "no-order", "is the digest of no filing that the sender may read");
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
                // Of a restricted one the third would get the key and not what it is the key to.
                let open = row.case.as_ref().filter(|_| !row.restricted);
                of_case |= open.is_some_and(|change| change.case == case);
            }
        }
        Ok(opens && of_case)
    }
}

/// Whether an envelope is from or to an office, written in this way: to that a wrap is bound.
fn names(filing: &Filing, address: &v1::Address) -> bool {
    *address == filing.sender || filing.recipients.contains(address)
}

fn refuse(reason: Reason, problems: Checker) -> Result<(), Error> {
    let problems = problems.into_problems();
    if problems.is_empty() {
        return Ok(());
    }
    let text = format!("{} keys of sealed exhibits are not given as they may be", problems.len());
    Err(Refusal::new(reason, text).with_problems(problems).into())
}
