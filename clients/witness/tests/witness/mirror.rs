//! The mirror: holds every leaf, and notices what is wrong with one.

use crate::fixture::{Log, NOW, ORIGIN, Place, leaf};
use crate::http::{Served, get};
use barid_proto::key::KeyId;
use barid_proto::tlog::note::Note;
use barid_witness::error::WitnessError;
use barid_witness::ledger::{Ledger, origin_hash};
use barid_witness::mirror::{Mirror, OwnKeys, Parts, SKEW_MS, Taken};
use std::fs;
use std::path::PathBuf;

fn open(place: &Place) -> Result<Mirror, WitnessError> {
    open_with(place, OwnKeys::default())
}

fn open_with(place: &Place, own: OwnKeys) -> Result<Mirror, WitnessError> {
    let (_, keys) = Ledger::open(&place.path("ledger"), &place.path("keys")).unwrap();
    let cosigners = keys.mirror.expect("the fixture makes keys for a mirror");
    let parts = Parts { cosigners, own, evidence: place.evidence(), clock: place.clock() };
    Mirror::open(folder(place), ORIGIN, parts)
}

fn folder(place: &Place) -> PathBuf {
    place.path("mirror").join(origin_hash(ORIGIN))
}

/// Brings the mirror from what it holds to `to`, on the way to `goal`.
fn extend(mirror: &mut Mirror, log: &Log, to: u64, goal: u64) -> Taken {
    let leaves = &log.leaves[mirror.size() as usize..to as usize];
    mirror.extend(leaves, &log.proof(to, goal), &log.checkpoint(goal)).unwrap()
}

#[test]
fn every_leaf_is_held_across_restarts_and_cosigned_when_the_tree_is_whole() {
    let log = Log::with_leaves(700);
    let place = Place::following(&log);
    for (to, goal) in
        [(1, 700), (3, 300), (255, 255), (256, 600), (257, 700), (600, 600), (700, 700)]
    {
        let mut mirror = open(&place).unwrap();
        assert_eq!(extend(&mut mirror, &log, to, goal), Taken::Held, "{to} of {goal}");
        assert_eq!(mirror.size(), to);
        mirror.audit().unwrap();
        let cosigned = mirror.cosign(&log.note(goal), NOW);
        if to < goal {
            assert!(cosigned.is_err(), "it does not hold all of it");
            continue;
        }
        let note = cosigned.unwrap().unwrap();
        for key in mirror.cosigners().verifiers() {
            assert_eq!(note.verify(key).unwrap().unwrap().time, Some(NOW));
        }
        let other = log.branch(1, goal - 1, 1).note(goal);
        assert!(mirror.cosign(&other, NOW).is_err(), "as many leaves, and others");
        let shown = fs::read(folder(&place).join("checkpoint")).unwrap();
        assert_eq!(Note::parse(&shown).unwrap(), note);
    }
    let bundle = fs::read(folder(&place).join("tile/entries/001")).unwrap();
    assert_eq!(bundle.len(), 256 * (2 + 119));
    assert!(!folder(&place).join("tile/entries/001.p").exists(), "the full one is there");
    assert!(folder(&place).join("tile/0/002.p/188").is_file());
}

#[tokio::test]
async fn what_is_held_is_served() {
    let log = Log::with_leaves(300);
    let place = Place::following(&log);
    let mut mirror = open(&place).unwrap();
    extend(&mut mirror, &log, 300, 300);
    let note = mirror.cosign(&log.note(300), NOW).unwrap().unwrap();
    let served = Served::start(&place).await;
    let prefix = format!("/mirror/{}", origin_hash(ORIGIN));
    let shown = get(served.address, &format!("{prefix}/checkpoint")).await;
    assert_eq!((shown.code, shown.body), (200, note.to_string()));
    for path in ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"] {
        let shown = get(served.address, &format!("{prefix}/{path}")).await;
        assert_eq!(shown.code, 200, "{path}");
        assert_eq!(shown.bytes, fs::read(folder(&place).join(path)).unwrap(), "{path}");
    }
    for path in ["tile/0/001", "held", "tile/entries/../../held", "tile/0/000.p/0"] {
        assert_eq!(get(served.address, &format!("{prefix}/{path}")).await.code, 404, "{path}");
    }
}

