//! Every problem of a document is found, each with its place; nothing makes the reader fall over.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]

use std::path::{Path, PathBuf};

use barid_json_reading::{Fields, Need, read_object, terms, words};
use barid_plugin::Problems;
use barid_plugin::v1::{CivilDate, Problem, Text};
use proptest::prelude::*;

#[derive(Debug, Default, PartialEq)]
struct Letter {
    number: String,
    pages: u32,
    urgent: bool,
    day: Option<CivilDate>,
    outcome: Option<i32>,
    body: Option<Text>,
    seats: Vec<u32>,
    copies: Vec<String>,
}

fn letter(fields: &mut Fields<'_, '_>) -> Letter {
    Letter {
        number: fields.identifier("number", Need::Required),
        pages: fields.integer("pages", Need::Optional),
        urgent: fields.flag("urgent", Need::Optional),
        day: fields.date("day", Need::Required),
        outcome: fields
            .choice("outcome", Need::Optional, words::OUTCOMES)
            .map(|outcome| outcome as i32),
        body: fields.text("body", Need::Optional),
        seats: fields.integers("seats", Need::Optional),
        copies: fields.objects("copies", Need::Optional, |copy| copy.string("to", Need::Required)),
    }
}

fn read(json: &str) -> (Option<Letter>, Vec<Problem>) {
    let mut problems = Problems::new();
    let read = read_object(json.as_bytes(), &mut problems, letter);
    (read, problems.into_vec())
}

/// Code and path of each problem, in order.
fn told(problems: &[Problem]) -> Vec<(&str, &str)> {
    problems
        .iter()
        .map(|problem| {
            let place = problem.place.as_ref().expect("every problem has a place");
            (problem.code.as_str(), place.path.as_str())
        })
        .collect()
}

#[test]
fn a_correct_document_is_read_without_problems() {
    let (letter, problems) = read(
        r#"{"number": "(خ/ 25 ر.م/ 79)", "pages": 12, "urgent": true, "day": "2025-12-08",
            "outcome": "rejected", "body": {"ckb": "بڕیار", "ar": "قرار", "authoritative": "ar"},
            "seats": [1, 2], "copies": [{"to": "ejp"}, {"to": "fsc"}]}"#,
    );
    assert_eq!(problems, []);
    let letter = letter.expect("an object");
    assert_eq!(letter.number, "(خ/ 25 ر.م/ 79)", "a literal is never touched");
    assert_eq!(letter.day, Some(CivilDate { year: 2025, month: 12, day: 8 }));
    assert_eq!((letter.pages, letter.urgent, letter.seats), (12, true, vec![1, 2]));
    assert_eq!(letter.copies, ["ejp", "fsc"]);
    let body = letter.body.expect("a text");
    assert_eq!(terms::write_text(&body)["ckb"], "بڕیار");
    assert_eq!(body.authoritative, "ar");
}

#[test]
fn all_problems_are_found_at_once() {
    let (_, problems) = read(
        r#"{"pages": -1, "urgent": "yes", "day": "2025-02-29", "outcome": "won",
            "body": {"ar": 5, "arabic!": "x", "authoritative": "ku"}, "seats": [1, 1.5, "2"],
            "copies": [{"to": ""}, 7, {"to": "fsc", "cc": 1}], "colour": "red",
            "pages": 3}"#,
    );
    assert_eq!(
        told(&problems),
        [
            ("field-twice", "pages"),
            ("field-missing", "number"),
            ("number-out-of-range", "pages"),
            ("type-wrong", "urgent"),
            ("date-invalid", "day"),
            ("value-unknown", "outcome"),
            ("type-wrong", "body.ar"),
            ("language-unknown", "body.arabic!"),
            ("language-unknown", "body.authoritative"),
            ("field-missing", "body"),
            ("type-wrong", "seats[1]"),
            ("type-wrong", "seats[2]"),
            ("field-missing", "copies[0].to"),
            ("type-wrong", "copies[1]"),
            ("field-unknown", "copies[2].cc"),
            ("field-unknown", "colour"),
        ]
    );
    for problem in &problems {
        for said in [&problem.what, &problem.remedy] {
            let said = said.as_ref().expect("said to people");
            let languages: Vec<_> = said.renderings.iter().map(|r| r.language.as_str()).collect();
            assert_eq!(languages, ["ar", "ckb", "en"]);
        }
    }
}

