//! A log that can lie, and a witness in a folder of its own.

use barid_proto::key::{Algorithm, FileKey, KeyId};
use barid_proto::leaf::{Leaf, LeafKind};
use barid_proto::tlog::add_checkpoint::AddCheckpoint;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::{Note, NoteSigner};
use barid_proto::tlog::tile::TileSet;
use barid_proto::tlog::tree::Tree;
use barid_proto::tlog::{Hash, leaf_hash, prove};
use barid_witness::alarm::Alarm;
use barid_witness::cosigners::Keys;
use barid_witness::error::WitnessError;
use barid_witness::evidence::Evidence;
use barid_witness::ledger::{Ledger, origin_hash};
use barid_witness::witness::{Answer, Witness};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

pub(crate) const ORIGIN: &str = "hub.test/log";
pub(crate) const WITNESS: &str = "fsc.test/w1";
pub(crate) const MIRROR: &str = "fsc.test/m1";
/// When tests happen, in unix seconds.
pub(crate) const NOW: u64 = 1_763_800_000;

/// A log: its key, its leaves, and every proof about them. Branches share the key.
#[derive(Clone)]
pub(crate) struct Log {
    signer: Arc<NoteSigner>,
    pub(crate) leaves: Vec<Vec<u8>>,
    trees: Vec<Tree>,
    tiles: TileSet,
}

impl Log {
    pub(crate) fn new() -> Self {
        let key = FileKey::generate(Algorithm::Ed25519).unwrap();
        let signer = Arc::new(NoteSigner::new(ORIGIN, Box::new(key)).unwrap());
        Self { signer, leaves: vec![], trees: vec![Tree::empty()], tiles: TileSet::default() }
    }

    pub(crate) fn with_leaves(count: u64) -> Self {
        let mut log = Self::new();
        log.grow(count, 0);
        log
    }

    /// The same log up to `size`, with other leaves after it.
    pub(crate) fn branch(&self, size: usize, count: u64, salt: u8) -> Self {
        let mut branch = Self { signer: Arc::clone(&self.signer), ..Self::new() };
        for leaf in &self.leaves[..size] {
            branch.push(leaf.clone());
        }
        branch.grow(count, salt);
        branch
    }

    pub(crate) fn grow(&mut self, count: u64, salt: u8) {
        for _ in 0..count {
            self.push(leaf(salt, NOW * 1000).encode().to_vec());
        }
    }

    pub(crate) fn push(&mut self, leaf: Vec<u8>) {
        let growth = prove::grow(self.trees.last().unwrap(), &[leaf_hash(&leaf)], &self.tiles);
        let growth = growth.unwrap();
        for (tile, bytes) in growth.tiles {
            self.tiles.insert(tile.level(), tile.index(), bytes);
        }
        self.trees.push(growth.tree);
        self.leaves.push(leaf);
    }

    pub(crate) fn size(&self) -> u64 {
        self.leaves.len() as u64
    }

    pub(crate) fn root(&self, size: u64) -> Hash {
        self.trees[size as usize].root()
    }

    pub(crate) fn checkpoint(&self, size: u64) -> Checkpoint {
        Checkpoint::new(ORIGIN, size, self.root(size)).unwrap()
    }

    pub(crate) fn note(&self, size: u64) -> Note {
        self.checkpoint(size).sign(&self.signer).unwrap()
    }

    pub(crate) fn signed(&self, text: &str) -> Note {
        let mut note = Note::new(text.to_owned()).unwrap();
        note.add(self.signer.sign(text).unwrap()).unwrap();
        note
    }

    pub(crate) fn proof(&self, old: u64, new: u64) -> Vec<Hash> {
        prove::consistency(old, new, &self.tiles).unwrap()
    }

    /// The honest question about growing from `old` to `new`.
    pub(crate) fn question(&self, old: u64, new: u64) -> AddCheckpoint {
        AddCheckpoint { old_size: old, proof: self.proof(old, new), note: self.note(new) }
    }

    pub(crate) fn verifier(&self) -> barid_proto::tlog::vkey::VerifierKey {
        self.signer.verifier().clone()
    }
}

pub(crate) fn leaf(salt: u8, accepted_at_ms: u64) -> Leaf {
    Leaf {
        kind: LeafKind::Envelope,
        accepted_at_ms,
        envelope_digest: [salt; 32],
        signer_key_id: KeyId::new([7; 32]),
        routing_tag: [3; 32],
    }
}

/// The folder of a witness that follows one log, and its clock.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) time: Arc<AtomicU64>,
}

impl Place {
    pub(crate) fn following(log: &Log) -> Self {
        Self::following_key(log.verifier())
    }

    pub(crate) fn following_key(key: barid_proto::tlog::vkey::VerifierKey) -> Self {
        let place = Self::empty();
        let (mut ledger, _) = Ledger::open(&place.path("ledger"), &place.path("keys")).unwrap();
        ledger.add_log(key).unwrap();
        place
    }

    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::generate(&folder.path().join("keys"), WITNESS, Some(MIRROR), true);
        Ledger::create(&folder.path().join("ledger"), &keys.unwrap()).unwrap();
        Self { folder, time: Arc::new(AtomicU64::new(NOW)) }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn clock(&self) -> barid_witness::Clock {
        let time = Arc::clone(&self.time);
        Arc::new(move || time.load(Ordering::SeqCst))
    }

    pub(crate) fn evidence(&self) -> Evidence {
        Evidence::new(self.path("evidence"), Alarm::default())
    }

    /// The folders of what is held against the log.
    pub(crate) fn kept(&self) -> Vec<PathBuf> {
        self.evidence().kept(&origin_hash(ORIGIN)).unwrap()
    }

    pub(crate) fn try_open(&self) -> Result<Witness, WitnessError> {
        Witness::open(self.folder.path(), self.evidence(), self.clock()).map(|(witness, _)| witness)
    }

    pub(crate) fn open(&self) -> Witness {
        self.try_open().unwrap()
    }
}

pub(crate) fn ask(witness: &Witness, question: &AddCheckpoint) -> Answer {
    witness.add_checkpoint(question.to_string().as_bytes())
}

/// Puts the lines of an answer under the checkpoint and checks both of the witness's.
pub(crate) fn assert_cosigned(witness: &Witness, question: &AddCheckpoint, answer: &Answer) {
    assert_eq!(answer.code, 200, "{answer:?}");
    let note = Note::parse(format!("{}{}", question.note, answer.body).as_bytes()).unwrap();
    let mut lines = 0;
    for key in witness.cosigners().verifiers() {
        let signed = note.verify(key).unwrap().expect("each key has signed");
        assert!(signed.time >= Some(NOW));
        lines += 1;
    }
    assert_eq!(lines, 2, "Ed25519 and ML-DSA-44");
}
