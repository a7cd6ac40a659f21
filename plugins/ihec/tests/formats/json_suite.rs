//! The collection of odd JSON through every JSON format: what is JSON is read as JSON, what is none
//! is refused as such, and of what may be either we say which.

use std::fs;
use std::path::Path;

use crate::asking::{codes, decode, has_error};
use barid_plugin::v1::Problem;

const FORM: &str = "ihec/form-110+json";
const REGISTER: &str = "ihec/register+json";
const FORMATS: [&str; 4] = [FORM, "ihec/appeal+json", "ihec/decision+json", REGISTER];

/// Codes that say that the bytes are no JSON that we read.
const NO_JSON: [&str; 3] = ["json-syntax", "encoding-not-utf8", "too-large"];

/// Of the documents that a reader may accept or refuse, those that we read as JSON: numbers beyond
/// what we can hold would otherwise be rounded, and half of a pair of surrogates is no text.
const ACCEPTED: [&str; 6] = [
    "i_number_double_huge_neg_exp.json",
    "i_number_real_underflow.json",
    "i_number_too_big_neg_int.json",
    "i_number_too_big_pos_int.json",
    "i_number_very_big_negative_int.json",
    "i_structure_UTF-8_BOM_empty_object.json",
];

fn is_json(problems: &[Problem]) -> bool {
    !codes(problems).iter().any(|code| NO_JSON.contains(code))
}

#[test]
fn every_document_of_the_suite_gets_the_right_verdict() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/samples/6-robustness/json/test_parsing");
    if !folder.is_dir() {
        println!("skipped: samples not present");
        return;
    }
    let (mut sound, mut broken, mut either) = (0, 0, Vec::new());
    for entry in fs::read_dir(folder).expect("samples") {
        let path = entry.expect("a sample").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let input = fs::read(&path).expect("readable");
        let verdicts: Vec<bool> = FORMATS
            .iter()
            .map(|format| {
                let reply = decode(format, &input);
                assert!(has_error(&reply.problems) && reply.content.is_none(), "{name}: no act");
                let placed = |problem: &Problem| {
                    let place = problem.place.clone().unwrap_or_default();
                    !place.path.is_empty() || place.line > 0
                };
                // A field can have the empty name, and then its path is empty.
                assert!(reply.problems.iter().any(placed), "{name}: {:?}", reply.problems);
                is_json(&reply.problems)
            })
            .collect();
        assert!(verdicts.iter().all(|verdict| *verdict == verdicts[0]), "{name}");
        match name.as_bytes().first() {
            Some(b'y') => {
                assert!(verdicts[0], "{name} is JSON");
                sound += 1;
            }
            Some(b'n') => {
                assert!(!verdicts[0], "{name} is no JSON");
                broken += 1;
            }
            _ if verdicts[0] => either.push(name),
            _ => {}
        }
    }
    assert!(sound > 50 && broken > 80, "{sound} and {broken}");
    either.sort();
    let present: Vec<String> =
        either.iter().filter(|name| ACCEPTED.contains(&name.as_str())).cloned().collect();
    assert_eq!(either, present, "what may be either");
}

fn told(problems: &[Problem]) -> Vec<String> {
    let one = |problem: &Problem| {
        format!("{} @ {}", problem.code, problem.place.clone().unwrap_or_default().path)
    };
    problems.iter().map(one).collect()
}

