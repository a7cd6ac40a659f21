//! The institution's own keys: a leaf under one of them that it did not make is an intruder's.

use crate::error::WitnessError;
use barid_client::hex;
use barid_proto::key::KeyId;
use barid_proto::leaf::Leaf;
use barid_proto::tlog::Hash;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::PathBuf;

/// Which keys the institution signs with, and where it notes what it signed.
#[derive(Clone, Debug, Default)]
pub struct OwnKeys {
    /// The ids of its keys. None: nothing is compared.
    pub ids: BTreeSet<KeyId>,
    /// A text with the digest of each envelope it signed, in hexadecimal, one a line. Its outbox
    /// adds a line before it sends.
    pub digests: PathBuf,
}

/// The digests as they were when some leaves came in.
pub(super) struct OwnDigests<'a> {
    ids: &'a BTreeSet<KeyId>,
    known: HashSet<Hash>,
}

impl OwnKeys {
    /// Reads the digests, unless there is nothing to compare.
    pub(super) fn digests(&self) -> Result<OwnDigests<'_>, WitnessError> {
        let mut known = HashSet::new();
        if !self.ids.is_empty() {
            let text = fs::read_to_string(&self.digests);
            let text = text.map_err(WitnessError::io(&self.digests))?;
            for line in text.lines() {
                let digest = hex::decode(line.trim());
                known.insert(digest.ok_or_else(|| {
                    WitnessError::content(&self.digests, format!("{line:?} is no digest"))
                })?);
            }
        }
        Ok(OwnDigests { ids: &self.ids, known })
    }
}

impl OwnDigests<'_> {
    /// Whether the leaf names a key of the institution, which has not noted signing it.
    pub(super) fn is_strange(&self, leaf: &Leaf) -> bool {
        self.ids.contains(&leaf.signer_key_id) && !self.known.contains(&leaf.envelope_digest)
    }
}
