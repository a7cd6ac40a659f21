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
        assert_eq!(docket.normals().collect::<Vec<_>>(), ["235/2025"], "{literal}");
    }
}

#[test]
fn joined_suits_are_several_numbers_in_one_literal() {
    for (literal, normals, more_joined) in [
        ("83 وموحدتها 131 و185/اتحادية/2023", "83/2023 131/2023 185/2023", false),
        ("83 وموحداتها (131 و 185)/اتحادية/2023", "83/2023 131/2023 185/2023", false),
        ("٨٣ وموحدتها ١٣١ و١٨٥ / إتحادية / ٢٠٢٣", "83/2023 131/2023 185/2023", false),
        ("12 و13/اتحادية/2025", "12/2025 13/2025", false),
        ("12 و13 وموحداتها/اتحادية/2025", "12/2025 13/2025", true),
        ("12 وموحداتها/اتحادية/2025", "12/2025", true),
        ("12/اتحادية/2025 وموحداتها", "12/2025", true),
        ("12/اتحادية/2025 وأخرى", "12/2025", true),
        ("126/اتحادية/2024 و2/اتحادية/2025", "126/2024 2/2025", false),
        (
            "126/اتحادية/2024، 127/اتحادية/2024 والدعوى 2/اتحادية/2025",
            "126/2024 127/2024 2/2025",
            false,
        ),
        ("(235 / Federal / 2025)", "235/2025", false),
        ("83 and 131/Federal/2023", "83/2023 131/2023", false),
    ] {
        let docket = read(literal).unwrap_or_else(|error| panic!("{literal}: {error:?}"));
        assert_eq!(docket.normals().collect::<Vec<_>>().join(" "), normals, "{literal}");
        assert_eq!(docket.more_joined, more_joined, "{literal}");
    }
}

#[test]
fn other_things_are_not_numbers_of_the_court() {
    for literal in [
        "612/الهيئة القضائية للانتخابات/2025",
        "اتحادية/2025",
        "235/اتحادية",
        "235",
        // A list that breaks off, that has no year, or whose words join nothing.
        "12 و/اتحادية/2025",
        "وموحداتها/اتحادية/2025",
        "126/اتحادية/2024 و2",
        "12 و13 وموحداتها",
        "126/اتحادية/2024 ضد 2/اتحادية/2025",
        "126/اتحادية/2024 2/اتحادية/2025",
        "126/اتحادية/2024/اتحادية/2025",
        "126/اتحادية/2024 و2025",
    ] {
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
            prop_assert!(!docket.cases.is_empty());
        }
    }
}
