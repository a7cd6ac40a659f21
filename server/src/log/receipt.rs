//! Receipts: made from tiles and a signed head, and checked as the client will check them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use barid_proto::leaf::{LEAF_LEN, Leaf};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::Note;
use barid_proto::tlog::proof::verify_inclusion;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::tlog::vkey::VerifierKey;
use barid_proto::tlog::{Hash, leaf_hash, prove};
use barid_proto::v1;

use super::tiles::Tiles;
use crate::error::Fault;
use crate::model::row::{FilingRow, HeadRow};
use crate::store::Store;

/// Batches whose leaves and heads are kept: receipts are asked for right after sealing. Full ones
/// have 250 KB each.
const RECENT: usize = 64;

/// Published heads that are looked through for one that has the lines of certain witnesses. They
/// come some a second, and a witness that is needed is not away for longer.
const SEARCHED: usize = 256;

/// What proves a leaf.
#[derive(Debug, Clone)]
pub enum Given {
    /// A receipt: its head is published.
    Receipt(v1::Receipt),
    /// Not a receipt: the log's signature alone, while witnesses are missing.
    Pending(v1::Receipt),
}

/// A head whose signature was verified.
pub(super) struct SignedHead {
    checkpoint: Checkpoint,
    note: Note,
}

impl SignedHead {
    /// Verifies a head as a client would.
    pub(super) fn verify(head: &HeadRow, key: &VerifierKey) -> Result<Self, Fault> {
        let doing = || format!("verifying the signed head of {} leaves", head.size);
        let checkpoint = Checkpoint::verify(&head.note, key)
            .map_err(|error| Fault::while_doing(doing(), error))?;
        let note = Note::parse(&head.note).map_err(|error| Fault::while_doing(doing(), error))?;
        if checkpoint.size() != head.size || *checkpoint.root() != head.root {
            return Err(Fault::broken(format!("{}: its note says otherwise", doing())));
        }
        Ok(Self { checkpoint, note })
    }
}

/// Leaves that were committed together.
struct Leaves {
    first: u64,
    leaves: Vec<[u8; LEAF_LEN]>,
}

/// What was needed lately, and will be needed in a moment.
#[derive(Default)]
struct Recent {
    leaves: VecDeque<Leaves>,
    /// By size.
    sealed: BTreeMap<u64, Arc<SignedHead>>,
    /// All heads that were published above `published_above`, by size.
    published: BTreeMap<u64, Arc<SignedHead>>,
    published_above: u64,
}

/// Makes receipts.
pub(super) struct Receipts {
    store: Arc<dyn Store>,
    key: VerifierKey,
    /// Whether a receipt needs a published head; otherwise that of its own commit is enough.
    witnessed: bool,
    recent: Mutex<Recent>,
}

impl Receipts {
    /// `published` is the size of the newest head that was published before.
    pub(super) fn new(
        store: Arc<dyn Store>,
        key: VerifierKey,
        witnessed: bool,
        published: u64,
    ) -> Self {
        let recent = Recent { published_above: published, ..Recent::default() };
        Self { store, key, witnessed, recent: Mutex::new(recent) }
    }

    /// Keeps a batch at hand that was just committed.
    pub(super) fn remember(&self, head: SignedHead, first: u64, leaves: Vec<[u8; LEAF_LEN]>) {
        let mut recent = self.recent();
        if recent.leaves.len() >= RECENT {
            recent.leaves.pop_front();
            recent.sealed.pop_first();
        }
        recent.leaves.push_back(Leaves { first, leaves });
        recent.sealed.insert(head.checkpoint.size(), Arc::new(head));
    }

    /// Takes in a head that a quorum has cosigned; the same again with more lines replaces it.
    pub(super) fn publish(&self, head: &HeadRow) -> Result<(), Fault> {
        let head = SignedHead::verify(head, &self.key)?;
        let mut recent = self.recent();
        // One from before the floor is in the store by now, or will be.
        if head.checkpoint.size() > recent.published_above {
            recent.published.insert(head.checkpoint.size(), Arc::new(head));
        }
        if recent.published.len() > RECENT
            && let Some((size, _)) = recent.published.pop_first()
        {
            recent.published_above = size;
        }
        Ok(())
    }

    /// What proves a filing. Once it is a receipt, it proves the same leaf at the same index under
    /// the same tree for ever; lines of witnesses that were late may join.
    ///
    /// With `names` under the first published head that has lines of all these keys too.
    pub(super) fn make(
        &self,
        filing: &FilingRow,
        names: &[String],
        tiles: &Tiles,
    ) -> Result<Given, Fault> {
        let leaf = self.leaf(filing.leaf)?;
        if leaf.envelope_digest != *filing.digest.as_bytes()
            || leaf.signer_key_id != filing.key_id
            || leaf.accepted_at_ms != filing.accepted_at_ms
        {
            let index = filing.leaf;
            return Err(Fault::broken(format!("filing {index}: its leaf is another's")));
        }
        let case = filing.case.as_ref().map(|change| change.case.to_vec()).unwrap_or_default();
        let given = |receipt| v1::Receipt { case_id: case, ..receipt };
        let sealed = |tiles| {
            let head = self.sealed(filing.sealed_size)?;
            self.prove(filing.leaf, &leaf, &head, tiles)
        };
        if !self.witnessed && names.is_empty() {
            return Ok(Given::Receipt(given(sealed(tiles)?)));
        }
        Ok(match self.published_over(filing.leaf, names)? {
            Some(head) => Given::Receipt(given(self.prove(filing.leaf, &leaf, &head, tiles)?)),
            None => Given::Pending(given(sealed(tiles)?)),
        })
    }

