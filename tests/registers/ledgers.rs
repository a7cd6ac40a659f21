//! The daily digest: two institutions sign what their registers say, blinded, and find the numbers
//! in which they differ by handing turns over.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use barid_tests::{HubProcess, Person, programs};
use serde_json::Value;

use super::event::{EVENT, LOST, election, own};
use super::told;

const DAY: &str = "2025-12-01";

/// The example's institutions; the panel's main office is another than its registry.
fn directory() -> String {
    let example = programs::root().join("server/policy/directory.example.toml");
    let example = fs::read_to_string(example).unwrap();
    let registry = "id = \"registry\"\nmain = true\n";
    let (before, panel) = example.split_at(example.find("id = \"ejp\"").unwrap());
    let both = "id = \"presidency\"\nmain = true\ntime_zone = \"Asia/Baghdad\"\n\
                name = { en = \"Presidency\" }\n\n[[institution.office]]\nid = \"registry\"\n";
    format!("{before}{}", panel.replacen(registry, both, 1))
}

/// Signs what the hub knows of one's register, and gives the filing's digest.
fn signs(person: &Person, own: &str, with: &str) -> String {
    let register = format!("hub:{own}");
    let line = ["ledger", "digest", &register, "--with", with, "--day", DAY, "--event", EVENT];
    let filed = told(&person.barid(line), 0);
    filed["filed"]["envelope_digest"].as_str().unwrap().to_owned()
}

/// Takes a turn and writes the next one.
fn turn(person: &Person, with: &str, theirs: &str, came: Option<&Path>, out: &Path) -> Value {
    let mut line = vec!["ledger", "turn", "--with", with, "--day", DAY, "--theirs", theirs];
    line.extend(["--out", out.to_str().unwrap()]);
    if let Some(came) = came {
        line.extend(["--came", came.to_str().unwrap()]);
    }
    let output = person.barid(line);
    let code = output.status.code().unwrap();
    assert!(code < 2, "{}", String::from_utf8_lossy(&output.stderr));
    told(&output, code)
}

fn numbers(found: &Value) -> BTreeSet<String> {
    let all = found["differences"].as_array().unwrap().iter();
    all.map(|one| one["number"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_institutions_find_what_differs_by_handing_turns_over() {
    let hub = HubProcess::start_for(&directory());
    let _panel = election(&hub).await;
    let national = Person::of(&hub, "national", "ihec", "national");
    let presidency = Person::of(&hub, "presidency", "ejp", "presidency");
    for person in [&national, &presidency] {
        told(&person.barid(["enrol"]), 0);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);

    // Without the secret nothing is signed; one makes it, the other takes it over.
    let early = ["ledger", "digest", "hub:ihec", "--with", "ejp", "--day", DAY, "--event", EVENT];
    assert!(national.refused("en", &early).contains("no secret with ejp"));
    let secret = path("secret");
    let (give, take) = (secret.to_str().unwrap(), secret.to_str().unwrap());
    told(&national.barid(["ledger", "secret", "--with", "ejp", "--give", give]), 0);
    told(&presidency.barid(["ledger", "secret", "--with", "ihec", "--take", take]), 0);
    let ours = signs(&national, "ihec", "ejp");
    let theirs = signs(&presidency, "ejp", "ihec");

    // Who sorts first begins; each turn is a document that somebody carries.
    let mut came: Option<std::path::PathBuf> = None;
    let mut found = [None, None];
    for number in 1..20 {
        let (at, person, with, signed) = match number % 2 {
            1 => (1, &presidency, "ihec", &ours),
            _ => (0, &national, "ejp", &theirs),
        };
        let out = path(&format!("turn-{number}"));
        let told = turn(person, with, signed, came.as_deref(), &out);
        // Handed over twice is once.
        if number > 1 {
            assert_eq!(turn(person, with, signed, came.as_deref(), &out), told);
        }
        if told["through"] == true {
            found[at] = Some(numbers(&told));
        }
        if told["turn"].is_null() {
            break;
        }
        came = Some(out);
    }
    let [Some(here), Some(there)] = found else { panic!("not both are through: {found:?}") };
    assert_eq!(here, there);
    let lost = own(LOST);
    assert!(here.iter().any(|number| number.contains(&lost.to_lowercase())), "{here:?}");

    // Another's digest is no ledger of that institution.
    let line = ["ledger", "turn", "--with", "ejp", "--day", DAY, "--theirs", &ours, "--out", give];
    assert!(national.refused("en", &line).contains("no ledger's digest of ejp"));
}
