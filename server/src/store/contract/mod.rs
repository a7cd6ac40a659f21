//! What every store must do, as tests. [`contract!`] runs them all against one backend.

pub(crate) mod cases;
pub(crate) mod documents;
pub(crate) mod found;
pub(crate) mod limits;
pub(crate) mod outages;
pub(crate) mod retention;
pub(crate) mod samples;
pub(crate) mod search;

use std::sync::Arc;

use super::{FilingKey, Reader, Store, Wanted};
use crate::error::Fault;
use crate::model::row::{AnswerStep, HeadRow, SealedRow};
use samples::{
    Chronicle, answer, case, filing, held_document, history, institution, key, leaf, number,
    office, opening, paper, sealed,
};

/// Somewhere a backend keeps its bytes. Opening it again finds what was committed; what was opened
/// before has been dropped.
pub(crate) trait Place {
    fn open(&self) -> Arc<dyn Store>;
}

/// The names of all tests, run against `$place`.
macro_rules! contract {
    ($place:expr) => {
        $crate::store::contract::contract!(
            $place,
            a_batch_is_all_or_nothing,
            a_batch_goes_behind_the_last_head,
            bytes_come_back_as_they_went_in,
            cosigned_heads_are_kept_with_their_newest_lines,
            a_filing_is_found_by_each_of_its_keys,
            positions_in_an_inbox_have_no_gaps,
            a_delivery_tells_what_became_of_it,
            registrations_come_in_the_order_of_their_leaves,
            parties_and_their_institutions_see_a_case of cases,
            a_docket_is_in_order of cases,
            a_filing_stands_on_the_dockets_it_mentions of cases,
            acts_are_found_by_whose_they_are_and_their_number of cases,
            a_case_is_known_by_its_numbers of cases,
            an_institutions_own_claim_comes_before_mentions of cases,
            a_number_is_found_as_it_is_written_and_as_it_is_meant of search,
            cases_are_found_by_words_of_names_and_numbers of search,
            the_likeliest_is_found_first of found,
            nobody_finds_what_another_reads of found,
            who_joins_a_case_finds_what_was_before of found,
            a_search_is_narrowed_and_what_is_found_has_its_place of found,
            keys_come_and_go of cases,
            who_may_read_a_document of cases,
            what_institutions_hold_is_added_up of documents,
            a_document_has_one_root_for_ever of documents,
            all_documents_are_listed_once of documents,
            who_would_miss_a_document_is_known of documents,
            a_sealed_exhibit_is_for_those_who_were_given_access of documents,
            a_restricted_filing_shows_its_documents_to_its_recipients of cases,
            a_destroyed_document_is_known_by_its_leaf of retention,
            a_hold_that_was_committed_first_keeps_its_documents of retention,
            what_another_case_named_first_is_kept of retention,
            who_is_silent_is_overdue_until_it_is_stated of limits,
            an_answer_ends_the_waiting of limits,
            only_who_waits_expires of limits,
            outages_are_listed_newest_first of outages,
            the_mark_of_life_is_the_newest of outages,
            what_an_office_filed_in_a_time_is_found of outages,
            readers_see_whole_batches,
            opening_again_changes_nothing
        );
    };
    ($place:expr, $($test:ident $(of $family:ident)?),+) => {
        $(
            #[test]
            fn $test() {
                $crate::store::contract::$($family::)?$test(&$place);
            }
        )+
    };
}
pub(crate) use contract;

