//! Reading the log, and believing only what agrees with what was seen before.

use barid_proto::tlog::Hash;
use barid_proto::tlog::proof::verify_consistency;
use barid_proto::v1::filing_service_client::FilingServiceClient;
use barid_proto::v1::log_service_client::LogServiceClient;
use barid_proto::v1::{
    GetCheckpointRequest, GetConsistencyProofRequest, GetStatementRequest, SealedStatement,
};

use super::{Client, READ_WITHIN, lacks, stub, within};
use crate::error::{ClientError, EvidenceError};
use crate::memory::{Claim, Seen, Standing};
use crate::verify::Verified;
use crate::verify::stated::{self, Stated};

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
        self.compare_open(&shown).await?;
        Ok(shown)
    }

    /// Checks a checkpoint that somebody shows, and that it is in one history with those seen
    /// before.
    ///
    /// # Errors
    /// Any [`ClientError`]; [`EvidenceError::History`] when the two contradict each other.
    pub async fn agrees(&self, note: &[u8]) -> Result<(), ClientError> {
        let checkpoint = self.office.trust.checkpoint(note)?.checkpoint;
        self.believe(Seen { checkpoint, note: note.to_vec() }, Claim::OfSomeTime).await
    }

    /// Compares what came on sticks, and could not be compared with what else was known then, with
    /// the newest tree.
    async fn compare_open(&self, newest: &Seen) -> Result<(), ClientError> {
        for seen in self.memory.uncompared(&self.origin, &self.office.trust)? {
            let claim = Claim::OfSomeTime;
            if let Standing::Needs { old_size, new_size } =
                self.memory.stand(Some(&seen), newest, claim)?
            {
                let path = self.consistency(old_size, new_size).await?;
                self.memory.reconcile(&seen, newest, &path)?;
            }
        }
        Ok(self.memory.all_compared(&self.origin)?)
    }

    /// A statement of the hub by its leaf, verified: that it refused an envelope, or that a filing
    /// was fetched or not answered in time.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn statement(
        &self,
        leaf_index: u64,
    ) -> Result<(SealedStatement, Stated), ClientError> {
        let answer = self.call(|channel| {
            let request = within(READ_WITHIN, GetStatementRequest { leaf_index });
            async move { stub!(FilingServiceClient, channel).get_statement(request).await }
        });
        let sealed = answer.await?.statement.ok_or_else(|| lacks("statement"))?;
        let stated = stated::statement(&sealed, &self.office.trust)?;
        if stated.leaf_index != leaf_index {
            return Err(EvidenceError::Contradiction {
                field: "leaf_index",
                said: leaf_index.to_string(),
                proven: stated.leaf_index.to_string(),
            }
            .into());
        }
        self.believe_statement(&stated).await?;
        Ok((sealed, stated))
    }

    /// Compares the checkpoint of a verified statement with those seen before.
    pub(super) async fn believe_statement(&self, stated: &Stated) -> Result<(), ClientError> {
        let checkpoint = stated.witnessed.checkpoint.clone();
        self.believe(Seen { checkpoint, note: stated.note.clone() }, Claim::OfSomeTime).await
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
            if self.both_known(had, shown) {
                return Ok(());
            }
            let path = self.consistency(old_size, new_size).await?;
            self.memory.reconcile(had, shown, &path)?;
        }
        Ok(())
    }

    /// Whether two trees are known to be in one history, as after a stick: no proof is needed then,
    /// and no link.
    fn both_known(&self, one: &Seen, other: &Seen) -> bool {
        let known = |seen: &Seen| {
            let tree = &seen.checkpoint;
            self.told(|told| told.root(tree.size()).copied()) == Some(*tree.root())
        };
        known(one) && known(other)
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

    pub(super) async fn consistency(
        &self,
        old_size: u64,
        new_size: u64,
    ) -> Result<Vec<Hash>, ClientError> {
        let answer = self.call(|channel| {
            let request = GetConsistencyProofRequest { old_size, new_size };
            let request = within(READ_WITHIN, request);
            async move { stub!(LogServiceClient, channel).get_consistency_proof(request).await }
        });
        hashes(&answer.await?.path)
    }
}

/// A path with something in it that is no hash proves nothing.
pub(super) fn hashes(path: &[Vec<u8>]) -> Result<Vec<Hash>, ClientError> {
    let malformed = || EvidenceError::Contradiction {
        field: "path",
        said: "something that is no hash".to_owned(),
        proven: "nothing".to_owned(),
    };
    let hash = |bytes: &Vec<u8>| Hash::try_from(bytes.as_slice()).map_err(|_| malformed().into());
    path.iter().map(hash).collect()
}
