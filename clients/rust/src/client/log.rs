//! Reading the log, and believing only what agrees with what was seen before.

use barid_proto::leaf::{Leaf, LeafKind};
use barid_proto::tlog::Hash;
use barid_proto::tlog::proof::{verify_consistency, verify_inclusion};
use barid_proto::v1::log_service_client::LogServiceClient;
use barid_proto::v1::{GetCheckpointRequest, GetConsistencyProofRequest, GetInclusionProofRequest};

use super::{Client, READ_WITHIN, stub, within};
use crate::error::{ClientError, EvidenceError};
use crate::memory::{Claim, Seen, Standing};
use crate::verify::Verified;

impl Client {
    /// The newest checkpoint, verified and compared with those seen before.
    ///
    /// # Errors
    /// Any [`ClientError`]; [`EvidenceError::History`] when the log contradicts itself.
    pub async fn checkpoint(&self) -> Result<Seen, ClientError> {
        let answer = self.call(|channel| {
            let request = within(READ_WITHIN, GetCheckpointRequest {});
            async move { stub!(LogServiceClient, channel).get_checkpoint(request).await }
        });
        let note = answer.await?.note;
        let checkpoint = self.office.trust.checkpoint(&note)?.checkpoint;
        let shown = Seen { checkpoint, note };
        self.believe(shown.clone(), Claim::Newest).await?;
        Ok(shown)
    }

    /// Proves that the assessment that came with a verified filing is the leaf behind it.
    ///
    /// # Errors
    /// [`EvidenceError::Assessment`] when the log has another leaf there; any [`ClientError`].
    pub async fn prove_assessment(
        &self,
        filing: &Verified,
        assessment: &[u8],
    ) -> Result<(), ClientError> {
        let tree = self.checkpoint().await?.checkpoint;
        let index = filing.leaf_index + 1;
        let leaves = self.leaves(index, 1).await?;
        let leaf = leaves.first().and_then(|bytes| Leaf::decode(bytes).ok());
        let leaf = leaf.ok_or(EvidenceError::Assessment)?;
        let digest = barid_proto::leaf::assessment_digest(assessment);
        if leaf.kind != LeafKind::Assessment || leaf.envelope_digest != Hash::from(digest) {
            return Err(EvidenceError::Assessment.into());
        }
        let answer = self.call(|channel| {
            let request = GetInclusionProofRequest { leaf_index: index, tree_size: tree.size() };
            let request = within(READ_WITHIN, request);
            async move { stub!(LogServiceClient, channel).get_inclusion_proof(request).await }
        });
        let path = hashes(&answer.await?.path)?;
        verify_inclusion(&leaf.hash(), index, tree.size(), &path, tree.root())
            .map_err(|_| EvidenceError::Assessment.into())
    }

    /// Compares a verified checkpoint with the newest one seen before and remembers the larger.
    pub(super) async fn believe(&self, shown: Seen, claim: Claim) -> Result<(), ClientError> {
        let had = self.memory.newest(shown.checkpoint.origin(), &self.office.trust)?;
        self.reconcile(had.as_ref(), &shown, claim).await?;
        Ok(self.memory.remember(had.as_ref(), &shown)?)
    }

    /// Compares two verified checkpoints, with a proof from the hub where one is needed. Both are
    /// kept when they contradict each other.
    pub(super) async fn reconcile(
        &self,
        had: Option<&Seen>,
        shown: &Seen,
        claim: Claim,
    ) -> Result<(), ClientError> {
        let standing = self.memory.stand(had, shown, claim)?;
        if let (Standing::Needs { old_size, new_size }, Some(had)) = (standing, had) {
            let path = self.consistency(old_size, new_size).await?;
            self.memory.reconcile(had, shown, &path)?;
        }
        Ok(())
    }

    /// The tree that the sender of a verified filing had seen begins the one shown here. What the
    /// sender signed cannot be taken out by the hub, so two histories meet here at the latest.
    pub(super) async fn compare(
        &self,
        envelope: &[u8],
        filing: &Verified,
    ) -> Result<(), ClientError> {
        let Some(seen) = &filing.body.last_seen else { return Ok(()) };
        let tree = &filing.witnessed.checkpoint;
        let accuse = || self.memory.accuse_by(&filing.note, envelope, seen.size);
        let root = Hash::try_from(seen.root.as_slice()).map_err(|_| accuse())?;
        match self.told(|told| told.root(seen.size).copied()) {
            Some(known) if known == root => return Ok(()),
            Some(_) => return Err(accuse()),
            None => {}
        }
        let path = self.consistency(seen.size, tree.size()).await?;
        verify_consistency(seen.size, tree.size(), &path, &root, tree.root())
            .map_err(|_| accuse())?;
        self.told(|told| told.learn(seen.size, root));
        Ok(())
    }

    async fn consistency(&self, old_size: u64, new_size: u64) -> Result<Vec<Hash>, ClientError> {
        let answer = self.call(|channel| {
            let request = GetConsistencyProofRequest { old_size, new_size };
            let request = within(READ_WITHIN, request);
            async move { stub!(LogServiceClient, channel).get_consistency_proof(request).await }
        });
        hashes(&answer.await?.path)
    }
}

/// A path with something in it that is no hash proves nothing.
fn hashes(path: &[Vec<u8>]) -> Result<Vec<Hash>, ClientError> {
    let malformed = || EvidenceError::Contradiction {
        field: "path",
        said: "something that is no hash".to_owned(),
        proven: "nothing".to_owned(),
    };
    let hash = |bytes: &Vec<u8>| Hash::try_from(bytes.as_slice()).map_err(|_| malformed().into());
    path.iter().map(hash).collect()
}