/// Everything that can be asked about [`history`], as text.
pub(crate) fn everything(store: &dyn Store) -> Result<String, Fault> {
    use std::fmt::Write as _;
    let mut all = String::new();
    let head = store.head()?;
    let size = head.as_ref().map_or(0, |head| head.size);
    let _ = writeln!(all, "{head:?} {:?}", store.tile(0, 0)?);
    let _ = writeln!(all, "{:?} {:?}", store.leaves(0, 100)?, store.keys()?);
    let _ = writeln!(all, "{:?}", store.overdue(u64::MAX, 100)?);
    let _ = writeln!(all, "{:?} {:?}", store.outages(u64::MAX, 100)?, store.life()?);
    for n in 0..=size {
        let filing = store.filing(FilingKey::Leaf(n))?;
        let _ = writeln!(all, "{:?} {filing:?} {:?}", store.head_at(n)?, store.statement(n)?);
        let _ = writeln!(all, "{:?} {:?}", store.deliveries(n)?, store.head_above(n)?);
        if let Some(filing) = filing {
            for key in [
                FilingKey::Digest(filing.digest),
                FilingKey::Once(filing.once_key),
                FilingKey::Envelope(filing.envelope_id),
            ] {
                let _ = writeln!(all, "{:?}", store.filing(key)?.map(|filing| filing.leaf));
            }
        }
    }
    for n in 0..10 {
        let _ = writeln!(all, "{:?} {:?}", store.chain(&key(n))?, store.case(case(n))?);
        let _ = writeln!(all, "{:?}", store.docket(case(n), 0, 100)?);
        let south = Reader::Institution(institution("south"));
        let known = store.cases_by_number(&south, &number("south", &format!("{n}/2025")), 10)?;
        let _ = writeln!(all, "{known:?}");
    }
    for name in ["north/one", "south/one", "south/two", "east/one"] {
        let office = office(name);
        let filed = store.filed_between(&office, 0, u64::MAX)?;
        let _ = writeln!(all, "{:?}", filed.map(|filing| filing.leaf));
        let _ = writeln!(all, "{:?}", store.inbox(&office, 0, 100)?);
        let _ = writeln!(all, "{:?}", store.registrations(&office, 0, 100)?);
        for reader in [Reader::Institution(office.institution.clone()), Reader::Office(office)] {
            let _ = writeln!(all, "{:?}", store.cases(&reader, &Wanted::default(), u64::MAX, 100)?);
            let words = ["person".to_owned()];
            let wanted = Wanted { words: &words, below: size, ..Wanted::default() };
            let found = store.cases(&reader, &wanted, u64::MAX, 100)?;
            let found: Vec<_> = found.iter().map(|row| row.case).collect();
            let _ = writeln!(all, "by name: {found:?}");
            for n in 0..5 {
                let held = store.readable(paper(n), &reader)?;
                let _ = writeln!(all, "{:?}", held.map(|held| held.size));
            }
        }
    }
    Ok(all)
}

/// Commits [`history`], and notes an upload.
pub(crate) fn fill(store: &dyn Store) {
    for batch in history() {
        store.commit(&batch).unwrap();
    }
    store.add_holding(&held_document(1, 11), &institution("north")).unwrap();
}

pub(crate) fn a_batch_is_all_or_nothing(place: &impl Place) {
    let store = place.open();
    let before = everything(store.as_ref()).unwrap();
    let mut chronicle = Chronicle::default();
    // The second entry cannot be written: nobody opened its case.
    let orphan = answer(2, "south/one", case(9), 0, AnswerStep::Acknowledged);
    let batch = chronicle.batch(vec![sealed(opening(1, &["south/one"])), sealed(orphan)]);
    store.commit(&batch).unwrap_err();
    assert_eq!(everything(store.as_ref()).unwrap(), before);
    drop(store);
    assert_eq!(everything(place.open().as_ref()).unwrap(), before);
}

pub(crate) fn a_batch_goes_behind_the_last_head(place: &impl Place) {
    for wrong in [0, 3] {
        let store = place.open();
        let mut chronicle = Chronicle::default();
        let first = chronicle.batch(vec![sealed(filing(1 + wrong)), sealed(filing(2 + wrong))]);
        if store.head().unwrap().is_none() {
            store.commit(&first).unwrap();
        }
        let mut second = chronicle.batch(vec![sealed(filing(20))]);
        second.first_leaf = wrong;
        let fault = store.commit(&second).unwrap_err();
        assert!(fault.chain().contains("behind a head of 2"), "{}", fault.chain());
    }
    assert_eq!(place.open().head().unwrap().unwrap().size, 2);
}

pub(crate) fn bytes_come_back_as_they_went_in(place: &impl Place) {
    let store = place.open();
    let batches = history();
    fill(store.as_ref());
    for batch in &batches {
        assert_eq!(store.head_at(batch.head.size).unwrap().as_ref(), Some(&batch.head));
        for leaf in batch.first_leaf..batch.head.size {
            assert_eq!(store.head_above(leaf).unwrap().as_ref(), Some(&batch.head));
        }
        for entry in &batch.entries {
            match entry {
                SealedRow::Filing(filing) => {
                    let found = store.filing(FilingKey::Leaf(filing.leaf)).unwrap().unwrap();
                    assert_eq!(format!("{found:?}"), format!("{filing:?}"));
                }
                SealedRow::Statement(statement) => {
                    let found = store.statement(statement.leaf).unwrap();
                    assert_eq!(found.as_ref(), Some(&statement.statement));
                }
            }
        }
    }
    let last = batches.last().unwrap();
    assert_eq!(store.head().unwrap().as_ref(), Some(&last.head));
    assert_eq!(store.head_above(last.head.size).unwrap(), None);
    assert_eq!(store.tile(0, 0).unwrap().as_ref(), Some(&last.tiles[0].hashes));
    assert_eq!(store.tile(1, 0).unwrap(), None);
    let leaves: Vec<_> = (3..last.head.size).map(leaf).collect();
    assert_eq!(store.leaves(3, 100).unwrap(), leaves);
    assert_eq!(store.leaves(3, 2).unwrap(), leaves[..2]);
    assert!(store.leaves(last.head.size, 1).unwrap().is_empty());
}

