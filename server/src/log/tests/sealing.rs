//! One filing after the other: order, repetition, refusal.

use std::sync::atomic::Ordering;
use std::time::Duration;

use barid_proto::tlog::proof::{verify_consistency, verify_inclusion};
use barid_proto::tlog::{EMPTY_ROOT, leaf_hash};
use barid_proto::v1::Reason;
use tokio::join;

use super::bench::{
    Bench, NOW, check_receipt, enrolment, fault, proposal, propose, refusal, retirement,
};
use super::faulty::Trouble;
use crate::error::Error;
use crate::log::QUEUE;
use crate::model::row::AnswerStep;
use crate::store::Store;
use crate::store::contract::samples::{answer, case, filing, hash, key, opening};

#[tokio::test]
async fn a_sealed_filing_is_durable_and_has_a_receipt() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    assert_eq!((log.head().size, log.head().root), (0, EMPTY_ROOT));
    let mut heads = log.sealed();
    let sealed = log.seal(proposal(1, 1, 1, None)).await.unwrap();
    assert!(!sealed.repeated);
    let filing = &sealed.filing;
    assert_eq!((filing.leaf, filing.sealed_size, filing.accepted_at_ms), (0, 1, NOW));
    heads.changed().await.unwrap();
    assert_eq!(store.head().unwrap().as_ref(), Some(&**heads.borrow()));
    check_receipt(&log, store.as_ref(), filing);
}

#[tokio::test]
async fn the_same_twice_is_sealed_once() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    // At once, and so perhaps in one batch; then again; then after a restart.
    let ask = || log.seal(proposal(1, 1, 1, None));
    let (a, b, c) = join!(ask(), ask(), ask());
    let all = [a.unwrap(), b.unwrap(), c.unwrap(), ask().await.unwrap()];
    assert_eq!(all.iter().filter(|sealed| !sealed.repeated).count(), 1);
    assert!(all.iter().all(|sealed| sealed.filing.leaf == 0));
    let receipt = check_receipt(&log, store.as_ref(), &all[0].filing);
    drop((log, store));
    bench.clock.store(NOW + 1_000_000, Ordering::Relaxed);
    let (log, store) = bench.open();
    let again = log.seal(proposal(1, 1, 1, None)).await.unwrap();
    assert!(again.repeated);
    assert_eq!(check_receipt(&log, store.as_ref(), &again.filing), receipt);
    assert_eq!(log.head().size, 1);
}

#[tokio::test]
async fn an_identifier_is_used_once() {
    let bench = Bench::new();
    let (log, _store) = bench.open();
    log.seal(proposal(1, 1, 1, None)).await.unwrap();
    let mut other = proposal(2, 1, 2, Some(1));
    other.filing.envelope_id = filing(1).envelope_id;
    let refused = refusal(log.seal(other).await);
    assert_eq!(refused.reason, Reason::EnvelopeConflict);
    // It used no number.
    log.seal(proposal(3, 1, 2, Some(1))).await.unwrap();
}

#[tokio::test]
async fn a_time_limit_ends() {
    let bench = Bench::new();
    let (log, _store) = bench.open();
    let mut late = proposal(1, 1, 1, None);
    late.not_after_ms = Some(NOW - 1);
    assert_eq!(refusal(log.seal(late).await).reason, Reason::EnvelopeExpired);
    let mut in_time = proposal(1, 1, 1, None);
    in_time.not_after_ms = Some(NOW);
    log.seal(in_time).await.unwrap();
}

#[tokio::test]
async fn a_gap_waits_for_its_predecessor() {
    let mut bench = Bench::new();
    bench.patience = Duration::from_secs(60);
    let (log, _store) = bench.open();
    // The same third twice, the fourth, then what they wait for.
    let third = || log.seal(proposal(3, 1, 3, Some(2)));
    let early = async { join!(third(), third(), log.seal(proposal(4, 1, 4, Some(3)))) };
    let missing = async {
        tokio::time::sleep(Duration::from_millis(30)).await;
        log.seal(proposal(1, 1, 1, None)).await.unwrap();
        log.seal(proposal(2, 1, 2, Some(1))).await.unwrap()
    };
    let ((a, b, fourth), second) = join!(early, missing);
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!((second.filing.leaf, a.filing.leaf, b.filing.leaf), (1, 2, 2));
    assert!(a.repeated != b.repeated);
    assert_eq!(fourth.unwrap().filing.leaf, 3);
}

