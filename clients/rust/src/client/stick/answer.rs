//! Where there is a link: receipts, refusals, the log's growth and what was served, for the way
//! back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use barid_proto::tlog::Hash;
use barid_proto::tlog::proof::verify_consistency;
use barid_proto::tlog::receipt::Receipt as Proof;
use barid_proto::v1::{
    Address, Reason, Receipt, ReceiveResponse, StickHead, StickOutcome, StickTree, StickWay,
};

use super::super::Client;
use super::deliver::{Delivered, Fate, Outcome};
use super::pack::{Packed, Packing, listed};
use super::{body_of, named_in};
use crate::disk;
use crate::error::{ClientError, EvidenceError};
use crate::memory::{Claim, Seen};
use crate::stick::lock::{LockTo, Opener, PublicKey};
use crate::stick::{Load, MEMBERS_MAX, StickError};

/// Trees of the log by size, with the note of those that came in one.
type Trees = BTreeMap<u64, (Hash, Vec<u8>)>;

impl Client {
    /// Hands in what is on a stick, as [`Client::deliver_stick`], and packs what travels back to
    /// the office: receipts, refusals with the hub's statements, how the log grew, and, where this
    /// is the main office of the same institution, what was served on it, with documents.
    ///
    /// # Errors
    /// Any [`StickError`].
    pub async fn answer_stick(
        &self,
        path: &Path,
        opener: &Opener,
        back: &Path,
        limit: Option<u64>,
    ) -> Result<(Delivered, Packed), StickError> {
        let delivered = self.deliver_stick(path, opener).await?;
        let head = &delivered.head;
        let to = reply_to(head, opener)?;
        let mut trees = Trees::new();
        self.seen_trees(head, &mut trees).await?;
        let mut outcomes = Vec::with_capacity(delivered.outcomes.len());
        for outcome in &delivered.outcomes {
            outcomes.push(self.told_of(outcome, &mut trees).await?);
        }
        let office = head.office.clone().unwrap_or_default();
        let served = self.served_on(&office, head.after_cursor, &mut trees).await?;
        let inbox = served.clone().unwrap_or_default();
        let documents = self.served_documents(&inbox).await?;
        let newest = self.checkpoint().await?;
        let own = (*newest.checkpoint.root(), newest.note.clone());
        trees.insert(newest.checkpoint.size(), own);
        let history = self.history(trees).await?;
        let head = StickHead { way: StickWay::ToOffice.into(), ..self.stick_head(office)? };
        let packed = (outcomes.len(), served.map(|served| served.len()), documents.len());
        let load = Load {
            head,
            history,
            outcomes,
            inbox,
            documents: listed(documents),
            ..Load::default()
        };
        let packing = Packing { path: back.to_owned(), limit, to, reply_to: None };
        let written = self.write_stick(load, packing).await?;
        let (envelopes, served, documents) = packed;
        Ok((delivered, Packed { written, envelopes, served, documents }))
    }

    /// What the office has seen of the log, compared with what the hub shows here.
    async fn seen_trees(&self, head: &StickHead, trees: &mut Trees) -> Result<(), StickError> {
        for note in &head.seen_notes {
            let checkpoint = self.office.trust.checkpoint(note).map_err(ClientError::from)?;
            let checkpoint = checkpoint.checkpoint;
            let seen = Seen { checkpoint: checkpoint.clone(), note: note.clone() };
            self.believe(seen, Claim::OfSomeTime).await?;
            trees.insert(checkpoint.size(), (*checkpoint.root(), note.clone()));
        }
        Ok(())
    }

    async fn told_of(
        &self,
        outcome: &Outcome,
        trees: &mut Trees,
    ) -> Result<StickOutcome, StickError> {
        let mut told =
            StickOutcome { envelope_digest: outcome.digest.to_vec(), ..StickOutcome::default() };
        match &outcome.fate {
            Fate::Filed { receipt, .. } => {
                self.receipt_tree(receipt, trees).await?;
                told.receipt = Some(Receipt::clone(receipt));
            }
            Fate::Unwitnessed | Fate::Waits => {}
            Fate::Refused(refusal) => {
                told.reason = u32::try_from(i32::from(refusal.reason)).unwrap_or_default();
                told.text.clone_from(&refusal.text);
                if let Some(leaf) = refusal.rejection_leaf {
                    match self.statement(leaf).await {
                        Ok((sealed, stated)) => {
                            let tree = &stated.witnessed.checkpoint;
                            trees.insert(tree.size(), (*tree.root(), stated.note.clone()));
                            told.rejection = Some(sealed);
                        }
                        // Its sender or another carrier was refused before: it is for them.
                        Err(ClientError::Refused(no)) if no.reason == Reason::NotFound => {}
                        Err(error) => return Err(error.into()),
                    }
                }
            }
        }
        Ok(told)
    }