#[test]
fn a_flipped_leaf_is_not_taken_and_kept_as_evidence() {
    let log = Log::with_leaves(300);
    let place = Place::following(&log);
    let mut mirror = open(&place).unwrap();
    let mut leaves = log.leaves.clone();
    leaves[123][60] ^= 1;
    let goal = log.checkpoint(300);
    assert_eq!(mirror.extend(&leaves, &[], &goal).unwrap(), Taken::OtherLeaves);
    assert_eq!(mirror.size(), 0);
    assert_eq!(place.kept().len(), 1);
    // Also on the way to a larger tree, where a proof stands for what is missing.
    let first = &leaves[..256];
    let taken = mirror.extend(first, &log.proof(256, 300), &goal).unwrap();
    assert_eq!(taken, Taken::OtherLeaves);
    assert_eq!(extend(&mut mirror, &log, 300, 300), Taken::Held);
}

#[test]
fn a_flipped_byte_on_the_disk_is_found() {
    let log = Log::with_leaves(300);
    let place = Place::following(&log);
    extend(&mut open(&place).unwrap(), &log, 300, 300);
    for (path, byte) in [("tile/entries/000", 5000), ("tile/entries/001.p/44", 77)] {
        let path = folder(&place).join(path);
        let honest = fs::read(&path).unwrap();
        let mut damaged = honest.clone();
        damaged[byte] ^= 1;
        fs::write(&path, damaged).unwrap();
        let error = open(&place).unwrap().audit().unwrap_err();
        assert!(error.to_string().contains("not the one that was mirrored"), "{error}");
        fs::write(&path, honest).unwrap();
    }
    let path = folder(&place).join("tile/0/001.p/44");
    let mut damaged = fs::read(&path).unwrap();
    damaged[0] ^= 1;
    fs::write(&path, damaged).unwrap();
    assert!(open(&place).is_err(), "the root is recomputed at the start");
}

#[test]
fn an_impossible_time_stops_the_mirror_until_somebody_has_looked() {
    for wrong in [NOW * 1000 - SKEW_MS - 1, NOW * 1000 + SKEW_MS + 1] {
        let mut log = Log::with_leaves(2);
        let place = Place::following(&log);
        let mut mirror = open(&place).unwrap();
        extend(&mut mirror, &log, 2, 2);
        assert!(mirror.cosign(&log.note(2), NOW).unwrap().is_some());
        log.push(leaf(0, wrong).encode().to_vec());
        assert_eq!(extend(&mut mirror, &log, 3, 3), Taken::Held, "held as evidence");
        assert_eq!(mirror.cosign(&log.note(3), NOW).unwrap(), None);
        assert_eq!(place.kept().len(), 1);
        place.evidence().acknowledge(&origin_hash(ORIGIN), "the clock was wrong").unwrap();
        assert!(mirror.cosign(&log.note(3), NOW).unwrap().is_some());
    }
}

#[test]
fn a_leaf_under_an_own_key_that_nobody_here_signed_is_told() {
    let log = {
        let mut log = Log::new();
        log.push(leaf(1, NOW * 1000).encode().to_vec());
        log.push(leaf(2, NOW * 1000).encode().to_vec());
        log
    };
    let place = Place::following(&log);
    let digests = place.path("own-digests.txt");
    fs::write(&digests, format!("{}\n", "01".repeat(32))).unwrap();
    let own = OwnKeys { ids: [KeyId::new([7; 32])].into(), digests };
    let mut mirror = open_with(&place, own).unwrap();
    extend(&mut mirror, &log, 2, 2);
    let kept = place.kept();
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::read_to_string(kept[0].join("place.txt")).unwrap(), "leaf 1\n");
    assert_eq!(fs::read(kept[0].join("leaf.bin")).unwrap(), log.leaves[1]);
    assert!(mirror.cosign(&log.note(2), NOW).unwrap().is_some(), "the tree is right all the same");
}
