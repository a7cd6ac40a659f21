//! The examples that integrators read are true: each is understood without a problem, and what is
//! understood can be written and understood again.

use std::fs;
use std::path::{Path, PathBuf};

use crate::asking::{FORMATS, codes, content, decode, encode, register};
use barid_format_ihec::Ihec;
use barid_plugin::Format;

fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata")
}

fn format_of(name: &str) -> &'static str {
    match name {
        "form-110.json" => "ihec/form-110+json",
        "appeal-filed.json" | "supplement-filed.json" | "appeal-withdrawn.json" => {
            "ihec/appeal+json"
        }
        "register.json" => "ihec/register+json",
        "register.csv" => "ihec/register+csv",
        "register.xlsx" => "ihec/register+xlsx",
        _ => "ihec/decision+json",
    }
}

#[test]
fn every_json_example_is_read_and_written_without_loss() {
    let mut read_examples = 0;
    for entry in fs::read_dir(testdata()).expect("the examples") {
        let path = entry.expect("an example").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        if !name.ends_with(".json") {
            continue;
        }
        let format = format_of(&name);
        let reply = decode(format, &fs::read(&path).expect("readable"));
        assert_eq!(codes(&reply.problems), [""; 0], "{name}");
        let read = content(&reply).expect("content");

        let written = encode(format, read.clone());
        assert_eq!(codes(&written.problems), [""; 0], "{name}");
        assert_eq!(content(&decode(format, &written.output)), Some(read), "{name}");
        read_examples += 1;
    }
    assert_eq!(read_examples, 18, "one for each kind of filing");
}

#[test]
fn both_register_examples_say_the_same() {
    let [csv, xlsx] = ["register.csv", "register.xlsx"].map(|name| {
        let reply = decode(format_of(name), &fs::read(testdata().join(name)).expect("readable"));
        assert_eq!(codes(&reply.problems), [""; 0], "{name}");
        register(&reply).expect("a register")
    });
    assert_eq!(csv, xlsx);
    assert_eq!(csv.name, "سجل الطعون (مثال)");
    assert_eq!(csv.rows.len(), 3);
    let joined = csv.rows.last().expect("a row");
    assert_eq!(joined.docket_numbers.len(), 2);
    assert_eq!(joined.challenged.as_ref().map(|act| act.number.as_str()), Some("٢١٤"));
}

#[test]
fn the_description_names_every_format_once() {
    let described = Ihec.describe();
    let ids: Vec<&str> = described.formats.iter().map(|format| format.id.as_str()).collect();
    assert_eq!(ids, FORMATS);
    for format in &described.formats {
        assert_eq!(format.decodes, format.encodes, "{}", format.id);
        assert!(!format.decodes.is_empty() && format.title.is_some(), "{}", format.id);
    }
    assert_eq!(described.name, "ihec");
}

/// The words in quotation marks of a source text that look like a problem's code.
fn codes_in(source: &str) -> Vec<&str> {
    let is_code = |text: &&str| {
        let single = ["nul", "pdf"];
        let parts: Vec<&str> = text.split('-').collect();
        let is_word =
            |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
        single.contains(text)
            || (parts.len() > 1
                && parts.iter().all(is_word)
                && text.bytes().next().is_some_and(|first| first.is_ascii_lowercase()))
    };
    source.split('"').filter(is_code).collect()
}

#[test]
fn every_code_of_a_register_is_in_the_manual() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = fs::read_to_string(root.join("README.md")).expect("the manual");
    let said = fs::read_dir(root.join("src/register/said")).expect("the wordings");
    let mut sources: Vec<PathBuf> = said.map(|entry| entry.expect("a wording").path()).collect();
    sources.push(root.join("src/garbled/said.rs"));
    let mut found = 0;
    for source in sources {
        let text = fs::read_to_string(&source).expect("a source");
        for code in codes_in(&text) {
            assert!(manual.contains(&format!("`{code}`")), "{code} of {}", source.display());
            found += 1;
        }
    }
    assert!(found > 50, "only {found} codes");
}