#[test]
fn wrong_types_and_fields_there_twice_are_all_named_at_once() {
    let form = r#"{
        "form_serial": 4711,
        "complainant": {"full_name": ["علي"], "telephone": 7700000000, "sex": true, "sex": "female"},
        "respondents": {"full_name": "علي"},
        "stream": 1,
        "place": "البصرة",
        "incident_at": 1731312000,
        "facts": "واقعة",
        "witnessed": "نعم",
        "signed": 1,
        "counts": [{"claimed": "141", "recorded": 1.5}, 7, {"claimed": -1, "recorded": 99999999999999999999}]
    }"#;
    let reply = decode(FORM, form.as_bytes());
    assert_eq!(reply.content, None);
    let found: Vec<String> = reply
        .problems
        .iter()
        .filter(|problem| has_error(std::slice::from_ref(problem)))
        .map(|problem| told(std::slice::from_ref(problem)).remove(0))
        .collect();
    for expected in [
        "field-twice @ complainant.sex",
        "type-wrong @ form_serial",
        "type-wrong @ complainant.full_name",
        "type-wrong @ complainant.telephone",
        "type-wrong @ complainant.sex",
        "type-wrong @ respondents",
        "type-wrong @ stream",
        "type-wrong @ place",
        "type-wrong @ incident_at",
        "type-wrong @ facts",
        "type-wrong @ witnessed",
        "type-wrong @ signed",
        "type-wrong @ counts[0].claimed",
        "type-wrong @ counts[1]",
    ] {
        assert!(found.contains(&expected.to_owned()), "{expected} not in {found:#?}");
    }
    let of_counts = found.iter().filter(|problem| problem.contains("counts")).count();
    assert!(of_counts >= 5, "{found:#?}");
}

#[test]
fn numbers_of_acts_are_texts_and_stay_as_written() {
    let appeal = |number: &str| {
        format!(
            r#"{{"kind": "appeal-filed", "appellant": {{"full_name": "تحالف المثال"}},
                "challenged": {{"institution": "ihec", "number": {number}, "date": "2025-11-16"}}}}"#
        )
    };
    let reply = decode("ihec/appeal+json", appeal("214").as_bytes());
    assert_eq!(told(&reply.problems), ["type-wrong @ challenged.number"]);
    for number in ["\"0214\"", "\"٢١٤\"", "\"214 / لسنة 2025\""] {
        let reply = decode("ihec/appeal+json", appeal(number).as_bytes());
        assert_eq!(codes(&reply.problems), [""; 0], "{number}");
        let read = format!("{:?}", reply.content);
        assert!(read.contains(number), "{number} in {read}");
    }
}

#[test]
fn a_register_is_marked_as_its_table_would_be() {
    let rows = r#"{"name": "سجل", "rows": [
        {"cases": [{"literal": "1"}], "date": "7/11/2025", "person": "حسن علي"},
        {"cases": [{"literal": "2"}], "date": "16/11/2025"},
        {"title": "طعن", "date": "25 جمادى الأولى 1447"},
        {"date": "قريباً"}
    ]}"#;
    let reply = decode(REGISTER, rows.as_bytes());
    assert_eq!(
        told(&reply.problems),
        [
            "date-ambiguous @ rows[0].date",
            "date-hijri @ rows[2].date",
            "number-missing @ rows[3].cases",
            "date-unread @ rows[3].date",
            "name-not-four-part @ rows",
        ]
    );
    let read = crate::asking::register(&reply).expect("a register");
    assert_eq!(read.rows[0].date.as_ref().map(|date| date.candidates.len()), Some(2));
    assert_eq!(read.rows[0].docket_numbers[0].normal, "1");
    assert_eq!(read.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [1, 2, 3, 4]);

    assert_eq!(codes(&decode(REGISTER, b"{}").problems), ["register-empty"]);
    assert_eq!(codes(&decode(REGISTER, "{\"name\": \"سجل\"}".as_bytes()).problems), ["rows-none"]);
    let wrong = r#"{"rows": [{"cases": ["1"], "papers": "3", "date": 45977, "outcome": "رد",
        "cells": {"a": "b"}, "colour": 1}, 7]}"#;
    assert_eq!(
        told(&decode(REGISTER, wrong.as_bytes()).problems)[..7],
        [
            "type-wrong @ rows[0].date",
            "type-wrong @ rows[0].cases[0]",
            "value-unknown @ rows[0].outcome",
            "type-wrong @ rows[0].papers",
            "type-wrong @ rows[0].cells",
            "field-unknown @ rows[0].colour",
            "type-wrong @ rows[1]",
        ]
    );
}