pub(crate) fn cosigned_heads_are_kept_with_their_newest_lines(place: &impl Place) {
    let store = place.open();
    fill(store.as_ref());
    let heads: Vec<_> = history().into_iter().map(|batch| batch.head).collect();
    assert_eq!(store.cosigned(0, 9).unwrap(), []);
    assert_eq!(store.cosigned_within(u64::MAX).unwrap(), None);
    let with =
        |head: &HeadRow, line: &[u8]| HeadRow { note: [&head.note, line].concat(), ..head.clone() };
    let (first, second) = (with(&heads[0], b"one\n"), with(&heads[1], b"two\n"));
    store.keep_cosigned(std::slice::from_ref(&first)).unwrap();
    // The others come with a commit.
    let mut chronicle = Chronicle::default();
    history().into_iter().for_each(|batch| drop(chronicle.batch(batch.entries)));
    let mut batch = chronicle.batch(vec![sealed(filing(20))]);
    let more = with(&first, b"late\n");
    batch.cosigned = vec![more.clone(), second.clone()];
    store.commit(&batch).unwrap();
    drop(store);
    let store = place.open();
    assert_eq!(store.cosigned(0, 9).unwrap(), [more.clone(), second.clone()]);
    assert_eq!(store.cosigned(0, 1).unwrap(), std::slice::from_ref(&more));
    assert_eq!(store.cosigned(first.size, 9).unwrap(), std::slice::from_ref(&second));
    assert_eq!(store.cosigned_within(second.size).unwrap(), Some(second.clone()));
    assert_eq!(store.cosigned_within(second.size - 1).unwrap(), Some(more));
    assert_eq!(store.cosigned_within(first.size - 1).unwrap(), None);
    // A head that was never signed cannot have been cosigned.
    let unknown = HeadRow { size: 99, ..second };
    assert!(store.keep_cosigned(&[unknown]).is_err());
}

pub(crate) fn a_filing_is_found_by_each_of_its_keys(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    store.commit(&chronicle.batch(vec![sealed(filing(1)), sealed(filing(2))])).unwrap();
    let wanted = filing(2);
    for key in [
        FilingKey::Leaf(1),
        FilingKey::Digest(wanted.digest),
        FilingKey::Once(wanted.once_key),
        FilingKey::Envelope(wanted.envelope_id),
    ] {
        let found = store.filing(key).unwrap().unwrap();
        assert_eq!((found.leaf, found.digest), (1, wanted.digest), "{key:?}");
    }
    assert!(store.filing(FilingKey::Once(filing(3).once_key)).unwrap().is_none());
    assert!(store.filing(FilingKey::Leaf(u64::MAX)).unwrap().is_none());
    // The once-only key holds for ever: the same filing can never be written again.
    store.commit(&chronicle.batch(vec![sealed(filing(1))])).unwrap_err();
}

pub(crate) fn positions_in_an_inbox_have_no_gaps(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    // Three offices, served in turns and together, over many batches.
    let offices = ["south/one", "south/two", "east/one"];
    let mut served = [const { Vec::new() }; 3];
    for round in 0..12_u64 {
        let entries = (0..4).map(|place_in_batch| {
            let n = round * 4 + place_in_batch;
            let mut filing = filing(n);
            for (index, name) in offices.iter().enumerate() {
                if n % 5 != index as u64 {
                    filing.recipients.push(office(name));
                    served[index].push(n);
                }
            }
            sealed(filing)
        });
        store.commit(&chronicle.batch(entries.collect())).unwrap();
    }
    for (name, leaves) in offices.iter().zip(&served) {
        let office = office(name);
        let all = store.inbox(&office, 0, 1000).unwrap();
        let found: Vec<_> = all.iter().map(|(delivery, _)| delivery.filing_leaf).collect();
        assert_eq!(&found, leaves);
        assert!(all.iter().zip(1..).all(|((delivery, filing), cursor)| {
            delivery.cursor == cursor && filing.leaf == delivery.filing_leaf
        }));
        let page = store.inbox(&office, 7, 3).unwrap();
        let cursors: Vec<_> = page.iter().map(|(delivery, _)| delivery.cursor).collect();
        assert_eq!(cursors, [8, 9, 10]);
        assert!(store.inbox(&office, u64::MAX, 3).unwrap().is_empty());
    }
    assert!(store.inbox(&office("north/nine"), 0, 10).unwrap().is_empty());
}

