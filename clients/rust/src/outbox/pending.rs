//! An envelope that is signed and has no answer yet.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use barid_proto::envelope::{self, EnvelopeError, Opened};
use barid_proto::key::{KeyError, KeyId, PublicKey, Signer};
use barid_proto::v1::{
    EnvelopeBody, EnvelopeSignature, EnvelopeSigner, LeadDocument, SignedEnvelope,
};
use prost::Message as _;

use super::chain::Head;
use crate::disk;
use crate::error::LocalError;

/// A signed envelope on its way. Its bytes do not change as long as the hub may have seen them.
#[derive(Debug, Clone)]
pub struct Pending {
    path: PathBuf,
    envelope: SignedEnvelope,
    opened: Opened,
}

impl Pending {
    /// Gives `body` the link after `last`, has all sign it in this order, and makes it durable at
    /// `path`.
    pub(super) fn sign(
        path: PathBuf,
        mut body: EnvelopeBody,
        last: Head,
        signers: &[Arc<dyn Signer>],
    ) -> Result<Self, LocalError> {
        body.sender_sequence = last.sequence + 1;
        body.previous_digest = last.digest.to_vec();
        body.signers = signers.iter().map(|signer| listed(signer.public_key())).collect();
        let bytes = body.encode_to_vec();
        let signed_bytes = envelope::pre_authentication(envelope::PAYLOAD_TYPE, &bytes);
        let mut signatures = Vec::with_capacity(signers.len());
        for (signer, EnvelopeSigner { key_id, algorithm }) in signers.iter().zip(body.signers) {
            let signature =
                signer.sign(&signed_bytes).map_err(|error| LocalError::Key(error.to_string()))?;
            signatures.push(EnvelopeSignature { key_id, algorithm, signature });
        }
        let payload_type = envelope::PAYLOAD_TYPE.to_owned();
        let envelope = SignedEnvelope { body: bytes.into(), payload_type, signatures };
        let pending = Self::check(path, envelope, signers)?;
        disk::replace(&pending.path, &pending.envelope.encode_to_vec())?;
        Ok(pending)
    }

    /// Reads a pending envelope back. A damaged one is noticed by the signatures of those signers
    /// that are at hand.
    pub(super) fn read(path: &Path, signers: &[Arc<dyn Signer>]) -> Result<Self, LocalError> {
        let bytes = std::fs::read(path).map_err(LocalError::at(path))?;
        let envelope = SignedEnvelope::decode(bytes.as_slice())
            .map_err(|error| LocalError::content(path, format!("not an envelope: {error}")))?;
        Self::check(path.to_owned(), envelope, signers)
    }

    fn check(
        path: PathBuf,
        envelope: SignedEnvelope,
        signers: &[Arc<dyn Signer>],
    ) -> Result<Self, LocalError> {
        let opened = envelope::open(&envelope)
            .map_err(|error| LocalError::content(&path, error.to_string()))?;
        for (index, signed_by) in opened.signatures.iter().enumerate() {
            let known = signers.iter().map(|signer| signer.public_key());
            let key = known.into_iter().find(|key| key.id() == signed_by.key_id);
            let verified = match key {
                Some(key) => key.verify(&opened.signed_bytes, &signed_by.bytes),
                // The key of the chain is always at hand.
                None if index == 0 => Err(KeyError::Signature),
                None => Ok(()),
            };
            let wrong = |error| EnvelopeError::Signature { index, error }.to_string();
            verified.map_err(|error| LocalError::content(&path, wrong(error)))?;
        }
        Ok(Self { path, envelope, opened })
    }

    /// Who signed, in order.
    pub(super) fn signers(&self) -> impl Iterator<Item = KeyId> {
        self.opened.signatures.iter().map(|signed_by| signed_by.key_id)
    }

    /// What was signed, decoded.
    #[must_use]
    pub fn body(&self) -> &EnvelopeBody {
        &self.opened.body
    }

    /// The envelope, as it is sent.
    #[must_use]
    pub fn envelope(&self) -> &SignedEnvelope {
        &self.envelope
    }

    /// Digest of the envelope with its signature.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.opened.digest()
    }

    /// This envelope's place in the chain, as the link that the next one names.
    #[must_use]
    pub fn link(&self) -> Head {
        Head { sequence: self.body().sender_sequence, digest: self.digest() }
    }

    /// Digests and lengths of the documents it names, lead first, none twice.
    pub fn documents(&self) -> impl Iterator<Item = (&[u8], u64)> {
        let body = self.body();
        let lead = body
            .lead
            .iter()
            .map(|LeadDocument { sha256, size_bytes, .. }| (sha256.as_slice(), *size_bytes));
        let mut seen = Vec::new();
        lead.chain(body.exhibits.iter().map(|e| (e.sha256.as_slice(), e.size_bytes))).filter(
            move |(sha256, _)| {
                let first = !seen.contains(sha256);
                seen.push(sha256);
                first
            },
        )
    }

    /// Whether it names the link after `head`.
    pub(super) fn follows(&self, head: &Head) -> bool {
        let body = self.body();
        body.sender_sequence == head.sequence + 1 && body.previous_digest == head.digest
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

fn listed(key: &PublicKey) -> EnvelopeSigner {
    let algorithm = i32::from(key.algorithm().wire());
    EnvelopeSigner { key_id: key.id().as_bytes().to_vec(), algorithm }
}
