//! Docket numbers and titles: what people really write, and what nobody should.

#![expect(clippy::panic, reason = "a literal that cannot be read ends the test")]

use barid_akn::docket::{Docket, Unreadable};
use barid_format_ejp::{docket, title};
use proptest::prelude::*;

fn read(literal: &str) -> Docket {
    docket::read(literal).unwrap_or_else(|error| panic!("{literal}: {error:?}"))
}

#[test]
fn one_number_has_many_spellings() {
    for literal in [
        "612/الهيئة القضائية للانتخابات/2025",
        "612/ الهيئة القضائية للانتخابات/ 2025",
        " 612 / الهيئة  القضائية للانتخابات /2025 ",
        "٦١٢/الهيئة القضائية للانتخابات/٢٠٢٥",
        "۶۱۲/الهيئة القضائية للانتخابات/۲۰۲۵",
        "612/الهیئة القضائیة للانتخابات/2025",
        "612/الهيئه القضائيه للإنتخابات/2025",
        "612/دەستەی دادوەریی هەڵبژاردنەکان/2025",
        "612/EJP/2025",
        "612/2025",
    ] {
        let docket = read(literal);
        assert_eq!(docket.normals().collect::<Vec<_>>(), ["612/2025"], "{literal}");
        assert!(!docket.mixed_digits, "{literal}");
    }
}

#[test]
fn joined_cases_give_several_numbers() {
    for literal in [
        "61/ 62/الهيئة القضائية للانتخابات/2023",
        "61 و62/الهيئة القضائية للانتخابات/2023",
        "61 وموحدتها 62/الهيئة القضائية للانتخابات/2023",
        "61، 62/الهيئة القضائية للانتخابات/2023",
    ] {
        let docket = read(literal);
        assert_eq!(docket.normals().collect::<Vec<_>>(), ["61/2023", "62/2023"], "{literal}");
    }
}

#[test]
fn mixed_digits_are_noticed() {
    assert!(read("٦12/الهيئة القضائية للانتخابات/2025").mixed_digits);
    assert!(read("٦١٢/الهيئة القضائية للانتخابات/2025").mixed_digits);
}

#[test]
fn other_things_are_not_numbers_of_the_panel() {
    for literal in [
        "",
        "/",
        "612",
        "612/",
        "/2025",
        "0/2025",
        "612/2025/7",
        "235/اتحادية/2025",
        "612/الهيئة القضائية للانتخابات/25",
        "612/الهيئة القضائية للانتخابات/9999",
        "س/الهيئة القضائية للانتخابات/2025",
        "612 س/الهيئة القضائية للانتخابات/2025",
        "61-63/الهيئة القضائية للانتخابات/2025",
        "612 و/الهيئة القضائية للانتخابات/2025",
        "2/21/2023",
        "123456789/2025",
    ] {
        assert_eq!(docket::read(literal), Err(Unreadable::Shape), "{literal}");
    }
    let hidden = "61\u{200F}2/الهيئة القضائية للانتخابات/2025";
    assert_eq!(docket::read(hidden), Err(Unreadable::Direction(2, '\u{200F}')));
}

#[test]
fn a_title_without_date_is_a_number() {
    let read = title::read("7/الهيئة القضائية للانتخابات/2025");
    assert_eq!(read.date, None);
    assert!(read.docket.is_ok());
}

proptest! {
    #[test]
    fn no_literal_makes_the_reader_fall_over(literal: String) {
        // Whatever it says, it says it about the literal it was given.
        if let Ok(docket) = docket::read(&literal) {
            prop_assert!(!docket.cases.is_empty());
        }
    }

    #[test]
    fn what_is_read_is_what_was_written(
        number in 1_u32..100_000_000,
        year in 2005_u32..2100,
        spaces in prop::collection::vec(prop::sample::select(vec!["", " ", "  ", "\u{A0}"]), 4),
    ) {
        let [a, b, c, d] = [0, 1, 2, 3].map(|index| spaces[index]);
        let literal = format!("{a}{number}{b}/{c}الهيئة القضائية للانتخابات/{d}{year}");
        let docket = read(&literal);
        prop_assert_eq!(docket.normals().collect::<Vec<_>>(), [format!("{number}/{year}")]);
    }

    #[test]
    fn no_title_makes_the_reader_fall_over(
        text in "[0-9٠-٩۰-۹/ فيالهيئةوموحدتها\u{202E}\u{200F}]{0,60}",
    ) {
        let read = title::read(&text);
        prop_assert!(text.contains(read.docket_literal), "the literal is kept");
        if let Some(date) = &read.date {
            prop_assert!(text.contains(&date.literal), "the literal is kept");
            prop_assert!(date.candidates.len() <= 2);
        }
    }
}
