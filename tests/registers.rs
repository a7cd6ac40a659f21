//! Two registers compared from the command line: a commission's and the panel's, in the files that
//! they keep, read by their formats; every case that is on one side only is named. Registers stated
//! day by day, and a whole election event out of its dockets, lie beside this.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a broken rig fails"
)]

#[path = "registers/event.rs"]
mod event;
#[path = "registers/filed.rs"]
mod filed;
#[path = "registers/ledgers.rs"]
mod ledgers;
#[path = "registers/stated.rs"]
mod stated;

mod replay;

use std::fs;
use std::path::Path;
use std::process::Output;

use barid_tests::{HubProcess, Person, programs};
use serde_json::{Value, json};

/// What the commission says: four referred appeals, of which it knows two numbers of the panel.
fn commission() -> Value {
    let panel = |n: u32| json!({ "institution": "ejp", "literal": title(n) });
    let own = |n: u32| json!({ "literal": format!("NIN-APL-2025-{n:04}") });
    json!({
        "name": "سجل الطعون",
        "as_of": "2025-11-30",
        "rows": [
            row([own(1), panel(612)].into(), "حسن علي محمد المثال", 19),
            row([own(2), panel(613)].into(), "ئازاد محەمەد عەلی نموونە", 20),
            row([own(3)].into(), "زينب كريم عبد الله جاسم", 20),
            row([own(4)].into(), "مريم سعيد داود حنا", 21),
        ],
    })
}

fn row(cases: Vec<Value>, person: &str, day: u8) -> Value {
    let date = format!("2025-11-{day}");
    json!({ "cases": cases, "person": person, "date": date })
}

fn title(n: u32) -> String {
    format!("{n}/الهيئة القضائية للانتخابات/2025")
}

/// What the panel publishes: these numbers.
fn panel(numbers: &[u32]) -> String {
    let line = |n: &u32| format!("https://example.org/{n},{} في 22/11/2025,1\n", title(*n));
    let lines: String = numbers.iter().map(line).collect();
    format!("source_url,title_as_published,images\n{lines}")
}

fn told(output: &Output, code: i32) -> Value {
    let said = String::from_utf8_lossy(&output.stdout);
    let why = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said} {why}");
    serde_json::from_str(said.lines().last().unwrap_or_default()).expect("one line of JSON")
}

/// The commission's own document, and what the panel files now.
fn reconcile(commission: &Path, panel: &Person, register: &Path) -> Vec<String> {
    let mut line = vec!["submit", register.to_str().unwrap(), "--format", "ejp/register+csv"];
    line.extend(["--kind", "register-statement", "--to", "ihec/council"]);
    let filed = told(&panel.barid(line), 0);
    let digest = filed["filed"]["envelope_digest"].as_str().unwrap().to_owned();
    let own = format!("{}:ihec/register+json", commission.display());
    vec!["reconcile".to_owned(), own, digest]
}

/// Kinds of the exceptions, each with the numbers on both sides.
fn exceptions(found: &Value) -> Vec<(String, Vec<String>)> {
    let words = |value: &Value| {
        let list = value.as_array().unwrap().iter();
        list.map(|one| one.as_str().unwrap_or("-").to_owned()).collect::<Vec<_>>()
    };
    let all = found["exceptions"].as_array().unwrap().iter();
    all.map(|one| {
        let kind = one["kind"].as_str().unwrap().replace("EXCEPTION_KIND_", "");
        (kind, [words(&one["referring"]), words(&one["docketing"])].concat())
    })
    .collect()
}

#[test]
fn every_case_that_is_on_one_side_only_is_named() {
    let hub = HubProcess::start();
    let person = Person::of(&hub, "council", "ihec", "council");
    let folder = tempfile::tempdir().unwrap();
    let clerk = Person::of(&hub, "registry", "ejp", "registry");
    told(&clerk.barid(["enrol"]), 0);
    let [ours, theirs] = ["ihec.json", "ejp.csv"].map(|name| folder.path().join(name));
    fs::write(&ours, commission().to_string()).unwrap();
    fs::write(&theirs, panel(&[612, 613, 700])).unwrap();
    let line = reconcile(&ours, &clerk, &theirs);
    let found = told(&person.barid(&line), 1);
    let number = |n: u32| vec![format!("NIN-APL-2025-{n:04}")];
    assert_eq!(
        exceptions(&found),
        [
            ("LOST_IN_TRANSFER".to_owned(), number(3)),
            ("LOST_IN_TRANSFER".to_owned(), number(4)),
            ("DIRECT_FILING".to_owned(), vec![title(700)]),
        ]
    );
    assert_eq!((&found["matched"], &found["adds_up"]), (&json!(2), &json!(true)));
    assert_eq!(found["referring"]["became"]["referred"], 4);

    // For a person who reads Arabic: both figures, and whose it is to settle.
    let shown = person.told("ar", &line);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    for part in ["ضاعت في الإحالة", "قُدمت مباشرة", "NIN-APL-2025-0003"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }

    // A person says that two of them are one, and the panel finds the other.
    fs::write(&theirs, panel(&[612, 613, 700, 701])).unwrap();
    let known = |one: &str, other: u32| format!("ihec:{one}=ejp:{}", title(other));
    let mut line = reconcile(&ours, &clerk, &theirs);
    for (one, other) in [("NIN-APL-2025-0003", 700), ("NIN-APL-2025-0004", 701)] {
        line.extend(["--together".to_owned(), known(one, other)]);
    }
    let found = told(&person.barid(&line), 0);
    assert_eq!((&found["matched_certainly"], exceptions(&found).len()), (&json!(4), 0));
}

#[test]
fn what_cannot_be_compared_says_what_would_be_right() {
    let hub = HubProcess::start();
    let person = Person::of(&hub, "council", "ihec", "council");
    let folder = tempfile::tempdir().unwrap();
    let form = programs::root().join("plugins/ihec/testdata/form-110.json");
    let form = format!("{}:ihec/register+json", form.display());
    let broken = person.told("en", ["reconcile", &form, &form]);
    let why = String::from_utf8_lossy(&broken.stderr).into_owned();
    assert!(broken.status.code() == Some(2) && why.contains("rows"), "{why}");
    let nowhere = folder.path().display().to_string();
    let nowhere = person.told("en", ["reconcile", nowhere.as_str(), form.as_str()]);
    let why = String::from_utf8_lossy(&nowhere.stderr).into_owned();
    assert!(nowhere.status.code() == Some(2) && why.contains("PATH:FORMAT"), "{why}");
}

/// Elections of sixty appeals with each way to go astray, through a real hub.
#[tokio::test(flavor = "multi_thread")]
async fn what_goes_astray_in_an_election_is_found_and_nothing_else() {
    for seed in [2025, 19] {
        let (screen, good) = replay::replay(seed, replay::Size::SMALL).await.unwrap();
        assert!(good, "{screen}");
        assert!(screen.contains("SYNTHETIC"), "{screen}");
    }
    let size = replay::Size::OF_2025;
    assert_eq!((size.received, size.docketed()), (872, 853));
    assert_eq!((size.settled, size.settled - size.explained), (428, 221));
}
