//! Who is on the network, with which keys.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::institution_service_client::InstitutionServiceClient;
use barid_proto::v1::{
    DataClass, EnrolledKey, FilingContent, FilingKind, GetCallerRequest, GetCallerResponse,
    Institution, KeyAction, KeyEvent, KeyPurpose, ListInstitutionsRequest, ListKeysRequest,
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

    /// Brings this office's signing key into use. The envelope is signed with the key it adds,
    /// which proves that this office holds it.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn enrol_key(&self, purpose: KeyPurpose) -> Result<Filed, ClientError> {
        let event = KeyEvent {
            action: KeyAction::Add.into(),
            spki: self.office.signer.public_key().spki().to_vec(),
            purpose: purpose.into(),
            ..KeyEvent::default()
        };
        let content = FilingContent { content: Some(Content::KeyEvent(event)) };
        let draft = Draft::new(FilingKind::KeyEvent).content(content).without_case();
        // Public keys are public, and partners may not touch live data.
        self.submit(draft.data_class(DataClass::Published)).await
    }
}