    /// The tree of a receipt. Whether it proves anything is for the office to find out: it has the
    /// keys.
    async fn receipt_tree(&self, receipt: &Receipt, trees: &mut Trees) -> Result<(), StickError> {
        let proof = Proof::parse(&receipt.tlog_proof).map_err(EvidenceError::from);
        let proof = proof.map_err(ClientError::from)?;
        let weighed = self.office.trust.policy().weigh(&proof.checkpoint);
        let checkpoint = weighed.map_err(EvidenceError::from).map_err(ClientError::from)?;
        let checkpoint = checkpoint.checkpoint;
        let note = proof.checkpoint.to_string().into_bytes();
        let seen = Seen { checkpoint: checkpoint.clone(), note: note.clone() };
        self.believe(seen, Claim::OfSomeTime).await?;
        trees.insert(checkpoint.size(), (*checkpoint.root(), note));
        Ok(())
    }

    /// What was served on the office. `None`: it is not this office's to be given.
    async fn served_on(
        &self,
        office: &Address,
        after: u64,
        trees: &mut Trees,
    ) -> Result<Option<Vec<ReceiveResponse>>, StickError> {
        let mut inbox = self.receive_for(office.clone(), after);
        let mut all = Vec::new();
        while all.len() < MEMBERS_MAX {
            let served = match inbox.next().await {
                Ok(Some(served)) => served,
                Ok(None) => break,
                Err(ClientError::Refused(no)) if no.reason == Reason::NotPermitted => {
                    return Ok(None);
                }
                Err(error) => return Err(error.into()),
            };
            let tree = &served.verified.witnessed.checkpoint;
            trees.insert(tree.size(), (*tree.root(), served.verified.note.clone()));
            if let Some(seen) = &served.verified.body.last_seen
                && let Ok(root) = Hash::try_from(seen.root.as_slice())
            {
                // Verified to be in the history by whoever received it here.
                trees.entry(seen.size).or_insert((root, Vec::new()));
            }
            let (cursor, filing) = (served.cursor, Some(served.filing));
            all.push(ReceiveResponse { cursor, filing, ..ReceiveResponse::default() });
        }
        Ok(Some(all))
    }

    /// Fetches the documents of served filings, to be packed.
    async fn served_documents(
        &self,
        inbox: &[ReceiveResponse],
    ) -> Result<BTreeMap<Hash, (u64, PathBuf)>, StickError> {
        let folder = self.carrying_folder().join("served");
        disk::make_folder(&folder)?;
        let mut documents = BTreeMap::new();
        for served in inbox {
            for document in named_in(&body_of(served.filing.as_ref())) {
                let path = folder.join(crate::hex::encode(&document.sha256));
                if !path.exists() {
                    let root = &document.chunk_root;
                    self.download_proven(document.sha256, root, &path, &mut |_, _| {}).await?;
                }
                documents.insert(document.sha256, (document.size, path));
            }
        }
        Ok(documents)
    }

    /// One tree after the other, each proven to continue the one before.
    async fn history(&self, trees: Trees) -> Result<Vec<StickTree>, StickError> {
        let mut history: Vec<StickTree> = Vec::with_capacity(trees.len());
        let mut before: Option<(u64, Hash)> = None;
        for (size, (root, note)) in trees {
            let mut path = Vec::new();
            if let Some((old_size, old_root)) = before {
                // Everything continues the empty tree.
                if old_size > 0 {
                    path = self.consistency(old_size, size).await?;
                }
                verify_consistency(old_size, size, &path, &old_root, &root).map_err(|error| {
                    let (said, proven) = (format!("a proof up to {size}"), error.to_string());
                    let field = "consistency";
                    ClientError::from(EvidenceError::Contradiction { field, said, proven })
                })?;
            }
            before = Some((size, root));
            let path = path.iter().map(|hash| hash.to_vec()).collect();
            history.push(StickTree { size, root: root.to_vec(), path, note });
        }
        Ok(history)
    }
}

/// To whom the way back is locked.
fn reply_to(head: &StickHead, opener: &Opener) -> Result<LockTo, StickError> {
    match (head.reply_to.as_slice(), &opener.passphrase) {
        ([], Some(passphrase)) => Ok(LockTo::Passphrase(passphrase.clone())),
        ([], None) => {
            let why = "the stick names no key for the way back, and no passphrase was given";
            Err(StickError::Key(why.to_owned()))
        }
        (key, _) => Ok(LockTo::Key(Box::new(PublicKey::from_bytes(key)?))),
    }
}
