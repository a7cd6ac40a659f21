//! Lies about the past: what the log was, in which order, and when.

use barid_tests::ForgedLog;

use super::knowledge::{Knowledge, wire};
use super::noticed;
use super::office::LiedTo;
use super::receipts::NO_QUORUM;
use super::server::Forger;

/// An office that has a receipt, and the hub that then changes the past.
async fn before_and_after(change: impl FnOnce(&mut Knowledge)) -> (Forger, LiedTo) {
    let forger = Forger::start().await;
    let office = LiedTo::at(&forger, "geo-bas");
    office.complain().await.expect("believed");
    office.complain().await.expect("believed");
    change(&mut forger.knows());
    (forger, office)
}

/// The log without the leaf at this index.
fn without(log: &ForgedLog, index: u64) -> ForgedLog {
    let mut other = log.branch(index);
    for leaf in log.leaves().iter().skip(index as usize + 1) {
        other.push(leaf.clone());
    }
    other
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_filing_is_missed() {
    let (_forger, office) = before_and_after(|hub| {
        hub.log = without(&hub.log, 5);
        hub.log.push(vec![9; 119]);
        hub.log.push(vec![9; 119]);
    })
    .await;
    let why = "one tree is not the beginning of the other";
    noticed(office.client.checkpoint().await, why, "a filing dropped");
    assert_eq!(office.kept(), (1, 0), "both checkpoints");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rewritten_history_is_noticed() {
    let (forger, office) = before_and_after(|hub| {
        let mut other = hub.log.branch(hub.log.size() - 1);
        other.push(vec![9; 119]);
        hub.log = other;
    })
    .await;
    noticed(office.client.checkpoint().await, "signed two trees of 9 leaves", "one leaf exchanged");
    // Filing goes through the same memory.
    forger.knows().log.push(vec![9; 119]);
    noticed(office.complain().await, "not the beginning", "and a filing on top of it");
    assert_eq!((office.kept(), office.waiting()), ((2, 0), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_shrank_is_noticed() {
    let (forger, office) = before_and_after(|hub| hub.log = hub.log.branch(6)).await;
    noticed(office.client.checkpoint().await, "had 9 leaves and now shows 6", "set back");
    let old = forger.knows().log.branch(5).note(5, [], 0).to_string();
    forger.knows().lies.checkpoint = Some(old.into_bytes());
    noticed(office.client.checkpoint().await, NO_QUORUM, "and no quorum for it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consistency_proof_of_other_trees_proves_nothing() {
    let (forger, office) = before_and_after(|hub| {
        hub.log.push(vec![1; 119]);
        hub.lies.consistency = Some(wire(&hub.log.consistency(4, 9)));
    })
    .await;
    noticed(office.client.checkpoint().await, "not the beginning", "a proof of other trees");
    for (path, why) in [
        (vec![], "not the beginning"),
        (vec![vec![7; 32]; 64], "not the beginning"),
        (vec![vec![7; 31]], "no hash"),
    ] {
        forger.knows().lies.consistency = Some(path);
        noticed(office.client.checkpoint().await, why, "no proof");
    }
    forger.knows().lies.consistency = None;
    office.client.checkpoint().await.expect("the truth is believed afterwards");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_split_view_shows_when_an_envelope_passes_between_the_two() {
    let forger = Forger::start().await;
    let other = forger.twin().await;
    let (here, there) = (LiedTo::at(&forger, "geo-bas"), LiedTo::at(&other, "council"));
    // Each is shown a log of its own, cosigned by a quorum of traitors.
    here.complain().await.expect("believed");
    there.complain().await.expect("believed");
    here.complain().await.expect("nothing to see from one side");
    there.client.checkpoint().await.expect("nothing to see from one side");

    let envelope = forger.knows().taken.last().expect("it was filed").envelope.clone();
    {
        let mut known = other.knows();
        let taken = known.take(&envelope);
        let served = known.sealed(&taken, here.signer.public_key().spki());
        known.inbox.push(served);
    }
    let why = "the sender of an envelope was shown another tree of 7 leaves";
    noticed(there.receive(0).await, why, "two histories");
    assert_eq!(there.kept(), (1, 0), "the envelope and the checkpoint");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leaf_inside_a_tree_that_its_sender_had_seen_is_impossible() {
    let forger = Forger::start().await;
    let (office, reader) = (LiedTo::at(&forger, "geo-bas"), LiedTo::at(&forger, "council"));
    office.complain().await.expect("believed");
    office.complain().await.expect("believed");
    // The second filing was signed after its sender had seen 7 leaves.
    {
        let mut known = forger.knows();
        let envelope = known.taken.last().expect("it was filed").envelope.clone();
        known.log = known.log.branch(2);
        let taken = known.take(&envelope);
        let served = known.sealed(&taken, office.signer.public_key().spki());
        known.inbox.push(served);
    }
    noticed(reader.receive(0).await, "had seen 7 leaves before it signed", "moved to the front");
    assert_eq!(reader.kept(), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leaf_outside_the_witnesses_times_is_noticed() {
    for (lie, ahead) in [("backdated", -3_600_000), ("postdated", 3_600_000)] {
        let (_forger, office) = before_and_after(|hub| hub.clock_ahead_ms = ahead).await;
        noticed(office.complain().await, "witnesses had cosigned", lie);
        assert_eq!(office.kept(), (0, 1), "{lie}");
    }
    let (_forger, office) = before_and_after(|hub| hub.clock_ahead_ms = -60_000).await;
    office.complain().await.expect("a clock may be off by a minute");
}