pub(crate) fn a_delivery_tells_what_became_of_it(place: &impl Place) {
    let store = place.open();
    fill(store.as_ref());
    let deliveries = store.deliveries(0).unwrap();
    let [one, two] = &deliveries[..] else { panic!("{deliveries:?}") };
    assert_eq!((&one.recipient, &two.recipient), (&office("south/one"), &office("south/two")));
    assert_eq!(
        (one.fetched_leaf, one.acknowledged_leaf, one.settled_leaf),
        (Some(3), Some(4), Some(5))
    );
    assert_eq!(one.docket_number, Some(number("south", "4/2025")));
    assert_eq!((one.refused, one.registered_at_ms), (false, -5));
    assert_eq!((two.fetched_leaf, two.acknowledged_leaf, two.settled_leaf), (None, None, Some(6)));
    assert_eq!((two.refused, &two.docket_number), (true, &None));
    assert!(store.deliveries(1).unwrap().is_empty());
}

pub(crate) fn registrations_come_in_the_order_of_their_leaves(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let openings = (0..4).map(|n| sealed(opening(n, &["south/one"])));
    store.commit(&chronicle.batch(openings.collect())).unwrap();
    // Registered in another order than served; the last first refused, and then registered.
    let steps = [
        (2, AnswerStep::Registered),
        (0, AnswerStep::Registered),
        (3, AnswerStep::Refused),
        (1, AnswerStep::Acknowledged),
        (3, AnswerStep::Registered),
    ];
    let answers = steps
        .iter()
        .zip(10..)
        .map(|((leaf, step), n)| sealed(answer(n, "south/one", case(*leaf), *leaf, *step)));
    store.commit(&chronicle.batch(answers.collect())).unwrap();
    let registered = |after, limit| {
        let page = store.registrations(&office("south/one"), after, limit).unwrap();
        page.iter()
            .map(|(delivery, filing)| (delivery.settled_leaf.unwrap(), filing.leaf))
            .collect::<Vec<_>>()
    };
    assert_eq!(registered(0, 10), [(4, 2), (5, 0), (8, 3)]);
    assert_eq!(registered(4, 1), [(5, 0)]);
    assert!(registered(8, 10).is_empty());
    assert!(store.registrations(&office("north/one"), 0, 10).unwrap().is_empty());
}

pub(crate) fn readers_see_whole_batches(place: &impl Place) {
    let store = place.open();
    let writer = Arc::clone(&store);
    let written = std::thread::spawn(move || {
        let mut chronicle = Chronicle::default();
        for round in 0..60_u64 {
            // Each batch serves one office three times.
            let entries = (0..3).map(|n| sealed(opening(round * 3 + n, &["south/one"])));
            writer.commit(&chronicle.batch(entries.collect())).unwrap();
        }
    });
    let mut seen = 0;
    while seen < 180 {
        let served = store.inbox(&office("south/one"), 0, 1000).unwrap().len();
        assert_eq!(served % 3, 0, "half a batch was seen");
        assert!(served >= seen, "what was seen went away");
        seen = served;
    }
    written.join().unwrap();
}

pub(crate) fn opening_again_changes_nothing(place: &impl Place) {
    let store = place.open();
    fill(store.as_ref());
    let before = everything(store.as_ref()).unwrap();
    drop(store);
    let store = place.open();
    assert_eq!(everything(store.as_ref()).unwrap(), before);
    let mut chronicle = Chronicle::default();
    for batch in history() {
        chronicle.batch(batch.entries);
    }
    store.commit(&chronicle.batch(vec![sealed(opening(20, &["south/one"]))])).unwrap();
    let inbox = store.inbox(&office("south/one"), 0, 10).unwrap();
    assert_eq!(inbox.last().unwrap().0.cursor, 2);
}
