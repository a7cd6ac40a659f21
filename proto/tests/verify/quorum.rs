//! What a quorum withstands, and what it does not: the same log key signs two histories, each
//! honest witness cosigns the one it is shown, and traitors cosign both.

use crate::fixture::{ORIGIN, leaf, log_signer, witness};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::Note;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::tree::Tree;

/// A policy of `k` out of `n`.
fn policy(k: u8, n: u8) -> Policy {
    policy_with(n, &format!("group enough {k}{}\nquorum enough\n", names(1..=n)))
}

/// A policy of `n` witnesses and these lines.
fn policy_with(n: u8, lines: &str) -> Policy {
    let mut text = format!("log {}\n", log_signer().verifier());
    for number in 1..=n {
        text += &format!("witness w{number} {}\n", witness(number).verifier());
    }
    Policy::parse((text + lines).as_bytes()).unwrap()
}

fn names(numbers: impl IntoIterator<Item = u8>) -> String {
    numbers.into_iter().map(|number| format!(" w{number}")).collect()
}

/// One of two trees of the same size, cosigned by these witnesses.
fn history(which: u64, cosigners: impl IntoIterator<Item = u8>) -> Note {
    let mut tree = Tree::empty();
    (0..5).for_each(|index| tree.append(leaf(index).hash()));
    tree.append(leaf(100 + which).hash());
    let checkpoint = Checkpoint::new(ORIGIN, tree.size(), tree.root()).unwrap();
    let mut note = checkpoint.sign(&log_signer()).unwrap();
    for number in cosigners {
        note.add(witness(number).cosign(&checkpoint, 1000).unwrap()).unwrap();
    }
    note
}

/// Whether the operator, with the last `traitors` of `n` witnesses on its side, can show two
/// histories that both reach the quorum, however it deals the honest ones out.
fn can_fork(policy: &Policy, n: u8, traitors: u8) -> bool {
    let honest = n - traitors;
    (0..1_u32 << honest).any(|dealt| {
        [0, 1].into_iter().all(|which| {
            let shown = (1..=honest).filter(|w| dealt >> (w - 1) & 1 == which);
            let note = history(which.into(), shown.chain(honest + 1..=n));
            policy.verify(&note).is_ok()
        })
    })
}

#[test]
fn two_of_three_do_not_withstand_one_traitor() {
    assert!(!can_fork(&policy(2, 3), 3, 0), "while all are honest it holds");
    assert!(can_fork(&policy(2, 3), 3, 1), "this is why it is not the default");
}

#[test]
fn three_of_four_withstand_one_traitor_and_not_two() {
    assert!(!can_fork(&policy(3, 4), 4, 0));
    assert!(!can_fork(&policy(3, 4), 4, 1));
    assert!(can_fork(&policy(3, 4), 4, 2));
}

#[test]
fn three_of_four_go_on_while_one_is_away() {
    let policy = policy(3, 4);
    for away in 1..=4 {
        let there = (1..=4).filter(|number| *number != away);
        assert!(policy.verify(&history(0, there)).is_ok(), "without {away}");
    }
    assert!(policy.verify(&history(0, [1, 2])).is_err(), "and no longer");
}

/// Whoever demands the line of its own witness cannot be shown two histories, however many of the
/// others are traitors: that witness cosigns one.
#[test]
fn a_witness_of_ones_own_makes_ones_own_history_certain() {
    let lines = format!("group others 1{}\ngroup mine all others w1\nquorum mine\n", names(2..=4));
    assert!(!can_fork(&policy_with(4, &lines), 4, 3));
    assert!(can_fork(&policy(2, 4), 4, 3), "without that rule");
}

#[test]
fn seven_witnesses_of_which_five_must_cosign_withstand_two_traitors() {
    assert!(!can_fork(&policy(5, 7), 7, 2));
    assert!(can_fork(&policy(5, 7), 7, 3));
}
