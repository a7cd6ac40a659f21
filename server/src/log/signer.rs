//! What the hub signs with as a log, and the leaves it makes in its own name.

use barid_proto::key::{FileKey, KeyId, Signer};
use barid_proto::leaf::{self, LEAF_LEN, Leaf, LeafKind};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::cosignature::Cosigner;
use barid_proto::tlog::note::{Note, NoteSigner};
use barid_proto::tlog::vkey::VerifierKey;
use barid_proto::tlog::{EMPTY_ROOT, Hash};

use crate::error::Fault;

/// No time: what the log signs is dated by its witnesses (C2SP tlog-cosignature allows 0).
const UNDATED: u64 = 0;

/// The log's origin and the keys that sign its checkpoints.
pub struct LogSigner {
    notes: NoteSigner,
    /// Signs each checkpoint a second time, for the day when the first kind of key is broken.
    post_quantum: Option<Cosigner>,
    key_id: KeyId,
}

impl LogSigner {
    /// Signs as the log `origin`.
    ///
    /// # Errors
    /// When the key is not an Ed25519 key, or the origin cannot name a key.
    pub fn new(origin: &str, key: FileKey) -> Result<Self, Fault> {
        let key_id = key.public_key().id();
        let notes = NoteSigner::new(origin, Box::new(key))
            .map_err(|error| Fault::while_doing("taking the log's key into use", error))?;
        Checkpoint::new(origin, 1, EMPTY_ROOT)
            .map_err(|error| Fault::while_doing("taking the log's origin", error))?;
        Ok(Self { notes, post_quantum: None, key_id })
    }

    /// Signs with an ML-DSA-44 key too (PKCS#8 PEM).
    ///
    /// # Errors
    /// When it is no such key.
    pub fn with_ml_dsa_44(self, private_key_pem: &str) -> Result<Self, Fault> {
        let signer = Cosigner::ml_dsa_44(self.origin(), private_key_pem)
            .map_err(|error| Fault::while_doing("taking the log's ML-DSA key into use", error))?;
        Ok(Self { post_quantum: Some(signer), ..self })
    }

    /// The name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.verifier().name()
    }

    /// The key that verifies its checkpoints.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        self.notes.verifier()
    }

    /// All keys that verify its checkpoints.
    #[must_use]
    pub fn verifiers(&self) -> Vec<VerifierKey> {
        let second = self.post_quantum.iter().map(Cosigner::verifier);
        std::iter::once(self.verifier()).chain(second).cloned().collect()
    }

    /// SHA-256 of the key's SubjectPublicKeyInfo: the `signer_key_id` of leaves that the hub makes
    /// in its own name. They carry no signature of their own; the one over the tree covers them.
    #[must_use]
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// Signs a tree.
    pub(super) fn sign(&self, size: u64, root: Hash) -> Result<Note, Fault> {
        let checkpoint = Checkpoint::new(self.origin(), size, root)
            .map_err(|error| Fault::while_doing("making a checkpoint", error))?;
        let failed = |error| Fault::while_doing("signing a checkpoint", error);
        let mut note = checkpoint.sign(&self.notes).map_err(failed)?;
        if let Some(signer) = &self.post_quantum {
            let line = signer.cosign(&checkpoint, UNDATED).map_err(failed)?;
            note.add(line)
                .map_err(|error| Fault::while_doing("adding a line to a checkpoint", error))?;
        }
        Ok(note)
    }

    /// The leaf of what the hub assessed.
    pub(super) fn assessment_leaf(&self, accepted_at_ms: u64, bytes: &[u8]) -> [u8; LEAF_LEN] {
        let digest = leaf::assessment_digest(bytes);
        Leaf::of_hub(LeafKind::Assessment, accepted_at_ms, digest, self.key_id).encode()
    }

    /// The leaf of what the hub attests.
    pub(super) fn statement_leaf(
        &self,
        kind: LeafKind,
        accepted_at_ms: u64,
        bytes: &[u8],
    ) -> [u8; LEAF_LEN] {
        let digest = leaf::statement_digest(bytes);
        Leaf::of_hub(kind, accepted_at_ms, digest, self.key_id).encode()
    }
}
