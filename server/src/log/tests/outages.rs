//! What happened before a start is stated in the first commit behind it, and once.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use barid_proto::v1::{HubStatement, HubStatementKind, Outage, OutageScope};
use prost::Message as _;

use super::bench::{Bench, NOW, proposal, refusal};
use super::faulty::{FaultyStore, Trouble};
use super::person::{self, Person, SECONDS, from};
use crate::log::Log;
use crate::model::row::{HeadRow, LifeRow};
use crate::store::Store;

/// From how long on an outage is stated.
const BOUND_MS: u64 = 120_000;

/// What is known of the hub: it worked at this time.
fn mark(store: &dyn Store, at_ms: u64, published: &HeadRow) {
    store.keep_life(&LifeRow { at_ms, published: published.clone() }).unwrap();
}

/// A log with one filing of the time `NOW`, which is known to have worked until `NOW`.
async fn worked() -> Bench {
    let bench = Bench::new();
    let (log, store) = bench.open();
    log.seal(proposal(1, 1, 1, None)).await.unwrap();
    mark(store.as_ref(), NOW, &log.published().borrow());
    bench
}

fn at(bench: &Bench, now_ms: u64) {
    bench.clock.store(now_ms, Ordering::Relaxed);
}

async fn until_begun(log: &Log) {
    for _ in 0..500 {
        if log.has_begun() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never begins");
}

/// The outages that were stated, the oldest first, each with its leaf.
fn stated(store: &dyn Store) -> Vec<(u64, Outage)> {
    let mut found = Vec::new();
    for leaf in store.outages(u64::MAX, 100).unwrap().into_iter().rev() {
        let bytes = store.statement(leaf).unwrap().unwrap();
        let statement = HubStatement::decode(bytes.as_slice()).unwrap();
        assert_eq!(statement.kind(), HubStatementKind::Outage);
        assert!(statement.office.is_none() && statement.envelope_digests.is_empty());
        found.push((leaf, statement.outage.unwrap()));
    }
    found
}

fn span(outage: &Outage) -> (OutageScope, u64, u64) {
    let ms = |value: i64| value.cast_unsigned();
    (outage.scope(), ms(outage.from_unix_ms), ms(outage.until_unix_ms))
}

#[tokio::test]
async fn an_outage_is_stated_once_before_anything_else() {
    let bench = worked().await;
    at(&bench, NOW + BOUND_MS);
    {
        let (log, store) = bench.open();
        let sealed = log.seal(proposal(2, 1, 2, Some(1))).await.unwrap();
        assert!(sealed.filing.leaf > 1);
        let [(1, outage)] = stated(store.as_ref())[..] else { panic!("{:?}", stated(&*store)) };
        assert_eq!(span(&outage), (OutageScope::Hub, NOW, NOW + BOUND_MS));
        let unwitnessed = (outage.size_before, outage.witnessed_before_unix_ms);
        assert_eq!(unwitnessed, (0, 0));
    }
    let (log, store) = bench.open();
    until_begun(&log).await;
    assert_eq!((log.head().size, stated(store.as_ref()).len()), (3, 1));
}

#[tokio::test]
async fn a_quick_restart_is_no_outage() {
    let bench = worked().await;
    at(&bench, NOW + BOUND_MS - 1);
    let (log, store) = bench.open();
    until_begun(&log).await;
    assert_eq!((log.head().size, stated(store.as_ref()).len()), (1, 0));
}

#[tokio::test]
async fn a_hub_that_never_left_a_mark_states_nothing() {
    let bench = Bench::new();
    bench.open().0.seal(proposal(1, 1, 1, None)).await.unwrap();
    at(&bench, NOW + 100 * BOUND_MS);
    let (log, store) = bench.open();
    until_begun(&log).await;
    assert!(stated(store.as_ref()).is_empty());
}

#[tokio::test]
async fn a_clock_that_was_set_back_states_no_outage() {
    let bench = worked().await;
    {
        let (log, store) = bench.open();
        mark(store.as_ref(), NOW + 500_000, &log.published().borrow());
    }
    at(&bench, NOW + 499_000);
    let (log, store) = bench.open();
    until_begun(&log).await;
    log.seal(proposal(2, 1, 2, Some(1))).await.unwrap();
    assert!(stated(store.as_ref()).is_empty());
}

#[tokio::test]
async fn a_hub_that_dies_while_stating_states_it_once() {
    for (trouble, until_ms) in
        [(Trouble::CommitLost, NOW + 2 * BOUND_MS), (Trouble::CommitPersisted, NOW + BOUND_MS)]
    {
        let bench = worked().await;
        at(&bench, NOW + BOUND_MS);
        {
            let store = Arc::new(FaultyStore::on(&bench));
            store.set(trouble);
            let log = bench.open_on(Arc::clone(&store) as Arc<dyn Store>).unwrap();
            let stopped = log.failed().await.chain();
            assert!(stopped.contains("the log has stopped"), "{stopped}");
        }
        // What was sealed shows that it worked.
        at(&bench, NOW + 2 * BOUND_MS - 1);
        let early = {
            let (log, store) = bench.open();
            until_begun(&log).await;
            stated(store.as_ref())
        };
        at(&bench, NOW + 2 * BOUND_MS);
        let (log, store) = bench.open();
        until_begun(&log).await;
        let found = stated(store.as_ref());
        let first = early.first().map_or(until_ms, |(_, outage)| span(outage).2);
        assert_eq!(span(&found[0].1), (OutageScope::Hub, NOW, first), "{trouble:?}");
        // The second restart is behind an outage of its own where the first was stated early.
        assert!(found.iter().all(|(leaf, outage)| *leaf == 1 || span(outage).1 >= first));
    }
}

/// A log of three of four witnesses, one filing with their lines, and what is published.
async fn witnessed() -> (Bench, Vec<Person>, HeadRow) {
    let (bench, mut people) = person::bench();
    let (log, _store) = bench.open();
    let log = Arc::new(log);
    let mut attending: Vec<_> = (1..=3)
        .map(|n| log.witnesses().introduce(Some(&from(n)), &people[n - 1].introduction()).unwrap())
        .collect();
    let asking = {
        let log = Arc::clone(&log);
        tokio::spawn(async move { log.gather_cosignatures().await })
    };
    log.seal(proposal(1, 1, 1, None)).await.unwrap();
    for (person, attendant) in people.iter_mut().zip(&mut attending) {
        while person.seen.0 == 0 {
            person.attend(attendant).await;
        }
    }
    let published = log.published().borrow().as_ref().clone();
    assert_eq!(published.size, 1);
    asking.abort();
    let _aborted = asking.await;
    (bench, people, published)
}

fn confirm(log: &Arc<Log>, people: &[Person]) {
    for n in 1..=3 {
        let introduction = people[n - 1].introduction();
        drop(log.witnesses().introduce(Some(&from(n)), &introduction).unwrap());
    }
}

#[tokio::test]
async fn nothing_is_stated_before_witnesses_confirm_and_they_bracket_it() {
    let (bench, people, published) = witnessed().await;
    let heard_ms = {
        let (log, store) = bench.open();
        mark(store.as_ref(), NOW, &published);
        log.witnesses().heard(&published).unwrap().quorum_ms
    };
    assert!((SECONDS * 1_000 + 1_000..SECONDS * 1_000 + 60_000).contains(&heard_ms));
    at(&bench, heard_ms + BOUND_MS);
    let (log, store) = bench.open();
    let log = Arc::new(log);
    assert!(!log.has_begun());
    refusal(log.seal(proposal(2, 1, 2, Some(1))).await);
    assert!(stated(store.as_ref()).is_empty());
    confirm(&log, &people);
    log.seal(proposal(2, 1, 2, Some(1))).await.unwrap();
    let [(1, outage)] = stated(store.as_ref())[..] else { panic!("{:?}", stated(&*store)) };
    // Their lines are newer than the mark: that is when it is known to have worked.
    assert_eq!(span(&outage), (OutageScope::Hub, heard_ms, heard_ms + BOUND_MS));
    assert_eq!(outage.size_before, 1);
    assert_eq!(outage.witnessed_before_unix_ms.cast_unsigned(), heard_ms);
}

#[tokio::test]
async fn witnesses_that_were_silent_before_the_hub_died_are_told_too_and_once() {
    let (bench, people, published) = witnessed().await;
    let heard_ms = {
        let (log, store) = bench.open();
        let heard_ms = log.witnesses().heard(&published).unwrap().quorum_ms;
        mark(store.as_ref(), heard_ms + BOUND_MS, &published);
        heard_ms
    };
    let back_ms = heard_ms + 3 * BOUND_MS;
    at(&bench, back_ms);
    for _ in 0..2 {
        let (log, store) = bench.open();
        let log = Arc::new(log);
        confirm(&log, &people);
        // The second time it is the same filing again, which seals nothing.
        log.seal(proposal(2, 1, 2, Some(1))).await.unwrap();
        let found = stated(store.as_ref());
        let spans: Vec<_> = found.iter().map(|(_, outage)| span(outage)).collect();
        let expected = [
            (OutageScope::Hub, heard_ms + BOUND_MS, back_ms),
            (OutageScope::Witnesses, heard_ms, back_ms),
        ];
        assert_eq!(spans, expected);
        assert_eq!(log.head().size, 4);
    }
}
