//! A small log with fixed keys: one log, three witnesses, as many leaves as asked for.

use barid_proto::key::{FileKey, KeyId};
use barid_proto::leaf::{Leaf, LeafKind};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::cosignature::Cosigner;
use barid_proto::tlog::note::{Note, NoteSigner};
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::prove;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::tlog::tile::TileSet;
use barid_proto::tlog::tree::Tree;
use std::path::{Path, PathBuf};

/// The log of all tests.
pub(crate) const ORIGIN: &str = "hub.example/log";

/// How a PKCS#8 Ed25519 key begins before its 32-byte seed (RFC 8410 §7).
const PKCS8_ED25519: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// A folder of foreign samples, or `None` after saying so.
pub(crate) fn samples(folder: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples");
    if !root.is_dir() {
        eprintln!("skipped: samples not present");
        return None;
    }
    let folder = root.join(folder);
    assert!(folder.is_dir(), "the samples are present, but not {}", folder.display());
    Some(folder)
}

/// The Ed25519 key whose seed is this byte 32 times: no secret.
pub(crate) fn key(seed: u8) -> FileKey {
    FileKey::from_pkcs8(&[&PKCS8_ED25519[..], &[seed; 32]].concat()).unwrap()
}

pub(crate) fn log_signer() -> NoteSigner {
    NoteSigner::new(ORIGIN, Box::new(key(1))).unwrap()
}

pub(crate) fn witness(number: u8) -> Cosigner {
    let name = format!("witness{number}.example");
    Cosigner::ed25519(&name, Box::new(key(100 + number))).unwrap()
}

/// A policy that wants all three witnesses.
pub(crate) fn policy_text() -> String {
    let mut text = format!("log {}\n", log_signer().verifier());
    for number in 1..=3 {
        text += &format!("witness w{number} {}\n", witness(number).verifier());
    }
    text + "group everyone all w1 w2 w3\nquorum everyone\n"
}

pub(crate) fn policy() -> Policy {
    Policy::parse(policy_text().as_bytes()).unwrap()
}

/// Leaf number `index` of the log of all tests.
pub(crate) fn leaf(index: u64) -> Leaf {
    Leaf {
        kind: LeafKind::Envelope,
        accepted_at_ms: 1_764_000_000_000 + index,
        envelope_digest: [index as u8; 32],
        signer_key_id: KeyId::new([0x22; 32]),
        routing_tag: [0x33; 32],
    }
}

/// The log after `size` leaves, with its tiles.
pub(crate) fn log(size: u64) -> (Tree, TileSet) {
    let hashes: Vec<_> = (0..size).map(|index| leaf(index).hash()).collect();
    let mut tiles = TileSet::default();
    let growth = prove::grow(&Tree::empty(), &hashes, &tiles).unwrap();
    for (tile, bytes) in growth.tiles {
        tiles.insert(tile.level(), tile.index(), bytes);
    }
    (growth.tree, tiles)
}

/// The signed checkpoint of a tree, cosigned by all three witnesses at second 1000, 2000, 3000.
pub(crate) fn cosigned(tree: &Tree) -> Note {
    let checkpoint = Checkpoint::new(ORIGIN, tree.size(), tree.root()).unwrap();
    let mut note = checkpoint.sign(&log_signer()).unwrap();
    for number in 1..=3 {
        let line = witness(number).cosign(&checkpoint, 1000 * u64::from(number)).unwrap();
        note.add(line).unwrap();
    }
    note
}

pub(crate) fn receipt(index: u64, size: u64) -> Receipt {
    let (tree, tiles) = log(size);
    Receipt {
        extra: leaf(index).extra().to_vec(),
        index,
        path: prove::inclusion(index, size, &tiles).unwrap(),
        checkpoint: cosigned(&tree),
    }
}