#[test]
fn a_broken_document_is_refused_with_line_and_column() {
    let (letter, problems) = read("{\"number\": \"قرار\",\n \"day\": \"2025-12-08\"; }");
    assert_eq!(letter, None);
    let place = problems[0].place.as_ref().expect("a place");
    assert_eq!((problems[0].code.as_str(), place.line, place.column), ("json-syntax", 2, 21));
}

#[test]
fn invisible_direction_characters_are_refused_in_identifiers() {
    let (_, problems) = read("{\"number\": \"12\u{202E}34\", \"day\": \"2025-12-08\"}");
    assert_eq!(told(&problems), [("bidi-control", "number")]);
}

#[test]
fn other_encodings_depth_and_size_are_refused() {
    let refused = |bytes: &[u8]| {
        let mut problems = Problems::new();
        assert!(read_object(bytes, &mut problems, letter).is_none());
        problems.into_vec().remove(0).code
    };
    assert_eq!(refused(b"\xFF\xFE{\0}\0"), "encoding-not-utf8");
    assert_eq!(refused(b"{\"number\": \"\xE9\"}"), "encoding-not-utf8");
    assert_eq!(refused(&b"[".repeat(33)), "json-syntax");
    assert_eq!(refused(&b" ".repeat(barid_json_reading::SIZE_MAX_BYTES + 1)), "too-large");
}

/// A megabyte that every one of a thousand problems quotes would be a gigabyte.
#[test]
fn problems_quote_only_the_beginning_of_what_is_long() {
    let long = "x".repeat(100_000);
    let twice = r#""a": 1, "a": 1, "#.repeat(1_000);
    let (_, problems) = read(&format!(
        "{{\"{long}\": {{{twice} \"b\": 1}}, \"outcome\": \"{}\"}}",
        &long[..60_000]
    ));
    let quoted: usize = problems.iter().map(|problem| format!("{problem:?}").len()).sum();
    assert!(quoted < 1_000_000, "{quoted} bytes about a document of {}", long.len());
}

/// The public suite names each file by its fate: `y` is JSON, `n` is not, `i` may be either.
#[test]
fn the_public_suite_is_read_or_refused_as_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples");
    let folder = root.join("6-robustness/json/test_parsing");
    let Ok(listing) = std::fs::read_dir(&folder) else {
        println!("skipped: samples not present");
        return;
    };
    let mut paths: Vec<PathBuf> =
        listing.map(|found| found.expect("a readable folder").path()).collect();
    paths.sort();
    assert!(paths.len() > 100, "the suite has more files than {}", paths.len());
    for path in paths {
        let bytes = std::fs::read(&path).expect("a readable sample");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut problems = Problems::new();
        read_object(&bytes, &mut problems, |_| ());
        let codes: Vec<String> = problems.into_vec().into_iter().map(|p| p.code).collect();
        let not_json =
            codes.iter().any(|code| code == "json-syntax" || code == "encoding-not-utf8");
        match name.as_bytes().first() {
            Some(b'y') => assert!(!not_json, "{name} is JSON, but: {codes:?}"),
            Some(b'n') => assert!(not_json, "{name} is not JSON, but: {codes:?}"),
            _ => {}
        }
    }
}

proptest! {
    #[test]
    fn no_input_makes_the_reader_fall_over(bytes: Vec<u8>) {
        let mut problems = Problems::new();
        let read = read_object(&bytes, &mut problems, letter);
        prop_assert!(read.is_some() || problems.has_errors());
    }

    #[test]
    fn strings_come_out_as_they_went_in(text in "[^\\p{C}]{1,40}") {
        let document = terms::Object::new().field("number", text.as_str()).into_bytes();
        let mut problems = Problems::new();
        let read = read_object(&document, &mut problems, |f| f.string("number", Need::Required));
        prop_assert_eq!(read, Some(text));
    }
}
