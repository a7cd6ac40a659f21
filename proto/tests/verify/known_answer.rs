//! The known answers in `proto/vectors`, which every other language must give as well.
//!
//! Each file is made from the fixed inputs in it. When a format changes on purpose, run these
//! tests once with `BARID_WRITE_VECTORS=1` and review the difference: it is what the other
//! languages will have to follow.

use crate::fixture::{cosigned, leaf, log, log_signer, policy, policy_text, receipt};
use crate::key::unhex;
use barid_proto::key::{Algorithm, FileKey, PublicKey, Signer as _};
use barid_proto::leaf::{Leaf, LeafKind, routing_tag};
use barid_proto::tlog::note::Note;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::proof::{verify_consistency, verify_inclusion};
use barid_proto::tlog::prove;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::tlog::tile::Tile;
use serde_json::{Value, json};
use std::path::Path;

const SIZES: [u64; 9] = [1, 2, 3, 7, 8, 255, 256, 257, 600];

#[track_caller]
pub(crate) fn hold(name: &str, computed: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
    if std::env::var_os("BARID_WRITE_VECTORS").is_some() {
        let text = serde_json::to_string_pretty(computed).unwrap() + "\n";
        std::fs::write(&path, text).unwrap();
    }
    let stored: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert!(stored == *computed, "{name} no longer holds");
}

#[test]
fn leaves() {
    let kinds = (1..=9_u8).map(|kind| LeafKind::try_from(kind).unwrap());
    let cases: Vec<Value> = kinds
        .map(|kind| Leaf { kind, ..leaf(u64::from(kind as u8)) })
        .map(|leaf| {
            json!({
                "kind": leaf.kind as u8,
                "accepted_at_ms": leaf.accepted_at_ms,
                "envelope_digest": hex(&leaf.envelope_digest),
                "signer_key_id": leaf.signer_key_id.to_string(),
                "routing_tag": hex(&leaf.routing_tag),
                "extra": hex(&leaf.extra()),
                "leaf": hex(&leaf.encode()),
                "leaf_hash": hex(&leaf.hash()),
            })
        })
        .collect();
    hold("leaf.json", &json!(cases));
}

/// Made by another implementation, from the same seeds: keys and deterministic signatures.
#[test]
fn ml_dsa_65() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/ml-dsa.json");
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert!(!cases.is_empty());
    for case in &cases {
        let field = |name: &str| unhex(case[name].as_str().unwrap());
        let key = PublicKey::from_spki(&field("spki")).unwrap();
        assert_eq!(key.algorithm(), Algorithm::MlDsa65);
        assert_eq!(key.id().as_bytes().as_slice(), field("key_id"));
        let (message, mut signature) = (field("message"), field("signature"));
        key.verify(&message, &signature).unwrap();
        signature[7] ^= 1;
        assert!(key.verify(&message, &signature).is_err());
        assert!(key.verify(&message, &field("with_context")).is_err());
        // PKCS#8 with the seed alone (RFC 9881 §6), as openssl writes it.
        let before_seed = unhex("3034020100300b060960864801650304031204228020");
        let own = FileKey::from_pkcs8(&[before_seed, field("seed")].concat()).unwrap();
        assert_eq!(own.public_key(), &key);
        key.verify(&message, &own.sign(&message).unwrap()).unwrap();
    }
}

#[test]
fn routing_tags() {
    let cases: Vec<Value> =
        [&["ihec"][..], &["fsc", "ejp"], &["ejp", "fsc"], &["القضاء/بغداد"], &[]]
            .iter()
            .map(|recipients| {
                let nonce = [0x5a; 32];
                json!({
                    "nonce": hex(&nonce),
                    "recipients": recipients,
                    "routing_tag": hex(&routing_tag(&nonce, recipients).unwrap()),
                })
            })
            .collect();
    hold("routing.json", &json!(cases));
}

#[test]
fn proofs() {
    let (_, tiles) = log(600);
    let root = |size| prove::tree(size, &tiles).unwrap().root();
    let mut inclusion = Vec::new();
    let mut consistency = Vec::new();
    for size in SIZES {
        for index in [0, size / 2, size - 1] {
            let path = prove::inclusion(index, size, &tiles).unwrap();
            verify_inclusion(&leaf(index).hash(), index, size, &path, &root(size)).unwrap();
            inclusion.push(json!({
                "index": index,
                "size": size,
                "leaf_hash": hex(&leaf(index).hash()),
                "path": path.iter().map(|hash| hex(hash)).collect::<Vec<_>>(),
                "root": hex(&root(size)),
            }));
        }
        for old_size in [0, size / 3, size - 1, size] {
            let path = prove::consistency(old_size, size, &tiles).unwrap();
            verify_consistency(old_size, size, &path, &root(old_size), &root(size)).unwrap();
            consistency.push(json!({
                "old_size": old_size,
                "size": size,
                "old_root": hex(&root(old_size)),
                "root": hex(&root(size)),
                "path": path.iter().map(|hash| hex(hash)).collect::<Vec<_>>(),
            }));
        }
    }
    let tile_paths: Vec<Value> = [(0, 0, 256), (0, 273, 112), (0, 1_234_067, 256), (2, 1000, 1)]
        .map(|(level, index, width)| {
            let path = Tile::new(level, index, width).unwrap().to_string();
            json!({ "level": level, "index": index, "width": width, "path": path })
        })
        .into();
    hold(
        "proof.json",
        &json!({ "inclusion": inclusion, "consistency": consistency, "tile_paths": tile_paths }),
    );
}

#[test]
fn notes_and_receipts() {
    let (tree, _) = log(11);
    let note = cosigned(&tree).to_string();
    let receipt = receipt(3, 11).to_string();
    let witnessed = policy().verify(&Note::parse(note.as_bytes()).unwrap()).unwrap();
    hold(
        "note.json",
        &json!({
            "log_key": log_signer().verifier().to_string(),
            "policy": policy_text(),
            "checkpoint": note,
            "times": (1..=3).map(|k| witnessed.kth_time(k)).collect::<Vec<_>>(),
            "leaf": hex(&leaf(3).encode()),
            "receipt": receipt,
            "forged_checkpoint": note.replacen("\n11\n", "\n12\n", 1),
        }),
    );
}

#[test]
fn the_stored_receipt_verifies_without_any_private_key() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/note.json");
    let stored: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let text = |name: &str| stored[name].as_str().unwrap();
    let policy = Policy::parse(text("policy").as_bytes()).unwrap();
    let receipt = Receipt::parse(text("receipt").as_bytes()).unwrap();
    let proven = receipt.verify(&leaf(3).encode(), &policy).unwrap();
    assert_eq!((proven.index, proven.witnessed.checkpoint.size()), (3, 11));
    assert_eq!(proven.witnessed.kth_time(2), Some(2000));
    let forged = Note::parse(text("forged_checkpoint").as_bytes()).unwrap();
    assert!(policy.verify(&forged).is_err());
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
