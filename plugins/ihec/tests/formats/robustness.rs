//! Whatever bytes come, every decoder answers, soon, with content or with errors and never both.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::asking::{FORMATS, decode, encode, has_error};
use barid_plugin::v1::filing_content::Content;
use barid_plugin::v1::{DocketNumber, RegisterRow, RegisterStatement};
use proptest::prelude::*;

/// Far more than any of these takes, and far less than a person would wait. Debug builds on a busy
/// machine are slow.
const SOON: Duration = Duration::from_secs(10);

fn check(format: &str, input: &[u8], name: &str) {
    let begun = Instant::now();
    let reply = decode(format, input);
    assert!(begun.elapsed() < SOON, "{format} took {:?} over {name}", begun.elapsed());
    assert_eq!(reply.content.is_none(), has_error(&reply.problems), "{format} on {name}");
    assert!(reply.problems.len() <= 500, "{format} on {name}");
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { collect(&path, found) } else { found.push(path) }
    }
}

#[test]
fn every_foreign_sample_is_answered() {
    let samples =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/6-robustness");
    if !samples.is_dir() {
        println!("skipped: samples not present");
        return;
    }
    let mut found = Vec::new();
    for folder in ["json", "csv", "text"] {
        collect(&samples.join(folder), &mut found);
    }
    assert!(found.len() > 150, "only {} samples", found.len());
    for path in found {
        let input = fs::read(&path).expect("readable");
        for format in FORMATS {
            check(format, &input, &path.display().to_string());
        }
    }
}

/// Strings that broke other programs, as docket numbers and names of a register.
#[test]
fn naughty_strings_survive_a_register() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/samples/6-robustness/text/blns.txt");
    let Ok(text) = fs::read_to_string(path) else {
        println!("skipped: samples not present");
        return;
    };
    let strings: Vec<&str> =
        text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).collect();
    let row = |(index, person): (usize, &&str)| RegisterRow {
        docket_numbers: vec![DocketNumber {
            institution: "ihec".to_owned(),
            literal: format!("N-{index}"),
            normal: format!("n-{index}"),
        }],
        person: (*person).to_owned(),
        ..RegisterRow::default()
    };
    let rows = strings.iter().enumerate().map(row).collect();
    let statement = RegisterStatement { rows, ..RegisterStatement::default() };
    for format in ["ihec/register+csv", "ihec/register+xlsx"] {
        let written = encode(format, Content::RegisterStatement(statement.clone()));
        let read = crate::asking::register(&decode(format, &written.output)).expect("a register");
        let persons: Vec<_> = read.rows.iter().map(|row| row.person.as_str()).collect();
        assert_eq!(persons, strings, "{format}");
    }
}

#[test]
fn damaged_workbooks_are_answered() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/register.xlsx");
    let sound = fs::read(path).expect("the example");
    for at in (0..sound.len()).step_by(41) {
        let mut damaged = sound.clone();
        damaged[at] ^= 0x55;
        check("ihec/register+xlsx", &damaged, &format!("byte {at} turned"));
        check("ihec/register+xlsx", &sound[..at], &format!("cut at {at}"));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_answered(input in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in FORMATS {
            check(format, &input, "random bytes");
        }
    }

    #[test]
    fn any_text_below_headings_is_answered(text in "(\\PC|[\n\",;\t]){0,200}") {
        check("ihec/register+csv", format!("رقم الطعن,الطاعن\n{text}").as_bytes(), "random text");
    }
}
