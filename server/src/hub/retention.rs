//! Which documents have to be kept, and which are destroyed.
//!
//! Nothing that is in the log goes away. What can be destroyed is the content of exhibits: their
//! digests stay in signed envelopes, so that the case proves everything it proved before. The rules
//! keep one party from destroying what another needs (`docs/decisions/0025-…`): it is the exhibit
//! of the institution that destroys it, no hold is on it, no other case names it, and everybody on
//! whom it was served has it.

use std::collections::BTreeMap;

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{DispositionAuthority, Reason};

use super::Crafts;
use super::law::body_of;
use super::recognise::Recognised;
use super::standing::CaseStanding;
use super::understand::Understood;
use crate::error::{Error, Fault, Refusal};
use crate::model::id::{CaseId, DocumentDigest, EnvelopeDigest, InstitutionId};
use crate::model::place::Checker;
use crate::model::retention::RetentionChange;
use crate::model::row::FilingRow;
use crate::store::documents::Documents;
use crate::store::{FilingKey, Store};

/// Filings or destroyed documents read at a time.
const PAGE: usize = 256;

/// How a document is named in its case.
#[derive(Debug, Default)]
struct Naming {
    /// The institution that filed it first. `None`: no filing of the case names it.
    filed_by: Option<InstitutionId>,
    /// A filing whose lead document it is.
    leads: Option<u64>,
    /// Recipients of such filings that did not answer.
    without: Vec<String>,
}

impl Crafts {
    /// What a filing decides about documents of its case.
    pub(super) fn retention(
        &self,
        recognised: &Recognised,
        understood: &Understood,
        standing: &CaseStanding,
    ) -> Result<Option<RetentionChange>, Error> {
        let authority = match understood.content.content.as_ref() {
            Some(Content::DocumentsDestroyed(said)) => &said.authority,
            Some(Content::HoldPlaced(said)) => &said.authority,
            Some(Content::HoldLifted(said)) => &said.authority,
            _ => return Ok(None),
        };
        let CaseStanding::In(case, _) = standing else {
            let text = "what becomes of documents is filed on the docket of their case";
            return Err(Refusal::new(Reason::ContentInvalid, text).into());
        };
        self.check_authority(recognised, authority.as_ref())?;
        let case = case.case;
        Ok(Some(match understood.content.content.as_ref() {
            Some(Content::DocumentsDestroyed(said)) => {
                let documents = digests(&said.documents);
                self.check_destroyable(recognised, case, &documents)?;
                RetentionChange::Destroy { documents }
            }
            Some(Content::HoldPlaced(said)) => {
                let documents = digests(&said.documents);
                self.check_named(case, &documents)?;
                RetentionChange::Hold { documents }
            }
            Some(Content::HoldLifted(said)) => self.lifted(recognised, case, &said.hold_digest)?,
            _ => return Ok(None),
        }))
    }

    /// A redacted version names an original of which the sender knows.
    pub(super) fn check_redactions(&self, recognised: &Recognised) -> Result<(), Error> {
        let mut problems = Checker::new();
        for (index, original) in &recognised.filing.redacted {
            let own = recognised.filing.documents.iter().any(|paper| paper.digest == *original);
            if !own && self.nameable(*original, &recognised.sender)?.is_none() {
                let path = format!("exhibits[{index}].redaction.original_sha256");
                let what = format!("{original} is no document that the sender knows here");
                problems.wrong(&path, "no-original", what);
            }
        }
        refuse(Reason::EnvelopeInvalid, "redacted versions of unknown documents", problems)
    }

    fn check_authority(
        &self,
        recognised: &Recognised,
        authority: Option<&DispositionAuthority>,
    ) -> Result<(), Error> {
        let mut problems = Checker::new();
        let order = authority.map(|authority| authority.order_digest.as_slice());
        let order = (order.unwrap_or_default(), "content.authority.order_digest");
        self.check_order(&recognised.sender, order, &mut problems)?;
        refuse(Reason::ContentInvalid, "the order is not one that can be followed", problems)
    }

    /// The hold that ends is one of this case, in force, and of this institution.
    fn lifted(
        &self,
        recognised: &Recognised,
        case: CaseId,
        digest: &[u8],
    ) -> Result<RetentionChange, Error> {
        let mut problems = Checker::new();
        let digest = EnvelopeDigest::from_slice(digest);
        let placed = match digest {
            Some(digest) => self.store.filing(FilingKey::Digest(digest))?,
            None => None,
        };
        let holds = self.store.holds(case)?;
        let hold =
            placed.as_ref().and_then(|placed| holds.iter().find(|hold| hold.leaf == placed.leaf));
        let what = match (&placed, hold) {
            (Some(placed), Some(_))
                if placed.sender.institution != recognised.sender.institution =>
            {
                format!("was placed by {}, which alone can lift it", placed.sender.institution)
            }
            (Some(_), Some(hold)) => match hold.lifted {
                None => return Ok(RetentionChange::Lift { hold_leaf: hold.leaf }),
                Some(leaf) => format!("was lifted at leaf {leaf}"),
            },
            _ => "is the digest of no hold in this case".to_owned(),
        };
        problems.wrong("content.hold_digest", "no-hold", what);
        refuse(Reason::ContentInvalid, "there is no such hold to lift", problems)?;
        Err(Fault::broken("a hold was refused without a problem").into())
    }

    /// Documents on which a hold is placed are ones of the case.
    fn check_named(&self, case: CaseId, documents: &[DocumentDigest]) -> Result<(), Error> {
        if documents.is_empty() {
            return Ok(());
        }
        let named = self.named(case, documents)?;
        let mut problems = Checker::new();
        for (index, document) in documents.iter().enumerate() {
            if named.get(document).is_none_or(|naming| naming.filed_by.is_none()) {
                let path = format!("content.documents[{index}]");
                problems.wrong(&path, "not-here", "is named by no filing of this case");
            }
        }
        refuse(Reason::ContentInvalid, "documents are not ones of this case", problems)
    }

