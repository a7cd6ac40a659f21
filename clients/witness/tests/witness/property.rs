//! Whatever a forging log asks, in whatever order: never two trees that contradict each other.

use crate::fixture::{Log, ORIGIN, Place, ask};
use barid_proto::tlog::add_checkpoint::AddCheckpoint;
use barid_witness::ledger::origin_hash;
use proptest::prelude::*;

const SIZE: u64 = 24;

/// One question: which branch's checkpoint, whose proof, between which sizes, and what happens.
#[derive(Clone, Debug)]
struct Move {
    branch: usize,
    proof_of: usize,
    old: Option<u64>,
    new: u64,
    restart: bool,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    // Mostly asked from the size that the witness has: otherwise nearly all would be stale.
    let old = prop_oneof![3 => Just(None), 1 => (0..=SIZE).prop_map(Some)];
    let one = (0..3_usize, 0..3_usize, old, 0..=SIZE, prop::bool::weighted(0.1));
    let one = one.prop_map(|(branch, proof_of, old, new, restart)| Move {
        branch,
        proof_of,
        old,
        new,
        restart,
    });
    prop::collection::vec(one, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_two_cosigned_trees_contradict_each_other(moves in moves()) {
        let honest = Log::with_leaves(SIZE);
        let branches =
            [honest.branch(8, SIZE - 8, 1), honest.branch(13, SIZE - 13, 2), honest.clone()];
        let place = Place::following(&honest);
        let hash = origin_hash(ORIGIN);
        let mut witness = place.open();
        let mut cosigned: Vec<(usize, u64)> = Vec::new();
        for Move { branch, proof_of, old, new, restart } in moves {
            if restart {
                drop(witness);
                witness = place.open();
            }
            let known = witness.ledger().log(ORIGIN).unwrap().head().unwrap().seen.size();
            let old_size = old.unwrap_or(known);
            let proof = (old_size <= new).then(|| branches[proof_of].proof(old_size, new));
            let proof = proof.unwrap_or_default();
            let question = AddCheckpoint { old_size, proof, note: branches[branch].note(new) };
            if ask(&witness, &question).code == 200 {
                cosigned.push((branch, new));
            }
            // The most careless operator: acknowledges everything at once.
            drop(place.evidence().acknowledge(&hash, "yes"));
        }
        for pair in cosigned.windows(2) {
            let [(before, old), (after, new)] = pair else { panic!("windows of two") };
            prop_assert!(old <= new);
            prop_assert_eq!(branches[*before].root(*old), branches[*after].root(*old));
        }
    }
}
