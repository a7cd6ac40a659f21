//! The one write of a batch, and each way in which it can go wrong.

use barid_proto::tlog::proof::verify_consistency;

use super::bench::{Bench, check_receipt, fault, proposal};
use super::faulty::Trouble;
use crate::store::Store;

struct Row {
    trouble: Trouble,
    /// No more is sealed until a restart.
    fatal: bool,
    /// What the restart finds: the batch is there.
    advanced: bool,
}

const TABLE: [Row; 4] = [
    Row { trouble: Trouble::CommitLost, fatal: true, advanced: false },
    Row { trouble: Trouble::CommitPersisted, fatal: true, advanced: true },
    Row { trouble: Trouble::DiskFull, fatal: false, advanced: false },
    Row { trouble: Trouble::TileUnreadable, fatal: false, advanced: false },
];

#[tokio::test]
async fn each_write_that_fails() {
    for row in TABLE {
        try_row(&row).await;
    }
}

async fn try_row(row: &Row) {
    let what = row.trouble;
    let bench = Bench::new();
    let (log, store) = bench.open();
    let first = log.seal(proposal(1, 1, 1, None)).await.unwrap();
    let receipt = check_receipt(&log, store.as_ref(), &first.filing);
    drop((log, store));

    // Opened anew, so that nothing is at hand and reads reach the store.
    let (log, store) = bench.open();
    let signed = log.head();
    if what == Trouble::TileUnreadable {
        log.tiles.forget();
    }
    store.set(what);
    let failed = fault(log.seal(proposal(2, 1, 2, Some(1))).await);
    assert_eq!(failed.is_disk_full(), what == Trouble::DiskFull);
    // Nothing was published that was not durable.
    assert_eq!(log.head(), signed, "{what:?}");

    store.set(Trouble::None);
    let next = log.seal(proposal(2, 1, 2, Some(1))).await;
    if row.fatal {
        let stopped = fault(next);
        assert!(stopped.chain().contains("the log has stopped"), "{}", stopped.chain());
        assert!(log.failed().await.chain().contains("restart the hub"), "{what:?}");
        // What was sealed before can still be proved.
        assert_eq!(check_receipt(&log, store.as_ref(), &first.filing), receipt);
        assert_eq!(store.head().unwrap().unwrap().size, 1 + u64::from(row.advanced));
    } else {
        assert_eq!(next.unwrap().filing.leaf, 1, "{what:?}");
    }
    drop((log, store));

    // A restart goes on from what was signed last, and the sender who asks again finds out.
    let (log, store) = bench.open();
    let again = log.seal(proposal(2, 1, 2, Some(1))).await.unwrap();
    assert_eq!((again.filing.leaf, again.repeated), (1, row.advanced || !row.fatal), "{what:?}");
    check_receipt(&log, store.as_ref(), &again.filing);
    let newest = log.head();
    let proof = log.consistency_proof(signed.size, newest.size).unwrap();
    let (old, new) = (signed.size, newest.size);
    verify_consistency(old, new, &proof.path, &signed.root, &newest.root).unwrap();
    assert_eq!(check_receipt(&log, store.as_ref(), &first.filing), receipt);
}

#[tokio::test]
async fn all_who_wait_learn_that_the_log_stopped() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    store.set(Trouble::CommitLost);
    let held = log.seal(proposal(3, 1, 3, Some(2)));
    let sealed = log.seal(proposal(10, 2, 1, None));
    let (held, sealed) = tokio::join!(held, sealed);
    assert!(fault(sealed).chain().contains("lost"));
    assert!(fault(held).chain().contains("lost"));
}

#[tokio::test]
async fn a_flipped_bit_in_a_tile_is_not_signed() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    let first = log.seal(proposal(1, 1, 1, None)).await.unwrap();
    log.tiles.forget();
    store.set(Trouble::TileFlipped);
    let failed = fault(log.seal(proposal(2, 1, 2, Some(1))).await);
    assert!(failed.chain().contains("growing the tree"), "{}", failed.chain());
    log.seal(proposal(9, 2, 1, None)).await.unwrap_err();
    assert_eq!(log.head().size, 1);
    store.set(Trouble::None);
    log.seal(proposal(2, 1, 2, Some(1))).await.unwrap();
    check_receipt(&log, store.as_ref(), &first.filing);
}

#[tokio::test]
async fn a_receipt_that_would_not_verify_does_not_leave() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    log.seal(proposal(1, 1, 1, None)).await.unwrap();
    let second = log.seal(proposal(2, 1, 2, Some(1))).await.unwrap();
    log.tiles.forget();
    store.set(Trouble::TileFlipped);
    let fault = log.receipt_of(&second.filing).unwrap_err();
    assert!(fault.chain().contains("proving leaf 1 from tile/0/000.p/1"), "{}", fault.chain());
    store.set(Trouble::None);
    let mut other = second.filing.clone();
    other.digest = crate::model::id::EnvelopeDigest::new([9; 32]);
    let fault = log.receipt_of(&other).unwrap_err();
    assert!(fault.chain().contains("its leaf is another's"), "{}", fault.chain());
    check_receipt(&log, store.as_ref(), &second.filing);
}
