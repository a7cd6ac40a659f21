//! Who is on the network, with which keys.

use std::sync::Arc;

use barid_proto::key::{Algorithm, KeyId, Signer};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::institution_service_client::InstitutionServiceClient;
use barid_proto::v1::{
    Address, DataClass, EnrolledKey, FilingContent, FilingKind, GetCallerRequest,
    GetCallerResponse, GetKeyProofRequest, Institution, KeyAction, KeyEvent, KeyPurpose,
    ListInstitutionsRequest, ListKeysRequest, SealedFiling,
};

use super::{Client, Filed, READ_WITHIN, stub, within};
use crate::draft::Draft;
use crate::error::ClientError;

/// Who the hub takes this client for, and what it says about itself.
pub type Caller = GetCallerResponse;

impl Client {
    /// Who the hub takes this client for.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn caller(&self) -> Result<Caller, ClientError> {
        self.call(|channel| {
            let request = within(READ_WITHIN, GetCallerRequest {});
            async move { stub!(InstitutionServiceClient, channel).get_caller(request).await }
        })
        .await
    }

    /// The institutions on the network and their offices.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn directory(&self) -> Result<Vec<Institution>, ClientError> {
        let answer = self.call(|channel| {
            let request = within(READ_WITHIN, ListInstitutionsRequest {});
            async move { stub!(InstitutionServiceClient, channel).list_institutions(request).await }
        });
        Ok(answer.await?.institutions)
    }

    /// The keys of an institution, those out of use included.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn keys(&self, institution: &str) -> Result<Vec<EnrolledKey>, ClientError> {
        let answer = self.call(|channel| {
            let request = ListKeysRequest { institution: institution.to_owned() };
            let request = within(READ_WITHIN, request);
            async move { stub!(InstitutionServiceClient, channel).list_keys(request).await }
        });
        Ok(answer.await?.keys)
    }

    /// Whose a key is, as the log proves it: the key events that
    /// [`KeyHistory`](barid_proto::enrolment::KeyHistory) replays. Not verified here.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn key_proof(&self, key: &KeyId) -> Result<Vec<SealedFiling>, ClientError> {
        let answer = self.call(|channel| {
            let request = GetKeyProofRequest { key_id: key.as_bytes().to_vec() };
            let request = within(READ_WITHIN, request);
            async move { stub!(InstitutionServiceClient, channel).get_key_proof(request).await }
        });
        Ok(answer.await?.events)
    }

    /// Brings this office's first signing key into use. The envelope is signed with the key it
    /// adds, which proves that this office holds it, and the office's certificate vouches for it.
    ///
    /// # Errors
    /// Any [`ClientError`]; [`LocalError::Key`](crate::LocalError::Key) when the certificate's key
    /// cannot vouch.
    pub async fn enrol_key(&self, purpose: KeyPurpose) -> Result<Filed, ClientError> {
        let key = self.office.signer.public_key();
        let voucher = Some(self.connection.vouch(&self.origin, &key.id())?);
        let event = KeyEvent { voucher, ..change_of(KeyAction::Add, key.spki(), purpose) };
        self.change_key(event, &[]).await
    }

    /// Brings a key into use for which another vouches: one in use of the same office, or the
    /// institution's administrative key, which may do so for another office, `holder`. This
    /// client's key signs first and `other` second: one of them is the key that is added, the
    /// second if it is an ML-DSA key and the first otherwise.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn add_key(
        &self,
        other: Arc<dyn Signer>,
        purpose: KeyPurpose,
        holder: Option<Address>,
    ) -> Result<Filed, ClientError> {
        let second = other.public_key().algorithm() == Algorithm::MlDsa65;
        let added = if second { &other } else { &self.office.signer };
        let event = change_of(KeyAction::Add, added.public_key().spki(), purpose);
        let event = KeyEvent { holder, ..event };
        self.change_key(event, &[other]).await
    }

    /// Takes a key out of use: this client's own, another of its office, or, when this client
    /// signs with the institution's administrative key, one of any of its offices.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn retire_key(&self, key: &EnrolledKey) -> Result<Filed, ClientError> {
        let event = change_of(KeyAction::Retire, &key.spki, key.purpose());
        self.change_key(KeyEvent { holder: key.holder.clone(), ..event }, &[]).await
    }

    /// Declares a key compromised: what it signed from the leaf `from` on is not to be trusted, nor
    /// are keys that it vouched for from there on. Signed as by [`Client::retire_key`]; a key does
    /// not take back what it signed itself.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn revoke_key(&self, key: &EnrolledKey, from: u64) -> Result<Filed, ClientError> {
        let event = change_of(KeyAction::Revoke, &key.spki, key.purpose());
        let holder = key.holder.clone();
        self.change_key(KeyEvent { holder, invalid_from_index: from, ..event }, &[]).await
    }

    pub(super) async fn change_key(
        &self,
        event: KeyEvent,
        others: &[Arc<dyn Signer>],
    ) -> Result<Filed, ClientError> {
        let content = FilingContent { content: Some(Content::KeyEvent(event)) };
        let draft = Draft::new(FilingKind::KeyEvent).content(content).without_case();
        // Public keys are public, and partners may not touch live data.
        self.submit_beside(draft.data_class(DataClass::Published), Some(others)).await
    }
}

pub(super) fn change_of(action: KeyAction, spki: &[u8], purpose: KeyPurpose) -> KeyEvent {
    KeyEvent {
        action: action.into(),
        spki: spki.to_vec(),
        purpose: purpose.into(),
        ..KeyEvent::default()
    }
}
