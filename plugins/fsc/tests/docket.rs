//! Docket numbers of the court as the court, the press and clerks write them.

use barid_akn::docket::Unreadable;
use barid_format_fsc::docket::read;
use proptest::prelude::*;

#[test]
fn one_number_has_many_spellings() {
    for literal in [
        "235/اتحادية/2025",
        "235 / Federal / 2025",
        "٢٣٥/اتحادية/٢٠٢٥",
        "٢٣٥ / إتحاديه / ٢٠٢٥",
        "235/اتحادیة/2025",
        "235/الاتحادية/2025",
    ] {
        let docket = read(literal).unwrap_or_else(|error| panic!("{literal}: {error:?}"));
        assert_eq!((docket.numbers, docket.year), (vec![235], 2025), "{literal}");
    }
}

#[test]
fn joined_suits_are_several_numbers_in_one_literal() {
    let docket = read("83 وموحدتها 131 و185/اتحادية/2023").expect("a list of numbers");
    assert_eq!(docket.normals().collect::<Vec<_>>(), ["83/2023", "131/2023", "185/2023"]);
}

#[test]
fn other_things_are_not_numbers_of_the_court() {
    for literal in ["612/الهيئة القضائية للانتخابات/2025", "اتحادية/2025", "235/اتحادية", "235"]
    {
        assert_eq!(read(literal), Err(Unreadable::Shape), "{literal}");
    }
    assert_eq!(read("\u{2067}235/اتحادية/2025"), Err(Unreadable::Direction(0, '\u{2067}')));
}

proptest! {
    #[test]
    fn no_literal_makes_the_reader_fall_over(
        literal in "[0-9٠-٩۰-۹/ اتحاديةوموحدتها\u{202E}]{0,60}",
    ) {
        if let Ok(docket) = read(&literal) {
            prop_assert!(!docket.numbers.is_empty());
        }
    }
}