#[tokio::test]
async fn a_gap_that_stays_is_refused_with_what_is_next() {
    let bench = Bench::new();
    let (log, _store) = bench.open();
    log.seal(proposal(1, 1, 1, None)).await.unwrap();
    let wrong = [
        proposal(3, 1, 3, Some(2)), // its predecessor never comes
        proposal(4, 1, 1, None),    // the number is used
        proposal(5, 1, 2, Some(9)), // another predecessor
        proposal(6, 1, 0, None),    // no number at all
        proposal(7, 1, u64::MAX, None),
    ];
    for proposal in wrong {
        let refused = refusal(log.seal(proposal).await);
        assert_eq!(refused.reason, Reason::SequenceGap);
        let expected = refused.expected.unwrap();
        assert_eq!((expected.sequence, expected.previous_digest), (2, hash("digest", 1)));
    }
    let sealed = log.seal(proposal(2, 1, 2, Some(1))).await.unwrap();
    assert_eq!(sealed.filing.leaf, 1);
}

#[tokio::test]
async fn one_key_cannot_fill_the_room() {
    let mut bench = Bench::new();
    bench.patience = Duration::from_millis(400);
    let (log, _store) = bench.open();
    let early = (0..1100).map(|n| log.seal(proposal(n, 1, 2 + n, Some(5000))));
    let other = log.seal(proposal(2000, 2, 1, None));
    let (answers, other) = join!(futures::future::join_all(early), other);
    other.unwrap();
    let reasons = answers.into_iter().map(|answer| refusal(answer).reason);
    let (full, gap): (Vec<_>, Vec<_>) = reasons.partition(|reason| *reason == Reason::TooMany);
    assert_eq!((full.len(), gap.len()), (1100 - 1024, 1024));
}

#[tokio::test]
async fn a_full_queue_says_when_to_come_back() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    store.set(Trouble::Stuck);
    // One batch at most is in hand, and the queue is full behind it.
    let sent = QUEUE as u64 + 1024 + 50;
    let all = futures::future::join_all((0..sent).map(|n| log.seal(proposal(n, n, 1, None))));
    let unstick = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        store.set(Trouble::None);
    };
    let (answers, ()) = join!(all, unstick);
    let (sealed, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert!(refused.len() >= 50, "{}", refused.len());
    for answer in refused {
        let refused = refusal(answer);
        assert_eq!(refused.reason, Reason::TooMany);
        assert!(refused.retry_after_ms.is_some());
    }
    assert_eq!(log.head().size, sealed.len() as u64);
}

#[tokio::test]
async fn a_poisoned_filing_fails_alone() {
    let bench = Bench::new();
    let (log, _store) = bench.open();
    log.seal(enrolment(1, 7, None)).await.unwrap();
    let second = |mut filing: crate::model::row::FilingRow| {
        filing.key_id = key(100 + u64::from(filing.digest.as_bytes()[0]));
        log.seal(propose(filing, None))
    };
    let mut reopened = opening(6, &[]);
    reopened.case.as_mut().unwrap().case = case(2);
    let mut again = enrolment(3, 7, Some(7));
    (again.filing.sequence, again.previous_digest) = (2, hash("digest", 1));
    let (opened, key_twice, no_key, no_case, not_served, opened_twice, good) = join!(
        second(opening(2, &["south/one"])),
        log.seal(again),
        log.seal(retirement(5, 9, 7, 2, 1)),
        second(answer(4, "south/one", case(9), 0, AnswerStep::Acknowledged)),
        second(answer(7, "east/one", case(2), 0, AnswerStep::Acknowledged)),
        second(reopened),
        second(filing(8)),
    );
    opened.unwrap();
    assert_eq!(refusal(key_twice).reason, Reason::EnvelopeInvalid);
    assert_eq!(refusal(no_key).reason, Reason::EnvelopeInvalid);
    assert_eq!(refusal(no_case).reason, Reason::CaseUnknown);
    assert_eq!(refusal(not_served).reason, Reason::NothingToAnswer);
    assert_eq!(refusal(opened_twice).reason, Reason::EnvelopeConflict);
    good.unwrap();
}

#[tokio::test]
async fn a_retired_key_seals_nothing_more() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    log.seal(enrolment(1, 1, None)).await.unwrap();
    // Perhaps in one batch, and certainly in this order.
    let (retired, late) =
        join!(log.seal(retirement(2, 1, 1, 2, 1)), log.seal(proposal(3, 1, 3, Some(2))));
    retired.unwrap();
    assert_eq!(refusal(late).reason, Reason::KeyOutOfUse);
    drop((log, store));
    let (log, _store) = bench.open();
    let late = log.seal(proposal(3, 1, 3, Some(2))).await;
    assert_eq!(refusal(late).reason, Reason::KeyOutOfUse);
}

#[tokio::test]
async fn a_retired_key_vouches_for_nothing_more() {
    let bench = Bench::new();
    let (log, _store) = bench.open();
    log.seal(enrolment(1, 1, None)).await.unwrap();
    log.seal(retirement(2, 1, 1, 2, 1)).await.unwrap();
    // Judged before the first went out of use: the second, vouched for by the first.
    let refused = log.seal(enrolment(3, 2, Some(1))).await;
    assert_eq!(refusal(refused).reason, Reason::KeyOutOfUse);
}

