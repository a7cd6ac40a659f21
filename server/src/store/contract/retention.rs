//! The contract about documents that have to be kept, and about destroyed ones.

use super::Place;
use super::samples::{Chronicle, case, filing, held_document, institution, opening, paper, sealed};
use crate::model::id::DocumentDigest;
use crate::model::retention::{HoldRow, RetentionChange};
use crate::model::row::{CaseChange, FilingRow};
use crate::store::{FilingKey, Reader, Store};

/// Filing `n`, which decides something about documents in the case of filing 1.
fn decides(n: u64, retention: RetentionChange) -> FilingRow {
    let mut filing = filing(n);
    filing.case = Some(CaseChange {
        case: case(1),
        opening: None,
        parties: Vec::new(),
        docket_numbers: Vec::new(),
        names: Vec::new(),
    });
    filing.retention = Some(retention);
    filing
}

fn destroys(n: u64, documents: &[DocumentDigest]) -> FilingRow {
    decides(n, RetentionChange::Destroy { documents: documents.to_vec() })
}

/// Filing 1 opens a case with papers 1 and 2, at leaf 0; `north` has uploaded them.
fn opened(store: &dyn Store, chronicle: &mut Chronicle) {
    let mut open = opening(1, &["south/two"]);
    open.documents = vec![paper(1), paper(2)];
    store.commit(&chronicle.batch(vec![sealed(open)])).unwrap();
    for n in [1, 2] {
        store.add_holding(&held_document(n, 11), &institution("north")).unwrap();
    }
}

pub(crate) fn a_destroyed_document_is_known_by_its_leaf(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    opened(&*store, &mut chronicle);
    let filing = destroys(2, &[paper(1)]);
    store.commit(&chronicle.batch(vec![sealed(filing.clone())])).unwrap();
    drop(store);
    let store = place.open();
    assert_eq!(store.destroyed(paper(1)).unwrap(), Some(1));
    assert_eq!(store.destroyed(paper(2)).unwrap(), None);
    assert_eq!(store.destructions(None, 9).unwrap(), [(paper(1), 1)]);
    assert_eq!(store.destructions(Some(paper(1)), 9).unwrap(), []);
    // It takes no room and no round any more; who might read it is known as before.
    assert_eq!(store.held_bytes(&institution("north")).unwrap(), 11);
    assert_eq!(store.documents(None, 9).unwrap(), [held_document(2, 11)]);
    let reader = Reader::Institution(institution("south"));
    assert_eq!(store.readable(paper(1), &reader).unwrap(), Some(held_document(1, 11)));
    let read = store.filing(FilingKey::Leaf(1)).unwrap().unwrap();
    assert_eq!(read.retention, filing.retention);
    // The first filing did it; what a second one says changes nothing.
    store.commit(&chronicle.batch(vec![sealed(destroys(3, &[paper(1)]))])).unwrap();
    assert_eq!(store.destroyed(paper(1)).unwrap(), Some(1));
    assert_eq!(store.held_bytes(&institution("north")).unwrap(), 11);
}

pub(crate) fn a_hold_that_was_committed_first_keeps_its_documents(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    opened(&*store, &mut chronicle);
    // In one batch: all three were judged before any was committed.
    let one = RetentionChange::Hold { documents: vec![paper(1)] };
    let batch = [decides(2, one.clone()), destroys(3, &[paper(1), paper(2)])].map(sealed);
    store.commit(&chronicle.batch(batch.into())).unwrap();
    assert_eq!(store.destroyed(paper(1)).unwrap(), None, "it is on hold");
    assert_eq!(store.destroyed(paper(2)).unwrap(), Some(2));
    let hold = HoldRow { leaf: 1, case: case(1), documents: vec![paper(1)], lifted: None };
    assert_eq!(store.holds(case(1)).unwrap(), std::slice::from_ref(&hold));
    assert_eq!(store.holds(case(2)).unwrap(), []);
    assert!(hold.keeps(paper(1)) && !hold.keeps(paper(2)));

    let all = RetentionChange::Hold { documents: Vec::new() };
    let lift = RetentionChange::Lift { hold_leaf: 1 };
    let batch = [decides(4, all), decides(5, lift.clone()), destroys(6, &[paper(1)])].map(sealed);
    store.commit(&chronicle.batch(batch.into())).unwrap();
    assert_eq!(store.destroyed(paper(1)).unwrap(), None, "all of the case are on hold");
    let batch = [
        decides(7, RetentionChange::Lift { hold_leaf: 3 }),
        decides(8, RetentionChange::Lift { hold_leaf: 3 }),
        destroys(9, &[paper(1)]),
    ];
    store.commit(&chronicle.batch(batch.map(sealed).into())).unwrap();
    assert_eq!(store.destroyed(paper(1)).unwrap(), Some(8));
    drop(store);
    let lifted: Vec<_> = place.open().holds(case(1)).unwrap();
    assert_eq!(lifted.iter().map(|hold| hold.lifted).collect::<Vec<_>>(), [Some(4), Some(6)]);
    let read = place.open().filing(FilingKey::Leaf(4)).unwrap().unwrap();
    assert_eq!(read.retention, Some(lift));
    let read = place.open().filing(FilingKey::Leaf(1)).unwrap().unwrap();
    assert_eq!(read.retention, Some(one));
}

pub(crate) fn what_another_case_named_first_is_kept(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    opened(&*store, &mut chronicle);
    let mut open = opening(2, &["south/two"]);
    open.documents = vec![paper(1)];
    let mut secret = opening(3, &["south/two"]);
    secret.documents = vec![paper(2)];
    secret.restricted = true;
    let batch = [open, secret, destroys(4, &[paper(1), paper(2)])].map(sealed);
    store.commit(&chronicle.batch(batch.into())).unwrap();
    assert_eq!(store.destructions(None, 9).unwrap(), []);
    for n in [1, 2] {
        assert!(store.is_needed_outside(paper(n), case(1)).unwrap());
    }
    assert!(!store.is_needed_outside(paper(3), case(1)).unwrap());
}
