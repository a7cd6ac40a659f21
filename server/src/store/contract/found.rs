//! The contract about what cases are found by, and for whom.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    ActReference, AppealFiled, CivilDate, EnvelopeBody, FilingContent, Person, Rendering,
    SignedEnvelope, Text,
};
use prost::Message as _;

use super::Place;
use super::samples::{
    Chronicle, EVENT, case, filing, institution, number, office, opening, sealed,
};
use crate::model::id::CaseId;
use crate::model::row::{CaseRole, DocketNumberRow, FilingRow};
use crate::model::sought::{Match, Sought};
use crate::store::{FoundRow, Reader, Store, Within};

/// What a filing says: whose appeal, against which decision, on which ground.
fn saying(mut filing: FilingRow, who: &str, decision: &str, ground: &str) -> FilingRow {
    let rendering = Rendering { language: "ar".into(), text: ground.into() };
    let content = Content::AppealFiled(AppealFiled {
        appellant: Some(Person { full_name: who.into(), ..Person::default() }),
        challenged: Some(ActReference {
            number: decision.into(),
            date: Some(CivilDate { year: 2025, month: 11, day: 18 }),
            ..ActReference::default()
        }),
        grounds: vec![Text { renderings: vec![rendering], authoritative: "ar".into() }],
        ..AppealFiled::default()
    });
    let content = Some(FilingContent { content: Some(content) });
    let body = EnvelopeBody { content, ..EnvelopeBody::default() }.encode_to_vec();
    filing.envelope = SignedEnvelope { body: body.into(), ..Default::default() }.encode_to_vec();
    filing
}

/// A further filing `n` of a case, for these offices.
fn further(n: u64, of: CaseId, recipients: &[&str]) -> FilingRow {
    let mut row = filing(n);
    let mut change = opening(n, recipients).case.unwrap();
    (change.case, change.opening) = (of, None);
    row.case = Some(change);
    row.recipients = recipients.iter().map(|name| office(name)).collect();
    row
}

fn everything_findable(store: &dyn Store) {
    while store.make_findable(2).unwrap() {}
}

fn search(store: &dyn Store, reader: &Reader, text: &str, within: &Within<'_>) -> Vec<FoundRow> {
    let Some(sought) = Sought::read(text) else { panic!("{text:?} is nothing to look for") };
    store.search(reader, &sought, within, 100).unwrap()
}

fn found(store: &dyn Store, reader: &str, text: &str, below: u64) -> Vec<(CaseId, Match)> {
    let reader = match reader.contains('/') {
        true => Reader::Office(office(reader)),
        false => Reader::Institution(institution(reader)),
    };
    let rows = search(store, &reader, text, &Within { below, ..Within::default() });
    rows.into_iter().map(|row| (row.case.case, row.matched)).collect()
}

pub(crate) fn the_likeliest_is_found_first(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let known_as = |n, literal: &str, normal: &str| {
        let mut filing = saying(opening(n, &["south/one"]), "سارة حسن", "9", "أساس");
        filing.case.as_mut().unwrap().docket_numbers = vec![DocketNumberRow {
            institution: institution("south"),
            literal: literal.to_owned(),
            normal: normal.to_owned(),
        }];
        sealed(filing)
    };
    store
        .commit(&chronicle.batch(vec![
            sealed(saying(opening(1, &["south/one"]), "فلان", "9", "في الطعن 612 لسنة 2025")),
            sealed(saying(opening(2, &["south/one"]), "فلان", "612/2025", "أساس")),
            sealed(saying(opening(3, &["south/one"]), "قائمة 612 2025", "9", "أساس")),
            known_as(4, "٦١٢/الهيئة القضائية/٢٠٢٥", "612/2025/7"),
            known_as(5, "٦١٢ / ٢٠٢٥", "612-2025"),
            known_as(6, "612/2025", "612/2025"),
            known_as(7, "613/2025", "613/2025"),
        ]))
        .unwrap();
    everything_findable(store.as_ref());
    assert_eq!(
        found(store.as_ref(), "south/one", "612/2025", 7),
        [
            (case(6), Match::Number),
            (case(5), Match::NumberSpelling),
            (case(4), Match::NumberPart),
            (case(3), Match::Name),
            (case(2), Match::Decision),
            (case(1), Match::Text),
        ]
    );
    // Within one kind the newest is first; days as on paper.
    let cases = |text| {
        let found = found(store.as_ref(), "south/one", text, 7);
        found.into_iter().map(|(case, _)| case).collect::<Vec<_>>()
    };
    assert_eq!(cases("ساره"), [case(7), case(6), case(5), case(4)]);
    assert_eq!(cases("18/11/2025").len(), 7);
    assert_eq!(cases("طعن"), [case(1)]);
    assert_eq!(cases("سارة فلان"), [], "the words are of two persons");
    // A limit cuts behind the likeliest.
    let (reader, sought) = (Reader::Office(office("south/one")), Sought::read("612/2025").unwrap());
    let within = Within { below: 7, ..Within::default() };
    let two = store.search(&reader, &sought, &within, 2).unwrap();
    assert_eq!(two.iter().map(|row| row.case.case).collect::<Vec<_>>(), [case(6), case(5)]);
}

