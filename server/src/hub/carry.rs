//! Carrying: an envelope comes from somebody who has a link, and its sender has none.
//!
//! The envelope is its sender's: everything is judged as if the sender had called. What is asked of
//! the carrier is only whether it may carry for that office.

use std::collections::BTreeSet;

use barid_proto::envelope::Opened;
use barid_proto::v1::{self, Reason};

use super::read::invalid;
use super::recognise::Recognised;
use super::{Crafts, Hub};
use crate::error::{Error, Refusal};
use crate::identity::caller::Caller;
use crate::model::filing::Filing;
use crate::model::id::{DocumentDigest, OfficeAddress};
use crate::model::wire;
use crate::store::Reader;

/// Most documents that come with one envelope: more than an envelope names.
const DOCUMENTS_MAX: usize = 1_024;

/// How an envelope came that its sender did not hand in.
pub(super) struct Carried {
    /// Who handed it in.
    pub(super) by: OfficeAddress,
    /// The documents that came with it.
    documents: BTreeSet<DocumentDigest>,
}

impl Carried {
    /// What came with the envelope is named by it.
    pub(super) fn check_named(&self, filing: &Filing) -> Result<(), Error> {
        let named =
            |digest: &DocumentDigest| filing.documents.iter().any(|paper| paper.digest == *digest);
        match self.documents.iter().find(|digest| !named(digest)) {
            None => Ok(()),
            Some(other) => Err(invalid(&format!("the envelope names no document {other}"))),
        }
    }
}

/// What a caller says of an envelope that it carries.
pub(super) fn carried(
    by: &OfficeAddress,
    carriage: Option<v1::Carriage>,
) -> Result<Option<Carried>, Error> {
    let Some(carriage) = carriage else { return Ok(None) };
    let digests = &carriage.document_sha256s;
    if digests.len() > DOCUMENTS_MAX {
        return Err(invalid(&format!("at most {DOCUMENTS_MAX} documents come with an envelope")));
    }
    let documents = digests.iter().map(|digest| DocumentDigest::from_slice(digest)).collect();
    let documents: Option<_> = documents;
    let documents = documents.ok_or_else(|| invalid("document_sha256s have 32 bytes each"))?;
    Ok(Some(Carried { by: by.clone(), documents }))
}

impl Crafts {
    /// Whose envelope it is: the caller's, or that of an office for which the caller may carry.
    pub(super) fn sender_of(
        &self,
        caller: &Caller,
        carried: Option<&Carried>,
        opened: &Opened,
    ) -> Result<OfficeAddress, Error> {
        let named = opened.body.sender.as_ref();
        let office = &caller.office;
        let mismatch = |text: String| Error::from(Refusal::new(Reason::SenderMismatch, text));
        if carried.is_none() {
            return match named == Some(&wire::address(office)) {
                true => Ok(office.clone()),
                false => Err(mismatch(format!(
                    "the envelope names another sender than the certificate: {office}"
                ))),
            };
        }
        // As written, so that the leaf's sender is one that the directory has.
        let sender = named.and_then(|address| {
            let found = self.directory.resolve(address)?;
            (wire::address(&found) == *address).then_some(found)
        });
        let sender = sender.ok_or_else(|| {
            let text = "the envelope's sender is not in the directory";
            Error::from(Refusal::new(Reason::OfficeUnknown, text))
        })?;
        if self.may_carry(office, &sender)? {
            return Ok(sender);
        }
        Err(mismatch(format!(
            "{office} may not carry for {sender}: neither are they of one institution, nor does \
             the permission table {} name it as carrier",
            self.policy.version,
        )))
    }

    /// Whether an office may hand in what another has signed.
    pub(super) fn may_carry(
        &self,
        carrier: &OfficeAddress,
        sender: &OfficeAddress,
    ) -> Result<bool, Error> {
        if carrier.institution == sender.institution {
            return Ok(true);
        }
        Ok(self.policy.carries(&self.member(carrier)?.kind, &self.member(sender)?.kind))
    }

    /// The office whose inbox a caller asks for.
    pub(super) fn inbox_of(
        &self,
        caller: &OfficeAddress,
        asked: Option<&v1::Address>,
    ) -> Result<OfficeAddress, Error> {
        let Some(asked) = asked else { return Ok(caller.clone()) };
        let office = self.directory.resolve(asked).filter(|office| self.reads_for(caller, office));
        office.ok_or_else(|| {
            let text = "only a main office is given what was served on another of its institution";
            Refusal::new(Reason::NotPermitted, text).into()
        })
    }

    /// Gives the sender's institution what came with its envelope, as if it had uploaded it.
    fn hand_over_documents(&self, recognised: &Recognised) -> Result<(), Error> {
        let Some(carried) = &recognised.carried else { return Ok(()) };
        let (institution, by) = (&recognised.sender.institution, &carried.by.institution);
        if institution == by {
            return Ok(());
        }
        let uploaded = Reader::Institution(by.clone());
        for digest in &carried.documents {
            // What is missing is told with everything else that is, when the filing is judged.
            if let Some(document) = self.store.readable(*digest, &uploaded)? {
                self.store.add_holding(&document, institution)?;
            }
        }
        Ok(())
    }
}

impl Hub {
    /// Gives the sender what came with an envelope that was carried.
    pub(super) async fn hand_over_carried(
        &self,
        recognised: Recognised,
    ) -> Result<Recognised, Error> {
        if recognised.carried.is_none() {
            return Ok(recognised);
        }
        self.blocking(move |crafts| crafts.hand_over_documents(&recognised).map(|()| recognised))
            .await
    }
}