    /// All that stands against destroying documents, of each of them.
    fn check_destroyable(
        &self,
        recognised: &Recognised,
        case: CaseId,
        documents: &[DocumentDigest],
    ) -> Result<(), Error> {
        let named = self.named(case, documents)?;
        let holds = self.store.holds(case)?;
        let mut problems = Checker::new();
        for (index, document) in documents.iter().enumerate() {
            let path = format!("content.documents[{index}]");
            let Some(naming) = named.get(document).filter(|naming| naming.filed_by.is_some())
            else {
                problems.wrong(&path, "not-here", "is named by no filing of this case".to_owned());
                continue;
            };
            if let Some(leaf) = self.store.destroyed(*document)? {
                problems.wrong(&path, "destroyed", destroyed_text(*document, leaf));
            }
            if let Some(other) = &naming.filed_by
                && *other != recognised.sender.institution
            {
                problems.wrong(
                    &path,
                    "not-own",
                    format!("was filed by {other}, which alone can destroy it"),
                );
            }
            if let Some(leaf) = naming.leads {
                let what = format!("is the act itself in the filing of leaf {leaf}, no exhibit");
                problems.wrong(&path, "is-lead", what);
            }
            for hold in holds.iter().filter(|hold| hold.keeps(*document)) {
                problems.wrong(
                    &path,
                    "on-hold",
                    format!("is kept by the hold of leaf {}", hold.leaf),
                );
            }
            if self.store.is_needed_outside(*document, case)? {
                problems.wrong(
                    &path,
                    "needed",
                    "is named by filings outside of this case, too".to_owned(),
                );
            }
            if !naming.without.is_empty() {
                let what = format!("is not acknowledged by {} yet", naming.without.join(", "));
                problems.wrong(&path, "not-received", what);
            }
        }
        refuse(Reason::Retained, "documents have to be kept", problems)
    }

    /// How the filings of a case name documents.
    fn named(
        &self,
        case: CaseId,
        documents: &[DocumentDigest],
    ) -> Result<BTreeMap<DocumentDigest, Naming>, Error> {
        let mut named = BTreeMap::new();
        let mut from = 0;
        loop {
            let page = self.store.docket(case, from, PAGE)?;
            let Some(last) = page.last() else { return Ok(named) };
            from = last.leaf + 1;
            for filing in &page {
                for document in documents.iter().filter(|one| filing.documents.contains(one)) {
                    self.note(filing, named.entry(*document).or_default(), *document)?;
                }
            }
        }
    }

    fn note(
        &self,
        filing: &FilingRow,
        naming: &mut Naming,
        document: DocumentDigest,
    ) -> Result<(), Error> {
        naming.filed_by.get_or_insert_with(|| filing.sender.institution.clone());
        let lead = body_of(&filing.envelope)?.lead;
        if lead.is_some_and(|lead| lead.sha256 == document.as_bytes()) {
            naming.leads.get_or_insert(filing.leaf);
        }
        for delivery in self.store.deliveries(filing.leaf)? {
            if delivery.acknowledged_leaf.is_none() && delivery.settled_leaf.is_none() {
                naming.without.push(delivery.recipient.to_string());
            }
        }
        Ok(())
    }

    /// Refuses what would bring the content of a destroyed document, or hand it out.
    pub(super) fn refuse_destroyed(&self, document: DocumentDigest) -> Result<(), Error> {
        match self.store.destroyed(document)? {
            None => Ok(()),
            Some(leaf) => {
                Err(Refusal::new(Reason::Destroyed, destroyed_text(document, leaf)).into())
            }
        }
    }

    /// Removes the content of documents, as far as the books say that it was destroyed. What cannot
    /// be removed now is tried again by the scrubber, and when the hub starts.
    pub(super) fn destroy(&self, documents: &[DocumentDigest]) {
        for document in documents {
            let destroyed = self.store.destroyed(*document);
            let removed = destroyed.and_then(|leaf| match leaf {
                Some(_) => self.documents.destroy(*document),
                None => {
                    tracing::warn!(%document, "is kept: it came to be needed in between");
                    Ok(())
                }
            });
            if let Err(fault) = removed {
                let fault = fault.chain();
                tracing::error!(%document, fault, "a destroyed document could not be removed");
            }
        }
    }
}

/// Removes everything that was destroyed and is still there: the hub may have stopped in between.
///
/// # Errors
/// When the books cannot be read, or a place cannot be written: all others are done.
pub(super) fn remove_destroyed(store: &dyn Store, documents: &Documents) -> Result<(), Fault> {
    let (mut after, mut failed) = (None, None);
    loop {
        let page = store.destructions(after, PAGE)?;
        let Some((last, _)) = page.last() else { return failed.map_or(Ok(()), Err) };
        after = Some(*last);
        for (document, _) in &page {
            failed = failed.or(documents.destroy(*document).err());
        }
    }
}

/// What is said of a document that is gone.
pub(super) fn destroyed_text(document: DocumentDigest, leaf: u64) -> String {
    format!("the content of document {document} was destroyed by the filing of leaf {leaf}")
}

/// Their form was checked when the content was understood.
fn digests(documents: &[Vec<u8>]) -> Vec<DocumentDigest> {
    documents.iter().filter_map(|digest| DocumentDigest::from_slice(digest)).collect()
}

fn refuse(reason: Reason, text: &str, problems: Checker) -> Result<(), Error> {
    let problems = problems.into_problems();
    if problems.is_empty() {
        return Ok(());
    }
    Err(Refusal::new(reason, text).with_problems(problems).into())
}
