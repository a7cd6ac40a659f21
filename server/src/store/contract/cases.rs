//! The contract about cases, keys and papers: who sees which.

use barid_proto::key::Signer as _;

use super::samples::{
    Chronicle, EVENT, case, filing, hash, held_document, institution, key, new_key, number, office,
    opening, paper, sealed, signing_key,
};
use super::{Place, fill};
use crate::model::row::{CaseRole, KeyChange, PublicActRow};
use crate::store::{FilingKey, Reader, Wanted};

pub(crate) fn parties_and_their_institutions_see_a_case(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let mut third = opening(3, &["south/two"]);
    third.case.as_mut().unwrap().opening.as_mut().unwrap().election_event_id.clear();
    let first = vec![
        sealed(opening(1, &["south/one", "south/two"])),
        sealed(opening(2, &["east/one"])),
        sealed(third),
    ];
    store.commit(&chronicle.batch(first)).unwrap();
    // A later filing makes case 1 the newest, and brings a party in.
    let mut later = filing(4);
    let mut change = opening(1, &["east/one", "south/one"]).case.unwrap();
    change.opening = None;
    later.case = Some(change);
    store.commit(&chronicle.batch(vec![sealed(later)])).unwrap();

    let seen = |reader: &Reader, event: &str, before, limit| {
        let wanted = Wanted { event, ..Wanted::default() };
        let cases = store.cases(reader, &wanted, before, limit).unwrap();
        cases.into_iter().map(|row| row.case).collect::<Vec<_>>()
    };
    let south = Reader::Institution(institution("south"));
    assert_eq!(seen(&south, "", u64::MAX, 10), [case(1), case(3)]);
    assert_eq!(seen(&south, EVENT, u64::MAX, 10), [case(1)]);
    assert_eq!(seen(&south, "", u64::MAX, 1), [case(1)]);
    assert_eq!(seen(&south, "", 3, 10), [case(3)]);
    let of_office = |name| Reader::Office(office(name));
    assert_eq!(seen(&of_office("south/one"), "", u64::MAX, 10), [case(1)]);
    assert_eq!(seen(&of_office("east/one"), "", u64::MAX, 10), [case(1), case(2)]);
    assert!(seen(&of_office("west/one"), "", u64::MAX, 10).is_empty());

    let row = store.case(case(1)).unwrap().unwrap();
    let roles: Vec<_> = row.parties.iter().map(|(_, role)| *role).collect();
    assert_eq!(roles[..2], [CaseRole::Opener, CaseRole::Addressee]);
    assert_eq!(row.parties.last().unwrap().0, office("east/one"));
    assert_eq!((row.parties.len(), row.filings), (4, 2));
    assert_eq!((row.opened_leaf, row.changed_leaf), (0, 3));
    assert_eq!((row.opened_at_ms, row.changed_at_ms), (1_000, 1_003));
    assert_eq!(row.opening.procedure_id, "procedure");
}

pub(crate) fn a_docket_is_in_order(place: &impl Place) {
    let store = place.open();
    fill(store.as_ref());
    let leaves = |from, limit| {
        let docket = store.docket(case(1), from, limit).unwrap();
        docket.iter().map(|filing| filing.leaf).collect::<Vec<_>>()
    };
    assert_eq!(leaves(0, 10), [0, 4, 5, 6]);
    assert_eq!(leaves(4, 2), [4, 5]);
    assert!(leaves(7, 10).is_empty());
    assert!(store.docket(case(9), 0, 10).unwrap().is_empty());
}

pub(crate) fn a_filing_stands_on_the_dockets_it_mentions(place: &impl Place) {
    let mut chronicle = Chronicle::default();
    let mut batch = opening(3, &["south/one"]);
    batch.mentions = vec![case(1), case(2)];
    batch.documents = vec![paper(9)];
    let mut secret = opening(4, &["south/one"]);
    secret.mentions = vec![case(1)];
    secret.restricted = true;
    secret.documents = vec![paper(8)];
    let first = [opening(1, &["south/two"]), opening(2, &["south/two"])].map(sealed);
    let store = place.open();
    store.commit(&chronicle.batch(first.into())).unwrap();
    store.commit(&chronicle.batch([batch.clone(), secret].map(sealed).into())).unwrap();
    let on = |n: u64, from| {
        let docket = store.docket(case(n), from, 10).unwrap();
        docket.iter().map(|filing| filing.leaf).collect::<Vec<_>>()
    };
    assert_eq!(on(1, 0), [0, 2, 3]);
    assert_eq!(on(2, 0), [1, 2]);
    assert_eq!(on(3, 0), [2]);
    assert_eq!(on(1, 3), [3]);
    let read = store.filing(FilingKey::Leaf(2)).unwrap().unwrap();
    assert_eq!(read.mentions, batch.mentions);
    // Whoever sees a case reads the papers of what stands on its docket, unless restricted.
    store.add_holding(&held_document(9, 7), &institution("north")).unwrap();
    store.add_holding(&held_document(8, 7), &institution("north")).unwrap();
    let reader = Reader::Office(office("south/two"));
    assert_eq!(store.readable(paper(9), &reader).unwrap().map(|held| held.size), Some(7));
    assert_eq!(store.readable(paper(8), &reader).unwrap().map(|held| held.size), None);
}

