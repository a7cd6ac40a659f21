//! The contract about what people look for: names and numbers in the spelling they come to mind.

use barid_proto::text::search_form;

use super::Place;
use super::samples::{Chronicle, case, filing, institution, office, opening, sealed};
use crate::model::row::DocketNumberRow;
use crate::store::{Reader, Wanted};

fn written(whose: &str, literal: &str, normal: &str) -> DocketNumberRow {
    DocketNumberRow {
        institution: institution(whose),
        literal: literal.to_owned(),
        normal: normal.to_owned(),
    }
}

pub(crate) fn a_number_is_found_as_it_is_written_and_as_it_is_meant(place: &impl Place) {
    const LITERAL: &str = "٦١٢ / الهيئة القضائية للانتخابات / ٢٠٢٥";
    let store = place.open();
    let mut read = opening(1, &["south/one"]);
    read.case.as_mut().unwrap().docket_numbers = vec![written("south", LITERAL, "612/2025")];
    let mut chronicle = Chronicle::default();
    store.commit(&chronicle.batch(vec![sealed(read)])).unwrap();
    let south = Reader::Office(office("south/one"));
    let found = |literal: &str, normal: &str| {
        !store.cases_by_number(&south, &written("south", literal, normal), 9).unwrap().is_empty()
    };
    for literal in [LITERAL, "612/الهيئة القضائية للانتخابات/2025", "612/2025", "٦١٢/٢٠٢٥"]
    {
        assert!(found(literal, &search_form(literal)), "{literal}");
    }
    assert!(found("(another writing)", "612/2025"));
    assert!(!found("612/محكمة/2025", &search_form("612/محكمة/2025")));
    assert!(!found("", ""), "nothing is not a number");
    // What the store gives back is what was given to it.
    let row = store.case(case(1)).unwrap().unwrap();
    assert_eq!(row.docket_numbers, [written("south", LITERAL, "612/2025")]);
}

pub(crate) fn cases_are_found_by_words_of_names_and_numbers(place: &impl Place) {
    let store = place.open();
    let mut chronicle = Chronicle::default();
    let named = |n, names: &[&str], number: &str| {
        let mut filing = opening(n, &["south/one"]);
        let change = filing.case.as_mut().unwrap();
        change.names = names.iter().map(|name| search_form(name)).collect();
        change.docket_numbers = vec![written("north", number, &search_form(number))];
        sealed(filing)
    };
    let first = vec![
        named(1, &["إحسان محمد علي", "سارة 100% _"], "7/2025"),
        named(2, &["أحسان كريم", "محمد صالح"], "شكوى 8/2025"),
    ];
    store.commit(&chronicle.batch(first)).unwrap();
    // A later filing of the first case gives a name again and a new one.
    let mut later = filing(3);
    let mut change = opening(1, &[]).case.unwrap();
    change.opening = None;
    change.names = vec![search_form("إحسان محمد علي"), search_form("کاوە")];
    later.case = Some(change);
    store.commit(&chronicle.batch(vec![sealed(later)])).unwrap();

    let found_below = |reader: &str, text: &str, below| {
        let form = search_form(text);
        let words: Vec<String> = form.split_whitespace().map(str::to_owned).collect();
        let wanted = Wanted { words: &words, below, ..Wanted::default() };
        let reader = Reader::Office(office(reader));
        let rows = store.cases(&reader, &wanted, u64::MAX, 10).unwrap();
        rows.into_iter().map(|row| row.case).collect::<Vec<_>>()
    };
    let found = |text| found_below("south/one", text, 3);
    assert_eq!(found("احسان"), [case(1), case(2)]);
    assert_eq!(found("إحسـان علی"), [case(1)]);
    assert_eq!(found("احسان صالح"), [], "the words are of two persons");
    assert_eq!(found("كاوه"), [case(1)]);
    assert_eq!(found("شكوي ٨/٢٠٢٥"), [case(2)]);
    assert_eq!(found("2025"), [case(1), case(2)]);
    for wild in ["%", "_"] {
        assert_eq!(found(wild), [case(1)], "{wild} is a sign like others");
    }
    assert_eq!(found("كاوه احمد"), []);
    // What no quorum has confirmed is not found yet, and nothing by those who are no party.
    assert_eq!(found_below("south/one", "كاوه", 2), []);
    assert_eq!(
        found_below("south/one", "احسان علي", 2),
        [case(1)],
        "the first filing that says it"
    );
    assert_eq!(found_below("east/one", "احسان", 3), []);
}
