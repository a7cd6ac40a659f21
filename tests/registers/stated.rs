//! A register imported day by day: the same again changes nothing, and what a day has brought is
//! shown before it is filed.

use std::fs;

use barid_tests::{HubProcess, Person, programs};
use serde_json::{Value, json};

use super::told;

const FORMAT: [&str; 4] = ["--format", "ejp/register+csv", "--to", "ihec/council"];

fn import(clerk: &Person, register: &std::path::Path) -> (Vec<Value>, i32) {
    let line = ["statement", "import", register.to_str().unwrap()];
    let output = clerk.barid(line.iter().chain(&FORMAT));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let why = String::from_utf8_lossy(&output.stderr).into_owned();
    let values = said.lines().map(|line| serde_json::from_str(line).expect(&why)).collect();
    (values, output.status.code().unwrap())
}

#[test]
fn the_panels_published_register_twice_is_no_change() {
    let path = "../shared/samples/4-electoral/iraq/electoral-judicial-panel-register.csv";
    let path = programs::root().join(path);
    let Ok(published) = fs::read_to_string(&path) else {
        println!("skipped: samples not present ({})", path.display());
        return;
    };
    let hub = HubProcess::start();
    let clerk = Person::of(&hub, "registry", "ejp", "registry");
    told(&clerk.barid(["enrol"]), 0);
    let (first, code) = import(&clerk, &path);
    let [compared, filed] = first.as_slice() else { panic!("{first:?}") };
    assert_eq!((code, &compared["since"]), (0, &Value::Null));
    let digest = filed["filed"]["envelope_digest"].as_str().unwrap();
    let shown = told(&clerk.barid(["statement", "show", digest]), 0);
    assert!(shown["cases"].as_array().unwrap().len() >= 40, "{shown}");

    let (second, code) = import(&clerk, &path);
    let [again] = second.as_slice() else { panic!("nothing is filed: {second:?}") };
    assert_eq!((code, &again["changed"], &again["changes"]), (0, &json!(false), &json!([])));
    assert_eq!(again["since"], digest);

    // A day later: one is gone, one has another date, one is new.
    let folder = tempfile::tempdir().unwrap();
    let later = folder.path().join("later.csv");
    let mut lines: Vec<&str> = published.lines().collect();
    let gone = lines.remove(3);
    let dated = lines[1].replace("27/ 12/ 2021", "28/ 12/ 2021");
    assert_ne!(dated, lines[1]);
    lines[1] = &dated;
    let new =
        "https://www.sjc.iq/viewappeal.999/,9999/ الهيئة القضائية للانتخابات/ 2021 في 1/ 12/ 2021,1";
    lines.push(new);
    fs::write(&later, lines.join("\n")).unwrap();
    let (third, code) = import(&clerk, &later);
    let [brought, filed] = third.as_slice() else { panic!("{third:?}") };
    assert_eq!((code, &brought["changed"]), (0, &json!(true)));
    let changes = brought["changes"].as_array().unwrap();
    let is = |before: bool, after: bool| {
        let alike =
            |one: &&Value| one["before"].is_null() != before && one["after"].is_null() != after;
        changes.iter().filter(alike).count()
    };
    assert_eq!((is(true, false), is(true, true), is(false, true)), (1, 1, 1), "{changes:?} {gone}");
    let later = filed["filed"]["envelope_digest"].as_str().unwrap();
    let found = told(&clerk.barid(["statement", "changes", digest, later]), 1);
    assert_eq!(&found["changes"], &brought["changes"]);
    told(&clerk.barid(["statement", "changes", later, later]), 0);
    let shown = clerk.told("ckb", ["statement", "changes", digest, later]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    for part in ["2021-12-27", "2021-12-28", "9999/"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}
