//! Witnesses: no receipt before a quorum, nothing signed before they confirm, nothing after they
//! contradict.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::Note;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::Reason;

use super::bench::{Bench, fault, proposal, refusal};
use super::person::{Person, SECONDS, bench, from};
use crate::error::Error;
use crate::log::witnesses::{Attendant, Introduction, Outcome};
use crate::log::{Given, Log};
use crate::model::row::HeadRow;
use crate::store::Store;

fn introduce(log: &Log, people: &[Person], which: &[usize]) -> BTreeMap<usize, Attendant> {
    let introduced = which.iter().map(|n| {
        let introduction = people[n - 1].introduction();
        (*n, log.witnesses().introduce(Some(&from(*n)), &introduction).unwrap())
    });
    introduced.collect()
}

fn refused<T>(answer: Result<T, Error>) -> Reason {
    match answer {
        Err(Error::Refused(refusal)) => refusal.reason,
        Err(other) => panic!("failed: {other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

/// Begins rounds in the background.
fn ask(log: &Arc<Log>) {
    let log = Arc::clone(log);
    tokio::spawn(async move { log.gather_cosignatures().await });
}

#[tokio::test]
async fn nothing_is_signed_before_a_quorum_has_confirmed() {
    let (bench, people) = bench();
    let (log, store) = bench.open();
    let early = refusal(log.seal(proposal(1, 1, 1, None)).await);
    assert_eq!((early.reason, early.retry_after_ms), (Reason::Unconfirmed, Some(1000)));
    let _two = introduce(&log, &people, &[1, 2]);
    // One that is there twice counts once.
    let _again = introduce(&log, &people, &[2]);
    assert_eq!(refusal(log.seal(proposal(1, 1, 1, None)).await).reason, Reason::Unconfirmed);
    assert!(store.head().unwrap().is_none(), "nothing was signed");
    let _third = introduce(&log, &people, &[4]);
    log.seal(proposal(1, 1, 1, None)).await.unwrap();
}

#[tokio::test]
async fn one_that_was_reached_over_the_network_confirms_by_cosigning() {
    let (bench, mut people) = bench();
    let (log, _store) = bench.open();
    let log = Arc::new(log);
    let _two = introduce(&log, &people, &[1, 2]);
    // Somebody on the way may have said that it holds nothing.
    let introduction = people[2].introduction();
    let mut third = log.witnesses().introduce(None, &introduction).unwrap();
    assert_eq!(refusal(log.seal(proposal(1, 1, 1, None)).await).reason, Reason::Unconfirmed);
    ask(&log);
    assert_eq!(people[2].attend(&mut third).await, Outcome::Cosigned);
    log.seal(proposal(1, 1, 1, None)).await.unwrap();
}

#[tokio::test]
async fn a_receipt_needs_the_quorum_and_keeps_its_first_times() {
    let (bench, mut people) = bench();
    let (log, store) = bench.open();
    let log = Arc::new(log);
    let mut attending = introduce(&log, &people, &[1, 2, 3, 4]);
    ask(&log);
    let sealed = log.seal(proposal(1, 1, 1, None)).await.unwrap();
    let published = log.published();
    let leaf = store.leaves(0, 1).unwrap().pop().unwrap();
    let policy = bench.plan.as_ref().unwrap().policy.clone();
    for n in [1, 2] {
        // The rounds may have begun with the empty tree.
        while published.borrow().size == 0 && people[n - 1].seen.0 == 0 {
            let attendant = attending.get_mut(&n).unwrap();
            assert_eq!(people[n - 1].attend(attendant).await, Outcome::Cosigned);
        }
        let Given::Pending(pending) = log.receipt_of(&sealed.filing).unwrap() else {
            panic!("a receipt with {n} lines")
        };
        let proof = Receipt::parse(&pending.tlog_proof).unwrap();
        assert!(proof.verify(&leaf, &policy).is_err(), "pending is no receipt");
        assert!(!proof.verify_pending(&leaf, &policy).unwrap().witnessed.quorum);
    }
    let third = attending.get_mut(&3).unwrap();
    while people[2].seen.0 == 0 {
        people[2].attend(third).await;
    }
    let Given::Receipt(receipt) = log.receipt_of(&sealed.filing).unwrap() else { panic!() };
    let proven = Receipt::parse(&receipt.tlog_proof).unwrap().verify(&leaf, &policy).unwrap();
    assert_eq!(proven.witnessed.cosigned.len(), 3);
    assert_eq!(published.borrow().size, 1);
    // The fourth comes late: its line joins, the times of the others stay.
    let fourth = attending.get_mut(&4).unwrap();
    while people[3].seen.0 == 0 {
        people[3].attend(fourth).await;
    }
    let Given::Receipt(later) = log.receipt_of(&sealed.filing).unwrap() else { panic!() };
    assert!(later.tlog_proof.starts_with(&receipt.tlog_proof), "lines join at the end");
    let own = vec!["w4.example/w".to_owned()];
    assert!(matches!(log.receipt_with(&sealed.filing, &own).unwrap(), Given::Receipt(_)));
    let stranger = vec!["w5.example/w".to_owned()];
    assert!(matches!(log.receipt_with(&sealed.filing, &stranger).unwrap(), Given::Pending(_)));
    until_kept(store.as_ref()).await;
    drop(attending);
}

/// Waits until a head with its lines is durable.
async fn until_kept(store: &dyn Store) {
    for _ in 0..500 {
        if !store.cosigned(0, 1).unwrap().is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nothing was kept");
}

#[tokio::test]
async fn after_a_restart_the_receipt_is_the_same() {
    let (bench, mut people) = bench();
    let (before, filing) = {
        let (log, store) = bench.open();
        let log = Arc::new(log);
        let mut attending = introduce(&log, &people, &[1, 2, 3]);
        let asking = {
            let log = Arc::clone(&log);
            tokio::spawn(async move { log.gather_cosignatures().await })
        };
        let sealed = log.seal(proposal(1, 1, 1, None)).await.unwrap();
        for n in 1..=3 {
            while people[n - 1].seen.0 == 0 {
                people[n - 1].attend(attending.get_mut(&n).unwrap()).await;
            }
        }
        until_kept(store.as_ref()).await;
        asking.abort();
        let _aborted = asking.await;
        let Given::Receipt(receipt) = log.receipt_of(&sealed.filing).unwrap() else { panic!() };
        (receipt, sealed.filing)
    };
    let (log, _store) = bench.open();
    let Given::Receipt(after) = log.receipt_of(&filing).unwrap() else { panic!("pending") };
    assert_eq!(before, after);
    assert_eq!(log.published().borrow().size, 1, "what was published stays so");
}

#[tokio::test]
async fn a_witness_that_holds_more_stops_the_log_for_good() {
    let (bench, mut people) = bench();
    {
        let (log, _store) = bench.open();
        let log = Arc::new(log);
        let mut attending = introduce(&log, &people, &[1, 2, 3]);
        let asking = {
            let log = Arc::clone(&log);
            tokio::spawn(async move { log.gather_cosignatures().await })
        };
        log.seal(proposal(1, 1, 1, None)).await.unwrap();
        while people[0].seen.0 == 0 {
            people[0].attend(attending.get_mut(&1).unwrap()).await;
        }
        asking.abort();
        let _aborted = asking.await;
    }
    // Set back to nothing, with the same key.
    let back = Bench { folder: tempfile::TempDir::new().unwrap(), ..bench };
    let (log, store) = back.open();
    let _others = introduce(&log, &people, &[2, 3, 4]);
    let introduction = people[0].introduction();
    let answer = log.witnesses().introduce(Some(&from(1)), &introduction);
    assert_eq!(refused(answer), Reason::HistoryLost);
    let loss = log.witnesses().losses().borrow().clone().unwrap();
    assert_eq!(loss.what, "w1.example/w holds a signed tree of 1 leaves, here are 0");
    assert_eq!(loss.note, introduction.checkpoints[0]);
    assert_eq!(refusal(log.seal(proposal(2, 1, 1, None)).await).reason, Reason::HistoryLost);
    assert!(store.head().unwrap().is_none(), "nothing was signed");
}

#[tokio::test]
async fn a_witness_that_holds_another_tree_stops_it_too() {
    let (bench, people) = bench();
    let (log, _store) = bench.open();
    let _confirmed = introduce(&log, &people, &[1, 2, 3]);
    log.seal(proposal(1, 1, 1, None)).await.unwrap();
    // Signed with the log's own key, over a leaf that is not here, and truly cosigned.
    let note = bench.signer().sign(1, [7; 32]).unwrap();
    let checkpoint = Checkpoint::parse(note.text()).unwrap();
    let mut forked = note.clone();
    forked.add(people[3].cosigner.cosign(&checkpoint, SECONDS).unwrap()).unwrap();
    let shown = |note: &Note| Introduction {
        checkpoints: vec![note.to_string().into_bytes()],
        ..people[3].introduction()
    };
    // A witness alone cannot stop the log: it has to show what the log signed.
    let other = Bench::new().signer().sign(9, [7; 32]).unwrap();
    let mut unsigned = other.clone();
    let nine = Checkpoint::parse(other.text()).unwrap();
    unsigned.add(people[3].cosigner.cosign(&nine, SECONDS).unwrap()).unwrap();
    for invented in [&note, &unsigned] {
        let answer = log.witnesses().introduce(Some(&from(4)), &shown(invented));
        assert_eq!(refused(answer), Reason::RequestInvalid);
        log.seal(proposal(1, 1, 1, None)).await.unwrap();
    }
    let answer = log.witnesses().introduce(Some(&from(4)), &shown(&forked));
    assert_eq!(refused(answer), Reason::HistoryLost);
    let sealed = log.seal(proposal(2, 1, 2, Some(1))).await;
    assert_eq!(refusal(sealed).reason, Reason::HistoryLost);
}

#[tokio::test]
async fn only_the_planned_witnesses_attend_and_only_with_their_own_lines() {
    let (bench, mut people) = bench();
    let (log, _store) = bench.open();
    let log = Arc::new(log);
    let witnesses = log.witnesses();
    let introduction = people[0].introduction();
    assert_eq!(
        refused(witnesses.introduce(Some(&from(2)), &introduction)),
        Reason::NotPermitted,
        "from another's office"
    );
    let stranger = Person::new("w1.example/w").introduction();
    assert_eq!(refused(witnesses.introduce(Some(&from(1)), &stranger)), Reason::NotPermitted);
    let two_names = Introduction {
        keys: vec![introduction.keys[0].clone(), people[1].introduction().keys[0].clone()],
        ..introduction.clone()
    };
    for wrong in [
        two_names,
        Introduction { keys: Vec::new(), ..introduction.clone() },
        Introduction { keys: vec![introduction.keys[0].clone(); 5], ..introduction.clone() },
        Introduction { keys: vec!["w1".into()], ..introduction.clone() },
        Introduction { mirror_keys: introduction.keys.clone(), ..introduction.clone() },
        Introduction { checkpoints: vec![b"x\n".to_vec()], ..introduction.clone() },
        Introduction { checkpoints: vec![Vec::new(); 17], ..introduction.clone() },
    ] {
        let answer = witnesses.introduce(Some(&from(1)), &wrong);
        assert_eq!(refused(answer), Reason::RequestInvalid, "{wrong:?}");
    }
    let mut attending = introduce(&log, &people, &[1, 2, 3]);
    ask(&log);
    log.seal(proposal(1, 1, 1, None)).await.unwrap();
    let first = attending.get_mut(&1).unwrap();
    let mut head = first.due().await.unwrap();
    if head.size == 0 {
        head = first.due().await.unwrap();
    }
    let question = first.question(&head).unwrap();
    let (_, of_second) = people[1].answer(&question);
    let (_, mut own) = people[0].answer(&question);
    for (code, body) in [
        (200, of_second),
        (200, b"no line\n".to_vec()),
        (200, Vec::new()),
        (409, b"0\n".to_vec()),
        (409, b"01\n".to_vec()),
        (409, b"many\n".to_vec()),
    ] {
        let answer = first.take(&head, code, &body);
        assert_eq!(refused(answer), Reason::RequestInvalid, "{code} {body:?}");
    }
    for code in [400, 403, 404, 422, 500, 503, 7] {
        assert_eq!(first.take(&head, code, b"no\n").unwrap(), Outcome::Declined);
    }
    let end = own.len() - 4;
    own[end] ^= 1;
    assert_eq!(refused(first.take(&head, 200, &own)), Reason::RequestInvalid, "a changed line");
    assert_eq!(log.published().borrow().size, 0);
}

#[tokio::test]
async fn a_witness_that_knows_another_size_is_asked_from_there() {
    let (bench, mut people) = bench();
    let (log, _store) = bench.open();
    let log = Arc::new(log);
    let mut attending = introduce(&log, &people, &[1, 2, 3]);
    ask(&log);
    log.seal(proposal(1, 1, 1, None)).await.unwrap();
    let first = attending.get_mut(&1).unwrap();
    while people[0].seen.0 == 0 {
        people[0].attend(first).await;
    }
    log.seal(proposal(2, 1, 2, Some(1))).await.unwrap();
    // It attends anew and forgets to say what it has; the stream of before is over.
    let silent = Introduction { checkpoints: Vec::new(), ..people[0].introduction() };
    let mut again = log.witnesses().introduce(Some(&from(1)), &silent).unwrap();
    assert!(first.due().await.is_none(), "one attendance replaces the other");
    while people[0].seen.0 < 2 {
        assert_eq!(people[0].attend(&mut again).await, Outcome::Cosigned);
    }
}

#[tokio::test]
async fn an_idle_log_is_asked_about_again_and_shows_the_newest_times() {
    let (mut bench, mut people) = bench();
    bench.plan.as_mut().unwrap().heartbeat = Duration::from_millis(5);
    let (log, _store) = bench.open();
    let log = Arc::new(log);
    let mut attending = introduce(&log, &people, &[1, 2, 3]);
    ask(&log);
    let mut published = log.published();
    for _ in 0..3 {
        for n in 1..=3 {
            people[n - 1].attend(attending.get_mut(&n).unwrap()).await;
        }
        published.changed().await.unwrap();
    }
    let note = Note::parse(&published.borrow().note).unwrap();
    let policy = &bench.plan.as_ref().unwrap().policy;
    let times: Vec<u64> =
        policy.verify(&note).unwrap().cosigned.iter().map(|one| one.time).collect();
    assert!(times.iter().all(|time| *time >= SECONDS + 2), "{times:?}");
}

#[tokio::test]
async fn without_a_quorum_the_oldest_heads_are_forgotten() {
    let (bench, _people) = bench();
    let (log, _store) = bench.open();
    let head = log.published().borrow().as_ref().clone();
    for size in 1..=100 {
        log.witnesses().gather(&HeadRow { size, ..head.clone() }, Vec::new()).unwrap();
    }
    assert_eq!(log.witnesses().gathering(), (69..=100).collect::<Vec<_>>());
    // A head that is held takes lines without another one going.
    log.witnesses().gather(&HeadRow { size: 69, ..head }, Vec::new()).unwrap();
    assert_eq!(log.witnesses().gathering(), (69..=100).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_full_disk_keeps_lines_for_later() {
    use super::faulty::Trouble;
    let (bench, mut people) = bench();
    let (log, store) = bench.open();
    let log = Arc::new(log);
    let mut attending = introduce(&log, &people, &[1, 2, 3]);
    ask(&log);
    let sealed = log.seal(proposal(1, 1, 1, None)).await.unwrap();
    store.set(Trouble::DiskFull);
    for n in 1..=3 {
        while people[n - 1].seen.0 == 0 {
            people[n - 1].attend(attending.get_mut(&n).unwrap()).await;
        }
    }
    assert!(matches!(log.receipt_of(&sealed.filing).unwrap(), Given::Receipt(_)));
    assert!(fault(log.seal(proposal(2, 1, 2, Some(1))).await).is_disk_full());
    assert!(store.cosigned(0, 9).unwrap().is_empty());
    store.set(Trouble::None);
    bench.clock.fetch_add(1, Ordering::Relaxed);
    log.seal(proposal(2, 1, 2, Some(1))).await.unwrap();
    assert_eq!(store.cosigned(0, 9).unwrap().len(), 1);
}
