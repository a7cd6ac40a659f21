//! The contract about documents in the books: lengths, roots, and what each institution holds.

use super::Place;
use super::samples::{
    Chronicle, case, filing, held_document, institution, office, opening, paper, sealed,
};
use crate::model::row::{AccessRow, DocumentRow, DocumentUses};
use crate::store::{FilingKey, Reader};

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

pub(crate) fn a_sealed_exhibit_is_for_those_who_were_given_access(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let given = |n, who: &str| AccessRow { document: paper(n), office: office(who) };
    let mut open = opening(1, &["south/two", "west/three"]);
    open.documents = vec![paper(1), paper(2)];
    open.access = vec![given(1, "south/two"), given(1, "north/one")];
    let mut later = filing(2);
    later.sequence = 2;
    later.access = vec![given(1, "east/four"), given(1, "south/two")];
    store.commit(&chronicle.batch([open.clone(), later].map(sealed).into())).unwrap();
    for n in [1, 2] {
        store.add_holding(&held_document(n, 11), &institution("far")).unwrap();
    }
    let reads = |n, who: &str| {
        let reader = match who.contains('/') {
            true => Reader::Office(office(who)),
            false => Reader::Institution(institution(who)),
        };
        store.readable(paper(n), &reader).unwrap().is_some()
    };
    for who in ["south/two", "south", "north/one", "east/four", "east", "far"] {
        assert!(reads(1, who), "{who}");
    }
    // A party to the case who was given no key, and others of an institution that was.
    for who in ["west/three", "west", "south/five", "sou"] {
        assert!(!reads(1, who), "{who}");
    }
    assert!(reads(2, "west/three"), "what is not sealed is for the parties");
    let all = store.access(paper(1)).unwrap();
    let first = [("north/one", 0), ("south/two", 0), ("east/four", 1)];
    assert_eq!(all, first.map(|(who, leaf)| (office(who), leaf)));
    assert_eq!(store.uses(paper(1)).unwrap().filings, [0, 1]);
    let read = store.filing(FilingKey::Leaf(0)).unwrap().unwrap();
    assert_eq!(read.access, open.access);
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