pub(crate) fn acts_are_found_by_whose_they_are_and_their_number(place: &impl Place) {
    let mut chronicle = Chronicle::default();
    let act = |n, whose: &str, name: &str| {
        let mut filing = filing(n);
        filing.sequence = n;
        filing.public_act =
            Some(PublicActRow { institution: institution(whose), name: name.to_owned() });
        filing
    };
    let acts = [
        act(1, "north", "214"),
        act(2, "north", ""),
        act(3, "south", "214"),
        act(4, "north", "214"),
    ];
    let store = place.open();
    store.commit(&chronicle.batch(acts.map(sealed).into())).unwrap();
    let of = |whose: &str, name: &str, limit| {
        let found = store.public_acts(&institution(whose), name, limit).unwrap();
        found.iter().map(|filing| filing.leaf).collect::<Vec<_>>()
    };
    assert_eq!(of("north", "214", 10), [0, 3]);
    assert_eq!(of("north", "214", 1), [3], "the newest, when there are more");
    assert_eq!(of("north", "", 10), [1]);
    assert_eq!(of("south", "214", 10), [2]);
    assert!(of("south", "", 10).is_empty());
    let read = store.filing(FilingKey::Leaf(0)).unwrap().unwrap();
    assert_eq!(read.public_act.unwrap().name, "214");
}

pub(crate) fn a_case_is_known_by_its_numbers(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let filings = [2, 1].map(|n| {
        let mut filing = opening(n, &["south/one"]);
        let change = filing.case.as_mut().unwrap();
        change.docket_numbers =
            vec![number("south", "7/2025"), number("north", "x"), number("south", "7/2025")];
        sealed(filing)
    });
    store.commit(&chronicle.batch(filings.into())).unwrap();
    let of = |reader: &Reader, name, normal, limit| {
        store.cases_by_number(reader, &number(name, normal), limit).unwrap()
    };
    let south = Reader::Office(office("south/one"));
    let known = |name, normal, limit| of(&south, name, normal, limit);
    assert_eq!(known("south", "7/2025", 10), [case(2), case(1)]);
    assert_eq!(known("south", "7/2025", 1), [case(2)]);
    assert!(known("east", "7/2025", 10).is_empty());
    assert!(known("south", "7/2026", 10).is_empty());
    // To those who are no party there are none, and they do not count within the limit.
    assert!(of(&Reader::Office(office("south/two")), "south", "7/2025", 10).is_empty());
    let mut other = opening(3, &["south/two"]);
    other.case.as_mut().unwrap().docket_numbers = vec![number("south", "7/2025")];
    store.commit(&chronicle.batch(vec![sealed(other)])).unwrap();
    assert_eq!(of(&Reader::Office(office("south/two")), "south", "7/2025", 1), [case(3)]);
    let institution = Reader::Institution(institution("south"));
    assert_eq!(of(&institution, "south", "7/2025", 10), [case(2), case(1), case(3)]);
    let row = store.case(case(1)).unwrap().unwrap();
    assert_eq!(row.docket_numbers, [number("south", "7/2025"), number("north", "x")]);
}

pub(crate) fn an_institutions_own_claim_comes_before_mentions(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let saying = |n, sender: &str, who: &str| {
        let mut filing = opening(n, &["south/one", "east/one"]);
        filing.sender = office(sender);
        filing.case.as_mut().unwrap().docket_numbers = vec![number(who, "7/2025")];
        sealed(filing)
    };
    // North says which numbers south's cases have, before south does.
    let mentions = vec![saying(1, "north/one", "south"), saying(2, "north/one", "south")];
    store.commit(&chronicle.batch(mentions)).unwrap();
    let known = |reader: &str| {
        let reader = Reader::Office(office(reader));
        store.cases_by_number(&reader, &number("south", "7/2025"), 10).unwrap()
    };
    assert_eq!(known("south/one"), [case(1), case(2)], "nobody else says anything");
    store.commit(&chronicle.batch(vec![saying(3, "south/one", "south")])).unwrap();
    assert_eq!(known("south/one"), [case(3)]);
    assert_eq!(known("east/one"), [case(3)]);
    // South confirms what north said of case 2: that is a second claim.
    let mut confirmed = filing(4);
    confirmed.sender = office("south/one");
    let mut change = opening(2, &[]).case.unwrap();
    change.opening = None;
    change.docket_numbers = vec![number("south", "7/2025")];
    confirmed.case = Some(change);
    store.commit(&chronicle.batch(vec![sealed(confirmed)])).unwrap();
    assert_eq!(known("south/one"), [case(2), case(3)]);
    let row = store.case(case(2)).unwrap().unwrap();
    assert_eq!(row.docket_numbers, [number("south", "7/2025")], "said twice, listed once");
}

