//! Start-up: exactly what was signed last, or nothing.

use std::sync::Arc;

use barid_proto::leaf::{LEAF_LEN, Leaf, LeafKind};
use barid_proto::tlog::tile::TileSet;
use barid_proto::tlog::tree::Tree;
use barid_proto::tlog::{leaf_hash, prove};

use super::bench::Bench;
use crate::model::row::{Batch, HeadRow, TileRow};
use crate::store::Store;
use crate::store::contract::samples::{hash, key};
use crate::store::embedded::Embedded;

fn leaf(n: u64) -> [u8; LEAF_LEN] {
    let leaf = Leaf {
        kind: LeafKind::Envelope,
        accepted_at_ms: n,
        envelope_digest: hash("digest", n),
        signer_key_id: key(1),
        routing_tag: [0; 32],
    };
    leaf.encode()
}

/// Opens the log on a store that holds this batch and nothing else; says why it does not start.
fn start_on(bench: &Bench, batch: &Batch) -> String {
    let store = Embedded::open(bench.folder.path()).unwrap();
    store.commit(batch).unwrap();
    match bench.open_on(Arc::new(store)) {
        Ok(_) => "started".to_owned(),
        Err(fault) => fault.chain(),
    }
}

/// A batch of so many leaves, signed by the bench's log.
fn signed(bench: &Bench, size: u64) -> Batch {
    let leaves: Vec<_> = (0..size).map(leaf).collect();
    let hashes: Vec<_> = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
    let growth = prove::grow(&Tree::empty(), &hashes, &TileSet::default()).unwrap();
    let tiles = growth.tiles.into_iter().map(|(tile, hashes)| TileRow {
        level: tile.level(),
        index: tile.index(),
        hashes,
    });
    let root = growth.tree.root();
    let note = bench.signer().sign(size, root).unwrap().to_string().into_bytes();
    let head = HeadRow { size, root, note };
    Batch {
        first_leaf: 0,
        leaves,
        tiles: tiles.collect(),
        head,
        entries: Vec::new(),
        cosigned: Vec::new(),
    }
}

#[test]
fn what_differs_is_named() {
    let other = leaf_hash(&leaf(1));
    type Change = fn(&mut Batch, [u8; 32]);
    let cases: [(&str, Change); 5] = [
        ("is not signed by the key and origin", |batch, _| batch.head.note.extend(b"x\n")),
        ("says another size or root", |batch, other| batch.head.root = other),
        ("give another root", |batch, other| batch.tiles[0].hashes = other.to_vec()),
        ("missing or too short", |batch, _| batch.tiles.clear()),
        ("do not hash to tile/0/000.p/1", |batch, _| batch.leaves = vec![leaf(1)]),
    ];
    for (why, change) in cases {
        let bench = Bench::new();
        let mut batch = signed(&bench, 1);
        change(&mut batch, other);
        let found = start_on(&bench, &batch);
        assert!(found.contains(why), "{why}: {found}");
    }
}

#[test]
fn another_logs_key_does_not_start_it() {
    let (bench, other) = (Bench::new(), Bench::new());
    let found = start_on(&bench, &signed(&other, 1));
    assert!(found.contains("configure those with which it was signed"), "{found}");
}

#[test]
fn a_tile_within_the_tree_must_hash_to_its_parent() {
    let bench = Bench::new();
    let mut batch = signed(&bench, 257);
    // Under the right edge: the root does not need it.
    batch.tiles[0].hashes[0] ^= 1;
    let found = start_on(&bench, &batch);
    assert!(found.contains("tile/0/000 does not hash to what tile/1/000.p/1 says"), "{found}");
}

#[test]
fn what_was_signed_starts() {
    for size in [1, 255, 256, 257, 512, 700] {
        let bench = Bench::new();
        assert_eq!(start_on(&bench, &signed(&bench, size)), "started", "{size}");
    }
}
