//! A filing by its digest or by its leaf, under the lines of all witnesses that one demands.

use barid_proto::v1::filing_service_client::FilingServiceClient;
use barid_proto::v1::{GetFilingRequest, SealedFiling};

use super::filing::unwitnessed;
use super::{Client, READ_WITHIN, lacks, stub, within};
use crate::error::{ClientError, EvidenceError};
use crate::memory::Claim;
use crate::verify::Verified;

/// How long the hub is asked to wait for witnesses, after it has waited by itself: as long as a
/// clerk looks at a screen. Then the filing is left to the outbox's next round.
const WITNESSES_WITHIN_MS: u32 = 5_000;

impl Client {
    /// A filing that this office sent or may read, verified.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn filing(&self, digest: [u8; 32]) -> Result<(SealedFiling, Verified), ClientError> {
        let filing = self.witnessed_filing(digest).await?;
        let verified = self.verify(filing.clone(), Claim::OfSomeTime).await?;
        Ok((filing, verified))
    }

    /// The filing at a leaf, as [`Client::filing`]: what an assessment says that it rests on.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn filing_at(&self, leaf: u64) -> Result<(SealedFiling, Verified), ClientError> {
        let request = GetFilingRequest { leaf_index: Some(leaf), ..GetFilingRequest::default() };
        let filing = self.witnessed(request).await?;
        let verified = self.verify(filing.clone(), Claim::OfSomeTime).await?;
        if verified.leaf_index != leaf {
            let (said, proven) = (leaf.to_string(), verified.leaf_index.to_string());
            let error = EvidenceError::Contradiction { field: "leaf_index", said, proven };
            self.memory.keep_false(&filing, &error.to_string())?;
            return Err(error.into());
        }
        Ok((filing, verified))
    }

    /// A filing by the digest of its envelope.
    pub(super) async fn witnessed_filing(
        &self,
        digest: [u8; 32],
    ) -> Result<SealedFiling, ClientError> {
        let envelope_digest = digest.to_vec();
        self.witnessed(GetFilingRequest { envelope_digest, ..GetFilingRequest::default() }).await
    }

    /// A filing with the lines of all witnesses that this office's trust cannot do without.
    async fn witnessed(&self, filing: GetFilingRequest) -> Result<SealedFiling, ClientError> {
        let policy = self.office.trust.policy();
        let own = policy.indispensable().map(|witness| witness.key.name().to_owned());
        let (witnesses, wait_ms) = (own.collect(), WITNESSES_WITHIN_MS);
        let request = GetFilingRequest { witnesses, wait_ms, ..filing };
        let answer = self.call(|channel| {
            let request = within(READ_WITHIN, request.clone());
            async move { stub!(FilingServiceClient, channel).get_filing(request).await }
        });
        let answer = answer.await?;
        match answer.pending_witness {
            None => answer.filing.ok_or_else(|| lacks("filing")),
            pending => Err(unwitnessed(pending)),
        }
    }
}