    /// The receipt of a leaf that the hub made in its own name: `made` rebuilds it for the time at
    /// which it was accepted. `None`: no head over it is published yet.
    pub(super) fn own(
        &self,
        index: u64,
        made: impl FnOnce(u64) -> Leaf,
        tiles: &Tiles,
    ) -> Result<Option<v1::Receipt>, Fault> {
        let leaf = self.leaf(index)?;
        if leaf != made(leaf.accepted_at_ms) {
            return Err(Fault::broken(format!("statement {index}: its leaf is another's")));
        }
        let head = if self.witnessed {
            self.published_over(index, &[])?
        } else {
            let head = self.store.head_above(index)?;
            head.map(|head| SignedHead::verify(&head, &self.key).map(Arc::new)).transpose()?
        };
        head.map(|head| self.prove(index, &leaf, &head, tiles)).transpose()
    }

    fn prove(
        &self,
        index: u64,
        leaf: &Leaf,
        head: &SignedHead,
        tiles: &Tiles,
    ) -> Result<v1::Receipt, Fault> {
        let size = head.checkpoint.size();
        let path = prove_leaf(index, &leaf.encode(), size, head.checkpoint.root(), tiles)?;
        let extra = leaf.extra().to_vec();
        let receipt = Receipt { extra, index, path, checkpoint: head.note.clone() };
        Ok(v1::Receipt {
            tlog_proof: receipt.to_string().into_bytes(),
            leaf_index: index,
            accepted_at_unix_ms: leaf.accepted_at_ms.cast_signed(),
            envelope_digest: leaf.envelope_digest.to_vec(),
            case_id: Vec::new(),
        })
    }

    fn leaf(&self, index: u64) -> Result<Leaf, Fault> {
        let recent = self.recent();
        let found = recent.leaves.iter().rev().find_map(|batch| {
            batch.leaves.get(usize::try_from(index.checked_sub(batch.first)?).ok()?)
        });
        let bytes = found.copied();
        drop(recent);
        let bytes = match bytes {
            Some(bytes) => bytes,
            None => {
                let stored = self.store.leaves(index, 1)?.pop();
                stored.ok_or_else(|| Fault::broken(format!("leaf {index} is missing")))?
            }
        };
        Leaf::decode(&bytes)
            .map_err(|error| Fault::while_doing(format!("reading leaf {index}"), error))
    }

    fn sealed(&self, size: u64) -> Result<Arc<SignedHead>, Fault> {
        if let Some(head) = self.recent().sealed.get(&size) {
            return Ok(Arc::clone(head));
        }
        let head = self.store.head_at(size)?;
        let head =
            head.ok_or_else(|| Fault::broken(format!("no head of {size} leaves is left")))?;
        Ok(Arc::new(SignedHead::verify(&head, &self.key)?))
    }

    /// The first published head that covers a leaf and has lines of all these keys.
    fn published_over(
        &self,
        leaf: u64,
        names: &[String],
    ) -> Result<Option<Arc<SignedHead>>, Fault> {
        let has = |note: &Note| {
            names.iter().all(|name| note.signatures().iter().any(|line| line.name == *name))
        };
        // What was published lately is all here, in order; the store has the rest.
        let at_hand = || {
            let recent = self.recent();
            let found = recent.published.range(leaf + 1..).find(|(_, head)| has(&head.note));
            (found.map(|(_, head)| Arc::clone(head)), leaf >= recent.published_above)
        };
        let (found, all) = at_hand();
        if all {
            return Ok(found);
        }
        let wanted = if names.is_empty() { 1 } else { SEARCHED };
        for head in self.store.cosigned(leaf, wanted)? {
            let head = SignedHead::verify(&head, &self.key)?;
            if has(&head.note) {
                return Ok(Some(Arc::new(head)));
            }
        }
        Ok(found)
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The path of a leaf in the tree of a size, verified as a client will.
pub(super) fn prove_leaf(
    index: u64,
    bytes: &[u8],
    size: u64,
    root: &Hash,
    tiles: &Tiles,
) -> Result<Vec<Hash>, Fault> {
    let needed = prove::inclusion_tiles(index, size);
    let path = tiles.fetch(needed).and_then(|fetched| {
        prove::inclusion(index, size, &fetched)
            .map_err(|error| Fault::while_doing("proving inclusion", error))
    })?;
    verify_inclusion(&leaf_hash(bytes), index, size, &path, root).map_err(|error| {
        tiles.forget();
        let tiles = prove::inclusion_tiles(index, size);
        let names: Vec<String> = tiles.iter().map(ToString::to_string).collect();
        Fault::while_doing(format!("proving leaf {index} from {}", names.join(", ")), error)
    })?;
    Ok(path)
}