pub(crate) fn keys_come_and_go(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let change = |n, change| {
        let mut filing = filing(n);
        filing.key = Some(change);
        sealed(filing)
    };
    let vouched = |n, new, by| {
        let mut filing = new_key(n, new);
        if let Some(KeyChange::Add { vouched_by, .. }) = &mut filing.key {
            *vouched_by = Some(key(by));
        }
        sealed(filing)
    };
    let entries = vec![
        sealed(new_key(1, 3)),
        vouched(2, 4, 3),
        change(3, KeyChange::Retire { key_id: key(3) }),
        change(4, KeyChange::Revoke { key_id: key(4), invalid_from: 9 }),
        change(5, KeyChange::Revoke { key_id: key(4), invalid_from: 1 }),
        change(6, KeyChange::Revoke { key_id: key(4), invalid_from: 5 }),
    ];
    store.commit(&chronicle.batch(entries)).unwrap();
    let keys = store.keys().unwrap();
    let [three, four] = &keys[..] else { panic!("{keys:?}") };
    let spki = signing_key(3).public_key().spki().to_vec();
    assert_eq!((three.key_id, &three.spki), (key(3), &spki));
    assert_eq!((three.vouched_by, four.vouched_by), (None, Some(key(3))));
    assert_eq!(store.key_events(&key(3)).unwrap(), [0, 2]);
    assert_eq!(store.key_events(&key(4)).unwrap(), [1, 3, 4, 5]);
    assert!(store.key_events(&key(1)).unwrap().is_empty());
    let added = store.filing(FilingKey::Leaf(1)).unwrap().unwrap().key;
    assert!(matches!(added, Some(KeyChange::Add { vouched_by: Some(by), .. }) if by == key(3)));
    assert_eq!((three.added_leaf, three.retired_leaf, three.revoked_from_leaf), (0, Some(2), None));
    assert_eq!((four.added_leaf, four.retired_leaf, four.revoked_from_leaf), (1, None, Some(1)));
    let chain = store.chain(&key(1)).unwrap();
    assert_eq!((chain.sequence, chain.digest), (6, hash("digest", 6)));
    let none = store.chain(&key(9)).unwrap();
    assert_eq!((none.sequence, none.digest), (0, [0; 32]));
}

pub(crate) fn who_may_read_a_document(place: &impl Place) {
    let store = place.open();
    fill(store.as_ref());
    store.add_holding(&held_document(1, 11), &institution("west")).unwrap();
    store.add_holding(&held_document(1, 11), &institution("west")).unwrap();
    store.add_holding(&held_document(4, 44), &institution("west")).unwrap();
    let may = |n, reader: Reader| store.readable(paper(n), &reader).unwrap().map(|held| held.size);
    let of_office = |name| Reader::Office(office(name));
    // The uploader, whichever of its offices asks; each party, and its main office.
    assert_eq!(may(1, of_office("west/any")), Some(11));
    assert_eq!(may(1, of_office("south/two")), Some(11));
    assert_eq!(may(1, Reader::Institution(institution("south"))), Some(11));
    // No party; named but never uploaded; uploaded by another and named by nobody.
    assert_eq!(may(1, of_office("east/one")), None);
    assert_eq!(may(1, of_office("south/three")), None);
    assert_eq!(may(3, of_office("east/one")), None);
    assert_eq!(may(4, of_office("south/one")), None);
    assert_eq!(may(4, of_office("west/one")), Some(44));
}

pub(crate) fn a_restricted_filing_shows_its_documents_to_its_recipients(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let mut restricted = filing(2);
    restricted.restricted = true;
    restricted.recipients = vec![office("east/one")];
    restricted.documents = vec![paper(1)];
    let mut change = opening(1, &["south/one", "east/one"]).case.unwrap();
    change.opening = None;
    restricted.case = Some(change);
    let mut outside = filing(3);
    outside.recipients = vec![office("south/two")];
    outside.documents = vec![paper(2)];
    let entries = [opening(1, &["south/one", "east/one"]), restricted, outside].map(sealed);
    store.commit(&chronicle.batch(entries.into())).unwrap();
    assert!(store.filing(FilingKey::Leaf(1)).unwrap().unwrap().restricted);
    for n in [1, 2] {
        store.add_holding(&held_document(n, n), &institution("west")).unwrap();
    }
    let may = |n, reader: Reader| store.readable(paper(n), &reader).unwrap().map(|held| held.size);
    let of_office = |name| Reader::Office(office(name));
    let of_institution = |name| Reader::Institution(institution(name));
    assert_eq!(may(1, of_office("east/one")), Some(1));
    assert_eq!(may(1, of_institution("east")), Some(1));
    assert_eq!(may(1, of_office("east/two")), None);
    assert_eq!(may(1, of_office("south/one")), None);
    assert_eq!(may(1, of_institution("south")), None);
    assert_eq!(may(2, of_office("south/two")), Some(2));
    assert_eq!(may(2, of_institution("south")), Some(2));
    assert_eq!(may(2, of_institution("sout")), None);
    assert_eq!(may(2, of_office("south/one")), None);
}
