//! Published judgments are read, and the facts are those that a separate reading found.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]

mod helper;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use barid_plugin::v1::{CivilDate, Judgment};
use sha2::{Digest as _, Sha256};

/// First 16 hexadecimal digits of the SHA-256 of a text.
fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a String takes all");
        hex
    })
}

fn day(date: Option<&CivilDate>) -> String {
    date.map(barid_json_reading::terms::write_day).unwrap_or_default()
}

/// What the table says about a judgment, against what was read.
fn compare(row: &BTreeMap<&str, &str>, judgment: &Judgment, citation: &str) {
    let file = row["file"];
    let count = |name: &str| row[name].parse::<u32>().expect("a count");
    assert_eq!(judgment.work_uri, row["work_FRBRthis"], "{file}");
    assert_eq!(judgment.language, row["language"], "{file}");
    assert_eq!(judgment.title, row["name"], "{file}");
    assert_eq!(judgment.court_code, row["uk_court"], "{file}");
    if !row["uk_cite"].is_empty() {
        assert_eq!(citation, row["uk_cite"], "{file}");
    }
    assert_eq!(judgment.paragraphs, count("paragraphs"), "{file}");
    assert_eq!(judgment.references, count("refs"), "{file}");
    assert_eq!(judgment.images, count("imgs"), "{file}");
    assert_eq!(judgment.tables, count("tables"), "{file}");
    assert_eq!(judgment.depth, count("max_depth"), "{file}");
    assert_eq!(judgment.body_text.chars().count(), count("body_chars") as usize, "{file}");
    assert_eq!(digest(&judgment.body_text), row["body_nfc_ws_sha256_16"], "{file}");
}

#[test]
fn every_published_judgment_is_read_with_the_expected_facts() {
    let Some(folder) = helper::sample("1-akn") else { return };
    let table = std::fs::read_to_string(folder.join("expected-facts.tsv")).expect("the table");
    let mut lines = table.lines();
    let headings: Vec<&str> = lines.next().expect("headings").split('\t').collect();
    let mut judgments = 0;
    for line in lines {
        let row: BTreeMap<&str, &str> = headings.iter().copied().zip(line.split('\t')).collect();
        let path = folder.join(row["dir"]).join(row["file"]);
        let (paper, problems) = helper::read(&std::fs::read(path).expect("a sample"));
        if row["doctype_element"] != "judgment" {
            assert!(paper.is_none(), "{}", row["file"]);
            assert_eq!(problems[0].code, "not-judgment", "{}", row["file"]);
            let place = problems[0].place.as_ref().expect("a place");
            assert!(place.path.ends_with(row["doctype_element"]), "what it is instead");
            continue;
        }
        let ruling = paper.expect("a judgment").ruling;
        let judgment = ruling.judgment.expect("facts of the structure");
        compare(&row, &judgment, &ruling.neutral_citation);
        if day(judgment.date.as_ref()) == row["work_date"] {
            assert_eq!(problems, [], "{}", row["file"]);
        } else {
            // Some publishers write the year 1000 for "unknown"; that is no day of judgment.
            assert_eq!(row["work_date"], "1000-01-01", "{}", row["file"]);
            assert_eq!(judgment.date, None);
            assert_eq!(problems[0].code, "date-unusable");
        }
        judgments += 1;
    }
    assert_eq!(judgments, 37, "34 judgments, a pair before and after enrichment, one of OASIS");
}

#[test]
fn parties_and_judges_are_those_the_text_marks() {
    let Some(path) = helper::sample("1-akn/oasis-examples/za_Judgement_2008-11-26.xml") else {
        return;
    };
    let (paper, _) = helper::read(&std::fs::read(path).expect("a sample"));
    let ruling = paper.expect("a judgment").ruling;
    assert_eq!(ruling.neutral_citation, "[2008] ZASCA 134");
    let judges: Vec<&str> = ruling.judges.iter().map(|judge| judge.name.as_str()).collect();
    assert_eq!(judges, ["SCOTT", "FARLAM", "BRAND", "LEWIS", "JAFTA"]);
    let parties = ruling.judgment.expect("facts").parties;
    assert_eq!(parties, ["FOURWAY HAULAGE SA (PTY) LTD", "SA NATIONAL ROADS AGENCY LTD"]);
}

/// The court system's own import converts these; one of them is in UTF-16.
#[test]
fn judgments_of_a_bulk_import_are_read_in_both_encodings() {
    let Some(folder) = helper::sample("1-akn/bulk-intake") else { return };
    for name in ["Doc.expected.xml", "DocxWithNcn.expected.xml"] {
        let bytes = std::fs::read(folder.join(name)).expect("a sample");
        let (paper, problems) = helper::read(&bytes);
        let judgment = paper.unwrap_or_else(|| panic!("{name}: {problems:?}")).ruling.judgment;
        assert!(!judgment.expect("facts").body_text.is_empty(), "{name}");
    }
}
