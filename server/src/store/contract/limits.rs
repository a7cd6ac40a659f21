//! The contract about limits: who is waited for, and until when.

use super::Place;
use super::samples::{Chronicle, answer, case, expired, filing, office, opening, sealed};
use crate::model::row::{AnswerStep, SealedRow};
use crate::store::Store;

/// Filing `n` to these, which has to be answered by an instant.
fn limited(n: u64, recipients: &[&str], answer_by_ms: u64) -> SealedRow {
    let mut filing = opening(n, recipients);
    filing.answer_by_ms = Some(answer_by_ms);
    sealed(filing)
}

/// Who is overdue at an instant: limit, office and leaf.
fn overdue(store: &dyn Store, now_ms: u64, limit: usize) -> Vec<(u64, String, u64)> {
    let rows = store.overdue(now_ms, limit).unwrap();
    rows.into_iter().map(|row| (row.limit_ms, row.recipient.to_string(), row.filing_leaf)).collect()
}

pub(crate) fn who_is_silent_is_overdue_until_it_is_stated(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let entries = vec![
        limited(1, &["south/one", "east/one"], 500),
        limited(2, &["south/one"], 400),
        sealed(opening(3, &["south/one"])),
        // For nobody: there is no one to wait for.
        limited(4, &[], 100),
    ];
    store.commit(&chronicle.batch(entries)).unwrap();
    assert!(overdue(store.as_ref(), 400, 10).is_empty(), "the limit itself is still in time");
    let second = (400, "south/one".to_owned(), 1);
    assert_eq!(overdue(store.as_ref(), 401, 10), std::slice::from_ref(&second));
    let all = [second, (500, "east/one".to_owned(), 0), (500, "south/one".to_owned(), 0)];
    assert_eq!(overdue(store.as_ref(), u64::MAX, 10), all);
    assert_eq!(overdue(store.as_ref(), u64::MAX, 2), all[..2]);
    assert_eq!(store.overdue(401, 1).unwrap()[0].digest, filing(2).digest);

    let stated = expired(&[("south/one", 1), ("south/one", 0)]);
    store.commit(&chronicle.batch(vec![stated])).unwrap();
    drop(store);
    let store = place.open();
    assert_eq!(overdue(store.as_ref(), u64::MAX, 10), all[1..2]);
    let deliveries = store.deliveries(0).unwrap();
    let leaves: Vec<_> = deliveries.iter().map(|delivery| delivery.expired_leaf).collect();
    assert_eq!(leaves, [Some(4), None]);
    let inbox = store.inbox(&office("south/one"), 0, 10).unwrap();
    let leaves: Vec<_> = inbox.iter().map(|(delivery, _)| delivery.expired_leaf).collect();
    assert_eq!(leaves, [Some(4), Some(4), None]);
}

pub(crate) fn an_answer_ends_the_waiting(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let recipients = ["south/one", "south/two", "east/one", "east/two"];
    store.commit(&chronicle.batch(vec![limited(1, &recipients, 500)])).unwrap();
    let waited_for = |store: &dyn Store| {
        overdue(store, u64::MAX, 10).into_iter().map(|(_, office, _)| office).collect::<Vec<_>>()
    };
    let steps = [AnswerStep::Acknowledged, AnswerStep::Registered, AnswerStep::Refused];
    for ((n, name), step) in (11..).zip(recipients).zip(steps) {
        assert!(waited_for(store.as_ref()).iter().any(|office| office == name));
        let entry = sealed(answer(n, name, case(1), 0, step));
        store.commit(&chronicle.batch(vec![entry])).unwrap();
        assert!(!waited_for(store.as_ref()).iter().any(|office| office == name), "{step:?}");
    }
    let late = answer(20, "east/two", case(1), 0, AnswerStep::Acknowledged);
    let batch = chronicle.batch(vec![expired(&[("east/two", 0)]), sealed(late)]);
    store.commit(&batch).unwrap();
    let deliveries = store.deliveries(0).unwrap();
    let of = |n: usize| (deliveries[n].acknowledged_leaf, deliveries[n].expired_leaf);
    assert_eq!(of(0), (Some(1), None));
    assert_eq!(of(3), (Some(5), Some(4)), "late is late, and an answer");
}

pub(crate) fn only_who_waits_expires(place: &impl Place) {
    for wrong in ["south/two", "south/one"] {
        let store = place.open();
        let mut chronicle = Chronicle::default();
        let first = chronicle.batch(vec![
            limited(1, &["south/one", "south/three"], 500),
            sealed(answer(11, "south/one", case(1), 0, AnswerStep::Acknowledged)),
            sealed(opening(2, &["south/two"])),
        ]);
        if store.head().unwrap().is_none() {
            store.commit(&first).unwrap();
        }
        let fault = store.commit(&chronicle.batch(vec![expired(&[(wrong, 0)])])).unwrap_err();
        assert!(fault.chain().contains("does not wait"), "{}", fault.chain());
    }
}
