//! Sealed exhibits: sealing for the recipients of a filing, opening, and giving access to others.

mod find;
mod grant;
mod open;

pub use grant::Order;

use std::path::PathBuf;

use barid_proto::envelope;
use barid_proto::key::{KeyId, PublicKey};
use barid_proto::sealed::DocumentKey;
use barid_proto::sealed::wrap::{self, Bound};
use barid_proto::v1::{Address, KeyAction, KeyEvent, KeyPurpose, KeyWrap};
use zeroize::Zeroizing;

use super::directory::change_of;
use super::{Client, Filed, lacks};
use crate::draft::Draft;
use crate::error::{ClientError, EvidenceError, LocalError, SealedFault};
use crate::memory::Claim;
use crate::sealing::{self, Copies};
use crate::verify::{ProvenEvent, Roots, unsealing_key};
use crate::{disk, hex};

/// An office to seal for, with the key that was proven to be its own.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// As the envelope writes it.
    pub address: Address,
    /// The key.
    pub key: PublicKey,
}

impl Client {
    /// Brings the key into use by which this office, or another of its institution, opens sealed
    /// exhibits. This client's own key vouches for it.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn enrol_unsealing_key(
        &self,
        key: &PublicKey,
        holder: Option<Address>,
    ) -> Result<Filed, ClientError> {
        let event = change_of(KeyAction::Add, key.spki(), KeyPurpose::Unseal);
        self.change_key(KeyEvent { holder, ..event }, &[]).await
    }

    /// The key by which an office opens sealed exhibits, proven by the log and its certificate.
    ///
    /// # Errors
    /// [`SealedFault::NoUnsealingKey`] when it has none; [`EvidenceError::KeyUnproven`] when what the
    /// hub shows is not proven to be the office's; any other [`ClientError`].
    pub async fn recipient(
        &self,
        address: &Address,
        roots: &Roots,
    ) -> Result<Recipient, ClientError> {
        let office = self.resolved(address).await?;
        let own = self.keys(&office.institution).await?.into_iter().filter(|key| {
            key.purpose() == KeyPurpose::Unseal
                && key.holder.as_ref() == Some(&office)
                && key.retired_leaf.is_none()
                && key.revoked_from_leaf.is_none()
        });
        let newest = own.max_by_key(|key| key.added_leaf);
        let name = || format!("{}/{}", office.institution, office.office);
        let newest = newest.ok_or_else(|| SealedFault::NoUnsealingKey(name()))?;
        let id = KeyId::from_slice(&newest.key_id).ok_or_else(|| lacks("key_id"))?;
        let mut events = Vec::new();
        for filing in self.key_proof(&id).await? {
            let signed = filing.envelope.clone().unwrap_or_default();
            let opened = envelope::open(&signed).map_err(EvidenceError::from)?;
            let verified = self.verify(filing, Claim::OfSomeTime).await?;
            let (leaf, accepted_at_ms) = (verified.leaf_index, verified.accepted_at_ms);
            events.push(ProvenEvent { leaf, accepted_at_ms, opened });
        }
        let key = unsealing_key(&office, &id, &events, roots, &self.origin);
        let key = key.map_err(|why| EvidenceError::KeyUnproven { office: name(), why })?;
        Ok(Recipient { address: address.clone(), key })
    }

    /// The keys of several offices; all that have none are named at once.
    ///
    /// # Errors
    /// As [`Client::recipient`].
    pub async fn recipients(
        &self,
        addresses: &[Address],
        roots: &Roots,
    ) -> Result<Vec<Recipient>, ClientError> {
        let (mut found, mut without) = (Vec::new(), Vec::new());
        for address in addresses {
            match self.recipient(address, roots).await {
                Ok(recipient) => found.push(recipient),
                Err(ClientError::Local(LocalError::Sealed(SealedFault::NoUnsealingKey(name)))) => {
                    without.push(name);
                }
                Err(error) => return Err(error),
            }
        }
        if without.is_empty() {
            return Ok(found);
        }
        Err(SealedFault::NoUnsealingKey(without.join(", ")).into())
    }

    /// Seals documents, each in its place beside the outbox, and puts them into a draft as sealed
    /// exhibits with their keys: for all its recipients, and for this office itself when it has a
    /// key. The copies are needed until the draft is signed.
    ///
    /// # Errors
    /// As [`Client::recipient`]; [`LocalError`] for a document that cannot be sealed.
    pub async fn seal_exhibits(
        &self,
        mut draft: Draft,
        paths: &[PathBuf],
        roots: &Roots,
    ) -> Result<(Draft, Copies), ClientError> {
        let mut copies = Copies::default();
        if paths.is_empty() {
            return Ok((draft, copies));
        }
        let mut recipients = self.recipients(&draft.recipients(), roots).await?;
        if !recipients.iter().any(|one| one.address == self.office.address) {
            match self.recipient(&self.office.address, roots).await {
                Ok(own) => recipients.push(own),
                Err(ClientError::Local(LocalError::Sealed(SealedFault::NoUnsealingKey(_)))) => {}
                Err(error) => return Err(error),
            }
        }
        if recipients.is_empty() {
            return Err(SealedFault::NoRecipient.into());
        }
        let folder = self.office.folder.join("sealing");
        disk::make_folder(&folder)?;
        let mut keys = Vec::with_capacity(paths.len());
        for path in paths {
            let mut name = [0; 16];
            self.office.source.fill(&mut name)?;
            let (path, into) = (path.clone(), folder.join(hex::encode(&name)));
            copies.add(into.clone());
            let source = std::sync::Arc::clone(&self.office.source);
            let sealed =
                super::beside(move || sealing::seal_at(&path, &into, source.as_ref())).await?;
            keys.push((sealed.document.sha256, sealed.key));
            draft = draft.exhibit(sealed.described, sealed.document);
        }
        let wraps = self.wraps(&recipients, &keys)?;
        Ok((draft.wraps(wraps), copies))
    }

    /// Wraps the keys of documents for offices, in an envelope of this one.
    fn wraps(
        &self,
        recipients: &[Recipient],
        keys: &[([u8; 32], DocumentKey)],
    ) -> Result<Vec<KeyWrap>, ClientError> {
        let keys: Vec<_> = keys.iter().map(|(digest, key)| (*digest, key)).collect();
        let mut wraps = Vec::with_capacity(recipients.len());
        for Recipient { address, key } in recipients {
            let mut random = Zeroizing::new([0; wrap::RANDOM_BYTES]);
            self.office.source.fill(random.as_mut_slice())?;
            let (sender, origin) = (&self.office.address, &*self.origin);
            let bound = Bound { origin, sender, recipient: address };
            let wrapped = wrap::wrap(bound, key, &keys, &random);
            wraps.push(wrapped.map_err(SealedFault::from)?);
        }
        Ok(wraps)
    }

    /// An address with its office: the main one where none is written.
    async fn resolved(&self, address: &Address) -> Result<Address, ClientError> {
        if !address.office.is_empty() {
            return Ok(address.clone());
        }
        let institutions = self.directory().await?;
        let own = institutions.into_iter().find(|one| one.institution == address.institution);
        let main = own.and_then(|one| one.offices.into_iter().find(|office| office.main));
        let institution = address.institution.clone();
        match main {
            Some(main) => Ok(Address { institution, office: main.office }),
            None => Err(SealedFault::NoUnsealingKey(institution).into()),
        }
    }
}
