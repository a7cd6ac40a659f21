//! Receipts: made from tiles and a signed head, and checked as the client will check them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use barid_proto::leaf::{LEAF_LEN, Leaf};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::Note;
use barid_proto::tlog::proof::verify_inclusion;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::tlog::vkey::VerifierKey;
use barid_proto::tlog::{leaf_hash, prove};
use barid_proto::v1;

use super::tiles::Tiles;
use crate::error::Fault;
use crate::model::row::{FilingRow, HeadRow};
use crate::store::Store;

/// Batches whose head and leaves are kept: receipts are asked for right after sealing. Full ones
/// have 250 KB each.
const RECENT: usize = 64;

/// A head whose signature was verified, with leaves that it was signed over.
pub(super) struct SignedBatch {
    checkpoint: Checkpoint,
    note: Note,
    first_leaf: u64,
    leaves: Vec<[u8; LEAF_LEN]>,
}

impl SignedBatch {
    /// Verifies a head as a client would.
    pub(super) fn verify(head: &HeadRow, key: &VerifierKey) -> Result<Self, Fault> {
        let doing = || format!("verifying the signed head of {} leaves", head.size);
        let checkpoint = Checkpoint::verify(&head.note, key)
            .map_err(|error| Fault::while_doing(doing(), error))?;
        let note = Note::parse(&head.note).map_err(|error| Fault::while_doing(doing(), error))?;
        if checkpoint.size() != head.size || *checkpoint.root() != head.root {
            return Err(Fault::broken(format!("{}: its note says otherwise", doing())));
        }
        Ok(Self { checkpoint, note, first_leaf: 0, leaves: Vec::new() })
    }

    /// Puts a run of the tree's leaves beside it.
    pub(super) fn with_leaves(self, first_leaf: u64, leaves: Vec<[u8; LEAF_LEN]>) -> Self {
        Self { first_leaf, leaves, ..self }
    }

    fn leaf(&self, index: u64) -> Option<&[u8; LEAF_LEN]> {
        self.leaves.get(usize::try_from(index.checked_sub(self.first_leaf)?).ok()?)
    }
}

/// Makes receipts.
pub(super) struct Receipts {
    store: Arc<dyn Store>,
    key: VerifierKey,
    recent: Mutex<VecDeque<Arc<SignedBatch>>>,
}

impl Receipts {
    pub(super) fn new(store: Arc<dyn Store>, key: VerifierKey) -> Self {
        Self { store, key, recent: Mutex::default() }
    }

    /// Keeps a batch at hand that was just committed.
    pub(super) fn remember(&self, batch: SignedBatch) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.len() >= RECENT {
            recent.pop_front();
        }
        recent.push_back(Arc::new(batch));
    }

    /// The receipt of a filing: its leaf's path in the tree of the size in which it was sealed, and
    /// the head that was signed then. Both are fixed for ever, so its bytes are.
    pub(super) fn make(&self, filing: &FilingRow, tiles: &Tiles) -> Result<v1::Receipt, Fault> {
        let (index, size) = (filing.leaf, filing.sealed_size);
        let batch = self.batch(index, size)?;
        let bytes = batch.leaf(index).ok_or_else(|| contradicts(filing, "its leaf is missing"))?;
        let leaf = Leaf::decode(bytes)
            .map_err(|error| Fault::while_doing(format!("reading leaf {index}"), error))?;
        if leaf.envelope_digest != *filing.digest.as_bytes()
            || leaf.signer_key_id != filing.key_id
            || leaf.accepted_at_ms != filing.accepted_at_ms
        {
            return Err(contradicts(filing, "its leaf is another's"));
        }
        let path = tiles.fetch(prove::inclusion_tiles(index, size)).and_then(|fetched| {
            prove::inclusion(index, size, &fetched)
                .map_err(|error| Fault::while_doing("proving inclusion", error))
        })?;
        verify_inclusion(&leaf_hash(bytes), index, size, &path, batch.checkpoint.root()).map_err(
            |error| {
                tiles.forget();
                let tiles = prove::inclusion_tiles(index, size);
                let names: Vec<String> = tiles.iter().map(ToString::to_string).collect();
                let doing = format!("proving leaf {index} from {}", names.join(", "));
                Fault::while_doing(doing, error)
            },
        )?;
        let extra = leaf.extra().to_vec();
        let receipt = Receipt { extra, index, path, checkpoint: batch.note.clone() };
        Ok(v1::Receipt {
            tlog_proof: receipt.to_string().into_bytes(),
            leaf_index: index,
            accepted_at_unix_ms: filing.accepted_at_ms.cast_signed(),
            envelope_digest: filing.digest.to_vec(),
            case_id: filing.case.as_ref().map(|change| change.case.to_vec()).unwrap_or_default(),
        })
    }

    fn batch(&self, leaf: u64, size: u64) -> Result<Arc<SignedBatch>, Fault> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let found = recent.iter().rev().find(|batch| batch.checkpoint.size() == size);
        if let Some(batch) = found {
            return Ok(Arc::clone(batch));
        }
        drop(recent);
        let head = self.store.head_at(size)?;
        let head =
            head.ok_or_else(|| Fault::broken(format!("no head of {size} leaves is left")))?;
        let leaves = self.store.leaves(leaf, 1)?;
        let batch = SignedBatch::verify(&head, &self.key)?;
        Ok(Arc::new(batch.with_leaves(leaf, leaves)))
    }
}

fn contradicts(filing: &FilingRow, what: &str) -> Fault {
    Fault::broken(format!("filing {} cannot be proved: {what}", filing.leaf))
}
