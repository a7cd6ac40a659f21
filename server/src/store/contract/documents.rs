//! The contract about documents in the books: lengths, roots, and what each institution holds.

use super::Place;
use super::samples::{Chronicle, case, held_document, institution, opening, paper, sealed};
use crate::model::row::{DocumentRow, DocumentUses};
use crate::store::Reader;

pub(crate) fn what_institutions_hold_is_added_up(place: &impl Place) {
    let store = place.open();
    let (north, south) = (institution("north"), institution("south"));
    for _ in 0..2 {
        store.add_holding(&held_document(1, 11), &north).unwrap();
    }
    store.add_holding(&held_document(2, 22), &north).unwrap();
    store.add_holding(&held_document(1, 11), &south).unwrap();
    drop(store);
    let store = place.open();
    let held = ["north", "south", "east"].map(|who| store.held_bytes(&institution(who)).unwrap());
    assert_eq!(held, [33, 11, 0]);
    // Neither another length nor another root can belong to the same digest.
    store.add_holding(&held_document(1, 12), &north).unwrap_err();
}

pub(crate) fn a_document_has_one_root_for_ever(place: &impl Place) {
    let store = place.open();
    let north = institution("north");
    let reader = Reader::Institution(north.clone());
    let old = DocumentRow { chunk_root: None, ..held_document(1, 11) };
    store.add_holding(&old, &north).unwrap();
    assert_eq!(store.readable(paper(1), &reader).unwrap(), Some(old));
    store.add_chunk_root(&held_document(1, 11)).unwrap();
    store.add_chunk_root(&held_document(1, 11)).unwrap();
    store.add_holding(&old, &institution("south")).unwrap();
    assert_eq!(store.readable(paper(1), &reader).unwrap(), Some(held_document(1, 11)));
    let other = DocumentRow { chunk_root: Some([9; 32]), ..old };
    store.add_chunk_root(&other).unwrap_err();
    assert_eq!(store.readable(paper(1), &reader).unwrap(), Some(held_document(1, 11)));
}

pub(crate) fn who_would_miss_a_document_is_known(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let mut open = opening(1, &["south/two"]);
    open.documents = vec![paper(1)];
    let mut secret = opening(2, &["south/two"]);
    secret.documents = vec![paper(1), paper(2)];
    secret.restricted = true;
    store.commit(&chronicle.batch([open, secret].map(sealed).into())).unwrap();
    for who in ["west", "east"] {
        store.add_holding(&held_document(1, 11), &institution(who)).unwrap();
    }
    let uses = store.uses(paper(1)).unwrap();
    assert_eq!(uses.held_by, ["east", "west"].map(institution));
    assert_eq!((uses.cases, uses.filings), (vec![case(1)], vec![1]));
    assert_eq!(store.uses(paper(2)).unwrap().filings, [1]);
    assert_eq!(store.uses(paper(3)).unwrap(), DocumentUses::default());
}

pub(crate) fn all_documents_are_listed_once(place: &impl Place) {
    let store = place.open();
    let mut all: Vec<_> = (0..7).map(|n| held_document(n, n + 1)).collect();
    for document in &all {
        for who in ["west", "east", "south"] {
            store.add_holding(document, &institution(who)).unwrap();
        }
    }
    all.sort_by_key(|document| *document.digest.as_bytes());
    let first = store.documents(None, 3).unwrap();
    assert_eq!(first, all[..3]);
    let rest = store.documents(Some(first[2].digest), 100).unwrap();
    assert_eq!(rest, all[3..]);
    assert!(store.documents(Some(rest[3].digest), 100).unwrap().is_empty());
}