#[tokio::test]
async fn an_office_has_one_first_key() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    // Perhaps in one batch; then certainly in another.
    let (a, b) = join!(log.seal(enrolment(1, 1, None)), log.seal(enrolment(2, 2, None)));
    a.unwrap();
    assert_eq!(refusal(b).reason, Reason::KeyNotVouchedFor);
    let refused = log.seal(enrolment(3, 3, None)).await;
    assert_eq!(refusal(refused).reason, Reason::KeyNotVouchedFor);
    log.seal(enrolment(4, 4, Some(1))).await.unwrap();
    drop((log, store));
    let (log, _store) = bench.open();
    let refused = log.seal(enrolment(5, 5, None)).await;
    assert_eq!(refusal(refused).reason, Reason::KeyNotVouchedFor);
    log.seal(enrolment(6, 6, Some(4))).await.unwrap();
}

#[tokio::test]
async fn time_never_goes_back() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    log.seal(proposal(1, 1, 1, None)).await.unwrap();
    bench.clock.store(NOW - 9_000, Ordering::Relaxed);
    let sealed = log.seal(proposal(2, 1, 2, Some(1))).await.unwrap();
    assert_eq!(sealed.filing.accepted_at_ms, NOW);
    drop((log, store));
    let (log, _store) = bench.open();
    bench.clock.store(NOW - 11_000, Ordering::Relaxed);
    let back = fault(log.seal(proposal(3, 1, 3, Some(2))).await);
    assert!(back.chain().contains("the clock went back by 11000 ms"), "{}", back.chain());
    bench.clock.store(NOW + 5, Ordering::Relaxed);
    let sealed = log.seal(proposal(3, 1, 3, Some(2))).await.unwrap();
    assert_eq!(sealed.filing.accepted_at_ms, NOW + 5);
}

/// A clock that jumps ahead is believed, since nothing here tells a jump from a long silence: the
/// witnesses refuse its leaves. One that jumps back stops the log, from ten seconds on.
#[tokio::test]
async fn a_clock_may_jump_ahead_and_not_back() {
    for (skew_ms, sealed_ms) in [
        (10_000_i64, Some(10_000)),
        (600_000, Some(600_000)),
        (86_400_000, Some(86_400_000)),
        (-10_000, Some(0)),
        (-10_001, None),
        (-600_000, None),
        (-86_400_000, None),
    ] {
        let bench = Bench::new();
        let (log, store) = bench.open();
        log.seal(proposal(1, 1, 1, None)).await.unwrap();
        bench.clock.store(NOW.saturating_add_signed(skew_ms), Ordering::Relaxed);
        let answer = log.seal(proposal(2, 1, 2, Some(1))).await;
        let Some(later) = sealed_ms else {
            let back = fault(answer).chain();
            assert!(back.contains("set it right"), "{skew_ms}: {back}");
            assert_eq!(store.head().unwrap().unwrap().size, 1, "{skew_ms}: nothing was sealed");
            continue;
        };
        assert_eq!(answer.unwrap().filing.accepted_at_ms, NOW + later, "{skew_ms}");
        // Set right again: what was sealed in the future is not overtaken by the past.
        bench.clock.store(NOW, Ordering::Relaxed);
        let after = log.seal(proposal(3, 1, 3, Some(2))).await;
        assert_eq!(after.is_ok(), later <= 10_000, "{skew_ms}");
    }
}

#[tokio::test]
async fn a_lookup_that_fails_fails_one_filing() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    store.set(Trouble::FilingUnreadable);
    let failed = fault(log.seal(proposal(1, 1, 1, None)).await);
    assert_eq!(failed.chain(), "filing unreadable");
    store.set(Trouble::None);
    log.seal(proposal(1, 1, 1, None)).await.unwrap();
}

#[tokio::test]
async fn proofs_hold_for_any_size() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    let mut heads = vec![log.head()];
    for n in 1..=5 {
        log.seal(proposal(n, 1, n, (n > 1).then_some(n - 1))).await.unwrap();
        heads.push(log.head());
    }
    let newest = log.head();
    for (old, head) in heads.iter().enumerate() {
        let proof = log.consistency_proof(old as u64, 0).unwrap();
        assert_eq!(proof.size, 5);
        verify_consistency(head.size, 5, &proof.path, &head.root, &newest.root).unwrap();
    }
    for (index, leaf) in store.leaves(0, 5).unwrap().iter().enumerate() {
        let proof = log.inclusion_proof(index as u64, 5).unwrap();
        let hash = leaf_hash(leaf);
        verify_inclusion(&hash, index as u64, 5, &proof.path, &newest.root).unwrap();
    }
    for outside in [
        log.inclusion_proof(5, 0),
        log.inclusion_proof(0, 6),
        log.consistency_proof(6, 0),
        log.consistency_proof(1, 6),
    ] {
        let Err(Error::Refused(refused)) = outside else { panic!("{outside:?}") };
        assert_eq!(refused.reason, Reason::NotFound);
    }
}
