//! An envelope that is signed and has no answer yet.

use std::path::{Path, PathBuf};

use barid_proto::envelope::{self, Opened};
use barid_proto::key::{PublicKey, Signer};
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
    /// Gives `body` the link after `last`, signs it, and makes it durable at `path`.
    pub(super) fn sign(
        path: PathBuf,
        mut body: EnvelopeBody,
        last: Head,
        signer: &dyn Signer,
    ) -> Result<Self, LocalError> {
        let key = signer.public_key();
        let key_id = key.id().as_bytes().to_vec();
        let algorithm = i32::from(key.algorithm().wire());
        body.sender_sequence = last.sequence + 1;
        body.previous_digest = last.digest.to_vec();
        body.signers = vec![EnvelopeSigner { key_id: key_id.clone(), algorithm }];
        let bytes = body.encode_to_vec();
        let signed_bytes = envelope::pre_authentication(envelope::PAYLOAD_TYPE, &bytes);
        let signature =
            signer.sign(&signed_bytes).map_err(|error| LocalError::Key(error.to_string()))?;
        let envelope = SignedEnvelope {
            body: bytes.into(),
            payload_type: envelope::PAYLOAD_TYPE.to_owned(),
            signatures: vec![EnvelopeSignature { key_id, algorithm, signature }],
        };
        let pending = Self::check(path, envelope, key)?;
        disk::replace(&pending.path, &pending.envelope.encode_to_vec())?;
        Ok(pending)
    }

    /// Reads a pending envelope back. A damaged one is noticed by its signature.
    pub(super) fn read(path: &Path, key: &PublicKey) -> Result<Self, LocalError> {
        let bytes = std::fs::read(path).map_err(LocalError::at(path))?;
        let envelope = SignedEnvelope::decode(bytes.as_slice())
            .map_err(|error| LocalError::content(path, format!("not an envelope: {error}")))?;
        Self::check(path.to_owned(), envelope, key)
    }

    fn check(path: PathBuf, envelope: SignedEnvelope, key: &PublicKey) -> Result<Self, LocalError> {
        let opened = envelope::open(&envelope)
            .and_then(|opened| opened.verify(&[key]).map(|()| opened))
            .map_err(|error| LocalError::content(&path, error.to_string()))?;
        Ok(Self { path, envelope, opened })
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
