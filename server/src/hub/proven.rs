//! One filing with what proves it: its receipt, its assessment in the same tree, its signers' keys.

use std::sync::Arc;
use std::time::Duration;

use barid_proto::v1::{self, SignedEnvelope};
use prost::Message as _;
use tokio::time::{Instant, timeout_at};

use super::read::{invalid, not_found};
use super::{Crafts, Hub};
use crate::error::{Error, Fault};
use crate::identity::caller::Caller;
use crate::log::Given;
use crate::model::id::{EnvelopeDigest, OfficeAddress};
use crate::model::row::FilingRow;
use crate::store::FilingKey;

/// Most witnesses that a reader may name.
const WITNESSES_MAX: usize = 16;

/// Longest wait for witnesses: below the time that a request has.
const WAIT_MAX: Duration = Duration::from_secs(20);

/// When to ask for a receipt again: a witness that is back is asked within a second.
const PENDING_RETRY_MS: u32 = 1_000;

impl Hub {
    /// A filing that the caller sent or may read.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` when there is none for this caller.
    pub async fn filing(
        &self,
        caller: &Caller,
        request: v1::GetFilingRequest,
    ) -> Result<v1::GetFilingResponse, Error> {
        let key = asked_for(&request)?;
        if request.witnesses.len() > WITNESSES_MAX {
            return Err(invalid(&format!("at most {WITNESSES_MAX} witnesses may be named")));
        }
        let wait = Duration::from_millis(request.wait_ms.into());
        if wait > WAIT_MAX {
            return Err(invalid(&format!("wait_ms is at most {}", WAIT_MAX.as_millis())));
        }
        let deadline = Instant::now() + wait;
        let witnesses: Arc<[String]> = request.witnesses.into();
        let mut published = self.crafts.log.published();
        loop {
            published.mark_unchanged();
            let (office, witnesses) = (caller.office.clone(), Arc::clone(&witnesses));
            let found = self.blocking(move |crafts| crafts.read_filing(&office, key, &witnesses));
            let found = found.await?;
            // The lines that are missing may come with any head.
            if found.pending_witness.is_none()
                || timeout_at(deadline, published.changed()).await.is_err()
            {
                return Ok(found);
            }
        }
    }
}

impl Crafts {
    /// A filing. While witnesses are missing only its sender sees it.
    fn read_filing(
        &self,
        office: &OfficeAddress,
        key: FilingKey,
        witnesses: &[String],
    ) -> Result<v1::GetFilingResponse, Error> {
        let row = self.store.filing(key)?.ok_or_else(not_found)?;
        let hidden = row.leaf >= self.shown() && !self.reads_for(office, &row.sender);
        if hidden || !(self.may_read(office, &row)? || self.may_rely_on(office, &row)?) {
            return Err(not_found());
        }
        let filing = self.unproven_filing(&row)?;
        Ok(match self.log.receipt_with(&row, witnesses)? {
            Given::Receipt(receipt) => {
                let filing = Some(self.proven_by(receipt, &row, filing)?);
                v1::GetFilingResponse { filing, pending_witness: None }
            }
            Given::Pending(unwitnessed) => v1::GetFilingResponse {
                filing: Some(filing),
                pending_witness: Some(pending(unwitnessed)),
            },
        })
    }

    /// A filing with everything that the hub recorded with it. It must be one that is shown.
    pub(super) fn sealed_filing(&self, row: &FilingRow) -> Result<v1::SealedFiling, Error> {
        let Given::Receipt(receipt) = self.log.receipt_of(row)? else {
            let text = format!("leaf {} was to be shown before it was published", row.leaf);
            return Err(Fault::broken(text).into());
        };
        self.proven_by(receipt, row, self.unproven_filing(row)?)
    }

    /// A filing with its receipt, and its assessment proved in the same tree.
    fn proven_by(
        &self,
        receipt: v1::Receipt,
        row: &FilingRow,
        filing: v1::SealedFiling,
    ) -> Result<v1::SealedFiling, Error> {
        let path = self.log.assessment_path(row, &receipt)?;
        let assessment_path = path.iter().map(|hash| hash.to_vec()).collect();
        Ok(v1::SealedFiling { receipt: Some(receipt), assessment_path, ..filing })
    }

    /// The same without what proves it.
    fn unproven_filing(&self, row: &FilingRow) -> Result<v1::SealedFiling, Error> {
        let envelope = decode_envelope(row)?;
        let mut signer_spkis = Vec::with_capacity(envelope.signatures.len());
        for signature in &envelope.signatures {
            signer_spkis.push(self.keys.spki(&signature.key_id)?);
        }
        Ok(v1::SealedFiling {
            envelope: Some(envelope),
            receipt: None,
            assessment: row.assessment.clone().unwrap_or_default().into(),
            signer_spkis,
            assessment_path: Vec::new(),
        })
    }
}

/// Which filing is asked for.
fn asked_for(request: &v1::GetFilingRequest) -> Result<FilingKey, Error> {
    match request.leaf_index {
        None => EnvelopeDigest::from_slice(&request.envelope_digest)
            .map(FilingKey::Digest)
            .ok_or_else(|| invalid("envelope_digest has 32 bytes, or leaf_index is given")),
        Some(_) if !request.envelope_digest.is_empty() => {
            Err(invalid("envelope_digest and leaf_index: give one of the two"))
        }
        // No log has more leaves than a signed number counts.
        Some(leaf) if i64::try_from(leaf).is_err() => Err(not_found()),
        Some(leaf) => Ok(FilingKey::Leaf(leaf)),
    }
}

/// What stands in for a receipt while witnesses are missing.
pub(super) fn pending(unwitnessed: v1::Receipt) -> v1::PendingWitness {
    v1::PendingWitness { unwitnessed: Some(unwitnessed), retry_after_ms: PENDING_RETRY_MS }
}

fn decode_envelope(row: &FilingRow) -> Result<SignedEnvelope, Fault> {
    SignedEnvelope::decode(row.envelope.as_slice()).map_err(|error| {
        Fault::while_doing(format!("reading the envelope of leaf {}", row.leaf), error)
    })
}
