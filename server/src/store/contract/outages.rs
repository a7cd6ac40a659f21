//! The contract about outages: which the hub stated, how long it is known to have worked, and who
//! filed meanwhile.

use super::Place;
use super::samples::{Chronicle, filing, office, outage, sealed};
use crate::model::row::{HeadRow, LifeRow};

pub(crate) fn outages_are_listed_newest_first(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    assert!(store.outages(u64::MAX, 9).unwrap().is_empty());
    store.commit(&chronicle.batch(vec![outage(), sealed(filing(1)), outage()])).unwrap();
    store.commit(&chronicle.batch(vec![sealed(filing(2)), outage()])).unwrap();
    drop(store);
    let store = place.open();
    assert_eq!(store.outages(u64::MAX, 9).unwrap(), [4, 2, 0]);
    assert_eq!(store.outages(u64::MAX, 2).unwrap(), [4, 2]);
    assert_eq!(store.outages(4, 9).unwrap(), [2, 0]);
    assert!(store.outages(0, 9).unwrap().is_empty());
    assert_eq!(store.statement(4).unwrap().as_deref(), Some(&b"outage"[..]));
}

pub(crate) fn the_mark_of_life_is_the_newest(place: &impl Place) {
    let store = place.open();
    assert_eq!(store.life().unwrap(), None);
    let mark = |at_ms: u64| LifeRow {
        at_ms,
        published: HeadRow { size: at_ms, root: [3; 32], note: b"note\n".to_vec() },
    };
    store.keep_life(&mark(10)).unwrap();
    // A clock may be set back: what is kept is what was said last.
    store.keep_life(&mark(9)).unwrap();
    drop(store);
    assert_eq!(place.open().life().unwrap(), Some(mark(9)));
}

pub(crate) fn what_an_office_filed_in_a_time_is_found(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let mut others = filing(2);
    others.sender = office("south/one");
    // Accepted at 1,000, 1,001 and 1,002.
    let entries = vec![sealed(filing(1)), sealed(others), sealed(filing(3))];
    store.commit(&chronicle.batch(entries)).unwrap();
    let first = |name: &str, from_ms, until_ms| {
        let found = store.filed_between(&office(name), from_ms, until_ms).unwrap();
        found.map(|filing| filing.leaf)
    };
    assert_eq!(first("north/one", 0, u64::MAX), Some(0));
    assert_eq!(first("north/one", 1_001, 1_002), Some(2));
    assert_eq!(first("north/one", 1_001, 1_001), None);
    assert_eq!(first("south/one", 1_001, 1_001), Some(1));
    assert_eq!(first("south/two", 0, u64::MAX), None);
}
