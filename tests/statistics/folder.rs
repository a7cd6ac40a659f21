//! What was published, part by part: well-formed, harmless, and without a name in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use barid_client::proto::text::search_form;
use barid_tests::{Person, everything, programs};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::election::{APPEAL, COMPLAINT, FILERS};
use super::told;

/// Marked-up text that any reader takes.
fn assert_well_formed(path: &Path, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = Reader::from_str(text);
    let mut elements = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                elements += 1;
                tag.attributes().for_each(|one| drop(one.expect("an attribute")));
                assert_ne!(tag.local_name().as_ref(), "script", "{}", path.display());
            }
            Ok(_) => {}
            Err(error) => panic!("{}: {error}", path.display()),
        }
    }
    assert!(elements > 3, "{}", path.display());
}

/// Names of everybody in what was filed, as their papers have them.
pub(crate) fn names() -> Vec<String> {
    let mut names: Vec<String> = FILERS.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.extend(["زينب علي حسين", "نادية سليم العاني", "القاضي أ"].map(str::to_owned));
    for path in [COMPLAINT, APPEAL] {
        let paper = fs::read_to_string(programs::root().join(path)).unwrap();
        gather(&serde_json::from_str(&paper).unwrap(), &mut names);
    }
    names.sort();
    names.dedup();
    assert!(names.len() >= 8, "{names:?}");
    names
}

fn gather(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, part) in map {
                match part.as_str().filter(|_| matches!(key.as_str(), "full_name" | "name")) {
                    Some(name) => names.push(name.to_owned()),
                    None => gather(part, names),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|part| gather(part, names)),
        _ => {}
    }
}

/// The names that stand in some bytes, however they are spelled there.
pub(crate) fn named_in(bytes: &[u8], names: &[String]) -> Vec<String> {
    let text = search_form(&String::from_utf8_lossy(bytes));
    names.iter().filter(|name| text.contains(&search_form(name))).cloned().collect()
}

/// Every part of a folder is what it should be.
pub(crate) fn check_folder(folder: &Path) {
    let all = everything(folder);
    let mut charts = 0;
    for (path, bytes) in &all {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("svg") => {
                charts += 1;
                assert_well_formed(path, bytes);
                let text = String::from_utf8_lossy(bytes).into_owned();
                let rtl = name.ends_with(".ar.svg") || name.ends_with(".ckb.svg");
                assert_eq!(text.contains("direction=\"rtl\""), rtl, "{name}");
                assert!(text.contains("<title ") && text.contains("<desc "), "{name}");
            }
            Some("html") => {
                assert_well_formed(path, bytes);
                let text = String::from_utf8_lossy(bytes).into_owned();
                let rtl = name.contains(".ar.") || name.contains(".ckb.");
                assert_eq!(text.contains("dir=\"rtl\""), rtl, "{name}");
                for part in ["http-equiv=\"Content-Security-Policy\"", "<details>", "synthetic"] {
                    assert!(text.contains(part), "{name}: {part}");
                }
                assert!(!text.contains("src=") && !text.contains("href="), "{name}");
            }
            Some("csv") => assert!(bytes.starts_with("\u{feff}".as_bytes()), "{name}"),
            Some("xml") => assert_well_formed(path, bytes),
            _ => {}
        }
    }
    assert!(charts == 0 || charts >= 8, "{charts}");
}

/// No byte can be changed, nothing taken out and nothing put in.
pub(crate) fn check_changes(person: &Person, folder: &Path) {
    let line = ["verify", folder.to_str().unwrap(), "--without-roots"];
    for (name, bytes) in [
        ("statistics.json", Some(&b"{}"[..])),
        ("tables/all.csv", None),
        ("manifest.json", Some(b"{}")),
        ("checkpoint.txt", Some(b"x")),
        ("charts/stray.svg", Some(b"<svg/>")),
    ] {
        let path = folder.join(name);
        let before = fs::read(&path).ok();
        match bytes {
            Some(bytes) => fs::write(&path, bytes).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        let wrong = told(&person.barid(line), 1);
        assert_eq!(wrong["verdict"], "invalid", "{name}");
        match before {
            Some(before) => fs::write(&path, before).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
    }
    let signed = folder.join("manifest.dsse.json");
    let text = fs::read_to_string(&signed).unwrap();
    let mut value: Value = serde_json::from_str(&text).unwrap();
    let signature = value["signatures"][0]["sig"].as_str().unwrap().to_owned();
    value["signatures"][0]["sig"] = signature.chars().rev().collect::<String>().into();
    fs::write(&signed, value.to_string()).unwrap();
    told(&person.barid(line), 1);
    fs::write(&signed, text).unwrap();
    told(&person.barid(line), 0);
}

/// Against the official schema, where it and its validator are.
pub(crate) fn assert_valid_akn(path: &Path) {
    let schema = programs::root().join("../shared/samples/1-akn/schema");
    if !schema.is_dir() || Command::new("xmllint").arg("--version").output().is_err() {
        println!("skipped: samples not present");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["akomantoso30.xsd", "xml.xsd"] {
        let text = fs::read_to_string(schema.join(name)).unwrap();
        let text = text.replace("schemaLocation=\"./xml.xsd\"", "schemaLocation=\"xml.xsd\"");
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut checking = Command::new("xmllint");
    checking.args(["--nonet", "--noout", "--schema"]).arg(folder.path().join("akomantoso30.xsd"));
    let checked = checking.arg(path).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