pub(crate) fn nobody_finds_what_another_reads(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let open = saying(opening(1, &["south/one"]), "إحسان", "17", "تزوير");
    let mut secret = saying(further(2, case(1), &["south/two"]), "شاهد", "81", "سري");
    secret.restricted = true;
    store.commit(&chronicle.batch(vec![sealed(open), sealed(secret)])).unwrap();
    everything_findable(store.as_ref());
    let finds = |reader: &str, text| !found(store.as_ref(), reader, text, 9).is_empty();
    for reader in ["north/one", "north", "south/one", "south", "south/two"] {
        for text in ["احسان", "17", "تزوير"] {
            assert!(finds(reader, text), "{reader} {text}");
        }
    }
    for text in ["شاهد", "81", "سري"] {
        for reader in ["south/two", "south", "north/one"] {
            assert!(finds(reader, text), "{reader} {text}");
        }
        // Not even another office of the institution on which it was served.
        assert!(!finds("south/one", text), "{text}");
    }
    for reader in ["east/one", "east"] {
        for text in ["احسان", "17", "تزوير", "شاهد", "سري"] {
            assert!(!finds(reader, text), "{reader} {text}");
        }
    }
}

pub(crate) fn who_joins_a_case_finds_what_was_before(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let first = saying(opening(1, &["south/one"]), "إحسان", "17", "تزوير");
    let mut secret = saying(further(2, case(1), &["south/one"]), "شاهد", "18", "سري");
    secret.restricted = true;
    store.commit(&chronicle.batch(vec![sealed(first), sealed(secret)])).unwrap();
    everything_findable(store.as_ref());
    assert_eq!(found(store.as_ref(), "east/one", "تزوير", 9), []);
    // Another case, whose filing stands on the docket of the first.
    let mut other = saying(opening(4, &[]), "كاوە", "19", "ضم");
    other.sender = office("west/one");
    other.case.as_mut().unwrap().parties = vec![(office("west/one"), CaseRole::Opener)];
    other.mentions = vec![case(1)];
    let invites = saying(further(3, case(1), &["east/one"]), "إحسان", "17", "دعوة");
    store.commit(&chronicle.batch(vec![sealed(other), sealed(invites)])).unwrap();
    everything_findable(store.as_ref());
    assert_eq!(found(store.as_ref(), "east/one", "تزوير", 9), [(case(1), Match::Text)]);
    assert_eq!(found(store.as_ref(), "east/one", "ضم", 9), [(case(1), Match::Text)]);
    assert_eq!(found(store.as_ref(), "east/one", "سري", 9), []);
    assert_eq!(found(store.as_ref(), "west/one", "ضم", 9), [(case(4), Match::Text)]);
    assert_eq!(found(store.as_ref(), "west/one", "تزوير", 9), []);
    // Not before a quorum has confirmed that it joined.
    assert_eq!(found(store.as_ref(), "east/one", "تزوير", 3), []);
    drop(store);
    let store = place.open();
    assert!(!store.make_findable(1).unwrap(), "it was durable");
    assert_eq!(found(store.as_ref(), "east/one", "تزوير", 9), [(case(1), Match::Text)]);
}

pub(crate) fn a_search_is_narrowed_and_what_is_found_has_its_place(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let mut first = saying(opening(1, &["south/one"]), "إحسان", "17", "تزوير");
    first.case.as_mut().unwrap().docket_numbers =
        vec![number("north", "5/2025"), number("north", "6/2025")];
    let mut second = saying(opening(2, &["south/two"]), "إحسان", "17", "تزوير");
    second.kind = 9;
    second.case.as_mut().unwrap().opening.as_mut().unwrap().election_event_id = "other".into();
    store.commit(&chronicle.batch(vec![sealed(first), sealed(second)])).unwrap();
    everything_findable(store.as_ref());
    let north = Reader::Office(office("north/one"));
    let all = Within { below: 9, ..Within::default() };
    let (south, two) = (institution("south"), office("south/two"));
    for (within, cases) in [
        (all, vec![case(2), case(1)]),
        (Within { event: EVENT, ..all }, vec![case(1)]),
        (Within { opened_by: 9, ..all }, vec![case(2)]),
        (Within { party: Some((&south, None)), ..all }, vec![case(2), case(1)]),
        (Within { party: Some((&south, Some(&two.office))), ..all }, vec![case(2)]),
        (Within { opened_from_ms: 1_001, ..all }, vec![case(2)]),
        (Within { opened_before_ms: 1_001, ..all }, vec![case(1)]),
    ] {
        let found = search(store.as_ref(), &north, "إحسان", &within);
        let found: Vec<CaseId> = found.into_iter().map(|row| row.case.case).collect();
        assert_eq!(found, cases, "{within:?}");
    }
    let place_of = |text| {
        let found = search(store.as_ref(), &north, text, &all);
        found.iter().map(|row| (row.matched, row.leaf, row.place)).collect::<Vec<_>>()
    };
    assert_eq!(place_of("6/2025"), [(Match::Number, None, 1)]);
    assert_eq!(place_of("2025 6"), [(Match::NumberPart, Some(0), 1)]);
}
